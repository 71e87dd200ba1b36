"""The moment the office works in: now, or this time of the day a worked example is set on."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from peelian.record import clock


def now() -> dt.datetime:
    """Return the moment that what is asked, answered and run out is measured by."""
    if not clock.is_fixed():
        return timezone.now()
    return timezone.make_aware(dt.datetime.combine(clock.today(), timezone.localtime().time()))
