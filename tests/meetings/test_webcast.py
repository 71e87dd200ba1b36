"""A meeting's webcast, and each item's moment in it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.meetings.time_codes import at_moment, seconds
from peelian.record.errors import Invalid
from tests.makers import make
from tests.reading import read

TUBE = "https://www.youtube.com/watch?v=abc"


@pytest.mark.parametrize(
    ("address", "code", "link"),
    [
        (TUBE, "1:02:15", f"{TUBE}&t=3735"),
        (f"{TUBE}&t=9", "4:30", f"{TUBE}&t=270"),
        ("https://youtu.be/abc", "0:00:05", "https://youtu.be/abc?t=5"),
        ("https://m.youtube.com/live/abc", "10:00", "https://m.youtube.com/live/abc?t=600"),
        ("https://video.example/a.mp4?x=1", "1:02:15", "https://video.example/a.mp4?x=1#t=3735"),
        ("https://video.example/a#old", "0:10", "https://video.example/a#t=10"),
        ("https://notyoutube.com/a", "0:10", "https://notyoutube.com/a#t=10"),
        (TUBE, "", TUBE),
        (TUBE, "soon", TUBE),
    ],
)
def test_a_link_leads_to_the_moment(address: str, code: str, link: str) -> None:
    assert at_moment(address, code) == link


@given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59))
def test_a_time_code_is_so_many_seconds(hours: int, minutes: int, rest: int) -> None:
    assert seconds(f"{hours}:{minutes:02}:{rest:02}") == hours * 3600 + minutes * 60 + rest
    assert seconds(f"{minutes}:{rest:02}") == minutes * 60 + rest


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["1:60:00", "75", "1:2", "1:02:15\n", "-1:00", "1h2m"])
def test_what_is_no_time_code_is_refused(code: str) -> None:
    with pytest.raises(Invalid, match="1:02:15"):
        make("agenda-item", webcast_at=code)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["javascript:alert(1)", "watch it", "//video.example"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Invalid):
        make("webcast", address=address)


@pytest.mark.django_db
def test_the_page_of_the_meeting_leads_to_each_item(on_day: Any) -> None:
    meeting = make("meeting")
    make("agenda-item", parent=meeting, number=1, title="Roads", webcast_at="1:02:15")
    make("agenda-item", parent=meeting, number=2, title="Plan")
    page = read(meeting.get_absolute_url())
    assert "Watch" not in page.words, "there is no webcast yet"
    make("webcast", parent=meeting, address=TUBE, status="draft")
    assert "Watch" not in read(meeting.get_absolute_url()).words
    make("webcast", parent=meeting, address="https://youtu.be/abc", reference="shown")
    links = read(meeting.get_absolute_url()).links
    assert links["Watch this meeting"] == "https://youtu.be/abc"
    assert links["Watch from 1:02:15: Roads"] == "https://youtu.be/abc?t=3735"
    assert len([words for words in links if words.startswith("Watch from")]) == 1
