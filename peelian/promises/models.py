"""Promises: what someone said they would do, who oversees it, and what has been said of it since.

Plan → objectives → commitments → activities. An undertaking given at a meeting is the same thing
with another beginning, and a recommendation is one that has to be answered first. All share one
table, so that updates, evidence of closure, checks and reminders are one mechanism.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peelian.promises.plan_records import Allocation as Allocation
from peelian.promises.plan_records import Became as Became
from peelian.promises.plan_records import PromiseSubscription as PromiseSubscription
from peelian.promises.plan_records import PromiseTold as PromiseTold
from peelian.promises.plan_records import Succession as Succession
from peelian.record.keeping import WITH_PARENT, Keeping
from peelian.record.models import Audience, Citable, ToRecord
from peelian.record.querysets import AppendOnlyQuerySet
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

    @classmethod
    def label_of(cls, code: str) -> str:
        """Return a status in words; nothing where there is none."""
        return str(dict(cls.choices).get(code, ""))


CLOSED = (Progress.COMPLETE, Progress.SUPERSEDED)
# What is given or made at a meeting, and followed by its meetings until a minute says it is closed.
FOLLOWED = ("undertaking", "recommendation")


class Answer(models.TextChoices):
    """What was answered to a recommendation."""

    ACCEPTED = "accepted", _("Accepted")
    IN_PART = "in_part", _("Accepted in part")
    REJECTED = "rejected", _("Rejected")
    NOTED = "noted", _("Noted")


class FindingForm(models.TextChoices):
    """What inspectors, auditors and coroners find; a cause of concern weighs most."""

    CAUSE_OF_CONCERN = "concern", _("Cause of concern")
    RECOMMENDATION = "recommends", _("Recommendation")
    AREA_FOR_IMPROVEMENT = "area", _("Area for improvement")
    AUDIT_ACTION = "audit", _("Agreed action of an audit")
    FUTURE_DEATHS = "deaths", _("Concern of a coroner")


class Priority(models.TextChoices):
    """How an auditor ranks an action."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class Element(models.TextChoices):
    """Which half of the plan a commitment stands in."""

    POLICING = "policing", _("Policing element")
    COMMISSIONER = "commissioner", _("Commissioner’s commitments")


class Side(models.TextChoices):
    """Who made a commitment: the commissioner, the force, or both together."""

    COMMISSIONER = "commissioner", _("The commissioner")
    FORCE = "force", _("The force")
    JOINT = "joint", _("The commissioner and the force together")


class Plan(Citable):
    """A police and crime plan, a strategy, or the delivery plan of one.

    A police and crime plan runs until the next one and may be varied at any time (Police Reform and
    Social Responsibility Act 2011, s.5).
    """

    keeping: ClassVar = Keeping("retention/plans")

    class Form(models.TextChoices):
        PLAN = "plan", _("Police and crime plan")
        STRATEGY = "strategy", _("Strategy")
        DELIVERY = "delivery", _("Delivery plan")

    class Stage(models.TextChoices):
        DRAFT = "draft", _("Being drafted")
        CONSULTATION = "consultation", _("In consultation")
        FINAL = "final", _("Final")
        DELIVERY = "delivery", _("Being delivered")
        REVIEW = "review", _("Under review")
        ENDED = "ended", _("Ended")

    form = models.CharField(_("Form"), max_length=8, choices=Form, default=Form.PLAN)
    body = ToRecord("body", verbose_name=_("Policing body"))
    delivers = ToRecord("plan", verbose_name=_("Plan that it delivers"))
    replaces = ToRecord("plan", verbose_name=_("Plan that it replaces"))
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    stage = models.CharField(_("Stage"), max_length=12, choices=Stage, default=Stage.DELIVERY)
    stage_since = models.DateField(_("At this stage since"), null=True, blank=True)
    description = models.TextField(_("Description"), blank=True)

    def clean(self) -> None:
        """Raise ValidationError where it ends before it starts, or replaces or delivers itself."""
        super().clean()
        wrong: dict[str, Any] = {}
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            wrong["ends_on"] = _("A plan cannot end before it starts.")
        for name in ("delivers", "replaces"):
            if self.pk and getattr(self, f"{name}_id") == self.pk:
                wrong[name] = _("Name another plan.")
        if wrong:
            raise ValidationError(wrong)


