"""What the figures said on a past day: the edition of then, and values at both ends of a term."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from peelian.figures.kinds import EDITION, STATEMENT, TOPIC
from peelian.figures.models import Edition, Observation
from peelian.figures.periods import period_label
from peelian.figures.snapshot import read_snapshot
from peelian.people.models import Area
from peelian.promises.past import Life, public_lives
from peelian.record.models import Record, Snapshot


@dataclass(frozen=True)
class Line:
    """A line of an edition; `unusual` where it has something to report."""

    order: int
    topic: str
    objective: str
    data: str
    commentary: str
    unusual: bool
    illustrative: bool


@dataclass(frozen=True)
class Summary:
    """The edition that was the newest on a day, and its lines in order."""

    reference: str
    title: str
    known: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Ends:
    """A measure at both ends of a term: two values, each with its period and its source."""

    objective: str
    measure: str
    title: str
    unit: str
    first_period: str
    first: str
    last_period: str
    last: str
    source: str
    illustrative: bool


def summary_on(day: dt.date, known: dt.datetime) -> Summary | None:
    """Return the newest public edition of a day, as known at a moment; None where none was out.

    Five queries.
    """
    issued = public_lives([EDITION.name], known)
    of_then = [life for life in issued.values() if life.latest["known"] <= day.isoformat()]
    if not of_then:
        return None
    newest = max(of_then, key=lambda life: (life.latest["period"], life.latest["known"], life.key))
    reference = newest.key.partition("/")[2]
    edition = Edition._base_manager.filter(reference=reference).first()
    ordinary = _ordinary(edition, known)
    topics = public_lives([TOPIC.name], known)
    children = Record.objects.filter(parent=edition).values("pk")
    said = public_lives([STATEMENT.name], known, record_id__in=children)
    lines = [_line(one, topics, ordinary) for one in said.values() if one.latest["topic"] in topics]
    lines.sort(key=lambda line: (line.order, line.topic))
    return Summary(reference, newest.latest["title"], newest.latest["known"], tuple(lines))


def _ordinary(edition: Edition | None, known: dt.datetime) -> dict[str, str]:
    """Return by topic the commentary that says that nothing is unusual, as the edition froze it."""
    frozen = Snapshot.objects.filter(record=edition, made_at__lte=known).order_by("-number").first()
    return dict(read_snapshot(frozen).ordinary) if frozen else {}


def _line(statement: Life, topics: dict[str, Life], ordinary: dict[str, str]) -> Line:
    said, topic = statement.latest, topics[statement.latest["topic"]].latest
    commentary = said.get("commentary") or ""
    usual = ordinary.get(topic["reference"])
    return Line(
        order=topic["order"],
        topic=topic["title"],
        objective=topic.get("objective") or "",
        data=said["data"],
        commentary=commentary,
        unusual=bool(commentary) and commentary != usual,
        illustrative=bool(said.get("illustrative")),
    )


def ends_of(since: dt.date, until: dt.date, known: dt.datetime) -> tuple[Ends, ...]:
    """Return the measures of the force's whole area that have a value at both ends of a term.

    The first is of the same month as the last, so that the season plays no part. Values and words
    are those known at a moment. Four queries.
    """
    measures = public_lives(["measure"], known)
    topics = public_lives([TOPIC.name], known)
    values = _values(since, until, known)
    found = []
    for key, life in measures.items():
        topic = topics.get(str(life.latest.get("parent")))
        own = values.get(life.latest["reference"], {})
        if topic and (ends := _ends(own)):
            found.append((topic.latest["order"], key, _told(life, topic, own, ends)))
    return tuple(one for _order, _key, one in sorted(found, key=lambda row: row[:2]))


_Values = dict[dt.date, tuple[float, str, bool]]


def _values(since: dt.date, until: dt.date, known: dt.datetime) -> dict[str, _Values]:
    """Return the newest known value of each period by measure. One query."""
    came = Q(came_in__isnull=True) | Q(came_in__loaded_at__lte=known)
    rows = Observation.objects.filter(
        came,
        area__level=Area.Level.FORCE_AREA,
        period__gte=since.replace(day=1),
        period__lte=until,
        known__lte=min(until, known.date()) if until < known.date() else known.date(),
    ).order_by("known", "pk")
    columns = ("measure__reference", "period", "value", "source", "illustrative")
    found: dict[str, _Values] = defaultdict(dict)
    for measure, period, *cell in rows.values_list(*columns):
        found[measure][period] = (cell[0], cell[1], cell[2])
    return found


def _ends(own: _Values) -> tuple[dt.date, dt.date] | None:
    if not own:
        return None
    last = max(own)
    first = min(period for period in own if period.month == last.month)
    return (first, last) if first < last else None


def _told(life: Life, topic: Life, own: _Values, ends: tuple[dt.date, dt.date]) -> Ends:
    measure, (first, last) = life.latest, ends
    sources = dict.fromkeys(own[period][1] for period in ends)
    return Ends(
        objective=topic.latest.get("objective") or "",
        measure=measure["reference"],
        title=measure["title"],
        unit=measure["unit"],
        first_period=period_label(measure["frequency"], first),
        first=f"{own[first][0]:,.{measure['decimals']}f}",
        last_period=period_label(measure["frequency"], last),
        last=f"{own[last][0]:,.{measure['decimals']}f}",
        source="; ".join(sources),
        illustrative=any(own[period][2] for period in ends),
    )
