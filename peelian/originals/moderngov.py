"""Committees, members, meetings and documents from saved responses of Modern.Gov, onto the record.

What came from the site before is brought up to date. A meeting that the office entered itself keeps
all it has: it is only given what it lacks altogether, and its old address. Nothing that the site
calls restricted is taken but an item's title, which its public agenda shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.intake import moderngov as said
from peelian.intake.tables import Problem, Rejected, quoted
from peelian.meetings.kinds import AGENDA_ITEM, ATTENDANCE, MEETING, MINUTE
from peelian.meetings.models import Attendance, Meeting
from peelian.originals import addresses
from peelian.originals.kinds import ORIGINAL
from peelian.originals.matching import (
    began_with,
    body_named,
    free_reference,
    known_by,
    meeting_on,
    person_named,
)
from peelian.originals.members import may_be_told, membership_values, role_values, runs
from peelian.originals.models import Original
from peelian.originals.papers import keep_paper
from peelian.people.kinds import BODY, MEMBERSHIP, PERSON, ROLE
from peelian.record import clock
from peelian.record.access import Actor
from peelian.record.errors import RecordError
from peelian.record.kinds import Kind
from peelian.record.models import Record
from peelian.record.operations import bring_in

EXPECTED_SITE = "an address that begins with https:// or http://, as https://democracy.example.org"
_OFF = ("cancel", "abandon", "postpone", "withdrawn", "deleted", "void")


@dataclass
class Arrival:
    """One load: the site, who loads, the files of documents beside, and what came of it."""

    site: str
    by: Actor
    papers: Mapping[str, Path]
    outcome: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    people: dict[tuple[str, str], Record] = field(default_factory=dict)

    @property
    def why(self) -> str:
        """Return what the history says of each record."""
        return _("Loaded from Modern.Gov at %(site)s") % {"site": addresses.site_of(self.site)}

    @contextmanager
    def whole(self, told: said.Meeting) -> Iterator[None]:
        """Keep all that is brought in for a meeting, or nothing and the reason why."""
        before, left_out = Counter(self.outcome), Counter(self.left_out)
        people = dict(self.people)
        try:
            with transaction.atomic():
                yield
        except RecordError as error:
            self.outcome, self.left_out, self.people = before, left_out, people
            found = _("the meeting of %(day)s") % {"day": date_format(told.held_on, "j F Y")}
            self.problems.append(Problem(told.file, found, f"{str(error).rstrip('.')}."))

    def bring(self, kind: Kind, values: Mapping[str, Any]) -> Record:
        """Return the record of these values, new, changed or as it was. Raises RecordError."""
        record, what = bring_in(kind, values, by=self.by, why=self.why)
        if kind is not ORIGINAL:
            self.outcome[f"{kind.plural}, {what}"] += 1
        return record

    def stood_at(self, record: Record, address: str) -> None:
        """Keep the address of the page at which a record stands on the site."""
        self.bring(ORIGINAL, {"parent": record, "address": address})


def load_responses(paths: Iterable[Path], site: str, *, by: Actor) -> Arrival:
    """Bring in what saved responses say; return what was new, changed, left out and refused.

    Raises Rejected, and keeps nothing, where a file cannot be read. A meeting that the record
    refuses is left out whole, and `problems` says why; the others are kept.
    """
    site = site.strip().rstrip("/")
    if not site.startswith(("https://", "http://")) or not addresses.site_of(site):
        raise Rejected([Problem("--site", quoted(site), EXPECTED_SITE)])
    files = [file for path in paths for file in _files(path)]
    responses = _read([file for file in files if file.suffix.lower() == ".xml"])
    papers = {file.name.lower(): file for file in files if file.suffix.lower() != ".xml"}
    arrival = Arrival(site, by, papers)
    meetings = _meetings(responses)
    if not meetings:
        raise Rejected([Problem("--", "no meeting", "responses to GetMeetings or GetMeeting")])
    titles = {one.id: one.title for response in responses for one in response.committees}
    for told in meetings:
        if not (told.committee_id and (told.committee or told.committee_id in titles)):
            expected = "committeeid and committeetitle"
            raise Rejected([Problem(told.file, "no committee", expected, 1, "committeeid")])
        with arrival.whole(told):
            title = told.committee or titles[told.committee_id]
            _meeting(arrival, told, _body(arrival, told.committee_id, title))
    councillors = {one.id: one for response in responses for one in response.councillors}
    _members(arrival, meetings, councillors)
    return arrival


def _files(path: Path) -> list[Path]:
    """Return a file, or all files of a folder and of those in it."""
    if not path.is_dir():
        return [path]
    return [one for one in sorted(path.rglob("*")) if one.is_file() and one.name[0] != "."]


def _read(files: Sequence[Path]) -> list[said.Response]:
    """Return what all files say. Raises Rejected with the problems of all of them."""
    responses: list[said.Response] = []
    problems: list[Problem] = []
    for file in files:
        try:
            responses.append(said.read_response(file))
        except Rejected as error:
            problems += error.problems
    if problems:
        raise Rejected(problems)
    return responses


def _meetings(responses: Sequence[said.Response]) -> list[said.Meeting]:
    """Return each meeting once, in order: as a whole response tells it, else as a list does."""
    found: dict[str, said.Meeting] = {}
    for response in responses:
        for told in response.meetings:
            known = found.get(told.id)
            if known is None or (told.is_whole and not known.is_whole):
                found[told.id] = told
    return sorted(found.values(), key=lambda told: (told.held_on, int(told.id)))


# ---- bodies, meetings ----


def _body(arrival: Arrival, committee: str, title: str) -> Record:
    """Return the body that a committee is: as it stood there before, of its name, or new."""
    page = addresses.committee_page(arrival.site, committee)
    body = known_by(page, BODY) or body_named(title)
    if body is None:
        is_panel = {"police", "panel"} <= set(title.lower().split())
        reference = free_reference(BODY, title, f"mg{committee}")
        form = "panel" if is_panel else "committee"
        body = arrival.bring(BODY, {"reference": reference, "title": title, "form": form})
    arrival.stood_at(body, page)
    return body


def _meeting(arrival: Arrival, told: said.Meeting, body: Record) -> None:
    page = addresses.meeting_page(arrival.site, told.committee_id, told.id)
    stood = known_by(page, MEETING) or meeting_on(body, told)
    is_ours = stood is not None and not began_with(stood, arrival.by.name)
    meeting = stood if is_ours else arrival.bring(MEETING, _values(told, body, stood))
    if not isinstance(meeting, Meeting):
        raise TypeError(told.id)
    arrival.stood_at(meeting, page)
    _items(arrival, told, meeting, is_ours=is_ours)
    _attendance(arrival, told, meeting, is_ours=is_ours)
    for document in told.documents:
        _document(arrival, meeting, document)


def _values(told: said.Meeting, body: Record, stood: Record | None) -> dict[str, Any]:
    day = date_format(told.held_on, "j F Y")
    title = _("%(body)s, %(day)s") % {"body": body.title, "day": day}
    wanted = f"{body.reference}-{told.held_on.isoformat()}"
    reference = stood.reference if stood else free_reference(MEETING, wanted, f"mg{told.id}")
    values: dict[str, Any] = {
        "reference": reference,
        "title": title,
        "body": body,
        "held_on": told.held_on,
        "state": _state(told),
    }
    values |= {"starts_at": told.starts_at} if told.starts_at else {}
    values |= {"place": told.place[:300]} if told.place else {}
    is_confirmed = isinstance(stood, Meeting) and stood.is_confirmed
    if not is_confirmed and any(i.minutes and not i.is_restricted for i in told.items):
        values["minutes_stage"] = Meeting.Stage.PUBLISHED
    return values


def _state(told: said.Meeting) -> str:
    if any(word in told.status.lower() for word in _OFF):
        return Meeting.State.CANCELLED
    return Meeting.State.HELD if told.held_on < clock.today() else Meeting.State.PLANNED


# ---- agenda, minutes, documents ----


def _items(arrival: Arrival, told: said.Meeting, meeting: Meeting, *, is_ours: bool) -> None:
    """Bring in the agenda with its minutes; an agenda of the office's own stays as it is."""
    if is_ours and AGENDA_ITEM.all().filter(parent=meeting).exists():
        return
    has_minutes = is_ours and MINUTE.all().filter(parent=meeting).exists()
    for item in told.items:
        if item.number is None:
            arrival.left_out[_("headings")] += 1
            continue
        values = {"parent": meeting, "number": item.number, "title": item.title[:600]}
        if not item.is_restricted:
            values["text"] = item.text
        made = arrival.bring(AGENDA_ITEM, values)
        arrival.stood_at(made, addresses.item_page(arrival.site, item.id))
        if item.is_restricted:
            arrival.left_out[_("restricted texts")] += 1
            continue
        if item.minutes and not has_minutes and not meeting.is_confirmed:
            _minute(arrival, item, meeting, made)
        for document in item.documents:
            _document(arrival, made, document)


