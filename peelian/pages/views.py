"""The generic views: list, show, edit, history, compare, export, publish. Each serves any kind.

A kind may replace one whole; none is subclassed or switched further.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.pages import comparison, export, tables
from peelian.pages.forms import RecordForm, number, read_at, tell
from peelian.pages.paging import Pages
from peelian.pages.related import opened, related
from peelian.pages.remarks import remarks_on
from peelian.pages.sections import beside, sections_for
from peelian.record import operations, writing
from peelian.record.access import closed_kinds_hidden_from, may
from peelian.record.errors import RecordError, Stale
from peelian.record.kinds import AUDIENCE, Kind, kinds
from peelian.record.models import Change, Draft, Record, Status
from peelian.record.public import DEPTH
from peelian.record.scope import PUBLIC, Scope
from peelian.record.values import Values, replay, values_of

R = TypeVar("R", bound=Record)


def scope_for(request: HttpRequest, office: bool) -> Scope:
    """Return the office's scope for this user, or the public's."""
    return Scope(request.user) if office else PUBLIC


def find(kind: Kind, reference: str, scope: Scope) -> Record:
    """Return the record of this kind and reference that the scope may see, or raise Http404."""
    above = "__".join(["parent"] * (DEPTH - 1))
    record: Record | None = scope.of(kind).filter(reference=reference).select_related(above).first()
    if record is None:
        raise Http404
    return record


def find_as(model: type[R], kind: Kind, reference: str, scope: Scope) -> R:
    """Return what `find` does as the model that a view needs; Http404 where it is another."""
    record = find(kind, reference, scope)
    if not isinstance(record, model):
        raise Http404
    return record


def list_records(
    request: HttpRequest,
    kind: Kind,
    *,
    office: bool = False,
    in_order: Any = None,
    more: Callable[..., Any] | None = None,
) -> HttpResponse:
    """Show a kind's records, filtered, a page at a time, in their order or in another.

    `more` gives head and rows further columns: `more(head, rows, scope)`.
    """
    scope = scope_for(request, office)
    filters = tables.FilterForm(kind, scope, request.GET)
    records = scope.of(kind)
    found = filters.narrow(in_order(records) if in_order else tables.in_order(kind, records))
    page = Pages(found, scope).get_page(request.GET.get("page"))
    head = [tables.heading(kind, name) for name in kind.columns]
    rows = tables.brief(tables.rows(kind, list(page), kind.columns, scope))
    if more:
        head, rows = more(head, rows, scope)
    if "title" not in kind.columns:
        head, rows = [*head, _("Page")], opened(rows, scope)
    context = {
        "kind": kind,
        "scope": scope,
        "page": page,
        "head": head,
        "rows": rows,
        "filters": filters,
        "applied": filters.applied(),
        **{f"{form}_url": reverse(scope.name(f"{kind.slug}-{form}")) for form in ("csv", "xlsx")},
        "list_url": reverse(scope.name(f"{kind.slug}-list")),
        "siblings": _beside(kind, scope),
        "may_edit": office and may(request.user, "edit", kind.area),
    }
    return render(request, "pages/list.html", context)


def _beside(kind: Kind, scope: Scope) -> list[tuple[Any, str]]:
    """Return what stands beside a kind's list; to the office all lists of its area, each once."""
    found = beside(kind.name, scope)
    if scope.is_public:
        return found
    known = {url for _label, url in found}
    return found + [(label, url) for label, url in _siblings(kind) if url not in known]


def _siblings(kind: Kind) -> list[tuple[Any, str]]:
    """Return the other lists of a kind's area, for finding one's way in the back office."""
    others = (k for k in kinds() if k.area == kind.area and k is not kind)
    return [(k.plural, reverse(f"office-{k.slug}-list")) for k in others]


def export_records(
    request: HttpRequest, kind: Kind, form: str, *, office: bool = False
) -> HttpResponse:
    """Download what the list shows, with the same filters, as CSV or XLSX."""
    scope = scope_for(request, office)
    records = tables.in_order(kind, scope.of(kind))
    found = tables.FilterForm(kind, scope, request.GET).narrow(records)
    columns = tables.export_columns(kind)
    rows = tables.rows(kind, list(found), columns, scope)
    head = [tables.label(kind, name) for name in columns]
    body = ([cell.value for cell in row.cells] for row in rows)
    response: HttpResponse = export.respond(kind.slug, head, body, form)
    return response


