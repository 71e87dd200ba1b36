"""The register: topics, measures, their standards, and how they are charted and compared."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from peelian.record.keeping import WITH_PARENT, Keeping
from peelian.record.models import Citable, ToRecord
from peelian.record.values import reference_of, title_of


class InclusionRule(models.TextChoices):
    """When a topic stands in the performance summary."""

    MONTH_AND_QUARTER = "month_and_quarter", _("Month and quarter")
    QUARTER_UNLESS_EXCEPTIONAL = "quarter_unless_exceptional", _("Quarter unless exceptional")
    QUARTER_UNLESS_UPDATED = "quarter_unless_updated", _("Quarter report unless updated")
    QUARTER_REPORT = "quarter_report", _("Quarter report")
    EXCEPTIONAL_ONLY = "exceptional_only", _("Exceptional only")


class Topic(Citable):
    """A row of the one-page performance summary: one or more measures under one rule."""

    keeping: ClassVar = Keeping("retention/measures")

    objective = ToRecord("objective", verbose_name=_("Objective"))
    order = models.PositiveSmallIntegerField(_("Row of the summary"))
    inclusion_rule = models.CharField(
        _("Inclusion rule"), max_length=30, choices=InclusionRule, blank=True
    )
    inclusion_as_printed = models.CharField(_("Rule, as printed"), max_length=60, blank=True)
    page = models.PositiveSmallIntegerField(_("Page of the full summary"), null=True, blank=True)

    def make_sort_key(self) -> str:
        """Return the row's number, so that topics stand as the summary prints them."""
        return f"{self.order:08}-{self.reference}"[:200]


class Measure(Citable):
    """What is measured: with its definition, unit, source and which way is better."""

    keeping: ClassVar = Keeping("retention/measures")

    class Polarity(models.TextChoices):
        HIGHER = "higher", _("Higher is better")
        LOWER = "lower", _("Lower is better")
        NEUTRAL = "neutral", _("Neither is better")

    class Frequency(models.TextChoices):
        WEEKLY = "weekly", _("Weekly")
        MONTHLY = "monthly", _("Monthly")
        QUARTERLY = "quarterly", _("Quarterly")
        YEARLY = "yearly", _("Yearly")
        ROLLING_YEAR = "rolling_year", _("Rolling twelve months")

    definition = models.TextField(_("Definition"))
    unit = models.CharField(_("Unit"), max_length=60)
    decimals = models.PositiveSmallIntegerField(_("Decimal places"), default=0)
    polarity = models.CharField(
        _("Which way is better"), max_length=8, choices=Polarity, default=Polarity.NEUTRAL
    )
    frequency = models.CharField(
        _("Frequency"), max_length=12, choices=Frequency, default=Frequency.MONTHLY
    )
    source = models.CharField(_("Source"), max_length=300)
    lag = models.PositiveSmallIntegerField(
        _("Due after (days)"),
        null=True,
        blank=True,
        help_text=_("Days after the end of a period by which its figures are expected."),
    )
    order = models.PositiveSmallIntegerField(_("Order in its topic"), default=0)
    numerator = ToRecord("measure", verbose_name=_("Counts"))
    denominator = ToRecord("measure", verbose_name=_("Out of"))

    @property
    def is_ratio(self) -> bool:
        """Return whether its values are worked out from two other measures."""
        return self.numerator_id is not None and self.denominator_id is not None


def _of_measure(values: dict[str, Any], *ending: str) -> dict[str, Any]:
    """Return the values of what belongs to a measure, named by it and an ending."""
    made = ".".join((reference_of(values.get("parent")), *ending))
    values["reference"] = values.get("reference") or made
    values["title"] = values.get("title") or title_of(values.get("parent"))
    return values


