"""How a plan or table words its statuses, and whether they go with their updates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.document import Block, BlockKind, Cell, Document, Origin
from peelian.intake.text import read_text
from peelian.proofreading import contradicted, statuses  # noqa: F401
from peelian.proofreading.findings import Confidence, Finding, run
from peelian.proofreading.proof import Proof
from peelian.recognition.plan import Activity, Commitment, Plan
from peelian.recognition.status_key import KeyEntry
from tests.proofreading.conftest import MakeProof


def plan(*updates: str, status: str = "") -> Plan:
    """Return a plan of one commitment, with an activity for each update."""
    place = [Origin("plan.docx", paragraph=n, order=n) for n in range(len(updates) + 1)]
    lines = tuple(
        Activity(f"1.{n}", "", text, (), place[n], status) for n, text in enumerate(updates, 1)
    )
    return Plan("", (Commitment("1", "", "", "", place[0], lines),), place[0])


def found(proof: MakeProof, check: str, *updates: str, status: str = "") -> list[Finding]:
    return run(proof(plans=[plan(*updates, status=status)]), only=[check])


def test_a_status_in_several_wordings_is_told_once_with_each_and_how_often(
    proof: MakeProof,
) -> None:
    [one] = found(
        *(proof, "status-wording"),
        *("Completed", "Charter agreed. Action complete", "On hold", "Completed."),
        *("This action is now complete", "The pilot has been completed in two areas.", ""),
    )
    assert one.reason == (
        "The status “complete” is worded in 3 ways: “Completed” (2), “Action complete” (1), "
        "“This action is now complete” (1)."
    )
    assert [p.origin.paragraph for p in (one.place, *one.others)] == [1, 2, 5]
    assert one.confidence == Confidence.CERTAIN


@pytest.mark.parametrize(
    "updates",
    [
        ["Completed", "Completed", "completed."],  # the same but for its letters
        ["Completed", "On hold", "Ongoing"],  # each its own
        ["Green", "On track"],  # a colour and a word are two scales
        ["Green", "Amber", "Blue"],
        ["Work is ongoing in two areas.", "Training is in progress."],  # told, not labelled
        [],
    ],
)
def test_one_wording_of_each_status_is_no_finding(proof: MakeProof, updates: list[str]) -> None:
    assert found(proof, "status-wording", *updates) == []


@pytest.mark.parametrize(
    ("status", "update", "against"),
    [
        ("", "Complete. This will be completed in March.", "This will be completed"),
        ("complete", "Not yet started.", "Not yet started"),
        ("on_track", "Recruitment is behind plan in two areas.", "behind plan"),
        ("", "Green. Behind schedule owing to vacancies.", "Behind schedule"),
        ("off_track", "Completed in May.", "Completed"),
        ("complete", "New model being mobilised. Action complete", "being mobilised"),
        ("complete", "Action complete. There is still a need to check.", "still a need"),
        ("complete", "Action complete. It is being monitored by the board.", ""),
        ("on_track", "The launch has been postponed.", "has been postponed"),
        ("not_started", "Training has begun.", "has begun"),
        ("on_hold", "It is on track.", "on track"),
        ("on_track", "The work is off course.", "off course"),
        ("complete", "Work has not yet begun.", "Work has not yet begun"),
        ("complete", "The north has not yet started on its part.", "has not yet started"),
        ("complete", "The last two have not got a lead.", "have not got"),
        ("complete", "The form is written; it is not in use.", "is not in use"),
        (
            "complete",
            "It went live in the first of three districts.",
            "in the first of three districts",
        ),
        ("on_track", "Delayed: the supplier withdrew in May.", "Delayed"),
        ("on_track", "Attendance remains below the standard.", "remains below the standard"),
        ("off_track", "The rate is now within target.", "is now within target"),
        ("not_started", "The register went live in May.", "went live"),
        ("complete", "Twelve of the 15 who applied were seen.", ""),
        ("complete", "The forms are in use; no date was missed.", ""),
        ("on_track", "Fewer calls were delayed than before.", ""),
        ("off_track", "It is not within the standard.", ""),
        ("not_started", "It will go live in May.", ""),
        ("off_track", "It is not on track.", ""),
        ("at_risk", "All 40 have been trained once. The second course is late.", ""),
        ("off_track", "All 40 officers have been trained.", "All 40 officers have been trained"),
        ("complete", "Completed in May.", ""),
        ("complete", "(1) Complete (2) On hold", ""),  # parts, each with its own
        ("on_track", "We are no longer behind schedule.", ""),
        ("on_track", "The first phase is complete.", ""),
        ("", "Work goes on.", ""),
    ],
)
def test_a_status_and_its_update_that_do_not_go_together_are_told(
    proof: MakeProof, status: str, update: str, against: str
) -> None:
    told = found(proof, "status-contradicts", update, status=status)
    assert [f"“{against}”" in f.reason for f in told] == ([True] if against else [])


def test_a_table_of_a_document_without_a_plan_is_read_by_its_headings(proof: MakeProof) -> None:
    rows = []
    for n, texts in enumerate(
        [
            ("Action", "Status", "Comments"),
            ("Write", "Complete", "Sent."),
            ("Ask", "Completed", "Not yet started."),
        ]
    ):
        marks = ((0, Origin("log.xlsx", cell=f"A{n + 1}", order=n)),)
        cells = tuple(Cell(text, marks, column=c) for c, text in enumerate(texts))
        row = Block("\t".join(texts), marks, BlockKind.ROW, table=1, cells=cells, is_head=n == 0)
        rows.append(row)
    made = proof(Document("log.xlsx", "xlsx", tuple(rows)), plans=[])
    assert [f.place.quotation for f in run(made, only=["status-wording"])] == ["Complete"]
    [one] = run(made, only=["status-contradicts"])
    assert one.reason == "The status is “complete”, but the update says “Not yet started”."


def in_states(states: list[tuple[str, str]], key: list[tuple[str, str]]) -> Plan:
    """Return a plan with states in cells of their own, and what its key explains."""
    place = [Origin("plan.docx", paragraph=n, order=n) for n in range(len(states) + 1)]
    lines = tuple(
        Activity(f"1.{n}", "", "", (), place[n], status, state)
        for n, (state, status) in enumerate(states, 1)
    )
    explained = tuple(
        KeyEntry(
            words[0], words, status, Origin("plan.docx", paragraph=90 + n, order=90 + n), words[0]
        )
        for n, (words, status) in enumerate(key)
    )
    made = (Commitment("1", "", "", "", place[0], lines),)
    return Plan("", made, place[0], None, explained)


@pytest.mark.parametrize(
    ("states", "key", "wordings"),
    [
        ([("Done", "complete"), ("Finished", "complete")], [], ["Done", "Finished"]),
        ([("Done.", "complete"), ("done", "complete")], [], []),
        ([("Done", "complete")] * 2, [("finished", "complete")], ["Done", "finished"]),
        ([("Done", "complete")], [("done", "complete")], []),
        ([("Green", "on_track"), ("On track", "on_track")], [], []),  # two scales
        # What the key tells apart is not one status.
        (
            [("Moving", "on_track"), ("On course", "on_track")],
            [("moving", "on_track"), ("on course", "on_track")],
            [],
        ),
    ],
)
def test_states_in_cells_of_their_own_are_held_against_each_other_and_the_key(
    proof: MakeProof,
    states: list[tuple[str, str]],
    key: list[tuple[str, str]],
    wordings: list[str],
) -> None:
    told = run(proof(plans=[in_states(states, key)]), only=["status-wording"])
    assert [sorted({p.quotation for p in (f.place, *f.others)}) for f in told] == (
        [wordings] if wordings else []
    )


def test_a_colour_in_several_wordings_is_told_as_that_colour(proof: MakeProof) -> None:
    [one] = found(proof, "status-wording", "Green", "G", "Amber", "Green")
    assert one.reason == "The status “green” is worded in 2 ways: “Green” (2), “G” (1)."


def test_a_running_text_is_read_by_its_lines_and_sentences(proof: MakeProof) -> None:
    text = "Roads\nStatus: Complete\n\nRail\nCompleted\n\nBuses\nThey run. Action complete.\n"
    [one] = run(proof(text, plans=[]), only=["status-wording"])
    assert "worded in 3 ways" in one.reason
    assert [p.origin.line for p in (one.place, *one.others)] == [2, 5, 8]
    assert (
        run(proof("Complete the form.\n\nIt was completed.", plans=[]), only=["status-wording"])
        == []
    )


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("RAG: Green. Recruitment is behind plan in two areas.", True),
        ("Complete. The survey has not yet begun.", True),
        ("The pilot is behind plan.", False),
        ("Members noted that the review, completed in May, is not yet public.", False),
    ],
)
def test_a_paragraph_that_begins_with_a_status_is_held_to_it(
    proof: MakeProof, text: str, is_told: bool
) -> None:
    assert bool(run(proof(text, plans=[]), only=["status-contradicts"])) is is_told


def test_the_end_of_a_flattened_row_is_read(proof: MakeProof) -> None:
    text = "Roads J Bright Complete\nRail A Black Completed\nThe work is now complete\n"
    [one] = run(proof(text, plans=[]), only=["status-wording"])
    assert "“Complete” (1), “Completed” (1)" in one.reason


def test_what_stands_below_a_row_that_ends_with_a_status_is_held_to_it(proof: MakeProof) -> None:
    text = (
        "R1 Laptops (2021) Encrypt all Head of ICT 31/03/22 Implemented\n"
        "Forty laptops are still to be encrypted.\n"
        "R2 Contracts (2021) Hold one list Head of Law 31/01/22 Not started\n"
        "The list went live in May.\nR3 Fleet Tender again 30/04/22 In progress\nSee R2.\n"
    )
    told = run(proof(text, plans=[]), only=["status-contradicts"])
    assert [one.place.origin.line for one in told] == [2, 4]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("2.4 Old stones\nLead: Officer\nNothing has been done since May.\nGREEN\n\n2.5 Sheep", 3),
        ("Cameras\nThey are up and nothing remains to be done.\nAMBER\n\nMore\nIt goes on.", 2),
        ("A4\nReview the service\nThe second part has not yet begun.\nBoard\nComplete\n", 3),
        ("C1   Forms by post     A form is sent.            Done\n"
         "C2   Forms by e-mail   Work has not               Done\n"
         "                       begun on this.\n", 2),
        ("12   Map of cameras    Head of Crime     open\n     Sent. Nothing more to be done.\n", 2),
        ("B4  Points\nTen were put in.\nNothing is left to do.\nON COURSE\n\nB5  Desks", 3),
        ("F2 Attendance\n77.5%\nGrade\nGREEN\n\nIt remains below the standard.\n", 6),
        ("F2 Attendance\n77.5%\nGrade\nRED\n\nIt remains below the standard.\n", None),
        ("A4\nReview the service\nThe second part is published.\nBoard\nComplete\n", None),
        ("GREEN     on course\nAMBER     behind, but can be brought back\n", None),
        ("C1   Forms by post     Work has not begun.        Not started\n", None),
        ("2.4 Old stones\nNothing has been done since May.\nRED\n\n2.5 Sheep", None),
    ],
)  # fmt: skip
def test_a_text_of_cards_or_spaced_rows_is_held_to_its_states(
    proof: MakeProof, text: str, line: int | None
) -> None:
    told = run(proof(text, plans=[]), only=["status-contradicts"])
    assert [one.place.origin.line for one in told] == ([line] if line else [])


_PIECES = ["GREEN", "Done", "1.2", "Work   has", "not begun", "\n", "  ", "State: Open"]


@given(st.lists(st.sampled_from(_PIECES), max_size=40))
def test_any_text_can_be_read_for_its_states(words: list[str]) -> None:
    document = read_text("plan.txt", " ".join(words).encode())
    assert isinstance(run(Proof([document]), only=["status-contradicts"]), list)


def test_a_table_that_stands_in_a_text_is_read_by_its_columns_and_numbers(
    proof: MakeProof,
) -> None:
    text = (
        "HM-01   Roads   Complete    All is done.\nHM-02   Rail    Completed   It is behind plan.\n"
        "HM-03   Buses   On track    They run.\nHM-04   Trams   Finished\n"
    )
    [one] = run(proof(text, plans=[]), only=["status-wording"])
    assert "“Complete” (1), “Completed” (1), “Finished” (1)" in one.reason
    [against] = run(proof(text, plans=[]), only=["status-contradicts"])
    assert (against.place.origin.line, "behind plan" in against.reason) == (2, True)


@given(st.lists(st.text(max_size=60), max_size=3), st.sampled_from(["", "complete", "odd"]))
def test_any_update_can_be_read(updates: list[str], status: str) -> None:
    made = Proof([])
    vars(made)["plans"] = [plan(*updates, status=status)]
    assert isinstance(run(made, only=["status-wording", "status-contradicts"]), list)


@pytest.mark.parametrize(
    ("line", "tail"),
    [
        ("3 Roads    J Bright    A", "A"),
        ("3 Roads J Bright Amber", "Amber"),
        ("Officers wait with patients in hospital. A", ""),  # where a sentence begins
        ("The figures by district are in Annex A", ""),
        ("The work of the county is told of in part G", ""),
    ],
)
def test_a_letter_that_begins_a_sentence_or_tells_a_part_is_no_grade(line: str, tail: str) -> None:
    assert statuses.tail_of(line) == tail
