"""From an entry of a rule pack to a rule, with what a schema cannot see refused by its line."""

from collections.abc import Iterable, Mapping
from datetime import date
from string import Formatter
from typing import Any

from peelian.law.arithmetic import (
    Arithmetic,
    BeforeEvent,
    ClearDays,
    EndOf,
    Period,
    Standard,
    UpToDate,
    Yearly,
    arithmetic_from,
)
from peelian.law.checking import shown
from peelian.law.packfile import PackFile, PathInFile, RulePackError
from peelian.law.rule import CONTINUOUS, Rule, Slot, Step

_RECURRING = ("financial_year", "month", "quarter")
_CADENCES = {"M": "month", "Q": "quarter", "FY": "financial_year"}
_PLAIN = (
    *("id", "title", "duty", "citation", "who", "trigger", "confidence", "done", "silence"),
    *("role", "cadence", "item", "threshold", "occasion", "condition", "note"),
)
_PLACEHOLDERS = ("year", "next_year", "previous_year")


def rule_from(
    file: PackFile, at: PathInFile, entry: Mapping[str, Any], events: Iterable[str]
) -> Rule:
    """The rule that an entry, valid under ``rules/schema.json``, states at a place in a file.

    Raises `RulePackError` for what a schema cannot see: dates in the wrong order or that not
    every year has, an event that is not known, parts that contradict each other.
    """
    reading = _Reading(file, at, entry)
    start, end = reading.effective()
    arithmetic = reading.arithmetic()
    reading.check_trigger(tuple(events))
    reading.check_form(arithmetic)
    reading.check_occasion()
    reading.check_programme()
    reading.check_cadence()
    reading.check_clock(arithmetic)
    return Rule(
        **{name: entry[name] for name in _PLAIN if name in entry},
        jurisdictions=tuple(entry["jurisdictions"]),
        body_models=tuple(entry["body_models"]),
        effective_from=start,
        effective_to=end,
        arithmetic=arithmetic,
        pauses=tuple(entry.get("pauses", ())),
        restarts=tuple(entry.get("restarts", ())),
        limits=tuple(entry.get("limits", {}).items()),
        plan_back=tuple(Step(**step) for step in entry.get("plan_back", ())),
        programme=Slot(**entry["programme"]) if "programme" in entry else None,
        file=file.path.name,
        line=file.line(*at),
    )


