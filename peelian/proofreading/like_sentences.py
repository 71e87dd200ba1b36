"""Two short sentences that say the same with another number: `The panel has 14 members.`"""

from __future__ import annotations

from peelian.expressions import expression
from peelian.proofreading.agreement import agree
from peelian.proofreading.clauses import SAME, around
from peelian.proofreading.figure_pairs import (
    Claim,
    apart_in_tables,
    areas_apart,
    unit_kind,
)
from peelian.proofreading.findings import Confidence
from peelian.proofreading.same_time import (
    NEGATIONS,
    PLAIN,
    comparable,
    content,
    near_enough,
    of_one_time,
)
from peelian.proofreading.times import days_of
from peelian.recognition.measures import words_of

_MOST_WORDS, _REACH = 24, 201
_VERBS = words_of(
    "has have had is are was were employs employ drew made of up consists comprises remain "
    "remained currently now been carried stands stood cost costs total totals runs includes uses "
    "holds being"
)
_NAME = expression(r"(?<!^)(?<![.:] )\b[A-Z][\w’'-]+")
_CLAUSE = expression(r"[,;:()](?=\s|$)|\s[–—-]\s|\b(?:while|whilst|whereas|compared|of\s+whom)\b")
_OTHER_NUMBER = expression(r"(?!\b(?:999|101|111)\b)\b\d")
_NUMBER_WORDS = words_of(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "thousand million"
)


def sentence_words(claim: Claim) -> frozenset[str]:
    """Return the words of a figure's short clause; none where it has other figures or is long."""
    before, after = around(claim.figure)
    before, after = before[-_REACH:], after[:_REACH]
    if not claim.is_alone:
        before = _CLAUSE.split(before)[-1]
        after = _CLAUSE.split(after)[0]
    text = f"{before} {after}".replace(claim.figure.period or "\n", " ")
    if len(text) > 200 or len(text.split()) > _MOST_WORDS or _OTHER_NUMBER.search(text):
        return frozenset()
    words = words_of(text) - claim.own - _VERBS - PLAIN
    if words & _NUMBER_WORDS:
        return frozenset()
    return frozenset(SAME.get(word, word) for word in words)


def in_like_sentences(this: Claim, other: Claim) -> Confidence | None:
    """Return how sure it is that two sentences of the same words contradict each other."""
    a, b = sentence_words(this), sentence_words(other)
    one, two = this.figure, other.figure
    alike = _enough_alike(a, b) or _same_noun(this, other) or _row_of(this, other)
    if not alike or one.quotation == two.quotation:
        return None
    if not comparable(this, other) or not _same_unit(this, other) or not near_enough(this, other):
        return None
    if agree(one, two) or areas_apart(this, other) or bool(this.place) != bool(other.place):
        return None
    if this.is_former or other.is_former or apart_in_tables(this, other):
        return None
    if _names_apart(this, other) or _times_apart(this, other):
        return None
    return (
        Confidence.LIKELY if of_one_time(this, other) and len(a & b) >= 3 else (Confidence.POSSIBLE)
    )


def _enough_alike(a: frozenset[str], b: frozenset[str]) -> bool:
    """Return whether most words of two sentences are the same, and only one has others."""
    both, all_words = len(a & b), len(a | b)
    if (a ^ b) & NEGATIONS or (a - b and b - a):
        return False
    return both >= 2 and (a == b or both >= 3 or all_words <= 3) and both >= 0.6 * all_words


def _same_noun(this: Claim, other: Claim) -> bool:
    """Return whether both count the same things by two words or more, and nothing else."""
    if unit_kind(this.figure) != "count":
        return False
    one, two = (content(claim) for claim in (this, other))
    return len(one) >= 2 and one == two


def _row_of(this: Claim, other: Claim) -> bool:
    """Return whether one is a row of a table of what the other's sentence counts.

    `17 of the complaints were upheld` and, in a table of complaints, `Upheld  14`.
    """
    if (this.figure.origin.table is None) == (other.figure.origin.table is None):
        return False
    row, said = (this, other) if this.figure.origin.table is not None else (other, this)
    named = words_of(row.heading) & words_of(said.figure.quotation) - said.words - said.own
    return bool(row.words) and row.words == said.words and bool(named)


def _same_unit(this: Claim, other: Claim) -> bool:
    if unit_kind(this.figure) != "count":
        return True
    one, two = words_of(this.figure.unit), words_of(other.figure.unit)
    in_table = this.figure.origin.table is not None or other.figure.origin.table is not None
    return bool(one & two) or (in_table and not (one and two))


def _names_apart(this: Claim, other: Claim) -> bool:
    """Return whether a name in one sentence is not in the other: they are of two things."""
    one, two = (
        words_of(" ".join(_NAME.findall(c.figure.quotation))) - c.own for c in (this, other)
    )
    return bool((one - words_of(other.figure.quotation)) | (two - words_of(this.figure.quotation)))


def _times_apart(this: Claim, other: Claim) -> bool:
    one, two = this.figure.period.casefold(), other.figure.period.casefold()
    days = days_of(one), days_of(two)
    if days[0] and days[1]:
        return days[0] != days[1]
    return one != two
