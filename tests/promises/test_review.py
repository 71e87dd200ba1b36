"""The second pair of eyes: part by part, with what changed, with what colleagues say."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from peelian.promises import operations as promises
from peelian.promises.comments import comment, comments_on
from peelian.promises.kinds import ACTIVITY, UPDATE
from peelian.promises.models import Comment
from peelian.promises.review import read_review
from peelian.promises.rounds import read_grid
from peelian.record import operations
from peelian.record.access import ROLES, may
from peelian.record.errors import Invalid
from peelian.record.models import Status
from peelian.record.scope import Scope
from tests.makers import CHRIS, PAT, make, make_user

pytestmark = pytest.mark.django_db

MARCH = dt.date(2020, 3, 31)
DECEMBER = dt.date(2019, 12, 31)


@pytest.fixture
def plan(db):
    return make("plan", reference="2016")


@pytest.fixture
def round_(plan):
    return promises.open_round(plan, as_at=MARCH, closes_on=MARCH, by=PAT)


def line(plan, number, *, said="On the way.", objective=None, **now):
    """Make an activity whose last update says something, and one that waits for approval."""
    objective = objective or make("objective", parent=plan)
    over = make("commitment", parent=objective, reference=f"2016-{number}")
    activity = make(
        "activity", parent=over, reference=f"2016-{number}.1", printed_reference=f"{number}.1"
    )
    if said:
        make("update", parent=activity, as_at=DECEMBER, progress="on_track", text=said)
    given = {"progress": "on_track", "text": "On the way.", "version": None} | now
    update = promises.record_update(activity, as_at=MARCH, by=PAT, **given)
    return operations.submit(update, by=PAT)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client, round_, **query):
    return client.get(reverse("office-round-review", args=[round_.reference], query=query))


def read(round_, user, **options):
    scope = Scope(user)
    return read_review(read_grid(round_, scope), scope, **options)


@pytest.mark.parametrize(
    ("said", "now", "unchanged"),
    [
        ("On the way.", {}, True),
        ("On  the\nway.", {}, True),
        ("On the way.", {"text": "On the way now."}, False),
        ("On the way.", {"progress": "at_risk"}, False),
        ("On the way.", {"release": "internal"}, False),
        ("", {}, False),
    ],
)
def test_no_change_means_the_same_words_status_and_readers(
    plan, round_, chris, said, now, unchanged
) -> None:
    line(plan, "A1", said=said, **now)
    found = read(round_, chris, select="unchanged")
    assert [one.is_unchanged for one in found.waiting] == [unchanged]
    assert [one.is_chosen for one in found.waiting] == [unchanged]
    assert found.unchanged == int(unchanged)


def test_what_did_not_change_is_approved_in_two_presses(plan, round_, chris) -> None:
    same, other = line(plan, "A1"), line(plan, "A2", text="Two boards met.")
    client = signed_in(chris)
    shown = page(client, round_, select="unchanged").text
    assert shown.count(" checked") == 1
    assert "No change." in shown
    address = reverse("office-round-review", args=[round_.reference])
    picked = f"{same.parent.reference}:{same.version}"
    client.post(address, {"step": "approve", "update": picked})
    kept = UPDATE.all().filter(as_at=MARCH).in_bulk()
    assert kept[same.pk].status == Status.PUBLISHED
    assert kept[other.pk].status == Status.IN_REVIEW


def test_a_part_is_reviewed_by_itself(plan, round_, chris) -> None:
    one, two = make("objective", parent=plan), make("objective", parent=plan)
    line(plan, "A1", objective=one)
    line(plan, "B1", objective=two)
    found = read(round_, chris, part=str(one.pk), select="all")
    assert [w.row.printed for w in found.waiting if w.is_chosen] == ["A1.1"]
    assert [(p.asked, p.waiting, p.approved) for p in found.parts] == [(1, 1, 0), (1, 1, 0)]
    shown = page(signed_in(chris), round_, part=str(one.pk)).text
    assert "A1.1" in shown
    assert 'id="pick-2016-B1.1"' not in shown
    assert len(read(round_, chris, part="none such").waiting) == 2


def test_after_a_part_is_decided_its_page_stays_in_sight(plan, round_, chris) -> None:
    part = make("objective", parent=plan)
    update = line(plan, "A1", objective=part)
    address = reverse("office-round-review", args=[round_.reference])
    picked = f"{update.parent.reference}:{update.version}"
    told = {"step": "approve", "update": picked, "part": str(part.pk)}
    answer = signed_in(chris).post(address, told)
    assert answer.url.endswith(f"?part={part.pk}")


def test_what_changed_is_marked_and_what_the_checks_say_stands_beside(plan, round_, chris) -> None:
    line(plan, "A1", text="On the way. Refer to Z9.9.", progress="at_risk", release="internal")
    shown = page(signed_in(chris), round_).text
    assert "Refer to Z9.9</ins>" in shown or "Z9.9.</ins>" in shown
    assert "names nothing on the record" in shown
    assert "was: On track" in shown
    assert "Not for the public: The office only" in shown


def test_neither_step_is_taken_with_what_was_not_read(plan, round_, chris) -> None:
    update = line(plan, "A1")
    promises.record_update(
        ACTIVITY.all().get(pk=update.parent_id),
        as_at=MARCH,
        progress="on_track",
        text="Changed since.",
        version=update.version,
        by=PAT,
    )
    operations.submit(UPDATE.all().get(pk=update.pk), by=PAT)
    address = reverse("office-round-review", args=[round_.reference])
    picked = f"{update.parent.reference}:{update.version}"
    for step in ("approve", "send-back"):
        told = {"step": step, "update": picked, "why": "Too long."}
        shown = signed_in(chris).post(address, told, follow=True)
        assert "changed after you read it" in shown.text
    assert UPDATE.all().get(pk=update.pk).status == Status.IN_REVIEW


def test_a_hundred_lines_take_as_many_queries_as_one(plan, round_, chris) -> None:
    part = make("objective", parent=plan)
    comment(line(plan, "A1", objective=part, text="Refer to A9.9."), text="Why?", by=CHRIS)
    counts = []
    for more in (1, 12):
        for n in range(more):
            said = {"objective": part, "text": f"Refer to A9.{n}.{n}."}
            comment(line(plan, f"B{more}{n}", **said), text="Why?", by=CHRIS)
        with CaptureQueriesContext(connection) as asked:
            read(round_, chris)
        counts.append(len(asked))
    assert counts[0] == counts[1]


# ---- comments ----


def say(user, round_, update, text, **more):
    address = reverse("office-round-comment", args=[round_.reference, update.parent.reference])
    return signed_in(user).post(address, {"comment": text, **more}, follow=True)


@pytest.mark.parametrize("role", ROLES)
def test_those_who_may_edit_may_comment(plan, round_, role) -> None:
    update = line(plan, "A1")
    user = make_user("somebody", role)
    answer = say(user, round_, update, "Which board?", **{"from": "review"})
    allowed = may(user, "edit", "promises")
    assert bool(Comment.objects.count()) is allowed
    if not allowed:
        assert answer.status_code == 403


def test_a_comment_is_read_in_the_grid_and_in_the_review_and_nowhere_public(
    plan, round_, pat, chris
) -> None:
    update = line(plan, "A1")
    say(chris, round_, update, "Which <b>board?", **{"from": "review", "part": "x&y"})
    grid = signed_in(pat).get(reverse("office-round-grid", args=[round_.reference])).text
    assert "Which &lt;b&gt;board?" in grid
    assert "Which &lt;b&gt;board?" in page(signed_in(chris), round_).text
    promises.approve_updates([UPDATE.all().get(pk=update.pk)], by=CHRIS)
    public = Client()
    for address in (update.get_absolute_url(), update.parent.get_absolute_url()):
        assert "Which" not in public.get(address).text


@pytest.mark.parametrize(("text", "said"), [("  ", "Write what"), ("x" * 2001, "at most 2,000")])
def test_a_comment_has_words_and_an_end(plan, round_, chris, text, said) -> None:
    update = line(plan, "A1")
    assert said in say(chris, round_, update, text).text
    with pytest.raises(Invalid):
        comment(update, text=text, by=CHRIS)


def test_a_comment_stays_as_it_was_written_and_goes_with_its_update(plan, round_) -> None:
    update = line(plan, "A1")
    made = comment(update, text="Which board?", by=CHRIS)
    assert [one.who for one in comments_on([update.pk])[update.pk]] == ["chris"]
    operations.send_back(update, by=CHRIS, why="Which board?")
    operations.delete(UPDATE.all().get(pk=update.pk), by=PAT, why="Twice.")
    assert not Comment.objects.filter(pk=made.pk).exists()


def test_a_line_without_an_update_takes_no_comment(plan, round_, chris) -> None:
    update = line(plan, "A1")
    bare = make("activity", parent=update.parent.parent)
    address = reverse("office-round-comment", args=[round_.reference, bare.reference])
    assert signed_in(chris).post(address, {"comment": "?"}).status_code == 404
