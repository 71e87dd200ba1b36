"""One thing that a document tells twice: updates, days, numbers, states, and who was where."""

from __future__ import annotations

import pytest

import peelian.proofreading.every  # noqa: F401 - declares the checks
from peelian.intake.text import read_text
from peelian.proofreading.findings import Finding, run
from peelian.proofreading.proof import Proof


def found(text: str, check: str, earlier: str = "") -> list[Finding]:
    before = [read_text("earlier.txt", earlier.encode())] if earlier else []
    return run(Proof([read_text("report.txt", text.encode())], before), [check])


PLAN = """Delivery plan: progress to 30 September 2023

Ref     Commitment                Lead          Update                                 Status
1.1     Commission one service    Head of       The contract was awarded to Beacon in  Complete
                                  Victims       March 2023 and began on 1 July 2023.
1.2     Help victims of business  Head of       {again}
        crime                     Victims       {rest}
1.2.1   Hold a summit             Adviser       Three summits have been held to date.  On track
{number}     Watch schemes             Adviser       There are four more than last year.    On track
"""
COPIED = {
    "again": "The contract was awarded to Beacon in  On track",
    "rest": "March 2023 and began on 1 July 2023.",
}
OWN = {
    "again": "Talks with the chamber of trade began  On track",
    "rest": "in April and will go on into the winter.",
}


def test_a_short_update_under_two_lines_is_told() -> None:
    [finding] = found(PLAN.format(number="1.3", **COPIED), "copied-paragraph")
    assert "awarded to Beacon" in finding.place.quotation
    assert found(PLAN.format(number="1.3", **OWN), "copied-paragraph") == []


def test_a_number_left_out_after_lines_of_its_own_is_told() -> None:
    assert found(PLAN.format(number="1.3", **OWN), "misordered-reference") == []
    [finding] = found(PLAN.format(number="1.4", **OWN), "misordered-reference")
    assert "After 1.2 comes 1.4" in finding.reason


def test_a_bullet_under_two_headings_is_told() -> None:
    bullet = "- 3,400 people answered my survey, of whom more than half said that they felt safe."
    between = "".join(f"- We bought {n} more vans.\n" for n in range(30))
    text = f"POLICING\n\n{bullet}\n{between}\nFIRE\n\n{bullet}\n- We bought engines.\n"
    assert len(found(text, "copied-paragraph")) == 1


# ---- days ----

MEETING = """Public Accountability Board

Minutes of the meeting held on Tuesday 14 October 2025

1   WELCOME

1.1 The next Board would be held on Tuesday {first} at 10.00 am.

2   FINANCE

2.1 The budget was noted.

3   CLOSE

3.1 The next Board will be held on Tuesday {second} at 10.00 am.
"""


def test_two_days_for_the_next_meeting_are_told() -> None:
    text = MEETING.format(first="20 January 2026", second="13 January 2026")
    [finding] = found(text, "disagreeing-dates")
    assert "20 January 2026" in finding.reason
    assert "13 January 2026" in finding.reason
    assert found(MEETING.format(first="13 January 2026", second="13 January 2026"),
                 "disagreeing-dates") == []  # fmt: skip


def test_a_report_promised_for_two_days_is_told_and_another_quarters_is_not() -> None:
    text = (
        "Report to the Panel, 15 November 2024\n\n1.1 The Quarter 3 report will be brought to the "
        "Panel on Friday 14 February 2025.\n\n7.4 The Panel will receive the Quarter {n} report on "
        "Friday 21 February 2025.\n"
    )
    assert len(found(text.replace("{n}", "3"), "disagreeing-dates")) == 1
    assert found(text.replace("{n}", "4"), "disagreeing-dates") == []


def test_the_contents_are_held_against_the_minutes_in_the_pack_not_those_before() -> None:
    pack = (
        "PANEL\n\nAGENDA\n\n1. Apologies\n2. Minutes of the meeting held on {day} 2023\n3. Budget\n"
        "4. Any other business\n\nMINUTES of the meeting held on Thursday 23 November 2023\n\n"
        "10 APOLOGIES\n\nThere were none.\n"
    )
    earlier = (
        "MINUTES of the meeting held on 14 September 2023\n\n1 APOLOGIES\n\nThere were none.\n"
    )
    text = pack.replace("{day}", "30 November")
    assert len(found(text, "disagreeing-dates", earlier)) == 1
    assert found(pack.replace("{day}", "23 November"), "disagreeing-dates", earlier) == []


