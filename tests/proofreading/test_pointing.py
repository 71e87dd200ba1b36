"""Pointers to parts that a document does not have, and numbers that are no pointers."""

from __future__ import annotations

import pytest

from peelian.proofreading import chains, contradicted, numbering  # noqa: F401
from peelian.proofreading.findings import run
from tests.proofreading.conftest import MakeProof

READ = {
    "plans": [],
    "minutes": [],
    "papers": lambda _document: [],
    "contents": lambda _document: [],
}
PARTS = "".join(f"{n}.{m} Work on the part {n} {m}\n\n" for n in (1, 2, 3) for m in (1, 2, 3))
ACTIONS = "".join(f"Action {n}: Write to part {n}\n\n" for n in range(1, 6))
APPENDICES = "Appendix A: Budget\n\nSome text.\n\nAppendix B: Risks\n\nSome text.\n\n"


@pytest.mark.parametrize(
    ("before", "text", "is_told"),
    [
        (PARTS, "This is told in section 2.9 below.", True),
        (PARTS, "This is told in sections 2.1 and 7.4 below.", True),
        (PARTS, "This is told in section 2.3 below.", False),
        (PARTS, "This is told in section 2.9 of the Act.", False),
        (ACTIONS, "The work goes on under action 9.", True),
        (ACTIONS, "The work goes on under action 4.", False),
        (APPENDICES, "They are told in appendices A and D.", True),
        (APPENDICES, "They are told in appendices A and B.", False),
        (APPENDICES, "Appendix D sets out the figures.", True),
        (APPENDICES, "They are told in Appendix D to this report.", True),
        (APPENDICES, "They are told in Appendix D to his report.", False),
    ],
)
def test_a_pointer_leads_to_a_part_that_is_there(
    proof: MakeProof, before: str, text: str, is_told: bool
) -> None:
    told = run(proof(before + text, **READ), only=["broken-reference"])
    assert bool(told) is is_told


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Complete. The work will be completed in May.", True),
        ("Complete. See the key: red, amber, green, blue. It will be completed in May.", False),
    ],
)
def test_a_key_of_statuses_is_no_status(proof: MakeProof, text: str, is_told: bool) -> None:
    assert bool(run(proof(text, **READ), only=["status-contradicts"])) is is_told
