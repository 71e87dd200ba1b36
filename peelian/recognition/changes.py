"""Whether a figure is a level or a change, and whether the change is a rise or a fall."""

from __future__ import annotations

import re
from collections.abc import Sequence

from peelian.expressions import expression
from peelian.recognition.comparisons import Movement
from peelian.recognition.measures import Room
from peelian.recognition.numbers import Number

_ADDED = expression(
    r"\b(?:additional|extra|further|more|(?:uplift|increase|reduction|rise|fall|drop)\s+of|"
    r"(?:increased|rose|risen|fell|fallen|reduced|grown|grew|decreased|dropped|up|down|numbers|"
    r"levels)\s+by)\s+(?:an?\s+|the\s+)?"
    r"(?:(?:additional|further|extra|around|over|some|about)\s+)?$",
    re.IGNORECASE,
)
_ADDS = expression(r"\s+(?:\w+\s+)?(?:additional|extra|further|more|fewer|less)\b", re.IGNORECASE)
_NOT_LEVEL = expression(
    r"\b(?:to|from|at)\s+(?:(?:just|only|over|around|about|almost|nearly|approximately)\s+){0,3}$",
    re.IGNORECASE,
)
_NO_CHANGE = expression(r"[,;:()]|\b(?:of|with|an?|the|for|want|wanted|\w+ed)\b")
# A share in brackets says a change again: `an increase of £7.2m (4.6%)`.
_AGAIN = expression(
    r"\b(?:increase|rise|growth|reduction|decrease|fall|drop|cut)\s+of\s+"
    r"£?[\d.,]{1,15}\s?\w{0,12}(?:\s+\w{1,20})?\s*\($",
    re.IGNORECASE,
)
_ENDS_IN_BY = expression(r"\b(?:by|of)\s+(?:\w+\s+){0,2}$")
_CARRYING_TEXT = "by of a an just only over around about almost nearly approximately more than some"
_CARRYING = frozenset(_CARRYING_TEXT.split())
_NEAR = 60  # how far from a number the words may stand that say it is a change


def change_of(sentence: str, room: Room, number: Number, moves: Sequence[Movement]) -> str:
    """Return what kind of change a figure is, nothing where it is a level.

    It is `percentage change`, `percentage points`, `multiple` or `change`; `moves` are the words
    for a rise or a fall in the sentence.
    """
    if number.mark in ("points", "times"):
        return {"points": "percentage points", "times": "multiple"}[number.mark]
    lead = sentence[max(room.before, room.start - _NEAR) : room.start]
    if number.mark == "%":
        again = _AGAIN.search(sentence, max(room.start - _NEAR, 0), room.start)
        moved = bool(number.sign) or bool(again) or _moves(sentence, room, moves)
        return "percentage change" if moved else ""
    added = _ADDED.search(lead) or _ADDS.match(sentence, room.start + len(number.printed))
    return "change" if number.sign or added else ""


def _moves(sentence: str, room: Room, moves: Sequence[Movement]) -> bool:
    """Return whether a percentage says how far something rose or fell, and not to what level."""
    if _NOT_LEVEL.search(sentence, max(room.before, room.start - _NEAR), room.start):
        return False
    return any(_follows(sentence, room, move) or _leads(sentence, room, move) for move in moves)


def _follows(sentence: str, room: Room, move: Movement) -> bool:
    """Return whether a word for a change comes right after a number: `15% increase`, `6% lower`."""
    after = sentence[room.end : move.start]
    near = room.end <= move.start <= room.end + _NEAR
    return near and len(after.split()) <= 2 and not _NO_CHANGE.search(after)


def _leads(sentence: str, room: Room, move: Movement) -> bool:
    """Return whether a word for a change leads to a number: `increased by`, `rise in crime of`."""
    near = room.before <= move.start and room.start - 2 * _NEAR <= move.end <= room.start
    return near and _reaches(sentence[move.end : room.start])


def _reaches(between: str) -> bool:
    """Return whether the words between a rise and a number carry it there: `rise in crime of`."""
    words = between.casefold().split()
    if all(word in _CARRYING for word in words):
        return True
    ends = _ENDS_IN_BY.search(between)
    return bool(ends) and len(words) <= 12 and not re.search(r"[,;:()]", between)


def falls(sentence: str, room: Room, number: Number, moves: Sequence[Movement]) -> bool:
    """Return whether the change at a number is a fall, by its sign or the nearest word for one."""
    if number.sign:
        return number.sign == "-"
    near = [
        move
        for move in moves
        if room.before <= move.start < room.after and "," not in sentence[room.end : move.start]
    ]
    near.sort(key=lambda move: min(abs(move.start - room.end), abs(room.start - move.end)))
    return bool(near) and not near[0].is_rise
