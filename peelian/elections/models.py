"""Elections in the office's area, and what was let through in the period before each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peelian.record.keeping import Keeping
from peelian.record.kinds import kinds
from peelian.record.models import Added, Citable, ToRecord
from peelian.record.values import reference_of


class Election(Citable):
    """A poll in the office's area. The pre-election period runs from its notice to its close."""

    keeping: ClassVar = Keeping("retention/registers")

    class Form(models.TextChoices):
        COMMISSIONER = "commissioner", _("Commissioner")
        MAYOR = "mayor", _("Mayor")
        COUNCIL = "council", _("Council")
        GENERAL = "general", _("General election")
        SENEDD = "senedd", _("Senedd")
        BY_ELECTION = "by_election", _("By-election")
        REFERENDUM = "referendum", _("Referendum")

    form = models.CharField(_("Kind of election"), max_length=12, choices=Form)
    area = ToRecord("area", verbose_name=_("Area"))
    poll_on = models.DateField(_("Day of the poll"))
    notice_on = models.DateField(
        _("Pre-election period begins on"),
        null=True,
        blank=True,
        help_text=_(
            "The day the notice of election is published, or that official guidance names. "
            "Leave empty to take the last day by law."
        ),
    )
    source = models.CharField(_("Source"), max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(notice_on=None) | models.Q(notice_on__lt=models.F("poll_on")),
                name="election_notice_before_poll",
                violation_error_message=_("The period must begin before the day of the poll."),
            )
        ]

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name an election by its kind and day where it has no name."""
        form, day = values.get("form"), values.get("poll_on")
        if form in cls.Form.values and day:
            values["reference"] = values.get("reference") or f"{day}-{form}".replace("_", "-")
            values["title"] = values.get("title") or f"{cls.Form(form).label}, {day}"
        return values


def kinds_of_record() -> list[tuple[str, str]]:
    """Return every kind of record as a field offers them."""
    return [(kind.name, str(kind.plural)) for kind in kinds()]


class RoutinePublication(Citable):
    """A kind of record that may go out in a period, as somebody decided before it began.

    It holds for what is published one by one as for rounds, editions and files that are loaded.
    """

    keeping: ClassVar = Keeping("retention/registers")

    covers = models.CharField(
        _("What may go out"),
        max_length=40,
        choices=kinds_of_record,
        help_text=_("The kind of record, for all of them."),
    )
    is_statutory = models.BooleanField(_("The law requires it"), default=False)
    is_routine = models.BooleanField(_("It is routine, as in every month or year"), default=False)
    reason = models.CharField(
        _("Why it cannot wait"), max_length=1000, help_text=_("Who needs it then, and what for.")
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(is_statutory=True) | models.Q(is_routine=True),
                name="routine_publication_has_a_ground",
                violation_error_message=_("Say that the law requires it, or that it is routine."),
            )
        ]

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name it by its election and what it covers where it has no name."""
        covers = str(values.get("covers") or "")
        if election := reference_of(values.get("parent")):
            values["reference"] = values.get("reference") or f"{election}-{covers}"
        known = dict(kinds_of_record())
        values["title"] = values.get("title") or known.get(covers, covers)
        return values


class Clearance(Added):
    """What was published in a pre-election period: who let it through, and why it could not wait.

    Without a foreign key to the record, so that it says what went out also where the record is
    gone; and without its title, so that a disposal, which empties `why`, leaves no words of it.
    """

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="clearances")
    record_id = models.BigIntegerField()
    key = models.CharField(max_length=130)
    on = models.DateField()
    is_statutory = models.BooleanField()
    is_routine = models.BooleanField()
    why = models.CharField(max_length=1000)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)


def empty_reasons(ids: Sequence[int]) -> None:
    """Empty the reasons given for records that are disposed of; who let them out stays."""
    Clearance.objects.filter(record_id__in=ids).blank(why="")
