"""Minutes: where they begin and end, the meeting, who was there, what stands under each number."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.recognition.minutes import Attendee, as_minutes, minutes
from tests.documents_in_words import printed, written

# Titles stand in a margin; a page break has put the last word of one among the text.
MARGIN = """ Northshire Police and Crime Panel
Tuesday, 3 March 2020 - 2.00 pm

Minutes

Present: Mrs A Ash (Chairman), Mr B Beech,
Mr C D Cedar and Ms E Elm (Vice Chairman)

Also attended: Fran Fir, Northshire Police & Crime
Commissioner
Gus Gorse, Chief Constable, Northshire Police

Hal Hazel (Scrutiny Officer) and
Ida Ivy (Clerk)

41 Welcome and
Introductions

The Chairman welcomed everyone.

42 Named
Substitutes

Councillor Ben Beech was a substitute for Councillor
Joy Juniper.

43 Apologies

Apologies were received from Councillors Kit Kale,
and Lou Larch.

44 Appointment of
Lay

The Chairman said that one member had left. She had written.
 Members
12 letters had been received about it, more than in the year
before the panel was formed.

45 Report -
'Roads: Safety,
speed and
courtesy

The report set out what had been done in the year, and the
 care' reasons for it.

The meeting ended at 3.20 pm

Chairman ..............................
 AGENDA ITEM 7

Northshire Police and Crime Panel - 9 June 2020

REPORT ON ROADS

46 New Cameras

