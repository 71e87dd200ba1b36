"""The days of meetings, and of what is resolved, where one document says them twice."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import Document, Line
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.spoken import Minuted
from peelian.recognition.dates import DateMention, dates
from peelian.recognition.printed import filled_lines, raw_lines
from peelian.recognition.programme import WorkProgramme

if TYPE_CHECKING:
    from peelian.proofreading.proof import Proof

_NEAR = dt.date(2020, 1, 1)  # only dates that say their year are compared
_MINUTES_HEAD = expression(
    r"\s*(?:(?:agenda\s+)?item\s+\d{1,2}\s*[:–—-]\s*)?(?:(?:draft|unconfirmed|confirmed|public)\s+)*"
    r"(?:minutes|notes)(?:\s+of\b.*|\s*)",
    re.IGNORECASE,
)
_MINUTES = expression(r"\bminutes\b|^\W*notes\s+of\b", re.IGNORECASE)
# Of another body's next meeting nothing is known.
_NEXT = expression(
    r"(?<!\bits\s)(?<!\btheir\s)(?<![’']s\s)\b(?:next|future)\s+(?:(?:ordinary|formal|public|scheduled)\s+)?(?:meetings?|board|panel|forum)\b"
    r"(?!\s+of\s+(?:the\s+)?(?:(?!the\b)\w+\s+){1,6}(?:group|board|committee|forum)\b)",
    re.IGNORECASE,
)
# "ix. Next: Wednesday 21 May 2031"
_NEXT_LABEL = expression(r"\W*(?:(?:\d{1,3}|[ivx]{1,5})\W\s*)?next\s*:\s*(?=\S)", re.IGNORECASE)
# "The Panel is asked to appoint at its next meeting": the body's own
_OWN_NEXT = expression(
    r"[\W\d]*(?:The\s+)?(?:Panel|Board|Committee|Forum)\s+(?!of\b)[^.;]{0,100}?\bits\s+next\s+meeting\b",
    re.IGNORECASE,
)
# "Forward plan of the Board: 4 December 2031; 18 March 2032"
_AHEAD = expression(
    r"\W*(?:forward\s+plan|(?:dates\s+of\s+)?(?:future|further|forthcoming)\s+meetings?|meeting\s+dates|"
    r"dates\s+of\s+(?:the\s+)?(?:next\s+)?meetings)\b[^:]{0,40}:",
    re.IGNORECASE,
)
# "The meetings for the rest of the year are on 8 September 2031, 17 November 2031 and …"
_ARE_ON = expression(
    r"\bmeetings\b[^.:;]{0,60}?\b(?:are|will\s+be)\s+(?:held\s+)?on\s+(?=\S*\s?\d)",
    re.IGNORECASE,
    needs="meetings",
)
_BROUGHT = expression(
    r"\bwill\s+(?:be\s+(?:brought|presented|put|reported|submitted)|come|go)\s+to\s+(?:the|this)\s+(?:\w+\s+)?"
    r"(?:panel|board|committee|forum)(?:\s+at\s+its\s+meeting)?\s+on\s+(?P<when>[^.;]{4,40})",
    re.IGNORECASE,
    needs="panel|board|committee|forum",
)
_FEWEST_PLANNED = 2
# "since the last forum (20 June 2031)", "at its previous meeting, held on 20 June 2031"
_LAST = expression(
    r"\b(?:last|previous)\s+(?:(?:ordinary|formal|public|board|panel)\s+)?"
    r"(?:board|forum|meeting|panel|session)\b[\s,(]*(?:(?:was\s+)?held\s+)?(?:(?:on|of)\s+)?"
    r"(?P<day>(?:[A-Z][a-z]{2,8}day,?\s+)?\d{1,2}[^\W\d_]{0,2}\s.{3,20})",
    re.IGNORECASE,
)
# "The minutes of the meeting held on 14 June 2031 were approved"
_APPROVED = expression(
    r"\bminutes\s+of\s+(?:the\s+)?(?:(?:last|previous)\s+)?(?:meeting\s+)?(?:held\s+)?(?:(?:on|of)\s+)?"
    r"(?P<day>(?:[A-Z][a-z]{2,8}day,?\s+)?\d{1,2}[^\W\d_]{0,2}\s[^.;]{3,20}?\d{4})\s+(?:were|was|be)\s+"
    r"(?:\w+\s+){0,2}?(?:accepted|agreed|approved|confirmed|signed)\b",
    re.IGNORECASE,
    needs="minutes",
)
# Of one meeting, not of several that follow.
_IS_HELD = expression(
    r"\b(?:will|would|is|to)\s+(?:be\s+)?(?:held|take\s+place|meet|on)\b|next\s+meeting\W", re.I
)
_SEVERAL = expression(r"meetings$", re.IGNORECASE)
_RESOLVES = expression(
    r"\b(?:resolved|agreed|approved|adopted|endorsed|recommended|to\s+note|be\s+noted)\b",
    re.IGNORECASE,
)
_WORD = expression(r"[^\W\d_]{3,}")
_SMALL = {"the", "and", "for", "with", "that", "was", "were", "from", "item", "agenda", "report"}
_APART = 31  # days between two that can be one next meeting's
_FARTHEST = 400  # days between two days that can be one, misprinted
_BELOW = 14  # lines under a heading in which what it is about is resolved
_LONGEST = 300


@dataclass(frozen=True)
class Said:
    """A day where a document says it."""

    day: dt.date
    printed: str
    place: Place


@check("disagreeing-dates")
def minutes_of_another_day(proof: Proof) -> Iterator[Finding]:
    """Yield a finding where the agenda and the minutes' own heading differ in their day."""
    for document in proof.documents:
        entries = [e for e in proof.contents(document) if _MINUTES.search(e.title)]
        said = [one for e in entries for one in days_said(e.title, Place(e.origin, e.title))]
        if not said:
            continue
        orders = [entry.origin.order for entry in proof.contents(document)]
        heads = {
            head.day: head
            for head in _minutes_heads(document)
            if not min(orders) <= head.place.origin.order <= max(orders)
        }
        heads = heads or {head.day: head for one in proof.earlier for head in _minutes_heads(one)}
        known = {one.day for one in said}
        others = [head for day, head in heads.items() if day not in known]
        for one in said:
            if one.day not in heads and len(others) == 1 and _near(one.day, others[0].day):
                yield differing(
                    one, others[0], _("The agenda says “%(one)s”, the minutes “%(other)s”.")
                )


