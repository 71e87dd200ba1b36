"""What a PDF says of itself: to assistive technology, and of its own making."""

from __future__ import annotations

import datetime as dt

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from peelian.intake.document import Accessibility, NoteKind
from peelian.intake.pdf_contrast import contrast
from peelian.intake.pdf_reading import read_here
from tests.intake import raw_pdf
from tests.intake.made_pdf import typeset
from tests.intake.raw_pdf import raw, words

SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='90'/>"
PICTURE = f'#image(bytes("{SVG}"){{}})'


@pytest.fixture
def told(put):
    """Read what a document in Typst's words tells assistive technology."""
    return lambda words, **how: read_here(put("made.pdf", typeset(words, **how))).accessibility


def test_a_well_made_file_has_nothing_to_be_said_against_it(told):
    assert told(
        '#set document(title: "Plan")\n#set text(lang: "cy")\n= One\n== Two\n'
        "#table(columns: 2, table.header[A][B], [1], [2])\n" + PICTURE.format(', alt: "A square"')
    ) == Accessibility(True, "cy", "Plan", 1)


def test_a_picture_without_words_of_its_own_is_found_with_its_page(told):
    found = told("= One\n#pagebreak()\n" + PICTURE.format(""))
    assert (found.pictures, [o.page for o in found.undescribed]) == (1, [2])


def test_a_heading_that_skips_a_level_is_found_and_one_that_goes_back_is_not(told):
    assert [o.page for o in told("= One\n#pagebreak()\n=== Three\n== Two\n= One").skipping] == [2]


def test_a_table_without_a_row_of_headings_is_found(told):
    found = told(
        "#table(columns: 2, [1], [2])\n#pagebreak()\n#table(columns: 2, table.header[A][B])"
    )
    assert [o.page for o in found.unheaded] == [1]


def test_without_tags_no_picture_is_described(put):
    found = read_here(put("scan.pdf", raw("", words("Hi"), change=raw_pdf.picture))).accessibility
    assert (found.tagged, found.title, found.language) == (False, None, None)
    assert [o.page for o in found.undescribed] == [1, 2]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [((0, 0, 0), (255, 255, 255), 21.0), ((119, 119, 119), (255, 255, 255), 4.48)],
)
def test_contrast_is_as_the_guidelines_reckon_it(one, other, ratio):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize(
    ("drawn", "faint"),
    [
        ("0.6 g " + words("Grey on white"), [("Grey on white", 2.85)]),
        ("0.4 g " + words("Dark enough"), []),
        ("0.55 g " + words("Large may be paler", size=20), []),
        ("0 0 1 rg 0 0 595 842 re f 0 g " + words("Black on blue"), [("Black on blue", 2.44)]),
        ("0 0 0.4 rg 0 0 595 842 re f 1 g " + words("White on dark"), []),
    ],
)
def test_words_too_faint_for_their_size_and_ground_are_found(put, drawn, faint):
    found = read_here(put("faint.pdf", raw(drawn))).accessibility.faint
    assert [(f.text, f.ratio) for f in found] == faint


def test_what_lies_on_a_picture_is_not_judged(put):
    document = read_here(put("over.pdf", raw("0.9 g " + words("On it"), change=raw_pdf.picture)))
    assert document.accessibility.faint == ()


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("D:20250131120000Z", dt.date(2025, 1, 31)),
        ("D:2025", dt.date(2025, 1, 1)),
        ("D:20251399", None),
        ("yesterday", None),
    ],
)
def test_the_day_a_file_was_changed_is_read_where_it_is_one(put, said, day):
    def date(made: pikepdf.Pdf) -> None:
        made.docinfo["/ModDate"] = said

    assert read_here(put("dated.pdf", raw(words("Hi"), change=date))).modified == day


def test_bookmarks_have_their_level_and_page(put):
    made = typeset("= One\n#pagebreak()\n== Two\n")
    marks = read_here(put("marks.pdf", made)).bookmarks
    assert [(b.level, b.title, b.page) for b in marks] == [(1, "One", 1), (2, "Two", 2)]


def test_tags_of_the_wrong_kind_are_passed_over(put):
    def spoil(made: pikepdf.Pdf) -> None:
        node = Dictionary(S=5, K=Array([Name.Odd, 3, "words", Dictionary(MCID="none")]), Alt=7)
        made.Root.StructTreeRoot = made.make_indirect(Dictionary(K=node, RoleMap=4))
        made.Root.Lang = 3

    document = read_here(put("odd.pdf", raw(words("Hi there"), change=spoil)))
    assert [b.text for b in document.blocks] == ["Hi there"]


def test_a_link_is_noted_once_with_where_it_leads(put):
    made = typeset('#link("https://example.org/a")[one] #link("https://example.org/b")[two]')
    notes = read_here(put("linked.pdf", made)).notes
    assert [(n.kind, n.text) for n in notes] == [
        (NoteKind.EXTERNAL_LINK, "2 links to other sites: example.org")
    ]
