"""The chair's brief on screen and as a PDF: for the office, made when asked for, kept nowhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from peelian.documents import html
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.packs.brief import brief
from peelian.pages.attachments import send_draft
from peelian.pages.views import find_as
from peelian.record.scope import Scope


def show_brief(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the chair's brief of a meeting."""
    scope = Scope(request.user)
    meeting = find_as(Meeting, MEETING, reference, scope)
    context = {"scope": scope, "meeting": meeting, "document": html.render(brief(meeting, scope))}
    return render(request, "packs/brief.html", context)


def download_brief(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the chair's brief as a PDF; no browser and no proxy keeps it."""
    scope = Scope(request.user)
    meeting = find_as(Meeting, MEETING, reference, scope)
    return send_draft(brief(meeting, scope), f"brief-{meeting.reference}.pdf")