# ---- what has become of it ----


@pytest.mark.parametrize(
    ("one", "two", "times"),
    [
        (
            "The Rural Crime Team is now at full strength with twelve officers.",
            "The Rural Crime Team has ten officers and recruitment continues so that it will reach "
            "full strength by the summer.",
            1,
        ),
        (
            "A new service for male victims of abuse, delivered by a charity, opened in August.",
            "The new service for male victims has not yet opened because no provider was found.",
            1,
        ),
        (
            "All 22 new response vehicles had been delivered.",
            "Nine vehicles are still awaited.",
            1,
        ),
        (
            "Restorative justice is now offered in all six districts.",
            "Restorative justice will be offered in the remaining two districts.",
            1,
        ),
        (
            "The Violence Reduction Board has met four times.",
            "The Violence Reduction Board met three times in the year.",
            1,
        ),
        ("The Board ensures that all 22 vehicles are checked.", "Nine vehicles are awaited.", 0),
        (
            "What we said: a named officer for each of our 188 schools.",
            "176 of 188 schools have a named officer.",
            0,
        ),
    ],
)
def test_done_here_and_not_there_is_told(one: str, two: str, times: int) -> None:
    assert len(found(f"{one}\n\nThe weather was fine.\n\n{two}\n", "contradiction")) == times


def test_what_was_to_come_at_the_last_meeting_may_have_come_since() -> None:
    text = (
        "PANEL\n\nMINUTES of the meeting held on Thursday 23 November 2023\n\nPresent: "
        "Councillor Ann "
        "Holt (Chair), Councillor Judith Fenn\n\n24/23  APOLOGIES\n\nThere were none.\n\n25/23  "
        "RURAL "
        "CRIME\n\nThe Rural Crime Team would be at full strength by January 2024.\n\n26/23  DATE "
        "OF NEXT "
        "MEETING\n\nThursday 14 March 2024.\n\nThe meeting closed at 12.15pm.\n\nAGENDA ITEM 5\n\n"
        "PERFORMANCE REPORT\n\n1.1 The Rural Crime Team is now at full strength.\n"
    )
    assert found(text, "contradiction") == []


def test_a_row_below_its_target_and_above_it_in_words_are_told() -> None:
    table = (
        "Measure                                  Target   Q2 2021/22   Q2 2022/23   RAG\n"
        "Emergency calls answered in 10 seconds   90%      91%          {now}          Amber\n"
        "Victim satisfaction (whole experience)   75%      74%          76%          Green\n"
        "Outcomes of domestic abuse               20%      19%          23%          Green\n"
        "\nThe Chief Constable said that emergency call answering was above target.\n"
    )
    assert len(found(table.replace("{now}", "86%"), "contradiction")) == 1
    assert found(table.replace("{now}", "93%"), "contradiction") == []


def test_the_total_of_a_table_is_not_held_against_one_of_its_rows() -> None:
    text = (
        "The forecast is an overspend of £0.6m, or 0.4% of the budget of £148.2m.\n\n"
        "                              Budget     Forecast\n"
        "                                  £m           £m\n"
        "Police officers                 74.1         75.3\n"
        "Police staff                    60.2         59.4\n"
        "Premises                        13.9         14.1\n"
        "Total                          148.2        148.8\n"
    )
    assert found(text, "contradiction") == []


# ---- numbers ----


def test_a_minute_numbered_as_one_before_it_is_told() -> None:
    text = (
        "Minutes of a meeting held on Tuesday 10 September 2019\n\n14. Minutes\nThey were "
        "agreed.\n\n"
        "15. Rural crime\nA talk was given.\n\n16. Firearms\nThe backlog was noted.\n\n"
        "17. Annual report\nIt was noted.\n\n{n}. Any other business\nThere was none.\n"
    )
    assert len(found(text.replace("{n}", "16"), "duplicate-reference")) == 1
    assert found(text.replace("{n}", "18"), "duplicate-reference") == []


