"""Pages as other offices set them: agendas, tables of figures, shading, forms, columns."""

from __future__ import annotations

import pytest

from peelian.intake.document import BlockKind, Document
from peelian.intake.pdf_reading import read_here
from tests.intake.made_pdf import typeset
from tests.intake.raw_pdf import raw

FIGURES = [
    ("Eastford", "1,234", "1,190", "1,301", "+4.8%"),
    ("Westmoor", "834", "790", "901", "+7.0%"),
    ("North Hills", "34", "19", "30", "+25.0%"),
    ("Total", "2,102", "1,999", "2,232", "+5.9%"),
]
FUNDS = [("Roads", "£1.2m", "£0.9m"), ("Victims", "£340,000", "£339,000"), ("Youth", "£25", "£1")]
HEADS = ("*Item No*", "*Subject*", "*Page No*")
AGENDA = [
    ("1", "Named Substitutes", ""),
    ("2", "Public Participation Members of the public wishing to take part should notify the Head "
     "of Legal Services in writing no later than 9.00am on the day before.", ""),
    ("3", "Confirmation of the Minutes of the previous meeting", "1 - 10"),
    ("4", "Performance Monitoring Report", "11 - 42"),
]  # fmt: skip
PROSE = "The office will publish its plan in the spring, and the panel has asked to see it first. "
BUT = "But nothing has been said of it since then, and the members would like to know why. "


def grid(rows, columns: str, more: str = "") -> str:
    body = ", ".join(f"[{cell}]" for row in rows for cell in row)
    return f"#table(columns: {columns}, {more} {body})\n"


@pytest.fixture
def read(put):
    """Read a document in Typst's words, without the tags that would say what it is."""
    start = "#set text(hyphenate: false)\n#set page(margin: 2cm)\n"
    return lambda words: read_here(put("made.pdf", typeset(start + words, tagged=False)))


def cells(document: Document, number: int = 0) -> list[tuple[str, ...]]:
    return [
        tuple(c.text.replace("\n", " ") for c in row.cells)
        for row in document.tables()[number].rows
    ]


def test_an_agenda_set_in_columns_is_a_table_that_ends_where_the_next_heading_begins(read):
    document = read(
        grid([HEADS, *AGENDA], "(1.5cm, 1fr, 2cm)", "stroke: none,")
        + "== Membership\nCllr A Jones (Chairman) \\ Cllr B Smith"
    )  # fmt: skip
    assert document.tables()[0].head == ("Item No", "Subject", "Page No")
    assert cells(document) == AGENDA
    assert document.blocks[-2].text == "Membership"


def test_a_table_of_figures_without_rules_keeps_all_its_columns(read):
    document = read(
        "== Numbers\n"
        + grid([("Area", "2021", "2022", "2023", "Change"), *FIGURES], "5", "stroke: none,")
        + "== Spending\n"
        + grid(FUNDS, "3")
    )
    assert document.tables()[0].head == ("Area", "2021", "2022", "2023", "Change")
    assert cells(document) == FIGURES
    assert cells(document, 1) == FUNDS


def test_a_heading_of_years_and_units_with_nothing_over_the_names_is_a_heading(read):
    spent = [("Pay", "120,340", "125,001"), ("Premises", "8,200", "8,099"), ("Change", "", "(101)")]
    document = read(grid([("", "2023/24 £000", "2024/25 £000"), *spent], "3"))
    assert document.tables()[0].head == ("", "2023/24 £000", "2024/25 £000")
    assert cells(document) == spent


@pytest.mark.parametrize("odd", ["calc.odd(y)", "calc.even(y)"])
def test_rows_told_apart_by_shading_every_second_one_are_all_of_the_table(read, odd):
    fill = f"stroke: none, fill: (x, y) => if {odd} {{ luma(230) }},"
    document = read(grid([("Fund", "Granted", "Spent"), *FUNDS], "(3fr, 1fr, 1fr)", fill) + PROSE)
    assert document.tables()[0].head == ("Fund", "Granted", "Spent")
    assert cells(document) == FUNDS


