"""All that a report rests on, read from the record as known at one moment.

The same terms give the same data for ever, byte for byte: nothing is read but what the history
says, and nothing that came later.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from peelian.promises.changes import Changes, Entry, changes
from peelian.promises.models import Plan
from peelian.promises.past import Life, lives_of
from peelian.record.models import Audience, Change, Record, sort_key
from peelian.record.scope import PUBLIC, Scope
from peelian.reports.models import Report, ReportSection
from peelian.reports.past_figures import Ends, Summary, ends_of, summary_on
from peelian.reports.past_findings import (
    Counted,
    Inspected,
    counted_between,
    inspections_until,
)


@dataclass(frozen=True)
class Terms:
    """What a report is asked: its form, its days, and what was known, now and at the last one."""

    form: str
    plan: str
    since: dt.date
    until: dt.date
    known: dt.datetime
    known_before: dt.datetime | None
    audience: str


@dataclass(frozen=True)
class Words:
    """A section of the officer's own; `as_before` where the last report said the same."""

    place: str
    heading: str
    text: str
    as_before: bool


@dataclass(frozen=True)
class Example:
    """A line that is told in full, by its `kind/reference`, and why."""

    promise: str
    why: str


@dataclass(frozen=True)
class Gathered:
    """Everything a report says. What only a report on a whole term tells is empty in others."""

    terms: Terms
    title: str
    plan_title: str
    changes: Changes
    summary: Summary | None
    ends: tuple[Ends, ...]
    inspections: tuple[Inspected, ...]
    counted: tuple[Counted, ...]
    sections: tuple[Words, ...]
    examples: tuple[Example, ...]

    def examples_told(self) -> Iterable[tuple[Example, Entry]]:
        """Return the examples with the lines they tell of, as far as the plan has those."""
        by_key = self.changes.by_key
        return [(one, by_key[one.promise]) for one in self.examples if one.promise in by_key]


def terms_of(report: Report, plan: Plan, known: dt.datetime) -> Terms:
    """Return the terms on which a report is built at a moment."""
    return Terms(
        report.form,
        plan.reference,
        report.since,
        report.until,
        known,
        _known_before(report, known),
        report.audience,
    )


def _known_before(report: Report, known: dt.datetime) -> dt.datetime | None:
    """Return what the report knew that ends where this one begins; what came since is news."""
    before = Report._base_manager.filter(
        parent=report.parent_id, form=report.form, until=report.since
    ).exclude(pk=report.pk)
    earlier = before.filter(snapshots__made_at__lt=known).order_by("-snapshots__made_at").first()
    snapshot = earlier.issued() if earlier else None
    return terms_from(json.loads(snapshot.content)).known if snapshot else None


def gather(report: Report, plan: Plan, terms: Terms) -> Gathered:
    """Return what a report rests on. The queries are few and do not grow with the plan."""
    scope = PUBLIC if terms.audience == Audience.PUBLIC else Scope(AnonymousUser())
    is_monitoring = terms.form == Report.Form.MONITORING
    since, until, known = terms.since, terms.until, terms.known
    found = changes(
        plan, scope, since=since, until=until, known=known, known_before=terms.known_before
    )
    lives = _own_words(report, known)
    return Gathered(
        terms,
        _title_at(lives, report),
        _title_at(lives, plan),
        found,
        summary_on(until, known),
        () if is_monitoring else ends_of(since, until, known),
        inspections_until(until, known),
        () if is_monitoring else counted_between(since, until, known),
        tuple(_sections(lives)),
        tuple(_examples(lives)),
    )


def _own_words(report: Report, known: dt.datetime) -> dict[str, Life]:
    """Return what the officer had written for a report by a moment, and what it was called."""
    under = Change.objects.filter(
        kind__in=("report-section", "report-example"), values__parent__1=report.key
    ).values("record_id")
    told = Change.objects.filter(record_id__in=under) | Change.objects.filter(
        record_id__in=(report.pk, report.parent_id or 0)
    )
    lives = lives_of(told, known)
    carried = {str(life.latest.get("carried_from")) for life in lives.values()} - {"None"}
    return lives | lives_of(Change.objects.filter(_these(carried)), known)


def _these(keys: set[str]) -> Q:
    references = {key.partition("/")[2] for key in keys}
    return Q(kind="report-section", reference__in=references)


def _title_at(lives: dict[str, Life], record: Record) -> str:
    return str(lives[record.key].latest["title"])


def _of_kind(lives: dict[str, Life], kind: str, parents: set[str]) -> list[Life]:
    own = (life for key, life in lives.items() if key.startswith(f"{kind}/"))
    return [life for life in own if life.latest.get("parent") in parents]


def _reports(lives: dict[str, Life]) -> set[str]:
    return {key for key in lives if key.startswith("report/")}


def _sections(lives: dict[str, Life]) -> list[Words]:
    places = list(ReportSection.Place.values)
    own = _of_kind(lives, "report-section", _reports(lives))
    own.sort(key=lambda one: (places.index(one.latest["place"]), one.latest["number"], one.key))
    return [_words(life, lives) for life in own]


def _words(life: Life, lives: dict[str, Life]) -> Words:
    said = life.latest
    before = lives.get(str(said.get("carried_from")))
    as_before = before is not None and (before.latest["title"], before.latest["text"]) == (
        said["title"],
        said["text"],
    )
    return Words(said["place"], said["title"], said["text"], as_before)


def _examples(lives: dict[str, Life]) -> list[Example]:
    own = _of_kind(lives, "report-example", _reports(lives))
    own.sort(key=lambda life: sort_key(life.latest["promise"]))
    return [Example(life.latest["promise"], life.latest["reason"]) for life in own]


# ---- the one form in which the data is kept ----


def data_of(gathered: Gathered) -> dict[str, Any]:
    """Return what a report rests on as plain dictionaries, lists and scalars."""
    data = _plain(gathered)
    if not isinstance(data, dict):
        raise TypeError(type(data))
    return data


def to_text(data: Any) -> str:
    """Return data in its one JSON form: the same data gives the same text, for ever."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return value.isoformat() if isinstance(value, dt.date) else value


def terms_from(content: dict[str, Any]) -> Terms:
    """Return the terms on which an issue was built, from what it froze."""
    said = content["data"]["terms"]
    before = said["known_before"]
    return Terms(
        said["form"],
        said["plan"],
        dt.date.fromisoformat(said["since"]),
        dt.date.fromisoformat(said["until"]),
        dt.datetime.fromisoformat(said["known"]),
        dt.datetime.fromisoformat(before) if before else None,
        said["audience"],
    )
