"""Undertakings of an earlier meeting that left no trace in the papers of the next."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.document import Document
from peelian.proofreading.findings import Confidence, Finding
from peelian.proofreading.proof import Proof
from peelian.proofreading.traces import stem
from peelian.proofreading.undertakings import lost_undertakings
from tests.documents_in_words import printed

MINUTES = """NORTHSHIRE POLICE AND CRIME PANEL
Minutes of the meeting held on 5 March 2024

Present: Cllr Ann Ash (Chair), Cllr Ben Beech

1 Performance

{said}

The meeting ended at 4 pm

"""
# What a pack says besides: enough of it that a word can be rare.
PAPERS = """NORTHSHIRE POLICE AND CRIME PANEL
11 JUNE 2024

COMMISSIONER'S UPDATE

The budget was set in February and has been kept to.

Burglary fell by four per cent, and most victims were content.

The estate is being renewed, and two stations were sold.

Call handling is better than it was; nine of ten calls are answered in time.

Three events for young people were held in Southtown.

Complaints are dealt with by a new team.

The Farm Watch scheme has 900 members in Eastshire.

A grant was given to the hospice, and its report is awaited.

Custody visitors made forty visits.
"""


def lost(said: str, papers: str = PAPERS) -> list[Finding]:
    pack = printed(MINUTES.format(said=said) + papers)
    return list(lost_undertakings(Proof([pack])))


@pytest.mark.parametrize(
    "said",
    [
        "The PCC agreed to write to the retiring lay member.",
        "It was said that Farm Watch had not been taken up in Westshire. The PCC agreed to check "
        "whether Farm Watch was used in Westshire and report back.",
        "It was agreed that the Inspectorate would be invited to discuss its findings.",
        "The Panel would be provided with the evaluation of the hospice grant when available.",
        "There was a trial of scanners. It was agreed that an update on this would be provided.",
    ],
)
def test_what_the_papers_do_not_answer_is_lost(said: str) -> None:
    (one,) = lost(said)
    assert one.place.quotation in said
    assert one.place.origin.line == 8
    assert "minute 1 of 5 March 2024" in one.reason
    assert one.confidence != Confidence.CERTAIN


@pytest.mark.parametrize("head", ["Item 1 Actions", "ACTIONS", "2. Review of actions"])
def test_a_heading_of_actions_alone_heads_answers(head: str) -> None:
    papers = f"{PAPERS}\n{head}\n\n1/23 Hospice data: gathered. Closed.\n"
    said = (
        "There was no more on the hospice data. HP offered to pull this together with the trusts."
    )
    assert lost(said, papers) == []


@pytest.mark.parametrize("head", ["4. Rural crime", "ITEM 5", "5 Agenda item 6 - Monitoring"])
def test_an_action_log_ends_where_the_next_part_begins(head: str) -> None:
    papers = f"3. Notes of the last meeting and action log\n\nNight patrol: closed.\n\n{head}\n\n"
    said = "The PCC agreed to check whether livestock thefts are recorded apart."
    assert len(lost(said, f"{PAPERS}\n{papers}There were 46 thefts, and all were recorded.\n")) == 1


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (
            "The PCC advised that average speed cameras would be investigated in coming months.",
            "Funding was granted for average speed cameras on the ring road.",
        ),
        (
            "It was agreed that the Inspectorate would be invited to a meeting.",
            "The Inspectorate attended the seminar for members.",
        ),
        (
            "The Panel would be provided with the evaluation of the hospice grant when available.",
            "An evaluation of the hospice grant was begun.",
        ),
        (
            "It was agreed that the delivery plan for rural crime would be shared with the Panel.",
            "Rural Crime Strategy - Delivery Plan to monitor progress",
        ),
        (
            "The Chief Executive agreed to arrange a visit to the control room.",
            "A visit to the control room has been arranged.",
        ),
    ],
)
def test_what_the_papers_speak_of_is_not_lost(said: str, answer: str) -> None:
    assert len(lost(said)) == 1
    assert lost(said, f"{PAPERS}\n{answer}\n") == []


def test_under_matters_arising_a_word_of_it_is_an_answer() -> None:
    said = "The Chief Executive agreed to supply a breakdown of complaints by type and district."
    answer = "Complaints: this was given to members in August."
    assert len(lost(said, f"{PAPERS}\n{answer}\n")) == 1
    assert lost(said, f"{PAPERS}\nMatters arising\n\n{answer}\n") == []
    assert len(lost(said, f"{PAPERS}\nMatters arising\n\nNone.\n")) == 1


def test_a_name_in_a_glossary_is_no_answer_and_is_told() -> None:
    said = "The Safer Roads Partnership Board was new. It was agreed that details would be shared."
    glossary = "Safer Roads Partnership Board To provide governance of safer roads\n\nQuarterly\n"
    (one,) = lost(said, f"{PAPERS}\n{glossary}")
    assert one.reason.startswith("Undertaken in minute 1")
    assert "Safer Roads Partnership Board is named only in a list or a glossary" in one.reason
    assert one.others[0].quotation.startswith("Safer Roads Partnership Board")
    assert (
        lost(said, f"{PAPERS}\nThe Safer Roads Partnership Board was told of new details.\n") == []
    )


def test_the_finding_says_who_owed_whom_and_what_was_looked_for() -> None:
    (one,) = lost("The PCC agreed to provide Cllr Beech with the vetting backlog by district.")
    assert "by the PCC for Cllr Beech." in one.reason
    assert "backlog" in one.reason
    assert "vetting" in one.reason
    (nobody,) = lost("It was confirmed that the vetting backlog would be published for members.")
    assert "nobody is named to do it" in nobody.reason


def test_earlier_minutes_are_given_apart_and_are_not_counted_twice() -> None:
    said = "The PCC agreed to write to the retiring lay member."
    earlier = printed(MINUTES.format(said=said), "march.txt")
    papers = printed(PAPERS, "june.txt")
    (one,) = list(lost_undertakings(Proof([papers], [earlier])))
    assert one.place.origin.file == "march.txt"
    again = printed(MINUTES.format(said=said) + PAPERS, "june.txt")
    assert len(list(lost_undertakings(Proof([again], [earlier])))) == 1


def test_minutes_of_the_meeting_itself_promise_for_later() -> None:
    pack = printed(MINUTES.format(said="The PCC agreed to write to the lay member.") + PAPERS)
    assert list(lost_undertakings(Proof([pack], as_at=dt.date(2024, 3, 5)))) == []


def test_minutes_alone_have_nothing_in_which_to_look() -> None:
    assert lost("The PCC agreed to write to the retiring lay member.", "") == []


@pytest.mark.parametrize(
    "alike",
    [
        ("evaluate", "evaluation"),
        ("recruiting", "recruitment"),
        ("strategies", "strategy"),
        ("KPI’s", "indicators"),
        ("investigated", "investigation"),
    ],
)
def test_words_are_found_again_in_another_form(alike: tuple[str, str]) -> None:
    assert stem(alike[0]) == stem(alike[1])


WORDS = [
    "The PCC agreed to ",
    "write ",
    "Farm Watch ",
    "details ",
    "would be provided ",
    ". ",
    "\n",
]


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=30))
def test_whatever_was_said_the_search_ends(parts: list[str]) -> None:
    document: Document = printed(MINUTES.format(said="".join(parts)) + PAPERS)
    proof = Proof([document])
    for one in list(lost_undertakings(proof)):
        assert one.place.quotation


PROGRAMME = """
WORK PROGRAMME

