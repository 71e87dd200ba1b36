"""Atom feeds (RFC 4287) of what the public may see, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Coalesce, Greatest
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.text import Truncator

from peelian.blocks import printable
from peelian.record.querysets import RecordQuerySet

MOST = 50


@dataclass(frozen=True)
class Entry:
    """An entry of a feed; `path` is where it leads, and by it the entry is known for good."""

    title: str
    path: str
    at: dt.datetime
    text: str = ""


def dated(records: RecordQuerySet[Any]) -> RecordQuerySet[Any]:
    """Return records with `seen_from`: when the public could first see what they say now.

    That is the last official change, or the end of an embargo if later.
    """
    moment = Greatest(F("changed_at"), Coalesce(F("embargo_until"), F("changed_at")))
    return records.annotate(seen_from=moment)


class _Feed(Atom1Feed):
    """A feed that has not changed while it has no entries: Django's changes at every reading."""

    def latest_post_date(self) -> dt.datetime:
        """Return when the newest entry changed, or since when there has been none."""
        newest: dt.datetime = super().latest_post_date()
        return newest if self.items else self.feed["since"] or newest


def respond(
    request: HttpRequest,
    title: str,
    about: str,
    home: str,
    entries: Iterable[Entry],
    *,
    since: dt.datetime | None = None,
) -> HttpResponse:
    """Return a feed of entries; `home` is the path of the page that it is the feed of.

    `since` dates a feed without entries.
    """
    made = _Feed(
        since=since,
        title=printable(title),
        link=request.build_absolute_uri(home),
        description=printable(about),
        language=settings.LANGUAGE_CODE,
        author_name=str(settings.OFFICE["name"]),
        feed_url=request.build_absolute_uri(request.path),
    )
    for entry in entries:
        url = request.build_absolute_uri(entry.path)
        words = Truncator(" ".join(printable(entry.text).split())).chars(400)
        made.add_item(
            title=printable(entry.title),
            link=url,
            unique_id=url,
            description=escape(words),  # the summary is marked as HTML
            updateddate=entry.at,
        )
    response = HttpResponse(content_type=made.content_type)
    made.write(response, "utf-8")
    return response
