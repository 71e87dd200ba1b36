"""Finding a record by the address at which it stood before."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.originals.addresses import key_of
from peelian.originals.kinds import ORIGINAL
from peelian.record.models import Record
from peelian.record.scope import PUBLIC


class FindForm(forms.Form):
    """The old address that somebody has."""

    address = forms.CharField(
        label=gettext_lazy("Old address"),
        help_text=gettext_lazy("For example https://…/ieListDocuments.aspx?CId=12&MId=345"),
        max_length=1000,
    )


def find(request: HttpRequest) -> HttpResponse:
    """Lead from an address elsewhere to the record that stood there, or say that none is known."""
    form = FindForm(request.GET if "address" in request.GET else None)
    if form.is_valid():
        found = _stood_at(key_of(form.cleaned_data["address"]))
        if len(found) == 1:
            return redirect(found[0])
        form.add_error("address", _("No page here is known to have stood at this address."))
    status = 404 if form.errors else 200
    return render(request, "originals/find.html", {"form": form}, status=status)


def lead_on(request: HttpRequest, **_parts: str) -> HttpResponse:
    """Lead from an old address to the record, where its old name leads to this site now."""
    key = key_of(request.get_full_path()).partition("@")[0]
    found = _stood_at(f"{key}@", anywhere=True)
    if len(found) != 1:  # none, or the same page of two sites
        raise Http404
    return redirect(found[0], permanent=True)


def _stood_at(key: str, *, anywhere: bool = False) -> list[Record]:
    """Return the records that stood at an address, each once; what is not public is not known."""
    lookup = {"sort_key__startswith": key} if anywhere else {"sort_key": key}
    originals = PUBLIC.of(ORIGINAL).filter(**lookup)[:10]
    return list(PUBLIC.by_id({one.parent_id for one in originals}).values())
