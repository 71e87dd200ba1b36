"""Alerts: of what somebody asked about, when it begins, once, and never of what is not public."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from peelian.figures import alerts
from peelian.figures.assessments import refresh
from peelian.figures.models import Observation, Subscription, Told
from peelian.figures.periods import months_on
from peelian.pages import subscriptions
from peelian.record import operations
from tests.figures.test_assess import JANUARY, observe
from tests.makers import CHRIS, make

pytestmark = pytest.mark.django_db
STEADY = [90.0, 110.0] * 12
WHO = "reader@example.org"


@pytest.fixture
def robbery(db):
    return make("measure", reference="robbery", title="Robbery", polarity="lower")


@pytest.fixture
def north(db):
    return make("area", reference="north", title="North", level="local_policing_area")


@pytest.fixture
def series(robbery, north):
    """Two years in which nothing happens, assessed."""
    observe(robbery, north, STEADY)
    refresh()
    return robbery, north


def month(series, number: int, value: float, **more) -> None:
    """Load one more month, as a return would."""
    observe(*series, {months_on(JANUARY, number): value}, **more)
    refresh()


def ask(client, email=WHO, about="measure=robbery"):
    return client.post(f"/alerts/?{about}", {"email": email})


def link_in(message, what: str) -> str:
    return re.search(rf"/alerts/{what}/[^/\s]+/", message.body)[0]


def subscribe(client, about="measure=robbery") -> Subscription:
    ask(client, about=about)
    client.post(link_in(mail.outbox.pop(), "confirm"))
    return Subscription.objects.get()


def sent() -> list[str]:
    alerts.send_alerts()
    texts = [message.body for message in mail.outbox]
    mail.outbox.clear()
    return texts


# ---- asking ----


def test_nobody_is_told_anything_before_the_address_confirms(series, client):
    ask(client)
    month(series, 24, 300)
    [asked] = mail.outbox
    assert asked.to == [WHO]
    mail.outbox.clear()
    assert sent() == []
    place = link_in(asked, "confirm")
    assert "Yes, tell me" in client.get(place).content.decode()
    # A robot that follows links changes nothing.
    assert Subscription.objects.get().confirmed_at is None
    client.post(place)
    assert Subscription.objects.get().confirmed_at


def test_the_answer_is_the_same_whether_or_not_the_address_is_known(series, client):
    first = ask(client).content
    client.post(link_in(mail.outbox.pop(), "confirm"))
    token = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub(b"", ask(client).content) == token.sub(b"", first)
    assert mail.outbox == []


def test_asking_again_and_again_sends_one_mail_an_hour_and_a_few_at_most(series, client):
    for _n in range(3):
        ask(client)
    assert len(mail.outbox) == 1
    for n in range(subscriptions.MOST_ASKED + 5):
        make("measure", reference=f"m{n}")
        ask(client, about=f"measure=m{n}")
    assert Subscription.objects.count() == subscriptions.MOST_ASKED


@pytest.mark.parametrize("email", ["", "nobody", "a@b\nBcc: x@example.org", "a@b.org, c@d.org"])
def test_what_is_no_address_is_refused(series, client, email):
    assert "govuk-error" in ask(client, email=email).content.decode()
    assert mail.outbox == []


def test_an_address_that_never_confirmed_is_forgotten_after_seven_days(series, client):
    ask(client)
    asked = mail.outbox.pop()
    Subscription.objects.update(asked_at=timezone.now() - dt.timedelta(days=8))
    alerts.send_alerts()
    assert not Subscription.objects.exists()
    assert client.post(link_in(asked, "confirm")).status_code == 404


@pytest.mark.parametrize("token", ["x", "1:2:3", "MQ:1abc:wrong"])
def test_a_link_that_is_none_of_ours_does_nothing(series, client, token):
    for what in ("confirm", "stop"):
        assert client.post(f"/alerts/{what}/{token}/").status_code == 404


def test_a_link_to_confirm_does_not_stop_and_the_other_way_round(series, client):
    subscription = subscribe(client)
    month(series, 24, 300)
    [told] = sent()
    stop = re.search(r"/alerts/stop/([^/\s]+)/", told)[1]
    assert client.post(f"/alerts/confirm/{stop}/").status_code == 404
    assert Subscription.objects.get() == subscription


# ---- telling ----


def test_a_new_signal_is_told_with_its_sentence_its_chart_and_a_way_to_stop(series, client):
    subscribe(client)
    assert sent() == []
    month(series, 24, 300)
    alerts.send_alerts()
    [message] = mail.outbox
    assert message.subject == "Robbery: something unusual"
    assert "Robbery in North: 300 in January 2021" in message.body
    assert "/measures/robbery/?area=north" in message.body
    html, pictures = message.alternatives[0][0], message.attachments
    assert "cid:chart-0" in html
    assert pictures[0].get_payload(decode=True).startswith(b"\x89PNG")
    stop = link_in(message, "stop")
    assert stop in message.extra_headers["List-Unsubscribe"]
    client.post(stop)  # without a token of the form: the mail program's own button
    assert not Subscription.objects.exists()


def test_nothing_is_told_twice_however_often_it_is_sent_or_loaded(series, client):
    subscribe(client)
    month(series, 24, 300)
    assert len(sent()) == 1
    refresh()
    assert sent() == []
    month(series, 24, 300.0, known=dt.date(2021, 3, 1))  # a revision that changes nothing
    assert sent() == []


def test_a_signal_that_goes_on_is_one_signal_and_a_new_one_is_another(series, client):
    subscribe(client)
    month(series, 24, 300)
    assert len(sent()) == 1
    month(series, 25, 310)
    assert sent() == []
    month(series, 26, 100)
    assert sent() == []
    month(series, 27, 320)
    assert len(sent()) == 1


def test_what_was_there_before_the_subscription_is_not_told(series, client):
    month(series, 24, 300)
    subscribe(client)
    assert sent() == []
    month(series, 25, 400)
    assert sent() == []  # it goes on


def test_several_new_signals_of_an_area_come_in_one_mail(series, client):
    _robbery, north = series
    arson = make("measure", reference="arson", title="Arson")
    observe(arson, north, STEADY)
    refresh()
    subscribe(client, "area=north")
    month(series, 24, 300)
    month((arson, north), 24, 290)
    [one] = sent()
    assert "Robbery" in one
    assert "Arson" in one


def test_nothing_is_told_of_what_is_no_longer_public(series, client):
    subscribe(client, "area=north")
    month(series, 24, 300)
    operations.withdraw(series[0], by=CHRIS, why="Wrong")
    assert sent() == []
    assert client.get("/alerts/?measure=robbery").status_code == 404


def test_a_dry_run_sends_and_keeps_nothing(series, client):
    subscribe(client)
    month(series, 24, 300)
    assert alerts.send_alerts(dry_run=True)["signals"] == 1
    assert mail.outbox == []
    assert len(sent()) == 1


def test_cut_off_while_sending_an_alert_is_reported_and_not_repeated(series, client, monkeypatch):
    subscribe(client)
    month(series, 24, 300)

    def cut(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("peelian.pages.subscriptions.EmailMultiAlternatives.send", cut)
        with pytest.raises(KeyboardInterrupt):
            alerts.send_alerts()
    assert Told.objects.get().state == Told.State.SENDING
    assert alerts.send_alerts() == {"mails": 0, "signals": 0, "unsure": 1}


@settings(max_examples=15)
@given(st.lists(st.sampled_from(["calm", "high", "send", "reload", "revise"]), max_size=12))
def test_whatever_the_order_of_loading_and_sending_each_signal_is_told_once(series, steps):
    robbery, _north = series
    Observation.objects.filter(period__gte=months_on(JANUARY, 24)).delete()
    Subscription.objects.all().delete()
    refresh()
    subscription = Subscription.objects.create(
        email=WHO, measure=robbery, confirmed_at=timezone.now()
    )
    mail.outbox.clear()
    number, months, known = 24, [], dt.date(2021, 1, 1)
    for step in steps:
        if step in ("calm", "high"):
            month(series, number, 1000.0 if step == "high" else 100.0)
            months.append(step)
            number += 1
            alerts.send_alerts()
        elif step == "revise" and months:
            known += dt.timedelta(days=1)
            month(series, number - 1, 1000.0 if months[-1] == "high" else 100.0, known=known)
        elif step == "reload":
            refresh()
        else:
            alerts.send_alerts()
    alerts.send_alerts()
    befores = ["", *months]
    began = sum(a != "high" == b for a, b in zip(befores, months, strict=False))
    told = Told.objects.filter(subscription=subscription, rule="outside", sign=1)
    assert told.count() == began
    assert not Told.objects.exclude(state=Told.State.SENT).exists()
