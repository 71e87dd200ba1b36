"""A series as a chart: which signals are good news, and how periods are named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from peelian.figures.assess import Series, assess
from peelian.figures.charts import chart_of, meanings_of
from peelian.figures.edition import measure_blocks, values_table
from peelian.figures.periods import months_on, period_label
from peelian.record.scope import PUBLIC
from tests.figures.test_assess import observe
from tests.makers import make

STEADY = [100.0, 104, 97, 101, 99, 103, 98, 102, 100, 96, 104, 99, 101, 98, 103, 100, 97, 102]


def series_of(values: Sequence[float | None], **of: Any) -> Series:
    measure = make("measure", **of)
    area = make("area", level="force_area", title="West Mercia")
    observe(measure, area, values, step={"quarterly": 3}.get(measure.frequency, 1))
    return assess([measure], PUBLIC)[measure.pk, area.pk]


@pytest.mark.parametrize(
    ("frequency", "period", "label"),
    [
        ("monthly", dt.date(2019, 12, 1), "December 2019"),
        ("quarterly", dt.date(2019, 4, 1), "Q1 2019/20"),
        ("quarterly", dt.date(2019, 10, 1), "Q3 2019/20"),
        ("quarterly", dt.date(2020, 1, 1), "Q4 2019/20"),
        ("quarterly", dt.date(1999, 7, 1), "Q2 1999/00"),
        ("rolling_year", dt.date(2018, 7, 1), "12 months to June 2019"),
        ("rolling_year", dt.date(2019, 1, 1), "12 months to December 2019"),
    ],
)
def test_periods_are_named_as_people_read_them(frequency: str, period: dt.date, label: str) -> None:
    assert period_label(frequency, period) == label


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("polarity", "last", "said"),
    [
        ("lower", 150.0, "Exceptionally high (concern)"),
        ("lower", 50.0, "Exceptionally low (improvement)"),
        ("higher", 150.0, "Exceptionally high (improvement)"),
        ("higher", 50.0, "Exceptionally low (concern)"),
        ("neutral", 150.0, "Exceptionally high"),
        ("neutral", 50.0, "Exceptionally low"),
        ("lower", 100.0, ""),
    ],
)
def test_a_signal_is_good_or_bad_as_the_measure_says(polarity: str, last: float, said: str) -> None:
    meanings = meanings_of(series_of([*STEADY, last], polarity=polarity))
    assert meanings[-1] == said
    assert set(meanings[:-1]) == {""}


@pytest.mark.django_db
def test_small_counts_have_no_limits_and_no_signals() -> None:
    rare = series_of([0, 1, 0, 2, 0, 0, 1, 0, 1, 0, 0, 1, 0, 9], unit="deaths")
    assert set(meanings_of(rare)) == {""}
    drawn = chart_of(rare, "Nine")
    usual = chart_of(series_of(STEADY), "As ever")
    assert "limit" not in drawn.lower()
    assert "limit" in usual.lower()


@pytest.mark.django_db
def test_overlapping_years_are_never_judged_as_if_they_were_separate() -> None:
    rolling = series_of([*STEADY, 150.0], frequency="rolling_year", unit="%")
    assert set(meanings_of(rolling)) == {""}
    assert "limit" not in chart_of(rolling, "Confidence").lower()


@pytest.mark.django_db
def test_a_made_up_series_says_so_on_its_chart() -> None:
    measure, area = make("measure"), make("area", level="force_area")
    observe(measure, area, STEADY, illustrative=True)
    (series,) = assess([measure], PUBLIC).values()
    assert "illustrative" in chart_of(series, "As ever").lower()
    assert "illustrative" not in chart_of(series_of(STEADY), "As ever").lower()


@pytest.mark.django_db
def test_the_table_beside_a_chart_has_the_newest_months_first_and_gaps_as_dashes() -> None:
    table: Any = values_table(series_of([1234.0, None, 1300.0], unit="offences"), last=12)
    words = [[cell[0].text if cell else "" for cell in row] for row in table.rows]
    assert [row[:2] for row in words] == [
        ["March 2019", "1,300"],
        ["February 2019", "–"],
        ["January 2019", "1,234"],
    ]
    assert table.caption.endswith("newest first")
    many: Any = values_table(series_of(STEADY), last=12)
    assert len(many.rows) == 12
    assert many.rows[0][0][0].text == period_label("monthly", months_on(dt.date(2019, 1, 1), 17))


@pytest.mark.django_db
def test_a_measure_is_sentence_chart_table_and_source_with_the_day_it_was_known() -> None:
    blocks: list[Any] = measure_blocks(series_of(STEADY))
    heading, sentence, figure, _table, source = blocks
    assert heading.text.endswith("West Mercia")
    assert figure.alt == sentence.runs[0].text
    assert source.runs[0].text == "Source: The force. Known on 20 January 2020."
