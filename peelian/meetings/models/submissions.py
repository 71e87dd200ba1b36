"""What somebody of the public put in by the form, before it is a record: private rows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Submission(models.Model):
    """A question or petition as it came in by the form, and who sent it: private, and no record.

    Purpose: to put it to the meeting and tell the sender what became of it. Kept: name, address,
    area and words. One whose address was not confirmed goes after seven days, every other on
    `ends_on`. What of it becomes a record holds no address.
    """

    class Form(models.TextChoices):
        QUESTION = "question", _("Question")
        PETITION = "petition", _("Petition")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")

    form = models.CharField(max_length=8, choices=Form)
    meeting = models.ForeignKey(
        "record.Record", null=True, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("Name"), max_length=200)
    is_name_public = models.BooleanField(default=False)
    email = models.EmailField(_("E-mail address"))
    area = models.CharField(_("Area"), max_length=120, blank=True)
    title = models.CharField(_("Title"), max_length=200, blank=True)
    text = models.TextField(_("Words"))
    signatures = models.PositiveIntegerField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    became = models.ForeignKey(
        "record.Record", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    ends_on = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["email"], name="submission_by_address")]

    def __str__(self) -> str:
        return f"submission {self.pk}"
