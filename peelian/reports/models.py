"""Reports on a plan between two days: what the officer adds, and which issue counts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from peelian.pages.issues import Issued
from peelian.record.keeping import WITH_PARENT, Keeping
from peelian.record.models import Citable, ToRecord
from peelian.record.values import reference_of, title_of


class Report(Issued):
    """A report on a plan. Each build is a snapshot; `issue` is the one that counts.

    The elected local policing body must publish an annual report on progress in meeting the
    objectives of its plan (Police Reform and Social Responsibility Act 2011, s.12).
    """

    keeping: ClassVar = Keeping("retention/reports")

    class Form(models.TextChoices):
        MONITORING = "monitoring", _("Activity and performance monitoring report")
        ANNUAL = "annual", _("Annual report")
        END_OF_TERM = "end_of_term", _("End-of-term report")

    form = models.CharField(_("Form"), max_length=12, choices=Form, default=Form.MONITORING)
    since = models.DateField(_("What changed after"))
    until = models.DateField(_("Up to"))
    meeting = ToRecord("meeting", verbose_name=_("Meeting it goes to"))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")),
                name="report_days_in_order",
                violation_error_message=_("The last day must not be before the first."),
            ),
        ]

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a report by its plan, form and last day."""
        form, until = str(values.get("form") or cls.Form.MONITORING), values.get("until") or ""
        made = f"{reference_of(values.get('parent'))}-{form.replace('_', '-')}-{until}"
        values["reference"] = values.get("reference") or made
        return values


class ReportSection(Citable):
    """Words of the officer's own in a report; the next report of its form begins with them.

    It is part of the making of a report: what the public reads is the issue it was built into.
    """

    keeping: ClassVar = WITH_PARENT

    class Place(models.TextChoices):
        OPENING = "opening", _("Before the summary")
        CHANGES = "changes", _("After the summary")
        CLOSING = "closing", _("At the end")

    place = models.CharField(_("Place"), max_length=8, choices=Place, default=Place.OPENING)
    number = models.PositiveSmallIntegerField(_("Order there"), default=1)
    text = models.TextField(
        _("Text"),
        help_text=_(
            "Leave a line free between two paragraphs; a line that begins with “- ” is a bullet."
            " Give each figure its period and its source."
        ),
    )
    carried_from = ToRecord("report-section", verbose_name=_("Carried on from"))

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a section by its report and its heading."""
        heading = slugify(str(values.get("title") or "")) or str(values.get("number") or 1)
        made = f"{reference_of(values.get('parent'))}-{heading}"
        values["reference"] = values.get("reference") or made[:80].rstrip("-")
        return values

    def make_sort_key(self) -> str:
        """Return what puts sections in the order of their places."""
        place = list(self.Place.values).index(self.place) if self.place in self.Place.values else 9
        return f"{place} {self.number or 0:04d} {super().make_sort_key()}"[:200]

    @property
    def is_as_before(self) -> bool:
        """Return whether it still says, word for word, what the last report said."""
        before = self.carried_from
        whole = ReportSection._base_manager.filter(pk=before.pk).first() if before else None
        return bool(whole and (whole.title, whole.text) == (self.title, self.text))


class ReportExample(Citable):
    """A line of the plan that a report tells in full, and why it was chosen."""

    keeping: ClassVar = WITH_PARENT

    promise = ToRecord("activity", "commitment", optional=False, verbose_name=_("Line of the plan"))
    reason = models.CharField(_("Why it is told in full"), max_length=500)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name an example by its report and its promise."""
        made = f"{reference_of(values.get('parent'))}-{reference_of(values.get('promise'))}"
        values["reference"] = values.get("reference") or made[:80]
        values["title"] = values.get("title") or title_of(values.get("promise"))
        return values

    def clean(self) -> None:
        """Raise ValidationError where nothing says why it was chosen."""
        super().clean()
        if not self.reason.strip():
            raise ValidationError({"reason": _("Say why this line is told in full.")})
