"""What a document promises on paper: tags for who listens, marks to find one's way, words as words.

The checks read the structure tree; they show what is there, not that a reader finds it good.
"""

import io
import logging
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from peelian.blocks import (
    Block,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    Table,
    plain,
)
from peelian.documents import pdf

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"></svg>'
SITE = "https://peelian.example"
WELSH = "ŵŷâêîôû ŴŶ Tŷ’r Cyffredin"
HOSTILE = '#set page(fill: red) *bold* _x_ $1$ @ref <label> #panic("x") `raw` \\u{41} = // <script>'


@pytest.fixture
def printed(one_of_each: Document) -> pikepdf.Pdf:
    return opened(pdf.render(one_of_each, site=SITE))


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def tags(node: pikepdf.Object) -> Iterator[tuple[str, pikepdf.Object]]:
    """Every element of the structure tree below a node, in reading order."""
    children: Any = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield str(child["/S"])[1:], child
            yield from tags(child)


def structure(document: pikepdf.Pdf) -> list[tuple[str, pikepdf.Object]]:
    return list(tags(document.Root.StructTreeRoot))


def counted(document: pikepdf.Pdf, tag: str) -> int:
    return sum(found == tag for found, _element in structure(document))


def words(page: pikepdf.Page) -> str:
    """The words of a page in the order they are written, without spaces."""
    resources: Any = page.obj.get("/Resources", {})
    fonts: dict[str, Any] = dict(resources.get("/Font", {}))
    tables = {name: glyphs(font) for name, font in fonts.items() if "/ToUnicode" in font}
    table: dict[bytes, str] = {}
    found = []
    instruction: Any
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction
        if str(operator) == "Tf":
            table = tables.get(str(operands[0]), {})
        elif str(operator) in {"Tj", "TJ"}:
            strings = operands[0] if str(operator) == "TJ" else operands
            content = b"".join(bytes(s) for s in strings if isinstance(s, pikepdf.String))
            found += [table.get(content[i : i + 2], "?") for i in range(0, len(content), 2)]
    return "".join("".join(found).split())


def glyphs(font: pikepdf.Object) -> dict[bytes, str]:
    """From a glyph's two bytes to its letters, as the font's own table has them."""
    listing = font.ToUnicode.read_bytes().decode("latin-1")
    return {
        bytes.fromhex(glyph): bytes.fromhex(letters).decode("utf-16-be")
        for part in re.findall(r"beginbfchar(.*?)endbfchar", listing, re.S)
        for glyph, letters in re.findall(r"<(\w+)>\s*<(\w+)>", part)
    }


