"""A document of the office comes in: it is checked, read for records, reviewed, and loaded once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from peelian.intake.tables import Rejected
from peelian.promises.models import ProgressUpdate, Promise
from peelian.received import operations, shelf
from peelian.received.forms import LineForm
from peelian.received.models import Document, Finding, Line, State, Step
from peelian.received.tables import trial
from peelian.record import files
from peelian.record.errors import Invalid, Refused
from peelian.record.models import Change
from peelian.record.scope import Scope
from tests.makers import CHRIS, PAT, ROBIN, make

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 1, 31)
HEAD = "Ref,Commitment,Supporting activity,Progress update,Oversight mechanism\n"
PLAN = (
    "Delivery plan as at 31 December 2024,,,,\n" + HEAD + "SAFER ROADS,,,,\n"
    "1.1,Fewer people hurt on the roads,1.1.1 Write a road safety strategy,"
    "Complete. It was approved in September 2024.,Road Safety Board\n"
    ",,1.1.2 Pay for speed watch kits,The kits will be handed out in October 2024.,"
    "Road Safety Board\n"
    "1.2,Speed limits that people keep to,1.2.1 Put cameras on the A999,On track.,Roads Group\n"
)


@pytest.fixture(autouse=True)
def data(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def plan() -> dict:
    """A plan with one objective on the record."""
    made = make("plan", reference="2024", title="Northshire plan")
    return {"plan": made, "roads": make("objective", parent=made, title="Safer roads")}


def receive(content: str = PLAN, name: str = "plan.csv", **more) -> Document:
    return operations.receive(name, content.encode(), by=PAT, as_at=DAY, **more)


def accept(document: Document, *tables: str) -> None:
    lines = [line for line in document.lines.all() if not tables or line.table in tables]
    operations.decide(lines, State.ACCEPTED, by=PAT)


def test_a_plan_becomes_lines_to_review_and_nothing_on_the_record(plan) -> None:
    before = Change.objects.count()
    document = receive()
    lines = list(shelf.lines_of(document, "delivery-plan"))
    assert [line.cells["activity_reference"] for line in lines] == ["1.1.1", "1.1.2", "1.2.1"]
    assert lines[0].cells["status"] == "complete"
    assert lines[2].cells["oversight"] == "Roads Group"
    assert all(line.place for line in lines)
    assert Change.objects.count() == before
    assert {line.state for line in lines} == {State.OPEN}


def test_the_findings_are_kept_with_their_places(plan) -> None:
    document = receive()
    [stale] = document.findings.filter(check_name="stale-future")
    assert "October 2024" in stale.said["quotation"]
    assert shelf.found_again(stale).place.origin.cell == "D5"


def test_accepted_lines_are_loaded_and_say_where_they_were_taken_from(plan) -> None:
    document = receive()
    accept(document)
    done = operations.load_lines(document, by=CHRIS)
    assert [one.table for one in done] == ["delivery-plan"]
    activity = Promise.objects.get(kind="activity", printed_reference="1.2.1")
    assert activity.parent.reference == "2024-1.2"
    change = Change.objects.filter(record_id=activity.pk).latest("pk")
    assert "plan.csv" in change.why
    assert document.lines.get(cells__activity_reference="1.2.1").place in change.why
    assert not document.lines.exclude(state=State.LOADED).exists()


def test_a_second_document_changes_lines_and_doubles_none(plan) -> None:
    first = receive()
    accept(first)
    operations.load_lines(first, by=CHRIS)
    counts = Promise.objects.count(), ProgressUpdate.objects.count()
    again = receive(PLAN.replace("A999", "A998"), name="plan-2.csv")
    accept(again)
    effects = trial(again, list(again.lines.all()), by=CHRIS)
    changed = {(e.kind.name, column) for e in effects for column, _old, _new in e.differences}
    assert ("activity", "Title") in changed
    assert not any(e.is_new for e in effects)
    assert (Promise.objects.count(), ProgressUpdate.objects.count()) == counts
    operations.load_lines(again, by=CHRIS)
    assert (Promise.objects.count(), ProgressUpdate.objects.count()) == counts
    assert Promise.objects.get(printed_reference="1.2.1").title == "Put cameras on the A998"


def test_an_update_of_a_later_day_is_added_beside_the_first(plan) -> None:
    first = receive()
    accept(first)
    operations.load_lines(first, by=CHRIS)
    later = receive(PLAN.replace("31 December 2024", "31 March 2025"), name="plan-2.csv")
    accept(later)
    operations.load_lines(later, by=CHRIS)
    days = ProgressUpdate.objects.values_list("as_at", flat=True)
    assert set(days) == {dt.date(2024, 12, 31), dt.date(2025, 3, 31)}


def test_a_trial_keeps_nothing(plan) -> None:
    document = receive()
    before = Change.objects.count(), Promise.objects.count()
    effects = trial(document, list(document.lines.all()), by=CHRIS)
    assert {e.kind.name for e in effects} == {"commitment", "activity", "update"}
    assert all(e.is_new for e in effects)
    assert (Change.objects.count(), Promise.objects.count()) == before


def test_a_rejected_line_is_not_loaded_and_a_corrected_one_as_corrected(plan) -> None:
    document = receive()
    first, second, third = shelf.lines_of(document, "delivery-plan")
    operations.correct(first, first.cells | {"activity": "Write the strategy"}, by=PAT)
    operations.decide([second], State.REJECTED, by=PAT)
    operations.decide([third], State.ACCEPTED, by=PAT)
    operations.load_lines(document, by=CHRIS)
    titles = set(Promise.objects.filter(kind="activity").values_list("title", flat=True))
    assert titles == {"Write the strategy", "Put cameras on the A999"}


def test_what_the_record_refuses_is_told_by_line_and_nothing_is_loaded(plan) -> None:
    document = receive()
    accept(document)
    line = shelf.lines_of(document, "delivery-plan")[1]
    operations.correct(line, line.cells | {"status": "nearly"}, by=PAT)
    with pytest.raises(Rejected) as refused:
        operations.load_lines(document, by=CHRIS)
    assert refused.value.problems[0].row == line.number
    assert not Promise.objects.exists()


@pytest.mark.parametrize("by", [ROBIN, PAT], ids=["reader", "policy officer"])
def test_only_one_who_may_approve_loads(plan, by) -> None:
    document = receive()
    accept(document)
    with pytest.raises(Refused):
        operations.load_lines(document, by=by)
    assert not Promise.objects.exists()


def test_a_reader_decides_nothing(plan) -> None:
    line = receive().lines.first()
    for act in (
        lambda: operations.decide([line], State.ACCEPTED, by=ROBIN),
        lambda: operations.correct(line, {}, by=ROBIN),
    ):
        with pytest.raises(Refused):
            act()
    assert Line.objects.get(pk=line.pk).state == State.OPEN


def test_a_loaded_line_is_changed_on_the_record_only(plan) -> None:
    document = receive()
    accept(document)
    operations.load_lines(document, by=CHRIS)
    line = document.lines.first()
    with pytest.raises(Refused):
        operations.correct(line, {"activity": "Other"}, by=PAT)
    assert operations.decide([line], State.REJECTED, by=PAT) == 0


def test_a_dismissed_finding_stays_dismissed_in_the_next_document_of_that_name(plan) -> None:
    finding = receive().findings.filter(check_name="stale-future").get()
    with pytest.raises(Invalid):
        operations.dismiss(finding, reason=" ", by=PAT)
    operations.dismiss(finding, reason="Known", by=PAT)
    again = receive().findings.get(fingerprint=finding.fingerprint)
    assert (again.reason, again.dismissed_by) == ("Known", PAT.name)
    assert shelf.report_of(again.document).dismissed
    operations.take_back(again, by=PAT)
    assert Finding.objects.get(pk=again.pk).dismissed_at is None


def test_what_cannot_be_read_is_refused_and_not_kept() -> None:
    with pytest.raises(Rejected):
        operations.receive("pack.pdf", b"%PDF-1.7 nothing more", by=PAT)
    assert not Document.objects.exists()


def test_what_is_forgotten_is_gone_and_what_was_loaded_stays(plan) -> None:
    document = receive()
    accept(document)
    operations.load_lines(document, by=CHRIS)
    digest, pk = document.sha256, document.pk
    operations.forget(document, by=PAT)
    assert not files.path_of(digest).exists()
    assert not Line.objects.exists()
    assert Promise.objects.exists()
    assert Step.objects.filter(document_id=pk).last().action == "forgotten"


def test_a_file_that_two_documents_share_is_kept_until_the_last_goes(plan) -> None:
    one, other = receive(), receive()
    operations.forget(one, by=PAT)
    assert files.path_of(other.sha256).exists()


def test_every_step_says_who_took_it(plan) -> None:
    document = receive()
    accept(document)
    operations.load_lines(document, by=CHRIS)
    said = list(Step.objects.filter(document_id=document.pk).values_list("action", "by"))
    assert said[0] == ("received", PAT.name)
    assert said[-1] == ("loaded", CHRIS.name)
    assert ("accepted", PAT.name) in said


def test_a_plan_of_another_office_leaves_this_one_s_lines_alone(plan) -> None:
    ours = receive()
    accept(ours)
    operations.load_lines(ours, by=CHRIS)
    other = PLAN.replace("SAFER ROADS", "CALMER TOWNS").replace(
        "1.1,Fewer people hurt on the roads", "1.1,Quieter nights in every market town"
    )
    other = other.replace(
        "1.2,Speed limits that people keep to", "1.2,Shops that are not stolen from"
    )
    theirs = receive(other, name="theirs.csv")
    accept(theirs)
    effects = trial(theirs, list(theirs.lines.all()), by=CHRIS)
    assert all(effect.is_new for effect in effects)
    assert {e.kind.name for e in effects} >= {"plan", "objective", "commitment", "activity"}


def test_what_gets_another_reference_is_called_so_in_every_line(db) -> None:
    document = receive()
    line = document.lines.get(table="plans")
    old = line.cells["reference"]
    operations.correct(line, line.cells | {"reference": "2025-plan"}, by=PAT)
    objective = document.lines.get(table="objectives")
    assert objective.cells["plan"] == "2025-plan"
    assert objective.cells["reference"] == "2025-plan-1"
    cells = [one.cells for one in shelf.lines_of(document, "delivery-plan")]
    assert {c["objective"] for c in cells} == {"2025-plan-1"}
    assert old not in str(cells)
    accept(document)
    operations.load_lines(document, by=CHRIS)
    assert Promise.objects.filter(reference="2025-plan-1.1").exists()


def test_a_line_is_matched_to_a_record_that_is_there(plan) -> None:
    known = make("oversight-mechanism", reference="roads", title="Roads Safety Board")
    text = "Board,Purpose,How often it meets\nSafer Roads Board,Looks at roads,Quarterly\n"
    text += "Custody Board,Looks at custody,Monthly\nBudget Board,Looks at money,Monthly\n"
    document = receive(text, name="boards.csv")
    line = document.lines.filter(table="oversight-mechanisms").first()
    form = LineForm(line, Scope(CHRIS), line.cells | {"match": "roads"})
    assert form.is_valid(), form.errors
    operations.correct(line, form.cells(), by=CHRIS)
    effects = trial(document, [line], by=CHRIS)
    assert [e.reference for e in effects] == [known.reference]
    assert not effects[0].is_new
