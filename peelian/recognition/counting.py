"""Which numbers of a sentence measure something, and what each of them counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from peelian.expressions import expression
from peelian.recognition.numbers import Number
from peelian.recognition.units import Unit, is_plural, may_stand_alone, unit_of

TIMES = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "years", "nights"})
MARKS = frozenset({"%", "£", "times", "rank", "percentage points"})
THAT_NUMBER = expression(
    r"\b(?:[Tt]hat|[Tt]his|[Tt]he)\s+(?:number|figure|total)\s+(?!of\b|number\b)"
)
_PERIOD_BEFORE = expression(
    r"\b(?:last|past|next|first|previous|following|preceding|coming|another|same|final|other|"
    r"these|those)"
    r"\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_LIMIT = expression(
    r"\b(?:within|in|under|longer\s+than|over|more\s+than|less\s+than|after|"
    r"exceeding)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_LIMIT_WORD = expression(r"\bwithin\s+(?:\w+\s+){1,2}$")
_RANKED = expression(
    r"\b(?:rank(?:ed|ing|s)?|placed|position|from|to|came|now)\s+(?:\w+\s+){0,2}$|\($|\d(?:st|nd|"
    r"rd|th)\s+to\s+$"
)
_OLD = expression(
    r"[\s-]*(?:years?|yrs?)?[\s-]*(?:olds?\b|of\s+age\b|and\s+(?:over|under)\b)", re.IGNORECASE
)
_AGED = expression(
    r"\b(?:aged?|ages)\s+(?:of\s+|range\s+\w+\s+)?(?:under|over|about|between|from|"
    r"approximately)?\s*$",
    re.IGNORECASE,
)
_PEOPLE = expression(
    r"\b(?:people|adults|children|boys|girls|persons|youths|users|"
    r"ICVs)\W+(?:\w+\s+){0,2}\(?\s*(?:from\s+)?$",
    re.IGNORECASE,
)
_AGE_RANGE = expression(r"\bage\s+(?:range|group)s?\b[\w\s]{0,30}$", re.IGNORECASE)
_AGO = expression(r"\s+(?:ago|earlier|later|on\s+from)\b", re.IGNORECASE)
_NUMBER_OF = expression(
    r"\b(?:number|volume|total|count)s?\s+of\s+((?:[\w’'&/-]+\s+){0,4}?[\w’'-]*s)\b", re.IGNORECASE
)
_OF_WHICH = expression(r"\bof\s+(?:whom|which|these|those)\s*,?\s*(?:just\s+|only\s+|over\s+)?$")
_NEXT = expression(r"(?:[,;:(]|\band)\s+$|\($")
_OF_WHAT = expression(r"\s+(?:in|from|for|at|on|to|were|was|by)\s+")
_OUT_OF = expression(r"\s+(?:out\s+)?of\s+(?:the\s+|its\s+|our\s+|their\s+)?")
_OF_THEM = expression(r"\s+of\s+(?:whom|which|them|those|these)\b(?!\s+\w+s\b)")
_VERB = expression(r"\s+(?:will|have|has|had|were|was|are|remain|remained)\b")
_UNTIL = expression(
    r"(?:\s+period)?\s+(?i:to|ending|ended|from|up\s+to)\s+(?:the\s+)?(?:end\s+of\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?[A-Z]"
)
_NEAR = 60  # how far before a number the words may stand that say what it is


@dataclass(frozen=True)
class Counted:
    """A number of a sentence that measures something, and what it counts."""

    number: Number
    unit: Unit

    @property
    def names_its_noun(self) -> bool:
        """Return whether what it counts stands after it: `215 officers`, not `85%`, `12 weeks`."""
        unit = self.unit
        return (
            not self.number.mark and unit.name not in TIMES and unit.noun_end > unit.noun_start > 0
        )


def counted(
    sentence: str, found: Sequence[Number], *, heading: bool, known: str
) -> Iterator[Counted]:
    """Yield the numbers of a sentence that measure something, with their units.

    `known` is what the sentence before counts, for `15 will have been completed`.
    """
    units = [unit_of(sentence, number) for number in found]
    last: Unit | None = None
    taken = 0
    for n, number in enumerate(found):
        if number.start < taken:  # the seconds of `4 minutes 12 seconds`
            continue
        following = found[n + 1] if n + 1 < len(found) else None
        second = units[n + 1] if following else None
        ranged = number.joined or bool(following and following.joined)
        unit = units[n]
        if ranged and not number.mark and _is_age(sentence, number, unit, last):
            unit = Unit("years", number.value, number.end)
        elif unit is None and following:
            unit = _of_the_next(sentence, number, following, second)
        if unit is None:
            unit = _of_the_last(sentence, number, last, known, heading=heading)
        if unit is None or _measures_nothing(sentence, number, unit, ranged=ranged):
            continue
        taken = unit.noun_end if unit.name in TIMES else 0
        last = unit if unit.name not in ("", "times", "rank") else last
        yield Counted(number, unit)


def _of_the_next(
    sentence: str, number: Number, following: Number, second: Unit | None
) -> Unit | None:
    """Return the unit that a number has from the one after it: `10 to 20 officers`, `3 of 4`."""
    if second is None:
        return None
    if following.joined:
        return replace(second, value=number.value, noun_start=0, noun_end=number.end)
    if second.name and _OUT_OF.fullmatch(sentence, number.end, following.start):
        return Unit(second.name, number.value, number.end)
    return None


def _of_the_last(
    sentence: str, number: Number, last: Unit | None, known: str, *, heading: bool
) -> Unit | None:
    """Return the unit of a number that names none, from what was counted before it."""
    lead = sentence[max(number.start - 3 * _NEAR, 0) : number.start]
    if _refers(sentence, number, last):
        name = last.name if last and last.name not in MARKS else known
        return Unit(name or _counted_before(lead, None), number.value, number.end)
    if heading or not may_stand_alone(sentence, number):
        return None
    name = known if THAT_NUMBER.search(lead) else _counted_before(lead, last)
    return Unit(name, number.value, number.end)


def _is_age(sentence: str, number: Number, unit: Unit | None, last: Unit | None) -> bool:
    """Return whether a range is of ages, by the words before it or by its first number."""
    if last and last.name == "years" and number.joined and unit is None:
        return True
    lead = sentence[max(number.start - _NEAR, 0) : number.start]
    return any(words.search(lead) for words in (_AGED, _PEOPLE, _AGE_RANGE))


def _refers(sentence: str, number: Number, last: Unit | None) -> bool:
    """Return whether a number counts what was counted before: `three of whom`, `30 in March`."""
    if _OF_THEM.match(sentence, number.end):
        return True
    if last is None:
        opens = not sentence[: min(number.start, 8)].strip()
        return opens and number.value >= 2 and bool(_VERB.match(sentence, number.end))
    if last.name in TIMES | MARKS:
        return False
    lead = sentence[max(number.start - 20, 0) : number.start]
    if _OF_WHICH.search(lead):
        return True
    if number.in_words:
        return False
    return bool(_NEXT.search(lead) and _OF_WHAT.match(sentence, number.end))


def _counted_before(lead: str, last: Unit | None) -> str:
    """Return what a bare number counts: what the sentence says it is the number of."""
    if match := _NUMBER_OF.search(lead):
        return match[1].split()[-1]
    if last and last.name not in TIMES | {"%", "£", ""}:
        return last.name
    plurals = [w for w in re.findall(r"[A-Za-z][\w’'-]*", lead)[-12:] if is_plural(w)]
    return plurals[-1] if plurals else ""


def _measures_nothing(sentence: str, number: Number, unit: Unit, *, ranged: bool) -> bool:
    """Return whether a number is an age, a limit that defines a measure, or names a period."""
    before = sentence[max(number.start - _NEAR, 0) : number.start]
    if number.mark == "rank":
        return not (number.in_words or _RANKED.search(before))
    if number.in_words and number.value == 1 and re.match(r"\s+of\b", sentence[number.end :][:8]):
        return True
    if number.in_words and number.value == 2 and re.search(r"\b[Tt]h(?:e|ese|ose)\s+$", before):
        return True
    if _OLD.match(sentence, number.end) or (_AGED.search(before) and not number.mark):
        return not ranged
    if unit.name not in TIMES:
        return number.in_words and not unit.name and number.value > 0
    names_period = _PERIOD_BEFORE.search(before) and not _LIMIT_WORD.search(before)
    if names_period or _AGO.match(sentence, unit.noun_end):
        return True
    if not ranged and _UNTIL.match(sentence, unit.noun_end):
        return True
    return bool(_LIMIT.search(before)) and "%" in sentence
