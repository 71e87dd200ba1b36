"""Paragraphs pasted from one line of a document to another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.document import Origin
from peelian.intake.text import read_text
from peelian.proofreading import repeats  # noqa: F401
from peelian.proofreading.findings import Finding, run
from peelian.proofreading.proof import Proof
from peelian.recognition.copies import copies, words
from peelian.recognition.plan import Commitment, Plan
from tests.proofreading.conftest import MakeProof

PASTED = (
    "Four officers have joined the team since spring and each now visits farms twice in a month, "
    "takes their worries to the board, and brings back to them what has been decided there."
)
OTHER = (
    "Elsewhere the bridges were painted, a choir sang at the opening of the new hall, and nobody "
    "could say who had ordered so many chairs for so small a room on such a wet afternoon."
)


def found(proof: MakeProof, text: str, **read: object) -> list[Finding]:
    return run(proof(text, **{"plans": [], "minutes": [], **read}), only=["copied-paragraph"])


def test_an_update_pasted_under_another_line_is_told_with_both_lines(proof: MakeProof) -> None:
    text = f"1.1 Farms\n\n{PASTED}\n\n1.2 Shops\n\n{PASTED}\n"
    place = [Origin("pack-1.txt", line=n, order=n - 1) for n in (1, 5)]
    made = [Commitment(f"1.{n}", "", "", "", o) for n, o in enumerate(place, 1)]
    [one] = found(proof, text, plans=[Plan("", tuple(made), place[0])])
    assert one.reason == "The same 33 words stand under 1.1 and 1.2."
    assert [p.origin.line for p in (one.place, *one.others)] == [3, 7]
    assert one.confidence == "likely"
    assert [f.confidence for f in found(proof, text)] == ["possible"]


@pytest.mark.parametrize(
    ("second", "is_told"),
    [
        (PASTED.replace("spring", "last winter"), True),  # nearly the same
        (f"{PASTED} And much more has been done since by them.", True),
        (PASTED.replace("twice in a month", "in the hope of new members and of rain"), False),
        (PASTED.replace("Four", "4").replace("twice", "2 times"), False),
        ("Refer to 1.1", False),
        ("", False),
    ],
)
def test_a_copy_may_differ_in_a_few_words(proof: MakeProof, second: str, is_told: bool) -> None:
    assert bool(found(proof, f"{PASTED}\n\n{OTHER}\n\n{second}\n")) is is_told


@pytest.mark.parametrize(
    ("before", "after", "is_told"),
    [
        ("in 20 places", "in 35 places", True),  # one number alone: pasted, and half mended
        ("in 20 of 40 places", "in 35 of 60 places", False),  # told again with new figures
        ("20 times in spring", "35 times in autumn", False),
        ("20 times", "often", False),
    ],
)
def test_a_copy_may_differ_in_one_number_alone(
    proof: MakeProof, before: str, after: str, is_told: bool
) -> None:
    first, second = (PASTED.replace("twice", words) for words in (before, after))
    assert bool(found(proof, f"{first}\n\n{OTHER}\n\n{second}\n")) is is_told


@pytest.mark.parametrize(
    "text",
    [
        f"For further information on this, telephone: 01632 960001. {PASTED}",
        f"In the opinion of the proper officer {PASTED}",
        f"Under the Sheep Act 1911 and the rules made by virtue of it {PASTED}",
        "the same word and the same word and " * 6,
    ],
)
def test_contacts_notices_and_mere_repetition_are_left_alone(proof: MakeProof, text: str) -> None:
    assert found(proof, f"{text}\n\n{OTHER}\n\n{text}\n") == []


def test_a_standing_text_and_minutes_are_left_alone(proof: MakeProof) -> None:
    assert found(proof, "\n\n".join([PASTED, OTHER, PASTED, "Next.", PASTED, PASTED])) == []


def test_a_third_place_belongs_to_the_first(proof: MakeProof) -> None:
    [one] = found(proof, f"{PASTED}\n\nFirst.\n\n{PASTED}\n\nSecond.\n\n{PASTED}\n")
    assert len(one.others) == 2


@given(st.lists(st.sampled_from(["a", "b", "7", "c."]), max_size=60).map(" ".join))
def test_copies_lie_in_the_text_and_never_overlap(text: str) -> None:
    stream = words(list(read_text("a.txt", text.encode()).passages()))
    for copy in copies(stream, 9):
        assert 0 <= copy.first < copy.first_end <= copy.second < copy.second_end <= len(stream)
        assert 0 < copy.likeness <= 1
        assert stream[copy.first].word == stream[copy.second].word


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    made = Proof([read_text("a.txt", f"{text}\n\n{PASTED}\n\n{text}".encode())])
    vars(made).update(plans=[], minutes=[])
    assert isinstance(run(made, only=["copied-paragraph"]), list)


@pytest.mark.parametrize("piece", ["a ", "a b ", "one two three four five six seven 8 "])
def test_long_repeated_text_is_read_to_its_end(proof: MakeProof, piece: str) -> None:
    assert found(proof, piece * 4_000) == []
