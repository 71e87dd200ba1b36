"""Figures: measures, what was observed, what was quoted, and the editions that were issued."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from peelian.record.models import Citable, ToRecord, reference_of, title_of


class InclusionRule(models.TextChoices):
    """When a topic stands in the performance summary."""

    MONTH_AND_QUARTER = "month_and_quarter", _("Month and quarter")
    QUARTER_UNLESS_EXCEPTIONAL = "quarter_unless_exceptional", _("Quarter unless exceptional")
    QUARTER_UNLESS_UPDATED = "quarter_unless_updated", _("Quarter report unless updated")
    QUARTER_REPORT = "quarter_report", _("Quarter report")
    EXCEPTIONAL_ONLY = "exceptional_only", _("Exceptional only")


class Topic(Citable):
    """A row of the one-page performance summary: one or more measures under one rule."""

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

    class Polarity(models.TextChoices):
        HIGHER = "higher", _("Higher is better")
        LOWER = "lower", _("Lower is better")
        NEUTRAL = "neutral", _("Neither is better")

    class Frequency(models.TextChoices):
        MONTHLY = "monthly", _("Monthly")
        QUARTERLY = "quarterly", _("Quarterly")
        ROLLING_YEAR = "rolling_year", _("Rolling twelve months")

    class StandardIs(models.TextChoices):
        AT_LEAST = "at_least", _("At least")
        AT_MOST = "at_most", _("At most")

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
    standard = models.FloatField(_("Standard"), null=True, blank=True)
    standard_is = models.CharField(
        _("The standard is"), max_length=8, choices=StandardIs, blank=True
    )
    order = models.PositiveSmallIntegerField(_("Order in its topic"), default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(standard=None, standard_is="")
                | models.Q(standard__isnull=False) & ~models.Q(standard_is=""),
                name="measure_standard_has_direction",
                violation_error_message=_("A standard needs “at least” or “at most”."),
            )
        ]


class Observation(models.Model):
    """A measured value, as known on a day. A revision is a further row, never a change.

    `period` is the first day of the month, quarter or rolling year that the value is for; `known`
    is the day we knew it, so that any past page can be rebuilt.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="observations")
    area = models.ForeignKey("people.Area", on_delete=models.PROTECT, related_name="+")
    period = models.DateField()
    known = models.DateField()
    value = models.FloatField()
    source = models.CharField(max_length=300)
    illustrative = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    loaded_from = models.CharField(max_length=300)
    loaded_by = models.CharField(max_length=150)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measure", "area", "period", "known", "source"],
                name="observation_once_per_vintage",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["measure", "area", "period"], name="observation_series")
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.area_id} {self.period}: {self.value}"


class QuotedFigure(Citable):
    """A value, or a claim about one, that somebody put in a document: with where it stands."""

    class Claim(models.TextChoices):
        ABOVE = "above", _("Above")
        BELOW = "below", _("Below")
        MET = "met", _("Met")
        MISSED = "missed", _("Missed")
        INCREASE = "increase", _("Increase")
        DECREASE = "decrease", _("Decrease")
        STABLE = "stable", _("Stable")

    measure = ToRecord("measure", optional=False, verbose_name=_("Measure"))
    area = ToRecord("area", verbose_name=_("Area"))
    period = models.CharField(_("Period"), max_length=40, blank=True)
    value = models.FloatField(_("Value"), null=True, blank=True)
    claim = models.CharField(_("Claim"), max_length=10, choices=Claim, blank=True)
    comparator = models.CharField(_("Compared with"), max_length=80, blank=True)
    stated_in = models.CharField(_("Stated in"), max_length=200)
    promise = ToRecord("commitment", "activity", "undertaking", verbose_name=_("Promise"))
    as_at = models.DateField(_("As at"), null=True, blank=True)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Title a quotation by its measure and place."""
        made = f"{title_of(values.get('measure'))}: {values.get('stated_in', '')}"
        values["title"] = values.get("title") or made
        return values


class Edition(Citable):
    """One issue of the performance summary; issuing it freezes the vintages it used."""

    class Form(models.TextChoices):
        MONTHLY = "monthly", _("Monthly")
        QUARTERLY = "quarterly", _("Quarterly")

    period = models.DateField(_("Month"))
    form = models.CharField(_("Form"), max_length=10, choices=Form, default=Form.QUARTERLY)
    known = models.DateField(_("Uses figures known on"))


class DataStatement(Citable):
    """A topic's line in an edition: the generated statement, and what the analyst adds."""

    topic = ToRecord("topic", optional=False, verbose_name=_("Topic"))
    data = models.CharField(_("Data statement"), max_length=500)
    commentary = models.CharField(_("Commentary"), max_length=1000, blank=True)
    illustrative = models.BooleanField(_("Rests on illustrative figures"), default=False)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a statement by its edition and topic."""
        edition = reference_of(values.get("parent"))
        topic = reference_of(values.get("topic"))
        values["reference"] = values.get("reference") or f"{edition}.{topic}"
        values["title"] = values.get("title") or topic
        return values
