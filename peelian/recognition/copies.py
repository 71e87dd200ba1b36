"""Runs of words that stand in a text more than once: found in one pass, by their beginnings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import Passage

_WORD = expression(r"[^\W_]+(?:['’][^\W_]+)*")
BEGINNING = 8  # words that must agree before two runs are compared
_SLACK = 3  # words that may differ at a time
_AGAIN = 5  # words that must agree again after them


@dataclass(frozen=True)
class Word:
    """A word in small letters, and where it stands: of which passage, at which offset."""

    word: str
    passage: int
    offset: int


@dataclass(frozen=True)
class Copy:
    """Two runs of words that are nearly the same: where each begins and ends, and what agrees.

    `is_renumbered` where one number is all that differs.
    """

    first: int
    first_end: int
    second: int
    second_end: int
    agreeing: int
    is_renumbered: bool = False

    @property
    def likeness(self) -> float:
        """Return which share of the longer run agrees, from 0 to 1."""
        return self.agreeing / max(self.first_end - self.first, self.second_end - self.second)


def words(passages: Sequence[Passage]) -> list[Word]:
    """Return the words of passages, in order."""
    return [
        Word(match[0].casefold(), number, match.start())
        for number, passage in enumerate(passages)
        for match in _WORD.finditer(passage.text)
    ]


def copies(stream: Sequence[Word], shortest: int) -> list[Copy]:
    """Return the runs of at least so many words that stand again, each with the first like it.

    A few words may differ, or one number: a paragraph told again with new figures is no copy.
    """
    plain = [one.word for one in stream]
    seen: dict[tuple[str, ...], int] = {}
    made: list[Copy] = []
    place = 0
    while place + BEGINNING <= len(plain):
        key = tuple(plain[place : place + BEGINNING])
        before = seen.setdefault(key, place)
        if before + BEGINNING > place:
            place += 1
            continue
        copy = _extended(plain, before, place)
        if copy.agreeing < shortest:
            place += 1
            continue
        made.append(copy)
        for inner in range(place, copy.second_end - BEGINNING):
            seen.setdefault(tuple(plain[inner : inner + BEGINNING]), inner)
        place = copy.second_end
    return made


def _extended(plain: list[str], first: int, second: int) -> Copy:
    """Return the copy that begins at two places, as far as it goes; the runs do not overlap.

    Of a run in which more differs than one number, what stands before that number.
    """
    one, other, agreeing, apart = first, second, 0, 0
    copy = before = Copy(first, first, second, second, 0)
    while one < second and other < len(plain):
        if plain[one] == plain[other]:
            one, other, agreeing = one + 1, other + 1, agreeing + 1
            copy = Copy(first, one, second, other, agreeing, before.agreeing > 0)
            continue
        step = _realigned(plain, one, other)
        apart += 1
        if step is None and apart == 1 and _renumbered(plain, one, other):
            before, step = copy, (1, 1)
        if step is None:
            break
        one, other = one + step[0], other + step[1]
    return before if before.agreeing and apart > 1 else copy


def _renumbered(plain: list[str], one: int, other: int) -> bool:
    """Return whether two numbers stand where runs differ, which go on alike after them."""
    again = plain[one + 1 : one + 1 + _AGAIN]
    both = plain[one][0].isdigit() and plain[other][0].isdigit()
    return both and len(again) == _AGAIN and again == plain[other + 1 : other + 1 + _AGAIN]


def _realigned(plain: list[str], one: int, other: int) -> tuple[int, int] | None:
    """Return how many words to leave out on either side so that the runs agree again."""
    for left_out in range(1, 2 * _SLACK + 1):
        for here in range(max(0, left_out - _SLACK), min(left_out, _SLACK) + 1):
            there = left_out - here
            skipped = plain[one : one + here] + plain[other : other + there]
            if any(word[0].isdigit() for word in skipped):
                continue
            again = plain[one + here : one + here + _AGAIN]
            if len(again) == _AGAIN and again == plain[other + there : other + there + _AGAIN]:
                return here, there
    return None
