"""Parts listed right after their whole, added up again."""

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
            "Savings of £4.3m are needed to balance. They are: procurement £1.2m, vacancies "
            "held £1.5m, fleet £0.4m and estates £0.7m. Each has a plan.",
            "£3.8m",
        ),
        (
            "Forecast outturn at month nine is an underspend of £1.3m on a net budget of "
            "£176.2m. £0.8m comes from vacancies among police staff, £0.3m from fuel and "
            "£0.4m from interest.",
            "£1.5m",
        ),
        (
            "Since 12th July 2024 four complaints have been recorded. Two concerned a social "
            "media post, one the handling of a letter, and two the closure of an enquiry "
            "office.",
            "5",
        ),
        (
            "Of the 104 that were decided 21 were upheld, that is two in ten. The reasons "
            "are: enquiries that ought to have been made (9), a letter that did not answer "
            "(7) and a decision outside the law (3).",
            "19",
        ),
        (
            "The office has 24 staff, comprising 9 in policy, 8 in finance and 6 in "
            "communications.",
            "23",
        ),
        (
            "The capital programme of £8.2m is made up of £3.1m for estates, £2.6m for "
            "vehicles and £2.0m for technology.",
            "£7.7m",
        ),
        (
            "We received 48 complaints, of which 21 were about delay, 17 about conduct and 14"
            " about letters.",
            "52",
        ),
        (
            "The fund of £600,000 was awarded as follows: £250,000 to youth work, £200,000 to"
            " victims and £120,000 to road safety.",
            "£570,000",
        ),
        (
            "Ninety people answered. Of these, 40 lived in the north, 30 in the south and 35 "
            "in the east.",
            "105",
        ),
    ],
)
def test_a_list_that_does_not_come_to_its_whole_is_found(text, says):
    (finding,) = found(text)
    assert f"come to {says}." in finding.reason


@pytest.mark.parametrize(
    "text",
    [
        (
            "There were 33 deaths, of which nine were of motorcyclists, seven of people "
            "walking, three of cyclists and fourteen in cars or vans."
        ),
        (
            "Ninety people answered. Of these, 60 were women, 40 were under thirty and 35 "
            "were students."
        ),
        ("We have 60 officers. Of these 20 work in the north, 15 in the south and 10 in the east."),
        ("The budget is £4.0m. It rose by £0.5m for pay, £0.3m for fuel and £0.2m for rent."),
        (
            "Savings of £4.3m are needed. The main ones are: procurement £1.2m, vacancies "
            "£1.5m and fleet £0.4m."
        ),
        (
            "There are 12 stations in the county. Nine officers, three staff and two "
            "volunteers work at the largest."
        ),
        (
            "We received 48 complaints, of which 21 were about delay, 17 about conduct and 10"
            " about letters."
        ),
        (
            "The programme costs £8.2m, made up of £3.1m for estates, £2.6m for vehicles and "
            "£2.5m for technology."
        ),
        (
            "The grant of £2.5m consists of £1.05m for salaries, £0.95m for premises and "
            "£0.54m for equipment."
        ),
        (
            "Ten schools took part. Three were visited in May, four in June and four were "
            "visited twice."
        ),
        (
            "The team dealt with 40 cases. In 2022 it had 15 in the spring, 16 in the summer "
            "and 14 in the autumn."
        ),
        (
            "The reserve stood at £5.0m. £1.1m was used for the uplift, £2.4m for estates and"
            " £2.1m was added at the year end."
        ),
    ],
)
def test_a_list_of_some_or_of_other_things_or_that_comes_out_is_left(text):
    assert not found(text)


@given(
    st.text(alphabet="0123456789£m,.() ofwhichtheyare:and", max_size=200),
    st.sampled_from(["", "They are: ", "of which "]),
)
def test_no_text_makes_it_fail(text, lead):
    found(f"We have 40 {text}. {lead}{text} and {text}")
