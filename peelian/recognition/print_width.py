"""How wide a text prints: told by the widths of letters, which are much alike in most typefaces.

A line of a cell breaks where the next word would not have fitted. Counted in letters that place
differs from line to line (`illicit` is half as wide as `MMMMMMM`); counted in widths it hardly
does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

_BY_WIDTH = {
    0.4: "'|`’‘ijl",
    0.55: "!.,:;/\\[]tfI \xa0",
    0.66: '()-r"“”{}*°•·',
    1.0: "cksvxyzJ",
    1.22: "FLTZ&~+<>=",
    1.33: "ABEKPSVXY",
    1.44: "CDHNRUw",
    1.55: "GOQ",
    1.66: "mM",
    1.85: "W%@",
}
_USUAL = 1.11


class _Widths(dict[str, float]):
    """The widths of letters; a letter that is not among them is a middling one, and not kept."""

    def __missing__(self, letter: str) -> float:
        return _USUAL


_WIDTHS = _Widths((letter, width) for width, letters in _BY_WIDTH.items() for letter in letters)
Measure = Callable[[str], float]


@lru_cache(maxsize=32_768)
def printed_width(text: str) -> float:
    """Return about how many middling letters wide a text is."""
    return sum(map(_WIDTHS.__getitem__, text))


def measure_for(runs: Iterable[Sequence[str]]) -> Measure:
    """Return the measure by which the lines of cells break where they must: widths, or letters.

    `runs` are lines that stand together.
    """
    agreeing: dict[Measure, int] = {printed_width: 0, _letters: 0}
    for run in runs:
        if len(run) < 4:
            continue
        for measure in agreeing:
            agreeing[measure] += _breaks_evenly(run, measure)
    return max(agreeing, key=lambda measure: agreeing[measure])


def _letters(text: str) -> float:
    return float(len(text))


def _breaks_evenly(run: Sequence[str], measure: Measure) -> bool:
    """Return whether one width explains all breaks: no line wider, none with room to spare."""
    lines = [line.strip() for line in run]
    widest = max(measure(line) for line in lines)
    room = min(measure(f"{line} {after.split(' ', 1)[0]}") for line, after in pairwise(lines))
    return room >= widest
