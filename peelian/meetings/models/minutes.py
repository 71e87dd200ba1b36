"""What a meeting left behind: its minutes, what was corrected in them, who was there."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import time_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peelian.meetings.models.meetings import Meeting
from peelian.record.keeping import WITH_PARENT
from peelian.record.models import Citable, ToRecord
from peelian.record.values import reference_of, title_of


class Minute(Citable):
    """A numbered minute; numbers run on from meeting to meeting of a body."""

    keeping: ClassVar = WITH_PARENT

    number = models.PositiveIntegerField(_("Number"))
    item = ToRecord("agenda-item", verbose_name=_("Agenda item"))
    text = models.TextField(_("Text"))
    decision = models.TextField(
        _("What was decided"),
        blank=True,
        help_text=_("In the words of the decision alone. It stands in the note of decisions."),
    )

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a minute by its meeting and running number."""
        made = f"{reference_of(values.get('parent'))}-{values.get('number', '')}"
        values["reference"] = values.get("reference") or made
        return values

    def clean(self) -> None:
        """Raise ValidationError where the words of a confirmed minute would change."""
        super().clean()
        stood = Minute.objects.filter(pk=self.pk or 0).first()
        if stood is None or not _of_confirmed(stood):
            return
        kept = ("number", "title", "text", "decision", "parent_id")
        if any(getattr(self, name) != getattr(stood, name) for name in kept):
            raise ValidationError(
                _(
                    "This minute is confirmed and stays as it is. What a later meeting corrects is "
                    "shown beside it: choose “Correct a confirmed minute”."
                )
            )

    def delete_refused_because(self) -> str:
        """Return why a minute may not be deleted: the kernel's reasons, or its confirmation."""
        confirmed = _("This minute is confirmed and stays as it is.")
        return super().delete_refused_because() or (_of_confirmed(self) and str(confirmed)) or ""


def _of_confirmed(minute: Minute) -> bool:
    meeting = Meeting.objects.filter(pk=minute.parent_id or 0).first()
    return meeting is not None and meeting.is_confirmed


class MinuteCorrection(Citable):
    """What a later meeting corrected in a minute: for these words, read those.

    The minute keeps its words, and its correction stands beside them. The title holds it whole.
    """

    keeping: ClassVar = WITH_PARENT

    said = models.CharField(_("For the words"), max_length=220, blank=True)
    says = models.CharField(_("Read"), max_length=220)
    corrected_at = ToRecord("meeting", "minute", optional=False, verbose_name=_("Corrected at"))

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Entitle a correction by what it says."""
        words = {"said": values.get("said", ""), "says": values.get("says", "")}
        made = _now("For “%(said)s” read “%(says)s”.") if words["said"] else _now("Add “%(says)s”.")
        values["title"] = values.get("title") or made % words
        return values


class Attendance(Citable):
    """Who was at a meeting, and in what capacity."""

    keeping: ClassVar = WITH_PARENT

    class Capacity(models.TextChoices):
        PRESENT = "present", _("Present")
        APOLOGIES = "apologies", _("Apologies")
        SUBSTITUTE = "substitute", _("Substitute")
        IN_ATTENDANCE = "in_attendance", _("Also attended")

    person = ToRecord("person", optional=False, verbose_name=_("Person"))
    capacity = models.CharField(_("Capacity"), max_length=14, choices=Capacity)
    in_role = models.CharField(_("In the role of"), max_length=200, blank=True)
    for_person = ToRecord("person", verbose_name=_("In place of"))
    arrived_at = models.TimeField(
        _("Arrived"), null=True, blank=True, help_text=_("Only where it was after the start.")
    )
    left_at = models.TimeField(
        _("Left"), null=True, blank=True, help_text=_("Only where it was before the end.")
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(arrived_at=None)
                | models.Q(left_at=None)
                | models.Q(left_at__gt=models.F("arrived_at")),
                name="attendance_left_after_it_began",
                violation_error_message=_("Nobody leaves before they arrive."),
            ),
            models.CheckConstraint(
                condition=~models.Q(capacity="apologies") | models.Q(arrived_at=None, left_at=None),
                name="attendance_times_of_those_there",
                violation_error_message=_("Who sent apologies neither arrived nor left."),
            ),
        ]

    @property
    def times(self) -> str:
        """Return when somebody came late or left early, in words; nothing for all others."""
        arrived, left = (at and time_format(at, "H:i") for at in (self.arrived_at, self.left_at))
        if arrived and left:
            return _now("arrived %(arrived)s, left %(left)s") % {"arrived": arrived, "left": left}
        if arrived:
            return _now("arrived %(arrived)s") % {"arrived": arrived}
        return _now("left %(left)s") % {"left": left} if left else ""

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name an attendance by its meeting, person and capacity."""
        parts = [reference_of(values.get(n)) for n in ("parent", "person", "capacity")]
        values["reference"] = values.get("reference") or ".".join(parts)
        values["title"] = values.get("title") or title_of(values.get("person"))
        return values
