"""The note of a meeting's decisions: its page, its PDF, and the button that makes it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from peelian.blocks import from_json
from peelian.documents import html
from peelian.meetings.kinds import DECISION_NOTE, MEETING
from peelian.meetings.models import DecisionNote, Meeting
from peelian.meetings.note_operations import make_note
from peelian.pages.attachments import send
from peelian.pages.forms import press
from peelian.pages.views import find_as, frame, scope_for
from peelian.record.kinds import Kind
from peelian.record.models import Snapshot
from peelian.record.scope import Scope


def show_note(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show the note that counts as a page, to the office the issue that waits."""
    scope = scope_for(request, office)
    note = find_as(DecisionNote, kind, reference, scope)
    snapshot = _issue(note, scope)
    context = frame(request, kind, note, scope) | {
        "snapshot": snapshot,
        "attachment": snapshot.attachments.first() if snapshot else None,
        "document": html.render(from_json(snapshot.content.encode())) if snapshot else "",
    }
    return render(request, "meetings/note.html", context)


def download_note(request: HttpRequest, reference: str, *, office: bool = False) -> HttpResponse:
    """Send the PDF of the note that counts; Http404 where there is none."""
    scope = scope_for(request, office)
    snapshot = _issue(find_as(DecisionNote, DECISION_NOTE, reference, scope), scope)
    return send(snapshot.attachments.first() if snapshot else None)


def _issue(note: DecisionNote, scope: Scope) -> Snapshot | None:
    waiting = None if scope.is_public else note.waiting()
    return waiting or note.issued()


def make(request: HttpRequest, reference: str) -> HttpResponse:
    """Make the note of a meeting's decisions, and show it to be read before it goes out."""
    meeting = find_as(Meeting, MEETING, reference, Scope(request.user))
    made: list[DecisionNote] = []

    def do(by: object) -> str:
        made.append(make_note(meeting, by=by))  # type: ignore[arg-type]
        return _("The note of decisions is made. Read it, then send it for approval.")

    press(request, do)
    return redirect(made[0].get_office_url() if made else meeting.get_office_url())
