"""Sums and changes that a text states, done again: totals, shares of a whole, rises and falls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from math import sqrt

from peelian.expressions import expression
from peelian.intake.document import Origin
from peelian.recognition.comparisons import Movement, movements, standard_before
from peelian.recognition.figures import Figure

_FROM_TO = expression(
    r"(?:\s*\([^()]{1,60}\))?(?:\s+in\s+[\w/ ]{3,20}?)?\s*,?\s+to\s+"
    r"(?:an?\s+|the\s+)?(?:current\s+(?:figure|level|total)\s+of\s+|(?:just|only|now)\s+)?$"
)
_MADE_OF = expression(
    r"\b(?P<total>[Tt]otal|[Aa]ltogether|[Ii]n\s+all)\b[^.]{0,80}(?::|\bcomprising|"
    r"\bmade\s+up\s+of|\bconsisting\s+of|\bbroken\s+down\s+as)"
)
_WHOLE_TEXT = """
people residents victims respondents calls officers staff offences incidents crimes
complaints cases visits households applicants detainees searches members
"""
_WHOLE = frozenset(_WHOLE_TEXT.split())
_ABOVE = expression(
    r"\b(?:above|higher\s+than|greater\s+than|exceed(?:s|ed|ing)?|more\s+than)\b", re.IGNORECASE
)
_BELOW = expression(r"\b(?:below|lower\s+than|less\s+than|fewer\s+than)\b", re.IGNORECASE)
_TIMES = ("doubl", "trebl", "tripl", "quadrupl")


@dataclass(frozen=True)
class Wrong:
    """A sum that does not come out: where it is stated, what it says, and what it comes to."""

    origin: Origin
    quotation: str
    stated: str
    found: str
    kind: str  # total, change, direction, whole


@dataclass(frozen=True)
class _Put:
    """A figure with where its number stands in its sentence."""

    figure: Figure
    start: int
    end: int


def by_sentence(found: Sequence[Figure]) -> Iterator[list[_Put]]:
    """Yield the figures of each sentence, each with its place in it."""
    for (quotation, _file), group in groupby(found, key=lambda f: (f.quotation, f.origin.file)):
        put: list[_Put] = []
        after = 0
        for figure in group:
            start = quotation.find(figure.printed, after)
            if start >= 0:
                after = start + len(figure.printed)
                put.append(_Put(figure, start, after))
        yield put


def changes(put: Sequence[_Put]) -> Iterator[Wrong]:
    """Yield each change that the two values given with it do not bear out."""
    for first, second in pairwise(put):
        sentence = first.figure.quotation
        if not _is_pair(sentence, first, second):
            continue
        if wrong := _direction(sentence, first, second):
            yield wrong
            continue
        for kind in ("percentage change", "percentage points", "multiple"):
            alike = [one for one in put if one.figure.change == kind]
            nearest = _nearest(alike, first, second)
            if nearest and (wrong := _change(nearest.figure, first.figure, second.figure)):
                yield wrong


def _nearest(changes: Sequence[_Put], first: _Put, second: _Put) -> _Put | None:
    """Return the change that stands nearest to a pair of values."""

    def gap(one: _Put) -> int:
        return min(abs(one.start - second.end), abs(first.start - one.end))

    return min(changes, key=gap, default=None)


def _change(change: Figure, a: Figure, b: Figure) -> Wrong | None:
    """Return the change that two values do not bear out; None where they do or do not say."""
    came, spread = b.value - a.value, _slack(a, b)
    if change.change == "percentage points":
        wrong = a.unit == "%" and not _near(change, came, spread)
        shown = f"{came:+.1f}"
    elif a.value <= 0 or a.unit == "%":  # of a rate, in points or in percent: not said which
        return None
    elif change.change == "percentage change":
        came, shown = 100 * came / a.value, f"{100 * came / a.value:.1f}%"
        wrong = not _near(change, came, 100 * spread / a.value)
    else:
        came, shown = b.value / a.value, f"{b.value / a.value:.1f}"
        most = 4.0 if change.qualifier else 1.4
        wrong = not 0.8 * change.value <= came <= most * change.value
    return (
        Wrong(change.origin, change.quotation, change.printed, shown, "change") if wrong else None
    )


@lru_cache(maxsize=8)
def _moves(sentence: str) -> tuple[Movement, ...]:
    """Return the words for a rise or a fall; the same sentence is asked for each of its figures."""
    return tuple(movements(sentence))


def _is_pair(sentence: str, first: _Put, second: _Put) -> bool:
    """Return whether two values are what something moved from and to."""
    a, b = first.figure, second.figure
    same = (
        a.unit == b.unit and a.unit not in ("rank", "times", "years") and not (a.change or b.change)
    )
    lead = sentence[max(first.start - 30, 0) : first.start]
    return (
        same
        and bool(re.search(r"(?:\bfrom\s+(?:just\s+|around\s+|about\s+|over\s+)?|\()$", lead))
        and bool(
            _FROM_TO.fullmatch(sentence, first.end, second.start)
            or _plain_to(sentence, first, second)
        )
        and (bool(_moves(sentence)) or any(stem in sentence.casefold() for stem in _TIMES))
    )


def _plain_to(sentence: str, first: _Put, second: _Put) -> bool:
    between = sentence[first.end : second.start]
    return (
        len(between) < 60
        and bool(re.search(r"\sto\s+(?:\w+\s+){0,3}$", between))
        and "," not in between
    )


def _direction(sentence: str, first: _Put, second: _Put) -> Wrong | None:
    """Return the pair where the nearest word before it says the other direction."""
    before = [m for m in _moves(sentence) if first.start - 60 <= m.start and m.end <= first.start]
    a, b = first.figure, second.figure
    if not before or a.value == b.value or len({m.is_rise for m in before}) > 1:
        return None
    if re.search(r"\b(?:not|target|rate\s+of)\b", sentence[before[-1].start - 15 : first.start]):
        return None
    rises = b.value > a.value
    if rises == before[-1].is_rise:
        return None
    word = sentence[before[-1].start : before[-1].end]
    return Wrong(b.origin, sentence, word, f"{a.printed} – {b.printed}", "direction")


def _near(change: Figure, came: float, spread: float) -> bool:
    """Return whether a change as printed can be the one that comes out, roundings allowed."""
    decimals = len(change.printed.partition(".")[2].rstrip("% ")) if "." in change.printed else 0
    said, came = abs(change.value), abs(came)
    step = 0.5 * 10**-decimals + spread + 1e-9
    if change.qualifier:
        step = max(step, 0.25 * said)
    return abs(said - came) <= max(step, 0.55 if decimals == 0 else 0.0)


def _slack(a: Figure, b: Figure) -> float:
    """Return how far the difference of two values may be off for their roundings."""
    return sum(_step(f) for f in (a, b))


def _step(figure: Figure) -> float:
    digits = re.sub(r"[^\d.]", "", figure.printed)
    decimals = len(digits.partition(".")[2])
    number = float(digits) if digits.strip(".") and digits.count(".") <= 1 else 0.0
    scale = abs(figure.value / number) if number else 1.0
    slack = 0.5 * 10**-decimals * scale
    exact = scale == 1.0 and not decimals and figure.unit != "%"
    return max(0.0 if exact else slack, 0.1 * abs(figure.value) if figure.qualifier else 0.0)


def against_its_standard(put: Sequence[_Put]) -> Iterator[Wrong]:
    """Yield each value said to be above or below one that it is not."""
    for first, second in pairwise(put):
        sentence = first.figure.quotation
        if first.figure.unit != second.figure.unit or first.figure.change or second.figure.change:
            continue
        between = sentence[first.end : second.start]
        standard, _words = standard_before(sentence, second.start)
        former = between.startswith(")") or standard_before(sentence, first.start)[0]
        if (
            standard in ("", "before")
            or former
            or len(between) > 90
            or re.search(r"[;]|\bbut\b|\bwhile\b", between)
        ):
            continue
        above, below = bool(_ABOVE.search(between)), bool(_BELOW.search(between))
        a, b = first.figure.value, second.figure.value
        if above != below and a != b and above != (a > b):
            yield Wrong(
                second.figure.origin,
                sentence,
                f"{first.figure.printed}",
                second.figure.printed,
                "standard",
            )


def beyond_the_whole(put: Sequence[_Put]) -> Iterator[Wrong]:
    """Yield each share of people or things that is more than all of them."""
    for one in put:
        figure = one.figure
        follows = re.match(r"\s+of\s+((?:[\w’']+\s+){1,4})", figure.quotation[one.end :] + " ")
        if figure.unit != "%" or figure.change or figure.value <= 100 or not follows:
            continue
        if _WHOLE & set(follows[1].casefold().split()):
            yield Wrong(figure.origin, figure.quotation, figure.printed, "100%", "whole")


def shares(put: Sequence[_Put]) -> Iterator[Wrong]:
    """Yield shares that, with the one said to remain, do not come to a hundred per cent."""
    levels = [one for one in put if one.figure.unit == "%" and not one.figure.change]
    if len(levels) < 2 or len(levels) != sum(one.figure.unit == "%" for one in put):
        return
    last, sentence = levels[-1], levels[-1].figure.quotation
    lead = sentence[max(last.start - 40, 0) : last.start]
    if not re.search(r"\b(?:remaining|remainder|rest)\b\s*(?:\w+\s+){0,3}\(?$", lead):
        return
    came = sum(one.figure.value for one in levels)
    if abs(came - 100) > sum(_step(one.figure) for one in levels) + 1e-6:
        yield Wrong(last.figure.origin, sentence, last.figure.printed, f"{came:g}%", "shares")


# One of several answers of which a person gives one: for, against, neither.
_AGAINST = expression(
    r"\b(?:no|not|disagree\w*|against|oppos\w+|unsure|undecided|neither|didn['’]t|don['’]t\s+know)\b",
    re.IGNORECASE,
)
_OF_ALL_ASKED = expression(
    r"\s+of\s+(?:the\s+|all\s+|our\s+)?(?:those|them|people|residents?|respond\w+|repl\w+|responses|victims|"
    r"households|staff|officers|consultees|participants)\b",
    re.IGNORECASE,
)


def answers(put: Sequence[_Put]) -> Iterator[Wrong]:
    """Yield shares of those asked, for, against and undecided, that come to more than all."""
    levels = [one for one in put if one.figure.unit == "%" and not one.figure.change]
    if len(levels) < 3 or len(levels) != sum(one.figure.unit == "%" for one in put):
        return
    first, last, sentence = levels[0], levels[-1], levels[0].figure.quotation
    if not _OF_ALL_ASKED.match(sentence, first.end) or not _AGAINST.search(sentence, first.end):
        return
    joined = [sentence[a.end : b.start].rstrip() for a, b in pairwise(levels)]
    if any(
        not text.endswith((",", ";", " and", " while", " but")) or "from" in text for text in joined
    ):
        return
    came = sum(one.figure.value for one in levels)
    if came > 100 + sum(_step(one.figure) for one in levels) + 1:
        yield Wrong(last.figure.origin, sentence, last.figure.printed, f"{came:g}%", "answers")


def sums_in_prose(put: Sequence[_Put]) -> Iterator[Wrong]:
    """Yield each total whose parts, listed after it in the sentence, come to something else."""
    if len(put) < 3:
        return
    sentence = put[0].figure.quotation
    match = _MADE_OF.search(sentence)
    if match is None:
        return
    totals = [one for one in put if match.start() <= one.start < match.end()]
    parts = [one for one in put if one.start >= match.end()]
    unit = totals[0].figure.unit if totals else ""
    if (
        len(totals) != 1
        or len(parts) < 2
        or any(p.figure.change or p.figure.qualifier for p in parts)
    ):
        return
    if (
        any(p.figure.unit in ("%", "£") and p.figure.unit != unit for p in parts)
        or totals[0].figure.qualifier
    ):
        return
    if unit not in ("%", "£") and any(p.figure.unit not in ("", unit) for p in parts):
        return
    came = sum(p.figure.value for p in parts)
    total = totals[0].figure
    if abs(came - total.value) > sum(_step(p.figure) for p in [*parts, totals[0]]) + 1e-6:
        yield Wrong(total.origin, sentence, total.printed, written(came), "total")


def rounded_off(count: int, step: float) -> float:
    """Return how far a sum of so many values may be off by their roundings, each of half a place.

    All rounded the same way they would be off by more, which does not happen.
    """
    return 1.6 * sqrt(count + 1) * step


def written(value: float) -> str:
    """Return a number as a report writes it, to two places at most."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")
