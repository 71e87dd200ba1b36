"""Words of status, and the bodies an oversight cell names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.recognition.oversight import split_oversight
from peelian.recognition.status import status_of, wording


@pytest.mark.parametrize(
    ("text", "value", "printed"),
    [
        ("Complete", "complete", "Complete"),
        ("Completed.", "complete", "Completed"),
        ("Complete Charter now in its third year", "complete", "Complete"),
        ("Completed and signed off by the board.", "complete", "Completed"),
        (
            "A new scheme runs.  This action is now complete",
            "complete",
            "This action is now complete",
        ),
        (
            "The fund is part of the budget – action completed",
            "complete",
            "action completed",
        ),
        ("New rooms in the annexe have been completed.", "complete", "have been completed"),
        ("Closed", "complete", "Closed"),
        ("The bid for this has been put on hold for now.", "on_hold", "has been put on hold"),
        ("Paused pending the review", "on_hold", "Paused"),
        ("This work is ongoing. A pilot began.", "on_track", "This work is ongoing"),
        ("Monitoring is on track.", "on_track", "Monitoring is on track"),
        ("In progress", "on_track", "In progress"),
        ("Delayed due to sickness", "off_track", "Delayed"),
        ("Behind schedule", "off_track", "Behind schedule"),
        ("Slight delay", "at_risk", "Slight delay"),
        ("Project is at risk.", "at_risk", "Project is at risk"),
        ("RAG: Amber", "at_risk", "RAG: Amber"),
        ("Red", "off_track", "Red"),
        ("G", "on_track", "G"),
        ("Blue", "complete", "Blue"),
        ("No longer required.", "superseded", "No longer required"),
        ("Not started", "not_started", "Not started"),
        ("Yet to commence", "not_started", "Yet to commence"),
        # denials
        ("Not yet complete", "on_track", "Not yet complete"),
        ("Work is nearly complete.", "on_track", "Work is nearly complete"),
        ("To be completed by March", "on_track", "To be completed"),
        ("90% complete", "on_track", "90% complete"),
        ("Not on track", "off_track", "Not on track"),
    ],
)
def test_a_statement_about_the_action_is_its_status(text: str, value: str, printed: str) -> None:
    found = status_of(text)
    assert found == (value, printed, text.index(printed))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Complete the pilot and publish its findings",
        "Once complete the assessment will be shared.",
        "When completed, the work is shared.",
        "The review is due to be completed in June",
        "A full audit has been completed to see what is out of date. Analysis continues.",
        "At risk young people are offered a mentor",
        "Red phone boxes will hold defibrillators",
        "The site search is still going well, and two cases have been closed to date.",
        "Refer to 2.4",
    ],
)
def test_what_is_said_of_a_part_or_for_later_is_no_status(text: str) -> None:
    assert status_of(text) is None


def test_wording_is_as_printed_but_for_capitals_and_spaces() -> None:
    assert wording("Action  Complete.") == "action complete"
    assert wording("Action completed") == "action completed"
    assert wording("The scheme runs well") == ""


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("", ()),
        ("N/A", ()),
        (
            "Crime Board. KPI monitoring, Plan monitoring.",
            "Crime Board|KPI monitoring|Plan monitoring",
        ),
        ("1)Crime Board (2) Audit by the office", "Crime Board|Audit by the office"),
        ("Crime Board AGG", "Crime Board|AGG"),
        ("Crime Board Plan monitoring", "Crime Board|Plan monitoring"),
        ("Crime Board / Roads Group", "Crime Board|Roads Group"),
        ("the Users Forum (UF) and the Visitors Group", "the Users Forum (UF)|the Visitors Group"),
        ("Reports (Crime, Roads Boards). Audit", "Reports (Crime, Roads Boards)|Audit"),
        ("Contract and grant monitoring", "Contract and grant monitoring"),
        (
            "Attendance by staff / Officers at meetings",
            "Attendance by staff / Officers at meetings",
        ),
        ("Board Meetings", "Board Meetings"),
    ],
)
def test_an_oversight_cell_becomes_its_names(cell: str, names: str | tuple[str, ...]) -> None:
    wanted = tuple(names.split("|")) if isinstance(names, str) else names
    assert split_oversight(cell) == wanted


@given(st.text(alphabet=st.sampled_from("aA .,()/;\n1–completed on hold RAG:Board"), max_size=400))
def test_whatever_the_text_nothing_is_raised(text: str) -> None:
    found = status_of(text)
    assert found is None or text[found[2] :].startswith(found[1])
    assert all(split_oversight(text))
