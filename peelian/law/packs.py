"""Loading rule packs: those that ship, and an office's own, which change and add to them."""

from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any

from peelian.law.checking import RULES, check, refuse_repeated
from peelian.law.entries import rule_from
from peelian.law.events import EVENTS_FILE, known_events, load_events
from peelian.law.overlay import Change, changed, changes_of
from peelian.law.packfile import PackFile, RulePackError, read_pack_file
from peelian.law.rule import BodyModel, Rule, RulePack

__all__ = [
    "RULES",
    "BodyModel",
    "Rule",
    "RulePack",
    "all_rules",
    "load_pack",
    "load_packs",
]


def load_pack(path: Path, events: Path = RULES / EVENTS_FILE) -> RulePack:
    """The rule pack in one YAML file, whose triggers are those of a file of events.

    Raises `RulePackError`, naming file, line, found and expected, for the first fault in the
    file's order.
    """
    return _pack(_file(path), {event.id for event in load_events(events)}, {})


def load_packs(directory: Path = RULES, own: Path | None = None) -> tuple[RulePack, ...]:
    """Every ``*.yaml`` rule pack of a directory, in the order of their names, then an office's own.

    Files in `own` change dates, numbers and standards of rules by their id, or add rules; its
    ``events.yaml`` adds kinds of event. An id begins with its pack's name, and that is the
    file's, so no two files can share one. Raises `RulePackError` as `load_pack` does, where
    there is no pack at all, and for a change that cannot be made.
    """
    files = [_file(path) for path in _paths(directory)]
    if not files:
        raise RulePackError(directory, 1, "no rule pack", "at least one .yaml file")
    own_files = [] if own is None else _own_files(own, files)
    events = {event.id for event in known_events(directory, own)}
    ids = set(_ids(files))
    _refuse_unknown(files, ids)
    _refuse_unknown(own_files, ids | set(_ids(own_files)))
    changes = changes_of(own_files, ids)
    shipped = [_pack(file, events, changes) for file in files]
    added = [_pack(file, events, {}) for file in own_files if "rules" in file.data]
    return (*shipped, *added)


def all_rules(packs: tuple[RulePack, ...]) -> tuple[Rule, ...]:
    """The rules of all the packs, in order."""
    return tuple(rule for pack in packs for rule in pack.rules)


def _paths(directory: Path) -> list[Path]:
    """The packs of a directory; one whose name nobody would read is refused, not passed over."""
    for path in sorted(directory.glob("*")):
        if path.suffix != ".yaml" and path.suffix.lower() in (".yaml", ".yml"):
            raise RulePackError(path, 1, f"'{path.name}'", "a file whose name ends in .yaml")
    return sorted(path for path in directory.glob("*.yaml") if path.name != EVENTS_FILE)


def _file(path: Path, part: str = "") -> PackFile:
    """A file that its schema allows, and that names itself as it is named."""
    file = read_pack_file(path)
    check(file, "schema.json", part)
    named = file.data["pack"]
    if named != path.stem:
        raise file.error(("pack",), f"'{named}'", f"'{path.stem}', as the file is named")
    return file


def _own_files(own: Path, shipped: list[PackFile]) -> list[PackFile]:
    if not own.is_dir():
        raise RulePackError(own, 1, "no such directory", "the directory of the office's own rules")
    names = {file.data["pack"] for file in shipped}
    files = [_file(path, "own") for path in _paths(own)]
    for file in files:
        if file.data["pack"] in names:
            expected = "a name of its own: a pack that ships has this one"
            raise file.error(("pack",), f"'{file.data['pack']}'", expected)
        if "rules" not in file.data and "changes" not in file.data:
            raise file.error((), "neither 'changes' nor 'rules'", "one of the two, or both")
    return files


def _ids(files: list[PackFile]) -> list[str]:
    return [entry["id"] for file in files for entry in file.data.get("rules", ())]


def _refuse_unknown(files: list[PackFile], ids: Set[str]) -> None:
    """Refuse a place on the work programme that has to follow a rule there is not."""
    for file in files:
        for index, entry in enumerate(file.data.get("rules", ())):
            after = entry.get("programme", {}).get("after")
            if after and after not in ids:
                at = ("rules", index, "programme", "after")
                raise file.error(at, f"'{after}'", "the id of a rule")


def _pack(file: PackFile, events: Set[str], changes: Mapping[str, Change]) -> RulePack:
    data = file.data
    entries: list[dict[str, Any]] = data["rules"]
    for index, entry in enumerate(entries):
        if not entry["id"].startswith(f"{data['pack']}/"):
            at = ("rules", index, "id")
            raise file.error(at, f"'{entry['id']}'", f"an id in {data['pack']}/")
    refuse_repeated(file, "rules", "the id")
    rules = []
    for index, entry in enumerate(entries):
        rule = rule_from(file, ("rules", index), entry, events)
        change = changes.get(rule.id)
        rules.append(changed(rule, entry, change, events) if change else rule)
    return RulePack(data["pack"], data["title"], tuple(rules))
