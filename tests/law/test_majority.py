"""Majorities: two-thirds of all members, and more than half of those who vote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.law.majority import Majority, more_than_half, outcome, two_thirds

TABLE = {
    1: 1, 2: 2, 3: 2, 4: 3, 5: 4, 6: 4, 7: 5, 8: 6, 9: 6, 10: 7,
    11: 8, 12: 8, 13: 9, 14: 10, 15: 10, 16: 11, 17: 12, 18: 12, 19: 13, 20: 14,
}  # fmt: skip


@pytest.mark.parametrize(("members", "needed"), TABLE.items())
def test_two_thirds_of_the_members(members: int, needed: int) -> None:
    assert two_thirds(members) == needed


@given(st.integers(0, 400))
def test_two_thirds_is_the_first_number_that_is_enough(members: int) -> None:
    enough = next(votes for votes in range(members + 1) if votes + votes + votes >= 2 * members)
    assert two_thirds(members) == enough


@given(st.integers(0, 400))
def test_more_than_half_is_the_first_number_that_beats_the_rest(voting: int) -> None:
    assert more_than_half(voting) == next(n for n in range(voting + 2) if n > voting - n)


@given(
    st.sampled_from(Majority), st.integers(0, 12), st.integers(0, 12), st.integers(0, 5),
    st.integers(0, 5),
)  # fmt: skip
def test_a_vote_comes_out_as_a_count_by_hand_says(
    rule: Majority, for_: int, against: int, abstained: int, away: int
) -> None:
    members = for_ + against + abstained + away
    said = outcome(rule, members=members, for_=for_, against=against, abstained=abstained)
    if rule == Majority.SIMPLE:
        assert said.carried == (for_ > against)
        assert said.tied == (for_ == against and for_ > 0)
    else:
        assert said.carried == (for_ > 0 and 3 * for_ >= 2 * members)
        assert not said.tied
    assert said.not_voting == away
    assert (said.short_by == 0) == said.carried


@pytest.mark.parametrize(
    ("members", "for_", "against", "abstained", "told"),
    [
        (15, 10, 5, 1, "found 16 votes, expected at most 15"),
        (15, -1, 0, 0, "found -1 for, expected 0 or more"),
        (15, 0, -2, 0, "found -2 against, expected 0 or more"),
        (15, 0, 0, -3, "found -3 abstained, expected 0 or more"),
        (-1, 0, 0, 0, "found 0 votes, expected at most -1"),
    ],
)
def test_numbers_that_cannot_be_are_refused(
    members: int, for_: int, against: int, abstained: int, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        outcome(Majority.SIMPLE, members=members, for_=for_, against=against, abstained=abstained)


def test_fewer_members_than_none_have_no_majority() -> None:
    with pytest.raises(ValueError, match="found -1 members, expected 0 or more"):
        two_thirds(-1)
    with pytest.raises(ValueError, match="found -1 votes, expected 0 or more"):
        more_than_half(-1)


def test_a_veto_of_the_founding_panel_with_thirteen_present() -> None:
    said = outcome(Majority.TWO_THIRDS, members=15, for_=9, against=4, abstained=0)
    assert (said.needed, said.carried, said.short_by, said.not_voting) == (10, False, 1, 2)
    assert outcome(Majority.SIMPLE, members=15, for_=9, against=4, abstained=0).carried
