"""One thing told twice, in other words and with another value."""

from __future__ import annotations

import re

from peelian.proofreading.clauses import ANYTHING, Clause, alike, around
from peelian.proofreading.figure_pairs import (
    Claim,
    agree,
    apart_in_tables,
    areas_apart,
    refers_back,
    unit_kind,
)
from peelian.proofreading.findings import Confidence
from peelian.proofreading.same_time import STAGES
from peelian.proofreading.times import Time
from peelian.recognition.measures import words_of

_WHOLE = re.compile(
    r"\b[Oo]f\s+(?:the\s+|our\s+|all\s+)?(\d{1,3}(?:,\d{3})+|\d{2,3})(?!\S*\d)(?=\s+[a-z])"
)
_BY = re.compile(
    r"\b(?:(?:rais|increas|reduc|rise|rising|rose|cut|lower)\w*\b[^.;:]{0,60}\bby|"
    r"(?:increase|rise|reduction|cut)\s+(?:in\s+[^.;:]{3,40}\s+)?(?:of|is|was))\s+$",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"month|week|january|february|march|april|\bmay\b|june|july|august|september|october|november|"
    r"december"
)
# `Victims of domestic abuse` are fewer than victims.
_RESTRICTED = re.compile(r"\b\w{3,}s\s+(?:of|from|with|among|by|aged|who|under)\s+\w{3}")
_REACH = 160  # how far before its sentence the words may stand that it goes on from
# Of whom a share may be said, or not.
_WHO = alike(
    "people residents respondents victims users calls callers line public adults everyone rate them"
)
_THE_NEW = re.compile(r"\b[Tt]he\s+(?:new|proposed|planned)\s+[a-z]")
# Things of which every report counts many kinds.
_COMMON = alike(
    "officers staff crimes offences incidents calls people victims complaints cases visits members "
    "arrests searches events meetings projects reports areas hours services police children schools"
)
_OVER = re.compile(r"\bover-?sp|\bdeficit", re.IGNORECASE)
_UNDER = re.compile(r"\bunder-?sp|\bsurplus", re.IGNORECASE)
_WILL_REACH = re.compile(
    r"\b(?:will|would|to|should|expects?\s+to|is\s+due\s+to)\s+(?:reach|have\s+reached|get\s+to|rise\s+to|"
    r"grow\s+to|go\s+up\s+to|increase\s+to|(?P<down>fall\s+to|come\s+down\s+to|be\s+cut\s+to|drop\s+to))\s+"
    r"(?:about\s+|around\s+|just\s+|over\s+)?$",
    re.IGNORECASE,
)
_REACHES = alike("reach get grow increase come down cut drop")
# As near as two values are that are meant to be one: three points of a share.
_NEAREST, _NEAR = 0.93, 0.75
_AIM = re.compile(
    r"\b(?:targets?|standards?|thresholds?|benchmarks?|goals?|ambitions?|aims?|aimed|pledged?)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|would|shall|should|could|may|is\s+to|are\s+to|due\s+to|hopes?\s+to|intends?\s+to|"
    r"plans?\s+to|wants?\s+to|forecast|projected|estimated?|expected|anticipated|planned|budgeted|"
    r"budget|programme|propos\w+)\b",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"\b(?:forecast|projected|estimated|expected|anticipated|planned|budgeted|proposed|due)\b",
    re.IGNORECASE,
)
_FORMERLY = re.compile(
    r"\b(?:a\s+year\s+(?:ago|earlier|before)|(?:the\s+)?(?:year|quarter|month)\s+before|previous(?:ly)?|"
    r"formerly|last\s+(?:year|quarter|month|time)|same\s+(?:period|month|quarter|time)|originally|baseline)\b",
    re.IGNORECASE,
)
_OF_A_PART = re.compile(
    r"\b(?:of\s+(?:these|those|which|whom|them)|alone|including|each|per|every)\b", re.IGNORECASE
)


def of_others(this: Claim, other: Claim) -> bool:
    """Return whether two clauses name others, another end of a scale or a former time."""
    one, two = this.clause, other.clause
    if one.turns != two.turns:
        return True
    if any(a and b and not a & b for a, b in zip(one.ends, two.ends, strict=True)):
        return True
    if one.actors and two.actors and not one.actors & two.actors:
        return True
    if unit_kind(this.figure) == "%" and one.tail and two.tail and not one.tail & two.tail:
        return True
    if bool(this.time) != bool(other.time) and _is_short(this.time or other.time):
        return True
    letters = _lettered(one), _lettered(two)
    if letters[0] and letters[1] and letters[0] != letters[1]:
        return True
    return bool(_FORMERLY.search(one.text)) != bool(_FORMERLY.search(two.text))


