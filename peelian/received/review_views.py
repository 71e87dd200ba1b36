"""The pages on which recognised lines are looked through, corrected and loaded."""

from __future__ import annotations

from itertools import groupby
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.intake.tables import Rejected
from peelian.pages.forms import number
from peelian.received import operations, shelf
from peelian.received.forms import LineForm
from peelian.received.models import Document, Line, State
from peelian.received.recognise import TABLES
from peelian.received.tables import area_of, problems_by_line, table_title, trial
from peelian.received.views import find
from peelian.record.access import may
from peelian.record.errors import RecordError
from peelian.record.scope import Scope

PER_PAGE = 50


def review_table(request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """List the lines of a table with what was decided; accept or reject several at once."""
    document = find(pk)
    lines = shelf.lines_of(document, table)
    if table not in TABLES or not lines:
        raise Http404
    if request.method == "POST":
        _decide(request, document, table)
        return redirect("office-document-table", pk, table)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "scope": Scope(request.user),
        "document": document,
        "table": table,
        "title": table_title(table),
        "page": page,
        "counts": next(t for t in shelf.tables_of(document) if t.name == table).counts,
        "may_decide": may(request.user, "edit", area_of(table)),
    }
    return render(request, "received/table.html", context)


def _decide(request: HttpRequest, document: Document, table: str) -> None:
    step = request.POST.get("step", "")
    states = {"accept": State.ACCEPTED, "reject": State.REJECTED, "reopen": State.OPEN}
    chosen = shelf.lines_of(document, table)
    if step == "accept-all":
        chosen = chosen.filter(state=State.OPEN)
    elif step in states:
        numbers = [n for one in request.POST.getlist("line") if (n := number(one)) is not None]
        chosen = chosen.filter(number__in=numbers)
    else:
        return
    if not chosen:
        messages.error(request, _("Select at least one line."))
        return
    try:
        done = operations.decide(
            list(chosen), states.get(step, State.ACCEPTED), by=cast(Any, request.user)
        )
        said = ngettext("%(count)d line decided.", "%(count)d lines decided.", done)
        messages.success(request, said % {"count": done})
    except RecordError as error:
        messages.error(request, str(error))


def review_line(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show a line beside the page it was read from; correct, accept or reject it."""
    document = find(pk)
    line = document.lines.filter(number=number).first()
    if line is None:
        raise Http404
    sent = request.method == "POST"
    form = LineForm(line, Scope(request.user), request.POST if sent else None)
    if sent and form.is_valid():
        try:
            _save(request, line, form)
            after = _next(line)
            if after is not None:
                return redirect("office-document-line", pk, after)
            return redirect("office-document-table", pk, line.table)
        except RecordError as error:
            form.add_error(None, str(error))
    context = {
        "scope": Scope(request.user),
        "document": document,
        "line": line,
        "title": table_title(line.table),
        "form": form,
        "position": shelf.lines_of(document, line.table).filter(number__lte=number).count(),
        "count": shelf.lines_of(document, line.table).count(),
        "before": shelf.lines_of(document, line.table).filter(number__lt=number).last(),
        "after": shelf.lines_of(document, line.table).filter(number__gt=number).first(),
        "may_decide": may(request.user, "edit", area_of(line.table)) and line.state != State.LOADED,
        "effects": _would_do(document, line, request),
    }
    return render(request, "received/line.html", context)


def _save(request: HttpRequest, line: Line, form: LineForm) -> None:
    by: Any = request.user
    if request.POST.get("step") == "reject":
        operations.decide([line], State.REJECTED, by=by)
    else:
        operations.correct(line, form.cells(), by=by)


def _next(line: Line) -> int | None:
    """Return the number of the next line of the table that is still to be looked at."""
    rest = shelf.lines_of(line.document, line.table).filter(
        number__gt=line.number, state=State.OPEN
    )
    return rest.values_list("number", flat=True).first()


def _would_do(document: Document, line: Line, request: HttpRequest) -> dict[str, Any]:
    """Return what loading this line would do, after what it may need: or why it cannot be."""
    if line.state == State.LOADED:
        return {}
    before = TABLES[: TABLES.index(line.table)]
    needed = document.lines.filter(table__in=before, state__in=(State.OPEN, State.ACCEPTED))
    try:
        effects = trial(document, [*needed, line], by=cast(Any, request.user))
        return {"effects": [e for e in effects if e.why.endswith(f", {line.place}")], "tried": True}
    except Rejected as error:
        return {"problems": [said for all in problems_by_line(error).values() for said in all]}
    except RecordError as error:
        return {"problems": [str(error)]}


def load_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what loading the accepted lines would do, difference by difference; do it."""
    document = find(pk)
    by: Any = request.user
    accepted = list(document.lines.filter(state=State.ACCEPTED))
    context: dict[str, Any] = {
        "scope": Scope(by),
        "document": document,
        "accepted": len(accepted),
        "may_load": all(may(by, "approve", area_of(line.table)) for line in accepted),
    }
    try:
        if request.method == "POST":
            done = operations.load_lines(document, by=by)
            said = "; ".join(f"{table_title(one.table)}: {_said(one.outcome)}" for one in done)
            messages.success(request, _("On the record: %(said)s.") % {"said": said})
            return redirect(document.get_absolute_url())
        effects = trial(document, accepted, by=by)
        context["groups"] = [
            (kind.plural, list(group)) for kind, group in groupby(effects, key=lambda e: e.kind)
        ]
        context["effects"] = effects
    except Rejected as error:
        by_line = {line.number: line for line in accepted}
        context["problems"] = [
            (by_line.get(number), said) for number, said in problems_by_line(error).items()
        ]
    except RecordError as error:
        context["refused"] = str(error)
    return render(request, "received/load.html", context)


def _said(outcome: dict[str, int]) -> str:
    return ", ".join(f"{count} {what}" for what, count in sorted(outcome.items()))
