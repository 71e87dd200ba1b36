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
        (",Robbery,12\n", ",Robbery,12,13\n", ""),
    ],
)  # fmt: skip
def test_a_wrong_row_of_a_published_table_is_told_by_its_place(put, old, new, fault):
    if not fault:
        assert read(put("crime.csv", LONG.replace(old, new)))[0][0][3] == "12"
        return
    [said] = read(put("crime.csv", LONG.replace(old, new)))[1]
    assert f"crime.csv, {fault}" in said
