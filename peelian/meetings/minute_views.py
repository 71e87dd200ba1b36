"""The pages on which the minutes of a meeting are taken, and taken through their life."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from peelian.meetings.minute_forms import MeetingForm
from peelian.pages import views
from peelian.record.kinds import Kind


def edit_meeting(request: HttpRequest, kind: Kind, reference: str = "") -> HttpResponse:
    """Create a meeting, or change one; how far its minutes are is not typed, but done."""
    return views.edit(request, kind, reference, form_class=MeetingForm)
