"""Headings and page heads that bear a day close to the meeting's, and not the meeting's."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import Document, Line
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import day_in_words
from peelian.recognition.dates import DateMention, dates
from peelian.recognition.minute_extent import BODY

_CLOSE = 3  # days: nobody meets again so soon, and a wrong key is pressed as easily
_LONGEST, _TOP = 120, 60
# With one of these a day is not that of the meeting.
_OF_ANOTHER = expression(
    r"\b(?:accounts?|adopted|after|agreed|amended|approved|before|briefing|by|closes?|consultation|correct|"
    r"deadline|decided|dated|despatch\w*|drafted|due|election|from|issued|last|minutes|next|position|"
    r"prepared|previous|published|received|revised|sent|seminar|signed|since|statement|to|training|until|"
    r"updated|version|visit|week)\b|:\s*$",
    re.IGNORECASE,
)
_ENDS = expression(r"[a-z)][.;,]\s*$")
_PAGE = expression(r"\b(?:page|tudalen)?\s*\d{1,3}(?:\s+of\s+\d{1,3})?\s*$", re.IGNORECASE)


@check("disagreeing-dates")
def headings_of_another_day(proof: Proof) -> Iterator[Finding]:
    """Yield each heading that bears a day within three days of the meeting's, once for each day."""
    for document in proof.documents:
        if day := proof.days[document.file]:
            yield from _of_document(document, day)


def _of_document(document: Document, day: dt.date) -> Iterator[Finding]:
    first = _said(document, day)
    told: set[dt.date] = set()
    for line in document.lines if first else ():
        mention = _headed(line, day)
        if first and mention and 0 < abs((mention.first - day).days) <= _CLOSE:
            if mention.first not in told:
                yield _finding(line, mention, day, first)
            told.add(mention.first)


def _said(document: Document, day: dt.date) -> Line | None:
    """Return the first line that gives the meeting's own day."""
    lines = (one for one in document.lines[:_TOP] if one.text.strip())
    return next((one for one in lines if any(m.first == day for m in dates(one.text, day))), None)


def _headed(line: Line, near: dt.date) -> DateMention | None:
    """Return the one day in a line that is a heading: it is in capitals, or names a body."""
    text = line.text.strip()
    if not 4 < len(text) <= _LONGEST or _ENDS.search(text) or _OF_ANOTHER.search(text):
        return None
    found = dates(text, near)
    if len(found) != 1 or not found[0].is_day:
        return None
    rest = text[: found[0].start] + text[found[0].end :]
    title = _PAGE.sub("", rest).strip(" ,.-–|")
    parted = bool(re.search(r"\s{2,}|\s[-–|]\s|,\s", text))
    is_title = title.isupper() and len(title.split()) > 1
    return found[0] if parted and (is_title or BODY.search(title)) else None


def _finding(line: Line, mention: DateMention, day: dt.date, first: Line) -> Finding:
    says = {"printed": mention.printed, "day": day_in_words(day)}
    return Finding(
        Place(line.origin, " ".join(line.text.split())),
        _("The heading has %(printed)s; the meeting is on %(day)s.") % says,
        _("Put the day of the meeting, or say which other day this is."),
        Confidence.LIKELY,
        (Place(first.origin, " ".join(first.text.split())),),
    )