def narrower(this: Claim, other: Claim) -> bool:
    """Return whether one clause has words that make it a part, and its value is not near."""
    if not _further(this, other) and not _further(other, this):
        return False
    if this.figure.unit == other.figure.unit == "%":
        return abs(this.figure.value - other.figure.value) > 8
    return _ratio(this, other) < 0.79


def _is_short(time: Time) -> bool:
    """Return whether a time is a month or less: what is not dated is of longer."""
    if time.days:
        return 1 <= (time.days[1] - time.days[0]).days < 32
    return bool(_MONTH.search(time.words))


def _lettered(clause: Clause) -> frozenset[str]:
    """Return its bands and wards: `band d`."""
    return frozenset(word for word in clause.words if " " in word)


def restated(this: Claim, other: Claim) -> Confidence | None:
    """Return how sure it is that two clauses of the same words contradict each other."""
    a, b = this.clause, other.clause
    if apart_in_tables(this, other):
        return None
    if opposite(this, other) and _of_one_time_or_none(this, other):
        further = _further(this, other) | _further(other, this)
        return None if further or _is_former(this) or _is_former(other) else Confidence.POSSIBLE
    if not _comparable(this, other):
        return Confidence.POSSIBLE if _still_to_reach(this, other) else None
    if _agree(this, other) or areas_apart(this, other) or _place_in_one(this, other):
        return None
    if refers_back(this) or refers_back(other):
        return None
    timed = this.time.is_that_of(other.time) or _of_one_whole(this, other)
    dated = bool(this.time) + bool(other.time)
    if not timed and dated > _are_costs(this, other):
        return _of_the_report(this, other) if dated == 1 else None
    if this.block == other.block != -1 and not timed:
        return None
    if not _same_noun(this, other) or _other_names(this, other):
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
    extra = _further(dated, undated) | _further(undated, dated)
    both = (this.clause.words | other.clause.words) - extra
    nearest = _NEAR if dated.is_latest or this.clause.means else _NEAREST
    alike_enough = not extra and len(both) >= 2 and _ratio(this, other) >= nearest
    apart = _other_names(this, other) or not _same_noun(this, other) or changes(this)
    return Confidence.POSSIBLE if alike_enough and not apart else None


def _still_to_reach(this: Claim, other: Claim) -> bool:
    """Return whether one is a level still to be reached that the other says is reached."""
    wanted, held = (this, other) if _WILL_REACH.search(this.clause.lead) else (other, this)
    reach = _WILL_REACH.search(wanted.clause.lead)
    if not reach or _is_to_come(held) or changes(held) or _is_former(held) or held.is_wanted:
        return False
    if wanted.figure.unit != held.figure.unit or areas_apart(this, other):
        return False
    if held.time and held.time.days and wanted.time.days:
        gap = (wanted.time.days[1] - held.time.days[1]).days
        if not -31 <= gap <= 400:
            return False
    words = this.clause.words & other.clause.words
    if not words or _further(this, other) - _REACHES or _further(other, this) - _REACHES:
        return False
    if _other_names(this, other) or of_others(this, other):
        return False
    a, b = wanted.figure.value, held.figure.value
    return 0.7 * b <= a <= b if not reach["down"] else b <= a <= 1.3 * b


def _place_in_one(this: Claim, other: Claim) -> bool:
    """Return whether one is of a place that the other's sentence and heading do not name."""
    return any(
        a.place - words_of(f"{b.figure.quotation} {b.heading}")
        for a, b in ((this, other), (other, this))
    )


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


def _further(this: Claim, other: Claim) -> frozenset[str]:
    """Return the words of one clause that the other and its sentence do not have."""
    words = this.clause.core - other.clause.words - STAGES
    before = other.text[: max(other.text.find(other.figure.quotation), 0)]
    words -= alike(before[-_REACH:])
    if this.clause.seconds is not None or this.figure.unit == "%":
        words -= _WHO
    words -= alike(_opening(other))
    if "" in (this.figure.unit, other.figure.unit):
        words -= alike(this.figure.unit)
    return words


def _sure(this: Claim, other: Claim, timed: bool) -> Confidence | None:
    a, b = this.clause, other.clause
    extra = _further(this, other), _further(other, this)
    both = (a.words & b.words) | (a.core - b.words - extra[0]) | (b.core - a.words - extra[1])
    if (extra[0] and extra[1]) or not a.words & b.words:
        return None
    further, apart = len(extra[0] | extra[1]), _ratio(this, other)
    if _are_costs(this, other) and this.heading == other.heading and further <= 1:
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
    if not _may_say_more(this, other, extra[0] | extra[1], both):
        return None
    if timed and further <= 2:
        return Confidence.POSSIBLE if apart >= 0.85 or (len(both) >= 3 and apart >= 0.75) else None
    if not further and known >= 2:
        return Confidence.POSSIBLE if apart >= 0.5 else None
    if further == 1 and known >= 3:
        return Confidence.POSSIBLE if apart >= 0.85 else None
    return None


