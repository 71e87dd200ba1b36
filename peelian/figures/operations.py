"""Issuing editions of the performance summary."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from peelian.figures.edition import TopicLine, assess_topics, chart_blocks, is_included
from peelian.figures.kinds import EDITION, STATEMENT
from peelian.figures.models import Edition
from peelian.figures.snapshot import content_of
from peelian.pages.issues import keep_content
from peelian.record import operations, writing
from peelian.record.access import Actor, Command
from peelian.record.errors import Refused
from peelian.record.models import Draft, Record, Status
from peelian.record.scope import PUBLIC


@override(settings.LANGUAGE_CODE)
@writing.operation
def issue_edition(
    period: dt.date, *, form: str, known: dt.date, by: Actor, publish: bool = False
) -> Record:
    """Make an edition: apply the inclusion rules, write each statement, freeze what it rests on.

    The edition and its statements are drafts, for the analyst to add to, unless `publish`. Uses
    only public topics, measures and areas, and values known by the day `known`. Raises Refused
    where the month has an edition of this form already. Words are frozen in the site's language,
    whatever the reader's.
    """
    title = _("Performance summary, %(month)s") % {"month": date_format(period, "F Y")}
    reference = f"{period:%Y-%m}-{form}"
    _refuse_second(reference, title)
    lines, assessed = assess_topics(period, PUBLIC, known=known)
    last = _last_known(known)
    included = [line for line in lines if _stands(line, form, last)]
    values = {
        "reference": reference,
        "title": title,
        "period": period,
        "form": form,
        "known": known,
    }
    edition = operations.create(EDITION, values, by=by, why=title)
    for line in included:
        _write(edition, line, by, title)
    charts = chart_blocks(lines, assessed)
    ordinary = {line.topic.reference: line.commentary for line in lines if not line.unusual}
    content = content_of(cast(Edition, edition), assessed, charts, ordinary)
    keep_content(edition, content, by=by, why=title)
    if publish:
        _release(edition, by)
    return edition


def _refuse_second(reference: str, title: str) -> None:
    if EDITION.all().filter(reference=reference).exists():
        raise Refused(_("“%(title)s” has been issued already.") % {"title": title})


def _last_known(known: dt.date) -> dt.date | None:
    """Return the day whose figures the last public edition before `known` used, or None."""
    days = PUBLIC.of(EDITION).filter(known__lt=known).order_by("-known")
    return days.values_list("known", flat=True).first()


def _stands(line: TopicLine, form: str, last: dt.date | None) -> bool:
    updated = bool(line.known and (last is None or line.known > last))
    rule = line.topic.inclusion_rule
    return is_included(rule, form, exceptional=line.exceptional, updated=updated)


def _write(edition: Record, line: TopicLine, by: Actor, why: str) -> None:
    values = {
        "parent": edition,
        "topic": line.topic,
        "title": line.topic.title,
        "data": line.data,
        "commentary": line.commentary,
        "illustrative": line.illustrative,
    }
    operations.create(STATEMENT, values, by=by, why=why)


def _release(edition: Record, by: Actor) -> None:
    """Publish an edition and its statements; a second command is the second pair of eyes."""
    approver = Command(f"{by.name} --publish")
    for record in _parts(edition):
        operations.release(record, by=approver)


def _parts(edition: Record) -> list[Record]:
    """Return an edition and its statements, in order."""
    return [edition, *STATEMENT.all().filter(parent=edition).in_order()]


@writing.operation
def submit_edition(edition: Record, *, by: Actor, why: str = "") -> int:
    """Send an edition and every statement of it that is not yet on its way for review.

    Returns how many were sent.
    """
    sent = [r for r in _parts(edition) if operations.is_unsent(r, writing.draft_of(r))]
    for record in sent:
        operations.submit(record, by=by, why=why)
    return len(sent)


@writing.operation
def publish_edition(edition: Record, *, by: Actor, why: str = "") -> int:
    """Approve and publish all of an edition that is in review or approved; return how many.

    All of it or nothing: Refused where the approver wrote any part of it.
    """
    done = 0
    for record in _parts(edition):
        draft = writing.draft_of(record)
        if record.status == Status.IN_REVIEW or (draft and draft.in_review):
            record = operations.approve(record, by=by, why=why)
            done += 1
        if record.status == Status.APPROVED:
            operations.publish(record, by=by, why=why)
    return done


def waits(edition: Record) -> tuple[bool, bool]:
    """Return whether any part of an edition is yet to be sent, and whether any is in review."""
    parts = _parts(edition)
    drafts = list(Draft.objects.filter(record__in=parts).values_list("in_review", flat=True))
    states = {part.status for part in parts}
    unsent = Status.DRAFT in states or False in drafts
    return unsent, bool(states & {Status.IN_REVIEW, Status.APPROVED}) or True in drafts
