"""An office's own rules: what they change of a rule that ships, and what they may not."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from typing import Any

from peelian.law.checking import shown
from peelian.law.entries import rule_from
from peelian.law.packfile import PackFile
from peelian.law.rule import Rule


@dataclass(frozen=True)
class Change:
    """What one entry of an office's own file changes of a rule, and where it stands."""

    file: PackFile
    index: int

    @property
    def entry(self) -> Mapping[str, Any]:
        """The change as it is written."""
        found: Mapping[str, Any] = self.file.data["changes"][self.index]
        return found

    @property
    def at(self) -> tuple[str, int]:
        """Where it stands in its file."""
        return ("changes", self.index)

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"{self.file.path.name}, line {self.file.line(*self.at)}"


def changes_of(files: Iterable[PackFile], ids: Set[str]) -> dict[str, Change]:
    """The changes of all the files by the id of the rule they change.

    Raises `RulePackError` for one to a rule that does not ship, and for a second to one rule.
    """
    found: dict[str, Change] = {}
    for file in files:
        for index, entry in enumerate(file.data.get("changes", ())):
            name, at = entry["id"], ("changes", index, "id")
            if name not in ids:
                raise file.error(at, f"'{name}'", "the id of a rule that ships")
            if name in found:
                expected = f"one change to a rule: {found[name].place} has one"
                raise file.error(at, f"a second change to '{name}'", expected)
            found[name] = Change(file, index)
    return found


def changed(rule: Rule, entry: Mapping[str, Any], change: Change, events: Set[str]) -> Rule:
    """The rule as the change makes it of the entry it was read from.

    Raises `RulePackError`, naming the change's line, where the result is no rule, or where a
    standard would pass for law or law for a standard.
    """
    wanted = {name: value for name, value in change.entry.items() if name not in ("id", "why")}
    made = rule_from(change.file, change.at, {**entry, **wanted}, events)
    if rule.dated_by_law != made.dated_by_law:
        expected = (
            "no standard: the law gives this date, and an earlier one is a rule of your own"
            if rule.dated_by_law
            else "standard with one of the other forms, as the law gives no date"
        )
        at = (*change.at, "arithmetic")
        raise change.file.error(at, shown(at, wanted["arithmetic"]), expected)
    return replace(
        made,
        file=rule.file,
        line=rule.line,
        changed_in=change.place,
        changed_why=change.entry["why"],
    )
