"""A pack as PDF: everything that was typeset comes out again, in order, with page and line."""

from __future__ import annotations

import pytest

from peelian.intake.document import BlockKind, Document
from peelian.intake.pdf_reading import read_here
from tests.intake import made_pdf
from tests.intake.made_pdf import pack, table, typeset

FOLLOW = "#set page(width: 14cm, height: 12cm, margin: 1.5cm)\n#set text(hyphenate: false)\n"


@pytest.fixture(scope="module", params=[True, False], ids=["tagged", "untagged"])
def read(request, tmp_path_factory) -> Document:
    path = tmp_path_factory.mktemp("pdf") / "pack.pdf"
    path.write_bytes(pack(tagged=request.param))
    return read_here(path)


@pytest.fixture
def reading(put):
    """Typeset a document and read it."""
    return lambda words, **how: read_here(put("made.pdf", typeset(words, **how)))


def cells(document: Document, number: int) -> list[tuple[str, ...]]:
    return [tuple(c.text for c in row.cells) for row in document.tables()[number].rows]


def said(document: Document, kind: BlockKind) -> list[str]:
    return [b.text for b in document.blocks if b.kind == kind]


# ---- the pack ----


def test_a_plan_over_two_pages_is_one_table_with_one_heading(read):
    plan = read.tables()[0]
    assert plan.head == (
        "Commitment", "Ref", "Activity", "Progress update", "Oversight mechanism",
    )  # fmt: skip
    assert {row.origin.page for row in plan.rows} == {4, 5}
    assert all(row.table == plan.number for row in plan.rows)


def test_every_cell_of_the_plan_comes_out_whole_though_a_page_ends_in_one(read):
    rows = [[c for c in row.cells if c.column] for row in read.tables()[0].rows]
    expected = [(ref, *rest) for ref, _statement, *rest in made_pdf.plan()]
    assert [tuple(c.text for c in row) for row in rows] == expected


def test_a_cell_merged_over_rows_stands_in_the_first_of_them(read):
    first = [row.cells[0].text for row in read.tables()[0].rows if row.cells[0].column == 0]
    assert first == [f"{number} {what}" for number, what, _count in made_pdf.COMMITMENTS]


def test_a_cell_knows_where_each_of_its_lines_stands(read):
    row = next(r for r in read.tables()[0].rows if r.cells[-4].text == "2.1.4")
    update = next(c for c in row.cells if c.text.startswith("Ongoing"))
    assert update.origin.page == 4
    assert update.at(update.text.index("next meeting")).page == 5
    assert update.origin.cell[0] == "D"


def test_tables_come_out_cell_by_cell_with_rules_and_half_without(read):
    assert cells(read, 1) == made_pdf.GLOSSARY
    assert cells(read, 2) == made_pdf.PERFORMANCE
    assert read.tables()[1].head == ("Name", "Purpose", "Meets")
    assert read.tables()[2].head[0] == "Topic"


def test_minutes_with_numbers_in_the_margin_are_headings_with_what_stands_beside(read):
    heads = [(b.number, b.text) for b in read.blocks if b.kind == BlockKind.HEADING and b.number]
    assert heads == [(number, title) for number, title, _count in made_pdf.MINUTES]
    after = [b.text for b in read.blocks if b.origin.page == 3]
    assert after[after.index("Public Participation") + 1] == "None."


def test_bullets_have_their_depth(read):
    bullets = [(b.level, b.text[:9]) for b in read.blocks if b.kind == BlockKind.BULLET]
    assert bullets == [(1, "A Member "), (1, "The PCC a"), (2, "Details w")]


def test_the_number_of_a_note_is_taken_off_the_value_it_hangs_on(read):
    text = "\n".join(b.text for b in read.blocks)
    assert "was 85%, the highest" in text
    assert "developing a strategy which" in text


def test_a_sentence_is_read_over_the_caption_in_its_middle(read):
    paragraphs = said(read, BlockKind.PARAGRAPH)
    assert made_pdf.SENTENCE in paragraphs
    assert made_pdf.CAPTION in paragraphs


def test_columns_are_read_one_after_the_other(read):
    last = [b for b in read.blocks if b.origin.page == 7]
    assert [b.text for b in last if b.kind == BlockKind.HEADING] == [
        "End of term report", "Working together", "Looking ahead",
    ]  # fmt: skip
    assert last[-1].text.count("The next commissioner") == 12


