"""The financial year so far beside what was expected at its start; honest where it cannot be."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peelian.figures.assess import assess
from peelian.figures.assessments import refresh
from peelian.figures.models import Assessment
from peelian.figures.year import counts_by_month, worked_out
from peelian.record.scope import PUBLIC
from tests.figures.test_assess import observe
from tests.makers import make

pytestmark = pytest.mark.django_db
BEFORE = [90.0, 110.0] * 7 + [100.0]  # January 2019 to March 2020
STEADY = [*BEFORE, 95.0, 105.0, 100.0]
PAGE = "/measures/robbery/year/"


@pytest.fixture
def force(db):
    return make("area", reference="force", title="The force", level="force_area")


@pytest.fixture
def robbery(force):
    return make("measure", reference="robbery", title="Robbery", unit="offences")


def the_year(measure, area):
    return worked_out(assess([measure], PUBLIC)[measure.pk, area.pk])


@pytest.mark.parametrize(
    ("months", "beside"),
    [([95, 105, 100], 0), ([180, 190, 170], 1), ([20, 25, 30], -1)],
)
def test_the_sum_so_far_is_within_above_or_below_what_was_expected(robbery, force, months, beside):
    observe(robbery, force, [*BEFORE, *months])
    year = the_year(robbery, force)
    assert year.starts == "2020-04-01"
    assert (year.beside, year.so_far[-1]) == (beside, sum(months))
    mean, low, high = (line[2] for line in year.by_month)
    assert low < mean < high
    assert mean == pytest.approx(300, abs=15)
    assert year.ends[1] < year.ends[0] < year.ends[2]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (STEADY[5:], "short"),
        ([*BEFORE, 95.0, None, 100.0], "gap"),
        ([100.0, 90.0], "gap"),  # its year began before there were figures
        ([*[None] * 5, *BEFORE[5:], 100.0], "short"),
    ],
)
def test_it_says_why_nothing_was_expected(robbery, force, values, why):
    observe(robbery, force, values)
    year = the_year(robbery, force)
    assert (year.why, year.by_month) == (why, ())


def test_nothing_is_expected_from_figures_counted_in_another_way(robbery, force):
    observe(robbery, force, STEADY)
    make("phase", reference="p", parent=robbery, starts="2019-09-01", decision="accepted")
    assert the_year(robbery, force).why == "short"


def test_a_gap_long_ago_does_no_harm(robbery, force):
    observe(robbery, force, [None, *STEADY[1:4], None, *STEADY[5:]])
    assert not the_year(robbery, force).why


def test_a_whole_year_is_not_expected_any_more(robbery, force, client):
    observe(robbery, force, [*BEFORE, *[100.0] * 12])
    refresh()
    page = client.get(PAGE).content.decode()
    assert "1,200 from April 2020 to March 2021" in page
    assert "If the rest of the year" not in page


@pytest.mark.parametrize(
    ("unit", "frequency", "counts"),
    [
        ("offences", "monthly", True),
        ("%", "monthly", False),
        ("seconds", "monthly", False),
        ("offences", "quarterly", False),
        ("files outstanding", "monthly", False),
    ],
)
def test_only_what_adds_up_by_the_month_has_a_year(db, unit, frequency, counts):
    assert counts_by_month(make("measure", unit=unit, frequency=frequency)) is counts


def test_the_page_says_it_draws_it_and_gives_the_months_as_a_table(robbery, force, client):
    observe(robbery, force, STEADY)
    refresh()
    page = client.get(PAGE).content.decode()
    assert "300 from April 2020 to June 2020: within what was expected" in page
    assert "If the rest of the year goes as the past suggests" in page
    assert "Robbery: The force, the sum so far beside what was expected" in page
    assert "Robbery in The force: the year so far, and what was expected at its start" in page
    assert PAGE in client.get("/measures/robbery/").content.decode()


def test_it_is_worked_out_once_until_figures_change(robbery, force, client):
    observe(robbery, force, STEADY)
    refresh()
    client.get(PAGE)
    kept = Assessment.objects.get().year
    assert math.isclose(sum(kept["values"]), 300)
    with CaptureQueriesContext(connection) as seen:
        client.get(PAGE)
    assert len(seen) <= 8
    observe(robbery, force, {dt.date(2020, 7, 1): 140.0})
    refresh()
    assert Assessment.objects.get().year is None
    assert "440 from April 2020 to July 2020" in client.get(PAGE).content.decode()


def test_what_is_not_public_has_no_year(robbery, force, client):
    secret = make("measure", reference="secret", status="draft")
    nowhere = make("area", reference="nowhere", status="draft", level="local_policing_area")
    for measure, area in ((secret, force), (robbery, nowhere), (robbery, force)):
        observe(measure, area, STEADY)
    refresh()
    for address in (
        "/measures/secret/year/",
        "/measures/unknown/year/",
        f"{PAGE}?area=nowhere",
        f"{PAGE}?area=x",
    ):
        assert client.get(address).status_code == 404
    assert "nowhere" not in client.get(PAGE).content.decode()


def test_a_measure_that_does_not_add_up_says_so(force, client):
    observe(make("measure", reference="share", unit="%"), force, STEADY)
    refresh()
    assert "cannot be added up" in client.get("/measures/share/year/").content.decode()


def test_a_measure_without_figures_says_so(robbery, client):
    assert "No figures have been loaded" in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}?area=x").status_code == 404
    assert PAGE not in client.get("/measures/robbery/").content.decode()