def _minute(arrival: Arrival, item: said.Item, meeting: Meeting, made: Record) -> None:
    digits = "".join(letter for letter in item.printed if letter.isdecimal())
    number = int(digits) if digits and len(digits) < 7 else item.number
    values = {
        "parent": meeting,
        "number": number,
        "title": item.title[:600],
        "item": made,
        "text": item.minutes,
    }
    arrival.bring(MINUTE, values)


def _document(arrival: Arrival, record: Record, document: said.Document) -> None:
    """Keep where a document stands, and the document itself where it lies beside the responses."""
    if document.is_restricted:
        arrival.left_out[_("restricted documents")] += 1
        return
    address = addresses.document_page(arrival.site, document.address)
    values = {
        "parent": record,
        "form": Original.Form.DOCUMENT,
        "address": address,
        "title": document.title[:600],
    }
    original = arrival.bring(ORIGINAL, values)
    if keep_paper(original, document, arrival.papers, by=arrival.by, why=arrival.why):
        arrival.outcome[_("Documents kept")] += 1


# ---- people ----


def _attendance(arrival: Arrival, told: said.Meeting, meeting: Meeting, *, is_ours: bool) -> None:
    """Bring in who was there; the record does not say of anybody that they stayed away."""
    rows = {row.person_id: row for row in ATTENDANCE.all().filter(parent=meeting)}
    if is_ours and rows:
        return
    for one in told.attendees:
        capacity = _capacity(one)
        if capacity is None:
            arrival.left_out[_("people absent, or of whom nothing is said")] += 1
            continue
        person = _person(arrival, one)
        known = rows.get(person.pk)
        values: dict[str, Any] = {
            "parent": meeting,
            "person": person,
            "capacity": capacity,
            "in_role": "" if one.role.lower().endswith("member") else one.role[:200],
        }
        values |= {"reference": known.reference} if known else {}
        arrival.bring(ATTENDANCE, values)


