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
