"""No file, however broken or hostile, may end in anything but a table or `Rejected`; and soon."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from peelian.intake.tables import Problem, Rejected, Row, Sheet, read
from tests.intake.files import csv_of, grid, refusal, repacked, workbook

MB = 1024 * 1024
GOOD = grid(["reference", "title"], ["a", "First"])


def cost(path) -> tuple[str, float, float]:
    """Return the refusal, the seconds and the megabytes it took at most."""
    tracemalloc.start()
    begun = time.perf_counter()
    try:
        said = refusal(path)
        return said, time.perf_counter() - begun, tracemalloc.get_traced_memory()[1] / MB
    finally:
        tracemalloc.stop()


def test_fifty_megabytes_of_noise_are_not_even_read(put):
    noise = bytes(range(256)) * (50 * MB // 256)
    for name in ("t.csv", "t.xlsx"):
        said, seconds, megabytes = cost(put(name, noise))
        assert said == f"{name}: found 50 MB; expected at most 40 MB."
        assert seconds < 1
        assert megabytes < 1


@pytest.mark.parametrize(
    "piece", [b"\xff\x00\x13", b",", b'"', b"a,", b"\n", b"x"], ids=lambda piece: repr(piece)
)
def test_noise_just_under_the_limit_is_refused_in_bounded_memory(put, piece):
    said, seconds, megabytes = cost(put("t.csv", piece * (10 * MB // len(piece))))
    assert said.count("expected") == 1
    assert megabytes < 300
    assert seconds < 20


def bomb(megabytes: int) -> bytes:
    """Return a small workbook whose sheet unpacks to so many megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=False) as part:
            for _ in range(megabytes):
                part.write(b"0" * MB)
    return out.getvalue()


def test_a_workbook_that_unpacks_to_far_more_than_it_is_is_refused_unopened(put):
    content = bomb(60)
    assert len(content) < 100_000
    said, seconds, megabytes = cost(put("t.xlsx", content))
    assert said.startswith("t.xlsx: found 60 MB packed into ")
    assert said.endswith(" kB; expected a workbook of ordinary size.")
    assert seconds < 1
    assert megabytes < 5


def test_a_workbook_that_lies_about_its_size_is_refused(put):
    """The sizes are in the archive's own words; what is read is bounded by them."""
    honest = bomb(60)
    lying = honest.replace(struct.pack("<I", 60 * MB), struct.pack("<I", 1000))
    assert lying != honest
    said, _seconds, megabytes = cost(put("t.xlsx", lying))
    assert said == "t.xlsx: found something else; expected an XLSX workbook, whole."
    assert megabytes < 5


@pytest.mark.parametrize("unplaced", [False, True])
def test_a_workbook_whose_cells_stand_worlds_apart_is_refused(put, unplaced):
    """Two cells in opposite corners: 5 kB packed, half a terabyte as a table."""

    def fill(_book, sheet):
        sheet.write(0, 0, "reference")
        sheet.write(1_048_575, 16_383, 5)

    content = workbook(fill)
    if unplaced:  # the same with rows that are placed and cells that are not
        row = b'<row r="1"><c r="A1"><v>5</v></c></row><row r="1048576">'
        row += b"<c><v>5</v></c>" * 16_384 + b"</row>"
        content = repacked(content, sheet1=b"<worksheet><sheetData>" + row + b"</sheetData>")
    said, seconds, megabytes = cost(put("t.xlsx", content))
    assert "a table that reaches row 1,048,576 and is 16,38" in said
    assert " columns wide; expected at most 10,000,000 cells, empty ones too." in said
    assert seconds < 1
    assert megabytes < 5


# ---- properties ----

ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
CELL = st.one_of(ANY_TEXT, st.sampled_from(["", " ", '"', "\r\n", "a,b", "=1+1", "'", "\ufeff"]))
ROWS = st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6)


def numbered(rows: list[list[str]]) -> list[tuple[int, list[str]]]:
    """Return what a table of these rows, below a heading, must come in as."""
    cells = ([cell.strip() for cell in row] for row in rows)
    return [(n, row) for n, row in enumerate(cells, start=2) if any(row)]


def taken_in(sheet: Sheet) -> list[tuple[int, list[str]]]:
    return [(row.number, [row[c] for c in sheet.columns]) for row in sheet.rows]


@given(ROWS)
def test_any_cells_come_through_a_csv_file_with_their_row_numbers(tmp_path, rows):
    path = tmp_path / "t.csv"
    path.write_bytes(csv_of([["a", "b", "c"], *rows]).encode())
    if numbered(rows):
        assert taken_in(read(path)) == numbered(rows)
    else:
        assert "a heading and no rows" in refusal(path)


@given(ROWS)
def test_any_cells_come_through_a_workbook_with_their_row_numbers(tmp_path, rows):
    def fill(_book, sheet):
        sheet.write_row(0, 0, ["a", "b", "c"])
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)

    path = tmp_path / "t.xlsx"
    path.write_bytes(workbook(fill))
    if numbered(rows):
        assert taken_in(read(path)) == numbered(rows)
    else:
        assert "a heading and no rows" in refusal(path)


def only_ever_a_table_or_a_refusal(path) -> None:
    problems: list[Problem] = []
    rows: list[Row] = []
    try:
        rows = read(path).rows
    except Rejected as error:
        problems = error.problems
    assert bool(problems) != bool(rows)
    assert all(problem.file == path.name for problem in problems)
    numbers = [row.number for row in rows]
    assert numbers == sorted(set(numbers))
    assert 1 not in numbers


@given(st.sampled_from(["t.csv", "t.xlsx"]), st.binary(max_size=200))
@example("t.csv", b"a\r\rb")
@example("t.csv", b'a,b\n"1"x,2')
@example("t.xlsx", b"PK\3\4")
def test_any_bytes_are_a_table_or_refused(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    only_ever_a_table_or_a_refusal(path)


@given(st.text(alphabet='ab,;"\r\n\t \ufeff', max_size=60))
def test_any_text_of_the_characters_that_matter_to_csv_is_a_table_or_refused(tmp_path, text):
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode())
    only_ever_a_table_or_a_refusal(path)


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=4))
def test_a_workbook_with_damaged_bytes_is_a_table_or_refused(tmp_path, damage):
    content = bytearray(GOOD)
    for place, byte in damage:
        content[place] = byte
    path = tmp_path / "t.xlsx"
    path.write_bytes(bytes(content))
    only_ever_a_table_or_a_refusal(path)


with zipfile.ZipFile(io.BytesIO(GOOD)) as _parts:
    SHEET = _parts.read("xl/worksheets/sheet1.xml")


@given(st.integers(0, len(SHEET)), st.integers(0, 12), st.binary(max_size=6))
def test_a_workbook_with_a_damaged_sheet_is_a_table_or_refused(tmp_path, start, length, piece):
    path = tmp_path / "t.xlsx"
    path.write_bytes(repacked(GOOD, sheet1=SHEET[:start] + piece + SHEET[start + length :]))
    only_ever_a_table_or_a_refusal(path)
