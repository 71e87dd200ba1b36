"""The page that tells the public how to take part in meetings."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from peelian.meetings.kinds import PETITION, PUBLIC_QUESTION
from peelian.meetings.participation import PETITIONS, QUESTIONS, deadline, moment, scheme
from peelian.meetings.sections import next_meeting
from peelian.pages.views import scope_for
from peelian.record import clock


def take_part(request: HttpRequest, *, office: bool = False) -> HttpResponse:
    """Show the panel's scheme, the next meeting, and by when questions to it must come."""
    scope = scope_for(request, office)
    panel = str(settings.OFFICE["panel"])
    meeting = next_meeting(panel, clock.today(), scope)
    questions, petitions = scheme(QUESTIONS), scheme(PETITIONS)
    last = deadline(meeting, panel) if meeting else None
    context = {
        "scope": scope,
        "meeting": meeting,
        "deadline": last,
        "may_ask": last is not None and not last.is_over(moment()),
        "is_over": last is not None and last.on < clock.today(),
        "questions": questions,
        "petitions": petitions,
        "limits": dict(questions.limits) if questions else {},
        "signatures": petitions.limit("signatures") if petitions else None,
        "lists": [reverse(scope.name(f"{k.slug}-list")) for k in (PUBLIC_QUESTION, PETITION)],
        "send_to": settings.OFFICE["questions_to"],
    }
    return render(request, "meetings/take_part.html", context)
