"""Actions that stand in a table: a column says what, others who, by when and under which item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from peelian.expressions import expression
from peelian.intake.document import Block, Cell
from peelian.recognition.action_points import Undertaking, due_in, labelled
from peelian.recognition.parties import Meeting, expanded, opening_owner
from peelian.recognition.printed import PrintedLine
from peelian.recognition.undertakings import undertakings

_COLUMNS = {
    "action": expression(
        r"\s*(?:agreed\s+)?actions?(?:\s+(?:points?|required|agreed|arising|to\s+be\s+taken|description))?\W*$",
        re.I,
    ),
    "owner": expression(
        r"\s*(?:action\s+)?(?:owner|lead|who|by\s+whom|responsib\w+|assigned(?:\s+to)?|action\s+(?:by|owner|lead)|(?:lead|responsible)\s+(?:officer|person))\W*$",
        re.I,
    ),
    "due": expression(
        r"\s*(?:by\s+when|due(?:\s+(?:date|by))?|deadline|when|target(?:\s+date)?|time\s?scales?|complet\w+\s+(?:date|by)|date\s+(?:due|required)|date\s+for\s+completion)\W*$",
        re.I,
    ),
    "ref": expression(
        r"\s*(?:(?:minute|action|item|agenda\s+item|ref\w*)?\s*(?:no\.?|number|ref\w*|#)|item|minute|agenda\s+item|ref\w*)\W*$",
        re.I,
    ),
    "talk": expression(
        r"\s*(?:discussion|details?|notes?|minutes?|item\s+and\s+discussion|summary|key\s+points|decision)\b.{0,30}$",
        re.I,
    ),
    "log": expression(
        r"\s*(?:meeting(?:\s+date)?|date\s+(?:raised|of\s+meeting|agreed|opened)|status|progress|updates?|outcome|(?:current\s+)?position|state|where\s+it\s+stands|response|result|what\s+(?:was|has\s+been)\s+done|open\s*/\s*closed|raised\s+(?:at|by|on))\b.{0,20}$",
        re.I,
    ),
}
_OVERSEEN = expression(r"\s*(?:oversight|overseen|governance|watched\s+by|reports\s+to)\b", re.I)
_STANDS = expression(
    r"\s*(?:(?:current\s+)?position|progress|updates?|outcome|state|where\s+it\s+stands|response|"
    r"result|status|what\s+(?:was|has\s+been)\s+done)\b.{0,20}$",
    re.I,
)
_SETTLED = expression(
    r"\s*(?:action\s+)?(?:closed?|complete[d]?|discharged|done|finished|withdrawn|superseded)\b",
    re.I,
)
_ONLY_NAMES = expression(r"[A-Z][\w.’'&/, -]{1,60}")


def _columns(head: Block) -> dict[str, int]:
    """Return which column is which, by its heading; the first of each."""
    found: dict[str, int] = {}
    for cell in head.cells:
        for name, pattern in _COLUMNS.items():
            if name not in found and pattern.match(cell.text[:60]):
                found[name] = cell.column
                break
    return found


def is_action_head(row: Block) -> bool:
    """Return whether a row is the head of a table of actions with those who owe them."""
    columns = _columns(row)
    if any(_OVERSEEN.match(cell.text[:60]) for cell in row.cells):
        return False  # a plan's
    return "action" in columns and ("owner" in columns or "due" in columns or "talk" in columns)


def is_log_head(row: Block) -> bool:
    """Return whether such a head also says where each action comes from."""
    columns = _columns(row)
    return is_action_head(row) and ("log" in columns or "talk" in columns)


def _stands(head: Block) -> int | None:
    """Return the column that says how each action stands, None where none does."""
    return next((c.column for c in head.cells if _STANDS.match(c.text[:60])), None)


def says_what_became(head: Block, rows: Sequence[Block]) -> bool:
    """Return whether a table of actions says of most of them how they stand."""
    column = _stands(head)
    held = [cell for row in rows for cell in row.cells if cell.column == column]
    said = [cell for cell in held if len(cell.text.split()) > 1]
    return column is not None and 2 * len(said) > len(rows)


def minuted_rows(lines: Sequence[PrintedLine]) -> list[tuple[str, str, list[PrintedLine]]]:
    """Return number, title and lines of each item where a table holds the minutes, item by item."""
    found: list[tuple[str, str, list[PrintedLine]]] = []
    head: PrintedLine | None = None
    columns: dict[str, int] = {}
    for line in lines:
        if is_action_head(line.block):
            head, columns = line, _columns(line.block)
        elif head and line.block.table == head.block.table and {"ref", "talk"} <= set(columns):
            cells = {cell.column: " ".join(cell.text.split()) for cell in line.block.cells}
            ref, talk = cells.get(columns["ref"], ""), cells.get(columns["talk"], "")
            number, title = _numbered(ref, talk)
            if number or title:
                found.append((number, title, [head, line]))
            elif found:
                found[-1][2].append(line)
    return found


def _numbered(ref: str, talk: str) -> tuple[str, str]:
    """Return an item's number and title, from the first cell or the first words of the second."""
    match = re.match(r"(\d{1,4}(?:\.\d+)?)?[.)]?\s*(.*)", ref)
    number, title = (match[1] or "", match[2]) if match else ("", ref)
    if not title and (first := re.match(r"[^.:;–]{3,80}(?=[.:;–]|$)", talk)):
        title = first[0].strip()
    return number, title[:160]


