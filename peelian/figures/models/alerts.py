"""Who asked to be told of signals, and what each has been told: private rows, no records."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext as _

from peelian.figures.models.register import Measure
from peelian.pages import subscriptions
from peelian.pages.subscriptions import Subscribed


class Subscription(Subscribed):
    """An address that asked to be told of signals of a measure, an area, or one in the other."""

    measure = models.ForeignKey(Measure, null=True, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey("people.Area", null=True, on_delete=models.CASCADE, related_name="+")

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

    @property
    def about(self) -> str:
        """Return what it is about, in words."""
        if self.measure and self.area:
            says = {"measure": self.measure.title, "area": self.area.title}
            return _("%(measure)s in %(area)s") % says
        return str(self.measure.title if self.measure else self.area.title if self.area else "")

    def note_known(self) -> None:
        """Note the signals there are already, so that only new ones are told."""
        from peelian.figures.alerts import note_signals

        note_signals(self)


class Told(subscriptions.Told):
    """A signal that a subscriber has been told of, so that it is never told twice.

    `began` is the period it was first seen at, `last` the newest that it was still there at: while
    it goes on, it is one signal.
    """

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="told")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey("people.Area", on_delete=models.CASCADE, related_name="+")
    rule = models.CharField(max_length=12)
    sign = models.SmallIntegerField()
    began = models.DateField()
    last = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subscription", "measure", "area", "rule", "sign", "began"],
                name="told_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id}: {self.rule} {self.began}"
