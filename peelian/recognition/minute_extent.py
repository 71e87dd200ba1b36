"""Where the minutes of a meeting begin and end in a document, and which meeting it was."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import BlockKind, Document
from peelian.recognition.action_tables import is_action_head, is_log_head, says_what_became
from peelian.recognition.attendance import is_people_head, says_present
from peelian.recognition.dates import dates
from peelian.recognition.minute_ends import AGENDA_ITEM, ENDED, SIGNATURE, end_of
from peelian.recognition.minute_titles import WEB_LABEL, is_sentence, numbered_title
from peelian.recognition.printed import ENDS_SENTENCE, PrintedLine, printed_lines

# From a day with its year nothing else is counted; any will do.
_ANY_DAY = dt.date(2020, 1, 1)
# How far below its title a meeting's minutes say who was present, and how far up its name stands.
_NEAR, _ABOVE = 40, 8

_TITLE = expression(
    r"\s*(?:draft\s+|confirmed\s+|unconfirmed\s+|public\s+|open\s+|approved\s+|agenda\s+and\s+){0,3}"
    r"(?:meeting\s+)?(?:minutes|notes|record)\b(?:\s*(?:[-–:(]|of\b|from\b|and\b|\d|for\b).*)?\s*$"
    r"|.{3,120}?(?:[-–:,]|\s)\s*(?:draft\s+)?(?:meeting\s+)?minutes"
    r"(?:\s*(?:[-–:(,]|\d|of\b|from\b|and\s+action).{0,80})?\s*$"
    r"|\s*agenda\s+and\s+(?:draft\s+)?minutes\s*$"
    r"|.{3,120}?[-–:,]\s*record\s+of\s+(?:the\s+)?(?:decisions|meeting|proceedings)(?:\s+and\s+actions)?\s*$",
    re.IGNORECASE,
    needs="minutes|notes|record",
)
_OTHER_MINUTES = expression(
    r"\b(?:confirm\w*|approv\w*|sign\w*|previous|last|receive|agree\w*|arising|accuracy|read|"
    r"attached|action\s+log\s+update|correct)\b|\bminutes\s+(?:of\s+the\s+\w+\s+)?meetings?\s+were\b"
    r"|\b\d+\s+minutes\b",
    re.IGNORECASE,
)
_PAST = expression(
    r"\b(?:noted|agreed|asked|thanked|welcomed|reported|advised|confirmed|said|undertook|resolved|"
    r"were\s+received|introduced|explained|told|promised|answered|replied)\b",
    re.IGNORECASE,
)
_LIST_NUMBER = expression(r"\(?\d{1,4}(?:\.\d+)?[.)]?\s|[a-z]\)")
BODY = expression(
    r"\b(?:Panel|Board|Committee|Forum|Conference|Group|Authority|Assembly|Council|Cabinet|Panel\s+"
    r"Heddlu|Meeting)\b",
    re.IGNORECASE,
)
_WEB_PAGE = expression(
    r"\s*(?:agenda\s+item|agenda\s+and\s+(?:draft\s+)?minutes)\s*$", re.IGNORECASE
)
_NEXT = expression(r"\b(?:next|future|previous|last)\s+meetings?\b", re.IGNORECASE)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_TRIMMED = expression(
    rf"\s*(?:[-–:,|]\s*)?(?:\b(?:held|which\s+was|at\s+\d|on\s+(?:\d|the\s+\d|{_WEEKDAY})|"
    rf"{_WEEKDAY}|\d{{1,2}}(?:st|nd|rd|th)?\s+[A-Z][a-z]{{2,8}},?\s+\d{{4}}|in\s+the\b)|commencing|"
    r"(?:draft\s+)?\bminutes\b).*$",
    re.IGNORECASE,
)
_LEAD = expression(
    r"^\s*(?:after\s+the\s+)?(?:(?:draft|confirmed|unconfirmed|public|the|a|an)\s+)*(?:(?:minutes|notes|record)\s*"
    r"(?:of|from|for|[-–:])\s*)?(?:(?:the|a|an|public|ordinary|annual|special|virtual)\s+)*"
    r"(?:(?:name\s+of\s+)?meeting\s*:\s*)?(?:(?:meeting|proceedings)\s+(?:of|for)\s+)?(?:the\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Extent:
    """Minutes from line `start` up to `end`; `is_log` where they are a mere list of actions."""

    start: int
    end: int
    body: str
    held_on: dt.date | None
    is_log: bool = False


def extents(lines: Sequence[PrintedLine]) -> list[Extent]:
    """Return where minutes stand among the lines, in order; none overlap."""
    starts = _starts(lines)
    found = []
    for nth, start in enumerate(starts):
        limit = starts[nth + 1] if nth + 1 < len(starts) else len(lines)
        end = end_of(lines, start, limit)
        body, held_on = _meeting(lines, start, end)
        found.append(Extent(start, end, body, held_on))
    return _with_logs(lines, [e for e in found if not _is_agenda(lines[e.start : e.end])])


def whole(lines: Sequence[PrintedLine]) -> Extent:
    """Return the extent of minutes that are all there is."""
    body, held_on = _meeting(lines, 0, len(lines))
    return Extent(0, len(lines), body, held_on)


def extents_of(document: Document) -> list[Extent]:
    """Return where minutes stand among the printed lines of a document."""
    return extents(document.once(printed_lines))


def _is_agenda(lines: Sequence[PrintedLine]) -> bool:
    """Return whether lines are numbered items of which nothing is told: an agenda."""
    numbered = sum(bool(_LIST_NUMBER.match(line.printed)) for line in lines)
    told = any(ENDS_SENTENCE.search(line.text) or _PAST.search(line.text) for line in lines)
    return numbered >= 3 and not told


def _starts(lines: Sequence[PrintedLine]) -> list[int]:
    """Return the lines with which minutes begin: the name of the body, else their title."""
    found: list[int] = []
    floor = 0
    present = [says_present(line.label) or is_people_head(line) for line in lines]
    for n, line in enumerate(lines):
        if n < floor or (line.is_row and not says_present(line.text)):
            continue
        if _is_start(lines, n, present):
            top = _top(lines, n, floor)
            if found and not _may_begin_anew(lines, found[-1], n):
                continue
            found.append(top)
            floor = n + 1
    return found


def _is_start(lines: Sequence[PrintedLine], n: int, present: Sequence[bool]) -> bool:
    text = lines[n].text
    near = lines[n + 1 : n + 1 + _NEAR]
    if _runs_along(lines, n):
        return False
    if WEB_LABEL.match(text) and text.casefold().startswith(("minutes", "cofnodion")):
        return True
    if _WEB_PAGE.match(text):
        return any(WEB_LABEL.match(line.text) for line in near)
    if len(text) <= 300 and _TITLE.match(text) and not _LIST_NUMBER.match(lines[n].printed):
        return (
            (any(present[n + 1 : n + 1 + _NEAR]) or _is_whole_title(lines, n))
            and not is_sentence(text)
            and not (_OTHER_MINUTES.search(text) and not _held(text))
        )
    if present[n]:
        above = " ".join(line.text for line in lines[max(n - _ABOVE, 0) : n])
        return bool(
            BODY.search(above) and _held(above) and re.search(r"\bminutes|notes\b", above, re.I)
        )
    return False


def _runs_along(lines: Sequence[PrintedLine], n: int) -> bool:
    """Return whether a line runs along the top of a page: it repeats the title below it."""
    below = lines[n + 1].text if n + 1 < len(lines) else ""
    return bool(below) and lines[n].text != below and lines[n].text.endswith(below)


def _is_whole_title(lines: Sequence[PrintedLine], n: int) -> bool:
    """Return whether a line heads minutes that do not list who was there: it gives body and day,
    and what follows tells what was said."""
    line = lines[n]
    # A page's number above it is read as the block's first line.
    first = not line.nth or (line.nth == 1 and lines[n - 1].text.strip().isdecimal())
    own = line.block.kind != BlockKind.BULLET and line.printed == line.text and first
    title = " ".join(one.text for one in lines[n : n + 3] if one is line or len(one.text) <= 120)
    whole = (
        own
        and BODY.search(title)
        and _held(title)
        and re.match(r"(?:\w*(?:draft|firmed|approved|public|open)\s+){0,2}minutes\b", title, re.I)
    )
    if not whole:
        return False
    said = sum(bool(_PAST.search(one.text)) for one in lines[n + 1 : n + 1 + _NEAR])
    numbered = sum(
        numbered_title(lines, m, "main") is not None
        for m in range(n + 1, min(n + 1 + _NEAR, len(lines)))
    )
    return said >= 3 and numbered >= 2


def _held(text: str) -> dt.date | None:
    """Return the first day with its year in a text."""
    days = (m.first for m in dates(text[:2000], _ANY_DAY) if m.is_day and m.has_year)
    return next(days, None)


def _may_begin_anew(lines: Sequence[PrintedLine], start: int, n: int) -> bool:
    """Return whether other minutes may begin here: those before have ended, or a new title with a
    day of its own stands here. A web page's later labels are those of the same page."""
    text = lines[n].text
    if WEB_LABEL.match(text):
        before = lines[start:n]
        page = any(_WEB_PAGE.match(line.text) or WEB_LABEL.match(line.text) for line in before)
        return not page and any(ENDED.match(line.text) for line in before)
    if says_present(text):
        return n - start > _NEAR and any(ENDED.match(line.text) for line in lines[start:n])
    return n - start > 5


