"""From values to places in a drawing, and the numbers at its side."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """From periods and values to coordinates within `plot`: its left, right, top and bottom."""

    count: int
    bottom: float
    top: float
    plot: tuple[float, float, float, float]

    def x(self, index: float) -> float:
        """The middle of a period's share of the width."""
        left, right, _top, _bottom = self.plot
        return left + (right - left) * (index + 0.5) / max(self.count, 1)

    def y(self, value: float) -> float:
        """How far down a value stands."""
        _left, _right, top, bottom = self.plot
        return bottom - (bottom - top) * (value - self.bottom) / (self.top - self.bottom)


def nice_ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round numbers, evenly apart (1, 2, 2.5 or 5 times a power of ten), that span low to high."""
    if high - low <= 1e-9 * max(abs(low), abs(high), 1e-3):  # flat, to the eye
        pad = abs(high) / 2 if abs(high) > 1e-9 else 0.5
        low, high = low - pad, high + pad
    rough = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * next(m for m in (1, 2, 2.5, 5, 10) if m * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(index * step, 12) for index in range(first, last + 1)]


def tick_marks(scale: Scale, ticks: list[float]) -> list[dict[str, str]]:
    """Where each number of the scale stands, and how it is written."""
    step = ticks[1] - ticks[0]
    decimals = next(d for d in range(13) if abs(round(step, d) - step) < step * 1e-6)
    return [{"y": short(scale.y(tick)), "text": f"{tick:,.{decimals}f}"} for tick in ticks]


def apart(wanted: list[float], gap: float, top: float, bottom: float) -> list[float]:
    """Sorted places at least `gap` apart, near those wanted and between top and bottom."""
    places: list[float] = []
    for place in wanted:
        places.append(max(place, places[-1] + gap if places else top))
    limit = bottom
    for index in reversed(range(len(places))):
        places[index] = min(places[index], limit)
        limit = places[index] - gap
    return places


def short(number: float) -> str:
    """A coordinate to a tenth, without what the reader of SVG does not need."""
    return f"{number:.1f}".removesuffix(".0")
