"""Links without login: whom they let in, for how long, and what they show."""

from __future__ import annotations

import datetime as dt
import logging
import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from peelian.config.logs import WithoutLinks
from peelian.promises import operations as promises
from peelian.promises.kinds import UPDATE
from peelian.record.models import Change
from peelian.rounds import inviting, links
from peelian.rounds.models import Answer, Code, Invitation, Knock, Link
from tests.makers import CHRIS, PAT, make, make_all
from tests.rounds.invited import MARCH, an_invitation, invite_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    return an_invitation()


def address_of(invitation) -> str:
    return links.new_link(invitation).partition("//")[2].partition("/")[2].join(("/", ""))


def let_in(address, client=None) -> Client:
    """Return a browser whose user has given the code that was mailed."""
    client = client or Client()
    assert client.post(address, {"step": "send"}).status_code == 200
    code = re.search(r"\b\d{6}\b", mail.outbox[-1].body)
    assert code is not None
    answer = client.post(address, {"step": "enter", "code": code[0]})
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    return client


def send(client, address, activity, **typed):
    said: dict[str, Any] = {
        "progress": "at_risk",
        "text": "Two posts are empty.",
        "release": "public",
    }
    page = client.get(address).content.decode()
    key = re.search(r'name="key" value="(\w+)"', page)
    typed = {"key": key[1] if key else "", "version": "0", **said, **typed}
    return client.post(f"{address}{activity.reference}/", typed)


# ---- the link itself ----


def test_no_two_links_are_alike_and_none_is_kept(asked) -> None:
    invitation, _activity = asked
    tokens = {address_of(invitation).split("/")[-2] for _n in range(20)}
    assert len(tokens) == 20
    assert all(len(token) >= 43 for token in tokens)  # 256 bits
    kept = {value for row in Link.objects.values_list() for value in map(str, row)}
    assert not kept & tokens


@pytest.mark.parametrize(
    "ended",
    [
        {"revoked_at": timezone.now()},
        {"expires_at": timezone.now() - dt.timedelta(seconds=1)},
    ],
)
def test_a_link_that_ended_and_one_that_never_was_say_the_same(ended) -> None:
    invitation, activity = an_invitation()
    address = address_of(invitation)
    browser = let_in(address)
    Invitation.objects.update(**ended)
    unknown = Client().get("/answer/none-of-ours/")
    for client in (browser, Client()):
        for said in (
            client.get(address),
            client.post(address, {"step": "send"}),
            client.post(f"{address}{activity.reference}/", {"text": "More."}),
        ):
            assert said.status_code == unknown.status_code == 404
            assert said.content == unknown.content


def test_a_link_that_was_forwarded_shows_nothing_of_its_lines(asked) -> None:
    invitation, activity = asked
    address = address_of(invitation)
    let_in(address)
    other = Client()
    page = other.get(address).content.decode()
    assert activity.title not in page
    assert "Head of Crime" not in page
    assert invitation.email not in page
    assert send(other, address, activity).status_code == 403
    assert not UPDATE.all().exists()


def test_a_page_shows_only_the_lines_that_were_asked_about(asked) -> None:
    invitation, activity = asked
    other = make("activity", parent=activity.parent, title="Somebody else's business")
    address = address_of(invitation)
    browser = let_in(address)
    assert activity.title in browser.get(address).content.decode()
    assert other.title not in browser.get(address).content.decode()
    assert send(browser, address, other).status_code == 400
    assert not UPDATE.all().exists()


def test_the_code_of_one_invitation_opens_no_other(asked) -> None:
    invitation, activity = asked
    second = invite_to(
        invitation.round, activity, owner=make("role"), email="kim@force.example", name="Kim"
    )
    browser = let_in(address_of(invitation))
    assert activity.title not in browser.get(address_of(second)).content.decode()


@pytest.mark.parametrize("path", ["", "activity"])
def test_pages_are_kept_out_of_caches_referrers_and_search(asked, path) -> None:
    invitation, activity = asked
    address = address_of(invitation)
    said = Client().get(address + (f"{activity.reference}/" if path else ""))
    assert said.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in said.headers["Cache-Control"]
    assert "noindex" in said.headers["X-Robots-Tag"]


