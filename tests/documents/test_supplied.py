"""Pages of another PDF inside a document: one sequence, words behind each, nothing claimed."""

import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from peelian.blocks import Block, Document, Heading, PageBreak, Pages, Paragraph, Table, plain
from peelian.documents import pdf
from peelian.documents.supplied import without_words
from tests.documents.test_pdf import bookmarks, opened, structure, words

RIGHT_HAND = PageBreak(right_hand=True)


def supplied(count: int, *, sideways: tuple[int, ...] = ()) -> bytes:
    """Return a PDF of so many A4 pages; those sideways are turned by a quarter."""
    made = pikepdf.new()
    for number in range(1, count + 1):
        made.add_blank_page(page_size=(595, 842))
        page = made.pages[-1]
        page.Contents = made.make_stream(b"0.5 g 60 60 100 100 re f")
        if number in sideways:
            page.Rotate = 90
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


@pytest.fixture
def shown(pack: Callable[..., Document], tmp_path: Path) -> Callable[..., pikepdf.Pdf]:
    """Print a document that shows the pages of this PDF after a heading."""

    def make(
        content: bytes, *texts: str, after: tuple[Block, ...] = (), sideways: tuple[int, ...] = ()
    ) -> pikepdf.Pdf:
        digest = hashlib.sha256(content).hexdigest()
        path = tmp_path / digest
        path.write_bytes(content)
        pages = Pages(digest, "precept.pdf", "The precept", texts, sideways, "cy")
        document = pack(Heading(1, "Item 1"), pages, *after)
        return opened(pdf.render(document, path_of=lambda wanted: tmp_path / wanted))

    return make


def test_supplied_pages_stand_in_one_sequence_under_the_headers_of_the_document(
    shown: Callable[..., pikepdf.Pdf],
) -> None:
    content = supplied(3, sideways=(2,))
    made = shown(content, "One", "Two", "Three", after=(Heading(1, "Item 2"),), sideways=(2,))
    assert len(made.pages) == 7  # cover, contents, item 1, its three pages, item 2
    for number, page in enumerate(list(made.pages)[1:], 2):
        assert f"Page{number}of7" in words(page)
        assert "Agendapack" in words(page)
    assert bookmarks(made) == ["Contents", "Item 1", "Item 2"]
    assert re.search(r"Item1[.\u2060]+3Item2[.\u2060]+7", words(made.pages[1]))
    wide = [float(page.mediabox[2]) > float(page.mediabox[3]) for page in made.pages]
    assert wide == [False, False, False, False, True, False, False]


def test_each_supplied_page_is_a_figure_with_its_own_words_in_a_tagged_file(
    shown: Callable[..., pikepdf.Pdf],
) -> None:
    table = Table("Votes", (plain("For"), plain("Against")), ((plain("9"), plain("0")),))
    made = shown(supplied(3), "Dear  all,\n\nwe agree", "", "Yours", after=(table,))
    found = structure(made)
    assert [str(e.Alt) for tag, e in found if tag == "Figure"] == [
        "“The precept”, page 1 of 3: Dear all, we agree",
        "“The precept”, page 2 of 3: a picture, or blank",
        "“The precept”, page 3 of 3: Yours",
    ]
    assert sum(tag == "TH" for tag, _element in found) == 2
    assert (str(made.Root.Lang), bool(made.Root.MarkInfo.Marked)) == ("en-GB", True)
    with made.open_metadata() as metadata:
        assert metadata["dc:title"] == "Agenda pack"
        assert "pdfuaid:part" not in metadata
    assert "doesnotclaimtomeettheaccessibilitystandard" in words(made.pages[0])
    assert "Page2isapicture,orblank" in words(made.pages[2])


def test_a_filled_in_form_shows_what_was_filled_in(shown: Callable[..., pikepdf.Pdf]) -> None:
    with pikepdf.open(io.BytesIO(supplied(1))) as form:
        drawn = form.make_stream(b"1 0 0 rg 0 0 50 50 re f", Type=pikepdf.Name.XObject)
        drawn.Subtype, drawn.BBox = pikepdf.Name.Form, [0, 0, 50, 50]
        stamp = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=[300, 300, 350, 350], F=4
        )
        stamp.AP = pikepdf.Dictionary(N=drawn)
        form.pages[0].Annots = pikepdf.Array([form.make_indirect(stamp)])
        written = io.BytesIO()
        form.save(written)
    made = shown(written.getvalue(), "Approved")
    streams = [
        o.read_bytes() for o in made.objects if isinstance(o, pikepdf.Stream) and "/Subtype" in o
    ]
    assert any(b"1 0 0 rg" in stream for stream in streams)


@pytest.mark.parametrize("content", [b"%PDF-1.7\nbroken", supplied(1)], ids=["broken", "too short"])
def test_a_pdf_that_cannot_be_shown_is_refused_with_a_sentence(
    shown: Callable[..., pikepdf.Pdf], content: bytes
) -> None:
    with pytest.raises(ValueError, match="Agenda pack: the PDF could not be set"):
        shown(content, "One", "Two")


def test_a_pdf_that_is_gone_is_named(pack: Callable[..., Document], tmp_path: Path) -> None:
    gone = pack(Pages("0" * 64, "precept.pdf", "The precept", ("One",)))
    with pytest.raises(ValueError, match=r"Agenda pack: precept\.pdf is not there any more"):
        pdf.render(gone, path_of=lambda digest: tmp_path / digest)


def test_for_printing_on_both_sides_parts_begin_on_the_right_and_blank_pages_say_so(
    pack: Callable[..., Document],
) -> None:
    told = Paragraph(plain("x"))
    wide = (RIGHT_HAND, PageBreak(landscape=True), Heading(1, "Three"), told)
    made = opened(
        pdf.render(
            pack(
                Heading(1, "One"),
                told,
                RIGHT_HAND,
                Heading(1, "Two"),
                told,
                PageBreak(),
                told,
                *wide,
            )
        )
    )
    blank = [n for n, p in enumerate(made.pages, 1) if "intentionallyleftblank" in words(p)]
    starts = [
        next(n for n, p in enumerate(made.pages, 1) if f"{title}x" in words(p))
        for title in ("One", "Two", "Three")
    ]
    assert (blank, starts) == ([4], [3, 5, 7])


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        (("a", "b"), ""),
        (("a", " \n"), "Page 2 is a picture, or blank: it cannot be read aloud or searched."),
        (("", "", "a"), "Pages 1 and 2 are pictures, or blank: they cannot"),
        (("", "a", "", "", "", "a", ""), "Pages 1, 3 to 5 and 7 are pictures"),
        (("", ""), "Its pages are pictures, or blank"),
    ],
)
def test_pages_without_words_are_named(texts: tuple[str, ...], says: str) -> None:
    found = without_words(Pages("0" * 64, "a.pdf", "A", texts))
    assert found.startswith(says)
    assert bool(found) == bool(says)
