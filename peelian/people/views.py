"""The page of an oversight mechanism: what it is for, how often it meets, what it oversees."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from peelian.pages import tables
from peelian.pages.paging import Pages
from peelian.pages.views import find, frame, scope_for
from peelian.people.models import OversightMechanism
from peelian.record.kinds import Kind, kind_of
from peelian.record.models import Link, Record
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import Scope


def show_oversight(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show an oversight mechanism and every record it oversees that may be seen."""
    scope = scope_for(request, office)
    record = find(kind, reference, scope)
    assert isinstance(record, OversightMechanism)  # noqa: S101 - tells the type checker
    page = Pages(_overseen(record, scope), scope).get_page(request.GET.get("page"))
    context = frame(request, kind, record, scope) | {
        "facts": _facts(record),
        "head": [_("Promise"), _("Kind"), _("Reference")],
        "page": page,
        "rows": [_row(one, scope) for one in page],
    }
    return render(request, "people/oversight_mechanism.html", context)


def _facts(record: OversightMechanism) -> list[tuple[str, str]]:
    """Return names and values; how often it meets and who may follow it are always said."""
    marks = [
        (_("Meets in public"), record.in_public),
        (_("Notes published"), record.notes_published),
    ]
    facts = [
        (_("How often"), record.get_frequency_display() or record.meets or _("Not stated")),
        (_("How often, as printed"), record.meets if record.frequency else ""),
        *((label, _("Yes") if value else _("No")) for label, value in marks),
        (_("Theme"), record.theme),
        (_("Also known as"), record.also_known_as),
    ]
    return [(label, value) for label, value in facts if value]


def _overseen(record: Record, scope: Scope) -> RecordQuerySet[Record]:
    """Return what the record oversees, in the order it is numbered."""
    links = Link.objects.filter(target=record, form="overseen_by").values("source_id")
    return scope.see(Record.objects.filter(pk__in=links)).in_order()


def _row(one: Record, scope: Scope) -> tables.Row:
    return tables.Row(
        one,
        [
            tables.Cell(one.title, one.title, scope.url(one)),
            tables.Cell(str(kind_of(one).label), one.kind),
            tables.Cell(one.reference, one.reference),
        ],
    )
