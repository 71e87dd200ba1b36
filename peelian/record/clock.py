"""The one place that knows what day it is."""

import datetime as dt

from django.conf import settings
from django.utils import timezone


def today() -> dt.date:
    """Return the day the office works on: today in London, or the day a worked example is set."""
    if fixed := settings.OFFICE["today"]:
        return dt.date.fromisoformat(str(fixed))
    return timezone.localdate()


def is_fixed() -> bool:
    """Return whether this installation shows a worked example set on a day of its own."""
    return bool(settings.OFFICE["today"])
