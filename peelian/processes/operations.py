"""The verbs of processes: begin one, record an event of it, say at which meeting it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from django.utils.translation import gettext as _

from peelian.duties.events import audience as audience_of
from peelian.duties.events import by_hand
from peelian.duties.events import title as event_title
from peelian.duties.kinds import CLOCK
from peelian.law.process import Declared
from peelian.meetings.models import Meeting
from peelian.processes.gathering import BEGUN_BY
from peelian.processes.kinds import PROCESS
from peelian.processes.models import Process
from peelian.record import operations
from peelian.record.access import Actor
from peelian.record.errors import Invalid
from peelian.record.models import Draft, Record
from peelian.record.values import Values, links_of, load, reference_of, values_of
from peelian.record.writing import draft_of, free_reference, operation

_REFERENCES = ("meeting", "second_meeting", "vote")


@operation
def begin(
    declared: Declared,
    *,
    by: Actor,
    year: int | None = None,
    event: str = "",
    on: dt.date | None = None,
    subject: str = "",
    person: str = "",
    proposal: str = "",
    record: Record | None = None,
) -> Record:
    """Return a new draft of a process, begun for a year or by an event on a day.

    The event's clock is opened with it, and holds the name of a `person` alone; or `record` is
    what began it, such as a recommendation with a day for its response. Raises Invalid or
    Refused.
    """
    values: dict[str, Any] = {"process": declared.id, "subject": subject, "proposal": proposal}
    if declared.yearly:
        return operations.create(PROCESS, values | {"year": year}, by=by)
    if event not in declared.events:
        raise Invalid({"event": [_("Choose what it begins with.")]})
    if record is None and event not in {one.id for one in by_hand()}:
        raise Invalid({"record": [_("Choose the record that it begins with.")]})
    if record is None:
        record = _open_clock(declared.id, event, on, person or subject, subject, by=by)
    named = "-".join(part for part in (declared.id, str(on) if on else record.reference) if part)
    values |= {"reference": free_reference(PROCESS.name, named[:70]), "begun_by": [record]}
    return operations.create(PROCESS, values, by=by)


@operation
def record_event(process: Process, event: str, *, on: dt.date, note: str = "", by: Actor) -> Record:
    """Return the process once a further event of it has happened, from which rules count.

    Raises Invalid or Refused.
    """
    title = f"{event_title(event)}: {process.title}"
    clock = _open_clock(process.reference, event, on, title, "", by=by, note=note)
    begun = [*current(process).get("begun_by", ()), clock]
    return _changed(process, {"begun_by": begun}, by=by, why=event_title(event))


@operation
def choose_meeting(process: Process, meeting: Meeting, *, second: bool, by: Actor) -> Record:
    """Return the process with the meeting at which it is dealt with. Raises Invalid or Refused."""
    name = "second_meeting" if second else "meeting"
    return _changed(process, {name: meeting}, by=by, why=_("Meeting chosen"))


@operation
def record_outcome(process: Process, values: Mapping[str, Any], *, by: Actor) -> Record:
    """Return the process with what the panel found and what was answered. Raises as an edit."""
    return _changed(process, values, by=by, why=_("What came of it"))


def current(process: Process) -> dict[str, Any]:
    """Return a process's values as they are edited: a waiting draft over what is official."""
    draft = draft_of(process)
    return values_of(process) | links_of(process) | (dict(draft.values) if draft else {})


def as_edited_each(processes: Iterable[Process]) -> list[tuple[Process, list[int] | None]]:
    """Return processes as they are edited, not to be saved, and the ids of what is to begin each.

    None where no draft says: what began it is what the record says. Two queries.
    """
    processes = list(processes)
    drafts = Draft.objects.filter(record__in=[one.pk for one in processes])
    waiting = {draft.record_id: draft.values for draft in drafts}
    if not waiting:
        return [(process, None) for process in processes]
    named = {key for values in waiting.values() for key in _keys(values)}
    there = Record.objects.filter(reference__in={reference_of(key) for key in named})
    known = {record.key: record for record in there}
    return [
        _over(process, waiting[process.pk], known) if process.pk in waiting else (process, None)
        for process in processes
    ]


def _keys(values: Values) -> list[str]:
    """Return what a draft of a process names of other records."""
    named = (values.get(name) for name in _REFERENCES)
    return [key for key in (*named, *(values.get(BEGUN_BY) or ())) if key]


def _over(
    process: Process, values: Values, known: Mapping[str, Record]
) -> tuple[Process, list[int] | None]:
    """Return a process with a draft laid over it; what it names and is gone is left out."""
    read = dict(values)
    for name in _REFERENCES:
        if name in read:
            read[name] = known.get(read[name] or "")
    if BEGUN_BY in read:
        read[BEGUN_BY] = [known[key] for key in read[BEGUN_BY] or () if key in known]
    loaded = load(PROCESS, read)
    begun = loaded.pop(BEGUN_BY, None)
    trial = copy(process)
    for name, value in loaded.items():
        setattr(trial, name, value)
    return trial, None if begun is None else [record.pk for record in begun]


def _changed(process: Process, values: Mapping[str, Any], *, by: Actor, why: str) -> Record:
    version = Record.objects.get(pk=process.pk).version
    return operations.edit(process, values, version=version, by=by, why=why)


def _open_clock(
    process: str,
    event: str,
    on: dt.date | None,
    title: str,
    subject: str,
    *,
    by: Actor,
    note: str = "",
) -> Record:
    """Return a new clock, named without the name of a person."""
    values = {
        "event": event,
        "opened_on": on,
        "title": ", ".join(dict.fromkeys(part for part in (title, subject) if part)),
        "note": note,
        "reference": free_reference(CLOCK.name, f"{process}-{event.replace('_', '-')}"[:70]),
        "audience": audience_of(event),
    }
    return operations.create(CLOCK, values, by=by)