class Objective(Citable):
    """One of the plan's objectives."""

    keeping: ClassVar = WITH_PARENT

    number = models.PositiveSmallIntegerField(_("Number"))
    description = models.TextField(_("Description"), blank=True)


class Promise(Citable):
    """A commitment, an activity, an undertaking given at a meeting, a recommendation, a finding.

    The panel publishes what it recommends and may set a day for the written response (Police
    Reform and Social Responsibility Act 2011, ss.28(6)-(7), 29(3)).
    """

    keeping: ClassVar = Keeping("retention/undertakings", "closed_on", with_parent=True)

    printed_reference = models.CharField(_("Printed reference"), max_length=20, blank=True)
    text = models.TextField(_("In full"), blank=True)
    element = models.CharField(_("Element"), max_length=12, choices=Element, blank=True)
    made_by = models.CharField(_("Made by"), max_length=12, choices=Side, blank=True)
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
    shown_by = ToRecord(
        "minute", "pack", "edition", "inspection", verbose_name=_("Record that shows it was done")
    )
    closed_at = ToRecord(
        "minute", related_name="promises_closed", verbose_name=_("Minute of the closing")
    )
    to_report = models.BooleanField(_("Closing to be reported to the next meeting"), default=False)
    respond_by = models.DateField(_("Response due"), null=True, blank=True)
    answer = models.CharField(_("Answer"), max_length=10, choices=Answer, blank=True)
    responded_on = models.DateField(_("Answered on"), null=True, blank=True)
    response = models.TextField(_("Response"), blank=True)
    form = models.CharField(_("Sort of finding"), max_length=10, choices=FindingForm, blank=True)
    priority = models.CharField(_("Priority"), max_length=6, choices=Priority, blank=True)
    closed_by = models.CharField(
        _("Closed by"),
        max_length=200,
        blank=True,
        help_text=_("Who said that it is closed, and the letter or report that says so."),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(answer="", responded_on=None)
                | (models.Q(answer__in=Answer.values, responded_on__isnull=False)),
                name="promise_answer_has_day",
                violation_error_message=_("Give an answer together with the day it was given."),
            ),
            models.CheckConstraint(
                condition=models.Q(answer="") | ~models.Q(response=""),
                name="promise_answer_has_words",
                violation_error_message=_("Write down what the response says."),
            ),
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
    def number(self) -> str:
        """Return the number that people know it by: the printed one, else its reference."""
        return self.printed_reference or self.reference

    @property
    def is_open(self) -> bool:
        """Return whether it is still to be kept."""
        return self.progress not in CLOSED

    @property
    def is_followed(self) -> bool:
        """Return whether meetings follow it until a minute says that it is closed."""
        return self.kind in FOLLOWED

    @property
    def closes_by_evidence(self) -> bool:
        """Return whether an update that says it is done does not yet close it."""
        return self.is_followed or self.kind == "finding"

    def clean(self) -> None:
        """Raise ValidationError where a recommendation has no beginning, or a closing no proof."""
        super().clean()
        wrong: dict[str, Any] = {}
        if self.kind == "recommendation" and self.made_at_id is None:
            wrong["made_at"] = _("Name the minute or the meeting at which it was made.")
        if self.is_followed and not self.is_open:
            wrong |= self._closing_lacks()
        if self.kind == "finding":
            wrong |= self._finding_lacks()
        if wrong:
            raise ValidationError(wrong)

    def _closing_lacks(self) -> dict[str, Any]:
        """Return what is missing of a closing: its day, its evidence, where it is minuted."""
        lacks: dict[str, Any] = {}
        if self.closed_on is None:
            lacks["closed_on"] = _("Give the day on which it was closed.")
        if not self.evidence.strip() and self.shown_by_id is None:
            lacks["evidence"] = _("Say what shows that it is done, or name the record that does.")
        if self.closed_at_id is None and not self.to_report:
            lacks["closed_at"] = _(
                "Name the minute at which it was closed, or say that it is to be reported to the"
                " next meeting."
            )
        return lacks

    def _finding_lacks(self) -> dict[str, Any]:
        """Return what is missing of a finding: its sort, or what shows that it is closed.

        A cause of concern is closed when the inspectorate says so, and not before.
        """
        lacks: dict[str, Any] = {}
        if not self.form:
            lacks["form"] = _("Say what sort of finding it is.")
        if self.progress != Progress.COMPLETE:
            return lacks
        if self.closed_on is None:
            lacks["closed_on"] = _("Give the day on which it was closed.")
        shown = self.shown_by_id is not None
        if self.form == FindingForm.CAUSE_OF_CONCERN and not (self.closed_by.strip() or shown):
            lacks["closed_by"] = _(
                "A cause of concern is closed when the inspectorate says so: name its letter or"
                " report."
            )
        elif not (self.closed_by.strip() or self.evidence.strip() or shown):
            lacks["evidence"] = _("Say what shows that it is done, or name the record that does.")
        return lacks

    def reopen(self) -> None:
        """Take away what says that it is closed."""
        self.closed_on, self.evidence, self.to_report = None, "", False
        self.closed_by = ""
        self.shown_by_id = self.closed_at_id = None

    def oversight_names(self) -> list[str]:
        """Return the names in the oversight cell, as printed."""
        return [name.strip() for name in self.oversight_as_printed.split(";") if name.strip()]


