"""Pages of the registers: all of them at a glance, a decision's notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.documents import html
from peelian.pages import tables
from peelian.pages import views as generic
from peelian.pages.attachments import send
from peelian.pages.issues import pdf_of
from peelian.pages.related import related
from peelian.pages.tables import display, number
from peelian.pages.views import find_as, frame, scope_for
from peelian.record.clock import today
from peelian.record.kinds import Kind
from peelian.record.models import Change, Record, Snapshot
from peelian.record.scope import Scope
from peelian.transparency import notices
from peelian.transparency.kinds import CONTRACT, DECISION, KINDS
from peelian.transparency.models import Decision
from peelian.transparency.operations import issue_notice
from peelian.transparency.sections import chart, overdue_policies
from peelian.transparency.thresholds import CONTRACTS, threshold

# What a register is for, as a stranger would ask.
PURPOSES: dict[str, Any] = {
    "decision": gettext_lazy("What was decided, why, and how soon it was published"),
    "spending-month": gettext_lazy("What was paid to whom, for what, month by month"),
    "contract": gettext_lazy("With whom the office and the force do business"),
    "interest": gettext_lazy("What those who decide have declared"),
    "gift": gettext_lazy("What was offered, and whether it was accepted"),
    "allowance": gettext_lazy("What those who hold office were paid beside their salary"),
    "post": gettext_lazy("Who answers for what, and what the post is paid"),
    "staff-count": gettext_lazy(
        "How many work for the office, and what share are women and others"
    ),
    "premises": gettext_lazy("Land and buildings owned or occupied"),
    "policy": gettext_lazy("How the office works, and when each policy is read again"),
    "disclosure": gettext_lazy("What was asked under the law on information, and the answer"),
}


def overview(request: HttpRequest, *, office: bool = False) -> HttpResponse:
    """Show every register with how many entries it has and when the last changed. Two queries."""
    scope = scope_for(request, office)
    names = [kind.name for kind in KINDS]
    entries = scope.see(Record.objects.filter(kind__in=names)).order_by().values("kind")
    known = {row["kind"]: row for row in entries.annotate(n=Count("pk"), last=Max("changed_at"))}
    rows = [_register(kind, known.get(kind.name), scope) for kind in KINDS]
    head = [_("Register"), number(_("Entries")), _("Last changed")]
    context = {
        "scope": scope,
        "head": head,
        "rows": rows,
        "organisation_url": reverse(scope.name("organisation")),
        "contracts_url": reverse(scope.name("contracts-by-value")),
        "policies_url": reverse(scope.name("policies-list")),
        "overdue": overdue_policies(scope, today()).count(),
    }
    return render(request, "transparency/overview.html", context)


def _register(kind: Kind, known: Any, scope: Scope) -> list[Any]:
    last = display(known["last"].date()) if known else _("Nothing published yet")
    url = reverse(scope.name(f"{kind.slug}-list"))
    count = number(known["n"] if known else 0)
    return [{"text": str(kind.plural), "url": url, "note": str(PURPOSES[kind.name])}, count, last]


def organisation(request: HttpRequest, *, office: bool = False) -> HttpResponse:
    """Show the senior posts as they report to one another, as a nested list. One query."""
    scope = scope_for(request, office)
    context = {"scope": scope, "posts": chart(scope), "breadcrumbs": _above(scope)}
    return render(request, "transparency/organisation.html", context)


def _above(scope: Scope) -> list[tuple[str, str]]:
    """Return where the pages stand that show registers another way."""
    return [(_("Registers"), reverse(scope.name("transparency")))]


def contracts_by_value(request: HttpRequest, *, office: bool = False) -> HttpResponse:
    """Show the contracts above the threshold, and then those that are not. Two queries each."""
    scope = scope_for(request, office)
    limit = threshold(CONTRACTS)
    columns = ("title", "supplier", "purpose", "value", "made_on", "ends_on", "copy", "tender")
    lists = []
    for found, names in (
        (scope.of(CONTRACT).filter(value__gt=limit), columns),
        (scope.of(CONTRACT).filter(value__lte=limit), columns[:4]),
    ):
        rows = tables.rows(CONTRACT, list(tables.in_order(CONTRACT, found)), names, scope)
        labels = [(name, tables.label(CONTRACT, name)) for name in names]
        head = [number(said) if name == "value" else said for name, said in labels]
        lists.append((head, [_briefly(row, names) for row in rows]))
    context = {
        "scope": scope,
        "breadcrumbs": _above(scope),
        "limit": f"£{limit:,}",
        "over": lists[0],
        "below": lists[1],
        "csv_url": reverse(scope.name("contracts-csv")),
        "xlsx_url": reverse(scope.name("contracts-xlsx")),
    }
    return render(request, "transparency/contracts.html", context)


_WORDS = {"copy": gettext_lazy("Copy"), "tender": gettext_lazy("Invitation")}


def _briefly(row: tables.Row, names: Sequence[str]) -> list[Any]:
    """Return a contract's cells: amounts to the right, an address as a word that leads there."""
    cells: list[Any] = []
    for name, cell in zip(names, row.cells, strict=True):
        if cell.url and name in _WORDS:
            cells.append(replace(cell, text=str(_WORDS[name])))
        else:
            # So many columns leave a day no line of its own.
            cells.append(number(cell.text) if name == "value" else replace(cell, value=cell.text))
    return cells


# ---- decisions ----


def show_decision(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show a decision as its notice, with every version that was issued as a PDF."""
    scope = scope_for(request, office)
    decision = find_as(Decision, kind, reference, scope)
    issued = list(decision.snapshots.order_by("number").prefetch_related("attachments"))
    groups, page = related(decision, scope, request.GET.get("page"))
    context = frame(request, kind, decision, scope) | {
        "later": [one for group in groups if group.kind is kind for one in group.records],
        "facts_html": html.render_blocks(notices.facts(decision, scope)),
        "body_html": html.render_blocks(notices.body(decision, scope), under=0),
        "issued": [(s, s.attachments.all()[0]) for s in reversed(issued) if s.attachments.all()],
        "pdf": scope.name("decision-pdf"),
        "version_pdf": scope.name("decision-version-pdf"),
        "groups": [group for group in groups if group.kind is not kind],
        "page": page,
    }
    return render(request, "transparency/decision.html", context)


def publish_decision(request: HttpRequest, kind: Kind, reference: str) -> HttpResponse:
    """Take a step in a decision's publication; what becomes official is issued as its notice."""
    actor: Any = request.user
    with transaction.atomic():
        response = generic.publish(request, kind, reference)
        if request.method == "POST" and request.POST.get("step") in ("approve", "publish"):
            decision = find_as(Decision, kind, reference, Scope(actor))
            if response.status_code == 302:
                issue_notice(decision, by=actor, why=_why(decision, request))
    return response


def _why(decision: Decision, request: HttpRequest) -> str:
    """Return what a correction says of itself: the reason its author gave, which is public."""
    said = Change.objects.filter(record_id=decision.pk, action__in=("drafted", "edited"))
    newest = said.exclude(why="").last()
    return newest.why if newest else request.POST.get("why", "")[:1000]


def download_notice(
    request: HttpRequest, reference: str, number: int = 0, *, office: bool = False
) -> HttpResponse:
    """Send the newest notice of a decision as PDF, or the one of a number."""
    decision = find_as(Decision, DECISION, reference, scope_for(request, office))
    snapshot: Snapshot | None = decision.issued()
    if number:
        snapshot = decision.snapshots.filter(number=number).first()
    return send(pdf_of(snapshot))
