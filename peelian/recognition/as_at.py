"""The day that documents speak for: of their meeting or last update, or the end of their period.

The day of the meeting comes first: on that day the words are read, so what is then past and still
promised is seen by everyone. Minutes of a former meeting say nothing of it, and neither does a
meeting still to come.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from peelian.expressions import expression
from peelian.intake.document import BlockKind, Document
from peelian.recognition.dates import DateMention, dates
from peelian.recognition.future import sentences
from peelian.recognition.minute_extent import BODY, Extent, extents_of
from peelian.recognition.printed import ENDS_SENTENCE, PrintedLine, printed_lines

# Only dates with their year are read, so that any day will do to count from.
_ANY_DAY = dt.date(2020, 1, 1)
_SHORT, _TOP, _TITLE, _FIRST_PAGE = 120, 4, 12, 40

_OTHER_DAY = expression(
    r"\b(?:next|future|forthcoming|following|previous|last|former|minutes\s+of|deadline|due|until|"
    r"from|closes?|by(?!\s+(?:phone|telephone|video|webcast))|will|since|expires?|published|review\s+date|effective|elected|born|signed\s+off|"
    r"consultation|dates\s+of|programme|election|budget|precept|forecast|planned|scheduled|arranged|expected|booked)\b",
    re.IGNORECASE,
)
_OTHER_MEETING = expression(
    r"\b(?:next|future|forthcoming|following|previous|last|former|minutes|deadline|due|until|closes?|"
    r"will|since|elected|born|scheduled|planned|arranged|expected|booked|dates\s+of)\b",
    re.IGNORECASE,
)
_BEFORE_BODY = expression(r"\b(?:on|of|at|held)$|[,–|:(-]$")
_OTHER_LIST = expression(
    r"\b(?:next|future|forthcoming|scheduled|proposed)\s+(?:\w+\s+)?(?:meetings?|dates?)\b|"
    r"\bdates?\s+(?:for|in)\s+(?:your|the)\s+diar(?:y|ies)\b|\bdiary\s+dates?\b|"
    r"\bdates?\s+of\s+(?:\w+\s+)?meetings?\b|\bwork\s+programme\b",
    re.IGNORECASE,
)
_DATED = expression(
    r"^\W*(?:(?:meeting|report|decision|publication)\s+date|date(?:\s+of\s+(?:meeting|report|decision))?|"
    r"(?:to\s+be\s+)?held\s+on|dyddiad)\s*:?\s*",
    re.IGNORECASE,
)
_YEAR = expression(r"\d\d")  # none is written without them, and most lines have none
_WEEKDAY = expression(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\b\.?",
    re.IGNORECASE,
)
# `Notes of FAB 22, Tues 17/09/24`: what a title says of the notes that it heads
_NOTES_OF = expression(
    r"\W*(?:(?:action|agreed|draft)\s+)*(?:minutes|notes|record|summary|actions)\s+(?:of|from)\s"
    r"(?![^.;]*\b(?:last|next|previous)\b)[^.;]{0,90}$",
    re.IGNORECASE,
)
# The day in Welsh before, or after, the same in English.
_WELSH = expression(
    r"(?:Dydd\s+\w+,?\s+)?\d{1,2}\s+(?:Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|"
    r"Tachwedd|Rhagfyr)\s+\d{4}\s*/?\s*",
)
_CLOCK = expression(
    r"\b(?:at|commencing|from)?\s*\d{1,2}[.:]?\d{0,2}\s*(?:[ap]\.?m\.?|noon|hrs)?", re.I
)
# After the day on a title page: the hours and the place of the meeting.
_WHEN_AND_WHERE = expression(
    r"\W*(?:at\s+|from\s+)?\d{1,2}[.:]\d{2}(?:\s?[ap]\.?m\.?)?"
    r"(?:\s*(?:to|until|-|–)\s*\d{1,2}[.:]\d{2}(?:\s?[ap]\.?m\.?)?)?[\s,;.–-]*[^.;]{0,60}",
    re.IGNORECASE,
)
_SUMMONS = expression(
    r"\bmeeting\s+(?:of\s+(?:the\s+)?[^.;]{3,120}?)?(?:will\s+be|to\s+be|is\s+to\s+be|shall\s+be)\s+held\b",
    re.IGNORECASE,
)
_AS_AT = expression(
    r"\b(?:as\s+at|as\s+of|correct\s+(?:at|to|as\s+of)|position\s+at|(?:up\s+)?to\s+(?:the\s+)?end\s+of|"
    r"(?:up\s+)?to\s+the|months?\s+to|year\s+(?:to|ended|ending)|(?:quarter|period|month)\s+(?:to|ended|ending)|"
    r"(?:for|cover(?:s|ed|ing))\s+the\s+(?:period|quarter|months?)(?:\s+(?:of|from))?)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_AS_AT_DAY = expression(
    r"\b(?:as\s+(?:at|of)|(?:correct|position)\s+at)\s+(?:the\s+)?$", re.IGNORECASE
)
_COUNTED_ON = expression(
    r"\b(?:forecast|project\w+|estimate[sd]?|target|planned|expected|proposed|budget|next|future)\b",
    re.IGNORECASE,
)
# What a document says of itself: when it was brought up to date, before whom it was laid.
_UPDATED = expression(
    r"(?:^\W*(?:(?:this|the)\s+\w+(?:\s+\w+)?\s+(?:was|is)\s+)?|\b(?:was|is)\s+)"
    r"(?:last\s+(?:updated|revised|amended|changed)|updated|date\s+of\s+(?:last\s+)?update|latest\s+update)"
    r"(?:\s+(?:on|at|to))?\s*:?\s*$",
    re.IGNORECASE,
)
_PRESENTED = expression(
    r"^\W*(?:(?:this|the)\s+(?:report|paper|document|update|statement|log|plan)\s+(?:was|is|were|will\s+be|"
    r"is\s+to\s+be)\s+)?(?:presented|submitted|laid|reported|taken)\s+(?:to|before)\s[^.;]{3,100}\bon\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
# Of a paper that says of itself where it goes: `It covers the year, and goes to the Panel on …`.
_OF_ITSELF = expression(
    r"\W*(?:it\b|this\s+(?:\w+\s+){0,3}(?:document|log|paper|plan|report|return|statement|strategy|"
    r"update)\b|the\s+(?:paper|report)\b|I\s+(?:lay|present|submit)\b)",
    re.IGNORECASE,
)
_LAID = expression(
    r"\b(?<!was )(?<!were )(?<!been )(?:go(?:es|ing)?|comes?|lay|laid|present(?:ed)?|"
    r"submit(?:ted)?|taken|considered|discussed|received|scrutini[sz]ed|heard)\s+(?:(?:it|this\s+\w+)\s+)?(?:to|before|by|at)\s+(?:the\s+|a\s+)?"
    r"(?P<body>[^.;,]{3,80}?)\s+(?:(?:at\s+its\s+meeting\s+)?(?:on|of))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# `The Panel will look at this report in public on …`
_TO_BE_LAID = expression(
    r"(?P<body>[^.;,]{3,80}?)\s+(?:will|shall|is\s+to|are\s+to)\s+(?:look\s+at|consider|debate|discuss|examine|"
    r"question\s+me\s+on|receive|review|scrutini[sz]e)\s+(?:it|this\s+(?:\w+\s+)?\w+)\b[^.;]{0,40}?\bon\s+"
    rf"(?:{_WEEKDAY.pattern},?\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_ISSUE = expression(
    r"\W*(?:issue|edition|bulletin|newsletter)\s+(?:no\.?\s*)?\d{1,4}\b[^.]{0,60}$", re.IGNORECASE
)
_PUBLISHED = expression(
    r"^\W*(?:(?:first\s+)?published|adopted|approved|issued|(?:date\s+of\s+)?publication(?:\s+date)?)"
    r"(?:\s+(?:in|on|by\s.{3,60}?))?\s*[:,–-]?\s*"
    rf"(?:{_WEEKDAY.pattern},?\s*)?$",
    re.IGNORECASE,
)
_REPORTING = expression(
    r"\b(?:report(?:ing|ed)?|summary|update[ds]?|performance|monitoring|dashboard|data|figures|"
    r"period|quarter(?:ly)?|infographic|position|panel|board)\b",
    re.IGNORECASE,
)
_ANNUAL = expression(r"\bannual\s+report\b|\badroddiad\s+blynyddol\b", re.IGNORECASE)
_AHEAD = expression(
    r"\b(?:plan|budget|precept|strategy|programme|forecast|projection|target|will|by|until|estimate[sd]?|"
    r"next|future|proposed|revised|medium\s+term|financial\s+year|term\s+of\s+office|ends|due|expected)\b",
    re.IGNORECASE,
)


def as_at(documents: Sequence[Document]) -> dt.date | None:
    """Return the newest day that the documents show to be theirs, None where they show none."""
    parts = [(d.once(printed_lines), d.once(extents_of)) for d in documents]
    days = [day for lines, of in parts if (day := _own_day(lines, of))]
    if days:
        return max(days)
    held = [e.held_on for lines, of in parts for e in of if e.held_on and _is_whole(e, lines)]
    if held:
        return max(held)
    ends = [day for lines, of in parts for day in _periods(lines, of)]
    months = (day for lines, of in parts for day in _months(lines, of))
    years = (day for lines, _of in parts for day in _years(lines))
    return max(ends, default=None) or max(months, default=None) or max(years, default=None)


def _is_whole(extent: Extent, lines: Sequence[PrintedLine]) -> bool:
    """Return whether a document is hardly more than these minutes."""
    return extent.end - extent.start > 0.6 * len(lines)


def _days(text: str) -> list[DateMention]:
    if not _YEAR.search(text):
        return []
    found = dates(text[:3000], _ANY_DAY)
    return [m for m in found if m.has_year and 1990 <= m.last.year <= 2100]


def _outside(
    lines: Sequence[PrintedLine], of: Sequence[Extent]
) -> Iterator[tuple[int, PrintedLine]]:
    """Yield the lines that are not of minutes, each with its place."""
    inside = {n for e in of for n in range(e.start, e.end)}
    return ((n, line) for n, line in enumerate(lines) if n not in inside)


def _own_day(lines: Sequence[PrintedLine], of: Sequence[Extent]) -> dt.date | None:
    """Return the day of the meeting that a document is for, or of its last update if that is later.

    So the entries of a log do not date it.
    """
    said = [_meeting_day(lines, of), *_said_days(lines, of)]
    return max((day for day in said if day), default=None) or _laid_on(lines, of)


def _laid_on(lines: Sequence[PrintedLine], of: Sequence[Extent]) -> dt.date | None:
    """Return the day on which the first page says that the document goes before a body."""
    for n, line in _outside(lines, of):
        if n >= _FIRST_PAGE:
            return None
        block = "" if line.is_row or line.nth else line.block.text[:1000]
        for start, end in sentences(block):
            text = block[start:end]
            of_itself = _OF_ITSELF.match(text)
            for mention in _days(text):
                before = text[: mention.start]
                laid = (of_itself and _LAID.search(before)) or _TO_BE_LAID.match(before)
                if mention.is_day and laid and BODY.search(laid["body"]):
                    return mention.first
    return None


def _said_days(lines: Sequence[PrintedLine], of: Sequence[Extent]) -> Iterator[dt.date]:
    """Yield the days on which the first page says it was updated, or laid before a meeting."""
    for n, line in _outside(lines, of):
        if n >= _FIRST_PAGE:
            return
        if line.is_row:
            continue
        block = line.block.text[:1000]
        said = [block[a:b] for a, b in sentences(block)] if line.nth == 0 else []
        for text in (line.text, *said):
            for mention in _days(text):
                before = text[: mention.start]
                is_issue = n < _TITLE and _ISSUE.match(before)
                is_out = n < _TITLE and _PUBLISHED.match(before)
                says = is_issue or is_out or _UPDATED.search(before) or _PRESENTED.match(before)
                if mention.is_day and says:
                    yield mention.first


def _months(lines: Sequence[PrintedLine], of: Sequence[Extent]) -> Iterator[dt.date]:
    """Yield the end of the month, or the day, of which a document says that it was published."""
    for n, line in _outside(lines, of):
        if line.is_row or len(line.text) > _SHORT:
            continue
        for mention in _days(line.text):
            before, after = line.text[: mention.start], line.text[mention.end :].strip(" .,)")
            alone = n < _TITLE and not before.strip() and not line.nth
            says = not after and (alone or _PUBLISHED.match(before))
            if says and (mention.last - mention.first).days <= 31:
                yield mention.last


def _meeting_day(lines: Sequence[PrintedLine], of: Sequence[Extent]) -> dt.date | None:
    """Return the day of the meeting that a document is for: that of its first page, else the one
    it repeats, else the newest."""
    ends = [0, *(e.end for e in of)]
    days = (
        (n, _day_in(lines, n, line, ends[bisect_right(ends, n) - 1]))
        for n, line in _outside(lines, of)
    )
    first = [day for _n, day in takewhile(lambda one: one[0] < _FIRST_PAGE, days) if day]
    times = Counter(first or [day for _n, day in days if day])
    return max(times, key=lambda day: (times[day], day)) if times else None


def _day_in(lines: Sequence[PrintedLine], n: int, line: PrintedLine, top: int) -> dt.date | None:
    """Return the day that a line gives beside a body, a weekday or `Date:`, or as a summons does.

    A line that is nothing but a day counts where the body stands just above or below. Above `top`
    stand minutes.
    """
    cells = [cell.text.strip() for cell in line.block.cells]
    if line.is_row and not (len(cells) == 2 and _DATED.fullmatch(cells[0])):
        return None
    summons = _SUMMONS.search(line.block.text[:600]) if n < _FIRST_PAGE else None
    if summons and not _OTHER_LIST.search(
        line.block.text, max(summons.start() - 30, 0), summons.end()
    ):
        return next(
            (m.first for m in _days(line.block.text[summons.end() :][:160]) if m.is_day), None
        )
    text = _WELSH.sub("", line.text)
    days = [m for m in _days(text) if m.is_day] if len(text) <= _SHORT else []
    if (
        days
        and n < _TITLE
        and _names_body(text, days[-1])
        and not _after_other(lines[max(top, n - 6) : n])
    ):
        return days[-1].first
    if len(days) == 1 and n < _TOP and _NOTES_OF.match(text[: days[0].start]):
        return days[0].first
    if (
        len(days) != 1
        or _OTHER_DAY.search(text)
        or _in_prose(lines, n)
        or _after_other(lines[max(top, n - 6) : n])
    ):
        return None
    rest = (text[: days[0].start] + text[days[0].end :]).strip(" ,.-–~|:")
    return days[0].first if line.is_row or _is_of_meeting(lines, n, text, rest) else None


def _names_body(text: str, day: DateMention) -> bool:
    """Return whether a line of a title ends with a body and its day: `…, Police Board, 5 May`."""
    before = re.sub(rf"\s*{_WEEKDAY.pattern}[\s,]*$", "", text[: day.start].rstrip(), flags=re.I)
    whole = text[:1].isupper() and len(_CLOCK.sub("", text[day.end :]).strip(" .,)")) <= 3
    if not whole or not _BEFORE_BODY.search(before.rstrip()) or _OTHER_MEETING.search(text):
        return False
    return bool(BODY.search(before[-40:])) and not re.search(r"\b(?:was|were|is|are)\b", before)


def _is_of_meeting(lines: Sequence[PrintedLine], n: int, text: str, rest: str) -> bool:
    """Return whether what stands beside a day, or around it, says that a meeting was on it."""
    if BODY.search(rest) and not re.search(r"[a-z]\.$|\b(?:was|were|is|are)\b", rest):
        return True
    above = [one.text for one in lines[max(n - 2, 0) : n] if len(one.text) <= _SHORT]
    if _DATED.match(text):
        return len(rest) <= 30
    if re.search(r"\b(?:signed|signature)\b.*\bdate\s*:", text, re.IGNORECASE):
        return True
    if above and not rest and _DATED.fullmatch(above[-1]):
        return True
    below = [one.text for one in lines[n + 1 : n + 3]] if _WEEKDAY.search(text) else []
    if n < _TITLE and _WHEN_AND_WHERE.fullmatch(_WEEKDAY.sub("", rest)):
        return any(map(BODY.search, (t for t in above if not _OTHER_DAY.search(t))))
    near = [t for t in (*above, *below) if len(t) <= _SHORT and not _OTHER_DAY.search(t)]
    return len(_CLOCK.sub("", _WEEKDAY.sub("", rest))) <= 6 and any(map(BODY.search, near))


def _in_prose(lines: Sequence[PrintedLine], n: int) -> bool:
    """Return whether a line goes on with a sentence of the line before it."""
    before = lines[n - 1].text if n and lines[n].nth else ""
    runs_on = len(before) > 60 and not ENDS_SENTENCE.search(before)
    return lines[n].text[:1].islower() or runs_on


def _after_other(above: Sequence[PrintedLine]) -> bool:
    """Return whether a list of other meetings' days began just above."""
    return any(
        len(one.text) <= _SHORT
        and _OTHER_LIST.search(one.text)
        and not ENDS_SENTENCE.search(one.text)
        for one in above
    )


