"""What visits show of duties: the area that visits what is published says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from peelian.law.calendar import Occurrence
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Shown:
    """What visits show of one duty, in words; it is closed where `on` is the day found there.

    `at` is when the visit was made, `url` what it visited and `page` where its history is.
    """

    said: str
    on: dt.date | None = None
    at: dt.datetime | None = None
    url: str = ""
    page: str = ""


Provider = Callable[[Sequence[Occurrence], Scope, dt.date, bool], Mapping[str, Shown]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let a provider show duties met; called once by each area's application.

    A provider goes by what is public and by nothing else, whoever asks, so that a draft closes no
    duty, and asks the database as often for many duties as for one.
    """
    if provider not in _providers:
        _providers.append(provider)


def shown(
    occasions: Sequence[Occurrence], scope: Scope, today: dt.date, *, in_brief: bool = False
) -> dict[str, Shown]:
    """Return what visits show of duties by their keys, of those that visits are made for.

    In brief only those that they close.
    """
    found: dict[str, Shown] = {}
    for provider in _providers:
        found |= provider(occasions, scope, today, in_brief)
    return found
