"""Published reports as events: each starts the clock for the response that its law asks for."""

from __future__ import annotations

import re
from datetime import date

from peelian.duties.facts import Source
from peelian.inspections.kinds import INSPECTION
from peelian.inspections.models import Inspection
from peelian.law.dates import plain
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import Scope

_MONTHS = {plain(date(2001, month, 1)).split()[1]: month for month in range(1, 13)}
_PRINTED = re.compile(
    rf"(?:\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?\b(?P<month>{'|'.join(_MONTHS)})"
    r",?\s+(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def printed_date(text: str) -> tuple[date | None, bool]:
    """Return the first date in what a source printed, and whether it gives only the month.

    The date of a month is its first day. `(None, False)` when the text names no month and year.
    """
    found = _PRINTED.search(text)
    if found is None:
        return None, False
    year, month = int(found["year"]), _MONTHS[found["month"].capitalize()]
    try:
        return date(year, month, int(found["day"] or 1)), found["day"] is None
    except ValueError:  # a day the month does not have
        return None, False


def to_be_answered(scope: Scope) -> RecordQuerySet[Inspection]:
    """Return every report that asks for a response of its own, undated ones included.

    Police Act 1996, s.55(4): a national report too, unless the force is clearly not its subject.
    What a response to another report answers asks for no second one.
    """
    return scope.of(INSPECTION).filter(not_subject=False, answered_in=None)


def _source(event: str, *forms: str) -> Source:
    return Source(
        event,
        lambda scope: to_be_answered(scope).filter(form__in=forms),
        day="published_on",
        printed="published_as_printed",
        read=printed_date,
    )


REPORTS = _source("inspection_report", *Inspection.BY_INSPECTORATE)
CORONERS = _source("prevention_of_future_deaths_report", Inspection.Form.CORONER)
WATCHDOG = _source("misconduct_recommendation", Inspection.Form.LEARNING)