def table_undertakings(
    lines: Sequence[PrintedLine], number: str, meeting: Meeting
) -> list[Undertaking]:
    """Return what the rows among the lines of minutes say is to be done, in order."""
    found: list[Undertaking] = []
    columns: dict[str, int] = {}
    table = stands = None
    for line in lines:
        row = line.block
        if is_action_head(row):
            columns, table, stands = _columns(row), row.table, _stands(row)
            continue
        cells = {cell.column: cell for cell in row.cells}
        if columns and row.table == table:
            state = cells.get(stands) if stands is not None else None
            settled = bool(state and _SETTLED.match(state.text))
            found += [
                replace(one, settled=settled) for one in _in_row(cells, columns, number, meeting)
            ]
        else:
            for cell in row.cells:
                found += undertakings([cell], number, meeting)
    return found


def _in_row(
    cells: dict[int, Cell], columns: dict[str, int], number: str, meeting: Meeting
) -> list[Undertaking]:
    def cell(name: str) -> Cell | None:
        found = cells.get(columns[name]) if name in columns else None
        return found if found and found.text.strip() else None

    action, owner, talk = cell("action"), cell("owner"), cell("talk")
    ref, due = cell("ref"), cell("due")
    minute = " ".join(ref.text.split())[:60] if ref else number
    if action is None:
        return undertakings([talk], minute, meeting) if talk else []
    text = " ".join(action.text.split())
    if re.fullmatch(r"(?:none|n/?a|no\s+actions?|noted|[-–.])\W*", text, re.IGNORECASE):
        return undertakings([talk], minute, meeting) if talk else []
    if talk and (
        text in meeting.initials or (len(text.split()) <= 3 and _ONLY_NAMES.fullmatch(text))
    ):
        return labelled(talk, text, minute, meeting)
    named, rest = opening_owner(text, meeting)
    by = expanded(owner.text, meeting) if owner else named
    when = due_in(due.text, meeting, alone=True) if due else due_in(text, meeting)
    said = rest if named in ("", by) or not owner else text
    return [
        Undertaking(
            text=said[:1].upper() + said[1:],
            owner=" ".join(by.split()),
            owed_to=meeting.body,
            minute=minute,
            origin=action.origin,
            quotation=text,
            due=when,
            agreed=True,
        )
    ]
