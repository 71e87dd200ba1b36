"""Who is named among those present and among the apologies of one meeting."""

from __future__ import annotations

import pytest

import peelian.proofreading.attendees  # noqa: F401 - declares the check
from peelian.proofreading.findings import Finding, run

BOARD = """ACCOUNTABILITY BOARD

Minutes of the meeting held on 8 March 2022

{present}

1. Welcome and apologies
{apologies}

2. Performance
The Commissioner noted the report on performance and asked for a further one in June.

3. Finance
It was agreed that the budget be approved as set out in the report.
"""
LISTED = "Present:\n{name}\nSarah Elm (SE)\nTom Ash (TA)\nHelen Birch (HB)"
ALONG = "Present: {name}, Sarah Elm, Tom Ash, Helen Birch"


def found(proof, present: str, apologies: str) -> list[Finding]:
    return run(proof(BOARD.format(present=present, apologies=apologies)), ["contradiction"])


@pytest.mark.parametrize(
    ("present", "apologies"),
    [
        (LISTED.format(name="CC Nicholas Rowan (NR)"), "accepted from CC Nicholas Rowan."),
        (LISTED.format(name="Chief Constable Nicholas Rowan"), "received from Nicholas Rowan."),
        (LISTED.format(name="Cllr N Rowan"), "received from Councillor N Rowan."),
        (ALONG.format(name="Nicholas Rowan"), "received from Nicholas Rowan and Peter Yew."),
    ],
)
def test_someone_present_did_not_send_apologies(proof, present, apologies):
    (one,) = found(proof, present, f"Apologies were {apologies}")
    assert "Rowan" in one.reason
    assert "Rowan" in one.place.quotation
    assert "pologies" in one.others[0].quotation


@pytest.mark.parametrize(
    ("present", "apologies"),
    [
        # somebody else
        (LISTED.format(name="CC Nicholas Rowan"), "Apologies were accepted from Peter Yew."),
        # one of two of that name, for all that is told
        (LISTED.format(name="Cllr Rowan"), "Apologies were received from Nicholas Rowan."),
        (LISTED.format(name="Anna Rowan"), "Apologies were received from Nicholas Rowan."),
        # there for a part
        (LISTED.format(name="Nicholas Rowan (from item 3)"), "Apologies from Nicholas Rowan."),
        (LISTED.format(name="Nicholas Rowan"), "Apologies for lateness from Nicholas Rowan."),
    ],
)
def test_others_and_those_who_were_there_in_part_are_no_contradiction(proof, present, apologies):
    assert found(proof, present, apologies) == []
