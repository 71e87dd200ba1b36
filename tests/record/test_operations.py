"""Every verb of the record: what it does, what it refuses, and the change it leaves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from peelian.record import operations, writing
from peelian.record.access import Command
from peelian.record.errors import Invalid, Refused, Stale
from peelian.record.kinds import kind_named
from peelian.record.models import Change, Draft, Record, Snapshot, Status
from peelian.record.querysets import write_path
from peelian.record.values import values_of
from tests.makers import (
    CHRIS,
    NEEDED,
    PAT,
    amend,
    approve_change,
    bring_to,
    make,
    make_all,
    make_tree,
)

pytestmark = pytest.mark.django_db


def history(record: Record) -> list[str]:
    return list(Change.objects.filter(record_id=record.pk).values_list("action", flat=True))


# ---- references ----


@pytest.mark.parametrize(
    "reference",
    ["", " ", "A 4", "A4/6", "-A4", ".A4", "A4\n", "Á4", "A4?", "x" * 81, "A4\0"],
)
def test_a_reference_that_could_not_stand_in_an_address_is_refused(reference: str) -> None:
    with pytest.raises(Invalid) as refusal:
        operations.create(kind_named("plan"), {"reference": reference, "title": "x"}, by=PAT)
    assert "reference" in refusal.value.errors


@pytest.mark.parametrize("reference", ["A4.6", "2.1.2", "2016-A4.6", "3.2.3~2", "x" * 80])
def test_the_references_that_offices_print_are_accepted(reference: str) -> None:
    assert make("plan", reference=reference).key == f"plan/{reference}"


def test_a_reference_is_permanent_in_every_status() -> None:
    for status in Status.values:
        record = make("plan", status=status)
        with pytest.raises(Invalid, match="permanent"):
            amend(record, reference="another")
        assert writing.unexplained(record) == {}


def test_two_records_of_a_kind_never_share_a_reference() -> None:
    make("plan", reference="P")
    make("objective", reference="P")
    with pytest.raises(Invalid, match="this reference"):
        make("plan", reference="P")


def test_the_reference_of_a_deleted_record_is_never_used_again() -> None:
    record = make("plan", reference="P", status="draft")
    operations.delete(record, by=PAT, why="Entered twice")
    for again in (
        lambda: make("plan", reference="P"),
        lambda: make_all("plan", {"reference": "P"}),
    ):
        with pytest.raises(Refused, match="“P” belonged to a deleted record"):
            again()
    assert make("objective", reference="P")


def test_what_the_record_keeps_itself_cannot_be_filled_in() -> None:
    for name, value in {
        "status": "published",
        "version": 7,
        "kind": "body",
        "embargo_until": None,
        "id": 1,
        "sort_key": "0",
    }.items():
        with pytest.raises(Invalid) as refusal:
            operations.create(
                kind_named("plan"), {"reference": "P", "title": "P", name: value}, by=PAT
            )
        assert list(refusal.value.errors) == [name]


# ---- places ----


def test_a_record_stands_only_under_the_kinds_it_may_be_part_of() -> None:
    with pytest.raises(Invalid, match="cannot be part of that kind"):
        make("activity", parent=make("plan"))
    with pytest.raises(Invalid, match="cannot be part of that kind"):
        make("plan", parent=make("plan"))


def areas(depth: int) -> list[Any]:
    made = [make("area", reference="a0")]
    for level in range(1, depth):
        made.append(make("area", reference=f"a{level}", parent=made[-1]))
    return made


def test_records_nest_five_levels_under_the_first_and_no_deeper() -> None:
    made = areas(6)
    assert len(Record.objects.public()) == 6
    with pytest.raises(Invalid, match="five levels"):
        make("area", parent=made[-1])


@pytest.mark.parametrize("below", [0, 1, 4])
def test_a_record_is_never_part_of_itself(below: int) -> None:
    made = areas(5)
    for status in ("published", "draft"):
        if status == "draft":
            made[0] = operations.reopen(operations.withdraw(made[0], by=CHRIS, why="Wrong"), by=PAT)
        with pytest.raises(Invalid, match="part of itself"):
            amend(made[0], parent=made[below])


def test_what_was_moved_too_deep_is_not_public() -> None:
    chain, other = areas(6), make("area", reference="b0")
    below = make("area", reference="b1", parent=other)
    with pytest.raises(Invalid, match="five levels"):
        amend(other, parent=chain[5])
    approve_change(amend(other, parent=chain[4]))
    public = set(Record.objects.public().values_list("reference", flat=True))
    assert public == {"a0", "a1", "a2", "a3", "a4", "a5", "b0"}
    assert below.reference not in public


# ---- deletion ----


def test_what_something_else_refers_to_stays_and_the_message_names_it() -> None:
    tree = make_tree(activity={"title": "Visit every school"})
    body = make("body")
    make("role", body=body, title="Chief constable")
    for record, by_name in (
        (tree["plan"], tree["objective"].title),
        (tree["oversight-mechanism"], "Visit every school"),
        (body, "Chief constable"),
    ):
        record = operations.withdraw(record, by=CHRIS, why="No longer needed")
        before = history(record)
        with pytest.raises(Refused) as refusal:
            operations.delete(record, by=CHRIS, why="No longer needed")
        assert record.title in str(refusal.value)
        assert by_name in str(refusal.value)
        assert history(record) == before


def test_what_was_issued_keeps_its_record() -> None:
    plan = operations.withdraw(make("plan"), by=CHRIS, why="No longer needed")
    with write_path():
        Snapshot(record=plan, number=1, content="As issued", sha256="0" * 64).save()
    with pytest.raises(Refused, match="must stay"):
        operations.delete(plan, by=CHRIS, why="No longer needed")


def test_deletion_leaves_the_whole_history_and_takes_the_draft_and_links() -> None:
    tree = make_tree()
    with pytest.raises(Refused, match="withdraw it first"):
        operations.delete(tree["update"], by=CHRIS, why="Wrong activity")
    update = operations.withdraw(tree["update"], by=CHRIS, why="Wrong activity")
    operations.delete(update, by=CHRIS, why="Wrong activity")
    drafted = amend(tree["activity"], title="Proposed")
    activity = operations.withdraw(drafted, by=CHRIS, why="Entered twice")
    last = values_of(activity)
    operations.delete(activity, by=CHRIS, why="Entered twice")
    changes = list(Change.objects.filter(kind="activity", reference=activity.reference))
    assert [c.action for c in changes] == [
        "created",
        "submitted",
        "approved",
        "published",
        "drafted",
        "withdrawn",
        "deleted",
    ]
    assert {name: pair[0] for name, pair in changes[-1].values.items()} == last
    assert (changes[-1].by, changes[-1].why) == ("chris", "Entered twice")
    assert not Draft.objects.exists()
    board = operations.withdraw(tree["oversight-mechanism"], by=CHRIS, why="It has closed")
    operations.delete(board, by=CHRIS, why="Nothing is overseen there now")


def test_nothing_can_be_done_to_a_deleted_record() -> None:
    plan = make("plan", status="draft")
    operations.delete(plan, by=PAT, why="Entered twice")
    for act in (
        lambda: amend_deleted(plan),
        lambda: operations.submit(plan, by=PAT),
        lambda: operations.delete(plan, by=PAT, why="Again"),
    ):
        with pytest.raises(Refused, match="has been deleted"):
            act()


def amend_deleted(record: Record) -> Any:
    return operations.edit(record, {"title": "x"}, version=record.version, by=PAT)


# ---- edits, review, publication ----


def test_a_stale_edit_is_refused_and_keeps_the_text() -> None:
    for status in Status.values:
        record = make("plan", status=status)
        read_at = record.version
        first = operations.edit(record, {"title": "Mine"}, version=read_at, by=PAT)
        before, changes = values_of(first), history(record)
        with pytest.raises(Stale) as refusal:
            operations.edit(record, {"title": "Yours"}, version=read_at, by=CHRIS)
        assert refusal.value.values == {"title": "Yours"}
        assert (values_of(Record.objects.get(pk=record.pk)), history(record)) == (
            {n: v for n, v in before.items() if n in values_of(Record.objects.get(pk=record.pk))},
            changes,
        )


def test_an_invalid_edit_changes_nothing_and_says_every_mistake() -> None:
    record = make("activity")
    with pytest.raises(Invalid) as refusal:
        amend(record, title="", progress="flying", due="tomorrow", owner="role/nobody")
    assert set(refusal.value.errors) >= {"due", "owner"}
    with pytest.raises(Invalid) as refusal:
        amend(record, title="", progress="flying")
    assert set(refusal.value.errors) == {"title", "progress"}
    assert writing.unexplained(record) == {}
    assert not Draft.objects.exists()


def test_an_edit_of_a_published_record_waits_and_is_approved_whole() -> None:
    board, body = make("oversight-mechanism"), make("body")
    activity = make("activity", title="Old", overseen_by=[board])
    other = make("oversight-mechanism")
    drafted = amend(activity, title="New", overseen_by=[other], due="2020-03-31")
    assert (drafted.title, drafted.due) == ("Old", None)
    assert values_of(drafted)["overseen_by"] == [board.key]
    amend(drafted, text="More")
    approved = approve_change(drafted)
    assert (approved.title, approved.text, str(approved.due)) == ("New", "More", "2020-03-31")
    assert values_of(approved)["overseen_by"] == [other.key]
    assert not Draft.objects.exists()
    assert writing.unexplained(approved) == {}
    assert body.version == 4


def test_a_draft_that_goes_back_to_the_official_value_proposes_nothing() -> None:
    plan = make("plan", title="Old")
    amend(plan, title="New")
    amend(plan, title="Old")
    assert not Draft.objects.exists()


@pytest.mark.parametrize("status", ["in_review", "published"])
def test_nobody_approves_what_they_wrote(status: str) -> None:
    record = make("plan", status=status, by=CHRIS, approver=PAT)
    if status == "published":
        record = operations.submit(amend(record, by=CHRIS, title="New"), by=PAT)
    with pytest.raises(Refused, match="Someone other than the author"):
        operations.approve(record, by=CHRIS)
    with override_settings(OFFICE=settings.OFFICE | {"approver_may_be_author": True}):
        approved = operations.approve(record, by=CHRIS)
        assert approved.version == record.version + 1


def test_everyone_who_wrote_a_part_of_a_draft_is_its_author() -> None:
    plan = make("plan")
    amend(plan, title="New", by=CHRIS)
    operations.submit(amend(plan, description="Text", by=PAT), by=PAT)
    with pytest.raises(Refused, match="Someone other than the author"):
        operations.approve(plan, by=CHRIS)


def test_a_change_edited_in_review_must_be_submitted_again() -> None:
    plan = operations.submit(amend(make("plan"), title="Read"), by=PAT)
    amend(plan, title="Unread")
    with pytest.raises(Refused, match="Submit this change"):
        operations.approve(plan, by=CHRIS)


def test_an_edit_after_approval_needs_approval_again() -> None:
    for status in ("in_review", "approved"):
        record = amend(make("plan", status=status), title="Changed")
        assert record.status == "draft"
        with pytest.raises(Refused):
            operations.publish(record, by=CHRIS)


STEPS = {
    "submit": lambda record: operations.submit(record, by=PAT),
    "approve": lambda record: operations.approve(record, by=CHRIS),
    "send_back": lambda record: operations.send_back(record, by=CHRIS, why="Not yet"),
    "discard": lambda record: operations.discard(record, by=PAT),
    "publish": lambda record: operations.publish(record, by=CHRIS),
    "withdraw": lambda record: operations.withdraw(record, by=CHRIS, why="Wrong"),
    "reopen": lambda record: operations.reopen(record, by=PAT),
}
OPEN = {
    "draft": {"submit": "in_review"},
    "in_review": {"approve": "approved", "send_back": "draft"},
    "approved": {"publish": "published", "send_back": "draft"},
    "published": {"withdraw": "withdrawn"},
    "withdrawn": {"reopen": "draft"},
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("status", OPEN)
def test_each_step_is_open_from_its_own_statuses_only(status: str, step: str) -> None:
    record = make("plan", status=status)
    before = history(record)
    if then := OPEN[status].get(step):
        moved = STEPS[step](record)
        assert moved.status == then
        assert len(history(record)) == len(before) + 1
    else:
        with pytest.raises(Refused):
            STEPS[step](record)
        assert history(record) == before
    assert writing.unexplained(record) == {}


def test_a_change_that_was_sent_back_or_discarded_never_shows() -> None:
    plan = make("plan", title="Old")
    operations.submit(amend(plan, title="New"), by=PAT)
    operations.send_back(plan, by=CHRIS, why="Unclear")
    with pytest.raises(Refused, match="Submit this change"):
        operations.approve(plan, by=CHRIS)
    operations.discard(plan, by=PAT, why="Not now")
    assert kind_named("plan").all().public().get().title == "Old"
    discarded = Change.objects.filter(record_id=plan.pk).last()
    assert discarded is not None
    assert discarded.proposed == {"title": ["New", None]}


def test_reopening_takes_the_waiting_change_along() -> None:
    plan = amend(make("plan", title="Old"), title="New")
    operations.withdraw(plan, by=CHRIS, why="Wrong")
    reopened = operations.reopen(plan, by=PAT)
    assert (reopened.title, reopened.status) == ("New", "draft")
    assert writing.unexplained(reopened) == {}


def test_an_expiry_before_the_embargo_is_refused() -> None:
    now = datetime.now(UTC)
    plan = make("plan", status="approved")
    with pytest.raises(Invalid, match="after the embargo"):
        operations.publish(plan, by=CHRIS, embargo_until=now, expires_at=now - timedelta(days=1))


def test_a_time_from_another_zone_is_explained_by_its_change() -> None:
    summer = timezone(timedelta(hours=1))
    plan = make("plan", status="approved")
    when = datetime(2026, 7, 1, 9, 30, tzinfo=summer)
    plan = operations.publish(plan, by=CHRIS, embargo_until=when)
    assert writing.unexplained(plan) == {}
    assert values_of(plan)["embargo_until"] == "2026-07-01T08:30:00+00:00"


def test_a_record_that_comes_without_its_own_columns_is_written_whole() -> None:
    activity = make("activity", text="Kept")
    plain = Record.objects.get(pk=activity.pk)
    operations.withdraw(plain, by=CHRIS, why="Wrong")
    operations.reopen(plain, by=PAT)
    edited = amend(plain, text="Changed")
    assert edited.text == "Changed"
    assert writing.unexplained(plain) == {}


def test_a_reason_too_long_to_keep_is_refused_kindly() -> None:
    with pytest.raises(Invalid) as refusal:
        make("plan", why="x" * 1001)
    assert "why" in refusal.value.errors


# ---- commands and loaders ----


def test_what_a_command_loads_is_kept_with_the_command_and_its_file() -> None:
    loader = Command("load examples/plans.csv")
    kind, values = kind_named("plan"), {"reference": "P", "title": "One"}
    why = "Loaded from plans.csv"
    assert operations.bring_in(kind, values, by=loader, why=why)[1] == "new"
    assert operations.bring_in(kind, values, by=loader, why=why)[1] == "same"
    record, outcome = operations.bring_in(kind, values | {"title": "Two"}, by=loader, why=why)
    assert outcome == "changed"
    changes = Change.objects.filter(record_id=record.pk)
    assert {(c.action, c.by, c.why) for c in changes} == {("brought_in", loader.name, why)}
    assert [c.values["title"] for c in changes] == [[None, "One"], ["One", "Two"]]
    assert record in kind.all().public()


def test_loading_the_same_links_again_changes_nothing() -> None:
    board = make("oversight-mechanism")
    values = {"reference": "A", "title": "A", "parent": make("commitment")}
    kind = kind_named("activity")
    for links, outcome in (
        ([board], "new"),
        ([board.key, board], "same"),
        ([], "changed"),
        ([board.key], "changed"),
    ):
        said = operations.bring_in(kind, values | {"overseen_by": links}, by=PAT, why="File")[1]
        assert said == outcome


def test_loading_never_runs_over_a_draft_that_waits() -> None:
    plan = amend(make("plan", title="Old"), title="New")
    values = {"reference": plan.reference, "title": "Loaded"}
    with pytest.raises(Refused, match="draft waiting"):
        operations.bring_in(kind_named("plan"), values, by=PAT, why="File")
    assert Draft.objects.get().values == {"title": "New"}


@pytest.mark.parametrize("kind", sorted(NEEDED))
def test_a_record_of_any_kind_lives_through_a_whole_life(kind: str) -> None:
    record = make(kind)
    approve_change(amend(record, title="Renamed"))
    operations.withdraw(record, by=CHRIS, why="Wrong")
    operations.reopen(record, by=PAT)
    bring_to(record, "published")
    assert writing.unexplained(record) == {}
    operations.withdraw(record, by=CHRIS, why="Wrong")
    operations.delete(record, by=CHRIS, why="Wrong")
    assert history(record)[-1] == "deleted"
