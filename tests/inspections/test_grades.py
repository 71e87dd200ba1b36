"""Grades belong to a scale; where the scale changes the series breaks, and is never mapped."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from peelian.inspections.history import Column, Mark, histories
from peelian.inspections.picture import picture
from peelian.inspections.scales import families
from peelian.record.errors import Invalid
from peelian.record.scope import PUBLIC
from tests.makers import make
from tests.reading import read

pytestmark = pytest.mark.django_db


def graded(day: str, scale: str, **grades: str) -> Any:
    report = make("inspection", title=f"Report of {day}", published_on=day)
    for question, grade in grades.items():
        make("grade", parent=report, question=question, scale=scale, grade=grade)
    return report


@pytest.mark.parametrize(
    ("scale", "grade", "is_taken"),
    [
        ("peel-2014", "good", True),
        ("peel-2014", "Requires improvement", True),
        ("peel-2014", "adequate", False),
        ("peel-2021", "adequate", True),
        ("icva-quality", "silver", True),
        ("icva-quality", "good", False),
        ("", "compliant", True),
        ("peel-2021", "", True),
    ],
)
def test_a_grade_is_one_of_its_scale(scale: str, grade: str, *, is_taken: bool) -> None:
    if is_taken:
        assert make("grade", scale=scale, grade=grade).grade == grade
    else:
        with pytest.raises(Invalid, match="This scale has"):
            make("grade", scale=scale, grade=grade)


def test_the_series_breaks_where_the_scale_changes_and_not_elsewhere() -> None:
    graded("2017-03-01", "peel-2014", Effectiveness="good")
    graded("2019-05-01", "peel-2014", Effectiveness="requires improvement")
    graded("2022-04-01", "peel-2021", Effectiveness="good")
    (history,) = histories(PUBLIC)
    assert [column.breaks for column in history.columns] == [False, False, True]
    assert [column.marks["Effectiveness"].place for column in history.columns] == [3, 2, 4]
    ((before, after),) = history.breaks
    assert (before.scale.id, after.scale.id) == ("peel-2014", "peel-2021")


def test_a_grade_without_its_scale_is_compared_with_nothing() -> None:
    make("grade", question="Stop and search", grade="compliant")
    assert histories(PUBLIC) == []


def test_a_draft_grade_and_one_of_a_draft_report_stay_out() -> None:
    graded("2022-04-01", "peel-2021", Seen="good")
    report = make("inspection", published_on="2023-04-01", status="draft")
    make("grade", parent=report, question="Hidden", scale="peel-2021", grade="good")
    make("grade", question="Waiting", scale="peel-2021", grade="good", status="draft")
    (history,) = histories(PUBLIC)
    assert history.questions == ("Seen",)


def test_families_stand_apart() -> None:
    graded("2022-04-01", "peel-2021", Crime="good")
    graded("2022-05-01", "icva-quality", Scheme="gold")
    assert [h.questions for h in histories(PUBLIC)] == [("Scheme",), ("Crime",)]


SCALES = [scale for family in families() for scale in family.scales]


@given(st.sampled_from(SCALES), st.data())
def test_the_place_of_a_grade_says_nothing_of_another_scale(scale: Any, data: Any) -> None:
    grade = data.draw(st.sampled_from(scale.grades))
    place = scale.place(grade)
    assert 1 <= place <= len(scale.grades)
    assert Mark(grade, place, len(scale.grades)).on_scale.startswith(f"{place} of ")


def test_the_page_has_a_table_a_drawing_and_the_break_in_words() -> None:
    graded("2019-05-01", "peel-2014", Effectiveness="good")
    graded("2022-04-01", "peel-2021", Effectiveness="good")
    page = read("/grade-history/")
    assert "The scale changes before April 2022" in page.words
    assert "3 of 4 from the bottom" in page.words
    assert "4 of 5 from the bottom" in page.words
    assert page.html.index("<table") < page.html.index("app-figure")
    (history,) = histories(PUBLIC)
    assert picture(history).svg.count("stroke-dasharray") == 1


def test_without_grades_the_page_says_so() -> None:
    assert "No grades have been published" in read("/grade-history/").words


def test_words_in_the_drawing_are_text_and_never_markup() -> None:
    graded("2022-04-01", "peel-2021", **{"<script>alert(1)</script>": "good"})
    (history,) = histories(PUBLIC)
    assert "<script>" not in picture(history).svg
    assert isinstance(history.columns[0], Column)


def test_many_reports_cost_no_more_queries(django_assert_max_num_queries: Any) -> None:
    for year in range(2021, 2027):
        graded(f"{year}-04-01", "peel-2021", Crime="good", Calls="adequate")
    with django_assert_max_num_queries(12):
        Client().get("/grade-history/")
