"""The figures in one passage: which of its numbers measure something, and what is said of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from peelian.recognition.comparisons import Comparison, comparisons, movements, standard_before
from peelian.recognition.future import sentences
from peelian.recognition.measures import (
    LEAD_IN,
    Room,
    area_of,
    measure_of,
    period_of,
    source_of,
)
from peelian.recognition.numbers import Number, numbers
from peelian.recognition.units import Unit, is_plural, may_stand_alone, qualifier_of, unit_of

Span = tuple[int, int]

_TIMES = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "years", "nights"})
_PERIOD_BEFORE = re.compile(
    r"\b(?:last|past|next|first|previous|following|preceding|coming|another|same|final|other|these|those)"
    r"\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:within|in|under|longer\s+than|over|more\s+than|less\s+than|after|exceeding)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_OLD = re.compile(r"[\s-]*(?:years?|yrs?)?[\s-]*(?:olds?\b|of\s+age\b|and\s+(?:over|under)\b)", re.IGNORECASE)
_AGED = re.compile(r"\b(?:aged?|ages)\s+(?:of\s+|range\s+\w+\s+)?(?:under|over|about|between|from|approximately)?\s*$", re.IGNORECASE)
_PEOPLE = re.compile(r"\b(?:people|adults|children|boys|girls|persons|youths|users|ICVs)\W+(?:\w+\s+){0,2}\(?\s*(?:from\s+)?$", re.IGNORECASE)
_AGO = re.compile(r"\s+(?:ago|earlier|later|on\s+from)\b", re.IGNORECASE)
_NUMBER_OF = re.compile(r"\b(?:number|volume|total|count)s?\s+of\s+((?:[\w’'&/-]+\s+){0,4}?[\w’'-]*s)\b", re.IGNORECASE)
_ADDED = re.compile(
    r"\b(?:additional|extra|further|more|uplift\s+of|increase\s+of|reduction\s+of|rise\s+of|fall\s+of|drop\s+of|"
    r"(?:increased|rose|risen|fell|fallen|reduced|grown|grew|decreased|dropped|up|down|numbers|levels)\s+by)"
    r"\s+(?:an?\s+|the\s+)?(?:additional\s+|further\s+|extra\s+|around\s+|over\s+|some\s+|about\s+)?$",
    re.IGNORECASE,
)
_ADDS = re.compile(r"\s+(?:\w+\s+)?(?:additional|extra|further|more|fewer|less)\b", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|of|up|down)?\s*(?:just\s+|only\s+|almost\s+|nearly\s+|over\s+|around\s+|about\s+|approximately\s+|more\s+than\s+|an?\s+|some\s+)*$", re.IGNORECASE)
_NOT_LEVEL = re.compile(r"\b(?:to|from|at)\s+(?:just\s+|only\s+|over\s+|around\s+|about\s+|almost\s+|nearly\s+|approximately\s+)*$", re.IGNORECASE)


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
class _Seen:
    number: Number
    unit: Unit


def quantities(text: str, dated: Sequence[Span], *, heading: bool = False) -> list[Quantity]:
    """Return the figures in a text, in order; `dated` are its dates. Never raises."""
    found = numbers(text, dated)
    made: list[Quantity] = []
    if not found:
        return made
    for span in sentences(text):
        inside = [n for n in found if span[0] <= n.start < span[1]]
        seen = list(_seen(text, span, inside, heading=heading))
        made += _sentence(text, span, seen, dated, made[-1] if made else None)
    return made


def _seen(text: str, span: Span, found: Sequence[Number], *, heading: bool) -> Iterator[_Seen]:
    """Yield the numbers of a sentence that measure something, with their units."""
    units = [unit_of(text[: span[1]], number) for number in found]
    last: Unit | None = None
    for n, number in enumerate(found):
        ranged = n + 1 < len(found) and found[n + 1].joined
        unit = units[n]
        if unit is None and ranged and (second := units[n + 1]):
            unit = replace(second, value=number.value, noun_start=0, noun_end=number.end)
        if unit is None and not heading and may_stand_alone(text[: span[1]], number):
            unit = Unit(_counted_before(text[span[0] : number.start], last), number.value, number.end)
        if unit is None or _measures_nothing(text, span, number, unit, number.joined or ranged):
            continue
        last = unit
        yield _Seen(number, unit)


def _counted_before(lead: str, last: Unit | None) -> str:
    """Return what a bare number counts: what the sentence says it is the number of."""
    if match := _NUMBER_OF.search(lead):
        return match[1].split()[-1]
    if last and last.name not in _TIMES | {"%", "£", ""}:
        return last.name
    plurals = [w for w in re.findall(r"[A-Za-z][\w’'-]*", lead)[-12:] if is_plural(w)]
    return plurals[-1] if plurals else ""


def _measures_nothing(text: str, span: Span, number: Number, unit: Unit, ranged: bool) -> bool:
    """Return whether a number is an age, a limit that defines a measure, or names a period."""
    before = text[span[0] : number.start][-60:]
    if number.in_words and number.value <= 1 and number.mark == "" and unit.name in ("", "%"):
        return True
    if _OLD.match(text, number.end) or (_AGED.search(before) and not number.mark):
        return not ranged and not number.joined
    if unit.name not in _TIMES:
        return number.in_words and not unit.name
    if _PERIOD_BEFORE.search(before) or _AGO.match(text, unit.noun_end):
        return True
    if any(LEAD_IN.match(text[s : s + 60]) for s in (number.start,)) or _leads_in(text, number, unit):
        return True
    return bool(_LIMIT.search(before)) and "%" in text[span[0] : span[1]]


def _leads_in(text: str, number: Number, unit: Unit) -> bool:
    """Return whether `12 months` goes on to say until when: it names a period."""
    return bool(
        re.match(
            r"(?:\s+period)?\s+(?:to|ending|ended|from|up\s+to)\s+(?:the\s+)?(?:end\s+of\s+)?(?:\d|[A-Z])",
            text[unit.noun_end : unit.noun_end + 60],
        )
    )


def _sentence(
    text: str,
    span: Span,
    seen: Sequence[_Seen],
    dated: Sequence[Span],
    before: Quantity | None,
) -> Iterator[Quantity]:
    start, end = span
    sentence = text[start:end]
    inside = [(a - start, b - start) for a, b in dated if start <= a < end]
    compared = comparisons(sentence) if seen else []
    source = source_of(sentence) if seen else ""
    previous = before
    for n, (number, unit) in enumerate((one.number, one.unit) for one in seen):
        room = Room(
            seen[n - 1].unit.noun_end - start if n else 0,
            number.start - start,
            max(number.end, unit.noun_end if unit.noun_start == 0 else number.end) - start,
            seen[n + 1].number.start - start if n + 1 < len(seen) else len(sentence),
        )
        made = _quantity(sentence, start, number, unit, room, inside, compared)
        made = replace(made, sentence=span, source=source)
        if not made.measure and previous:
            same = previous.sentence == span
            made = replace(made, measure=previous.measure, area=made.area or previous.area * same)
        previous = made
        yield made


def _quantity(
    sentence: str,
    offset: int,
    number: Number,
    unit: Unit,
    room: Room,
    dated: Sequence[Span],
    compared: Sequence[Comparison],
) -> Quantity:
    standard, words = standard_before(sentence, room.start)
    change = _change(sentence, room, number, unit)
    value = -abs(unit.value) if change and _falls(sentence, room, number) else unit.value
    noun_start = unit.noun_start - offset if unit.noun_start else 0
    measure = measure_of(
        sentence,
        room,
        money=number.mark == "£",
        noun_start=noun_start,
        noun_end=max(unit.noun_end - offset, 0) if unit.noun_start and unit.name not in _TIMES else 0,
    )
    period, area = period_of(sentence, room, dated), area_of(sentence, room)
    if unit.rate and not period:
        period = unit.rate
    if standard:
        measure = words if standard in ("target", "average") else ""
        period = words if standard == "before" else period
        area = words if standard in ("national", "similar forces", "region") else area
    return Quantity(
        number.start,
        max(number.end, unit.noun_end if unit.name in _TIMES else number.end),
        (0, 0),
        value,
        unit.name,
        number.printed,
        measure,
        period,
        area,
        "" if standard else _comparator(room, compared),
        qualifier_of(sentence, replace(number, start=room.start, end=number.end - offset)),
        change,
    )


def _comparator(room: Room, compared: Sequence[Comparison]) -> str:
    """Return what a figure is set against: nearest after it, else before it in its own room."""
    after = [c for c in compared if room.start <= c.start <= room.after]
    before = [c for c in compared if room.before <= c.start < room.start]
    chosen = after[:1] or before[-1:]
    return chosen[0].printed if chosen else ""


def _change(sentence: str, room: Room, number: Number, unit: Unit) -> str:
    """Return what kind of change a figure is, nothing where it is a level."""
    if number.mark == "points":
        return "percentage points"
    if number.mark == "times":
        return "multiple"
    lead = sentence[room.before : room.start]
    moved = bool(number.sign) or _moves(sentence, room)
    if number.mark == "%":
        return "percentage change" if moved else ""
    if number.sign or _ADDED.search(lead) or _ADDS.match(sentence, room.start + len(number.printed)):
        return "change"
    return ""


def _moves(sentence: str, room: Room) -> bool:
    """Return whether a percentage says how far something rose or fell, and not to what level."""
    if _NOT_LEVEL.search(sentence, room.before, room.start):
        return False
    for move in movements(sentence):
        after = sentence[room.end : move.start] if move.start >= room.end else None
        if after is not None and len(after.split()) <= 2 and not re.search(r"[,;:()]|\bof\b|\bwith\b", after):
            return True
        between = sentence[move.end : room.start] if room.before <= move.start < room.start else None
        if between is not None and _reaches(between):
            return True
    return False


def _reaches(between: str) -> bool:
    """Return whether the words between a rise and a number carry it there: `increase in crime of`."""
    if not between.strip() or re.fullmatch(r"(?:\s|by|of|an?|just|only|over|around|about|almost|nearly|approximately|more|than|some)*", between, re.IGNORECASE):
        return True
    ends = re.search(r"\b(?:by|of)\s+(?:\w+\s+){0,2}$", between)
    return bool(ends) and len(between.split()) <= 12 and not re.search(r"[,;:()]", between)


def _falls(sentence: str, room: Room, number: Number) -> bool:
    """Return whether the change at a number is a fall."""
    if number.sign:
        return number.sign == "-"
    near = [
        m
        for m in movements(sentence)
        if room.before <= m.start < room.after and not sentence[room.end : m.start].count(",")
    ]
    near.sort(key=lambda m: min(abs(m.start - room.end), abs(room.start - m.end)))
    return bool(near) and not near[0].is_rise
