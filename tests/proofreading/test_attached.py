"""What a text says is attached, or among the papers, and is not there."""

from __future__ import annotations

import pytest

from peelian.intake.document import Origin
from peelian.proofreading import attached  # noqa: F401
from peelian.proofreading.findings import run
from peelian.recognition.contents import Paper
from tests.proofreading.conftest import MakeProof

PAPERS = [Paper("1", "Roads", Origin("pack-1.txt")), Paper("2", "Budget", Origin("pack-1.txt"))]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("The work is done as per the document attached.", True),
        ("See the attached report for all figures.", True),
        ("See the attached report for all figures.\n\nAppendix A: Figures", False),
        ("The report is attached at Appendix A.", False),
        ("The accounts are online, and the auditor’s letter is attached.", True),
        ("As figure 1 shows, it rose. The auditor’s letter is attached.", True),
        ("A copy of her letter of May is enclosed.", True),
        ("The terms of reference are appended.", True),
        ("The fleet plan is attached.\n\nFLEET PLAN\n\nThere are ten cars.", False),
        ("The fleet plan is attached.\n\nESTATES PLAN\n\nThere are ten cars.", True),
        ("There is a condition attached.", False),
        ("The plan has a price attached to it.", False),
        ("He was attached to the unit.", False),
        ("The event is referenced in the staffing report.", True),
        ("The event is referenced in the budget report.", False),
        ("The event is referenced in the staffing report of the college.", False),
        ("The event is referenced in the annual report.", False),
        ("Costs are set out in the staffing report.", True),
        ("See the staffing paper.", True),
        ("See the staffing strategy.", False),
        ("The staffing strategy, which is on this agenda, says more.", True),
        ("The risk is given in the risk register, also on this agenda.", True),
        ("The staffing report elsewhere on today's agenda has more.", True),
        ("The budget report elsewhere on today's agenda has more.", False),
        ("The staffing report is being written.", False),
        ("Costs are set out in the inspection report.", False),
        ("Costs are set out in the previous staffing report.", False),
        ("Costs are set out in the staffing report to the county council.", False),
        ("See the staffing report for the year before.", False),
    ],
)
def test_what_is_not_among_the_documents_is_told(
    proof: MakeProof, text: str, is_told: bool
) -> None:
    read = {"papers": lambda _document: PAPERS, "contents": lambda _document: []}
    made = proof(text, plans=[], minutes=[], **read)
    told = [f for f in run(made, only=["broken-reference"]) if "among" in f.reason]
    assert bool(told) is is_told


def test_each_paper_of_a_pack_has_its_own_attachments(proof: MakeProof) -> None:
    text = (
        "AGENDA\n\n1. Roads\n2. Rail\n3. Buses\nA report of the clerk is attached.\n\n"
        "ITEM 1\n\nROADS\n\nThe fleet plan is attached.\n\nAppendix A\n\nTen cars.\n\n"
        "ITEM 2\n\nRAIL\n\nThe timetable is attached.\n\nITEM 3\n\nBUSES\n\nFew run.\n"
    )
    found = run(proof(text, plans=[], minutes=[]), only=["broken-reference"])
    assert [one.place.quotation for one in found] == ["The timetable is attached."]
