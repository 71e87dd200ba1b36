"""What an election's page says besides: its period, and what was published in it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from peelian.elections.kinds import ROUTINE_PUBLICATION
from peelian.elections.models import Clearance, Election
from peelian.elections.periods import period_of
from peelian.pages.sections import Section
from peelian.record.access import may
from peelian.record.models import Record
from peelian.record.scope import Scope


def published_in_period(record: Record, scope: Scope) -> Section | None:
    """Return the period and what was let through in it: the public see only what is public."""
    election = record if isinstance(record, Election) else Election.objects.get(pk=record.pk)
    period = period_of(election)
    if period is None:
        return None
    kept = list(Clearance.objects.filter(election=election).order_by("at", "pk"))
    seen = scope.by_id(one.record_id for one in kept)
    rows = [
        (one, record, scope.url(record) if record else "")
        for one in kept
        for record in [seen.get(one.record_id)]
        if record or not scope.is_public
    ]
    context = {
        "period": period,
        "rows": rows,
        "names_people": not scope.is_public,
        "may_edit": not scope.is_public and may(scope.user, "edit", ROUTINE_PUBLICATION.area),
    }
    return Section(_("Pre-election period"), "elections/period.html", context)
