"""Undertakings in minutes: what is one, what is none, who owes whom, by when."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.recognition.minutes import Undertaking, minutes
from tests.documents_in_words import printed, written

HEAD = """NORTHSHIRE POLICE AND CRIME PANEL
Minutes of the meeting held on 5 March 2024
Present: Cllr Ann Ash (AA) (Chair), Cllr Ben Beech (BB)
In attendance: Cay Cedar (CC), Chief Executive; Dee Dogwood (DD), Clerk

1 Performance

"""


def undertaken(text: str) -> list[Undertaking]:
    return [u for m in minutes(printed(HEAD + text)) for u in m.undertakings]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("The PCC agreed to check and report back to the Panel.", "the PCC"),
        ("The Commissioner undertook to provide a written answer.", "the Commissioner"),
        ("The PCC offered to provide information on this before the next meeting.", "the PCC"),
        ("It was agreed that the Vice-Chairman would write to her.", "the Vice-Chairman"),
        ("It was agreed that the Panel would be provided with an update on this.", ""),
        ("It was confirmed that the figures would be provided.", ""),
        ("The Panel would be provided with the evaluation of the scheme when available.", ""),
        ("It was agreed to add a session on cyber crime to the work programme.", ""),
        (
            "The PCC advised that speed cameras would be investigated in the coming months.",
            "the PCC",
        ),
        ("The Chief Constable said that he would look into the delays.", "the Chief Constable"),
        ("He was late. The PCC confirmed that he was willing to discuss options.", "the PCC"),
        ("AA asked why. CC would provide this outside of the meeting.", "Cay Cedar"),
        ("Cay Cedar agreed to arrange a visit to the control room.", "Cay Cedar"),
        ("The strategies were drafted, and Cay Cedar said she would share them.", "Cay Cedar"),
        ("A Member queried it. The PCC would come back to the Panel with an answer.", "the PCC"),
        ("Details to be circulated after the meeting.", ""),
        ("The detention of children was to be picked up outside of the meeting.", ""),
        ("The Panel agreed to set up a task group on hate crime.", "the Panel"),
        ("The Clerk was asked to circulate the slides.", "the Clerk"),
        ("RESOLVED – That the Clerk write to the Home Secretary.", "the Clerk"),
        ("RESOLVED that the Inspectorate be invited to the next meeting.", ""),
        (
            "It was agreed that Cllrs Ash and Beech be appointed to a group to recruit a member.",
            "Cllrs Ash and Beech",
        ),
        ("The Chief Constable would let Members have the figures.", "the Chief Constable"),
        ("CC promised a paper on searches for the next meeting.", "Cay Cedar"),
        ("It fell. AA asked why. It was late. BB to let AA have the rate.", "Cllr Ben Beech"),
        ("RESOLVED\n\n1. To note it.\n\n2. To ask the Clerk to provide the number.", "the Clerk"),
        ("The Clerk is to write to the council.", "the Clerk"),
        ("The Commissioner will consult the Panel before deciding.", "the Commissioner"),
        ("Agreed: submit a draft protocol and report progress to the March meeting.", ""),
        ("Members asked that drones be added to the work programme and this was agreed.", ""),
        ("It was agreed that drones should go on the work programme for the May meeting.", ""),
        ("Action – BB/DD to review call times.", "Cllr Ben Beech, Dee Dogwood"),
        ("ACTION: J. Smith to circulate the audit report.", "J. Smith"),
        ("ACTION 3: Circulate the audit report (DD)", "Dee Dogwood"),
        ("The slides were good. The survey would be sent round.\n\nAction: OPCC", "OPCC"),
        ("Police numbers would be sent to members. [Action: DD]", "Dee Dogwood"),
        ("Actions:\n\n• CC to write to the council about parking", "Cay Cedar"),
        ("DD to draft a letter.", "Dee Dogwood"),
        ("Cllr Beech asked for it. Mr Yew agreed to supply this to the Panel.", "Mr Yew"),
        ("The Chairman thanked the PCC and said he would write to staff.", "the Chairman"),
        ("Nine officers had come. The PCC said she would check.", "the PCC"),
        ("The response would be submitted by the Clerk before the closing day.", "the Clerk"),
        ("RESOLVED to request that the PCC provide the numbers.", "the PCC"),
        ("RESOLVED: that\n(1) the report be noted;\n(2) the PCC report on savings.", "the PCC"),
    ],
)
def test_an_undertaking_and_who_owes_it(text: str, owner: str) -> None:
    assert [u.owner for u in undertaken(text)] == [owner]


@pytest.mark.parametrize(
    "text",
    [
        "Agreed: that the Commissioner’s office send members the leaflet about tax.",
        "Agreed: that the host authority submit the return by the end of June.",
        "A written answer is to be sent to Councillor Ash on the number of vacancies.",
        "The Commissioner took away the question of response times in the north.",
        "It was left with the Head of Casework to find out whether the letters say so.",
        "The Panel Adviser was asked to set one up.",
        "The Chief Executive was asked for the cost of a place on the mentoring scheme.",
        "RECOMMENDED: That the Commissioner publish the evaluation of the wardens.",
        "Drones. A count of what this costs was wished for. (Action 14)",
        "The PCC was asked for a note on footage and said that he would supply one.",
        "Members were told that a briefing on cyber crime would follow.",
        "The PCC gave an undertaking that the Panel would see the draft plan in June.",
        "The Deputy Commissioner offered members a visit to the control room.",
        "The Commissioner confirmed he’d share the report once it was published.",
        "He added that he would ensure that the data was circulated.",
        "The PCC said he would ask the Chief Constable for the figure.",
        "Cllr Ash queried overtime; the PCC replied that an answer would be sent in writing.",
        "The Commissioner would be happy to facilitate a visit to the dog unit.",
        "It was requested that the Panel receive updates, to which the PCC agreed.",
        "The PCC assured the Panel that the figures would be made available.",
        "Cllr Ash asked for a copy of the letter. This would be circulated.",
        "The Commissioner noted the request and would take it up with the force.",
        "The Monitoring Officer was tasked with reviewing the procedure.",
        "The Deputy PCC said that an update would come to the next meeting.",
        "The Head of Finance promised figures on overtime for the next meeting.",
        "The PCC indicated that a review would be completed and brought back in June.",
        "The Commissioner gave his word that the Panel would be told first.",
        "A paper setting out the options will be tabled in July.",
        "The Panel’s support officer would check the constitution on this point.",
        "The chair asked the Policy Officer to find out what other panels see.",
        "It was agreed members should receive the quarterly pack in future.",
        "A response is to be circulated outside the meeting.",
        "The Panel is to receive a report on vetting at its next meeting.",
        "The Commissioner intends to bring the plan to the Panel in the autumn.",
        "The PCC presented her draft. She would look again at what it says of farms.",
        "The Chair suggested, and members agreed, that he should write to the councils.",
        "Officers were to begin to advertise the vacancy in good time.",
        "The bill was high. There was no more to say. The Clerk to find out what it costs.",
        "5 The Chair is to write to the Chief Constable to thank officers.",
    ],
)
def test_what_is_to_be_done_is_told_in_many_ways(text: str) -> None:
    assert len(undertaken(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The scheme would bring together five councils.",
        "This would be circulated.",
        "A new contract will be tabled for, and a van will be provided.",
        "The PCC agreed with the Chair. Victims would be contacted within five days.",
        "Members asked the Commissioner to clarify the figures.",
        "The Home Office will publish the figures in July.",
        "The Commissioner would like to see more officers on patrol.",
        "The new station will open in May, and the old one would follow the market.",
        "Members offered their thanks, and the Chair took the vote away from the table.",
        "The Panel had asked for the figures and they had been circulated.",
        "The grant would be used to provide refuges.",
        "Officers were to be thanked. The force was to expand.",
        "The Commissioner plans to recruit 40 officers and intends to publish her plan.",
        "The Panel would hear that crime had fallen.",
        "It was left to the courts. The action was taken.",
        "It was agreed that the minutes be a correct record.",
        "The Minutes of 10 January 2024 were agreed as a correct record and signed by the Chair.",
        "RESOLVED that the report be noted.",
        "RESOLVED: That the proposed precept be supported.",
        "The Panel agreed to note the report and to support the campaign.",
        "It was agreed that the membership would be free.",
        "It was noted that the Force would not be able to attend every report.",
        "A Member asked the PCC if he would consider a different approach.",
        "Cllr Beech asked whether the Commissioner would publish the results.",
        "The PCC advised that he would continue to hold the Chief Constable to account.",
        "When the recruits had joined there would be a focus on volunteers.",
        "It was suggested that a joint letter would raise confidence.",
        "It was hoped that the station would be opened in May.",
        "It was anticipated that a hearing would be held on the 16th of May.",
        "The Panel was invited to consider the report.",
        "The Board noted that the national database would be updated in 2025.",
        "It was confirmed that the groups were required to put out warning signs.",
        "He had written to the Minister to voice his concerns.",
        "If the period was extended, it would be reported in the press.",
        "It was felt that more money should be provided by government.",
        "The Chairman welcomed everyone to the meeting.",
        "Action 2.1 – closed.",
        "Action 2.2 – DD confirmed that this had been circulated.",
        "RESOLVED that the press and public be excluded.",
        "It was agreed that there was more to do on custody.",
        "Cllr Ash be elected Chair for the year.",
        "The Commissioner was committed to ensuring that every victim is heard.",
        "Speed Watch would be expanded and new cameras would be installed by March.",
        "The PCC said that she would always fight for rural areas.",
        "RESOLVED:\n1. The Panel noted the report.",
        "It was agreed that the next meeting be held on 5 October.",
        "Action 12 – Clerk to provide an update. This was circulated. Closed.",
    ],
)
def test_what_is_no_undertaking(text: str) -> None:
    assert undertaken(text) == []


@pytest.mark.parametrize(
    ("text", "owed_to"),
    [
        ("The PCC agreed to report back to the Panel.", "NORTHSHIRE POLICE AND CRIME PANEL"),
        ("The PCC agreed to write to Cllr Beech about it.", "Cllr Beech"),
        ("Cllr Ash asked for the number. The PCC said he would provide it.", "Cllr Ash"),
        ("In answer to a question from Cllr Beech, the PCC agreed to check.", "Cllr Beech"),
        ("A Member asked for it. The PCC agreed to find out.", "NORTHSHIRE POLICE AND CRIME PANEL"),
        (
            "It was agreed that the Clerk would write on behalf of the Panel to Miss Elm.",
            "Miss Elm",
        ),
    ],
)
def test_who_is_owed(text: str, owed_to: str) -> None:
    assert [u.owed_to for u in undertaken(text)] == [owed_to]


@pytest.mark.parametrize(
    ("text", "printed_day", "last"),
    [
        ("ACTION: DD to send the table by 30 April 2024.", "30 April 2024", "2024-04-30"),
        ("The PCC agreed to provide this by the end of June.", "end of June", "2024-06-30"),
        ("The PCC agreed to report to the meeting in September.", "September", "2024-09-30"),
    ],
)
def test_when_it_is_due(text: str, printed_day: str, last: str) -> None:
    (one,) = undertaken(text)
    assert one.due is not None
    assert (one.due.printed, one.due.last) == (printed_day, dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        "The PCC agreed to report back by the next meeting.",
        "The PCC agreed to provide the report for December 2023.",
        "The PCC agreed to provide it.",
    ],
)
def test_no_day_is_made_up(text: str) -> None:
    (one,) = undertaken(text)
    assert one.due is None


def test_what_refers_back_is_quoted_with_what_it_refers_to() -> None:
    (one,) = undertaken(
        "The scheme had not been adopted in Southtown. The PCC agreed to check and report back."
    )
    assert one.quotation == (
        "The scheme had not been adopted in Southtown. The PCC agreed to check and report back."
    )
    assert one.text == one.quotation
    assert (one.minute, one.origin.line, one.agreed) == ("1", 8, False)


def test_the_clauses_of_a_resolution_are_told_apart() -> None:
    found = undertaken(
        "RESOLVED: That\n(a) the report be noted;\n(b) the Clerk write to the Minister; and\n"
        "(c) a report on rural crime be brought to the next meeting.\n\nAction: D Dogwood"
    )
    assert [(u.owner, u.agreed) for u in found] == [("the Clerk", True), ("D Dogwood", True)]
    assert found[1].text == "A report on rural crime be brought to the next meeting."


def test_the_same_said_twice_in_one_minute_is_one_undertaking() -> None:
    found = undertaken(
        "It was agreed that the delivery plan and KPIs would be shared with the Panel.\n\n"
        "The Chairman summed up what had been said, and the need for KPIs which would be shared "
        "with the Panel."
    )
    assert len(found) == 1


def test_columns_say_what_who_and_by_when() -> None:
    document = written(
        [
            ("heading", "Action log"),
            ("row", ["Meeting date", "Ref", "Action", "Lead", "Due date", "Status"]),
            ("row", ["12/03/2024", "A1", "Send the dashboard", "Analyst", "1 May 2024", "Open"]),
            ("row", ["12/03/2024", "A2", "CC to visit", "", "next meeting", "Open"]),
        ]
    )
    found = [u for m in minutes(document) for u in m.undertakings]
    assert [(u.minute, u.text, u.owner) for u in found] == [
        ("A1", "Send the dashboard", "Analyst"),
        ("A2", "Visit", "CC"),
    ]
    assert [u.due.last if u.due else None for u in found] == [dt.date(2024, 5, 1), None]


def test_a_table_of_a_plan_is_no_log_of_actions() -> None:
    rows = [["Objective", "Action", "Owner"], ["Safer roads", "Buy cameras", "Force"]]
    document = written([("heading", "Delivery plan"), *(("row", row) for row in rows)])
    assert minutes(document) == []


WORDS = ["It was agreed that ", "the PCC ", "would ", "be ", "provided ", "to ", "Action: ", "AA"]
WORDS += [
    "/",
    "RESOLVED ",
    "(a) ",
    "; and ",
    "he ",
    "agreed to ",
    "by 5 May ",
    ". ",
    "\n",
    "[",
    "(",
]


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=60))
def test_an_undertaking_is_quoted_from_the_minutes_whatever_they_say(parts: list[str]) -> None:
    text = "".join(parts)
    for one in undertaken(text):
        assert one.text
        assert one.quotation
