"""Stretches of time that a clock leaves out, or after which it begins again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from peelian.law.dates import Worked, counted, plain

PauseKind = Literal["post_election_period", "clarification", "fee"]

_DAY = timedelta(days=1)
_NAMES: dict[PauseKind, str] = {
    "post_election_period": "the post-election period",
    "clarification": "waiting for the clarification asked for",
    "fee": "waiting for the fee asked for",
}


@dataclass(frozen=True)
class Pause:
    """A stretch that stops clocks, both its days included.

    Without ``end`` it still lasts. With ``event`` and ``reference`` it concerns the clock of
    that one fact; without them, as with a post-election period, every clock of the office.
    Raises ``ValueError`` when it ends before it starts or names only half of a fact.
    """

    kind: PauseKind
    start: date
    end: date | None = None
    event: str = ""
    reference: str = ""

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"a pause of {plain(self.start)} cannot end on {plain(self.end)}")
        if bool(self.event) != bool(self.reference):
            raise ValueError("a pause names both an event and its reference, or neither")

    @property
    def last(self) -> date:
        """Its last day; for one that still lasts the first, the earliest it could be."""
        return self.end or self.start

    def concerns(self, event: str, reference: str) -> bool:
        """Whether it stops the clock of that fact."""
        return (self.event, self.reference) in {("", ""), (event, reference)}

    def covers(self, on: date) -> bool:
        """Whether a day lies within it."""
        return self.start <= on <= self.last


def moved(
    worked: Worked,
    first: date,
    pauses: Sequence[Pause],
    counts: Callable[[date], bool] = lambda _day: True,
) -> Worked:
    """A last day counted from a first, moved by every day within a pause that would have counted.

    A day within two pauses is left out once. The reason names each pause that moved it.
    """
    own = [pause for pause in pauses if pause.start <= worked.on and pause.last >= first]
    if not own:
        return worked
    length = (worked.on - first).days + 1
    missed = sum(
        counts(day) and _held(day, own) for day in (first + n * _DAY for n in range(length))
    )
    on = worked.on
    while missed:
        on += _DAY
        missed -= counts(on) and not _held(on, pauses)
    return _explained(on, worked, first, pauses) if on != worked.on else worked


def lasting_at(begins: date, pauses: Sequence[Pause]) -> list[Pause]:
    """The pauses, with those that still lasted when a clock began stopping it from its first day.

    One without an end would else seem over, for its last day is not known.
    """
    return [
        replace(pause, start=begins) if pause.end is None and pause.start < begins else pause
        for pause in pauses
    ]


def restarted(pause: Pause) -> str:
    """Why counting begins anew after a pause."""
    stopped = f"The clock stopped on {plain(pause.start)} ({_NAMES[pause.kind]})"
    if pause.end is None:
        return f"{stopped} and begins again on the day that ends: this date is only the earliest."
    return f"{stopped} and begins again from {plain(pause.end)}."


def still_stands(pause: Pause) -> str:
    """That a date can only be the earliest one, as a pause has no end yet."""
    return (
        f"The clock has stood still since {plain(pause.start)} ({_NAMES[pause.kind]}): "
        "the date moves on with every day until that ends."
    )


def _held(day: date, pauses: Sequence[Pause]) -> bool:
    return any(pause.covers(day) for pause in pauses)


def _explained(on: date, worked: Worked, first: date, pauses: Sequence[Pause]) -> Worked:
    """The new last day, with each pause that moved it named after the first reckoning."""
    named = [
        f"{_NAMES[pause.kind].capitalize()}, {_days(pause)}, does not count"
        for pause in sorted(pauses, key=lambda pause: pause.start)
        if pause.last >= first and pause.start <= on
    ]
    return Worked(on, f"{worked.because} {'. '.join(named)}, so the last day is {plain(on)}.")


def _days(pause: Pause) -> str:
    if pause.last == pause.start:
        return plain(pause.start)
    length = counted((pause.last - pause.start).days + 1, "day")
    return f"{plain(pause.start)} to {plain(pause.last)} ({length})"
