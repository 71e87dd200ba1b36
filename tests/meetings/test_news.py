"""What is new of a body, as a feed and by e-mail: public things only, and nothing twice."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from peelian.meetings import minutes, news
from peelian.meetings.models import BodySubscription, BodyTold
from peelian.packs.operations import build
from peelian.record import operations
from peelian.record.access import Command
from tests.makers import CHRIS, DAY, amend, make
from tests.reading import read

WHO = "reader@example.org"
ATOM = "{http://www.w3.org/2005/Atom}"
SAM, ALEX = (Command(name, ("panel_officer",)) for name in ("sam", "alex"))


@pytest.fixture
def panel(db: None, on_day: Any) -> Any:
    on_day("2020-02-20")
    return make("body", form="panel", title="Police and Crime Panel", reference="pcp")


@pytest.fixture
def meeting(panel: Any) -> Any:
    return make("meeting", body=panel, title="February meeting", place="County Hall")


def ask(email: str = WHO, body: str = "pcp") -> Any:
    return Client().post(f"/bodies/{body}/news/", {"email": email})


def link(message: Any, what: str) -> str:
    found = re.search(rf"/meeting-news/{what}/[^/\s]+/", message.body)
    assert found
    return found[0]


def subscribe() -> None:
    ask()
    Client().post(link(mail.outbox.pop(), "confirm"))


def told() -> list[str]:
    """Return what the mails of one run say is new."""
    news.send_news()
    titles = [line for m in mail.outbox for line in m.body.splitlines() if ": " in line]
    mail.outbox.clear()
    return [title for title in titles if not title.startswith(("Newly", "To stop"))]


# ---- by e-mail ----


def test_what_is_published_is_told_once_and_what_was_there_before_is_not(meeting: Any) -> None:
    make("agenda-item", parent=meeting)
    subscribe()
    assert told() == []
    held = make("meeting", body=meeting.body, title="June meeting", held_on=dt.date(2020, 6, 16))
    assert told() == [], "that a meeting is planned is in the diary, not in the mail"
    item = make("agenda-item", parent=held, title="Roads")
    assert told() == ["Agenda: June meeting"]
    assert told() == []
    amend(item, title="Rural roads")
    operations.release(item, by=CHRIS)
    assert told() == []
    make("agenda-item", parent=held, number=2, title="Flood", late_reason="It has flooded.")
    assert told() == ["Added to the agenda of June meeting: Flood"]


def test_minutes_papers_and_decisions_are_told(meeting: Any) -> None:
    subscribe()
    make("minute", parent=meeting, status="draft")
    held = minutes.send_to_chair(meeting, by=SAM)
    assert told() == []
    minutes.publish_draft(held, by=ALEX)
    assert told() == ["Minutes: February meeting"]
    later = make("meeting", body=meeting.body, held_on=DAY + dt.timedelta(days=9))
    minutes.confirm(meeting, at=later, by=ALEX)
    assert told() == ["Minutes confirmed: February meeting"]
    pack = build(meeting, by=Command("build"), reason="A test")
    assert told() == []
    operations.release(pack, by=Command("release"))
    assert told() == ["Papers: February meeting"]
    pack.refresh_from_db()
    operations.release(build(meeting, by=Command("build"), reason="Again"), by=Command("release"))
    assert told() == ["Papers changed: February meeting"]
    role = make("role", body=meeting.body)
    make("decision", decided_by=role, title="Grant")
    make("decision", decided_by=make("body"), title="Elsewhere")
    assert told() == ["Decision: Grant"]


@pytest.mark.parametrize("status", ["draft", "in_review", "approved", "withdrawn"])
def test_nothing_is_told_of_what_is_not_public(meeting: Any, status: str) -> None:
    subscribe()
    for kind in ("agenda-item", "minute"):
        make(kind, parent=meeting, status=status, title="Secret")
    hidden = make("meeting", body=meeting.body, title="Secret meeting", status=status)
    make("agenda-item", parent=hidden, reference="under-hidden")
    make("undertaking", made_at=meeting, title="Secret promise", status=status)
    assert told() == []
    feed = Client().get("/bodies/pcp/feed/").content.decode()
    assert "Secret" not in feed
    assert "under-hidden" not in feed


def test_nobody_is_told_before_confirming_and_a_robot_confirms_nothing(meeting: Any) -> None:
    ask()
    [asked] = mail.outbox
    mail.outbox.clear()
    make("agenda-item", parent=meeting)
    assert told() == []
    place = link(asked, "confirm")
    assert "Yes, tell me" in Client().get(place).content.decode()
    assert BodySubscription.objects.get().confirmed_at is None
    assert "will be told" in Client().post(place).content.decode()


def test_every_mail_can_be_stopped_by_the_mail_program_too(meeting: Any) -> None:
    subscribe()
    make("agenda-item", parent=meeting)
    news.send_news()
    [message] = mail.outbox
    assert message.subject == "Police and Crime Panel: newly published"
    assert f"{meeting.get_absolute_url()}#agenda" in message.body
    stop = link(message, "stop")
    assert stop in message.extra_headers["List-Unsubscribe"]
    assert Client().post(stop.replace("stop", "confirm")).status_code == 404
    assert "Stop these e-mails" in Client().get(stop).content.decode()
    assert Client(enforce_csrf_checks=True).post(stop).status_code == 200
    assert not BodySubscription.objects.exists()
    assert not BodyTold.objects.exists()


def test_asking_gives_away_nothing_and_wears_nobody_down(meeting: Any) -> None:
    token = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
    first = ask().content
    for _time in range(3):
        ask()
    assert len(mail.outbox) == 1
    Client().post(link(mail.outbox.pop(), "confirm"))
    assert token.sub(b"", ask().content) == token.sub(b"", first)
    assert mail.outbox == []
    assert "govuk-error" in ask("a@b\nBcc: x@example.org").content.decode()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/bodies/pcp/news/", {"email": WHO}).status_code == 403
    BodySubscription.objects.update(
        confirmed_at=None, asked_at=timezone.now() - dt.timedelta(days=8)
    )
    news.send_news()
    assert not BodySubscription.objects.exists()


def test_a_body_that_is_not_public_has_neither_feed_nor_news(db: None) -> None:
    make("body", reference="hidden", status="draft")
    for page in ("feed", "news"):
        for body in ("hidden", "none"):
            assert Client().get(f"/bodies/{body}/{page}/").status_code == 404


def test_a_dry_run_keeps_nothing_and_a_cut_is_reported(meeting: Any, monkeypatch: Any) -> None:
    subscribe()
    make("agenda-item", parent=meeting)
    assert news.send_news(dry_run=True) == {"mails": 1, "news": 1, "unsure": 0}
    assert mail.outbox == []

    def cut(*args: Any, **options: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("peelian.pages.subscriptions.EmailMultiAlternatives.send", cut)
        with pytest.raises(KeyboardInterrupt):
            news.send_news()
    assert news.send_news() == {"mails": 0, "news": 0, "unsure": 1}


class OftenSent(TestCase):
    """However publishing and sending alternate, each agenda is told once."""

    @settings(max_examples=8)
    @given(steps=st.lists(st.sampled_from(["publish", "change", "send"]), max_size=7))
    def test_each_is_told_once(self, steps: list[str]) -> None:
        body = make("body")
        soon = dt.date.today() + dt.timedelta(days=90)
        subscription = BodySubscription.objects.create(
            email=WHO, body=body, confirmed_at=timezone.now()
        )
        items: list[Any] = []
        for step in [*steps, "send"]:
            if step == "publish":
                held = make("meeting", body=body, held_on=soon, state="planned")
                items.append(make("agenda-item", parent=held))
            elif step == "change" and items:
                operations.release(amend(items[-1], title=f"New {len(items)}"), by=CHRIS)
            elif step == "send":
                news.send_news()
        keys = list(subscription.told.values_list("key", flat=True))
        assert len(keys) == len(set(keys)) == len(items)


# ---- as a feed ----


def required(element: Any, name: str) -> str:
    """Return the text of the one child that RFC 4287 requires."""
    found = element.findall(f"{ATOM}{name}")
    assert len(found) == 1, name
    assert (found[0].text or "").strip(), name
    return str(found[0].text)


def test_the_feed_of_a_body_has_what_atom_requires(meeting: Any) -> None:
    make("agenda-item", parent=meeting, title="Roads & <bridges>")
    minute = make("minute", parent=meeting, title="Roads")
    make("undertaking", made_at=minute, title="Write to the county")
    make("meeting", body=make("body"), title="Of another body")
    response = Client().get("/bodies/pcp/feed/")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):  # RFC 4287, section 4.1.1
        required(feed, name)
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    [own] = [one for one in feed.findall(f"{ATOM}link") if one.get("rel") == "self"]
    assert own.get("href") == "http://testserver/bodies/pcp/feed/"
    entries = feed.findall(f"{ATOM}entry")
    days = []
    for entry in entries:  # section 4.1.2
        assert required(entry, "id").startswith("http://testserver/")
        required(entry, "title")
        updated = parse_datetime(required(entry, "updated"))
        assert updated
        assert updated.tzinfo
        days.append(updated)
        assert [one.get("href") for one in entry.findall(f"{ATOM}link")]
    ids = [required(entry, "id") for entry in entries]
    assert len(set(ids)) == len(ids)
    assert days == sorted(days, reverse=True)
    assert {required(entry, "title") for entry in entries} == {
        "February meeting",
        "Agenda: February meeting",
        "Minutes: February meeting",
        "Undertaking: Write to the county",
    }
    [summary] = [s.text for s in feed.iter(f"{ATOM}summary") if "bridges" in str(s.text)]
    assert summary == "Roads &amp; &lt;bridges&gt;", "it is marked as HTML, and is no HTML"
    for address in {i.partition("#")[0].removeprefix("http://testserver") for i in ids}:
        assert read(address).status == 200


def test_a_body_without_meetings_has_an_empty_feed(panel: Any) -> None:
    response = Client().get("/bodies/pcp/feed/")
    feed = ElementTree.fromstring(response.content)
    assert feed.findall(f"{ATOM}entry") == []
    required(feed, "updated")


def test_a_body_that_meets_leads_to_its_feed_and_its_news(meeting: Any) -> None:
    links = read(meeting.body.get_absolute_url()).links
    assert links["What is new, by e-mail"] == "/bodies/pcp/news/"
    assert links["What is new, as a feed (Atom)"] == "/bodies/pcp/feed/"
    for _time in range(2):
        page = read("/bodies/pcp/feed/")
    assert page.queries <= 12


# ---- on a topic ----


def test_who_asked_on_a_topic_is_told_of_what_mentions_it_alone(panel: Any, meeting: Any) -> None:
    make("agenda-item", parent=meeting, number=1, title="Welcome")
    Client().post("/bodies/pcp/news/", {"email": WHO, "topic": " Rural  CRIME "})
    asked = mail.outbox.pop()
    assert "on “rural crime”" in asked.subject
    Client().post(link(asked, "confirm"))
    later = make("meeting", body=panel, title="March meeting", held_on="2020-03-20")
    make("agenda-item", parent=later, number=1, title="Roads")
    assert told() == []
    make("agenda-item", parent=later, number=2, title="Crime in rural places")
    assert told() == ["Agenda: March meeting"]
    assert told() == []


def test_one_address_may_ask_on_two_topics_and_on_everything(meeting: Any) -> None:
    for topic in ("roads", "", "rural crime", "ROADS"):
        Client().post("/bodies/pcp/news/", {"email": WHO, "topic": topic})
    topics = BodySubscription.objects.values_list("topic", flat=True)
    assert sorted(topics) == ["", "roads", "rural crime"]