@pytest.mark.parametrize(("last", "times"), [("7.4", 1), ("7.3", 0)])
def test_a_paragraph_left_out_before_the_last_is_told(last: str, times: int) -> None:
    text = (
        "1. Welcome\n\n1.1 All came.\n\n7. Questions\n\n7.1 One was asked of roads.\n\n"
        f"7.2 One was asked of farms.\n\n{last} There were no more.\n"
    )
    assert len(found(text, "misordered-reference")) == times


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("As shown at paragraph 2.2, knife crime remains a concern.", 1),
        ("As shown at paragraph 2.3, knife crime remains a concern.", 0),
        ("As shown at paragraph 2.2, calls remain a concern.", 0),
        ("See 2.2 for the use of knives in crime by the young.", 1),
        ("See 2.3 for the use of knives in crime by the young.", 0),
    ],
)
def test_a_paragraph_called_by_what_another_tells_is_told(said: str, times: int) -> None:
    text = (
        "2.1 Burglary fell.\n\n2.2 Emergency calls were answered well.\n\n2.3 Knife crime rose "
        "in the "
        f"towns.\n\n2.4 Satisfaction is stable.\n\n2.5 {said}\n"
    )
    assert len(found(text, "misdirected-reference")) == times


def test_a_line_called_by_the_title_of_another_after_for_is_told() -> None:
    text = PLAN.format(number="1.3", **OWN).replace(
        "Three summits have been held to date.  ", "See 1.2.1 for victims of crime in trade."
    )
    assert len(found(text, "misdirected-reference")) == 1


# ---- columns whose cells stand one below the other ----


def test_a_day_gone_by_below_forecast_end_date_is_told() -> None:
    text = (
        "Delivery Progress ~ 4 October 2019\n\nProject\nObjective\nForecast End Date\n"
        "Data plan\nTo carry out what the audit asked for.\nSep ’19\n"
        "Estate change\nTo deliver the strategy.\nApr ’20\n"
        "New website\nTo open a site. Completed.\nAug ’19\n"
    )
    [finding] = found(text, "stale-future")
    assert "Data plan" in finding.place.quotation


# ---- bodies, and papers with contents of their own ----

BODIES = """Commissioner's report

5. Governance

I hold the Chief Constable to account at the Performance Board, which meets every month. The Finance
Board and the Complaints Oversight Panel report to it.

The following boards are in place:
  - Performance Board (monthly)
  - Finance Board (quarterly)
  - Joint Audit Committee (quarterly)
  - Estates Group (as required)
"""


def test_what_stands_between_a_title_and_its_list_of_bodies_is_no_part_of_the_list() -> None:
    listed = {finding.place.quotation for finding in found(BODIES, "unlisted-body")}
    unused = {finding.place.quotation for finding in found(BODIES, "unused-body")}
    assert listed == {"Complaints Oversight Panel"}
    assert unused == {"Joint Audit Committee", "Estates Group"}


def test_the_contents_of_a_paper_are_no_agenda_that_lacks_it() -> None:
    text = (
        "Police and Crime Panel\n26 September 2024\nItem 6: Commissioner's report\n\nContents\n"
        "1. Introduction .......... 1\n2. The plan .......... 1\n3. Performance .......... 2\n\n"
        "1. Introduction\n\nThis is it.\n\n2. The plan\n\nIt goes on.\n\n3. Performance\n\n"
        "It is good.\n"
    )
    assert found(text, "paper-without-item") == []


# ---- a tracker between strokes, its lines 1a, 1b, 1c ----

