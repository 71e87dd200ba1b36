"""The work programme of a body."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from peelian.duties.rulebook import rule_of
from peelian.meetings.models.meetings import Meeting
from peelian.record.keeping import Keeping
from peelian.record.models import Citable, ToRecord


class WorkProgrammeItem(Citable):
    """Something the panel means to look at: at a meeting, in a month, or one day."""

    keeping: ClassVar = Keeping("retention/minutes")

    class Form(models.TextChoices):
        STATUTORY = "statutory", _("Statutory")
        ROUTINE = "routine", _("Routine")
        REQUESTED = "requested", _("Requested by the panel")
        POTENTIAL = "potential", _("Potential")

    body = ToRecord(
        "body",
        "oversight-mechanism",
        verbose_name=_("Body"),
        help_text=_("Needed where no meeting says it, and it is not the panel."),
    )
    meeting = ToRecord("meeting", verbose_name=_("Meeting"))
    month = models.DateField(_("Month"), null=True, blank=True)
    form = models.CharField(_("Kind"), max_length=10, choices=Form)
    duty = models.CharField(
        _("Duty that it meets"),
        max_length=200,
        blank=True,
        help_text=_("Its key, for example precept/2026-27/panel-report."),
    )
    requested_by = ToRecord("person", "role", "body", verbose_name=_("Asked for by"))
    requested_on = models.DateField(_("Asked for on"), null=True, blank=True)
    requested_at = ToRecord("minute", verbose_name=_("Minute of the request"))
    note = models.CharField(_("Note"), max_length=500, blank=True)

    def clean(self) -> None:
        """Raise ValidationError unless its meeting is one of its body and its duty is one."""
        super().clean()
        meeting = Meeting.objects.filter(pk=self.meeting_id or 0).first()
        if meeting and self.body_id not in (None, meeting.body_id):
            raise ValidationError(
                {"body": _("“%(meeting)s” is of another body.") % {"meeting": meeting.title}}
            )
        if self.duty and rule_of(self.duty) is None:
            raise ValidationError(
                {"duty": _("Give the key of a duty, for example precept/2019-20/panel-report.")}
            )
