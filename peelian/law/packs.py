"""Rule packs: what a duty is, who owes it, under which law, from when, and by what date."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Literal

from jsonschema import Draft202012Validator, ValidationError

from peelian.law.arithmetic import Arithmetic, Yearly, arithmetic_from
from peelian.law.dates import Nation
from peelian.law.packfile import PackFile, PathInFile, RulePackError, read_pack_file

BodyModel = Literal["pcc", "pfcc", "mayor", "board", "panel"]
Who = Literal["office", "panel"]
Confidence = Literal["A", "B", "C"]

RULES = Path(__file__).resolve().parents[2] / "rules"

_PLACEHOLDERS = {"year", "next_year", "previous_year"}


@dataclass(frozen=True)
class Step:
    """A step to plan backwards from a duty, so many working days before the step after it."""

    step: str
    working_days_before: int
    opens: str | None = None


@dataclass(frozen=True)
class Rule:
    """One duty as a rule pack states it."""

    id: str
    title: str
    duty: str
    citation: str
    jurisdictions: tuple[Nation, ...]
    body_models: tuple[BodyModel, ...]
    who: Who
    effective_from: date
    effective_to: date | None
    trigger: str
    arithmetic: Arithmetic
    confidence: Confidence
    occasion: str = "{year}"
    condition: str = ""
    local_standard: bool = False
    note: str = ""
    plan_back: tuple[Step, ...] = ()
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @property
    def pack(self) -> str:
        """The name of the pack the rule is in."""
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        """The rule's name within its pack."""
        return self.id.partition("/")[2]

    @property
    def to_verify(self) -> bool:
        """Whether the primary text has still to be checked (confidence C)."""
        return self.confidence == "C"

    def applies_to(self, jurisdiction: Nation, body_model: BodyModel) -> bool:
        """Whether the rule binds that kind of body in that nation."""
        return jurisdiction in self.jurisdictions and body_model in self.body_models

    def in_force(self, on: date) -> bool:
        """Whether a day lies within the rule's effective dates, both included."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


@dataclass(frozen=True)
class RulePack:
    """The rules of one file, in the file's order."""

    name: str
    title: str
    rules: tuple[Rule, ...]


def load_pack(path: Path) -> RulePack:
    """The rule pack in one YAML file.

    Raises `RulePackError`, naming file, line, found and expected, for the first fault in the
    file's order.
    """
    file = read_pack_file(path)
    _check_schema(file)
    data = file.data
    if data["pack"] != path.stem:
        raise file.error(("pack",), f"'{data['pack']}'", f"'{path.stem}', as the file is named")
    rules = tuple(_rule(file, index, entry) for index, entry in enumerate(data["rules"]))
    _refuse_repeated_ids(file, rules)
    return RulePack(data["pack"], data["title"], rules)


def load_packs(directory: Path = RULES) -> tuple[RulePack, ...]:
    """Every ``*.yaml`` rule pack of a directory, in the order of their names.

    An id begins with its pack's name, and that is the file's, so no two files can share one.
    Raises `RulePackError` as `load_pack` does, and where there is no pack at all.
    """
    paths = sorted(directory.glob("*.yaml"))
    if not paths:
        raise RulePackError(directory, 1, "no rule pack", "at least one .yaml file")
    return tuple(load_pack(path) for path in paths)


