"""Decisions of significant public interest."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peelian.record.clock import today
from peelian.record.keeping import Keeping
from peelian.record.models import Citable, Snapshot, Status, ToRecord


class Decision(Citable):
    """A decision of the policing body. Its notice is a snapshot; a correction is a further one.

    What of it is exempt is not among its columns, and is kept by `peelian.exempt`.
    """

    keeping: ClassVar = Keeping("retention/decisions")
    newest: ClassVar = "decided_on"

    needs_reason: ClassVar[bool] = True

    decision = models.TextField(_("Decision"))
    significance = models.TextField(_("Why it is of significant public interest"), blank=True)
    reasons = models.TextField(_("Reasons"), blank=True)
    options = models.TextField(_("Options considered"), blank=True)
    advice = models.TextField(_("Advice taken"), blank=True)
    withheld = models.TextField(
        _("What is not published, and why"),
        blank=True,
        help_text=_("This is public. The exempt part itself is kept on a page of its own."),
    )
    decided_by = ToRecord("role", "body", verbose_name=_("Decided by"))
    decided_on = models.DateField(_("Decided on"))
    signed_by = ToRecord("person", verbose_name=_("Signed by"))
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    published_on = models.DateField(
        _("First published on"),
        null=True,
        blank=True,
        help_text=_("Set by itself when the decision is published here for the first time."),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(published_on=None)
                | models.Q(published_on__gte=models.F("decided_on")),
                name="decision_made_before_published",
                violation_error_message=_("A decision cannot be published before it is made."),
            ),
            models.CheckConstraint(
                condition=models.Q(signed_on=None)
                | models.Q(signed_on__gte=models.F("decided_on")),
                name="decision_made_before_signed",
                violation_error_message=_("A decision cannot be signed before it is made."),
            ),
        ]

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Give a decision the next number of its year: `2026-014`."""
        if not values.get("reference"):
            # Without its day it is refused for that, not for the number it cannot have.
            values["reference"] = next_number(values.get("decided_on")) or "undated"
        return values

    def clean(self) -> None:
        """Refuse to publish what is yet to be decided: its day of publication would be before."""
        seen_from = first_seen(self.embargo_until)
        is_ahead = isinstance(self.decided_on, dt.date) and self.decided_on > seen_from
        if self.status == Status.PUBLISHED and is_ahead:
            said = _now("A decision cannot be published before it is made.")
            raise ValidationError({"decided_on": said})

    @property
    def days_to_publication(self) -> int | None:
        """Return how many days after it was made it was first published; None if it was not."""
        return (self.published_on - self.decided_on).days if self.published_on else None

    def delete_refused_because(self) -> str:
        """Return why it may not be deleted: a notice that was issued stays, if withdrawn."""
        if self.issued():
            said = _now("The notice of “%(title)s” was issued: it stays, withdrawn.")
            return said % {"title": self.title}
        return super().delete_refused_because()

    def issued(self) -> Snapshot | None:
        """Return the newest notice, or None before the first."""
        return self.snapshots.order_by("-number").first()


def first_seen(embargo: dt.datetime | None) -> dt.date:
    """Return the day on which the public can read what is published today, its embargo over."""
    return max(today(), timezone.localdate(embargo)) if embargo else today()


def next_number(decided_on: Any) -> str:
    """Return the number after the highest that a decision of this year ever had; else nothing."""
    from peelian.record.writing import references_used

    year = decided_on.year if isinstance(decided_on, dt.date) else str(decided_on or "")[:4]
    prefix = f"{year}-"
    if len(prefix) != 5:
        return ""
    numbers = (used.removeprefix(prefix) for used in references_used("decision", prefix))
    return f"{prefix}{max((int(n) for n in numbers if n.isdecimal()), default=0) + 1:03d}"
