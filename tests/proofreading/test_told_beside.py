"""What a text sets beside something else: a time and its standard, a part and its name, a sum and
its list, a heading and the meeting's day."""

from __future__ import annotations

import datetime as dt

import pytest

from peelian.intake.text import read_text
from peelian.proofreading import every  # noqa: F401
from peelian.proofreading.findings import run
from peelian.proofreading.proof import Proof


def reasons(check: str, text: str, as_at: dt.date | None = None, earlier: str = "") -> list[str]:
    """Return why the findings of a check are told of a text."""
    before = [read_text("before.txt", earlier.encode())] if earlier else []
    proof = Proof([read_text("now.txt", text.encode())], before, as_at)
    return [finding.reason for finding in run(proof, only=[check])]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("The time to answer was 94 days, outside the standard of 120 days.", True),
        ("The time to answer was 94 days, within the standard of 120 days.", False),
        ("The time to answer was 134 days, within the standard of 120 days.", True),
        ("It took 3 weeks, inside the limit of 21 days.", False),  # no longer, and no shorter
        ("It took 8 minutes 12 seconds (target: 8 minutes). The target was therefore met.", False),
        ("It took 8 minutes 12 seconds (target: 8 minutes). We therefore met the target.", True),
        ("It took 7 minutes 12 seconds (target: 8 minutes). We therefore met the target.", False),
        ("It took 8 minutes 12 seconds (target: 8 minutes). We have not met the target.", False),
    ],
)
def test_a_time_is_held_to_the_standard_given_with_it(text: str, is_told: bool) -> None:
    assert bool(reasons("contradiction", text)) is is_told


TABLES = """
Table 1: Burglary by district

Table 2: Victims satisfied by district

3  Grants.  Sixteen were made in the year.

4  Estates.  Two stations were sold.
"""


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("The least content live in Frith (Table 1, Victims satisfied by district).", True),
        ("The least content live in Frith (Table 2, Victims satisfied by district).", False),
        ("They are paid as paragraph 4 (Grants) above says.", True),
        ("They are paid as paragraph 3 (Grants) above says.", False),
        ("They are paid as paragraph 4 (Payroll) above says.", False),  # the name of no part
    ],
)
def test_a_pointer_that_bears_the_name_of_another_part_is_told(text: str, is_told: bool) -> None:
    assert bool(reasons("misdirected-reference", f"{TABLES}\n{text}\n")) is is_told


LIST = """
4.1 The grants of the year came to {sum} in all:

      Youth clubs            £71,500
      Rural watch            £38,000
      Domestic abuse         £64,500
{total}
"""


@pytest.mark.parametrize(
    ("total", "sum_", "is_told"),
    [
        ("", "£184,000", True),
        ("", "£174,000", False),
        ("", "£0.17m", False),  # rounded
        ("", "£1.9m", False),  # of something else
        ("      Total                 £174,000", "£184,000", False),  # judged by its own total
    ],
)
def test_a_sum_is_held_to_the_list_below_it(total: str, sum_: str, is_told: bool) -> None:
    found = reasons("contradiction", LIST.format(sum=sum_, total=total))
    assert bool([one for one in found if "parts come to" in one]) is is_told


PACK = """MARSHSHIRE POLICE AND CRIME PANEL
Thursday 12 March 2026, 2 pm

1  Welcome

2  Progress report

{heading}

1  Burglary.  There were fewer burglaries than in the year before.
"""


@pytest.mark.parametrize(
    ("heading", "is_told"),
    [
        ("THE COMMISSIONER'S PROGRESS REPORT                  13 March 2026", True),
        ("Marshshire Police and Crime Panel - 11th March       Page 4", True),
        ("THE COMMISSIONER'S PROGRESS REPORT                  12 March 2026", False),
        ("PROGRESS REPORT AS PUBLISHED                          9 March 2026", False),
        ("Next meeting of the Panel, 13 March 2026", False),
        ("THE COMMISSIONER'S PROGRESS REPORT                  13 June 2026", False),
    ],
)
def test_a_heading_close_to_the_day_of_the_meeting_is_told(heading: str, is_told: bool) -> None:
    found = reasons("disagreeing-dates", PACK.format(heading=heading))
    assert bool([one for one in found if "The heading has" in one]) is is_told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "The next report comes on Tuesday 16.10.25 to the Panel.",
            "16 October 2025 is a Thursday.",
        ),
        ("It meets again on Thurs 17/03/2026.", "17 March 2026 is a Tuesday."),
        ("It meets again on Tues 17/03/2026.", ""),
        ("The quarter ran from 01.04.25 to 31.06.25.", "There is no such day: June has 30 days."),
        ("The quarter ran from 01.04.25 to 30.06.25.", ""),
    ],
)
def test_days_in_figures_are_held_to_the_calendar(text: str, said: str) -> None:
    assert reasons("disagreeing-dates", text) == ([said] if said else [])


