"""Records of labelled lines come as rows of a table, as if they stood in columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.document import BlockKind
from peelian.intake.text import read_text
from tests.intake.test_text_tables import tables

HEAD = ("Ref", "Action", "Lead", "Status", "Due")
RECORDS = (
    ("1.1", "Sell two stations", "Head of Estates", "Green", "May 2031"),
    ("1.2", "Let the third to the two councils", "Head of Estates", "Amber", "June 2031"),
    ("2.1", "Train every sergeant", "Head of People", "Green", "July 2031"),
    ("2.2", "Write to the minister", "Chief Executive", "Red", "July 2031"),
)
MANNERS = {
    "label and words": lambda label, said: f"{label}: {said}\n",
    "label alone": lambda label, said: f"{label}\n{said}\n",
    "label alone, with colon": lambda label, said: f"{label}:\n{said}\n",
    "wrapped": lambda label, said: f"{label}: {said.replace(' ', chr(10), 1)}\n",
    "dash": lambda label, said: f"{label} – {said}\n",
    "bullet": lambda label, said: f"• {label}: {said}\n",
    "bold": lambda label, said: f"**{label}:** {said}\n",
    "gap": lambda label, said: f"{label:14}{said}\n",
    "indented": lambda label, said: f"   {label}:   {said}\n",
}


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["a free line", "two"])
@pytest.mark.parametrize("manner", MANNERS)
def test_labelled_lines_are_cells_under_their_labels(manner: str, between: str) -> None:
    records = [
        "".join(MANNERS[manner](label, said) for label, said in zip(HEAD, record, strict=True))
        for record in RECORDS
    ]
    text = f"A paper\n\nThis says how it stands.\n\n{between.join(records)}\nThat is all of it.\n"
    assert tables(text) == [[HEAD, *RECORDS]]


def test_records_need_no_free_line_between_them() -> None:
    lines = [f"{label}: {said}" for r in RECORDS for label, said in zip(HEAD, r, strict=True)]
    assert tables("\n".join(lines)) == [[HEAD, *RECORDS]]


def test_several_labels_may_stand_in_a_line() -> None:
    text = "\n".join(
        f"Ref {ref}\nAction: {action}\nLead: {lead}   Status: {status}   Due: {due}\n"
        for ref, action, lead, status, due in RECORDS
    )
    assert tables(text) == [[HEAD, *RECORDS]]


def test_a_label_that_a_record_lacks_leaves_its_cell_empty() -> None:
    text = "\n".join(
        f"Action {ref}: {action}\nLead: {lead}\nStatus: {status}\n" + (f"Due: {due}\n" if n else "")
        for n, (ref, action, lead, status, due) in enumerate(RECORDS)
    )
    (found,) = tables(text)
    assert found[0] == HEAD
    assert found[1] == (*RECORDS[0][:4], "")
    assert found[2:] == list(RECORDS[1:])


def test_a_title_between_records_stands_over_a_table_of_its_own() -> None:
    made = [
        "".join(f"{label}: {said}\n" for label, said in zip(HEAD, record, strict=True))
        for record in RECORDS
    ]
    text = "\n".join([*made[:2], "AIM TWO: TO LISTEN\n", *made[2:]])
    assert tables(text) == [[HEAD, *RECORDS[:2]], [HEAD, *RECORDS[2:]]]
    blocks = read_text("paper.txt", text.encode()).blocks
    assert [b.text for b in blocks if b.kind != BlockKind.ROW] == ["AIM TWO: TO LISTEN"]


def test_a_second_paragraph_belongs_to_its_record_where_labels_follow() -> None:
    text = "\n".join(
        f"Ref: {ref}\nUpdate: {action}.\n\nThe work goes on as it did.\n\nStatus: {status}\n"
        for ref, action, _lead, status, _due in RECORDS
    )
    (found,) = tables(text)
    assert found[1] == ("1.1", "Sell two stations. The work goes on as it did.", "Green")


NO_RECORDS = {
    "heads of papers": """Report to: Police and Crime Panel
Date: 12 June 2031
Title: Serious violence

The Panel asked in March for a paper on serious violence. This is that paper.

Report to: Police and Crime Panel
Date: 12 June 2031
Title: Estates

The Panel asked in March for a paper on the estate as well. This is that paper.

Report to: Police and Crime Panel
Date: 12 June 2031
Title: Finance

The Panel asked in March for a paper on money too. This is that paper.
""",
    "labels in minutes": """Resolved: that the report be noted.
Action: Clerk to write to the councils.

Resolved: that the minutes be signed.
Action: none.

Resolved: that the plan be agreed.
Action: Chair to sign it.
""",
    "speakers": """Chair: when will it be done?
Commissioner: in June.
Chair: and the cost?
Commissioner: nothing more.
Chair: thank you.
Commissioner: thank you.
""",
    "titles above labels": """1.1 Sell two stations
Lead: Head of Estates
Status: Green
Seen by: Estates Board

1.2 Let the third
Lead: Head of Estates
Status: Green
Seen by: Estates Board

1.3 Train every sergeant
Lead: Head of People
Status: Red
Seen by: People Board
""",
}


@pytest.mark.parametrize("name", NO_RECORDS)
def test_labels_that_make_up_no_records_stay_text(name: str) -> None:
    assert tables(NO_RECORDS[name]) == []


@given(st.lists(st.sampled_from(["Ref: 1", "Status", "Lead: A", "Due: May", "", "words"])))
def test_no_words_behind_labels_are_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    said = " ".join(b.text for b in read_text("paper.txt", text.encode()).blocks).split()
    for word in ("words", "A", "May"):
        assert said.count(word) == text.split().count(word)


def test_words_without_a_label_below_a_short_one_have_a_cell_of_their_own() -> None:
    text = "\n".join(
        f"Action {n} - Train the sergeants of every district\n"
        f"Lead: Head of People          Overseen by: {body}\n"
        "Two courses have been held and the third is to be held when the room is free; all\n"
        "who came have passed.\n"
        "Status: On track\n"
        for n, body in enumerate(("People Board", "Joint People Board", "PB"), 1)
    )
    (found,) = tables(text)
    assert found[0] == ("Ref", "Action", "Lead", "Overseen by", "", "Status")
    assert found[2] == (
        "2",
        "Train the sergeants of every district",
        "Head of People",
        "Joint People Board",
        "Two courses have been held and the third is to be held when the room is free; all "
        "who came have passed.",
        "On track",
    )
