"""Votes as minutes record them, and what is said to have come of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import Block, Document, Origin
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.quoting import place, shortened
from peelian.recognition.future import sentence_at
from peelian.recognition.minutes import Minutes
from peelian.recognition.numbers import numbers

if TYPE_CHECKING:
    from peelian.proofreading.proof import Proof

_N = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen|twenty)"
)
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
# `carried by five votes to three, with one abstention`
_VOTES = expression(
    rf"\b(?:by|voting\s+was|vote\s+was|result\s+was)\s+(?P<for>{_N})\s+(?:votes?\s+)?to\s+(?P<against>{_N})\b"
    rf"(?:[,;]?\s+(?:with|and)\s+(?P<abstained>{_N})\s+abst\w+)?|"
    rf"(?P<favour>{_N})\s+(?:votes?\s+|members?\s+)?(?:(?:voted\s+)?in\s+favour|(?:voted\s+)?for)\b[^.;]{{0,40}}?"
    rf"(?P<opposed>{_N})\s+(?:votes?\s+|members?\s+)?(?:voted\s+)?against\b"
    rf"(?:[^.;]{{0,20}}?\b(?P<away>{_N})\s+abst\w+)?",
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


@check("contradiction")
def more_votes_than_members(proof: Proof) -> Iterator[Finding]:
    """Yield each vote in which more voted than the minutes name as present."""
    minuted = [one for one in proof.minutes if one.present]
    for document in proof.documents:
        for passage in document.passages() if minuted else ():
            if "vot" not in passage.text.casefold():
                continue
            for match in _VOTES.finditer(passage.text):
                origin = passage.at(match.start())
                held = next((m for m in minuted if _is_within(m, origin)), None)
                cast = sum(one.value for one in numbers(match[0], []))
                if held and cast > len(held.present):
                    yield Finding(
                        place(passage, *sentence_at(passage.text, match.start()), match.start()),
                        _("%(cast)d voted or abstained, but %(present)d are named as present.")
                        % {"cast": cast, "present": len(held.present)},
                        _("Look the votes and the attendance up, and mend the one that is wrong."),
                        Confidence.POSSIBLE,
                        (_attendance(document, held),),
                    )


def _attendance(document: Document, minutes: Minutes) -> Place:
    """Return where minutes name the first of those present."""
    name = minutes.present[0].name
    for passage in document.passages():
        if passage.origin.order >= minutes.origin.order and name in passage.text:
            return Place(passage.at(passage.text.find(name)), shortened(passage.text))
    return Place(minutes.origin, minutes.body)


def _is_within(minutes: Minutes, origin: Origin) -> bool:
    same = minutes.origin.file == origin.file
    return same and minutes.origin.order <= origin.order <= minutes.last


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