These have been put up.
"""


def names(people: tuple[Attendee, ...]) -> list[str]:
    return [person.name for person in people]


def test_minutes_end_where_the_next_paper_begins() -> None:
    (found,) = minutes(printed(MARGIN))
    assert (found.body, found.held_on) == ("Northshire Police and Crime Panel", dt.date(2020, 3, 3))
    assert [item.number for item in found.items] == ["41", "42", "43", "44", "45"]
    assert "New Cameras" not in "".join(item.text + item.title for item in found.items)


def test_a_title_in_a_margin_is_whole_and_its_words_are_not_in_the_text() -> None:
    (found,) = minutes(printed(MARGIN))
    assert [item.title for item in found.items] == [
        "Welcome and Introductions",
        "Named Substitutes",
        "Apologies",
        "Appointment of Lay Members",
        "Report - 'Roads: Safety, speed and courtesy care'",
    ]
    assert "Members\n" not in found.items[3].text
    assert "and the reasons for it" in found.items[4].text


def test_those_present_are_told_from_those_who_attended_and_who_sent_apologies() -> None:
    (found,) = minutes(printed(MARGIN))
    assert found.present == (
        Attendee("Mrs A Ash", "Chairman"),
        Attendee("Mr B Beech", "substitute for Councillor Joy Juniper"),
        Attendee("Mr C D Cedar"),
        Attendee("Ms E Elm", "Vice Chairman"),
    )
    assert found.apologies == (Attendee("Kit Kale"), Attendee("Lou Larch"))
    assert found.in_attendance == (
        Attendee("Fran Fir", "Northshire Police & Crime Commissioner"),
        Attendee("Gus Gorse", "Chief Constable, Northshire Police"),
        Attendee("Hal Hazel", "Scrutiny Officer"),
        Attendee("Ida Ivy", "Clerk"),
    )


@pytest.mark.parametrize(
    ("attendance", "present", "apologies"),
    [
        (
            "Attendees:\nPFCC Ann Ash (AA)\nBen Beech (BB)\nSupt. Cay Cedar (CC)\n"
            "AA welcomed everyone.\nApologies were accepted from CC Ben Beech\n",
            ["PFCC Ann Ash", "Ben Beech", "Supt. Cay Cedar"],
            ["CC Ben Beech"],  # listed as there, and yet excused: both are kept
        ),
        (
            "PRESENT\nCllr A Ash (Chair)\nCllr B Beech, Cllr C Cedar\n\n"
            "APOLOGIES: Cllr D Dogwood\n",
            ["Cllr A Ash", "Cllr B Beech", "Cllr C Cedar"],
            ["Cllr D Dogwood"],
        ),
        (
            "Attendance:\nPolice and Crime Commissioner, Ann Ash (AA)\nBen Beech – Head of Data\n",
            ["Ann Ash", "Ben Beech"],
            [],
        ),
        (
            "Chair: Councillor A Ash\nVice-Chair: Mr B Beech\nCouncillors: C Cedar, D Dogwood\n",
            ["Councillor A Ash", "Mr B Beech", "C Cedar", "D Dogwood"],
            [],
        ),
        (
            "Present:\nVoting Members:\nCouncillor A Ash – in the Chair\nMrs B Beech (Lay Member)\n"
            "Committee clerk: C Cedar\n",
            ["Councillor A Ash", "Mrs B Beech"],
            [],
        ),
        (
            "Members in attendance\nCouncillors A. Ash (in the Chair), B. Beech\n\n"
            "Also in attendance\nMs C. Cedar, Clerk\n\n"
            "1 APOLOGIES\nApologies had come from Councillor Dogwood.\n",
            ["A. Ash", "B. Beech"],
            ["Councillor Dogwood"],
        ),
        (
            "Here: Ann Ash, PCC (AA); Ben Beech, Chief Constable (BB)\nNot here: Cay Cedar (CC)\n",
            ["Ann Ash", "Ben Beech"],
            ["Cay Cedar"],
        ),
        (
            "Yn bresennol: Cynghorydd A. Onnen, Cynghorydd B. Bedwen\n"
            "Ymddiheuriadau: Cynghorydd C. Celyn\n",
            ["Cynghorydd A. Onnen", "Cynghorydd B. Bedwen"],
            ["Cynghorydd C. Celyn"],
        ),
        (
            "Present: Councillor A. Ash (in the Chair)\n\nApologies for absence were received from "
            "Councillors K. Evans (Eastshire Council), L. George (Westshire Council) and W. Powys "
            "(Westshire Council).\n",
            ["Councillor A. Ash"],
            ["K. Evans", "L. George", "W. Powys"],
        ),
    ],
)
def test_attendance_in_the_ways_of_other_offices(
    attendance: str, present: list[str], apologies: list[str]
) -> None:
    text = f"NORTHSHIRE BOARD\nMinutes\n8th February 2022\n{attendance}\n1. Performance\n\nGood.\n"
    (found,) = minutes(printed(text))
    assert (names(found.present), names(found.apologies)) == (present, apologies)
    assert (found.body, found.held_on) == ("NORTHSHIRE BOARD", dt.date(2022, 2, 8))


@pytest.mark.parametrize(
    ("text", "numbers", "titles"),
    [
        (  # numbers on lines of their own, below them others
            "Agenda and minutes\n\nNorthshire Panel - Thursday, 16th November, 2017\n\nNo. Item\n\n"
            "1.\n\nAPOLOGIES\n\nMinutes:\n\nNone were made.\n\n2.\n\nMATTERS ARISING\n\n2.1\n\n"
            "Minute 6 - Annual Report\n\nMinutes:\n\nA question was put.\n\n3.\n\n"
            "PLAN pdf icon PDF 238 KB\n\nMinutes:\n\nIt was noted.\n",
            ["1", "2", "2.1", "3"],
            ["APOLOGIES", "MATTERS ARISING", "Minute 6 - Annual Report", "PLAN"],
        ),
        (  # no numbers: a label behind each title
            "Agenda and draft minutes\n\nWelcome\n\nAdditional documents:\n\nAll came.\n\n"
            "Confirmation of the Minutes pdf icon PDF 135 KB\n\n"
            "To confirm the Minutes of June.\n\nAdditional documents:\n\nThey were agreed.\n",
            ["", ""],
            ["Welcome", "Confirmation of the Minutes"],
        ),
        (
            "Agenda item\n\nQuarter 4 Report\n\nMinutes:\n\nThe Panel considered it.\n",
            [""],
            ["Quarter 4 Report"],
        ),
        (
            "Northshire Panel\nMinutes of the meeting held on 5 May 2023\nPresent: Cllr A Ash\n\n"
            "23/12 APOLOGIES\n\nNone.\n\n23/13 MINUTES\n\nThose of 1 March 2023 were agreed.\n\n"
            "23/14 BUDGET\n\n12 people asked about it.\n",
            ["23/12", "23/13", "23/14"],
            ["APOLOGIES", "MINUTES", "BUDGET"],
        ),
    ],
)
def test_items_by_number_by_label_or_by_heading(
    text: str, numbers: list[str], titles: list[str]
) -> None:
    (found,) = minutes(printed(text))
    assert [item.number for item in found.items] == numbers
    assert [item.title for item in found.items] == titles


def test_minutes_of_several_meetings_are_kept_apart() -> None:
    text = """NORTHSHIRE PANEL
