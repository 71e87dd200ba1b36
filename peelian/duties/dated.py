"""Finding one duty by its key, wherever in the years it falls."""

from __future__ import annotations

from datetime import timedelta

from peelian.duties import calendar
from peelian.duties.calendar import Duty
from peelian.duties.rulebook import rule_of
from peelian.law.dates import FinancialYear
from peelian.record import clock
from peelian.record.scope import Scope

_A_YEAR = timedelta(days=366)


def duty_with_key(key: str, scope: Scope) -> Duty | None:
    """Return the duty of this key, as the scope sees it; None where it sees none.

    A duty is within the years of the calendar, or up to a year beyond them.
    """
    rule = rule_of(key)
    if rule is None:
        return None
    years: list[FinancialYear] = calendar.years(clock.today())
    start, end = min(years[0].first, rule.effective_from), years[-1].last + _A_YEAR
    found = calendar.due_between(start, end, scope=scope, only=[rule])
    return next((duty for duty in found if duty.occurrence.key == key), None)
