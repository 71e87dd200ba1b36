"""The day of this meeting and of the next, where the papers of a meeting say it twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import Line
from peelian.proofreading.findings import Finding, Place, check
from peelian.proofreading.meeting_dates import Said, days_said, differing, next_meetings
from peelian.recognition.printed import filled_lines

if TYPE_CHECKING:
    from peelian.proofreading.proof import Proof

# A sentence or an item that begins with the next meeting is about the body's own.
_OWN = expression(
    r"[\W\d]*(?:(?:the|our|dates?|times?|venue|place|and|of|to|note|agree)\W+){0,8}"
    r"next\s+(?:(?:ordinary|formal|public|scheduled|panel|board|committee)\s+)?meeting\b|"
    r"[\W\d]*(?:the\s+)?(?:panel|board|committee|forum)\s+(?!of\b)[^.;]{0,100}?\bits\s+next\s+meeting\b",
    re.IGNORECASE,
)
_ENDS = expression(r"(?<=\w\w[.;])\s+(?=[A-Z])")
_LABEL = expression(
    r"\s*(?:report\s+to\s*:?\s*.{3,60},?\s+)?(?:date\s+of\s+(?:the\s+)?meeting|meeting\s+date|"
    r"(?:panel|board|committee)\s+meeting(?:\s+date)?|(?:for\s+)?meeting\s+(?:of|on))\s*[:,–-]?\s+"
    r"(?P<day>\S.{5,40})",
    re.IGNORECASE,
)
_OF_BEFORE = expression(r"\b(?:minutes|notes|action|previous|last|programme)\b", re.IGNORECASE)
_HEAD = 14  # lines that may say the day of the meeting
_NEAR = 3  # lines that may say that minutes begin
_APART = 45  # days between two that can be one meeting's


@check("disagreeing-dates")
def next_meetings_on_two_days(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each day of the next meeting that differs from the one said before."""
    for document in proof.documents:
        now = proof.days.get(document.file) or proof.as_at
        minuted = [
            (minutes.origin.order, minutes.items[-1].origin.order)
            for minutes in proof.minutes
            if minutes.items and minutes.origin.file == document.file
        ]
        first: Said | None = None
        for one in next_meetings(document):
            order = one.place.origin.order
            within = any(begun <= order <= end for begun, end in minuted)
            sentence = _ENDS.split(one.place.quotation[: one.place.quotation.find(one.printed)])[-1]
            if within or (now and one.day <= now) or not _OWN.match(sentence):
                continue
            first = first or one
            if 0 < abs((one.day - first.day).days) <= _APART:
                yield differing(
                    one, first, _("The next meeting is on “%(one)s” here, on “%(other)s” there.")
                )


@check("disagreeing-dates")
def papers_of_another_day(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each paper that is for the meeting of another day than the agenda."""
    for document in proof.documents:
        entries = proof.contents(document)
        if not entries:
            continue
        lines = document.once(filled_lines)
        last = max(entry.origin.order for entry in entries)
        heads = list(_heads(lines, last))
        agenda = _day_of(lines[:_HEAD])
        for one in heads if agenda else ():
            if agenda and 0 < abs((one.day - agenda.day).days) <= _APART:
                yield differing(
                    one, agenda, _("This paper is for “%(one)s”, the agenda for “%(other)s”.")
                )


@check("disagreeing-dates")
def meetings_announced_for_another_day(proof: Proof) -> Iterator[Finding]:
    """Yield a finding where the minutes before gave this meeting another day than its papers."""
    reason = _("The next meeting is on “%(one)s” here, on “%(other)s” there.")
    for document in proof.documents:
        agenda = _day_of(document.once(filled_lines)[:_HEAD])
        if agenda is None:
            continue
        for minutes in proof.minutes:
            is_before = minutes.held_on is not None and minutes.held_on < agenda.day
            within = range(minutes.origin.order, minutes.last + 1)
            said = [o for o in next_meetings(document) if o.place.origin.order in within]
            days = {one.day for one in said}
            of_it = minutes.origin.file == document.file and is_before and len(days) == 1
            if of_it and 0 < abs((said[0].day - agenda.day).days) <= _APART:
                yield differing(said[0], agenda, reason)


def _day_of(lines: Sequence[Line]) -> Said | None:
    """Return the day at the head of an agenda."""
    for line in lines:
        text = line.text.strip()[:120]
        if not _OF_BEFORE.search(text) and (found := days_said(text, Place(line.origin, text))):
            return found[0]
    return None


def _heads(lines: Sequence[Line], after: int) -> Iterator[Said]:
    """Yield the days that the heads of papers give to their meeting; minutes have their own."""
    for n, line in enumerate(lines):
        if line.origin.order <= after or "eeting" not in line.text.casefold():
            continue
        match = _LABEL.fullmatch(line.text.rstrip()[:120])
        near = " ".join(one.text for one in lines[max(n - _NEAR, 0) : n + _NEAR + 1])
        if match and not _OF_BEFORE.search(near):
            found = days_said(match["day"], Place(line.origin, line.text.strip()))
            if len(found) == 1:
                yield found[0]