Meeting Topic

11 June 2024
• Estate renewal
• Call handling

17 September 2024
• Young people
• {last}
"""
TO_ADD = "It was agreed that drones be added to the work programme for September 2024."


@pytest.mark.parametrize(
    "speaks", ["", "Drones were flown at two events, and drones are bought.\n"]
)
def test_what_was_to_be_on_the_work_programme_is_lost_if_it_is_not_there(speaks: str) -> None:
    (one,) = lost(TO_ADD, f"{PAPERS}\n{speaks}{PROGRAMME.format(last='Custody')}")
    assert "The work programme has no such item." in one.reason
    assert lost(TO_ADD, f"{PAPERS}\n{speaks}{PROGRAMME.format(last='Use of drones')}") == []


def test_an_item_for_a_meeting_before_the_one_agreed_is_no_trace() -> None:
    sooner = PROGRAMME.format(last="Custody").replace("Call handling", "Use of drones")
    assert len(lost(TO_ADD, f"{PAPERS}\n{sooner}")) == 1


def test_a_row_of_a_log_is_an_answer_by_its_topic_and_its_state() -> None:
    said = "The Chief Executive agreed to arrange a briefing on burglary for new members."
    log = "Action log\n\nA1 Burglary session: held in May, closed.\n"
    assert len(lost(said)) == 1
    assert lost(said, f"{PAPERS}\n{log}") == []


ABOUT_IT_ALONE = [
    ("The PCC undertook to send members a note on vetting.", "Vetting has gone up in price."),
    (
        "The PCC said she would share the figures for stop and search by district.",
        "Stop and search fell by 4% in the quarter, as the force is more careful.",
    ),
    (
        "Cllr Beech agreed to draft questions on shop theft for the retail item.",
        "Shop theft rose by 9% to 1,860. The partnership was launched in June.",
    ),
    (
        "Action: Chief Finance Officer to provide a breakdown of overtime by department.",
        "Overtime cost £0.3m more than planned.",
    ),
    (
        "The Chief Executive would report on the cost of the drones.",
        "Drones were flown 61 times in search of missing people.",
    ),
    (
        "The Deputy Commissioner offered a demonstration of the mapping tool.",
        "The mapping of thefts shows where they are.",
    ),
    (
        "Cllr Ash asked how many wardens had left; the PCC would come back on this.",
        "Wardens gave 4,000 hours in the quarter.",
    ),
    (
        "The PCC agreed to have all open cases of fraud checked.",
        "Fraud is the most common crime of all.",
    ),
]
GIVEN = [
    (
        "The PCC undertook to send members a note on vetting.",
        "The vetting note was emailed to all.",
    ),
    (
        "The PCC said she would share the figures for stop and search by district.",
        "Stop and search by district: North 41, South 62, Vale 12.",
    ),
    (
        "Cllr Beech agreed to draft questions on shop theft for the retail item.",
        "Questions on shop theft for the retail item have been drafted and are at Appendix 2.",
    ),
    (
        "Action: Chief Finance Officer to provide a breakdown of overtime by department.",
        "Overtime was: Response £0.3m, Roads £0.1m, Custody £0.2m; the departments were asked why.",
    ),
    (
        "The Chief Executive would report on the cost of the drones.",
        "The drones cost £61,000 in their first year.",
    ),
    (
        "The Deputy Commissioner promised an update on the hostel for women.",
        "The hostel for women opens in July.",
    ),
    (
        "Members asked for the number of tasers drawn in custody. The PCC said this would be sent.",
        "Tasers were drawn 14 times in custody.",
    ),
    (
        "The Deputy Commissioner offered a demonstration of the mapping tool.",
        "A demonstration of the mapping tool has been put back to the autumn.",
    ),
    (
        "The Clerk undertook to obtain advice on body-worn video in schools.",
        "Counsel's advice on body-worn video in schools is awaited.",
    ),
]


@pytest.mark.parametrize(("said", "papers"), ABOUT_IT_ALONE)
def test_to_name_the_subject_is_not_to_give_what_was_promised(said: str, papers: str) -> None:
    assert len(lost(said, f"{PAPERS}\n{papers}\n")) == 1


@pytest.mark.parametrize(("said", "papers"), GIVEN)
def test_what_is_given_or_in_hand_is_not_lost(said: str, papers: str) -> None:
    assert lost(said, f"{PAPERS}\n{papers}\n") == []


def test_an_answer_to_another_minute_or_action_is_none() -> None:
    said = "The Clerk agreed to find out how other panels publish the outcome of complaints."
    answers = "\nMatters arising\n\nMinute {}. The outcome of complaints is on the website.\n"
    assert lost(said, PAPERS + answers.format(1)) == []
    assert len(lost(said, PAPERS + answers.format(7))) == 1


@pytest.mark.parametrize(
    "head", ["SINCE THE LAST FORUM (20 June 2024)", "Item 4 page 2 Matters arising"]
)
def test_answers_stand_under_many_headings(head: str) -> None:
    said = "The Clerk agreed to find out how many scooters had been seized."
    answer = "Scooters. 61 of these have gone to the crusher."
    assert lost(said, f"{PAPERS}\n{head}\n\n{answer}\n") == []
