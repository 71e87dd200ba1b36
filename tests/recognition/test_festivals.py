"""Days that a text names by their feast."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.recognition.festivals import festivals
from peelian.recognition.future import future_statements

FEBRUARY = dt.date(2023, 2, 9)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It is due before Christmas and will be shared.", "2022-12-25"),
        ("It will open by Easter 2026.", "2026-04-05"),
        ("It will open by Easter.", "2023-04-09"),
        ("Patrols are planned for Bonfire Night.", "2022-11-05"),
        ("It ends on Good Friday 2024.", "2024-03-29"),
        ("Leaflets are to go out in time for Hallowe'en.", "2022-10-31"),
        ("The Christmas campaign was run by two teams.", None),
        ("We tested drivers for Christmas parties.", None),
        ("Mr Easter said so.", None),
    ],
)
def test_a_feast_is_the_day_nearest_to_the_writing(text: str, day: str | None) -> None:
    assert [one.first.isoformat() for one in festivals(text, FEBRUARY)] == ([day] if day else [])


@pytest.mark.parametrize(
    ("text", "is_stale"),
    [
        ("The report is due before Christmas.", True),
        ("The cameras will be up by Christmas 2021.", True),
        ("The cameras will be up by Easter.", False),
        ("The cameras were up by Christmas.", False),
        ("Officers will patrol on Bonfire Night.", True),
    ],
)
def test_what_is_promised_for_a_feast_that_is_past_is_stale(text: str, is_stale: bool) -> None:
    assert bool(future_statements(text, FEBRUARY)) is is_stale


@given(st.text(max_size=40), st.dates())
def test_whatever_the_text_and_the_day_feasts_can_be_sought(text: str, near: dt.date) -> None:
    assert isinstance(festivals(f"by Easter {text} at Christmas. {text}", near), list)
