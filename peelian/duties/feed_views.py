"""Sending the calendar to diaries."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from peelian.duties import feed
from peelian.pages.diary import respond


def show_feed(request: HttpRequest) -> HttpResponse:
    """Send the public calendar; 304 where the diary has it already."""
    return respond(request, feed.public_feed(), file="duties", who="public")


def show_own_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Send the duties of whoever a signed link is for; Http404 where it is none of ours."""
    user = feed.user_of(token)
    if user is None:
        raise Http404
    return respond(request, feed.own_feed(user), file="duties", who="private")
