"""The register of undertakings and recommendations: every one with its age, owner and state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.meetings.arising import CLOSED, OVERDUE, Matter, age, followed, matters
from peelian.meetings.arising_blocks import LOOKS, STATES, answer_words, closing_words, due_words
from peelian.promises.models import Progress
from peelian.record.kinds import Kind
from peelian.record.models import Record, Status
from peelian.record.scope import Scope

LETTERS = 200


@dataclass(frozen=True)
class Tally:
    """How many were given, and of those how many are open, overdue or closed."""

    given: int
    open: int
    overdue: int

    @property
    def closed(self) -> int:
        """Return how many are closed."""
        return self.given - self.open

    def __str__(self) -> str:
        return _("%(given)s given, %(open)s open, %(overdue)s overdue") % {
            "given": self.given,
            "open": self.open,
            "overdue": self.overdue,
        }


def tally(found: Iterable[Matter]) -> Tally:
    """Return the counts of what is published; a draft is in none of them."""
    states = [m.state for m in found if m.promise.status == Status.PUBLISHED]
    still_open = sum(state != CLOSED for state in states)
    return Tally(len(states), still_open, states.count(OVERDUE))


def register(kind: Kind, scope: Scope, today: dt.date) -> tuple[list[Matter], dict[int, Record]]:
    """Return all of a kind that a scope may see, the oldest open first, then what is closed.

    And the bodies they were given to, by id and in order. Five queries, whatever their number.
    """
    found = matters(followed(scope, kind.name), scope, today)
    seen = scope.by_id({matter.body_id for matter in found})
    bodies = dict(sorted(seen.items(), key=lambda pair: (pair[1].sort_key, pair[0])))
    return sorted(found, key=lambda matter: (matter.closed, matter.order)), bodies


def head() -> list[str]:
    """Return the headings of the list."""
    return [
        _("Title"),
        _("Given"),
        _("Minute"),
        _("Owed by"),
        _("Due"),
        _("State"),
        _("Last update"),
    ]


def row(matter: Matter, scope: Scope) -> list[Any]:
    """Return a matter as a row of the list."""
    promise, minute, owner = matter.promise, matter.minute, matter.owner
    is_draft = promise.status != Status.PUBLISHED
    note = promise.get_status_display() if is_draft else promise.reference
    return [
        {"text": promise.title, "url": scope.url(promise), "note": note},
        _given(matter),
        {"text": str(minute.number), "url": scope.url(minute)} if minute else "–",
        {"text": owner.title, "url": scope.url(owner)} if owner else _("Nobody is named"),
        capfirst(due_words(matter)),
        {"text": str(STATES[matter.state]), "code": LOOKS[matter.state]},
        _last(matter),
    ]


def _given(matter: Matter) -> Any:
    if matter.days is None:
        return _("Not known")
    says = {"day": _day(matter.given_on), "days": matter.days}
    note = ngettext("%(day)s, %(days)d day", "%(day)s, %(days)d days", matter.days) % says
    return {"text": _("%(age)s ago") % {"age": age(matter.days)}, "note": note}


def _last(matter: Matter) -> Any:
    answered = answer_words(matter)
    if closing := closing_words(matter):
        return {"text": closing, "note": answered}
    if matter.update is None:
        return {"text": _("No update has been given"), "note": answered}
    as_at = _("As at %(day)s") % {"day": _day(matter.update.as_at)}
    note = f"{as_at}. {answered}" if answered else as_at
    return {"text": Truncator(matter.update.text).chars(LETTERS), "note": note}


def file_head(kind: Kind) -> list[str]:
    """Return the headings of the download."""
    asked = [_("Response due"), _("Answer"), _("Answered on"), _("Response")]
    return [
        *(_("Reference"), _("Title"), _("In full"), _("Body"), _("Meeting"), _("Given on")),
        *(_("Minute"), _("Owed by"), _("Due"), _("Due, as printed"), _("Age in days")),
        *(asked if kind.name == "recommendation" else []),
        *(_("State"), _("Status"), _("Last update as at"), _("Last update"), _("Closed on")),
        *(_("Evidence of closure"), _("Minute of the closing"), _("Publication")),
    ]


def file_row(matter: Matter, kind: Kind, bodies: dict[int, Record]) -> Sequence[Any]:
    """Return a matter as a row of the download."""
    promise, update = matter.promise, matter.update
    body = bodies.get(matter.body_id or 0)
    asked = [
        promise.respond_by,
        promise.get_answer_display() if promise.answer else "",
        promise.responded_on,
        promise.response,
    ]
    return [
        *(promise.reference, promise.title, promise.text, body.title if body else ""),
        *(matter.meeting.title if matter.meeting else "", matter.given_on),
        *(matter.minute.number if matter.minute else "",),
        *(matter.owner.title if matter.owner else "", promise.due, promise.due_as_printed),
        *("" if matter.days is None else matter.days,),
        *(asked if kind.name == "recommendation" else []),
        *(str(STATES[matter.state]), str(Progress(promise.progress).label)),
        *(update.as_at if update else None, update.text if update else "", promise.closed_on),
        *(promise.evidence, matter.minuted.number if matter.minuted else ""),
        promise.get_status_display(),
    ]


def _day(day: dt.date | None) -> str:
    return date_format(day, "j F Y") if day else ""
