"""What the words of an update mean for the thing they tell of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.recognition.progress import Meaning, said_of

SAID = {
    Meaning.LATE: [
        "We are four months behind.",
        "It will be late.",
        "We shall miss the date of 31 March.",
        "Two milestones were missed.",
    ],
    Meaning.STOPPED: [
        "The scheme was abandoned in April.",
        "Recruitment ceased when the grant ended.",
        "The launch has been put back by nine months.",
        "It has been shelved until a new lead is found.",
        "The bid was turned down.",
        "The project is at a standstill.",
    ],
    Meaning.NOT_BEGUN: ["Work has not yet begun.", "Nothing is being done.", "No work was done."],
    Meaning.NOT_DONE: [
        "The gates at Moss Lane have never been fitted.",
        "Neither school has been visited.",
        "The policy hasn't been written yet.",
        "No tenders have been received for the second lot.",
        "The training did not take place.",
        "Nobody has yet been appointed.",
        "There is still no lead in the north.",
    ],
    Meaning.REMAINS: [
        "The other three stations follow in the spring.",
        "Only two of the five districts have it.",
        "All but one of the sites are finished.",
        "At Saxby eight cells remain, which is too many.",
        "A start will be made in the new year.",
        "Half of the officers have been trained so far.",
        "The last site has been put back to 2025.",
        "The last of the forty cars is still on order.",
        "A first draft is with the lawyers.",
        "It goes to consultation in the summer.",
    ],
    Meaning.WITHOUT_MEANS: [
        "There is no money for it this year.",
        "No funding has been found.",
        "The nurses left and no others have been found.",
        "The grant has run out.",
        "The post remains unfunded.",
    ],
    Meaning.NOT_TO_BE: ["This will not now happen.", "It will not be delivered."],
    Meaning.BELOW: ["It lies well short of its target.", "None of the targets was met."],
    Meaning.BEGUN: [
        "Two cohorts have finished the course.",
        "The panel met twice.",
        "The drone flew on 31 occasions.",
        "Seven vans were fitted with it in May.",
        "The first event took place on 3 May.",
        "We opened the first hub in June.",
    ],
    Meaning.CARRIES_ON: ["Courses ran every Tuesday.", "Work goes on.", "Patrols continue."],
    Meaning.DONE: [
        "All twelve parishes have been visited.",
        "All 12 milestones were met early.",
        "The matter is at an end.",
        "Done on 4 June.",
        "All stations have been fitted.",
    ],
    Meaning.NOTHING_LEFT: [
        "Nothing is left to do under this heading.",
        "No more sessions are to be held.",
        "The report came and no more is to be done.",
    ],
}
NOT_SAID = [
    (Meaning.LATE, "If the supplier is delayed, we shall tell the Panel."),
    (Meaning.LATE, "We are no longer behind schedule."),
    (Meaning.STOPPED, "The scheme has stopped 40 burglaries."),
    (Meaning.STOPPED, "Work has stopped thefts from farms."),
    (Meaning.STOPPED, "A car was stopped by officers."),
    (Meaning.STOPPED, "One contractor withdrew its bid."),
    (Meaning.LATE, "Fewer patients are delayed in the ward."),
    (Meaning.NOT_DONE, "Victims have not had to travel."),
    (Meaning.REMAINS, "They will open on Saturdays from May."),
    (Meaning.REMAINS, "It was to be finished by May and was."),
    (Meaning.GOES_ON, "The site is being developed further."),
    (Meaning.NOT_BEGUN, "No further action was taken in 30 cases."),
    (Meaning.NOT_DONE, "No complaints have been received."),
    (Meaning.NOT_DONE, "Officers who have not been trained may not carry it."),
    (Meaning.NOT_DONE, "Before this, nobody had been appointed."),
    (Meaning.NOT_DONE, "Calls that are not yet answered are counted."),
    (Meaning.REMAINS, "All stations have it; the last was fitted in June."),
    (Meaning.GOES_ON, "It is being monitored by the board."),
    (Meaning.WITHOUT_MEANS, "The budget has not been exceeded."),
    (Meaning.WITHOUT_MEANS, "There are no funding pressures."),
    (Meaning.BELOW, "Complaints fell below the level of last year."),
    (Meaning.BEGUN, "The former scheme was completed in 2019."),
    (Meaning.BEGUN, "It will begin once the lead is appointed."),
    (Meaning.DONE, "Two of the five are finished."),
    (Meaning.DONE, "All ten recommendations were accepted."),
    (Meaning.REMAINS, "The centre is still in use and still open every day."),
    (Meaning.REMAINS, "The draft was approved and published."),
    (Meaning.CARRIES_ON, "It went on hold in May."),
    (Meaning.NOTHING_LEFT, "No further action can be taken until the report comes."),
    (Meaning.NOTHING_NEEDED, "No further action is needed at this stage."),
]


@pytest.mark.parametrize(("meaning", "text"), [(m, t) for m, said in SAID.items() for t in said])
def test_a_meaning_is_known_in_many_wordings(meaning: Meaning, text: str) -> None:
    assert said_of(text, [meaning]) in text
    assert said_of(text, [meaning])


@pytest.mark.parametrize(("meaning", "text"), NOT_SAID)
def test_what_is_denied_feared_or_told_of_something_else_is_not_meant(
    meaning: Meaning, text: str
) -> None:
    assert said_of(text, [meaning]) == ""


@given(st.text(max_size=80), st.sampled_from(["no work ", "all ", "the last ", "has not ", ""]))
def test_any_text_has_a_meaning_or_none(text: str, lead: str) -> None:
    assert said_of(lead * 20 + text, Meaning) in lead * 20 + text