def test_a_large_figure_stands_with_what_it_counts(read):
    paragraphs = said(read, BlockKind.PARAGRAPH)
    assert {f"{figure} {what}" for figure, what in made_pdf.BIG_NUMBERS} <= set(paragraphs)


def test_contents_are_lines_of_their_own_with_number_and_page(read):
    entries = [(b.number, b.text) for b in read.blocks if b.origin.page == 2][1:]
    assert entries == [(n, f"{title} ..... {page}") for n, title, page in made_pdf.CONTENTS]


def test_running_lines_are_lines_and_no_blocks(read):
    assert not any("Page " in b.text or "5 February 2025" in b.text for b in read.blocks)
    printed = [line.text for line in read.lines if line.origin.page == 5]
    assert printed[0] == "Northshire Police and Crime Panel 5 February 2025"
    assert printed[-1] == "Page 5 of 99"


def test_lines_are_numbered_on_their_page_and_in_order(read):
    assert [line.origin.order for line in read.lines] == list(range(len(read.lines)))
    for page in range(1, 8):
        lines = [line.origin.line for line in read.lines if line.origin.page == page]
        assert lines == list(range(1, len(lines) + 1))


def test_every_mark_points_to_the_line_that_holds_its_words(read):
    printed = {(line.origin.page, line.origin.line): line.text for line in read.lines}
    for passage in read.passages():
        for offset, origin in passage.marks:
            first = passage.text[offset:].split(maxsplit=1)
            if first:
                assert first[0].split("-")[0][:4] in printed[(origin.page, origin.line)]


def test_the_file_tells_of_itself(read):
    assert (read.pages, read.format, read.notes) == (7, "pdf", ())
    assert [(b.title, b.page) for b in read.bookmarks][:3] == [
        ("Contents", 2), ("Minutes", 3), ("Delivery plan", 4),
    ]  # fmt: skip
    assert (read.accessibility.title, read.accessibility.language) == ("Agenda pack", "en-GB")


# ---- smaller documents ----

ROWS = [(f"Item {n}", f"What was done about it in month {n}", f"{n * 17}%") for n in range(1, 41)]


@pytest.mark.parametrize(
    "stroke", ["", "stroke: none,", "stroke: (x: none, y: 0.5pt),", "stroke: (x: 0.5pt, y: none),"],
    ids=["ruled", "unruled", "level rules", "upright rules"],
)  # fmt: skip
def test_a_table_over_pages_is_read_however_it_is_ruled(reading, stroke):
    document = reading(FOLLOW + table(("Name", "What", "Share"), ROWS, "(2cm, 1fr, 2cm)", stroke))
    assert document.pages > 2
    assert [t.head for t in document.tables()] == [("Name", "What", "Share")]
    assert cells(document, 0) == ROWS


def test_the_same_headings_over_another_table_begin_another(reading):
    one = table(("Name", "What", "Share"), ROWS[:3], "(2cm, 1fr, 2cm)")
    document = reading(FOLLOW + one + "\nWords between.\n" + one)
    assert [t.number for t in document.tables()] == [1, 2]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_as_if_it_were_upright(put, turn):
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(typeset("= Head\nWords on a page that is turned."))) as pdf:
        pdf.pages[0].Rotate = turn
        out = io.BytesIO()
        pdf.save(out)
    document = read_here(put("turned.pdf", out.getvalue()))
    assert [b.text for b in document.blocks] == ["Head", "Words on a page that is turned."]


def test_a_table_set_sideways_is_read_like_any_other(reading):
    sideways = "#rotate(-90deg, reflow: true, block(width: 16cm)[" + table(
        ("Name", "What", "Share"), ROWS[:5], "(2cm, 1fr, 2cm)"
    ) + "])"  # fmt: skip
    assert cells(reading(sideways), 0) == ROWS[:5]


def test_a_word_parted_at_a_line_end_is_whole_again_and_a_hyphen_of_its_own_stays(reading):
    document = reading(
        "#set page(width: 6cm, margin: 1cm)\n#set text(hyphenate: false)\n"
        "The commission met. Its secretary and the commissioners wrote to the secretary.\\ \\ \n"
        "The com-\\\nmission and its sec-\\\nretary met the Vice-\\\nChairman and a co-\\\n"
        "opted member."
    )
    text = " ".join(b.text for b in document.blocks)
    assert "The commission and its secretary met the Vice-Chairman and a co-opted member." in text


def test_ligatures_are_letters(reading):
    assert reading("The office’s first file of staff.").blocks[0].text == (
        "The office’s first file of staff."
    )
