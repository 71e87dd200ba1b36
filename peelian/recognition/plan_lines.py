"""Delivery plans in text whose tables were flattened into lines, as a PDF gives them.

The line of column headings says which columns there are. `flattened` finds the column of every
line; here references are told from other numbers, and the pieces put together into rows. A
commitment's own cell may be printed anywhere among its rows, so a row belongs where its reference
says, else to the commitment that stands open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from peelian.expressions import expression
from peelian.intake.document import Line
from peelian.recognition.columns import (
    ACTIVITY,
    COMMITMENT,
    DUE,
    OBJECTIVE,
    OVERSIGHT,
    PLAN,
    REFERENCE,
    STATUS,
    UPDATE,
    is_plan,
    settled,
)
from peelian.recognition.flattened import labelled
from peelian.recognition.flattened_table import Column, Move, Piece, Printed
from peelian.recognition.oversight import looks_like_oversight
from peelian.recognition.plan_drafts import (
    ActivityDraft,
    CommitmentDraft,
    PlanDraft,
    components,
    printed_reference,
)
from peelian.recognition.plan_heads import Region, begins_page, heads, is_furniture, regions
from peelian.recognition.status import status_of

_REFER = expression(r"\s*(?:please\s+)?(?:refer\s+to|see)\s+[A-Z(]?\.?\d", re.IGNORECASE)
_ASKING = expression(
    r"(?:\b(?:refer(?:ence|s|red)?|see|ref|to|and|with|of|activit(?:y|ies)|actions?)|[,&-])\s*$",
    re.IGNORECASE,
)
_WHOLE_NUMBER = expression(r"\s*(?P<ref>\d{1,3})\.?(?:\s+(?=[A-Z•])|\s*$)")
_MOST_LINES = 12_000
_KINDS_OF_BODY = {"board", "group", "panel", "committee", "forum", "monitoring", "meeting"}
_PARTS_OF_STATUS = {"on", "off", "at", "in", "track", "risk", "hold", "not", "started", "progress"}
_WORDS = expression(r"[A-Za-z]+")
_DATE = expression(
    r"\(?(?:\d{1,2}\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[1-4]\b|\d{1,2}/|ongoing|20\d\d)",
    re.IGNORECASE,
)


def line_plans(lines: Sequence[Line]) -> list[PlanDraft]:
    """Return the plans that lines of text hold; none where no line holds a plan's headings."""
    found = heads(lines, PLAN, is_plan)
    made: list[PlanDraft] = []
    together: list[Region] = []
    read = 0
    for region in regions(lines, found):
        read += region.end - region.start
        if read > _MOST_LINES:
            break
        if together and _roles(region) != _roles(together[0]):
            made += _plan(lines, together)
            together = []
        together.append(region)
    return [*made, *_plan(lines, together)] if together else made


def _roles(region: Region) -> list[str]:
    return [h.role for h in region.head.headings]


def _plan(lines: Sequence[Line], found: Sequence[Region]) -> list[PlanDraft]:
    """Return the plan in regions with the same columns; none where it holds no row."""
    roles = [h.role for h in settled(found[0].head.headings) if h.role != REFERENCE]
    openers = _openers(lines, found, roles)
    printed = [one for region in found for one in _printed(lines, region, openers)]
    spanning = roles.index(COMMITMENT) if COMMITMENT in roles and ACTIVITY in roles else None
    above = found[0].above
    title = above[0].text.strip() if len(above) > 2 else ""
    draft = PlanDraft(title, lines[found[0].head.start].origin)
    rows = _Rows(draft, roles, openers)
    headed = {region.start: region.above for region in found}
    headed[found[0].start] = above[1:] if title else above
    starts = sorted(headed)
    for piece in labelled(printed, [_COLUMNS[role] for role in roles], spanning):
        while starts and starts[0] <= piece.number:
            rows.headed([line.text.strip() for line in headed[starts.pop(0)]])
        rows.take(piece)
    rows.close()
    draft.commitments = [c for c in draft.commitments if c.text or c.activities]
    return [draft] if any(c.activities for c in draft.commitments) else []


def _printed(lines: Sequence[Line], region: Region, openers: dict[int, _Opener]) -> list[Printed]:
    """Return a region's lines as the model reads them, without what a page prints around them."""
    made: list[Printed] = []
    blank, page = False, False
    for at in range(region.start, region.end):
        text = lines[at].text
        if is_furniture(lines, at):
            page = True
            continue
        page = page or begins_page(lines, at)
        if not text.strip():
            blank = True
            continue
        opener = openers.get(at)
        said = text[opener.offset :] if opener else text.lstrip()
        opens = opener.column if opener else None
        fresh = blank or not made
        made.append(Printed(at, said, lines[at].origin, fresh, _ahead(lines, at), page, opens))
        blank = page = False
    return made


def _ahead(lines: Sequence[Line], at: int) -> str:
    """Return what stands with a line below it, as far as it takes to tell what it is."""
    made = []
    for line in lines[at + 1 : at + 4]:
        if not line.text.strip() or printed_reference(line.text):
            break
        made.append(line.text.strip())
    return " ".join(made)


