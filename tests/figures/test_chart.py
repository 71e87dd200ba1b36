"""What a control chart promises: its words, its shapes, and that it can be read without colour."""

import re
import time
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from peelian.figures.chart import ChartData, apart, nice_ticks, render

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = ("Oct 2019", "Nov 2019", "Dec 2019", "Jan 2020")


def chart(**changes: Any) -> ChartData:
    given_values: dict[str, Any] = {
        "title": "Violence with injury",
        "description": "Volumes in January were exceptionally high.",
        "unit": "Offences per month",
        "labels": MONTHS,
        "values": (410.0, 390.0, 405.0, 520.0),
        "centre": 400.0,
        "lower": 340.0,
        "upper": 460.0,
        "flags": ("none", "none", "none", "high"),
        "meanings": ("neutral", "neutral", "neutral", "concern"),
    }
    return ChartData(**(given_values | changes))


def drawn(data: ChartData) -> ElementTree.Element:
    with translation.override("en-gb"):
        return ElementTree.fromstring(render(data))


def words(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def marks(root: ElementTree.Element) -> list[tuple[str, str, str]]:
    """Every placed shape: its path, fill and outline."""
    placed = (e for e in root.iter(f"{SVG}path") if "transform" in e.attrib)
    return [(e.attrib["d"], e.attrib["fill"], e.attrib["stroke"]) for e in placed]


def test_the_drawing_says_what_it_shows_to_those_who_cannot_see_it() -> None:
    root = drawn(chart())
    assert root.attrib["role"] == "img"
    assert "exceptionally high" in root.attrib["aria-label"]
    assert root.findtext(f"{SVG}title") == "Violence with injury"
    assert root.findtext(f"{SVG}desc") == "Volumes in January were exceptionally high."


def test_lines_have_their_names_and_values_beside_them() -> None:
    shown = words(drawn(chart(target=380.0)))
    for name in ("Upper limit 460", "Average 400", "Lower limit 340", "Target 380", "Latest 520"):
        assert name in shown


def test_an_average_of_small_counts_is_not_rounded_to_a_count() -> None:
    shown = words(drawn(chart(values=(1, 2, 1, 2), centre=1.5, lower=0.4, upper=2.6)))
    assert "Average 1.5" in shown
    assert "Latest 2" in shown


@pytest.mark.parametrize(
    ("flag", "other"),
    [("high", "low"), ("high", "shift_high"), ("low", "trend_down"), ("none", "two_of_three_low")],
)
def test_kinds_of_signal_have_different_shapes(flag: str, other: str) -> None:
    shapes = [
        marks(drawn(chart(flags=(one, "none", "none", "none"), meanings=())))[0][0]
        for one in (flag, other)
    ]
    assert shapes[0] != shapes[1]


def test_improvement_and_concern_differ_without_colour() -> None:
    good, bad = (
        marks(drawn(chart(meanings=("neutral", "neutral", "neutral", meaning))))[3]
        for meaning in ("improvement", "concern")
    )
    assert good[1] == "#ffffff"  # hollow
    assert bad[1] == bad[2] != "#ffffff"  # filled


@pytest.mark.parametrize(
    ("flag", "meaning", "says"),
    [
        ("high", "concern", "Exceptionally high: concern"),
        ("low", "improvement", "Exceptionally low: improvement"),
        ("high", "neutral", "Exceptionally high"),
        ("shift_low", "concern", "Part of a shift, trend or run near a limit: concern"),
    ],
)
def test_each_shape_that_appears_is_explained(flag: str, meaning: str, says: str) -> None:
    one = chart(flags=("none",) * 3 + (flag,), meanings=("neutral",) * 3 + (meaning,))
    assert says in words(drawn(one))


def test_a_chart_without_signals_has_no_key() -> None:
    assert not any("xceptional" in word for word in words(drawn(chart(flags=(), meanings=()))))


def test_the_target_is_dashed_unlike_the_limits() -> None:
    root = drawn(chart(target=380.0))
    dashes = [e.attrib.get("stroke-dasharray") for e in root.iter(f"{SVG}path")]
    kinds = {dash for dash in dashes if dash}
    assert len(kinds) == 2


def test_provisional_limits_and_made_up_values_are_said_in_words() -> None:
    plain = words(drawn(chart()))
    marked = words(drawn(chart(provisional=True, illustrative=True)))
    assert "Illustrative" in marked
    assert "Illustrative" not in plain
    assert any("provisional" in word for word in marked)


def test_the_line_breaks_where_a_month_is_missing() -> None:
    values = (1.0, 2.0, None, 3.0)
    root = drawn(chart(values=values, flags=(), meanings=()))
    lines = [e.attrib["d"] for e in root.iter(f"{SVG}path") if "L" in e.attrib["d"]]
    joined = [
        line
        for line in lines
        if line.startswith("M") and "stroke-linejoin" in attributes(root, line)
    ]
    assert len(joined) == 1  # 1 to 2; the lone 3 is a point without a line
    assert joined[0].count("L") == 1
    assert len(marks(root)) == 3


def attributes(root: ElementTree.Element, path: str) -> set[str]:
    return next(set(e.attrib) for e in root.iter(f"{SVG}path") if e.attrib.get("d") == path)


def test_the_month_is_named_and_its_year_once() -> None:
    shown = words(drawn(chart()))
    assert [word for word in shown if word in {"Oct", "Nov", "Dec", "Jan"}] == [
        "Oct",
        "Nov",
        "Dec",
        "Jan",
    ]
    assert shown.count("2019") == shown.count("2020") == 1


@pytest.mark.parametrize("months", [1, 13, 24, 36, 60, 120])
def test_month_labels_are_few_enough_to_read_and_include_the_last(months: int) -> None:
    labels = tuple(f"M{i % 12 + 1} {2010 + i // 12}" for i in range(months))
    values = tuple(float(i) for i in range(months))
    shown = words(drawn(chart(labels=labels, values=values, flags=(), meanings=())))
    named = [word for word in shown if re.fullmatch(r"M\d+", word)]
    assert 1 <= len(named) <= 13
    assert named[-1] == labels[-1].split()[0]


def test_a_chart_without_values_says_so() -> None:
    one = chart(values=(None,) * 4, centre=None, lower=None, upper=None)
    assert "There are no values to show." in words(drawn(one))


@given(st.text(st.characters(), min_size=1, max_size=200))
def test_any_words_are_text_and_never_markup(title: str) -> None:
    hostile = title + '"><script>alert(1)</script>&'
    root = drawn(chart(title=hostile, unit=hostile, description=hostile))
    assert not [e for e in root.iter() if e.tag.endswith("script")]
    assert "<script>alert(1)</script>" in (root.findtext(f"{SVG}title") or "")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"values": (1.0,)}, "1 values for 4 labels"),
        ({"flags": ("none",)}, "1 flags for 4 labels"),
        ({"flags": ("loud",) * 4}, "flag 'loud'"),
        ({"meanings": ("bad",) * 4}, "meaning 'bad'"),
        ({"values": (1.0, 2.0, float("nan"), 3.0)}, "finite"),
        ({"upper": float("inf")}, "finite"),
    ],
)
def test_data_that_cannot_be_drawn_is_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        chart(**changes)


