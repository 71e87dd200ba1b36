"""Whether a response is complete: what the Police Act 1996, s.55(4) to (5B) asks of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from peelian.inspections.findings import Found, flat, found_in
from peelian.inspections.kinds import RESPONSE
from peelian.inspections.models import FindingAnswer, Inspection, Response
from peelian.record.models import Status
from peelian.record.scope import Scope


def asks_the_chief(report: Inspection) -> bool:
    """Return whether the chief officer's comments are part of the response to a report."""
    return report.form in Inspection.BY_INSPECTORATE


def response_to(report: Inspection, scope: Scope) -> Response | None:
    """Return the response to a report that a scope may see: the newest not withdrawn. One query."""
    return responses_to([report.pk], scope).get(report.pk)


def responses_to(reports: Iterable[int], scope: Scope) -> dict[int, Response]:
    """Return the responses to some reports, as `response_to` does, by report. One query."""
    found = scope.of(RESPONSE).filter(parent__in=list(reports)).exclude(status=Status.WITHDRAWN)
    return {one.parent_id: one for one in found.order_by("pk")}


def lacks(response: Response, report: Inspection, found: list[Found]) -> list[str]:
    """Return in words what is missing before a response is complete; nothing where it is."""
    missing = _of_the_chief(response) if asks_the_chief(report) else []
    if not response.comments.strip():
        missing.append(_("the policing body’s own comments"))
    return missing + [
        _("an answer to “%(finding)s”") % {"finding": one.finding.title}
        for one in unanswered(found)
    ]


def _of_the_chief(response: Response) -> list[str]:
    missing = []
    if response.invited_on is None:
        missing.append(_("the day on which the chief officer was invited to comment"))
    if response.chief_comments.strip():
        if not response.reply.strip():
            missing.append(_("the reply to the chief officer’s comments"))
    elif not response.no_comments:
        missing.append(_("the chief officer’s comments, or the word that none were made"))
    return missing


def unanswered(found: list[Found]) -> list[Found]:
    """Return the findings that have to be answered and are not."""
    return [one for one in flat(found) if one.is_to_be_answered and one.answer is None]


def answers_in(found: list[Found]) -> list[FindingAnswer]:
    """Return the answers that are part of a response, in the order of their findings."""
    return [one.answer for one in flat(found) if one.answer]


def report_of(response: Response) -> Inspection:
    """Return the report that a response answers. Raises LookupError where there is none."""
    report = Inspection.objects.filter(pk=response.parent_id or 0).first()
    if report is None:
        raise LookupError(response.reference)
    return report


def missing_in(response: Response, scope: Scope) -> list[str]:
    """Return what is missing of a response as a scope sees its report and findings."""
    report = report_of(response)
    return lacks(response, report, found_in(report, scope))
