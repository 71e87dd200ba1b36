"""What changed in a plan in a quarter, for anybody: in plain words, by objective, each with a link.

What was the same, or has new words only, is a number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.law.dates import Stretch, stretch
from peelian.promises.changes import Changes, Entry, Heap, Mark, changes
from peelian.promises.kinds import UPDATE
from peelian.promises.models import Plan, Progress
from peelian.record import clock
from peelian.record.kinds import kind_named
from peelian.record.scope import Scope

_DAY = dt.timedelta(days=1)
SETTLED = 28  # days after a quarter by which its updates are in, and its digest is mailed
_ORDER = (Mark.LATE, Heap.CLOSED, Heap.CHANGED, Heap.NEW, Heap.SUPERSEDED)


@dataclass(frozen=True)
class Line:
    """A promise that something happened to: what it is called, where it is, and what happened."""

    sort: str
    number: str
    title: str
    url: str
    words: str
    progress: str
    label: str


@dataclass(frozen=True)
class Part:
    """An objective with what happened under it."""

    title: str
    url: str
    lines: list[Line]


@dataclass(frozen=True)
class Digest:
    """What changed in a quarter: the lines by objective, and how many there are of each sort.

    `reported` counts what has new words at the same status, `unchanged` what says nothing new.
    """

    plan: Plan
    quarter: Stretch
    first: dt.date
    parts: list[Part]
    counts: list[tuple[str, int]]
    reported: int
    unchanged: int


def quarter_of(day: dt.date) -> Stretch:
    """Return the quarter that a day falls in."""
    return stretch(day, "quarter")


def first_of(quarter: Stretch) -> dt.date:
    """Return the first day of a quarter."""
    month = quarter.last.month - 2
    return quarter.last.replace(month=month, day=1)


def before(quarter: Stretch) -> Stretch:
    """Return the quarter before one."""
    return quarter_of(first_of(quarter) - _DAY)


def after(quarter: Stretch) -> Stretch | None:
    """Return the quarter after one, or None where that has not begun."""
    found = quarter_of(quarter.last + _DAY)
    return found if first_of(found) <= clock.today() else None


def oldest_quarter(plan: Plan, scope: Scope) -> Stretch:
    """Return the quarter that a plan began in, or of the first update in it that a scope may see.

    The newest that is over always has its page. Before the oldest there is nothing to tell and no
    page, so that nobody leafs back for ever. One query.
    """
    updates = scope.of(UPDATE).filter(
        Q(parent__parent__parent=plan.pk) | Q(parent__parent__parent__parent=plan.pk)
    )
    first = updates.aggregate(first=Min("as_at"))["first"]
    begun = [quarter_of(day) for day in (plan.starts_on, first) if day]
    return min((*begun, newest_quarter(plan)), key=lambda quarter: quarter.last)


def newest_quarter(plan: Plan) -> Stretch:
    """Return the newest quarter that is over, or the last of a plan that has ended."""
    end = clock.today()
    if plan.ends_on and plan.ends_on < end:
        return quarter_of(plan.ends_on)
    return before(quarter_of(end))


def settled_quarter(plan: Plan) -> Stretch:
    """Return the newest quarter of a plan whose updates are in."""
    found = newest_quarter(plan)
    late = found.last + dt.timedelta(days=SETTLED)
    return before(found) if late > clock.today() else found


def name_of(quarter: Stretch) -> str:
    """Return a quarter as people say it: `October to December 2019`."""
    first = date_format(first_of(quarter), "F")
    last = date_format(quarter.last, "F Y")
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def path_of(plan: Plan, quarter: Stretch, scope: Scope) -> str:
    """Return where the digest of a quarter stands."""
    return reverse(scope.name("plan-changes"), args=[plan.reference, str(quarter.last)])


def digest_of(plan: Plan, scope: Scope, quarter: Stretch) -> Digest:
    """Return what changed in a plan in a quarter, as a scope may see it. Four queries at most."""
    until = min(quarter.last, clock.today())
    found = changes(plan, scope, since=first_of(quarter) - _DAY, until=until)
    told = {entry.key: _line(entry, sort, scope) for sort, entry in _told(found)}
    others = [entry for entry in found.lines if entry.key not in told]
    reported = [e for e in others if any(d.name == "update" for d in e.differences)]
    return Digest(
        plan,
        quarter,
        first_of(quarter),
        _parts(found, told, scope),
        _counts(list(told.values())),
        len(reported),
        len(others) - len(reported),
    )


def _told(found: Changes) -> Iterator[tuple[str, Entry]]:
    """Yield each entry that is told of by a line of its own, with the sort it is told under."""
    for entry in found.entries:
        moved = any(d.name == "progress" for d in entry.differences)
        if Mark.LATE in entry.marks and entry.is_line:
            yield Mark.LATE, entry
        elif entry.heap in (Heap.CLOSED, Heap.NEW, Heap.SUPERSEDED):
            yield entry.heap, entry
        elif entry.heap == Heap.CHANGED and moved and entry.is_line:
            yield Heap.CHANGED, entry


def _line(entry: Entry, sort: str, scope: Scope) -> Line:
    slug = kind_named(entry.kind).slug
    progress = entry.after.progress
    return Line(
        sort,
        entry.number,
        entry.after.title,
        reverse(scope.name(f"{slug}-show"), args=[entry.reference]),
        _words(entry, sort),
        progress,
        Progress.label_of(progress),
    )


def _words(entry: Entry, sort: str) -> str:
    then, now = entry.before, entry.after
    says = {
        "then": Progress.label_of(then.progress).lower() if then else "",
        "now": Progress.label_of(now.progress),
    }
    if sort == Mark.LATE and now.due:
        day = date_format(now.due, "j F Y")
        return _("It was due on %(day)s and is not complete.") % {"day": day}
    if sort in (Heap.CLOSED, Heap.SUPERSEDED):
        says["day"] = date_format(now.closed_on, "j F Y") if now.closed_on else ""
        said = _("%(now)s since %(day)s.") if now.closed_on else _("%(now)s.")
        return said % says
    if sort == Heap.NEW:
        return _("Newly promised. Status: %(now)s.") % {"now": says["now"].lower()}
    said = (
        _("It was %(then)s and is now %(now)s.")
        if says["then"]
        else _("First reported on: %(now)s.")
    )
    return said % {**says, "now": says["now"].lower()}


def _parts(found: Changes, told: dict[str, Line], scope: Scope) -> list[Part]:
    parts = []
    for objective in found.objectives:
        own = [told[e.key] for e in found.under(objective.key) if e.key in told]
        reference = objective.key.partition("/")[2]
        url = reverse(scope.name("objectives-show"), args=[reference])
        if own:
            parts.append(Part(objective.title, url, own))
    return parts


def _counts(lines: list[Line]) -> list[tuple[str, int]]:
    labels = {
        Mark.LATE: _("late"),
        Heap.CLOSED: _("complete"),
        Heap.CHANGED: _("changed status"),
        Heap.NEW: _("new"),
        Heap.SUPERSEDED: _("superseded"),
    }
    numbers = [(labels[sort], sum(line.sort == sort for line in lines)) for sort in _ORDER]
    return [(label, number) for label, number in numbers if number]