def test_the_server_writes_no_link_down() -> None:
    record = logging.LogRecord(
        "django.request", 30, "", 0, "Not Found: %s", ("/answer/Secret-1_x/A4.6/",), None
    )
    assert WithoutLinks().filter(record)
    assert record.getMessage() == "Not Found: /answer/…/A4.6/"


def test_what_is_written_of_a_link_on_the_record_is_never_the_link(asked) -> None:
    invitation, activity = asked
    address = address_of(invitation)
    send(let_in(address), address, activity)
    token = address.split("/")[-2]
    assert token not in str(list(Change.objects.values()))


# ---- the code ----


def test_a_wrong_code_may_be_tried_five_times_and_then_the_right_one_serves_no_more(asked) -> None:
    invitation, _activity = asked
    code = links.new_code(invitation)
    wrong = "000000" if code != "000000" else "111111"
    assert not any(links.is_code(invitation, wrong) for _n in range(links.MOST_TRIES))
    assert not links.is_code(invitation, code)


def test_a_code_serves_once_for_a_quarter_of_an_hour_and_only_the_newest(asked) -> None:
    invitation, _activity = asked
    first, second = links.new_code(invitation), links.new_code(invitation)
    assert first == second or not links.is_code(invitation, first)
    assert links.is_code(invitation, f" {second[:3]} {second[3:]} ")
    assert not links.is_code(invitation, second)
    third = links.new_code(invitation)
    Code.objects.update(made_at=timezone.now() - links.CODE_LIVES)
    assert not links.is_code(invitation, third)
    assert third not in str(list(Code.objects.values()))


def test_an_invitation_is_sent_few_codes_an_hour(asked) -> None:
    invitation, _activity = asked
    address = address_of(invitation)
    said = [Client().post(address, {"step": "send"}).status_code for _n in range(7)]
    assert said == [200] * 5 + [400] * 2
    assert len(mail.outbox) == 5
    Knock.objects.update(at=timezone.now() - 2 * links.HOUR)
    assert Client().post(address, {"step": "send"}).status_code == 200


def test_one_network_address_asks_for_few_codes_and_is_then_no_help_to_guess_links(asked) -> None:
    invitation, activity = asked
    address = address_of(invitation)
    browser = let_in(address)
    for _n in range(links.MOST_UNKNOWN[0][0]):
        Client().get("/answer/a-guess/")
    assert Client().get("/answer/a-guess/").status_code == 429
    assert send(browser, address, activity).status_code == 302  # who was let in is not held up
    assert "127.0.0.1" not in str(list(Knock.objects.values()))


@pytest.mark.parametrize(
    ("https", "header", "network"),
    [
        (False, "10.0.0.1", "127.0.0.1"),  # nobody has put a proxy there: a visitor may send this
        (True, "10.0.0.1", "10.0.0.1"),
        (True, "1.2.3.4, 10.0.0.2", "10.0.0.2"),
        (True, None, "127.0.0.1"),
    ],
)
def test_behind_a_proxy_the_address_is_the_one_it_added(settings, https, header, network) -> None:
    settings.HTTPS = https
    headers = {"HTTP_X_FORWARDED_FOR": header} if header else {}
    assert links.network_of(RequestFactory().get("/", **headers)) == network


def test_opening_a_link_by_itself_sends_no_mail(asked) -> None:
    """Mail programs open links to look at them."""
    address = address_of(asked[0])
    assert Client().get(address).status_code == 200
    assert Client().head(address).status_code == 200
    assert mail.outbox == []
    assert Invitation.objects.get().first_used_at is None


def test_a_form_that_is_not_the_pages_own_is_not_taken(asked) -> None:
    invitation, activity = asked
    address = address_of(invitation)
    browser = let_in(address)
    assert send(browser, address, activity, key="forged").status_code == 400
    assert not UPDATE.all().exists()


def test_very_many_answers_in_an_hour_are_held_up(asked, monkeypatch) -> None:
    invitation, activity = asked
    monkeypatch.setattr(links, "MOST_SAVED", ((2, links.HOUR),))
    address = address_of(invitation)
    browser = let_in(address)
    said = [send(browser, address, activity, text=f"Word {n}.").status_code for n in range(3)]
    assert said[0] == 302
    assert said[2] == 429


# ---- while it is written ----

STALE = "The course will start in November 2019."


