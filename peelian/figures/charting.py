"""How each series is charted: where its phases begin, by which chart and rules, to what standard.

Only what is published counts, so that a draft decision changes no chart that anybody sees.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from peelian.figures.kinds import CHART_SETTING, PHASE, STANDARD
from peelian.figures.models import ChartSetting, Phase, Standard
from peelian.record.public import IsPublic


@dataclass(frozen=True)
class Charting:
    """How one series is charted; all is left to the data where nothing was decided.

    ``starts`` are the first days of accepted phases, ``refused`` those an analyst turned down,
    ``baseline`` the first and last period whose values make the limits.
    """

    chart: str = ChartSetting.Chart.AUTO
    rules: str = ChartSetting.Rules.MDC
    seasonal: bool = True
    first: dt.date | None = None
    baseline: tuple[dt.date, dt.date] | None = None
    starts: frozenset[dt.date] = frozenset()
    refused: frozenset[dt.date] = frozenset()


@dataclass
class Chartings:
    """The decisions about some measures, as read once."""

    settings: dict[int, list[ChartSetting]] = field(default_factory=lambda: defaultdict(list))
    phases: dict[int, list[Phase]] = field(default_factory=lambda: defaultdict(list))
    standards: dict[int, list[Standard]] = field(default_factory=lambda: defaultdict(list))

    def of(self, measure: int, area: int) -> Charting:
        """Return how a measure is charted in an area; what is decided for the area goes first."""
        phases = [p for p in self.phases.get(measure, ()) if p.area_id in (None, area)]
        by_decision = {
            decision: frozenset(p.starts for p in phases if p.decision == decision)
            for decision in Phase.Decision
        }
        starts = by_decision[Phase.Decision.ACCEPTED]
        refused = by_decision[Phase.Decision.REJECTED]
        settings = self.settings.get(measure, ())
        own = next((s for s in settings if s.area_id == area), None)
        setting = own or next((s for s in settings if s.area_id is None), None)
        if setting is None:
            return Charting(starts=starts, refused=refused)
        first, last = setting.baseline_from, setting.baseline_to
        return Charting(
            setting.chart,
            setting.rules,
            setting.seasonal == ChartSetting.Seasonal.AUTO,
            setting.first,
            (first, last) if first and last else None,
            starts,
            refused,
        )

    def standard(self, measure: int, day: dt.date) -> Standard | None:
        """Return the standard a measure is held to on a day; of two, the later one."""
        held = [s for s in self.standards.get(measure, ()) if s.holds_on(day)]
        return max(held, key=lambda s: (s.starts or dt.date.min, s.pk), default=None)


def read_chartings(measures: Iterable[int]) -> Chartings:
    """Return all that is decided about some measures, in three queries."""
    wanted = list(measures)
    found = Chartings()
    for kind, kept in (
        (CHART_SETTING, found.settings),
        (PHASE, found.phases),
        (STANDARD, found.standards),
    ):
        decided: dict[int, list[Any]] = kept
        for record in kind.all().filter(IsPublic(parents=False), parent__in=wanted):
            decided[record.parent_id].append(record)
    return found
