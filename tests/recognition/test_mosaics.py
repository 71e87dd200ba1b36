"""Private people whom details give away together; and people of whom nothing is given away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.recognition.mosaics import mosaics


@pytest.mark.parametrize(
    ("text", "details"),
    [
        (
            "A man from Lower Hatch, who drives the school bus and whose twin is a sergeant, said "
            "that he had been assaulted in custody.",
            {"home", "family", "offence"},
        ),
        (
            "The complainant is a nurse at the surgery in Elmbridge and was pregnant at the time.",
            {"home", "work", "health"},
        ),
        (
            "One victim, aged 15, from Thorncombe, told us that her uncle had groomed her.",
            {"home", "age", "family", "offence"},
        ),
        (
            "The girl, who is nine and lives in Market Row, has autism and had been missing twice.",
            {"home", "health"},
        ),
        (
            "We heard from Mrs Edna Larch, of 3 Weir Cottages, Fennimore, about her burglary.",
            {"name", "home", "offence"},
        ),
        ("A resident, Mr Owen Tarrant, of Gable House, has written again.", {"name", "home"}),
        (
            "The detainee, a Miss Kerry Alder, was sectioned on arrival.",
            {"name", "health"},
        ),
        (
            "An officer's widow in Copley, whose son works in the control room, complained.",
            {"home", "family", "offence"},
        ),
        (
            "A client from Ashmere was diagnosed with cancer. She works at the library and has "
            "two daughters.",
            {"home", "work", "family", "health"},
        ),
    ],
)
def test_details_that_together_give_somebody_away_are_told(text, details):
    (one,) = mosaics(text)
    assert details <= set(one.details)
    assert text[one.start : one.end] in text


@pytest.mark.parametrize(
    "text",
    [
        # anybody in that role
        "A victim in Northshire can ask for a review, and her family may come with her.",
        "Each victim of domestic abuse in Elmbridge is offered a safe home for her children.",
        "If a resident of Ashmere is burgled, an officer will visit within a day.",
        # people in office
        "Mrs J Yarrow, the Commissioner's Chief Finance Officer, had a stroke and has resigned.",
        "Councillor Mr T Oak of Elmbridge complained that the victim survey was late.",
        "The Chief Executive, Ms Ann Whin, told the Panel about the assault on an officer.",
        # what courts and the news tell
        "A man aged 34 from Copley was sentenced to six years for the assault on his wife.",
        "The woman, 41, of Ashmere, whose husband was arrested, was charged with the burglary.",
        # one detail, or none that hurts
        "A resident of Ashmere asked when the lights would be mended.",
        "A volunteer from Copley, who works at the library, was thanked.",
        "A victim of burglary told the Panel that nobody came.",
        "Services for a victim of rape are at the centre in Elmbridge.",
        "The victim satisfaction survey in Ashmere fell, and complaints about the officer rose.",
    ],
)
def test_people_of_whom_nothing_is_given_away_are_left_alone(text):
    assert list(mosaics(text)) == []


@given(st.text() | st.text(alphabet="A mother, 34of fromHerin. \n", max_size=400))
def test_any_text_can_be_read(text):
    for one in mosaics(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.name in text
