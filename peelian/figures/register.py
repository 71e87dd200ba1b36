"""What the names in a return mean: measures and areas by reference, by title or by a map."""

from __future__ import annotations

import re
from collections.abc import Mapping

from peelian.figures.kinds import MEASURE
from peelian.figures.models import Measure
from peelian.people.kinds import AREA
from peelian.people.models import Area
from peelian.record.access import Actor
from peelian.record.operations import bring_in

_NO_REFERENCE = re.compile(r"[^a-z0-9]+")


def reference_for(name: str) -> str:
    """Return a reference made of a name: `Theft: Bicycle theft` is `theft-bicycle-theft`."""
    return _NO_REFERENCE.sub("-", name.casefold()).strip("-")[:80] or "unnamed"


class Register:
    """The measures and areas there are, by every name that a file may use for one of them.

    ``names`` goes before references, references before titles; a title that two share names none.
    With ``by``, what is missing is registered under the name that the file uses.
    """

    def __init__(
        self, names: Mapping[str, str], renamed: Mapping[str, str], by: Actor | None
    ) -> None:
        self.names = {name.casefold(): reference for name, reference in names.items()}
        self.renamed, self.by = renamed, by
        self.measures: dict[str, tuple[int, str] | None] = {}
        titles: dict[str, tuple[int, str] | None] = {}
        for pk, reference, title, frequency in Measure.objects.values_list(
            "pk", "reference", "title", "frequency"
        ):
            self.measures[reference] = (pk, frequency)
            titles[title.casefold()] = None if title.casefold() in titles else (pk, frequency)
        self.measure_titles = titles
        self.areas: dict[str, int | None] = {}
        named: dict[str, int | None] = {}
        for pk, reference, title in Area.objects.values_list("pk", "reference", "title"):
            self.areas[reference] = pk
            named[title.casefold()] = None if title.casefold() in named else pk
        self.area_titles = named

    def measure(self, name: str) -> tuple[int, str] | None:
        """Return the id and frequency of a measure, None where there is none of this name."""
        if name not in self.measures:
            called = self.renamed.get(name.casefold(), name)
            reference = self.names.get(called.casefold(), called)
            found = self.measures.get(reference) or self.measures.get(reference_for(reference))
            self.measures[name] = (
                found or self.measure_titles.get(called.casefold()) or self._new_measure(called)
            )
        return self.measures[name]

    def area(self, name: str) -> int | None:
        """Return the id of an area, None where there is none of this name."""
        if name not in self.areas:
            reference = self.names.get(name.casefold(), name)
            found = self.areas.get(reference) or self.area_titles.get(name.casefold())
            self.areas[name] = found or self._new_area(name)
        return self.areas[name]

    def _new_measure(self, name: str) -> tuple[int, str] | None:
        if self.by is None or not name:
            return None
        title = name.capitalize() if name.isupper() else name
        values = {
            "reference": reference_for(name),
            "title": title[:600],
            "definition": f"As the return names it: {name}.",
            "unit": "offences",
            "source": "As published in the return",
        }
        made, _how = bring_in(MEASURE, values, by=self.by, why="Registered with the return")
        return made.pk, Measure.Frequency.MONTHLY

    def _new_area(self, name: str) -> int | None:
        if self.by is None or not name:
            return None
        values = {"reference": reference_for(name), "title": name, "level": "local_authority"}
        made, _how = bring_in(AREA, values, by=self.by, why="Registered with the return")
        return made.pk
