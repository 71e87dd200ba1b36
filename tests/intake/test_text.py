"""Plain text: what wraps is joined, what stands alone is kept apart, and nothing is told twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.document import BlockKind, NoteKind
from peelian.intake.headings import is_heading
from peelian.intake.numbers import Numbers
from peelian.intake.text import MOST_LINES, read_text

H, P, B = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.BULLET


def read(text: str):
    return read_text("t.txt", text.encode())


def seen(text: str) -> list[tuple[str, str, str]]:
    """Return the kind, number and text of each block."""
    return [(block.kind, block.number, block.text) for block in read(text).blocks]


LONG = "The panel considered a report that the commissioner had brought to its last meeting"
WRAPPED = (
    "The panel considered a report that the commissioner\n"
    "had brought to its last meeting, and asked for the\n"
    "figures behind it."
)
JOINED = " ".join(WRAPPED.split())

TEXTS = {
    "wrapped lines are one paragraph": (WRAPPED, [(P, "", JOINED)]),
    "a free line parts paragraphs": (f"{WRAPPED}\n\n{WRAPPED}", [(P, "", JOINED)] * 2),
    "a line that had room was ended": (
        f"{WRAPPED}\nThe force would report back in the spring of\nthe next year.",
        [(P, "", JOINED), (P, "", "The force would report back in the spring of the next year.")],
    ),
    "each line of an unwrapped text is a paragraph": (
        f"Present:\nA Chair\n{LONG * 3}.\n{LONG * 3}.",
        [(P, "", "Present:"), (H, "", "A Chair"), *[(P, "", f"{LONG * 3}.")] * 2],
    ),
    "a parted word is joined": (
        "The commissioner spoke at length about neighbour-\nhood policing in the north.",
        [(P, "", "The commissioner spoke at length about neighbour-hood policing in the north.")],
    ),
    "bullets, each with its depth": (
        "• Knife crime\n  and robbery\no Hotspots\no Schools\n- last",
        [(B, "", "Knife crime and robbery"), (B, "", "Hotspots"), (B, "", "Schools"),
         (B, "", "last")],
    ),
    "bullets that share a line": (
        "• One • Two • Three", [(B, "", "One"), (B, "", "Two"), (B, "", "Three")]
    ),
    "a bullet that was lost leaves a space": (
        f"{WRAPPED}\n\nThe members asked that:\n\n Rural crime be reported each\nquarter\n\n"
        " The response times be\nshown by area",
        [(P, "", JOINED), (P, "", "The members asked that:"),
         (B, "", "Rural crime be reported each quarter"),
         (B, "", "The response times be shown by area")],
    ),
    "a numbered paragraph": (f"3.2 {WRAPPED}", [(P, "3.2", JOINED)]),
    "a number on its own line": (
        f"1.\nPurpose\n1.1\n{WRAPPED}", [(H, "1", "Purpose"), (P, "1.1", JOINED)]
    ),
    "a heading in the margin": (
        f"41 Welcome and\nIntroductions\n\n{WRAPPED}\n\n42 Public\nQuestions\n\n{WRAPPED}",
        [(H, "41", "Welcome and Introductions"), (P, "", JOINED), (H, "42", "Public Questions"),
         (P, "", JOINED)],
    ),
    "a bracketed letter": (f"(a) {LONG};", [(P, "(a)", f"{LONG};")]),
    "items of a list that ends with and": (
        f"(a) {LONG}; and\n(b) {LONG}.",
        [(P, "(a)", f"{LONG}; and"), (P, "(b)", f"{LONG}.")],
    ),
    "a list in a line is left whole": (
        "(1) Recruit (2) Train\nthem all (3) Report",
        [(P, "", "(1) Recruit (2) Train them all (3) Report")],
    ),
    "names with their values": (
        "Contact: The head of policy\nTelephone: 01234 567890",
        [(P, "", "Contact: The head of policy"), (P, "", "Telephone: 01234 567890")],
    ),
    "lettered references": (
        f"B2.10 {WRAPPED}\n\n(B2.11){WRAPPED}", [(P, "B2.10", JOINED), (P, "(B2.11)", JOINED)]
    ),
    "a count is no number": (f"90 {LONG}.", [(P, "", f"90 {LONG}.")]),
    "a date is no number": (
        "2 April 2020\n\n3 April 2020",
        [(P, "", "2 April 2020"), (P, "", "3 April 2020")],
    ),
    "an amount is no number": (f"1.2 million pounds {LONG}.",
                               [(P, "", f"1.2 million pounds {LONG}.")]),
    "the next number begins anew, though the line before was full": (
        f"2.4 {LONG} (Action 22/1)\n2.5 {LONG}.",
        [(P, "2.4", f"{LONG} (Action 22/1)"), (P, "2.5", f"{LONG}.")],
    ),
    "a bullet's line that hangs and begins with a capital": (
        f"•  {LONG}\n   September 2025 and {LONG}.",
        [(B, "", f"{LONG} September 2025 and {LONG}.")],
    ),
    "a page's foot does not interrupt": (
        "The panel considered a report that the commissioner\n\nPage 12\n\n\n\n7\n\n"
        "had brought to its last meeting, and asked for the\nfigures behind it.",
        [(P, "", JOINED)],
    ),
    "a page's number alone does not interrupt": (
        "The panel considered a report that the commissioner\n\n12\n\n"
        "had brought to its last meeting, and asked for the\nfigures behind it.",
        [(P, "", JOINED)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_blocks_of_a_text(text, expected):
    assert seen(text) == expected


def test_a_heading_stands_over_a_label_or_a_sentence_of_its_own():
    found = seen("Commissioner Approval\n\nI approve the recommendation(s):\n\nSignature: A Person")
    assert [kind for kind, _number, _text in found] == [H, P, P]
    found = seen(
        f"{WRAPPED}\n\n45 Report -\n'Roads and\nBridges'\n\n{WRAPPED}\n\n46 Closing\n\nIt ended."
    )
    assert [(kind, number) for kind, number, _text in found][1] == (H, "45")


def test_running_heads_are_read_once():
    head = "Northshire Police and Crime Panel"
    page = "{head}\n\nThe panel considered a report that the commissioner\n{number}"
    pages = [page.format(head=head, number=n) for n in range(1, 6)]
    found = read("\f".join(pages))
    assert [block.text for block in found.blocks].count(head) == 1
    assert found.pages == 5
    assert all(not block.text.isdecimal() for block in found.blocks)
    assert [line.text for line in found.lines].count(head) == 5


def test_a_head_that_names_the_item_is_no_running_head():
    pages = [f"AGENDA ITEM {n}\nTITLE OF THE PAPER\n\n{WRAPPED}\n\n{n + 9}" for n in (3, 5, 6, 8)]
    found = [block.text for block in read("\f".join(pages)).blocks]
    assert [text for text in found if "ITEM" in text] == [f"AGENDA ITEM {n}" for n in (3, 5, 6, 8)]
    counted = [f"Northshire Panel | {n}\n\n{WRAPPED}" for n in range(4, 9)]
    found = [block.text for block in read("\f".join(counted)).blocks]
    assert [text for text in found if "Panel" in text] == ["Northshire Panel | 4"]


def test_a_running_head_without_page_breaks_is_known_by_the_page_that_it_names():
    head = "Northshire Board\n4 May 2020\n"
    found = seen(f"{head}Item 5\n\n{WRAPPED}\n{head}Page 1 of 4\n{WRAPPED}")
    assert [text for _kind, _number, text in found].count("Northshire Board") == 1
    assert not any("Page 1" in text for _kind, _number, text in found)


def test_what_a_page_ends_with_is_kept_where_it_tells_something_said_before():
    copied = "Wardens are paid from the grant that the office confirmed in April."
    found = seen(f"{copied}\n\nVisits\n\n{copied}\n\nPage 3\n\fMore is told here of it.\n")
    assert [text for _kind, _number, text in found].count(copied) == 2


def test_lines_stand_as_printed_with_their_places():
    found = read("a \r\nb\f  c\rd")
    assert [(line.text, line.origin.page, line.origin.line) for line in found.lines] == [
        ("a ", 1, 1), ("b", 1, 2), ("  c", 2, 1), ("d", 2, 2),
    ]  # fmt: skip
    assert [line.origin.order for line in found.lines] == [0, 1, 2, 3]


def test_a_break_at_the_end_begins_no_page():
    found = read("One\f\nTwo\n\f\n")
    assert found.pages == 2
    assert [(line.text, line.origin.page) for line in found.lines if line.text] == [
        ("One", 1), ("Two", 2),
    ]  # fmt: skip


def test_a_block_knows_where_each_of_its_lines_stands():
    block = read(f"3.2 {WRAPPED}").blocks[0]
    assert block.text[block.marks[1][0] :].startswith("had brought")
    assert block.at(block.text.index("figures behind")).line == 3
    assert block.origin.line == 1


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Background", True),
        ("Response times", True),
        ("Executive Summary:", True),
        ("Appendix 1: Delivery plan", True),
        ("What we heard", True),
        ("Welcome and introductions", True),
        ("8th February 2022", False),
        ("Wednesday, 5 February 2020 at 11.00 am", False),
        ("A Person (AP)", False),
        ("Some Person, Chief Constable", False),
        ("Decision number: 44/2020", False),
        ("Contact: A Person 01234 567890", False),
        ("Apologies were accepted from the Chief Constable", False),
        ("Mrs A Person", False),
        ("Completed", False),
        ("Quarterly", False),
        ("There is nothing to report.", False),
        ("78% of victims were satisfied", False),
        ("panel@northshire.example", False),
    ],
)
def test_what_stands_as_a_heading(words, expected):
    assert is_heading(words, 1) is expected


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("", "(i)   Since then", "(i)"),
        ("A. The agenda", "B. The minutes", "B"),
        ("", "B. Person spoke", ""),
        ("C3 Give leadership", "C4 Jointly monitor", "C4"),
        ("", "M5 Closures", ""),
        ("Q3 Performance", "Q4 Performance", ""),
        ("2018 Annual report", "2019 Annual report", ""),
        ("", "10.30 AM start", ""),
        ("", "4. 2021 inspection", ""),
        ("3. Previous minutes", "4. 2021 inspection", "4"),
        ("", "7 recommendations", ""),
    ],
)
def test_numbers_are_told_from_quantities(before, text, expected):
    assert Numbers([before, text]).taken(text)[0] == expected


def test_windows_letters_and_unicode_with_a_mark_are_read():
    assert read_text("t.txt", "The panel’s £2 – “yes”".encode("cp1252")).blocks[0].text == (
        "The panel’s £2 – “yes”"
    )
    assert read_text("t.txt", "The panel’s".encode("utf-16")).blocks[0].text == "The panel’s"


def test_what_does_not_print_is_left_out_and_said():
    mended = read_text("t.txt", b"The panel met" + b" and met again" * 20 + b"\0 in May.")
    assert [note.kind for note in mended.notes] == [NoteKind.MENDED]
    assert "\0" not in mended.blocks[0].text


def test_a_text_without_end_is_cut_short_and_said():
    found = read("a\n" * (MOST_LINES + 10))
    assert len(found.lines) == MOST_LINES
    assert [note.kind for note in found.notes] == [NoteKind.CUT_SHORT]


@given(st.text(alphabet=" \n\f\r\t•-.(1)aAZ2i:/é–o", max_size=300))
def test_no_text_is_lost_or_told_twice(text):
    """Every letter outside bullets and numbers is in exactly one block."""
    found = read(text)
    for block in found.blocks:
        offsets = [offset for offset, _origin in block.marks]
        assert offsets[0] == 0
        assert offsets == sorted(set(offsets))
    told = sum(block.text.count("Z") + block.text.count("é") for block in found.blocks)
    assert told == text.count("Z") + text.count("é") or found.pages


@pytest.mark.parametrize("piece", ["1.", " ", "(a)", "• ", "A1.", "a: ", "-\n", "1\n\n", "ix) "])
def test_repeated_pieces_take_no_time_to_speak_of(piece):
    assert len(read(piece * 20_000).lines) > 0


def test_the_column_headings_of_each_page_are_no_running_head():
    head = "Ref   Recommendation        Lead      Status    Position"
    rows = ["1.1   Record all crimes     DCC       Done      All were recorded in time.",
            "1.2   Tell victims why      ACC       In hand   Letters have been sent out.",
            "1.3   Train call takers     ACC       In hand   Half were on the course."]  # fmt: skip
    page = "\n".join([head, *rows])
    tables = read(f"Tracker of recommendations\n\n{page}\n\f{page}\n\f{page}\n").tables()
    assert [table.head[0] for table in tables] == ["Ref"] * 3
