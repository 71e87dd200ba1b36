"""Clocks opened by hand, and pauses, as what the calendar counts with."""

from __future__ import annotations

import datetime as dt

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from peelian.duties import calendar, events
from peelian.duties.facts import Source
from peelian.duties.kinds import CLOCK, PAUSE
from peelian.duties.models import Clock
from peelian.law.pauses import Pause
from peelian.pages.sections import Section
from peelian.record import clock as record_clock
from peelian.record.access import may
from peelian.record.models import Record, Status
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import Scope

# No rule counts further than this from its event, pauses included.
LOOK_BACK, LOOK_AHEAD = dt.timedelta(days=400), dt.timedelta(days=4_000)


def _open(scope: Scope) -> RecordQuerySet[Clock]:
    return scope.of(CLOCK)


OPENED = Source(F("event"), _open, day="opened_on")


def kept_pauses(scope: Scope) -> list[Pause]:
    """Return the pauses of clocks, and those of the whole office. Two queries at most.

    A pause of a clock that is withdrawn, or that the scope may not see, stops nothing.
    """
    kept = list(scope.of(PAUSE).exclude(status=Status.WITHDRAWN))
    clocks = {c.pk: c for c in scope.of(CLOCK).filter(pk__in=[p.parent_id for p in kept])}
    found = []
    for pause in kept:
        clock = clocks.get(pause.parent_id)
        if clock and clock.status != Status.WITHDRAWN:
            of = {"event": clock.event, "reference": clock.reference}
            found.append(Pause(pause.form, pause.starts_on, pause.ends_on, **of))
        elif pause.parent_id is None:
            found.append(Pause(pause.form, pause.starts_on, pause.ends_on))
    return found


def clock_section(record: Record, scope: Scope) -> Section | None:
    """Return the duties that a clock opens, with their last days, for its page."""
    if not isinstance(record, Clock):
        return None
    opened = [rule for rule in calendar.rules() if rule.trigger == record.event]
    found = calendar.due_between(
        record.opened_on - LOOK_BACK, record.opened_on + LOOK_AHEAD, scope=scope, only=opened
    )
    context = {
        "duties": [duty for duty in found if duty.record and duty.record.pk == record.pk],
        "scope": scope,
        "today": record_clock.today(),
        "may_prove": not scope.is_public and may(scope.user, "edit", CLOCK.area),
        "clock": record,
        "about": events.about(record.event),
    }
    return Section(_("What it opens"), "duties/clock_section.html", context)
