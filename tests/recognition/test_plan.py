"""Delivery plans in tables: columns by their headings, rows, merged and broken cells."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.recognition.plan import plans
from tests.recognition.plan_makers import document, heading, row, table, wide

HEAD = ("Ref", "Plan commitment", "Supporting activity", "Progress update", "Oversight mechanism")


@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        ("No.", "What we said we would do", "Action", "What we have done", "Lead"),
        ("ID", "Objective", "Milestone", "Comments", "Governance"),
        ("Item", "Priority", "Key actions", "Position at Q2 2031/32", "Owner"),
        ("Ref.", "Outcome", "Activities", "Update (this quarter)", "Senior Responsible Owner"),
    ],
)
def test_columns_are_told_by_their_headings(head: tuple[str, ...]) -> None:
    cells = ("1.1", "Answer calls sooner", "Recruit call takers", "Complete.", "Crime Board")
    [plan] = plans(table(head, cells))
    [commitment] = plan.commitments
    [activity] = commitment.activities
    assert (commitment.reference, commitment.text) == ("1.1", "Answer calls sooner")
    assert (activity.text, activity.update) == ("Recruit call takers", "Complete.")
    assert activity.oversight == ("Crime Board",)
    assert activity.status == "complete"
    assert activity.origin.table == 1


def test_a_row_without_reference_continues_the_commitment_above() -> None:
    [plan] = plans(
        table(
            HEAD,
            ("1.1", "Answer calls sooner", "(1.1.1) Recruit", "On track", ""),
            ("", "", "(1.1.2) Train", "Not started", "Crime Board"),
            ("1.2", "Visit victims", "", "Refer to 1.1", ""),
        )
    )
    first, second = plan.commitments
    assert [(a.reference, a.text) for a in first.activities] == [
        ("1.1.1", "Recruit"),
        ("1.1.2", "Train"),
    ]
    assert [a.update for a in second.activities] == ["Refer to 1.1"]


def test_merged_cells_repeated_in_every_row_are_one_commitment() -> None:
    [plan] = plans(
        table(
            HEAD,
            ("1.1", "Answer calls sooner", "Recruit", "On track", "Board"),
            ("1.1", "Answer calls sooner", "Train", "Complete", "Board"),
        )
    )
    assert [len(c.activities) for c in plan.commitments] == [2]


def test_a_cell_broken_by_a_page_is_put_together_and_the_head_passed_over() -> None:
    [plan] = plans(
        table(
            HEAD,
            ("1.1", "Answer calls sooner", "Recruit call takers for", "Twelve are in", "Crime"),
            HEAD,
            ("", "", "nights", "post and three more will follow.", "Board"),
            ("1.2", "Visit victims", "Visit within a day", "Complete", ""),
        )
    )
    activity = plan.activities[0]
    assert activity.text == "Recruit call takers for nights"
    assert activity.update == "Twelve are in post and three more will follow."
    assert activity.oversight == ("Crime Board",)
    assert len(plan.activities) == 2


def test_a_row_over_the_whole_width_is_the_objective_and_then_the_part() -> None:
    cells = ("1.1", "Answer calls", "Recruit", "Complete", "")
    [plan] = plans(
        document(
            heading(1, "Delivery plan"),
            row(2, HEAD, True),
            wide(3, "Safer streets", 5),
            wide(4, "Policing element", 5),
            row(5, cells),
            wide(6, "Stronger communities", 5),
            row(7, ("2.1", *cells[1:])),
        )
    )
    assert plan.title == "Delivery plan"
    assert [(c.objective, c.part) for c in plan.commitments] == [
        ("Safer streets", "Policing element"),
        ("Stronger communities", ""),
    ]


def test_a_heading_that_stands_in_the_column_of_references_is_no_row() -> None:
    cells = ("1.1", "Answer calls", "Recruit", "Complete", "")
    [plan] = plans(table(HEAD, ("Safer streets", "", "", "", ""), cells))
    assert [c.objective for c in plan.commitments] == ["Safer streets"]


def test_a_commitment_without_an_update_is_kept() -> None:
    [plan] = plans(
        table(("Priority", "Progress", "Lead"), ("Answer calls", "", ""), ("Visits", "On hold", ""))
    )
    assert [(c.text, len(c.activities)) for c in plan.commitments] == [
        ("Answer calls", 0),
        ("Visits", 1),
    ]


def test_tables_with_like_heads_are_one_plan_under_their_headings() -> None:
    [plan] = plans(
        document(
            heading(1, "Delivery plan"),
            heading(2, "Safer streets", 2),
            row(3, HEAD, True),
            row(4, ("1.1", "Answer calls", "Recruit", "Complete", "")),
            heading(5, "Stronger communities", 2),
            row(6, HEAD, True, table=2),
            row(7, ("2.1", "Visit victims", "Visit", "On hold", ""), table=2),
        )
    )
    assert [c.objective for c in plan.commitments] == ["Safer streets", "Stronger communities"]


def test_a_plan_goes_on_where_a_page_lost_its_column_headings() -> None:
    head = ("No.", "What was promised", "Overseen by", "Stands", "What has happened since")
    first = ("1.1", "Answer calls", "Board", "Done", "All are answered now.")
    second = ("2.1", "Visit victims", "Forum", "In hand", "Ten were visited.")
    third = ("2.2", "Write to them", "Forum", "Done", "All have a letter.")
    rows = [row(5, second, table=2), row(6, third, table=2)]
    [plan] = plans(document(row(1, head, True), row(2, first), *rows))
    assert [c.reference for c in plan.commitments] == ["1.1", "2.1", "2.2"]
    assert [a.status for a in plan.activities] == ["complete", "on_track", "complete"]


def test_an_action_list_without_commitments_keeps_the_references_of_its_actions() -> None:
    [plan] = plans(
        table(
            ("Ref", "Action", "Owner", "Due", "RAG", "Update"),
            ("1", "Recruit", "Chief of Staff", "May 2031", "Green", "Twelve in post"),
            ("2", "Train", "Head of Training", "June 2031", "Amber", "Room not found"),
        )
    )
    assert [(a.reference, a.status) for a in plan.activities] == [
        ("1", "on_track"),
        ("2", "at_risk"),
    ]


def test_references_of_rows_under_one_priority_are_those_of_activities() -> None:
    [plan] = plans(
        table(
            ("Priority", "Ref", "Action", "Progress", "Lead"),
            ("Safer streets", "1.1", "Recruit", "Complete", ""),
            ("", "1.2", "Train", "On hold", ""),
        )
    )
    [commitment] = plan.commitments
    assert [a.reference for a in commitment.activities] == ["1.1", "1.2"]


def test_of_two_columns_of_updates_the_last_that_is_filled_in_counts() -> None:
    [plan] = plans(
        table(
            ("Ref", "Objective", "Action", "Q1 update", "Q2 update"),
            ("1", "Calls", "Recruit", "Not started", "Complete"),
            ("2", "Visits", "Visit", "On hold", ""),
        )
    )
    assert [a.update for a in plan.activities] == ["Complete", "On hold"]


def test_one_oversight_cell_beside_the_last_of_several_rows_is_for_all() -> None:
    [plan] = plans(
        table(
            HEAD,
            ("1.1", "Technology", "Phones", "Complete", ""),
            ("", "", "Cameras", "On hold", "Change Board"),
            ("1.2", "Health", "Survey", "Complete", "Health Board"),
            ("", "", "Clinics", "On hold", ""),
        )
    )
    assert [a.oversight for a in plan.activities] == [
        ("Change Board",),
        ("Change Board",),
        ("Health Board",),
        (),
    ]


@pytest.mark.parametrize(
    "head",
    [
        ("Risk", "Control", "Owner", "RAG"),
        ("Meeting", "Item", "Lead"),
        ("Measure", "This year", "Last year", "Change"),
        ("Name", "Purpose", "Meets"),
        ("Decision", "Date", "Reason"),
        ("Fund", "Amount", "Comments"),
    ],
)
def test_tables_that_are_no_plans_are_left_alone(head: tuple[str, ...]) -> None:
    cells = ("1.1 Calls", "Answer sooner", "Complete", "Board")[: len(head)]
    assert plans(table(head, cells, cells)) == []


def test_the_day_that_updates_speak_for_is_read_from_the_text() -> None:
    made = document(
        heading(1, "Delivery plan: updates to the end of June 2031"),
        row(2, HEAD, True),
        row(3, ("1.1", "Answer calls", "Recruit", "Complete", "")),
    )
    assert plans(made)[0].as_at == dt.date(2031, 6, 30)


words = st.text(alphabet=st.sampled_from("aA1. (B)\n:Refer"), max_size=12)


@given(st.lists(st.lists(st.one_of(words, st.sampled_from(HEAD)), max_size=6), max_size=6))
def test_whatever_stands_in_a_table_nothing_is_raised(rows: list[list[str]]) -> None:
    made = document(*(row(n, cells) for n, cells in enumerate([list(HEAD), *rows], 1)))
    assert all(plan.commitments for plan in plans(made))
