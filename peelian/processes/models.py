"""A running process: which one it is, what began it, and what came of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from peelian.law.dates import FinancialYear
from peelian.law.process import Declared
from peelian.processes import declared
from peelian.record.keeping import Keeping
from peelian.record.models import Audience, Citable, ToRecord


class Process(Citable):
    """One run of a declared process. Its dates are worked out from its year or its clocks.

    It names no candidate: whose name it is stands in the clock that began it, and is as public as
    that is.
    """

    keeping: ClassVar = Keeping("retention/minutes")

    class Finding(models.TextChoices):
        SUPPORT = "support", _("In favour")
        AGAINST = "against", _("Against, without a veto")
        TOO_HIGH = "too_high", _("Vetoed as too high")
        TOO_LOW = "too_low", _("Vetoed as too low")
        VETO = "veto", _("Vetoed")

    process = models.CharField(_("Process"), max_length=60, choices=declared.choices)
    year = models.PositiveSmallIntegerField(
        _("Financial year of its dates"),
        null=True,
        blank=True,
        help_text=_("The year it begins in: 2026 for a precept that is set in February 2027."),
    )
    subject = models.CharField(
        _("What or whom it is about"),
        max_length=300,
        blank=True,
        help_text=_("The post, not the name of a candidate: this is as public as the process."),
    )
    proposal = models.CharField(_("What is proposed"), max_length=500, blank=True)
    revised = models.CharField(_("What is proposed after a veto"), max_length=500, blank=True)
    meeting = ToRecord("meeting", verbose_name=_("Meeting or hearing"))
    second_meeting = ToRecord("meeting", verbose_name=_("Second meeting or hearing"))
    vote = ToRecord(
        "vote",
        verbose_name=_("Vote on a veto"),
        help_text=_("Needed only where the meeting voted on more than one."),
    )
    finding = models.CharField(
        _("What the panel found"), max_length=10, choices=Finding, blank=True
    )
    recommendation = models.TextField(_("What the panel recommends, and why"), blank=True)
    decision = models.TextField(_("What was answered or decided"), blank=True)

    VETOES = (Finding.TOO_HIGH, Finding.TOO_LOW, Finding.VETO)

    class Meta:
        verbose_name_plural = "processes"

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a process by its year or subject; one that concerns a person is for the office."""
        known = declared.process_named(str(values.get("process") or ""))
        if known is None:
            return values
        title = declared.entitled(
            known, _year(values.get("year")), str(values.get("subject") or "")
        )
        values["title"] = values.get("title") or title
        named = slugify(title.replace("/", "-"))[:70].strip("-")
        values["reference"] = values.get("reference") or named
        audience = Audience.OFFICE if known.private else Audience.PUBLIC
        values["audience"] = values.get("audience") or audience
        return values

    @property
    def declared(self) -> Declared:
        """Return what its file declares. Raises LookupError where there is no such process."""
        found = declared.process_named(self.process)
        if found is None:
            raise LookupError(self.process)
        return found

    @property
    def financial_year(self) -> FinancialYear | None:
        """Return the year of its dates, where it is of a year."""
        return FinancialYear(self.year) if self.year else None

    def clean(self) -> None:
        """Raise ValidationError unless it has a year where it needs one, and no veto too many."""
        super().clean()
        known = declared.process_named(self.process)
        if known is None:
            return
        wrong: dict[str, Any] = {}
        if known.yearly and not self.year:
            wrong["year"] = _("Give the financial year in which its dates are.")
        if not known.yearly and self.year:
            wrong["year"] = _("Leave the year empty: this process begins with an event.")
        if not known.veto and self.finding in self.VETOES:
            wrong["finding"] = _("The panel has no veto here.")
        if wrong:
            raise ValidationError(wrong)


def _year(value: Any) -> FinancialYear | None:
    try:
        return FinancialYear(int(value))
    except (TypeError, ValueError):
        return None
