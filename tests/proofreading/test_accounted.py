"""Wholes told of part by part, differences and shares of tables, bands of council tax, votes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import peelian.proofreading.every  # noqa: F401 - declares the checks
from peelian.intake.text import read_text
from peelian.proofreading.findings import Finding, run
from peelian.proofreading.proof import Proof


def found(text: str, check: str = "contradiction") -> list[Finding]:
    return run(Proof([read_text("report.txt", text.encode())]), [check])


@pytest.mark.parametrize(
    ("text", "came"),
    [
        (
            "Three complaints were received. Two were resolved informally, one was referred to the "
            "IOPC and one remains open.",
            "4",
        ),
        (
            "Seven complaints had been received in 2021/22 compared with five in 2020/21. Four had "
            "been resolved locally, two withdrawn and two were still being considered.",
            "8",
        ),
        (
            "The hub dealt with 38 referrals. 12 led to a conference, 9 to an exchange of letters, "
            "and the remaining 15 did not go ahead.",
            "36",
        ),
        ("Six vans were ordered. Four arrived by March; the other three are due in May.", "7"),
        ("38 of 60 cars have been replaced. The remaining 12 are on order.", "50"),
        (
            "The force was graded adequate in six areas, good in two and requires improvement in "
            "two. Of the nine areas inspected the board was most concerned about crime.",
            "10",
        ),
        (
            "The Commissioner held nine surgeries in the quarter, three more than in the same "
            "quarter last year, when there were seven.",
            "2",
        ),
        ("The number of special constables is 204, a rise of 16 on the 198 of a year ago.", "6"),
        (
            "At the end of March the scheme had 22 volunteers. Five joined and seven left in the "
            "year; a year before there were 26.",
            "24",
        ),
        (
            "61% of respondents supported an increase of £15, 22% supported a lower increase and "
            "24% supported no increase.",
            "107%",
        ),
        (
            "The budget was £138.4m, made up of grant of £78.1m, council tax of £58.3m and other "
            "income of £3.0m.",
            "139.4m",
        ),
    ],
)
def test_a_whole_that_its_parts_do_not_come_to_is_told(text: str, came: str) -> None:
    [finding] = found(text)
    assert came in finding.reason


@pytest.mark.parametrize(
    "text",
    [
        "Three complaints were received. Two were resolved informally and one remains open.",
        "Nine complaints were received. Two were from one person, and three were about delays.",
        "Seven people came. Four were officers, of whom two had come before.",
        "Six vans were ordered. Four arrived by March; the other two are due in May.",
        "38 of 60 cars have been replaced. The remaining 22 are on order.",
        "The force was graded good in six areas, adequate in two and inadequate in one. Nine areas "
        "were inspected.",
        "The Commissioner held nine surgeries, two more than last year, when there were seven.",
        "There are 204 special constables, a rise of 6 on the 198 of a year ago.",
        "The scheme had 24 volunteers. Five joined and seven left; before, there were 26.",
        "61% of respondents wanted more patrols, 54% wanted cameras and 40% wanted more lighting.",
        "34.6% of searches of white people had an outcome, 47.8% of those of black people, and "
        "52.9% "
        "of those of people who did not say.",
        "61% of respondents supported an increase, 22% were against and 17% were unsure.",
    ],
)
def test_what_may_be_right_or_is_no_whole_is_left_alone(text: str) -> None:
    assert found(text) == []


# ---- tables ----

MOVED = """Recommendations of inspections

                             Open at 31 May    Closed    New    Open at 31 August
Crime                              12             3        0            9
Thematic                           13             4        2           11
Custody                             8             1        0         {custody:>4}
"""
VARIANCE = """Position at 30 September 2019 (£m)

                              Budget     Forecast     Variance
Police officers                 74.1         75.3          1.2
Police staff                    38.6         37.9         -0.7
Premises                         9.4          9.6          0.2
Transport                        5.8          5.7       {last:>6}
"""
GAP = """Medium term forecast (£m)

                              2023/24    2024/25    2025/26    2026/27
Budget requirement              162.2      167.9      172.8      177.5
Funding                         161.7      165.3      169.1      173.0
Shortfall                         0.5        2.6        3.7        {last}
"""
SEEN = """Visits to custody in 2023/24

