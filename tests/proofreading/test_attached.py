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
        ("He was attached to the unit.", False),
        ("The event is referenced in the staffing report.", True),
        ("The event is referenced in the budget report.", False),
        ("The event is referenced in the staffing report of the college.", False),
        ("The event is referenced in the annual report.", False),
    ],
)
def test_what_is_not_among_the_documents_is_told(
    proof: MakeProof, text: str, is_told: bool
) -> None:
    read = {"papers": lambda _document: PAPERS, "contents": lambda _document: []}
    made = proof(text, plans=[], minutes=[], **read)
    told = [f for f in run(made, only=["broken-reference"]) if "among" in f.reason]
    assert bool(told) is is_told
