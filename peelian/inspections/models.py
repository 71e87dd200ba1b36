"""Inspection reports and the grades they gave."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from peelian.record.keeping import WITH_PARENT, Keeping
from peelian.record.models import Citable, ToRecord
from peelian.record.values import reference_of


class Inspection(Citable):
    """A report by an inspectorate that concerns the force."""

    keeping: ClassVar = Keeping("retention/reports")

    class Form(models.TextChoices):
        FORCE = "force", _("Of the force")
        THEMATIC = "thematic", _("National, on a theme")
        SCHEME = "scheme", _("Of compliance with a scheme")
        ANNOUNCED = "announced", _("Announced, not yet held")

    body = ToRecord("body", verbose_name=_("Inspectorate"))
    form = models.CharField(_("Form"), max_length=10, choices=Form)
    onsite = models.CharField(_("On site"), max_length=40, blank=True)
    published_on = models.DateField(_("Published on"), null=True, blank=True)
    published_as_printed = models.CharField(_("Published, as printed"), max_length=60, blank=True)
    summary = models.TextField(_("Summary"), blank=True)


class Grade(Citable):
    """A judgement on one question of an inspection. Grades of different scales never mix."""

    keeping: ClassVar = WITH_PARENT

    question = models.CharField(_("Question"), max_length=120)
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
