"""Word documents: what a reader would see on the page, and what the file holds besides."""

from __future__ import annotations

import datetime as dt

import pytest

from peelian.intake.document import BlockKind, NoteKind
from peelian.intake.docx import read_docx
from peelian.intake.docx_contrast import contrast
from tests.intake.packed import (
    NUMBERING,
    STYLES,
    docx,
    listed,
    p,
    packed,
    rels,
    styled,
    tbl,
    tc,
    tr,
)

H, P, B, R = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.ROW
BROKEN = "<w:p><w:r><w:t>First line </w:t><w:br/><w:t>broken</w:t></w:r></w:p>"
NORTH = "The panel considered the report of the commissioner on rural crime."


@pytest.fixture
def read(put):
    """Read a Word document of a body."""

    def of(body: str, **parts: str):
        known = {"styles": STYLES, "numbering": NUMBERING} | parts
        return read_docx(put("t.docx", docx(body, **known)))

    return of


def seen(document) -> list[tuple[str, int, str, str]]:
    return [(b.kind, b.level, b.number, b.text) for b in document.blocks]


def test_headings_by_style_by_outline_and_in_other_languages(read):
    found = read(
        styled("Title", "Annual report")
        + styled("H1", "Background")
        + styled("P2", "Cefndir")
        + styled("Own", "Detail")
        + styled("Under", "Detail below")
        + p("By outline", '<w:outlineLvl w:val="0"/>')
        + p(NORTH)
    )
    assert [(b.kind, b.level) for b in found.blocks] == [
        (H, 1), (H, 1), (H, 2), (H, 3), (H, 3), (H, 1), (P, 0),
    ]  # fmt: skip


def test_a_bold_short_line_is_a_heading_under_the_last_one(read):
    bold = "<w:b/>"
    found = read(
        styled("H1", "Performance")
        + p("Response times", run=bold)
        + styled("Bold", "Rural crime")
        + p("4.2 Victims", run=bold)
        + p("The panel was asked to note the report.", run=bold)
        + p("Not bold")
        + p("SUPPORTING INFORMATION")
    )
    assert [(b.kind, b.level, b.number) for b in found.blocks] == [
        (H, 1, ""), (H, 2, ""), (H, 2, ""), (H, 2, "4.2"), (P, 0, ""), (P, 0, ""),
        (H, 2, ""),
    ]  # fmt: skip


def test_numbers_that_word_computes(read):
    found = read(
        listed(1, 0, "One")
        + listed(1, 1, "Two")
        + listed(1, 2, "Three")
        + listed(1, 2, "Four")
        + listed(1, 1, "Five")
        + listed(1, 0, "Six")
        + listed(1, 1, "Seven")
        + listed(3, 0, "Welcome")
        + listed(3, 1, "Roman")
        + listed(3, 0, "Apologies")
        + listed(4, 0, "Begins anew")
        + listed(0, 0, "Not in a list")
    )
    numbers = [block.number for block in found.blocks]
    assert numbers == ["1", "1.1", "(a)", "(b)", "1.2", "2", "2.1", "321", "I", "322", "1", ""]


def test_numbered_headings_by_their_style(read):
    style = (
        '<w:style w:type="paragraph" w:styleId="N{0}"><w:name w:val="heading {0}"/><w:pPr>'
        '<w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:style>'
    )
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="N{n + 1}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, text in enumerate(("%1.", "%1.%2"))
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="0"/></w:num>'
    )
    found = read(
        "".join(styled(name, "Words") for name in ("N1", "N2", "N2", "N1", "N2")),
        styles=STYLES.replace("heading 1", "x") + style.format(1) + style.format(2),
        numbering=numbering,
    )
    assert [b.number for b in found.blocks] == ["1", "1.1", "1.2", "2", "2.1"]
    assert [b.level for b in found.blocks] == [1, 2, 2, 1, 2]


def test_typed_numbers_and_bullets_are_taken_off(read):
    found = read(
        p("3.2\tThe force would report back.")
        + p("(a) To note the report.")
        + p("• Knife crime")
        + listed(2, 0, "Robbery")
        + listed(2, 1, "Burglary")
    )
    assert seen(found) == [
        (P, 0, "3.2", "The force would report back."),
        (P, 0, "(a)", "To note the report."),
        (B, 1, "", "Knife crime"),
        (B, 1, "", "Robbery"),
        (B, 2, "", "Burglary"),
    ]


