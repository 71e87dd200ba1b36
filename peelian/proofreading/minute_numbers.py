"""The numbers of minutes that go on from those of the meeting before: one of them given twice."""

from __future__ import annotations

from collections.abc import Iterator

from peelian.proofreading.findings import Confidence, Finding, check
from peelian.proofreading.numbering import given_twice, is_another
from peelian.proofreading.proof import Proof
from peelian.proofreading.references import DUPLICATE
from peelian.recognition.minutes import Minutes
from peelian.recognition.numbering import Numbered

_FEWEST, _LONGEST_TITLE = 3, 90


@check(*DUPLICATE)
def minutes_numbered_again(proof: Proof) -> Iterator[Finding]:
    """Find minutes that have the number of another of the same meeting.

    Those that begin at one are a series of paragraphs like others, and judged as such.
    """
    for minutes in proof.minutes:
        numbers = [one.number for one in minutes.items if one.number.isdecimal()]
        if len(numbers) < _FEWEST or int(numbers[0]) == 1:
            continue
        seen: dict[int, Numbered] = {}
        for one in _titles(proof, minutes, int(numbers[0])):
            first = seen.setdefault(one.count, one)
            if first is not one and is_another(first, one):
                yield given_twice(first, one, Confidence.LIKELY)


def _titles(proof: Proof, minutes: Minutes, least: int) -> Iterator[Numbered]:
    """Yield what has a whole number in minutes, from the first of them on, and may be a title."""
    for document in proof.documents:
        for one in proof.numbered(document) if document.file == minutes.origin.file else ():
            within = minutes.origin.order <= one.origin.order <= minutes.last
            titled = one.text[:1].isupper() and len(one.text) <= _LONGEST_TITLE
            if within and titled and not one.head and one.count >= least:
                yield one
