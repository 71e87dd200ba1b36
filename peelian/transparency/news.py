"""Decisions of a body as news."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from peelian.meetings.news import New
from peelian.pages.feeds import dated
from peelian.people.kinds import ROLE
from peelian.record.models import Record
from peelian.record.scope import PUBLIC
from peelian.transparency.kinds import DECISION


def decisions_of(body: Record) -> Iterator[New]:
    """Yield the decisions that a body, or who holds a role in it, has taken. One query."""
    roles = PUBLIC.of(ROLE).filter(body=body)
    found = PUBLIC.of(DECISION).filter(Q(decided_by=body) | Q(decided_by__in=roles.values("pk")))
    for decision in dated(found):
        title = _("Decision: %(title)s") % {"title": decision.title}
        path = decision.get_absolute_url()
        yield New(decision.key, title, path, decision.seen_from, decision.decision)