@check("disagreeing-dates")
def last_meetings_of_another_day(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each last meeting that its minutes, which came before, say otherwise."""
    heads = [head for document in proof.earlier for head in _minutes_heads(document)]
    reason = _("The last meeting was on “%(one)s” here, on “%(other)s” by its minutes.")
    for document in proof.documents if len({head.day for head in heads}) == 1 else ():
        for said in _last_meetings(document):
            if 0 < abs((said.day - heads[0].day).days) <= _APART:
                yield differing(said, heads[0], reason)


def _last_meetings(document: Document) -> Iterator[Said]:
    """Yield the days that a document gives to the last meeting, and to the minutes it approves."""
    for line in raw_lines(document):
        if match := _LAST.search(line.text[:_LONGEST]):
            yield from days_said(match["day"], Place(line.origin, line.text.strip()))[:1]
    for passage in document.passages():
        for match in _APPROVED.finditer(passage.text):
            place = Place(passage.at(match.start()), " ".join(match[0].split()))
            yield from days_said(match["day"], place)[:1]


def _minutes_heads(document: Document) -> Iterator[Said]:
    """Yield the days in the headings of minutes, on their line or the two below."""
    lines = document.once(filled_lines)
    for n, line in enumerate(lines):
        if len(line.text) > 160 or not _MINUTES_HEAD.fullmatch(line.text):
            continue
        if line.text.rstrip().endswith((".", ";")):
            continue
        for below in lines[n : n + 3]:
            if found := days_said(
                below.text[:160], Place(below.origin, " ".join(below.text.split()))
            ):
                yield found[0]
                break


@check("disagreeing-dates")
def next_meetings_that_differ(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each next meeting that the programme has on another day of its month."""
    for document in proof.documents:
        said = list(next_meetings(document))
        planned = _planned(proof.programmes(document)) if said else []
        lines = {one.place.origin.order for one in said}
        planned += [p for p in _listed_ahead(document) if p.place.origin.order not in lines]
        if not planned:
            continue
        now = proof.days.get(document.file) or proof.as_at
        coming = [p for p in planned if now is None or p.day > now]
        for one in said:
            if any(p.day == one.day for p in planned) or (now and one.day <= now):
                continue
            month = {
                p.day: p
                for p in coming
                if (p.day.year, p.day.month) == (one.day.year, one.day.month)
            }
            if (
                other := next(iter(month.values()), None)
                if len(month) == 1
                else _first(coming, one)
            ):
                yield differing(
                    one, other, _("The next meeting is on “%(one)s” here, on “%(other)s” there.")
                )


@check("disagreeing-dates")
def next_meetings_told_twice(proof: Proof) -> Iterator[Finding]:
    """Yield a finding where a document has two days for the next meeting, both still to come."""
    minuted = Minuted(proof)
    reason = _("The next meeting is on “%(one)s” here, on “%(other)s” there.")
    for document in proof.documents:
        now = proof.days.get(document.file) or proof.as_at
        said = [
            one
            for one in next_meetings(document)
            if (now is None or one.day > now) and _IS_HELD.search(one.place.quotation)
        ]
        whole = [
            one for one in said if minuted.at(one.place.origin) == minuted.at(said[0].place.origin)
        ]
        for one in whole[1:]:
            if one.day != whole[0].day and abs((one.day - whole[0].day).days) <= _APART:
                yield differing(one, whole[0], reason)


@check("disagreeing-dates")
def brought_on_another_day(proof: Proof) -> Iterator[Finding]:
    """Yield a finding where what is to come to a body comes on a day that is none of its meetings'.

    Its meetings are those that a document lists, one of which is in the same month.
    """
    reason = _("It comes on “%(one)s” here; the meeting of that month is on “%(other)s”.")
    for document in proof.documents:
        planned = [*_planned(proof.programmes(document)), *_listed_ahead(document)]
        if len({one.day for one in planned}) < _FEWEST_PLANNED:
            continue
        for passage in document.passages():
            for match in _BROUGHT.finditer(passage.text):
                where = Place(passage.at(match.start()), " ".join(match[0].split()))
                said = days_said(match["when"], where)[:1]
                months = [(p, (p.day.year, p.day.month)) for p in planned]
                for one in said:
                    alike = [p for p, month in months if month == (one.day.year, one.day.month)]
                    if alike and all(p.day != one.day for p in alike):
                        yield differing(one, alike[0], reason)


def _first(coming: Sequence[Said], one: Said) -> Said | None:
    """Return the first meeting that a programme has to come, where it can be one, misprinted."""
    first = min(coming, key=lambda said: said.day, default=None)
    return first if first and abs((first.day - one.day).days) <= _APART else None


def next_meetings(document: Document) -> Iterator[Said]:
    """Yield each day that a document gives to a next meeting, on one line or on the next."""
    lines = document.once(filled_lines)
    for n, line in enumerate(lines):
        small = line.text.casefold()
        text = line.text[:_LONGEST] if "eeting" in small or "next" in small else ""
        match = (
            _NEXT.search(text) or _OWN_NEXT.match(text) or _NEXT_LABEL.match(line.text[:_LONGEST])
        )
        if not match:
            continue
        found = days_said(line.text[match.end() : _LONGEST], Place(line.origin, line.text.strip()))
        if not found and n + 1 < len(lines) and len(line.text) < 60:
            below = lines[n + 1]
            both = f"{line.text.strip()} {below.text.strip()}"
            found = days_said(below.text[:120], Place(below.origin, both))
            found = found if not _SEVERAL.search(match[0]) else []
        yield from found[: None if _SEVERAL.search(match[0]) else 1]
        if not found and _SEVERAL.search(match[0]):
            yield from _listed(lines[n + 1 : n + 1 + _BELOW])


def _listed(lines: Sequence[Line]) -> Iterator[Said]:
    """Yield the days of a list of meetings, up to the first line that gives none."""
    for line in lines:
        found = days_said(line.text[:160], Place(line.origin, line.text.strip()))
        if not found:
            return
        yield from found


def _planned(made: Sequence[WorkProgramme]) -> list[Said]:
    """Return the days that work programmes have meetings on."""
    return [
        one
        for programme in made
        for item in programme.items
        for one in days_said(
            item.meeting, Place(item.origin, f"{item.meeting} {item.title}".strip())
        )
    ]


def _listed_ahead(document: Document) -> list[Said]:
    """Return the days that one line lists as those of meetings ahead."""
    found = []
    for line in raw_lines(document):
        match = _AHEAD.match(line.text[:_LONGEST]) or _ARE_ON.search(line.text[:_LONGEST])
        days = (
            days_said(line.text[match.end() :], Place(line.origin, line.text.strip()))
            if match
            else []
        )
        found += days if len(days) > 1 else []
    return found


@check("disagreeing-dates")
def resolutions_that_differ(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each heading with a date that what is resolved below it contradicts."""
    for document in proof.documents:
        lines = document.once(filled_lines)
        for n, line in enumerate(lines):
            if not _is_heading(line.text):
                continue
            mine = _dated(line.text)
            if len(mine) == 1 and (found := _resolved(line.text, mine[0], lines[n + 1 :][:_BELOW])):
                other, below = found
                heading = Place(line.origin, " ".join(line.text.split()))
                yield differing(
                    Said(mine[0].first, mine[0].printed, heading),
                    Said(other.first, other.printed, Place(below.origin, below.text.strip())),
                    _("The heading says “%(one)s”, what was resolved “%(other)s”."),
                )


def _is_heading(text: str) -> bool:
    return text.isupper() and len(text) <= 140 and any(c.isdigit() for c in text)


def _resolved(
    heading: str, mine: DateMention, below: Sequence[Line]
) -> tuple[DateMention, Line] | None:
    """Return the date of the same kind by which a resolution about a heading's matter differs."""
    words = _words(heading)
    for n, line in enumerate(below):
        if _is_heading(line.text) or line.text.isupper():
            return None
        if not _RESOLVES.search(line.text[:_LONGEST]):
            continue
        sentence = [line, *below[n + 1 : n + 2]]
        shared = len(words & _words(" ".join(one.text for one in sentence)))
        if shared * 2 < len(words) or shared < min(len(words), 2) or not shared:
            continue
        theirs = [(m, one) for one in sentence for m in _dated(one.text[:_LONGEST])]
        alike = [(m, one) for m, one in theirs if _is_long(m) == _is_long(mine)]
        if len(alike) == 1 and not _overlap(alike[0][0], mine):
            return alike[0]
    return None


def _is_long(mention: DateMention) -> bool:
    return (mention.last - mention.first).days > 31


def _overlap(one: DateMention, other: DateMention) -> bool:
    return one.first <= other.last and other.first <= one.last


def _words(text: str) -> set[str]:
    return {w.rstrip("s") for w in _WORD.findall(text.casefold()) if w not in _SMALL}


def _dated(text: str) -> list[DateMention]:
    if not any(c.isdigit() for c in text):
        return []
    return [m for m in dates(text[:_LONGEST], _NEAR) if m.has_year]


def days_said(text: str, place: Place) -> list[Said]:
    """Return the days with their years that a text says at a place."""
    return [Said(m.first, m.printed, place) for m in _dated(text) if m.is_day]


def _near(one: dt.date, other: dt.date) -> bool:
    return abs((one - other).days) <= _FARTHEST


def differing(one: Said, other: Said, reason: str) -> Finding:
    """Return the finding that two days are said of one thing; the reason names both."""
    return Finding(
        one.place,
        reason % {"one": one.printed, "other": other.printed},
        _("Put the date that is right in both."),
        Confidence.LIKELY,
        (other.place,),
    )
