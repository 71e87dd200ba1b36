"""Interests declared at meetings: with their item, in the minutes, and minded in its votes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from peelian.checks.findings import run
from peelian.meetings import minutes
from peelian.meetings.kinds import DECLARATION, VOTE
from peelian.meetings.sections import minutes_blocks
from peelian.meetings.vote_form import VoteForm
from peelian.record.access import ROLES, Command, may
from peelian.record.scope import PUBLIC, Scope
from tests.makers import CHRIS, DAY, make, make_user
from tests.reading import read

pytestmark = pytest.mark.django_db

SAM, ALEX = (Command(name, ("panel_officer",)) for name in ("sam", "alex"))


class Panel:
    """A panel of Ash and Birch, and a meeting with an item and its minute, not public yet."""

    def __init__(self) -> None:
        self.body = make("body", form="panel")
        role = make("role", body=self.body, standing="member")
        self.ash, self.birch = (make("person", title=name) for name in ("Ash", "Birch"))
        for person in (self.ash, self.birch):
            make("membership", person=person, role=role)
        self.meeting = make("meeting", body=self.body)
        self.item = make("agenda-item", parent=self.meeting, number=4, title="New contract")
        self.other = make("agenda-item", parent=self.meeting, number=5, title="Roads")
        self.entry = make("interest", person=self.ash, title="Shares in Holm Ltd")

    def minuted(self) -> None:
        make("minute", parent=self.meeting, item=self.item, title="New contract", status="draft")

    def declare(self, **values: Any) -> Any:
        made = {"parent": self.item, "person": self.ash, "form": "pecuniary", "left_room": True}
        return make("declaration", **made | values)

    def offered(self, under: Any) -> set[str]:
        form = VoteForm(VOTE, Scope(CHRIS), is_new=True, initial={"parent": under})
        return {str(f.label) for name, f in form.fields.items() if name.startswith("way-")}


@pytest.fixture
def panel() -> Panel:
    return Panel()


def signed_in(role: str = "panel_officer") -> Client:
    client = Client()
    client.force_login(make_user(f"a-{role}", role))
    return client


def address(panel: Panel) -> str:
    return reverse("office-minutes-declare", args=[panel.item.reference])


def test_it_is_entered_with_its_item_and_goes_public_with_the_minutes(panel: Panel) -> None:
    panel.minuted()
    client = signed_in()
    take = reverse("office-minutes-take", args=[panel.meeting.reference])
    assert address(panel) in client.get(take).content.decode()
    sent = {
        "person": panel.ash.pk,
        "form": "pecuniary",
        "interest": "Owns shares in a bidder.",
        "left_room": "on",
        "entry": panel.entry.pk,
    }
    saved = client.post(address(panel), sent)
    assert saved["Location"] == f"{take}#item-{panel.item.pk}"
    assert "Ash, Disclosable pecuniary interest" in client.get(take).content.decode()
    public = panel.meeting.get_absolute_url()
    assert "Owns shares" not in read(public).words
    held = minutes.send_to_chair(panel.meeting, by=SAM)
    minutes.publish_draft(held, by=ALEX)
    page = read(public)
    assert (
        "Ash (item 4, New contract): Disclosable pecuniary interest. Owns shares in a bidder. "
        "Left the room for the item." in page.words
    )
    assert page.links["Entry in the register: Ash"] == panel.entry.get_absolute_url()
    of_person = read(panel.ash.get_absolute_url()).words
    assert "Declarations of interest" in of_person
    assert "New contract Disclosable pecuniary interest Owns shares in a bidder. Yes" in of_person
    printed = str(minutes_blocks(panel.meeting, PUBLIC))
    assert "Owns shares in a bidder." in printed


@pytest.mark.parametrize("status", ["draft", "in_review", "approved", "withdrawn"])
def test_what_is_not_published_shows_nowhere(panel: Panel, status: str) -> None:
    panel.declare(status=status, interest="A secret bid.")
    make("minute", parent=panel.meeting)
    for shown in (panel.meeting, panel.ash, panel.item):
        assert "declared" not in read(shown.get_absolute_url()).words
        assert "A secret bid" not in read(shown.get_absolute_url()).html
    assert "A secret bid" not in str(minutes_blocks(panel.meeting, PUBLIC))


def test_who_left_is_not_offered_in_the_votes_of_that_item_and_of_no_other(panel: Panel) -> None:
    panel.declare()
    panel.declare(person=panel.birch, left_room=False)
    minute = make("minute", parent=panel.meeting, item=panel.item)
    assert panel.offered(panel.item) == panel.offered(minute) == {"Birch"}
    assert panel.offered(panel.other) == {"Ash", "Birch"}


def test_who_voted_all_the_same_stays_on_the_form_and_is_found(panel: Panel) -> None:
    panel.declare()
    vote = make("vote", parent=panel.item, voted_for=[panel.ash, panel.birch])
    initial = {"parent": panel.item, "voted_for": [panel.ash, panel.birch]}
    form = VoteForm(VOTE, Scope(CHRIS), is_new=False, initial=initial)
    assert f"way-{panel.ash.pk}" in form.fields
    found = {f.found for f in run(PUBLIC, DAY) if f.check == "vote-miscounted"}
    assert any("Ash voted, and had left the room" in said for said in found), vote


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"person": ""}, "This field is required"),
        ({"person": "1234567"}, "is not one of the available choices"),
        ({"form": "secret"}, "is not one of the available choices"),
        ({"entry": "of-birch"}, "This entry is somebody else’s."),
    ],
)
def test_what_cannot_be_declared_is_refused_beside_its_field(
    panel: Panel, wrong: dict[str, str], said: str
) -> None:
    of_birch = make("interest", person=panel.birch)
    sent = {"person": panel.ash.pk, "form": "other", "interest": "", "entry": ""} | wrong
    if sent["entry"]:
        sent["entry"] = of_birch.pk
    answer = signed_in().post(address(panel), sent)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not DECLARATION.all().exists()


def test_minutes_that_are_confirmed_take_no_more(panel: Panel) -> None:
    confirmed = {"minutes_stage": "confirmed", "confirmed_on": DAY.replace(month=6)}
    held = make("meeting", body=panel.body, **confirmed)
    item = make("agenda-item", parent=held)
    sent = {"person": panel.ash.pk, "form": "other"}
    answer = signed_in().post(reverse("office-minutes-declare", args=[item.reference]), sent)
    assert answer.status_code == 400
    assert "are confirmed, and stay as they are" in answer.content.decode()


@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_who_edits_meetings_may_enter_one(panel: Panel, role: str) -> None:
    sent = {"person": panel.ash.pk, "form": "other"}
    answer = signed_in(role).post(address(panel), sent)
    allowed = may(Command("x", (role,)), "edit", "meetings")
    assert answer.status_code == (302 if allowed else 403)
    assert DECLARATION.all().exists() == allowed
