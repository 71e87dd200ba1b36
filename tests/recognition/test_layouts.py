"""Layouts of lists, cards and keys that offices use, and what is read in them."""

from __future__ import annotations

import datetime as dt

import pytest

from peelian.recognition.as_at import as_at
from peelian.recognition.glossary import glossaries
from peelian.recognition.minutes import minutes
from peelian.recognition.plan import plans
from peelian.recognition.status_key import key_of
from tests.documents_in_words import printed

# ---- who was there ----


@pytest.mark.parametrize(
    "line",
    [
        "Philippa Grant (PG)      Police and Crime Commissioner (Chair)",
        "Philippa Grant (PG) Commissioner",
        "Philippa Grant           Police and Crime Commissioner",
        "Philippa Grant, Police and Crime Commissioner",
    ],
)
def test_a_name_beside_a_post_is_somebody_present(line: str) -> None:
    text = (
        "Accountability Meeting\nMinutes\n\nDate: Tuesday 9 May 2023\n\nAttendees:\n"
        f"{line}\nAndrew Lowe (AL)         Chief Constable\n\nApologies: Claire Birch\n\n"
        "1. Welcome\n\n1.1 PG welcomed everyone.\n\n2. Performance\n\n2.1 It was noted.\n"
    )
    [made] = minutes(printed(text))
    assert [one.name for one in made.present] == ["Philippa Grant", "Andrew Lowe"]


# ---- bodies ----


def named(text: str) -> dict[str, str]:
    return {m.name: m.meets for g in glossaries(printed(text)) for m in g.mechanisms}


def test_a_body_of_which_a_list_says_nothing_is_in_it_all_the_same() -> None:
    assert named(
        "GOVERNANCE: BOARDS AND GROUPS\n\n"
        "Strategic Performance Board     Monthly. Chaired by the Commissioner.\n"
        "Community Safety Forum          Quarterly. Brings the councils together.\n"
        "Ethics Committee                Twice a year.\n"
        "Engagement Group\n"
        "Estates Programme Board         Quarterly.\n"
    ) == {
        "Strategic Performance Board": "Monthly",
        "Community Safety Forum": "Quarterly",
        "Ethics Committee": "Twice a year",
        "Engagement Group": "",
        "Estates Programme Board": "Quarterly",
    }


def test_how_often_may_stand_after_who_is_in_the_chair() -> None:
    assert named(
        "ANNEX B: BOARDS AND GROUPS WHICH OVERSEE ACTIONS\n\n"
        "Accountability Board            Chaired by the Commissioner; meets quarterly\n"
        "Contact Improvement Board       Chaired by the chief officer; meets monthly\n"
        "People Board                    Chaired by the chief officer; meets every two months\n"
    ) == {
        "Accountability Board": "quarterly",
        "Contact Improvement Board": "monthly",
        "People Board": "every two months",
    }


def test_a_list_that_its_title_calls_one_need_not_say_how_often() -> None:
    assert list(
        named(
            "Appendix A   Boards and groups\n\n"
            "Commissioning Board              Chaired by the chief executive; spends the grant\n"
            "Contact Performance Board        Chaired by the chief officer; 999 and 101\n"
            "Safer Communities Board          Chaired by the leader of the council\n"
        )
    ) == ["Commissioning Board", "Contact Performance Board", "Safer Communities Board"]


def test_the_bodies_beside_the_lines_of_a_plan_are_no_glossary() -> None:
    lines = "".join(
        f"Agree the plan for part {n}\nPolicy Officer\nSigned.\nRoads Board\n\n" for n in range(5)
    )
    assert named(f"Oversight body\n\n{lines}") == {}


# ---- plans ----

CARDS = "".join(
    f"Rec {n}   The force should improve how it does thing number {n}.\n"
    f"        Owner: Head of Crime\n        Due: 30 November 2023\n"
    f"        Progress: Thing {n} has been looked at.\n        State: In progress\n\n"
    for n in (1, 2, 3, 5)
)


def test_recommendations_with_their_owner_and_progress_are_lines_of_a_tracker() -> None:
    [made] = plans(printed(f"Recommendations of inspections\n\n{CARDS}"))
    assert [one.reference for one in made.commitments] == ["Rec 1", "Rec 2", "Rec 3", "Rec 5"]
    assert {one.status for one in made.activities} == {"on_track"}


# ---- keys ----


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "Each is rated Blue (finished), Green (going to plan), Amber (some delay) or "
            "Red (stuck).",
            {"blue": "complete", "green": "on_track", "amber": "at_risk", "red": "off_track"},
        ),
        (
            "Status key\n"
            "Open           Not yet started\n"
            "In progress    Started, and the due date has not passed\n"
            "Overdue        The due date has passed and it is not finished\n"
            "Complete       Finished and put to the Board\n\nThe log follows.\n",
            {
                "open": "not_started",
                "in progress": "on_track",
                "overdue": "off_track",
                "complete": "complete",
            },
        ),
        ("Key\n\nRoads are drawn in red (main) and blue (other).\n", {}),
        ("Status key\nJohn Smith     Chief Officer\nAnn Jones      Chair\n", {}),
    ],
)
def test_a_key_in_brackets_or_in_two_columns_is_read(text: str, meant: dict[str, str]) -> None:
    assert {one.symbol: one.status for one in key_of(printed(text))} == meant


# ---- days ----


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("CUSTODY VISITING SCHEME\n\nANNUAL REPORT 2023/24\n", dt.date(2024, 3, 31)),
        ("CUSTODY VISITING SCHEME\n\nTHE YEAR AHEAD\n", None),
    ],
)
def test_an_annual_report_speaks_for_the_end_of_its_year(title: str, day: dt.date | None) -> None:
    assert as_at([printed(f"{title}\n1. FOREWORD\n\nI thank our volunteers.\n")]) == day


def test_a_record_of_decisions_is_minutes() -> None:
    text = (
        "Policing and Crime Board: Record of decisions and actions\nMeeting 14, 21 January 2025\n\n"
        "Present: Mayor Dilys Crane; Chief Constable Ruth Abel; Helen Voss (Director)\n"
        "Apologies: Joy Mellor\n\n1. Performance\n\n1.1 It was noted.\n\n2. Finance\n\n"
        "2.1 It was agreed.\n"
    )
    [made] = minutes(printed(text))
    assert "Helen Voss" in [one.name for one in made.present]
