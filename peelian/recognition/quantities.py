"""The figures in one passage: what each of its numbers measures, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from peelian.expressions import expression
from peelian.recognition.changes import change_of, falls
from peelian.recognition.circumstances import (
    area_of,
    period_of,
    periods_in,
    source_of,
    without,
)
from peelian.recognition.comparisons import (
    Comparison,
    Movement,
    comparisons,
    movements,
    standard_before,
)
from peelian.recognition.counting import MARKS, THAT_NUMBER, Counted, counted
from peelian.recognition.future import sentences
from peelian.recognition.measures import Room, measure_of
from peelian.recognition.numbers import numbers
from peelian.recognition.units import qualifier_of

Span = tuple[int, int]

# Longer sentences are flattened tables: they are read in pieces, which bounds the work.
_LONGEST = 1500
_ALSO_BY = expression(
    r"\bby\s+(?:(?:just|only|over|around|about|almost|nearly|more|less|than)\s+){0,2}$"
)


@dataclass(frozen=True)
class Quantity:
    """A figure in a passage: where its number stands, and what its words say."""

    start: int
    end: int
    sentence: Span
    value: float
    unit: str
    printed: str
    measure: str
    period: str = ""
    area: str = ""
    comparator: str = ""
    qualifier: str = ""
    change: str = ""
    source: str = ""


@dataclass(frozen=True)
class _Sentence:
    """A sentence with what is found in it once for all of its figures."""

    text: str
    periods: Sequence[Span]
    compared: Sequence[Comparison]
    moves: Sequence[Movement]
    timeless: str  # the text with spaces where its periods stand
    source: str


def quantities(text: str, dated: Sequence[Span], *, heading: bool = False) -> list[Quantity]:
    """Return the figures in a text, in order; `dated` are its dates. Never raises."""
    found = numbers(text, dated)
    made: list[Quantity] = []
    place = 0
    for start, end in _pieces(text) if found else ():
        first = place
        while place < len(found) and found[place].start < end:
            place += 1
        inside = [replace(n, start=n.start - start, end=n.end - start) for n in found[first:place]]
        if not inside:
            continue
        inner = [(a - start, b - start) for a, b in dated if start <= a and b <= end]
        sentence = text[start:end]
        known = made[-1].unit if made and made[-1].unit not in MARKS else ""
        seen = list(counted(sentence, inside, heading=heading, known=known))
        before = made[-1] if made else None
        for one in _quantities(sentence, seen, inner, before):
            span = (start, end)
            made.append(replace(one, start=one.start + start, end=one.end + start, sentence=span))
    return made


def _pieces(text: str) -> Iterator[Span]:
    """Yield the spans of the sentences, overlong ones in pieces."""
    for start, end in sentences(text):
        while end - start > _LONGEST:
            stop = text.rfind(" ", start + 1, start + _LONGEST) + 1 or start + _LONGEST
            yield start, stop
            start = stop
        yield start, end


def _quantities(
    text: str, seen: Sequence[Counted], dated: Sequence[Span], before: Quantity | None
) -> Iterator[Quantity]:
    """Yield the figures of a sentence; `before` is the last of the sentence before."""
    if not seen:
        return
    periods = periods_in(text, dated)
    sentence = _Sentence(
        text,
        periods,
        comparisons(text),
        movements(text),
        without(text, periods),
        source_of(text),
    )
    previous, words_end = before, 0
    for n, one in enumerate(seen):
        number, unit = one.number, one.unit
        room = Room(
            max(seen[n - 1].unit.noun_end, words_end) if n else 0,
            number.start,
            number.end if one.names_its_noun else max(number.end, unit.noun_end),
            seen[n + 1].number.start if n + 1 < len(seen) else len(text),
        )
        made, words_end = _quantity(sentence, one, room)
        if n and not made.change and previous and _goes_on(text[: room.start], made, previous):
            falls_too = previous.value < 0
            made = replace(
                made, change=previous.change, value=-made.value if falls_too else made.value
            )
        if not made.measure and previous:
            made = _borrowing(made, previous, text[: room.start], same=n > 0)
        previous = made
        yield made


def _goes_on(lead: str, made: Quantity, previous: Quantity) -> bool:
    """Return whether a share goes on with changes: `burglary fell by 8%, robbery by 9%`."""
    changes = made.unit == "%" and previous.change == "percentage change"
    return changes and bool(_ALSO_BY.search(lead[-40:]))


def _borrowing(made: Quantity, previous: Quantity, lead: str, *, same: bool) -> Quantity:
    """Return a figure with the measure of the one before it, where its words point there."""
    if same:
        return replace(made, measure=previous.measure, area=made.area or previous.area)
    if THAT_NUMBER.search(lead) or (made.unit and made.unit == previous.unit):
        return replace(made, measure=previous.measure)
    return made


def _quantity(sentence: _Sentence, one: Counted, room: Room) -> tuple[Quantity, int]:
    """Return a figure of a sentence, and where the words that say what it measures end."""
    number, unit, text = one.number, one.unit, sentence.text
    standard, words = standard_before(text, room.start)
    change = change_of(text, room, number, sentence.moves)
    measure, words_end = measure_of(
        sentence.timeless,
        room,
        money=number.mark == "£",
        noun_start=unit.noun_start,
        counted=one.names_its_noun,
    )
    if THAT_NUMBER.search(text, room.before, room.start) and not one.names_its_noun:
        measure = ""
    period = period_of(text, room, sentence.periods, [c.start for c in sentence.compared])
    area = area_of(sentence.timeless, room)
    if standard:
        measure = words if standard in ("target", "average") else ""
        period = period or (words if standard == "before" else "")
        area = words if standard in ("national", "similar forces", "region") else area
    fell = bool(change) and falls(text, room, number, sentence.moves)
    made = Quantity(
        number.start,
        number.end,
        (0, 0),
        -abs(unit.value) if fell else unit.value,
        unit.name,
        number.printed,
        measure,
        period or unit.rate,
        area,
        "" if standard else _comparator(room, sentence.compared),
        qualifier_of(text, number),
        change,
        sentence.source,
    )
    return made, words_end


def _comparator(room: Room, compared: Sequence[Comparison]) -> str:
    """Return what a figure is set against: nearest after it, else before it in its own room."""
    after = [c for c in compared if room.start <= c.start <= room.after]
    before = [c for c in compared if room.before <= c.start < room.start]
    chosen = after[:1] or before[-1:]
    return chosen[0].printed if chosen else ""