class Every(models.TextChoices):
    """How often a round comes."""

    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")


class UpdateRound(Citable):
    """A date for which every open promise of a plan is asked for an update.

    It may ask only of one objective, of one owner, or of what one board oversees.
    """

    keeping: ClassVar = WITH_PARENT

    as_at = models.DateField(_("As at"))
    opens_on = models.DateField(_("Opens"), null=True, blank=True)
    closes_on = models.DateField(_("Closes"), null=True, blank=True)
    every = models.CharField(_("How often"), max_length=8, choices=Every, default=Every.QUARTER)
    objective = ToRecord("objective", verbose_name=_("Only of this objective"))
    asked_of = ToRecord("role", "body", verbose_name=_("Only of this owner"))
    board = ToRecord("oversight-mechanism", verbose_name=_("Only of what this board oversees"))

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a round by its plan and date."""
        plan = reference_of(values.get("parent"))
        values["reference"] = values.get("reference") or f"{plan}-{values.get('as_at', '')}"
        return values


class Release(models.TextChoices):
    """Who may hear what an update says."""

    PUBLIC = "public", _("Public")
    PANEL = "panel", _("The panel in private")
    INTERNAL = "internal", _("The office only")

    @property
    def audience(self) -> Audience:
        """Return who may see the record of such an update."""
        return Audience.PUBLIC if self == Release.PUBLIC else Audience.OFFICE


class ProgressUpdate(Citable):
    """What was said of a promise, when it was true, and who may hear it."""

    keeping: ClassVar = WITH_PARENT

    as_at = models.DateField(_("As at"))
    progress = models.CharField(_("Status"), max_length=12, choices=Progress)
    progress_as_printed = models.CharField(_("Status, as printed"), max_length=120, blank=True)
    text = models.TextField(_("Progress update"))
    release = models.CharField(
        _("Who may hear it"), max_length=8, choices=Release, default=Release.PUBLIC
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["as_at"], name="update_as_at")]

    def clean(self) -> None:
        """Keep from the public what is not for it, whoever the record says may see it."""
        super().clean()
        if self.release != Release.PUBLIC:
            self.audience = Audience.OFFICE

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name an update by its promise and date."""
        promise = reference_of(values.get("parent"))
        values["reference"] = values.get("reference") or f"{promise}-{values.get('as_at', '')}"
        values["title"] = values.get("title") or _now("Update on %(promise)s") % {
            "promise": promise
        }
        return values


class Comment(models.Model):
    """What a colleague says about an update on its way to the public: for the office only.

    Only added to. It goes with its update; `who` is filled in for those who read it.
    """

    update = models.ForeignKey(ProgressUpdate, on_delete=models.CASCADE, related_name="comments")
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField()

    objects = AppendOnlyQuerySet.as_manager()
    who = ""

    def __str__(self) -> str:
        return f"comment {self.pk}"
