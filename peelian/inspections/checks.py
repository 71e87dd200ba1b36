"""What a careful reader would notice about responses to inspections: late, incomplete."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check
from peelian.duties.calendar import Duty, due_between
from peelian.duties.proofs import since
from peelian.duties.rulebook import rule_named
from peelian.inspections.findings import found_in_each
from peelian.inspections.kinds import INSPECTION, RESPONSE
from peelian.inspections.models import Inspection, Response
from peelian.inspections.responses import lacks
from peelian.record.models import Status
from peelian.record.scope import PUBLIC, Scope

# The answers a policing body owes, each with a last day of its own law.
OWED = (
    "inspections/response",
    "inspections/prevention-of-future-deaths",
    "inspections/iopc-recommendation",
)
NEAR = dt.timedelta(days=14)


@check("late-response", gettext_lazy("Responses to reports that are late or near"), Severity.ERROR)
def late_response(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find reports whose response is past its last day; a warning in the fortnight before it.

    One whose response is public here is answered, also where no proof of it was recorded.
    """
    rules = [rule for rule in map(rule_named, OWED) if rule]
    owed = due_between(since(as_at), as_at + NEAR, scope=scope, only=rules, today=as_at)
    answered = set(PUBLIC.of(RESPONSE).values_list("parent_id", flat=True))
    for duty in owed:
        report = duty.record
        if duty.is_closed or report is None or report.kind != INSPECTION.name:
            continue
        if report.pk not in answered:
            yield _late(duty, as_at)


def _late(duty: Duty, as_at: dt.date) -> Finding:
    report, is_late = duty.record, duty.occurrence.due < as_at
    says = {
        "title": report.title if report else "",
        "day": date_format(duty.occurrence.due, "j F Y"),
    }
    late = _("The response to “%(title)s” was due on %(day)s.") % says
    near = _("The response to “%(title)s” is due on %(day)s.") % says
    return Finding(
        report,
        duty.rule.title,
        late if is_late else near,
        _("The law sets the day, and whoever made the report can see that an answer is missing."),
        _("Publish the response with its answers, or record the proof that it was sent."),
        severity=Severity.ERROR if is_late else Severity.WARNING,
    )


@check(
    "incomplete-response", gettext_lazy("Published responses that lack something"), Severity.WARNING
)
def incomplete_response(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find published responses without what the law asks: an answer, comments, a reply.

    One cannot be published here in that state, but may have been brought in from a file, or a
    recommendation may have been added since.
    """
    out = list(scope.of(RESPONSE).filter(status=Status.PUBLISHED).in_order())
    reports: dict[int, Inspection] = scope.see(
        Inspection.objects.filter(pk__in={response.parent_id for response in out})
    ).in_bulk()
    found = found_in_each(reports, scope)
    for response in out:
        report = reports.get(response.parent_id or 0)
        if report and (missing := lacks(response, report, found[report.pk])):
            yield _incomplete(response, missing)


def _incomplete(response: Response, missing: list[str]) -> Finding:
    return Finding(
        response,
        response.title,
        _("The published response lacks: %(missing)s.") % {"missing": "; ".join(missing)},
        _("The law asks for an answer to every recommendation, and for both sets of comments."),
        _("Add what is missing, and have the change approved."),
    )
