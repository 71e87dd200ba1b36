"""What visits show of the duties of the publication order: which they close, and why not others.

A visit closes a duty where a reader got what is there, and the newest day found lies in the duty's
own time. Whatever else it found leaves the duty open, with a word why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Min, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from peelian.duties.shown import Shown
from peelian.law.calendar import Occurrence
from peelian.law.dates import plain
from peelian.publication import visits, words
from peelian.publication.kinds import PLACE
from peelian.publication.models import PublicationPlace, Visit
from peelian.publication.periods import Window, covered_by, window
from peelian.publication.verdicts import GOOD
from peelian.record.scope import PUBLIC, Scope

# How long before a duty's time a page is known that announces a day to come.
LOOK_BACK = dt.timedelta(days=92)


@dataclass(frozen=True)
class Sight:
    """The newest day that was found at an address, and when a visit found it first.

    `was_there` is whether the same page was there before that day: then it is no day of
    publication but one that was announced.
    """

    on: dt.date
    at: dt.datetime
    url: str
    was_there: bool


@dataclass(frozen=True)
class _Seen:
    """What is known of the places of all lines."""

    places: Mapping[str, Sequence[PublicationPlace]]
    sights: Mapping[int, Sequence[Sight]]
    latest: Mapping[int, Visit]
    first: Mapping[int, dt.date]


def show(
    occasions: Sequence[Occurrence], scope: Scope, today: dt.date, in_brief: bool = False
) -> dict[str, Shown]:
    """Return what visits show of the occasions of lines whose time has begun, by their keys.

    Three queries, none where there is no such occasion; in brief two, and only what they close. It
    goes by public places alone.
    """
    timely = {
        one.key: (one, span)
        for one in occasions
        if one.rule.item or one.rule.cadence
        for span in [window(one)]
        if (span.first if span else one.due) <= today
    }
    if not timely:
        return {}
    spans = [span for _one, span in timely.values() if span]
    seen = _read({one.rule.id for one, _span in timely.values()}, spans, in_brief)
    page = scope.name("publication-line")
    found = {
        key: _shown(one, span, seen, reverse(page, args=[one.rule.pack, one.rule.name]))
        for key, (one, span) in timely.items()
    }
    return {key: said for key, said in found.items() if said.on or not in_brief}


def _read(rules: Iterable[str], spans: Sequence[Window], in_brief: bool) -> _Seen:
    of_place = Visit.objects.filter(place=OuterRef("pk")).order_by("at")
    found: list[Any] = list(
        PUBLIC.of(PLACE)
        .filter(rule__in=sorted(rules))
        .annotate(first_visit=Subquery(of_place.values("at")[:1]))
        .in_order()
    )
    places: dict[str, list[PublicationPlace]] = {}
    for place in found:
        places.setdefault(place.rule, []).append(place)
    sights: dict[int, list[Sight]] = {}
    if spans and found:
        first, last = min(one.first for one in spans), max(one.last for one in spans)
        sights = _sights(found, Window(first, last))
    firsts = {p.pk: timezone.localdate(p.first_visit) for p in found if p.first_visit}
    return _Seen(places, sights, {} if in_brief else visits.latest(found), firsts)


def _sights(places: Iterable[PublicationPlace], span: Window) -> dict[int, list[Sight]]:
    """Return each day within a span that visits found at places, by place. One query.

    What was found alike is read once, however often it was visited.
    """
    begins = dt.datetime.combine(span.first - LOOK_BACK, dt.time(), dt.UTC)
    rows = list(
        Visit.objects.filter(place__in=[place.pk for place in places], at__gte=begins)
        .values_list("place_id", "sha256", "newest", "url", "verdict")
        .annotate(first=Min("at"))
        .order_by("first")
    )
    page_since: dict[tuple[int, str], dt.date] = {}
    found: dict[int, list[Sight]] = {}
    for place, sha256, newest, url, verdict, first in rows:
        since = page_since.setdefault((place, sha256), timezone.localdate(first))
        if verdict in GOOD and newest and span.first <= newest <= span.last:
            sight = Sight(newest, first, url, bool(sha256) and since < newest)
            found.setdefault(place, []).append(sight)
    return found


def _shown(one: Occurrence, span: Window | None, seen: _Seen, page: str) -> Shown:
    """Return what visits show of one occasion: every place it had in its time has to show it."""
    places = seen.places.get(one.rule.id, ())
    if not places:
        return Shown(_("The office has not said where it is published."), page=page)
    if span is None:
        said = _("A visit cannot tell which of several is there: its proof is recorded by hand.")
        return Shown(said, page=page)
    shows: list[Sight] = []
    for place in _of_its_time(places, span, seen):
        sight = _sight(place, one, span, seen)
        if sight is None:
            return Shown(_why(place, one, span, seen), url=place.url, page=page)
        shows.append(sight)
    if not shows:
        return Shown(_("It was not visited yet."), page=page)
    last = max(shows, key=lambda sight: sight.on)
    said = _("The visit of %(when)s found it there, with the date %(day)s.") % {
        "when": _day(last.at),
        "day": plain(last.on),
    }
    return Shown(said, last.on, last.at, last.url, page)


def _of_its_time(
    places: Sequence[PublicationPlace], span: Window, seen: _Seen
) -> list[PublicationPlace]:
    """Return the places that an occasion is judged by.

    A place that was added later opens nothing again that was closed before.
    """
    first = seen.first
    then = [place for place in places if place.pk in first and first[place.pk] <= span.last]
    return then or [place for place in places if place.pk in first]


def _sight(place: PublicationPlace, one: Occurrence, span: Window, seen: _Seen) -> Sight | None:
    """Return the first that shows an occasion met at a place."""
    if _falls_short(place, one):
        return None
    found = seen.sights.get(place.pk, ())
    return next((s for s in found if span.first <= s.on <= span.last and not s.was_there), None)


def _falls_short(place: PublicationPlace, one: Occurrence) -> bool:
    """Return whether the office says itself that a place does not cover an occasion yet."""
    needed = covered_by(one)
    return bool(needed and place.covers_until and place.covers_until < needed)


def _why(place: PublicationPlace, one: Occurrence, span: Window, seen: _Seen) -> str:
    """Return in a sentence why visits to a place do not show an occasion met."""
    visit = seen.latest.get(place.pk)
    if visit is None:
        return _("Its address was not visited yet.")
    when = _day(visit.at)
    if visit.verdict not in GOOD:
        what = str(words.VERDICTS[visit.verdict]).lower()
        return _("The visit of %(when)s found: %(what)s.") % {"when": when, "what": what}
    if _falls_short(place, one) and place.covers_until:
        until = plain(place.covers_until)
        return _("The office says that what is there covers the time to %(day)s.") % {"day": until}
    if visit.newest is None:
        return _("The visit of %(when)s found the page, and no date.") % {"when": when}
    said = {"when": when, "day": plain(visit.newest)}
    if visit.newest < span.first:
        return _("The visit of %(when)s found no newer date than %(day)s.") % said
    if visit.newest > span.last:
        return _("The visit of %(when)s found the date %(day)s, after its last day.") % said
    return _("The page of %(when)s was there before its date, %(day)s, had come.") % said


def _day(at: dt.datetime) -> str:
    return plain(timezone.localdate(at))
