"""The returns that came in, and those that are awaited, as the back office lists them."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.figures.lateness import late_measures
from peelian.figures.models import Return
from peelian.record import clock
from peelian.record.scope import Scope

MOST = 20


def newest_returns() -> list[Return]:
    """Return the newest returns, the last one first."""
    return list(Return.objects.order_by("-loaded_at", "-pk")[:MOST])


def late_words(scope: Scope) -> list[str]:
    """Return a line for each measure whose figures should be here, late the longest first."""
    return [
        _("%(measure)s, expected by %(day)s")
        % {"measure": measure.title, "day": date_format(expected, "j F Y")}
        for measure, expected in late_measures(scope, clock.today())[:MOST]
    ]
