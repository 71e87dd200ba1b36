"""What a saved response of Modern.Gov says, and how one that says nothing sensible is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelian.intake.moderngov import prose_of, read_response
from peelian.intake.tables import Rejected

SAVED = Path(__file__).parent / "saved"


def test_a_meeting_is_read_with_its_agenda_minutes_people_and_documents() -> None:
    (meeting,) = read_response(SAVED / "GetMeeting-5001.xml").meetings
    assert (meeting.id, meeting.committee_id) == ("5001", "412")
    assert (meeting.held_on, meeting.starts_at) == (dt.date(2019, 11, 12), dt.time(10, 30))
    assert meeting.place == "Council Chamber, Harbour House"
    heading, apologies, plan, exempt = meeting.items
    assert heading.number is None
    assert (apologies.number, apologies.printed) == (1, "31.")
    assert apologies.minutes == "Apologies came from Councillor O'Dell."
    assert plan.title == "Delivery plan & performance"
    assert plan.text == "To consider:\n\n- the plan;\n- the figures."
    assert plan.minutes.split("\n\n")[1].endswith("the figures for each district.")
    assert [one.is_restricted for one in plan.documents] == [False, True]
    assert exempt.is_restricted
    assert [one.attendance for one in meeting.attendees][:2] == [
        "Present, as expected",
        "Apologies",
    ]
    # Its own documents are not those of its items.
    assert [one.title for one in meeting.documents] == ["Agenda reports pack"]


def test_a_list_names_its_committee_once() -> None:
    first, second, last = read_response(SAVED / "GetMeetings-412.xml").meetings
    assert {one.committee for one in (first, second, last)} == {"Southmarch Police and Crime Panel"}
    assert second.starts_at == dt.time(14, 15)
    assert not first.is_whole


def test_of_councillors_nothing_private_is_taken() -> None:
    quill, dell = read_response(SAVED / "GetCouncillorsByWard.xml").councillors
    assert (quill.name, quill.party) == ("Councillor Ada Quill", "Harbour Independents")
    assert dell.name == "Councillor Bram O'Dell"  # escaped twice by the site
    assert "Quay" not in repr(quill)
    assert "@" not in repr(quill)


def test_committees_that_have_ended_are_marked() -> None:
    found = read_response(SAVED / "GetCommittees.xml").committees
    assert [one.is_gone for one in found] == [False, False, True]


_MEETING = "<meeting><meetingid>{id}</meetingid><meetingdate>{day}</meetingdate></meeting>"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "what is no XML"),
        ("<meeting>\n<meetingid>1</meetingid>", "row 2: found what is no XML"),
        ("Committee,Date\nPanel,2020", "what is no XML"),
        ("<html><body>Service unavailable</body></html>", "the element “html”"),
        (_MEETING.format(id="", day="12/11/2019"), "meetingid"),
        (_MEETING.format(id="x", day="12/11/2019"), "“x”; expected a number"),
        (_MEETING.format(id="1", day="2019-11-12"), "31/12/2026"),
        (_MEETING.format(id="1", day="31/02/2019"), "“31/02/2019”"),
        (
            '<!DOCTYPE m [<!ENTITY a "b">]>' + _MEETING.format(id="&a;", day="12/11/2019"),
            "a document type",
        ),
        ("<committees><committee><committeeid>1</committeeid></committee></committees>", "nothing"),
    ],
)
def test_what_is_no_response_is_refused_in_a_sentence(
    tmp_path: Path, content: str, says: str
) -> None:
    file = tmp_path / "GetMeeting.xml"
    file.write_text(content)
    with pytest.raises(Rejected) as refused:
        read_response(file)
    said = str(refused.value)
    assert says in said
    assert said.startswith("GetMeeting.xml")


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Rejected, match="a folder"):
        read_response(tmp_path)


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("", ""),
        ("Noted.", "Noted."),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("&lt;p&gt;Escaped twice&lt;/p&gt;", "Escaped twice"),
        ("<p>A<br>B</p>", "A\nB"),
        ("<ul><li><p>One</p></li><li>Two</li></ul>", "- One\n\n- Two"),
        ("<table><tr><td>For</td><td>8</td></tr></table>", "For · 8"),
        ("<script>alert(1)</script><p>Said</p>", "Said"),
        ("<p>Mr O&amp;#39;Dell &amp;amp; others</p>", "Mr O'Dell & others"),
    ],
)
def test_html_becomes_plain_paragraphs(html: str, plain: str) -> None:
    assert prose_of(html) == plain


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>/&;#apliudbr \n", max_size=80))
def test_whatever_html_comes_no_word_is_lost_to_an_error(html: str) -> None:
    assert isinstance(prose_of(html), str)
