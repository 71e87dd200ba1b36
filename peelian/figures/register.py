"""What the names in a return mean: measures and areas by reference, by title or by a map."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import chain
from typing import Any

from peelian.figures.kinds import MEASURE
from peelian.figures.models import Measure
from peelian.intake.readings import Layout, Renamed
from peelian.people.kinds import AREA
from peelian.people.models import Area
from peelian.record.access import Actor
from peelian.record.errors import Invalid
from peelian.record.kinds import Kind
from peelian.record.operations import bring_in

MOST_REFERENCE, MOST_TITLE = 80, 600
_NO_REFERENCE = re.compile(r"[^a-z0-9]+")
_FORCE = re.compile(r"^police service of | (police( service)?|constabulary)$")
_TURNED = re.compile(r"^(.+), (?:city|county) of$")
_FREQUENCIES = (
    (re.compile(r"12 months to .*"), Measure.Frequency.ROLLING_YEAR),
    (re.compile(r"[0-9]{4}/[0-9]{2}-Q[1-4]"), Measure.Frequency.QUARTERLY),
    (re.compile(r"[0-9]{4}-W[0-9]{2}"), Measure.Frequency.WEEKLY),
    (re.compile(r"[0-9]{4}"), Measure.Frequency.YEARLY),
)


def reference_for(name: str) -> str:
    """Return a reference made of a name: `Theft: Bicycle theft` is `theft-bicycle-theft`.

    One that is too long ends in a mark of the whole, so that no two names share it.
    """
    plain = _NO_REFERENCE.sub("-", name.casefold()).strip("-")
    if len(plain) > MOST_REFERENCE:
        mark = hashlib.sha256(plain.encode()).hexdigest()[:8]
        return f"{plain[: MOST_REFERENCE - 9]}-{mark}"
    return plain or "unnamed"


def plain_name(name: str) -> str:
    """Return a place's name as all publishers agree on it: `Devon & Cornwall Police` and
    `Devon and Cornwall` are `devon and cornwall`; `London, City of` is `city of london`.
    """
    plain = " ".join(name.casefold().replace("&", " and ").replace("-", " ").split())
    if turned := _TURNED.fullmatch(plain):
        plain = f"city of {turned[1]}" if plain.endswith("city of") else turned[1]
    return _FORCE.sub("", plain) or plain


class Register:
    """The measures and areas there are, by every name that a file may use for one of them.

    ``names`` goes before references, references before titles; a title that two share names none.
    With ``by``, what is missing is registered under the name that the file uses; `refused` says why
    a name cannot be.
    """

    def __init__(self, names: Mapping[str, str], layout: Layout, by: Actor | None) -> None:
        self.names = {name.casefold(): reference for name, reference in names.items()}
        self.renamed, self.made, self.by = layout.renamed, layout.made, by
        self.measures: dict[str, tuple[int, str] | None] = {}
        titles: dict[str, tuple[int, str] | None] = {}
        for pk, reference, title, frequency in Measure.objects.values_list(
            "pk", "reference", "title", "frequency"
        ):
            self.measures[reference] = (pk, frequency)
            titles[title.casefold()] = None if title.casefold() in titles else (pk, frequency)
        self.measure_titles = titles
        self.areas: dict[str, int | None] = {}
        self.forces: dict[str, int | None] = {}
        self.refused: dict[str, str] = {}
        self.outer: dict[int, int | None] = {}
        self.references: dict[int, str] = {}
        self.levels: dict[int, str] = {}
        self.plain: dict[str, list[int]] = defaultdict(list)
        named: dict[str, int | None] = {}
        for pk, reference, title, code, level, outer in Area.objects.values_list(
            "pk", "reference", "title", "ons_code", "level", "parent_id"
        ):
            self.areas[reference] = pk
            named[title.casefold()] = None if title.casefold() in named else pk
            self.references[pk], self.levels[pk], self.outer[pk] = reference, level, outer
            for name in {plain_name(title), code.casefold()} - {""}:
                self.plain[name].append(pk)
        self.area_titles = named

    def measure(self, name: str, period: str = "") -> tuple[int, str] | None:
        """Return the id and frequency of a measure, None where there is none of this name.

        One that is registered now has the frequency of its first period.
        """
        if name not in self.measures:
            called = self.called(name)
            reference = self.names.get(called.casefold(), called)
            found = self.measures.get(reference) or self.measures.get(reference_for(reference))
            found = found or self.measure_titles.get(called.casefold())
            self.measures[name] = found or self._new_measure(called, period)
        return self.measures[name]

    def called(self, name: str) -> str:
        """Return a measure's name in the file as all files of its kind have it."""
        return self.renamed.get(name.casefold(), Renamed(name)).name

    def area(self, name: str) -> int | None:
        """Return the id of an area, None where there is none of this name."""
        if name not in self.areas:
            reference = self.names.get(name.casefold(), name)
            found = self.areas.get(reference) or self.area_titles.get(name.casefold())
            self.areas[name] = found or self._new_area(name, Area.Level.LOCAL_AUTHORITY)
        return self.areas[name]

    def force(self, name: str) -> int | None:
        """Return the id of a force's area, as publishers write its name, else of another area."""
        if name not in self.forces:
            reference = self.names.get(name.casefold(), name)
            named = self.plain.get(plain_name(name), [])
            forces = [pk for pk in named if self.levels[pk] == Area.Level.FORCE_AREA] or named
            found = self.areas.get(reference) or (forces[0] if len(forces) == 1 else None)
            if found is None and not forces:
                found = self._new_area(name, Area.Level.FORCE_AREA)
            self.forces[name] = found
        return self.forces[name]

    def places(self, name: str, force: int) -> set[int]:
        """Return the ids of the areas of this name that lie within a force's area."""
        reference = self.names.get(name.casefold(), name)
        found = {self.areas.get(reference), *self.plain.get(plain_name(name), ())}
        return {pk for pk in found if pk is not None and self._lies_in(pk, force)}

    def has_within(self, force: int) -> bool:
        """Return whether any area lies within a force's area."""
        return force in self.outer.values()

    def _lies_in(self, area: int, force: int) -> bool:
        outer = self.outer.get(area)
        while outer is not None and outer != force:
            outer = self.outer.get(outer)
        return outer == force

    def _new_measure(self, name: str, period: str) -> tuple[int, str] | None:
        if self.by is None or not name:
            return None
        title = name.capitalize() if name.isupper() else name
        values = {
            "definition": f"As the return names it: {name}.",
            "unit": "offences",
            "source": "As published in the return",
            **self.made,
            "reference": reference_for(name),
            "title": title[:MOST_TITLE],
            "frequency": frequency_of(period),
        }
        made = self._registered(MEASURE, name, values)
        return (made, values["frequency"]) if made else None

    def _new_area(self, name: str, level: str) -> int | None:
        """Register an area; one that is there under the same reference is never renamed."""
        reference = reference_for(name)
        if self.by is None or not name or reference in self.references.values():
            return None
        made = self._registered(AREA, name, {"reference": reference, "title": name, "level": level})
        if made:
            self.references[made], self.levels[made] = reference, level
            self.areas[reference] = self.area_titles[name.casefold()] = made
            self.plain[plain_name(name)].append(made)
        return made

    def _registered(self, kind: Kind, name: str, values: dict[str, Any]) -> int | None:
        """Return the id of what is registered now; None, and why, where the record refuses it."""
        if self.by is None:
            return None
        try:
            made, _how = bring_in(kind, values, by=self.by, why="Registered with the return")
        except Invalid as error:
            self.refused[name] = " ".join(chain.from_iterable(error.errors.values()))
            return None
        return made.pk


def frequency_of(period: str) -> str:
    """Return how often figures come whose periods are written like this; monthly, if unsure."""
    found = (frequency for form, frequency in _FREQUENCIES if form.fullmatch(period))
    return next(found, Measure.Frequency.MONTHLY)
