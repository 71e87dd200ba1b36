"""What a document of blocks promises: well-formed parts, one exact JSON form, no broken link."""

import hashlib
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Figure,
    Heading,
    Notice,
    PageBreak,
    Pages,
    Paragraph,
    Run,
    Runs,
    Table,
    arranged,
    from_data,
    from_json,
    plain,
    printable,
    text,
    to_data,
    to_json,
)

# Anything that can be typed or pasted, halves of surrogate pairs and control characters included.
words = st.text(st.characters(), max_size=12)
some_words = words.filter(str.strip)
links = st.sampled_from([None, "#a", "/plan/A4.6", "https://example.org/?q=a&b", "mailto:a@b.uk"])
runs = st.lists(st.builds(Run, words, links, st.booleans(), st.booleans()), max_size=3).map(tuple)
paragraphs = st.builds(Paragraph, runs)
bullets = st.builds(Bullets, st.lists(runs, max_size=3).map(tuple), st.booleans())
cells = runs | st.lists(paragraphs | bullets, max_size=2).map(tuple)
facts = st.lists(st.tuples(words, runs), max_size=3).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.integers(1, 4))
    row = st.lists(cells, min_size=columns, max_size=columns).map(tuple)
    widths = st.lists(st.integers(1, 9) | st.floats(0.1, 9), min_size=columns, max_size=columns)
    return Table(
        draw(some_words),
        tuple(draw(st.lists(runs, min_size=columns, max_size=columns))),
        tuple(draw(st.lists(row, max_size=3))),
        draw(st.just(()) | widths.map(tuple)),
        draw(st.booleans()),
    )


anchors = st.none() | st.sampled_from(["a", "A4.6", "minutes"])
headings = st.builds(Heading, st.integers(1, 4), some_words, anchors, st.none() | words)
tones = st.sampled_from(["information", "warning", "illustrative"])
blocks: st.SearchStrategy[Block] = st.one_of(
    headings,
    paragraphs,
    bullets,
    tables(),
    st.builds(Facts, facts),
    st.builds(Figure, words.map(lambda w: f"<svg>{w}</svg>"), some_words, words),
    st.builds(Notice, words, tones),
    st.builds(PageBreak, st.booleans(), st.booleans()),
    st.builds(
        Pages,
        st.sampled_from(["0" * 64, "9af" * 21 + "0"]),
        words,
        some_words,
        st.lists(words, min_size=1, max_size=3).map(tuple),
        st.sampled_from([(), (1,)]),
        st.sampled_from(["en-GB", "cy"]),
        links.filter(lambda link: link != "#a"),
    ),
)
documents = st.builds(
    Document,
    some_words,
    words,
    st.dates(),
    st.lists(blocks, max_size=6).map(tuple),
    words,
    st.sampled_from(["en-GB", "cy"]),
    words,
)


def document(*parts: Block) -> Document:
    return Document("Agenda pack", "West Mercia Panel", date(2020, 2, 5), parts)


@given(documents)
def test_a_document_comes_back_from_json_exactly_and_its_bytes_stay_the_same(one: Document) -> None:
    kept = to_json(one)
    again = from_json(kept)
    assert again == one
    assert to_json(again) == kept
    assert from_data(to_data(one)) == one


def test_an_issued_document_keeps_its_fingerprint() -> None:
    one = document(Heading(1, "Cofnodion ŵ", "minutes", "2"), Paragraph((Run("x", bold=True),)))
    expected = (
        b'{"document":{"blocks":[{"anchor":"minutes","level":1,"number":"2",'
        b'"text":"Cofnodion \\u0175","type":"heading"},'
        b'{"runs":[{"bold":true,"text":"x","type":"run"}],"type":"paragraph"}],'
        b'"date":"2020-02-05","publisher":"West Mercia Panel","title":"Agenda pack",'
        b'"type":"document"},"version":1}'
    )
    assert hashlib.sha256(to_json(one)).hexdigest() == hashlib.sha256(expected).hexdigest()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Heading(5, "Too deep"), "level 5, expected 1 to 4"),
        (lambda: Heading(1, "  "), "heading: found nothing"),
        (lambda: Heading(1, "Plan", anchor="a b"), "anchor 'a b'"),
        (lambda: Run("x", "javascript:alert(1)"), "javascript"),
        (lambda: Run("x", "//evil.example/"), "link"),
        (lambda: Run("x", "https://a b"), "link"),
        (lambda: Run("x", "data:text/html,x"), "link"),
        (lambda: Table("T", (plain("a"),), ((plain("1"), plain("2")),)), "row 1: 2 cells"),
        (lambda: Table("", (plain("a"),), ()), "table caption"),
        (lambda: Table("T", (), ()), "no columns"),
        (lambda: Table("T", (plain("a"),), (), (1, 2)), "widths"),
        (lambda: Table("T", (plain("a"),), (), (0,)), "widths"),
        (lambda: Figure("<svg/>", "", "c"), "alternative text"),
        (lambda: Figure("<script>", "a", "c"), "<svg"),
        (lambda: Notice("x", "loud"), "tone 'loud'"),  # type: ignore[arg-type]
        (lambda: Pages("1", "a.pdf", "A", ("x",)), "SHA-256 '1'"),
        (lambda: Pages("0" * 64, "a.pdf", "A", ()), "no pages"),
        (lambda: Pages("0" * 64, "a.pdf", "A", ("x",), (2,)), r"landscape \(2,\), expected 1 to 1"),
        (lambda: Pages("0" * 64, "a.pdf", "A", ("x",), (), "Welsh"), "language"),
        (lambda: Pages("0" * 64, "a.pdf", "A", ("x",), href="javascript:x"), "javascript"),
        (lambda: Document(" ", "p", date(2020, 1, 1), ()), "title"),
        (lambda: Document("t", "p", date(2020, 1, 1), (), language="Welsh"), "language"),
    ],
)
def test_a_block_that_could_not_be_set_is_refused(make: Callable[[], object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: d.pop("title"), "title"),
        (lambda d: d.update(colour="red"), "document.colour"),
        (lambda d: d.update(title=7), "document.title"),
        (lambda d: d.update(date="5 February"), "isoformat|date"),
        (lambda d: d["blocks"].append({"type": "script"}), r"blocks\[1\]: type 'script'"),
        (lambda d: d["blocks"].append("words"), "document.blocks"),
        (lambda d: d["blocks"][0].update(level="1"), r"blocks\[0\].level"),
        (lambda d: d["blocks"][0].update(level=9), r"blocks\[0\]: .*level 9"),
        (lambda d: d.update(type="run"), "document"),
    ],
)
def test_kept_data_that_does_not_fit_is_refused_with_its_place(
    change: Callable[[dict], object], says: str
) -> None:
    data = to_data(document(Heading(1, "Plan")))
    change(data)
    with pytest.raises(ValueError, match=says):
        from_data(data)


