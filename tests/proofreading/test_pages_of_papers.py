"""Papers and chapters that begin on another page than is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.proofreading import pages_of_papers  # noqa: F401 - declares the check
from peelian.proofreading.findings import run
from peelian.proofreading.proof import Proof
from tests.recognition.documents import text_document

FOOT = "\n\n                                   {n}\n"


def pack(*, pages: tuple[int, int, int], at_head: bool = False) -> str:
    """Return a text whose pages have their number at the foot; three chapters begin on 2, 4, 5."""
    roads, rail, buses = pages
    top = FOOT.format(n=1) if at_head else ""
    listed = f"{top}CONTENTS\n\nRoads    {roads}\nRail    {rail}\nBuses    {buses}\nTrams    6\n"
    parts = ["", "Roads\n\nThey are long.", "And wide.", "Rail\n\nIt is short.", "Buses\n\nFew."]
    made = listed
    for n, part in enumerate([*parts, "Trams\n\nNone."], 1):
        made += (FOOT.format(n=n) if at_head and n > 1 else "") + f"\n{part}\n"
        made += "" if at_head else FOOT.format(n=n)
    return made


def told(text: str) -> list[str]:
    found = run(Proof([text_document(text)]), ["item-without-paper"])
    return [finding.reason for finding in found]


@pytest.mark.parametrize("at_head", [False, True])
def test_pages_are_told_by_the_numbers_printed_between_them(at_head: bool) -> None:
    assert told(pack(pages=(2, 4, 5), at_head=at_head)) == []
    (reason,) = told(pack(pages=(2, 3, 5), at_head=at_head))
    assert reason == "“Rail” should begin on page 3 and begins on page 4."


def test_numbers_that_do_not_rise_are_no_pages() -> None:
    text = pack(pages=(2, 3, 5))
    assert told(f"{text}\n\n4\n\n4\n") == []
    assert told(text.replace("                                   ", "No. ")) == []


@given(st.text(alphabet="CONTENTS 12\n", max_size=200))
def test_no_text_can_break_it(text: str) -> None:
    assert isinstance(told(pack(pages=(2, 3, 5)) + text), list)
