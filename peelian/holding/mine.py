"""What the commissioner promised, what of it is done, and what is stuck, with the reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.duties.kinds import DUTY_OWNER
from peelian.holding.evidence import STUCK
from peelian.meetings.arising import newest
from peelian.people.models import Body
from peelian.promises.models import CLOSED, Element, Progress, ProgressUpdate, Promise
from peelian.record.models import Record, Status
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import Scope

QUIET = 90  # days without an update after which a promise counts as stuck
DONE_SINCE = 366  # what was done longer ago is history


@dataclass(frozen=True)
class Own:
    """A promise of the commissioner: how it stands in words, its newest update, who sees to it."""

    promise: Promise
    words: str
    update: ProgressUpdate | None
    owner: Record | None


@dataclass(frozen=True)
class Lists:
    """The three lists: under way, done within a year, stuck."""

    promised: Sequence[Own]
    done: Sequence[Own]
    stuck: Sequence[Own]


def lists_of(scope: Scope, day: dt.date) -> Lists:
    """Return the commissioner's promises as they stand on a day. Four queries.

    They are those that the commissioner or the policing body owes, and the commissioner’s half of
    the plan; a promise made of activities is told by these.
    """
    promises = list(owned(scope, day).order_by("due", "sort_key", "pk"))
    updates = newest(promises, scope, day)
    owners = scope.by_id(promise.owner_id for promise in promises)
    above = {promise.parent_id for promise in promises if promise.kind == "activity"}
    found: dict[str, list[Own]] = {"promised": [], "done": [], "stuck": []}
    for promise in promises:
        if promise.kind == "commitment" and promise.pk in above:
            continue
        update = updates.get(promise.pk)
        name, words = _standing(promise, update, day)
        own = Own(promise, words, update, owners.get(promise.owner_id or 0))
        found[name].append(own)
    found["done"].sort(key=lambda own: own.promise.closed_on or dt.date.min, reverse=True)
    return Lists(**found)


def owned(scope: Scope, day: dt.date) -> RecordQuerySet[Any]:
    """Return the promises that are the commissioner's, open or closed within a year of a day."""
    roles = DUTY_OWNER.all().filter(covers="commissioner").values("owner")
    bodies = Body.objects.filter(form=Body.Form.POLICING_BODY).values("pk")
    half = Promise.objects.filter(kind="commitment", element=Element.COMMISSIONER).values("pk")
    mine = Q(owner__in=roles) | Q(owner__in=bodies) | Q(pk__in=half) | Q(parent__in=half)
    recent = Q(closed_on=None) | Q(closed_on__gte=day - dt.timedelta(days=DONE_SINCE))
    every = Promise.objects.filter(mine & recent).exclude(progress=Progress.SUPERSEDED)
    return scope.see(every.exclude(status=Status.WITHDRAWN))


def _standing(promise: Promise, update: ProgressUpdate | None, day: dt.date) -> tuple[str, str]:
    """Return in which list a promise stands, and why in words."""
    if promise.progress in CLOSED:
        closed = date_format(promise.closed_on, "j F Y") if promise.closed_on else ""
        return "done", _("Done on %(day)s") % {"day": closed} if closed else _("Done")
    if promise.due and promise.due < day:
        late = (day - promise.due).days
        said = ngettext("%(n)d day late", "%(n)d days late", late) % {"n": late}
        return "stuck", said
    label = str(Progress(promise.progress).label)
    if promise.progress in STUCK:
        return "stuck", label
    if update and (day - update.as_at).days > QUIET:
        told = date_format(update.as_at, "j F Y")
        return "stuck", _("No update since %(day)s") % {"day": told}
    due = date_format(promise.due, "j F Y") if promise.due else promise.due_as_printed
    return "promised", f"{label}, " + _("due %(day)s") % {"day": due} if due else label
