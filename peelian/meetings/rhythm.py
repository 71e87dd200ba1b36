"""When each body last met, when it meets next, and when it should: from how often it meets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Min, Q, TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.figures.periods import months_on
from peelian.law.dates import month_end
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.people.kinds import BODY, OVERSIGHT_MECHANISM
from peelian.people.models import OversightMechanism
from peelian.record.models import Record
from peelian.record.scope import Scope

Frequency = OversightMechanism.Frequency

# Those counted in weeks may meet until the Sunday, those counted in months until the last day.
WEEKS = {Frequency.WEEKLY: 1, Frequency.EVERY_SIX_WEEKS: 6}
MONTHS = {
    Frequency.MONTHLY: 1,
    Frequency.EVERY_TWO_MONTHS: 2,
    Frequency.QUARTERLY: 3,
    Frequency.THREE_TIMES_A_YEAR: 4,
    Frequency.TWICE_A_YEAR: 6,
    Frequency.YEARLY: 12,
}


class Standing(TextChoices):
    """How a body stands with its meetings; the values double as codes of the status tag."""

    LATE = "late", gettext_lazy("Overdue")
    DUE = "due", gettext_lazy("Due, none planned in time")
    MET = "met", gettext_lazy("Planned in time")
    NONE = "none", gettext_lazy("No meeting on the record")
    FREE = "free", gettext_lazy("No fixed frequency")


@dataclass(frozen=True)
class Rhythm:
    """A body's last and next meeting, and the last day for the next one: `due` is inclusive."""

    body: Record
    on: dt.date
    last: Meeting | None = None
    next: Meeting | None = None
    unrecorded: Meeting | None = None

    @property
    def frequency(self) -> str:
        """Return how often it should meet, or nothing where that is not laid down."""
        return self.body.frequency if isinstance(self.body, OversightMechanism) else ""

    @property
    def often(self) -> str:
        """Return how often it meets, in words; as printed where no frequency was chosen."""
        if not isinstance(self.body, OversightMechanism):
            return ""
        return str(self.body.get_frequency_display()) or self.body.meets

    @property
    def due(self) -> dt.date | None:
        """Return the last day by which it should meet again; None where nothing says so."""
        return due_after(self.frequency, self.last.held_on) if self.last else None

    @property
    def standing(self) -> Standing:
        """Return how it stands."""
        if not self.is_counted:
            return Standing.FREE
        if self.due is None:
            return Standing.NONE
        if self.due < self.on:
            return Standing.LATE
        in_time = self.next is not None and self.next.held_on <= self.due
        return Standing.MET if in_time else Standing.DUE

    @property
    def is_counted(self) -> bool:
        """Return whether its frequency is one that a day follows from."""
        return self.frequency in WEEKS or self.frequency in MONTHS

    @property
    def because(self) -> str:
        """Return in words how the day follows, or nothing where there is none."""
        if not (self.last and self.due):
            return ""
        return _("Meets %(often)s and last met on %(last)s, so meets again by %(due)s.") % {
            "often": self.often.lower(),
            "last": date_format(self.last.held_on, "j F Y"),
            "due": date_format(self.due, "j F Y"),
        }

    @property
    def unrecorded_words(self) -> str:
        """Return in words which later meeting nobody has said was held, or nothing."""
        missing = self.unrecorded
        if missing is None or (self.last and self.last.held_on > missing.held_on):
            return ""
        day = date_format(missing.held_on, "j F Y")
        return _("Planned for %(day)s; whether it was held is not recorded.") % {"day": day}


def due_after(frequency: str, last: dt.date) -> dt.date | None:
    """Return the last day of the week or month in which a body should meet again.

    A board that meets monthly and met on 5 January may meet on any day of February: a calendar
    month is what “monthly” means to those who sit on it. None where no day follows.
    """
    if frequency in WEEKS:
        return last + dt.timedelta(weeks=WEEKS[Frequency(frequency)], days=6 - last.weekday())
    if frequency in MONTHS:
        return month_end(months_on(last, MONTHS[Frequency(frequency)]))
    return None


def rhythms(scope: Scope, on: dt.date) -> list[Rhythm]:
    """Return the rhythm of every body that meets or should, in four queries.

    The overdue come first, and last those of which the record shows no meeting.
    """
    mechanisms: list[Record] = list(scope.of(OVERSIGHT_MECHANISM).in_order())
    meeting = scope.of(MEETING).filter(body__kind="body").values("body_id")
    bodies: list[Record] = list(scope.of(BODY).filter(pk__in=meeting).in_order())
    found = rhythms_of([*bodies, *mechanisms], scope, on)
    worst = list(Standing)
    return sorted(found, key=lambda one: (not (one.last or one.next), worst.index(one.standing)))


def rhythms_of(bodies: Iterable[Record], scope: Scope, on: dt.date) -> list[Rhythm]:
    """Return the rhythm of each of some bodies, in their order. Two queries."""
    bodies = list(bodies)
    held, planned = Q(state=Meeting.State.HELD), Q(state=Meeting.State.PLANNED)
    days = (
        scope.of(MEETING)
        .filter(body__in=bodies)
        .order_by()
        .values("body_id")
        .annotate(
            last=Max("held_on", filter=held & Q(held_on__lte=on)),
            next=Min("held_on", filter=planned & Q(held_on__gte=on)),
            unrecorded=Max("held_on", filter=planned & Q(held_on__lt=on)),
        )
    )
    by_body = {row.pop("body_id"): row for row in days}
    wanted = {day for row in by_body.values() for day in row.values() if day}
    meetings: dict[tuple[int | None, dt.date], dict[str, Meeting]] = {}
    for one in scope.of(MEETING).filter(body__in=bodies, held_on__in=wanted).in_order():
        meetings.setdefault((one.body_id, one.held_on), {})[one.state] = one
    states = {"last": "held", "next": "planned", "unrecorded": "planned"}
    return [
        Rhythm(
            body,
            on,
            **{
                name: meetings[body.pk, day][states[name]]
                for name, day in by_body.get(body.pk, {}).items()
                if day
            },
        )
        for body in bodies
    ]
