"""Delivery plans printed as cards: labels, numbered lines with words below, groups, keys."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelian.intake.document import Block, BlockKind, Document, Origin
from peelian.recognition.plan import Plan, plans
from peelian.recognition.status_key import state_of
from tests.recognition.plan_makers import FILE, row, text

LABELS = (
    ("Ref", "Commitment", "Owner", "Progress", "Status", "Governance"),
    ("Reference", "Action", "Lead officer", "Update", "State", "Overseen by"),
    ("No.", "Pledge", "Who leads", "Where we are", "RAG rating", "Seen by"),
    ("Our ref", "What we will do", "Lead", "Latest position", "How it stands", "Board"),
)
RECORDS = (
    ("1.1", "Light every park", "Head of Estates", "Six are lit.", "Green", "Parks Board"),
    ("1.2", "Visit every school", "Schools Lead", "Refer to 2.1.", "Amber", "Youth Panel"),
    ("2.1", "Answer letters sooner", "Office Manager", "Not started.", "Red", "Contact Group"),
)


def rows(plan: Plan) -> list[tuple[str, str, str, tuple[str, ...], str]]:
    """Return what a plan of cards says: reference, text, update, bodies and status of each."""
    return [
        (c.reference, c.text, a.update, a.oversight, a.status)
        for c in plan.commitments
        for a in c.activities
    ]


EXPECTED = [
    ("1.1", "Light every park", "Six are lit.", ("Parks Board",), "on_track"),
    ("1.2", "Visit every school", "Refer to 2.1.", ("Youth Panel",), "at_risk"),
    ("2.1", "Answer letters sooner", "Not started.", ("Contact Group",), "off_track"),
]


def cards(labels: Sequence[str], parting: str = ": ", between: str = "") -> str:
    """Return the records with one label to a line."""
    held = [
        "\n".join(f"{label}{parting}{words}" for label, words in zip(labels, one, strict=True))
        for one in RECORDS
    ]
    return f"\n{between}\n".join(held)


@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize("parting", [": ", "    ", " – "])
def test_one_label_to_a_line(labels: Sequence[str], parting: str) -> None:
    [plan] = plans(text(f"Our plan\n\n{cards(labels, parting)}\n"))
    assert rows(plan) == EXPECTED


def test_cards_without_a_line_between_them() -> None:
    [plan] = plans(text(cards(LABELS[0], between="").replace("\n\n", "\n")))
    assert rows(plan) == EXPECTED


BELOW = """
VP1 Light every park
    Six are lit. Two more
    will follow.
    On course. Seen by the Parks Board.
VP2 Visit every school
    See VP1.
    Stuck. Seen by the Youth Panel.
VP3 Answer letters sooner
    Letters wait a week.
    Done. Seen by the Contact Group.
"""
BESIDE = """
VP1   Light every park                Parks Board     On course
      Six are lit. Two more
      will follow.
VP2   Visit every school              Youth Panel     Stuck
      See VP1.
VP3   Answer letters sooner           Contact Group   Done
      Letters wait a week.
"""
SENTENCES = """
VP1. Light every park
Six are lit. Two more will follow. State: on course. Overseen by: the Parks Board.

VP2. Visit every school
See VP1.
State: stuck. Overseen by: the Youth Panel.