def show(request: HttpRequest, kind: Kind, reference: str, *, office: bool = False) -> HttpResponse:
    """Show one record: its columns, what stands under it, what refers to it."""
    scope = scope_for(request, office)
    record = find(kind, reference, scope)
    names = [n for n in kind.fields if n not in ("title", "reference")]
    row = tables.rows(kind, [record], names, scope)[0]
    groups, page = related(record, scope, request.GET.get("page"))
    context = frame(request, kind, record, scope) | {
        "facts": [
            (tables.label(kind, name), cell)
            for name, cell in zip(names, row.cells, strict=True)
            if cell.text
        ],
        "groups": groups,
        "page": page,
    }
    return render(request, "pages/show.html", context)


def frame(request: HttpRequest, kind: Kind, record: Record, scope: Scope) -> dict[str, Any]:
    """Return what every page of one record shows around it; a view that replaces `show` adds."""
    context: dict[str, Any] = {
        "kind": kind,
        "scope": scope,
        "record": record,
        "ancestors": ancestors(record, scope),
        "sections": sections_for(record, scope),
    }
    if not scope.is_public:
        draft = writing.draft_of(record)
        context |= {"steps": _open_steps(record, draft, request.user), "draft": draft}
    return context


def ancestors(record: Record, scope: Scope) -> list[tuple[str, str]]:
    """Return `(title, address)` of each record this one is part of, outermost first."""
    found: list[tuple[str, str]] = []
    parent = record.parent
    while parent is not None:
        found.insert(0, (parent.title, scope.url(parent)))
        parent = parent.parent
    return found


def edit(
    request: HttpRequest,
    kind: Kind,
    reference: str = "",
    *,
    form_class: type[RecordForm] = RecordForm,
) -> HttpResponse:
    """Create a record, or change one; a published record is changed by a draft."""
    scope = Scope(request.user)
    record = find(kind, reference, scope) if reference else None
    is_new = record is None
    if request.method == "POST":
        form = form_class(kind, scope, request.POST, is_new=is_new)
        if form.is_valid() and (saved := _save(request, form, kind, record)):
            messages.success(request, _("Saved."))
            for said in remarks_on(saved):
                messages.warning(request, said)
            return redirect(saved.get_office_url())
    else:
        form = form_class(kind, scope, is_new=is_new, initial=_initial(record, request))
    if record and record.needs_reason and record.status == Status.PUBLISHED:
        form.ask_for_correction()
    context: dict[str, Any] = {"kind": kind, "record": record, "form": form, "scope": scope}
    if record and _is_stale(form):
        newest, typed = _as_edited(find(kind, reference, scope)), form.values()
        context["conflict"] = comparison.conflict(kind, newest, typed, scope)
        context["last_change"] = Change.objects.filter(record_id=record.pk).last()
    return render(request, "pages/edit.html", context, status=409 if _is_stale(form) else 200)


def _is_stale(form: RecordForm) -> bool:
    return getattr(form, "stale", False)


def _initial(record: Record | None, request: HttpRequest) -> Values:
    if record is None:
        return dict(request.GET.items())
    from peelian.record.kinds import kind_of
    from peelian.record.values import load

    kind = kind_of(record)
    values = {n: value for n, value in _as_edited(record).items() if n in (*kind.fields, AUDIENCE)}
    return load(kind, values) | {"version": record.version}


def _as_edited(record: Record) -> Values:
    """Return the values an edit starts from: the official ones, with a waiting draft over them."""
    draft = writing.draft_of(record)
    return values_of(record) | (draft.values if draft else {})


def _save(
    request: HttpRequest, form: RecordForm, kind: Kind, record: Record | None
) -> Record | None:
    """Return the saved record, or None having told the form what was wrong."""
    why: str = form.cleaned_data["why"]
    actor: Any = request.user
    try:
        if record is None:
            return operations.create(kind, form.values(), by=actor, why=why)
        version = form.cleaned_data["version"] or 0
        return operations.edit(record, form.values(), version=version, by=actor, why=why)
    except Stale as error:
        form.stale = True  # type: ignore[attr-defined]
        form.add_error(None, str(error) + " " + _("Your text is kept below; compare, then save."))
        if record is not None:
            record.refresh_from_db(fields=["version"])
            read_at(form, version=record.version)
    except RecordError as error:
        tell(form, error)
    return None