def test_headings_over_headings_are_one_row_that_says_both(read):
    document = read(
        "#table(columns: 5, table.cell(rowspan: 2)[*Area*], table.cell(colspan: 2)[*2023/24*],"
        " table.cell(colspan: 2)[*2024/25*], [*Q1*], [*Q2*], [*Q1*], [*Q2*],"
        " [East], [1], [2], [3], [4], [West], [5], [6], [7], [8])"
    )
    head = document.tables()[0].head
    assert head == ("Area", "2023/24 Q1", "2023/24 Q2", "2024/25 Q1", "2024/25 Q2")
    assert cells(document) == [("East", "1", "2", "3", "4"), ("West", "5", "6", "7", "8")]


def test_a_form_of_names_and_values_is_a_table(read):
    form = [("Reference", "2025/04"), ("Decision", "To award £25,000"), ("Date", "3 March 2025")]
    assert cells(read(grid(form, "(4cm, 1fr)"))) == form


def test_prose_in_columns_is_read_column_by_column_below_a_heading_over_all(read):
    document = read(
        "#columns(3)[" + PROSE * 9 + "]\n= Over all\n#columns(2)[== Left\n" + PROSE * 4
        + "#colbreak()\n== Right\n" + PROSE * 6 + "]"
    )  # fmt: skip
    assert [(b.kind, b.text.count("plan") or b.text) for b in document.blocks] == [
        (BlockKind.PARAGRAPH, 9),
        (BlockKind.HEADING, "Over all"),
        (BlockKind.HEADING, "Left"),
        (BlockKind.PARAGRAPH, 4),
        (BlockKind.HEADING, "Right"),
        (BlockKind.PARAGRAPH, 6),
    ]


def test_numbered_paragraphs_give_their_numbers_apart(read):
    document = read(f'1. {PROSE}\n\n2. {PROSE * 2}\n\n#enum(numbering: "(a)", [{PROSE}], [None.])')
    assert [b.number for b in document.blocks] == ["1", "2", "(a)", "(b)"]
    assert all(b.text.startswith(("The office", "None")) for b in document.blocks)


def test_raised_letters_and_units_stay_and_the_numbers_of_notes_go(read):
    document = read("Crime fell by 4.2%#super[3] on the 1#super[st] of May, over 12 m#super[2].")
    assert document.blocks[0].text == "Crime fell by 4.2% on the 1st of May, over 12 m2."


def test_a_note_in_smaller_letters_that_only_stand_higher_is_taken_off_too(put):
    note = "/F1 7 Tf 4 Ts (12) Tj /F1 11 Tf 0 Ts"
    value = f"BT /F1 11 Tf 72 700 Td (It was 85%) Tj {note} ( of all.) Tj ET"
    document = read_here(put("raised.pdf", raw(value)))
    assert [b.text for b in document.blocks] == ["It was 85% of all."]


def test_a_day_before_a_heading_is_no_number_of_it(read):
    document = read("= 5 February 2025\n" + PROSE + "\n= 3 Background\n" + PROSE)
    heads = [(b.number, b.text) for b in document.blocks if b.kind == BlockKind.HEADING]
    assert heads == [("", "5 February 2025"), ("3", "Background")]


def test_a_later_column_that_begins_higher_is_still_read_later(read):
    document = read("#columns(2)[#v(14pt)" + PROSE * 4 + "#colbreak()" + BUT * 4 + "]")
    assert [b.text.count("nothing") for b in document.blocks] == [0, 4]


def test_a_footnote_keeps_its_number_before_its_words(read):
    document = read("The force counted.#footnote[Source: its own count.]")
    assert [b.text for b in document.blocks] == ["The force counted.", "1 Source: its own count."]


def test_a_paragraph_goes_on_over_the_end_of_a_page(read):
    document = read("#set page(height: 9cm, footer: align(center)[Page 1])\n" + PROSE * 14)
    assert document.pages > 1
    assert [b.text for b in document.blocks] == [(PROSE * 14).strip()]


def test_the_last_row_alone_on_a_page_is_still_of_the_table(read):
    rows = [(f"Body {n}", f"What it looks after, number {n}", "Monthly") for n in range(1, 12)]
    document = read(
        "#set page(height: 8.9cm)\n" + grid(rows, "(3cm, 1fr, 3cm)", "stroke: none,") + PROSE * 2
    )
    assert cells(document) == rows


