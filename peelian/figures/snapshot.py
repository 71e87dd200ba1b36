"""What an edition froze when it was issued: every value it used, and its charts as they were drawn.

An issued edition is shown from here alone, so that later figures, phases and settings change
nothing in it. The format has a number; content of the first, without drawings, is still read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peelian.blocks import Block, Document, from_data, to_data
from peelian.figures.assess import Assessed, Series
from peelian.figures.models import Edition
from peelian.record.models import Snapshot

FORMAT = 2


@dataclass(frozen=True)
class Frozen:
    """An edition's newest snapshot: its series by `measure/area`, and its drawings if it has any.

    `ordinary` holds by topic the commentary that says that nothing is unusual. `sha256` is the
    fingerprint of the content.
    """

    series: Mapping[str, Mapping[str, Any]]
    charts: tuple[Block, ...] | None
    ordinary: Mapping[str, str]
    sha256: str


def content_of(
    edition: Edition, assessed: Assessed, charts: Sequence[Block], ordinary: Mapping[str, str]
) -> str:
    """Return what an edition freezes, as one exact JSON text."""
    drawn = Document(edition.title, "Peelian", edition.known, tuple(charts))
    content = {
        "format": FORMAT,
        "series": {_key(s): _series(s) for s in assessed.values()},
        "charts": to_data(drawn),
        "ordinary": dict(ordinary),
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def _key(series: Series) -> str:
    return f"{series.measure.reference}/{series.area.reference}"


def _series(series: Series) -> dict[str, Any]:
    row, chart, found = series.row, series.chart, series.reading
    return {
        "measure": series.measure.title,
        "area": series.area.title,
        "unit": series.measure.unit,
        "decimals": series.measure.decimals,
        "periods": [p.isoformat() for p in series.periods],
        "values": series.values,
        "limits": {
            name: [_short(level) for level in getattr(chart, name)[row].tolist()]
            for name in ("centre", "lower", "upper")
        },
        "phases": chart.phase[row].tolist(),
        "signals": found.signals,
        "method": found.method,
        "standard": series.standard.value if series.standard else None,
        "sources": series.sources,
        "illustrative": series.illustrative,
        "provisional": sorted(p.isoformat() for p in series.provisional),
        "known": series.known.isoformat(),
    }


def _short(level: float) -> float | None:
    return None if level != level else float(f"{level:.9g}")


def frozen_of(edition: Edition) -> Frozen | None:
    """Return what an edition froze, None where it never was issued. One query."""
    newest = Snapshot.objects.filter(record=edition.pk).order_by("-number").first()
    return read_snapshot(newest) if newest else None


def read_snapshot(snapshot: Snapshot) -> Frozen:
    """Return a snapshot's content, of either format."""
    data = json.loads(snapshot.content)
    if data.get("format") != FORMAT:
        return Frozen(data, None, {}, snapshot.sha256)
    return Frozen(
        data["series"], from_data(data["charts"]).blocks, data["ordinary"], snapshot.sha256
    )


def revised(before: Frozen, after: Frozen) -> Iterable[tuple[str, str, float | None, float | None]]:
    """Yield series and period where both editions have the period and the value is not the same."""
    for key, then in before.series.items():
        now = after.series.get(key)
        if now is None:
            continue
        values = dict(zip(now["periods"], now["values"], strict=True))
        for period, value in zip(then["periods"], then["values"], strict=True):
            if period in values and values[period] != value:
                yield key, period, value, values[period]
