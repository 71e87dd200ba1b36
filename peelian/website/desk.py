"""What the back office's home page shows: due, late, changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.duties.calendar import due_by_law
from peelian.meetings.submission_list import undecided
from peelian.pages.comparison import ACTIONS
from peelian.processes.ahead import soonest
from peelian.processes.kinds import PROCESS
from peelian.promises.kinds import ACTIVITY, ROUND, UPDATE
from peelian.promises.models import CLOSED, Promise
from peelian.record import clock
from peelian.record.access import AREAS, closed_kinds_hidden_from, may
from peelian.record.kinds import kind_named, kind_of, kinds
from peelian.record.models import Change, Draft, Record, Status
from peelian.record.scope import Scope

DAYS_AHEAD = 60
MOST = 20
READ = 1_000  # changes read to find twenty entries
LONG_RUN = 5  # more records than this changed by one person for one reason are one entry


@dataclass(frozen=True)
class Waiting:
    """A record, or what is to become one, that waits for the person signed in, and what for."""

    record: Any
    what: str
    url: str


@dataclass(frozen=True)
class Asked:
    """An update round that still lacks updates: how many, of how many it asks for."""

    round: Any
    missing: int
    asked: int
    url: str


@dataclass(frozen=True)
class Entry:
    """The last change of a record, or of `count` records changed by one for one reason."""

    title: str
    url: str
    action: str
    by: str
    at: dt.datetime
    why: str
    count: int


def page(user: Any) -> dict[str, Any]:
    """Return the context of the office's home page."""
    today, scope = clock.today(), Scope(user)
    promises = scope.see(Promise.objects.exclude(progress__in=CLOSED))
    open_rounds = scope.of(ROUND).order_by("-closes_on")
    until = today + dt.timedelta(days=DAYS_AHEAD)
    return {
        "scope": scope,
        "today": today if clock.is_fixed() else None,
        "is_made_up": settings.OFFICE["is_made_up"],
        "days_ahead": DAYS_AHEAD,
        "processes": soonest(scope)[:MOST] if may(user, "view", PROCESS.area) else [],
        "duties": due_by_law(today, DAYS_AHEAD, scope),
        "promises_due": list(promises.filter(due__range=(today, until)).order_by("due")[:MOST]),
        "waiting": [
            *submissions(user),
            *waiting_for_approval(user),
            *own_drafts(user),
        ],
        "promises_late": list(promises.filter(due__lt=today).order_by("due")[:MOST]),
        "rounds_due": rounds(open_rounds.filter(closes_on__gte=today), scope),
        "rounds_late": rounds(open_rounds.filter(closes_on__lt=today), scope),
        "changed": changed(user),
        "registers": registers(user),
    }


def submissions(user: Any) -> list[Waiting]:
    """Return what the public sent in by the forms and this person may decide. One query."""
    if not may(user, "edit", "meetings"):
        return []
    url = reverse("office-submissions")
    return [
        Waiting(one.meeting or one, _("From the public, by the form: to be decided"), url)
        for one in undecided()[:MOST]
    ]


def waiting_for_approval(user: Any) -> list[Waiting]:
    """Return what is in review and this person may approve, not having written it."""
    areas = {area for area in AREAS if may(user, "approve", area)}
    names = [kind.name for kind in kinds() if kind.area in areas]
    if not names:
        return []
    new = Record.objects.filter(kind__in=names, status=Status.IN_REVIEW).visible_to(user)
    mine = Change.objects.filter(by=user.name, action__in=("created", "edited"))
    new = new.exclude(pk__in=mine.values("record_id")).in_order()
    drafts = Draft.objects.filter(in_review=True, record__kind__in=names).select_related("record")
    changes = [d.record for d in drafts if user.name not in d.authors]
    return [
        *(
            Waiting(r, _("New, to approve"), _office(r, "publish") + "?step=approve")
            for r in new[:MOST]
        ),
        *(Waiting(r, _("A change, to approve"), _office(r, "compare")) for r in changes[:MOST]),
    ]


