"""One thing told twice, in other words and with another value."""

from __future__ import annotations

import re

from peelian.expressions import expression
from peelian.proofreading.agreement import agree
from peelian.proofreading.clause_pairs import (
    are_comparable,
    are_costs,
    changes,
    further_words,
    has_other_names,
    is_former,
    is_of_another_case,
    is_place_in_one,
    is_same_noun,
    is_to_come,
    nearness,
    of_others,
    opening_of,
)
from peelian.proofreading.clauses import alike
from peelian.proofreading.figure_pairs import (
    Claim,
    apart_in_tables,
    areas_apart,
    refers_back,
)
from peelian.proofreading.findings import Confidence
from peelian.proofreading.same_time import STAGES

_WHOLE = expression(
    r"\b[Oo]f\s+(?:the\s+|our\s+|all\s+)?(\d{1,3}(?:,\d{3})+|\d{2,3})(?!\S*\d)(?=\s+[a-z])"
)
# `Victims of domestic abuse` are fewer than victims.
_RESTRICTED = expression(r"\b\w{3,}s\s+(?:of|from|with|among|by|aged|who|under)\s+\w{3}")
# Things of which every report counts many kinds.
_COMMON = alike(
    "officers staff crimes offences incidents calls people victims complaints cases visits members "
    "arrests searches events meetings projects reports areas hours services police children schools"
)
_OVER = expression(r"\bover-?sp|\bdeficit", re.IGNORECASE)
_UNDER = expression(
    r"\bunder-?sp|\bsurplus",
    re.IGNORECASE,
    needs="undersp|under-sp|surplus",
)
_WILL_REACH = expression(
    r"\b(?:will|would|to|should|expects?\s+to|is\s+due\s+to)\s+(?:reach|have\s+reached|get\s+to|rise\s+to|"
    r"grow\s+to|go\s+up\s+to|increase\s+to|(?P<down>fall\s+to|come\s+down\s+to|be\s+cut\s+to|drop\s+to))\s+"
    r"(?:about\s+|around\s+|just\s+|over\s+)?$",
    re.IGNORECASE,
)
_REACHES = alike("reach get grow increase come down cut drop")
# As near as two values are that are meant to be one: three points of a share.
_NEAREST, _NEAR = 0.93, 0.75


def restated(this: Claim, other: Claim) -> Confidence | None:
    """Return how sure it is that two clauses of the same words contradict each other."""
    a, b = this.clause, other.clause
    if apart_in_tables(this, other):
        return None
    if opposite(this, other) and a.words and this.figure.value == other.figure.value:
        return Confidence.POSSIBLE  # the same sum, over here and under there
    if opposite(this, other) and _of_one_time_or_none(this, other):
        further = further_words(this, other) | further_words(other, this)
        return None if further or is_former(this) or is_former(other) else Confidence.POSSIBLE
    if not are_comparable(this, other):
        return Confidence.POSSIBLE if _still_to_reach(this, other) else None
    if _agree(this, other) or areas_apart(this, other) or is_place_in_one(this, other):
        return None
    if refers_back(this) or refers_back(other) or is_of_another_case(this, other):
        return None
    timed = this.time.is_that_of(other.time) or _of_one_whole(this, other)
    dated = bool(this.time) + bool(other.time)
    if not timed and dated > are_costs(this, other):
        return _of_the_report(this, other) if dated == 1 else None
    if this.block == other.block != -1 and not timed:
        return None
    if not is_same_noun(this, other) or has_other_names(this, other):
        return None
    if a.tail - b.words - STAGES and b.tail - a.words - STAGES:
        return None
    return _sure(this, other, timed)


def _of_one_time_or_none(this: Claim, other: Claim) -> bool:
    return this.time.is_that_of(other.time) or not (this.time or other.time)


def opposite(this: Claim, other: Claim) -> bool:
    """Return whether one is an overspend or a surplus, and the other the reverse."""
    texts = (this.clause.text, other.clause.text)
    over, under = ([bool(words.search(text)) for text in texts] for words in (_OVER, _UNDER))
    return over != under and any(over) and any(under) and sum(over) + sum(under) == len(texts)


