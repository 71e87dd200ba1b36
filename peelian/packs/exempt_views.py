"""Copies of the exempt pack: for a member by name, and who made which."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control

from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.packs import exempt_copies
from peelian.pages.attachments import PDF, as_file
from peelian.pages.forms import tell
from peelian.pages.views import find_as
from peelian.people.membership import Sitting
from peelian.record.errors import RecordError
from peelian.record.scope import Scope


class CopyForm(forms.Form):
    """For which member a copy is."""

    member = forms.TypedChoiceField(
        label=gettext_lazy("Member"),
        coerce=int,
        help_text=gettext_lazy("The name stands on every page of the copy."),
    )

    def __init__(self, members: list[Sitting], *args: Any) -> None:
        super().__init__(*args)
        choices = [(s.membership.person_id, s.name) for s in members if s.person]
        self.fields["member"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]


@cache_control(no_store=True, private=True)
def copy_exempt_pack(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the copies of a meeting's exempt pack that were made, and make one for a member."""
    actor: Any = request.user
    scope = Scope(actor)
    meeting = find_as(Meeting, MEETING, reference, scope)
    members = exempt_copies.members_of(meeting, actor)
    form = CopyForm(members, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        try:
            content, sitting = exempt_copies.make_copy(
                meeting, form.cleaned_data["member"], by=actor
            )
        except RecordError as error:
            tell(form, error)
        else:
            name = f"exempt-{meeting.reference}-{sitting.membership.reference}.pdf"
            return as_file(content, PDF, name)
    context = {
        "scope": scope,
        "kind": MEETING,
        "record": meeting,
        "form": form,
        "members": members,
        "items": exempt_copies.exempt_items(meeting),
        "waiting": exempt_copies.not_yet_public(meeting, actor),
        "minutes": exempt_copies.exempt_minutes(meeting),
        "copies": exempt_copies.copies_of(meeting),
    }
    return render(request, "packs/exempt_copies.html", context)
