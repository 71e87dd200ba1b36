"""Which rows of a table are the sum of the others, and what of a table prose agrees with."""

from __future__ import annotations

import pytest

import peelian.proofreading.contradictions  # noqa: F401 - declares the check
from peelian.intake.text import read_text
from peelian.proofreading.findings import Confidence, Finding, run
from peelian.proofreading.proof import Proof

SERVICES = """We help victims.

     Service                   2020-21        2021-22
     Outreach                    3,904          4,226
     Counselling                 1,350          1,571
     Advocacy                      489            502
     {label}                     {first}          {second}

The services go on.
"""
BUDGET = """1.  We propose a net budget of £73.0m.

2.  The table shows how it is made up.

                          2024/25       2025/26
                               £m            £m
     Officers                54.7          60.2
     Premises                 9.8          12.8
     Net budget              64.5          73.0

The budget is sound.
"""


def found(text: str) -> list[Finding]:
    return run(Proof([read_text("report.txt", text.encode())]), ["contradiction"])


@pytest.mark.parametrize("label", ["All", "Total", "In all", "Overall", "All services", "Force"])
def test_a_row_of_all_that_adds_up_in_one_column_has_to_in_the_others(label):
    (one,) = found(SERVICES.format(label=label, first="5,743", second="6,399"))
    assert "6,299" in one.reason
    assert one.confidence == Confidence.LIKELY


@pytest.mark.parametrize(
    ("label", "first", "second"),
    [
        ("All", "5,743", "6,299"),
        ("All", "5,900", "6,400"),  # all the people: some had two services
        ("Helpline", "5,743", "6,399"),
        ("Force", "88", "91"),
    ],
)
def test_another_row_is_no_sum(label, first, second):
    assert not found(SERVICES.format(label=label, first=first, second=second))


def test_a_value_of_this_year_is_not_set_against_the_column_of_last_year():
    assert not found(BUDGET)


ROWS = """Delivery plan

Ref    Action               Progress                                                Body
1.1    Answer calls         In the first quarter of 2023, 14% of 101 calls were abandoned.   Board
1.2    Digital contact      {second}   Board
1.3    Training             The course is written.                                  Board
"""


@pytest.mark.parametrize(
    ("second", "is_found"),
    [
        ("In the first quarter of 2023 the abandonment of 101 calls was 16%.", True),
        ("In the second quarter of 2023 the abandonment of 101 calls was 16%.", False),
        ("In the first quarter of 2023 the abandonment of 999 calls was 16%.", False),
        ("In the first quarter of 2023 we trained 16% of call handlers.", False),
        ("The abandonment of 101 calls was 16%.", False),  # of another time, for all it says
    ],
)
def test_sentences_in_two_rows_of_a_table_are_of_one_thing_where_they_name_its_time(
    second, is_found
):
    assert bool(found(ROWS.format(second=second))) == is_found
