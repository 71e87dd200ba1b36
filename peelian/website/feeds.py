"""What was published or officially changed lately, as an Atom feed of public records only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Coalesce, Greatest
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from peelian.blocks import printable
from peelian.record.kinds import kind_named
from peelian.record.models import Record
from peelian.record.scope import PUBLIC
from peelian.website.search import texts_of

MOST = 50


def latest() -> Any:
    """Return public records, newest first by when the public could first see what they say.

    `seen_from` is that moment: the last official change, or the end of an embargo if later.
    """
    moment = Greatest(F("changed_at"), Coalesce(F("embargo_until"), F("changed_at")))
    return PUBLIC.see(Record.objects.all()).annotate(seen_from=moment).order_by("-seen_from", "-pk")


def feed(request: HttpRequest) -> HttpResponse:
    """Return the Atom feed; three queries."""
    records = list(latest()[:MOST])
    texts, parents = texts_of(records), PUBLIC.by_id(record.parent_id for record in records)
    name = settings.OFFICE["name"]
    made = Atom1Feed(
        title=_("%(office)s: published and changed") % {"office": name},
        link=request.build_absolute_uri(reverse("home")),
        description=_("What was published on the record lately, or changed."),
        language=settings.LANGUAGE_CODE,
        author_name=str(name),
        feed_url=request.build_absolute_uri(reverse("feed")),
    )
    for record in records:
        url = request.build_absolute_uri(record.get_absolute_url())
        kind = kind_named(record.kind)
        # What has no title of its own goes by the title of what it is part of.
        named = record if "title" in kind.columns else parents.get(record.parent_id or 0, record)
        made.add_item(
            title=printable(f"{kind.label}: {named.title}"),
            link=url,
            unique_id=url,
            description=Truncator(" ".join(printable(texts.get(record.pk, "")).split())).chars(400),
            updateddate=record.seen_from,
        )
    response = HttpResponse(content_type=made.content_type)
    made.write(response, "utf-8")
    return response