Suite                Visits      Detainees seen     Detainees in custody     Seen (%)
Central                 104                 612                      790          77
Alder Cross              61                 288                      402          72
Wick Road                47                 141                      188        {seen:>4}
"""


@pytest.mark.parametrize(
    ("table", "right", "wrong", "came"),
    [
        (MOVED, {"custody": "7"}, {"custody": "8"}, "7"),
        (VARIANCE, {"last": "-0.1"}, {"last": "0.1"}, "0.1"),
        (GAP, {"last": "4.5"}, {"last": "5.5"}, "4.5"),
        (SEEN, {"seen": "75"}, {"seen": "85"}, "75.0%"),
    ],
)
def test_a_value_that_its_row_or_the_rows_above_do_not_bear_out_is_told(
    table: str, right: dict[str, str], wrong: dict[str, str], came: str
) -> None:
    assert found(table.format(**right)) == []
    [finding] = found(table.format(**wrong))
    assert came in finding.reason


def test_columns_whose_sum_is_right_by_chance_in_one_row_are_no_movement() -> None:
    assert found(MOVED.format(custody="7").replace("13 ", "19 ").replace("12 ", "17 ")) == []


# ---- council tax: Local Government Finance Act 1992, section 5(1) ----

NINTHS = [6, 7, 8, 9, 11, 13, 15, 18]


def bands(pence: int, wrong: int | None = None) -> str:
    amounts = [pence * ninth / 900 for ninth in NINTHS]
    if wrong is not None:
        amounts[wrong] += 9
    letters = "   ".join(f"{letter:>8}" for letter in "ABCDEFGH")
    return f"Council tax 2023/24\n\nBand  {letters}\n£     " + "   ".join(
        f"{amount:8.2f}" for amount in amounts
    )


@given(st.integers(9_000, 60_000))
def test_the_bands_of_any_basic_amount_are_right(pence: int) -> None:
    assert not [f for f in found(bands(pence)) if "band" in f.reason]


@given(st.integers(9_000, 60_000), st.sampled_from([0, 1, 2, 4, 5, 6, 7]))
def test_a_band_that_is_not_its_share_of_band_d_is_told(pence: int, wrong: int) -> None:
    told = [f for f in found(bands(pence, wrong)) if "band" in f.reason]
    assert [f.reason.count(f"{pence * NINTHS[wrong] / 900:,.2f}") for f in told] == [1]


# ---- standards, votes and logs ----


@pytest.mark.parametrize(
    "text",
    [
        "The abandonment rate was 11%. This was within the 5% target that had been agreed.",
        "14% of calls were abandoned, which is below the target of no more than 10%.",
        "62% of incidents were reviewed, against a target of 95%, which has therefore been met.",
        "The average wait is 11 weeks, which is inside the eight-week limit.",
    ],
)
def test_what_is_on_the_wrong_side_of_its_standard_is_told(text: str) -> None:
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The abandonment rate was 4%. This was within the 5% target that had been agreed.",
        "9% of calls were abandoned, which is below the target of no more than 10%.",
        "96% of incidents were reviewed, against a target of 95%, which has therefore been met.",
        "11% were late against a target of 20%, which has been met.",
        "The average wait is seven weeks, which is inside the eight-week limit.",
        "The average wait is 11 weeks and is not inside the eight-week limit.",
    ],
)
def test_what_keeps_to_its_standard_is_left_alone(text: str) -> None:
    assert found(text) == []


MINUTES = """MINUTES of the meeting of the Police and Crime Panel held on Wednesday 22 June 2022

Members present:

Councillor P Abbott (Chairman), Councillor L Ferris, Councillor B Gill, Councillor R Moss,
Councillor T Nkemelu, Mr S Patel (Independent Member)

1   MINUTES

    The minutes of the last meeting were confirmed.

2   RULES

    The proposal was put to the vote and carried by {votes}.

3   CLOSE

    There was no other business.
"""


@pytest.mark.parametrize(
    ("votes", "times"),
    [
        ("five votes to three, with one abstention", 1),
        ("three votes to two, with one abstention", 0),
        ("5 votes in favour and 4 votes against", 1),
        ("4 votes in favour and 2 votes against", 0),
    ],
)
def test_more_votes_than_members_present_are_told(votes: str, times: int) -> None:
    assert len(found(MINUTES.format(votes=votes))) == times


LOG = """The action log was reviewed. {said}

