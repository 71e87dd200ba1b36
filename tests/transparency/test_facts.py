"""What the registers hold starts clocks: once each, never by hand too, until it is published."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peelian.duties import calendar, events, facts
from peelian.duties.calendar import Duty
from peelian.duties.proofs import State
from peelian.intake.tables import Rejected
from peelian.record import operations
from peelian.record.errors import Invalid
from peelian.record.load import load_file
from peelian.record.scope import PUBLIC, Scope
from tests.every.world import one_of_each
from tests.makers import CHRIS, PAT, bring_to, make, make_all

pytestmark = pytest.mark.django_db
OFFICE = Scope(CHRIS)
MADE = dt.date(2026, 5, 5)


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.OFFICE = settings.OFFICE | {"today": "2026-06-30"}


def _due(scope: Scope = OFFICE) -> dict[str, Duty]:
    found = calendar.due_between(MADE, MADE.replace(year=2027), scope=scope)
    return {duty.record.kind: duty for duty in found if duty.record}


def _entries() -> dict[str, Any]:
    return {
        "decision": make("decision", status="draft", decided_on=MADE),
        "gift": make("gift", status="draft", offered_on=MADE),
        "contract": make("contract", status="draft", value="10,000.01", made_on=MADE),
    }


def test_a_decision_a_gift_and_a_contract_fall_due_with_their_rule() -> None:
    _entries()
    assert {kind: duty.rule.item for kind, duty in _due().items()} == {
        "decision": "5(d)",
        "gift": "2(e)",
        "contract": "4(b)",
    }
    assert {duty.state for duty in _due().values()} == {State.OVERDUE}
    assert _due(PUBLIC) == {}, "none of it is public yet"


def test_every_event_that_a_record_is_said_to_open_is_told_by_one(settings: Any) -> None:
    panel = {"reference": settings.OFFICE["panel"], "form": "panel"}
    one_of_each(
        of_each={
            "body": panel,
            "election": {"notice_on": dt.date(2020, 3, 30)},
            "theme": {"meeting": None},  # for another body's than the panel's
        }
    )
    told = [event.fact.kind for event in facts.events(OFFICE)]
    # What a record's time is counted from opens no clock: retention sees to it.
    kept = {rule.trigger for rule in calendar.rules() if rule.pack == "retention"} - {"meeting"}
    said = {event.id for event in events.by_record()} - kept
    assert said <= set(told)
    assert [kind for kind in said if told.count(kind) != 1] == []


@pytest.mark.parametrize("event", [event.id for event in events.by_record()])
def test_what_a_record_tells_of_is_offered_to_nobody_as_a_clock(
    event: str, chris: Any, tmp_path: Path
) -> None:
    client = Client()
    client.force_login(chris)
    chosen = client.get(reverse("office-duties-open")).content.decode()
    form = client.get(reverse("office-clocks-new")).content.decode()
    assert (f"event={event}" in chosen, f'value="{event}"' in form) == (False, False)
    with pytest.raises(Invalid) as refused:
        make("clock", event=event)
    assert "event" in refused.value.errors
    file = tmp_path / "clocks.csv"
    file.write_text(f"event,title,opened_on\n{event},T,2026-05-05\n", encoding="utf-8")
    with pytest.raises(Rejected, match="row 2, column “event”"):
        load_file(file, by=PAT)


@pytest.mark.parametrize("event", ["tender_issued", "public_meeting_of_office"])
def test_what_no_register_tells_of_is_opened_by_hand(event: str) -> None:
    make("clock", event=event, opened_on=MADE)
    assert _due(PUBLIC)["clock"].rule.trigger == event


@pytest.mark.parametrize("kind", ["decision", "gift"])
def test_an_entry_is_its_own_proof_from_the_day_it_is_published(kind: str, chris: Any) -> None:
    entry = bring_to(_entries()[kind], "approved")
    assert _due()[kind].state == State.OVERDUE
    client = Client()
    client.force_login(chris)
    address = reverse(f"office-{kind}s-publish", args=[entry.reference])
    client.post(address, {"step": "publish", "why": "Agreed"})
    for scope in (OFFICE, PUBLIC):
        duty = _due(scope)[kind]
        assert (duty.state, duty.proof_url) == (State.MET, "")
        assert duty.url == scope.url(entry)
    page = Client().get(reverse("calendar"), {"year": "2026-27", "basis": ""}).content.decode()
    assert "Published here" in page


def test_for_the_office_alone_published_is_not_published() -> None:
    make("gift", offered_on=MADE, audience="office")
    assert _due()["gift"].state == State.OVERDUE


def test_a_file_says_when_a_decision_was_published_and_of_a_gift_that_it_was() -> None:
    make_all("decision", {"decided_on": MADE, "published_on": MADE})
    make_all("gift", {"offered_on": MADE})
    due = _due()
    assert (due["decision"].state, due["decision"].met_words) == (State.MET, "in time")
    assert (due["gift"].state, due["gift"].met_words) == (State.MET, "")
    page = Client().get(reverse("calendar"), {"year": "2026-27", "basis": ""}).content.decode()
    assert "on a day that is not on the record" in page
    for feed in ("calendar-csv", "calendar-feed"):
        assert Client().get(reverse(feed), {"year": "2026-27", "basis": ""}).status_code == 200


def test_an_embargo_keeps_a_duty_open() -> None:
    gift = make("gift", status="approved", offered_on=MADE)
    operations.publish(gift, by=CHRIS, embargo_until=timezone.now() + dt.timedelta(1))
    assert (_due()["gift"].state, _due(PUBLIC)) == (State.OVERDUE, {})


def test_a_contract_falls_due_above_the_threshold_alone_and_waits_for_its_proof() -> None:
    make("contract", value="10,000.00", made_on=MADE)
    assert _due() == {}
    make("contract", value="10,000.01", made_on=MADE)
    assert _due()["contract"].state == State.OVERDUE


def test_what_was_withdrawn_falls_due_no_more() -> None:
    operations.withdraw(make("gift", offered_on=MADE), by=CHRIS, why="Entered twice")
    assert _due() == {}


def test_all_registers_are_read_in_one_query(django_assert_num_queries: Any) -> None:
    for _each in range(2):
        _entries()
    make("interest")
    with django_assert_num_queries(1):
        assert len(facts.events(OFFICE)) == 7
