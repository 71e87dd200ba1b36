"""Meetings of the panel and of every other body, and what stands on their agendas."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from peelian.meetings.exemption import MOST_REASON, Statement, paragraph_choices, statement_of
from peelian.meetings.sorts import Form, Sort, refused_for, sort_of
from peelian.meetings.time_codes import is_time_code
from peelian.people.models import Body
from peelian.record.keeping import WITH_PARENT, Keeping
from peelian.record.models import Citable, ToRecord
from peelian.record.values import reference_of


class Meeting(Citable):
    """One meeting of a body."""

    # Of what kinds something was found to stand under it; None before anybody looked.
    kinds_under: frozenset[str] | None = None

    keeping: ClassVar = Keeping("retention/minutes")

    Form = Form

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
    form = models.CharField(
        _("Form"),
        max_length=13,
        choices=Form,
        default=Form.ORDINARY,
        help_text=_("It decides which standing items open the agenda, and who may see it."),
    )
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

    @property
    def sort(self) -> Sort:
        """Return what its form decides."""
        return sort_of(self.form)

    @property
    def named_form(self) -> str:
        """Return what it is held for; nothing of an ordinary meeting."""
        return "" if self.form == Form.ORDINARY else str(self.get_form_display())

    def clean(self) -> None:
        """Raise ValidationError for a form that is not its body's, or a confirmation undone."""
        super().clean()
        if self.form != Form.ORDINARY:
            panel = Body.objects.filter(pk=self.body_id or 0, form=Body.Form.PANEL).exists()
            if said := refused_for(self.form, panel=panel):
                raise ValidationError({"form": said})
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
    """An item that stands on every agenda of a body: the template a new agenda begins from.

    A form of meeting that has items of its own begins from those alone.
    """

    keeping: ClassVar = WITH_PARENT

    form = models.CharField(
        _("Only on agendas of"),
        max_length=13,
        choices=Form,
        blank=True,
        help_text=_(
            "A form of meeting that has standing items of its own begins with those alone; every "
            "other begins with the items without a form."
        ),
    )
    number = models.PositiveSmallIntegerField(_("Number"))
    closes = models.BooleanField(_("Stands at the end of the agenda"), default=False)
    presenter = models.CharField(_("Presented by"), max_length=200, blank=True)
    recommendation = models.TextField(_("Recommendation"), blank=True)
    section = models.CharField(_("Paper"), max_length=20, choices=AgendaItem.Section, blank=True)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a standing item by its body, the form it is for, and number."""
        form = f"{values['form']}-" if values.get("form") else ""
        made = f"{reference_of(values.get('parent'))}-standing-{form}{values.get('number', '')}"
        values["reference"] = values.get("reference") or made
        return values
