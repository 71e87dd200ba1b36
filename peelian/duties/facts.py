"""What opens, stops or ends a clock: the areas above say which of their records do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, DateTimeField, F, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from peelian.law.calendar import Fact
from peelian.law.pauses import Pause
from peelian.record.models import Audience, Change, Status
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Event:
    """A fact of the calendar and the number of the record it was taken from.

    Where the record itself meets a duty that it begins, `met_on` is the day, where that is known.
    Of an entry in a public register, `item` is the paragraph of the publication order that asks
    for it.
    """

    fact: Fact
    record_id: int
    item: str = ""
    met_on: date | None = None


@dataclass(frozen=True)
class Source:
    """Which records tell of an event, and in which column they keep its day.

    `event` is a rule's trigger, or the column that names it. `records` gives only what the scope it
    is handed may see; of those, what was withdrawn tells of nothing. Where the day is not kept,
    `read` makes of what the column `printed` says a day, and whether only its month is known. With
    `item`, publishing such a record meets the duty of that paragraph of the publication order.
    `met` is the column that may keep the day on which the duty was met.
    """

    event: str | F
    records: Callable[[Scope], RecordQuerySet[Any]]
    day: str
    printed: str = ""
    read: Callable[[str], tuple[date | None, bool]] = lambda _printed: (None, False)
    item: str = ""
    met: str = ""

    def rows(self, scope: Scope, number: int) -> RecordQuerySet[Any]:
        """Return what is asked of each record, the same columns for every source."""
        event = self.event if isinstance(self.event, F) else _text(self.event)
        asked = {
            "source_number": Value(number),
            "event_kind": event,
            "event_day": F(self.day),
            "event_printed": F(self.printed) if self.printed else _text(""),
            "said_met_on": F(self.met) if self.met else _none(DateField()),
            "made_public_at": _first_out() if self.item else _none(DateTimeField()),
        }
        own = ("pk", "reference", "title", "status", "audience", "embargo_until")
        told = self.records(scope).exclude(status=Status.WITHDRAWN).order_by()
        return told.annotate(**asked).values_list(*own, *asked)

    def event_of(self, row: tuple[Any, ...]) -> Event:
        """Return one of its rows as an event."""
        pk, reference, title, status, audience, embargo, _number, kind, day, printed, *out = row
        on, only_month = (day, False) if day else self.read(printed)
        fact = Fact(kind, reference, title, on, latest=only_month)
        said_on, made_at = out
        if not self.item:
            return Event(fact, pk, met_on=said_on)
        held_back = embargo and embargo > timezone.now()
        if held_back or (status, audience) != (Status.PUBLISHED, Audience.PUBLIC):
            return Event(fact, pk)
        return Event(fact, pk, self.item, said_on or _day_out(made_at, embargo))


PauseProvider = Callable[[Scope], Iterable[Pause]]

_sources: list[Source] = []
_pauses: list[PauseProvider] = []


def register(*sources: Source) -> None:
    """Let records open clocks; called once by each area's application."""
    _sources.extend(source for source in sources if source not in _sources)


def register_pauses(provider: PauseProvider) -> None:
    """Let a provider's pauses stop clocks, those of records that the scope may see."""
    if provider not in _pauses:
        _pauses.append(provider)


def events(scope: Scope, of: Collection[str] | None = None) -> list[Event]:
    """Return every event this scope may know of. One query, however many areas tell of events.

    `of` narrows it to kinds of event: what no rule in question begins with is not asked for. Where
    two records tell of one event, the first area that was declared speaks.
    """
    asked = [
        source.rows(scope, number)
        for number, source in enumerate(_sources)
        if of is None or isinstance(source.event, F) or source.event in of
    ]
    if not asked:
        return []
    first, *others = asked
    found: dict[tuple[str, str], Event] = {}
    for row in sorted(first.union(*others, all=True), key=lambda row: (row[6], row[0])):
        event = _sources[row[6]].event_of(row)
        if of is not None and event.fact.kind not in of:
            continue
        found.setdefault((event.fact.kind, event.fact.reference), event)
    return list(found.values())


def pauses(scope: Scope) -> list[Pause]:
    """Return every pause this scope may know of. One query for each provider."""
    return [pause for provider in _pauses for pause in provider(scope)]


def _first_out() -> Subquery:
    """Return when a record was first published here; nothing for one that a file brought in."""
    steps = Change.objects.filter(record_id=OuterRef("pk"), action="published")
    return Subquery(steps.order_by("at").values("at")[:1])


def _day_out(made_at: datetime | None, embargo: datetime | None) -> date | None:
    """Return the day on which the public could first read it; None where that is not known."""
    return timezone.localdate(max(made_at, embargo or made_at)) if made_at else None


def _text(words: str) -> Value:
    return Value(words, output_field=TextField())


def _none(field: DateField[Any, Any]) -> Cast:
    # PostgreSQL has to be told of what kind an empty column is.
    return Cast(Value(None), field)