TRACKER = """# Police and Crime Plan: delivery tracker

Prepared for the Accountability and Performance Board, 8 December 2022.

BRAG: B = complete, R = off track, A = at risk, G = on track

| Ref | Action | Due | Update | BRAG | Governance |
|-----|--------|-----|--------|------|------------|
| 1a | Establish a partnership | Mar 2022 | It has met since April 2022. | B | Safety Board |
| 1b | Recommission the service | Mar 2023 | {update} | B | Safety Board |
| {third} | Fund youth work | Apr 2023 | £120,000 awarded. | G | People Board |
| 1d | Extend the scheme | Dec 2023 | Shops have joined. | G | Digital Board |

| Board | Purpose | Meets |
|---|---|---|
| Safety Board | Brings partners together | Quarterly |
| People Board | Workforce | Monthly |
| Digital Board | Technology | Monthly |
"""
DONE, PAUSED = "The service opened in May.", "Procurement paused pending legal advice."


def test_letters_after_a_number_are_in_the_order_of_the_alphabet() -> None:
    assert found(TRACKER.format(third="1c", update=DONE), "misordered-reference") == []
    assert len(found(TRACKER.format(third="1e", update=DONE), "misordered-reference")) == 1


def test_what_is_complete_and_was_paused_is_told() -> None:
    assert found(TRACKER.format(third="1c", update=DONE), "status-contradicts") == []
    assert len(found(TRACKER.format(third="1c", update=PAUSED), "status-contradicts")) == 1


def test_the_board_for_which_a_paper_was_prepared_oversees_none_of_its_lines() -> None:
    assert found(TRACKER.format(third="1c", update=DONE), "unlisted-body") == []


# ---- what is told of a thing in another place ----


def test_a_scheme_that_is_extended_here_and_ended_there_is_told() -> None:
    text = (
        "DRIVE has been extended until March 2024.\n\nDRIVE ended in {year} when it had no money.\n"
    )
    text = text.replace("has been", "is")
    assert len(found(text.replace("{year}", "March 2022"), "contradiction")) == 1
    assert found(text.replace("{year}", "March 2024"), "contradiction") == []


def test_every_school_with_and_nine_without_is_told() -> None:
    text = (
        "The Commissioner stated that every school in the county had a youth engagement "
        "officer.\n\n"
        "The Chief Executive advised that nine of the county's 48 schools were still without a "
        "youth "
        "engagement officer.\n"
    )
    assert len(found(text, "contradiction")) == 1


def test_a_number_to_which_words_send_the_reader_has_to_be_there() -> None:
    text = "".join(f"{n} Part\n\n" + "".join(f"{n}.{k} It is told.\n\n" for k in (1, 2, 3))
                   for n in (1, 2, 3, 4))  # fmt: skip
    assert len(found(f"{text}4.4 Burglary is discussed at 3.4.\n", "broken-reference")) == 1
    assert found(f"{text}4.4 Burglary is discussed at 3.2.\n", "broken-reference") == []
    assert found(f"{text}4.4 Inflation was reported at 3.4%.\n", "broken-reference") == []


def test_a_report_for_a_day_on_which_the_panel_does_not_meet_is_told() -> None:
    text = (
        "Report to the Panel, 16 June 2022\n\n5.1 The report for the first quarter will come "
        "to the "
        "Panel on {day} September 2022.\n\n5.2 The Panel's meetings for the rest of the year "
        "are on "
        "8 September 2022 and 17 November 2022.\n"
    )
    assert len(found(text.replace("{day}", "15"), "disagreeing-dates")) == 1
    assert found(text.replace("{day}", "8"), "disagreeing-dates") == []


def test_who_has_a_star_is_present() -> None:
    text = (
        "Police and Crime Panel\n\nMinutes of the meeting held on 9 March 2022 at 11.00 am\n\n"
        "Members:\n*Mr Alan Deane (Chairman)\n*Ms Ines Jarvis\n Mr Keith Lamb\n\n* = present\n\n"
        "Apologies: Mr Keith Lamb, {who}\n\n12/22 APOLOGIES\n\nThey were received.\n\n13/22 "
        "MINUTES\n\n"
        "They were agreed.\n\n14/22 PERFORMANCE\n\nIt was noted.\n\n15/22 BUDGET\n\nIt was noted.\n"
    )
    assert len(found(text.replace("{who}", "Ms Ines Jarvis"), "contradiction")) == 1
    assert found(text.replace("{who}", "Mr Ron Holt"), "contradiction") == []
