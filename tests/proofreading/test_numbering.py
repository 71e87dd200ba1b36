"""The numbers of a document's own parts, and what points to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.document import Block, Document, Origin
from peelian.intake.text import read_text
from peelian.proofreading import numbering  # noqa: F401
from peelian.proofreading.findings import Finding, run
from peelian.proofreading.proof import Proof
from peelian.recognition.contents import Entry
from peelian.recognition.minutes import Minute, Minutes
from tests.proofreading.conftest import MakeProof


def paper(*numbers: str) -> str:
    return "\n".join(
        f"{number} The matter of {n} is told here." for n, number in enumerate(numbers)
    )


def found(proof: MakeProof, check: str, *given: str | Document, **read: object) -> list[Finding]:
    return run(
        proof(*given, **{"plans": [], "minutes": [], "contents": lambda _document: [], **read}),
        only=[check],
    )


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (["3.1", "3.2", "3.3", "3.3", "3.4"], [("certain", 4)]),
        (["1.", "2.", "3.", "3.", "4."], [("likely", 4)]),
        (["1.", "2.", "3.", "1.", "2.", "3.", "4."], []),  # a list within, or another paper
        (["1.1", "1.2", "2.1", "2.2", "2.3", "2.4"], []),
        (["1.", "2.", "3.", "4.", "5.", "3.", "7.", "8."], [("likely", 6)]),  # for 6
        (["B1", "B2", "B4", "B3", "B5", "B5"], [("certain", 6)]),
        (["1.", "2.", "3.", "4.", "4.", "6."], [("likely", 5)]),  # the second was to be 5
        (["5.", "5.", "5."], []),  # no series
        (["3.1", "3.2", "3.3", "3.4", "3.2", "3.5"], [("likely", 5)]),  # away from its place
        (["4.5", "4.5", "4.6", "3.1"], []),  # figures at the beginning of lines
    ],
)
def test_a_number_given_twice_in_one_series_is_told(
    proof: MakeProof, numbers: list[str], expected: list[tuple[str, int]]
) -> None:
    told = found(proof, "duplicate-reference", paper(*numbers))
    assert [(f.confidence.value, f.place.origin.line) for f in told] == expected


def test_numbers_of_a_word_document_out_of_order_or_left_out_are_told(proof: MakeProof) -> None:
    numbers = ["1", "2", "4", "3", "5", "6", "8", "9"]
    blocks = tuple(
        Block(f"Text of {n}.", ((0, Origin("a.docx", paragraph=n, order=n)),), number=number)
        for n, number in enumerate(numbers, 1)
    )
    told = found(proof, "misordered-reference", Document("a.docx", "docx", blocks))
    assert [(f.confidence.value, f.reason) for f in told] == [
        ("likely", "3 stands after 4."),
        ("possible", "After 6 comes 8."),
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("(1) Media (2) Social media (2) Ambassadors (3) Letters", ["(2)"]),
        ("Watch (1) media, (2) letters and (3) calls.", []),
        ("(1) Media (2) Letters. Then (1) Calls (2) Visits", []),  # two lists
        ("In the second year (2) and again (2) it fell.", []),  # no list
        ("(1) Media (1) Letters", []),
    ],
)
def test_a_number_given_twice_in_a_list_within_a_text_is_told(
    proof: MakeProof, text: str, numbers: list[str]
) -> None:
    told = found(proof, "duplicate-reference", text)
    assert [f.reason.split()[-2] for f in told] == numbers


def test_a_number_at_another_place_than_its_own_is_told(proof: MakeProof) -> None:
    text = paper("3.1", "3.4", "3.2", "3.3", "3.5", "3.6")
    told = found(proof, "misordered-reference", text)
    assert [f.reason for f in told] == ["3.4 stands after 3.1."]


@pytest.mark.parametrize(
    ("letters", "check", "at"),
    [
        ("abcd", "duplicate-reference", []),
        ("abbc", "duplicate-reference", [3]),
        ("abb", "duplicate-reference", [3]),
        ("abcab", "duplicate-reference", []),  # two lists
        ("abdc", "misordered-reference", [4]),
        ("abcd", "misordered-reference", []),
    ],
)
def test_points_by_letters_are_held_to_their_order(
    proof: MakeProof, letters: str, check: str, at: list[int]
) -> None:
    text = "\n".join(f"    ({letter}) note the matter of {n};" for n, letter in enumerate(letters))
    assert [f.place.origin.line for f in found(proof, check, text)] == at


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Priority 1: Roads\n\nPriority 2: Rail\n\nPriority 2: Buses\n", [5]),
        ("Table 1: Roads\n\nTable 2: Rail\n\nTable 2: Rail (continued)\n", []),
        (
            "3.1 Roads are long.\n3.2 Rail is short.\n3.3 Buses run, as paragraph\n"
            "3.3 of the plan says.\n3.4 Trams do not.\n",
            [],
        ),
    ],
)
def test_what_is_one_part_has_its_number_once(
    proof: MakeProof, text: str, lines: list[int]
) -> None:
    assert [f.place.origin.line for f in found(proof, "duplicate-reference", text)] == lines


def test_paragraphs_of_a_paper_do_not_go_on_those_of_the_paper_before(proof: MakeProof) -> None:
    text = f"ITEM 5\n\n{paper('1.', '2.', '3.', '4.')}\n\nITEM 6\n\n"
    text += paper("1.", "2.", "3.", "5.", "4.", "6.", "7.")
    told = found(proof, "misordered-reference", text)
    assert [f.reason for f in told] == ["4 stands after 5."]


def test_the_last_two_of_a_section_may_be_the_wrong_way_round(proof: MakeProof) -> None:
    told = found(proof, "misordered-reference", paper("3.1", "3.2", "3.4", "3.3", "4.1"))
    assert [f.reason for f in told] == ["3.3 stands after 3.4."]


PARTS = (
    paper("1.", "2.", "3.", "4.", "5.", "6.")
    + "\n\nAppendix 1\nAll of it.\n\nAppendix 2\nThe rest.\n\nTable 1: Calls\n\nFigure A: A map\n"
    + "".join(f"\nPage {n}\n" for n in (1, 2, 3))
)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("It is attached at Appendix 3.", "Appendix 3"),
        ("It is attached at appendix 2 and at Appendix 1.", ""),
        ("It is attached at Annex A.", "Annex A"),  # the others have numbers
        ("As Table 4 shows, it rose.", "Table 4"),
        ("As Table 1 shows, it rose.", ""),
        ("As Table 4 of the strategy shows, it rose.", ""),
        ("A chart is at Chart 2.", ""),  # no chart has a caption: they may be pictures
        ("A map is at Figure B.", "Figure B"),
        ("It is set out at paragraph 9 below.", "paragraph 9"),
        ("It is set out at paragraph 4.", ""),
        ("It is set out at paragraph 9 of the report.", ""),
        ("It is exempt under Schedule 12A, paragraph 9.", ""),
        ("See page 12.", "page 12"),
        ("See page 3.", ""),
        ("See page 12 of the report.", ""),
        ("A page 12 inches long; the table a member saw.", "page 12"),
    ],
)
def test_what_points_to_a_part_that_is_not_there_is_told(
    proof: MakeProof, text: str, missing: str
) -> None:
    told = [f.reason for f in found(proof, "broken-reference", f"{PARTS}\n{text}")]
    assert told == ([f"There is no “{missing}” here."] if missing else [])


def test_a_list_of_appendices_promises_them_and_a_file_by_that_name_is_one(
    proof: MakeProof,
) -> None:
    text = "It is at Appendix 2.\n\nAppendices\nAppendix 1 - Roads\nAppendix 2 - Figures\n"
    first = f"{text}\n\nAppendix 1\n\nRoads are long."
    assert len(found(proof, "broken-reference", first)) == 1
    beside = read_text("Appendix 2.txt", b"Figures")
    assert found(proof, "broken-reference", first, beside) == []


def test_appendices_in_files_of_their_own_are_known_by_their_list(proof: MakeProof) -> None:
    text = "It is at Appendix C.\n\nIt is at Appendix B.\n\nAppendix A - Roads\nAppendix B - Rail\n"
    assert [f.place.quotation for f in found(proof, "broken-reference", text)] == [
        "It is at Appendix C."
    ]


def test_an_item_beyond_the_agenda_is_told(proof: MakeProof) -> None:
    entries = [Entry(str(n), f"Item {n}", Origin("pack-1.txt")) for n in range(1, 7)]
    text = "This is dealt with under item 9.\n\nSee item 6, and item 9 of the last agenda."
    told = found(proof, "broken-reference", text, contents=lambda _document: entries)
    assert [f.reason for f in told] == ["There is no “item 9” here."]


def test_what_minutes_point_to_was_before_their_meeting(proof: MakeProof) -> None:
    said = "It was attached at Appendix 3."
    place = Origin("pack-1.txt", order=0)
    minutes = Minutes("Panel", None, place, items=(Minute("1", "", said, place),))
    assert (
        found(
            proof,
            "broken-reference",
            f"{PARTS}\n\n{said}",
            minutes=[minutes],
            papers=lambda _document: [],
        )
        == []
    )


PIECES = ["1.", "1.1", "3.3 Text", "Appendix 1", "Table B: x", "Page 3", "see paragraph 7", "\n"]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=9))).map("\n".join))
def test_any_text_can_be_read(text: str) -> None:
    made = Proof([read_text("a.txt", text.encode())])
    vars(made).update(plans=[], minutes=[], contents=lambda _document: [])
    checks = ["duplicate-reference", "misordered-reference", "broken-reference"]
    assert isinstance(run(made, only=checks), list)


@pytest.mark.parametrize("piece", ["1. ", "1.1\n", "Appendix 1 ", "page 1 and 2, ", "table "])
def test_long_repeated_text_is_read_to_its_end(proof: MakeProof, piece: str) -> None:
    assert found(proof, "misordered-reference", piece * 3_000) == []
    assert isinstance(found(proof, "broken-reference", piece * 3_000), list)