finite = st.floats(-1e9, 1e9, allow_subnormal=False)


@given(finite, finite)
def test_ticks_are_round_evenly_apart_and_span_the_values(one: float, other: float) -> None:
    low, high = sorted((one, other))
    ticks = nice_ticks(low, high)
    step = (ticks[-1] - ticks[0]) / (len(ticks) - 1)
    slack = 1e-6 * step + 1e-9 * max(abs(low), abs(high)) + 1e-12
    assert 2 <= len(ticks) <= 12
    assert all(abs(after - before - step) <= slack for before, after in pairwise(ticks))
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack


@given(st.lists(st.floats(70, 280), max_size=6))
def test_names_beside_lines_never_cover_one_another(wanted: list[float]) -> None:
    places = apart(sorted(wanted), 15, 70, 280)
    gaps = [after - before for before, after in pairwise(places)]
    assert all(gap >= 15 - 1e-9 for gap in gaps)
    assert all(70 - 1e-9 <= place <= 280 + 1e-9 for place in places)


@given(st.lists(st.none() | finite, min_size=1, max_size=120))
def test_any_series_can_be_drawn_within_its_frame(values: list[float | None]) -> None:
    labels = tuple(f"M{i}" for i in range(len(values)))
    root = drawn(chart(labels=labels, values=tuple(values), flags=(), meanings=()))
    assert len(marks(root)) == sum(value is not None for value in values)
    for element in root.iter(f"{SVG}path"):
        if "transform" in element.attrib:
            place = [float(n) for n in re.findall(r"-?[\d.]+", element.attrib["transform"])]
            assert 62 <= place[0] <= 556
            assert 73.9 <= place[1] <= 276.1


def test_ten_years_of_months_stay_small() -> None:
    labels = tuple(f"Jan {i}" for i in range(120))
    values = tuple(1000.0 + i % 7 for i in range(120))
    one = chart(labels=labels, values=values, flags=("shift_high",) * 120, meanings=())
    assert len(render(one).encode()) < 30_000


@pytest.mark.bench
def test_a_chart_takes_less_than_five_milliseconds() -> None:
    render(chart())
    start = time.perf_counter()
    for _ in range(100):
        render(chart())
    assert (time.perf_counter() - start) / 100 < 0.005