def _top(lines: Sequence[PrintedLine], n: int, floor: int) -> int:
    """Return where the heading above a title begins: the body's name, the day, the place."""
    if _held(lines[n].text) and len(_body(lines[n].text).split()) > 2:
        return n  # it says all that a heading says
    top = n
    for above in range(n - 1, max(n - _ABOVE, floor) - 1, -1):
        line = lines[above]
        if line.origin.page != lines[n].origin.page or line.block.kind == BlockKind.BULLET:
            break
        if _runs_along(lines, above):
            break
        if (
            ENDED.match(line.text)
            or (SIGNATURE.match(line.text) and not _held(line.text))
            or AGENDA_ITEM.search(line.text)
        ):
            break
        if (
            line.is_row
            or len(line.text) > 120
            or _NEXT.search(line.text)
            or re.search(r"[a-z]{3}\.$", line.text)
        ):
            break
        if BODY.search(line.text) or _held(line.text) or _WEB_PAGE.match(line.text):
            top = above
    if top == n and WEB_LABEL.match(lines[n].text) and n - floor >= 1:
        return max(floor, n - 1) if len(lines[n - 1].text) <= 200 else n
    return top


def _meeting(lines: Sequence[PrintedLine], start: int, end: int) -> tuple[str, dt.date | None]:
    """Return the body that met and the day, from the heading above what was said."""
    head = []
    for line in lines[start : min(start + 14, end)]:
        if says_present(line.label) or is_people_head(line) or WEB_LABEL.match(line.text):
            break
        head.append(line.text)
    body = next((name for text in head if (name := _body(text))), "")
    if not body:
        joined = " ".join(head[:4])
        body = _body(joined) if _TITLE.match(joined) else ""
    held_on = next((day for text in head if (day := _held(text))), None)
    return body, held_on or _held(" ".join(head))


