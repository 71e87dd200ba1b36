"""Reports of inspectors, auditors and coroners: their grades, the answers, the level of watch."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peelian.inspections import scales
from peelian.promises.models import Answer as Said
from peelian.record.keeping import WITH_PARENT, Keeping
from peelian.record.models import Citable, Status, ToRecord
from peelian.record.values import reference_of


class Inspection(Citable):
    """A report by an inspectorate, an auditor, a coroner or a watchdog that concerns the force."""

    keeping: ClassVar = Keeping("retention/reports")

    class Form(models.TextChoices):
        FORCE = "force", _("Of the force")
        THEMATIC = "thematic", _("National, on a theme")
        SCHEME = "scheme", _("Of compliance with a scheme")
        QUALITY = "quality", _("Of the quality of custody visiting")
        LEARNING = "learning", _("Learning recommendations of the police watchdog")
        INTERNAL_AUDIT = "internal", _("Internal audit")
        EXTERNAL_AUDIT = "external", _("External audit")
        CORONER = "coroner", _("Coroner’s report to prevent future deaths")
        ANNOUNCED = "announced", _("Announced, not yet held")

    body = ToRecord("body", verbose_name=_("By whom"))
    form = models.CharField(_("Form"), max_length=10, choices=Form)
    onsite = models.CharField(_("On site"), max_length=40, blank=True)
    published_on = models.DateField(_("Published on"), null=True, blank=True)
    published_as_printed = models.CharField(_("Published, as printed"), max_length=60, blank=True)
    address = models.URLField(_("Where the report is"), max_length=500, blank=True)
    summary = models.TextField(_("Summary"), blank=True)
    not_subject = models.BooleanField(
        _("The force is clearly not its subject"),
        default=False,
        help_text=_("Then it asks for no response. If in doubt, it does."),
    )
    not_subject_because = models.CharField(_("Why it is not"), max_length=300, blank=True)
    answered_in = ToRecord(
        "inspection",
        verbose_name=_("Answered with"),
        help_text=_("A report on the force that finds the same: one response to it is enough."),
    )

    # What starts the 56 days of the Police Act 1996, s.55(5A).
    BY_INSPECTORATE = (Form.FORCE, Form.THEMATIC, Form.SCHEME)

    def clean(self) -> None:
        """Raise ValidationError for what excuses a response and is not explained, or is not so."""
        super().clean()
        wrong: dict[str, Any] = {}
        if self.not_subject and not self.not_subject_because.strip():
            wrong["not_subject_because"] = _("Say why the force is clearly not its subject.")
        if self.not_subject and self.form != self.Form.THEMATIC:
            wrong["not_subject"] = _("Only a national report can have another subject.")
        if self.answered_in_id is not None and self.answered_in_id == self.pk:
            wrong["answered_in"] = _("Name another report.")
        if wrong:
            raise ValidationError(wrong)


class Grade(Citable):
    """A judgement on one question of an inspection. Grades of different scales never mix."""

    keeping: ClassVar = WITH_PARENT

    question = models.CharField(_("Question"), max_length=120)
    scale = models.CharField(_("Scale"), max_length=40, choices=scales.choices, blank=True)
    grade = models.CharField(_("Grade"), max_length=60, blank=True)
    previous_grade = models.CharField(_("Grade before"), max_length=60, blank=True)
    previous_as_printed = models.CharField(_("Before, as printed"), max_length=120, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a grade by its inspection and question."""
        inspection = reference_of(values.get("parent"))
        question = str(values.get("question", "")).lower().replace(" ", "-")
        values["reference"] = values.get("reference") or f"{inspection}.{question}"[:80]
        values["title"] = values.get("title") or values.get("question", "")
        return values

    def clean(self) -> None:
        """Raise ValidationError for a grade that its scale does not have."""
        super().clean()
        scale = scales.scale_named(self.scale)
        if scale and self.grade and scale.place(self.grade) is None:
            known = ", ".join(reversed(scale.grades))
            raise ValidationError({"grade": _("This scale has: %(grades)s.") % {"grades": known}})


