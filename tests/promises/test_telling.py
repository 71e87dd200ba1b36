"""Following a promise: what is told, to whom, once; and what changed in a quarter, for anybody."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from peelian.pages import subscriptions
from peelian.promises import digest, plan_life, telling
from peelian.promises.models import PromiseSubscription, PromiseTold
from peelian.record import operations
from peelian.record.scope import PUBLIC
from tests.makers import CHRIS, PAT, amend, approve_change, bring_to, make, make_tree
from tests.reading import read

pytestmark = pytest.mark.django_db

QUARTER = digest.quarter_of(dt.date(2019, 12, 31))


@pytest.fixture
def plan(on_day: Any) -> dict[str, Any]:
    """A plan with a commitment, an activity on track, and an update."""
    on_day("2020-02-05")
    return make_tree(
        plan={"reference": "2016", "title": "Safer"},
        activity={"title": "Visit every farm", "printed_reference": "A4.6"},
        update={"as_at": "2019-09-30", "text": "Forty visited."},
    )


def _subscribed(record: Any, often: str = "each") -> Any:
    subscriptions.ask(
        telling.NEWS, "ann@example.org", record=PUBLIC.by_id([record.pk])[record.pk], often=often
    )
    subscription = PromiseSubscription.objects.get(often=often)
    subscriptions.confirm(subscription)
    mail.outbox.clear()
    return subscription


def _said(activity: Any, **values: Any) -> Any:
    told = {"parent": activity, "as_at": "2019-12-31", "progress": "at_risk", "text": "Snow."}
    return make("update", **told | values)


@pytest.mark.parametrize("followed", ["plan", "objective", "commitment", "activity"])
def test_an_update_is_told_once_to_who_follows_it_or_what_it_is_part_of(
    plan: Any, followed: str
) -> None:
    _subscribed(plan[followed])
    assert telling.send_news()["mails"] == 0  # what was there before is no news
    _said(plan["activity"])
    assert telling.send_news() == {"mails": 1, "news": 1, "unsure": 0}
    [sent] = mail.outbox
    assert sent.subject == "A4.6 Visit every farm: At risk"
    assert f"{plan['activity'].get_absolute_url()}#as-at-2019-12-31" in sent.body
    assert "promise-news/stop/" in sent.body
    assert telling.send_news()["mails"] == 0


HIDDEN: list[dict[str, Any]] = [
    {"status": "draft"},
    {"status": "in_review"},
    {"status": "approved"},
    {"status": "withdrawn"},
    {"audience": "office"},
]


@pytest.mark.parametrize("hidden", HIDDEN, ids=str)
def test_no_mail_feed_or_digest_tells_of_what_is_not_public(plan: Any, hidden: Any) -> None:
    _subscribed(plan["plan"])
    _said(plan["activity"], text="Secret snow.", **hidden)
    make("activity", parent=plan["commitment"], title="Secret work", **hidden)
    amend(plan["activity"], title="Secret title")
    assert telling.send_news()["mails"] == 0
    feed = Client().get("/plans/2016/feed/").content.decode()
    page = Client().get("/plans/2016/changes/2019-12-31/").content.decode()
    assert "Secret" not in feed + page
    assert "Forty visited." in feed


def test_under_something_withdrawn_nothing_is_told(plan: Any) -> None:
    _subscribed(plan["plan"])
    _said(plan["activity"])
    operations.withdraw(plan["plan"], by=CHRIS, why="Made in error")
    assert telling.send_news()["mails"] == 0
    assert Client().get("/plans/2016/feed/").status_code == 404


def test_what_becomes_of_a_promise_is_told_and_a_dry_run_tells_nothing(plan: Any) -> None:
    other = make("commitment", parent=plan["objective"], title="Farm crime")
    _subscribed(plan["commitment"])
    plan_life.settle(
        plan_life.merge_promises(
            plan["commitment"], into=other, day=dt.date(2020, 2, 1), why="One board.", by=PAT
        ),
        by=CHRIS,
    )
    assert telling.send_news(dry_run=True)["mails"] == 1
    assert mail.outbox == []
    telling.send_news()
    assert "Merged into another" in mail.outbox[0].subject + mail.outbox[0].body


def test_a_run_cut_off_in_the_middle_repeats_nothing(plan: Any) -> None:
    subscription = _subscribed(plan["plan"])
    _said(plan["activity"])
    path = telling.news_of(plan["plan"])[0].path
    PromiseTold.objects.create(subscription=subscription, key=path, state="sending")
    assert telling.send_news() == {"mails": 0, "news": 0, "unsure": 1}


def test_once_a_quarter_means_one_mail_when_the_updates_are_in(plan: Any, on_day: Any) -> None:
    _subscribed(plan["plan"], often="quarter")
    _said(plan["activity"])
    assert telling.send_news()["mails"] == 0  # October to December was known when it began
    _said(plan["activity"], as_at="2020-03-31", progress="off_track")
    on_day("2020-04-10")
    assert telling.send_news()["mails"] == 0
    on_day("2020-04-29")
    assert telling.send_news()["mails"] == 1
    [sent] = mail.outbox
    assert sent.subject == "Safer: what changed from January to March 2020"
    assert "It was at risk and is now off track." in sent.body
    on_day("2020-05-30")
    assert telling.send_news()["mails"] == 0


# ---- the pages ----


def test_anybody_may_ask_and_confirm_and_the_feed_names_each_update(plan: Any) -> None:
    client = Client()
    asked = client.post("/activities/activity-1/follow/", {"email": "ann@example.org"})
    assert asked.status_code == 200
    link = next(word for word in mail.outbox[0].body.split() if "promise-news/confirm" in word)
    path = link.partition("://")[2].partition("/")[2]
    assert client.post(f"/{path}").status_code == 200
    assert PromiseSubscription.objects.get().confirmed_at
    feed = client.get("/activities/activity-1/feed/").content.decode()
    assert "A4.6 Visit every farm: On track" in feed


def test_of_a_plan_one_says_how_often(plan: Any) -> None:
    posted = Client().post("/plans/2016/follow/", {"email": "ann@example.org", "often": "quarter"})
    assert posted.status_code == 200
    assert PromiseSubscription.objects.get().about == "Safer, each quarter"
    assert "How often?" in read("/plans/2016/follow/").words
    assert "How often?" not in read("/activities/activity-1/follow/").words


def test_a_bad_address_is_refused_and_nothing_is_kept(plan: Any) -> None:
    page = Client().post("/plans/2016/follow/", {"email": "nobody", "often": "hourly"})
    assert page.status_code == 200
    assert not PromiseSubscription.objects.exists()


def test_a_quarter_says_what_changed_and_counts_what_did_not(plan: Any) -> None:
    quiet = make("activity", parent=plan["commitment"], reference="a-quiet", title="Quiet")
    make("update", parent=quiet, as_at="2019-09-30", text="The same.")
    _said(plan["activity"])
    page = read("/plans/2016/changes/2019-12-31/")
    assert "What changed from October to December 2019" in page.words
    assert page.links["A4.6 Visit every farm"] == "/activities/activity-1/"
    assert "It was on track and is now at risk." in page.words
    assert "Of 1 nothing new was said." in page.words
    assert "Quiet" not in page.words
    assert page.queries <= 12


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2020-01-01", 200),
        ("2020-04-01", 404),
        ("2010-01-01", 404),
        ("yesterday", 404),
        ("0001-01-01", 404),
    ],
)
def test_a_quarter_is_one_of_the_plan_that_has_begun(plan: Any, day: str, status: int) -> None:
    assert read(f"/plans/2016/changes/{day}/").status == status


def test_nobody_leafs_back_before_the_first_update(plan: Any) -> None:
    first = make("activity", parent=plan["commitment"], title="Hire")
    make("update", parent=first, as_at="2019-06-30", text="Begun.")
    _said(first, as_at="2019-03-31", audience="office")
    earlier = "/plans/2016/changes/2019-06-30/"
    assert earlier in read("/plans/2016/changes/2019-09-30/").links.values()
    assert "January to March 2019" not in read(earlier).words
    assert read("/plans/2016/changes/2019-03-31/").status == 404


def test_a_late_or_closed_promise_is_said_to_be(plan: Any) -> None:
    late = make("activity", parent=plan["commitment"], due="2019-11-01", title="Buy radios")
    done = make("activity", parent=plan["commitment"], title="Hire")
    for activity, progress in ((late, "on_track"), (done, "on_track")):
        make("update", parent=activity, as_at="2019-09-30", progress=progress)
    approve_change(
        amend(done, progress="complete", closed_on="2019-12-03", evidence="Twelve hired.")
    )
    words = read("/plans/2016/changes/2019-12-31/").words
    assert "It was due on 1 November 2019 and is not complete." in words
    assert "Complete since 3 December 2019." in words


def test_a_draft_merge_shows_nowhere_in_public(plan: Any) -> None:
    other = make("commitment", parent=plan["objective"], title="Farm crime")
    waiting = plan_life.merge_promises(
        plan["commitment"], into=other, day=dt.date(2020, 2, 1), why="Secret reason.", by=PAT
    )
    for record in (plan["commitment"], other):
        assert "Secret" not in read(record.get_absolute_url()).html
        assert "Merged" not in read(record.get_absolute_url()).words
    plan_life.settle(waiting, by=CHRIS)
    assert "Merged into Farm crime on 1 February 2020. Secret reason." in (
        read(plan["commitment"].get_absolute_url()).words
    )
    assert f"Took in {plan['commitment'].title}" in read(other.get_absolute_url()).words


def test_where_a_promise_went_is_not_named_before_that_is_public(plan: Any) -> None:
    hidden = make("commitment", parent=plan["objective"], title="Hidden heir", status="draft")
    made = plan_life.propose(
        plan["commitment"], "carried", hidden, dt.date(2020, 2, 1), "Goes on.", by=PAT
    )
    bring_to(made, "published")
    page = read(plan["commitment"].get_absolute_url())
    assert "Goes on." in page.words
    assert "Hidden heir" not in page.html


def test_money_is_shown_by_year_with_totals_by_objective(plan: Any) -> None:
    for year, amount in ((2019, "1,000.50"), (2020, "2000")):
        make("allocation", parent=plan["commitment"], year=year, amount=amount, source="Precept")
    make(
        "allocation", parent=plan["commitment"], reference="m3", year=2020, amount=9, status="draft"
    )
    page = read(plan["commitment"].get_absolute_url())
    assert "2019/20: £1,000.50 from Precept" in page.words
    assert "In all: £3,000.50" in page.words
    assert page.queries <= 12
    assert "£2,000.00" in read("/plans/2016/").words
    assert "2020/21" in read(plan["objective"].get_absolute_url()).words
