"""Exact counts of staff: seen and entered by those who manage the registers, and by nobody else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.pages.sections import Section
from peelian.pages.tables import number
from peelian.pages.views import find_as
from peelian.record.access import may
from peelian.record.errors import Invalid, RecordError
from peelian.record.kinds import label
from peelian.record.models import Record
from peelian.record.scope import Scope
from peelian.transparency.kinds import STAFF_COUNT
from peelian.transparency.models import StaffCount, StaffReturn
from peelian.transparency.models.staff import GROUPS
from peelian.transparency.staff import keep_staff_counts
from peelian.transparency.thresholds import STAFF, threshold

COUNTED = ("headcount", *GROUPS)


class CountsForm(forms.ModelForm):
    """The exact counts of a day, and why they are entered."""

    why = forms.CharField(
        label=gettext_lazy("Why are you making this change?"),
        help_text=gettext_lazy(
            "Kept with the change and shown in its history. Give no count here."
        ),
        max_length=1000,
        required=False,
    )

    class Meta:
        model = StaffReturn
        fields = COUNTED


def enter_counts(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the exact counts and take new ones; what the public may read of them is worked out."""
    actor: Any = request.user
    staff = find_as(StaffCount, STAFF_COUNT, reference, Scope(actor))
    last = staff.returns().last()
    form = CountsForm(request.POST or None, initial=last.counts() if last else None)
    if request.method == "POST" and form.is_valid():
        counts = {name: form.cleaned_data[name] for name in COUNTED}
        try:
            keep_staff_counts(staff, counts, by=actor, why=form.cleaned_data["why"])
        except Invalid as error:
            for said in error.errors.values():
                form.add_error(None, said)
        except RecordError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The exact counts are kept."))
            return redirect(staff.get_office_url())
    context = {
        "scope": Scope(actor),
        "kind": STAFF_COUNT,
        "record": staff,
        "form": form,
        "last": last,
        "limit": threshold(STAFF, staff.as_at),
    }
    return render(request, "transparency/counts.html", context)


def staff_section(record: Record, scope: Scope) -> Section | None:
    """Return why counts are missing, or the exact ones to who manages the registers. One query."""
    if not isinstance(record, StaffCount):
        return None
    if scope.is_public or not may(scope.user, "manage", "transparency"):
        hidden = {getattr(record, name) for name in COUNTED if not _is_told(record, name)}
        context: dict[str, Any] = {"hidden": sorted(hidden - {""})}
        title = _("What is not published")
        return Section(title, "transparency/small_counts.html", context) if hidden - {""} else None
    last = record.returns().last()
    context = {"last": last, "record": record, "limit": threshold(STAFF, record.as_at)}
    if last:
        published = last.published()
        context["head"] = [_("Counted"), number(_("Exactly")), number(_("As published"))]
        context["rows"] = [
            [label(STAFF_COUNT, name), number(exact), number(published[name])]
            for name, exact in last.counts().items()
        ]
    return Section(_("Exact counts"), "transparency/exact_counts.html", context)


def _is_told(record: StaffCount, name: str) -> bool:
    said: str = getattr(record, name)
    return said.isdecimal()
