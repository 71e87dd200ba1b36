"""Sections that send the reader round: to themselves, or to each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.text import read_text
from peelian.proofreading import chains, rounds  # noqa: F401 - declares the rules
from peelian.proofreading.findings import run
from peelian.proofreading.proof import Proof
from tests.proofreading.conftest import MakeProof

REPORT = """1. Introduction

1.1 This report tells of the half-year.

2. Reviews

2.1 The office had 84 applications, more than in any year since the scheme began, and the rise is
put down to a campaign on the radio and to the new form on the website of the office.

2.2 {reviews}

3. Money

3.1 {money}

3.2 The grant was spent.

4. Oversight

4.1 {oversight}

4.2 Files are sampled.
"""


def told(proof: MakeProof, **said: str) -> list[str]:
    plain = {"reviews": "They were late.", "money": "It was spent.", "oversight": "It was done."}
    read = {"plans": [], "minutes": [], "contents": lambda _document: []}
    return [
        finding.reason.replace(" stands in section ", " → ").replace(" itself.", "")
        for finding in run(proof(REPORT.format(**plain | said), **read), ["circular-reference"])
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"reviews": "See paragraph 2.2."}, ["2.2 → 2.2"]),
        ({"reviews": "How they are done is described in paragraph 2.2."}, ["2.2 → 2.2"]),
        ({"reviews": "They were late; see section 2."}, ["2.2 → 2"]),
        ({"money": "It was spent. Details are set out in section 3."}, ["3.1 → 3"]),
        ({"reviews": "See paragraph 3.1.", "money": "See paragraph 2.2."}, ["2.2 → 3.1 → 2.2"]),
        (
            {"reviews": "For costs see section 3.", "money": "Costs are given in section 2."},
            ["2.2 → 3 → 2.2"],
        ),
        (
            {"money": "See section 4 for audit.", "oversight": "The audit in section 3.1 is done."},
            ["3.1 → 4 → 3.1"],
        ),
        (
            {"money": "See section 4 for audit.", "oversight": "Audit is reported in section 3."},
            ["3.1 → 4 → 3.1"],
        ),
        (
            {"reviews": "See 3.1.", "money": "See 4.1.", "oversight": "See 2.2."},
            ["2.2 → 3.1 → 4.1 → 2.2"],
        ),
    ],
)
def test_what_goes_round_is_told(
    proof: MakeProof, said: dict[str, str], expected: list[str]
) -> None:
    assert told(proof, **said) == expected


@pytest.mark.parametrize(
    "said",
    [
        {"reviews": "See section 3 for costs."},
        {"reviews": "See section 2 of the Act."},
        {"reviews": "See section 2 of their report."},
        {"reviews": "All figures in section 2 are from the force."},
        {"reviews": "Section 3 has the costs.", "money": "The reviews in section 2 cost £4m."},
        {"reviews": "See section 3 for costs.", "money": "The reviews in section 2 cost £4m."},
        {
            "reviews": "One in five of the reviews led to an apology, as in the quarter before it "
            "(see paragraph 3.1 for costs).",
            "money": "The costs came to £4m, which is half of what was spent in the year before "
            "(see paragraph 2.2 for the reviews).",
        },
        {"reviews": "See section 3 for costs.", "oversight": "See section 2 for reviews."},
    ],
)
def test_what_leads_to_its_words_is_not_told(proof: MakeProof, said: dict[str, str]) -> None:
    assert told(proof, **said) == []


@given(st.text(alphabet="See section 2.134()\n", max_size=80))
def test_no_text_can_break_it(text: str) -> None:
    report = REPORT.format(reviews=text, money=text, oversight=text)
    assert isinstance(
        run(Proof([read_text("a.txt", report.encode())]), ["circular-reference"]), list
    )
