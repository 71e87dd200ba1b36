"""The times of the schedule in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.law.arithmetic import EndOf, Period


def kept_for(period: Period | EndOf | None) -> str:
    """Return for how long records of a class are kept after the day that is counted from."""
    match period:
        case None:
            return _("Kept for good")
        case EndOf("month"):
            return _("Until the end of the month")
        case EndOf("quarter"):
            return _("Until the end of the quarter")
        case EndOf():
            return _("Until the end of the financial year")
        case Period(unit, number):
            said = {
                "days": ngettext("%(number)s day", "%(number)s days", number),
                "weeks": ngettext("%(number)s week", "%(number)s weeks", number),
                "months": ngettext("%(number)s month", "%(number)s months", number),
                "years": ngettext("%(number)s year", "%(number)s years", number),
                "working_days": ngettext(
                    "%(number)s working day", "%(number)s working days", number
                ),
            }
            return said[unit] % {"number": number}
