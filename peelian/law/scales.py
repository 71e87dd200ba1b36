"""Scales of grades as ``rules/scales/`` declares them: one file a family, its scales by date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from peelian.law.checking import RULES, check, refuse_repeated
from peelian.law.packfile import PackFile, RulePackError, read_pack_file

FOLDER = "scales"


@dataclass(frozen=True)
class Scale:
    """One scale: its grades from the worst to the best, and the days of its use.

    Grades of two scales are never compared: where one scale follows another, the series breaks.
    """

    id: str
    name: str
    family: str
    begins: date
    ends: date | None
    grades: tuple[str, ...]
    confidence: str
    note: str = ""

    def place(self, grade: str) -> int | None:
        """The place of a grade from the worst, counted from 1; None where it is not of the scale.

        Small and capital letters are the same.
        """
        folded = " ".join(grade.casefold().split())
        return self.grades.index(folded) + 1 if folded in self.grades else None


@dataclass(frozen=True)
class Family:
    """The scales by which one body has graded one thing, the oldest first."""

    id: str
    name: str
    source: str
    scales: tuple[Scale, ...]


def load_family(path: Path) -> Family:
    """The scales of one YAML file.

    Raises `RulePackError`, naming file, line, found and expected, for the first fault: also for
    scales that are not in the order of their days, or that overlap.
    """
    file = read_pack_file(path, holds="scales with family, name, source and scales")
    check(file, "scale.schema.json")
    refuse_repeated(file, "scales", "the scale")
    data = file.data
    if data["family"] != path.stem:
        raise file.error(("family",), f"'{data['family']}'", f"'{path.stem}', as the file is named")
    scales = tuple(_scale(entry, data["family"]) for entry in data["scales"])
    _refuse_overlap(file, scales)
    return Family(data["family"], data["name"], data["source"], scales)


@cache
def load_families(directory: Path = RULES, own: Path | None = None) -> tuple[Family, ...]:
    """Every family of ``scales/`` in a directory of rules, then those an office adds, by name.

    Raises `RulePackError` as `load_family` does, and for a family or scale of the office's own
    that there is already.
    """
    shipped = [load_family(path) for path in _paths(directory)]
    added = []
    known = {scale.id for family in shipped for scale in family.scales}
    for path in _paths(own) if own else []:
        if path.stem in {family.id for family in shipped}:
            raise RulePackError(path, 1, f"the family '{path.stem}'", "a name that no other has")
        family = load_family(path)
        for scale in family.scales:
            if scale.id in known:
                raise RulePackError(path, 1, f"the scale '{scale.id}'", "an id that no other has")
        known |= {scale.id for scale in family.scales}
        added.append(family)
    return (*shipped, *added)


def _paths(directory: Path) -> list[Path]:
    return sorted((directory / FOLDER).glob("*.yaml"))


def _scale(entry: Mapping[str, Any], family: str) -> Scale:
    return Scale(
        id=entry["id"],
        name=entry["name"],
        family=family,
        begins=date.fromisoformat(entry["from"]),
        ends=date.fromisoformat(entry["until"]) if "until" in entry else None,
        grades=tuple(entry["grades"]),
        confidence=entry["confidence"],
        note=entry.get("note", ""),
    )


def _refuse_overlap(file: PackFile, scales: tuple[Scale, ...]) -> None:
    for index, (one, after) in enumerate(pairwise(scales), 1):
        if one.ends is None or after.begins <= one.ends:
            expected = f"a day after the last of '{one.id}'"
            if one.ends is None:
                expected = f"an 'until' of '{one.id}', which comes before it"
            raise file.error(("scales", index, "from"), f"'{after.begins}'", expected)
    for index, scale in enumerate(scales):
        if scale.ends and scale.ends < scale.begins:
            found, expected = f"'{scale.ends}'", "a day that is not before 'from'"
            raise file.error(("scales", index, "until"), found, expected)
