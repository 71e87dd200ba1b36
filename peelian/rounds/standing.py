"""How far a round is: how many lines are in, in time and open, by owner, board and objective."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from peelian.promises.models import UpdateRound
from peelian.promises.rounds import Row, State, read_grid
from peelian.record import clock
from peelian.record.models import Change, Link, Record
from peelian.record.scope import Scope
from peelian.rounds.models import Answer


@dataclass
class Count:
    """The lines of one owner, board or objective: all, in, of these in time, and declined."""

    title: str
    asked: int = 0
    came_in: int = 0
    in_time: int = 0
    declined: int = 0

    @property
    def open(self) -> int:
        """Return how many are still open."""
        return self.asked - self.came_in

    @property
    def in_time_share(self) -> int:
        """Return how many of a hundred came in on time."""
        return 100 * self.in_time // self.asked if self.asked else 0


@dataclass(frozen=True)
class Standing:
    """How far a round is altogether, and by whom, where and what for."""

    whole: Count
    by_owner: list[Count]
    by_board: list[Count]
    by_objective: list[Count]
    declined: list[tuple[Row, Answer]]


def standing_of(round_: UpdateRound, scope: Scope) -> Standing:
    """Return how far a round is, in four queries beside those of its grid."""
    rows = [row for row in read_grid(round_, scope).rows if row.is_asked]
    answers = _newest(round_)
    came = _first_days(round_, rows)
    boards = _boards(rows, scope)
    whole = Count(round_.title)
    tables: dict[str, dict[str, Count]] = {"owner": {}, "board": {}, "objective": {}}
    declined = []
    for row in rows:
        answer = answers.get(row.promise.pk)
        is_declined = answer is not None and answer.form == Answer.Form.DECLINED
        if answer and is_declined and row.state == State.NOT_YET:
            declined.append((row, answer))
        groups = {
            "owner": [row.owner.title if row.owner else _("Nobody yet")],
            "objective": [row.objective.title if row.objective else _("No objective")],
            "board": boards.get(row.promise.pk) or [_("No board named")],
        }
        counts = [whole]
        for table, titles in groups.items():
            counts += [tables[table].setdefault(title, Count(title)) for title in titles]
        for count in counts:
            _add(count, row, came.get(row.promise.pk), round_, is_declined)
    ordered = {name: _in_order(name, table, rows) for name, table in tables.items()}
    return Standing(whole, ordered["owner"], ordered["board"], ordered["objective"], declined)


def _add(
    count: Count, row: Row, day: dt.date | None, round_: UpdateRound, is_declined: bool
) -> None:
    count.asked += 1
    if row.state == State.NOT_YET and not is_declined:
        return
    count.came_in += 1
    count.declined += row.state == State.NOT_YET
    count.in_time += not round_.closes_on or (day is not None and day <= round_.closes_on)


def _in_order(name: str, table: dict[str, Count], rows: list[Row]) -> list[Count]:
    """Return objectives as they are numbered, owners and boards by their names."""
    if name != "objective":
        return sorted(table.values(), key=lambda count: count.title.casefold())
    keys = {row.objective.title: row.objective.sort_key for row in rows if row.objective}
    return sorted(table.values(), key=lambda count: keys.get(count.title, "~"))


def _newest(round_: UpdateRound) -> dict[int, Answer]:
    """Return the newest answer for each line, other than that it was handed on."""
    answers = Answer.objects.filter(invitation__round=round_)
    answers = answers.exclude(form=Answer.Form.DELEGATED).order_by("pk")
    return {answer.promise_id: answer for answer in answers}


def _first_days(round_: UpdateRound, rows: Iterable[Row]) -> dict[int, dt.date]:
    """Return the day on which something first came in for each line, whichever way it came."""
    answers = Answer.objects.filter(invitation__round=round_)
    answers = answers.exclude(form=Answer.Form.DELEGATED)
    first = answers.values_list("promise").annotate(Min("received_at"))
    days = {promise: timezone.localdate(at) for promise, at in first}
    entered = {row.update.pk: row.promise.pk for row in rows if row.update}
    made = Change.objects.filter(record_id__in=entered, version=1).values_list("record_id", "at")
    for record, at in made:
        day = clock.today() if clock.is_fixed() else timezone.localdate(at)
        days.setdefault(entered[record], day)
    return days


def _boards(rows: list[Row], scope: Scope) -> dict[int, list[str]]:
    """Return the titles of the boards that oversee each line, by itself or by its commitment."""
    above = {row.promise.pk: row.promise.parent_id for row in rows}
    wanted = {*above, *above.values()} - {None}
    links = list(
        Link.objects.filter(source__in=wanted, form="overseen_by").values_list(
            "source_id", "target_id"
        )
    )
    known: dict[int, Record] = scope.by_id({target for _source, target in links})
    found: dict[int | None, set[str]] = {}
    for source, target in links:
        if target in known:
            found.setdefault(source, set()).add(known[target].title)
    return {
        pk: sorted(found.get(pk, set()) | found.get(parent, set())) for pk, parent in above.items()
    }