class FindingAnswer(Citable):
    """What is done about one finding, or why nothing is (Police Act 1996, s.55(5B))."""

    keeping: ClassVar = WITH_PARENT

    answer = models.CharField(_("Answer"), max_length=10, choices=Said)
    text = models.TextField(_("What has been or will be done, or why nothing"))

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name an answer by its finding."""
        finding = reference_of(values.get("parent"))
        values["reference"] = values.get("reference") or f"{finding}.answer"[:80]
        words = _now("Answer to %(finding)s") % {"finding": finding}
        values["title"] = values.get("title") or words
        return values


class Response(Citable):
    """The policing body's response to a report: both sets of comments and the reply to the chief's.

    The answers to the report's findings are part of it (Police Act 1996, s.55(4) to (6)).
    """

    keeping: ClassVar = WITH_PARENT

    invited_on = models.DateField(_("Chief officer invited on"), null=True, blank=True)
    comments_by = models.DateField(_("Comments asked for by"), null=True, blank=True)
    received_on = models.DateField(_("Comments received on"), null=True, blank=True)
    chief_comments = models.TextField(_("The chief officer’s comments"), blank=True)
    no_comments = models.BooleanField(
        _("The chief officer was invited and made no comments"), default=False
    )
    comments = models.TextField(_("The policing body’s own comments"), blank=True)
    reply = models.TextField(_("Reply to the chief officer’s comments"), blank=True)
    published_on = models.DateField(
        _("Published on"),
        null=True,
        blank=True,
        help_text=_("Filled in when it is published here."),
    )

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a response by its report."""
        report = reference_of(values.get("parent"))
        values["reference"] = values.get("reference") or f"{report}-response"[:80]
        named = getattr(values.get("parent"), "title", report)
        words = _now("Response to %(report)s") % {"report": named}
        values["title"] = values.get("title") or words
        return values

    def clean(self) -> None:
        """Raise ValidationError where comments and the word that there are none contradict."""
        super().clean()
        wrong: dict[str, Any] = {}
        if self.no_comments and self.chief_comments.strip():
            wrong["no_comments"] = _("There are comments: take this away, or them.")
        if self.invited_on and self.comments_by and self.comments_by < self.invited_on:
            wrong["comments_by"] = _("Give a day that is not before the invitation.")
        if self.invited_on and self.received_on and self.received_on < self.invited_on:
            wrong["received_on"] = _("Give a day that is not before the invitation.")
        if wrong:
            raise ValidationError(wrong)


class Monitoring(Citable):
    """The level at which the inspectorate watches a force, from a day until another.

    Scan is for every force; Engage is for one that it has lost confidence in.
    """

    keeping: ClassVar = Keeping("retention/reports")

    class Level(models.TextChoices):
        SCAN = "scan", _("Scan")
        ENGAGE = "engage", _("Engage")

    force = ToRecord("body", optional=False, verbose_name=_("Force"))
    level = models.CharField(_("Level"), max_length=6, choices=Level)
    begins_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    reason = models.TextField(_("Why"), blank=True)
    address = models.URLField(_("Where it is said"), max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("begins_on")),
                name="monitoring_ends_after",
                violation_error_message=_("The last day must not be before the first."),
            )
        ]

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name it by its force, level and first day."""
        force = reference_of(values.get("force"))
        level, begins = values.get("level", ""), values.get("begins_on", "")
        values["reference"] = values.get("reference") or f"{force}-{level}-{begins}"[:80]
        words = dict(cls.Level.choices).get(str(level), level)
        values["title"] = values.get("title") or _now("%(level)s from %(day)s") % {
            "level": words,
            "day": begins,
        }
        return values

    def clean(self) -> None:
        """Raise ValidationError where the force is at another level on a day of it."""
        super().clean()
        if isinstance(self.begins_on, dt.date) and self.force_id:
            self._refuse_another_level()

    def _refuse_another_level(self) -> None:
        others = Monitoring.objects.filter(force=self.force_id).exclude(pk=self.pk)
        others = others.exclude(status=Status.WITHDRAWN)
        others = others.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=self.begins_on))
        if self.ends_on:
            others = others.filter(begins_on__lte=self.ends_on)
        if other := others.first():
            said = _("The force is at another level in these days: “%(other)s”. End that first.")
            raise ValidationError({"begins_on": said % {"other": other.title}})
