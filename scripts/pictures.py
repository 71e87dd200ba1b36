"""Draw the pictures of docs/signal-or-noise.md: `.venv/bin/python scripts/pictures.py`.

They are charts like any other, of series that are made up and seeded.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

IMAGES = Path(__file__).resolve().parents[1] / "docs/images"
NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS = tuple(f"{name} {year}" for year in ("22", "23", "24") for name in NAMES)


def series() -> dict[str, tuple[str, list[float]]]:
    """Return the series to draw: a title and 36 months each."""
    calm = np.random.default_rng(3).poisson(100, 36).astype(float)
    leap, shift, trend = calm.copy(), calm.copy(), calm.copy()
    leap[-1] = 165
    shift[-9:] += 26
    trend[-8:] = [88, 92, 97, 101, 106, 110, 115, 121]
    return {
        "noise": ("Noise: every month differs, and none says anything", calm.tolist()),
        "outside": ("Outside: one month is beyond the limit", leap.tolist()),
        "shift": ("Shift: nine months on one side of the average", shift.tolist()),
        "trend": ("Trend: eight months, each higher than the last", trend.tolist()),
    }


def main() -> None:
    """Write each picture."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peelian.config.settings")
    import django

    django.setup()
    from peelian.analysis import latest, xmr
    from peelian.figures.chart import ChartData, Flag, render

    for name, (title, values) in series().items():
        chart = xmr([values])
        last = latest(chart)
        flags: list[Flag] = ["none"] * len(values)
        marks: dict[str, Flag] = {"shift": "shift_high", "trend": "trend_up", "outside": "high"}
        for rule, up in marks.items():
            for month in np.flatnonzero(chart.rule(rule)[0] > 0):
                flags[month] = up
        data = ChartData(
            title=title,
            description=title,
            unit="offences",
            labels=MONTHS,
            values=tuple(values),
            centre=float(last.centre[0]),
            lower=float(last.lower[0]),
            upper=float(last.upper[0]),
            flags=tuple(flags),
        )
        (IMAGES / f"signal-{name}.svg").write_text(render(data) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