def test_what_the_checks_would_say_is_said_while_it_is_written_and_nothing_is_saved(asked) -> None:
    invitation, activity = asked
    address = address_of(invitation)
    browser = let_in(address)
    looked = send(browser, address, activity, step="look", text=STALE)
    assert looked.status_code == 200
    assert "Worth a second look" in looked.content.decode()
    assert "November 2019" in looked.content.decode()
    good = send(browser, address, activity, step="look", text="The course began on 6 January.")
    assert "Worth a second look" not in good.content.decode()
    assert not UPDATE.all().exists()
    assert not Answer.objects.exists()


def test_nobody_else_is_told_what_the_checks_would_say(asked, monkeypatch) -> None:
    invitation, activity = asked
    other = make("activity", parent=activity.parent)
    address = address_of(invitation)
    browser = let_in(address)
    assert send(Client(), address, activity, step="look").status_code == 403
    assert send(browser, address, other, step="look").status_code == 400
    assert send(browser, address, activity, step="look", key="forged").status_code == 400
    monkeypatch.setattr(links, "MOST_LOOKED", ((1, links.HOUR),))
    looks = [send(browser, address, activity, step="look").status_code for _n in range(2)]
    assert looks == [200, 429]


# ---- answering ----


def test_a_line_is_answered_on_its_page(asked) -> None:
    invitation, activity = asked
    address = address_of(invitation)
    browser = let_in(address)
    assert "0 of 1 lines answered" in browser.get(address).content.decode()
    said = send(browser, address, activity, release="internal", text="Line\r\nby line")
    assert said.headers["Location"] == (
        f"{address}?saved={activity.reference}#line-{activity.reference}"
    )
    page = browser.get(said.headers["Location"]).content.decode()
    assert "1 of 1 lines answered" in page
    assert "Saved." in page
    update = UPDATE.all().get()
    assert (update.status, update.text, update.release) == (
        "in_review",
        "Line\nby line",
        "internal",
    )
    assert Invitation.objects.get().first_used_at


def test_no_change_says_again_what_was_said_last(asked) -> None:
    invitation, activity = asked
    for month, text in ((6, "June."), (9, "September."), (12, "December.")):
        day = dt.date(2019, month, 28)
        make("update", parent=activity, as_at=day, text=text, progress="off_track")
    make("update", parent=activity, as_at=dt.date(2020, 2, 1), text="A draft.", status="draft")
    address = address_of(invitation)
    browser = let_in(address)
    page = browser.get(address).content.decode()
    assert [page.index(word) for word in ("December.", "September.", "June.")] == sorted(
        page.index(word) for word in ("December.", "September.", "June.")
    )
    assert "A draft." not in page
    assert send(browser, address, activity, step="no-change").status_code == 302
    update = UPDATE.all().get(as_at=MARCH)
    assert (update.text, update.progress) == ("December.", "off_track")
    assert Answer.objects.get().form == "no_change"


def test_there_is_no_no_change_before_there_was_anything(asked) -> None:
    invitation, activity = asked
    address = address_of(invitation)
    browser = let_in(address)
    assert "No change since" not in browser.get(address).content.decode()
    assert send(browser, address, activity, step="no-change").status_code == 400


def test_what_a_colleague_saved_first_stands_beside_what_was_typed(asked) -> None:
    invitation, activity = asked
    address = address_of(invitation)
    browser = let_in(address)
    said: dict[str, Any] = {"progress": "on_track", "text": "Theirs, first."}
    promises.record_update(activity, as_at=MARCH, version=None, by=PAT, **said)
    answer = send(browser, address, activity, text="Mine, second.")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Theirs, first." in page
    assert "Mine, second." in page
    assert UPDATE.all().get().text == "Theirs, first."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": ""}, "Write what has happened"),
        ({"progress": "splendid"}, "Choose a status"),
        ({"release": "friends"}, "Choose who may hear it"),
        ({"step": "decline", "reason": " "}, "Say why you cannot"),
        ({"step": "hand-on", "email": "nobody"}, "is no e-mail address"),
        ({"step": "hand-on", "email": "alex@force.example"}, "your own address"),
    ],
)
def test_bad_input_is_said_beside_the_line(asked, typed, said) -> None:
    invitation, activity = asked
    address = address_of(invitation)
    answer = send(let_in(address), address, activity, **typed)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Answer.objects.exists()


