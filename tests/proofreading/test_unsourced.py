"""Figures that say neither of what time they are nor where they come from."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

import peelian.proofreading.unsourced  # noqa: F401 - declares the check
from peelian.intake.document import Document
from peelian.intake.text import read_text
from peelian.proofreading.findings import Confidence, Finding, run
from peelian.proofreading.proof import Proof
from tests.tabled import document

AS_AT = dt.date(2024, 6, 1)


def found(read: Document) -> list[Finding]:
    return run(Proof([read], as_at=AS_AT), ["figure-without-source"])


def of(text: str) -> list[Finding]:
    return found(read_text("report.txt", text.encode()))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("The charge rate was 11.2%, higher than most.", "Neither"),
        ("An independent study shows that 85% of people trust the force.", "Neither"),
        ("The Northshire Residents Survey shows that 85% trust the force.", "No period"),
        ("In 2023/24 public confidence stood at 85%.", "No source"),
    ],
)
def test_the_finding_says_what_is_missing(text, says):
    (finding,) = of(text)
    assert finding.reason.startswith(says)


@pytest.mark.parametrize(
    "text",
    [
        "The charge rate was 11.2% in the year to March 2024.",
        "According to the Crime Survey, 77% had confidence in the year to March 2024.",
        "Satisfaction by quarter\n\nFigures are for the year to March 2024.\n\nIt was 71%.",
        "PERFORMANCE REPORT FOR QUARTER 2 OF 2023/24\n\nBurglary\n\nThe charge rate was 11.2%.",
        "75% rape conviction rate3",  # a footnote says it
        "The power of veto needs a two-thirds majority of the panel.",
        "We will fund 25% of the costs.",
        "The panel agreed the minutes.",
    ],
)
def test_what_says_it_or_has_it_said_above_is_left_alone(text):
    assert of(text) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        # the survey of which the document tells elsewhere
        (
            "A survey ran from 5 May to 9 June 2023.\n\nMoney\n\nOf those who answered the survey "
            "61% were against it.",
            0,
        ),
        ("Of those who answered the survey 61% were against it.", 1),
        # the commentary on a column of shares
        ("Report to June 2023\n\nThis quarter\n\n74%\n\nSeventy-four per cent is the best yet.", 0),
        ("Report to June 2023\n\nThis quarter\n\n71%\n\nSeventy-four per cent is the best yet.", 1),
        # the source, with its day, below
        (
            "Complaints\n\nMost\n\nOver half of allegations are of the first kind.\n\n"
            "Source: complaints database of the department, 9 April 2024.",
            0,
        ),
        # what is not reported is in no database
        (
            "Theft\n\nMore than half of all shop thefts are never reported.\n\n"
            "Source: crime system of the force, 9 April 2024.",
            1,
        ),
        ("Only 3% of the people of the county had ever been inside it.", 1),
        ("In 2023 we set a machine beside a clerk. In 77% both agreed.", 0),
        (
            "It pays, from 1 April 2025, for:\n\n- 20 officers      £1.1m\n- a team     £0.9m\n",
            0,
        ),
        ("One school pupil in seven carries a blade at some time.", 1),
        ("One caller in three hangs up.", 1),
        ("A member of one panel in seven forces was there.", 0),
        ("Callers who waited more than ten minutes are rung back.", 0),
        ("Victims were waiting more than ten months on average.", 1),
        ("The average wait for calls abandoned after 5 minutes is not kept.", 0),
        ("Half the cost is met by the council.", 0),
    ],
)
def test_what_a_document_tells_elsewhere_of_a_figure_counts(text, count):
    assert len(of(text)) == count


def test_a_number_in_a_chart_is_not_told_with_the_label_below_it():
    chart = "1\n\n18% 3\n\n18%\n\nCurrent\n\n2\n\n7\n\nBig issues\n"
    assert of(chart) == []
    infographic = "72%\n\nof victims were content\n\n40%\n\nAnswered in time\n"
    assert [f.place.quotation for f in of(infographic)] == [
        "72% of victims were content",
        "40% answered in time",
    ]


def test_a_paragraph_is_one_finding_and_so_are_short_lines_together():
    (finding,) = of("62% of victims are satisfied, 71% feel safe and 48% called us again.")
    assert all(value in finding.reason for value in ("62%", "71%", "48%"))
    (finding,) = of("• 62% of victims satisfied\n• 71% of residents feel safe\n• 48% had called")
    assert len(finding.others) == 2


def test_money_and_counts_of_the_offices_own_are_less_sure():
    (finding,) = of("I awarded £4.2m to 61 local projects and 1,200 people took part.")
    assert finding.confidence == Confidence.POSSIBLE


def test_a_table_is_one_finding_unless_a_heading_or_cell_names_the_time():
    rows = [["North", "84%", "120"], ["South", "91%", "98"]]
    (finding,) = found(document([["Area", "% in time", "Complaints"], *rows]))
    assert finding.confidence == Confidence.LIKELY
    assert found(document([["Area", "% in time, 2023/24", "Complaints"], *rows])) == []
    titled = document("# Complaints to 31 March 2024", [["Area", "% in time", "All"], *rows])
    assert found(titled) == []


def test_a_sentence_in_a_cell_is_told_like_any_other():
    text = """Ref   Action        Update                                        Lead

