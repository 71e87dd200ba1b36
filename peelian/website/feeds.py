"""What was published or officially changed lately, as an Atom feed of public records only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.pages.feeds import MOST, Entry, dated, respond
from peelian.record.kinds import kind_named
from peelian.record.models import Record
from peelian.record.scope import PUBLIC
from peelian.website.search import texts_of


def latest() -> Any:
    """Return public records, newest first by when the public could first see what they say."""
    return dated(PUBLIC.see(Record.objects.all())).order_by("-seen_from", "-pk")


def feed(request: HttpRequest) -> HttpResponse:
    """Return the Atom feed; three queries."""
    records = list(latest()[:MOST])
    texts, parents = texts_of(records), PUBLIC.by_id(record.parent_id for record in records)
    entries = []
    for record in records:
        kind = kind_named(record.kind)
        # What has no title of its own goes by the title of what it is part of.
        named = record if "title" in kind.columns else parents.get(record.parent_id or 0, record)
        title = f"{kind.label}: {named.title}"
        text = texts.get(record.pk, "")
        entries.append(Entry(title, record.get_absolute_url(), record.seen_from, text))
    title = _("%(office)s: published and changed") % {"office": settings.OFFICE["name"]}
    about = _("What was published on the record lately, or changed.")
    return respond(request, title, about, reverse("home"), entries)