class _Reading:
    """One entry, and refusing it at the line of the part that is wrong."""

    def __init__(self, file: PackFile, at: PathInFile, entry: Mapping[str, Any]) -> None:
        self.file, self.at, self.entry = file, at, entry
        self.trigger = entry["trigger"]

    def refused(self, part: str, expected: str, *below: str | int) -> RulePackError:
        value: Any = self.entry.get(part)
        for key in below:
            value = value[key]
        path = (*self.at, part, *below)
        return self.file.error(path, shown(path, value), expected)

    def effective(self) -> tuple[date, date | None]:
        start = date.fromisoformat(self.entry["effective_from"])
        if "effective_to" not in self.entry:
            return start, None
        end = date.fromisoformat(self.entry["effective_to"])
        if end < start:
            raise self.refused("effective_to", f"a date on or after {start}")
        return start, end

    def arithmetic(self) -> Arithmetic:
        form = self.entry.get("arithmetic")
        if form is None and self.trigger != CONTINUOUS:
            expected = "'arithmetic': how the date is worked out"
            raise self.file.error(self.at, "no 'arithmetic'", expected)
        try:
            found = arithmetic_from(form)
        except ValueError as fault:
            raise self.refused("arithmetic", "a date that every year has") from fault
        if self.trigger != CONTINUOUS:
            return found
        return self._review(found)

    def _review(self, found: Arithmetic) -> UpToDate:
        """A continuous duty has no date by law, but an office may have one for review."""
        match found:
            case UpToDate():
                return found
            case Standard(form) if isinstance(form, Yearly | EndOf):
                return UpToDate(form)
        expected = "for a continuous duty nothing, or standard with fixed, day_before or end_of"
        raise self.refused("arithmetic", expected)

    def check_trigger(self, events: tuple[str, ...]) -> None:
        if self.trigger not in (*_RECURRING, CONTINUOUS, *events):
            expected = f"{', '.join(_RECURRING)}, {CONTINUOUS} or an event of events.yaml"
            raise self.refused("trigger", expected)
        for index, step in enumerate(self.entry.get("plan_back", ())):
            if "opens" in step and step["opens"] not in events:
                raise self.refused("plan_back", "an event of events.yaml", index, "opens")

    def check_form(self, arithmetic: Arithmetic) -> None:
        """Yearly forms belong to financial years, and what is counted before, to an event."""
        if isinstance(arithmetic, UpToDate):
            return
        form = arithmetic.form if isinstance(arithmetic, Standard) else arithmetic
        because = f"as the trigger is {self.trigger}"
        if isinstance(form, Yearly) != (self.trigger == "financial_year"):
            yearly = "fixed or day_before" if self.trigger == "financial_year" else "another form"
            raise self.refused("arithmetic", f"{yearly}, {because}")
        if isinstance(form, ClearDays | BeforeEvent):
            if self.trigger in _RECURRING:
                raise self.refused("arithmetic", f"a form that does not count before, {because}")
            written = self.entry["arithmetic"]
            if written.get("standard", written)["before"] != self.trigger:
                raise self.refused("arithmetic", f"before {self.trigger}, {because}")

    def check_occasion(self) -> None:
        if "occasion" not in self.entry:
            return
        if self.trigger not in (*_RECURRING, CONTINUOUS):
            raise self.refused("occasion", "none: an event is called by its own title")
        own = [self.trigger] if self.trigger in ("month", "quarter") else []
        self._check_words((*_PLACEHOLDERS, *own), "occasion")

    def check_programme(self) -> None:
        """Only what falls due on a day can be placed at a meeting before it."""
        if "programme" not in self.entry:
            return
        if self.trigger == CONTINUOUS:
            raise self.refused("programme", "none: a continuous duty falls due on no day")
        self._check_words(_PLACEHOLDERS, "programme", "title")

    def _check_words(self, allowed: tuple[str, ...], part: str, *below: str) -> None:
        """Refuse words that use a name in braces which is not among those allowed."""
        words: Any = self.entry[part]
        for key in below:
            words = words[key]
        expected = f"words that may use {', '.join(f'{{{name}}}' for name in allowed)}"
        try:
            parts = [part[1:] for part in Formatter().parse(words)]
        except ValueError as fault:
            raise self.refused(part, expected, *below) from fault
        for name, spec, conversion in parts:
            if name is not None and (name not in allowed or spec or conversion):
                raise self.refused(part, expected, *below)

    def check_cadence(self) -> None:
        cadence = self.entry.get("cadence")
        expected = _CADENCES.get(cadence or "", self.trigger)
        if expected != self.trigger:
            raise self.refused("trigger", f"{expected}, as the cadence is {cadence}")
        if cadence == "U" and self.trigger in _RECURRING:
            raise self.refused("trigger", "continuous or an event, as the cadence is U")

    def check_clock(self, arithmetic: Arithmetic) -> None:
        """Only a period that an event opens can stand still or begin again."""
        form = arithmetic.form if isinstance(arithmetic, Standard) else arithmetic
        clock = isinstance(form, Period) and self.trigger not in _RECURRING
        for part in ("pauses", "restarts"):
            if part in self.entry and not clock:
                raise self.refused(part, "none: only a period that an event opens has a clock")
        both = set(self.entry.get("pauses", ())) & set(self.entry.get("restarts", ()))
        if both:
            expected = f"{min(both)} under pauses or under restarts, not both"
            raise self.refused("restarts", expected)
