"""The figures in one passage: which of its numbers measure something, and what is said of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from peelian.recognition.comparisons import Comparison, comparisons, movements, standard_before
from peelian.recognition.future import sentences
from peelian.recognition.measures import (
    Room,
    area_of,
    measure_of,
    period_of,
    periods_in,
    source_of,
    without,
)
from peelian.recognition.numbers import Number, numbers
from peelian.recognition.units import Unit, is_plural, may_stand_alone, qualifier_of, unit_of

Span = tuple[int, int]

_TIMES = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "years", "nights"})
_MARKS = frozenset({"%", "£", "times", "rank", "percentage points"})
_PERIOD_BEFORE = re.compile(
    r"\b(?:last|past|next|first|previous|following|preceding|coming|another|same|final|other|these|those)"
    r"\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:within|in|under|longer\s+than|over|more\s+than|less\s+than|after|exceeding)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_NO_CHANGE = re.compile(r"[,;:()]|\b(?:of|with|an?|the|for|want|wanted|\w+ed)\b")
# A share in brackets says a change again: `an increase of £7.2m (4.6%)`.
_AGAIN = re.compile(
    r"\b(?:increase|rise|growth|reduction|decrease|fall|drop|cut)\s+of\s+£?[\d.,]{1,15}\s?\w{0,12}(?:\s+\w{1,20})?\s*\($",
    re.IGNORECASE,
)
_RANKED = re.compile(
    r"\b(?:rank(?:ed|ing|s)?|placed|position|from|to|came|now)\s+(?:\w+\s+){0,2}$|\($|\d(?:st|nd|rd|th)\s+to\s+$"
)
_LIMIT_WORD = re.compile(r"\bwithin\s+(?:\w+\s+){1,2}$")
_OLD = re.compile(
    r"[\s-]*(?:years?|yrs?)?[\s-]*(?:olds?\b|of\s+age\b|and\s+(?:over|under)\b)", re.IGNORECASE
)
_AGED = re.compile(
    r"\b(?:aged?|ages)\s+(?:of\s+|range\s+\w+\s+)?(?:under|over|about|between|from|approximately)?\s*$",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:people|adults|children|boys|girls|persons|youths|users|ICVs)\W+(?:\w+\s+){0,2}\(?\s*(?:from\s+)?$",
    re.IGNORECASE,
)
_AGO = re.compile(r"\s+(?:ago|earlier|later|on\s+from)\b", re.IGNORECASE)
_NUMBER_OF = re.compile(
    r"\b(?:number|volume|total|count)s?\s+of\s+((?:[\w’'&/-]+\s+){0,4}?[\w’'-]*s)\b", re.IGNORECASE
)
_NEXT = re.compile(r"(?:[,;:(]|\band)\s+$|\($")
_OF_WHAT = re.compile(r"\s+(?:in|from|for|at|on|to|were|was|by)\s+")
_OUT_OF = re.compile(r"\s+(?:out\s+)?of\s+(?:the\s+|its\s+|our\s+|their\s+)?")
_OF_THEM = re.compile(r"\s+of\s+(?:whom|which|them|those|these)\b(?!\s+\w+s\b)")
_VERB = re.compile(r"\s+(?:will|have|has|had|were|was|are|remain|remained)\b")
_THAT_NUMBER = re.compile(
    r"\b(?:[Tt]hat|[Tt]his|[Tt]he)\s+(?:number|figure|total)\s+(?!of\b|number\b)"
)
_AGE_RANGE = re.compile(r"\bage\s+(?:range|group)s?\b[\w\s]{0,30}$", re.IGNORECASE)
_ADDED = re.compile(
    r"\b(?:additional|extra|further|more|uplift\s+of|increase\s+of|reduction\s+of|rise\s+of|fall\s+of|drop\s+of|"
    r"(?:increased|rose|risen|fell|fallen|reduced|grown|grew|decreased|dropped|up|down|numbers|levels)\s+by)"
    r"\s+(?:an?\s+|the\s+)?(?:additional\s+|further\s+|extra\s+|around\s+|over\s+|some\s+|about\s+)?$",
    re.IGNORECASE,
)
_ADDS = re.compile(r"\s+(?:\w+\s+)?(?:additional|extra|further|more|fewer|less)\b", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:by|of|up|down)?\s*(?:just\s+|only\s+|almost\s+|nearly\s+|over\s+|around\s+|about\s+|approximately\s+|more\s+than\s+|an?\s+|some\s+)*$",
    re.IGNORECASE,
)
_NOT_LEVEL = re.compile(
    r"\b(?:to|from|at)\s+(?:just\s+|only\s+|over\s+|around\s+|about\s+|almost\s+|nearly\s+|approximately\s+)*$",
    re.IGNORECASE,
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
        known = made[-1].unit if made and made[-1].unit not in _MARKS else ""
        seen = list(_seen(text, span, inside, heading=heading, known=known))
        made += _sentence(text, span, seen, dated, made[-1] if made else None)
    return made


def _seen(
    text: str, span: Span, found: Sequence[Number], *, heading: bool, known: str
) -> Iterator[_Seen]:
    """Yield the numbers of a sentence that measure something, with their units.

    `known` is what the sentence before counts, for `15 will have been completed`.
    """
    clipped = text[: span[1]]
    units = [unit_of(clipped, number) for number in found]
    last: Unit | None = None
    taken = 0
    for n, number in enumerate(found):
        if number.start < taken:  # the seconds of `4 minutes 12 seconds`
            continue
        ranged = n + 1 < len(found) and found[n + 1].joined
        unit, lead = units[n], text[span[0] : number.start]
        aged = bool(last and last.name == "years" and number.joined and unit is None)
        if (ranged or number.joined) and not number.mark and (_is_age(lead) or aged):
            unit = Unit("years", number.value, number.end)
        elif unit is None and ranged and (second := units[n + 1]):
            unit = replace(second, value=number.value, noun_start=0, noun_end=number.end)
        elif (
            unit is None
            and n + 1 < len(found)
            and _OUT_OF.fullmatch(text[number.end : found[n + 1].start])
        ):
            name = (units[n + 1] or Unit("", 0, 0)).name
            unit = Unit(name, number.value, number.end) if name else None
        elif unit is None and _refers(clipped, span, number, last):
            name = last.name if last and last.name not in _MARKS else known
            unit = Unit(name or _counted_before(lead, None), number.value, number.end)
        elif unit is None and not heading and may_stand_alone(clipped, number):
            name = known if _THAT_NUMBER.search(lead) else _counted_before(lead, last)
            unit = Unit(name, number.value, number.end)
        if unit is None or _measures_nothing(clipped, span, number, unit, number.joined or ranged):
            continue
        taken = unit.noun_end if unit.name in _TIMES else 0
        last = unit if unit.name not in ("", "times", "rank") else last
        yield _Seen(number, unit)


def _is_age(lead: str) -> bool:
    """Return whether the words before a range say that it is of ages."""
    return bool(
        _AGED.search(lead[-60:]) or _PEOPLE.search(lead[-60:]) or _AGE_RANGE.search(lead[-60:])
    )


def _refers(text: str, span: Span, number: Number, last: Unit | None) -> bool:
    """Return whether a number counts what was counted before: `three of whom`, `30 in March`."""
    if _OF_THEM.match(text, number.end):
        return True
    lead = text[span[0] : number.start]
    if last is None:
        return not lead.strip() and bool(_VERB.match(text, number.end)) and number.value >= 2
    if number.in_words or last.name in _TIMES | _MARKS:
        return False
    return bool(_NEXT.search(lead[-8:]) and _OF_WHAT.match(text, number.end))


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
    if number.mark == "rank":
        return not _RANKED.search(before)
    if number.in_words and number.value == 1 and re.match(r"\s+of\b", text[number.end :]):
        return True
    if number.in_words and number.value == 2 and re.search(r"\b[Tt]h(?:e|ese|ose)\s+$", before):
        return True
    if _OLD.match(text, number.end) or (_AGED.search(before) and not number.mark):
        return not ranged and not number.joined
    if unit.name not in _TIMES:
        return number.in_words and not unit.name and number.value > 0
    if (_PERIOD_BEFORE.search(before) and not _LIMIT_WORD.search(before)) or _AGO.match(
        text, unit.noun_end
    ):
        return True
    if not ranged and _leads_in(text, unit):
        return True
    return bool(_LIMIT.search(before)) and "%" in text[span[0] : span[1]]


def _leads_in(text: str, unit: Unit) -> bool:
    """Return whether `12 months` goes on to say until when: it names a period."""
    return bool(
        re.match(
            r"(?:\s+period)?\s+(?i:to|ending|ended|from|up\s+to)\s+(?:the\s+)?(?:end\s+of\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?[A-Z]",
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
    periods = periods_in(sentence, inside) if seen else []
    compared = comparisons(sentence) if seen else []
    source = source_of(sentence) if seen else ""
    previous, words_end = before, 0
    for n, (number, unit) in enumerate((one.number, one.unit) for one in seen):
        is_noun = bool(unit.noun_start) and unit.name not in _TIMES and not number.mark
        room = Room(
            max(seen[n - 1].unit.noun_end - start, words_end) if n else 0,
            number.start - start,
            (number.end if is_noun else max(number.end, unit.noun_end)) - start,
            seen[n + 1].number.start - start if n + 1 < len(seen) else len(sentence),
        )
        made, words_end = _quantity(sentence, start, number, unit, room, periods, compared)
        made = replace(made, sentence=span, source=source)
        if not made.measure and previous:
            made = _borrowing(made, previous, sentence[: room.start])
        previous = made
        yield made


def _borrowing(made: Quantity, previous: Quantity, lead: str) -> Quantity:
    """Return a figure with the measure of the one before it, where its words point there."""
    if previous.sentence == made.sentence:
        return replace(made, measure=previous.measure, area=made.area or previous.area)
    if _THAT_NUMBER.search(lead) or (made.unit and made.unit == previous.unit):
        return replace(made, measure=previous.measure)
    return made


def _quantity(
    sentence: str,
    offset: int,
    number: Number,
    unit: Unit,
    room: Room,
    periods: Sequence[Span],
    compared: Sequence[Comparison],
) -> tuple[Quantity, int]:
    """Return a figure of a sentence, and where the words that say what it measures end."""
    standard, words = standard_before(sentence, room.start)
    change = _change(sentence, room, number)
    is_noun = bool(unit.noun_start) and unit.name not in _TIMES and not number.mark
    measure, words_end = measure_of(
        without(sentence, periods),
        room,
        money=number.mark == "£",
        noun_start=max(unit.noun_start - offset, 0),
        counted=is_noun and unit.noun_end > unit.noun_start,
    )
    if _THAT_NUMBER.search(sentence, room.before, room.start) and not is_noun:
        measure = ""
    period, area = (
        period_of(sentence, room, periods, [c.start for c in compared]),
        area_of(sentence, room),
    )
    if standard:
        measure = words if standard in ("target", "average") else ""
        period = words if standard == "before" else period
        area = words if standard in ("national", "similar forces", "region") else area
    made = Quantity(
        number.start,
        number.end,
        (0, 0),
        -abs(unit.value) if change and _falls(sentence, room, number) else unit.value,
        unit.name,
        number.printed,
        measure,
        period or unit.rate,
        area,
        "" if standard else _comparator(room, compared),
        qualifier_of(sentence, replace(number, start=room.start, end=number.end - offset)),
        change,
    )
    return made, words_end


def _comparator(room: Room, compared: Sequence[Comparison]) -> str:
    """Return what a figure is set against: nearest after it, else before it in its own room."""
    after = [c for c in compared if room.start <= c.start <= room.after]
    before = [c for c in compared if room.before <= c.start < room.start]
    chosen = after[:1] or before[-1:]
    return chosen[0].printed if chosen else ""


def _change(sentence: str, room: Room, number: Number) -> str:
    """Return what kind of change a figure is, nothing where it is a level."""
    if number.mark == "points":
        return "percentage points"
    if number.mark == "times":
        return "multiple"
    lead = sentence[room.before : room.start]
    moved = (
        bool(number.sign) or _moves(sentence, room) or bool(_AGAIN.search(sentence[: room.start]))
    )
    if number.mark == "%":
        return "percentage change" if moved else ""
    if (
        number.sign
        or _ADDED.search(lead)
        or _ADDS.match(sentence, room.start + len(number.printed))
    ):
        return "change"
    return ""


def _moves(sentence: str, room: Room) -> bool:
    """Return whether a percentage says how far something rose or fell, and not to what level."""
    if _NOT_LEVEL.search(sentence, room.before, room.start):
        return False
    for move in movements(sentence):
        after = sentence[room.end : move.start] if move.start >= room.end else None
        if after is not None and len(after.split()) <= 2 and not _NO_CHANGE.search(after):
            return True
        between = (
            sentence[move.end : room.start] if room.before <= move.start < room.start else None
        )
        if between is not None and _reaches(between):
            return True
    return False


def _reaches(between: str) -> bool:
    """Return whether the words between a rise and a number carry it there: `rise in crime of`."""
    if not between.strip() or re.fullmatch(
        r"(?:\s|by|of|an?|just|only|over|around|about|almost|nearly|approximately|more|than|some)*",
        between,
        re.IGNORECASE,
    ):
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
