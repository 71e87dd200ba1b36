"""Every operation names who acts, and leaves a change that names them too."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

import peelian
from peelian.blocks import Document
from peelian.checks import findings
from peelian.documents import pdf
from peelian.duties.operations import prove_by, record_proof
from peelian.exempt.models import Reading
from peelian.exempt.operations import keep_exempt_file, keep_exempt_part, note_reading
from peelian.figures.operations import issue_edition, publish_edition, submit_edition
from peelian.holding.answering import record_answer
from peelian.holding.operations import publish_note, send_note
from peelian.holding.picking import pick_evidence
from peelian.inspections import operations as inspections
from peelian.law.dates import FinancialYear
from peelian.meetings import following, minutes, programme_moves, programme_slots
from peelian.meetings.minute_taking import Came, declare, record_attendance, write_minute
from peelian.meetings.models import Submission
from peelian.meetings.note_operations import make_note
from peelian.meetings.operations import begin_agenda, move_item, publish_agenda, send_agenda
from peelian.meetings.submissions import decide
from peelian.packs.operations import build
from peelian.papers import operations as papers
from peelian.processes import operations as processes
from peelian.processes.declared import process_named
from peelian.promises import new_plan, plan_life
from peelian.promises import operations as promises
from peelian.promises.comments import comment
from peelian.promises.models import Comment
from peelian.publication import operations as publication
from peelian.publication.models import Visit
from peelian.received import operations as received
from peelian.received.models import Step
from peelian.record import disposal, files, operations
from peelian.record.access import Command
from peelian.record.kinds import kind_named
from peelian.record.models import Acknowledgement, Change, Record
from peelian.record.writing import unexplained
from peelian.reports import operations as reports
from peelian.retention import operations as retention
from peelian.retention.models import Hold, Lifting
from peelian.rounds import operations as rounds
from peelian.rounds.models import Answer
from peelian.transparency.operations import issue_notice
from peelian.transparency.spending import decide_recipients, load_spending
from peelian.transparency.spending_file import Export, Line
from peelian.transparency.staff import keep_staff_counts
from peelian.transparency.staff_views import COUNTED
from tests.documents.test_supplied import supplied
from tests.every.addresses import a_document
from tests.every.world import one_of_each
from tests.makers import CHRIS, DAY, PAT, amend, make, make_all, make_tree
from tests.rounds.invited import an_invitation

pytestmark = pytest.mark.django_db

BY = Command("somebody", ("administrator",))
AS_AT = dt.date(2020, 3, 31)


def _update(status: str) -> Any:
    return make("update", parent=make("activity"), as_at=AS_AT, status=status)


def _an_edition() -> Any:
    return issue_edition(DAY.replace(day=1), form="quarterly", known=DAY, by=BY)


def _a_new_file() -> files.NewFile:
    content = pdf.render(Document("A paper", "The office", DAY, ()))
    return files.NewFile("paper.pdf", content, "A paper")


def _a_file() -> Any:
    return files.attach(make("plan"), _a_new_file(), by=BY)


def _spending() -> Any:
    line = Line(2, "Ann Lee", Decimal(900), DAY, "Advice", "", "commissioner", "")
    return load_spending(Export([line], 0, ()), DAY, file="january.csv", by=BY)[0]


def _recorded() -> Any:
    said = {"progress": "on_track", "text": "Begun."}
    return promises.record_update(make("activity"), as_at=AS_AT, version=None, by=BY, **said)


def _moved(by: Command) -> Any:
    to = make("objective")
    return plan_life.move_promise(make("commitment"), to=to, day=DAY, why="Fits there", by=by)


def _next_plan(by: Command = PAT) -> Any:
    old = make("commitment").parent.parent
    said = {"reference": "2021", "title": "Next", "starts_on": DAY, "objectives": ["Safer"]}
    return new_plan.begin_plan(kind_named("plan").all().get(pk=old.pk), by=by, **said)


def _carried(plan: Any, by: Command = PAT) -> Any:
    choices = [new_plan.Choice(one, None, "Done") for one in new_plan.to_carry(plan)]
    new_plan.carry_over(plan, choices, with_activities=True, by=by)
    return plan


def _published_plan() -> Any:
    plan = _carried(_next_plan())
    new_plan.send_plan(plan, by=PAT)
    return new_plan.publish_plan(kind_named("plan").all().get(pk=plan.pk), by=BY)


def _ended() -> Any:
    old = make("plan")
    make("plan", replaces=old, starts_on=DAY)
    return new_plan.end_plan(old, by=BY)


def _placed() -> Any:
    panel = make("body", form="panel", reference="west-mercia-pcp")
    make("meeting", body=panel, held_on=dt.date(2040, 2, 2), state="planned")
    return programme_slots.place_slots(FinancialYear(2039), by=BY)


def _minuted(stage: str) -> Any:
    """Return a meeting with a minute, its minutes at a stage of their life."""
    confirmed = {"confirmed_on": AS_AT} if stage == "confirmed" else {}
    held = make("meeting", body=make("body"), minutes_stage=stage, **confirmed)
    if stage != "confirmed":
        make("minute", parent=held)
    return held


def _submitted() -> Submission:
    form, meeting = Submission.Form.QUESTION, make("meeting")
    return Submission.objects.create(
        form=form,
        meeting=Record.objects.get(pk=meeting.pk),
        text="When?",
        ends_on=DAY,
        confirmed_at=timezone.now(),
    )


def _later(held: Any) -> Any:
    return make("meeting", body=held.body, held_on=AS_AT)


def _a_round() -> Any:
    make("publication-place")
    return publication.watch(by=BY, only_here=True)


def _destroyed(record: Any) -> Any:
    return disposal.destroy(record, seen=disposal.contents_of(record).sha256, by=BY, why="Over")


def _a_hold() -> Hold:
    values = {"title": "A claim", "why": "Not settled", "kind": "clock", "starts_on": DAY}
    return retention.place_hold(values, by=BY)


def _proposed(by: Command) -> Any:
    clock = make("clock", opened_on=dt.date(2012, 1, 1))
    return retention.propose([clock], by=by, why="Over")


def _an_agenda() -> Any:
    meeting = make("meeting", state="planned")
    make("work-programme-item", meeting=meeting)
    return begin_agenda(meeting, by=BY)


def _precept() -> Any:
    return process_named("precept")


def _an_enquiry() -> Any:
    theme = make("theme", meeting=make("meeting"))
    return make("enquiry", parent=theme)


def _an_answered_meeting() -> Any:
    enquiry = _an_enquiry()
    record_answer(enquiry, {"text": "Yes.", "outcome": "assured"}, version=None, by=PAT)
    return kind_named("meeting").all().get()


def _second_item() -> Any:
    meeting = make("meeting", state="planned")
    return [make("agenda-item", parent=meeting, number=n) for n in (1, 2)][1]


# Each operation there is, done once by somebody.
ONCE: dict[str, Callable[[], Any]] = {
    "record.operations.create": lambda: make("plan", status="draft", by=BY),
    "record.operations.edit": lambda: amend(make("plan"), by=BY, title="Another"),
    "record.operations.submit": lambda: operations.submit(make("plan", status="draft"), by=BY),
    "record.operations.approve": lambda: operations.approve(
        make("plan", status="in_review"), by=BY
    ),
    "record.operations.send_back": lambda: operations.send_back(
        make("plan", status="in_review"), by=BY, why="Unclear"
    ),
    "record.operations.discard": lambda: operations.discard(
        amend(make("plan"), title="Another"), by=BY
    ),
    "record.operations.publish": lambda: operations.publish(make("plan", status="approved"), by=BY),
    "record.operations.release": lambda: operations.release(make("plan", status="draft"), by=BY),
    "record.operations.withdraw": lambda: operations.withdraw(make("plan"), by=BY, why="Wrong"),
    "record.operations.reopen": lambda: operations.reopen(make("plan", status="withdrawn"), by=BY),
    "record.operations.delete": lambda: operations.delete(
        make("plan", status="draft"), by=BY, why="Twice"
    ),
    "record.operations.bring_in": lambda: operations.bring_in(
        kind_named("plan"), {"reference": "2021", "title": "New"}, by=BY, why="plans.csv"
    ),
    "record.files.attach": _a_file,
    "promises.operations.open_round": lambda: promises.open_round(
        make("plan"), as_at=AS_AT, closes_on=AS_AT, by=BY
    ),
    "promises.operations.record_update": _recorded,
    "promises.operations.submit_updates": lambda: promises.submit_updates(
        [_update("draft")], by=BY
    ),
    "promises.operations.approve_updates": lambda: promises.approve_updates(
        [_update("in_review")], by=BY
    ),
    "promises.operations.close_promise": lambda: promises.close_promise(
        make("activity"), evidence="Seen", closed_on=DAY, by=BY
    ),
    "promises.plan_life.move_promise": lambda: _moved(BY),
    "promises.plan_life.merge_promises": lambda: plan_life.merge_promises(
        make("commitment"), into=make("commitment"), day=DAY, why="The same", by=BY
    ),
    "promises.plan_life.supersede_promise": lambda: plan_life.supersede_promise(
        make("activity"), superseded_by=make("activity"), day=DAY, why="Better", by=BY
    ),
    "promises.plan_life.settle": lambda: plan_life.settle(_moved(PAT), by=BY),
    "promises.plan_life.move_plan": lambda: plan_life.move_plan(
        make("plan"), stage="review", on=DAY, by=BY
    ),
    "promises.new_plan.begin_plan": lambda: _next_plan(BY),
    "promises.new_plan.carry_over": lambda: _carried(_next_plan(), BY),
    "promises.new_plan.take_back": lambda: new_plan.take_back(
        new_plan.carried_into(_carried(_next_plan()))[0], by=BY
    ),
    "promises.new_plan.send_plan": lambda: new_plan.send_plan(_next_plan(), by=BY),
    "promises.new_plan.publish_plan": _published_plan,
    "promises.new_plan.end_plan": _ended,
    "promises.comments.comment": lambda: comment(
        make("update", parent=make("activity")), text="Which board?", by=BY
    ),
    "rounds.operations.take_answer": lambda: rounds.take_answer(
        *an_invitation(),
        progress="on_track",
        text="Begun.",
        release="public",
        version=None,
        way="link",
        by=BY,
    ),
    "rounds.operations.decline": lambda: rounds.decline(
        *an_invitation(), reason="It is another's", way="link", by=BY
    ),
    "meetings.operations.begin_agenda": _an_agenda,
    "meetings.operations.send_agenda": lambda: send_agenda(make("meeting", status="draft"), by=BY),
    "meetings.operations.publish_agenda": lambda: publish_agenda(
        make("meeting", status="draft"), by=BY
    ),
    "meetings.operations.move_item": lambda: move_item(_second_item(), up=True, by=BY),
    "meetings.following.give": lambda: following.give(
        kind_named("undertaking"), make("minute"), {"title": "Write"}, by=BY
    ),
    "meetings.following.answer": lambda: following.answer(
        make("recommendation"), answer="noted", response="Yes.", responded_on=DAY, by=BY
    ),
    "meetings.following.close": lambda: following.close(
        make("undertaking"), evidence="Seen", closed_on=DAY, to_report=True, by=BY
    ),
    "meetings.following.minute_closing": lambda: following.minute_closing(
        make("undertaking", progress="complete"), closed_at=make("minute"), by=BY
    ),
    "meetings.programme_moves.move_item": lambda: programme_moves.move_item(
        make("work-programme-item", month=DAY), None, version=4, by=BY, why="It can wait"
    ),
    "meetings.programme_slots.place_slots": lambda: _placed()[0],
    "meetings.minutes.send_to_chair": lambda: minutes.send_to_chair(_minuted("writing"), by=BY),
    "meetings.minutes.return_to_writer": lambda: minutes.return_to_writer(
        _minuted("with_chair"), by=BY, why="Too long"
    ),
    "meetings.minutes.publish_draft": lambda: minutes.publish_draft(_minuted("with_chair"), by=BY),
    "meetings.minutes.confirm": lambda: minutes.confirm(
        held := _minuted("published"), at=_later(held), by=BY
    ),
    "meetings.minutes.correct": lambda: minutes.correct(
        minutes.Correction(
            make_all("minute", {"parent": (held := _minuted("confirmed"))})[0], "", "More"
        ),
        at=make("minute", parent=_later(held), number=400),
        by=BY,
    ),
    "meetings.minutes.sign": lambda: minutes.sign(
        _minuted("confirmed"), signed_by=make("person"), signed_on=AS_AT, by=BY
    ),
    "meetings.minute_taking.write_minute": lambda: write_minute(
        _minuted("writing"), None, title="More", text="More.", version=None, by=BY
    ),
    "meetings.minute_taking.record_attendance": lambda: record_attendance(
        _minuted("writing"), [Came(make("person"), "present")], by=BY
    ),
    "processes.operations.begin": lambda: processes.begin(_precept(), year=2019, by=BY),
    "processes.operations.record_event": lambda: processes.record_event(
        make("process"), "panel_report_received", on=DAY, by=BY
    ),
    "processes.operations.choose_meeting": lambda: processes.choose_meeting(
        make("process"), make("meeting"), second=False, by=BY
    ),
    "processes.operations.record_outcome": lambda: processes.record_outcome(
        make("process"), {"finding": "support"}, by=BY
    ),
    "meetings.note_operations.make_note": lambda: make_note(make("meeting"), by=BY),
    "meetings.submissions.decide": lambda: decide(_submitted(), by=BY),
    "inspections.operations.begin_response": lambda: inspections.begin_response(
        make("inspection"), by=BY
    ),
    "inspections.operations.answer_finding": lambda: inspections.answer_finding(
        make("finding"), answer="noted", text="Yes.", version=None, by=BY
    ),
    "inspections.operations.submit_response": lambda: inspections.submit_response(
        make("inspection-response", status="draft"), by=BY
    ),
    "inspections.operations.approve_response": lambda: inspections.approve_response(
        make("inspection-response", status="in_review"), by=BY
    ),
    "inspections.operations.publish_response": lambda: inspections.publish_response(
        make("inspection-response", status="approved"), by=BY
    ),
    "meetings.minute_taking.declare": lambda: declare(
        held := _minuted("writing"), held, {"person": make("person"), "form": "other"}, by=BY
    ),
    "figures.operations.issue_edition": _an_edition,
    "checks.findings.acknowledge": lambda: findings.acknowledge(
        findings.Finding(make("plan"), "Plan", "", "", ""), by=BY, reason="It may stand"
    ),
    "figures.operations.submit_edition": lambda: submit_edition(
        make("edition", status="draft"), by=BY
    ),
    "figures.operations.publish_edition": lambda: publish_edition(
        make("edition", status="in_review"), by=BY
    ),
    "transparency.operations.issue_notice": lambda: issue_notice(make("decision"), by=BY),
    "exempt.operations.keep_exempt_part": lambda: keep_exempt_part(
        make("decision"), text="Exempt", ground="s.31", by=BY
    ),
    "exempt.operations.keep_exempt_file": lambda: keep_exempt_file(
        make("decision"), _a_new_file(), by=BY
    ),
    "exempt.operations.note_reading": lambda: note_reading(
        make("decision"), Reading.Form.READ, by=BY
    ),
    "transparency.staff.keep_staff_counts": lambda: keep_staff_counts(
        make("staff-count"), dict.fromkeys(COUNTED, 41), by=BY
    ),
    "transparency.spending.load_spending": lambda: _spending(),
    "transparency.spending.decide_recipients": lambda: decide_recipients(
        _spending(), {"Ann Lee": "shown"}, by=BY
    ),
    "publication.operations.watch": _a_round,
    "publication.operations.keep_visits": _a_round,
    "duties.operations.record_proof": lambda: record_proof(
        {"key": "precept/2018-19/panel-report", "met_on": DAY, "letter": "Minute 7"}, by=BY
    ),
    "duties.operations.prove_by": lambda: prove_by(
        make("inspection"), {"precept/2018-19/panel-report": DAY}, by=BY, why="It was published"
    ),
    "record.disposal.destroy": lambda: _destroyed(make("undertaking")),
    "retention.operations.place_hold": lambda: _a_hold(),
    "retention.operations.lift_hold": lambda: retention.lift_hold(_a_hold(), by=BY, why="Settled"),
    "retention.operations.propose": lambda: _proposed(BY),
    "retention.operations.keep_after_all": lambda: retention.keep_after_all(
        _proposed(PAT), by=BY, why="Still needed"
    ),
    "retention.operations.dispose_of": lambda: retention.dispose_of(_proposed(PAT), by=BY),
    "holding.answering.record_answer": lambda: record_answer(
        _an_enquiry(), {"text": "Yes.", "outcome": "assured"}, version=None, by=BY
    ),
    "holding.picking.pick_evidence": lambda: pick_evidence(
        make("theme"), chosen=(), offered={make("measure").pk: True}, by=BY
    ),
    "holding.operations.send_note": lambda: send_note(_an_answered_meeting(), by=BY),
    "holding.operations.publish_note": lambda: publish_note(
        send_note(_an_answered_meeting(), by=PAT), by=BY
    ),
    "papers.operations.keep_file": lambda: papers.keep_file(
        make("paper"), "paper.pdf", supplied(1), by=BY
    ),
    "papers.operations.drop_file": lambda: papers.drop_file(
        papers.keep_file(make("paper", status="draft"), "paper.pdf", supplied(1), by=PAT), by=BY
    ),
    "papers.operations.ask_for_sign_offs": lambda: papers.ask_for_sign_offs(make("paper"), by=BY),
    "papers.operations.sign": lambda: papers.sign(
        make("sign-off", status="draft", signed_on=None), by=BY
    ),
    "reports.operations.start_report": lambda: reports.start_report(
        make("plan"), form="monitoring", since=DAY, until=DAY, by=BY
    ),
    "reports.operations.choose_examples": lambda: reports.choose_examples(
        make("report"), {make("activity"): "Many ask about it."}, by=BY
    ),
    "reports.operations.build": lambda: reports.build(make("report"), by=BY),
    "packs.operations.build": lambda: build(make("meeting"), by=BY, reason="A test"),
    "received.operations.receive": lambda: received.receive("notes.txt", b"Nothing much.", by=BY),
    "received.operations.dismiss": lambda: received.dismiss(
        a_document().findings.get(), reason="It may stand", by=BY
    ),
    "received.operations.take_back": lambda: received.take_back(a_document().findings.get(), by=BY),
    "received.operations.decide": lambda: received.decide(
        a_document().lines.all(), "rejected", by=BY
    ),
    "received.operations.correct": lambda: received.correct(
        a_document().lines.get(), {"update": "Done."}, by=BY
    ),
    "received.operations.load_lines": lambda: received.load_lines(a_document(), by=BY),
    "received.operations.forget": lambda: received.forget(a_document(), by=BY),
}


def _every_operation() -> dict[str, Callable[..., Any]]:
    """Return every public verb: what `operation` decorates, and what takes `by` beside those."""
    found: dict[str, Callable[..., Any]] = {}
    for module in pkgutil.walk_packages(peelian.__path__, "peelian."):
        if "migrations" in module.name:
            continue
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if name.startswith("_") or function.__module__ != module.name:
                continue
            is_verb = module.name.endswith(".operations") and name in _verbs(loaded)
            if is_verb or _is_operation(function):
                found[f"{module.name.removeprefix('peelian.')}.{name}"] = function
    return found


def _is_operation(function: Any) -> bool:
    return hasattr(function, "__wrapped__") and "operation" in _decorators(function)


def _decorators(function: Any) -> set[str]:
    source = inspect.getsource(function.__wrapped__)
    above = source.partition("\ndef ")[0].split("\n")
    return {line.lstrip("@").rpartition(".")[2] for line in above if line.startswith("@")}


def _verbs(module: Any) -> set[str]:
    """Return the functions of a module of verbs that take who acts."""
    functions = inspect.getmembers(module, inspect.isfunction)
    return {name for name, f in functions if "by" in inspect.signature(f).parameters}


def test_the_table_above_holds_every_operation() -> None:
    assert set(_every_operation()) == set(ONCE)


@pytest.mark.parametrize("name", ONCE)
def test_who_acts_is_said_by_keyword(name: str) -> None:
    by = inspect.signature(_every_operation()[name]).parameters["by"]
    assert by.kind is inspect.Parameter.KEYWORD_ONLY
    assert by.default is inspect.Parameter.empty, "nobody acts by default"


@pytest.mark.parametrize("name", ONCE)
def test_an_operation_leaves_a_change_by_whoever_acted(
    name: str, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.OFFICE = settings.OFFICE | {"today": "2020-06-01"}
    ONCE[name]()
    # An acknowledgement is added and never changed: it is its own history. A received document is
    # no record, and has its steps; what a visit found is a row of its own.
    kept: Any = Acknowledgement if name == "checks.findings.acknowledge" else Change
    kept = Step if name.startswith("received.") else kept
    kept = Visit if name.startswith("publication.") else kept
    # So are a hold and its end, and that somebody read what is exempt.
    rows = {
        "retention.operations.place_hold": Hold,
        "retention.operations.lift_hold": Lifting,
        "exempt.operations.note_reading": Reading,
        "promises.comments.comment": Comment,
        # An answer that is no update is a row of its own.
        "rounds.operations.decline": Answer,
    }
    kept = rows.get(name, kept)
    assert kept.objects.filter(by=BY.name).exists()
    assert not Change.objects.filter(by="").exists()


def test_an_operation_that_fails_leaves_nothing(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    tree = make_tree()
    before = Change.objects.count()
    for fails in (
        lambda: operations.delete(tree["plan"], by=BY, why="It has objectives"),
        lambda: operations.publish(tree["plan"], by=BY),
        lambda: promises.approve_updates([tree["update"]], by=CHRIS),
        lambda: promises.open_round(tree["plan"], as_at=DAY, closes_on=dt.date(2019, 1, 1), by=PAT),
    ):
        with pytest.raises(Exception, match=r"."):
            fails()
    assert Change.objects.count() == before


def test_a_world_of_every_kind_is_explained_by_its_changes() -> None:
    for record in one_of_each().values():
        assert unexplained(record) == {}
