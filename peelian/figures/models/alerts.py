"""Who asked to be told of signals, and what each has been told: private rows, none of them records.

Purpose: to send the alerts somebody asked for. Kept: the address, what it asked about and when it
confirmed. Ends when it says stop; an address that never confirmed goes after seven days.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peelian.figures.models.register import Measure


class Subscription(models.Model):
    """An address that asked to be told of signals of a measure, an area, or one in the other."""

    email = models.EmailField(_("E-mail address"))
    measure = models.ForeignKey(Measure, null=True, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey("people.Area", null=True, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["email", "measure", "area"], name="subscription_to_series_once"
            ),
            models.UniqueConstraint(
                fields=["email", "measure"],
                condition=models.Q(area=None),
                name="subscription_to_measure_once",
            ),
            models.UniqueConstraint(
                fields=["email", "area"],
                condition=models.Q(measure=None),
                name="subscription_to_area_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(measure=None, area=None), name="subscription_to_something"
            ),
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"


class Told(models.Model):
    """A signal that a subscriber has been told of, so that it is never told twice.

    `began` is the period it was first seen at, `last` the newest that it was still there at: while
    it goes on, it is one signal. `state` is `sending` while the mail is being handed over.
    """

    class State(models.TextChoices):
        KNOWN = "known", _("There before the subscription")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="told")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey("people.Area", on_delete=models.CASCADE, related_name="+")
    rule = models.CharField(max_length=12)
    sign = models.SmallIntegerField()
    began = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=7, choices=State)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subscription", "measure", "area", "rule", "sign", "began"],
                name="told_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id}: {self.rule} {self.began}"
