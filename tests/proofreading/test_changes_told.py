"""Rises and falls that a text works out, worked out again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import peelian.proofreading.contradictions  # noqa: F401 - declares the check
from peelian.intake.text import read_text
from peelian.proofreading.findings import Finding, run
from peelian.proofreading.proof import Proof


def found(text: str) -> list[Finding]:
    return run(Proof([read_text("report.txt", text.encode())]), ["contradiction"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            (
                "There were 61 such cases on 31 March 2023 and 38 on 31 March 2024 (complaints "
                "database), an increase of 23."
            ),
            "increase",
        ),
        (
            (
                "We hoped for a better year. The improvement of availability from 74% to 69% was "
                "a first fruit."
            ),
            "improvement",
        ),
        ("In 2022/23 there were 61 appeals and in 2023/24 there were 38, a fall of 33.", "23"),
        ("There were 150 fires, compared with 120 the year before, a rise of 40.", "30"),
        ("There were 150 fires, compared with 120 the year before, a rise of 40%.", "25.0%"),
        ("The budget is £110m (2022/23: £100m), an increase of 15%.", "10.0%"),
        ("We had 212 vacancies, compared with 180 a year ago, a fall of 18%.", "fall"),
        ("The force had 1,311 officers, 79 more than the 1,250 of two years before.", "61"),
        ("The grant rose by £1.2m, from £4.0m to £5.6m.", "£1.6m"),
        ("Sickness worsened from 12.1 days to 9.4 days.", "worsened"),
        ("The precept rose from £249.48 to £264.48, an increase of £10.", "£15"),
        ("The average wait improved from 12 minutes to 19 minutes.", "improved"),
        ("Arrests rose from 100 to 110, an increase of 15%.", "10.0%"),
    ],
)
def test_a_change_that_its_two_values_do_not_show_is_found(text, says):
    (finding,) = found(text)
    assert says in finding.reason


@pytest.mark.parametrize(
    "text",
    [
        "Satisfaction was 81% in 2022/23 and 76% in 2023/24, a fall of 8 points.",
        "There were 61 such cases on 31 March 2023 and 38 on 31 March 2024, a fall of 23.",
        "There were 1,204 arrests in 2022/23 and 1,290 in 2023/24, a rise of 7%.",
        "There were 12 crimes in 2022/23 and 15 in 2023/24, a rise of 40% since 2016/17.",
        "The precept rose from £249.48 to £264.48, an increase of £15.",
        "Waits improved from 19 minutes to 12 minutes.",
        "Availability is to improve from 69% to 74%.",
        "Confidence improved from third to first place.",
        (
            "We answered 61 letters in May 2023 and wrote 38 in June 2023, an increase of 23 "
            "on our plan."
        ),
        "The number of officers rose by 40, from about 1,200 to 1,240.",
        "The grant rose by £1.2m, from £4.4m to £5.6m.",
        "Burglary fell by 12% from 800 in the north to 704.",
        "Of 300 people asked 150 agreed, 30 more than the 120 who did so last year.",
        "There were 40 knife crimes and 60 robberies in 2022/23, a rise of 12 in robbery.",
    ],
)
def test_a_change_that_comes_out_or_is_of_something_else_is_left(text):
    assert not found(text)


@given(st.text(alphabet="0123456789£m%,.() fromtandupbyriseoanof2023/24", max_size=200))
def test_no_text_makes_it_fail(text):
    found(f"It improved from 4 to {text}, a rise of 3{text}.")
