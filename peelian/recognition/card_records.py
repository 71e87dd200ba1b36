"""One record of a plan that is printed as cards: the lines below its reference, by their labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from peelian.expressions import expression
from peelian.intake.document import Line, Origin
from peelian.intake.flow import BULLET
from peelian.recognition.body_names import is_a_body
from peelian.recognition.columns import (
    ACTIVITY,
    COMMITMENT,
    DUE,
    OBJECTIVE,
    OVERSIGHT,
    REFERENCE,
    STATUS,
    UPDATE,
)
from peelian.recognition.plan_labels import OTHER, OWNER, Labelled, labelled_parts
from peelian.recognition.plan_openers import Opener
from peelian.recognition.references import only_refers
from peelian.recognition.status_key import KeyEntry, state_of

_TITLES = (COMMITMENT, ACTIVITY, OBJECTIVE)
_SHORT = {STATUS, DUE, OWNER, OVERSIGHT, REFERENCE}
_COLUMNS = expression(r"\s{2,}|\t|\s\|\s")
_SENTENCE = expression(r"(?<=[.;])\s+(?=[A-Z])")
_IN_BRACKETS = expression(r"\s[\[(](?P<state>[A-Z]|red|amber|green|blue)[\])]\s*$", re.IGNORECASE)
_ENDS = expression(r"[.!?:;]['\"”’)]*\s*$")
_THE = expression(r"(?:the|our)\s+(?=\S)", re.IGNORECASE)
_LONGEST_STATE, _LONGEST_BODY = 4, 8
_LONGEST = 500
_WRAPS = 50  # a line this long may go on in the next


@dataclass
class Card:
    """A record: where it begins and ends, its own words, and its other cells by what they are."""

    reference: str
    kind: str
    origin: Origin
    at: int
    end: int
    lines: list[Line] = field(default_factory=list)
    cells: dict[str, list[Line]] = field(default_factory=dict)
    objective: str = ""
    above: Card | None = None

    @property
    def text(self) -> str:
        """Return its own words."""
        return " ".join(line.text for line in self.lines).strip()

    @property
    def has_labels(self) -> bool:
        """Return whether it says how it stands, and who has it in hand or what has been done."""
        beside = self.cells.keys() & {STATUS, UPDATE, OVERSIGHT, OWNER}
        return len(beside) >= 2 and bool(beside & {STATUS, UPDATE})


def card_of(
    lines: Sequence[Line],
    opened: Opener,
    at: int,
    bare: frozenset[str],
    key: Sequence[KeyEntry],
) -> Card:
    """Return the record that an opener and the lines after it make up."""
    card = Card(opened.reference, opened.kind, lines[0].origin, at, at + 1)
    reader = _Reader(card, key)
    rest = lines[0].text[opened.offset :]
    for n, line in enumerate(lines):
        text = rest if n == 0 else line.text
        if not text.strip():
            reader.blank = reader.blank or n > 0
            continue
        if not reader.takes(text, line, bare):
            break
        card.end = at + n + 1
    for role in _TITLES:
        if role in card.cells and not (role == OBJECTIVE and card.lines):
            said = card.cells.pop(role)
            if said and (not card.lines or role == COMMITMENT):
                card.lines = said
    if UPDATE not in card.cells:
        _part_title(card)
    return card


def _part_title(card: Card) -> None:
    """Take what follows the first sentence of a record without an update for its update."""
    for n, line in enumerate(card.lines):
        cut = _SENTENCE.search(line.text)
        ends = bool(_ENDS.search(line.text)) and n + 1 < len(card.lines)
        if cut or ends:
            rest = [Line(line.text[cut.end() :], line.origin)] if cut else []
            card.cells[UPDATE] = [*rest, *card.lines[n + 1 :]]
            own = line.text[: cut.start()] if cut else line.text
            card.lines = [*card.lines[:n], Line(own, line.origin)]
            return


class _Reader:
    """Fills a record line by line."""

    def __init__(self, card: Card, key: Sequence[KeyEntry]) -> None:
        self.card = card
        self.key = key
        self.role = ""
        self.blank = False
        self.last = ""
        self.labelled = False

    def takes(self, text: str, line: Line, bare: frozenset[str]) -> bool:
        """Take a line; return whether it belongs to the record."""
        bullet = BULLET.match(text)
        said = text[bullet.end() :] if bullet else text
        parts = labelled_parts(said, bare)
        led = bool(parts[0].role)
        goes_on = said[:1].islower() or text[:1].isspace() or bool(bullet)
        if self.labelled and not led and self.blank and not goes_on:
            return False
        for part in parts:
            if part.role:
                self._label(part, line)
            elif part.text:
                self._words(part.text, text, line)
        self.last, self.blank = text.rstrip(), False
        return True

    def _label(self, part: Labelled, line: Line) -> None:
        self.labelled = True
        taken = part.role in self.card.cells and part.role not in (UPDATE, STATUS)
        self.role = OTHER if taken else part.role
        if self.role != OTHER:
            self.card.cells.setdefault(self.role, [])
            text = _THE.sub("", part.text, count=1) if self.role == OVERSIGHT else part.text
            if text:
                self.card.cells[self.role].append(Line(text, line.origin))

    def _words(self, words: str, text: str, line: Line) -> None:
        """Take words without a label: they go on, or are a cell that shows by itself what it is."""
        rest = self._shown(words, line)
        if not rest:
            return
        if not self.last:
            self.card.lines.append(Line(rest, line.origin))
            return
        small = rest[:1].islower()
        if not self.role:
            title = self.card.lines and UPDATE not in self.card.cells
            below = text[:1].isspace()
            wraps = small or (
                len(self.last) >= _WRAPS and not below and not _ENDS.search(self.last)
            )
            if not self.card.lines or (title and wraps and not self.blank):
                self.card.lines.append(Line(rest, line.origin))
                return
            self.card.cells.setdefault(UPDATE, []).append(Line(rest, line.origin))
        elif self.role in _SHORT and self.card.cells.get(self.role):
            wraps = small or (len(self.last) >= _WRAPS and not _ENDS.search(self.last))
            self.role = self.role if wraps else UPDATE
            self.card.cells.setdefault(self.role, []).append(Line(rest, line.origin))
        elif self.role != OTHER:
            self.card.cells.setdefault(self.role, []).append(Line(rest, line.origin))

    def _shown(self, words: str, line: Line) -> str:
        """Take the pieces that are a state or a body and nothing else; return the other words."""
        if self.role and self.role not in _SHORT:
            return words
        if not self.role and (state := _IN_BRACKETS.search(words)):
            self._put(STATUS, state["state"], line)
            words = words[: state.start()]
        pieces = [p for p in _COLUMNS.split(words.strip()) if p]
        kept: list[str] = []
        for n, piece in enumerate(pieces):
            first = not self.last and n == 0
            beside = not self.last and n > 0
            if first or not (self._is_shown(piece, line) or (beside and self._beside(piece, line))):
                kept.append(piece)
        if len(pieces) == 1 and kept and self.last:
            sentences = _SENTENCE.split(kept[0])
            while len(sentences) > 1 and self._is_shown(sentences[-1], line):
                sentences.pop()
            kept = [" ".join(sentences)]
        return "  ".join(kept)

    def _is_shown(self, piece: str, line: Line) -> bool:
        bare = piece.strip(" .;[]()")
        count = len(bare.split())
        if STATUS not in self.card.cells and count <= _LONGEST_STATE and state_of(bare, self.key):
            self._put(STATUS, bare, line)
            return True
        named = _THE.sub("", bare, count=1)
        body = count <= _LONGEST_BODY and count > 1 and named[:1].isupper() and is_a_body(named)
        if body and OVERSIGHT not in self.card.cells:
            self._put(OVERSIGHT, named, line)
            return True
        return False

    def _beside(self, piece: str, line: Line) -> bool:
        """Take a piece beside a title: who has it in hand, or what has been done."""
        is_said = (
            only_refers(piece[:_LONGEST])
            or len(piece.split()) > _LONGEST_BODY
            or _ENDS.search(piece)
        )
        self._put(UPDATE if is_said else OWNER, piece, line)
        return True

    def _put(self, role: str, text: str, line: Line) -> None:
        self.card.cells.setdefault(role, []).append(Line(text, line.origin))
