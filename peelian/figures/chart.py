"""A control chart as SVG: made on the server, readable in black and white, on page and in print.

Signals have shapes, lines have their names beside them, and a point that is a concern is filled
where an improvement is hollow; colour only repeats what shape and words have said.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, get_args

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from peelian.blocks import printable
from peelian.figures.scale import Scale, apart, nice_ticks, short, tick_marks

Flag = Literal[
    "none", "high", "low", "shift_high", "shift_low", "trend_up", "trend_down",
    "two_of_three_high", "two_of_three_low", "pattern",
]  # fmt: skip
Meaning = Literal["neutral", "improvement", "concern"]
Line = float | None | tuple[float | None, ...]

WIDTH = 720
LEFT, RIGHT, TOP, BOTTOM = 62, 556, 74, 276  # the plot's edges
KEY_TOP = BOTTOM + 52
MONTH_LABELS = 13  # at most so many fit side by side
LINE_GAP = 15.0  # between two names in the right margin
INK = {"neutral": "#33444a", "improvement": "#0b5d9c", "concern": "#b3400a"}
SHAPES: dict[str, str] = {"none": "circle", "high": "up", "low": "down"}  # the rest are diamonds
# Each shape as a path around (0, 0), about as large as the next to the eye.
PATHS = {
    "circle": "M-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0z",
    "up": "M0-6.6L6.2 4.6H-6.2z",
    "down": "M0 6.6L6.2-4.6H-6.2z",
    "diamond": "M0-6.2L6.2 0L0 6.2L-6.2 0z",
}


Place = tuple[float, float]


@dataclass(frozen=True)
class ChartData:
    """What one chart shows, in the unit of the values.

    One label, value, flag, meaning and note for each period; None is a period without a value.
    `flags`, `meanings` and `notes` may be left empty: nothing flagged, nothing judged. A line is a
    number, or one for each period where it moves; where it is None it is not drawn. `phases` are
    the places where an average begins anew, `open` those of provisional values. `provisional` says
    that the limits rest on few points, `illustrative` that the values were made up to agree with a
    statement. `description` is the sentence for who cannot see the chart, a note what is said of a
    point by hovering over it. `names` are for lines that are not limits and an average.
    """

    title: str
    description: str
    unit: str
    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    decimals: int = 0
    centre: Line = None
    lower: Line = None
    upper: Line = None
    target: Line = None
    flags: tuple[Flag, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    notes: tuple[str, ...] = ()
    phases: tuple[int, ...] = ()
    open: tuple[int, ...] = ()
    provisional: bool = False
    illustrative: bool = False
    names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        count = len(self.labels)
        for name in ("values", "flags", "meanings", "notes"):
            found = len(getattr(self, name))
            if found != count and (found or name == "values"):
                raise ValueError(f"chart {self.title!r}: {found} {name} for {count} labels")
        for flag in set(self.flags) - set(get_args(Flag)):
            raise ValueError(f"chart {self.title!r}: flag {flag!r}, expected {get_args(Flag)}")
        for meaning in set(self.meanings) - set(get_args(Meaning)):
            raise ValueError(f"chart {self.title!r}: meaning {meaning!r}")
        numbers = [*self.values]
        for name in ("centre", "lower", "upper", "target"):
            line = self.line(name)
            if len(line) != count:
                raise ValueError(f"chart {self.title!r}: {len(line)} {name} for {count} labels")
            numbers += line
        if not all(number is None or math.isfinite(number) for number in numbers):
            raise ValueError(f"chart {self.title!r}: values must be finite; a gap is None")

    def line(self, name: str) -> tuple[float | None, ...]:
        """A line's level at each period."""
        line = getattr(self, name)
        return line if isinstance(line, tuple) else (line,) * len(self.labels)

    def last(self, name: str) -> float | None:
        """A line's level at the last period."""
        return next(iter(self.line(name)[-1:]), None)


def render(data: ChartData) -> SafeString:
    """The chart as one `<svg role="img">` that needs no style sheet; under 30 kB up to 120 points.

    Its words are in the active language. The same data in the same language give the same text.
    """
    ticks = nice_ticks(*reach(data))
    scale = Scale(len(data.labels), ticks[0], ticks[-1], (LEFT, RIGHT, TOP, BOTTOM))
    rows = title_rows(printable(data.title))
    key = _key(data)
    context = {
        "height": short(float(key[-1]["text_y"]) + 12 if key else BOTTOM + 42),
        "title": printable(data.title),
        "description": printable(data.description),
        "title_rows": [{"text": row, "y": 20 + 18 * i} for i, row in enumerate(rows)],
        "unit": printable(data.unit),
        "unit_y": 22 + 18 * len(rows),
        "illustrative": _("Illustrative") if data.illustrative else "",
        "ticks": tick_marks(scale, ticks),
        "months": _months(scale, data.labels),
        "names": _names(scale, data),
        "key": key,
        "empty": "" if _latest(data) is not None else _("There are no values to show."),
        **drawn(scale, data),
    }
    return SafeString(render_to_string("figures/chart.svg", context).strip())


