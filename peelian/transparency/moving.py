"""What of the registers goes over to a mayor or board: contracts that run, decisions not out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import cast

from django.db.models import Q

from peelian.record import clock
from peelian.record.kinds import Text
from peelian.record.models import Record, Status
from peelian.record.scope import Scope
from peelian.transparency.kinds import CONTRACT, DECISION
from peelian.transparency.models import Contract

# Decisions that are taken and have not been published, or taken back, yet.
_ON_THE_WAY = (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED)


def goes_over(scope: Scope) -> Iterator[tuple[Text, Record, date | None]]:
    """Yield each contract that has not ended and each decision not yet published. Two queries."""
    runs = Q(ends_on=None) | Q(ends_on__gte=clock.today())
    for record in scope.of(CONTRACT).filter(runs).exclude(status=Status.WITHDRAWN).in_order():
        yield CONTRACT.label, record, cast(Contract, record).ends_on
    for record in scope.of(DECISION).filter(status__in=_ON_THE_WAY).in_order():
        yield DECISION.label, record, None
