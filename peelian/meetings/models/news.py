"""Who asked to be told of a body's meetings, and what each has been told: private, no records."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext as _

from peelian.pages.subscriptions import Subscribed, Told


class BodySubscription(Subscribed):
    """An address that asked to be told what is published of a body's meetings.

    With a topic, only of what mentions all of its words.
    """

    body = models.ForeignKey("record.Record", on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["email", "body", "topic"], name="subscription_to_body_once"
            )
        ]

    @property
    def about(self) -> str:
        """Return the name of the body, and the topic."""
        says = {"body": self.body.title, "topic": self.topic}
        return _("%(body)s, on “%(topic)s”") % says if self.topic else str(self.body.title)

    def note_known(self) -> None:
        """Note what is published already, so that only what comes after is told."""
        from peelian.meetings.news import note_news

        note_news(self)


class BodyTold(Told):
    """Something new of a body that a subscriber has been told of, so that it is told once."""

    subscription = models.ForeignKey(
        BodySubscription, on_delete=models.CASCADE, related_name="told"
    )
    key = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subscription", "key"], name="body_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id}: {self.key}"
