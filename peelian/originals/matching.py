"""What on the record is the committee, the person or the meeting that another site speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.text import slugify

from peelian.intake.moderngov import Meeting as Told
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.originals.addresses import key_of
from peelian.originals.kinds import ORIGINAL
from peelian.people.kinds import BODY, PERSON
from peelian.people.models import Body
from peelian.record.kinds import Kind
from peelian.record.models import Change, Record
from peelian.record.writing import references_used

_STYLES = re.compile(r"^(?:(?:cllr|councillor|mrs?|ms|miss|dr|sir|dame|prof|the|hon|rt)\b\.?\s*)+")
_AFTER = re.compile(r"\s*\(.*\)\s*$|,.*$")


def known_by(address: str, kind: Kind) -> Record | None:
    """Return the record of a kind that stood at an address, or None."""
    stood = ORIGINAL.all().filter(sort_key=key_of(address), parent__kind=kind.name).first()
    return kind.all().filter(pk=stood.parent_id).first() if stood else None


def body_named(title: str) -> Body | None:
    """Return the one body of this name, or of this other name, or None."""
    wanted = title.casefold().strip()
    found = [body for body in BODY.all() if wanted in map(str.casefold, _names(body))]
    return found[0] if len(found) == 1 else None


def _names(body: Body) -> Iterable[str]:
    yield body.title
    yield from (name.strip() for name in body.also_known_as.split(";"))


def person_named(name: str) -> Record | None:
    """Return the one person of this name, whatever style stands before it, or None."""
    wanted = bare(name)
    found = [person for person in PERSON.all() if bare(person.title) == wanted]
    return found[0] if len(found) == 1 else None


def bare(name: str) -> str:
    """Return a name in small letters without styles before it or what stands after it."""
    return _STYLES.sub("", _AFTER.sub("", " ".join(name.casefold().split())))


def meeting_on(body: Record, told: Told) -> Meeting | None:
    """Return the meeting of a body on a day; of several, the one that begins at that time."""
    found = list(MEETING.all().filter(body=body, held_on=told.held_on))
    if len(found) > 1:
        found = [one for one in found if one.starts_at == told.starts_at]
    return found[0] if len(found) == 1 else None


def began_with(record: Record, by: str) -> bool:
    """Return whether a record was first brought in by whoever `by` names."""
    return Change.objects.filter(record_id=record.pk, version=1, by=by).exists()


def free_reference(kind: Kind, wanted: str, otherwise: str) -> str:
    """Return a reference made of words, with a mark after it where it belongs to another."""
    made = slugify(wanted)[:60].strip("-") or otherwise
    is_taken = made in references_used(kind.name, made)
    return f"{made}-{otherwise}"[:80] if is_taken else made