def test_another_version_of_the_format_is_refused() -> None:
    with pytest.raises(ValueError, match="version 1"):
        from_json(b'{"version":2,"document":{}}')


def test_the_plain_words_of_every_block_can_be_searched() -> None:
    one = document(
        Heading(2, "Hate crime", number="A4.6"),
        Paragraph((Run("Sees "), Run("progress", bold=True), Run("."))),
        Bullets((plain("one"), plain("two"))),
        Table("T", (plain("Ref"), plain("What")), ((plain("1"), (Paragraph(plain("cell")),)),)),
        Facts((("Owner", plain("Chief Constable")),)),
        Figure("<svg/>", "It rose.", "Volumes"),
        Notice("Take care", "warning"),
        PageBreak(),
        Pages("0" * 64, "letter.pdf", "A letter", ("Dear all,", "", "Yours")),
    )
    assert text(one).splitlines() == [
        "Agenda pack",
        "West Mercia Panel",
        "A4.6 Hate crime",
        "Sees progress.",
        "one",
        "two",
        "T",
        "Ref\tWhat",
        "1\tcell",
        "Owner: Chief Constable",
        "Volumes",
        "It rose.",
        "Take care",
        "A letter",
        "Dear all,",
        "Yours",
    ]


@pytest.mark.parametrize(
    ("given_levels", "set_levels"),
    [
        ([1, 2, 3, 2, 1], [1, 2, 3, 2, 1]),
        ([3, 3, 3], [1, 1, 1]),
        ([1, 3, 3, 4, 2], [1, 2, 2, 3, 2]),
        ([2, 1, 4], [1, 1, 2]),
    ],
)
def test_headings_never_skip_a_level_and_equals_stay_equal(
    given_levels: list[int], set_levels: list[int]
) -> None:
    one = arranged(document(*(Heading(level, "Words") for level in given_levels)))
    assert [block.level for block in one.blocks if isinstance(block, Heading)] == set_levels


@given(documents)
def test_an_arranged_document_has_its_own_anchors_and_no_dead_link(one: Document) -> None:
    set_document = arranged(one)
    found = [block for block in set_document.blocks if isinstance(block, Heading)]
    names = [heading.anchor for heading in found]
    assert len(set(names)) == len(names)
    assert None not in names
    levels = [0, *(heading.level for heading in found)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for run in every_run(to_data(set_document)):
        assert not run.startswith("#") or run[1:] in names
    assert arranged(set_document) == set_document


def every_run(node: object) -> list[str]:
    """The links in a document's data."""
    if isinstance(node, list):
        return [link for part in node for link in every_run(part)]
    if not isinstance(node, dict):
        return []
    return [node.get("href", ""), *(link for part in node.values() for link in every_run(part))]


def test_a_reference_given_twice_leads_to_the_first() -> None:
    first, second = arranged(document(Heading(1, "A", "3.2.3"), Heading(1, "B", "3.2.3"))).blocks
    assert isinstance(first, Heading)
    assert isinstance(second, Heading)
    assert (first.anchor, second.anchor) == ("3.2.3", "b")


@pytest.mark.parametrize(
    ("column", "numeric"),
    [
        (["12", "1,234", "-3.5", "45%"], True),
        (["12", "", "–"], True),
        (["12", "A4.6"], False),
        (["", ""], False),
        (["2019-20"], False),
    ],
)
def test_a_column_of_numbers_is_told_from_one_of_words(column: list[str], numeric: bool) -> None:
    rows = tuple((plain("x"), plain(cell)) for cell in column)
    table = Table("T", (plain("Area"), plain("Count")), rows)
    assert table.numeric == (False, numeric)


@given(words)
def test_printable_words_can_be_written_and_keep_what_can_be_read(one: str) -> None:
    shown = printable(one)
    shown.encode("utf-8")
    assert "\x00" not in shown
    assert printable(shown) == shown


def test_welsh_letters_tabs_and_new_lines_are_printable() -> None:
    assert printable("Tŷ ŵyl\tâ\r\nî\x00") == "Tŷ ŵyl\tâ\nî\ufffd"


def test_no_words_are_no_run() -> None:
    empty: Runs = ()
    assert plain("") == empty
    assert plain("a") == (Run("a"),)
