"""A funnel as SVG: areas by their size, beside the limits that chance sets for it.

Made on the server, readable in black and white: an area's shape says where it lies, and those
beyond the limits have their names beside them, as far as there is room.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from peelian.analysis.funnel import Funnel, limits_at
from peelian.blocks import printable
from peelian.figures import comparison_words as words
from peelian.figures.chart import (
    LEFT,
    LINE_GAP,
    RIGHT,
    TOP,
    Flag,
    key_rows,
    mark_of,
    path_of,
    title_rows,
)
from peelian.figures.comparison import Compared
from peelian.figures.scale import Scale, apart, nice_ticks, short, tick_marks

BOTTOM = 340
STEPS = 40  # places at which the limits are worked out
NOTED = 60  # areas of which every point says what it is; of more only those beyond the limits
FLAGS: dict[int, Flag] = {2: "high", -2: "low", 1: "pattern", -1: "pattern"}
LETTER, ROW = 6.2, 13.0  # the room that a letter, and a row of them, take

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class _Plot:
    """From sizes and values to places in the drawing; both scales hold all that is drawn."""

    across: Scale
    up: Scale
    sizes: list[float]
    values: list[float]

    def at(self, size: float, value: float) -> tuple[float, float]:
        return self.across.y(size), self.up.y(value)


def render_funnel(compared: Compared, description: str, chosen: int = 0) -> SafeString:
    """Return the funnel as `<svg role="img">`; ``chosen`` is the id of an area named in any case.

    Raises ValueError where the areas have no limits.
    """
    found = compared.funnel
    if found is None:
        raise ValueError("areas without limits make no funnel")
    sizes = _ticks([place.size for place in compared.places if place.size])
    lines = _limit_lines(compared, found, (sizes[0], sizes[-1]))
    plot = _plot(compared, sizes, lines)
    rows = title_rows(printable(_title(compared)))
    key = key_rows(_key(compared), BOTTOM + 62)
    context = {
        "height": short(float(key[-1]["text_y"]) + 12),
        "bottom": BOTTOM,
        "title": printable(_title(compared)),
        "description": printable(description),
        "title_rows": [{"text": row, "y": 20 + 18 * i} for i, row in enumerate(rows)],
        "unit": printable(compared.subject.unit),
        "unit_y": 22 + 18 * len(rows),
        "illustrative": _("Illustrative") if any(p.illustrative for p in compared.places) else "",
        "ticks": tick_marks(plot.up, plot.values),
        "sizes": tick_marks(plot.across, plot.sizes),
        "sizes_y": BOTTOM + 18,
        "size": printable(compared.subject.out_of.title) if compared.subject.out_of else "",
        "size_y": BOTTOM + 37,
        "band": path_of(
            [plot.at(*one) for one in chain(lines["lower"], reversed(lines["upper"]))]
        ) + "z",
        "lines": _lines(plot, lines),
        "names": _names(compared, plot, lines),
        "dots": _dots(compared, plot),
        "points": _points(compared, plot),
        "labels": _labels(compared, plot, chosen),
        "key": key,
    }  # fmt: skip
    return SafeString(render_to_string("figures/funnel.svg", context).strip())


def _title(compared: Compared) -> str:
    named = {
        "measure": compared.subject.measure.title,
        "level": compared.level_label.lower(),
        "time": compared.label,
    }
    return _("%(measure)s by %(level)s, %(time)s") % named


def _limit_lines(
    compared: Compared, found: Funnel, edges: tuple[float, float]
) -> dict[str, list[tuple[float, float]]]:
    """Return each line as sizes with its level there, from the smallest area to the right edge."""
    smallest = min(place.size for place in compared.places if place.size)
    sizes = np.geomspace(max(smallest * 0.9, edges[0]), edges[1], STEPS)
    limits = limits_at(found, sizes, of=compared.subject.of)
    named = zip(("lower", "upper", "far_lower", "far_upper"), limits, strict=True)
    per = compared.subject.per
    lines = {
        name: [(float(s), float(v) * per) for s, v in zip(sizes, levels, strict=True)]
        for name, levels in named
    }
    level = found.centre * per
    return lines | {"average": [(float(sizes[0]), level), (float(sizes[-1]), level)]}


def _plot(
    compared: Compared, sizes: list[float], lines: dict[str, list[tuple[float, float]]]
) -> _Plot:
    drawn = [value for _size, value in chain.from_iterable(lines.values())]
    values = _ticks([*(place.value for place in compared.places), *drawn])
    # A scale reckons from the bottom up: turned on its side, from the left to the right.
    across = Scale(0, sizes[0], sizes[-1], (0, 0, RIGHT, LEFT))
    return _Plot(across, Scale(0, values[0], values[-1], (LEFT, RIGHT, TOP, BOTTOM)), sizes, values)


def _ticks(numbers: Sequence[float]) -> list[float]:
    """Return round numbers from below the least, or 0 where it is near, to above the most."""
    low, high = min(numbers), max(numbers)
    margin = 0.04 * (high - low)
    low = 0.0 if 0 <= low <= high / 2 else low - margin
    return nice_ticks(low, high + margin)


def _lines(plot: _Plot, lines: dict[str, list[tuple[float, float]]]) -> list[dict[str, str]]:
    drawn = {
        "far_lower": ("", "1.1"),
        "far_upper": ("", "1.1"),
        "lower": ("7 4", "1.1"),
        "upper": ("7 4", "1.1"),
        "average": ("", "1.9"),
    }
    return [
        {"d": path_of([plot.at(*one) for one in lines[name]]), "dash": dash, "width": width}
        for name, (dash, width) in drawn.items()
    ]


def _names(
    compared: Compared, plot: _Plot, lines: dict[str, list[tuple[float, float]]]
) -> list[dict[str, str]]:
    """Return the lines' names in the right margin, moved apart so that none covers another."""
    average = words.number(compared, compared.average)
    named = {
        "far_upper": _("99.8% limit"),
        "upper": _("95% limit"),
        "average": _("Average %(value)s") % {"value": average},
        "lower": _("95% limit"),
        "far_lower": _("99.8% limit"),
    }
    ends = [plot.at(*lines[name][-1]) for name in named]
    places = apart([y for _x, y in ends], LINE_GAP, TOP - 4, BOTTOM + 4)
    return [
        {"from": short(y), "to": short(place), "y": short(place + 4.2), "text": text}
        for place, (_x, y), text in zip(places, ends, named.values(), strict=True)
    ]


