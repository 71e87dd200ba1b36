"""What was said of figures: editions of the performance summary, and figures quoted."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from peelian.figures.periods import aloud
from peelian.record.keeping import WITH_PARENT, Keeping
from peelian.record.models import Citable, ToRecord
from peelian.record.values import reference_of, title_of


class QuotedFigure(Citable):
    """A value, or a claim about one, that somebody put in a document: with where it stands."""

    keeping: ClassVar = Keeping("retention/quoted-figures", "as_at")

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
    promise = ToRecord(
        "commitment", "activity", "undertaking", "recommendation", verbose_name=_("Promise")
    )
    as_at = models.DateField(_("As at"), null=True, blank=True)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)

    @property
    def period_aloud(self) -> str:
        """Return its period as people read it."""
        return aloud(self.period)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Title a quotation by its measure and place."""
        made = f"{title_of(values.get('measure'))}: {values.get('stated_in', '')}"
        values["title"] = values.get("title") or made
        return values


class Edition(Citable):
    """One issue of the performance summary; issuing it freezes the vintages it used."""

    keeping: ClassVar = Keeping("retention/reports")

    class Form(models.TextChoices):
        MONTHLY = "monthly", _("Monthly")
        QUARTERLY = "quarterly", _("Quarterly")

    period = models.DateField(_("Month"))
    form = models.CharField(_("Form"), max_length=10, choices=Form, default=Form.QUARTERLY)
    known = models.DateField(_("Uses figures known on"))


class DataStatement(Citable):
    """A topic's line in an edition: the generated statement, and what the analyst adds."""

    keeping: ClassVar = WITH_PARENT

    needs_reason: ClassVar[bool] = True

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
