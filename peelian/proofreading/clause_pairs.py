"""Whether two clauses are of the same thing: by their words, names, actors, times and kinds."""

from __future__ import annotations

import re

from peelian.expressions import expression
from peelian.proofreading.clauses import ANYTHING, Clause, alike, around, content_of
from peelian.proofreading.figure_pairs import (
    Claim,
    unit_kind,
)
from peelian.proofreading.same_time import STAGES
from peelian.proofreading.times import Time
from peelian.recognition.measures import words_of

_BY = expression(
    r"\b(?:(?:rais|increas|reduc|rise|rising|rose|cut|lower)\w*\b[^.;:]{0,60}\bby|"
    r"(?:increase|rise|reduction|cut)\s+(?:in\s+[^.;:]{3,40}\s+)?(?:of|is|was))\s+$",
    re.IGNORECASE,
)
_MONTH = expression(
    r"month|week|january|february|march|april|\bmay\b|june|july|august|september|october|november|"
    r"december"
)
_REACH = 160  # how far before its sentence the words may stand that it goes on from
# Of whom a share may be said, or not.
_TIMES = alike("times")
_WHO = alike(
    "people residents respondents victims users calls callers line public adults everyone rate them"
)
_THE_NEW = expression(r"\b[Tt]he\s+(?:new|proposed|planned)\s+[a-z]")
# Who does what is counted, as an active sentence says and another need not.
_AGENTS = alike(
    "handlers contact centre control room operators team unit officers staff service office "
    "provider panel committee members councillors force department"
)
_FROM_TO = expression(
    r"\bfrom\s+(\w+)\s+to\s+(\w+)",
    needs="from",
)
_CASE = expression(r"(?:Where|If|For|Among|Amongst)\s([^,\d]{4,80}),\s")
_EVERY = expression(r"\b(?:every|each)\s+$", re.IGNORECASE)
_USED = expression(
    r"\b(?:used|deployed|carried\s+out|search(?:es|ed)|there\s+were)\b", re.IGNORECASE
)
_AIM = expression(
    r"\b(?:targets?|standards?|thresholds?|benchmarks?|goals?|ambitions?|aims?|aimed|pledged?)\b",
    re.IGNORECASE,
)
_TO_COME = expression(
    r"\b(?:will|would|shall|should|could|may|is\s+to|are\s+to|due\s+to|hopes?\s+to|intends?\s+to|"
    r"plans?\s+to|wants?\s+to|forecast|projected|estimated?|expected|anticipated|planned|budgeted|"
    r"budget|programme|propos\w+)\b",
    re.IGNORECASE,
)
_EXPECTED = expression(
    r"\b(?:forecast|projected|estimated|expected|anticipated|planned|budgeted|proposed|due)\b",
    re.IGNORECASE,
)
_FORMERLY = expression(
    r"\b(?:a\s+year\s+(?:ago|earlier|before)|(?:the\s+)?(?:year|quarter|month)\s+before|previous(?:ly)?|"
    r"formerly|last\s+(?:year|quarter|month|time)|same\s+(?:period|month|quarter|time)|originally|baseline)\b",
    re.IGNORECASE,
    needs="year|quarter|month|before|previous|formerly|last|same|originally|baseline",
)
_OF_A_PART = expression(
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
    ways = [found.groups() for c in (one, two) if (found := _FROM_TO.search(c.text))]
    if len(ways) == 2 and ways[0] != ways[1]:
        return True
    costs = are_costs(this, other)
    if not costs and bool(this.time) != bool(other.time) and _is_short(this.time or other.time):
        return True
    letters = _lettered(one), _lettered(two)
    if letters[0] and letters[1] and letters[0] != letters[1]:
        return True
    return bool(_FORMERLY.search(one.text)) != bool(_FORMERLY.search(two.text))


def narrower(this: Claim, other: Claim) -> bool:
    """Return whether one clause has words that make it a part, and its value is not near."""
    if not further_words(this, other) and not further_words(other, this):
        return False
    if this.figure.unit == other.figure.unit == "%":
        return abs(this.figure.value - other.figure.value) > 8
    return nearness(this, other) < 0.79


def _is_short(time: Time) -> bool:
    """Return whether a time is a month or less: what is not dated is of longer."""
    if time.days:
        return 1 <= (time.days[1] - time.days[0]).days < 32
    return bool(_MONTH.search(time.words))


def _lettered(clause: Clause) -> frozenset[str]:
    """Return its bands and wards: `band d`."""
    return frozenset(word for word in clause.words if " " in word)


def is_of_another_case(this: Claim, other: Claim) -> bool:
    """Return whether a sentence opens with a case, `Where it was drugs,`, not the other's."""
    for one, two in ((this, other), (other, this)):
        opening = _CASE.match(one.figure.quotation)
        if opening and content_of(opening[1]) - alike(f"{two.figure.quotation} {two.heading}"):
            return True
    return False


def is_place_in_one(this: Claim, other: Claim) -> bool:
    """Return whether one is of a place that the other's sentence and heading do not name."""
    return any(
        a.place - words_of(f"{b.figure.quotation} {b.heading}")
        for a, b in ((this, other), (other, this))
    )


def further_words(this: Claim, other: Claim) -> frozenset[str]:
    """Return the words of one clause that the other and its sentence do not have."""
    words = this.clause.core - other.clause.words - STAGES
    before = other.text[: max(other.text.find(other.figure.quotation), 0)]
    words -= alike(before[-_REACH:])
    if this.clause.seconds is not None or this.figure.unit == "%":
        words -= _WHO
    words -= alike(opening_of(other))
    words -= _AGENTS & alike(this.clause.lead) - alike(f"{this.figure.unit} {other.figure.unit}")
    if "" in (this.figure.unit, other.figure.unit):
        words -= alike(this.figure.unit)
    return words


def opening_of(claim: Claim) -> str:
    """Return what a sentence says before its first other number; all where there is none."""
    text = claim.figure.quotation
    ends = [text.find(one) for one in claim.others if one in text]
    return text[: min(ends, default=len(text))]


def has_other_names(this: Claim, other: Claim) -> bool:
    """Return whether a name in one clause is nowhere in the other's sentence or heading."""
    one, two = (words_of(f"{c.figure.quotation} {c.heading}") for c in (this, other))
    if (
        are_costs(this, other)
        and this.heading == other.heading
        and (_THE_NEW.search(this.clause.text) or _THE_NEW.search(other.clause.text))
    ):
        return False  # it is the one named before
    return bool(this.clause.names - two or other.clause.names - one)


def changes(claim: Claim) -> bool:
    """Return whether a figure is a rise or a fall: `an increase of £12`."""
    return bool(claim.figure.change or _BY.search(claim.clause.lead))


def is_same_noun(this: Claim, other: Claim) -> bool:
    """Return whether what one counts is counted or named by the other, where both say it."""
    if unit_kind(this.figure) != "count" or this.clause.seconds is not None:
        return True
    one, two = (alike(c.figure.unit) - ANYTHING - _TIMES for c in (this, other))
    return not one or not two or bool(one & two)


def are_comparable(this: Claim, other: Claim) -> bool:
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
    if any(_EVERY.search(c.lead) for c in (a, b)) or (
        "times" in (one.unit, two.unit) and not all(_USED.search(c.text) for c in (a, b))
    ):
        return False
    if "rank" in (one.unit, two.unit) or "multiple" in (one.change, two.change):
        return False
    if is_former(this) or is_former(other):
        return False
    if bool(_AIM.search(a.text)) != bool(_AIM.search(b.text)):
        return False
    to_come = {is_to_come(claim) for claim in (this, other)}
    if len(to_come) > 1 and not are_costs(this, other):
        return False
    if one.unit == "%":
        return True
    return bool(_OF_A_PART.search(a.text)) == bool(_OF_A_PART.search(b.text))


def are_costs(this: Claim, other: Claim) -> bool:
    """Return whether both are what something costs: that is of no time."""
    texts = (this.clause.text.casefold(), other.clause.text.casefold())
    return unit_kind(this.figure) == "£" and all("cost" in text for text in texts)


def is_to_come(claim: Claim) -> bool:
    """Return whether a value is planned or expected, by the words before it or a participle."""
    clause = claim.clause
    if _TO_COME.search(clause.lead):
        return True
    after = clause.text[len(clause.lead) :]
    return not changes(claim) and bool(_EXPECTED.search(after))


def is_former(claim: Claim) -> bool:
    """Return whether a value is one of before: `(5.3% in the same month last year)`."""
    before, _after = around(claim.figure)
    return claim.is_former or (
        before.rstrip().endswith("(") and bool(_FORMERLY.search(before[-80:]))
    )


def nearness(this: Claim, other: Claim) -> float:
    """Return how near two values are: the smaller as a share of the larger."""
    a = this.figure.value if this.clause.seconds is None else this.clause.seconds
    b = other.figure.value if other.clause.seconds is None else other.clause.seconds
    small, large = sorted((abs(a), abs(b)))
    if this.figure.unit == "%":
        return max(small / large if large else 1.0, 1 - (large - small) / 50)
    return small / large if large else 1.0