def history(request: HttpRequest, kind: Kind, reference: str) -> HttpResponse:
    """Show every change of a record, also of a deleted one: who, when, what and why.

    The history of a closed kind is closed as its records are.
    """
    if kind.name in closed_kinds_hidden_from(request.user):
        raise Http404
    changes = list(
        Change.objects.filter(kind=kind.name, reference=reference).order_by("-at", "-version")
    )
    if not changes:
        raise Http404
    scope = Scope(request.user)
    steps_taken = [change.values | change.proposed for change in changes]
    titles = comparison.titles_of(
        (raw for step in steps_taken for pair in step.values() for raw in pair), scope
    )
    context = {
        "kind": kind,
        "scope": scope,
        "record": kind.all().filter(reference=reference).first(),
        "reference": reference,
        "title": changes[0].title or reference,
        "disposed": changes[0].action == "disposed",
        "entries": [
            (change, comparison.pairs(kind, step, titles))
            for change, step in zip(changes, steps_taken, strict=True)
        ],
    }
    return render(request, "pages/history.html", context)


def compare(request: HttpRequest, kind: Kind, reference: str) -> HttpResponse:
    """Show two versions of a record side by side: `?from=2&to=5`, or the draft and the record."""
    scope = Scope(request.user)
    record = find(kind, reference, scope)
    changes = list(Change.objects.filter(record_id=record.pk))
    newest = changes[-1].version
    older = _version(request, "from", max(newest - 1, 1))
    newer = _version(request, "to", newest)
    old, new = replay(changes, until=older), replay(changes, until=newer)
    draft = writing.draft_of(record)
    if draft and "from" not in request.GET:
        old, new = replay(changes), replay(changes) | draft.values
    context = {
        "kind": kind,
        "scope": scope,
        "record": record,
        "versions": changes,
        "older": older,
        "newer": newer,
        "has_draft": draft is not None,
        "with_draft": draft is not None and "from" not in request.GET,
        "pairs": comparison.between(kind, old, new, scope),
    }
    return render(request, "pages/compare.html", context)


def _version(request: HttpRequest, name: str, otherwise: int) -> int:
    found = number(request.GET.get(name, ""))
    return otherwise if found is None else found


Step = Callable[..., Any]
STEPS: dict[str, tuple[Step, str, Any]] = {
    "submit": (operations.submit, "edit", gettext_lazy("Submit for review")),
    "approve": (operations.approve, "approve", gettext_lazy("Approve")),
    "send-back": (operations.send_back, "approve", gettext_lazy("Send back")),
    "publish": (operations.publish, "approve", gettext_lazy("Publish")),
    "withdraw": (operations.withdraw, "approve", gettext_lazy("Withdraw")),
    "reopen": (operations.reopen, "edit", gettext_lazy("Reopen")),
    "discard": (operations.discard, "edit", gettext_lazy("Discard the draft")),
    "delete": (operations.delete, "delete", gettext_lazy("Delete")),
}


def steps(record: Record, user: Any) -> list[tuple[str, Any]]:
    """Return the `(step, label)` that this user may take from where the record stands."""
    return _open_steps(record, writing.draft_of(record), user)


def _open_steps(record: Record, draft: Draft | None, user: Any) -> list[tuple[str, Any]]:
    open_now = {
        Status.DRAFT: ("submit", "delete"),
        Status.IN_REVIEW: ("approve", "send-back"),
        Status.APPROVED: ("publish", "send-back"),
        Status.PUBLISHED: ("withdraw",),
        Status.WITHDRAWN: ("reopen", "delete"),
    }[Status(record.status)]
    if draft:
        waiting = ("approve", "send-back") if draft.in_review else ("submit", "discard")
        open_now = (*waiting, *open_now)
    from peelian.record.kinds import kind_of

    area = kind_of(record).area
    return [(s, STEPS[s][2]) for s in open_now if may(user, STEPS[s][1], area)]


def publish(request: HttpRequest, kind: Kind, reference: str) -> HttpResponse:
    """Take a step in a record's publication; asks why, and for an embargo when publishing."""
    from peelian.pages.publication import StepForm

    scope = Scope(request.user)
    record = find(kind, reference, scope)
    allowed = dict(steps(record, request.user))
    step = request.POST.get("step") or request.GET.get("step", "")
    if step not in allowed:
        messages.error(request, _("That step is not open to you now."))
        return redirect(record.get_office_url())
    form = StepForm(step, request.POST if request.method == "POST" else None, record)
    if request.method == "POST" and form.is_valid():
        try:
            STEPS[step][0](record, by=request.user, **form.options())
        except RecordError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Done: %(step)s.") % {"step": allowed[step]})
            gone = step == "delete"
            return redirect(scope.name(f"{kind.slug}-list") if gone else record.get_office_url())
    context = {
        "kind": kind,
        "scope": scope,
        "record": record,
        "step": step,
        "label": allowed[step],
        "form": form,
    }
    return render(request, "pages/publish.html", context)