VP3. Answer letters sooner
Letters wait a week. State: done. Overseen by: the Contact Group.
"""


PARKS = (("Parks Board",), "on_track")


@pytest.mark.parametrize("printed", [BELOW, BESIDE, SENTENCES])
def test_a_reference_and_title_with_words_below(printed: str) -> None:
    [plan] = plans(text(f"Our plan\n{printed}"))
    assert rows(plan) == [
        (
            "VP1",
            "Light every park",
            "Six are lit. Two more will follow.",
            ("Parks Board",),
            "on_track",
        ),
        ("VP2", "Visit every school", "See VP1.", ("Youth Panel",), "off_track"),
        ("VP3", "Answer letters sooner", "Letters wait a week.", ("Contact Group",), "complete"),
    ]


@pytest.mark.parametrize("group", ["Priority", "MISSION", "Theme", "Ambition", "PILLAR", "Aim"])
def test_groups_close_a_record_and_stand_over_the_next(group: str) -> None:
    first, second, third = cards(LABELS[0]).split("\n\n")
    printed = f"{group} 1: Safer parks\n{first}\n{second}\n{group} 2: Kinder words\n{third}\n"
    [plan] = plans(text(printed))
    assert [c.objective for c in plan.commitments] == [
        *(f"{group} 1: Safer parks", f"{group} 1: Safer parks"),
        f"{group} 2: Kinder words",
    ]
    assert rows(plan) == EXPECTED


def test_a_number_within_an_update_opens_nothing_and_text_below_is_no_part() -> None:
    printed = cards(LABELS[0]).replace("Six are lit.", "In the north we have lit\n12 Parks so far.")
    [plan] = plans(text(f"{printed}\n\nNext steps\n\nThe panel meets again in May.\n"))
    assert [a.update for a in plan.activities][:1] == ["In the north we have lit 12 Parks so far."]
    assert [a.oversight for a in plan.activities][-1:] == [("Contact Group",)]


def test_letters_mean_what_the_key_says() -> None:
    printed = cards(LABELS[1]).replace("Green", "A").replace("Amber", "B").replace("Red", "C")
    [plan] = plans(text(f"Key: A = going to plan; B = off course; C = done\n\n{printed}\n"))
    assert [(a.state, a.status) for a in plan.activities] == [
        ("A", "on_track"),
        ("B", "off_track"),
        ("C", "complete"),
    ]
    assert {one.symbol for one in plan.key} == {"a", "b", "c"}


def test_each_record_has_the_place_of_its_own_line() -> None:
    [plan] = plans(text(cards(LABELS[0])))
    assert [c.origin.line for c in plan.commitments] == [1, 8, 15]


def test_commitments_above_their_actions() -> None:
    printed = "A1 Safer parks\n\n" + cards(LABELS[0]).replace("1.1", "A1.1").replace("1.2", "A1.2")
    [plan] = plans(text(printed.replace("2.1", "A1.3").replace("Commitment:", "Action:")))
    [commitment] = plan.commitments
    assert (commitment.reference, commitment.text) == ("A1", "Safer parks")
    assert [a.reference for a in commitment.activities] == ["A1.1", "A1.2", "A1.3"]


def test_cards_in_paragraphs_and_in_small_tables_of_word() -> None:
    lines = cards(LABELS[0]).split("\n")
    made = [
        Block(line, ((0, Origin(FILE, paragraph=n, order=n)),), BlockKind.PARAGRAPH)
        for n, line in enumerate(lines)
        if line
    ]
    [plan] = plans(Document(FILE, "docx", tuple(made)))
    assert rows(plan) == EXPECTED
    held = [row(n, line.split(": "), table=1 + n // 7) for n, line in enumerate(lines) if line]
    [plan] = plans(Document(FILE, "docx", tuple(held)))
    assert rows(plan) == EXPECTED


LOG = (
    "Decision {n}: Buy {n} cars\nDate: 3 May 2031\nStatus: Approved\nDecision maker: Commissioner\n"
)
MINUTE = "{n}. Report of the Chair\nThe Chair gave an update, noted.\nAction: the Chair to write.\n"
REPORT = "1.{n} The force has {n} dogs.\n1.1{n} Work is on track. The Dogs Board has met.\n"
RISK = "Risk R{n}\nRisk: loss of dogs\nOwner: Head of Dogs\nStatus: Amber\nMitigation: buy dogs\n"
AGENDA = "{n}. Update on dogs   Head of Dogs   10:{n}0\n"


@pytest.mark.parametrize("printed", [LOG, MINUTE, REPORT, RISK, AGENDA])
def test_what_only_looks_like_cards_is_no_plan(printed: str) -> None:
    assert plans(text("\n".join(printed.format(n=n) for n in range(1, 7)))) == []


def test_two_cards_are_no_plan() -> None:
    assert plans(text("\n\n".join(cards(LABELS[0]).split("\n\n")[:2]))) == []


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ("On course", "on_track"),
        ("not yet begun", "not_started"),
        ("Stuck.", "off_track"),
        ("[G]", "on_track"),
        ("Done", "complete"),
        ("Complete – May 2031", "complete"),
        ("Parked", "on_hold"),
        ("The board met", ""),
        ("", ""),
    ],
)
def test_states_of_a_cell_of_their_own(printed: str, status: str) -> None:
    assert state_of(printed) == status


LABELLED = ("Status", "Status: A", "Update: ", "  Seen by the", "Overseen by: Parks Board. State: ")
OPENING = ("Ref: 1.1", "1.2 Parks", "Mission 1", "(A1.1)", "12", "A = done; B = late")
PIECES = st.sampled_from([*LABELLED, *OPENING, "", "•", "x" * 90])


@settings(max_examples=40)
@given(st.lists(PIECES | st.text(max_size=20), max_size=30))
def test_whatever_the_lines_hold_nothing_is_raised(lines: list[str]) -> None:
    for plan in plans(text("\n".join(lines))):
        assert len(plan.commitments) > 0


@pytest.mark.parametrize("piece", ["State: ", "A = ", "1.1 ", "  ", "Seen by the ", "(", "a: "])
def test_long_lines_end_in_time(piece: str) -> None:
    line = f"1.1 {piece * 20_000}"
    assert plans(text("\n".join([line] * 4))) == []
