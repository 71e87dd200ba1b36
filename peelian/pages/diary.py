"""Calendars for diaries (iCalendar, RFC 5545): the envelope and the answer, whatever is in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from icalendar import Calendar, Event


def uid(key: str) -> str:
    """Return an entry's name, which no entry of another site has."""
    return f"{key}@{urlsplit(settings.SITE).hostname}"


def diary(name: str, product: str, events: Iterable[Event]) -> bytes:
    """Return events as a calendar, the same to the byte while they do not change."""
    made = Calendar()
    made.add("prodid", f"-//Peelian//{product}//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    for event in events:
        made.add_component(event)
    return bytes(made.to_ical())


def respond(request: HttpRequest, content: bytes, *, file: str, who: str) -> HttpResponse:
    """Send a calendar, `who` being public or private; 304 where the diary has it already."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{file}.ics"'
    response["Cache-Control"] = f"{who}, max-age=900"
    response["X-Robots-Tag"] = "noindex"
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    response["ETag"] = etag
    found = get_conditional_response(request, etag=etag, response=response)
    return found or response
