"""What runs along the edges of pages is no text, also where it names the section."""

from __future__ import annotations

import pytest

from peelian.intake.document import BlockKind
from peelian.intake.pdf_reading import read_here
from tests.intake.made_pdf import typeset
from tests.intake.raw_pdf import raw, words

SAID = "The office will publish its plan in the spring, and the panel has asked to see it first. "
SECTIONS = [("Crime", 6), ("Roads and rural safety", 18), ("Money", 5), ("Complaints", 20)]
NAMES = [name for name, _length in SECTIONS]
# The section that a page begins in, as Typst tells it: the page's first heading, else the last.
SECTION = """
#let section() = {
  let heads = query(heading.where(level: 1))
  let own = heads.filter(h => h.location().page() == here().page())
  let past = heads.filter(h => h.location().page() < here().page())
  if own.len() > 0 { own.first().body } else { past.last().body }
}
"""


@pytest.fixture
def read(put):
    """Read sections that each begin a page, under a head of which `section` is a part."""

    def reading(head: str, *, tagged: bool):
        page = f"#set page(height: 12cm, margin: 2.2cm, header: context [#text(8pt)[{head}]])\n"
        text = "#pagebreak()\n".join(f"= {name}\n{SAID * length}" for name, length in SECTIONS)
        return read_here(put("made.pdf", typeset(SECTION + page + text, tagged=tagged)))

    return reading


def said(document, kind: BlockKind) -> list[str]:
    return [b.text for b in document.blocks if b.kind == kind]


@pytest.mark.parametrize("tagged", [True, False], ids=["tagged", "untagged"])
@pytest.mark.parametrize(
    "head",
    ["Agenda pack, 13 March 2025 #h(1fr) #section()", "#section() | Page #counter(page).display()",
     "#section() #h(1fr) Agenda pack"],
)  # fmt: skip
def test_a_head_that_names_the_section_is_a_line_and_no_block(read, head, tagged):
    document = read(head, tagged=tagged)
    assert document.pages > len(NAMES)
    assert said(document, BlockKind.HEADING) == NAMES
    assert {text[:10] for text in said(document, BlockKind.PARAGRAPH)} == {"The office"}
    assert "Money" in document.lines[0].text or "Crime" in document.lines[0].text


def test_what_is_marked_as_running_is_no_text_though_it_never_says_the_same(read):
    document = read('#numbering("A", counter(page).get().first()) apart', tagged=True)
    assert said(document, BlockKind.HEADING) == NAMES
    assert not any("apart" in text for text in said(document, BlockKind.PARAGRAPH))


def test_titles_that_begin_alike_at_the_top_of_each_page_stay(put):
    titles = ["Report: roads", "Report: money", "Report: crime", "Report: complaints"]
    text = "#pagebreak()\n".join(f"*{title}*\n\n#v(1cm)\n{SAID * 3}" for title in titles)
    document = read_here(put("made.pdf", typeset(text, tagged=False)))
    assert said(document, BlockKind.HEADING) == titles


def test_the_headings_that_a_table_repeats_stay_its_headings(put):
    rows = ", ".join(f"[Item {n}], [What was done about item {n}]" for n in range(60))
    made = typeset(f"#table(columns: 2, stroke: none, table.header[*Name*][*What*], {rows})")
    document = read_here(put("made.pdf", made))
    assert document.pages > 1
    assert [len(t.rows) for t in document.tables()] == [60]


@pytest.mark.parametrize("mark", ["/Artifact BMC", "/Artifact <</Subtype /Header>> BDC"])
def test_a_head_marked_as_an_artifact_runs_and_text_so_marked_further_down_is_read(put, mark):
    def marked(text: str, y: float) -> str:
        return f"{mark}\n{words(text, y=y)}EMC\n"

    body = words("The office says so.", y=600)
    pages = [marked(f"Head {name}", 800) + body for name in ("one", "two", "three")]
    document = read_here(put("made.pdf", raw(*pages)))
    assert {b.text for b in document.blocks} == {"The office says so."}
    middle = marked("Of what nothing is said", 500)
    texts = [b.text for b in read_here(put("made.pdf", raw(body + middle))).blocks]
    assert ("Of what nothing is said" in texts) == ("BMC" in mark)
