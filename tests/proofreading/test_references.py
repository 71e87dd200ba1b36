"""References in a plan: used twice, out of order, broken, misdirected, in chains and circles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.document import Block, BlockKind, Cell, Document, Origin
from peelian.intake.text import read_text
from peelian.proofreading import chains, references  # noqa: F401
from peelian.proofreading.findings import Finding, run
from peelian.proofreading.proof import Proof
from peelian.recognition.plan import Activity, Commitment, Plan
from tests.proofreading.conftest import MakeProof

CHECKS = (
    *("duplicate-reference", "misordered-reference", "broken-reference"),
    *("misdirected-reference", "chained-reference", "circular-reference"),
)
Row = tuple[str, str, str]  # number, text, update; a number with a full stop inside is an activity


def plan(*rows: Row, file: str = "plan.docx") -> Plan:
    """Return a plan of rows; one whose number is not longer than `1.2` begins a commitment."""
    made: list[Commitment] = []
    for n, (number, text, update) in enumerate(rows):
        origin = Origin(file, paragraph=n, order=n)
        if number.count(".") < 2 and number:
            line = (Activity("", "", update, (), origin),) if update else ()
            made.append(Commitment(number, text, "", "", origin, line))
        else:
            line = (Activity(number, text, update, (), origin),)
            last = made.pop()
            made.append(
                Commitment(last.reference, last.text, "", "", last.origin, last.activities + line)
            )
    return Plan("", tuple(made), Origin(file))


def found(check: str, *rows: Row, file: str = "plan.docx") -> list[Finding]:
    made = Proof([Document(file, file.rpartition(".")[2], ())])
    vars(made).update(plans=[plan(*rows, file=file)], minutes=[], contents=lambda _document: [])
    return run(made, only=[check])


def told(check: str, *rows: Row, file: str = "plan.docx") -> list[tuple[str, str]]:
    return [(f.confidence.value, f.reason) for f in found(check, *rows, file=file)]


def test_a_number_for_two_lines_is_told_at_the_second_with_the_first() -> None:
    [one] = found(
        *("duplicate-reference", ("1.1", "Roads", ""), ("1.1.1", "Cameras", "")),
        *(("1.2", "Estates", ""), ("1.1.1", "A new station", "")),
    )
    assert one.reason == "1.1.1 is printed for “Cameras” and for “A new station”."
    assert (one.confidence, one.place.origin.paragraph) == ("certain", 3)
    assert [p.origin.paragraph for p in one.others] == [1]


@pytest.mark.parametrize(
    "second",
    [
        ("1.1", "Roads", ""),  # the same row again after a page break
        ("1.1", "Roads (continued)", ""),
        ("1.2", "Roads", ""),
        ("1.1.1", "Cameras", ""),
    ],
)
def test_a_line_that_goes_on_and_another_number_are_no_duplicates(second: Row) -> None:
    assert found("duplicate-reference", ("1.1", "Roads", ""), second) == []


@pytest.mark.parametrize(
    ("numbers", "file", "expected"),
    [
        (["1.1", "1.3", "1.2"], "plan.docx", ["possible After", "likely 1.2 stands"]),
        (["1.1", "1.3", "1.2"], "plan.pdf", ["possible 1.2 stands"]),  # columns may interleave
        (["1.1", "1.2", "1.3", "2.1", "A.1", "A.2"], "plan.docx", []),
        (["1.9", "1.10", "D9", "D10"], "plan.docx", []),
        (["3.2", "3.2.1", "3.3.1", "3.2.2"], "plan.pdf", ["possible 3.2.2 stands after 3.3.1"]),
        (["A.1", "A.2", "1.1", "1.2"], "plan.docx", []),
    ],
)
def test_numbers_that_go_back_or_leave_some_out_are_told(
    numbers: list[str], file: str, expected: list[str]
) -> None:
    rows = [(number, f"Line {number}", "") for number in numbers]
    said = [f"{sure} {why}" for sure, why in told("misordered-reference", *rows, file=file)]
    assert [one.startswith(start) for one, start in zip(said, expected, strict=True)] == [
        True for _one in expected
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Refer to 1.9 and 1.2", [("likely", "“1.9” names no line or paragraph here.")]),
        ("Refer to 1.1 - 1.3", [("likely", "“1.3” names no line or paragraph here.")]),
        ("See 7.1", [("possible", "“7.1” names no line or paragraph here.")]),
        ("See E7", []),  # a road, or a form
        ("Refer to 1.2", []),
        ("Refer to 1.9 of the Estates Strategy", []),
        ("As section 1.9 says", []),
        ("It costs 1.9 more, on the A5.", []),
    ],
)
def test_a_reference_that_names_no_line_is_told(text: str, expected: list[tuple[str, str]]) -> None:
    assert told("broken-reference", ("1.1", "Roads", text), ("1.2", "Estates", "")) == expected


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("See A4 (Needs Assessment)", "A.2 has these words"),
        ("See A4 (Support Services)", ""),
        ("See A4 (Complete)", ""),
        ("See A4 (Ambulance Helicopters)", "See which is meant, and correct the reference"),
        ("See A4 (as agreed)", ""),
        ("See A4 (June 2031)", ""),
        ("See A4", ""),
    ],
)
def test_a_reference_whose_label_fits_only_another_line_is_told(text: str, meant: str) -> None:
    rows = (
        ("A.2", "Carry out a full assessment of what victims need", ""),
        ("A.4", "See that support services work", ""),
        ("B.1", text, ""),
    )
    mends = [f.mend for f in found("misdirected-reference", *rows)]
    assert [mend.startswith(meant) for mend in mends] == ([True] if meant else [])


def test_a_line_that_only_refers_to_one_that_only_refers_is_a_chain() -> None:
    rows = (
        ("1.1", "Officers", "Refer to 1.2 - 1.4"),
        ("1.2", "Staff", "Refer to D5"),
        ("1.3", "Volunteers", "Ten have joined; see also D5."),
        ("1.4", "Cadets", ""),
        ("D5", "Numbers", "There are 400 in all."),
    )
    assert told("chained-reference", *rows) == [
        ("certain", "1.1 refers to 1.2, which only refers onward to D5.")
    ]


@pytest.mark.parametrize(
    ("texts", "circles"),
    [
        (["Refer to 1.2", "Refer to 1.1"], [("certain", "1.1 → 1.2 → 1.1")]),
        (["Refer to 1.1"], [("certain", "1.1 → 1.1")]),
        (
            ["Refer to 1.2", "Refer to 1.3", "Work is done; see 1.1"],
            [("possible", "1.1 → 1.2 → 1.3 → 1.1")],
        ),
        (["Refer to 1.2", "Refer to 1.3", "Work is done."], []),
    ],
)
def test_a_circle_is_certain_where_nobody_in_it_says_anything(
    texts: list[str], circles: list[tuple[str, str]]
) -> None:
    rows = [(f"1.{n}", f"Line {n}", text) for n, text in enumerate(texts, 1)]
    assert told("circular-reference", *rows) == circles


NUMBERS = st.sampled_from(["1.1", "1.2", "1.1.1", "A.1", "A1.2", "D2", "", "1", "١.٢"])
WORDS = st.lists(st.sampled_from(["Refer to", "1.1", "A.1 (needs of victims)", "-", "1.3", "é"]))


@given(st.lists(st.tuples(NUMBERS, st.text(max_size=20), WORDS.map(" ".join)), max_size=6))
def test_any_plan_can_be_read(rows: list[Row]) -> None:
    made = Proof([])
    vars(made).update(
        plans=[plan(("1.1", "First", ""), *rows)], minutes=[], contents=lambda _document: []
    )
    assert isinstance(run(made, only=CHECKS), list)


# ---- documents without a plan ----

PARTS = """3.1 Roads. Refer to 3.2.
3.2 Cameras. See 3.4
3.3 Buses. They run well; see 3.9.
3.4 Rail. Trains are late.
Nobody knows why (see B2.1).
3.5 Trams. Please see action 3.5.
"""


def in_text(proof: MakeProof, check: str, *texts: str) -> list[tuple[str, str]]:
    findings = run(proof(*texts, plans=[], minutes=[], contents=lambda _document: []), only=[check])
    return [(f.confidence.value, f.reason) for f in findings]


def test_references_among_numbered_parts_are_followed_too(proof: MakeProof) -> None:
    assert in_text(proof, "chained-reference", PARTS) == [
        ("likely", "3.1 refers to 3.2, which only refers onward to 3.4.")
    ]
    assert in_text(proof, "circular-reference", PARTS) == [("likely", "3.5 → 3.5")]
    assert in_text(proof, "broken-reference", PARTS) == [
        ("likely", "“3.9” names no line or paragraph here.")
    ]


def test_parts_may_be_called_by_what_they_are(proof: MakeProof) -> None:
    text = (
        "1. Roads are long.\n2. Rail: see paragraph 3.\n3. Buses. See paragraph 4.\n4. Trams.\n"
        "Action 1: Write to all.\nAction 2: Ask. See action 3.\n"
        "Action 3: Meet. Please refer to action 2.\nAction 4: Refer to Action 4 of the plan.\n"
    )
    assert in_text(proof, "chained-reference", text) == [
        ("likely", "2 refers to 3, which only refers onward to 4.")
    ]
    assert in_text(proof, "circular-reference", text) == [
        ("likely", "Action 2 → Action 3 → Action 2")
    ]
    assert in_text(proof, "broken-reference", text) == []


def test_parts_may_have_codes_and_lines_with_labels(proof: MakeProof) -> None:
    text = (
        "HM-01 Roads\nLead: Chief Constable\nUpdate: See HM-03 and HM-04\n"
        "HM-02 Rail\nUpdate: Refer to HM-01.\nHM-03 Buses\nUpdate: Ten more run now.\n"
        "HM-04 Trams\nUpdate: As HM-09 says, see HM-12.\n"
    )
    assert in_text(proof, "chained-reference", text) == [
        ("likely", "HM-02 refers to HM-01, which only refers onward to HM-03, HM-04.")
    ]
    assert in_text(proof, "broken-reference", text) == [
        ("likely", "“HM-09” names no line or paragraph here."),
        ("likely", "“HM-12” names no line or paragraph here."),
    ]


def test_an_item_is_one_of_the_agenda_where_there_is_one(proof: MakeProof) -> None:
    agenda = "AGENDA\n\n1. Apologies\n2. Minutes\n3. Roads\n4. Rail\n\nITEM 4\n\n"
    text = "1. Roads are long.\n2. Rail: see item 3.\n3. Buses. See paragraph 2.\n4. Trams.\n"
    read = {"plans": [], "minutes": []}
    assert len(run(proof(text, **read), only=["circular-reference"])) == 1
    assert run(proof(agenda + text, **read), only=["circular-reference"]) == []


def test_what_words_say_of_a_part_is_held_against_it(proof: MakeProof) -> None:
    text = (
        "2.1 The needs of victims.\n2.2 Roads and lanes. See 2.1 on village roads and lanes.\n"
        "2.3 Village roads and lanes. They are long.\n2.4 Trams. See 2.1 (needs of victims).\n"
    )
    [one] = in_text(proof, "misdirected-reference", text)
    assert one[1].startswith("“2.1” is called “village roads and lanes”")


@pytest.mark.parametrize(
    ("first", "second", "cue"),
    [
        ("Action 1", "Action 2", "action 2"),
        ("HM-01", "HM-02", "HM-02"),
        ("AFI 1", "AFI 2", "AFI 2"),
        ("1", "2", "action 2"),
    ],
)
def test_a_plan_may_name_its_lines_by_words_codes_and_whole_numbers(
    first: str, second: str, cue: str
) -> None:
    rows = (
        (first, "Light parks", f"See {cue}."),
        (second, "Mend lamps", f"See {cue[:-1]}1."),
    )
    [one] = found("circular-reference", *rows)
    assert one.reason == f"{first} → {second} → {first}"


def test_where_numbers_begin_anew_another_paper_begins(proof: MakeProof) -> None:
    other = PARTS.replace("Refer to 3.2", "They are long").replace("see 3.9", "see 3.1")
    assert len(in_text(proof, "chained-reference", f"{PARTS}\n{other}")) == 1


def test_rows_of_a_table_that_is_no_plan_are_parts_by_their_first_cell(proof: MakeProof) -> None:
    rows = []
    texts = ["Roads|Refer to A2|Board", "Rail|See A3|", "Buses|Late|Board", "Trams|Fine|Board"]
    for n, text in enumerate(texts, 1):
        marks = ((0, Origin("log.docx", table=1, order=n)),)
        given = [f"A{n}", *text.split("|")]
        cells = tuple(Cell(cell, marks, column=c) for c, cell in enumerate(given))
        rows.append(Block("\t".join(given), marks, BlockKind.ROW, table=1, cells=cells))
    made = proof(
        Document("log.docx", "docx", tuple(rows)),
        plans=[],
        minutes=[],
        contents=lambda _document: [],
    )
    [one] = run(made, only=["chained-reference"])
    assert one.reason == "A1 refers to A2, which only refers onward to A3."


@given(st.lists(st.one_of(st.text(max_size=20), st.sampled_from(PARTS.splitlines()))))
def test_any_text_can_be_followed(lines: list[str]) -> None:
    made = Proof([read_text("a.txt", "\n".join(lines).encode())])
    vars(made).update(plans=[], minutes=[], contents=lambda _document: [])
    assert isinstance(run(made, only=CHECKS), list)


WHOLE = [(str(n), f"Line {n}", f"Text of {n}.") for n in (1, 2, 3, 5, 4, 6)]


def test_lines_with_whole_numbers_are_held_to_their_order() -> None:
    assert told("misordered-reference", *WHOLE, file="plan.txt") == [
        ("possible", "4 stands after 5.")
    ]
    again = [*WHOLE[:3], ("1", "Line 1 of part 2", ""), ("2", "Line 2 of part 2", "")]
    assert told("misordered-reference", *again, file="plan.txt") == []


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("See action 11.", True),
        ("See action 6.", False),
        ("See paragraph 11.", False),
        ("See action 11 of the strategy.", False),
    ],
)
def test_a_whole_number_beyond_the_last_line_leads_nowhere(text: str, is_told: bool) -> None:
    rows = [*WHOLE, ("7", "The last", text)]
    assert bool(told("broken-reference", *rows)) is is_told


def test_what_a_code_says_is_a_reference_to_it(proof: MakeProof) -> None:
    text = "F1. Roads.\nF2. Rail, as F9 says.\nF3. Buses, as F1 shows.\nF4. Trams on the A9.\n"
    assert in_text(proof, "broken-reference", text) == [
        ("likely", "“F9” names no line or paragraph here.")
    ]
