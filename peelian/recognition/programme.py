"""Work programmes: which item is meant for which meeting."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import Block, Document, Line, Origin, Table
from peelian.recognition.dates import dates
from peelian.recognition.printed import raw_lines

_TITLE = expression(
    r".*\b(?:(?:forward|future|annual|scrutiny|panel|committee)?\s*"
    r"(?:work|business|meeting)[\s-]*(?:programme|plan(?:ner)?)|forward\s+(?:work\s+)?plan"
    r"|forward\s+(?:agenda|look)|agenda\s+planner)\b.*",
    re.IGNORECASE,
)
_HINT = expression(
    r"program|plan|agenda|look",
    re.IGNORECASE,
    needs="program|plan|agenda|look",
)  # what any such title has
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
_MEETING = expression(
    rf"\s*(?P<meeting>{_DAY}{_MONTH}\.?,?\s+(?:20\d{{2}}|[’']\d{{2}})|\d{{1,2}}[/.]\d{{1,2}}[/.](?:20)?\d{{2}})"
    r"(?:\s*(?:at\s+|,\s*)?\d{1,2}[.:]?\d{0,2}\s?(?:am|pm|noon))?(?:\s+meeting)?\s*[:–—-]?(?=\s|$)\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_POTENTIAL = expression(
    r"\s*(?P<meeting>(?:potential|possible|unscheduled|future|other|additional|reserve)\s+(?:agenda\s+)?"
    r"(?:items?|topics?|issues?|business)|(?:items?|topics?|issues?)\s+(?:to\s+be\s+(?:scheduled|confirmed"
    r"|programmed)|for\s+(?:future\s+)?(?:consideration|scheduling))|(?:date\s+)?(?:tbc|to\s+be\s+confirmed"
    r"|to\s+be\s+scheduled))\b\s*:?\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_HEAD = expression(
    r"\s*(?:(?:panel\s+)?meeting(?:\s+dates?)?|dates?(?:\s+of\s+(?:the\s+)?meeting)?|month)\s+"
    r"(?:(?:area|topic|item|agenda|issue|subject|report|business|title|scrutiny|theme).*)",
    re.IGNORECASE,
)
_WHEN_COLUMN = expression(
    r"(?:(?:panel|proposed|planned)\s+)?(?:meeting(?:\s+date)?|date(?:\s+of\s+(?:the\s+)?meeting)?|month|when)s?",
    re.IGNORECASE,
)
_WHAT_COLUMN = expression(
    r"(?:area|topic|item|agenda(?:\s+items?)?|issue|subject|report|business|title)s?\b.*",
    re.IGNORECASE,
)
_BULLET = expression(r"^\s*(?:[•·▪●◦‣∙○■□➢✓]|[-–*o](?=\s))\s*")
_STOP = expression(
    r"\s*(?:page\s+\d+.*|this\s+page\s+is\b.*|appendi(?:x|ces)\b.*|agenda\s+item\b.*|item\s+\d{1,2}[a-z]?|supporting\s+information"
    r"|background\s+papers?.*|contact\s+(?:points?|officers?).*|[^\n]{0,60}purpose\s+of\s+the\s+meeting)\s*",
    re.IGNORECASE,
)
_NOTE = expression(
    r"\s*\((?P<note>(?:agreed|requested|deferred|carried|moved|statutory)[^()]{0,120})\)$", re.I
)
_CONNECTS = expression(
    r"(?:\b(?:of|and|the|to|for|with|in|on|a|an|by|from)|[&,–—-])\s*$", re.IGNORECASE
)
_NEAR = dt.date(2020, 1, 1)  # every date read here says its year
_MOST_LINES = 400
_MOST_TITLES = 60
_MOST_LETTERS = 300  # of an item's title


@dataclass(frozen=True)
class ProgrammeItem:
    """An item; `meeting` as printed, `month` the first day of its month. No meeting: potential."""

    title: str
    meeting: str
    origin: Origin
    month: dt.date | None = None
    note: str = ""


@dataclass(frozen=True)
class WorkProgramme:
    """A work programme as a document prints it."""

    title: str
    items: tuple[ProgrammeItem, ...]
    origin: Origin


def programmes(document: Document) -> list[WorkProgramme]:
    """Return the work programmes in a document."""
    tables = [made for table in document.tables() if (made := _from_table(table, document))]
    printed = _from_lines(document)
    held, said = (sum(len(p.items) for p in found) for found in (tables, printed))
    # What lines add to a table's items are mostly its other columns.
    return tables if 2 * held >= said else printed


def _from_lines(document: Document) -> list[WorkProgramme]:
    lines = list(raw_lines(document))
    found: list[WorkProgramme] = []
    last = -1
    titles = [n for n, line in enumerate(lines) if _is_title(line.text)]
    for n in titles[:_MOST_TITLES]:
        if n <= last:
            continue
        items, end = _items(lines[n + 1 : n + 1 + _MOST_LINES])
        long = sum(len(item.title) > _MOST_LETTERS for item in items)
        if len({item.meeting for item in items if item.meeting}) >= 2 and long * 4 <= len(items):
            found.append(
                WorkProgramme(" ".join(lines[n].text.split()), tuple(items), lines[n].origin)
            )
            last = n + 1 + end
    return found


def _is_title(text: str) -> bool:
    """Return whether a line is a heading that names a work programme, not part of a sentence."""
    if len(text) > 140 or not _HINT.search(text):
        return False
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    capital = sum(word[0].isupper() for word in words)
    return capital * 3 >= len(words) * 2 and bool(_TITLE.fullmatch(text))


def month_of(printed: str) -> dt.date | None:
    """Return the first day of the month of a meeting's printed date, None where it has none."""
    found = dates(re.sub(r"[’'](?=\d\d\b)", "20", printed), _NEAR)
    return found[0].first.replace(day=1) if found and found[0].has_year else None


