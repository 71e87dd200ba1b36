"""Pages of a round for what comes in by spreadsheet and by e-mail."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.config.uploads import is_too_long
from peelian.intake.tables import Problem, Rejected
from peelian.pages.attachments import as_file
from peelian.pages.export import XLSX
from peelian.pages.forms import number, typed
from peelian.pages.views import find
from peelian.promises.kinds import ROUND
from peelian.promises.models import UpdateRound
from peelian.promises.rounds import read_grid
from peelian.record.scope import Scope
from peelian.rounds import incoming
from peelian.rounds.merging import Merged
from peelian.rounds.sheets import workbook

PER_PAGE = 30


class SheetForm(forms.Form):
    """Asks for a filled-in sheet."""

    file = forms.FileField(
        label=gettext_lazy("Filled-in sheet"),
        help_text=gettext_lazy("The XLSX workbook that was sent to the owner."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )


def sheets(request: HttpRequest, reference: str) -> HttpResponse:
    """Offer a sheet for each owner; take a filled-in one and show what came of each line."""
    scope = Scope(request.user)
    asked = _round(reference, scope)
    sent = request.method == "POST"
    form = SheetForm(request.POST, request.FILES) if sent else SheetForm()
    merged: Merged | None = None
    problems: list[Problem] = []
    if sent and is_too_long(request.META):
        form.errors["file"] = form.error_class([_("Choose a file of at most 20 MB.")])
    elif sent and form.is_valid():
        merged, problems = _taken(form, asked, request.user)
    context = {
        "scope": scope,
        "round": asked,
        "form": form,
        "merged": merged,
        "owners": incoming.owners_of(read_grid(asked, scope).rows),
        "breadcrumbs": _breadcrumbs(asked),
        **incoming.told(problems),
    }
    status = 400 if form.errors else 200
    return render(request, "rounds/sheets.html", context, status=status)


def _taken(form: SheetForm, asked: UpdateRound, by: Any) -> tuple[Merged | None, list[Problem]]:
    """Return what came of a sheet, or what is wrong with it."""
    file = form.cleaned_data["file"]
    try:
        return incoming.take_sheet(asked, file.name, file.read(), by=by), []
    except Rejected as error:
        form.add_error("file", _("The sheet is refused. Nothing of it was kept."))
        return None, error.problems


def download(request: HttpRequest, reference: str, owner: str) -> HttpResponse:
    """Return the sheet of one owner's lines."""
    scope = Scope(request.user)
    asked = _round(reference, scope)
    owners = incoming.owners_of(read_grid(asked, scope).rows)
    one = next((one for one in owners if one.key == owner), None)
    if one is None:
        raise Http404
    content = workbook(asked, one.rows, one.title)
    return as_file(content, XLSX, f"{reference}-{owner}.xlsx")


def replies(request: HttpRequest, reference: str) -> HttpResponse:
    """List the mails that answered a round, with the words that could not be placed."""
    scope = Scope(request.user)
    asked = _round(reference, scope)
    if request.method == "POST":
        if pk := number(typed(request, "seen")):
            incoming.note_seen(asked, pk, by=cast(Any, request.user))
        return redirect("office-round-replies", reference)
    page = Paginator(incoming.replies_to(asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "scope": scope,
        "round": asked,
        "page": page,
        "breadcrumbs": _breadcrumbs(asked),
    }
    return render(request, "rounds/replies.html", context)


def _round(reference: str, scope: Scope) -> UpdateRound:
    return cast(UpdateRound, find(ROUND, reference, scope))


def _breadcrumbs(asked: UpdateRound) -> list[tuple[str, str]]:
    return [
        (_("Back office"), reverse("office-home")),
        (str(ROUND.plural), reverse("office-rounds-list")),
        (asked.title, asked.get_office_url()),
    ]
