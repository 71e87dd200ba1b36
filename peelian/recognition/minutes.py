"""Minutes of a meeting: who was there, what was said under each number, who owes whom what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from peelian.expressions import expression
from peelian.intake.document import Document, Origin
from peelian.recognition.action_points import Undertaking, is_action_line
from peelian.recognition.action_tables import minuted_rows, table_undertakings
from peelian.recognition.attendance import Attendee, attendance, is_label
from peelian.recognition.minute_extent import Extent, extents_of, whole
from peelian.recognition.minute_titles import Heading, minute_headings
from peelian.recognition.parties import Meeting
from peelian.recognition.printed import ENDS_SENTENCE, PrintedLine, paragraph, printed_lines, run_on
from peelian.recognition.undertakings import undertakings, without_repeats

__all__ = ["Attendee", "Minute", "Minutes", "Undertaking", "as_minutes", "minutes"]

_STARTS = expression(
    r"\(?(?:\d{1,3}(?:\.\d{1,2})?|[a-h]|[ivx]{1,4})[.)]\s|\d{1,2}\.\d{1,2}\s|"
    r"(?:It was )?(?:RESOLVED|AGREED|Resolved|Agreed)\b"
)


@dataclass(frozen=True)
class Minute:
    """One numbered minute."""

    number: str
    title: str
    text: str
    origin: Origin
    undertakings: tuple[Undertaking, ...] = ()


@dataclass(frozen=True)
class Minutes:
    """The minutes of one meeting; `last` is the order of their last line in the document."""

    body: str
    held_on: dt.date | None
    origin: Origin
    present: tuple[Attendee, ...] = ()
    apologies: tuple[Attendee, ...] = ()
    in_attendance: tuple[Attendee, ...] = ()
    items: tuple[Minute, ...] = ()
    last: int = 0

    @property
    def undertakings(self) -> list[Undertaking]:
        """Return what was undertaken, in order."""
        return [u for item in self.items for u in item.undertakings]


def minutes(document: Document) -> list[Minutes]:
    """Return the minutes in a document; of several meetings, one each."""
    lines = document.once(printed_lines)
    found = document.once(extents_of)
    return [_read(extent, lines[extent.start : extent.end]) for extent in found]


def as_minutes(document: Document) -> list[Minutes]:
    """Return the minutes in a document that is known to be such, though no title says so."""
    lines = document.once(printed_lines)
    return minutes(document) or ([_read(whole(lines), lines)] if lines else [])


def _read(extent: Extent, lines: Sequence[PrintedLine]) -> Minutes:
    present = attendance(lines)
    meeting = Meeting(extent.body, extent.held_on, present.initials)
    headings = [h for h in minute_headings(lines) if h.title != extent.body]
    items = [] if headings else _table_minutes(lines, meeting)
    if not items:
        headings = [Heading("", "", 0, 0)] if extent.is_log or not headings else headings
        ends = [heading.first for heading in headings[1:]] + [len(lines)]
        items = [_minute(h, lines, end, meeting) for h, end in zip(headings, ends, strict=True)]
    return Minutes(
        extent.body,
        extent.held_on,
        lines[0].origin,
        present.present,
        present.apologies,
        present.in_attendance,
        tuple(items),
        lines[-1].origin.order,
    )


def _table_minutes(lines: Sequence[PrintedLine], meeting: Meeting) -> list[Minute]:
    """Return the minutes that a table holds, a row for each item; none where it holds none."""
    rows = [line for line in lines if line.is_row]
    found = []
    for number, title, of in minuted_rows(rows):
        made = table_undertakings(of, number, meeting)
        text = "\n".join(line.text for line in of[1:])
        kept = tuple(without_repeats(made))
        found.append(Minute(number, title, text, of[1].origin, kept))
    return found


def _minute(heading: Heading, lines: Sequence[PrintedLine], end: int, meeting: Meeting) -> Minute:
    body = lines[heading.after : end]
    passages = run_on(paragraph(group) for group in _groups(heading, lines, end))
    found = undertakings(passages, heading.number, meeting)
    found += table_undertakings([line for line in body if line.is_row], heading.number, meeting)
    rows = [line.text for line in body if line.is_row]
    text = "\n".join([*(p.text for p in passages), *rows])
    origin = (lines[heading.first] if heading.first < len(lines) else lines[0]).origin
    return Minute(heading.number, heading.title, text, origin, tuple(without_repeats(found)))


def _groups(heading: Heading, lines: Sequence[PrintedLine], end: int) -> list[list[PrintedLine]]:
    """Return a minute's lines by paragraph: a block, or a part of one that opens an action."""
    groups: list[list[PrintedLine]] = []
    for n in range(heading.after, end):
        line = lines[n]
        if n in heading.lost:
            rest = line.text[heading.lost[n] :].strip()
            if not rest:
                continue
            line = replace(line, text=rest)
        if line.is_row:
            continue
        if line.block.number and line.nth == 0 and n not in heading.lost:
            line = replace(line, text=line.printed)
        last = groups[-1] if groups else []
        anew = not last or last[-1].block is not line.block or _opens(line, last)
        if anew:
            groups.append([line])
        else:
            last.append(line)
    return groups


def _opens(line: PrintedLine, last: Sequence[PrintedLine]) -> bool:
    """Return whether a line within a block is a paragraph of its own."""
    if is_action_line(line.text) or is_label(line.text):
        return True
    ended = bool(ENDS_SENTENCE.search(last[-1].text)) or is_action_line(last[-1].text)
    return ended and (is_action_line(last[0].text) or bool(_STARTS.match(line.text)))