MINUTES of the meeting held on 14 March 2023
Present: Cllr A Ash

1. Apologies

None.

2. Minutes

The minutes of the meeting held on 10 January 2023 were agreed.

Date of next meeting: 16 May 2023

NORTHSHIRE AUDIT COMMITTEE
MINUTES OF MEETING HELD ON MONDAY 6 FEBRUARY 2023
PRESENT: Mr B Beech (Chair)

1 AUDIT

Done.

2 RISKS

None.
"""
    found = minutes(printed(text))
    assert [(m.body, m.held_on) for m in found] == [
        ("NORTHSHIRE PANEL", dt.date(2023, 3, 14)),
        ("NORTHSHIRE AUDIT COMMITTEE", dt.date(2023, 2, 6)),
    ]
    assert [names(m.present) for m in found] == [["Cllr A Ash"], ["Mr B Beech"]]


@pytest.mark.parametrize(
    "text",
    [
        "AGENDA\n\nNorthshire Panel\n\n5 May 2023\n\n1. Apologies\n\n2. Minutes of 1 March 2023\n",
        "3. Minutes of the previous meeting\n\nTo confirm the minutes of 1 March 2023.\n",
        "Calls were answered within 10 minutes\n\nPresent: levels are good.\n",
        "",
    ],
)
def test_what_only_speaks_of_minutes_is_none(text: str) -> None:
    assert minutes(printed(text)) == []


def test_minutes_that_are_a_table_have_an_item_in_each_row() -> None:
    found = minutes(
        written(
            [
                ("heading", "Northshire Police and Crime Panel"),
                ("paragraph", "Minutes of the meeting held on Tuesday 7 November 2023"),
                ("row", ["Present", "Cllr A Ash (Chair) Cllr B Beech (Southtown Council)"]),
                ("row", ["Apologies", "Cllr C Cedar"]),
                ("paragraph", "The Chair opened the meeting."),
                ("row", ["Item", "Discussion", "Action", "Owner", "By when"]),
                ("row", ["1", "Welcome. All were welcomed.", "", "", ""]),
                (
                    "row",
                    ["2", "Budget. It was talked over.", "Send the table", "OPCC", "1 May 2024"],
                ),
            ]
        )
    )
    (one,) = found
    assert one.present == (
        Attendee("Cllr A Ash", "Chair"),
        Attendee("Cllr B Beech", "Southtown Council"),
    )
    assert names(one.apologies) == ["Cllr C Cedar"]
    assert [(item.number, item.title) for item in one.items] == [("1", "Welcome"), ("2", "Budget")]


def test_minutes_without_numbers_have_their_headings() -> None:
    (found,) = minutes(
        written(
            [
                ("heading", "Minutes"),
                ("paragraph", "Northshire Accountability Forum"),
                ("paragraph", "3 May 2024"),
                ("paragraph", "Attendees: Ann Ash (PCC), Ben Beech (Chief Constable)"),
                ("heading", "Call handling"),
                ("paragraph", "Calls were late."),
                ("heading", "Custody"),
                ("paragraph", "All was well."),
            ]
        )
    )
    assert (found.body, found.held_on) == ("Northshire Accountability Forum", dt.date(2024, 5, 3))
    assert [item.title for item in found.items] == ["Call handling", "Custody"]


IN_ONE_LINE = """MINUTES OF THE NORTHSHIRE SCRUTINY BOARD HELD ON 14 MARCH 2023