def bookmarks(document: pikepdf.Pdf) -> list[str]:
    def named(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
        for item in items:
            yield item.title
            yield from named(list(item.children))

    with document.open_outline() as outline:
        return list(named(list(outline.root)))


def test_the_file_is_tagged_titled_and_says_its_language(printed: pikepdf.Pdf) -> None:
    assert str(printed.Root.Lang) == "en-GB"
    assert bool(printed.Root.MarkInfo.Marked)
    assert bool(printed.Root.ViewerPreferences.DisplayDocTitle)
    with printed.open_metadata() as metadata:
        assert metadata["dc:title"] == "Agenda pack"
        assert metadata["dc:creator"] == ["West Mercia Panel"]
        assert metadata["pdfuaid:part"] == "1"


def test_headings_are_tagged_in_order(printed: pikepdf.Pdf) -> None:
    levels = [int(tag[1]) for tag, _ in structure(printed) if re.fullmatch(r"H\d", tag)]
    assert levels == [1, 1, 1, 2, 1]  # contents, agenda, plan, what was under the plan, performance


def test_a_table_is_one_table_with_caption_and_headers_over_all_its_pages(
    printed: pikepdf.Pdf,
) -> None:
    assert counted(printed, "Table") == 1
    assert counted(printed, "TH") == 3
    assert counted(printed, "TD") == 180
    ((_tag, table),) = [found for found in structure(printed) if found[0] == "Table"]
    assert next(tags(table))[0] == "Caption"
    for tag, element in structure(printed):
        assert tag != "TH" or "/Column" in str([part.get("/Scope") for part in element.A])
    headed = [page for page in printed.pages if "RefProgressCount" in words(page)]
    assert len(headed) > 1


def test_a_chart_carries_its_words(printed: pikepdf.Pdf) -> None:
    alternatives = [str(e.Alt) for tag, e in structure(printed) if tag == "Figure"]
    assert alternatives == ["Volumes were exceptionally high in July 2019."]


def test_a_caption_that_repeats_its_heading_is_left_out(pack: Callable[..., Document]) -> None:
    def told(caption: str) -> int:
        table = Table(caption, (plain("Month"),), ((plain("May"),),))
        drawing = Figure(SVG, "Nothing unusual.", caption)
        pages = opened(pdf.render(pack(Heading(1, "Burglary"), table, drawing))).pages
        return "".join(map(words, pages)).count("Burglary")

    assert told("Burglary") == told("Another")


def test_the_sentence_about_a_chart_stands_on_the_page_of_the_chart(
    pack: Callable[..., Document],
) -> None:
    filling = [Paragraph(plain(f"Line {number}.")) for number in range(37)]
    told = (Heading(3, "Burglary"), Paragraph(plain("It fell.")), Figure(SVG, "It fell", ""))
    made = opened(pdf.render(pack(*filling, *told)))
    (page,) = [page for page in made.pages if "Itfell." in words(page)]
    assert "Line36." not in words(page)


def test_lists_are_lists(printed: pikepdf.Pdf) -> None:
    assert counted(printed, "L") == 61
    assert counted(printed, "LI") == 62


def test_bookmarks_name_every_heading(printed: pikepdf.Pdf) -> None:
    assert bookmarks(printed) == [
        "Contents",
        "1 Agenda",
        "2 Delivery plan",
        "Victims first",
        "Performance",
    ]


def test_pages_are_numbered_in_one_sequence_with_running_headers(printed: pikepdf.Pdf) -> None:
    total = len(printed.pages)
    assert total > 5
    for number, page in enumerate(printed.pages, 1):
        shown = words(page)
        assert f"Page{number}of{total}" in shown
        if number > 1:
            assert shown.count("Agendapack") >= 1
    assert "2Deliveryplan" in words(printed.pages[4])  # a page on which no section begins


def test_the_contents_give_each_heading_its_page(printed: pikepdf.Pdf) -> None:
    shown = re.sub(r"[.\u2060]+", " ", words(printed.pages[1]))
    assert re.search(r"1Agenda 3\s*2Deliveryplan 4\s*Victimsfirst 4\s*Performance \d", shown)


def test_marked_sections_stand_on_landscape_pages(printed: pikepdf.Pdf) -> None:
    wide = [float(page.mediabox[2]) > float(page.mediabox[3]) for page in printed.pages]
    assert wide[:4] == [False, False, False, True]
    assert wide[-1] is False


def test_links_lead_within_the_document_to_the_site_and_out(printed: pikepdf.Pdf) -> None:
    notes: list[Any] = [note for page in printed.pages for note in page.obj.get("/Annots", [])]
    outside = {str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A}
    inside = [
        note for note in notes if "/Dest" in note or str(note.get("/A", {}).get("/S")) == "/GoTo"
    ]
    assert outside == {"https://example.org/force?a=1&b=2", f"{SITE}/packs/2020-02-05"}
    assert len(inside) >= 5  # four in the contents, one in the text; none to nowhere


def test_without_a_site_its_paths_are_plain_words(pack: Callable[..., Document]) -> None:
    one = pack(Paragraph((Run("the record", "/plan/A4.6"),)))
    made = opened(pdf.render(one))
    assert "therecord" in words(made.pages[-1])
    assert not [page for page in made.pages if "/Annots" in page.obj]


def test_the_same_document_gives_the_same_bytes(one_of_each: Document) -> None:
    content = pdf.render(one_of_each)
    assert pdf.render(one_of_each) == content
    with opened(content).open_metadata() as metadata:
        assert str(metadata["xmp:CreateDate"]).startswith("2020-02-05")


def test_words_are_never_markup(pack: Callable[..., Document]) -> None:
    one = pack(
        Heading(1, HOSTILE),
        Paragraph((Run(HOSTILE, bold=True, italic=True),)),
        Table(HOSTILE, (plain(HOSTILE),), ((plain(HOSTILE),),)),
        subtitle=HOSTILE,
        status=HOSTILE,
    )
    made = opened(pdf.render(one))
    expected = "".join(HOSTILE.split())
    assert words(made.pages[0]).count(expected) == 2
    assert words(made.pages[2]).count(expected) == 4
    assert bookmarks(made)[1] == HOSTILE


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (WELSH, WELSH),
        ("a\x00b\x07c\ud800d", "a\ufffdb\ufffdc\ufffdd"),
        ("one\r\ntwo", "onetwo"),
        ("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 4,) * 2,
        ("“Quotes” – dashes — ‘single’ … £ € ½ ≥ → •",) * 2,
    ],
)
def test_any_letters_survive_as_text(pack: Callable[..., Document], given: str, shown: str) -> None:
    made = opened(pdf.render(pack(Paragraph(plain(given)))))
    assert "".join(shown.split()) in words(made.pages[-1])