def _of_the_report(this: Claim, other: Claim) -> Confidence | None:
    """Return how sure it is where one is of the year that the report is of, and one says none."""
    dated, undated = (this, other) if this.time else (other, this)
    is_now = dated.is_latest or dated.time.days in dated.periods.values()
    if not is_now or dated.time.lead:
        return None
    extra = further_words(dated, undated) | further_words(undated, dated)
    both = (this.clause.words | other.clause.words) - extra
    nearest = _NEAR if dated.is_latest or this.clause.means else _NEAREST
    alike_enough = not extra and len(both) >= 2 and nearness(this, other) >= nearest
    apart = has_other_names(this, other) or not is_same_noun(this, other) or changes(this)
    return Confidence.POSSIBLE if alike_enough and not apart else None


def _still_to_reach(this: Claim, other: Claim) -> bool:
    """Return whether one is a level still to be reached that the other says is reached."""
    wanted, held = (this, other) if _WILL_REACH.search(this.clause.lead) else (other, this)
    reach = _WILL_REACH.search(wanted.clause.lead)
    if not reach or is_to_come(held) or changes(held) or is_former(held) or held.is_wanted:
        return False
    if wanted.figure.unit != held.figure.unit or areas_apart(this, other):
        return False
    if held.time and held.time.days and wanted.time.days:
        gap = (wanted.time.days[1] - held.time.days[1]).days
        if not -31 <= gap <= 400:
            return False
    words = this.clause.words & other.clause.words
    if not words or further_words(this, other) - _REACHES or further_words(other, this) - _REACHES:
        return False
    if has_other_names(this, other) or of_others(this, other):
        return False
    a, b = wanted.figure.value, held.figure.value
    return 0.7 * b <= a <= b if not reach["down"] else b <= a <= 1.3 * b


def _of_one_whole(this: Claim, other: Claim) -> bool:
    """Return whether both sentences are of the same great number: `of the 2,412 who answered`."""
    wholes = _wholes(this) | _wholes(other)
    return any(
        all(re.search(rf"(?<![\d,]){one}(?![\d,])", c.figure.quotation) for c in (this, other))
        for one in wholes
    )


def _wholes(claim: Claim) -> set[str]:
    """Return the numbers of which others are shares: `of the 2,412 who answered`."""
    return {match[1] for match in _WHOLE.finditer(claim.figure.quotation)}


def _sure(this: Claim, other: Claim, timed: bool) -> Confidence | None:
    a, b = this.clause, other.clause
    extra = further_words(this, other), further_words(other, this)
    told = alike(opening_of(this)), alike(opening_of(other))
    both = (a.words & b.words) | (a.core & told[1]) | (b.core & told[0])
    if (extra[0] and extra[1]) or not a.words & b.words:
        return None
    further, apart = len(extra[0] | extra[1]), nearness(this, other)
    if are_costs(this, other) and this.heading == other.heading and further <= 1:
        return Confidence.POSSIBLE if apart >= 0.5 else None
    if changes(this):
        return _changes(both, further, timed)
    known = len(both) + any(" " in word for word in both)
    if timed and not further:
        if len(both) >= 2 and apart >= 0.25:
            return Confidence.LIKELY if apart >= 0.7 else Confidence.POSSIBLE
        return Confidence.POSSIBLE if apart >= 0.5 else None
    if any(
        _RESTRICTED.search(c.clause.text) and e for c, e in zip((this, other), extra, strict=True)
    ):
        return None
    if further and not _may_say_more(this, other, extra[0] | extra[1], both):
        return None
    if timed and further <= 2:
        return Confidence.POSSIBLE if apart >= 0.85 or (len(both) >= 3 and apart >= 0.75) else None
    if not further and known >= 2:
        return Confidence.POSSIBLE if apart >= 0.5 else None
    if further == 1 and known >= 3:
        return Confidence.POSSIBLE if apart >= 0.85 else None
    return None


def _may_say_more(this: Claim, other: Claim, extra: frozenset[str], both: frozenset[str]) -> bool:
    """Return whether words that one clause has, and the other not, need not make it a part."""
    if this.figure.unit == "%":
        return False
    return len(both) >= 2 or not both & _COMMON


def _changes(both: frozenset[str], further: int, timed: bool) -> Confidence | None:
    known = len(both) + any(" " in word for word in both)
    lettered = any(" " in word for word in both)
    if further > lettered or known < 2 - timed + further:
        return None
    return Confidence.LIKELY if timed and len(both) >= 2 else Confidence.POSSIBLE


def _agree(this: Claim, other: Claim) -> bool:
    """Return whether both values can be true of the same thing."""
    a, b = this.clause.seconds, other.clause.seconds
    if a is not None and b is not None:
        return abs(a - b) <= (
            0.1 if this.figure.qualifier or other.figure.qualifier else 0.04
        ) * max(a, b)
    return agree(this.figure, other.figure)
