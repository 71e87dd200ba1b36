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


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_text_can_be_checked(paragraphs):
    for finding in of("\n\n".join([*paragraphs, "85% of people agreed."])):
        assert finding.reason


@pytest.mark.parametrize(
    "text",
    [
        "Analysis shows that seven out of ten offenders go on to offend again.",
        "Four in ten calls come from people in crisis.",
        "Now 51% of the budget is spent on officers, versus just 37% when I was elected.",
        "Victims now wait 14 months on average for a trial.",
        "The force is ranked ninth in England and Wales for its charge rate.",
        "# Meeting of the panel, 5 June 2024\n\nThe charge rate was 11.2%.",
    ],
)
def test_what_names_neither_period_nor_source_is_found(text):
    assert len(of(text)) == 1


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
