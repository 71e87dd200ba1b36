"""The steps of every demonstration, by the same operations an office uses."""

from __future__ import annotations

from pathlib import Path

from peelian.publication.models import Visit
from peelian.publication.operations import watch
from peelian.received import shelf
from peelian.received.operations import receive
from peelian.record.access import Command
from peelian.record.kinds import kinds
from peelian.record.load import load_paths

BY = Command("peelian demo")
# Whoever approves is never whoever wrote it.
PUBLISHER = Command("peelian demo --publish")


def load(*folders: Path) -> None:
    """Load an example's files."""
    for _loaded in load_paths(folders, by=BY):
        pass


def counts() -> dict[str, int]:
    """Return how many records of each kind there are, by its name in words."""
    numbers = [(kind, kind.all().count()) for kind in kinds()]
    named = ((kind.label if count == 1 else kind.plural, count) for kind, count in numbers)
    return {str(name).lower(): count for name, count in named if count}


def look_at_own_pages() -> None:
    """Let the watchdog look once at the pages of this site where something must be published."""
    if not Visit.objects.exists():
        watch(by=BY, only_here=True)


def receive_document(path: Path) -> None:
    """Check an example pack, so that there is a document to look through."""
    if not shelf.documents().exists():
        receive(path.name, path.read_bytes(), by=BY)
