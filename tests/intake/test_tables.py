"""A table comes in whole, with its rows numbered as people see them, or is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from peelian.intake import tables
from peelian.intake.tables import Rejected, as_day, as_number, read
from tests.intake.files import grid, refusal, repacked, workbook

# ---- what is accepted ----

HEAD = ["reference", "title"]
A_TABLE = [{"reference": "a", "title": "First"}, {"reference": "b", "title": "Second, é"}]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", 'reference,title\na,First\nb,"Second, é"\n'),
        ("t.CSV", 'reference,title\r\na,First\r\nb,"Second, é"\r\n'),
        ("t.csv", '\ufeffreference,title\na,First\nb,"Second, é"'),
        ("t.csv", ' Reference , TITLE ,\na , First,\nb,"Second, é",,\n'),
        ("t.xlsx", grid(HEAD, ["a", "First"], ["b", "Second, é"])),
    ],
    ids=["LF", "CRLF", "byte-order mark, no last line end", "spaces and empty edge", "XLSX"],
)
def test_the_same_table_comes_in_from_every_form_of_file(put, name, content):
    sheet = read(put(name, content))
    assert sheet.columns == ("reference", "title")
    assert [row.cells for row in sheet.rows] == A_TABLE
    assert [row.number for row in sheet.rows] == [2, 3]


def test_rows_keep_the_number_that_a_spreadsheet_shows(put):
    """Line ends in quotes and empty rows between do not shift what comes after."""
    text = 'reference,title\r\na,"two\r\nlines"\r\n\r\n,\r\nb,"three\n\nlines"\nc,one\n'
    assert [(r.number, r["reference"]) for r in read(put("t.csv", text)).rows] == [
        (2, "a"),
        (5, "b"),
        (6, "c"),
    ]
    same = grid(HEAD, ["a", "two\nlines"], [], ["", ""], ["b", "x"], ["c", "one"])
    assert [row.number for row in read(put("t.xlsx", same)).rows] == [2, 5, 6]


def test_a_table_that_begins_lower_down_keeps_its_row_numbers(put):
    def fill(_book, sheet):
        sheet.write_row(2, 1, HEAD)
        sheet.write_row(3, 1, ["a", "First"])

    sheet = read(put("t.xlsx", workbook(fill)))
    assert [(row.number, row["title"]) for row in sheet.rows] == [(4, "First")]


def test_cells_of_a_workbook_are_read_as_people_see_them(put):
    def fill(book, sheet):
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_row(0, 0, ["day", "moment", "time", "yes", "whole", "part", "sum", "text"])
        sheet.write_datetime(1, 0, dt.datetime(2020, 2, 5), day)
        sheet.write_datetime(1, 1, dt.datetime(2020, 2, 5, 13, 5), moment)
        sheet.write_datetime(1, 2, dt.time(11, 0), book.add_format({"num_format": "hh:mm"}))
        sheet.write_boolean(1, 3, True)
        sheet.write_number(1, 4, 315)
        sheet.write_number(1, 5, 73.6)
        sheet.write_formula(1, 6, "=E2+1", None, 316)
        sheet.write_string(1, 7, "007")

    assert list(read(put("t.xlsx", workbook(fill))).rows[0].cells.values()) == [
        "2020-02-05",
        "2020-02-05 13:05:00",
        "11:00:00",
        "yes",
        "315",
        "73.6",
        "316",
        "007",
    ]


def test_formatting_far_from_the_table_is_not_the_table(put):
    def fill(book, sheet):
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["a", "First"])
        sheet.write_blank(400, 300, None, book.add_format({"bold": True}))
        sheet.set_row(1_048_575, 30)

    assert len(read(put("t.xlsx", workbook(fill))).rows) == 1


# ---- what is refused, and in which words ----

LONG = "x" * 200_000
TITLED = workbook(
    lambda book, sheet: (
        sheet.merge_range(0, 0, 0, 1, "Delivery plan 2020"),
        sheet.write_row(1, 0, HEAD),
        sheet.write_row(2, 0, ["a", "First"]),
    )
)
FAILED = workbook(
    lambda book, sheet: (
        sheet.write_row(0, 0, HEAD),
        sheet.write_row(1, 0, ["a", "First"]),
        sheet.write_formula(2, 0, "=1/0", None, "#DIV/0!"),
    )
)
GOOD = grid(HEAD, ["a", "First"])

REFUSED: list[tuple[str, str, str | bytes, str]] = [
    ("empty", "t.csv", "", "t.csv, row 1: found nothing; expected a heading row."),
    ("byte-order mark only", "t.csv", "\ufeff", "row 1: found nothing; expected a heading row."),
    ("empty line first", "t.csv", "\nreference\n", "row 1: found nothing; expected a heading"),
    ("heading only", "t.csv", "reference,title\n", "row 1: found a heading and no rows; expected"),
    ("heading, blanks", "t.csv", "a,b\n,\n\n , \n", "found a heading and no rows"),
    (
        "column twice",
        "t.csv",
        "title,reference,Title\na,b,c\n",
        "t.csv, row 1, column “title”: found “title” twice; expected each column once.",
    ),
    ("no name", "t.csv", "a,,b\n1,2,3\n", "row 1: found column 2 without a name; expected a name."),
    (
        "Latin-1",
        "t.csv",
        'reference,title\na,"two\nlines"\nb,café\n'.encode("latin-1"),
        "t.csv, row 3: found the byte 0xE9; expected UTF-8 text (in Excel: save as “CSV UTF-8”).",
    ),
    ("UTF-16", "t.csv", "reference\na\n".encode("utf-16"), "row 1: found the byte 0xFF; expected"),
    (
        "UTF-16 without a mark",
        "t.csv",
        "reference\na\n".encode("utf-16-le"),
        "t.csv, row 1, column “r e f e r e n c e ”: found a zero byte; expected text.",
    ),
    (
        "zero byte",
        "t.csv",
        "reference,title\na,b\nc,d\0e\n",
        "t.csv, row 3, column “title”: found a zero byte; expected text.",
    ),
    (
        "unclosed quotation mark",
        "t.csv",
        'reference,title\na,b\nc,"d\ne,f\n',
        "t.csv, row 3: found a quotation mark that is never closed; expected cells in matching",
    ),
    (
        "text after a quotation mark",
        "t.csv",
        'reference,title\na,"b" c\n',
        "t.csv, row 2: found text after a closing quotation mark; expected cells in matching",
    ),
    (
        "too many cells",
        "t.csv",
        "reference,title\na,b\nc,d,e\n",
        "t.csv, row 3: found 3 cells; expected at most 2, one for each column.",
    ),
    (
        "vast cell",
        "t.csv",
        f"reference,title\na,{LONG}\n",
        "t.csv, row 2: found a cell of more than 131,072 characters; expected at most 100,000",
    ),
    (
        "large cell",
        "t.csv",
        f"reference,title\na,{LONG[:120_000]}\n",
        "t.csv, row 2, column “title”: found 120,000 characters; expected at most 100,000.",
    ),
    (
        "vast heading",
        "t.csv",
        f"reference,{LONG[:120_000]}\na,b,c\n",
        "…”: found 120,000 characters; expected at most 100,000.",
    ),
    (
        "semicolons",
        "t.csv",
        "reference;title\na;First, and last\n",
        "t.csv, row 1: found columns parted by semicolons; expected commas (or save the table as",
    ),
    ("tabs", "t.csv", "reference\ttitle\na\tb\n", "row 1: found columns parted by tabs; expected"),
    (
        "too wide",
        "t.csv",
        ",".join(f"c{n}" for n in range(201)),
        "row 1: found 201 columns; expected at most 200.",
    ),
    (
        "title above the heading",
        "t.xlsx",
        TITLED,
        "t.xlsx, row 1: found “Delivery plan 2020”; expected the names of the columns (take out",
    ),
    ("title in CSV", "t.csv", "My plan\nreference,title\n", "row 1: found “My plan”; expected the"),
    (
        "failed formula",
        "t.xlsx",
        FAILED,
        "t.xlsx, row 3: found a formula that failed, such as #REF! or #N/A; expected a value in",
    ),
    ("empty workbook", "t.xlsx", grid(), "row 1: found nothing; expected a heading row."),
    ("no bytes", "t.xlsx", b"", "t.xlsx: found something else; expected an XLSX workbook, whole."),
    ("CSV called XLSX", "t.xlsx", "reference\na\n", "found something else; expected an XLSX"),
    ("truncated", "t.xlsx", GOOD[: len(GOOD) // 2], "found something else; expected an XLSX"),
    ("damaged", "t.xlsx", GOOD.replace(GOOD[60:90], b"\xff" * 30), "found something else"),
    ("sheet cut short", "t.xlsx", repacked(GOOD, sheet1=b"<worksheet><sheetDa"), "expected a"),
    ("some other archive", "t.xlsx", repacked(b"PK\5\6" + bytes(18)), "a readable workbook."),
    ("zero in a cell", "t.xlsx", grid(HEAD, ["a", "b\0c"]), "row 2, column “title”: found a zero"),
    ("old Excel", "t.xls", b"\xd0\xcf\x11\xe0", "t.xls: found “.xls”; expected a file that ends"),
    ("no extension", "table", "reference\na\n", "table: found nothing; expected a file that ends"),
]


@pytest.mark.parametrize(
    ("name", "content", "said"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_a_wrong_file_is_refused_with_its_place_what_was_found_and_what_was_expected(
    put, name, content, said
):
    assert said in refusal(put(name, content))


def test_every_wrong_row_is_told_at_once_up_to_a_hundred(put):
    rows = "a,b,c\n" * 500
    said = refusal(put("t.csv", f"reference,title\nx,y\n{rows}")).splitlines()
    assert len(said) == 100
    assert said[0].startswith("t.csv, row 3: ")
    assert said[-1].startswith("t.csv, row 102: ")


def test_a_missing_file_or_a_folder_is_refused(tmp_path):
    assert "found no file to read; expected a CSV or XLSX file." in refusal(tmp_path / "no.csv")
    (tmp_path / "folder.csv").mkdir()
    assert "found no file to read" in refusal(tmp_path / "folder.csv")


def test_what_a_file_holds_cannot_write_to_the_terminal_or_fill_it(put):
    problem = read(put("t.csv", "a\n1\n")).problem(None, "x" * 500, "\x1b[2J\n" + "y" * 500, "z")
    assert str(problem).isprintable()
    assert len(str(problem)) < 200


def test_a_sheet_says_which_columns_it_lacks_or_should_not_have(put):
    sheet = read(put("t.csv", "reference,titel\na,b\n"))
    with pytest.raises(Rejected) as refused:
        sheet.require(["reference", "title"])
    assert str(refused.value) == (
        "t.csv, row 1: found the columns reference, titel; expected a column “title”."
    )
    with pytest.raises(Rejected) as refused:
        sheet.allow(["reference", "title"])
    assert str(refused.value) == (
        "t.csv, row 1, column “titel”: found “titel”; expected one of reference, title."
    )


# ---- days and numbers ----


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5/2/2020",
        "2020-2-5",
        "20200205",
        "2020-W06-3",
        "2020-02-30",
        "２０２０-02-05",
        "2020-02-05 13:00",
    ],
)
def test_a_day_is_written_in_one_way(text):
    assert as_day("2020-02-05") == dt.date(2020, 2, 5)
    assert as_day(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("-1.5", -1.5),
        ("1,234,567.5", 1_234_567.5),
        ("1e-07", 1e-07),
        *(
            (bad, None)
            for bad in (
                "",
                "1,5",
                "12,34",
                "1_000",
                "5%",
                "nan",
                "inf",
                "1e999",
                "１２",
                "0x10",
                "-",
            )
        ),
    ],
)
def test_a_number_is_finite_and_a_decimal_comma_is_not_taken_for_thousands(text, number):
    assert as_number(text) == number


def test_a_table_of_more_rows_than_are_taken_is_refused(put, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    said = refusal(put("t.csv", "reference\n" + "a\n" * 9))
    assert said == "t.csv, row 5: found more rows; expected at most 3 rows."