def test_a_word_longer_than_a_line_stays_on_the_page(pack: Callable[..., Document]) -> None:
    one = pack(Table("T", (plain("a"), plain("b")), ((plain("w" * 2000), plain("x")),), (1, 3)))
    made = opened(pdf.render(one))
    found = sum(words(page).count("w") for page in made.pages)
    assert found >= 2000


def test_a_letter_that_no_font_has_costs_the_claim_but_not_the_document(
    pack: Callable[..., Document], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        made = opened(pdf.render(pack(Paragraph(plain("smile 😀")))))
    assert "😀" in caplog.text
    assert bool(made.Root.MarkInfo.Marked)
    with made.open_metadata() as metadata:
        assert "pdfuaid:part" not in metadata


def test_a_drawing_that_is_not_well_formed_is_refused(pack: Callable[..., Document]) -> None:
    with pytest.raises(ValueError, match="Agenda pack: the PDF could not be set"):
        pdf.render(pack(Figure("<svg", "a", "c")))


def test_without_the_fonts_of_the_house_it_still_prints_and_says_so(
    one_of_each: Document,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(pdf, "FONTS", tmp_path / "fonts")
    with caplog.at_level(logging.WARNING):
        made = opened(pdf.render(one_of_each))
    assert "no fonts" in caplog.text
    assert counted(made, "TH") == 3


@pytest.mark.parametrize("day", [date(1888, 8, 13), date(1969, 12, 31), date(2099, 1, 1)])
def test_a_document_of_any_year_can_be_printed(day: date) -> None:
    made = opened(pdf.render(Document("Minutes", "Joint Standing Committee", day, ())))
    assert f"{day.day}{day:%B}{day.year}" in words(made.pages[0])


def test_a_document_that_takes_too_long_is_given_up(
    one_of_each: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "TIMEOUT", 0.01)
    with pytest.raises(ValueError, match="Agenda pack: not set within"):
        pdf.render(one_of_each)


def test_an_empty_document_is_a_cover(pack: Callable[..., Document]) -> None:
    made = opened(pdf.render(pack(PageBreak(), PageBreak(landscape=True))))
    assert "Agendapack" in words(made.pages[0])


def test_where_the_title_stands_on_the_page_no_heading_is_as_large(
    pack: Callable[..., Document],
) -> None:
    notice = replace(pack(Heading(2, "Reasons"), Paragraph(plain("Because."))), cover=False)
    sizes = set()
    printed = opened(pdf.render(notice))
    instruction: Any
    for instruction in pikepdf.parse_content_stream(printed.pages[0]):
        operands, operator = instruction
        if str(operator) == "Tf":
            sizes.add(float(operands[1]))
    title, heading, *_rest = sorted(sizes, reverse=True)
    assert heading < 0.7 * title


def test_a_document_in_welsh_says_so_and_dates_in_welsh(pack: Callable[..., Document]) -> None:
    made = opened(pdf.render(pack(Heading(1, "Cofnodion"), language="cy")))
    assert str(made.Root.Lang) == "cy"
    assert "5Chwefror2020" in words(made.pages[0])


def large() -> Document:
    """More than 60 pages: 40 tables of 40 rows and 30 charts of three years."""
    from peelian.figures.chart import ChartData, render

    labels = tuple(f"{'JFMAMJJASOND'[i % 12]} {2017 + i // 12}" for i in range(36))
    parts: list[Block] = []
    for topic in range(40):
        parts.append(Heading(1 if topic % 10 == 0 else 2, f"Topic {topic}"))
        if topic < 30:
            values = tuple(400.0 + (i * 37 + topic) % 61 for i in range(36))
            chart = ChartData(
                f"Topic {topic}", "Stable.", "Offences", labels, values, 0, 430, 380, 480
            )
            parts.append(Figure(str(render(chart)), "Stable.", f"Topic {topic}"))
        rows = tuple(
            tuple(plain(f"Row {row} of topic {topic}, column {column}") for column in range(5))
            for row in range(40)
        )
        parts.append(Table(f"Table {topic}", tuple(map(plain, "abcde")), rows, (), True))
    return Document("A large pack", "Panel", date(2020, 2, 5), tuple(parts))


@pytest.mark.bench
def test_a_pack_of_sixty_pages_takes_under_five_seconds_and_500_mb() -> None:
    code = "import django; django.setup(); from tests.documents.test_pdf import measure; measure()"
    made = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    pages, seconds, megabytes = map(float, made.stdout.split())
    assert pages >= 60
    assert seconds < 5
    assert megabytes < 500


def measure() -> None:
    """Write pages, seconds and peak memory of one large pack, cold, for the test above."""
    start = time.perf_counter()
    content = pdf.render(large())
    seconds = time.perf_counter() - start
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = sum(resource.getrusage(who).ru_maxrss for who in whose) / 1024
    sys.stdout.write(f"{len(opened(content).pages)} {seconds} {peak}\n")