def test_a_line_is_declined_with_its_reason_and_may_still_be_answered(asked) -> None:
    invitation, activity = asked
    address = address_of(invitation)
    browser = let_in(address)
    send(browser, address, activity, step="decline", reason="The force left this board.")
    page = browser.get(address).content.decode()
    assert "1 of 1 lines answered" in page
    assert "The force left this board." in page
    assert not UPDATE.all().exists()
    send(browser, address, activity)
    assert UPDATE.all().exists()


def test_a_line_that_was_sent_back_is_open_again_and_says_why(asked) -> None:
    invitation, activity = asked
    address = address_of(invitation)
    browser = let_in(address)
    send(browser, address, activity)
    from peelian.record.operations import send_back

    send_back(UPDATE.all().get(), by=CHRIS, why="Which two posts?")
    page = browser.get(address).content.decode()
    assert "0 of 1 lines answered" in page
    assert "Which two posts?" in page


def test_a_colleague_gets_a_link_for_the_lines_handed_on_alone(asked) -> None:
    invitation, activity = asked
    second = make("activity", parent=activity.parent, owner=activity.owner, title="Keep this one")
    invitation.lines.create(promise=second)
    address = address_of(invitation)
    browser = let_in(address)
    send(browser, address, activity, step="hand-on", email="Kim@Force.example", name="Kim Low")
    [letter] = [m for m in mail.outbox if m.to == ["kim@force.example"]]
    assert activity.title in letter.body
    assert second.title not in letter.body
    theirs = re.search(r"http\S+(/answer/\S+)", letter.body)
    assert theirs is not None
    colleague = let_in(theirs[1])
    page = colleague.get(theirs[1]).content.decode()
    assert activity.title in page
    assert second.title not in page
    assert send(colleague, theirs[1], second).status_code == 400
    assert send(colleague, theirs[1], activity).status_code == 302
    assert "Kim Low (by link), kim@force.example" in UPDATE.all().get().title + str(
        list(Change.objects.values_list("by", flat=True))
    )
    # The one who handed it on sees that it is answered; closing their link closes the colleague's.
    assert "1 of 2 lines answered" in browser.get(address).content.decode()
    inviting.revoke(Invitation.objects.get(after=None), by=PAT)
    assert colleague.get(theirs[1]).status_code == 404


def test_what_was_handed_on_is_not_handed_on_again_nor_to_everybody(asked, monkeypatch) -> None:
    invitation, activity = asked
    monkeypatch.setattr(inviting, "MOST_HANDED_ON", 1)
    address = address_of(invitation)
    browser = let_in(address)
    assert send(browser, address, activity, step="hand-on", email="a@b.example").status_code == 302
    assert send(browser, address, activity, step="hand-on", email="c@b.example").status_code == 400
    theirs = address_of(Invitation.objects.exclude(after=None).get())
    colleague = let_in(theirs)
    assert "A colleague’s e-mail address" not in colleague.get(theirs).content.decode()
    assert send(colleague, theirs, activity, step="hand-on", email="d@b.example").status_code == 400


def test_who_is_done_is_thanked_and_told_what_is_open(asked) -> None:
    invitation, activity = asked
    address = address_of(invitation)
    browser = let_in(address)
    key = links.form_key(invitation)
    early = browser.post(address, {"step": "finish", "key": key}).content.decode()
    assert "Still open:" in early
    assert activity.title in early
    send(browser, address, activity)
    assert (
        "Every line is answered."
        in browser.post(address, {"step": "finish", "key": key}).content.decode()
    )
    assert Invitation.objects.get().finished_at


def test_a_page_of_many_lines_asks_the_database_as_often_as_one_of_few(asked) -> None:
    invitation, activity = asked
    address = address_of(invitation)
    browser = let_in(address)

    def asks() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    few = asks()
    more = make_all("activity", *({"parent": activity.parent} for _n in range(12)))
    for one in more:
        invitation.lines.create(promise=one)
        make("update", parent=one, as_at=dt.date(2019, 12, 31))
        promises.record_update(
            one, as_at=MARCH, version=None, by=PAT, progress="on_track", text="Well."
        )
    assert few <= asks() <= 12
