"""Words against what they stand on: which cannot be seen, which are too faint."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from peelian.intake.document import Faint, Note, NoteKind, Origin
from peelian.intake.pdf_drawing import Drawing
from peelian.intake.pdf_words import Colour, Word

PLAIN, LARGE = 4.5, 3.0  # WCAG 2.2, 1.4.3
UNSEEN = 1.05
MOST_GROUNDS = 500
PAPER: Colour = (255, 255, 255)


@lru_cache(maxsize=4096)
def contrast(one: Colour, other: Colour) -> float:
    """Return the ratio of WCAG 2.2 between two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    linear = [
        c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4
        for c in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def least(word: Word) -> float:
    """Return the ratio that a word of this size must have."""
    return LARGE if word.size >= 18 or (word.bold and word.size >= 14) else PLAIN


def unseen_and_faint(
    here: Origin, words: Sequence[Word], drawn: Drawing
) -> tuple[list[Word], list[Note], list[Faint]]:
    """Return the words that a reader sees, a note of the others, and those that are too faint.

    Words in no ink are kept where a picture lies on the page: they are what it says, as recognised.
    """
    seen: list[Word] = []
    hidden: list[str] = []
    pale: list[tuple[Word, float]] = []
    for word in words:
        ratio = _ratio(word, drawn)
        if (word.unseen and not drawn.pictures) or (ratio is not None and ratio < UNSEEN):
            hidden.append(word.text)
            continue
        seen.append(word)
        if ratio is not None and ratio < least(word):
            pale.append((word, ratio))
    notes = []
    if hidden:
        text = " ".join(hidden)
        notes.append(Note(NoteKind.HIDDEN, text if len(text) < 200 else f"{text[:199]}…", here))
    return seen, notes, _runs(here, pale)


def _ratio(word: Word, drawn: Drawing) -> float | None:
    """Return how a word stands out; None where its ink or its ground has no one colour."""
    if word.colour is None or word.unseen or not any(c.isalnum() for c in word.text):
        return None
    ground: Colour | None = PAPER
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    for laid in drawn.grounds[:MOST_GROUNDS]:
        if laid.depth < word.depth and laid.box.holds(x, y):
            ground = laid.colour
    if ground is None or len(drawn.grounds) > MOST_GROUNDS:
        return None
    return contrast(word.colour, ground)


def _runs(here: Origin, pale: list[tuple[Word, float]]) -> list[Faint]:
    """Return neighbouring faint words of one ratio as one."""
    made: list[Faint] = []
    base = 0.0
    for word, ratio in pale:
        last = made[-1] if made else None
        if last and abs(last.ratio - ratio) < 0.01 and abs(word.base - base) < 3 * word.size:
            if len(last.text) < 120:
                made[-1] = Faint(f"{last.text} {word.text}", last.ratio, here)
        else:
            made.append(Faint(word.text, round(ratio, 2), here))
        base = word.base
    return made
