"""Workbooks and CSV files as documents: every cell with its place, what does not show told."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
import xlsxwriter

from peelian.intake.document import BlockKind, NoteKind
from peelian.intake.tables import Rejected
from peelian.intake.worksheets import read_csv, read_ods, read_xlsx
from tests.intake.files import grid, ods, ods_rows

HEAD = ["Ref", "Activity", "Update"]


def heads(document) -> list[tuple[str, ...]]:
    return [table.head for table in document.tables()]


@pytest.fixture
def book(put):
    """Read an XLSX workbook that was filled by a function of its book."""

    def of(fill):
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
            fill(made)
        return read_xlsx(put("t.xlsx", out.getvalue()))

    return of


def test_rows_with_the_place_of_each_cell(put):
    found = read_xlsx(put("t.xlsx", grid(HEAD, ["1.1", "Recruit", "Complete"], ["1.2", "", "x"])))
    assert [b.is_head for b in found.blocks] == [True, False, False]
    row = found.blocks[2]
    assert [(c.text, c.column, c.origin.cell) for c in row.cells] == [
        ("1.2", 0, "A3"), ("x", 2, "C3"),
    ]  # fmt: skip
    assert row.origin.sheet == "Sheet1"
    assert row.text == "1.2\tx"
    assert heads(found) == [tuple(HEAD)]


def test_titles_stand_above_the_headings(put):
    found = read_xlsx(
        put(
            "t.xlsx",
            grid(["Delivery Plan"], ["As at the end of March."], [], HEAD, ["a", "b", "c"]),
        )
    )
    assert [(b.kind, b.text) for b in found.blocks[:2]] == [
        (BlockKind.HEADING, "Delivery Plan"), (BlockKind.PARAGRAPH, "As at the end of March."),
    ]  # fmt: skip
    assert heads(found) == [tuple(HEAD)]


def test_tables_of_one_sheet_are_told_apart_by_their_headings(put):
    rows = [HEAD, ["1", "b", "c"], [], ["2", "d", "e"], [], ["Measure", "2024"], ["Burglary", 31]]
    found = read_xlsx(put("t.xlsx", grid(*rows)))
    assert [(t.head, len(t.rows)) for t in found.tables()] == [
        (tuple(HEAD), 2), (("Measure", "2024"), 1),
    ]  # fmt: skip


def test_dates_percentages_formulas_and_merged_cells_as_they_are_printed(book):
    def fill(made):
        sheet = made.add_worksheet("Data")
        sheet.write_row(0, 0, ["Day", "Share", "Sum", "Broken"])
        sheet.write_datetime(1, 0, dt.datetime(2024, 3, 1), made.add_format({"num_format": 14}))
        sheet.write_number(1, 1, 0.1254, made.add_format({"num_format": "0.0%"}))
        sheet.write_formula(1, 2, "=1+1", None, 2)
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")
        sheet.merge_range(2, 0, 2, 2, "Spans three")

    found = book(fill)
    assert [c.text for c in found.blocks[1].cells] == ["2024-03-01", "12.5%", "2", "#DIV/0!"]
    assert found.blocks[2].cells[0].span == 3
    assert [(n.kind, n.text, n.origin.cell) for n in found.notes] == [
        (NoteKind.FORMULA_FAILED, "#DIV/0!", "D2")
    ]


def test_what_is_hidden_is_told_and_not_read(book):
    def fill(made):
        sheet = made.add_worksheet("Data")
        for row in range(4):
            sheet.write_row(row, 0, [f"a{row}", f"secret{row}", f"c{row}"])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.write_comment(0, 0, "A remark", {"author": "A Clerk"})
        other = made.add_worksheet("Workings")
        other.hide()
        other.write(0, 0, "secret")

    found = book(fill)
    assert all("secret" not in b.text and "a2" not in b.text for b in found.blocks)
    assert {t.number for t in found.tables()} == {1}
    assert [(n.kind, n.text, n.origin.cell) for n in found.notes] == [
        (NoteKind.HIDDEN, "hidden rows: 3", "A3"),
        (NoteKind.HIDDEN, "hidden columns: B", "B1"),
        (NoteKind.COMMENT, "“A remark”", "A1"),
        (NoteKind.HIDDEN, "the sheet “Workings”; rows that are filled: 1", "A1"),
    ]


def test_an_ods_workbook(put):
    day = '<table:table-cell office:value-type="date" office:date-value="2024-03-01"/>'
    share = (
        '<table:table-cell office:value-type="percentage" office:value="0.125">'
        "<text:p>12.5%</text:p></table:table-cell>"
    )
    failed = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
    )
    many = 'table:number-rows-repeated="1000000"'
    gap = f"<table:table-row {many}><table:table-cell/></table:table-row>"
    rows = (
        ods_rows(["Measure", "Day", "Share", "Sum"])
        + f"<table:table-row>{ods_rows(['Burglary'])[17:-18]}{day}{share}{failed}</table:table-row>"
        + f'<table:table-row table:visibility="collapse">{ods_rows(["secret"])[17:]}'
        + gap
    )
    found = read_ods(put("t.ods", ods({"Data": rows})))
    assert [c.text for c in found.blocks[1].cells] == ["Burglary", "2024-03-01", "12.5%", "#DIV/0!"]
    assert [(n.kind, n.origin.cell) for n in found.notes] == [
        (NoteKind.HIDDEN, "A3"), (NoteKind.FORMULA_FAILED, "D2"),
    ]  # fmt: skip
    assert found.blocks[1].cells[2].origin.cell == "C2"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_file_however_its_columns_are_parted(mark):
    text = f"Ref{mark}Update\r\n1.1{mark}“Complete”\r\n"
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        found = read_csv("t.csv", text.encode(encoding))
        assert heads(found) == [("Ref", "Update")]
        assert found.blocks[1].cells[1].text == "“Complete”"
        assert found.blocks[1].cells[1].origin.cell == "B2"


def test_a_csv_file_whose_quotation_marks_do_not_match_is_refused():
    with pytest.raises(Rejected, match="row 3: found a quotation mark that is never closed"):
        read_csv("t.csv", b'a,b\r\n1,2\r\n3,"4\r\n5,6\r\n')


def test_macros_and_links_to_elsewhere_are_told(put):
    content = grid(HEAD, ["a", "b", "c"])
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" TargetMode="External" Target="file:///h/other.xlsx" Type="http://'
        'schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"/>'
        "</Relationships>"
    )
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf")
        archive.writestr("xl/externalLinks/_rels/externalLink1.xml.rels", link)
    found = read_xlsx(put("t.xlsm", out.getvalue()))
    assert [(n.kind, n.text) for n in found.notes] == [
        (NoteKind.MACRO, "macros, which were not run"),
        (NoteKind.EXTERNAL_LINK, "externalLinkPath: file:///h/other.xlsx"),
    ]


def test_more_cells_than_are_read_are_cut_short_and_said(put, monkeypatch):
    for module in ("sheets", "sheets_xlsx"):
        monkeypatch.setattr(f"peelian.intake.{module}.MOST_CELLS", 10)
    found = read_xlsx(put("t.xlsx", grid(*[["a", "b", "c"]] * 9)))
    assert len(found.blocks) == 3
    assert [note.kind for note in found.notes] == [NoteKind.CUT_SHORT]