1. Apologies. Apologies were received from Cllr A Ash.

2. Minutes. The minutes of 10 January 2023 were agreed.

3. Knife crime: The Clerk was asked to circulate the slides. Members noted the rest.

4. Next steps. It was agreed that the Panel would meet again.

"""


def test_a_title_may_stand_in_one_line_with_its_text() -> None:
    (found,) = minutes(printed(IN_ONE_LINE))
    assert (found.body, found.held_on) == ("NORTHSHIRE SCRUTINY BOARD", dt.date(2023, 3, 14))
    titles = ["Apologies", "Minutes", "Knife crime", "Next steps"]
    assert [item.title for item in found.items] == titles
    assert found.items[1].text == "The minutes of 10 January 2023 were agreed."
    assert [u.owner for u in found.undertakings] == ["the Clerk", "the Panel"]


@pytest.mark.parametrize(
    "follows",
    [
        "------------------------------\n\nIt is a paper.\n",
        "Item 2\n\nIt is a paper.\n",
        "ITEM 5: Crime figures\n\nIt is a paper.\n",
        "QUARTERLY PERFORMANCE REPORT\n\nIt is a paper.\n",
        "Crime figures\n\n1. Introduction\n\nIt is a paper.\n\n2. Calls\n\nThey fell.\n",
        "The Chair thanked members and closed the meeting.\n\nIt is a paper.\n",
        "Thanks were given and the meeting closed at 12.10 pm.\n\nIt is a paper.\n",
    ],
)
def test_minutes_end_in_the_ways_of_other_offices(follows: str) -> None:
    (found,) = minutes(printed(IN_ONE_LINE + follows))
    assert len(found.items) == 4
    assert "It is a paper" not in "".join(item.text for item in found.items)


@pytest.mark.parametrize("follows", ["Item 5: Crime figures", "-------\n\nCRIME PLAN UPDATE"])
def test_minutes_without_numbers_end_before_the_next_item(follows: str) -> None:
    said = "\n\n".join(f"Members asked about topic {n}, and it was noted." for n in "abcdefgh")
    head = "Northshire Panel, 3 May 2024\n\nMinutes\n\nPresent: Cllr A Ash\n\n"
    (found,) = minutes(printed(f"{head}{said}\n\n{follows}\n\nIt is a paper.\n"))
    assert "topic h" in found.items[-1].text
    assert "paper" not in "".join(item.text for item in found.items)


@pytest.mark.parametrize("inside", ["----------", "POLICE AND CRIME PLAN", "Item 2 was taken."])
def test_minutes_go_on_while_their_numbers_do(inside: str) -> None:
    text = IN_ONE_LINE.replace("4. Next", f"{inside}\n\n4. Next")
    (found,) = minutes(printed(text))
    assert [item.number for item in found.items] == ["1", "2", "3", "4"]


def test_a_list_that_begins_at_1_within_minutes_does_not_end_them() -> None:
    listed = (
        "RESOLVED:\n\n1. That it be noted.\n\n2. That the Clerk write to the council.\n\n4. Next"
    )
    (found,) = minutes(printed(IN_ONE_LINE.replace("4. Next", listed)))
    assert [item.number for item in found.items] == ["1", "2", "3", "4"]


def test_an_agenda_before_the_minutes_is_no_part_of_them() -> None:
    pages = [
        "Northshire Police and Crime Panel, 13 March 2025\n\nAgenda\n\n• 1. Apologies\n"
        "• 2. Minutes of the meeting of 20 November 2024 (attached)\n• 3. Precept (attached)\n",
        "Minutes of the meeting of 20 November 2024\n\nPresent: Cllr A Ash\n\n41 Calls\n\n"
        "They were discussed.\n\n42 Custody\n\nIt was noted.\n",
        "Item 3: Precept\n\nIt is a paper.\n",
    ]
    (found,) = minutes(printed("\f".join(pages)))
    assert found.held_on == dt.date(2024, 11, 20)
    assert [item.number for item in found.items] == ["41", "42"]
    assert "paper" not in found.items[-1].text


PIECES = ["Minutes\n", "Present: Mr A Ash\n", "Present:\n", "1. Apologies\n", "2.\n", "41 A\n"]
PIECES += ["Agenda item 4\n", "The meeting ended at 4 pm\n", "Action – AB to go\n", "RESOLVED:\n"]
PIECES += [
    "It was agreed that ",
    "5 May 2020\n",
    "Northshire Panel\n",
    "\n",
    "\f",
    " Members\n",
    "(",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=40))
def test_whatever_the_text_minutes_are_read_in_order_and_nothing_is_raised(
    parts: list[str],
) -> None:
    found = minutes(printed("".join(parts)))
    places = [place for m in found for place in (m.origin.order, m.last)]
    assert places == sorted(places)


def test_a_table_may_lay_out_titles_beside_their_text() -> None:
    (found,) = minutes(
        written(
            [
                ("heading", "Northshire Police and Crime Panel"),
                ("paragraph", "Tuesday, 3 March 2020"),
                ("heading", "Minutes"),
                ("row", ["Present:", "Mrs A Ash (Chairman), Mr B Beech"]),
                ("row", ["41 Welcome and Introductions", "The Chairman welcomed everyone."]),
                ("row", ["42 Road Safety", "The PCC agreed to check this and report back."]),
                ("row", ["", "It was agreed that the Clerk would write to the council."]),
                ("row", ["43 Work Programme", "No changes were made."]),
            ]
        )
    )
    assert names(found.present) == ["Mrs A Ash", "Mr B Beech"]
    assert [(item.number, item.title) for item in found.items] == [
        ("41", "Welcome and Introductions"),
        ("42", "Road Safety"),
        ("43", "Work Programme"),
    ]
    assert [(u.minute, u.owner) for u in found.undertakings] == [
        ("42", "the PCC"),
        ("42", "the Clerk"),
    ]


def test_a_title_that_says_body_and_day_needs_no_heading_above_it() -> None:
    text = """NORTHSHIRE PANEL
