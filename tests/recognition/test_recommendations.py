"""Recommendations: of a paper, of an inspectorate, of a panel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.recognition.recommendations import Recommendation, recommendations
from tests.documents_in_words import printed, written


def told(found: list[Recommendation]) -> list[tuple[str, str, str]]:
    return [(one.number, one.text, one.made_to) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Recommendation\n\n1. Members of the Panel are invited to consider this report.\n\n"
            "Background\n\n2. There is much to say.\n",
            [
                (
                    "1",
                    "Members of the Panel are invited to consider this report.",
                    "Members of the Panel",
                )
            ],
        ),
        (  # every number on a line of its own
            "1.\nPurpose\n1.1\nTo inform.\n2.\nRecommendation\n2.1\nThe Board is invited to note "
            "the report.\n3.\nBackground\n3.1\nMuch was done.\n",
            [("2.1", "The Board is invited to note the report.", "The Board")],
        ),
        (
            "RECOMMENDATIONS\n\nThe Panel is recommended to:\n\n(a) note the report; and\n\n"
            "(b) agree the programme.\n\nBACKGROUND\n\nNone.\n",
            [
                ("(a)", "note the report", "The Panel"),
                ("(b)", "agree the programme.", "The Panel"),
            ],
        ),
        (
            "Purpose\n\nThe Panel is asked to consider the programme.\n\nNone of it is new.\n",
            [("", "The Panel is asked to consider the programme.", "The Panel")],
        ),
        (
            "It is recommended that the precept be supported.\n",
            [("", "It is recommended that the precept be supported.", "")],
        ),
        (
            "Recommendation\n\nThe Commissioner awards the following;\n\n• £2 to A\n• £3 to B\n\n"
            "Approval\n",
            [("", "The Commissioner awards the following; £2 to A £3 to B", "")],
        ),
        (
            "Recommendation 3: The force should publish its vetting figures by May.\n",
            [("3", "The force should publish its vetting figures by May.", "")],
        ),
        (
            "Area for improvement 2\n\nThe force should answer calls more quickly.\n",
            [("Area for improvement 2", "The force should answer calls more quickly.", "")],
        ),
    ],
)
def test_recommendations_of_papers_and_reports(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert told(recommendations(printed(text))) == expected


def test_what_an_inspectorate_recommends_is_its_own() -> None:
    found = recommendations(
        printed(
            "HMICFRS inspection of Northshire Police\n\nAreas for improvement\n\n"
            "The force should improve how it answers calls.\n\n"
            "The force should tell victims what was done.\n\nNext Steps\n\nNone.\n"
        )
    )
    assert [one.made_by for one in found] == ["HMICFRS", "HMICFRS"]


def test_what_follows_a_cause_of_concern_is_the_inspectorates_too() -> None:
    found = recommendations(
        printed(
            "HMICFRS inspection of Northshire Police\n\nCause of concern\n\nCalls are not answered "
            "in time.\n\nRecommendations\n\nBy May 2024, Northshire Police should:\n\n"
            "• train its call handlers;\n• record every crime.\n"
        )
    )
    assert [(one.made_by, one.text) for one in found] == [
        ("HMICFRS", "Calls are not answered in time."),
        (
            "HMICFRS",
            "By May 2024, Northshire Police should: train its call handlers; record every crime.",
        ),
    ]


def test_a_panel_recommends_in_its_minutes() -> None:
    found = recommendations(
        printed(
            "NORTHSHIRE PANEL\nMinutes of the meeting held on 5 May 2023\nPresent: Cllr A Ash\n\n"
            "1. Precept\n\nRECOMMENDED: That the Commissioner look at it.\n\n"
            "The Panel was recommended to note the report.\n\nIt was resolved to recommend to "
            "the Commissioner that the precept be raised by £5. The vote was nine to one.\n\n"
            "2. Plan\n\nThe Panel recommended that the plan name rural crime.\n"
        )
    )
    assert [(one.made_by, one.made_to, one.text) for one in found] == [
        ("NORTHSHIRE PANEL", "", "the Commissioner look at it."),
        ("NORTHSHIRE PANEL", "the Commissioner", "the precept be raised by £5"),
        ("The Panel", "", "the plan name rural crime."),
    ]


def test_a_column_of_recommendations() -> None:
    found = recommendations(
        written(
            [
                ("row", ["No", "Recommendation", "Response"]),
                ("row", ["1", "Publish the figures each quarter", "Agreed"]),
                ("row", ["2", "Ask victims what they thought", "Agreed"]),
            ]
        )
    )
    assert told(found) == [
        ("1", "Publish the figures each quarter", ""),
        ("2", "Ask victims what they thought", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "7 recommendations had been identified.\n",
        "The report sets out the recommendations and areas for improvement.\n",
        "Recommendations\n\nNone.\n\nBackground\n\nText.\n",
        "Members were asked to be brief.\n",
    ],
)
def test_what_only_speaks_of_recommendations_is_none(text: str) -> None:
    assert recommendations(printed(text)) == []


PIECES = ["Recommendation\n", "1.\n", "(a) ", "The Panel is asked to ", ":\n", "\n\n", "; and\n"]
PIECES += ["Recommendation 4", "RESOLVED to recommend that ", "Areas for improvement\n", "Next\n"]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40))
def test_whatever_the_text_recommendations_come_in_its_order(parts: list[str]) -> None:
    orders = [one.origin.order for one in recommendations(printed("".join(parts)))]
    assert orders == sorted(orders)
