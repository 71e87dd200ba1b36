"""Small drawings for lists: what a value is by variation and assurance, and a line of the newest.

Each icon has a shape and a sign of its own, so that it is read without colour, and words for those
who do not see it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from peelian.figures.models import Assessment

Variation, Assurance = Assessment.Variation, Assessment.Assurance
BLUE, ORANGE, INK, PALE = "#0b5d9c", "#b3400a", "#33444a", "#5a6b70"
# An outline, whether it is filled, its colour, and the sign within as a path.
_CIRCLE = "M14 2a12 12 0 1 0 .01 0z"
_SQUARE = "M3 3h22v22H3z"
_DIAMOND = "M14 1L27 14L14 27L1 14z"
_UP, _DOWN = "M14 2L27 25H1z", "M14 26L1 3H27z"
_TICK, _CROSS = "M8 14.5l4 4.5l8-10", "M9 9l10 10M19 9L9 19"
_BANG, _DASH, _WAVE = "M14 10v8M14 21v1.5", "M8 14h12", "M6 15q4-6 8 0t8 0"
_QUESTION = "M10.5 10.5a3.5 3.5 0 1 1 5 3.2q-1.5.8-1.5 2.8M14 20v1.5"
_RISE, _FALL = "M14 20v-8M10.5 15l3.5-4l3.5 4", "M14 8v8M10.5 13l3.5 4l3.5-4"
SHAPES: Mapping[str, tuple[str, bool, str, str]] = {
    Variation.IMPROVEMENT: (_CIRCLE, False, BLUE, _TICK),
    Variation.CONCERN: (_UP, True, ORANGE, _BANG),
    Variation.HIGH: (_UP, False, INK, _RISE),
    Variation.LOW: (_DOWN, False, INK, _FALL),
    Variation.MIXED: (_DIAMOND, False, INK, _BANG),
    Variation.COMMON: (_CIRCLE, False, PALE, _WAVE),
    Variation.NONE: (_CIRCLE, False, PALE, _DASH),
    Assurance.MET: (_SQUARE, False, BLUE, _TICK),
    Assurance.MISSED: (_SQUARE, True, ORANGE, _CROSS),
    Assurance.EITHER: (_SQUARE, False, PALE, _QUESTION),
}

WIDTH, HEIGHT = 120, 30


def icon(code: str, words: str) -> SafeString:
    """Return the icon of a variation or an assurance with its words; "" where there is none."""
    if code == Assurance.NONE and words == str(Assurance.NONE.label):
        return SafeString("")
    outline, filled, ink, sign = SHAPES[code]
    return format_html(
        '<svg class="app-icon" width="28" height="28" viewBox="0 0 28 28" role="img"'
        ' aria-label="{}"><path d="{}" fill="{}" stroke="{}" stroke-width="1.8"/><path d="{}"'
        ' fill="none" stroke="{}" stroke-width="2" stroke-linecap="round"/></svg>',
        words,
        outline,
        ink if filled else "#ffffff",
        ink,
        sign,
        "#ffffff" if filled else ink,
    )


def sparkline(spark: Mapping[str, Sequence[Any]]) -> SafeString:
    """Return the newest values as a line over the band of their limits; hidden from readers.

    What it shows is said in the words beside it.
    """
    values = spark.get("values", ())
    lines = (spark.get(name, ()) for name in ("values", "centre", "lower", "upper"))
    numbers = [n for line in lines for n in line if n is not None]
    if not numbers:
        return SafeString("")
    low, high = min(numbers), max(numbers)
    span = (high - low) or 1.0
    step = (WIDTH - 8) / max(len(values) - 1, 1)

    def place(index: int, value: float) -> str:
        return f"{4 + index * step:.1f} {HEIGHT - 4 - (HEIGHT - 8) * (value - low) / span:.1f}"

    def path(line: Sequence[float | None]) -> str:
        drawn, pen = [], "M"
        for index, value in enumerate(line):
            if value is None:
                pen = "M"
                continue
            drawn.append(f"{pen}{place(index, value)}")
            pen = "L"
        return "".join(drawn)

    parts = []
    upper, lower = spark.get("upper", ()), spark.get("lower", ())
    if upper and all(v is not None for v in (*upper, *lower)):
        over = [place(n, v) for n, v in enumerate(upper) if v is not None]
        under = [place(n, v) for n, v in enumerate(lower) if v is not None]
        parts.append(f'<path d="M{"L".join([*over, *reversed(under)])}z" fill="#e3ecec"/>')
    parts.append(f'<path d="{path(spark.get("centre", ()))}" fill="none" stroke="#8a9a9d"/>')
    parts.append(f'<path d="{path(values)}" fill="none" stroke="{INK}" stroke-width="1.5"/>')
    if values and values[-1] is not None:
        x, y = place(len(values) - 1, values[-1]).split()
        parts.append(f'<circle cx="{x}" cy="{y}" r="2.6" fill="{INK}"/>')
    return mark_safe(  # noqa: S308 - numbers of ours, no words of anybody's
        f'<svg class="app-spark" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    )


def icon_key() -> list[tuple[SafeString, str]]:
    """Return every icon with what it means, for the page to explain."""
    names = [*Variation, *(a for a in Assurance if a != Assurance.NONE)]
    return [(icon(name, str(name.label)), str(name.label)) for name in names]
