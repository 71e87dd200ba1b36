"""What a document promises as a page: headings in order, tables and charts that read aloud."""

import re
from base64 import b64decode
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.blocks import (
    Document,
    Figure,
    Heading,
    Notice,
    PageBreak,
    Pages,
    Paragraph,
    Run,
    Table,
    Tone,
    plain,
)
from peelian.documents.html import render, render_block

Element = tuple[str, dict[str, str]]
VOID = {"br", "img"}


class Reader(HTMLParser):
    """Collects elements and text, and fails on tags that do not match."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element[0] in tags]


def test_headings_stand_under_the_title_in_order(one_of_each: Document) -> None:
    levels = [int(tag[1]) for tag, _ in Reader(render(one_of_each)).all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_link_within_the_page_leads_somewhere(one_of_each: Document) -> None:
    page = Reader(render(one_of_each))
    names = [attributes["id"] for _tag, attributes in page.elements if "id" in attributes]
    targets = [a["href"][1:] for _tag, a in page.all("a") if a["href"].startswith("#")]
    assert len(names) == len(set(names))
    assert set(targets) <= set(names)
    assert {"agenda", "plan"} <= set(targets)  # the contents list them


def test_a_table_has_a_caption_and_headers_with_their_scope(one_of_each: Document) -> None:
    page = Reader(render(one_of_each))
    scopes = [attributes["scope"] for _tag, attributes in page.all("th")]
    assert scopes.count("col") == 3
    assert scopes.count("row") == 60
    assert len(page.all("caption")) == len(page.all("table")) == 1
    assert len(page.all("td")) == 120


def test_a_caption_that_repeats_its_heading_is_heard_and_not_seen(
    pack: Callable[..., Document],
) -> None:
    table = Table("Agenda", (plain("Item"),), ((plain("Apologies"),),))
    repeated, other = (render(pack(Heading(1, words), table)) for words in ("Agenda", "Business"))
    assert "govuk-visually-hidden" in repeated
    assert "govuk-visually-hidden" not in other
    assert "Agenda</caption>" in repeated


def test_numbers_stand_to_the_right_and_widths_are_classes(one_of_each: Document) -> None:
    page = Reader(render(one_of_each))
    numeric = [a for _t, a in page.all("td") if "govuk-table__cell--numeric" in a["class"]]
    assert len(numeric) == 60
    assert "govuk-!-width-two-thirds" in page.all("th")[1][1]["class"]
    assert not [a for _t, a in page.elements if "style" in a]  # the content policy forbids it


def test_a_chart_is_an_image_with_its_words(one_of_each: Document) -> None:
    ((_tag, image),) = Reader(render(one_of_each)).all("img")
    assert image["role"] == "img"
    assert image["alt"] == "Volumes were exceptionally high in July 2019."
    assert b64decode(image["src"].partition(",")[2]).startswith(b"<svg")


def test_a_script_inside_a_drawing_cannot_reach_the_page() -> None:
    drawing = Figure("<svg><script>alert(1)</script></svg>", "a", "c")
    assert [tag for tag, _ in Reader(render_block(drawing)).elements if tag == "script"] == []


@pytest.mark.parametrize(
    ("tone", "says"),
    [("information", "Note"), ("warning", "Warning"), ("illustrative", "Illustrative")],
)
def test_the_tone_of_a_notice_is_said_in_words(tone: Tone, says: str) -> None:
    assert says in Reader(render_block(Notice("Take care.", tone))).words


def test_a_block_takes_its_place_under_the_page_it_stands_in() -> None:
    assert Reader(render_block(Heading(1, "Words"), under=2)).elements[0][0] == "h3"
    assert Reader(render_block(Heading(4, "Words"), under=4)).elements[0][0] == "h6"
    assert render_block(PageBreak(landscape=True)) == ""


@given(st.text(st.characters(), min_size=1, max_size=60).filter(str.strip))
def test_any_words_stay_words(words: str) -> None:
    hostile = f"{words}</p><script>alert(1)</script>&amp;\x00'\""
    document = make_hostile(hostile)
    page = render(document)
    read = Reader(page)
    assert read.all("script") == []
    assert "</p><script>alert(1)</script>&amp;" in read.words
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", page)
    page.encode("utf-8")


def make_hostile(words: str) -> Document:
    return Document(
        words,
        words,
        date(2020, 1, 1),
        (
            Heading(1, words, number=words),
            Paragraph((Run(words, bold=True, italic=True),)),
            Table(words, (plain(words),), ((plain(words),),)),
            Figure("<svg/>", words, words),
            Notice(words, "warning"),
        ),
        words,
        "cy",
        words,
    )


def test_a_page_in_welsh_says_so_and_dates_in_welsh(pack: Callable[..., Document]) -> None:
    page = Reader(render(pack(Heading(1, "Cofnodion"), language="cy")))
    assert page.all("article")[0][1]["lang"] == "cy"
    assert "5 Chwefror 2020" in page.words


def test_a_new_line_in_words_is_a_new_line_on_the_page() -> None:
    assert "one<br>two" in render_block(Paragraph(plain("one\ntwo")))


def test_the_pages_of_a_pdf_are_read_page_by_page_and_a_picture_is_owned_up_to() -> None:
    pages = Pages(
        "0" * 64, "letter.pdf", "A <letter>", ("Dear all,\n\nWe agree.", ""), (), "cy", "/files/1"
    )
    reader = Reader(render_block(pages))
    assert [attributes["href"] for tag, attributes in reader.elements if tag == "a"] == ["/files/1"]
    said = " ".join(reader.words.split())
    assert "“A <letter>” came as a PDF" in said
    assert "Page 1 of 2 Dear all, We agree. Page 2 of 2 This page is a picture, or blank" in said
    assert [a.get("lang") for tag, a in reader.elements if tag == "p"].count("cy") == 2
