"""An interest declared while the minutes are taken: its form under each item, and its saving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peelian.meetings.kinds import AGENDA_ITEM, MEETING
from peelian.meetings.minute_page import Line, Seat, seats_of, there
from peelian.meetings.minute_taking import declare
from peelian.meetings.models import AgendaItem, Declaration, Meeting
from peelian.pages.forms import plain_text, tell
from peelian.pages.views import find_as
from peelian.record.errors import RecordError
from peelian.record.kinds import kind_named
from peelian.record.scope import Scope


class DeclareForm(forms.Form):
    """Asks who declares what, of which sort, whether they left, and its entry in the register."""

    person = forms.ChoiceField(label=_("Who declares it"))
    form = forms.ChoiceField(
        label=_("Kind of interest"), choices=[("", ""), *Declaration.Form.choices]
    )
    interest = forms.CharField(
        label=_("What is declared"),
        help_text=_("This is public. Leave it empty where the interest is a sensitive one."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    left_room = forms.BooleanField(label=_("Left the room for the item"), required=False)
    entry = forms.ChoiceField(label=_("Entry in the register"), required=False)

    def __init__(
        self, people: Mapping[int, str], entries: Mapping[int, Any], key: str, data: Any = None
    ) -> None:
        super().__init__(data, auto_id=f"declare-{key}-%s")
        self.key, self.entries = key, entries
        self.fields["person"].choices = [("", ""), *people.items()]  # type: ignore[attr-defined]
        of = [(pk, f"{people[e.person_id]}: {e.title}") for pk, e in entries.items()]
        self.fields["entry"].choices = [("", ""), *of]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return what was filled in. Raises ValidationError for somebody else's entry."""
        said = super().clean() or {}
        entry = self.entries.get(int(said.get("entry") or 0))
        if entry and str(entry.person_id) != said.get("person"):
            self.add_error("entry", _("This entry is somebody else’s."))
        return said

    def values(self, scope: Scope) -> dict[str, Any]:
        """Return what was filled in, as the record takes it."""
        said = self.cleaned_data
        records = scope.by_id([int(said["person"]), int(said["entry"] or 0)])
        found = {name: said[name] for name in ("form", "interest", "left_room")}
        found["interest"] = plain_text(found["interest"]).strip()
        return found | {
            "person": records[int(said["person"])],
            "entry": records.get(int(said["entry"] or 0)),
        }


def choices(
    meeting: Meeting, seats: Sequence[Seat], scope: Scope
) -> tuple[dict[int, str], dict[int, Any]]:
    """Return who may declare an interest at a meeting, and their entries in the register."""
    people = there(meeting, seats, scope)
    entries = scope.of(kind_named("interest")).filter(person__in=people).in_order()
    return people, {entry.pk: entry for entry in entries}


def offer_forms(lines: list[Line], meeting: Meeting, seats: Sequence[Seat], scope: Scope) -> None:
    """Put an empty form for a declaration under every agenda item."""
    people, entries = choices(meeting, seats, scope)
    for line in lines:
        if line.item and people:
            line.declaring = DeclareForm(people, entries, line.key)


def save_declaration(request: HttpRequest, reference: str) -> HttpResponse:
    """Save an interest declared in an agenda item, and go back to where the minutes are taken."""
    scope = Scope(request.user)
    item = find_as(AgendaItem, AGENDA_ITEM, reference, scope)
    meeting = scope.of(MEETING).filter(pk=item.parent_id or 0).first()
    if not isinstance(meeting, Meeting):
        raise Http404
    back = f"{reverse('office-minutes-take', args=[meeting.reference])}#item-{item.pk}"
    offered = choices(meeting, seats_of(meeting, scope), scope)
    form = DeclareForm(*offered, f"item-{item.pk}", request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor: Any = request.user
        try:
            declare(meeting, item, form.values(scope), by=actor)
        except RecordError as error:
            tell(form, error)
        else:
            messages.success(request, _now("Declaration saved."))
            return redirect(back)
    context = {
        "form": form,
        "item": item,
        "scope": scope,
        "back": back,
        "breadcrumbs": [(meeting.title, meeting.get_office_url())],
    }
    return render(request, "meetings/declare.html", context, status=400 if form.errors else 200)
