"""The note on screen and as a PDF, and the buttons that send it and let it out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from peelian.holding.forms import NoteForm
from peelian.holding.kinds import NOTE
from peelian.holding.models import HoldingNote
from peelian.holding.operations import publish_note, send_note
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.pages.attachments import send
from peelian.pages.forms import plain_text, press
from peelian.pages.issues import pdf_of, shown
from peelian.pages.views import find_as, frame, publish, scope_for
from peelian.record.access import may
from peelian.record.kinds import Kind
from peelian.record.scope import Scope


def show_note(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show the issued note as a page, to the office the issue that waits."""
    scope = scope_for(request, office)
    note = find_as(HoldingNote, kind, reference, scope)
    context = frame(request, kind, note, scope) | shown(note.issue_for(scope))
    return render(request, "holding/note.html", context)


def download_note(request: HttpRequest, reference: str, *, office: bool = False) -> HttpResponse:
    """Send the PDF of the issue that counts."""
    scope = scope_for(request, office)
    return send(pdf_of(find_as(HoldingNote, NOTE, reference, scope).issue_for(scope)))


def send_for_approval(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the note of a meeting and send it, with all that it holds, to whoever approves it."""
    meeting = find_as(Meeting, MEETING, reference, Scope(request.user))
    form = NoteForm(request.POST or None)
    form.is_valid()
    words = form.cleaned_data.get("introduction", "") if form.is_bound else ""

    def do(by: Any) -> str:
        send_note(meeting, introduction=plain_text(words), by=by)
        return _("The note is written and sent. Somebody who wrote none of it publishes it.")

    press(request, do)
    return redirect("office-holding-meeting", reference)


def let_out(request: HttpRequest, reference: str) -> HttpResponse:
    """Publish a note with all that it holds."""
    note = find_as(HoldingNote, NOTE, reference, Scope(request.user))
    press(request, lambda by: _published(note, by))
    return redirect(note.get_office_url())


def _published(note: HoldingNote, by: Any) -> str:
    publish_note(note, by=by)
    return _("The note is public, and the month’s duty is met by it.")


def publish_note_step(request: HttpRequest, kind: Kind, reference: str) -> HttpResponse:
    """Take a step with a note; an issue of it goes out at once, with all that it holds."""
    note = find_as(HoldingNote, kind, reference, Scope(request.user))
    lets_out = request.POST.get("step") in ("approve", "publish") and note.waiting() is not None
    if not lets_out or not may(request.user, "approve", kind.area):
        return publish(request, kind, reference)
    return let_out(request, reference)
