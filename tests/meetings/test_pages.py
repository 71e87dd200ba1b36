"""The pages of a meeting and of a minute."""

from __future__ import annotations

import pytest

from peelian.meetings.kinds import MEETING, MINUTE
from peelian.record import operations
from peelian.record.kinds import kind_named
from tests.makers import CHRIS, make
from tests.reading import read

pytestmark = pytest.mark.usefixtures("worked_example", "db")

NOVEMBER, FEBRUARY = "/meetings/2019-11-27/", "/meetings/2020-02-05/"
MINUTE_321 = "/minutes/2019-11-27-321/"


@pytest.mark.parametrize("address", [NOVEMBER, FEBRUARY, MINUTE_321])
def test_a_page_asks_at_most_twelve_times_and_the_office_has_its_own(address: str) -> None:
    public, office = read(address), read(f"/office{address}", "panel_officer")
    assert (public.status, office.status) == (200, 200)
    assert public.queries <= 12
    assert not any(href.startswith("/office/") for href in public.links.values())
    given = [href for href in office.links.values() if "/undertakings/U" in href]
    assert all(href.startswith("/office/") for href in given)


def test_a_meeting_shows_who_was_there_its_minutes_and_what_was_undertaken() -> None:
    page = read(NOVEMBER)
    assert "Wednesday 27 November 2019, 11:00 to 13:20" in page.words
    assert "Steve Mackay (Chairman)" in page.words
    assert [f"{n}." in page.words for n in range(315, 326)] == [True] * 11
    assert page.html.count('id="minute-3') == 11
    assert "12 undertakings and recommendations were made" in page.words
    assert len([w for w in page.links if w.startswith("U") and ":" in w]) == 12


def test_a_meeting_to_come_shows_its_agenda_and_leads_to_papers_that_have_words() -> None:
    page = read(FEBRUARY)
    assert page.html.count("<li value=") == 9
    assert page.links["End of term report"] == "/agenda-items/2020-02-05-item-7/"
    assert "Welcome and introductions" not in page.links
    assert "Recommendation: To confirm the minutes of 27 November 2019." in page.words
    assert "Minutes have not" not in page.words


def test_a_minute_shows_its_words_and_what_was_undertaken_in_it() -> None:
    page = read(MINUTE_321)
    assert page.words.startswith("Minute 321 Rural Crime Strategy")
    given = kind_named("undertaking").all().filter(made_at__reference="2019-11-27-321").public()
    assert {href for w, href in page.links.items() if w.startswith("U") and ":" in w} == {
        u.get_absolute_url() for u in given
    }


def test_a_reference_in_a_minute_to_another_is_a_link() -> None:
    last = MEETING.all().get(reference="2019-11-27")
    text = "As agreed (minute 321) and minute 999."
    made = make("minute", parent=last, number=326, title="Later", text=text)
    page = read(made.get_absolute_url())
    assert page.links["321"] == MINUTE_321
    assert "999" not in page.links


def test_empty_meetings_say_what_is_not_there_yet() -> None:
    planned = make("meeting", state="planned")
    page = read(planned.get_absolute_url())
    assert "The agenda has not been published." in page.words
    assert "minutes" not in page.words.lower()
    held = make("meeting", state="held")
    assert "The minutes have not been published." in read(held.get_absolute_url()).words


def test_nothing_unpublished_shows_and_the_office_sees_it() -> None:
    last = MEETING.all().get(reference="2019-11-27")
    minute = MINUTE.all().get(reference="2019-11-27-321")
    make("minute", parent=last, number=400, title="Secret minute", status="draft")
    make("agenda-item", parent=last, number=40, title="Secret item", status="draft")
    make("undertaking", made_at=minute, title="Secret promise", status="draft")
    ghost = make("person", title="Secret person", status="draft")
    make("attendance", parent=last, person=ghost)
    for address in (NOVEMBER, MINUTE_321):
        assert "Secret" not in read(address).html
    words = read(f"/office{NOVEMBER}", "panel_officer").words
    assert all(f"Secret {what}" in words for what in ("minute", "item", "promise", "person"))


def test_the_minutes_of_a_withdrawn_meeting_are_gone_with_it() -> None:
    operations.withdraw(MEETING.all().get(reference="2019-11-27"), by=CHRIS, why="Wrong day")
    assert read(NOVEMBER).status == 404
    assert read(MINUTE_321).status == 404
