"""Each month's spending above the threshold: the month is the record, a payment is a row of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peelian.record.keeping import Keeping
from peelian.record.models import Citable, Kept, MoneyField, Record
from peelian.record.writing import draft_of


class SpendingMonth(Citable):
    """A month of spending. Each load of its export is kept; `issue` is the one that counts."""

    keeping: ClassVar = Keeping("retention/decisions")
    newest: ClassVar = "month"

    month = models.DateField(_("Month"), help_text=_("Its first day."))
    issue = models.PositiveIntegerField(_("Load"), null=True, blank=True)
    note = models.TextField(_("Note"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(month__day=1),
                name="spending_month_begins",
                violation_error_message=_("Give the first day of the month."),
            ),
        ]

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a month by its number and in words."""
        month = values.get("month")
        try:
            month = parse_date(month) if isinstance(month, str) else month
        except ValueError:
            return values
        if month:
            values["reference"] = values.get("reference") or f"{month:%Y-%m}"
            title = _now("Spending in %(month)s") % {"month": date_format(month, "F Y")}
            values["title"] = values.get("title") or title
        return values

    def clean(self) -> None:
        """Refuse a load that is not there: the public would read an empty month."""
        if self.issue and not Payment.objects.filter(month_id=self.pk, issue=self.issue).exists():
            raise ValidationError({"issue": _("There is no load with this number.")})

    def waiting_issue(self) -> int | None:
        """Return the load that the office looks at: the one that waits, else the official one."""
        draft = draft_of(self)
        waiting = draft.values.get("issue") if draft else None
        return int(waiting) if waiting else self.issue

    def payments(self, issue: int | None) -> Any:
        """Return the payments of a load, by day and then as the export had them."""
        return Payment.objects.filter(month_id=self.pk, issue=issue or 0).order_by("paid_on", "row")


class Payment(Kept):
    """One payment, as the public reads it; `original` and `as_exported` are for who releases it."""

    class Naming(models.TextChoices):
        BODY = "body", _("An organisation")
        WITHHELD = "withheld", _("A person: name withheld")
        DOUBTFUL = "doubtful", _("Doubtful: withheld until somebody decides")
        SHOWN = "shown", _("Looked at: name published")

    class PaidBy(models.TextChoices):
        COMMISSIONER = "commissioner", _("Policing body")
        CHIEF_OFFICER = "chief_officer", _("Chief officer")

    month = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    issue = models.PositiveIntegerField()
    row = models.PositiveIntegerField()
    recipient = models.CharField(max_length=300)
    original = models.CharField(max_length=300)
    naming = models.CharField(max_length=10, choices=Naming)
    why = models.CharField(max_length=200, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    purpose = models.CharField(max_length=1000)
    reasons = models.CharField(max_length=1000, blank=True)
    as_exported = models.JSONField(default=dict)
    amount = MoneyField()
    paid_on = models.DateField()
    paid_by = models.CharField(max_length=14, choices=PaidBy)
    contract = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["month", "issue", "row"], name="payment_row_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["original"], name="payment_original")]

    def __str__(self) -> str:
        return f"{self.month_id} load {self.issue}, row {self.row}"
