"""Votes on the page of whoever cast them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from peelian.meetings.kinds import VOTE
from peelian.meetings.votes import WAYS, tallies
from peelian.pages.sections import Section
from peelian.pages.tables import display
from peelian.record.kinds import LINK_LABELS
from peelian.record.models import Link, Record
from peelian.record.scope import Scope

MOST = 50


def voting_record(record: Record, scope: Scope) -> Section | None:
    """Return the latest fifty votes of a person, newest meeting first, each with its way."""
    cast = dict(Link.objects.filter(target=record, form__in=WAYS).values_list("source_id", "form"))
    if not cast:
        return None
    votes = list(scope.of(VOTE).filter(pk__in=cast))
    dated = [(t.meeting.held_on, t) for t in tallies(votes, scope) if t.meeting]
    latest = sorted(dated, key=lambda pair: (pair[0], pair[1].vote.pk), reverse=True)[:MOST]
    if not latest:
        return None
    rows = [
        [
            {"text": tally.vote.title, "url": scope.url(tally.vote)},
            display(day),
            str(LINK_LABELS[cast[tally.vote.pk]]),
            tally.result,
        ]
        for day, tally in latest
    ]
    head = [_("Vote"), _("Day"), _("How they voted"), _("Result")]
    return Section(_("Voting record"), "meetings/voting_record.html", {"head": head, "rows": rows})
