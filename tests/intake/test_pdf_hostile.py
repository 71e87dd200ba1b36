"""PDFs that are broken, or mean harm: each is read as far as it goes, or refused in a sentence."""

from __future__ import annotations

import contextlib
import io

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peelian.intake import pdf, pdf_pages, pdf_reading, pdf_words
from peelian.intake.document import NoteKind
from peelian.intake.pdf import read_pdf
from peelian.intake.pdf_reading import read_here
from peelian.intake.tables import Rejected
from tests.intake import raw_pdf
from tests.intake.made_pdf import pack
from tests.intake.raw_pdf import raw, words

HELLO = words("Hello world, this is a page.")


def refusal(path) -> str:
    with pytest.raises(Rejected) as refused:
        read_here(path)
    return str(refused.value)


def kinds(document) -> list[NoteKind]:
    return [note.kind for note in document.notes]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "found something that is no PDF; expected a PDF."),
        (b"PK\x03\x04 a workbook", "found something that is no PDF; expected a PDF."),
        (b"%PDF-1.7\n", "found a PDF so damaged that it cannot be mended"),
        (pack()[:40_000], "found a PDF so damaged that it cannot be mended"),
        (raw(HELLO, change=raw_pdf.deep_pages), "found a PDF so damaged that it cannot be mended"),
        (
            raw(HELLO, encryption=pikepdf.Encryption(owner="one", user="two")),
            "found a file locked with a password; expected a copy without one.",
        ),
    ],
    ids=["empty", "another format", "a head alone", "cut off", "too deep", "locked"],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(put, content, says):
    assert refusal(put("file.pdf", content)).startswith(f"file.pdf: {says}")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert "no file to read" in refusal(tmp_path / "none.pdf")


@pytest.mark.parametrize(
    "change",
    [raw_pdf.looping_outline, raw_pdf.deep_outline, raw_pdf.deep_tags],
    ids=["a bookmark after itself", "bookmarks without bottom", "tags that hold themselves"],
)
def test_what_goes_round_or_deep_does_not_hold_the_reader_up(put, change):
    document = read_here(put("deep.pdf", raw(HELLO, change=change)))
    assert document.blocks[0].text == "Hello world, this is a page."
    assert len(document.bookmarks) <= 20


def test_a_page_tree_that_holds_itself_is_no_hang(put):
    path = put("loop.pdf", raw(HELLO, change=raw_pdf.looping_pages))
    assert "damaged" in refusal(path)


def test_a_file_locked_only_against_change_is_read(put):
    locked = raw(HELLO, encryption=pikepdf.Encryption(owner="secret", user=""))
    assert read_here(put("locked.pdf", locked)).blocks[0].text.startswith("Hello")


def test_a_file_without_its_end_is_mended_and_says_so(put):
    document = read_here(put("cut.pdf", raw(HELLO)[:-200]))
    assert document.blocks[0].text.startswith("Hello")
    assert kinds(document) == [NoteKind.MENDED]


def test_more_pages_than_are_read_are_counted(put, monkeypatch):
    monkeypatch.setattr(pdf_reading, "MOST_PAGES", 3)
    document = read_here(put("long.pdf", raw(*[HELLO] * 5)))
    assert document.pages == 5
    assert {line.origin.page for line in document.lines} == {1, 2, 3}
    assert [n.text for n in document.notes] == ["5 pages, of which the first 3 were read"]


def test_nothing_is_run_or_fetched_and_all_of_it_is_noted(put):
    document = read_here(put("active.pdf", raw(HELLO, change=raw_pdf.active)))
    assert {(n.kind, n.text) for n in document.notes} == {
        (NoteKind.MACRO, "JavaScript, which was not run"),
        (NoteKind.MACRO, "an action that starts a program, which was not run"),
        (NoteKind.HIDDEN, "1 other file inside this one"),
        (NoteKind.EXTERNAL_LINK, "1 link to other sites: example.org"),
        (NoteKind.COMMENT, "Check this figure"),
    }


def test_a_scan_says_so_page_by_page_and_as_a_whole(put):
    document = read_here(put("scan.pdf", raw("", "", change=raw_pdf.picture)))
    assert [(n.kind, n.origin.page) for n in document.notes] == [
        (NoteKind.SCANNED, None),
        (NoteKind.SCANNED, 1),
        (NoteKind.SCANNED, 2),
    ]


