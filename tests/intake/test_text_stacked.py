"""Tables whose cells stand one below the other, and notes that run over the columns of a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.document import Document
from peelian.intake.text import read_text


def rows(text: str) -> list[list[str]]:
    return [[c.text for c in r.cells] for t in of(text).tables() for r in t.rows]


def of(text: str) -> Document:
    return read_text("plan.txt", text.encode())


HEAD = "Ref\nAction\nOwner\nUpdate\n"
RECORDS = [
    ["1.1", "Agree a protocol with the ambulance trust", "Head of Partnerships", "Signed in May."],
    ["1.2", "Introduce one number for victims", "Head of Victim Services", "Open since June."],
    ["1.3", "Review the scheme for appropriate adults", "Policy Officer", "To come in July."],
]


def stacked(records: list[list[str]]) -> str:
    return "Delivery plan\n\n" + HEAD + "".join("\n" + "\n".join(r) + "\n" for r in records)


def test_a_paragraph_of_as_many_lines_as_there_are_headings_is_a_row() -> None:
    text = stacked(RECORDS)
    assert rows(text) == RECORDS
    assert of(text).tables()[0].head == ("Ref", "Action", "Owner", "Update")


def test_a_cell_that_goes_on_in_the_next_line_is_one() -> None:
    long = "The number has been open to callers from the whole of the county since June and"
    records = [*RECORDS[:2], ["1.3", "Review", "Officer", f"{long}\nis answered day and night."]]
    assert rows(stacked(records))[2][3] == f"{long} is answered day and night."


@pytest.mark.parametrize(
    "records",
    [
        RECORDS[:2],  # too few to show a table
        [record[:3] for record in RECORDS],  # another number of lines
    ],
)
def test_what_shows_no_table_stays_text(records: list[list[str]]) -> None:
    assert rows(stacked(records)) == []


def test_paragraphs_of_sentences_are_no_table() -> None:
    paragraph = (
        "The Commissioner met the chief officers of the county in the spring and asked what had\n"
        "become of the plan for the roads. They told her that the plan was with the council and\n"
        "that it would be read in June.\n"
    )
    assert rows("The roads\nThe council\nThe plan\n\n" + "\n".join([paragraph] * 4)) == []


@given(st.lists(st.text("aA 1.\n", max_size=30), max_size=12))
def test_no_text_is_lost(lines: list[str]) -> None:
    text = HEAD + "\n" + "\n".join(lines)
    said = " ".join(f"{b.number} {b.text}" for b in of(text).blocks)
    assert sorted(said.replace("\t", " ").replace(".", " ").split()) == sorted(
        text.replace(".", " ").split()
    )


NOTED = """Ref        Action                     Owner          Overseen by                  Status

AB/25/16   Revise the protocol for    ACC Bhatt      Force Performance Board      Overdue
           detainees held for long
           Update: The draft has been agreed with the health care provider. It will be sent out
           by 12 September 2025.

AB/25/17   Map weekend demand         Supt Doveton   Contact Improvement Board    In progress
           Update: Demand has been mapped for the first 26 weeks of 2025, and the comparison
           with the roster is being made.

AB/25/22   Publish a plan for call    Supt Doveton   People Board                 In progress
           handlers
           Update: A draft was shared with the unions on 1 October 2025, whose comments are awaited.
"""


def test_what_runs_over_the_columns_below_a_row_is_a_column_of_its_own() -> None:
    assert of(NOTED).tables()[0].head[-1] == "Update"
    first = rows(NOTED)[0]
    assert first[1] == "Revise the protocol for detainees held for long"
    assert first[3] == "Force Performance Board"
    assert first[5] == (
        "The draft has been agreed with the health care provider. It will be sent out by "
        "12 September 2025."
    )


def test_a_short_sentence_below_a_row_is_its_note_too_where_others_have_one() -> None:
    short = NOTED.replace(
        "           Update: Demand has been mapped for the first 26 weeks of 2025, and the "
        "comparison\n"
        "           with the roster is being made.\n",
        "           See paragraph 6.2.\n",
    )
    assert rows(short)[1][1:2] + rows(short)[1][5:] == ["Map weekend demand", "See paragraph 6.2."]
