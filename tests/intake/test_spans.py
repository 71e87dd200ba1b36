"""The periods that published tables name, in the many ways they do."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.figures.periods import months_on, parse_period, written
from peelian.intake.spans import span, spans, unmarked

FEBRUARY_CANNOT_HAVE = "31-02-2019"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Apr 2019 to Mar 2020", "12 months to 2020-03"),
        ("April 2019 – March 2020 [note 1]", "12 months to 2020-03"),
        ("Jan to Dec 2019", "12 months to 2019-12"),
        ("Year ending March 2020", "12 months to 2020-03"),
        ("12 months ending 30-12-2017", "12 months to 2017-12"),
        ("12 months to Sep 2019 [p]", "12 months to 2019-09"),
        ("2019/20", "12 months to 2020-03"),
        ("2019-20", "12 months to 2020-03"),
        ("2019/2020", "12 months to 2020-03"),
        ("Oct to Dec 2019", "2019/20-Q3"),
        ("January 2020 to March 2020", "2019/20-Q4"),
        ("Q2 2019/20", "2019/20-Q2"),
        ("2019/20 Q2", "2019/20-Q2"),
        ("2019/20-Q2", "2019/20-Q2"),
        ("Mar-19", "2019-03"),
        ("as at 30 September 2019", "2019-09"),
        ("30 September 20122", "2012-09"),
        ("31 March 20191,2", "2019-03"),
        ("31-03-2003", "2003-03"),
        ("31/03/2003", "2003-03"),
        ("2019-09-30", "2019-09"),
        ("2019", "2019"),
        ("2019 [note 2]", "2019"),
        (FEBRUARY_CANNOT_HAVE, None),
        ("Feb to Apr 2019", None),
        ("Apr 2018 to Sep 2019", None),
        ("2019/21", None),
        ("1066", None),
        ("5434", None),
        ("Number", None),
        ("% change", None),
        ("Change in 12 months Sep-18 to Sep-19", None),
        ("", None),
    ],
)
def test_a_heading_names_its_period_however_it_is_written(text: str, period: str | None) -> None:
    assert span(text) == period


def test_a_month_under_twelve_months_ending_is_the_last_of_the_twelve() -> None:
    assert span("31-03-2003", rolling=True) == "12 months to 2003-03"
    assert span("2003", rolling=True) is None


@pytest.mark.parametrize(
    ("row", "periods"),
    [
        (["", "2010/11", "2011/12"], [None, "12 months to 2011-03", "12 months to 2012-03"]),
        (["", "2011/11", "2011/12"], [None, "2011-11", None]),
        (["", "2011/12"], [None, None]),
        (["", "2018/19"], [None, "12 months to 2019-03"]),
        (["", "04/05", "05/06"], [None, "12 months to 2005-03", "12 months to 2006-03"]),
    ],
)
def test_what_may_be_a_month_or_a_year_is_told_by_its_neighbours_or_is_neither(
    row: list[str], periods: list[str | None]
) -> None:
    assert spans(row) == periods


MONTHS = st.dates(dt.date(1950, 1, 1), dt.date(2098, 12, 31)).map(lambda day: day.replace(day=1))


@given(MONTHS)
def test_every_month_is_read_back_from_every_way_to_write_it(month: dt.date) -> None:
    ways = ("%Y-%m", "%B %Y", "%b %Y", "%d %B %Y", "%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%b %Y [r]")
    assert {span(month.strftime(way)) for way in ways} == {f"{month:%Y-%m}"}


@given(MONTHS)
def test_every_twelve_months_are_kept_by_the_month_they_begin_with(first: dt.date) -> None:
    last = months_on(first, 11)
    found = span(f"{first:%b %Y} to {last:%b %Y}")
    assert found == span(f"Year ending {last:%B %Y}") == f"12 months to {last:%Y-%m}"
    assert parse_period(found, "rolling_year") == first


@given(MONTHS.filter(lambda month: month.month % 3 == 1))
def test_every_quarter_is_read_back_from_its_months(first: dt.date) -> None:
    found = span(f"{first:%b} to {months_on(first, 2):%b %Y}")
    assert found == written("quarterly", first)


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_the_reading(text: str) -> None:
    assert spans([text]) in ([span(text)], [None]) or span(text) is None
    assert "[note" not in unmarked(f"{text} [note 1]")