ACTION LOG

Ref      Action                                        Owner   Update                      Status
23/04    Share the custody action plan                 NH      Shared on 20 March.         Closed
23/05    Write to the CPS about charging delays        MS      Being drafted.              Open
23/06    Review of front desk hours                    AL      Done in April.              Closed
23/07    Confirm number of officers on light duties    NH      116 officers in March.      Closed
23/09    Update on the contact centre                  AL      To come in July.            Open
"""


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("Four actions remain open.", 1),
        ("Two actions remain open.", 0),
        ("Three actions have been closed.", 0),
        ("Two actions have been closed.", 1),
        ("Four members remain.", 0),
    ],
)
def test_a_number_of_actions_is_held_against_the_log(said: str, times: int) -> None:
    assert len(found(LOG.format(said=said))) == times


# ---- until when ----


@pytest.mark.parametrize(
    ("text", "times"),
    [
        (
            "The programme is funded until March 2021. Funding for the programme ends in March "
            "2020 "
            "and no extension has been agreed.",
            1,
        ),
        ("The programme is funded until March 2021. Funding for it ends in March 2021.", 0),
        ("The programme is funded until March 2021. The lease of the hub ends in March 2020.", 0),
        ("The pilot runs until 1 May 2021.\n\nThe helpline runs until 1 July 2021.", 0),
    ],
)
def test_two_ends_of_one_thing_are_told(text: str, times: int) -> None:
    assert len(found(text)) == times


# ---- directions, and totals of tables whose rows have a number ----

GRANTS = """Annex A: Grants awarded

Ref      Group                          Purpose                              Amount
G24/01   Tarnley Boxing Club            Evening sessions                     £4,800
G24/02   Fellgate Watch                 Signs                                £750
G24/03   Street Pastors                 Training                             £3,200
G24/05   Women's Centre, Tarnley        Drop-in                              £5,000
Total                                                                        {total}
"""


@pytest.mark.parametrize(("total", "times"), [("£13,750", 0), ("£14,750", 1)])
def test_the_total_below_rows_with_numbers_is_a_row_of_its_own(total: str, times: int) -> None:
    assert len(found(GRANTS.format(total=total))) == times


@pytest.mark.parametrize(("way", "times"), [("Up 9%", 0), ("Down 9%", 1), ("See note", 0)])
def test_a_direction_that_the_values_before_it_do_not_show_is_told(way: str, times: int) -> None:
    table = (
        "Measure                          August 2023      August 2024      Direction\n"
        "Total crime                      12,611           12,104           Down 4%\n"
        f"Burglary of homes                488              531              {way}\n"
        "Shoplifting                      1,204            1,377            Up 14%\n"
    )
    assert len(found(table)) == times


def test_what_became_of_each_may_follow_a_colon() -> None:
    text = (
        "{n} complaints about me have been received: six were not recorded, three were resolved "
        "and three are being considered."
    )
    assert len(found(text.replace("{n}", "Eleven"))) == 1
    assert found(text.replace("{n}", "Twelve")) == []


def test_one_sum_is_no_underspend_and_overspend() -> None:
    text = (
        "The forecast is an underspend of £2.1m.\n\nThe Chief Finance Officer explained that the "
        "{way} of £2.1m came from overtime.\n"
    )
    assert len(found(text.replace("{way}", "overspend"))) == 1
    assert found(text.replace("{way}", "underspend")) == []


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("There were 201 offences against 236 a year ago, a reduction of 35 (17%).", 1),
        ("There were 201 offences against 236 a year ago, a reduction of 35 (15%).", 0),
        ("Vehicle crime fell by 41 offences in the north and by 23 in the south, 74 in all.", 1),
        ("Vehicle crime fell by 41 offences in the north and by 23 in the south, 64 in all.", 0),
        ("The count is 31 in Easton, 44 in Weston and 19 on the coast, 94 in all.", 0),
        ("The average wait was 19 days. The standard is 15 days and was met.", 1),
        ("The average wait was 14 days. The standard is 15 days and was met.", 0),
        ("Calls took 2 minutes 30 seconds on average, in line with the 2-minute target.", 1),
    ],
)
def test_what_a_sentence_makes_of_its_own_numbers_is_worked_out_again(
    text: str, times: int
) -> None:
    assert len(found(text)) == times