def _opening(claim: Claim) -> str:
    """Return what a sentence says before its first other number; all where there is none."""
    text = claim.figure.quotation
    ends = [text.find(one) for one in claim.others if one in text]
    return text[: min(ends, default=len(text))]


def _may_say_more(this: Claim, other: Claim, extra: frozenset[str], both: frozenset[str]) -> bool:
    """Return whether words that one clause has, and the other not, need not make it a part."""
    if this.figure.unit == "%":
        return False
    return len(both) >= 2 or not both & _COMMON


def _other_names(this: Claim, other: Claim) -> bool:
    """Return whether a name in one clause is nowhere in the other's sentence or heading."""
    one, two = (words_of(f"{c.figure.quotation} {c.heading}") for c in (this, other))
    if (
        _are_costs(this, other)
        and this.heading == other.heading
        and (_THE_NEW.search(this.clause.text) or _THE_NEW.search(other.clause.text))
    ):
        return False  # it is the one named before
    return bool(this.clause.names - two or other.clause.names - one)


def changes(claim: Claim) -> bool:
    """Return whether a figure is a rise or a fall: `an increase of £12`."""
    return bool(claim.figure.change or _BY.search(claim.clause.lead))


def _changes(both: frozenset[str], further: int, timed: bool) -> Confidence | None:
    known = len(both) + any(" " in word for word in both)
    if further > 1 or known < 2 - timed + further:
        return None
    return Confidence.LIKELY if timed and len(both) >= 2 else Confidence.POSSIBLE


def _same_noun(this: Claim, other: Claim) -> bool:
    """Return whether what one counts is counted or named by the other, where both say it."""
    if unit_kind(this.figure) != "count" or this.clause.seconds is not None:
        return True
    one, two = (alike(c.figure.unit) - ANYTHING for c in (this, other))
    return not one or not two or bool(one & two)


def _comparable(this: Claim, other: Claim) -> bool:
    """Return whether both are levels, or changes, of one unit, wanted or reached alike."""
    one, two = this.figure, other.figure
    a, b = this.clause, other.clause
    if (
        changes(this) != changes(other)
        or a.means != b.means
        or (a.seconds is None) != (b.seconds is None)
    ):
        return False
    if {one.change, two.change} > {"percentage points"}:
        return False
    if one.unit in ("times", "rank") or two.unit in ("times", "rank"):
        return False
    if _is_former(this) or _is_former(other):
        return False
    if bool(_AIM.search(a.text)) != bool(_AIM.search(b.text)):
        return False
    to_come = {_is_to_come(claim) for claim in (this, other)}
    if len(to_come) > 1 and not _are_costs(this, other):
        return False
    if one.unit == "%":
        return True
    return bool(_OF_A_PART.search(a.text)) == bool(_OF_A_PART.search(b.text))


def _are_costs(this: Claim, other: Claim) -> bool:
    """Return whether both are what something costs: that is of no time."""
    texts = (this.clause.text.casefold(), other.clause.text.casefold())
    return unit_kind(this.figure) == "£" and all("cost" in text for text in texts)


def _is_to_come(claim: Claim) -> bool:
    """Return whether a value is planned or expected, by the words before it or a participle."""
    clause = claim.clause
    if _TO_COME.search(clause.lead):
        return True
    after = clause.text[len(clause.lead) :]
    return not changes(claim) and bool(_EXPECTED.search(after))


def _is_former(claim: Claim) -> bool:
    """Return whether a value is one of before: `(5.3% in the same month last year)`."""
    before, _after = around(claim.figure)
    return claim.is_former or (
        before.rstrip().endswith("(") and bool(_FORMERLY.search(before[-80:]))
    )


def _agree(this: Claim, other: Claim) -> bool:
    """Return whether both values can be true of the same thing."""
    a, b = this.clause.seconds, other.clause.seconds
    if a is not None and b is not None:
        return abs(a - b) <= (
            0.1 if this.figure.qualifier or other.figure.qualifier else 0.04
        ) * max(a, b)
    return agree(this.figure, other.figure)


def _ratio(this: Claim, other: Claim) -> float:
    """Return how near two values are: the smaller as a share of the larger."""
    a = this.figure.value if this.clause.seconds is None else this.clause.seconds
    b = other.figure.value if other.clause.seconds is None else other.clause.seconds
    small, large = sorted((abs(a), abs(b)))
    if this.figure.unit == "%":
        return max(small / large if large else 1.0, 1 - (large - small) / 50)
    return small / large if large else 1.0
