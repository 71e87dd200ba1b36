"""Meetings of the panel and of every other body: agenda, attendance, minutes, work programme."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import time_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peelian.duties.rulebook import rule_of
from peelian.law import majority as rule
from peelian.meetings.exemption import MOST_REASON, Statement, paragraph_choices, statement_of
from peelian.meetings.news_models import BodySubscription as BodySubscription
from peelian.meetings.news_models import BodyTold as BodyTold
from peelian.meetings.public_models import Declaration as Declaration
from peelian.meetings.public_models import Petition as Petition
from peelian.meetings.public_models import PublicQuestion as PublicQuestion
from peelian.meetings.public_models import Webcast as Webcast
from peelian.meetings.time_codes import is_time_code
from peelian.record.keeping import WITH_PARENT, Keeping
from peelian.record.models import Citable, ToRecord
from peelian.record.values import reference_of, title_of


class Meeting(Citable):
    """One meeting of a body."""

    keeping: ClassVar = Keeping("retention/minutes")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    class Stage(models.TextChoices):
        WRITING = "writing", _("Being written")
        WITH_CHAIR = "with_chair", _("With the chair")
        PUBLISHED = "published", _("Published as a draft")
        CONFIRMED = "confirmed", _("Confirmed")
        SIGNED = "signed", _("Confirmed and signed")

    body = ToRecord("body", "oversight-mechanism", optional=False, verbose_name=_("Body"))
    held_on = models.DateField(_("Date"))
    starts_at = models.TimeField(_("Starts"), null=True, blank=True)
    ended_at = models.TimeField(_("Ended"), null=True, blank=True)
    place = models.CharField(_("Place"), max_length=300, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.PLANNED)
    late_reason = models.CharField(
        _("Why its notice came late"),
        max_length=500,
        blank=True,
        help_text=_("Only where less than the clear days of the law were left. This is public."),
    )
    minutes_stage = models.CharField(
        _("Minutes"), max_length=10, choices=Stage, default=Stage.WRITING
    )
    confirmed_at = ToRecord("meeting", verbose_name=_("Minutes confirmed at"))
    confirmed_on = models.DateField(_("Minutes confirmed on"), null=True, blank=True)
    signed_by = ToRecord("person", verbose_name=_("Minutes signed by"))
    signed_on = models.DateField(_("Minutes signed on"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(minutes_stage__in=("confirmed", "signed"))
                & models.Q(confirmed_on__gt=models.F("held_on"))
                | ~models.Q(minutes_stage__in=("confirmed", "signed"))
                & models.Q(confirmed_on=None),
                name="meeting_confirmed_has_day",
                violation_error_message=_(
                    "Minutes that are confirmed have the day of a later meeting, others have none."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(minutes_stage="signed")
                & models.Q(signed_on__gte=models.F("confirmed_on"))
                | ~models.Q(minutes_stage="signed") & models.Q(signed_on=None),
                name="meeting_signed_has_day",
                violation_error_message=_(
                    "Minutes that are signed have the day, not before that of their confirmation; "
                    "others have none."
                ),
            ),
        ]

    @property
    def is_confirmed(self) -> bool:
        """Return whether its minutes are confirmed, and so stay as they are."""
        return self.minutes_stage in (self.Stage.CONFIRMED, self.Stage.SIGNED)

    def clean(self) -> None:
        """Raise ValidationError where a confirmation would be taken back or changed."""
        super().clean()
        stood = Meeting.objects.filter(pk=self.pk or 0).first()
        if stood is None or not stood.is_confirmed:
            return
        kept = ("held_on", "body_id", "confirmed_at_id", "confirmed_on")
        if not self.is_confirmed or any(getattr(self, n) != getattr(stood, n) for n in kept):
            raise ValidationError(
                {"minutes_stage": _("The minutes of this meeting are confirmed, and stay so.")}
            )


class AgendaItem(Citable):
    """An item of a meeting's agenda; `section` names the part of the pack that is its paper."""

    keeping: ClassVar = WITH_PARENT

    class Section(models.TextChoices):
        MINUTES = "minutes", _("Minutes of the last meeting")
        MATTERS_ARISING = "matters_arising", _("Matters arising")
        MONITORING_REPORT = "monitoring_report", _("Activity and performance monitoring report")
        WORK_PROGRAMME = "work_programme", _("Work programme")
        PUBLIC_PARTICIPATION = "public_participation", _("Public participation")
        TEXT = "text", _("The text below")

    number = models.PositiveSmallIntegerField(_("Number"))
    presenter = models.CharField(_("Presented by"), max_length=200, blank=True)
    recommendation = models.TextField(_("Recommendation"), blank=True)
    section = models.CharField(_("Paper"), max_length=20, choices=Section, blank=True)
    text = models.TextField(_("Text"), blank=True)
    late_reason = models.CharField(
        _("Why it is taken although it came late"),
        max_length=500,
        blank=True,
        help_text=_(
            "The special circumstances for which the chair takes it as urgent. This is public, and "
            "the minutes repeat it."
        ),
    )
    exempt_paragraph = models.PositiveSmallIntegerField(
        _("Exempt under paragraph"),
        choices=paragraph_choices,
        null=True,
        blank=True,
        help_text=_(
            "Of Schedule 12A to the Local Government Act 1972, for a meeting that it binds. The "
            "item’s text is then a summary for the public; the paper itself is kept apart."
        ),
    )
    exempt_reason = models.CharField(
        _("Why the public interest is in keeping it exempt"),
        max_length=MOST_REASON,
        blank=True,
        help_text=_("Why that outweighs the public interest in disclosing it. This is public."),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(exempt_paragraph=None, exempt_reason="")
                | models.Q(exempt_paragraph__isnull=False) & ~models.Q(exempt_reason=""),
                name="agenda_item_exempt_says_why",
                violation_error_message=_(
                    "An exempt item has a paragraph of Schedule 12A and the reason why the public "
                    "interest is in keeping it exempt; another item has neither."
                ),
            ),
        ]

    @property
    def statement(self) -> Statement | None:
        """Return what the public is told where the item is exempt, else None."""
        return statement_of(self)

    webcast_at = models.CharField(
        _("Time in the webcast"),
        max_length=8,
        blank=True,
        validators=[is_time_code],
        help_text=_("Where the item begins in the recording, for example 1:02:15."),
    )

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name an item by its meeting and number."""
        made = f"{reference_of(values.get('parent'))}-item-{values.get('number', '')}"
        values["reference"] = values.get("reference") or made
        return values


class StandingItem(Citable):
    """An item that stands on every agenda of a body: the template a new agenda begins from."""

    keeping: ClassVar = WITH_PARENT

    number = models.PositiveSmallIntegerField(_("Number"))
    closes = models.BooleanField(_("Stands at the end of the agenda"), default=False)
    presenter = models.CharField(_("Presented by"), max_length=200, blank=True)
    recommendation = models.TextField(_("Recommendation"), blank=True)
    section = models.CharField(_("Paper"), max_length=20, choices=AgendaItem.Section, blank=True)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a standing item by its body and number."""
        made = f"{reference_of(values.get('parent'))}-standing-{values.get('number', '')}"
        values["reference"] = values.get("reference") or made
        return values