AIMS = "Aim I     Fewer hurt\nAim II    Earlier help\nAim {third}   Safer places\n"


@pytest.mark.parametrize(("third", "is_told"), [("III", False), ("IV", True), ("VI", False)])
def test_a_named_part_that_is_left_out_is_told(third: str, is_told: bool) -> None:
    found = reasons("misordered-reference", AIMS.format(third=third))
    assert found == (["After Aim II comes Aim IV."] if is_told else [])


LOG = """MARSHSHIRE ACCOUNTABILITY BOARD
ACTION LOG
After the meeting of Tuesday 9th April 2019

Ref       Action                                        Owner    Due         Position

AB/62     Confirm the start date of the second drone.   HW       April 2019  Closed - on 2nd April.

AB/63     Provide the business case for a joint fleet   GM       May 2019    {state}
          workshop with the fire service.
"""
NOTES = """MARSHSHIRE ACCOUNTABILITY BOARD
Minutes of the meeting of 14th May 2019

Present: Marian Oak (MO), Noor Kell (NK), Gareth Minch (GM), Helen Wray (HW)

1. Violence

HW gave figures for the year. Violence with injury had risen, and robbery had fallen.

2. Calls

HW said that calls to the emergency line were answered sooner than in the year before.

3. Estates

GM said that two stations had been sold. The money was spent on the training centre.

4. Any other business

{answer}
"""


@pytest.mark.parametrize(
    ("state", "answer", "is_told"),
    [
        ("Open", "There was none.", True),
        ("Closed", "There was none.", False),
        ("Open", "GM tabled the business case for the joint fleet workshop.", False),
    ],
)
def test_what_a_log_of_actions_left_open_is_sought(state: str, answer: str, is_told: bool) -> None:
    log = LOG.format(state=f"{state:<22}")
    found = reasons("lost-undertaking", NOTES.format(answer=answer), earlier=log)
    assert bool(found) is is_told


@pytest.mark.parametrize(
    "text",
    [
        "The new pilots will have passed their examination by the end of August 2021.",
        "Anybody may still answer until 9 January 2021 on the website.",
    ],
)
def test_what_was_to_be_over_by_then_or_may_still_be_done_is_stale(text: str) -> None:
    assert reasons("stale-future", text, dt.date(2021, 10, 15))


@pytest.mark.parametrize(
    ("present", "apologies", "is_told"),
    [
        ("Cllrs Ash (Chair), Birch, Elm and Hask", "Cllrs Rowan and Hask", True),
        ("Cllrs Ash (Chair), Birch, Elm and Hask", "Cllrs Rowan and Beech", False),
        ("Gareth Minch (GM), Helen Wray (HW)", "GM, and the head of estates", True),
    ],
)
def test_who_is_both_present_and_absent_is_told(
    present: str, apologies: str, is_told: bool
) -> None:
    text = f"""MINUTES of the Marshshire Police and Crime Panel
held on Thursday 5 February 2026

Present: {present}

Apologies were received from {apologies}.

1. Precept

The Panel agreed the precept and thanked the officers who had prepared it.

2. Horses

The Commissioner said that eleven horses were kept at the farm.
"""
    assert bool(reasons("contradiction", text)) is is_told


def test_an_amount_that_ends_a_sentence_is_read() -> None:
    text = "Band D was £241.56 in 2021/22 and is £251.56 in 2022/23, an increase of £15.00."
    [reason] = reasons("contradiction", text)
    assert reason == "The change is given as £15.00, but the two values make it £10."


PLAN = """Police and Crime Plan: where each promise stands

How states are named

  Achieved      all that the plan says has been done
  To time       work is under way and should end when it is due
  Behind        work is under way and will end late

Who watches over what

  Delivery Board                  monthly; the Commissioner in the chair
  Commissioning Panel             quarterly; grants and contracts
  Ethics Committee                three times a year

No.   What we said we would do   Watched over by    State     Where we are

1.1   A refuge worker in each    Commissioning      Achieved  The fourth worker began in May.
      of the four districts      Panel

1.2   Advice on locks            Delivery Board     To time   See 1.3.

1.3   Cameras for those at       Delivery Board     To time   This is being carried forward
      risk                                                    with 1.4, which has the detail.

1.4   Burglary: advise every     Ethics Committee   On track  Every victim was visited in May
      victim                                                  and in June.

1.5   Fewer dogs stolen          Road Harm Group    Behind    Microchip days begin in July.
"""


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ("status-wording", "“On track” is none of them."),
        ("chained-reference", "1.2 refers to 1.3, which only refers onward to 1.4."),
        ("unlisted-body", "“Road Harm Group” is named here and is not in the glossary of bodies."),
    ],
)
def test_a_plan_in_columns_is_held_to_its_own_states_and_bodies(check: str, said: str) -> None:
    [reason] = reasons(check, PLAN)
    assert reason.endswith(said)
