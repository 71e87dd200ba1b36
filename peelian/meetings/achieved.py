"""What a body achieved in a financial year, by what the record says and no more."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.law.dates import FinancialYear, financial_year
from peelian.meetings.arising import Matter, followed, given_at, matters
from peelian.meetings.arising_blocks import STATES
from peelian.meetings.kinds import AGENDA_ITEM, MEETING, MINUTE
from peelian.meetings.models import AgendaItem, Meeting
from peelian.meetings.register import Tally, tally
from peelian.promises.models import Answer, Progress
from peelian.record.models import Record
from peelian.record.scope import PUBLIC

# Papers of the agenda that say how a meeting runs; nothing of the commissioner's is looked at.
_HOUSEKEEPING = (
    AgendaItem.Section.MINUTES,
    AgendaItem.Section.MATTERS_ARISING,
    AgendaItem.Section.WORK_PROGRAMME,
)


@dataclass(frozen=True)
class Achieved:
    """A body's year: what it did, and what the record does not know."""

    year: FinancialYear
    meetings: list[Meeting]
    items: list[tuple[Meeting, AgendaItem]]
    recommendations: list[Matter]
    undertakings: list[Matter]
    unknown: list[str]
    agendas: int

    @property
    def items_counted(self) -> str:
        """Return how many items are known: a number, `at least` one, or that none is known."""
        if not self.agendas and self.meetings:
            return _("Not known:")
        number = str(len(self.items))
        missing = self.agendas < len(self.meetings)
        return _("At least %(number)s") % {"number": number} if missing else number

    @property
    def is_empty(self) -> bool:
        """Return whether the record knows of nothing in this year."""
        return not (self.meetings or self.recommendations or self.undertakings or self.unknown)

    @property
    def given(self) -> Tally:
        """Return how many undertakings were given and how many are open."""
        return tally(self.undertakings)

    @property
    def kept(self) -> int:
        """Return how many of the undertakings have been kept."""
        return sum(m.closed and m.promise.progress == Progress.COMPLETE for m in self.undertakings)

    @property
    def answers(self) -> list[tuple[Any, int]]:
        """Return how many recommendations were answered in each way, then how many were not."""
        counted = Counter(m.promise.answer for m in self.recommendations if m.answered)
        unanswered = len(self.recommendations) - counted.total()
        found = [(label, counted[code]) for code, label in Answer.choices if counted[code]]
        return [*found, (_("No response on the record"), unanswered)] if unanswered else found


def years_of(body: Record, today: dt.date) -> list[FinancialYear]:
    """Return the financial years in which a body's meetings are public, the newest first."""
    past = PUBLIC.of(MEETING).filter(body=body, held_on__lte=today)
    ends = past.aggregate(first=Min("held_on"), last=Max("held_on"))
    if ends["first"] is None:
        return []
    first, last = (financial_year(ends[name]).begins_in for name in ("first", "last"))
    return [FinancialYear(year) for year in range(last, first - 1, -1)]


def achieved(body: Record, year: FinancialYear, today: dt.date) -> Achieved:
    """Return what a body did in a year, of what is public, as it stands today. Seven queries."""
    past = PUBLIC.of(MEETING).filter(
        body=body, held_on__gte=year.first, held_on__lte=min(year.last, today)
    )
    every = list(past.exclude(state=Meeting.State.CANCELLED).order_by("held_on", "pk"))
    held = [meeting for meeting in every if meeting.state == Meeting.State.HELD]
    agendas = _agendas(held)
    minuted = set(PUBLIC.of(MINUTE).filter(parent__in=held).values_list("parent_id", flat=True))
    made = matters(followed(PUBLIC).filter(given_at(past, PUBLIC)), PUBLIC, today)
    return Achieved(
        year,
        held,
        [(m, i) for m in held for i in agendas.get(m.pk, []) if _is_scrutiny(i)],
        [m for m in made if m.promise.kind == "recommendation"],
        [m for m in made if m.promise.kind == "undertaking"],
        list(_unknown(every, held, agendas, minuted)),
        len(agendas),
    )


def _agendas(held: Sequence[Meeting]) -> dict[int, list[AgendaItem]]:
    found: dict[int, list[AgendaItem]] = {}
    for item in PUBLIC.of(AGENDA_ITEM).filter(parent__in=held).order_by("number", "pk"):
        found.setdefault(item.parent_id, []).append(item)
    return found


def _is_scrutiny(item: AgendaItem) -> bool:
    """Return whether an item had something before the body that was not its own housekeeping."""
    return item.section not in _HOUSEKEEPING and bool(
        item.section or item.text or item.recommendation
    )


def _unknown(
    every: Sequence[Meeting],
    held: Sequence[Meeting],
    agendas: dict[int, list[AgendaItem]],
    minuted: set[int],
) -> Iterator[str]:
    """Yield what the record does not say, so that a small number is not taken for little work."""
    if unsure := len(every) - len(held):
        yield ngettext(
            "The record does not say whether %(n)d meeting of this year was held.",
            "The record does not say whether %(n)d meetings of this year were held.",
            unsure,
        ) % {"n": unsure}
    for meeting in held:
        says = {"day": date_format(meeting.held_on, "j F Y")}
        if meeting.pk not in agendas:
            yield _("The agenda of the meeting of %(day)s is not on the record.") % says
        if meeting.pk not in minuted:
            yield (
                _(
                    "The minutes of the meeting of %(day)s are not on the record: what was promised"
                    " there may be missing."
                )
                % says
            )


def file_rows(found: Achieved) -> Iterator[Sequence[Any]]:
    """Yield the year as rows: meetings, items, recommendations, undertakings."""
    for meeting in found.meetings:
        yield _row(_("Meeting"), meeting, meeting.held_on, meeting.title)
    for meeting, item in found.items:
        yield _row(_("Agenda item"), item, meeting.held_on, meeting.title)
    for matter in (*found.recommendations, *found.undertakings):
        promise = matter.promise
        label = _("Recommendation") if promise.kind == "recommendation" else _("Undertaking")
        title = matter.meeting.title if matter.meeting else ""
        answer = promise.get_answer_display() if matter.answered else ""
        state = (str(STATES[matter.state]), answer, promise.closed_on, promise.evidence)
        yield _row(label, promise, matter.given_on, title, *state)


def file_head() -> list[str]:
    """Return the headings of the download."""
    return [
        *(_("What"), _("Reference"), _("Title"), _("Day"), _("Meeting")),
        *(_("State"), _("Answer"), _("Closed on"), _("Evidence of closure"), _("Address")),
    ]


def _row(
    what: str, record: Record, day: dt.date | None, meeting: str, *state: Any
) -> Sequence[Any]:
    stands = state or ("", "", None, "")
    return [what, record.reference, record.title, day, meeting, *stands, record.get_absolute_url()]
