"""Who sent apologies for a meeting, and speaks at it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import peelian.proofreading.heard  # noqa: F401 - declares the check
from peelian.intake.text import read_text
from peelian.proofreading.findings import Finding, run
from peelian.proofreading.proof import Proof

NOTES = """Northshire Accountability Board

Present:
Commissioner (AB)
Chief Constable (TE)

{apologies}

1. Performance

The report was noted. {said}

2. Finance

The budget was agreed.
"""


def found(apologies: str, said: str) -> list[Finding]:
    text = NOTES.format(apologies=apologies, said=said)
    return run(Proof([read_text("notes.txt", text.encode())]), ["contradiction"])


@pytest.mark.parametrize(
    ("apologies", "said", "who"),
    [
        (
            "Apologies were accepted from the Deputy Chief Constable (CM).",
            "CM added a point.",
            "CM",
        ),
        ("Apologies: Head of Finance (RK)", "RK said that the grant had come.", "RK"),
        (
            "Apologies were received from Councillors Frayne and Kite and from Ms Imrie.",
            "Councillor Kite asked about crime.",
            "Councillor Kite",
        ),
        ("Apologies for absence were noted from Mr Alder.", "Mr Alder seconded it.", "Mr Alder"),
        (
            "Apologies were received from Cllr J. Birch.",
            "Cllr Birch raised the wait.",
            "Cllr Birch",
        ),
    ],
)
def test_who_sent_apologies_does_not_speak(apologies, said, who):
    (one,) = found(apologies, said)
    assert one.reason.startswith(who)
    assert "pologies" in one.others[0].quotation


@pytest.mark.parametrize(
    ("apologies", "said"),
    [
        ("Apologies were accepted from the Deputy Chief Constable (CM).", "TE added a point."),
        ("Apologies were received from Mr Alder.", "Mr Elder seconded it."),
        ("Apologies were received from Mr Alder.", "Mr Alder is to report in May."),
        ("Apologies for lateness were received from Mr Alder.", "Mr Alder asked about crime."),
        ("Apologies were received from Mr Alder.", "Mr Alder joined at 3 pm. Mr Alder asked why."),
        ("Apologies were received from Mr Alder.", "At the last meeting, Mr Alder asked why."),
        ("Apologies were received from Mr Alder.", "Mr Alder asked by email about crime."),
        ("Apologies were received from Mr Alder.", "It was as Mr Alder said in his report."),
        ("Apologies: the Deputy Chief Constable (DCC)", "DCC added a point."),
        ("The Commissioner made an apology to Mr Alder.", "Mr Alder asked about crime."),
        ("Apologies were received from Mr Alder (substitute: Ms Oak).", "Mr Alder asked why."),
    ],
)
def test_others_and_those_who_came_in_part_or_wrote_are_left(apologies, said):
    assert not found(apologies, said)


@given(st.text(alphabet="ABC abcdfrom,.:()and\n", max_size=200))
def test_no_text_makes_it_fail(text):
    found(f"Apologies were received from {text}", f"{text} said that.")
