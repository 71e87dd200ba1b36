"""The kinds of event that open a clock, as ``events.yaml`` names them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from peelian.law.checking import RULES, check, refuse_repeated
from peelian.law.packfile import PackFile, read_pack_file

Opened = Literal["by_record", "by_hand"]

EVENTS_FILE = "events.yaml"


@dataclass(frozen=True)
class EventKind:
    """One kind of event: what it is in a sentence, and what opens its clocks.

    ``by_record``: a record says that it happened. ``by_hand``: a person enters it.
    """

    id: str
    title: str
    about: str
    opened: Opened


@cache
def load_events(path: Path = RULES / EVENTS_FILE) -> tuple[EventKind, ...]:
    """The kinds of event of one file, in its order.

    Raises `RulePackError`, naming file, line, found and expected, for the first fault.
    """
    return tuple(EventKind(**entry) for entry in _file(path).data["events"])


def known_events(directory: Path = RULES, own: Path | None = None) -> tuple[EventKind, ...]:
    """The kinds of event of a directory of rule packs, then those an office's own adds.

    A directory without ``events.yaml`` has those that ship. Raises `RulePackError` as
    `load_events` does, and for a kind of the office's own that there is already.
    """
    path = directory / EVENTS_FILE
    events = load_events(path if path.exists() else RULES / EVENTS_FILE)
    if own is None or not (own / EVENTS_FILE).exists():
        return events
    file, known = _file(own / EVENTS_FILE), {event.id for event in events}
    for index, entry in enumerate(file.data["events"]):
        if entry["id"] in known:
            found, expected = f"'{entry['id']}'", "an id of its own: an event that ships has this"
            raise file.error(("events", index, "id"), found, expected)
    return events + load_events(own / EVENTS_FILE)


def _file(path: Path) -> PackFile:
    file = read_pack_file(path, holds="kinds of event: a mapping with events")
    check(file, "events.schema.json")
    refuse_repeated(file, "events", "the event")
    return file
