"""What a cell or a stretch of text says twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.document import Block, BlockKind, Cell, Document, Origin
from peelian.proofreading import said_twice  # noqa: F401 - declares the rule
from peelian.proofreading.findings import run
from peelian.proofreading.proof import Proof
from tests.proofreading.conftest import MakeProof

SAID = "The coordinator attended the national conference of custody visitors in November."


def count(proof: MakeProof, text: str) -> int:
    return len(run(proof(text, plans=[], minutes=[]), ["copied-paragraph"]))


@pytest.mark.parametrize(
    ("second", "is_told"),
    [
        (SAID, True),
        ("Coordinators attended the National Conference of custody visitors in November.", True),
        ("In November the coordinator attended the national custody visitors’ conference.", True),
        ("The coordinator attended the national conference of custody visitors in March.", False),
        ("The coordinator attended the national conference.", False),
        ("The coordinator attended the regional conference of custody visitors in May.", False),
        (f"Much else was done.\n\n{SAID}\n\nIt was said again.\n\n{SAID}", False),  # standing text
        ("\n\n".join(f"This is line {n} of the text." for n in range(30)) + f"\n\n{SAID}", False),
    ],
)
def test_a_sentence_said_again_soon_is_told(proof: MakeProof, second: str, is_told: bool) -> None:
    assert count(proof, f"{SAID} It went well.\n\n{second} All was quiet.\n") == is_told


@pytest.mark.parametrize(
    "text",
    [
        "In 2023 the team made 12 visits to custody suites by night across the county.\n\n"
        "In 2024 the team made 14 visits to custody suites by night across the county.",
        "That the Panel notes the annual report of custody visitors and thanks its authors.\n\n"
        "That the Panel notes the annual report of custody visitors and thanks its authors.",
        "The Panel noted the quarterly report on custody visits by volunteers with thanks.\n\n"
        "The Panel noted the quarterly report on custody visits by volunteers with thanks.",
    ],
)
def test_what_is_told_anew_or_is_a_formula_is_left_alone(proof: MakeProof, text: str) -> None:
    assert count(proof, text) == 0


@pytest.mark.parametrize(
    ("cells", "told"), [((f"{SAID} Good. {SAID}", "x"), 1), ((SAID, SAID), 0), ((SAID, "x"), 0)]
)
def test_of_tables_only_one_cell_is_held_against_itself(cells: tuple[str, str], told: int) -> None:
    place = Origin("a.docx", table=1, order=0)
    made = tuple(Cell(text, ((0, place),), column=n) for n, text in enumerate(cells))
    row = Block("\t".join(cells), ((0, place),), kind=BlockKind.ROW, table=1, cells=made)
    assert len(run(Proof([Document("a.docx", "docx", (row,))]), ["copied-paragraph"])) == told


@given(st.lists(st.sampled_from([SAID, "x", "7.", "\n\n", "“"]), max_size=30).map(" ".join))
def test_any_text_can_be_read(text: str) -> None:
    block = Block(text, ((0, Origin("a.docx")),))
    made = Proof([Document("a.docx", "docx", (block,))])
    assert isinstance(run(made, ["copied-paragraph"]), list)
