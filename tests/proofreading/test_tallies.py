"""How many there are of something, said here and there, or counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import peelian.proofreading.contradictions  # noqa: F401 - declares the check
from peelian.intake.text import read_text
from peelian.proofreading.findings import Finding, run
from peelian.proofreading.proof import Proof


def found(*paragraphs: str) -> list[Finding]:
    document = read_text("report.txt", "\n\n".join(paragraphs).encode())
    return run(Proof([document]), ["contradiction"])


LIST = "\n\n".join(
    f"{n} {name}\nGrade: {grade}\nThe work goes on as it should and is well led."
    for n, (name, grade) in enumerate(
        [
            ("Confidence", "GREEN"),
            ("Calls", "AMBER"),
            ("Burglary", "GREEN"),
            ("Roads", "RED"),
            ("Fraud", "GREEN"),
            ("Custody", "AMBER"),
        ],
        1,
    )
)
MARKED = "\n\n".join(
    f"{n}  {name}          {grade}\nThe work goes on as it should."
    for n, (name, grade) in enumerate(
        [
            ("Confidence", "Green"),
            ("Calls", "Amber"),
            ("Burglary", "Green"),
            ("Roads", "Green"),
            ("Fraud", "Red"),
        ],
        1,
    )
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Three indicators are rated amber and one is red.", "amber"),
        ("The grades are four green, two amber and one red.", "green"),
        ("Of the six measures two are amber, three are green and none is red.", ""),
        ("Green: 3   Amber: 2   Red: 2", "red"),
    ],
)
def test_a_tally_is_counted_again(text, says):
    findings = found(text, LIST)
    assert [says in finding.reason.casefold() for finding in findings] == ([True] if says else [])


def test_states_at_the_end_of_a_line_are_counted():
    (finding,) = found(MARKED, "Four measures are green, one is amber and one is red.")
    assert "3" in finding.reason


@pytest.mark.parametrize(
    "text",
    [
        "Two indicators are rated amber and one is red.",
        "At the last meeting four indicators were rated amber and one red.",
        "Green: 3   Amber: 2   Red: 1",
        "Four green spaces were cleared.",
        "The amber alert of 2021 led to four arrests.",
        "Three of the officers wear green.",
    ],
)
def test_a_tally_that_is_right_or_of_something_else_is_left_alone(text):
    assert found(text, LIST) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (
            "The Authority covers nine districts.",
            "The Mayor will meet leaders of the ten districts.",
        ),
        (
            "The force has six custody suites.",
            "All seven custody suites were inspected.",
        ),
        (
            "There are four neighbourhood hubs in the county.",
            "Each of the five neighbourhood hubs has a sergeant.",
        ),
        (
            "The plan has five priorities.",
            "The six priorities of the plan are set out below.",
        ),
        (
            "The county is divided into eight policing districts.",
            "A sergeant leads each of the nine policing districts.",
        ),
        (
            "The partnership is made up of seven councils.",
            "All six councils have signed the protocol.",
        ),
    ],
)
def test_how_many_there_are_is_the_same_throughout(one, two):
    for first, second in ((one, two), (two, one)):
        assert len(found(first, "The weather was fine.", second)) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("The Authority covers nine districts.", "The six districts that border the sea are wet."),
        ("The force has six custody suites.", "The four suites in the north were closed."),
        ("The force has six custody suites.", "The two custody suites will be merged."),
        ("The plan has five priorities.", "All nine objectives have been met."),
        ("The partnership is made up of seven councils.", "The five other councils took no part."),
        ("There are four hubs in the county.", "All six rural hubs are new."),
        ("Easton has four stations.", "The five stations in Weston are old."),
    ],
)
def test_how_many_of_others_there_are_is_another_thing(one, two):
    assert found(one, "The weather was fine.", two) == []


TOTALS = """Community Fund

                   Groups     Sum
Safer places         14      58,900
Young people         16      63,400
Rural                 7      27,900
All                  37     150,200
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("37 groups had grants, which came to £148,200 in all.", "£148,200"),
        ("37 groups had grants, which came to £150,200 in all.", ""),
        ("41 groups asked for £148,200 in all.", ""),
        ("37 groups had grants; the least was £150.", ""),
    ],
)
def test_a_sum_in_prose_is_that_of_the_table_with_the_same_number(text, says):
    assert [says in one.reason for one in found(text, TOTALS)] == ([True] if says else [])


@given(
    st.lists(
        st.sampled_from(
            [
                "Grade:",
                "GREEN",
                "amber",
                "\n",
                "four",
                "are",
                "has",
                "all",
                "nine",
                "districts",
                "12",
                "Green: 3",
                "red",
                ".",
                "the",
                "each of the",
                "suites",
            ]
        ),
        max_size=60,
    )
)
def test_any_text_can_be_tallied(words):
    for finding in found(" ".join(words)):
        assert finding.reason
