"""Performance tables: topics with statements, ratings and figures, from rows and from lines."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelian.recognition.performance import performance_lines
from tests.recognition.plan_makers import (
    cell_by_cell,
    document,
    flattened,
    row,
    spaced,
    table,
    text,
    wide,
)

HEAD = ("Topic", "Inclusion", "Data", "Commentary")
ROWS = (
    (
        "Confidence",
        "Quarter only",
        "Fewer people are confident than in the quarter before, and fewer than in England",
        "The next survey is due in January",
        "4",
    ),
    ("Satisfaction of victims", "Month & quarter", "A slight rise on last month", "", "6"),
    (
        "Violence with injury",
        "Quarter unless exceptional",
        "More offences than last month and above the monthly average of the year",
        "Exceptional numbers in the north and a rise in the average in the south",
        "17",
    ),
    ("Robbery", "Quarter unless exceptional", "Fewer offences than last month", "", "27"),
    (
        "Response times to emergency incidents",
        "Month & quarter",
        "The average time was as usual in all of the areas of the force",
        "No exceptional times",
        "49",
    ),
    ("Sickness", "Month & quarter", "More days were lost by officers than last month", "", "58"),
)


def test_a_row_gives_topic_inclusion_statement_and_commentary() -> None:
    [line] = performance_lines(table((*HEAD, "Page"), ROWS[0]))
    assert (line.topic, line.inclusion, line.commentary) == (ROWS[0][0], ROWS[0][1], ROWS[0][3])
    assert (line.statement, line.page) == (ROWS[0][2], "4")


def test_columns_of_figures_keep_their_headings_and_colours_their_names() -> None:
    head = ("Measure", "2030/31", "2031/32", "% change", "RAG")
    made = performance_lines(
        table(
            head,
            ("Burglary", "1,204", "1,100", "-8.6%", "G"),
            ("Robbery", "80", "96", "20%", "Red"),
        )
    )
    assert [(line.topic, line.rating) for line in made] == [
        ("Burglary", "green"),
        ("Robbery", "red"),
    ]
    assert made[0].values == (("2030/31", "1,204"), ("2031/32", "1,100"), ("% change", "-8.6%"))


def test_a_row_over_the_whole_width_is_the_objective() -> None:
    made = performance_lines(
        document(
            row(1, HEAD, True),
            wide(2, "Safer streets", 4),
            row(3, ROWS[0][:4]),
            wide(4, "Better service", 4),
            row(5, ROWS[1][:4]),
        )
    )
    assert [line.objective for line in made] == ["Safer streets", "Better service"]


def test_two_topics_in_one_row_are_two_lines_that_share_what_stands_once() -> None:
    cells = ("Hate crime\nSatisfaction", "Quarter", "More offences\nLess satisfied", "None", "34")
    made = performance_lines(table((*HEAD, "Page"), cells))
    assert [(line.topic, line.statement, line.page) for line in made] == [
        ("Hate crime", "More offences", "34"),
        ("Satisfaction", "Less satisfied", "34"),
    ]


@pytest.mark.parametrize("widths", [(20, 16, 44, 34, 4), (22, 20, 50, 50, 4), (18, 14, 35, 25, 4)])
def test_a_flattened_table_gives_the_same_lines(widths: Sequence[int]) -> None:
    words = f"Performance summary\n\n{' '.join(HEAD)}\n\n{flattened(ROWS, widths)}"
    made = performance_lines(text(words))
    got = [(o.topic, o.inclusion, o.statement, o.commentary, o.page) for o in made]
    assert sum(cells in got for cells in ROWS) >= len(ROWS) - 2


def test_a_table_laid_out_with_spaces_gives_the_same_lines() -> None:
    made = performance_lines(text(spaced([(*HEAD, "Page"), *ROWS], (20, 16, 44, 34, 4))))
    assert [(o.topic, o.inclusion, o.statement, o.commentary, o.page) for o in made] == list(ROWS)


def test_figures_one_under_another_are_told_by_their_headings() -> None:
    head = ("Measure", "2030/31", "2031/32", "Change")
    rows = [("Burglary", "1,204", "1,100", "-8.6%"), ("Robbery", "80", "96", "20%")]
    made = performance_lines(text("\n".join(head) + "\n\n" + cell_by_cell(rows, [40] * 4, True)))
    assert [(o.topic, [value for _name, value in o.values]) for o in made] == [
        ("Burglary", ["1,204", "1,100", "-8.6%"]),
        ("Robbery", ["80", "96", "20%"]),
    ]


def test_counts_by_grade_stand_under_the_headings_of_their_periods() -> None:
    counts = ["Green", "7", "9", "Amber", "4", "2", "Red", "0", "0", "11", "11"]
    periods = ["September 2031 Panel", "June 2031 Panel"]
    words = "\n\n".join(["The picture is at Annex 1.", *periods, *counts])
    made = performance_lines(text(words))
    assert [(line.topic, line.rating) for line in made] == [
        ("Green", "green"),
        ("Amber", "amber"),
        ("Red", "red"),
    ]
    assert made[1].values == (("September 2031 Panel", "4"), ("June 2031 Panel", "2"))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "The panel noted the data. Performance rose.\n",
        "Fund Amount Comments\nGrants £40,000 Paid in May\n",
        "Ref Action Update\n1 Recruit Done\n",
        "Green\n\n7\n\nAmber\n\n4\n",
    ],
)
def test_text_without_a_performance_table_has_no_lines(words: str) -> None:
    assert performance_lines(text(words)) == []


pieces = st.sampled_from(["Robbery ", "7", "Red", "Quarter ", "\n", "\n\n", " ", "2031/32", *HEAD])


@settings(max_examples=60)
@given(st.lists(pieces, max_size=30).map("".join))
def test_whatever_stands_below_a_head_nothing_is_raised(words: str) -> None:
    made = performance_lines(text(f"{' '.join(HEAD)}\n{words}"))
    assert all(line.topic for line in made)
