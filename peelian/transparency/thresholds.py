"""The one place where the registers read their thresholds, which the rule packs say."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from peelian.duties.rulebook import rules
from peelian.record.clock import today

# The paragraphs of the Specified Information Order (SI 2011/3050, Schedule) whose rules say them.
SPENDING, CONTRACTS, STAFF = "3(g)", "4(b)", "2(b)"


def threshold(item: str, on: dt.date | None = None) -> int:
    """Return the threshold of a paragraph of the order, by the rule in force on a day, else today.

    On a day on which none was in force yet it is that of the first. Raises ImproperlyConfigured
    where no rule says it.
    """
    day = on or today()
    said = [rule for rule in rules() if rule.item == item and rule.threshold is not None]
    for rule in [rule for rule in said if rule.in_force(day)] or said:
        if rule.threshold is not None:
            return rule.threshold
    told = _("No rule says the threshold of paragraph %(item)s of the publication order.")
    raise ImproperlyConfigured(told % {"item": item})