def own_drafts(user: Any) -> list[Waiting]:
    """Return what this person has begun and not yet submitted."""
    mine = Change.objects.filter(by=user.name, action__in=("created", "edited"))
    begun = Record.objects.filter(status=Status.DRAFT, pk__in=mine.values("record_id"))
    drafts = Draft.objects.filter(in_review=False).select_related("record")
    changes = [d.record for d in drafts if user.name in d.authors]
    records = [*begun.visible_to(user).in_order()[:MOST], *changes[:MOST]]
    return [Waiting(r, _("Your draft, to submit"), r.get_office_url()) for r in records]


def rounds(which: Any, scope: Scope) -> list[Asked]:
    """Return the rounds given that still lack updates, with how many. Two queries a round."""
    page = "office-round-grid" if may(scope.user, "edit", "promises") else "office-rounds-show"
    found = []
    for one in which[:3]:
        lines = scope.of(ACTIVITY).filter(parent__parent__parent_id=one.parent_id)
        asked = lines.exclude(progress__in=CLOSED).exclude(status=Status.WITHDRAWN)
        answered = scope.of(UPDATE).filter(as_at=one.as_at).values("parent_id")
        missing = asked.exclude(pk__in=answered).count()
        if missing:
            found.append(Asked(one, missing, asked.count(), reverse(page, args=[one.reference])))
    return found


def changed(user: Any) -> list[Entry]:
    """Return what changed last of what this person may see, each record once, a load as one."""
    known = {kind.name for kind in kinds()} - set(closed_kinds_hidden_from(user))
    columns = ("by", "action", "why", "kind", "reference", "title", "at")
    rows = Change.objects.filter(kind__in=known).order_by("-at", "-pk").values(*columns)[:READ]
    found: list[tuple[dict[str, Any], int]] = []
    told: set[str] = set()
    for _key, run in groupby(rows, lambda row: (row["by"], row["why"])):
        latest: dict[str, dict[str, Any]] = {}
        for row in run:
            latest.setdefault(_key_of(row), row)
        news = [row for key, row in latest.items() if key not in told]
        told.update(latest)
        if len(latest) > LONG_RUN or any(row["action"] == "brought_in" for row in news):
            found += [(row, len(latest)) for row in news[:1]]
        else:
            found += [(row, 1) for row in news]
    found = found[:MOST]
    references = [row["reference"] for row, _count in found]
    there = {record.key for record in Record.objects.filter(reference__in=references)}
    users = get_user_model().objects.filter(username__in={row["by"] for row, _count in found})
    names = dict(users.values_list("username", "full_name"))
    return [_entry(row, count, there, names) for row, count in found]


def _key_of(row: dict[str, Any]) -> str:
    return f"{row['kind']}/{row['reference']}"


def _entry(last: dict[str, Any], count: int, there: set[str], names: dict[str, str]) -> Entry:
    page = "show" if _key_of(last) in there else "history"
    name = f"office-{kind_named(last['kind']).slug}-{page}"
    return Entry(
        title=last["title"] or last["reference"],  # one disposed of has no title left
        url=reverse(name, args=[last["reference"]]),
        action=str(ACTIONS.get(last["action"], last["action"])),
        by=names.get(last["by"], last["by"]),
        at=last["at"],
        why=last["why"],
        count=count,
    )


def registers(user: Any) -> list[tuple[Any, str]]:
    """Return every list of the back office this person may see."""
    hidden = set(closed_kinds_hidden_from(user))
    return [
        (kind.plural, reverse(f"office-{kind.slug}-list"))
        for kind in kinds()
        if kind.name not in hidden
    ]


def _office(record: Record, page: str) -> str:
    return reverse(f"office-{kind_of(record).slug}-{page}", args=[record.reference])