@dataclass(frozen=True)
class _Opener:
    """A reference that opens a row: as printed, its column, where the text after it begins."""

    reference: str
    column: int
    offset: int


def _openers(
    lines: Sequence[Line], found: Sequence[Region], roles: Sequence[str]
) -> dict[int, _Opener]:
    """Return the references at the beginning of lines that open rows, by line.

    With columns for commitments and for activities, the shortest references are the commitments'.
    """
    seen = _references(lines, found)
    both = COMMITMENT in roles and ACTIVITY in roles
    first = roles.index(COMMITMENT if COMMITMENT in roles else ACTIVITY)
    depths = [len(components(ref)) for ref, bracketed, _o in seen.values() if not bracketed]
    counted = Counter(depths)
    shallow = min((d for d, n in counted.items() if n > 1), default=0)
    made: dict[int, _Opener] = {}
    families: dict[str, set[tuple[str, ...]]] = {}
    for reference, _bracketed, _offset in seen.values():
        families.setdefault(components(reference)[0], set()).add(components(reference))
    known: set[tuple[str, ...]] = set()
    series = ""
    for at, (reference, bracketed, offset) in seen.items():
        parts = components(reference)
        repeats = parts in known and parts[0] != series
        # `Q2` is no reference where there is no Q1 nor Q3.
        single = len(parts) > 1 and len(families[parts[0]]) == 1 and len(families) > 1
        alone = single and parts[-1] != "1"
        if repeats or alone or len(parts) < shallow:
            continue
        deep = both and (bracketed or len(parts) > shallow)
        column = roles.index(ACTIVITY) if deep else first
        # In brackets it stands in the cell itself, and its width counts.
        made[at] = _Opener(reference, column, 0 if bracketed else offset)
        series = parts[0]
        known.add(parts)
    return made


def _references(lines: Sequence[Line], found: Sequence[Region]) -> dict[int, tuple[str, bool, int]]:
    """Return the references that lines begin with, unless the line before asks for one."""
    seen: dict[int, tuple[str, bool, int]] = {}
    whole: dict[int, tuple[str, bool, int]] = {}
    for region in found:
        before = ""
        for at in range(region.start, region.end):
            text = lines[at].text
            if not text.strip():
                before = ""
                continue
            if (found_here := printed_reference(text)) and not _ASKING.search(before):
                seen[at] = found_here
            elif match := _WHOLE_NUMBER.match(text):
                whole[at] = (match["ref"], False, match.end())
            before = text
    return seen if len(seen) > 2 else _counting(whole)


def _counting(whole: dict[int, tuple[str, bool, int]]) -> dict[int, tuple[str, bool, int]]:
    """Return the numbers that count on from one another; none where they do not."""
    made: dict[int, tuple[str, bool, int]] = {}
    expected = 0
    for at, found in whole.items():
        number = int(found[0])
        if number == expected + 1 or (not made and number):
            made[at] = found
            expected = number
    return made if len(made) > 1 else {}


class _Rows:
    """Pieces put together into a plan's commitments and rows, one after another."""

    def __init__(self, draft: PlanDraft, roles: Sequence[str], openers: dict[int, _Opener]) -> None:
        self.draft = draft
        self.roles = roles
        self.openers = openers
        self.objective = self.part = ""
        self.parts: set[str] = set()
        self.commitment: CommitmentDraft | None = None
        self.activity: ActivityDraft | None = None
        self.waiting: list[Piece] = []

    def headed(self, headings: Sequence[str]) -> None:
        """Take the headings above a table: the objective and the part of it, or one of them."""
        if len(headings) > 1:
            self.objective, self.part = headings[-2], headings[-1]
            self.parts.add(_bare(self.part))
        elif headings:
            is_part = _bare(headings[0]) in self.parts or headings[0].endswith(":")
            if is_part or headings[0].casefold().startswith("part "):
                self.part = headings[0]
            else:
                self.objective, self.part = headings[0], ""
        if headings:
            self._release()
            self.commitment = self.activity = None

    def take(self, piece: Piece) -> None:
        """Take the next piece."""
        role = self.roles[piece.column]
        opener = self.openers.get(piece.number)
        opener = opener if opener and opener.column == piece.column else None
        if role == OBJECTIVE:
            if piece.move == Move.SAME and self.commitment is None:
                self.objective = f"{self.objective} {piece.text.strip()}"
            else:
                self.objective, self.commitment, self.activity = piece.text.strip(), None, None
        elif role == COMMITMENT:
            self._commitment(piece, opener)
        else:
            self._cell(piece, role, opener)

    def close(self) -> None:
        """Say that no more pieces come."""
        self._release()

    def _commitment(self, piece: Piece, opener: _Opener | None) -> None:
        if opener:
            self._release()
            self.commitment = self._open(opener.reference, piece)
            if not self.commitment.activities:
                self.activity = None
            self._add(piece)
        elif piece.move in (Move.SAME, Move.PAGE, Move.NEXT) and not self.waiting:
            self._add(piece)
        elif piece.move == Move.ROW and not self.openers:
            self.commitment, self.activity = self._open("", piece, new=True), None
            self._add(piece)
        else:
            self.waiting.append(piece)

    def _add(self, piece: Piece) -> None:
        if self.commitment is None:
            self.commitment, self.activity = self._open("", piece, new=True), None
        self.commitment.lines.append(Line(piece.text, piece.origin))

    def _release(self) -> None:
        """Give the words of a commitment that waited for the row after them to it that is open."""
        waiting, self.waiting = self.waiting, []
        for piece in waiting:
            self._add(piece)

    def _open(self, reference: str, piece: Piece, new: bool = False) -> CommitmentDraft:
        known = None if new else self.draft.named(reference)
        if known:
            known.reference = reference
            return known
        made = CommitmentDraft(reference, self.objective, self.part, piece.origin)
        self.draft.commitments.append(made)
        return made

    def _cell(self, piece: Piece, role: str, opener: _Opener | None) -> None:
        text = piece.text
        reference = opener.reference if opener else ""
        opens = bool(opener or piece.move == Move.ROW or self.activity is None)
        inside = printed_reference(text) if opens and role == ACTIVITY else None
        if inside and inside[1]:
            reference, text = inside[0], text[inside[2] :]
        if opens:
            self._row(reference, piece)
        if self.activity is not None:
            self.activity.add(role, Line(text, piece.origin))

    def _row(self, reference: str, piece: Piece) -> None:
        """Open a row, of the commitment that its reference names, else of the one that is open."""
        parent = self._parent(reference, piece) if COMMITMENT in self.roles else None
        if parent is not None:
            self.commitment = parent
        self._release()
        if self.commitment is None:
            self.commitment = self._open("", piece, new=True)
        self.activity = ActivityDraft(reference, piece.origin)
        self.commitment.activities.append(self.activity)

    def _parent(self, reference: str, piece: Piece) -> CommitmentDraft | None:
        parts = components(reference)
        if len(parts) < 2:
            return None
        above = self.draft.named(_joined(parts[:-1]))
        if above and any(components(a.reference) == parts for a in above.activities):
            return None  # printed twice: the second stands where it is printed
        if above is None and self.commitment and components(self.commitment.reference) == parts[:1]:
            return self.commitment
        return above or self._open(_joined(parts[:-1]), piece)


