"""The registers as events: an entry starts the clock for its publication, and then stops it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from peelian.duties.facts import Source
from peelian.record.kinds import Kind
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import Scope
from peelian.transparency.kinds import CONTRACT, DECISION, GIFT, INTEREST
from peelian.transparency.thresholds import CONTRACTS, threshold


def _entries(kind: Kind) -> Callable[[Scope], RecordQuerySet[Any]]:
    return lambda scope: scope.of(kind)


def _large_contracts(scope: Scope) -> RecordQuerySet[Any]:
    """Return the contracts above the threshold, and those whose value is not known."""
    return _entries(CONTRACT)(scope).exclude(value__lte=threshold(CONTRACTS))


# The paragraph of the Specified Information Order (SI 2011/3050, Schedule) whose duty a published
# entry meets. A contract is met by its copy, which a person has to look at.
ENTRIES = (
    Source(
        "decision_made",
        _entries(DECISION),
        day="decided_on",
        item="5(d)",
        met="published_on",
    ),
    Source("gift_or_hospitality_offer", _entries(GIFT), day="offered_on", item="2(e)"),
    Source("interest_changed", _entries(INTEREST), day="declared_on", item="1(e)"),
    Source("contract_made", _large_contracts, day="made_on"),
)
