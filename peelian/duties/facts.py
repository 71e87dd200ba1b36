"""What opens or ends a clock: the areas that stand on this one say which of their records do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from peelian.law.calendar import Fact
from peelian.record.models import Record
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Event:
    """A fact of the calendar and the record it was taken from."""

    fact: Fact
    record: Record


Provider = Callable[[Scope], Iterable[Event]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let a provider's events open clocks; called once by each area's application.

    A provider gives events only of records that the scope it is handed may see, and gives each
    kind and reference once.
    """
    if provider not in _providers:
        _providers.append(provider)


def events(scope: Scope) -> list[Event]:
    """Return every event this scope may know of. One query for each provider."""
    return [event for provider in _providers for event in provider(scope)]