def _joined(parts: Sequence[str]) -> str:
    text = ".".join(parts)
    return re.sub(r"^([A-Z]+)\.", r"\1", text)


def _bare(heading: str) -> str:
    return re.sub(r"^part\s+\w+\s*:?\s*", "", heading.casefold()).strip(" :")


def _likes_reference(text: str, _ahead: str) -> float:
    found = printed_reference(text)
    if found and found[1]:
        return 2.0
    return 0.6 if re.match(r"\(*\d", text) else 0.0


# The model asks of a piece whether it is an update, a body, a status, under several guesses.
_status_of = lru_cache(4_000)(status_of)


def _likes_update(text: str, ahead: str) -> float:
    if _REFER.match(text):
        return 2.5
    found = _status_of(text[:200])
    if not found or found[2] > 2:
        return -0.8 if looks_like_oversight(f"{text} {ahead}") > 0.6 else 0.0
    return 2.5 if len(found[1]) >= len(text) - 2 else 1.2


def _likes_oversight(text: str, ahead: str) -> float:
    said = f"{text} {ahead}".strip()
    if _REFER.match(text) or _status_of(text[:200]):
        return -2.0
    words = _WORDS.findall(said[:110])
    short = sum(word.isupper() and len(word) > 1 for word in words)
    like = looks_like_oversight(said) + 0.5 * short / max(len(words), 1)
    if len(said) >= 110 or not words:
        return -1.5
    # `Crime Board` rather than `Board`: a name hardly begins with what it ends in.
    bare = 1.5 if words[0].casefold() in _KINDS_OF_BODY else 0.0
    return (1.4 + 0.4 * like if like >= 0.2 else 4 * like - 0.8) - bare


def _likes_status(text: str, _ahead: str) -> float:
    found = _status_of(text)
    if text.casefold() in _PARTS_OF_STATUS:
        return 0.0
    return 3.0 if found and len(found[1]) >= len(text) - 2 else -2.0


def _likes_due(text: str, _ahead: str) -> float:
    return 2.5 if _DATE.match(text) and len(text) < 30 else -2.0


def _neutral(_text: str, _ahead: str) -> float:
    return 0.0


_COLUMNS = {
    OBJECTIVE: Column(OBJECTIVE, False, _neutral, 0.3, 0.0, 2.0),
    COMMITMENT: Column(COMMITMENT, False, _neutral, 1.0, 0.0, 2.0),
    ACTIVITY: Column(ACTIVITY, True, _likes_reference, 1.5, 1.0, 1.0),
    UPDATE: Column(UPDATE, True, _likes_update, 2.5, 2.5, 0.6),
    OVERSIGHT: Column(OVERSIGHT, False, _likes_oversight, 0.7, 0.7, 1.2),
    STATUS: Column(STATUS, False, _likes_status, 1.0, 1.0, 4.0, single=True),
    DUE: Column(DUE, False, _likes_due, 0.7, 0.7, 4.0, single=True),
}