def test_rows_with_their_cells_merged_and_repeated(read):
    head = tr("Ref", "Activity", "Update", properties="<w:tblHeader/>")
    found = read(
        tbl(
            head,
            tr(tc("1.1", '<w:vMerge w:val="restart"/>'), "Recruit", "Complete"),
            tr(tc("", "<w:vMerge/>"), tc("Spans two", '<w:gridSpan w:val="2"/>')),
            head,
            tr("1.2", BROKEN + listed(2, 0, "Second"), ""),
        )
    )
    rows = found.blocks
    assert [row.is_head for row in rows] == [True, False, False, True, False]
    assert [[(c.column, c.span, c.text) for c in row.cells] for row in rows[1:3]] == [
        [(0, 1, "1.1"), (1, 1, "Recruit"), (2, 1, "Complete")],
        [(0, 1, ""), (1, 2, "Spans two")],
    ]
    assert rows[4].cells[1].text == "First line\nbroken\n• Second"
    assert rows[4].cells[1].origin.cell == "B5"
    assert rows[1].text == "1.1\tRecruit\tComplete"
    (table,) = found.tables()
    assert table.head == ("Ref", "Activity", "Update")
    assert len(table.rows) == 3


def test_a_column_of_numbers_that_word_computes(read):
    found = read(tbl(*(tr(tc(listed(1, 0, "")), text) for text in ("Recruit", "Train"))))
    assert [b.text for b in found.blocks] == ["1\tRecruit", "2\tTrain"]


def test_tables_that_follow_directly_are_one(read):
    one = tbl(tr("Ref", "Update"), tr("1.1", "Complete"))
    rest = tbl(tr("1.2", "Ongoing"))
    assert [t.number for t in read(one + p("") + rest).tables()] == [1]
    assert read(one + rest).blocks[-1].cells[0].origin.cell == "A3"
    assert [t.number for t in read(one + p(NORTH) + rest).tables()] == [1, 2]
    assert [t.number for t in read(one + tbl(tr("a", "b", "c"))).tables()] == [1, 2]


def test_a_nested_table_comes_after_the_row_it_is_in(read):
    inner = tbl(tr("Inner", "Cells"))
    found = read(tbl(tr(tc(p("Outer") + inner + p("")), "x"), tr("Last", "y")))
    assert [(b.table, b.text) for b in found.blocks] == [
        (1, "Outer\tx"), (2, "Inner\tCells"), (1, "Last\ty"),
    ]  # fmt: skip


def test_text_of_links_fields_controls_and_boxes(read):
    def run(text):
        return f"<w:r><w:t>{text}</w:t></w:r>"

    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>"
        f"{p('In the box')}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<w:txbxContent>{p('In the box')}</w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run("12")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    found = read(
        f"<w:p><w:hyperlink>{run('A link')}</w:hyperlink><w:r><w:tab/></w:r>{field}{box}</w:p>"
        f"<w:sdt><w:sdtContent>{p('In a control')}</w:sdtContent></w:sdt>"
        f"<w:p><w:sdt><w:sdtContent>{run('Inside')}</w:sdtContent></w:sdt>"
        "<w:r><w:noBreakHyphen/></w:r>"
        f"<w:fldSimple>{run(' field')}</w:fldSimple></w:p>"
    )
    assert [b.text for b in found.blocks] == [
        "A link 12", "In the box", "In a control", "Inside- field",
    ]  # fmt: skip


def test_changes_are_accepted_and_told(read):
    def change(tag, text):
        kind = "delText" if tag == "del" else "t"
        return (
            f'<w:{tag} w:author="An Officer" w:date="2024-03-01T09:00:00Z"><w:r>'
            f'<w:{kind} xml:space="preserve">{text}</w:{kind}></w:r></w:{tag}>'
        )

    gone = "<w:rPr><w:del/></w:rPr>"
    found = read(
        f"<w:p><w:r><w:t>The precept </w:t></w:r>{change('del', 'rises')}"
        f"{change('ins', 'falls')}</w:p>"
        + p("The panel ", gone)
        + p("agreed.")
        + tbl(tr("Kept", "a"), tr("Gone", "b", properties="<w:del/>"))
    )
    assert [b.text for b in found.blocks] == ["The precept falls", "The panel agreed.", "Kept\ta"]
    assert [(n.kind, n.text) for n in found.notes] == [
        (NoteKind.TRACKED_CHANGE, "deleted by An Officer on 2024-03-01: “rises”"),
        (NoteKind.TRACKED_CHANGE, "inserted by An Officer on 2024-03-01: “falls”"),
        (NoteKind.TRACKED_CHANGE, "deleted row: “Gone b”"),
    ]


