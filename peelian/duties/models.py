"""What an office keeps of its duties: clocks it opened, pauses, proofs, owners, reminders sent."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Now
from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peelian.duties import events, rulebook, words
from peelian.law.rule import Rule
from peelian.record import clock
from peelian.record.keeping import Keeping
from peelian.record.models import Audience, Citable, ToRecord
from peelian.record.values import reference_of

LONGEST = 80


def _reference(*parts: object) -> str:
    """Return a reference made of parts; a long one ends in a mark of all of it."""
    made = re.sub(r"[^A-Za-z0-9._~-]+", "-", "-".join(str(part) for part in parts if part))
    if len(made) <= LONGEST:
        return made
    mark = hashlib.sha256(made.encode()).hexdigest()[:10]
    return f"{made[: LONGEST - len(mark) - 1]}-{mark}"


class Clock(Citable):
    """An event that somebody in the office says has happened, and that starts a clock."""

    keeping: ClassVar = Keeping("retention/duties", "opened_on")

    event = models.CharField(_("What happened"), max_length=60, choices=events.choices)
    opened_on = models.DateField(_("Day it happened"))
    note = models.TextField(_("Note"), blank=True)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a clock by its event and day; keep what may concern a person to the office."""
        event = str(values.get("event") or "")
        said = slugify(values.get("title") or "")[:40].strip("-")
        values["title"] = values.get("title") or events.title(event)
        values["reference"] = values.get("reference") or _reference(
            event.replace("_", "-"), values.get("opened_on"), said
        )
        values["audience"] = values.get("audience") or events.audience(event)
        return values


class Pause(Citable):
    """A time that a clock leaves out; one without a clock concerns every clock of the office.

    A rule says which forms of pause it allows; any other leaves its date as it is.
    """

    keeping: ClassVar = Keeping("retention/duties", "ends_on", with_parent=True)

    class Form(models.TextChoices):
        POST_ELECTION_PERIOD = "post_election_period", _("The period after an election")
        CLARIFICATION = "clarification", _("Waiting for a clarification")
        FEE = "fee", _("Waiting for a fee")

    form = models.CharField(_("Why it stands still"), max_length=30, choices=Form)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a pause by its clock and first day."""
        clock = reference_of(values.get("parent")) or str(values.get("form", "")).replace("_", "-")
        made = _reference(clock, "pause", values.get("starts_on"))
        values["reference"] = values.get("reference") or made
        values["title"] = values.get("title") or _now("Pause")
        return values

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="pause_ends_after_it_starts",
                violation_error_message=_("The last day must not be before the first."),
            )
        ]


class Proof(Citable):
    """What shows that a duty was met, or that it did not arise: a page, a record, a letter."""

    keeping: ClassVar = Keeping("retention/duties", "met_on")

    class Outcome(models.TextChoices):
        MET = "met", _("The duty was met")
        NOT_ARISEN = "not_arisen", _("The duty did not arise")

    key = models.CharField(_("Duty"), max_length=200)
    outcome = models.CharField(
        _("What it shows"), max_length=12, choices=Outcome, default=Outcome.MET
    )
    met_on = models.DateField(_("Day it was met"))
    url = models.URLField(_("Where it is published"), max_length=500, blank=True)
    evidence = ToRecord(
        *("minute", "agenda-item", "meeting", "pack", "plan", "edition", "inspection"),
        "holding-note",
        verbose_name=_("Record that shows it"),
    )
    letter = models.CharField(_("Letter or document"), max_length=300, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a proof by its duty and day."""
        key = str(values.get("key") or "")
        values["reference"] = values.get("reference") or _reference(key, values.get("met_on"))
        rule = rulebook.rule_of(key)
        values["title"] = values.get("title") or (rule.title if rule else key)
        return values

    @property
    def rule(self) -> Rule | None:
        """Return the rule of the duty that it closes; None where there is none any more."""
        return rulebook.rule_of(self.key)

    def clean(self) -> None:
        """Raise ValidationError unless it names a duty and shows something."""
        super().clean()
        rule = self.rule
        if rule is None:
            raise ValidationError(
                {"key": _("Give the key of a duty, for example precept/2019-20/panel-report.")}
            )
        if not (self.url or self.evidence_id or self.letter):
            raise ValidationError(
                _("Say what shows it: where it is published, a record, or a letter or document.")
            )
        if isinstance(self.met_on, dt.date) and self.met_on > clock.today():
            raise ValidationError({"met_on": _("Give a day that has come already.")})
        if self.outcome == self.Outcome.NOT_ARISEN and not rule.condition:
            raise ValidationError(
                {"outcome": _("This duty has no condition: it arises every time.")}
            )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key"], name="proof_key")]


class DutyOwner(Citable):
    """Who in the office sees to a rule, or to all that a role has to do."""

    keeping: ClassVar = Keeping("retention/registers")

    covers = models.CharField(_("Rule, or role in law"), max_length=120)
    holder = models.CharField(_("User name of whoever acts"), max_length=150, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name an owner by what is owned; it is for the office unless it says otherwise."""
        covers = str(values.get("covers") or "")
        rule = rulebook.rule_named(covers)
        values["reference"] = values.get("reference") or _reference(covers)
        known = str(words.ROLES.get(covers, covers))
        values["title"] = values.get("title") or (rule.title if rule else known)
        values["audience"] = values.get("audience") or Audience.OFFICE
        return values

    def clean(self) -> None:
        """Raise ValidationError unless it covers something and names somebody."""
        super().clean()
        if self.covers not in words.ROLES and rulebook.rule_named(self.covers) is None:
            said = _("Give a rule, such as precept/panel-report, or one of: %(roles)s.")
            raise ValidationError({"covers": said % {"roles": ", ".join(words.ROLES)}})
        if self.owner_id is None:
            raise ValidationError({"owner": _("Say who owns it.")})


class Reminder(models.Model):
    """A duty that somebody was reminded of by e-mail, and how far ahead of its day; never twice.

    No record: it is a note of what was sent. Moved to another day, a duty is told anew.
    """

    class State(models.TextChoices):
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")

    key = models.CharField(max_length=200)
    due = models.DateField()
    step = models.CharField(max_length=20)
    username = models.CharField(max_length=150)
    on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.SENDING)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key", "due", "step", "username"], name="reminder_never_twice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.step}: {self.username}"
