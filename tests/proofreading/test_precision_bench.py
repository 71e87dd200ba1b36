"""The measure that the checks are held against: what meets a wanted finding and what does not."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bench.expected import MEASURED, Row, judge, read_rows
from peelian.intake.document import Origin
from peelian.proofreading.findings import Confidence, Finding, Place

BENCH = Path(__file__).parents[2] / "bench"
TABLES = sorted(BENCH.glob("*/expected.csv"))
MADE_UP = [table.parent.name for table in TABLES if table.parent.name != "founding"]


def row(
    check: str, *stretches: tuple[int, int], words: str = "", sure: bool = True, file: str = ""
) -> Row:
    return Row(f"{check}-1", tuple(check.split("|")), stretches, words, "", sure, file=file)


def place(line: int, quotation: str = "", file: str = "report.txt") -> Place:
    return Place(Origin(file, line=line, order=line - 1), quotation)


def finding(check: str, *places: Place, reason: str = "") -> Finding:
    return Finding(places[0], reason, "", Confidence.LIKELY, others=places[1:], check=check)


@pytest.mark.parametrize(
    ("wanted", "found", "is_met"),
    [
        (row("stale-future", (40, 40)), finding("stale-future", place(43)), True),
        (row("stale-future", (40, 40)), finding("stale-future", place(44)), False),
        (row("stale-future", (40, 60)), finding("stale-future", place(63)), True),
        (row("stale-future", (40, 40)), finding("contradiction", place(40)), False),
        (
            row("broken-reference|item-without-paper", (40, 40)),
            finding("item-without-paper", place(40)),
            True,
        ),
        (
            row("stale-future", (40, 40), words="will be held"),
            finding("stale-future", place(90, "Interviews  Will be\nheld soon")),
            True,
        ),
        (
            row("stale-future", (40, 40), words="will be"),
            finding("stale-future", place(90, "It will be")),
            False,
        ),
        (
            row("stale-future", (40, 40), file="other.txt"),
            finding("stale-future", place(40)),
            False,
        ),
        (row("chained-reference", (9, 9)), finding("chained-reference", place(99), place(9)), True),
    ],
)
def test_a_finding_meets_a_row_of_its_check_at_its_lines_or_in_its_words(wanted, found, is_met):
    assert wanted.is_met_by(found) is is_met


@pytest.mark.parametrize("check", ["contradiction", "copied-paragraph"])
def test_of_two_places_that_disagree_both_are_to_be_found(check):
    wanted = row(check, (10, 12), (80, 80))
    assert wanted.is_met_by(finding(check, place(80), place(11)))
    assert not wanted.is_met_by(finding(check, place(80), place(200)))
    assert not wanted.is_met_by(finding(check, place(80), place(81)))
    assert wanted.is_met_by(finding(check, place(80)))


@pytest.mark.parametrize(
    ("reason", "quotation", "is_met"),
    [
        ("PACE is not spelled out.", "peer support on PACE, APP and more of the day", True),
        ("APP is not spelled out.", "peer support on PACE, APP and more of the day", False),
        ("It is not spelled out.", "PACE", True),
        ("PACER is not spelled out.", "peer support on PACE, APP and more of the day", False),
    ],
)
def test_an_abbreviation_is_told_by_its_name_wherever_it_stands(reason, quotation, is_met):
    wanted = row("undefined-abbreviation", (5, 5), words="PACE")
    found = finding("undefined-abbreviation", place(70, quotation), reason=reason)
    assert wanted.is_met_by(found) is is_met


def test_what_only_meets_arguable_rows_is_neither_right_nor_wrong():
    rows = [row("stale-future", (10, 10)), row("stale-future", (50, 50), sure=False)]
    places = [place(10), place(50), place(90)]
    judged = judge([finding("stale-future", one) for one in places], rows)
    assert [one.is_right for one in judged] == [True, False, False]
    assert [one.is_wrong for one in judged] == [False, False, True]


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.parent.name)
def test_a_table_quotes_no_more_than_it_takes_to_find_the_place(table):
    rows = read_rows(table)
    assert len({one.id for one in rows}) == len(rows)
    assert max(len(one.words.split()) for one in rows) <= 6
    assert {check for one in rows for check in one.checks} <= MEASURED


@pytest.mark.parametrize("folder", MADE_UP)
def test_a_row_quotes_a_line_that_it_names_and_no_blank_one(folder):
    for one in read_rows(BENCH / folder / "expected.csv"):
        lines = (BENCH / folder / one.file).read_text(encoding="utf-8").splitlines()
        named = [" ".join(lines[first - 1 : last + 1]) for first, last in one.stretches]
        assert any(one.words in words for words in named), one.id
        assert all(lines[n - 1].strip() for stretch in one.stretches for n in stretch), one.id


@pytest.mark.parametrize("folder", MADE_UP)
def test_the_day_of_each_document_is_written_down(folder):
    with (BENCH / "days.csv").open(encoding="utf-8", newline="") as file:
        days = {line["file"] for line in csv.DictReader(file)}
    named = {path.name for path in (BENCH / folder).glob("*.txt")}
    assert {name for name in named if not name.endswith(".earlier.txt")} <= days


@pytest.mark.parametrize("sureness", ["", "certain"])
def test_a_row_that_says_not_how_sure_it_is_is_refused(tmp_path, sureness):
    table = tmp_path / "expected.csv"
    head = "id,check,line,other_lines,quotation_start,what,sureness,note"
    table.write_text(f"{head}\nx,stale-future,1,,,w,{sureness},\n")
    with pytest.raises(ValueError, match="neither sure nor arguable"):
        read_rows(table)
