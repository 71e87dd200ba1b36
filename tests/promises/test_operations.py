"""What the update of a promise goes through: asked for, recorded, reviewed, official."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from peelian.promises import operations as promises
from peelian.promises.kinds import ACTIVITY, ROUND, UPDATE
from peelian.record import operations, writing
from peelian.record.access import Command
from peelian.record.errors import Invalid, Refused, Stale
from peelian.record.models import Change, Status
from tests.makers import CHRIS, PAT, bring_to, make_all

pytestmark = pytest.mark.django_db

LEAD = Command("lead", ("policy_officer",))
MARCH = dt.date(2020, 3, 31)
JUNE = dt.date(2020, 6, 30)


def loaded(kind, **values):
    return make_all(kind, values)[0]


@pytest.fixture
def plan(db):
    return loaded("plan", reference="2016")


@pytest.fixture
def activity(plan):
    return loaded(
        "activity",
        reference="2016-A4.6",
        title="Hold a board",
        parent=loaded("commitment", parent=loaded("objective", parent=plan)),
        progress="on_track",
        progress_as_printed="Ongoing",
    )


def record(activity, by, *, as_at=MARCH, progress="at_risk", text="Two boards met.", version=0):
    return promises.record_update(
        activity, as_at=as_at, progress=progress, text=text, version=version, by=by
    )


def all_well():
    """The activity and its updates are what their changes say."""
    rows = [*ACTIVITY.all(), *UPDATE.all()]
    assert rows
    assert [writing.unexplained(row) for row in rows] == [{}] * len(rows)


def test_a_round_is_the_offices_own_and_never_public(plan):
    opened = promises.open_round(plan, as_at=MARCH, closes_on=dt.date(2020, 4, 14), by=PAT)
    assert opened.reference == "2016-2020-03-31"
    bring_to(opened, Status.PUBLISHED)
    assert ROUND.all().get().status == Status.PUBLISHED
    assert not ROUND.all().public().exists()


def test_a_round_does_not_close_before_the_day_it_is_about(plan):
    with pytest.raises(Invalid, match="cannot close before"):
        promises.open_round(plan, as_at=MARCH, closes_on=dt.date(2020, 3, 30), by=PAT)


def test_a_plan_has_one_round_for_a_day(plan):
    promises.open_round(plan, as_at=MARCH, closes_on=MARCH, by=PAT)
    with pytest.raises(Invalid):
        promises.open_round(plan, as_at=MARCH, closes_on=JUNE, by=PAT)


def test_an_update_begins_as_a_draft_named_by_its_promise_and_day(activity):
    update = record(activity, PAT)
    assert (update.reference, update.status) == ("2016-A4.6-2020-03-31", Status.DRAFT)
    assert not UPDATE.all().public().exists()
    all_well()


@pytest.mark.parametrize(
    ("progress", "text", "field"),
    [("on_track", "  \n ", "text"), ("", "Words.", "progress"), ("fine", "Words.", "progress")],
)
def test_an_update_needs_words_and_a_status_we_know(activity, progress, text, field):
    with pytest.raises(Invalid) as refused:
        record(activity, PAT, progress=progress, text=text)
    assert list(refused.value.errors) == [field]
    assert refused.value.errors[field][0].endswith(".")
    assert not UPDATE.all().exists()


def test_creating_what_a_colleague_has_just_created_is_a_conflict(activity):
    record(activity, LEAD, text="Theirs.")
    with pytest.raises(Stale) as refused:
        record(activity, PAT, text="Mine.")
    assert refused.value.values["text"] == "Mine."
    assert UPDATE.all().get().text == "Theirs."


def test_saying_the_same_again_is_no_conflict_and_no_change(activity):
    first = record(activity, LEAD, text="The same.")
    again = record(activity, PAT, text=" The same. ")
    assert (again.pk, again.version) == (first.pk, first.version)
    assert [c.by for c in Change.objects.filter(record_id=first.pk)] == ["lead"]


def test_an_edit_read_before_a_colleagues_is_a_conflict(activity):
    first = record(activity, PAT, text="One.")
    record(activity, LEAD, text="Two.", version=first.version)
    with pytest.raises(Stale):
        record(activity, PAT, text="Three.", version=first.version)
    assert UPDATE.all().get().text == "Two."


def test_a_deleted_update_can_be_written_again_under_a_reference_of_its_own(activity):
    first = record(activity, PAT)
    operations.delete(first, by=PAT, why="Wrong activity")
    with pytest.raises(Stale, match="deleted"):
        record(activity, PAT, text="Again.", version=first.version)
    assert record(activity, PAT, text="Again.").reference == "2016-A4.6-2020-03-31-2"
    all_well()


def test_a_withdrawn_update_becomes_a_draft_again_when_it_is_rewritten(activity):
    sent = promises.submit_updates([record(activity, PAT)], by=PAT)
    [update] = promises.approve_updates(sent, by=CHRIS)
    withdrawn = operations.withdraw(update, by=CHRIS, why="Wrong")
    again = record(activity, PAT, text="Better.", version=withdrawn.version)
    assert again.status == Status.DRAFT
    all_well()


def test_submitting_passes_over_what_is_in_review_already(activity):
    update = record(activity, PAT)
    assert len(promises.submit_updates([update], by=PAT)) == 1
    assert promises.submit_updates([update], by=LEAD) == []


def test_approval_publishes_and_takes_the_promises_status_along(activity):
    sent = promises.submit_updates([record(activity, PAT)], by=PAT)
    promises.approve_updates(sent, by=CHRIS)
    assert UPDATE.all().public().get().text == "Two boards met."
    now = ACTIVITY.all().public().get()
    assert (now.progress, now.progress_as_printed) == ("at_risk", "")
    last = Change.objects.filter(record_id=now.pk).latest("version")
    assert (last.by, last.values["progress"]) == ("chris", ["on_track", "at_risk"])
    all_well()


def test_an_older_update_does_not_turn_the_promise_back(activity):
    for as_at, progress in ((JUNE, "off_track"), (MARCH, "complete")):
        update = record(activity, PAT, as_at=as_at, progress=progress)
        promises.approve_updates(promises.submit_updates([update], by=PAT), by=CHRIS)
    assert ACTIVITY.all().get().progress == "off_track"


def test_a_waiting_change_of_the_promise_survives_the_update(activity):
    operations.edit(activity, {"title": "Hold a board a month"}, version=activity.version, by=PAT)
    sent = promises.submit_updates([record(activity, PAT)], by=PAT)
    promises.approve_updates(sent, by=CHRIS)
    now = ACTIVITY.all().get()
    assert (now.title, now.progress) == ("Hold a board", "at_risk")
    operations.submit(now, by=PAT)
    operations.approve(now, by=CHRIS)
    now.refresh_from_db()
    assert (now.title, now.progress) == ("Hold a board a month", "at_risk")
    all_well()


def test_nobody_approves_what_they_wrote(activity):
    sent = promises.submit_updates([record(activity, CHRIS)], by=PAT)
    with pytest.raises(Refused, match="other than the author"):
        promises.approve_updates(sent, by=CHRIS)
    assert not UPDATE.all().public().exists()
    assert ACTIVITY.all().get().progress == "on_track"


def test_nobody_approves_what_they_have_not_read(activity):
    [read] = promises.submit_updates([record(activity, PAT)], by=PAT)
    newer = record(activity, PAT, text="Something else.", version=read.version)
    promises.submit_updates([newer], by=PAT)
    with pytest.raises(Stale):
        promises.approve_updates([read], by=CHRIS)
    assert not UPDATE.all().public().exists()


def test_a_correction_of_a_published_update_waits_and_then_counts(activity):
    sent = promises.submit_updates([record(activity, PAT)], by=PAT)
    [update] = promises.approve_updates(sent, by=CHRIS)
    corrected = record(
        activity, PAT, text="Three boards met.", progress="complete", version=update.version
    )
    assert UPDATE.all().public().get().text == "Two boards met."
    sent = promises.submit_updates([corrected], by=PAT)
    promises.approve_updates(sent, by=CHRIS)
    assert UPDATE.all().public().get().text == "Three boards met."
    assert ACTIVITY.all().get().progress == "complete"
    all_well()


def test_reopening_a_closed_promise_takes_its_closing_date_away(activity):
    closed = promises.close_promise(
        activity, evidence="Minutes.", closed_on=dt.date(2020, 1, 10), by=PAT
    )
    operations.approve(operations.submit(closed, by=PAT), by=CHRIS)
    sent = promises.submit_updates([record(activity, PAT)], by=PAT)
    promises.approve_updates(sent, by=CHRIS)
    now = ACTIVITY.all().get()
    assert (now.progress, now.closed_on, now.evidence) == ("at_risk", None, "")
    all_well()


def test_closing_a_published_promise_waits_for_approval(activity):
    promises.close_promise(
        activity, evidence="Board minutes.", closed_on=dt.date(2020, 1, 10), by=PAT
    )
    assert ACTIVITY.all().get().closed_on is None
    operations.submit(activity, by=PAT)
    operations.approve(activity, by=CHRIS)
    now = ACTIVITY.all().get()
    assert (now.progress, now.closed_on) == ("complete", dt.date(2020, 1, 10))
    with pytest.raises(Refused, match="closed already"):
        promises.close_promise(now, evidence="Again.", closed_on=dt.date(2020, 1, 10), by=PAT)


@pytest.mark.parametrize(
    ("evidence", "closed_on", "field"),
    [(" ", dt.date(2020, 1, 10), "evidence"), ("Minutes.", dt.date(9000, 1, 1), "closed_on")],
)
def test_closing_needs_evidence_and_a_day_that_has_come(activity, evidence, closed_on, field):
    with pytest.raises(Invalid) as refused:
        promises.close_promise(activity, evidence=evidence, closed_on=closed_on, by=PAT)
    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize("seed", range(60))
def test_no_interleaving_loses_a_write_or_shows_a_draft(activity, seed):
    """Three people read and write one row in any order; only who read the newest is let in."""
    chance = random.Random(seed)
    read: dict[str, int] = {"pat": 0, "lead": 0}
    said: list[str] = []
    official = ""
    for step in range(8):
        by = chance.choice([PAT, LEAD])
        now = promises.update_for(activity, MARCH)
        version, status = (now.version, now.status) if now else (0, "")
        move = chance.choice(["read", "write", "write", "submit", "approve"])
        if move == "read":
            read[by.name] = version
        elif move == "write":
            text = f"{by.name} {step}"
            try:
                record(activity, by, text=text, version=read[by.name])
            except Stale:
                assert read[by.name] != version
            else:
                assert read[by.name] == version
                said.append(text)
        elif now and move == "submit":
            promises.submit_updates([now], by=by)
        elif now and move == "approve":
            try:
                promises.approve_updates([now], by=CHRIS)
            except Refused:
                assert status != Status.IN_REVIEW
            else:
                official = said[-1]
        shown = [u.text for u in UPDATE.all().public()]
        assert shown == ([official] if official else [])
    final = promises.update_for(activity, MARCH)
    if said:
        assert final
        assert promises.said_by(final, writing.draft_of(final))["text"] == said[-1]
        history = Change.objects.filter(record_id=final.pk)
        written = [
            pairs["text"][1]
            for change in history
            if change.action in ("created", "edited", "drafted")
            and (pairs := change.values | change.proposed).get("text")
        ]
        assert written == said
    all_well()