def _items(lines: Sequence[Line]) -> tuple[list[ProgrammeItem], int]:
    """Return the items below a title and how many lines they take."""
    gathered: list[tuple[str, list[str], Origin]] = []
    meeting: str | None = None
    filled, stacked = 0, False
    width = _width(lines)
    for n, line in enumerate(lines):
        text = line.text.strip()
        if not text:
            continue
        filled += 1
        if _STOP.fullmatch(text[:160]) or (meeting is None and filled > 12):
            return _made(gathered), n
        dated, potential = (form.fullmatch(line.text[:300]) for form in (_MEETING, _POTENTIAL))
        begins = dated or potential
        if begins and (meeting is None or not begins["rest"][:1].islower()):
            meeting = " ".join(begins["meeting"].split()) if dated else ""
            stacked = not begins["rest"].strip()
            if not stacked:
                gathered.append((meeting, [_bare(begins["rest"])], line.origin))
        elif meeting is not None and not _HEAD.fullmatch(text[:160]):
            apart = stacked or (bool(gathered) and len(gathered[-1][1][-1]) < width)
            if _begins_item(line.text, gathered, meeting, apart):
                gathered.append((meeting, [_bare(line.text)], line.origin))
            else:
                gathered[-1][1].append(text)
    return _made(gathered), len(lines)


def _width(lines: Sequence[Line]) -> int:
    """Return from how many letters on a line may wrap where no bullets tell items, else 0."""
    until = next((n for n, ln in enumerate(lines) if _STOP.fullmatch(ln.text[:160])), len(lines))
    texts = [line.text for line in lines[:until] if line.text.strip()]
    if any(_BULLET.match(text) or re.match(r"\s\S", text) for text in texts):
        return 0
    return max((min(len(text), 120) for text in texts), default=0) * 4 // 5


def _begins_item(
    text: str, gathered: Sequence[tuple[str, list[str], Origin]], meeting: str, apart: bool
) -> bool:
    """Return whether a line begins an item; where nothing wraps, a capital says so."""
    if not gathered or gathered[-1][0] != meeting or _BULLET.match(text):
        return True
    if apart and text.strip()[:1].isupper() and not _CONNECTS.search(gathered[-1][1][-1]):
        return not any(_BULLET.match(line) for line in gathered[-1][1])
    # A lost bullet leaves its space.
    return bool(re.match(r"\s\S|\s*(?:\d{1,2}|[a-z])[.)]\s", text))


def _bare(text: str) -> str:
    return re.sub(r"^\s*(?:\d{1,2}|[a-z])[.)]\s+", "", _BULLET.sub("", text, count=1).strip())


def _made(gathered: Sequence[tuple[str, list[str], Origin]]) -> list[ProgrammeItem]:
    made: list[ProgrammeItem] = []
    for meeting, words, origin in gathered:
        title = " ".join(" ".join(words).split())
        note = _NOTE.search(title)
        if len(title) > 2:
            said = note["note"] if note else ""
            made.append(ProgrammeItem(title, meeting, origin, month_of(meeting), said))
    return made


def _from_table(table: Table, document: Document) -> WorkProgramme | None:
    head = table.head or tuple(cell.text for cell in table.rows[0].cells)
    when = next((n for n, h in enumerate(head) if _WHEN_COLUMN.fullmatch(h.strip())), None)
    what = next((n for n, h in enumerate(head) if _WHAT_COLUMN.fullmatch(h.strip())), None)
    if when is None or what is None or not (title := _title_above(table, document)):
        return None
    items = [item for block in _filled(table.rows, when) for item in _row(*block, what)]
    if len({item.meeting for item in items if item.meeting}) < 2:
        return None
    return WorkProgramme(title, tuple(items), table.origin)


def _title_above(table: Table, document: Document) -> str:
    if _TITLE.fullmatch(table.caption):
        return table.caption
    above = [b for b in document.blocks if b.origin.order < table.origin.order and b.table is None]
    near = [b.text for b in reversed(above[-8:]) if len(b.text) <= 140]
    return next((text for text in near if _TITLE.fullmatch(text)), "")


def _filled(rows: Sequence[Block], when: int) -> Iterator[tuple[Block, str]]:
    """Yield the rows with their meeting, which a free cell takes from the row above."""
    meeting = ""
    for row in rows:
        said = next((" ".join(c.text.split()) for c in row.cells if c.column == when), "")
        meeting = said or meeting
        yield row, meeting


def _row(row: Block, meeting: str, what: int) -> Iterator[ProgrammeItem]:
    cell = next((c for c in row.cells if c.column == what), None)
    is_potential = bool(_POTENTIAL.fullmatch(meeting[:200]))
    if cell is None or not (month_of(meeting) or is_potential):
        return
    # Paragraphs are items of their own, printed lines only where they have bullets.
    apart = "\n" in cell.text
    starts = [m.end() for m in re.finditer("\n", cell.text)] if apart else []
    begins = [0, *(starts if apart else (offset for offset, _origin in cell.marks[1:]))]
    ends = [*begins[1:], len(cell.text)]
    lines = [
        (cell.text[begin:end].strip(), cell.at(begin))
        for begin, end in zip(begins, ends, strict=True)
        if cell.text[begin:end].strip()
    ]
    bullets = any(_BULLET.match(line) for line, _origin in lines)
    gathered: list[tuple[str, list[str], Origin]] = []
    for line, origin in lines:
        if not gathered or (_BULLET.match(line) if bullets else apart):
            gathered.append(("" if is_potential else meeting, [_bare(line)], origin))
        else:
            gathered[-1][1].append(line)
    yield from _made(gathered)
