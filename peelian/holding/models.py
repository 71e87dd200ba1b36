"""The commissioner's holding to account: themes, what is asked under each, what was answered."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peelian.law.dates import FinancialYear, financial_year
from peelian.meetings.models import Meeting
from peelian.pages.issues import Issued
from peelian.record.keeping import WITH_PARENT, Keeping
from peelian.record.models import Audience, Citable, ToRecord
from peelian.record.values import reference_of, title_of

LONGEST = 80  # letters of a reference


class Theme(Citable):
    """What the chief constable is asked about in a month, and why it was chosen."""

    keeping: ClassVar = Keeping("retention/minutes")

    month = models.DateField(
        _("Month"), help_text=_("Any day of the month in which it is to be taken.")
    )
    meeting = ToRecord("meeting", verbose_name=_("Meeting at which it is taken"))
    objective = ToRecord("objective", verbose_name=_("Objective that it serves"))
    why = models.TextField(_("Why it was chosen"), blank=True)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a theme by its month and its title."""
        made = f"{str(values.get('month') or '')[:7]}-{slugify(values.get('title', ''))[:40]}"
        values["reference"] = values.get("reference") or made.strip("-")
        return values

    @property
    def year(self) -> FinancialYear:
        """Return the financial year that its month is in."""
        return financial_year(self.month)

    def clean(self) -> None:
        """Begin the month on its first day; raise ValidationError for a meeting of the panel."""
        super().clean()
        if isinstance(self.month, dt.date):
            self.month = self.month.replace(day=1)
        held = Meeting.objects.filter(pk=self.meeting_id or 0).select_related("body").first()
        if held and held.body and held.body.reference == settings.OFFICE["panel"]:
            said = _("The panel holds the commissioner to account: name another body’s meeting.")
            raise ValidationError({"meeting": said})


class Enquiry(Citable):
    """A key line of enquiry: one question under a theme, and the figure that goes with it."""

    keeping: ClassVar = WITH_PARENT

    number = models.PositiveSmallIntegerField(_("Number"))
    why = models.TextField(_("Why it is asked"), blank=True)
    answerer = ToRecord("role", "person", "body", verbose_name=_("Who answers"))
    follows = ToRecord("enquiry", verbose_name=_("Takes up an earlier enquiry"))
    measure = ToRecord("measure", verbose_name=_("Figure that goes with it"))
    area = ToRecord("area", verbose_name=_("Area of the figure"))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(area=None) | models.Q(measure__isnull=False),
                name="enquiry_area_of_a_measure",
                violation_error_message=_("Name the figure that is meant, not only its area."),
            )
        ]

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name an enquiry by its theme and number."""
        made = f"{reference_of(values.get('parent'))}.{values.get('number', '')}"
        values["reference"] = values.get("reference") or made[:LONGEST]
        return values


class Answer(Citable):
    """What was answered to an enquiry at a meeting, what came of it, and the figure of that day."""

    keeping: ClassVar = WITH_PARENT

    class Outcome(models.TextChoices):
        ASSURED = "assured", _("Assured")
        PARTLY = "partly", _("Partly assured")
        NOT_ASSURED = "not_assured", _("Not assured")
        FOLLOW_UP = "follow_up", _("To be followed up")

    meeting = ToRecord("meeting", optional=False, verbose_name=_("Meeting"))
    answered_by = ToRecord("person", "role", verbose_name=_("Answered by"))
    text = models.TextField(_("Answer"))
    outcome = models.CharField(_("Outcome"), max_length=12, choices=Outcome)
    finding = models.TextField(
        _("What the commissioner found"), blank=True, help_text=_("It is public with the note.")
    )
    measure = ToRecord("measure", verbose_name=_("Figure"))
    area = ToRecord("area", verbose_name=_("Area of the figure"))
    quoted_period = models.DateField(_("Period of the figure then"), null=True, blank=True)
    quoted_value = models.FloatField(_("Figure then"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(quoted_value=None, quoted_period=None)
                | models.Q(
                    quoted_value__isnull=False, quoted_period__isnull=False, measure__isnull=False
                ),
                name="answer_figure_has_period",
                violation_error_message=_("A figure has a measure, a period and a value."),
            )
        ]

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name an answer by its enquiry and meeting."""
        parent, meeting = (reference_of(values.get(name)) for name in ("parent", "meeting"))
        values["reference"] = values.get("reference") or f"{parent}.{meeting}"[:LONGEST]
        made = _now("Answer to: %(question)s") % {"question": title_of(values.get("parent"))}
        values["title"] = values.get("title") or made[:600]
        return values


class Evidence(Citable):
    """A record taken into the bundle of a theme, or left out of it; or words where none is."""

    keeping: ClassVar = WITH_PARENT

    about = ToRecord(
        *("measure", "commitment", "activity", "undertaking", "recommendation"),
        *("inspection", "grade", "public-question", "petition"),
        verbose_name=_("Record"),
    )
    left_out = models.BooleanField(_("Left out of the bundle"), default=False)
    note = models.TextField(
        _("In words"),
        blank=True,
        help_text=_("For casework: the theme and how often, never a person."),
    )
    source = models.CharField(_("Source"), max_length=300, blank=True)
    as_at = models.DateField(_("As at"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(about__isnull=False)
                | ~models.Q(note="") & ~models.Q(source="") & models.Q(as_at__isnull=False),
                name="evidence_has_source",
                violation_error_message=_(
                    "Name a record; or give the words with their source and their day."
                ),
            )
        ]

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name evidence by its theme and its record; it is the office's own."""
        about = values.get("about")
        values["title"] = values.get("title") or title_of(about)
        last = reference_of(about) or slugify(values["title"])[:30]
        made = f"{reference_of(values.get('parent'))}.{last}"
        values["reference"] = values.get("reference") or made[:LONGEST].strip(".")
        values.setdefault("audience", Audience.OFFICE)
        return values


class HoldingNote(Issued):
    """The published note of a meeting. Each build is a snapshot; `issue` is the one that counts."""

    keeping: ClassVar = WITH_PARENT

    introduction = models.TextField(_("Introduction"), blank=True)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a note by its meeting."""
        parent = values.get("parent")
        values["reference"] = values.get("reference") or reference_of(parent)
        made = _now("Note: %(meeting)s") % {"meeting": title_of(parent)}
        values["title"] = values.get("title") or made[:600]
        return values
