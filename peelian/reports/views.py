"""Reports on screen: the report as a page with its files, and the steps by which it is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.documents import docx
from peelian.pages.attachments import as_file, send
from peelian.pages.export import XLSX
from peelian.pages.forms import press, tell
from peelian.pages.issues import pdf_of, shown
from peelian.pages.views import edit, find_as, frame, scope_for
from peelian.promises.changes import Changes, Heap, changes
from peelian.promises.kinds import ACTIVITY, COMMITMENT, PLAN
from peelian.promises.models import Plan
from peelian.record.access import may
from peelian.record.errors import RecordError
from peelian.record.kinds import Kind
from peelian.record.models import Audience, Snapshot
from peelian.record.scope import PUBLIC, Scope
from peelian.reports import operations
from peelian.reports.forms import StartForm, offered
from peelian.reports.kinds import REPORT
from peelian.reports.models import Report
from peelian.reports.monitoring import TOLD
from peelian.reports.narrative import lacking
from peelian.reports.workbook import workbook_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES = ("pdf", "docx", "xlsx")
# What an issue froze, words of before among them: for the office, to compare.
DATA = "json"


def edit_report(request: HttpRequest, kind: Kind, reference: str = "") -> HttpResponse:
    """Lead to the beginning of a report where it is new; else edit it as any record."""
    if not reference:
        return redirect("office-report-start")
    return edit(request, kind, reference)


def start(request: HttpRequest) -> HttpResponse:
    """Ask for a report's days, show what they would tell, and begin it."""
    scope = Scope(request.user)
    initial = {"form": Report.Form.MONITORING, "audience": Audience.PUBLIC, **request.GET.dict()}
    form = StartForm(scope, request.POST or None, initial=initial)
    preview: Changes | None = None
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        if "preview" in request.POST:
            preview = _previewed(answers)
        else:
            actor: Any = request.user
            try:
                begun = operations.start_report(answers.pop("plan"), **answers, by=actor)
            except RecordError as error:
                tell(form, error)
            else:
                return redirect(begun.get_office_url())
    context = {
        "scope": scope,
        "form": form,
        "offered": offered(scope),
        "counts": counted(preview) if preview else [],
        "preview": preview,
    }
    return render(request, "reports/start.html", context)


def _previewed(answers: dict[str, Any]) -> Changes:
    return changes(answers["plan"], PUBLIC, since=answers["since"], until=answers["until"])


def counted(found: Changes) -> list[tuple[str, int]]:
    """Return each heap and mark in words with how many lines it has."""
    counts = found.counts()
    return [(str(one.label), counts[one]) for one in TOLD]


def show_report(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show the issued report as a page; to the office the issue that waits and how it is made."""
    scope = scope_for(request, office)
    report, snapshot = _issued(reference, scope)
    context = frame(request, kind, report, scope) | {
        **shown(snapshot, operations.document_in),
        "files": _files(scope) if snapshot else [],
    }
    if not scope.is_public:
        context |= _making(request, report)
    return render(request, "reports/report.html", context)


def _files(scope: Scope) -> list[tuple[str, str]]:
    """Return the forms in which a report may be had, each with the name of its route."""
    forms = FILES if scope.is_public else (*FILES, DATA)
    return [(form, scope.name(f"report-{form}")) for form in forms]


def _making(request: HttpRequest, report: Report) -> dict[str, Any]:
    """Return what the officer does on the report's page: words, examples, what stops the build."""
    sections = operations.sections_of(report)
    plan = report.parent.reference if report.parent else ""
    return {
        "may_make": may(request.user, "edit", "reports"),
        "own": sections,
        "examples": operations.examples_of(report),
        "lacks": lacking(sections, plan),
    }


def _issued(reference: str, scope: Scope) -> tuple[Report, Snapshot | None]:
    """Return a report with the issue that counts; the office reads the one that waits.

    What was built for the office alone is never shown to the public, whoever the report is for now.
    """
    report = find_as(Report, REPORT, reference, scope)
    snapshot = report.issue_for(scope)
    if snapshot and scope.is_public:
        audience = operations.frozen(snapshot)["data"]["terms"]["audience"]
        snapshot = snapshot if audience == Audience.PUBLIC else None
    return report, snapshot


def download(
    request: HttpRequest, reference: str, form: str, *, office: bool = False
) -> HttpResponse:
    """Send the issue that counts as PDF, DOCX, XLSX or as the data it froze."""
    report, snapshot = _issued(reference, scope_for(request, office))
    if snapshot is None:
        raise Http404
    name = f"report-{report.reference}-issue-{snapshot.number}.{form}"
    if form == "pdf":
        return send(pdf_of(snapshot))
    if form == DATA:
        return as_file(snapshot.content, "application/json", name)
    if form == "xlsx":
        return as_file(workbook_of(operations.frozen(snapshot)), XLSX, name)
    site = f"{request.scheme}://{request.get_host()}"
    return as_file(docx.render(operations.document_in(snapshot), site=site), DOCX, name)


def build(request: HttpRequest, reference: str) -> HttpResponse:
    """Build a report, and say on its page what stopped it where something did."""
    report = find_as(Report, REPORT, reference, Scope(request.user))

    def do(actor: Any) -> str:
        built = operations.build(report, by=actor)
        number = built.snapshots.count()
        return _("Issue %(number)s has been built.") % {"number": number}

    press(request, do)
    return redirect(report.get_office_url())


def choose(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask beside each line why it is told in full, if it is; those that moved come first."""
    scope = Scope(request.user)
    report = find_as(Report, REPORT, reference, scope)
    rows = _rows(report, scope, request.POST)
    if request.method == "POST":
        actor: Any = request.user
        chosen = {row["promise"]: row["why"] for row in rows if row["why"]}
        try:
            count = operations.choose_examples(report, chosen, by=actor)
        except RecordError as error:
            messages.error(request, str(error))
        else:
            said = ngettext("%(count)s example changed.", "%(count)s examples changed.", count)
            messages.success(request, said % {"count": count})
            return redirect(report.get_office_url())
    return render(request, "reports/choose.html", {"scope": scope, "report": report, "rows": rows})


def _rows(report: Report, scope: Scope, typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the lines of a plan with why each is told in full, as typed or as kept."""
    above = report.parent
    plan = find_as(Plan, PLAN, above.reference if above else "", scope)
    found = changes(plan, PUBLIC, since=report.since, until=report.until)
    lines = sorted(found.lines, key=lambda entry: entry.heap == Heap.UNCHANGED)
    references = [entry.reference for entry in lines]
    promises = {
        promise.key: promise
        for kind in (ACTIVITY, COMMITMENT)
        for promise in scope.of(kind).filter(reference__in=references)
    }
    have = {example.promise_id: example.reason for example in operations.examples_of(report)}
    rows: list[dict[str, Any]] = []
    for entry in lines:
        if promise := promises.get(entry.key):
            kept = have.get(promise.pk, "")
            why = typed.get(f"why-{entry.reference}", kept).strip()
            rows.append({"entry": entry, "promise": promise, "why": why})
    return rows


def again(request: HttpRequest, reference: str) -> HttpResponse:
    """Make every issue again from the record as it was known then; say which are the same."""
    scope = Scope(request.user)
    report = find_as(Report, REPORT, reference, scope)
    issues = report.snapshots.order_by("number")
    rows = [(snapshot, operations.made_again(report, snapshot)) for snapshot in issues]
    return render(request, "reports/again.html", {"scope": scope, "report": report, "rows": rows})
