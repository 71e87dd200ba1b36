"""Sending the calendar to diaries."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from peelian.duties import feed


def show_feed(request: HttpRequest) -> HttpResponse:
    """Send the public calendar; 304 where the diary has it already."""
    return _answer(request, feed.public_feed(), "public")


def show_own_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Send the duties of whoever a signed link is for; Http404 where it is none of ours."""
    user = feed.user_of(token)
    if user is None:
        raise Http404
    return _answer(request, feed.own_feed(user), "private")


def _answer(request: HttpRequest, content: bytes, who: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="duties.ics"'
    response["Cache-Control"] = f"{who}, max-age=900"
    response["X-Robots-Tag"] = "noindex"
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    response["ETag"] = etag
    found = get_conditional_response(request, etag=etag, response=response)
    return found or response