def test_a_page_whose_letters_are_drawings_counts_as_a_picture_and_an_empty_one_does_not(put):
    places = [(n % 20 * 20, n // 20 * 20) for n in range(400)]
    drawn = "".join(f"{x} {y} m {x + 9} {y + 9} 5 9 {x} {y + 9} c f\n" for x, y in places)
    document = read_here(put("drawn.pdf", raw(drawn, "", HELLO)))
    assert [(n.kind, n.origin.page) for n in document.notes] == [(NoteKind.SCANNED, 1)]


def test_words_recognised_over_a_scan_are_read(put):
    over = "BT /F1 11 Tf 3 Tr 72 700 Td (Recognised words) Tj ET"
    document = read_here(put("ocr.pdf", raw(over, change=raw_pdf.picture)))
    assert [b.text for b in document.blocks] == ["Recognised words"]
    assert document.notes == ()


def test_words_that_nobody_can_see_are_noted_and_not_read(put):
    white = "1 1 1 rg " + words("The secret total is 5", y=600) + "0 0 0 rg " + HELLO
    document = read_here(put("white.pdf", raw(white)))
    assert [b.text for b in document.blocks] == ["Hello world, this is a page."]
    assert [(n.kind, n.text) for n in document.notes] == [
        (NoteKind.HIDDEN, "The secret total is 5"),
    ]


def test_letters_without_meaning_are_noted(put):
    def unmapped(made: pikepdf.Pdf) -> None:
        font = made.pages[0].Resources.Font.F1
        font.Encoding = pikepdf.Dictionary(
            Differences=pikepdf.Array([65, *[pikepdf.Name(f"/g{n}") for n in range(26)]])
        )

    document = read_here(put("private.pdf", raw(words("ABCDEFGHIJKLMNOP"), change=unmapped)))
    assert [n.kind for n in document.notes] == [NoteKind.HIDDEN]
    assert "letters have no meaning" in document.notes[0].text


def test_what_lies_far_off_the_page_is_not_read(put):
    far = words("Near") + words("Far away", 1e9, 1e9) + "1e30 0 0 1e30 0 0 cm 0 0 m 1e20 1e20 l S\n"
    assert [b.text for b in read_here(put("far.pdf", raw(far))).blocks] == ["Near"]


@pytest.mark.parametrize(
    "drawn",
    [
        "0 0 m\n" + "".join(f"{n % 500} {n % 800} l\n" for n in range(200_000)) + "S\n",
        "".join(f"{n % 590} 0 m {n % 590} 800 l S\n" for n in range(40_000)),
        "".join(f"{n} 0 m {n} 800 l S 0 {n} m 590 {n} l S\n" for n in range(1, 590)),
    ],
    ids=["one path of many pieces", "very many rules", "a sheet of graph paper"],
)
def test_a_page_full_of_drawing_is_still_read(put, drawn):
    document = read_here(put("drawn.pdf", raw(drawn + HELLO)))
    assert "Hello" in " ".join(line.text for line in document.lines)
    assert set(kinds(document)) <= {NoteKind.CUT_SHORT}


def test_more_letters_than_a_page_can_hold_are_cut_short(put, monkeypatch):
    monkeypatch.setattr(pdf_words, "MOST_LETTERS", 100)
    full = "".join(words("word " * 10, y=700 - 12 * n) for n in range(20))
    document = read_here(put("full.pdf", raw(full)))
    assert kinds(document) == [NoteKind.CUT_SHORT]
    assert sum(len(line.text) for line in document.lines) <= 100


def test_a_page_that_cannot_be_read_does_not_lose_the_others(put, monkeypatch):
    printed = pdf_pages._printed

    def broken(document, index):
        if index == 1:
            raise pdf_pages.pypdfium2.PdfiumError("Failed to load page.")
        return printed(document, index)

    monkeypatch.setattr(pdf_pages, "_printed", broken)
    document = read_here(put("some.pdf", raw(HELLO, HELLO, HELLO)))
    assert {line.origin.page for line in document.lines} == {1, 3}
    assert [(n.kind, n.origin.page) for n in document.notes] == [(NoteKind.CUT_SHORT, 2)]


# ---- in a process of its own ----


def test_the_other_process_gives_the_same_document_and_tells_of_its_pages(put):
    path = put("pack.pdf", pack())
    told = []
    assert read_pdf(path, lambda *pages: told.append(pages)) == read_here(path)
    assert told == [(page, 7) for page in range(1, 8)]


def test_a_refusal_comes_through_from_the_other_process(put):
    with pytest.raises(Rejected, match="something that is no PDF"):
        read_pdf(put("file.pdf", b"nothing"))


def test_a_file_that_would_fill_the_memory_is_refused(put, monkeypatch):
    monkeypatch.setattr(pdf, "MOST_MEMORY", 512 * 1024**2)
    path = put("bomb.pdf", raw(HELLO, change=raw_pdf.bomb))
    with pytest.raises(Rejected, match="breaks its reader, or fills its memory"):
        read_pdf(path)


def test_a_file_that_takes_too_long_is_refused(put, monkeypatch):
    monkeypatch.setattr(pdf, "MOST_SILENCE", 0.001)
    with pytest.raises(Rejected, match="takes more than 0 seconds"):
        read_pdf(put("slow.pdf", pack()))


def test_a_file_that_takes_too_much_work_is_refused(put, monkeypatch):
    monkeypatch.setattr(pdf, "MOST_SECONDS", 1)
    full = "".join(words("x" * 200, 0, y % 840, 1) for y in range(1_000))
    path = put("long.pdf", raw(*[full] * 8))
    with pytest.raises(Rejected, match="takes more than 1 seconds"):
        read_pdf(path)


# ---- damage ----

_SMALL = raw(HELLO, HELLO, change=raw_pdf.active, qdf=True)
_TOKENS = [b"/Kids", b"-1", b"99999999999", b"<<", b">>", b"[", b"R", b"obj", b"1 0 R", b"(", b"\0"]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 1, exclude_max=True),
            st.sampled_from([*_TOKENS, b""]) | st.binary(max_size=4),
            st.integers(0, 40),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_damage_of_any_kind_is_mended_or_refused(tmp_path, harm):
    content = bytearray(_SMALL)
    for where, token, gone in harm:
        at = int(where * len(content))
        content[at : at + gone] = token
    path = tmp_path / "harmed.pdf"
    path.write_bytes(content)
    with contextlib.suppress(Rejected):
        assert all(passage.marks for passage in read_here(path).passages())


def test_the_made_pack_is_a_sound_file():
    with pikepdf.open(io.BytesIO(pack())) as made:
        assert made.check_pdf_syntax() == []
