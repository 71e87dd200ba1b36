"""How a plan or table words its statuses, and whether they go with their updates."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.document import Block, BlockKind, Cell, Document, Origin
from peelian.proofreading import every  # noqa: F401 - declares the checks
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
        ("complete", "There is no money for the rest of it.", "There is no money"),
        (
            "complete",
            "Funding has not been agreed for the second year.",
            "Funding has not been agreed",
        ),
        ("complete", "Live in two of the five districts.", "in two of the five districts"),
        ("complete", "The last two have not got one.", "The last two have not"),
        ("complete", "The supplier cannot yet do this.", "cannot yet"),
        ("not_started", "The register went live in May.", "went live"),
        ("not_started", "The leaflet was published in June.", "was published in"),
        (
            "at_risk",
            "The signs are up and nothing remains to be done.",
            "nothing remains to be done",
        ),
        ("on_track", "Nobody has applied for the post.", "Nobody has applied"),
        ("not_started", "The guide will be published in June.", ""),
        ("off_track", "It is not on track.", ""),
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
        KeyEntry(words[0], words, status, Origin("plan.docx", paragraph=90 + n, order=90 + n))
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


@pytest.mark.parametrize(
    ("text", "line"),
    [
        # its own line after what is said, or before it, in records with numbers
        (
            "1.1 Signs\nNothing has been done.\nGREEN\n\n1.2 Lights\nAll are up.\nBLUE\n\n"
            "1.3 Locks\nHalf are fitted.\nAMBER\n",
            2,
        ),
        (
            "A1\nMend signs\nState: Closed\nThe new kind is\nnot yet in use.\n\nA2\nLights\n"
            "State: On track\nAll are up.\n\nA3\nLocks\nState: On track\nHalf are fitted.\n",
            5,
        ),
        # the end of a row, of which more is told below
        (
            "R1 Laptops Head of ICT Implemented\nMoney has not been found.\n"
            "R2 Cars Head of Fleet In progress\nTwo have come.\nR3 Locks Head of Works Complete\n"
            "R4 Keys Head of Works Complete\n",
            2,
        ),
    ],
)
def test_a_numbered_record_is_held_to_its_state_and_the_line_against_it_is_told(
    proof: MakeProof, text: str, line: int
) -> None:
    [one] = run(proof(text), only=["status-contradicts"])
    assert one.place.origin.line == line


def test_a_wording_is_told_with_the_line_that_prints_it(proof: MakeProof) -> None:
    text = "".join(
        f"Ref: P{n}\nCommitment: Mend the roads\nOwner: Head of Roads\nProgress: We mend them.\n"
        f"Status: {status}\n\n"
        for n, status in enumerate(("Complete", "Complete", "Done", "On track"), 1)
    )
    [one] = run(proof(text), only=["status-wording"])
    assert [p.origin.line for p in (one.place, *one.others)] == [5, 17]


def test_the_end_of_a_flattened_row_is_read(proof: MakeProof) -> None:
    text = "Roads J Bright Complete\nRail A Black Completed\nThe work is now complete\n"
    [one] = run(proof(text, plans=[]), only=["status-wording"])
    assert "“Complete” (1), “Completed” (1)" in one.reason


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


ROWS = """Milestone              Lead              Position
Six cameras            Head of Roads     {}
A light in the park    Head of Estates   {}
Locks for 200 homes    Head of Victims   {}
"""


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (("Complete", "Complete", "Finalised"), "“Complete” (2), “Finalised” (1)"),
        (("Done", "Done", "Delivered"), "“Done” (2), “Delivered” (1)"),
        (
            ("Complete", "Complete", "Completed in part, on hold"),
            "“Complete” (2), “Completed in part, on hold” (1)",
        ),
        (
            ("Closed", "Closed", "Closed - awaiting sign off"),
            "“Closed” (2), “Closed - awaiting sign off” (1)",
        ),
        (
            ("Closed", "Closed.", "Closed (subject to audit)"),
            "“Closed” (2), “Closed (subject to audit)” (1)",
        ),
        (("Under way", "In progress", "In progress"), "“In progress” (2), “Under way” (1)"),
        (("Not started", "Not begun", "Complete"), "“Not begun” (1), “Not started” (1)"),
        (("Open", "Ongoing", "Ongoing"), "“Ongoing” (2), “Open” (1)"),
        (
            ("On track", "On track", "On track but some delay"),
            "“On track” (2), “On track but some delay” (1)",
        ),
    ],
)
def test_the_last_cells_of_rows_and_what_labels_name_may_be_any_wording(
    proof: MakeProof, states: tuple[str, ...], words: str
) -> None:
    labelled = "".join(f"Cameras\nPosition: {state}\n\n" for state in states)
    for text in (ROWS.format(*states), labelled):
        [one] = run(proof(text, plans=[]), only=["status-wording"])
        assert words in one.reason


@pytest.mark.parametrize(
    "states",
    [
        ("Complete", "Complete", "Complete the form, then"),
        ("Complete", "Complete", "Completed 3 May 2023, at Hall"),
        ("Complete", "Complete", "See item 5, complete"),
        ("Complete", "Complete", "on hold, as it is"),
        ("Closed", "Closed", "Closed circuit television"),
        ("Done", "At risk", "Not started"),
    ],
)
def test_cells_that_are_no_state_are_no_wording_of_one(
    proof: MakeProof, states: tuple[str, ...]
) -> None:
    assert run(proof(ROWS.format(*states), plans=[]), only=["status-wording"]) == []


def test_a_key_of_colours_is_no_wording_of_them(proof: MakeProof) -> None:
    key = "Blue - done   Green - on course   Amber - at risk   Red - off course\n\n"
    assert run(proof(key + ROWS.format("Red", "Red", "Green"), plans=[]), ["status-wording"]) == []


def test_a_wording_is_told_where_it_stands_in_its_row(proof: MakeProof) -> None:
    text = "Ref: 1.1\nWork: Cameras\nStatus: Complete\n\nRef: 1.2\nWork: Lights\nStatus: Done\n"
    place = [Origin("pack-1.txt", line=n, order=n - 1) for n in (1, 5)]
    lines = tuple(
        Activity(f"1.{n + 1}", "", "", (), place[n], "complete", state)
        for n, state in enumerate(("Complete", "Done"))
    )
    made = Plan("", (Commitment("1", "", "", "", place[0], lines),), place[0])
    [one] = run(proof(text, plans=[made]), only=["status-wording"])
    assert [p.origin.line for p in (one.place, *one.others)] == [3, 7]


def test_what_prose_says_of_something_is_no_label(proof: MakeProof) -> None:
    text = ROWS.format("Complete", "Complete", "On track") + "\nWe saw the park. It is completed.\n"
    assert run(proof(text, plans=[]), only=["status-wording"]) == []


def test_a_text_adds_its_other_wordings_to_those_of_its_plan(proof: MakeProof) -> None:
    lines = plan("Complete", "Completed")
    place = [Origin("pack-1.txt", line=n, order=n) for n in range(3)]
    moved = tuple(replace(a, origin=place[n]) for n, a in enumerate(lines.activities))
    made = replace(lines, commitments=(replace(lines.commitments[0], activities=moved),))
    text = ROWS.format("Complete", "completed", "Finalised")
    [one] = run(proof(text, plans=[made]), only=["status-wording"])
    assert "“Complete” (1), “Completed” (1), “Finalised” (1)" in one.reason
    assert one.confidence == Confidence.CERTAIN


@given(st.lists(st.text(max_size=60), max_size=3), st.sampled_from(["", "complete", "odd"]))
def test_any_update_can_be_read(updates: list[str], status: str) -> None:
    made = Proof([])
    vars(made)["plans"] = [plan(*updates, status=status)]
    assert isinstance(run(made, only=["status-wording", "status-contradicts"]), list)
