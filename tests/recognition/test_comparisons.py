"""Words that set a figure against a standard or an earlier time."""

from __future__ import annotations

import pytest

from peelian.recognition.comparisons import comparisons, movements, standard_before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("above the national average", [("above", "national")]),
        ("higher than the average for England and Wales", [("above", "national")]),
        ("below MSG and national average", [("below", "similar forces"), ("below", "national")]),
        ("in line with the most similar forces", [("level", "similar forces")]),
        ("below the expected standard", [("below", "target")]),
        ("better than the regional average", [("above", "region")]),
        ("above the monthly average", [("above", "average")]),
        ("compared with the previous quarter", [("", "before")]),
        ("up on last year", [("", "before")]),
        ("a decrease on last month", [("", "before")]),
        ("above us on the shelf", []),
        ("under the Act of the last century", []),
    ],
)
def test_a_comparison_says_which_way_and_with_what(text, said):
    assert [(one.direction, one.standard) for one in comparisons(text)] == said


def test_a_comparison_ends_with_its_clause():
    text = "It is above target. The national average fell; below it, the target stands."
    assert [(one.direction, one.standard) for one in comparisons(text)] == [("above", "target")]


def test_movements_are_rises_and_falls():
    text = "Burglary rose and robbery fell; this makes up 8% of crime, up 2%."
    assert [move.is_rise for move in movements(text)] == [True, False, True]


@pytest.mark.parametrize(
    ("before", "standard"),
    [
        ("(the national average is ", "national"),
        ("below the target of ", "target"),
        ("compared to the previous month (", "before"),
        ("the target was met by ", ""),
        ("in 2019 (", ""),
    ],
)
def test_a_number_after_a_standard_is_its_value(before, standard):
    assert standard_before(before + "43%", len(before))[0] == standard
