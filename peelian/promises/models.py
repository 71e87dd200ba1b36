"""Promises: what someone said they would do, who oversees it, and what has been said of it since.

Plan → objectives → commitments → activities. An undertaking given at a meeting is the same thing
with another beginning, so commitments, activities and undertakings share one table.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peelian.record.keeping import WITH_PARENT, Keeping
from peelian.record.models import Citable, ToRecord
from peelian.record.values import reference_of


class Progress(models.TextChoices):
    """The one vocabulary for how a promise stands."""

    NOT_STARTED = "not_started", _("Not started")
    ON_TRACK = "on_track", _("On track")
    AT_RISK = "at_risk", _("At risk")
    OFF_TRACK = "off_track", _("Off track")
    ON_HOLD = "on_hold", _("On hold")
    COMPLETE = "complete", _("Complete")
    SUPERSEDED = "superseded", _("Superseded")


CLOSED = (Progress.COMPLETE, Progress.SUPERSEDED)


class Element(models.TextChoices):
    """Which half of the plan a commitment stands in."""

    POLICING = "policing", _("Policing element")
    COMMISSIONER = "commissioner", _("Commissioner’s commitments")


class Plan(Citable):
    """A police and crime plan (Police Reform and Social Responsibility Act 2011, s.5)."""

    keeping: ClassVar = Keeping("retention/plans")

    body = ToRecord("body", verbose_name=_("Policing body"))
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    description = models.TextField(_("Description"), blank=True)


class Objective(Citable):
    """One of the plan's objectives."""

    keeping: ClassVar = WITH_PARENT

    number = models.PositiveSmallIntegerField(_("Number"))
    description = models.TextField(_("Description"), blank=True)


class Promise(Citable):
    """A commitment, an activity under it, or an undertaking given at a meeting."""

    keeping: ClassVar = Keeping("retention/undertakings", "closed_on", with_parent=True)

    printed_reference = models.CharField(_("Printed reference"), max_length=20, blank=True)
    text = models.TextField(_("In full"), blank=True)
    element = models.CharField(_("Element"), max_length=12, choices=Element, blank=True)
    progress = models.CharField(
        _("Status"), max_length=12, choices=Progress, default=Progress.ON_TRACK
    )
    progress_as_printed = models.CharField(_("Status, as printed"), max_length=120, blank=True)
    oversight_as_printed = models.TextField(_("Oversight, as printed"), blank=True)
    made_to = ToRecord("body", "person", verbose_name=_("Made to"))
    made_at = ToRecord("minute", "meeting", related_name="promises_made", verbose_name=_("Made at"))
    due = models.DateField(_("Due"), null=True, blank=True)
    due_as_printed = models.CharField(_("Due, as printed"), max_length=120, blank=True)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    evidence = models.TextField(_("Evidence of closure"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(progress__in=Progress.values), name="promise_progress_known"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on=None) | models.Q(progress__in=[*map(str, CLOSED)]),
                name="promise_closed_when_complete",
                violation_error_message=_("Give a closing date only to something complete."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["printed_reference"], name="promise_printed"),
            models.Index(fields=["progress", "due"], name="promise_progress_due"),
        ]

    @property
    def is_open(self) -> bool:
        """Return whether it is still to be kept."""
        return self.progress not in CLOSED

    def oversight_names(self) -> list[str]:
        """Return the names in the oversight cell, as printed."""
        return [name.strip() for name in self.oversight_as_printed.split(";") if name.strip()]


class UpdateRound(Citable):
    """A date for which every open promise of a plan is asked for an update."""

    keeping: ClassVar = WITH_PARENT

    as_at = models.DateField(_("As at"))
    opens_on = models.DateField(_("Opens"), null=True, blank=True)
    closes_on = models.DateField(_("Closes"), null=True, blank=True)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a round by its plan and date."""
        plan = reference_of(values.get("parent"))
        values["reference"] = values.get("reference") or f"{plan}-{values.get('as_at', '')}"
        return values


class ProgressUpdate(Citable):
    """What was said of a promise, and when it was true."""

    keeping: ClassVar = WITH_PARENT

    as_at = models.DateField(_("As at"))
    progress = models.CharField(_("Status"), max_length=12, choices=Progress)
    progress_as_printed = models.CharField(_("Status, as printed"), max_length=120, blank=True)
    text = models.TextField(_("Progress update"))

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name an update by its promise and date."""
        promise = reference_of(values.get("parent"))
        values["reference"] = values.get("reference") or f"{promise}-{values.get('as_at', '')}"
        values["title"] = values.get("title") or _now("Update on %(promise)s") % {
            "promise": promise
        }
        return values
