"""Minutes of a meeting: who was there, what was said under each number, who owes whom what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from peelian.intake.document import Document, Origin
from peelian.recognition.dates import DateMention


@dataclass(frozen=True)
class Attendee:
    """Someone at a meeting, as printed; `role` is a post or a seat (`Chairman`), if given."""

    name: str
    role: str = ""


@dataclass(frozen=True)
class Undertaking:
    """What someone said at a meeting they would do. `owed_to` and `due` where it is said.

    `agreed` tells what the meeting resolved from what someone only offered.
    """

    text: str
    owner: str
    owed_to: str
    minute: str  # the number of the minute, or of the item
    origin: Origin
    quotation: str
    due: DateMention | None = None
    agreed: bool = False


@dataclass(frozen=True)
class Minute:
    """One numbered minute."""

    number: str
    title: str
    text: str
    origin: Origin
    undertakings: tuple[Undertaking, ...] = ()


@dataclass(frozen=True)
class Minutes:
    """The minutes of one meeting."""

    body: str
    held_on: dt.date | None
    origin: Origin
    present: tuple[Attendee, ...] = ()
    apologies: tuple[Attendee, ...] = ()
    in_attendance: tuple[Attendee, ...] = ()
    items: tuple[Minute, ...] = ()

    @property
    def undertakings(self) -> list[Undertaking]:
        """Return what was undertaken, in order."""
        return [u for item in self.items for u in item.undertakings]


def minutes(document: Document) -> list[Minutes]:
    """Return the minutes in a document; of several meetings, one each."""
    raise NotImplementedError
