"""The publication scheme: each line of the order, where it is published, and how that stands.

When something is next due is the calendar's answer: the first of a rule's duties after the last
that was closed, by proof or visit, or that the office says what it published last covers.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from peelian.duties.calendar import Duty, due_between, office, rules
from peelian.duties.proofs import since
from peelian.law.calendar import Occurrence
from peelian.law.packs import Rule
from peelian.publication import visits, words
from peelian.publication.kinds import PLACE
from peelian.publication.models import PublicationPlace, Visit
from peelian.publication.periods import Published, covers
from peelian.publication.verdicts import BAD, GOOD
from peelian.record.models import sort_key
from peelian.record.scope import Scope

BACK = dt.timedelta(days=3 * 366)  # how far back something may be overdue
AHEAD = dt.timedelta(days=800)  # no line comes up less often than once a year
FRESH = dt.timedelta(days=35)  # what a visit says holds for a month

# The worst first: a line with several places stands as the worst of them does.
ORDER = ("unpublished", "not_found", "late", "not_checked", "met")


@dataclass(frozen=True)
class PlaceLine:
    """One place of a line: what was said and found of it, and how it stands.

    `basis` is `stated` where the office gave the day, `found` where only a visit did. `bears_out`
    is whether the newest date found there is as late as the cadence asks; None where none is.
    `unshown` is why nothing closes the last duty it had, though the office says it is published.
    """

    place: PublicationPlace
    visit: Visit | None
    published: Published
    basis: str
    due: Occurrence | None
    standing: str
    bears_out: bool | None = None
    unshown: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the order with all its places; without any it is not published yet."""

    rule: Rule
    places: tuple[PlaceLine, ...]
    standing: str
    wanting: Occurrence | None = None  # what is due by the calendar alone

    @property
    def due(self) -> Occurrence | None:
        """Return what is next due of it, the earliest of its places."""
        found = [one.due for one in self.places if one.due]
        return min(found, key=lambda one: one.due, default=None if self.places else self.wanting)

    @property
    def published(self) -> dt.date | None:
        """Return the day on which it was last published, the earliest of its places."""
        days = [one.published.on for one in self.places]
        return min((day for day in days if day), default=None) if all(days) else None

    @property
    def checked(self) -> dt.datetime | None:
        """Return when it was last visited, the earliest of its places."""
        return min((one.visit.at for one in self.places if one.visit), default=None)


def requirements(on: dt.date) -> list[Rule]:
    """Return the lines of the order that bind the office on a day, in the order's own order."""
    here = office()
    found = [r for r in rules() if (r.cadence or r.item) and here.is_bound(r, on)]
    return sorted(found, key=lambda rule: (not rule.item, sort_key(rule.item), rule.id))


def lines(scope: Scope, today: dt.date) -> list[Line]:
    """Return every line as the scope may know it. Queries do not grow with the lines."""
    wanted = requirements(today)
    places = list(scope.of(PLACE).in_order())
    return assembled(wanted, places, due_of(wanted, scope, today), visits.latest(places), today)


def line_of(rule: Rule, scope: Scope, today: dt.date) -> Line:
    """Return one line as the scope may know it."""
    places = list(scope.of(PLACE).filter(rule=rule.id).in_order())
    due = due_of([rule], scope, today)
    return assembled([rule], places, due, visits.latest(places), today)[0]


def due_of(wanted: Sequence[Rule], scope: Scope, today: dt.date) -> dict[str, list[Duty]]:
    """Return the duties of each rule, by its id and in order of their days."""
    found: dict[str, list[Duty]] = {rule.id: [] for rule in wanted}
    for duty in due_between(today - BACK, today + AHEAD, scope=scope, only=wanted):
        found[duty.rule.id].append(duty)
    return found


def assembled(
    wanted: Iterable[Rule],
    places: Iterable[PublicationPlace],
    due: Mapping[str, Sequence[Duty]],
    visited: Mapping[int, Visit],
    today: dt.date,
) -> list[Line]:
    """Return the lines made of what was read."""
    by_rule: dict[str, list[PublicationPlace]] = {}
    for place in places:
        by_rule.setdefault(place.rule, []).append(place)
    made = []
    for rule in wanted:
        found = tuple(
            _place_line(place, due[rule.id], visited.get(place.pk), today)
            for place in by_rule.get(rule.id, ())
        )
        standings = [one.standing for one in found] or ["unpublished"]
        wanting = _overdue(due[rule.id], today) or _coming(due[rule.id], today)
        made.append(Line(rule, found, min(standings, key=ORDER.index), wanting))
    return made


def _coming(due: Sequence[Duty], today: dt.date) -> Occurrence | None:
    return next((one.occurrence for one in due if one.occurrence.due >= today), None)


def _overdue(due: Sequence[Duty], today: dt.date) -> Occurrence | None:
    """Return the last that is past and open, of those that proofs are kept of."""
    past = [one for one in due if since(today) <= one.occurrence.due < today]
    return past[-1].occurrence if past and not past[-1].is_closed else None


def _place_line(
    place: PublicationPlace, due: Sequence[Duty], visit: Visit | None, today: dt.date
) -> PlaceLine:
    published, basis = Published(place.published_on, place.covers_until), "stated"
    if published.on is None and published.until is None:
        found = visit.newest if visit and visit.verdict in GOOD else None
        published, basis = Published(found), "found" if found else ""
    shown = [n for n, one in enumerate(due) if one.is_closed]
    known = shown + [n for n, one in enumerate(due) if covers(published, one.occurrence)]
    after = due[max(known, default=-1) + 1 :]
    open_now = after[0].occurrence if after else None
    if not basis and not shown:  # nothing is known of the past: all to be said is what comes next
        open_now = _coming(due, today)
    over = [n for n, one in enumerate(due) if one.occurrence.due < today]
    last = due[over[-1]] if over and max(shown, default=-1) < over[-1] else None
    is_told = last is None and bool(basis or shown)
    return PlaceLine(
        place,
        visit,
        published,
        basis,
        open_now,
        _standing(visit, open_now, today, is_told=is_told),
        _bears_out(visit, due, today),
        _unshown(last) if last else "",
    )


def _bears_out(visit: Visit | None, due: Sequence[Duty], today: dt.date) -> bool | None:
    needed = [one.occurrence for one in due if one.occurrence.due <= today]
    if not (visit and visit.newest and needed and visit.verdict in GOOD):
        return None
    return covers(Published(visit.newest), needed[-1])


def _unshown(duty: Duty) -> str:
    """Return why nothing shows a duty met that the office says is: its words, and the reason."""
    why = duty.shown.said if duty.shown else ""
    says = {"what": duty.occurrence.occasion, "why": why}
    return _("Due for %(what)s. %(why)s") % says


def _standing(visit: Visit | None, due: Occurrence | None, today: dt.date, *, is_told: bool) -> str:
    if visit and visit.verdict in BAD:
        return "not_found"
    if due and due.due < today:
        return "late"
    is_fresh = visit is not None and today - timezone.localdate(visit.at) <= FRESH
    if not is_fresh or not visit or visit.verdict not in GOOD or not is_told:
        return "not_checked"
    return "met"


def score(found: Sequence[Line]) -> list[tuple[str, int]]:
    """Return how many lines stand where, in the order in which they are told."""
    counts = Counter(line.standing for line in found)
    return [(code, counts[code]) for code in words.STANDINGS]
