"""What changed from one edition of the performance summary to another: by topic, and by value."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from peelian.figures.edition import statements_of
from peelian.figures.kinds import EDITION, MEASURE
from peelian.figures.models import DataStatement, Edition, Topic
from peelian.figures.periods import period_label
from peelian.figures.snapshot import frozen_of, revised
from peelian.pages.export import respond
from peelian.pages.views import find_as, scope_for
from peelian.people.models import Area
from peelian.record.scope import Scope

NEW, GONE, CHANGED = "new", "gone", "changed"
SAID = {
    NEW: gettext_lazy("New"),
    GONE: gettext_lazy("No longer there"),
    CHANGED: gettext_lazy("Changed"),
}


@dataclass(frozen=True)
class TopicChange:
    """A topic that is new, gone, or of which the figures say something else."""

    topic: Topic
    what: str
    before: str
    after: str

    @property
    def label(self) -> str:
        """Return what happened, in a word."""
        return str(SAID[self.what])


@dataclass(frozen=True)
class Revision:
    """A value that both editions hold, and hold differently."""

    measure: str
    area: str
    period: str
    before: float | None
    after: float | None


def topic_changes(before: Edition, after: Edition, scope: Scope) -> list[TopicChange]:
    """Return the topics of two editions that differ, in the order of the summary."""
    then = {topic.pk: (topic, line) for topic, line in statements_of(before, scope)}
    now = {topic.pk: (topic, line) for topic, line in statements_of(after, scope)}
    found: list[TopicChange] = []
    for pk, (topic, line) in now.items():
        if pk not in then:
            found.append(TopicChange(topic, NEW, "", _text(line)))
        elif _text(then[pk][1]) != _text(line):
            found.append(TopicChange(topic, CHANGED, _text(then[pk][1]), _text(line)))
    found += [
        TopicChange(topic, GONE, _text(line), "")
        for pk, (topic, line) in then.items()
        if pk not in now
    ]
    return sorted(found, key=lambda change: change.topic.sort_key)


def _text(line: DataStatement) -> str:
    return ". ".join(part for part in (line.data, line.commentary) if part)


def revisions(before: Edition, after: Edition, scope: Scope) -> list[Revision]:
    """Return the values that were revised between two editions, of what the scope may see."""
    then, now = frozen_of(before), frozen_of(after)
    if then is None or now is None:
        return []
    measures = {m.reference: m for m in scope.of(MEASURE)}
    areas = {a.reference: a.title for a in scope.see(Area.objects.all())}
    found = []
    for key, period, old, new in revised(then, now):
        measure, _slash, area = key.partition("/")
        if measure in measures and area in areas:
            label = period_label(measures[measure].frequency, dt.date.fromisoformat(period))
            found.append(Revision(measures[measure].title, areas[area], label, old, new))
    return found


def show_difference(
    request: HttpRequest, reference: str, other: str, form: str = "", *, office: bool = False
) -> HttpResponse:
    """Show, or download, what changed in an edition since another."""
    scope = scope_for(request, office)
    after = find_as(Edition, EDITION, reference, scope)
    before = find_as(Edition, EDITION, other, scope)
    topics = topic_changes(before, after, scope)
    values = revisions(before, after, scope)
    if form:
        return _download(after, before, topics, values, form)
    return render(
        request,
        "figures/difference.html",
        {
            "scope": scope,
            "after": after,
            "before": before,
            "topics": topics,
            "values": values,
            "csv_url": reverse("edition-since-csv", args=[reference, other]),
        },
    )


def _download(
    after: Edition,
    before: Edition,
    topics: list[TopicChange],
    values: list[Revision],
    form: str,
) -> HttpResponse:
    head = ("what", "topic_or_measure", "area", "period", before.reference, after.reference)
    rows: list[tuple[Any, ...]] = [
        (c.what, c.topic.title, "", "", c.before, c.after) for c in topics
    ]
    rows += [("revised", v.measure, v.area, v.period, v.before, v.after) for v in values]
    response: HttpResponse = respond(
        f"{after.reference}-since-{before.reference}", head, rows, form
    )
    return response


def previous_of(edition: Edition, scope: Scope) -> Edition | None:
    """Return the edition before one, of the same form where there is one."""
    other_form = Case(When(form=edition.form, then=Value(0)), default=Value(1))
    earlier = scope.of(EDITION).filter(period__lt=edition.period).order_by(other_form, "-period")
    found: Edition | None = earlier.first()
    return found
