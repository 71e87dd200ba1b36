"""Papers of a body's meetings as news: each issue of a pack is told once."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from peelian.meetings.kinds import MEETING
from peelian.meetings.news import New
from peelian.packs.kinds import PACK
from peelian.pages.feeds import dated
from peelian.record.models import Record
from peelian.record.scope import PUBLIC


def papers_of(body: Record) -> Iterator[New]:
    """Yield the packs of a body's meetings; a further issue is a supplement. One query."""
    meetings = PUBLIC.of(MEETING).filter(body=body)
    packs = PUBLIC.of(PACK).filter(parent__in=meetings.values("pk"), issue__isnull=False)
    for pack in dated(packs).select_related("parent"):
        says = {"meeting": pack.parent.title, "issue": pack.issue}
        title = _("Papers: %(meeting)s") if pack.issue == 1 else _("Papers changed: %(meeting)s")
        path = f"{pack.get_absolute_url()}#issue-{pack.issue}"
        yield New(f"{pack.key}/{pack.issue}", title % says, path, pack.seen_from)
