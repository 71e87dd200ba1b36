"""The calendar worked out a second time, slowly and without a line of `peelian.law`.

It reads the rule packs as bare YAML and walks from day to day. Bank holidays come from their own
rules and from the proclamations of single years, not from the library the product uses.
"""

from collections.abc import Iterator, Sequence, Set
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DAY = timedelta(days=1)
MONDAY = 0
# Days proclaimed for one year, and the Mondays in May that were moved to one of them.
PROCLAIMED = {2020: {date(2020, 5, 8)},
              2022: {date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)},
              2023: {date(2023, 5, 8)}}  # fmt: skip
MOVED = {2020: {date(2020, 5, 4)}, 2022: {date(2022, 5, 30)}}
PROCLAIMED_ELSEWHERE = {2026: {date(2026, 6, 15)}}  # Scotland

Entry = dict[str, Any]
Models = Sequence[tuple[date | None, str]]


def rules_in(directory: Path) -> list[Entry]:
    """Every rule of the packs as it is written."""
    paths = sorted(path for path in directory.glob("*.yaml") if path.name != "events.yaml")
    packs = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths]
    return [entry for pack in packs for entry in pack["rules"]]


def easter(year: int) -> date:
    """Easter Sunday by the tables of the Book of Common Prayer, as Meeus and Jones put them."""
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def first_monday(on: date) -> date:
    """The first Monday on or after a day."""
    while on.weekday() != MONDAY:
        on += DAY
    return on


def moved_off(taken: Set[date], on: date) -> date:
    """The first day from this one on that is no weekend and not a holiday already."""
    while on.weekday() > 4 or on in taken:
        on += DAY
    return on


@cache
def holidays_of(year: int, where: str) -> frozenset[date]:
    """The weekdays off of a year: England and Wales have the same, `uk` those of all nations."""
    off: set[date] = {
        easter(year) - 2 * DAY,
        easter(year) + DAY,
        first_monday(date(year, 5, 1)),
        first_monday(date(year, 5, 25)),
        first_monday(date(year, 8, 25)),
    }
    fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    if where == "uk":
        fixed.insert(1, date(year, 1, 2))
        fixed += [date(year, 3, 17), date(year, 7, 12), date(year, 11, 30)]
        off.add(first_monday(date(year, 8, 1)))
        off |= PROCLAIMED_ELSEWHERE.get(year, set())
    off |= {on for on in fixed if on.weekday() <= 4}
    for on in fixed:
        off.add(moved_off(off, on) if on.weekday() > 4 else on)
    return frozenset((off - MOVED.get(year, set())) | PROCLAIMED.get(year, set()))


def works(on: date, where: str) -> bool:
    """Whether a day is neither at a weekend nor off there."""
    return on.weekday() <= 4 and on not in holidays_of(on.year, where)


def year_key(on: date) -> str:
    """The financial year of a day: 2019-20."""
    begins = on.year if on.month > 3 else on.year - 1
    return f"{begins}-{str(begins + 1)[2:]}"


def ends(on: date, span: str) -> bool:
    """Whether a month, quarter or financial year ends with this day."""
    months = {"month": range(1, 13), "quarter": (3, 6, 9, 12), "financial_year": (3,)}
    return (on + DAY).day == 1 and on.month in months[span]


def key_of(on: date, span: str) -> str:
    """The key of the month, quarter or year that ends with this day."""
    if span == "month":
        return on.isoformat()[:7]
    if span == "quarter":
        number = {6: 1, 9: 2, 12: 3, 3: 4}[on.month]
        return f"{year_key(on)}-q{number}"
    return year_key(on)


def walked(first: date, number: int, counts: Any) -> date:
    """The day on which so many days that count have passed, the first included."""
    on, seen = first, 0
    while True:
        seen += bool(counts(on))
        if seen == number:
            return on
        on += DAY


def months_on(event: date, number: int, *, with_event: bool) -> date:
    """The last day of so many months, met by walking to the same day of each month after."""
    on, passed = event, 0
    while passed < number:
        on += DAY
        cut_short = (on + DAY).day == 1 and on.day < event.day
        passed += on.day == event.day or cut_short
    return on - DAY if with_event and on.day == event.day else on