1.1   Sell vans     Nine were sold in May 2024 (fleet ledger).    Fleet Board

1.2   Answer 101    Only 61% of callers were answered in time.    Contact Board
"""
    (finding,) = of(text)
    assert finding.reason.startswith("Neither")
    assert finding.place.origin.line == 5


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_text_can_be_checked(paragraphs):
    for finding in of("\n\n".join([*paragraphs, "85% of people agreed."])):
        assert finding.reason


@pytest.mark.parametrize(
    "text",
    [
        "Analysis shows that seven out of ten offenders go on to offend again.",
        "Four in ten calls come from people in crisis.",
        "Two thirds of detainees now wait more than an hour to be booked in.",
        "More than half of calls are not about crime.",
        "One in six officers has been assaulted.",
        "One call in five is abandoned.",
        "Two callers in three hang up before they are answered.",
        "Every second complaint is about rudeness.",
        "Four out of five said they felt safer.",
        "Nearly nine in ten victims would call us again.",
        "Three quarters of those referred never take up the offer.",
        "Knife crime is down by a fifth.",
        "Knife crime has fallen by two fifths.",
        "There are a third fewer burglaries.",
        "Burglary is 6% lower than before my election.",
        "Fuel is now 31% dearer.",
        "Fuel is now 31% of what the fleet costs to run.",
        "Now 51% of the budget is spent on officers, versus just 37% when I was elected.",
        "Calls about mental health have doubled.",
        "Vehicle crime has halved.",
        "Victims are three times as likely to withdraw.",
        "Detainees wait twice as long as they did.",
        "Victims now wait 14 months on average for a trial.",
        "Sickness has fallen to 9.1 days per officer.",
        "Waits have come down by 11 minutes.",
        "The average speed has come down by six miles an hour.",
        "Each detective now carries 22 cases.",
        "Crime runs at 62 offences per 1,000 people.",
        "The force is ranked ninth in England and Wales for its charge rate.",
        "The rate of burglary is now the third lowest of the eight similar forces.",
        "Northshire is the second safest county in England.",
        "We are among the top ten forces for public confidence.",
        "Reoffending costs the county an estimated £18m a year.",
        "Every £1 spent returns £4 to the public purse.",
        "Officers now work 3,000 hours of overtime a week.",
        "An extra hour per officer per shift is spent in the community.",
        "The new rota saves each officer four hours a week.",
        "The conviction rate stands at 86%, well above the national average of 70%.",
        "Three out of four drivers who fail the swab live elsewhere.",
        "Of victims who take part 94% would advise others to do so.",
        "We carry out recommendations sooner than our neighbours: 83% are done on time.",
        # a row that was read as a heading heads no period
        "# Vehicle recovery (2018/19) Re-tender Head of Transport with a partner\n\n83% are done.",
        # the day of a meeting, and when something began, are not of what time a figure is
        "# Meeting of the panel, 5 June 2024\n\nThe charge rate was 11.2%.",
        "The team, set up in April 2019, helps 40% of callers.",
        "The team works well: 94% of cases were closed. It was set up in April 2019.",
    ],
)
def test_what_names_neither_period_nor_source_is_found(text):
    assert len(of(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        # with its own time or source, or where to look
        "In 2023/24, two thirds of detainees waited more than an hour.",
        "Two thirds of detainees waited an hour (custody records, April to June 2023).",
        "Two thirds of detainees waited more than an hour, as Table 3 shows.",
        "Half of detainees saw a nurse: see Appendix B.",
        "HMICFRS found in May 2023 that two thirds of detainees waited.",
        "A third of the cells were cold.¹",
        "North had 81%; South had 78%. Both are for the year to September 2023.",
        "The survey ran from 1 May to 2 June 2023: 62% of 900 people felt safe.",
        "In a sample of 40 files, a tenth were late.",
        "Our sample was of 200 forms. In 46 of them, 18%, grounds were missing.",
        "Service makes up 52% of complaints. Numbers are from April to June 2023.",
        "Oct-Dec Jan-Mar Apr-Jun\n\nLogged in time 78% 84% 88%",
        "Logged in time 78% 84%\n\nTaken from the complaints system on 2 October 2023.",
        "Standard\n\n90%\n\nGrade",
        # decided, wanted, assumed or laid down
        "We want 95% of staff to be trained.",
        "The aim is for nine in ten calls to be answered at once.",
        "Bring down robbery by a tenth by March 2027.",
        "The Government sets the rise that needs a referendum at 5%.",
        "The Home Office pays half of the cost.",
        "The contract is weighted 60% on quality and 40% on price.",
        "Pay is assumed to rise by 2%.",
        "The policy is to hold between 3% and 5% of the budget.",
        "The second highest bid was rejected.",
        "Five per cent is held back until the work is complete.",
        "The panel is asked to support a rise of 3.9%.",
        "A margin of error of 3% either way applies.",
        "The review takes two weeks.",
        "A person must wait 28 days before a second request.",
        "Of the forms 22 of 28 were right, which is 79%.",
        "Each half of one per cent costs £0.4m.",
        "A grant covers half of that.",
        "Of those who gave back our exit form in 2023/24, 86% said that they felt better.",
        "101 calls waiting longer than 10 minutes.",
        "Half of the posts are vacant.",
    ],
)
def test_what_is_dated_sourced_or_laid_down_is_left_alone(text):
    assert of(text) == []


HEADED = "# PERFORMANCE REPORT: JULY TO SEPTEMBER 2023\n\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("The charge rate was 11.2%.", None),
        ("Sickness is 4.6%.", None),
        # what holds now, what is told in words, and what others have, are not from its books
        ("The charge rate is now 11.2%.", "Neither"),
        ("Four in ten complaints are about service.", "Neither"),
        ("A third of complaints were about service.", "No source"),
        ("Half of these were about service.", None),
        ("Only 40% of farm crime is ever reported.", "Neither"),
        ("Nineteen out of twenty detainees are seen by a nurse at once.", "Neither"),
        ("Speed is the first worry in nine parishes out of ten.", "Neither"),
        ("Young drivers are four times as likely to be killed.", "Neither"),
        ("Vetting takes eleven weeks on average.", "Neither"),
        ("Each missing child costs the force £2,400.", "Neither"),
        ("The median wait was 41 days.", None),
        ("The Panel was told that robbery rose by 4% in the quarter.", None),
        ("The charge rate was 11.2%, the best of any force.", "No source"),
        ("71% were satisfied.", "No source"),
        ("SV said that 88% of calls were answered.", None),
    ],
)
def test_the_period_of_a_report_covers_what_comes_from_its_books(text, says):
    found_there = of(HEADED + text)
    assert [f.reason[: len(says or "")] for f in found_there] == ([says] if says else [])
    assert all(f.confidence == Confidence.POSSIBLE for f in found_there)


def test_what_a_paper_means_by_its_quarter_covers_its_parts():
    told = 'This report uses force data. "The quarter" is 1 April to 30 June 2023.'
    assert of(f"# How to read this\n\n{told}\n\n# PART ONE: POLICING\n\n71% were attended.") == []


@pytest.mark.parametrize(
    "piece", ["2019 ", "two thirds of ", "data from ", "the quarter is ", "one in ", "a "]
)
def test_long_repeated_text_is_checked_to_its_end(piece):
    assert of(piece * 2_000 + ".\n\nThe charge rate was 11.2%, higher than most.")


def test_the_sources_may_be_named_once_for_a_whole_paper():
    told = "Figures come from the force's forms.\n\nA third of complaints were about service."
    assert of(HEADED + told) == []


@pytest.mark.parametrize(
    "text",
    [
        "I awarded £305,735 to the support centre.",
        "A total of £1.25m was allocated to districts.",
        "Ensure that 95% of staff are trained.",
        "A majority of 66% is required to refuse the precept.",
        "A referendum must be held where the rise is above 3%.",
        "41 Welcome and apologies",
        "He met officers of the team twice.",
    ],
)
def test_decisions_tasks_and_rules_need_no_source(text):
    assert of(text) == []
