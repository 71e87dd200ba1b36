"""What a sentence, a page or an edition needs of a measure and of what was found in its areas.

Plain values, without the database: the statistics come from `peelian.analysis`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy

from peelian.analysis.change import Latest

# Counts below five a month are too skewed for limits that stand equally far on both sides.
RARE = 5.0
DURATIONS = frozenset({"seconds", "minutes", "hours", "days", "weeks"})
RULES = (
    "outside", "trend", "two_of_three", "shift",
    "four_of_five", "hugging", "mixture", "alternating", "runs",
)  # fmt: skip
# Rules that say that points do not vary as chance would have them, and not which way.
UNDIRECTED = frozenset({"hugging", "mixture", "alternating", "runs"})

# A measure named after another, with one of these endings, is what that one is compared with.
COMPARATORS = {
    "-msg": gettext_lazy("most similar group average"),
    "-national": gettext_lazy("national average"),
}


class Form(StrEnum):
    """How a measure is spoken of."""

    VOLUME = "volume"  # a count of what happened in the month
    STOCK = "stock"  # what is outstanding: each month carries the last one with it
    RATE = "rate"
    DURATION = "duration"
    SNAPSHOT = "snapshot"  # a quarter's value, stated as it is
    ROLLING = "rolling"  # overlapping years: never judged as if they were separate points


@dataclass(frozen=True)
class Measured:
    """What sentences need of a measure; the words are those of its columns."""

    title: str
    unit: str
    decimals: int = 0
    polarity: str = "neutral"
    frequency: str = "monthly"
    standard: float | None = None

    @property
    def form(self) -> Form:
        """How this measure is spoken of, by its frequency and unit."""
        words = self.unit.split()
        if self.frequency == "quarterly":
            return Form.SNAPSHOT
        if self.frequency == "rolling_year":
            return Form.ROLLING
        if self.unit.startswith("%") or "per" in words:
            return Form.RATE
        if "outstanding" in words:
            return Form.STOCK
        return Form.DURATION if DURATIONS.intersection(words[:1]) else Form.VOLUME


@dataclass(frozen=True)
class Comparator:
    """The value of others for the same period; ``title`` reads after "the"."""

    title: str
    value: float


@dataclass(frozen=True)
class Reading:
    """One measure in one area at one period; None is a value that is not there.

    ``whole`` marks the force's own area. Values, signs and flags are those of
    `peelian.analysis.change.Latest`. ``method`` is the chart that made the limits, ``seasonal`` and
    ``widened`` say that they follow the season and allow for months that resemble one another,
    ``since`` is the first day of the latest phase where there are several. ``chance`` is how often
    a stable series is as far from its average, ``expected`` how often one raises any flag;
    ``shift_points`` and ``trend_points`` are the lengths that those rules ask for.
    """

    area: str
    whole: bool = False
    value: float | None = None
    previous: float | None = None
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    count: int = 0
    enough: bool = False
    provisional: bool = False
    change: int = 0
    slight: bool = False
    level: int = 0
    significant: bool = False
    outside: int = 0
    shift: int = 0
    trend: int = 0
    two_of_three: int = 0
    method: str = "xmr"
    seasonal: bool = False
    widened: bool = False
    since: str | None = None
    chance: float | None = None
    expected: float = 0.0
    shift_points: int = 7
    trend_points: int = 7
    four_of_five: int = 0
    hugging: int = 0
    mixture: int = 0
    alternating: int = 0
    runs: int = 0
    comparators: tuple[Comparator, ...] = ()

    @property
    def signals(self) -> dict[str, int]:
        """The rules that speak, the weightiest first, with +1 for high or rising, -1 for low."""
        return {rule: getattr(self, rule) for rule in RULES if getattr(self, rule)}

    @property
    def ways(self) -> set[int]:
        """Which ways the rules point that point at all: +1 up, -1 down."""
        return {way for rule, way in self.signals.items() if rule not in UNDIRECTED}


@dataclass(frozen=True)
class Part:
    """One measure of a topic with its readings, the force's own among them."""

    measured: Measured
    readings: Sequence[Reading]

    @property
    def force(self) -> Reading | None:
        """The reading of the whole force area, if it has a value."""
        return next((r for r in self.readings if r.whole and r.value is not None), None)

    @property
    def judged(self) -> list[Reading]:
        """The readings that rules may speak of."""
        return [found for found in self.readings if is_judged(self.measured, found)]


def reading(
    area: str,
    judged: Latest,
    row: int,
    *,
    whole: bool = False,
    comparators: Iterable[Comparator] = (),
) -> Reading:
    """Return the reading of one row of what `analysis.change.latest` found."""
    found: dict[str, Any] = {}
    for field in fields(judged):
        value = getattr(judged, field.name)[row].item()
        found[field.name] = None if value != value else value
    return Reading(area=area, whole=whole, comparators=tuple(comparators), **found)


def is_rare(measured: Measured, found: Reading) -> bool:
    """Say whether a count is too small for limits that stand equally far on both sides."""
    return measured.form is Form.VOLUME and found.centre is not None and found.centre < RARE


def is_judged(measured: Measured, found: Reading) -> bool:
    """Say whether rules may speak: a value, enough points, and a measure with limits."""
    limited = measured.form in (Form.VOLUME, Form.RATE, Form.DURATION)
    fits = found.method == "poisson" or not is_rare(measured, found)
    return limited and found.value is not None and found.enough and fits


def is_exceptional(parts: Iterable[Part]) -> bool:
    """Say whether any area of a topic is outside its limits, high or low."""
    return any(found.outside for part in parts for found in part.judged)
