"""What is expected, promised, allowed or put off until a day that is past."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.recognition.future import future_statements
from peelian.recognition.timetables import timetabled

AS_AT = dt.date(2023, 3, 9)
TO_COME = [
    "A decision is awaited from the Minister in February 2023.",
    "The Panel is asked to agree this by 1 March 2023.",
    "By the end of February 2023 every station should have one.",
    "The next report comes to the Board on 2 February 2023.",
    "Members can give their views up to 20 February 2023.",
    "Bids are invited by 3 March 2023.",
    "The force plans a second event in February 2023.",
    "Officers are being trained until the end of February 2023.",
    "Ministers have promised an answer by January 2023.",
    "The fund should reopen in February 2023.",
    "Delivery of the vehicles has slipped to February 2023.",
    "The go-live has been put back to January 2023.",
    "The next inspection is in February 2023.",
]
OVER_OR_OTHER = [
    "The officers who start in January 2023 were sworn in.",
    "The plans for January 2023 were changed.",
    "The force plans the work of January 2023 with partners.",
    "The Panel is asked to note that the work ended by 1 February 2023.",
    "The post has been moved to the north since 3 February 2023.",
    "Savings have been put back to reserves in February 2023.",
    "We have until now met the standard of January 2023.",
    "Residents may have been told by letter in January 2023.",
    "The force should have had a plan by January 2023.",
    "He has committed two offences by 3 February 2023.",
    "The case comes to court on 3 February 2023.",
    "Data for February 2023 are awaited from the Ministry.",
    "The hearing was put back to 20 February 2023 and is over.",
]


@pytest.mark.parametrize("text", TO_COME)
def test_what_is_set_for_a_day_that_is_past_is_noticed(text: str) -> None:
    assert len(future_statements(text, AS_AT)) == 1


@pytest.mark.parametrize("text", OVER_OR_OTHER)
def test_what_is_over_or_of_another_time_is_left_alone(text: str) -> None:
    assert future_statements(text, AS_AT) == []


@given(st.lists(st.sampled_from(["has been ", "moved to ", "can give ", "plans a ", "by "])))
def test_spans_lie_within_the_sentence(words: list[str]) -> None:
    text = "".join(words) * 30
    assert all(0 <= a <= b <= len(text) for a, b in timetabled(text))
