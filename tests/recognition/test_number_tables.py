"""Tables of numbers that plain text lays out with spaces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.text import read_text
from peelian.recognition.number_tables import number_tables

TABLE = """
Table 1   Reviews by quarter

Quarter              Received    Decided

April to June              39         36
July to September          45         42
Half-year                  84         78

The office has three staff.

                                                             6
"""


def tables(text: str):
    return number_tables(read_text("report.txt", text.encode()))


def test_a_table_has_its_caption_its_headings_and_its_rows():
    (table,) = tables(TABLE)
    assert table.caption == "Table 1   Reviews by quarter"
    assert table.head == ("", "Received", "Decided")
    assert [row.text for row in table.rows] == [
        "April to June\t39\t36",
        "July to September\t45\t42",
        "Half-year\t84\t78",
    ]


def test_a_last_row_without_a_label_is_the_total():
    (table,) = tables("Red      6   5\nAmber    4   4\nGreen    1   2\n\n         11  11\n")
    assert table.rows[-1].text == "Total\t11\t11"


def test_prose_is_no_table():
    assert tables("We made 12 visits.  There were 14 more.\n1. First.\n2. Second.\n") == []


@given(st.lists(st.text(alphabet="ab 1.£%()-", max_size=40), max_size=12))
def test_any_lines_can_be_read(lines):
    for table in tables("\n".join(lines)):
        assert all(row.cells for row in table.rows)
