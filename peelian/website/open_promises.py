"""Open promises, for what goes over to the body that follows when the body model changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from peelian.promises.models import CLOSED, Promise
from peelian.record.kinds import Text, kind_of
from peelian.record.models import Record, Status
from peelian.record.scope import Scope


def open_promises(scope: Scope) -> Iterator[tuple[Text, Record, date | None]]:
    """Yield every promise that is still to be kept, with its kind and date. One query."""
    kept = Promise.objects.exclude(progress__in=CLOSED).exclude(status=Status.WITHDRAWN)
    for promise in scope.see(kept).order_by("kind", "sort_key", "pk"):
        yield kind_of(promise).label, promise, promise.due
