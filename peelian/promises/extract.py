"""The delivery plan extract: the plan as blocks for a pack, whole or only what changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.blocks import (
    Block,
    Cell,
    Heading,
    Paragraph,
    Run,
    Runs,
    Table,
    plain,
)
from peelian.promises.kinds import ACTIVITY, COMMITMENT, OBJECTIVE
from peelian.promises.models import Element, Plan, Promise
from peelian.promises.sections import Line, Lines, lines_of
from peelian.record.scope import Scope

WIDTHS = (1.0, 3.2, 1.3, 4.6, 2.0)


def plan_extract(
    plan: Plan, scope: Scope, *, until: dt.date, since: dt.date | None = None
) -> list[Block]:
    """Return the plan's commitments, activities and newest updates up to `until` as blocks.

    With `since`, only the activities whose words or status differ from what stood on that day.
    """
    objectives = list(scope.of(OBJECTIVE).filter(parent=plan).in_order())
    commitments = list(scope.of(COMMITMENT).filter(parent__in=objectives).in_order())
    activities = list(scope.of(ACTIVITY).filter(parent__in=commitments).in_order())
    lines = lines_of([*commitments, *activities], scope)
    told = {a.pk: line for a in activities if (line := _told(lines.of(a), until, since))}
    shown = {a.parent_id for a in activities if a.pk in told}
    if since is None:
        shown |= {c.pk for c in commitments}
    places = _places(commitments, activities, shown)
    blocks: list[Block] = [_introduction(plan, until, since, len(told), len(activities))]
    for objective in objectives:
        own = [c for c in commitments if c.parent_id == objective.pk]
        inner = _commitments(own, activities, told, lines, places)
        if inner:
            blocks += [Heading(2, objective.title, number=str(objective.number)), *inner]
    return blocks


def _told(line: Line, until: dt.date, since: dt.date | None) -> Line | None:
    """Return the line as it stood at `until`, or None where nothing changed after `since`."""
    updates = [u for u in line.updates if u.as_at <= until]
    if since is None:
        return replace(line, updates=updates)
    newer = [u for u in updates if u.as_at > since]
    before = next((u for u in updates if u.as_at <= since), None)
    if not newer:
        return None
    same = before and (before.text, before.progress) == (newer[0].text, newer[0].progress)
    return None if same else replace(line, updates=updates)


def _places(
    commitments: list[Promise], activities: list[Promise], shown: set[int | None]
) -> dict[int, str]:
    """Return the anchor at which each promise stands: an activity's is its commitment's."""
    places = {c.pk: _anchor(c) for c in commitments if c.pk in shown}
    for activity in activities:
        if activity.parent_id in places:
            places[activity.pk] = places[activity.parent_id]
    return places


def _anchor(commitment: Promise) -> str:
    """Return where a commitment stands; a reference may have a tilde, an anchor not."""
    return f"commitment-{commitment.reference}".replace("~", ".")


def _introduction(
    plan: Plan, until: dt.date, since: dt.date | None, told: int, of: int
) -> Paragraph:
    day = date_format(until, "j F Y")
    if since is None:
        words = _("%(plan)s: all %(of)s activities, with the newest update up to %(day)s.")
    else:
        words = _(
            "%(plan)s: the %(told)s of %(of)s activities that changed after %(since)s,"
            " with the newest update up to %(day)s. The others are as they were."
        )
    since_day = date_format(since, "j F Y") if since else ""
    return Paragraph(
        plain(words % {"plan": plan.title, "told": told, "of": of, "day": day, "since": since_day})
    )


def _commitments(
    commitments: list[Promise],
    activities: list[Promise],
    told: dict[int, Line],
    lines: Lines,
    places: dict[int, str],
) -> list[Block]:
    blocks: list[Block] = []
    order = {code: place for place, code in enumerate(Element.values)}
    halves = groupby(
        sorted(commitments, key=lambda c: order.get(c.element, 9)), key=lambda c: c.element
    )
    for element, some in halves:
        inner: list[Block] = []
        for commitment in some:
            own = [told[a.pk] for a in activities if a.parent_id == commitment.pk and a.pk in told]
            if commitment.pk in places:
                inner += _commitment(commitment, own, lines, places)
        if inner:
            title = str(Element(element).label) if element else _("Other commitments")
            blocks += [Heading(3, title), *inner]
    return blocks


def _commitment(
    commitment: Promise, own: list[Line], lines: Lines, places: dict[int, str]
) -> list[Block]:
    number = commitment.printed_reference
    blocks: list[Block] = [
        Heading(4, commitment.title, anchor=places[commitment.pk], number=number or None)
    ]
    if commitment.text:
        blocks.append(Paragraph(lines.references.runs(commitment.text, places)))
    if not own:
        return [*blocks, Paragraph(plain(_("No activity under it has been published.")))]
    head = (_("Ref"), _("Supporting activity"), _("Status"), _("Progress update"), _("Oversight"))
    rows = tuple(_row(line, lines, places) for line in own)
    caption = _("Activities under commitment %(number)s") % {"number": number or commitment.title}
    blocks.append(Table(caption, tuple(plain(h) for h in head), rows, WIDTHS))
    return blocks


def _row(line: Line, lines: Lines, places: dict[int, str]) -> tuple[Cell, ...]:
    promise, update = line.promise, line.latest
    said: Runs = lines.references.runs(update.text, places) if update else plain("–")
    if update:
        day = date_format(update.as_at, "j F Y")
        said = (*said, Run(" " + _("(As at %(day)s.)") % {"day": day}, italic=True))
    return (
        plain(promise.printed_reference or "–"),
        lines.references.runs(promise.text or promise.title, places),
        plain(str((update or promise).get_progress_display())),
        said,
        plain("; ".join(o.name for o in line.oversight) or _("None named")),
    )
