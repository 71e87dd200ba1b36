"""Downloads: what the list shows, safe to open, with numbers as numbers and dates as dates."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from peelian.pages import export, tables
from peelian.record.kinds import kind_named
from peelian.record.scope import PUBLIC
from tests.makers import amend, make, make_tree


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+44 1905 331000",
    "-2+3",
    "-5%",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_a_spreadsheet_would_run_is_told_to_be_text(text: str) -> None:
    [_head, [cell]] = read_csv(export.as_csv(["Title"], [[text]]))
    assert cell == "'" + text
    [_head, [cell]] = read_xlsx(export.as_xlsx(["Title"], [[text]]))
    assert cell.replace("\n", "\r") == text.replace("\n", "\r"), "kept as text, not as a formula"


@pytest.mark.parametrize("text", ["A-1", "a=b", "’tis", "2016-A4.6", "5%", "", "é", " =1"])
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert read_csv(export.as_csv(["x", "y"], [[text, "end"]]))[1] == [text, "end"]


@pytest.mark.parametrize(
    ("value", "as_text", "as_cell"),
    [
        (-5, "-5", -5.0),
        (-0.25, "-0.25", -0.25),
        (1234567, "1234567", 1234567.0),
        (True, "True", True),
        (None, "", ""),
        (dt.date(2020, 2, 5), "2020-02-05", dt.date(2020, 2, 5)),
        (dt.date(1829, 9, 29), "1829-09-29", "1829-09-29"),
        (dt.date(1900, 1, 1), "1900-01-01", "1900-01-01"),
        (dt.time(11, 30), "11:30:00", "11:30:00"),
        ("x" * 40_000, "x" * 40_000, "x" * 32_766 + "…"),
        ("two\nlines", "two\nlines", "two\nlines"),
        ("0123", "0123", "0123"),
        ("https://example.org", "https://example.org", "https://example.org"),
    ],
)
def test_values_keep_their_kind(value: Any, as_text: str, as_cell: Any) -> None:
    assert read_csv(export.as_csv(["v", "end"], [[value, "end"]]))[1] == [as_text, "end"]
    assert read_xlsx(export.as_xlsx(["v", "end"], [[value, "end"]]))[1] == [as_cell, "end"]


def test_excel_is_told_that_a_csv_is_utf8_and_lines_end_as_rfc_4180_says() -> None:
    content = export.as_csv(["Title"], [["Llŷn"]])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")


def test_a_table_without_rows_still_has_its_head() -> None:
    assert read_csv(export.as_csv(["a", "b"], [])) == [["a", "b"]]
    assert read_xlsx(export.as_xlsx(["a", "b"], [])) == [["a", "b"]]


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
            st.integers(-(10**9), 10**9),
            st.dates(dt.date(1901, 1, 1)),
        ),
        max_size=5,
    )
)
@settings(max_examples=40)
def test_both_forms_say_the_same(rows: list[tuple[str, int, dt.date]]) -> None:
    head = ["text", "number", "day"]
    in_csv = read_csv(export.as_csv(head, rows))[1:]
    in_xlsx = read_xlsx(export.as_xlsx(head, rows))[1:]
    for in_row, (text, number, day) in zip(in_csv, rows, strict=True):
        assert in_row[0] in (text, "'" + text)
        assert in_row[1:] == [str(number), day.isoformat()]
    assert [tuple(row) for row in in_xlsx] == [tuple(row) for row in rows]


def test_a_download_names_its_file_and_form() -> None:
    response = export.respond("plans", ["Title"], [["x"]], "xlsx")
    assert response["Content-Type"] == export.XLSX
    assert response["Content-Disposition"].startswith('attachment; filename="plans-2')
    assert response["Content-Disposition"].endswith('.xlsx"')
    assert export.respond("plans", [], [], "csv")["Content-Type"] == "text/csv; charset=utf-8"


# ---- the rows that are downloaded ----


@pytest.mark.django_db
def test_a_public_row_names_no_record_that_is_not_public() -> None:
    tree = make_tree()
    hidden = make("oversight-mechanism", status="draft", title="Hidden board")
    owner = make("role", status="draft", title="Hidden role")
    activity = make(
        "activity",
        parent=tree["commitment"],
        owner=owner,
        overseen_by=[hidden, tree["oversight-mechanism"]],
    )
    amend(activity, title="Proposed")
    kind = kind_named("activity")
    columns = [*tables.export_columns(kind), "overseen_by"]
    rows = tables.rows(kind, list(PUBLIC.of(kind).in_order()), columns, PUBLIC)
    said = " ".join(str(cell.value) + cell.text + cell.url for row in rows for cell in row.cells)
    assert "Hidden" not in said
    assert "Proposed" not in said
    assert tree["oversight-mechanism"].title in said


@pytest.mark.django_db
def test_a_public_filter_offers_nothing_that_only_a_hidden_record_uses() -> None:
    owner = make("role", title="Used by a draft only")
    make("commitment", status="draft", owner=owner)
    kind = kind_named("commitment")
    offered = dict(tables.FilterForm(kind, PUBLIC, {}).fields["owner"].choices)  # type: ignore[attr-defined]
    assert str(owner.pk) not in offered
    assert not PUBLIC.of(kind).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({}, ["a", "b"]),
        ({"q": "visit"}, ["a"]),
        ({"q": "DUE"}, ["b"]),
        ({"q": "a\0"}, []),
        ({"q": "%"}, []),
        ({"progress": "at_risk"}, ["b"]),
        ({"progress": "nonsense"}, []),
        ({"owner": "999999"}, []),
        ({"q": "visit", "progress": "at_risk"}, []),
        ({"unknown": "x"}, ["a", "b"]),
    ],
)
def test_filters_narrow_and_never_fail(answers: dict[str, str], found: list[str]) -> None:
    parent = make("commitment")
    make("activity", reference="a", title="Visit", parent=parent)
    make("activity", reference="b", title="x", text="Overdue", progress="at_risk", parent=parent)
    kind = kind_named("activity")
    narrowed = tables.FilterForm(kind, PUBLIC, answers).narrow(PUBLIC.of(kind).in_order())
    assert [record.reference for record in narrowed] == found
