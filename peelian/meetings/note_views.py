"""The note of a meeting's decisions: its page, its PDF, and the button that makes it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from peelian.meetings.kinds import DECISION_NOTE, MEETING
from peelian.meetings.models import DecisionNote, Meeting
from peelian.meetings.note_operations import make_note
from peelian.pages.attachments import send
from peelian.pages.forms import press
from peelian.pages.issues import pdf_of, shown
from peelian.pages.views import find_as, frame, scope_for
from peelian.record.kinds import Kind
from peelian.record.scope import Scope


def show_note(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show the note that counts as a page, to the office the issue that waits."""
    scope = scope_for(request, office)
    note = find_as(DecisionNote, kind, reference, scope)
    context = frame(request, kind, note, scope) | shown(note.issue_for(scope))
    return render(request, "meetings/note.html", context)


def download_note(request: HttpRequest, reference: str, *, office: bool = False) -> HttpResponse:
    """Send the PDF of the note that counts; Http404 where there is none."""
    scope = scope_for(request, office)
    note = find_as(DecisionNote, DECISION_NOTE, reference, scope)
    return send(pdf_of(note.issue_for(scope)))


def make(request: HttpRequest, reference: str) -> HttpResponse:
    """Make the note of a meeting's decisions, and show it to be read before it goes out."""
    meeting = find_as(Meeting, MEETING, reference, Scope(request.user))
    made: list[DecisionNote] = []

    def do(by: object) -> str:
        made.append(make_note(meeting, by=by))  # type: ignore[arg-type]
        return _("The note of decisions is made. Read it, then send it for approval.")

    press(request, do)
    return redirect(made[0].get_office_url() if made else meeting.get_office_url())
