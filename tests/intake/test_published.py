"""Published tables by police force: what is a force's figure is read, once, and nothing else."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from peelian.intake.layouts import layout_of
from peelian.intake.opening import open_return
from peelian.intake.tables import Rejected
from peelian.intake.titles import span_in
from tests.intake.files import csv_of, grid, ods, ods_rows, repacked
from tests.intake.test_police_uk import packed

OFFICERS: list[list[Any]] = [
    ["Table 1: Police officers1 by police force area, England and Wales, 20191 (FTE)"],
    [],
    ["England and Wales", "", "", "", "Full-time equivalents"],
    ["", "As at:", "", "", "Change"],
    ["", dt.date(2018, 9, 30), dt.date(2019, 9, 30), "number", "%"],
    ["North East ", 30.5, 33, 2.5, 8.2],
    ["Cleveland [note 2]", "10.5", "1,011", 0.5, ".."],
    ["Durham1,2", "..", 22, "[x]", "-"],
    ["West Midlands ", 90, 95, 5, 5.6],
    ["West Mercia", 40, "41 [p]", 1, 2.5],
    ["West Midlands", 50, 54, 4, 8],
    ["*Total 43 forces", 120.5, 128, 7.5, 6.2],
    ["", "", "", "", "Source: a made-up table"],
    ["Notes"],
    ["1. Excludes 2018."],
]
LONG = (
    "12 months ending,PFA,Region,Offence,Rolling year total number of offences\n"
    "31-03-2019,Devon & Cornwall,South West,Robbery,12\n"
    "30-06-2019,Devon & Cornwall,South West,Robbery,-\n"
    "31-03-2019,Action Fraud,Action Fraud,Fraud offences,99\n"
    "31-03-2019,Total South West ,South West,Robbery,40\n"
)


# Two rows of text nine columns wide, a million rows apart.
WIDE = (
    '<table:table-row><table:table-cell table:number-columns-repeated="9" office:value-type="x"/>'
)
GAP = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
FAR = GAP + WIDE + "</table:table-row>"


def read(path: Path, sheet: str = "") -> tuple[list[tuple[str, ...]], list[str], list[str]]:
    stream = open_return(path, sheet=sheet)
    layout = layout_of(stream)
    assert layout.name == "force-table"
    reads = [(r.measure, r.area, r.period, r.value) for r in layout.read(stream)]
    return reads, list(map(str, stream.problems)), stream.notes


def refusal(path: Path, sheet: str = "") -> str:
    with pytest.raises(Rejected) as refused:
        layout_of(open_return(path, sheet=sheet))
    return str(refused.value)


def boasting(files: dict[str, str]) -> bytes:
    """Return an archive whose last file says that it is longer than the archive."""
    content = bytearray(packed(files, zipfile.ZIP_STORED))
    struct.pack_into("<II", content, content.rindex(b"PK\x01\x02") + 20, 9999, 9999)
    return bytes(content)


def as_text(rows: list[list[Any]]) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in rows]


EXPECTED = [
    ("Police officers (FTE)", "Cleveland", "2018-09", "10.5"),
    ("Police officers (FTE)", "Cleveland", "2019-09", "1,011"),
    ("Police officers (FTE)", "Durham", "2018-09", ".."),
    ("Police officers (FTE)", "Durham", "2019-09", "22"),
    ("Police officers (FTE)", "West Mercia", "2018-09", "40"),
    ("Police officers (FTE)", "West Mercia", "2019-09", "41"),
    ("Police officers (FTE)", "West Midlands", "2018-09", "50"),
    ("Police officers (FTE)", "West Midlands", "2019-09", "54"),
]


def test_titles_regions_totals_notes_and_changes_are_no_figures_of_a_force(put):
    reads, faults, notes = read(put("table.ods", ods({"Table_1": ods_rows(*OFFICERS)})))
    assert (reads, faults) == (EXPECTED, [])
    assert notes == [
        "Sheets read: Table_1.",
        "Regions, totals and others that are no force: North East, Total 43 forces, West Midlands"
        " (region).",
        "Columns without a period: number, %.",
    ]


def test_the_same_table_reads_alike_from_every_kind_of_file(put):
    rows = as_text(OFFICERS)
    for name, content in (
        ("table.ods", ods({"A sheet": ods_rows(*rows)})),
        ("table.xlsx", grid(*rows)),
        ("table.csv", csv_of(rows)),
    ):
        assert read(put(name, content))[0] == EXPECTED


def test_a_column_may_say_the_period_and_another_what_is_counted(put):
    reads, faults, notes = read(put("crime.csv", LONG))
    assert reads == [
        ("Robbery", "Devon & Cornwall", "12 months to 2019-03", "12"),
        ("Robbery", "Devon & Cornwall", "12 months to 2019-06", "-"),
    ]
    assert faults == []
    assert notes == [
        "Regions, totals and others that are no force: Action Fraud, Total South West."
    ]


def test_several_columns_of_figures_are_several_measures(put):
    text = "Police force,Year,Drawn,Fired\nKent,2019,4,1\n"
    assert read(put("taser.csv", text))[0] == [
        ("Drawn", "Kent", "2019", "4"),
        ("Fired", "Kent", "2019", "1"),
    ]


def test_every_sheet_with_such_a_table_is_read_or_the_one_that_is_named(put):
    sheets = {"Cover": ods_rows(["Contents"]), "T1": ods_rows(*OFFICERS)}
    second = [["Table 2: Police staff by police force area (FTE)"], *OFFICERS[1:]]
    path = put("book.ods", ods({**sheets, "T2": ods_rows(*second)}))
    reads, _faults, notes = read(path)
    assert {one[0] for one in reads} == {"Police officers (FTE)", "Police staff (FTE)"}
    assert notes[:2] == [
        "Sheets read: T1, T2.",
        "Sheets without a table of forces and periods: Cover.",
    ]
    assert {one[0] for one in read(path, "T2")[0]} == {"Police staff (FTE)"}
    said = "book.ods: found the sheets Cover, T1, T2; expected a sheet “T3”."
    assert refusal(path, "T3") == said


def test_one_west_midlands_is_the_force_and_a_place_of_its_own_name_is_kept(put):
    text = "Police force,2019/20,2020/21\nWest Midlands,5,6\nWales,1,2\nSouth Wales,1,2\n"
    assert read(put("few.csv", text))[0] == [
        ("few", "South Wales", "12 months to 2020-03", "1"),
        ("few", "South Wales", "12 months to 2021-03", "2"),
        ("few", "West Midlands", "12 months to 2020-03", "5"),
        ("few", "West Midlands", "12 months to 2021-03", "6"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.csv", "Force,ASB\nKent,4\n", "t.csv, row 1: found the columns Force, ASB; expected a"),
        ("t.csv", "Police force,2011/12\nKent,4\n", "expected a period, in a column such as"),
        ("t.csv", "Mesure,Area,2019-10\nRobbery,Kent,4\n", "found the columns mesure, area,"),
        ("t.ods", b"", "t.ods: found something else; expected an ODS workbook, whole."),
        ("t.ods", boasting({"content.xml": "few"}), "t.ods: found something else; expected an ODS"),
        ("t.xlsx", repacked(grid(["a"]), sharedStrings=b"<sst/>"), "t.xlsx, Sheet1: found "),
        ("t.ods", ods({"T": ods_rows(["a"])})[:-30], "t.ods: found something else; expected"),
        ("t.ods", ods({"T": ods_rows(["a"])}), "t.ods: found no table of figures by police force"),
        ("t.ods", ods({"T": "<table:table-row"}), "t.ods: found "),
        (
            "t.ods",
            ods({}, manifest="<encryption-data/>"),
            "t.ods: found a workbook with a password; expected one without.",
        ),
        ("t.ods", ods({"T": FAR}), "t.ods: found a sheet that would fill 9,000,009 cells"),
        ("t.ods", ods({"T": FAR.replace('"9"', '"x"')}), "t.ods: found something else; expected"),
    ],
)  # fmt: skip
def test_what_is_no_such_table_or_not_to_be_trusted_is_refused(put, name, content, said):
    assert said in refusal(put(name, content))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("31-03-2019,Devon", "31-13-2019,Devon", "row 2, column “12 months ending”: found “31-13"),
        (",Devon & Cornwall,South West,Robbery,12", ",,South West,Robbery,12",
         "row 2, column “PFA”: found nothing; expected the name of a force."),
        (",Robbery,12\n", ",Robbery,12,13\n", "row 2: found 6 cells; expected at most 5, as in"),
    ],
)  # fmt: skip
def test_a_wrong_row_of_a_published_table_is_told_by_its_place(put, old, new, fault):
    [said] = read(put("crime.csv", LONG.replace(old, new)))[1]
    assert f"crime.csv, {fault}" in said


# ---- periods that no column says ----

P1: list[list[Any]] = [
    ["Table P1: Police recorded crime by police force area, rate per 1,000 people, year ending"
     " June 2025 [note 1]"],
    ["This sheet contains one table."],
    ["Area Code", "Area Name", "Total\n (excluding fraud) [note 2]", "Robbery"],
    ["K04000001", "ENGLAND AND WALES", 80, 1.2],
    ["E12000005", "West Midlands [note 3]", 70, 1.1],
    ["E23000014", "West Midlands", 99, 2.2],
    ["W15000001", "Dyfed-Powys", 60, "[x]"],
]  # fmt: skip


def test_a_title_may_say_the_period_of_the_whole_table_and_next_year_the_measure_is_the_same(put):
    rows = as_text(P1)
    reads, faults, notes = read(put("p1.xlsx", grid(*rows)))
    total, robbery = (
        f"Police recorded crime (rate per 1,000 people): {what}"
        for what in ("Total (excluding fraud)", "Robbery")
    )
    june = "12 months to 2025-06"
    assert reads == [
        (total, "Dyfed-Powys", june, "60"),
        (robbery, "Dyfed-Powys", june, "[x]"),
        (total, "West Midlands", june, "99"),
        (robbery, "West Midlands", june, "2.2"),
    ]
    assert faults == []
    assert "England and Wales, West Midlands" in notes[1].title().replace(" And ", " and ")
    rows[0] = [rows[0][0].replace("June 2025", "June 2026")]
    again = read(put("next.xlsx", grid(*rows)))[0]
    assert [one[0] for one in again] == [one[0] for one in reads]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Use of force, 2018/19", "12 months to 2019-03"),
        ("Officers as at 30 September 2019, by force", "2019-09"),
        ("Deaths in the year to March 20202", "12 months to 2020-03"),
        ("Stops, twelve months ending 31 December 2021", "12 months to 2021-12"),
        ("Crime, year ending June 2024 and year ending June 2025", ""),
        ("Crime in 2019", ""),
        ("Crime, 2019/21", ""),
    ],
)
def test_a_period_is_taken_from_a_title_only_where_it_names_one(title, period):
    assert span_in(title) == period


def test_a_financial_quarter_stands_in_two_columns(put):
    text = (
        "Financial Year,Financial Quarter,Force Name,Offence Description,Offence Code,Number\n"
        "2003/04,1,Kent,Arson,56A,5\n2003/04,Q4,Kent,Arson,56A,7\n2003/04,5,Kent,Arson,56A,7\n"
    )
    reads, [fault], _notes = read(put("quarters.csv", text))
    assert reads == [("Arson", "Kent", "2003/04-Q1", "5"), ("Arson", "Kent", "2003/04-Q4", "7")]
    assert "row 4, column “Financial Year”: found “2003/04 Q5”" in fault


def test_a_financial_year_is_no_month(put):
    text = "Financial year,Force,Count\n2003/04,Kent,5\n"
    assert read(put("years.csv", text))[0] == [("years", "Kent", "12 months to 2004-03", "5")]


# ---- which West Midlands ----

MIDLANDS = "Force,2019,2020\nEast Midlands,8,8\n{}West Midlands,7,7\n{}West Midlands,9,9\n"


@pytest.mark.parametrize(("first", "last", "of_force"), [
    ("Leicestershire,1,1\n", "Staffordshire,1,1\nWest Mercia,1,1\n", "9"),
    ("West Mercia,1,1\n", "Wiltshire,1,1\n", "7"),
])  # fmt: skip
def test_the_force_of_the_west_midlands_is_known_by_its_neighbour_not_its_size(
    put, first, last, of_force
):
    reads, faults, _notes = read(put("rates.csv", MIDLANDS.format(first, last)))
    assert [r[3] for r in reads if r[1] == "West Midlands"] == [of_force, of_force]
    assert faults == []


@pytest.mark.parametrize("text", [
    MIDLANDS.format("", ""),
    "Force,2019,2020\nEast Midlands,8,8\nWest Midlands,7,7\nKent,1,1\n",
])  # fmt: skip
def test_where_region_and_force_cannot_be_told_apart_nothing_is_guessed(put, text):
    reads, faults, _notes = read(put("rates.csv", text))
    assert "West Midlands" not in {r[1] for r in reads}
    assert "the force after West Mercia, and the region under another name or code" in faults[0]


# ---- what would be read by half ----

FAILED = (
    '<table:table-row><table:table-cell table:formula="of:=1/0" office:value-type="float"'
    ' office:value="0"><text:p>{}</text:p></table:table-cell></table:table-row>'
)


@pytest.mark.parametrize("error", ["#DIV/0!", "#REF!", "Err:502"])
def test_a_formula_that_failed_is_no_nought(put, error):
    path = put("t.ods", ods({"Cover": ods_rows(["a"]), "T": FAILED.format(error)}))
    said = "t.ods, T, row 1: found a formula that failed, such as #REF! or #N/A; expected a value"
    assert said in refusal(path)


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("Kent,1,2\nTable 2: B\nForce,2019,2020\nKent,3,4\n", "row 5: found “Force”; expected one"),
        ("Kent,1,2\nNotes\n,2019,2020\nKent,3,4\n", "row 5: found nothing; expected one table"),
        ("London, City of,1,2\n", "row 3: found 4 cells; expected at most 3, as in the heading."),
    ],
)
def test_a_second_table_or_a_shifted_row_is_told_by_its_place(put, rows, fault):
    [said] = read(put("t.csv", f"Table 1: A\nForce,2019,2020\n{rows}"))[1]
    assert fault in said


def test_a_table_of_areas_within_forces_is_none_of_forces(put):
    text = "Force,CSP Name,2019,2020\nKent,Dover,1,2\n"
    assert "row 1: found “CSP Name”; expected a table of whole forces." in refusal(
        put("csp.csv", text)
    )


def test_a_workbook_of_too_many_sheets_is_refused_and_not_read_in_part(put):
    sheets = {f"S{n}": ods_rows(["a"]) for n in range(201)}
    assert "found 201 sheets; expected at most 200." in refusal(put("many.ods", ods(sheets)))
