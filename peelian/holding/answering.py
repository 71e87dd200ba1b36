"""Recording what was answered to an enquiry, with the figure of that day and what was promised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from django.utils.translation import gettext as _

from peelian.figures.assess import Series, assess
from peelian.figures.kinds import MEASURE
from peelian.holding.kinds import ANSWER, LED_TO, THEME
from peelian.holding.models import Answer, Enquiry
from peelian.meetings.following import give
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.people.models import Body
from peelian.promises.kinds import UNDERTAKING
from peelian.record import clock, operations, writing
from peelian.record.access import Actor
from peelian.record.errors import Invalid, Refused, Stale
from peelian.record.models import Link, Record
from peelian.record.scope import PUBLIC


@writing.operation
def record_answer(
    enquiry: Enquiry,
    values: Mapping[str, Any],
    *,
    version: int | None,
    by: Actor,
    promised: Mapping[str, Any] | None = None,
) -> Answer:
    """Return the answer to an enquiry at the meeting of its theme, with what was promised with it.

    `version` is that of the answer that was read; None says that there was none. `promised` becomes
    an undertaking of the meeting, sent for review. The figure of the day of the meeting is kept
    with the answer. Raises Stale where a colleague saved first, Invalid, also where something is
    to follow and nobody promised it, and Refused where the theme has no meeting or it is to come.
    """
    held = cast(Enquiry, writing.lock(enquiry))  # two who answer at once wait for each other
    meeting = _meeting_of(held)
    known = ANSWER.all().filter(parent=held, meeting=meeting).first()
    if (known.version if known else None) != version:
        raise Stale(_("The answer was changed by somebody else while you were writing."), {})
    led_to = _led_to(known)
    if values.get("outcome") == Answer.Outcome.FOLLOW_UP and not (promised or led_to):
        said = _("Say what was promised, by whom and by when; else it would be forgotten.")
        raise Invalid({"promised": [said]})
    if promised:
        led_to = [*led_to, give(UNDERTAKING, meeting, {**_made_to(), **promised}, by=by)]
    values = {**values, LED_TO: led_to}
    if known is None:
        made = {"parent": held, "meeting": meeting, **values, **quoted(held, meeting.held_on)}
        return cast(Answer, operations.create(ANSWER, made, by=by))
    return cast(Answer, operations.edit(known, values, version=known.version, by=by))


def quoted(enquiry: Enquiry, day: dt.date) -> dict[str, Any]:
    """Return the figure of an enquiry as it was known on a day, as an answer keeps it.

    Six queries; nothing where the enquiry names no figure that is public, or none was known.
    """
    measure = PUBLIC.of(MEASURE).filter(pk=enquiry.measure_id or 0).first()
    if measure is None:
        return {}
    series = series_of(assess([measure], PUBLIC, known=day), measure.pk, enquiry.area_id)
    if series is None or series.values[-1] is None:
        return {}
    return {
        "measure": measure,
        "area": series.area,
        "quoted_period": series.periods[-1],
        "quoted_value": series.values[-1],
    }


def series_of(
    assessed: Mapping[tuple[int, int], Series], measure: int, area: int | None
) -> Series | None:
    """Return a measure's series in an area, that of the whole force where none is named."""
    own = [series for (pk, _area), series in assessed.items() if pk == measure]
    if area:
        return next((series for series in own if series.area.pk == area), None)
    return min(own, key=lambda series: series.area.force_first, default=None)


def _meeting_of(enquiry: Enquiry) -> Meeting:
    theme = THEME.all().get(pk=enquiry.parent_id or 0)
    meeting = MEETING.all().filter(pk=theme.meeting_id or 0).first()
    if not isinstance(meeting, Meeting):
        raise Refused(_("Say first at which meeting the theme “%(title)s” is taken.") % _of(theme))
    if meeting.held_on > clock.today() or meeting.state == Meeting.State.CANCELLED:
        raise Refused(_("“%(title)s” has not been held.") % _of(meeting))
    return meeting


def _of(record: Record) -> dict[str, str]:
    return {"title": record.title}


def _led_to(answer: Answer | None) -> list[Record]:
    if answer is None:
        return []
    targets = Link.objects.filter(source_id=answer.pk, form=LED_TO).values("target_id")
    return list(UNDERTAKING.all().filter(pk__in=targets).in_order())


def _made_to() -> dict[str, Any]:
    """Return to whom a promise of such a meeting is made: the policing body, where it is known."""
    bodies = Body.objects.filter(form=Body.Form.POLICING_BODY).order_by("pk")
    found = list(bodies[:2])
    return {"made_to": found[0]} if len(found) == 1 else {}
