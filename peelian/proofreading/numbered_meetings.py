"""Meetings by their number, `Board 23`, `the 41st meeting`: on one day here, on another there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import Document
from peelian.proofreading.findings import Finding, Place, check
from peelian.proofreading.meeting_dates import Said, days_said, differing
from peelian.proofreading.quoting import shortened

if TYPE_CHECKING:
    from peelian.proofreading.proof import Proof

_MEETING = (
    r"(?P<name>[A-Z]{2,8}|Board|Panel|Meeting|Forum|Committee)\s+(?:no\.?\s*)?(?P<number>\d{1,3})"
)
_WEEKDAY = r"(?:(?:on\s+)?(?:the\s+)?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s+)?"
_DAY = r"\d{1,2}(?:[./]\d{1,2}[./]\d{2,4}|(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8},?\s+20\d\d)"
_THEN_DAY = expression(
    rf"\b{_MEETING}(?:\s*[,:–—(-]\s*|\s+(?:of|on)\s+|\s+)(?P<day>{_WEEKDAY}{_DAY})"
)
_DAY_THEN = expression(rf"(?P<day>{_DAY})\s*(?:\(|[,–—:-]\s*){_MEETING}\b")
_APART = 120  # days between two that can be one meeting's
_MOST = 400  # characters of a passage that are looked at


@check("disagreeing-dates")
def numbered_meetings_on_two_days(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each day of a numbered meeting that differs from the one said before."""
    for document in proof.documents:
        first: dict[tuple[str, str], Said] = {}
        for named, one in _said(document):
            before = first.setdefault(named, one)
            if 0 < abs((one.day - before.day).days) <= _APART:
                yield differing(
                    one, before, _("This meeting is on “%(one)s” here, on “%(other)s” there.")
                )


def _said(document: Document) -> Iterator[tuple[tuple[str, str], Said]]:
    """Yield the name and number of each meeting whose day is said beside them."""
    for block in document.blocks:
        text = " ".join(block.text.split())
        for form in (_THEN_DAY, _DAY_THEN):
            for match in form.finditer(text[:_MOST]):
                place = Place(block.at(match.start()), shortened(match[0]))
                for day in days_said(match["day"], place):
                    yield (match["name"], match["number"]), day
