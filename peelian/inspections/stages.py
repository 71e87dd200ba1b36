"""How far the response to a report has come, step by step, for its statutory process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.duties.stages import Stage
from peelian.inspections.facts import to_be_answered
from peelian.inspections.findings import Found, found_in_each
from peelian.inspections.kinds import INSPECTION
from peelian.inspections.models import Inspection, Response
from peelian.inspections.responses import lacks, responses_to, unanswered
from peelian.record.access import may
from peelian.record.models import Record, Status
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import Scope


def stages(begun: Sequence[Sequence[Record]], scope: Scope) -> list[Mapping[str, Stage]]:
    """Return how each step stands that the response to a report meets, run by run. Five queries."""
    ids = {record.pk for one in begun for record in one if record.kind == INSPECTION.name}
    reports: dict[int, Inspection] = scope.of(INSPECTION).filter(pk__in=ids).in_bulk()
    responses = responses_to(reports, scope) if reports else {}
    found = found_in_each(responses, scope) if responses else {}
    user: Any = scope.user
    edits = not scope.is_public and may(user, "edit", INSPECTION.area)
    told: list[Mapping[str, Stage]] = []
    for one in begun:
        report = next((reports[record.pk] for record in one if record.pk in reports), None)
        response = responses.get(report.pk) if report else None
        if report and response:
            told.append(_of(response, report, found[report.pk], edits=edits))
        else:
            told.append(_before(report, edits=edits) if report else {})
    return told


def _before(report: Inspection, *, edits: bool) -> dict[str, Stage]:
    """Return how the steps stand before there is a response."""
    at = reverse("office-inspections-respond", args=[report.reference]) if edits else ""
    begin = Stage(False, label=_("Begin the response") if at else "", url=at)
    waits = dict.fromkeys(("comments", "draft", "approve", "answers", "publish"), Stage(False))
    return {"invite": begin, **waits}


def _of(
    response: Response, report: Inspection, found: list[Found], *, edits: bool
) -> dict[str, Stage]:
    missing = lacks(response, report, found)
    left = len(unanswered(found))
    form = reverse("office-inspection-responses-edit", args=[response.reference]) if edits else ""
    answers = reverse("office-responses-answers", args=[response.reference]) if edits else ""
    page = response.get_office_url() if edits else ""
    approved = response.status in (Status.APPROVED, Status.PUBLISHED)
    out = response.status == Status.PUBLISHED
    said = _("On %(day)s.") % {"day": _day(response.published_on)} if response.published_on else ""
    came = bool(response.chief_comments.strip()) or response.no_comments
    left_words = _("Findings without an answer: %(count)s.") % {"count": left} if left else ""
    # Where answers are missing they come first; else what is missing stands on the form.
    do_draft = (_("Answer the findings"), answers) if left else (_("Write the response"), form)
    return {
        "invite": _stage(
            response.invited_on is not None, response.invited_on, (_("Record the day"), form)
        ),
        "comments": _stage(
            came, response.received_on, (_("Record the chief officer’s comments"), form)
        ),
        "draft": Stage(not missing, left_words, None, *do_draft),
        "approve": Stage(approved, "", None, _("Go to the response"), page),
        "answers": Stage(out, said or left_words, None, _("Go to the response"), page),
        "publish": Stage(out, said, None, _("Go to the response"), page),
    }


def _stage(is_done: bool, on: Any, action: tuple[str, str]) -> Stage:
    words = _("On %(day)s.") % {"day": _day(on)} if is_done and on else ""
    return Stage(is_done, words, on, *action)


def _day(on: Any) -> str:
    return date_format(on, "j F Y")


def reports_of(form: Sequence[str]) -> Any:
    """Return what offers the reports of some forms, those that ask for a response, to a process."""

    def offered(scope: Scope) -> RecordQuerySet[Record]:
        reports: Any = to_be_answered(scope).filter(Q(form__in=form), published_on__isnull=False)
        return Record.objects.filter(pk__in=reports.values("pk"))

    return offered