Extra papers for the meeting on 22 November 2016

                                   1
MINUTES OF THE POLICE AND CRIME PANEL HELD ON 20 SEPTEMBER 2016

1. Apologies were received from Cllr Ash.

2. Burglary. Cllr Beech asked why more was not known. The Chief Constable promised to send more.

3. Estates. The Commissioner said that he would write to members about the station.

4. Roads. RESOLVED to receive a paper.
"""
    [one] = minutes(printed(text))
    assert (one.body, one.held_on) == ("POLICE AND CRIME PANEL", dt.date(2016, 9, 20))
    assert [u.minute for u in one.undertakings] == ["2", "3"]


def test_a_minute_may_be_titled_by_two_parts_with_a_colon() -> None:
    text = """NORTHSHIRE PANEL
MINUTES
25 MARCH 2024

Members present: Cllr Ash (Chair), Cllr Beech

15/24 Precept: response of the Commissioner
The Commissioner thanked the Panel.

16/24 Roads
The Chair asked about cameras.

17/24 Fire: action plan
The plan was noted.
"""
    [one] = minutes(printed(text))
    assert [m.number for m in one.items] == ["15/24", "16/24", "17/24"]


def test_what_is_given_as_minutes_is_read_as_such_whatever_its_title() -> None:
    text = """Northshire Authority
PERFORMANCE BOARD: RECORD OF MEETING
12 January 2023

Members: Deputy Mayor (DM), Head of Performance (HP)

Item 2 Knife crime
DM pressed for detail. HP offered to pull this together.

Item 3 Estates
Action 3/23: DM to speak to the trust about the lease.
"""
    assert minutes(printed(text)) == []
    [one] = as_minutes(printed(text))
    assert one.held_on == dt.date(2023, 1, 12)
    assert [u.minute for u in one.undertakings] == ["2", "3"]
    assert as_minutes(printed("")) == []
