"""Words and addresses that a line's end parts without a hyphen are whole again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.document import Line, Origin
from peelian.intake.pdf_joining import Vocabulary, run_together
from peelian.intake.pdf_reading import read_here
from tests.intake.made_pdf import typeset

LONG = "It anotherlongwordofmanyletters Llanfairpwllgwyngyllgogerychwyrn came to a@b.example."
# Long words may break after any letter, with no hyphen.
ANYWHERE = r"""
#show regex("[^\s]{18,}"): it => it.text.clusters().map(c => text(c)).join(box())
"""


def joined(*lines: str) -> str:
    return run_together([Line(line, Origin("made.pdf")) for line in lines], Vocabulary())[0]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("Write to office.hel", "per@northshire.example, now"),
         "Write to office.helper@northshire.example, now"),
        (("see www.northshire.", "police.uk/plan"), "see www.northshire.police.uk/plan"),
        (("mail someone@", "northshire.gov.uk."), "mail someone@northshire.gov.uk."),
        (("mail someone@northshire.gov.", "uk"), "mail someone@northshire.gov.uk"),
        (("see northshire.gov.uk", "or a@b.uk"), "see northshire.gov.uk or a@b.uk"),
        (("see northshire.gov.uk", "a@b.uk"), "see northshire.gov.uk a@b.uk"),
        (("see www.northshire.uk.", "policemen came"), "see www.northshire.uk. policemen came"),
        (("called at 3 p.m", "a@b.uk"), "called at 3 p.m a@b.uk"),
    ],
)  # fmt: skip
def test_an_address_in_two_lines_is_one_and_two_addresses_are_two(lines, text):
    assert joined(*lines) == text


@pytest.mark.parametrize("width", [58, 72, 76, 90])
def test_a_word_that_breaks_anywhere_is_whole_where_its_letters_are_marked(put, width):
    words = f"#set page(width: {width}mm, margin: 1cm){ANYWHERE}{LONG.replace('@', chr(92) + '@')}"
    document = read_here(put("made.pdf", typeset(words)))
    assert len(document.lines) > 1
    assert [b.text for b in document.blocks] == [LONG]


@given(st.lists(st.text("a.@-/ w:ht5\n", max_size=300), min_size=1, max_size=4))
def test_every_letter_is_kept_and_every_mark_lies_in_the_text(lines):
    text, marks = run_together([Line(line, Origin("made.pdf")) for line in lines], Vocabulary())
    assert "".join(text.split()) == "".join("".join(lines).split())
    assert all(0 <= offset <= len(text) for offset, _origin in marks)
