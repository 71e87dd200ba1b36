"""The note of a meeting's decisions: what stands in it, and the day on which it must be out."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone

from peelian.duties.calendar import due_between
from peelian.meetings.models import Minute
from peelian.meetings.note_operations import make_note
from peelian.record import operations
from peelian.record.errors import Invalid, Refused
from peelian.record.scope import PUBLIC
from tests.makers import CHRIS, PAT, amend, make, make_user
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(settings: Any, on_day: Any) -> Any:
    on_day("2026-06-03")
    body = make("body", reference=settings.OFFICE["panel"], form="panel", title="The Panel")
    return make("meeting", body=body, held_on=dt.date(2026, 6, 1), title="June")


@pytest.fixture
def minuted(meeting: Any) -> Any:
    ann, bob = make("person", title="Ann Ash"), make("person", title="Bob Birch")
    make("attendance", parent=meeting, person=ann, title="", status="draft")
    make("attendance", parent=meeting, person=bob, capacity="apologies", title="")
    make("declaration", parent=meeting, person=ann, title="", interest="Owns a field.")
    decided = {"decision": "To support the precept.", "text": "They spoke at length."}
    minute = make("minute", parent=meeting, number=1, title="Precept", status="draft", **decided)
    make("minute", parent=meeting, number=2, title="Roads", text="Noted.")
    hidden = {"decision": "Something of the office.", "audience": "office"}
    make("minute", parent=meeting, number=3, title="Staff", **hidden)
    make("vote", parent=minute, motion="That it be supported.", hands_for=7, hands_against=2)
    return meeting


def out(note: Any) -> Any:
    operations.submit(note, by=PAT)
    return operations.release(note, by=CHRIS)


def test_the_note_says_who_was_there_what_was_decided_and_how_it_was_voted(minuted: Any) -> None:
    note = make_note(minuted, by=PAT)
    assert read("/meetings/" + minuted.reference + "/").words.count("Note of decisions") == 0
    out(note)
    page = read(note.get_absolute_url())
    for words in (
        "Ann Ash",
        "Apologies",
        "Bob Birch",
        "Owns a field.",
        "To support the precept.",
        "Carried: That it be supported. 7 voted for, 2 against, 0 abstained.",
    ):
        assert words in page.words, words
    for hidden in ("They spoke at length", "Something of the office", "Roads"):
        assert hidden not in page.words
    assert page.queries <= 12
    assert note.get_absolute_url() in read(minuted.get_absolute_url()).html


def test_its_pdf_is_tagged_and_has_a_title_and_a_language(minuted: Any) -> None:
    note = out(make_note(minuted, by=PAT))
    response = Client().get(f"/decision-notes/{note.reference}/note.pdf")
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("en")
        assert "Note of decisions" in str(pdf.docinfo["/Title"])


def test_a_meeting_without_anything_says_so(meeting: Any) -> None:
    note = out(make_note(meeting, by=PAT))
    said = read(note.get_absolute_url()).words
    for words in ("No attendance", "No declaration", "No decision", "No vote"):
        assert words in said


def test_a_new_issue_waits_while_the_public_reads_the_old_one(minuted: Any) -> None:
    note = out(make_note(minuted, by=PAT))
    first = Client().get(f"/decision-notes/{note.reference}/note.pdf").content
    minute = Minute.objects.get(number=1)
    operations.edit(minute, {"decision": "To reject it."}, version=minute.version, by=PAT)
    again = make_note(minuted, by=PAT)
    assert "To support the precept." in read(again.get_absolute_url()).words
    assert Client().get(f"/decision-notes/{again.reference}/note.pdf").content == first
    operations.submit(again, by=PAT)
    operations.approve(again, by=CHRIS)
    assert "To reject it." in read(again.get_absolute_url()).words


def test_no_note_before_the_meeting_or_of_one_that_is_not_public(meeting: Any) -> None:
    planned = make("meeting", body=meeting.body, held_on=dt.date(2026, 7, 1), state="planned")
    secret = make("meeting", body=meeting.body, held_on=dt.date(2026, 5, 1), status="draft")
    off = make("meeting", body=meeting.body, held_on=dt.date(2026, 5, 2), state="cancelled")
    for one in (planned, secret, off):
        with pytest.raises(Refused):
            make_note(one, by=PAT)


@pytest.mark.parametrize("published", [True, False])
def test_in_wales_the_note_itself_meets_the_duty_on_the_day_it_is_public(
    minuted: Any, settings: Any, published: bool
) -> None:
    settings.OFFICE = settings.OFFICE | {"jurisdiction": "Wales"}
    note = make_note(minuted, by=PAT)
    if published:
        out(note)
    first, last = dt.date(2026, 4, 1), dt.date(2027, 3, 31)
    found = due_between(first, last, scope=PUBLIC, today=dt.date(2026, 6, 5))
    [duty] = [one for one in found if one.rule.name == "decision-note-wales"]
    assert duty.occurrence.due == dt.date(2026, 6, 9)
    assert (duty.is_closed, duty.met_on) == (published, timezone.localdate() if published else None)
    said = read(note.get_absolute_url()).words if published else ""
    assert ("section 100C(1C)" in said) is published


@pytest.mark.parametrize(
    ("role", "status"),
    [("reader", 403), ("analyst", 403), ("panel_officer", 302), ("chief_executive", 302)],
)
def test_who_may_make_a_note(minuted: Any, role: str, status: int) -> None:
    client = Client()
    client.force_login(make_user("one", role))
    address = f"/office/meetings/{minuted.reference}/decisions/make/"
    assert client.post(address).status_code == status
    assert client.get(minuted.get_office_url()).content.decode().count(address) == (status == 302)


def test_a_minutes_decision_is_written_on_the_page_where_minutes_are_taken(meeting: Any) -> None:
    client = Client()
    client.force_login(make_user("sam", "panel_officer"))
    said = {"line": "further", "title": "Roads", "text": "Noted.", "decision": "To ask again."}
    client.post(f"/office/meetings/{meeting.reference}/minutes/write/", said)
    minute = Minute.objects.get()
    assert minute.decision == "To ask again."
    page = client.get(f"/office/meetings/{meeting.reference}/minutes/").content.decode()
    assert "To ask again.</textarea>" in page


def test_the_decision_of_a_confirmed_minute_stays(meeting: Any) -> None:
    minute = make("minute", parent=meeting, decision="To wait.")
    meeting.refresh_from_db()
    amended = {"minutes_stage": "confirmed", "confirmed_on": dt.date(2026, 6, 2)}
    operations.edit(meeting, amended, version=meeting.version, by=PAT)
    operations.submit(meeting, by=PAT)
    operations.approve(meeting, by=CHRIS)
    with pytest.raises(Invalid, match="confirmed and stays"):
        amend(minute, decision="To act.")
