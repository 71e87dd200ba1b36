"""Meetings of the panel and of every other body: agenda, attendance, minutes, work programme."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

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

    body = ToRecord("body", "oversight-mechanism", optional=False, verbose_name=_("Body"))
    held_on = models.DateField(_("Date"))
    starts_at = models.TimeField(_("Starts"), null=True, blank=True)
    ended_at = models.TimeField(_("Ended"), null=True, blank=True)
    place = models.CharField(_("Place"), max_length=300, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.PLANNED)


class AgendaItem(Citable):
    """An item of a meeting's agenda; `section` names the part of the pack that is its paper."""

    keeping: ClassVar = WITH_PARENT

    class Section(models.TextChoices):
        MINUTES = "minutes", _("Minutes of the last meeting")
        MATTERS_ARISING = "matters_arising", _("Matters arising")
        MONITORING_REPORT = "monitoring_report", _("Activity and performance monitoring report")
        WORK_PROGRAMME = "work_programme", _("Work programme")
        TEXT = "text", _("The text below")

    number = models.PositiveSmallIntegerField(_("Number"))
    presenter = models.CharField(_("Presented by"), max_length=200, blank=True)
    recommendation = models.TextField(_("Recommendation"), blank=True)
    section = models.CharField(_("Paper"), max_length=20, choices=Section, blank=True)
    text = models.TextField(_("Text"), blank=True)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name an item by its meeting and number."""
        made = f"{reference_of(values.get('parent'))}-item-{values.get('number', '')}"
        values["reference"] = values.get("reference") or made
        return values


class Minute(Citable):
    """A numbered minute; numbers run on from meeting to meeting of a body."""

    keeping: ClassVar = WITH_PARENT

    number = models.PositiveIntegerField(_("Number"))
    text = models.TextField(_("Text"))

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a minute by its meeting and running number."""
        made = f"{reference_of(values.get('parent'))}-{values.get('number', '')}"
        values["reference"] = values.get("reference") or made
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

    meeting = ToRecord("meeting", verbose_name=_("Meeting"))
    month = models.DateField(_("Month"), null=True, blank=True)
    form = models.CharField(_("Kind"), max_length=10, choices=Form)
    requested_on = models.DateField(_("Asked for on"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)