class Standard(Citable):
    """The level a measure is held to, from a day to a day: 999 calls within 10 seconds, 90%."""

    keeping: ClassVar = WITH_PARENT

    class StandardIs(models.TextChoices):
        AT_LEAST = "at_least", _("At least")
        AT_MOST = "at_most", _("At most")

    standard_is = models.CharField(_("The standard is"), max_length=8, choices=StandardIs)
    value = models.FloatField(_("Value"))
    starts = models.DateField(_("From"), null=True, blank=True)
    ends = models.DateField(_("Until"), null=True, blank=True)
    source = models.CharField(_("Set by"), max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(starts=None)
                | models.Q(ends=None)
                | models.Q(ends__gte=models.F("starts")),
                name="standard_ends_after_start",
                violation_error_message=_("A standard cannot end before it starts."),
            )
        ]

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a standard by its measure and first day."""
        return _of_measure(values, str(values.get("starts") or "always"))

    def holds_on(self, day: dt.date) -> bool:
        """Return whether it is in force on a day."""
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or day <= self.ends
        )


class Phase(Citable):
    """A decision on where a measure's average and limits start anew, or do not.

    What the analysis finds is only proposed; this is what an analyst made of it, or knew.
    """

    keeping: ClassVar = WITH_PARENT

    class Cause(models.TextChoices):
        CHANGE = "change", _("The level changed")
        RECORDING = "recording", _("The way of recording changed")
        DEFINITION = "definition", _("The definition or category changed")
        OTHER = "other", _("Other")

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("A new phase begins here")
        REJECTED = "rejected", _("No new phase begins here")

    area = ToRecord("area", verbose_name=_("Area"))
    starts = models.DateField(_("First day of the phase"))
    cause = models.CharField(_("Cause"), max_length=10, choices=Cause, default=Cause.CHANGE)
    decision = models.CharField(
        _("Decision"), max_length=8, choices=Decision, default=Decision.ACCEPTED
    )
    reason = models.CharField(_("Reason"), max_length=1000)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a phase by its measure, area and first month."""
        area = reference_of(values.get("area")) or "all"
        return _of_measure(values, area, str(values.get("starts", "")))


class ChartSetting(Citable):
    """How a measure is charted, in all areas or one, where the analyst knows better."""

    keeping: ClassVar = WITH_PARENT

    class Chart(models.TextChoices):
        AUTO = "auto", _("Chosen by the data")
        XMR = "xmr", _("XmR")
        POISSON = "poisson", _("Exact limits for small counts")
        P = "p", _("p (shares)")
        U = "u", _("u (rates)")
        RUN = "run", _("Run chart, without limits")

    class Rules(models.TextChoices):
        MDC = "mdc", _("NHS Making Data Count")
        MDC_2022 = "mdc-2022", _("NHS Making Data Count, before November 2023")
        PLOT_THE_DOTS = "plotthedots", _("NHS plot the dots")
        WESTERN_ELECTRIC = "western-electric", _("Western Electric")
        NELSON = "nelson", _("Nelson")
        ANHOEJ = "anhoej", _("Anhøj")
        EIGHT_POINT = "eight-point", _("Shift of eight points")

    class Seasonal(models.TextChoices):
        AUTO = "auto", _("Where the data show it")
        NEVER = "never", _("Never")

    area = ToRecord("area", verbose_name=_("Area"))
    chart = models.CharField(_("Chart"), max_length=8, choices=Chart, default=Chart.AUTO)
    rules = models.CharField(_("Rules"), max_length=16, choices=Rules, default=Rules.MDC)
    seasonal = models.CharField(
        _("Season taken out"), max_length=5, choices=Seasonal, default=Seasonal.AUTO
    )
    first = models.DateField(_("First period charted"), null=True, blank=True)
    baseline_from = models.DateField(_("Baseline from"), null=True, blank=True)
    baseline_to = models.DateField(_("Baseline until"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=1000)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(baseline_from=None, baseline_to=None)
                | models.Q(baseline_to__gt=models.F("baseline_from")),
                name="chart_setting_baseline_whole",
                violation_error_message=_("A baseline needs a first and a later last month."),
            )
        ]

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a setting by its measure and area."""
        return _of_measure(values, reference_of(values.get("area")) or "all")


class PeerGroup(Citable):
    """The areas that an area is compared with from a day: its most similar group."""

    keeping: ClassVar = Keeping("retention/measures")

    area = ToRecord("area", optional=False, verbose_name=_("Area compared"))
    starts = models.DateField(_("From"), null=True, blank=True)
    ends = models.DateField(_("Until"), null=True, blank=True)
    source = models.CharField(_("Set by"), max_length=300, blank=True)
