"""Votes: recorded by member or by hands, and a result that follows from them by rule."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from peelian.checks import findings
from peelian.meetings.kinds import VOTE
from peelian.meetings.votes import taken_at, tallies
from peelian.record.scope import PUBLIC
from tests.makers import approve_change, make, make_user
from tests.reading import read

HELD = dt.date(2020, 2, 5)


class Panel:
    """A panel, a meeting of it with an item and a minute, and members who may vote."""

    def __init__(self, members: int, *, day: dt.date = HELD) -> None:
        self.body = make("body", form="panel")
        role = make("role", body=self.body, standing="member")
        self.people = [make("person", title=f"Member {n:02}") for n in range(members)]
        for person in self.people:
            make("membership", person=person, role=role)
        self.meeting = make("meeting", body=self.body, held_on=day)
        self.item = make("agenda-item", parent=self.meeting, number=6, title="Proposed precept")

    def vote(self, for_: int, against: int = 0, abstained: int = 0, **values: Any) -> Any:
        """Return a vote of the first members for, the next against, the next to abstain."""
        first, second = for_ + against, for_ + against + abstained
        return make(
            "vote",
            parent=self.item,
            voted_for=self.people[:for_],
            voted_against=self.people[for_:first],
            abstained=self.people[first:second],
            **values,
        )


def tally(vote: Any) -> Any:
    return tallies([vote], PUBLIC)[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("members", "for_", "against", "carried"),
    [(15, 10, 5, True), (15, 9, 0, False), (14, 10, 0, True), (14, 9, 1, False), (3, 2, 1, True)],
)
def test_a_veto_needs_two_thirds_of_all_members_present_or_not(
    members: int, for_: int, against: int, carried: bool
) -> None:
    assert tally(Panel(members).vote(for_, against, majority="two_thirds")).carried is carried


@pytest.mark.django_db
def test_who_has_left_or_not_yet_come_by_the_day_is_no_member() -> None:
    panel = Panel(13)
    role = make("role", body=panel.body, standing="member")
    for ends, starts in ((HELD - dt.timedelta(days=1), None), (None, HELD + dt.timedelta(days=1))):
        make("membership", person=make("person"), role=role, ends_on=ends, starts_on=starts)
    found = tally(panel.vote(9, majority="two_thirds"))
    assert found.members == 13
    assert found.carried is True
    assert "9 of the 13 there were on 5 February 2020" in found.because


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("for_", "against", "casting", "carried", "said"),
    [
        (3, 2, "", True, "More than half of those who voted is needed: 3."),
        (2, 2, "", False, "no casting vote is on the record"),
        (2, 2, "for", True, "the chair’s casting vote was for it"),
        (2, 2, "against", False, "the chair’s casting vote was against it"),
        (2, 3, "for", False, "2 voted for, 3 against, 1 abstained."),
    ],
)
def test_a_plain_motion_needs_more_than_half_of_those_who_vote(
    for_: int, against: int, casting: str, carried: bool, said: str
) -> None:
    found = tally(Panel(8).vote(for_, against, 1, casting=casting))
    assert found.carried is carried
    assert said in found.because


@pytest.mark.django_db
def test_a_show_of_hands_counts_where_no_name_is_recorded() -> None:
    panel = Panel(5)
    hands = make("vote", parent=panel.item, hands_for=3, hands_against=2)
    assert (tally(hands).carried, tally(hands).counts) == (True, (3, 2, 0))
    named = panel.vote(1, 2, hands_for=5, hands_against=0, reference="named")
    assert tally(named).counts == (1, 2, 0)
    page = read(hands.get_absolute_url())
    assert "It was a show of hands: who voted how is not recorded." in page.words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("members", "values", "said"),
    [
        (3, {}, "No vote is on the record."),
        (3, {"hands_for": 0, "hands_against": 0}, "No vote is on the record."),
        (0, {"hands_for": 3, "majority": "two_thirds"}, "so two-thirds is not known"),
        (3, {"hands_for": 4}, "4 votes are on the record and only 3 members."),
    ],
)
def test_what_the_record_does_not_tell_is_not_guessed(
    members: int, values: dict[str, Any], said: str
) -> None:
    vote = make("vote", parent=Panel(members).item, **values)
    assert tally(vote).carried is None
    page = read(vote.get_absolute_url())
    assert "Result not known" in page.words
    assert said in page.words


@pytest.mark.django_db
def test_nobody_counts_twice() -> None:
    panel = Panel(4)
    one, two, three, _four = panel.people
    vote = make("vote", parent=panel.item, voted_for=[one, two], voted_against=[two, three])
    assert tally(vote).counts == (1, 1, 0)
    assert "Somebody is recorded in two ways" in read(vote.get_absolute_url()).words


class TestAnyVote(TestCase):
    """Whatever is cast, the result is what a slow count of people gives."""

    @settings(max_examples=15, deadline=None)
    @given(
        ways=st.lists(st.sampled_from(["f", "a", "x", "-"]), min_size=1, max_size=9),
        two_thirds=st.booleans(),
    )
    def test_it_comes_out_as_a_slow_count_does(self, ways: list[str], two_thirds: bool) -> None:
        panel = Panel(len(ways))
        by_way = {
            w: [p for p, way in zip(panel.people, ways, strict=True) if way == w] for w in ways
        }
        vote = make(
            "vote",
            parent=panel.item,
            voted_for=by_way.get("f", []),
            voted_against=by_way.get("a", []),
            abstained=by_way.get("x", []),
            majority="two_thirds" if two_thirds else "simple",
        )
        for_, against = ways.count("f"), ways.count("a")
        expected: bool | None = for_ * 3 >= len(ways) * 2 if two_thirds else for_ > against
        if for_ + against + ways.count("x") == 0:
            expected = None
        assert tally(vote).carried is expected


@pytest.mark.django_db
def test_a_vote_shows_on_its_meeting_its_page_and_the_page_of_who_voted() -> None:
    panel = Panel(3)
    vote = panel.vote(2, 1, title="Veto the precept", majority="two_thirds")
    meeting = read(panel.meeting.get_absolute_url())
    assert "Veto the precept: Carried. 2 voted for, 1 against, 0 abstained." in meeting.words
    assert meeting.queries <= 12
    page = read(vote.get_absolute_url())
    assert "Member 00 For Member 01 For Member 02 Against" in page.words
    assert "Schedule 5" in page.words
    assert page.queries <= 12
    person = read(panel.people[2].get_absolute_url())
    assert "Veto the precept 5 February 2020 Against Carried" in person.words
    assert person.queries <= 12
    assert "Voting record" not in read(make("person").get_absolute_url()).words


@pytest.mark.django_db
def test_a_long_voting_record_asks_no_more_than_a_short_one() -> None:
    panel = Panel(2)
    for day in range(1, 6):
        held = make("meeting", body=panel.body, held_on=HELD + dt.timedelta(days=day))
        item = make("agenda-item", parent=held, number=1)
        make("vote", parent=item, voted_for=panel.people, reference=f"vote-of-{day}")
    page = read(panel.people[0].get_absolute_url())
    assert page.html.count("Carried") == 5
    assert page.queries <= 12


@pytest.mark.django_db
def test_a_vote_that_is_not_public_is_nowhere() -> None:
    panel = Panel(3)
    draft = panel.vote(3, title="Secret motion", status="draft")
    for address in (
        panel.meeting.get_absolute_url(),
        panel.item.get_absolute_url(),
        panel.people[0].get_absolute_url(),
        "/votes/",
        "/votes.csv",
    ):
        assert "Secret motion" not in Client().get(address).content.decode(), address
    assert read(draft.get_absolute_url()).status == 404
    assert taken_at(panel.meeting, 3, PUBLIC) == []
    assert "Secret motion" in read(panel.meeting.get_office_url(), "panel_officer").words


@pytest.mark.django_db
def test_a_member_who_is_not_public_is_counted_and_not_named() -> None:
    panel = Panel(2)
    hidden = make("person", title="Hidden Person", status="draft")
    vote = make("vote", parent=panel.item, voted_for=[*panel.people, hidden])
    page = read(vote.get_absolute_url())
    assert "Hidden Person" not in page.html


@pytest.mark.django_db
def test_votes_that_do_not_add_up_are_found() -> None:
    panel = Panel(3)
    one, two, three = panel.people
    guest = make("person", title="Guest")
    instead = make("person", title="Instead")
    make(
        "attendance",
        parent=panel.meeting,
        person=instead,
        capacity="substitute",
        for_person=three,
    )
    panel.vote(2, 1, title="Sound", reference="v0")
    make("vote", parent=panel.item, reference="v1", voted_for=[instead, one], title="Sound too")
    make("vote", parent=panel.item, reference="v2", voted_for=[one], abstained=[one], title="A")
    make("vote", parent=panel.item, reference="v3", voted_for=[guest], title="B")
    make("vote", parent=panel.item, reference="v4", hands_for=4, title="C")
    make("vote", parent=panel.item, reference="v5", voted_for=[two], hands_for=2, title="D")
    found = {f.where: f.found for f in findings.run(PUBLIC, HELD, only=["vote-miscounted"])}
    assert found == {
        "A": "Member 00 voted in two ways.",
        "B": "Guest voted without being a member, or a substitute for one.",
        "C": "4 votes are on the record and only 3 members.",
        "D": "The hands that were counted are not the votes that were recorded by name.",
    }


class TestTheForm:
    """The support officer chooses for each who could vote, and sees who stood in for whom."""

    @pytest.fixture
    def panel(self, db: object) -> Panel:
        return Panel(3)

    @pytest.fixture
    def sam(self, db: object) -> Client:
        client = Client()
        user = make_user("sam", "panel_officer")
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def typed(self, panel: Panel, **values: Any) -> dict[str, Any]:
        return (
            {f"way-{person.pk}": "none" for person in panel.people}
            | {
                "title": "Veto",
                "parent": panel.item.pk,
                "motion": "That the precept be vetoed.",
                "majority": "two_thirds",
                "audience": "public",
            }
            | values
        )

    def test_everybody_who_could_vote_has_a_choice(self, panel: Panel, sam: Client) -> None:
        stands_in = make("person", title="Stand In")
        away = panel.people[2]
        make(
            "attendance",
            parent=panel.meeting,
            person=stands_in,
            capacity="substitute",
            for_person=away,
        )
        page = sam.get(f"/office/votes/new/?parent={panel.item.pk}").content.decode()
        assert "Stand In for Member 02" in page
        assert "Member 00" in page
        assert f'name="way-{away.pk}"' not in page

    def test_what_is_chosen_is_kept_and_can_be_changed(self, panel: Panel, sam: Client) -> None:
        one, two, three = panel.people
        ways = {
            f"way-{one.pk}": "voted_for",
            f"way-{two.pk}": "voted_for",
            f"way-{three.pk}": "none",
        }
        answer = sam.post("/office/votes/new/", self.typed(panel, **ways))
        assert answer.status_code == 302, answer.content.decode()
        vote = VOTE.all().get()
        assert tally(vote).counts == (2, 0, 0)
        ways |= {f"way-{two.pk}": "voted_against", "version": vote.version}
        sam.post(f"/office/votes/{vote.reference}/edit/", self.typed(panel, **ways))
        assert tally(vote).counts == (1, 1, 0)
        page = sam.get(f"/office/votes/{vote.reference}/edit/").content.decode()
        chosen = page.partition(f'name="way-{two.pk}"')[2]
        assert "checked" in chosen.partition(f'name="way-{three.pk}"')[0]

    def test_an_edit_loses_nobody_who_is_no_member_now(self, panel: Panel, sam: Client) -> None:
        gone = make("person", title="Gone Since")
        vote = make("vote", parent=panel.item, voted_for=[gone], status="draft")
        values = self.typed(panel, version=vote.version, **{f"way-{gone.pk}": "voted_for"})
        sam.post(f"/office/votes/{vote.reference}/edit/", values)
        assert tallies([vote], PUBLIC)[0].named["voted_for"] == {gone.pk}

    def test_without_a_meeting_there_are_only_hands(self, panel: Panel, sam: Client) -> None:
        for address in ("/office/votes/new/", "/office/votes/new/?parent=nonsense"):
            page = sam.get(address).content.decode()
            assert "way-" not in page
            assert "hands_for" in page

    def test_a_vote_without_a_title_is_entitled_by_its_motion(
        self, panel: Panel, sam: Client
    ) -> None:
        sam.post("/office/votes/new/", self.typed(panel, title=""))
        assert VOTE.all().get().title == "That the precept be vetoed."

    def test_a_way_that_is_none_is_refused(self, panel: Panel, sam: Client) -> None:
        wrong = self.typed(panel, **{f"way-{panel.people[0].pk}": "shouted"})
        answer = sam.post("/office/votes/new/", wrong)
        assert answer.status_code == 200
        assert not VOTE.all().exists()

    def test_a_published_vote_is_corrected_by_a_draft(self, panel: Panel, sam: Client) -> None:
        vote = panel.vote(1, 1)
        ways = {f"way-{p.pk}": "voted_for" for p in panel.people}
        values = self.typed(panel, version=vote.version, why="Misheard", **ways)
        sam.post(f"/office/votes/{vote.reference}/edit/", values)
        assert tally(vote).counts == (1, 1, 0)
        approve_change(vote)
        assert tally(vote).counts == (3, 0, 0)
