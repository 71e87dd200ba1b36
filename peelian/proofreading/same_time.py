"""Two figures of the same days: then the same words mean the same thing."""

from __future__ import annotations

import re

from peelian.expressions import expression
from peelian.proofreading.agreement import agree
from peelian.proofreading.clauses import SAME, alike, around
from peelian.proofreading.figure_pairs import (
    DURATIONS,
    Claim,
    apart_in_tables,
    areas_apart,
    tail_only,
    unit_kind,
)
from peelian.proofreading.findings import Confidence
from peelian.proofreading.times import Days, days_of
from peelian.recognition.measures import words_of

# What was done to the things counted: things received are others than things closed.
_STAGES_TEXT = """
received recorded reported opened closed upheld resolved completed finalised rejected refused
declined dismissed withdrawn recommended made awarded answered abandoned solved charged
convicted arrested released recruited joined left departed retired applied shortlisted
appointed trained planned held cancelled attended invited lodged logged submitted outstanding
pending open overdue implemented accepted allocated referred investigated published issued
given requested owed budgeted decided determined saved lost returned seized contacted offered
helped supported
"""
STAGES = alike(_STAGES_TEXT)
# Of these a sentence may say either, or neither, of the same thing.
_ALIKE = (
    alike("received recorded reported made lodged logged submitted"),
    alike("held attended made seen completed conducted carried"),
    alike("given awarded made spent allocated received issued"),
    alike("helped supported contacted"),
    alike("answered received"),
)
PLAIN = alike(
    "received recorded reported made held attended given conducted carried undertaken taken place "
    "lodged logged submitted there saw seen headcount office our office's stood"
)
_ALL = expression(r"\b[Aa]ll\s+(?:the\s+|of\s+the\s+|our\s+)?$")
_BODIES = alike(
    "panel board committee team unit group forum council charity partnership station suite "
    "district hub inspectorate college provider helpline scheme"
)
_MEAN = expression(r"\b(?:average|mean|median|typical(?:ly)?)\b", re.IGNORECASE)
_WAITING = words_of("time wait waiting waited answer answered take taken took")
NEGATIONS = words_of("without not no non never un")


def told_apart(this: Claim, other: Claim) -> bool:
    """Return whether the verbs or the bodies of two sentences make their figures of two things."""
    one, two = this.said, other.said
    bodies = one & _BODIES, two & _BODIES
    if bodies[0] and bodies[1] and not bodies[0] & bodies[1]:
        return True
    counted = alike(f"{this.figure.unit} {other.figure.unit}")
    done = (one & STAGES) - counted, (two & STAGES) - counted
    if any(_ALL.search(c.clause.lead) for c in (this, other)):
        return False  # of all of them nothing else can be said than of them
    if this.clause.seconds is not None:
        done = done[0] - _WAITING, done[1] - _WAITING
    if not done[0] and not done[1]:
        return False
    if done[0] & done[1]:
        return False
    if done[0] and done[1]:
        return not any(done[0] & alike and done[1] & alike for alike in _ALIKE)
    if (done[0] | done[1]) <= PLAIN:
        return False
    described = any(
        alike(" ".join(around(c.figure)[1].split()[:2])) & (STAGES - counted) for c in (this, other)
    )
    return not (near_enough if described else _much_nearer)(this, other)


def of_one_time(this: Claim, other: Claim) -> bool:
    """Return whether both figures name the same days."""
    days = _days(this)
    return days is not None and days == _days(other)


def _days(claim: Claim) -> Days | None:
    return days_of(claim.figure.period) if claim.figure.period else None


def at_one_time(this: Claim, other: Claim) -> Confidence | None:
    """Return how sure it is that two figures of the same days contradict each other."""
    one, two = this.figure, other.figure
    if this.block == other.block != -1 or one.quotation == two.quotation:
        return None
    if apart_in_tables(this, other):
        return None
    if not of_one_time(this, other) or not comparable(this, other):
        return None
    if agree(one, two) or areas_apart(this, other) or bool(this.place) != bool(other.place):
        return None
    if this.is_former or other.is_former or told_apart(this, other):
        return None
    return _alike(this, other)


def comparable(this: Claim, other: Claim) -> bool:
    """Return whether both are levels of one unit, wanted or reached, whole or part alike."""
    one, two = this.figure, other.figure
    if one.change or two.change or this.is_wanted != other.is_wanted:
        return False
    if this.is_part != other.is_part or one.comparator != two.comparator != "" != one.comparator:
        return False
    if one.unit in DURATIONS or two.unit in DURATIONS:
        means = all(_MEAN.search(f.quotation) for f in (one, two))
        return means and one.unit == two.unit
    if one.unit in ("times", "rank") or two.unit in ("times", "rank"):
        return False
    return unit_kind(one) == unit_kind(two)


def _alike(this: Claim, other: Claim) -> Confidence | None:
    """Return how sure it is that two measures of one time are the same."""
    a, b = content(this), content(other)
    numbers = {w for w in a if w.isdigit()}, {w for w in b if w.isdigit()}
    if not a or not b or (a ^ b) & NEGATIONS or (numbers[0] and numbers[1] and a != b):
        return None
    both, close = a & b, near_enough(this, other)
    if a == b:
        return Confidence.LIKELY if close or len(a) >= 2 else Confidence.POSSIBLE
    if len(both) >= 2 and both in (a, b) and len(a ^ b) <= 3 and (close or tail_only(this, other)):
        surely = close and tail_only(this, other) and len(a ^ b) <= 2
        return Confidence.LIKELY if surely else Confidence.POSSIBLE
    things = a - _verbs(this), b - _verbs(other)
    same = things[0] & things[1]
    if close and len(same) >= 2 and same in things and len(things[0] ^ things[1]) <= 1:
        return Confidence.POSSIBLE
    return None


def _verbs(claim: Claim) -> frozenset[str]:
    """Return the words of a measure that say what was done, by their endings."""
    words = claim.figure.measure.split()
    return words_of(" ".join(word for word in words if word.endswith(("ed", "ing", "en"))))


def content(claim: Claim) -> frozenset[str]:
    """Return the words that tell what is measured, one for each of its synonyms."""
    words = claim.words - PLAIN or claim.words
    if claim.figure.unit in DURATIONS:
        words -= _WAITING
    return frozenset(SAME.get(word, word) for word in words)


def _much_nearer(this: Claim, other: Claim) -> bool:
    """Return whether two values are nearer than what was done to all and to some mostly are."""
    one, two = this.figure, other.figure
    if one.unit == "%":
        return abs(one.value - two.value) <= 15
    return abs(one.value - two.value) <= 0.1 * max(abs(one.value), abs(two.value))


def near_enough(this: Claim, other: Claim) -> bool:
    """Return whether two values are as near as two counts of one thing mostly are."""
    one, two = this.figure, other.figure
    if one.unit == "%":
        return abs(one.value - two.value) <= 15
    larger = max(abs(one.value), abs(two.value))
    return abs(one.value - two.value) <= 0.3 * larger