def drawn(scale: Scale, data: ChartData) -> dict[str, list[dict[str, str]]]:
    """What stands in the plot, ready for a template: bands, lines, phases, paths, points."""
    return {
        "bands": _bands(scale, data),
        "lines": _lines(scale, data),
        "phases": _phases(scale, data),
        "paths": [{"d": path} for path in _strokes(scale, data.values)],
        "points": _points(scale, data),
    }


def reach(*charts: ChartData) -> tuple[float, float]:
    """The lowest and highest number to show; zero as well where it is near or all there is."""
    names = ("centre", "lower", "upper", "target")
    lines = [line for data in charts for line in (data.values, *map(data.line, names))]
    numbers = [n for numbers in lines for n in numbers if n is not None]
    low, high = (min(numbers), max(numbers)) if numbers else (0.0, 1.0)
    if 0 <= low <= high / 2:
        low = 0.0
    return low, high


def _months(scale: Scale, labels: Sequence[str]) -> list[dict[str, str]]:
    """Every n-th label (n divides a year), the last always; the year once for each run of it."""
    fits = math.ceil(len(labels) / MONTH_LABELS)
    every = next((step for step in (1, 2, 3, 4, 6) if step >= fits), -(-fits // 12) * 12)
    shown, year = [], ""
    for index, label in enumerate(labels):
        if (len(labels) - 1 - index) % every:
            continue
        month, _space, own = printable(label).rpartition(" ")
        if not (month and own.isdigit()):
            month, own = printable(label), ""
        second = own if own != year else ""
        year = own
        shown.append({"x": short(scale.x(index)), "text": month, "below": second})
    return shown


def _stretches(scale: Scale, line: Sequence[float | None], breaks: set[int]) -> list[list[Place]]:
    """A line as flat pieces, each over its own periods; broken where it is not, and at breaks."""
    found: list[list[Place]] = []
    for place, level in enumerate(line):
        if level is None:
            continue
        left, right = scale.x(place - 0.5), scale.x(place + 0.5)
        joins = found and place not in breaks and place and line[place - 1] is not None
        if not joins:
            found.append([(left, scale.y(level))])
        elif level != line[place - 1]:
            found[-1].append((left, scale.y(level)))
        if len(found[-1]) > 1 and found[-1][-1][1] == found[-1][-2][1]:
            found[-1][-1] = (right, scale.y(level))
        else:
            found[-1].append((right, scale.y(level)))
    return found


def path_of(places: Sequence[Place]) -> str:
    """The straight line through these places, as the data of a path."""
    return "M" + "L".join(f"{short(x)} {short(y)}" for x, y in places)


def _bands(scale: Scale, data: ChartData) -> list[dict[str, str]]:
    """The shade between the limits, for each phase."""
    breaks = set(data.phases)
    upper = _stretches(scale, data.line("upper"), breaks)
    lower = _stretches(scale, data.line("lower"), breaks)
    if len(upper) != len(lower):
        return []
    return [
        {"d": path_of([*over, *reversed(under)]) + "z"}
        for over, under in zip(upper, lower, strict=True)
    ]


def _lines(scale: Scale, data: ChartData) -> list[dict[str, str]]:
    limit = "2 3" if data.provisional else "7 4"
    drawn = [
        ("upper", limit, "1.3", "#47585b"),
        ("centre", "", "1.3", "#47585b"),
        ("lower", limit, "1.3", "#47585b"),
        ("target", "12 3 2 3", "1.8", "#12232a"),
    ]
    return [
        {"d": path_of(places), "dash": dash, "width": width, "ink": ink}
        for name, dash, width, ink in drawn
        for places in _stretches(scale, data.line(name), set(data.phases))
    ]


def _phases(scale: Scale, data: ChartData) -> list[dict[str, str]]:
    """A mark where each new average begins, with the period from which it is one."""
    return [
        {"x": short(scale.x(place - 0.5)), "text": printable(data.labels[place])}
        for place in data.phases
    ]


def _names(scale: Scale, data: ChartData) -> list[dict[str, str]]:
    """The lines' names in the right margin, moved apart so that none covers another."""
    named = [
        (data.names.get("upper", _("Upper limit")), data.last("upper"), ""),
        (data.names.get("centre", _("Average")), data.last("centre"), ""),
        (data.names.get("lower", _("Lower limit")), data.last("lower"), ""),
        (_("Target"), data.last("target"), "600"),
        (_("Latest"), _latest(data), "600"),
    ]
    wanted = sorted((scale.y(v), name, v, weight) for name, v, weight in named if v is not None)
    lowest = min((abs(v) for _y, _name, v, _weight in wanted if v), default=0.0)
    exact = data.decimals + (lowest < 10 and data.decimals == 0)  # an average of 1.5 is not 2
    places = apart([y for y, *_rest in wanted], LINE_GAP, TOP - 4, BOTTOM + 4)
    return [
        {
            "y": short(place + 4.2),
            "from": short(y),
            "to": short(place),
            "text": f"{name} {value:,.{data.decimals if weight else exact}f}",
            "weight": weight,
        }
        for place, (y, name, value, weight) in zip(places, wanted, strict=True)
    ]


def _latest(data: ChartData) -> float | None:
    return next((value for value in reversed(data.values) if value is not None), None)


def _strokes(scale: Scale, values: Sequence[float | None]) -> list[str]:
    """One path for each stretch without a gap."""
    placed = list(enumerate(values))
    stretches = (list(run) for has, run in groupby(placed, lambda p: p[1] is not None) if has)
    return [
        "M" + "L".join(f"{short(scale.x(i))} {short(scale.y(v))}" for i, v in run if v is not None)
        for run in stretches
        if len(run) > 1
    ]


def _points(scale: Scale, data: ChartData) -> list[dict[str, str]]:
    flags = data.flags or ("none",) * len(data.labels)
    meanings = data.meanings or ("neutral",) * len(data.labels)
    notes = data.notes or ("",) * len(data.labels)
    judged = zip(data.values, flags, meanings, notes, strict=True)
    return [
        {
            "x": short(scale.x(i)),
            "y": short(scale.y(value)),
            "note": printable(note),
            **mark_of(flag, meaning),
        }
        | ({"fill": "#ffffff"} if i in data.open and flag == "none" else {})
        for i, (value, flag, meaning, note) in enumerate(judged)
        if value is not None
    ]


def mark_of(flag: str, meaning: str) -> dict[str, str]:
    """The shape of a point: hollow when it is an improvement, filled otherwise."""
    ink = INK[meaning if flag != "none" else "neutral"]
    hollow = meaning == "improvement" and flag != "none"
    return {
        "d": PATHS[SHAPES.get(flag, "diamond")],
        "fill": "#ffffff" if hollow else ink,
        "stroke": ink,
    }


def _key(data: ChartData) -> list[dict[str, str]]:
    """What the shapes in this chart mean; nothing for a chart without signals."""
    words = {
        "up": _("Exceptionally high"),
        "down": _("Exceptionally low"),
        "diamond": _("Part of a shift, trend or run near a limit"),
    }
    judged = {"neutral": "", "improvement": _("improvement"), "concern": _("concern")}
    meanings = data.meanings or ("neutral",) * len(data.labels)
    seen = {
        (SHAPES.get(flag, "diamond"), flag, meaning)
        for flag, meaning, value in zip(data.flags, meanings, data.values, strict=False)
        if flag != "none" and value is not None
    }
    kinds = {(shape, meaning): flag for shape, flag, meaning in seen}
    entries: list[dict[str, str]] = []
    if data.open:
        entries.append(
            {"text": _("Provisional figure"), **mark_of("none", "neutral"), "fill": "#ffffff"}
        )
    if data.provisional and data.last("upper") is not None:
        entries.append({"text": _("Limits are provisional: few points")})
    for (shape, meaning), flag in sorted(kinds.items()):
        says = f"{words[shape]}: {judged[meaning]}" if judged[meaning] else words[shape]
        entries.append({"text": says, **mark_of(flag, meaning)})
    return key_rows(entries)


def key_rows(entries: list[dict[str, str]], top: float = KEY_TOP) -> list[dict[str, str]]:
    """The entries set in rows under the plot, by a generous guess at the width of their words."""
    x, y = float(LEFT), float(top)
    for entry in entries:
        width = 7.0 * len(entry["text"]) + 34
        if x > LEFT and x + width > WIDTH:
            x, y = float(LEFT), y + 17
        entry |= {
            "x": short(x + 6),
            "y": short(y - 4.2),
            "text_x": short(x + 17 if "d" in entry else x),
        }
        entry["text_y"] = short(y)
        x += width
    return entries


def title_rows(title: str) -> list[str]:
    """The title in at most two rows."""
    return textwrap.wrap(title, 78, max_lines=2, placeholder="…") or [""]
