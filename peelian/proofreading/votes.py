"""Votes as minutes record them, and what is said to have come of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import Block
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.quoting import shortened

if TYPE_CHECKING:
    from peelian.proofreading.proof import Proof

_NONE = r"(?:none|nil|nobody|no\s*one|no\s+members?|0)\b"
_AGAINST = expression(
    rf"\b[Aa]gainst(?:\s+(?:the\s+)?(?:motion|proposal))?\s*[:–-]\s*(?!{_NONE})(?P<who>[A-Z1-9][^.;\n]{{0,160}})"
    rf"|\b(?P<count>[1-9]\d?|one|two|three|four|five|six|seven)\s+(?:members?\s+)?(?:voted\s+)?against\b",
    needs="gainst",
)
_ALL_AGREED = expression(
    r"\b(?:without\s+(?:dissent|a\s+vote\s+against)|unanimous(?:ly)?|nem\.?\s*con\b\.?|"
    r"nobody\s+(?:voted\s+)?against|with\s+no(?:ne|\s+votes?)\s+against)",
    re.IGNORECASE,
    needs="dissent|unanim|nem|against",
)
_FOR_AND_AGAINST = expression(
    r"(?P<for>\d{1,2})\s+(?:votes?\s+|members?\s+)?(?:in\s+favour|for)\b[^.;]{0,40}?"
    r"(?P<against>\d{1,2})\s+(?:votes?\s+)?against\b",
    re.IGNORECASE,
    needs="against",
)
_CARRIED = expression(
    r"\b(?:motion|proposal|amendment|veto|recommendation)\b[^.;]{0,40}\bwas\s+(?:therefore\s+|then\s+|duly\s+)?"
    r"(?:(?P<carried>carried|agreed|approved|passed)|(?P<lost>lost|defeated|rejected|not\s+carried))\b",
    re.IGNORECASE,
)
_NEAR = 3  # blocks after a vote in which its result is told


@check("contradiction")
def votes_against_their_result(proof: Proof) -> Iterator[Finding]:
    """Yield each result of a vote that the votes recorded just before it do not bear out."""
    for document in proof.documents:
        blocks = document.blocks
        for n, block in enumerate(blocks):
            if "gainst" not in block.text:
                continue
            for after in blocks[n : n + 1 + _NEAR]:
                if said := _denied(block, after):
                    yield Finding(
                        Place(after.at(after.text.find(said)), shortened(after.text)),
                        _("The result is told as “%(said)s”; the votes before it say otherwise.")
                        % {"said": said},
                        _("Look the votes up, and mend the one that is wrong."),
                        Confidence.LIKELY,
                        (Place(block.origin, shortened(block.text)),),
                    )
                    break


def _denied(votes: Block, result: Block) -> str:
    """Return the words of a result that votes speak against; empty where they do not."""
    against = _AGAINST.search(votes.text)
    begins = against.end() if against and votes is result else 0
    if against and (said := _ALL_AGREED.search(result.text, begins)):
        return said[0]
    counted = _FOR_AND_AGAINST.search(votes.text)
    carried = _CARRIED.search(result.text, counted.end() if counted and votes is result else 0)
    if counted and carried:
        won = int(counted["for"]) > int(counted["against"])
        tied = counted["for"] == counted["against"]
        if not tied and won != bool(carried["carried"]):
            return carried[0]
    return ""