def all_rules(packs: tuple[RulePack, ...]) -> tuple[Rule, ...]:
    """The rules of all the packs, in order."""
    return tuple(rule for pack in packs for rule in pack.rules)


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads((RULES / "schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _check_schema(file: PackFile) -> None:
    faults = [_explained(file, error) for error in _validator().iter_errors(file.data)]
    if faults:
        raise min(faults, key=lambda fault: fault.line)


def _explained(file: PackFile, error: ValidationError) -> RulePackError:
    """A schema fault with the line of the offending part and the schema's own description."""
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, Mapping) else {}
    path: PathInFile = tuple(error.absolute_path)
    instance: Any = error.instance
    expected = str(schema.get("description", error.message))
    known = schema.get("properties", {})
    if error.validator == "required":
        missing = next(name for name in schema["required"] if name not in instance)
        described = known[missing].get("description", f"the {missing}")
        return file.error(path, f"no '{missing}'", f"'{missing}': {described}")
    if error.validator == "additionalProperties":
        unknown = next(name for name in instance if name not in known)
        return file.error((*path, unknown), f"the unknown key '{unknown}'", _one_of(known))
    return file.error(path, _shown(path, instance), expected)


def _one_of(names: Mapping[str, Any]) -> str:
    return f"one of {', '.join(names)}"


def _shown(path: PathInFile, value: object) -> str:
    """What stands in the file, short enough for one line, after the key it stands under."""
    key = next((f"{part}: " for part in reversed(path) if isinstance(part, str)), "")
    match value:
        case None:
            return f"{key}nothing"
        case bool():
            return f"{key}{str(value).lower()}"
        case str():
            return f"{key}'{value[:60]}'"
        case list():
            return f"{key}a list of {len(value)}"
        case dict():
            return f"{key}{{{', '.join(f'{name}: {item}' for name, item in value.items())[:80]}}}"
    return f"{key}{value}"


def _rule(file: PackFile, index: int, entry: Mapping[str, Any]) -> Rule:
    """The rule of a valid entry. Raises `RulePackError` for what a schema cannot see."""
    at = ("rules", index)
    if not entry["id"].startswith(f"{file.data['pack']}/"):
        raise file.error((*at, "id"), f"'{entry['id']}'", f"an id in {file.data['pack']}/")
    start = date.fromisoformat(entry["effective_from"])
    end = date.fromisoformat(entry["effective_to"]) if "effective_to" in entry else None
    if end is not None and end < start:
        raise file.error((*at, "effective_to"), f"'{end}'", f"a date on or after {start}")
    try:
        arithmetic = arithmetic_from(entry["arithmetic"])
    except ValueError as fault:
        found = _shown((*at, "arithmetic"), entry["arithmetic"])
        raise file.error((*at, "arithmetic"), found, "a date that every year has") from fault
    _check_trigger(file, at, entry, yearly=isinstance(arithmetic, Yearly))
    plain = ("id", "title", "duty", "citation", "who", "trigger", "confidence")
    optional = ("occasion", "condition", "local_standard", "note")
    return Rule(
        **{name: entry[name] for name in plain},
        **{name: entry[name] for name in optional if name in entry},
        jurisdictions=tuple(entry["jurisdictions"]),
        body_models=tuple(entry["body_models"]),
        effective_from=start,
        effective_to=end,
        arithmetic=arithmetic,
        plan_back=tuple(Step(**step) for step in entry.get("plan_back", ())),
        file=file.path.name,
        line=file.line(*at),
    )


def _check_trigger(
    file: PackFile, at: tuple[str, int], entry: Mapping[str, Any], *, yearly: bool
) -> None:
    """Yearly arithmetic belongs to financial years, every other form to an event."""
    if yearly != (entry["trigger"] == "financial_year"):
        expected = "financial_year" if yearly else "the event that the arithmetic counts from"
        raise file.error((*at, "trigger"), f"'{entry['trigger']}'", expected)
    if entry["arithmetic"].get("before", entry["trigger"]) != entry["trigger"]:
        expected = f"'{entry['arithmetic']['before']}', as clear days are counted before it"
        raise file.error((*at, "trigger"), f"'{entry['trigger']}'", expected)
    if "occasion" in entry:
        _check_occasion(file, (*at, "occasion"), entry["occasion"], yearly=yearly)


def _check_occasion(file: PackFile, at: PathInFile, occasion: str, *, yearly: bool) -> None:
    expected = "words that may use {year}, {next_year} and {previous_year}"
    if not yearly:
        raise file.error(at, "an occasion", "none: an event is called by its own title")
    try:
        used = {name for _, name, _, _ in Formatter().parse(occasion) if name is not None}
    except ValueError as fault:
        raise file.error(at, f"'{occasion}'", expected) from fault
    if not used <= _PLACEHOLDERS:
        raise file.error(at, f"'{occasion}'", expected)


def _refuse_repeated_ids(file: PackFile, rules: tuple[Rule, ...]) -> None:
    lines: dict[str, int] = {}
    for index, rule in enumerate(rules):
        if rule.id in lines:
            expected = f"an id of its own: it is used in line {lines[rule.id]}"
            raise file.error(("rules", index, "id"), f"the id '{rule.id}' a second time", expected)
        lines[rule.id] = file.line("rules", index, "id")
