"""Delivery plans in text in which the table was flattened, in several ways."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelian.intake.document import Document, Line, Origin
from peelian.recognition.oversight import split_oversight
from peelian.recognition.plan import plans
from tests.recognition.plan_makers import cell_by_cell, flattened, spaced, text

HEAD = ("Ref", "Plan commitment", "Supporting activity", "Progress update", "Oversight mechanism")
ROWS = (
    (
        "1.1",
        "Answer emergency calls sooner and tell callers what will happen next",
        "(1.1.1) Recruit twelve call takers for nights and weekends and train them before May",
        "Twelve call takers are in post. Training ended in May and all now work on their own.",
        "Contact Board",
    ),
    (
        "",
        "",
        "(1.1.2) Publish the waiting times every month on the website of the office",
        "Complete",
        "Plan monitoring",
    ),
    (
        "1.2",
        "Visit victims of burglary within a day",
        "Set aside two officers in each area for visits",
        "Refer to 1.1.1",
        "",
    ),
    (
        "1.3",
        "Work with councils to make the town centres safe at night",
        "Fund street pastors in three towns. Review lighting with each council every year.",
        "The grant was paid in April. Lighting reviews have begun in two towns, and the third "
        "follows in the autumn once the survey has been published by the council.",
        "Community Safety Partnership, Grants Panel",
    ),
    (
        "1.4",
        "Support young people at risk",
        "(1.4.1) Commission a mentoring scheme",
        "This work has been put on hold until the new provider is known.",
        "Youth Board",
    ),
    (
        "",
        "",
        "(1.4.2) School visits by officers",
        "Action complete. All schools in the area were visited during the year, and a report on "
        "what pupils said will go to the board.",
        "Youth Board",
    ),
    (
        "2.1",
        "Make roads safer for everyone who uses them",
        "Work with the partnership on speed and on drink driving",
        "Speed checks rose by a tenth. The campaign over Christmas reached 40,000 people.",
        "Safer Roads Board",
    ),
    (
        "2.2",
        "Reduce the number of repeat victims",
        "Share data between the agencies that support victims",
        "A data sharing agreement is being drafted by the legal teams of the four agencies.",
        "Victims Board",
    ),
    ("2.3", "Listen to rural communities", "Hold a survey", "Completed", "Rural Group"),
    (
        "2.4",
        "Keep the estate fit for purpose",
        "Close two old stations and open one shared with the fire service",
        "The site has been bought. Plans were sent to the council in March and an answer is "
        "expected by the summer. Until then both stations stay open to the public.",
        "Estates Board",
    ),
)
ABOVE = "Delivery plan\n\nSafer streets\n\n"
ACTIONS = ("Ref", "Action", "Lead", "Due date", "RAG", "Update")


def _right(document: Document) -> int:
    """Return how many of the rows were read wholly right."""
    got = {
        (c.reference, c.text, a.reference, a.text, a.update, a.oversight)
        for plan in plans(document)
        for c in plan.commitments
        for a in c.activities
    }
    right, above = 0, ("", "")
    for reference, commitment, activity, update, oversight in ROWS:
        above = (reference, commitment) if commitment else above
        inside, words = "", activity
        if activity.startswith("("):
            inside, words = activity[1:].split(") ", 1)
        right += (*above, inside, words, update, split_oversight(oversight)) in got
    return right


WIDTHS = [(5, 20, 45, 55, 18), (4, 30, 35, 40, 20), (4, 22, 60, 60, 25), (4, 24, 30, 70, 14)]


@pytest.mark.parametrize("widths", WIDTHS)
def test_cells_that_run_on_are_parted_whatever_the_widths(widths: Sequence[int]) -> None:
    assert _right(text(f"{ABOVE}{' '.join(HEAD)}\n{flattened(ROWS, widths)}")) == len(ROWS)


@pytest.mark.parametrize("widths", WIDTHS)
def test_cells_one_under_another_with_lines_left_free(widths: Sequence[int]) -> None:
    head = "\n".join(HEAD)
    made = text(f"{ABOVE}{head}\n\n{cell_by_cell(ROWS, widths, blank=True)}")
    assert _right(made) == len(ROWS)


@pytest.mark.parametrize("widths", WIDTHS)
def test_cells_one_under_another_with_nothing_between_are_mostly_right(
    widths: Sequence[int],
) -> None:
    head = "\n".join(HEAD)
    made = text(f"{ABOVE}{head}\n{cell_by_cell(ROWS, widths, blank=False)}")
    assert _right(made) >= 7


def test_cells_of_one_line_each_that_never_wrapped() -> None:
    head = "\n".join(HEAD)
    made = text(f"{ABOVE}{head}\n{cell_by_cell(ROWS, [500] * 5, blank=False)}")
    assert _right(made) == len(ROWS)


@pytest.mark.parametrize("widths", WIDTHS)
def test_columns_side_by_side_with_gaps_between(widths: Sequence[int]) -> None:
    assert _right(text(ABOVE + spaced([HEAD, *ROWS], widths))) == len(ROWS)


def test_columns_side_by_side_without_lines_left_free_move_from_page_to_page() -> None:
    lines = spaced([HEAD, *ROWS], WIDTHS[0]).split("\n")
    kept = [line for line in lines if line.strip()]
    at = next(n for n, line in enumerate(kept) if line.startswith("2.1"))
    made = tuple(
        Line(" " * 4 * (n >= at) + line, Origin("plan.txt", 1 + (n >= at), n, order=n))
        for n, line in enumerate(kept)
    )
    assert _right(Document("plan.txt", "txt", (), made, 2)) == len(ROWS)


def test_columns_run_together_are_no_plan_rather_than_a_wrong_one() -> None:
    lines = [" ".join(line.split()) for line in spaced([*ROWS, *ROWS], WIDTHS[0]).split("\n")]
    words = "\n".join(line for line in lines if line)
    assert plans(text(f"{ABOVE}{' '.join(HEAD)}\n{words}")) == []


def test_columns_one_after_another_are_no_plan_rather_than_a_wrong_one() -> None:
    columns = [f"{head}\n\n" + "\n".join(row[n] for row in ROWS) for n, head in enumerate(HEAD)]
    assert plans(text(ABOVE + "\n\n".join(columns))) == []


@pytest.mark.parametrize("widths", [(4, 40, 18, 12, 9, 50), (4, 30, 15, 12, 9, 60)])
@pytest.mark.parametrize("way", ["run on", "one a line", "spaced"])
def test_other_columns_in_another_order(widths: Sequence[int], way: str) -> None:
    due, rag = ("May 2031", "June 2031", "30/09/2031"), ("Green", "Amber", "Red", "Complete")
    rows = [
        (str(n + 1), words, oversight or "Chief of Staff", due[n % 3], rag[n % 4], update)
        for n, (_ref, _commitment, activity, update, oversight) in enumerate(ROWS)
        for words in [activity.split(") ", 1)[-1]]
    ]
    made = {
        "run on": f"{' '.join(ACTIONS)}\n{flattened(rows, widths)}",
        "one a line": "\n".join(ACTIONS) + "\n\n" + cell_by_cell(rows, widths, blank=True),
        "spaced": spaced([ACTIONS, *rows], widths),
    }
    [plan] = plans(text(ABOVE + made[way]))
    got = [(a.reference, a.text, a.update, a.oversight) for a in plan.activities]
    assert got == [(r[0], r[1], r[5], split_oversight(r[2])) for r in rows]
    wanted = ["on_track", "at_risk", "off_track", "complete"]
    assert [a.status for a in plan.activities] == [wanted[n % 4] for n in range(len(rows))]


def test_a_page_break_within_a_row_does_not_break_it() -> None:
    lines = flattened(ROWS, WIDTHS[0]).split("\n")
    at = next(n for n, line in enumerate(lines) if "March" in line)
    lines[at] = " " + lines[at]
    made = text(f"{ABOVE}{' '.join(HEAD)}\n" + "\n".join(lines))
    assert _right(made) == len(ROWS)


def test_the_number_of_a_page_is_no_part_of_a_cell() -> None:
    words = f"{ABOVE}{' '.join(HEAD)}\n{flattened(ROWS, WIDTHS[0])}".split("\n")
    at = next(n for n, line in enumerate(words) if line.startswith("2.1 "))
    words[at:at] = ["Page 1 of 2"]
    lines = tuple(
        Line(line, Origin("plan.pdf", page=1 + (n > at), line=n, order=n))
        for n, line in enumerate(words)
    )
    assert _right(Document("plan.pdf", "pdf", (), lines, 2)) == len(ROWS)


def test_headings_between_repeated_heads_are_objective_and_part() -> None:
    head = " ".join(HEAD)
    first, second = flattened(ROWS[:6], WIDTHS[0]), flattened(ROWS[6:], WIDTHS[0])
    [plan] = plans(
        text(
            f"Delivery plan\n\nSAFER STREETS\nPolicing element:\n{head}\n{first}\n\n"
            f"STRONGER TOWNS\nPolicing element:\n{head}\n{second}\n\nAPPENDIX TWO GLOSSARY\nMore"
        )
    )
    assert plan.title == "Delivery plan"
    assert [(c.objective, c.part) for c in plan.commitments][3:5] == [
        ("SAFER STREETS", "Policing element:"),
        ("STRONGER TOWNS", "Policing element:"),
    ]
    assert "GLOSSARY" not in plan.activities[-1].update


@pytest.mark.parametrize(
    "words",
    [
        "",
        "The panel noted the progress update.\n\nAction – the chairman will write.\n",
        "Project\nObjective\nForecast End Date\nEstate change\nTo deliver it.\nApr 2031\n",
        "Name Purpose Meets\nCrime Board To oversee the plan. Monthly\n",
    ],
)
def test_text_without_a_plan_has_none(words: str) -> None:
    assert plans(text(words)) == []


pieces = st.sampled_from(
    ["1.1 ", "(A1.2) ", "Complete", "Crime Board", "\n", "\n\n", " ", "Refer to", "•", "a b", *HEAD]
)


@settings(max_examples=60)
@given(st.lists(pieces, max_size=40).map("".join))
def test_whatever_stands_below_a_head_nothing_is_raised(words: str) -> None:
    assert all(plan.commitments for plan in plans(text(f"{' '.join(HEAD)}\n{words}")))


@pytest.mark.parametrize("line", ["A" * 3000, "Board " * 600, "1.1 " * 800, "(" * 3000, " " * 9000])
def test_the_longest_lines_end_in_time(line: str) -> None:
    assert plans(text(f"{' '.join(HEAD)}\n" + f"{line}\n" * 40)) is not None


def test_the_text_after_a_table_is_no_part_of_its_last_row() -> None:
    prose = "\n".join(
        ["The panel is asked to note the plan, and to say which of its parts it would like to hear"]
        * 3
    )
    table = flattened(ROWS, WIDTHS[0])
    made = text(f"{ABOVE}{' '.join(HEAD)}\n{table}\n4. Financial implications\n\n{prose}\n")
    assert _right(made) == len(ROWS)
