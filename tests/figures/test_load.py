"""Figures are appended: a revision is a further vintage, and what was known stays known."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest

from peelian.figures.models import Observation
from peelian.intake.tables import Rejected
from peelian.record.access import Command
from peelian.record.load import load_file
from tests.makers import make

pytestmark = pytest.mark.django_db

HEAD = "measure,area,period,value,as_at,source,illustrative,note"
NOVEMBER = "robbery,north,2019-11,12,2019-12-05,The force,no,"
DECEMBER = 'robbery,north,2019-12,"1,234,567.25",2020-01-05,The force,yes,Made up'
TABLE = f"{HEAD}\n{NOVEMBER}\n{DECEMBER}\n"


@pytest.fixture(autouse=True)
def register(db):
    make("area", reference="north", title="North")
    make("measure", reference="robbery", title="Robbery")
    make("measure", reference="complaints", title="Complaints", frequency="quarterly")


@pytest.fixture
def load(tmp_path):
    def loaded(text: str, name: str = "observations-2019.csv") -> dict[str, int]:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        return dict(load_file(path, by=Command("peelian load")).outcome)

    return loaded


def stored() -> list[dict[str, Any]]:
    return list(Observation.objects.order_by("period", "known", "pk").values())


def refusal(load, text: str) -> str:
    before = stored()
    with pytest.raises(Rejected) as refused:
        load(text)
    assert stored() == before
    return str(refused.value)


def test_a_row_is_a_value_as_known_on_a_day_with_where_it_comes_from(load):
    assert load(TABLE) == {"new": 2}
    observation = Observation.objects.get(period="2019-12-01")
    assert (observation.measure.reference, observation.area.reference) == ("robbery", "north")
    assert (observation.value, observation.known) == (1_234_567.25, dt.date(2020, 1, 5))
    assert (observation.source, observation.illustrative, observation.note) == (
        "The force",
        True,
        "Made up",
    )
    assert (observation.came_in.file, observation.row) == ("observations-2019.csv", 3)
    assert observation.came_in.loaded_by == "peelian load"


def test_loading_again_adds_nothing(load):
    load(TABLE)
    before = stored()
    assert load(TABLE) == {"same": 2}
    assert load(TABLE, "observations-again.csv") == {"same": 2}
    assert stored() == before


def test_a_later_vintage_is_added_and_the_earlier_one_stays(load):
    load(TABLE)
    before = stored()
    revised = NOVEMBER.replace(",12,2019-12-05", ",14,2020-01-05")
    assert load(f"{HEAD}\n{NOVEMBER}\n{revised}\n") == {"same": 1, "revised": 1}
    after = stored()
    assert [row for row in after if row in before] == before
    assert [(row["value"], str(row["known"])) for row in after][:2] == [
        (12.0, "2019-12-05"),
        (14.0, "2020-01-05"),
    ]


def test_another_value_for_the_same_day_is_refused_with_the_value_that_is_stored(load):
    load(TABLE)
    revised = TABLE.replace("1,234,567.25", "1,234,568.25").replace(",12,", ",13,")
    assert refusal(load, revised).splitlines() == [
        "observations-2019.csv, row 2, column “value”: found “13”; expected 12, as stored for this "
        "day; give a revision its own as_at.",
        "observations-2019.csv, row 3, column “value”: found “1234568.25”; expected 1234567.25, "
        "as stored for this day; give a revision its own as_at.",
    ]


def test_a_month_twice_in_a_file_is_refused_with_both_rows(load):
    assert refusal(load, f"{TABLE}{NOVEMBER}\n") == (
        "observations-2019.csv, row 4, column “period”: found “2019-11”; expected each month of a "
        "series once (it is in row 2 too)."
    )


def test_another_source_or_another_day_is_another_series(load):
    other = NOVEMBER.replace("The force", "Home Office")
    assert load(f"{TABLE}{other}\n") == {"new": 3}


WRONG = [
    ("robbery", "arson", "column “measure”: found “arson”; expected the reference of a measure on"),
    ("robbery", "", "column “measure”: found nothing; expected the reference of a measure on the"),
    ("north", "south", "column “area”: found “south”; expected the reference of an area on the"),
    ("2019-11", "2019-13", "column “period”: found “2019-13”; expected a month like 2019-12."),
    ("2019-11", "11/2019", "column “period”: found “11/2019”; expected a month like 2019-12."),
    ("2019-11", "2019/20-Q3", "found “2019/20-Q3”; expected a month like 2019-12."),
    (
        "robbery,north,2019-11",
        "complaints,north,2019-11",
        "“2019-11”; expected a quarter like 2019",
    ),
    ("2019-12-05", "5/12/2019", "“as_at”: found “5/12/2019”; expected a date like 2020-01-20."),
    ("2019-12-05", "", "column “as_at”: found nothing; expected a date like 2020-01-20."),
    ("12,2", ",2", "column “value”: found nothing; expected a number."),
    ("12,2", "twelve,2", "column “value”: found “twelve”; expected a number."),
    ("12,2", "NaN,2", "column “value”: found “NaN”; expected a number."),
    ("12,2", "inf,2", "column “value”: found “inf”; expected a number."),
    ("12,2", "1e999,2", "column “value”: found “1e999”; expected a number."),
    ("12,2", '"1,5",2', "column “value”: found “1,5”; expected a number."),
    ("The force", "", "column “source”: found nothing; expected where the figure comes from."),
    ("The force", "x" * 301, "…”; expected at most 300 characters."),
    ("no,", "no," + "x" * 301, "…”; expected at most 300 characters."),
    (",no,", ",perhaps,", "column “illustrative”: found “perhaps”; expected yes or no."),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_a_wrong_cell_is_told_and_the_good_rows_are_not_kept(load, old, new, said):
    load(f"{HEAD}\n{NOVEMBER.replace('2019-11', '2019-10')}\n")  # what was there before stays
    found = refusal(load, f"{HEAD}\n{DECEMBER}\n{NOVEMBER.replace(old, new)}\n")
    assert found.startswith("observations-2019.csv, row 3, column “")
    assert said in found
    assert "\n" not in found


def test_every_wrong_cell_of_a_row_is_told_and_of_at_most_two_hundred_rows(load):
    bad = "arson,south,then,much,soon,,perhaps,\n"
    columns = ["measure", "area", "as_at", "value", "source", "illustrative"]
    said = refusal(load, f"{HEAD}\n{bad}").splitlines()
    assert [line.partition("“")[2].partition("”")[0] for line in said] == columns
    assert len(refusal(load, f"{HEAD}\n{bad * 300}").splitlines()) <= 205


def test_an_unknown_column_is_refused_not_passed_over(load):
    table = TABLE.replace("illustrative", "ilustrative")
    assert "row 1, column “ilustrative”: found “ilustrative”; expected one of measure, area," in (
        refusal(load, table)
    )


def test_a_workbook_of_figures_is_loaded_as_its_text_would_be(tmp_path):
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD.split(","))
        sheet.write_row(1, 0, ["robbery", "north", "2019-11", 12.5])
        sheet.write_datetime(1, 4, dt.datetime(2019, 12, 5), day)
        sheet.write_row(1, 5, ["The force", True])
    path = tmp_path / "observations.xlsx"
    path.write_bytes(out.getvalue())
    assert load_file(path, by=Command("peelian load")).outcome == {"new": 1}
    (row,) = stored()
    assert (row["value"], row["known"], row["illustrative"]) == (12.5, dt.date(2019, 12, 5), True)
