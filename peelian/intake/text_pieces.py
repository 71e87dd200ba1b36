"""A line of text in pieces: what gaps, tabulators or upright strokes part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from peelian.expressions import expression

LONGEST = 400  # characters of a line that can be one of a table


class Manner(StrEnum):
    """How the cells of a line are parted."""

    SPACES = "spaces"
    TABS = "tabs"
    STROKES = "strokes"
    SLASHES = "slashes"


@dataclass(frozen=True)
class Piece:
    """What stands in a line from `start` up to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Parted:
    """A line in pieces. Where tabulators or strokes part it, empty ones count."""

    manner: Manner
    pieces: tuple[Piece, ...]

    @property
    def filled(self) -> tuple[Piece, ...]:
        """Return the pieces that hold something."""
        return tuple(piece for piece in self.pieces if piece.text)

    @property
    def is_close(self) -> bool:
        """Return whether gaps are no wider than they must be, so that no column is set by them."""
        return all(b.start - a.end <= 2 for a, b in pairwise(self.pieces))


_PIECE = expression(r"[^\s\xa0]+(?:[ \xa0][^\s\xa0]+)*")
_RULE = expression(r"[\s|+:=_–—-]*[|+=_–—-]{2}[\s|+:=_–—-]*")
_LEADERS = expression(
    r"\.{4,}|(?:\. ){3}|…{2}|_{4,}",
    needs="....|. . . |……|____",
)
_TITLED = expression(
    r"(?:table|tabl|figure|chart|appendix|annex|atodiad|section|part|chapter|schedule|aim|"
    r"objective|priority|theme|item|outcome|goal|commitment)\s+[\w.]{1,6}[.:]?",
    re.IGNORECASE,
)


def parted(text: str) -> Parted | None:
    """Return a line in at least two pieces, None for one that is whole, listed or a title."""
    if len(text) > LONGEST or _LEADERS.search(text):
        return None
    bare = text.strip()
    if "|" in bare:
        return _by_strokes(text)
    if bare.count(" / ") > 1:
        return Parted(Manner.SLASHES, tuple(split_at(text, " / ")))
    if "\t" in bare:
        return _by_tabs(text)
    pieces = tuple(Piece(m.start(), m.end(), m[0]) for m in _PIECE.finditer(text))
    if len(pieces) < 2 or (len(pieces) == 2 and _TITLED.fullmatch(pieces[0].text)):
        return None
    return Parted(Manner.SPACES, pieces)


def is_rule(text: str) -> bool:
    """Return whether a line is drawn, not written: `+----+----+`, `|---|:--|`."""
    return len(text) <= LONGEST and bool(_RULE.fullmatch(text))


def alone(text: str) -> Piece:
    """Return what stands in a line as one piece."""
    bare = text.strip()
    start = len(text) - len(text.lstrip())
    return Piece(start, start + len(bare), bare)


def _by_strokes(text: str) -> Parted | None:
    cells = split_at(text, "|")
    if text.strip()[:1] == "|":
        cells = cells[1:]
    if text.strip()[-1:] == "|":
        cells = cells[:-1]
    return Parted(Manner.STROKES, tuple(cells)) if len(cells) > 1 else None


def _by_tabs(text: str) -> Parted | None:
    cells = split_at(text.rstrip(), "\t")
    return Parted(Manner.TABS, tuple(cells)) if len(cells) > 1 else None


def split_at(text: str, mark: str) -> list[Piece]:
    """Return what a mark parts in a line."""
    made = []
    at = 0
    for cell in text.split(mark):
        made.append(Piece(at, at + len(cell), " ".join(cell.split())))
        at += len(cell) + len(mark)
    return made
