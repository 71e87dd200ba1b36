"""Matters arising on the pages of a meeting and of the agenda item that carries them."""

from __future__ import annotations

from typing import Any

import pytest

from peelian.meetings import following
from peelian.promises.kinds import UNDERTAKING
from peelian.record import operations
from tests.makers import CHRIS, DAY, PAT, make, make_all
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel() -> dict[str, Any]:
    """A panel with a meeting in November, at which two things were given, and one in February."""
    body = make("body", form="panel", title="The Panel")
    november = make("meeting", body=body, held_on="2019-11-27", reference="november")
    february = make("meeting", body=body, held_on="2020-02-05", reference="february")
    minute = make("minute", parent=november, number=321, reference="m321")
    role = make("role", title="Commissioner")
    make("undertaking", reference="U1", title="Write", made_at=minute, owner=role)
    asked = {"respond_by": "2020-01-31", "made_to": body}
    make("recommendation", reference="R1", title="Consult", made_at=november, **asked)
    return {"body": body, "november": november, "february": february, "minute": minute}


def test_a_meeting_shows_what_arises_with_its_minute_owner_age_and_silence(panel: Any) -> None:
    page = read("/meetings/february/")
    assert "Matters arising 2 undertakings and recommendations from earlier meetings" in page.words
    assert "R1: Consult Overdue The response was due on 31 January 2020" in page.words
    assert "No update has been given." in page.words
    assert "Given 10 weeks ago (70 days), at the meeting of 27 November 2019" in page.words
    assert page.links["minute 321"] == "/minutes/m321/"
    assert {"U1: Write", "Commissioner", "The Panel"} <= set(page.links)


def test_a_meeting_shows_what_was_given_at_it_and_not_that_as_arising(panel: Any) -> None:
    page = read("/meetings/november/")
    assert "Matters arising" not in page.words
    assert "2 undertakings and recommendations were made" in page.words
    assert "Given at this meeting, without a minute" in page.words


def test_an_item_that_carries_matters_arising_shows_them(panel: Any) -> None:
    item = make("agenda-item", parent=panel["february"], section="matters_arising")
    other = make("agenda-item", parent=panel["february"], number=2, text="Something else")
    assert "U1: Write" in read(item.get_absolute_url()).links
    assert "U1: Write" not in read(other.get_absolute_url()).links
    office = read(item.get_office_url(), "panel_officer")
    assert office.links["U1: Write"] == "/office/undertakings/U1/"


def test_drafts_are_the_offices_own_and_marked(panel: Any) -> None:
    make("undertaking", reference="U9", title="Secret", made_at=panel["minute"], status="draft")
    assert "Secret" not in read("/meetings/february/").html
    assert "U9: Secret Open Draft" in read("/office/meetings/february/", "panel_officer").words


def test_a_closing_that_waits_for_approval_is_not_shown(panel: Any) -> None:
    one = UNDERTAKING.all().get(reference="U1")
    following.close(one, evidence="Secret letter", closed_on=DAY, to_report=True, by=PAT)
    assert "Secret" not in read("/meetings/february/").html
    assert "Secret" not in read("/undertakings/U1/").html
    assert "U1: Write Open" in read("/meetings/february/").words


def test_what_was_withdrawn_arises_nowhere(panel: Any) -> None:
    operations.withdraw(UNDERTAKING.all().get(reference="U1"), by=CHRIS, why="Wrong")
    assert "U1: Write" not in read("/meetings/february/").links
    assert "U1: Write" not in read("/office/meetings/february/", "reader").links


def test_a_full_page_asks_at_most_twelve_times(panel: Any) -> None:
    person = make("person")
    for meeting in (panel["november"], panel["february"]):
        make("attendance", parent=meeting, person=person)
    shown = make("minute", parent=panel["february"], number=330, text="See minute 321.")
    make("agenda-item", parent=panel["february"], text="As minute 321 says.")
    given = make_all("undertaking", *({"made_at": panel["minute"]} for _n in range(20)))
    make_all("update", *({"parent": one, "as_at": "2019-12-01"} for one in given))
    done = {"progress": "complete", "closed_on": "2020-01-01", "closed_at": shown}
    make_all("undertaking", {"made_at": panel["minute"], "shown_by": shown, **done})
    page = read("/meetings/february/")
    assert page.html.count("app-matters__item") == 23
    assert page.queries <= 12
    assert read("/undertakings/U1/").queries <= 12
