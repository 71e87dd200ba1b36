"""A paper that comes as a file: read and judged on the day it comes, set in the pack as it is."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from django.test import Client

from peelian.blocks import Bullets, Document, Heading, Pages, Paragraph, Table, plain
from peelian.documents import pdf
from peelian.papers import reading
from peelian.papers.accessible import flags, politely
from peelian.papers.models import PaperFile
from peelian.papers.operations import drop_file, keep_file
from peelian.papers.printing import paper_blocks, printed
from peelian.record import files, operations
from peelian.record.errors import Invalid
from peelian.record.models import Attachment
from peelian.record.scope import PUBLIC
from tests.documents.test_supplied import supplied
from tests.intake.packed import STYLES, docx, p, styled, tbl, tc, tr
from tests.makers import CHRIS, DAY, PAT, approve_change, bring_to, make, make_user

pytestmark = pytest.mark.django_db


def good_pdf() -> bytes:
    """Return a PDF of one page as our own engine makes it: tagged, titled, with words."""
    blocks = (Heading(1, "Reserves"), Paragraph(plain("Reserves stand at £9 million.")))
    return pdf.render(Document("Reserves", "Treasurer", DAY, blocks, cover=False))


def encrypted(content: bytes) -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        opened.save(written, encryption=pikepdf.Encryption(owner="o", user="u"))
    return written.getvalue()


WORD = docx(
    styled("H1", "Reserves")
    + p("Reserves stand at £9 million.")
    + tbl(tr(tc(p("Year")), tc(p("£m"))), tr(tc(p("2026")), tc(p("9")))),
    styles=STYLES,
)


def shown(paper: Any) -> list[Any]:
    paper.refresh_from_db()
    return paper_blocks(paper, printed([paper], PUBLIC), level=2)


# ---- what is taken ----


def test_the_pages_of_a_pdf_stand_in_the_paper_with_their_words_and_their_file() -> None:
    paper = make("paper", status="draft", title="Reserves")
    paper = bring_to(
        keep_file(paper, "reserves.pdf", good_pdf(), by=PAT, language="cy"), "published"
    )
    (pages,) = [block for block in shown(paper) if isinstance(block, Pages)]
    assert len(pages.texts) == 1
    assert pages.texts[0].endswith("Reserves\n\nReserves stand at £9 million.")
    assert (pages.name, pages.title, pages.language) == ("reserves.pdf", "Reserves", "cy")
    assert pages.href == f"/papers/{paper.reference}/file/"
    assert Client().get(pages.href).content == good_pdf()


def test_a_word_document_becomes_blocks_and_is_itself_for_the_office_only(client: Client) -> None:
    paper = make("paper", status="draft", text="")
    paper = bring_to(keep_file(paper, "reserves.docx", WORD, by=PAT), "published")
    blocks = shown(paper)
    assert Heading(3, "Reserves") in blocks
    assert Paragraph(plain("Reserves stand at £9 million.")) in blocks
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert (table.head, table.rows) == (
        (plain("Year"), plain("£m")),
        ((plain("2026"), plain("9")),),
    )
    address = f"papers/{paper.reference}/file/"
    assert Client().get(f"/{address}").status_code == 404
    client.force_login(make_user("rob", "reader"))
    assert client.get(f"/office/{address}").content == WORD


def test_a_paragraph_that_runs_on_is_on_both_pages_and_a_page_of_edges_has_its_edges() -> None:
    from peelian.intake.document import Block, BlockKind, Line, Origin
    from peelian.intake.document import Document as Read

    marks = ((0, Origin("a.pdf", 1)), (6, Origin("a.pdf", 2)))
    rows = tuple(
        Block(words, ((0, Origin("a.pdf", 2)),), BlockKind.ROW) for words in ("a\tb", "c\td")
    )
    read = Read(
        "a.pdf",
        "pdf",
        (Block("First second", marks, number="4"), *rows),
        (Line("Appendix A", Origin("a.pdf", 3)),),
    )
    assert reading.page_texts(read, 4) == ["4 First ", "second\n\na; b\nc; d", "Appendix A", ""]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", encrypted(supplied(1)), "password"),
        ("a.pdf", b"%PDF-1.7\nnothing of the kind", "damaged"),
        ("a.pdf", good_pdf()[:700], "damaged|cannot be set"),
        ("a.pdf", b"<html>", "not really a .pdf"),
        ("a.docx", good_pdf(), "not really a .docx"),
        ("a.docx", docx(""), "no words"),
        ("a.xlsx", b"PK", "not really a .xlsx"),
        ("a.exe", b"MZ", "ends in"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "PDF or a Word document"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_shown_is_refused_on_the_day_it_comes_and_nothing_is_kept(
    name: str, content: bytes, says: str
) -> None:
    paper = make("paper", status="draft")
    version = paper.version
    with pytest.raises(Invalid, match=says):
        keep_file(paper, name, content, by=PAT)
    paper.refresh_from_db()
    assert (paper.file, paper.version) == ("", version)
    assert not Attachment.objects.filter(record_id=paper.pk).exists()


def test_a_pdf_that_is_read_and_cannot_be_set_is_refused_too(monkeypatch: Any) -> None:
    def broken(*args: Any, **options: Any) -> bytes:
        raise ValueError("a font of it is broken")

    monkeypatch.setattr(reading.pdf, "render", broken)
    with pytest.raises(Invalid, match=r"“a\.pdf” cannot be set in a pack"):
        keep_file(make("paper", status="draft"), "a.pdf", supplied(1), by=PAT)


def test_a_pdf_of_more_pages_than_a_pack_takes_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(reading, "MOST_PAGES", 2)
    with pytest.raises(Invalid, match="at most 2 pages; this one has 3"):
        keep_file(make("paper", status="draft"), "a.pdf", supplied(3), by=PAT)


# ---- what is public of it, and when ----


def test_another_file_of_a_public_paper_waits_until_it_is_approved(client: Client) -> None:
    paper = make("paper", status="draft")
    first, second = good_pdf(), supplied(2)
    paper = bring_to(keep_file(paper, "one.pdf", first, by=PAT), "published")
    keep_file(paper, "two.pdf", second, by=PAT)
    public, office = f"/papers/{paper.reference}/file/", f"/office/papers/{paper.reference}/file/"
    client.force_login(make_user("rob", "reader"))
    assert Client().get(public).content == client.get(office).content == first
    assert client.get(f"{office}waiting/").content == second
    assert "two.pdf" not in Client().get(paper.get_absolute_url()).content.decode()
    assert "two.pdf" in client.get(paper.get_office_url()).content.decode()

    approve_change(paper)
    assert Client().get(public).content == second
    approve_change(drop_file(paper, by=PAT))
    assert Client().get(public).status_code == 404
    assert not [block for block in shown(paper) if isinstance(block, Pages)]


@pytest.mark.parametrize("status", ["draft", "in_review", "approved", "withdrawn"])
def test_the_file_of_a_paper_that_is_not_public_is_at_no_address(status: str) -> None:
    paper = keep_file(make("paper", status="draft"), "one.pdf", good_pdf(), by=PAT)
    bring_to(paper, status)
    assert Client().get(f"/papers/{paper.reference}/file/").status_code == 404


def test_a_paper_takes_no_file_that_was_uploaded_for_another() -> None:
    other = keep_file(make("paper", status="draft"), "one.pdf", good_pdf(), by=PAT)
    with pytest.raises(Invalid, match="not uploaded for this paper"):
        make("paper", status="draft", file=other.file)


def test_a_file_goes_with_its_paper(django_capture_on_commit_callbacks: Any) -> None:
    from peelian.record.disposal import contents_of, destroy

    paper = keep_file(make("paper", status="draft"), "one.pdf", good_pdf(), by=PAT)
    digest = paper.file
    with django_capture_on_commit_callbacks(execute=True):
        destroy(paper, seen=contents_of(paper).sha256, by=CHRIS, why="Its time is over")
    assert not PaperFile.objects.exists()
    assert not files.path_of(digest).exists()


# ---- what is said of it ----


def test_what_keeps_a_file_from_a_screen_reader_is_said_to_the_office_and_to_the_public() -> None:
    paper = keep_file(make("paper", status="draft"), "scan.pdf", supplied(2), by=PAT)
    file = paper.came_as(paper.file)
    assert file is not None
    said = " ".join(flags(file))
    for words in ("has no tags", "what language", "no title of its own", "Pages 1, 2 are pictures"):
        assert words in said
    assert "may not work with a screen reader" in politely(file)
    texts = [getattr(block, "text", "") for block in shown(paper)]
    assert politely(file) in texts


def test_of_a_file_that_is_well_made_nothing_is_said() -> None:
    paper = keep_file(make("paper", status="draft"), "good.pdf", good_pdf(), by=PAT)
    file = paper.came_as(paper.file)
    assert file is not None
    assert (flags(file), politely(file)) == ([], "")


def test_words_of_a_word_document_keep_their_kinds() -> None:
    from peelian.papers.words import as_blocks
    from tests.documents_in_words import written

    made = as_blocks(
        written(
            [
                ("heading", "Reserves"),
                ("paragraph", "They fell."),
                ("bullet", "one"),
                ("bullet", "two"),
                ("row", ["Year", "£m"]),
                ("row", ["2026", "9"]),
            ]
        )
    )
    assert made == [
        Heading(3, "Reserves"),
        Paragraph(plain("They fell.")),
        Bullets((plain("one"), plain("two"))),
        Table("Table 1", (plain("Year"), plain("£m")), ((plain("2026"), plain("9")),)),
    ]


@pytest.mark.parametrize(
    ("name", "content"), [("reserves.pdf", good_pdf), ("reserves.docx", lambda: WORD)]
)
def test_a_search_finds_what_a_file_says_once_it_is_public_and_while_it_counts(
    name: str, content: Any
) -> None:
    paper = make("paper", status="draft", title="Money", text="")

    def hits() -> bool:
        found = Client().get("/search/?q=Reserves+stand").content.decode()
        return paper.get_absolute_url() in found

    paper = keep_file(paper, name, content(), by=PAT)
    assert not hits()
    paper = bring_to(paper, "published")
    assert hits()
    drop_file(paper, by=PAT)  # it waits as a draft
    assert hits()
    paper.refresh_from_db()
    operations.submit(paper, by=PAT)
    operations.approve(paper, by=CHRIS)
    assert not hits()


def test_what_a_file_of_the_office_says_is_found_in_the_office_only(client: Client) -> None:
    paper = make("paper", status="draft", title="Money", text="", audience="office")
    paper = bring_to(keep_file(paper, "reserves.pdf", good_pdf(), by=PAT), "published")
    assert paper.get_absolute_url() not in client.get("/search/?q=Reserves+stand").content.decode()
    client.force_login(make_user("rob", "reader"))
    found = client.get("/office/search/?q=Reserves+stand").content.decode()
    assert paper.get_office_url() in found
