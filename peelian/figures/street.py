"""Incidents added up: how many a force counted in its whole area, and in each area within it.

A row belongs to every area on the register that its place names, where that area lies within the
area of the force whose file it is. Only there does a file hold all there is to count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from peelian.figures.register import Register
from peelian.intake.readings import Read, listed
from peelian.intake.tables import as_number

RARE = 10  # a month, on average: below, a file without any of a type says that there was none


class Tally:
    """The counts of a return while it is read. `notes` is what to say of them."""

    def __init__(self, register: Register, notes: list[str]) -> None:
        self.register, self.notes = register, notes
        # By force, then by area (None is the whole), month and measure.
        self.counts: dict[str, Counter[tuple[int | None, str, str]]] = defaultdict(Counter)
        self.nowhere: Counter[str] = Counter()
        self.outside: dict[str, Counter[str]] = defaultdict(Counter)
        self.found: dict[tuple[str, str, str], set[int]] = {}

    def added_up(self, reads: Iterable[Read]) -> Iterator[Read]:
        """Yield the sums of what a layout counted, when all of it has been read."""
        for read in reads:
            self._add(read)
        measures = sorted({key[2] for own in self.counts.values() for key in own})
        for force in sorted(self.counts):
            yield from self._force(force, measures)
        known = {force: pk for force in sorted(self.counts) if (pk := self.register.force(force))}
        whole = [force for force, pk in known.items() if not self.register.has_within(pk)]
        if whole:
            self.notes.append(
                f"{listed(whole)}: no area within is on the register, so only totals are counted."
            )
        for force in known:
            if force not in whole:
                self._tell_places(force)

    def _areas_of(self, force: str) -> list[int]:
        return sorted({area for area, _month, _measure in self.counts[force] if area})

    def _add(self, read: Read) -> None:
        count, counts = int(as_number(read.value) or 0), self.counts[read.within]
        counts[None, read.period, read.measure] += count
        if not read.area and not read.also:
            self.nowhere[read.within] += count
            return
        areas = self._areas(read)
        for area in areas:
            counts[area, read.period, read.measure] += count
        if not areas:
            self.outside[read.within][read.also or read.area] += count

    def _areas(self, read: Read) -> set[int]:
        key = (read.within, read.area, read.also)
        if key not in self.found:
            force = self.register.force(read.within)
            names = [name for name in (read.area, read.also) if name and force is not None]
            self.found[key] = {
                pk for name in names for pk in self.register.places(name, force or 0)
            }
        return self.found[key]

    def _force(self, force: str, measures: list[str]) -> Iterator[Read]:
        """Yield what a force counted, noughts included where its file shows that there was none."""
        counts = self.counts[force]
        months = sorted({month for _area, month, _measure in counts})
        areas = self._areas_of(force)
        absent: dict[str, list[str]] = defaultdict(list)
        for measure in measures:
            of_all = [counts[None, month, measure] for month in months]
            rare = 0 < sum(of_all) < RARE * len(months)
            for month, total in zip(months, of_all, strict=True):
                if not total and not rare:
                    absent[measure].append(month)
                    continue
                yield _read(measure, force, month, total)
                for area in areas:
                    name = self.register.references[area]
                    yield _read(measure, name, month, counts[area, month, measure])
        for measure, without in absent.items() if self.register.force(force) else ():
            self.notes.append(
                f"{force}: no row of {measure} in {listed(without)}: left out, and not taken for"
                " noughts."
            )

    def _tell_places(self, force: str) -> None:
        if nowhere := self.nowhere[force]:
            self.notes.append(f"{force}: {nowhere:,} rows name no place: in its total only.")
        if outside := self.outside[force]:
            places = [f"{place} {count:,}" for place, count in outside.most_common()]
            self.notes.append(
                f"{force}: {outside.total():,} rows lie in places that are no area within it on"
                f" the register: in its total only ({listed(places)})."
            )


def _read(measure: str, area: str, month: str, count: int) -> Read:
    return Read(0, "crime_type", measure, area, month, str(count))
