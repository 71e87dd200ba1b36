"""Periods: written and read back, one after the other, by their proper names."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.figures.periods import (
    aloud,
    end_of,
    holding,
    is_regular,
    parse_period,
    period_label,
    short_label,
    step_on,
    written,
)

REGULAR = ("weekly", "monthly", "quarterly", "yearly")
days = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))


@given(days, st.sampled_from(REGULAR))
def test_a_period_is_read_back_as_it_is_written(day, frequency):
    period = holding(frequency, day)
    assert parse_period(written(frequency, period), frequency) == period
    assert period <= day <= end_of(frequency, period)


@given(days, st.sampled_from(REGULAR), st.integers(-40, 40))
def test_periods_follow_one_another_without_gap_or_overlap(day, frequency, steps):
    period = holding(frequency, day)
    there = step_on(frequency, period, steps)
    assert step_on(frequency, there, -steps) == period
    assert holding(frequency, there) == there
    assert end_of(frequency, period) + dt.timedelta(days=1) == step_on(frequency, period, 1)


@given(st.text(max_size=12), st.sampled_from((*REGULAR, "rolling_year")))
def test_any_text_is_a_period_or_is_none(text, frequency):
    period = parse_period(text, frequency)
    assert period is None or frequency == "rolling_year" or holding(frequency, period) == period


@pytest.mark.parametrize(
    "text", ["2019/99-Q3", "19/20-Q3", "2019/20-Q5", "2019/20-Q0", "2019-12", "2019/20", "", "Q3"]
)
def test_a_quarter_is_written_in_one_way(text):
    assert parse_period("2019/20-Q4", "quarterly") == dt.date(2020, 1, 1)
    assert parse_period(text, "quarterly") is None


def test_rolling_years_overlap_and_so_follow_in_no_step():
    assert not is_regular("rolling_year")
    with pytest.raises(KeyError):
        step_on("rolling_year", dt.date(2019, 1, 1), 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2019-12", "December 2019"),
        ("12 months to 2019-06", "12 months to June 2019"),
        ("2019/20-Q3", "Q3 2019/20"),
        ("2019", "2019"),
        ("summer", "summer"),
        ("12 months to summer", "12 months to summer"),
        ("", ""),
    ],
)
def test_a_period_that_a_document_quotes_is_read_aloud(text, words):
    assert aloud(text) == words


@pytest.mark.parametrize(
    ("frequency", "period", "label", "short"),
    [
        ("weekly", dt.date(2019, 12, 9), "Week of 9 December 2019", "9 Dec 19"),
        ("monthly", dt.date(2019, 12, 1), "December 2019", "Dec 19"),
        ("quarterly", dt.date(2020, 1, 1), "Q4 2019/20", "Q4 2019/20"),
        ("yearly", dt.date(2019, 1, 1), "2019", "2019"),
        ("rolling_year", dt.date(2018, 7, 1), "12 months to June 2019", "Jun 19"),
    ],
)
def test_a_period_has_a_long_and_a_short_name(frequency, period, label, short):
    assert (period_label(frequency, period), short_label(frequency, period)) == (label, short)