def test_numbers_between_bullets_and_their_words_are_the_numbers_of_the_items(read):
    items = ["1. Apologies", "2. Minutes", "(a) Of the last meeting", "5 officers", "A. Chair sent"]
    document = read("".join(f"• {item} \\ \n" for item in items))
    assert {b.kind for b in document.blocks} == {BlockKind.BULLET}
    assert [(b.number, b.text) for b in document.blocks] == [
        ("1", "Apologies"), ("2", "Minutes"), ("(a)", "Of the last meeting"),
        ("", "5 officers"), ("", "A. Chair sent"),
    ]  # fmt: skip


PLACES = "#table(columns: 2, table.header[*Place*][*Beds*], [North], [12], [South], [9])"


def test_a_caption_is_the_name_of_its_table_and_no_heading(put):
    figure = f"#figure(caption: figure.caption(position: top)[*Refuges*], {PLACES[1:]})"
    words = f"= Report\n{PROSE}\n#show figure.caption: it => it.body\n{figure}\n{PROSE}\n{PLACES}"
    document = read_here(put("made.pdf", typeset(words)))
    assert [t.caption for t in document.tables()] == ["Refuges", ""]
    assert [b.text for b in document.blocks if b.kind == BlockKind.HEADING] == ["Report"]


def test_what_names_a_table_by_its_number_right_above_it_is_its_caption(read):
    document = read(f"*Table 2.1: Refuges*\n\n{PLACES}\n*Table talk*\n\n{PROSE}")
    assert [t.caption for t in document.tables()] == ["Table 2.1: Refuges"]
    assert [b.text for b in document.blocks if b.kind == BlockKind.HEADING] == ["Table talk"]


def test_what_a_list_of_contents_holds_is_listed_and_no_heading(put):
    words = (
        "#show outline.entry: strong\n#outline()\n#pagebreak()\n= Roads\nWords.\n= Money\nWords."
    )
    tagged, untagged = (
        read_here(put("made.pdf", typeset(words, tagged=tags))).blocks for tags in (True, False)
    )
    assert [(b.kind, b.level, b.text[:5]) for b in tagged[1:3]] == [
        (BlockKind.CONTENTS, 0, "Roads"), (BlockKind.CONTENTS, 0, "Money"),
    ]  # fmt: skip
    assert [(b.level, b.text[:5]) for b in untagged[1:3]] == [(0, "Roads"), (0, "Money")]


def test_a_heading_and_the_caption_below_it_are_two_though_they_look_alike(put):
    figure = f"#figure(caption: figure.caption(position: top)[*Refuges*], {PLACES[1:]})"
    look = "#show heading: set text(11pt)\n#show heading: set block(below: 0.65em)\n"
    words = f"{look}#show figure.caption: it => it.body\n= Safe places\n{figure}"
    blocks = read_here(put("made.pdf", typeset(words))).blocks
    assert [(b.kind, b.text) for b in blocks[:2]] == [
        (BlockKind.HEADING, "Safe places"), (BlockKind.PARAGRAPH, "Refuges"),
    ]  # fmt: skip


# A heading on a ground, and below it rows that only a rule as wide as the table ends.
BELOW_A_GROUND = """stroke: (x, y) => if y > 0 { (bottom: 0.5pt) },
 fill: (x, y) => if y == 0 { luma(230) },"""


def test_tall_rows_below_a_heading_on_a_ground_are_rows_of_its_table(read):
    rows = [("1.1", PROSE * 6, "On track"), ("1.2", BUT * 5, "Complete")]
    document = read(grid([("Ref", "Activity", "Status"), *rows], "(1cm, 1fr, 2cm)", BELOW_A_GROUND))
    assert cells(document) == [tuple(cell.strip() for cell in row) for row in rows]


def test_a_running_head_with_a_rule_as_wide_as_the_table_below_is_no_row_of_it(put):
    head = (
        "#set page(header: align(bottom, box(width: 100%, stroke: (bottom: 0.5pt), inset: 3pt)"
        "[Agenda pack #h(1fr) Appendix 1]))\n"
    )
    rows = [("1.1", PROSE, "On track"), ("1.2", BUT, "Complete")]
    table = grid([("Ref", "Activity", "Status"), *rows], "(1cm, 1fr, 2cm)", BELOW_A_GROUND)
    document = read_here(put("made.pdf", typeset(head + table)))
    assert document.tables()[0].head == ("Ref", "Activity", "Status")
    assert len(document.blocks) == 3
