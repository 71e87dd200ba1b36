"""The verbs of responses: answer a finding, begin a response, and take it all to the public."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.utils.translation import gettext as _

from peelian.duties.operations import prove_by
from peelian.inspections.findings import found_in
from peelian.inspections.guard import EVERYTHING
from peelian.inspections.kinds import ANSWER, RESPONSE
from peelian.inspections.models import FindingAnswer, Inspection, Response
from peelian.inspections.responses import answers_in, asks_the_chief, report_of, response_to
from peelian.promises.models import Promise
from peelian.record import guards, operations, writing
from peelian.record.access import Actor
from peelian.record.clock import today
from peelian.record.errors import Refused, Stale
from peelian.record.models import Record, Status
from peelian.record.values import values_of


@writing.operation
def begin_response(report: Inspection, *, by: Actor) -> Response:
    """Return a new draft of the response to a report.

    Raises Refused where there is one already, or where the report is not out.
    """
    if report.form == Inspection.Form.ANNOUNCED:
        raise Refused(_("This inspection has not been held yet."))
    if response_to(report, EVERYTHING):
        raise Refused(_("There is a response to this report already."))
    return cast(Response, operations.create(RESPONSE, {"parent": report}, by=by))


@writing.operation
def answer_finding(
    finding: Promise, *, answer: str, text: str, version: int | None, by: Actor, why: str = ""
) -> FindingAnswer:
    """Return the answer to a finding, created or edited; a published one waits for approval.

    `version` is the one that was read; None or 0 says that there was none. Saying again what it
    says changes nothing. Raises Stale where a colleague saved first, Invalid or Refused.
    """
    said: dict[str, Any] = {"answer": answer, "text": text.strip()}
    held = writing.lock(finding)
    known = ANSWER.all().filter(parent=held.pk).exclude(status=Status.WITHDRAWN).first()
    existing = cast("FindingAnswer | None", known)
    if existing is None:
        if version:
            raise Stale(_("A colleague has taken this answer away."), said)
        reference = writing.free_reference(ANSWER.name, f"{finding.reference}.answer"[:70])
        made = {**said, "parent": held, "reference": reference}
        return cast(FindingAnswer, operations.create(ANSWER, made, by=by, why=why))
    draft = writing.draft_of(existing)
    waiting = draft.values if draft else {}
    if said == {name: waiting.get(name, getattr(existing, name)) for name in said}:
        return existing
    if existing.version != version:
        raise Stale(_("A colleague saved this answer while you were writing."), said)
    changed = operations.edit(existing, said, version=existing.version, by=by, why=why)
    return cast(FindingAnswer, changed)


@writing.operation
def submit_response(response: Response, *, by: Actor, why: str = "") -> Record:
    """Return a response, sent for review with those of its answers that are not yet."""
    for answer in _answers(response):
        if operations.is_unsent(answer, writing.draft_of(answer)):
            operations.submit(answer, by=by, why=why)
    return operations.submit(response, by=by, why=why)


@writing.operation
def approve_response(
    response: Response, *, by: Actor, why: str = "", version: int | None = None
) -> Record:
    """Return a response, approved with those of its answers that are in review.

    Raises Refused where whoever approves wrote any of it, unless the office allows that; Stale
    where it has changed since it was read.
    """
    for answer in _answers(response):
        draft = writing.draft_of(answer)
        if answer.status == Status.IN_REVIEW or (draft and draft.in_review):
            operations.approve(answer, by=by, why=why)
    return operations.approve(response, by=by, why=why, version=version)


@writing.operation
def publish_response(
    response: Response,
    *,
    by: Actor,
    why: str = "",
    embargo_until: dt.datetime | None = None,
    expires_at: dt.datetime | None = None,
    answers: guards.Answers | None = None,
) -> Record:
    """Return a response, published with its answers; what the law asked is then proved.

    Raises Refused, naming what is missing, where it is not complete or an answer is not approved.
    """
    times = {"embargo_until": embargo_until, "expires_at": expires_at}
    every = _answers(response)
    unread = [one.title for one in every if one.status in (Status.DRAFT, Status.IN_REVIEW)]
    if unread:
        said = _("These answers are not approved yet: %(answers)s.")
        raise Refused(said % {"answers": "; ".join(unread)})
    for answer in every:
        if answer.status == Status.APPROVED:
            operations.publish(answer, by=by, why=why, answers=answers, **times)
    out = operations.publish(response, by=by, why=why, answers=answers, **times)
    published = cast(Response, out)
    if embargo_until is None and published.published_on is None:
        old = values_of(published)
        published.published_on = today()
        published = cast(Response, writing.keep(published, "updated", old, by=by, why=why))
    if published.published_on:
        _prove(published, by=by)
    return published


def _answers(response: Response) -> list[FindingAnswer]:
    return answers_in(found_in(report_of(response), EVERYTHING))


def _prove(response: Response, *, by: Actor) -> None:
    """Record that the duties which the publication meets are met, where nothing shows it yet."""
    report = report_of(response)
    if not asks_the_chief(report) or report.published_on is None:
        return
    met = {
        "invite-comments": response.invited_on,
        "answer-recommendations": response.published_on,
        "response": response.published_on,
    }
    keys = {f"inspections/{report.reference}/{rule}": day for rule, day in met.items() if day}
    why = _("The response “%(title)s” was published.") % {"title": response.title}
    prove_by(report, keys, by=by, why=why)