def _body(text: str) -> str:
    """Return the name of a body in a heading's line, without `Minutes of` and the day."""
    if (
        _WEB_PAGE.match(text)
        or _NEXT.search(text)
        or is_sentence(text)
        or re.match(r"\s*(?:venue|contact|location|webcast)\b", text, re.I)
    ):
        return ""
    name = _TRIMMED.sub("", _LEAD.sub("", text)).strip(" ,.-–:")
    said = BODY.search(name)
    plain = said and name.casefold() not in ("meeting", "agendas, meetings and")
    return " ".join(name.split()) if plain and len(name) <= 120 and name[:1].isalnum() else ""


def _with_logs(lines: Sequence[PrintedLine], found: Sequence[Extent]) -> list[Extent]:
    """Return the minutes and, where they stand alone, the tables that log actions.

    A table of actions just behind minutes is theirs.
    """
    made = list(found)
    n = 0
    while n < len(lines):
        line = lines[n]
        inside = any(e.start <= n < e.end for e in made)
        if inside or not line.is_row or not is_action_head(line.block):
            n += 1
            continue
        end = n
        while end < len(lines) and lines[end].is_row and lines[end].block.table == line.block.table:
            end += 1
        above = [one.text for one in lines[max(n - 4, 0) : n] if not one.is_row]
        said = any(re.search(r"\baction", text, re.IGNORECASE) for text in above)
        before = next((e for e in made if e.end <= n and n - e.end <= 8), None)
        rows = [one.block for one in lines[n + 1 : end]]
        if before and (said or is_log_head(line.block)) and not says_what_became(line.block, rows):
            made[made.index(before)] = Extent(before.start, end, before.body, before.held_on)
        elif is_log_head(line.block) or (said and line.block.kind == BlockKind.ROW):
            body = next((name for text in reversed(above) if (name := _body(text))), "")
            held_on = next((day for text in reversed(above) if (day := _held(text))), None)
            made.append(Extent(n, end, body, held_on, is_log=True))
        n = end
    return sorted(made, key=lambda e: e.start)