def _points(compared: Compared, plot: _Plot) -> list[dict[str, str]]:
    """Return the areas as points, those within the limits beneath the others."""
    places = [p for p in compared.places if p.beyond or not _is_crowded(compared)]
    drawn = []
    for place in sorted(places, key=lambda one: abs(one.beyond)):
        x, y = plot.at(place.size or 0.0, place.value)
        note = printable(words.of_area(compared, place))
        drawn.append({"x": short(x), "y": short(y), "note": note, **_mark(compared, place.beyond)})
    return drawn


def _dots(compared: Compared, plot: _Plot) -> str:
    """Return as one path, of a line without length for each, the areas that are not told apart."""
    if not _is_crowded(compared):
        return ""
    inside = [plot.at(p.size or 0.0, p.value) for p in compared.places if not p.beyond]
    return "".join(f"M{short(x)} {short(y)}h0" for x, y in inside)


def _is_crowded(compared: Compared) -> bool:
    return len(compared.places) > NOTED


def _mark(compared: Compared, beyond: int) -> dict[str, str]:
    return mark_of(FLAGS.get(beyond, "none"), compared.subject.meaning(beyond))


def _labels(compared: Compared, plot: _Plot, chosen: int) -> list[dict[str, str]]:
    """Return the names of the areas beyond the limits, the outermost first, where there is room."""
    points = {p.area.pk: plot.at(p.size or 0.0, p.value) for p in compared.places}
    taken: list[Box] = [(x - 5, y - 5, x + 5, y + 5) for x, y in points.values()]
    wanted = [p for p in compared.places if p.beyond or p.area.pk == chosen]
    wanted.sort(key=lambda p: (p.area.pk != chosen, -abs(p.beyond), -abs(p.score or 0.0)))
    labels = []
    for place in wanted:
        text = printable(place.area.title)
        spot = next(
            (s for s in _spots(*points[place.area.pk], text) if _is_free(s[2], taken)), None
        )
        if spot is None:
            continue
        (x, y), anchor, box = spot
        taken.append(box)
        label = {"x": short(x), "y": short(y), "anchor": anchor, "text": text}
        labels.append(label | ({"weight": "600"} if place.area.pk == chosen else {}))
    return labels


def _spots(x: float, y: float, text: str) -> Iterable[tuple[tuple[float, float], str, Box]]:
    """Yield where a name may stand about its point: to the right, to the left, above, below."""
    wide = LETTER * len(text)
    yield (x + 9, y + 4), "start", (x + 8, y - 7, x + 9 + wide, y - 7 + ROW)
    yield (x - 9, y + 4), "end", (x - 9 - wide, y - 7, x - 8, y - 7 + ROW)
    for down in (-11.0, 19.0):
        box = (x - wide / 2, y + down - 10, x + wide / 2, y + down - 10 + ROW)
        yield (x, y + down), "middle", box


def _is_free(box: Box, taken: Sequence[Box]) -> bool:
    left, top, right, bottom = box
    if left < LEFT or right > RIGHT or top < TOP - 12 or bottom > BOTTOM:
        return False
    return not any(left < r and right > x and top < b and bottom > t for x, t, r, b in taken)


def _key(compared: Compared) -> list[dict[str, str]]:
    """Return what each shape in this funnel means."""
    shown = sorted({0, *(place.beyond for place in compared.places)}, reverse=True)
    texts = [words.against(compared, beyond) for beyond in shown]
    return [
        {"text": text, **_mark(compared, beyond)}
        for text, beyond in zip(texts, shown, strict=True)
    ]  # fmt: skip
