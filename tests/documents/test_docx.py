"""A document as a Word file: what a reader of Word, or of its screen reader, finds in it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from peelian.blocks import Document, Heading, Pages, Paragraph, Run, plain
from peelian.documents.docx import render


def opened(document: Document, **options: Any) -> Any:
    return docx.Document(BytesIO(render(document, **options)))


def said(made: Any) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in made.paragraphs]


def test_every_kind_of_block_is_written(one_of_each: Document) -> None:
    made = opened(one_of_each)
    words = said(made)
    assert words[0] == ("Title", "Agenda pack")
    assert ("Heading 1", "1 Agenda") in words
    assert ("Heading 3", "Victims first") in words or ("Heading 2", "Victims first") in words
    assert ("List Number", "declarations") in words
    assert ("Normal", "Place: Worcester") in words
    (table,) = made.tables
    assert [cell.text for cell in table.rows[1].cells] == [
        "A0",
        "Under way.\nVictims’ Board",
        "0",
    ]
    assert (
        table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Commitments and activities"
    )


def test_a_drawing_is_a_picture_with_its_words(one_of_each: Document) -> None:
    made = opened(one_of_each)
    pictures = made.inline_shapes
    assert len(pictures) == 1
    assert pictures[0]._inline.docPr.get("descr")


def test_wide_pages_are_landscape_and_the_next_upright_again(one_of_each: Document) -> None:
    wide = [s.page_width > s.page_height for s in opened(one_of_each).sections]
    assert wide[:3] == [False, True, False]


@pytest.mark.parametrize("language", ["en-GB", "cy"])
def test_the_language_is_set_for_the_file_and_its_words(pack: Any, language: str) -> None:
    made = opened(pack(Paragraph(plain("Words.")), language=language))
    assert made.core_properties.language == language
    style = made.styles["Normal"].element.rPr
    assert [found.get(qn("w:val")) for found in style.findall(qn("w:lang"))] == [language]


@pytest.mark.parametrize(
    ("href", "site", "target"),
    [
        ("https://example.org/a?b=1&c=2", "", "https://example.org/a?b=1&c=2"),
        ("/plans/2016/", "https://office.example/", "https://office.example/plans/2016/"),
        ("/plans/2016/", "", None),
    ],
)
def test_a_link_leads_where_paper_can_follow(
    pack: Any, href: str, site: str, target: str | None
) -> None:
    made = opened(pack(Paragraph((Run("See the "), Run("plan", href), Run(".")))), site=site)
    links = [rel.target_ref for rel in made.part.rels.values() if rel.is_external]
    assert links == ([target] if target else [])
    assert made.paragraphs[-1].text == "See the plan."


def test_a_link_within_the_document_leads_to_its_heading(pack: Any) -> None:
    made = opened(pack(Heading(1, "The plan", "the-plan"), Paragraph((Run("see", "#the-plan"),))))
    body = made.element.body
    (mark,) = body.iter(qn("w:bookmarkStart"))
    (link,) = body.iter(qn("w:hyperlink"))
    assert link.get(qn("w:anchor")) == mark.get(qn("w:name"))


def test_what_cannot_be_printed_is_shown_as_such_and_breaks_nothing(pack: Any) -> None:
    made = opened(pack(Heading(1, "Odd\x00one"), Paragraph(plain("\x07 & <b>"))))
    assert ("Heading 1", "Odd\ufffdone") in said(made)
    assert made.paragraphs[-1].text == "\ufffd & <b>"


def test_the_pages_of_another_file_are_told_in_their_words(pack: Any) -> None:
    made = opened(pack(Pages("0" * 64, "a.pdf", "A leaflet", ("First page.", ""))))
    assert [text for _style, text in said(made)][-3:] == ["A leaflet", "First page.", ""]
