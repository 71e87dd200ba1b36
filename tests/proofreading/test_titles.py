"""Parts of a document that are called by the title of another."""

from __future__ import annotations

import pytest

from peelian.proofreading import titles  # noqa: F401
from peelian.proofreading.findings import run
from tests.proofreading.conftest import MakeProof

PARTS = (
    "Appendix A: Budget for the year\n\nAppendix B: Register of risks\n\n"
    "1.1 Complaints against officers are fewer.\n\n1.2 Vehicles were bought for the fleet.\n\n"
    "HM-01 Rural crime team\n\nHM-02 Cameras at junctions\n\n"
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("This is told in Appendix A (register of risks).", "appendix B"),
        ("This is told in Appendix B (register of risks).", ""),
        ("This is told in Appendix A (as agreed).", ""),
        ("As told in paragraph 1.2 (complaints), there are fewer.", "1.1"),
        ("As told in paragraph 1.1 (complaints), there are fewer.", ""),
        ("It is paid under HM-01 (cameras at junctions).", "HM-02"),
        ("It is paid under HM-02 (cameras at junctions).", ""),
    ],
)
def test_what_brackets_call_a_part_is_its_title(proof: MakeProof, text: str, meant: str) -> None:
    told = run(proof(PARTS + text), only=["misdirected-reference"])
    assert [f.mend.split(" has ")[0] for f in told] == ([meant] if meant else [])


AGENDA = (
    "AGENDA\n\n1. Apologies\n2. Minutes\n3. Budget monitoring\n4. Estates strategy\n"
    "5. Custody visiting: annual report\n6. Work programme\n\nITEM 3\n\nBUDGET MONITORING\n\n"
)
TABLES = "Table 1: Complaints by month\n\nTable 2: Detections of burglary\n\n"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("The cost is in the estates strategy (item 5).", "item 4"),
        ("The cost is in the estates report at item 5.", "item 4"),
        ("The cost is in the custody visiting report (see agenda item 4).", "item 5"),
        ("The cost is told at item 4 (budget monitoring).", "item 3"),
        ("The cost is in the estates strategy (item 4).", ""),
        ("The cost is in the estates report at item 4.", ""),
        ("The cost is in the cover report at item 5.", ""),
        ("The cost is in the report at item 5.", ""),
        ("The cost of cars is in the monthly tables at item 5.", ""),
        ("Table 2 shows complaints by month.", "table 1"),
        ("Table 1 shows complaints by month.", ""),
        ("Table 2 shows detections and complaints.", ""),
        ("Table 2 shows how well we do.", ""),
        ("The burglary detections are in Table 1.", "table 2"),
        ("The burglary detections are in Table 2.", ""),
    ],
)
def test_what_a_sentence_calls_a_part_is_its_title(proof: MakeProof, text: str, meant: str) -> None:
    told = run(proof(AGENDA + TABLES + text, minutes=[]), only=["misdirected-reference"])
    assert [f.mend.split(" has ")[0] for f in told] == ([meant] if meant else [])
