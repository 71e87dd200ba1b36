"""Reports on screen: one with all that came of it, the list of findings, the history of grades."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.documents import html
from peelian.inspections.findings import concerns_first, flat, found_in, newest_first
from peelian.inspections.history import Column, History, histories
from peelian.inspections.kinds import GRADE, INSPECTION
from peelian.inspections.models import Inspection
from peelian.inspections.monitoring import watches
from peelian.inspections.operations import begin_response
from peelian.inspections.picture import picture
from peelian.inspections.responses import response_to, unanswered
from peelian.inspections.scales import scale_named
from peelian.pages.forms import press
from peelian.pages.views import find_as, frame, list_records, scope_for
from peelian.promises.models import FindingForm
from peelian.record.access import may
from peelian.record.kinds import Kind
from peelian.record.scope import Scope

_PROCESSES = {
    **dict.fromkeys(Inspection.BY_INSPECTORATE, "inspection-response"),
    Inspection.Form.CORONER: "prevention-of-future-deaths",
    Inspection.Form.LEARNING: "iopc-recommendation",
}


def show_inspection(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show a report with its grades and findings, what was answered and done, and what closed it.

    Nine queries in the public's scope.
    """
    scope = scope_for(request, office)
    report = find_as(Inspection, kind, reference, scope)
    found = found_in(report, scope)
    every = flat(found)
    near = [report.body_id, report.answered_in_id]
    near += [pk for one in every for pk in (one.finding.owner_id, one.finding.shown_by_id)]
    concerns = [o for o in every if o.finding.form == FindingForm.CAUSE_OF_CONCERN]
    context = frame(request, kind, report, scope) | {
        "grades": [
            (grade, scale_named(grade.scale))
            for grade in scope.of(GRADE).filter(parent=report).in_order()
        ],
        "found": found,
        "counts": {
            "all": len(every),
            "open": sum(one.finding.is_open for one in every),
            "concerns": sum(one.finding.is_open for one in concerns),
        },
        "response": response_to(report, scope),
        "related": scope.by_id(near),
        "unanswered": len(unanswered(found)),
        "grades_url": reverse(scope.name("grade-history")),
    }
    if office:
        context |= _office(request, report)
    return render(request, "inspections/inspection.html", context)


def _office(request: HttpRequest, report: Inspection) -> dict[str, Any]:
    """Return where the office goes on from a report: its response, its process, a new finding."""
    user: Any = request.user
    if not may(user, "edit", INSPECTION.area):
        return {}
    name = _PROCESSES.get(Inspection.Form(report.form), "")
    begin = reverse("office-processes-begin-one", args=[name]) if name else ""
    edits_promises = may(user, "edit", "promises")
    finding = reverse("office-inspection-findings-new") if edits_promises else ""
    return {
        "respond_url": reverse("office-inspections-respond", args=[report.reference]),
        "process_url": f"{begin}?record={report.pk}" if begin else "",
        "finding_url": f"{finding}?parent={report.pk}" if finding else "",
        "grade_url": f"{reverse('office-grades-new')}?parent={report.pk}",
    }


def respond(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask whether to begin the response to a report, and begin it; lead to one there is."""
    scope = Scope(request.user)
    report = find_as(Inspection, INSPECTION, reference, scope)
    if request.method == "POST":
        press(request, lambda by: _begun(report, by))
    response = response_to(report, scope)
    if response:
        return redirect(response.get_office_url())
    context = {
        "scope": scope,
        "record": report,
        "breadcrumbs": [
            (str(INSPECTION.plural), reverse("office-inspections-list")),
            (report.title, report.get_office_url()),
        ],
    }
    return render(request, "inspections/respond.html", context)


def _begun(report: Inspection, by: Any) -> str:
    begin_response(report, by=by)
    return _("The response is begun. Nothing of it is public yet.")


def list_inspections(request: HttpRequest, kind: Kind, *, office: bool = False) -> HttpResponse:
    """Show reports, the newest first; those whose day is not known come last."""
    return list_records(request, kind, office=office, in_order=newest_first)


def list_findings(request: HttpRequest, kind: Kind, *, office: bool = False) -> HttpResponse:
    """Show findings, the open causes of concern before all others, with filters."""
    return list_records(request, kind, office=office, in_order=concerns_first)


def grade_history(request: HttpRequest, *, office: bool = False) -> HttpResponse:
    """Show the grades through the years as tables and drawings, and at what level forces are."""
    scope = scope_for(request, office)
    context = {
        "scope": scope,
        "histories": [_shown(history, scope) for history in histories(scope)],
        "watching": {"watches": watches(scope), "scope": scope},
        "breadcrumbs": [
            (_("Home"), reverse("office-home" if office else "home")),
            (str(INSPECTION.plural), reverse(scope.name("inspections-list"))),
        ],
    }
    return render(request, "inspections/grades.html", context)


def _shown(history: History, scope: Scope) -> dict[str, Any]:
    """Return one family of scales as its page shows it: a table with its breaks, the drawing."""
    return {
        "history": history,
        "heads": [(c, scope.url(c.inspection)) for c in history.columns],
        "rows": [(q, [_cell(c, q) for c in history.columns]) for q in history.questions],
        "drawing": html.render_block(picture(history), under=2),
    }


def _cell(column: Column, question: str) -> dict[str, Any]:
    return {"mark": column.marks.get(question), "breaks": column.breaks}
