"""An agenda goes out together: the meeting and all its items, by somebody who wrote none of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from peelian.meetings.models import Meeting
from peelian.meetings.operations import publish_agenda, send_agenda, unpublished
from peelian.record.clock import today
from peelian.record.errors import Refused
from peelian.record.models import Record
from tests.every.world import person
from tests.makers import CHRIS, PAT, ROBIN, amend, make

pytestmark = pytest.mark.django_db


def a_meeting(days: int = 60, **values: Any) -> Meeting:
    """Return a meeting of the panel so many days ahead: a draft, with two drafts on its agenda."""
    panel = make("body", reference="west-mercia-pcp", form="panel")
    held_on = today() + dt.timedelta(days=days)
    wanted = {"body": panel, "held_on": held_on, "state": "planned"} | values
    meeting: Meeting = make("meeting", status="draft", **wanted)
    for number, title in ((1, "Welcome"), (2, "Rural crime")):
        make("agenda-item", status="draft", parent=meeting, number=number, title=title)
    return meeting


def states(meeting: Meeting) -> list[str]:
    items = Record.objects.filter(parent=meeting, kind="agenda-item").in_order()
    meeting.refresh_from_db()
    return [meeting.status, *(item.status for item in items)]


def test_it_is_sent_and_published_as_a_whole() -> None:
    meeting = a_meeting()
    assert send_agenda(meeting, by=PAT) == 3
    assert states(meeting) == ["in_review"] * 3
    assert publish_agenda(meeting, by=CHRIS) == 3
    assert states(meeting) == ["published"] * 3
    assert unpublished(meeting) == []


def test_nothing_goes_out_twice() -> None:
    meeting = a_meeting()
    publish_agenda(meeting, by=CHRIS)
    with pytest.raises(Refused, match="public"):
        publish_agenda(meeting, by=CHRIS)
    with pytest.raises(Refused, match="draft"):
        send_agenda(meeting, by=PAT)


def test_who_wrote_any_of_it_cannot_let_it_out() -> None:
    meeting = a_meeting()
    make("agenda-item", status="draft", parent=meeting, number=3, by=CHRIS, approver=PAT)
    with pytest.raises(Refused):
        publish_agenda(meeting, by=CHRIS)
    assert states(meeting) == ["draft"] * 4


def test_an_item_that_comes_late_without_a_reason_holds_all_of_it_back() -> None:
    meeting = a_meeting(days=3, late_reason="Called at short notice.")
    with pytest.raises(Refused, match="Welcome"):
        publish_agenda(meeting, by=CHRIS)
    assert states(meeting) == ["draft"] * 3


def test_a_change_of_a_public_item_goes_out_with_the_rest() -> None:
    meeting = a_meeting()
    publish_agenda(meeting, by=CHRIS)
    item = Record.objects.get(kind="agenda-item", title="Rural crime")
    amend(item, by=PAT, title="Rural and wildlife crime")
    meeting.refresh_from_db()
    assert [one.pk for one in unpublished(meeting)] == [item.pk]
    assert publish_agenda(meeting, by=CHRIS) == 1
    item.refresh_from_db()
    assert item.title == "Rural and wildlife crime"


def test_what_was_withdrawn_stays_withdrawn() -> None:
    meeting = a_meeting()
    make("agenda-item", status="withdrawn", parent=meeting, number=3, title="Taken back")
    publish_agenda(meeting, by=CHRIS)
    assert states(meeting) == ["published"] * 3 + ["withdrawn"]


def test_the_buttons_do_what_they_say_and_tell_what_is_refused(client: Client) -> None:
    meeting = a_meeting()
    address = f"/office/meetings/{meeting.reference}/agenda/"
    client.force_login(person("sam", "panel_officer"))
    assert "3 records of this agenda" in client.get(address).content.decode()
    said = client.post(f"{address}send/", follow=True).content.decode()
    assert "Sent for approval: 3 records." in said
    said = client.post(f"{address}publish/", follow=True).content.decode()
    assert "The agenda is public: 3 records" in said
    assert "Let it out" not in said
    said = client.post(f"{address}publish/", follow=True).content.decode()
    assert "All of this agenda is public." in said


def test_a_reader_has_no_such_buttons(client: Client) -> None:
    meeting = a_meeting()
    address = f"/office/meetings/{meeting.reference}/agenda/"
    client.force_login(person(ROBIN.name, "reader"))
    page = client.get(address).content.decode()
    assert "Send the agenda" not in page
    assert "Publish the agenda" not in page
    assert client.post(f"{address}publish/").status_code == 403