class Minute(Citable):
    """A numbered minute; numbers run on from meeting to meeting of a body."""

    keeping: ClassVar = WITH_PARENT

    number = models.PositiveIntegerField(_("Number"))
    item = ToRecord("agenda-item", verbose_name=_("Agenda item"))
    text = models.TextField(_("Text"))

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
        kept = ("number", "title", "text", "parent_id")
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


class Vote(Citable):
    """A motion put to the vote: recorded member by member, by links, or by a show of hands."""

    keeping: ClassVar = WITH_PARENT

    class Majority(models.TextChoices):
        SIMPLE = rule.Majority.SIMPLE, _("More than half of those who vote")
        TWO_THIRDS = rule.Majority.TWO_THIRDS, _("Two-thirds of all members")

    class Casting(models.TextChoices):
        FOR = "for", _("For")
        AGAINST = "against", _("Against")

    motion = models.TextField(_("Motion"))
    majority = models.CharField(
        _("Majority needed"), max_length=10, choices=Majority, default=Majority.SIMPLE
    )
    moved_by = ToRecord("person", verbose_name=_("Moved by"))
    seconded_by = ToRecord("person", verbose_name=_("Seconded by"))
    hands_for = models.PositiveSmallIntegerField(_("Hands for"), null=True, blank=True)
    hands_against = models.PositiveSmallIntegerField(_("Hands against"), null=True, blank=True)
    hands_abstained = models.PositiveSmallIntegerField(_("Hands to abstain"), null=True, blank=True)
    casting = models.CharField(
        _("The chair’s casting vote"),
        max_length=7,
        choices=Casting,
        blank=True,
        help_text=_("Only where as many voted for as against."),
    )

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a vote by what it was taken under, and entitle it by how its motion begins."""
        under, motion = reference_of(values.get("parent")), str(values.get("motion") or "")
        values["reference"] = values.get("reference") or f"{under}-vote"
        values["title"] = values.get("title") or Truncator(" ".join(motion.split())).chars(100)
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