def back(event: date, counts: Any, number: int) -> date:
    """The day before the event by which so many days that count lie between, that day included."""
    on = event
    while number:
        on -= DAY
        number -= bool(counts(on))
    return on


def due_of(form: Entry, event: date, nation: str, idle: Set[date]) -> date:
    """The last day that one form gives for one event."""
    where = form.get("holidays", nation)
    if "end_of" in form:
        on = event
        while not ends(on, form["end_of"]):
            on += DAY
        return on
    if "clear_days" in form:
        last_clear = back(event, lambda on: works(on, nation), form["clear_days"])
        return back(last_clear, lambda on: works(on, nation), 1)
    if "days_before" in form:
        return back(event, lambda _on: True, form["days_before"])
    if "working_days_before" in form:
        return back(event, lambda on: works(on, nation), form["working_days_before"])
    with_event = form["beginning"] == "with_event"
    first = event if with_event else event + DAY
    if "working_days" in form:
        number = form["working_days"]
        return walked(first, number, lambda on: works(on, where) and on not in idle)
    if "months" in form or "years" in form:
        number = form.get("months", 0) + 12 * form.get("years", 0)
        length = (months_on(event, number, with_event=with_event) - first).days + 1
    else:
        length = form.get("days", 0) + 7 * form.get("weeks", 0)
    return walked(first, length, lambda on: on not in idle)


def days(start: date, end: date) -> Iterator[date]:
    """Every day from start to end."""
    on = start
    while on <= end:
        yield on
        on += DAY


@cache
def marked(month_day: str, start: date, end: date) -> list[date]:
    """The days of that month and day, met by walking from start to end."""
    month, day = map(int, month_day.split("-"))
    return [on for on in days(start, end) if (on.month, on.day) == (month, day)]


@cache
def span_ends(span: str, start: date, end: date) -> list[date]:
    """The last days of months, quarters or years, met by walking from start to end."""
    return [on for on in days(start, end) if ends(on, span)]


def occasions(
    rule: Entry, events: dict[str, list[tuple[str, date]]], start: date, end: date
) -> Iterator[tuple[str, date, Entry | None]]:
    """What a rule comes up for: the slug of each, its day, and the form to count from it.

    Without a form the day is the due date itself.
    """
    form = rule.get("arithmetic")
    if form is None:
        return
    form = form.get("standard", form)
    trigger = rule["trigger"]
    if "fixed" in form:
        for on in marked(form["fixed"], start, end):
            yield year_key(on), on, None
    elif "day_before" in form:
        for limit in marked(form["day_before"], start + DAY, end + DAY):
            yield year_key(limit - DAY), limit - DAY, None
    elif trigger in ("month", "quarter", "continuous"):
        span = form["end_of"] if trigger == "continuous" else trigger
        for on in span_ends(span, start - 3000 * DAY, end):
            yield key_of(on, span), on, form
    else:
        for reference, on in events.get(trigger, []):
            yield reference, on, form


@cache
def counted(
    form: tuple[tuple[str, Any], ...], on: date, nation: str, idle: frozenset[date]
) -> date:
    """`due_of`, which many rules and offices ask for in the same words."""
    return due_of(dict(form), on, nation, idle)


def expected(
    rules: Sequence[Entry],
    *,
    nation: str,
    models: Models,
    events: dict[str, list[tuple[str, date]]],
    post_election: frozenset[date],
    start: date,
    end: date,
) -> list[tuple[str, date]]:
    """The key and due date of all that falls due, once for each occasion."""
    found = []
    for rule in rules:
        pack, name = rule["id"].split("/")
        idle = post_election if "post_election_period" in rule.get("pauses", ()) else frozenset()
        for slug, on, form in occasions(rule, events, start, end):
            held = [model for since, model in models if since is None or since <= on]
            binds = (
                nation in rule["jurisdictions"]
                and held[-1] in rule["body_models"]
                and rule["effective_from"] <= on <= rule.get("effective_to", date.max)
            )
            if binds:
                due = on if form is None else counted(tuple(form.items()), on, nation, idle)
                if start <= due <= end:
                    found.append((f"{pack}/{slug}/{name}", due))
    return found