def test_hidden_text_and_comments_are_told_not_read(read):
    found = read(
        p("A secret. ", run="<w:vanish/>")
        + p("Another", run='<w:rStyle w:val="Gone"/>')
        + '<w:p><w:r><w:t>Seen</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>',
        comments='<w:comment w:id="0" w:author="A Clerk" w:date="2024-03-01T09:00:00Z">'
        f"{p('Check this')}</w:comment>",
    )
    assert [b.text for b in found.blocks] == ["Seen"]
    assert [(n.kind, n.text) for n in found.notes] == [
        (NoteKind.HIDDEN, "“A secret.”"),
        (NoteKind.HIDDEN, "“Another”"),
        (NoteKind.COMMENT, "A Clerk 2024-03-01: “Check this”"),
    ]


def test_footnotes_follow_the_text(read):
    note = f'<w:footnote w:id="2">{p("Recorded crime, March 2024.")}</w:footnote>'
    found = read(
        '<w:p><w:r><w:t>Crime fell</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        + p(NORTH),
        footnotes=note,
    )
    assert seen(found)[-1] == (P, 0, "1", "Recorded crime, March 2024.")
    assert found.blocks[-1].origin.paragraph == 1
    assert found.blocks[0].text == "Crime fell"


def test_pages_as_far_as_breaks_tell(read):
    again = "<w:r><w:lastRenderedPageBreak/></w:r>"
    page = '<w:r><w:br w:type="page"/></w:r>'
    found = read(
        p("One")
        + f"<w:p>{page}</w:p>"
        + f"<w:p>{again}<w:r><w:t>Two</w:t></w:r></w:p>"
        + f"<w:p><w:r><w:t>Begun </w:t></w:r>{again}<w:r><w:t>on three</w:t></w:r></w:p>"
        + p("Four", "<w:pageBreakBefore/>")
    )
    assert [(b.text, b.origin.page) for b in found.blocks] == [
        ("One", 1), ("Two", 2), ("Begun on three", 2), ("Four", 4),
    ]  # fmt: skip
    assert found.blocks[2].at(8).page == 3
    assert found.pages == 4


def test_without_breaks_no_page_is_named_but_paragraphs_are(read):
    found = read(p("One") + p("") + p("Two"))
    assert [(b.origin.page, b.origin.paragraph) for b in found.blocks] == [(None, 1), (None, 2)]
    assert found.pages is None


def test_what_assistive_technology_is_told(read, put):
    picture = (
        '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" {}/><a:graphic>'
        "<a:graphicData><a:blip/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    found = read(
        styled("H1", "One")
        + styled("Own", "Three")
        + picture.format("")
        + picture.format('descr="A chart of crime"')
        + tbl(tr("a", "b"), tr("c", "d"))
        + tbl(tr("Present:", "A Chair"), tr("Apologies:", "None"))
        + tbl(tr("a", "b", "c", properties="<w:tblHeader/>"), tr("c", "d", "e"))
        + p("Grey words", run='<w:color w:val="AAAAAA"/>')
        + p("Dark words", run='<w:color w:val="333333"/>')
        + p("White on blue", '<w:shd w:fill="003366"/>', '<w:color w:val="FFFFFF"/>')
        + p("Large", run='<w:color w:val="888888"/><w:sz w:val="40"/>')
    )
    told = found.accessibility
    assert told.language == "en-GB"
    assert told.title == ""
    assert told.pictures == 2
    assert [o.paragraph for o in told.skipping] == [2]
    assert len(told.undescribed) == 1
    assert [o.table for o in told.unheaded] == [1]
    assert [(f.text, f.ratio) for f in told.faint] == [("Grey words", 2.32)]
    assert contrast("000000", "FFFFFF") == pytest.approx(21)


def test_the_files_own_title_and_day(put):
    content = packed(
        {
            "_rels/.rels": rels(("officeDocument", "word/document.xml", "Internal")),
            "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/'
            f'wordprocessingml/2006/main"><w:body>{p("Words")}</w:body></w:document>',
            "docProps/core.xml": "<c:coreProperties "
            'xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
            "<dc:title>Plan</dc:title><t:modified>2024-03-01T09:00:00Z</t:modified>"
            "</c:coreProperties>",
        }
    )
    found = read_docx(put("t.docx", content))
    assert found.accessibility.title == "Plan"
    assert found.modified == dt.date(2024, 3, 1)