def _person(arrival: Arrival, one: said.Attendee) -> Record:
    """Return the person who attended, looked up once in a run: they come to every meeting."""
    known = arrival.people.get((one.id, one.name))
    if known is None:
        known = arrival.people[one.id, one.name] = _found_person(arrival, one)
    return known


def _found_person(arrival: Arrival, one: said.Attendee) -> Record:
    page = addresses.person_page(arrival.site, one.id) if one.id.isdecimal() else ""
    person = (known_by(page, PERSON) if page else None) or person_named(one.name)
    if person is None:
        reference = free_reference(PERSON, one.name, f"mg{one.id}" if one.id else "mg")
        person = arrival.bring(PERSON, {"reference": reference, "title": one.name[:600]})
    if page:
        arrival.stood_at(person, page)
    return person


def _members(
    arrival: Arrival, meetings: Sequence[said.Meeting], councillors: Mapping[str, said.Councillor]
) -> None:
    """Bring in who sits on each body whose members nobody entered."""
    for committee in dict.fromkeys(one.committee_id for one in meetings):
        own = [one for one in meetings if one.committee_id == committee]
        body = known_by(addresses.committee_page(arrival.site, committee), BODY)
        if body is None or not may_be_told(body, arrival.by.name):
            continue
        with arrival.whole(own[-1]):
            for run in runs(own):
                person = _person(arrival, run.attendee)
                role = arrival.bring(ROLE, role_values(body, run.standing))
                values = membership_values(run, person, role, councillors)
                arrival.bring(MEMBERSHIP, values)


def _capacity(one: said.Attendee) -> str | None:
    """Return in what capacity somebody was there; None for whoever was not, or may not have been.

    `Present, as expected`, `Present, virtually`, `Apologies, sent representative` begin alike.
    """
    how, role = one.attendance.lower(), one.role.lower()
    if how.startswith("apolog"):
        return Attendance.Capacity.APOLOGIES
    if how.startswith(("in attendance", "attended")):
        return Attendance.Capacity.IN_ATTENDANCE
    if not how.startswith("present"):
        return None
    if "substitute" in role or "reserve" in role:
        return Attendance.Capacity.SUBSTITUTE
    is_officer = "officer" in role or "in attendance" in role
    return Attendance.Capacity.IN_ATTENDANCE if is_officer else Attendance.Capacity.PRESENT
