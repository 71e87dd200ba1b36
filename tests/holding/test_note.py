"""The note: what it holds, who lets it out, and the duty that is met by it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from peelian.blocks import from_json, text
from peelian.duties.kinds import PROOF
from peelian.holding.answering import record_answer
from peelian.holding.kinds import ANSWER, ENQUIRY, NOTE, THEME
from peelian.holding.news import notes_of
from peelian.holding.operations import publish_note, send_note
from peelian.promises.kinds import UNDERTAKING
from peelian.record.access import Command
from peelian.record.errors import Refused
from peelian.record.models import Attachment, Status
from peelian.record.operations import release, withdraw
from peelian.record.scope import PUBLIC
from tests.holding.conftest import observe
from tests.makers import CHRIS, PAT, amend, make

SAID = {"text": "By the summer.", "outcome": "partly", "finding": "It is late."}
PROMISED = {"title": "Monthly figures", "due": dt.date(2020, 3, 31)}
KEY = "house-rounds/2020-02/holding-to-account"


@pytest.fixture
def answer(enquiry: Any) -> Any:
    return record_answer(enquiry, SAID, version=None, promised=PROMISED, by=PAT)


def words(note: Any) -> str:
    snapshot = note.waiting() or note.issued()
    return text(from_json(snapshot.content.encode()))


def test_the_note_tells_what_was_asked_answered_found_and_promised(
    office: Any, answer: Any
) -> None:
    make("public-question", parent=office.asked, question="Who answers at night?", answer="We do.")
    said = words(send_note(office.asked, introduction="The board met.", by=PAT))
    for told in (
        "The board met.",
        "Calls",
        "When will nine in ten be answered?",
        "By the summer.",
        "Partly assured",
        "It is late.",
        "Monthly figures (due 31 March 2020)",
        "Who answers at night?",
    ):
        assert told in said


def test_nothing_of_it_is_public_before_somebody_else_lets_it_out(office: Any, answer: Any) -> None:
    note = send_note(office.asked, by=PAT)
    for kind in (THEME, ENQUIRY, ANSWER, NOTE, UNDERTAKING):
        assert not PUBLIC.of(kind).exists(), kind.name
    with pytest.raises(Refused, match="Someone other"):
        publish_note(note, by=PAT)
    assert not PUBLIC.of(NOTE).exists()
    publish_note(note, by=CHRIS)
    for kind in (THEME, ENQUIRY, ANSWER, NOTE, UNDERTAKING):
        assert PUBLIC.of(kind).count() == 1, kind.name


def test_publishing_it_shows_the_duty_of_the_month_met_and_only_once(
    office: Any, answer: Any
) -> None:
    note = publish_note(send_note(office.asked, by=PAT), by=CHRIS)
    proof = PROOF.all().get()
    assert (proof.key, proof.evidence_id, proof.met_on) == (KEY, note.pk, dt.date(2020, 3, 2))
    again = send_note(office.asked, introduction="Once more.", by=PAT)
    publish_note(again, by=CHRIS)
    assert PROOF.all().count() == 1


def test_an_office_without_the_duty_needs_no_proof(office: Any, answer: Any, settings: Any) -> None:
    settings.OFFICE = settings.OFFICE | {"body_model": "mayor"}
    publish_note(send_note(office.asked, by=PAT), by=CHRIS)
    assert not PROOF.all().exists()


def test_a_further_issue_waits_while_the_public_reads_the_first(office: Any, answer: Any) -> None:
    note = publish_note(send_note(office.asked, by=PAT), by=CHRIS)
    waiting = send_note(office.asked, introduction="Once more.", by=PAT)
    assert (note.issue, waiting.issue, waiting.waiting().number) == (1, 1, 2)
    assert "Once more." not in text(from_json(waiting.issued().content.encode()))
    assert publish_note(waiting, by=CHRIS).issue == 2


def test_what_changed_after_it_was_written_has_to_be_read_again(office: Any, answer: Any) -> None:
    note = send_note(office.asked, by=PAT)
    amend(ANSWER.all().get(), text="Never.")
    with pytest.raises(Refused, match="changed"):
        publish_note(note, by=CHRIS)
    again = send_note(office.asked, by=PAT)
    assert "Never." in words(publish_note(again, by=CHRIS))


def test_a_change_of_what_is_public_is_approved_first(office: Any, answer: Any) -> None:
    publish_note(send_note(office.asked, by=PAT), by=CHRIS)
    amend(ANSWER.all().get(), text="Never.")
    with pytest.raises(Refused, match="Approve the change"):
        send_note(office.asked, by=PAT)


def test_there_is_no_note_without_an_answer_or_of_a_meeting_that_is_not_public(
    office: Any, enquiry: Any
) -> None:
    with pytest.raises(Refused, match="No answer"):
        send_note(office.asked, by=PAT)
    record_answer(enquiry, SAID, version=None, by=PAT)
    withdraw(office.asked, by=CHRIS, why="Wrong day")
    with pytest.raises(Refused, match="Publish the meeting"):
        send_note(office.asked, by=PAT)
    assert not NOTE.all().exists()


def test_nothing_is_published_where_nothing_waits(office: Any, answer: Any) -> None:
    note = publish_note(send_note(office.asked, by=PAT), by=CHRIS)
    with pytest.raises(Refused, match="No note waits"):
        publish_note(note, by=Command("robin", ("chief_executive",)))


@pytest.mark.parametrize("which", ["theme", "enquiry", "answer"])
def test_what_is_for_the_office_only_stays_out_of_it_and_unpublished(
    office: Any, theme: Any, enquiry: Any, which: str
) -> None:
    second = make("enquiry", parent=theme, number=2, title="And at night?", status="draft")
    record_answer(enquiry, SAID, version=None, promised=PROMISED, by=PAT)
    record_answer(second, {"text": "Aloud.", "outcome": "assured"}, version=None, by=PAT)
    hidden = {"theme": theme, "enquiry": enquiry, "answer": ANSWER.all().get(parent=enquiry)}[which]
    amend(hidden, audience="office")
    if which == "theme":
        other = make("theme", status="draft", meeting=office.asked, title="Roads")
        third = make("enquiry", status="draft", parent=other, reference="roads.1")
        record_answer(third, {"text": "Slower.", "outcome": "assured"}, version=None, by=PAT)
    note = publish_note(send_note(office.asked, by=PAT), by=CHRIS)
    assert "By the summer." not in words(note)
    hidden.refresh_from_db()
    assert hidden.status != Status.PUBLISHED


def test_a_withdrawn_note_comes_back_only_as_it_is_written_anew(office: Any, answer: Any) -> None:
    note = withdraw(publish_note(send_note(office.asked, by=PAT), by=CHRIS), by=CHRIS, why="Wrong")
    with pytest.raises(Refused, match="No note waits"):
        publish_note(note, by=CHRIS)
    assert publish_note(send_note(office.asked, by=PAT), by=CHRIS).status == Status.PUBLISHED


def test_it_names_nothing_else_that_is_not_public(office: Any, theme: Any, enquiry: Any) -> None:
    observe(office.measure, office.area, [70.0] * 26)
    objective = make("objective", parent=office.plan, title="Not yet told", status="draft")
    person = make("person", title="Nobody Known", status="draft")
    amend(theme, objective=objective)
    record_answer(enquiry, SAID | {"answered_by": person}, version=None, by=PAT)
    assert "70% (January 2020)" in words(send_note(office.asked, by=PAT))
    withdraw(office.measure, by=CHRIS, why="Counted wrongly")
    said = words(send_note(office.asked, by=PAT))
    assert "70%" not in said
    assert "Not yet told" not in said
    assert "Nobody Known" not in said


def test_those_who_follow_the_board_are_told_of_each_issue_once(office: Any, answer: Any) -> None:
    note = send_note(office.asked, by=PAT)
    assert list(notes_of(office.board)) == []
    publish_note(note, by=CHRIS)
    publish_note(send_note(office.asked, introduction="Put right.", by=PAT), by=CHRIS)
    [told] = notes_of(office.board)
    assert told.title == "Note changed: Board in February"
    assert told.key.endswith("/2")


def test_its_pdf_is_kept_with_each_issue(office: Any, answer: Any) -> None:
    note = send_note(office.asked, by=PAT)
    [kept] = Attachment.objects.filter(record=note)
    assert (kept.name, kept.media_type) == (f"note-{note.reference}-issue-1.pdf", "application/pdf")


def test_a_note_never_tells_of_an_earlier_answer_that_is_not_public(
    office: Any, enquiry: Any
) -> None:
    earlier = make("enquiry", parent=make("theme", meeting=office.before))
    told = make("answer", parent=earlier, meeting=office.before, status="draft")
    amend(enquiry, follows=earlier)
    record_answer(enquiry, SAID, version=None, by=PAT)
    assert "Asked before" not in words(send_note(office.asked, by=PAT))
    release(told, by=CHRIS)
    assert "Asked before, on 26 November 2019" in words(send_note(office.asked, by=PAT))
