"""How the force is held to account: whom a meeting in public reached, and challenges in writing."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext_lazy as _

from peelian.record.keeping import WITH_PARENT, Keeping
from peelian.record.models import Citable, ToRecord
from peelian.record.values import reference_of


class Reach(Citable):
    """How many people a meeting reached by one channel, as at a day, and who says so."""

    keeping: ClassVar = WITH_PARENT

    class Form(models.TextChoices):
        PRESENT = "present", _("In the room")
        LIVE = "live", _("Watched live")
        LATER = "later", _("Watched later")
        REACHED = "reached", _("Reached")
        ENGAGED = "engaged", _("Reacted or wrote")
        QUESTIONS = "questions", _("Questions sent in")

    form = models.CharField(_("How"), max_length=9, choices=Form)
    channel = models.CharField(
        _("Channel"), max_length=120, blank=True, help_text=_("For example: Facebook, the website.")
    )
    number = models.PositiveIntegerField(_("How many"))
    as_at = models.DateField(_("As at"))
    source = models.CharField(_("Source"), max_length=300)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a figure by what it is of, and entitle it by what it counts and by which channel."""
        told = (values.get(name) for name in ("form", "channel", "as_at"))
        named = [slugify(str(one)) for one in told if one]
        made = ".".join([reference_of(values.get("parent")), *named])
        values["reference"] = values.get("reference") or made
        form = values.get("form", "")
        label = str(cls.Form(form).label) if form in cls.Form.values else form
        parts = [part for part in (label, str(values.get("channel") or "")) if part]
        values["title"] = values.get("title") or ": ".join(parts)
        return values


class Challenge(Citable):
    """A holding to account in writing: what was asked of whom, by when, and what came back."""

    keeping: ClassVar = Keeping("retention/minutes")
    newest: ClassVar = "asked_on"

    put_to = ToRecord("role", "person", "body", optional=False, verbose_name=_("Put to"))
    asked_on = models.DateField(_("Asked on"))
    question = models.TextField(
        _("What is asked"), help_text=_("Several questions stand in lines that begin with “- ”.")
    )
    respond_by = models.DateField(_("Response due by"), null=True, blank=True)
    response = models.TextField(_("Response"), blank=True)
    responded_on = models.DateField(_("Responded on"), null=True, blank=True)
    follows = ToRecord(
        "challenge",
        "meeting",
        verbose_name=_("Follows"),
        help_text=_("The challenge or meeting whose answer did not satisfy."),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(responded_on=None, response="")
                | models.Q(responded_on__isnull=False, responded_on__gte=models.F("asked_on"))
                & ~models.Q(response=""),
                name="challenge_response_has_day",
                violation_error_message=_(
                    "A response has its words and its day, which is not before the question was "
                    "asked."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(respond_by=None)
                | models.Q(respond_by__gte=models.F("asked_on")),
                name="challenge_due_after_asked",
                violation_error_message=_("A response cannot be due before it is asked for."),
            ),
        ]

    def late_by(self, on: dt.date) -> int:
        """Return by how many days the response is, or came, too late; 0 where it is in time."""
        if self.respond_by is None:
            return 0
        return max(0, ((self.responded_on or on) - self.respond_by).days)

    def clean(self) -> None:
        """Raise ValidationError where it would follow itself."""
        super().clean()
        if self.pk and self.follows_id == self.pk:
            raise ValidationError({"follows": _("It cannot follow itself.")})

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a challenge by its day, and entitle it by how its question begins."""
        begins = " ".join(str(values.get("question") or "").split())
        values["title"] = values.get("title") or Truncator(begins).chars(100)
        made = f"challenge-{values.get('asked_on') or ''}"
        values["reference"] = values.get("reference") or made
        return values