def _periods(lines: Sequence[PrintedLine], of: Sequence[Extent]) -> Iterator[dt.date]:
    """Yield the ends of the periods that headings and sentences say they report."""
    for n, line in enumerate(lines):
        is_title = n < _TOP or line.block.kind == BlockKind.HEADING
        if line.is_row or line.nth or not (is_title and len(line.block.text) <= 2 * _SHORT):
            continue
        yield from _said_as_at(line.block.text)
        if ENDS_SENTENCE.search(line.block.text) or _AHEAD.search(line.block.text):
            continue
        if not (n < _TOP or _REPORTING.search(line.block.text)):
            continue
        for mention in _days(line.block.text):
            if (mention.last - mention.first).days <= 100:
                yield mention.last
    for passage in {id(line.block): line.block for line in lines}.values():
        for start, end in sentences(passage.text[:6000]):
            sentence = passage.text[start:end]
            if not _REPORTING.search(sentence):
                continue
            for mention in _days(sentence):
                before = sentence[: mention.start]
                if _AS_AT.search(_with_part(before, mention)) and not _AHEAD.search(before[-60:]):
                    yield mention.last


def _years(lines: Sequence[PrintedLine]) -> Iterator[dt.date]:
    """Yield the last day of the year that the title of an annual report is of."""
    for line in lines[:_TOP]:
        if _ANNUAL.search(line.text) and not ENDS_SENTENCE.search(line.text):
            yield from (one.last for one in _days(line.text) if (one.last - one.first).days > 300)


def _said_as_at(heading: str) -> Iterator[dt.date]:
    """Yield the days as at which a heading says its figures or its plan stand."""
    for mention in _days(heading) if not _COUNTED_ON.search(heading) else ():
        if mention.is_day and _AS_AT_DAY.search(heading[: mention.start]):
            yield mention.last


def _with_part(before: str, mention: DateMention) -> str:
    """Return the words before a date; `end of`, which a mention takes in, among them."""
    part = re.match(r"(?:the\s+)?end\s+of\s+", mention.printed, re.IGNORECASE)
    return before + part[0] if part else before
