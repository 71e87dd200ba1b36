"""People by name with what is private, and their houses: who is told of, and who is at work."""

from __future__ import annotations

import pytest

from peelian.recognition.personal import PersonalKind, personal_data
from peelian.recognition.stories import members_of_the_public


@pytest.mark.parametrize(
    "text",
    [
        "Tom Bright of Low Lane, Eastby, who is 13 and has autism, was searched on his way home.",
        "Mrs Bright of 3 Chapel Rents, Nether Eastby, writes that since her stroke she is poor.",
        "Ann Bright from Eastby, whose son was hurt, came to the meeting.",
        "We heard from Sam, 17, whose mother is in prison.",
        "The complaint was made by Mr J. Bright, ref 14/23, who lives opposite the station.",
        "The boy, Kyle Bright, was 12 when he was first found with a knife.",
        "The petition came from Mrs Bright, whose husband died in the cells.",
        "The complaint of Ivor Bright, living in Eastby, is that his dementia was not seen.",
    ],
)
def test_a_name_with_a_place_and_what_is_private_is_somebody(text: str) -> None:
    assert members_of_the_public(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Bright of Victim Support, who chairs the group, spoke of the summer.",
        "Councillor Bright of Eastby Council said that three in ten were late.",
        "John Bright from Eastby, aged 41, was convicted of burglary.",
        "The Commissioner, Ann Bright, is 52 and lives in Eastby with her family.",
        "Councillor Bright, whose daughter is an officer, declared it.",
        "Eastby Council, whose children's service was praised, has agreed.",
        "The Bishop of Eastby, who is 61, opened the hall.",
        "Inspector Ann Bright of Eastby, who is 41, will lead the team.",
    ],
)
def test_someone_at_work_or_told_of_by_the_courts_is_left_alone(text: str) -> None:
    assert not members_of_the_public(text)


@pytest.mark.parametrize(
    "text",
    [
        "One letter is from Mrs Edith Bright of 3 Chapel Rents, Nether Eastby.",
        "Question 2, from Mr Desmond Bright, 8 Tanner's Steps, Eastby",
        "The victim, of 21 Brook Bottom, asked for news.",
    ],
)
def test_a_numbered_house_of_somebody_is_an_address_whatever_its_street(text: str) -> None:
    assert [one.kind for one in personal_data(text)] == [PersonalKind.ADDRESS]


@pytest.mark.parametrize(
    "text",
    [
        "The minutes of Mr Bright of 3 March were agreed.",
        "The Panel meets at 8 Castle Gate, Eastby.",
        "Bids came from 14 Safer Streets schemes.",
    ],
)
def test_a_day_a_number_or_an_office_is_no_address(text: str) -> None:
    assert not personal_data(text)
