"""The blocks a document is made of: pure, typed and frozen.

Areas yield blocks; pages and packs render them. A block is checked when it is made, so that a
renderer never meets a table with ragged rows, a chart without alternative text or an unsafe link.
Text is data: nothing in it is ever read as markup.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, Literal

LINK = re.compile(r"(https?://|mailto:|/(?!/)|#)[^\s\x00-\x20]+|/")
ANCHOR = re.compile(r"[\w.:-]+")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
SHA256 = re.compile(r"[0-9a-f]{64}")
# What neither HTML, XML nor PDF can carry: control characters, halves of pairs, non-characters.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff]"
)

Tone = Literal["information", "warning", "illustrative"]


@dataclass(frozen=True)
class Run:
    """Words in one style. `href` is http(s), mailto, a path of this site, or `#anchor`."""

    text: str
    href: str | None = None
    bold: bool = False
    italic: bool = False

    def __post_init__(self) -> None:
        if self.href is not None and not LINK.fullmatch(self.href):
            raise ValueError(
                f"link: found {self.href!r}, expected http(s)://…, mailto:…, /path or #anchor"
            )


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 4, with the reference it is known by (`A4.6`), if any."""

    level: int
    text: str
    anchor: str | None = None
    number: str | None = None

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise ValueError(f"heading {self.text!r}: level {self.level}, expected 1 to 4")
        _required("heading", self.text)
        if self.anchor is not None and not ANCHOR.fullmatch(self.anchor):
            raise ValueError(
                f"heading {self.text!r}: anchor {self.anchor!r}, expected letters, digits, . : - _"
            )

    @property
    def full(self) -> str:
        """The reference and the words."""
        return f"{self.number} {self.text}" if self.number else self.text


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; a newline in a run is a line break."""

    runs: Runs


@dataclass(frozen=True)
class Bullets:
    """A list; `ordered` numbers its items."""

    items: tuple[Runs, ...]
    ordered: bool = False


NUMBER = re.compile(r"[-−+£]{0,2}\d[\d,]*(\.\d+)?%?")

# A cell holds words, or, where it must, paragraphs and lists.
Cell = tuple[Run, ...] | tuple[Paragraph | Bullets, ...]


@dataclass(frozen=True)
class Table:
    """A table with one head. `widths` are relative; `row_header` makes column one a header."""

    caption: str
    head: tuple[Runs, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...] = ()
    row_header: bool = False

    def __post_init__(self) -> None:
        _required("table caption", self.caption)
        columns = len(self.head)
        if not columns:
            raise ValueError(f"table {self.caption!r}: no columns, expected at least one")
        for number, row in enumerate(self.rows, 1):
            if len(row) != columns:
                raise ValueError(
                    f"table {self.caption!r}, row {number}: {len(row)} cells, expected {columns}"
                )
        if self.widths and (len(self.widths) != columns or not all(w > 0 for w in self.widths)):
            raise ValueError(
                f"table {self.caption!r}: widths {self.widths}, expected {columns} above 0"
            )

    @property
    def numeric(self) -> tuple[bool, ...]:
        """For each column, whether it holds numbers only (then set to the right); never the first.

        An empty cell or a dash does not count against a column.
        """
        columns = zip(*(map(_words, row) for row in self.rows), strict=True)
        kept = ([cell for cell in column if cell.strip(" -–—")] for column in columns)
        found = [bool(cells) and all(map(NUMBER.fullmatch, cells)) for cells in kept]
        return (False, *found[1:]) if found else (False,) * len(self.head)


@dataclass(frozen=True)
class Facts:
    """Terms, each with what is said of it."""

    items: tuple[tuple[str, Runs], ...]


@dataclass(frozen=True)
class Figure:
    """A drawing (SVG text) with the words that stand for it and the caption all can read."""

    svg: str
    alt: str
    caption: str

    def __post_init__(self) -> None:
        _required("alternative text of a figure", self.alt)
        if not self.svg.lstrip().startswith("<svg"):
            raise ValueError(f"figure {self.caption!r}: found no <svg at its start")


@dataclass(frozen=True)
class Notice:
    """A sentence set apart; the tone is said in words, never by colour alone."""

    text: str
    tone: Tone = "information"

    def __post_init__(self) -> None:
        if self.tone not in typing.get_args(Tone):
            raise ValueError(f"notice: tone {self.tone!r}, expected {typing.get_args(Tone)}")


@dataclass(frozen=True)
class PageBreak:
    """A new page; the pages up to the next break are landscape if asked. Nothing on screen.

    `right_hand` is for printing on both sides: it begins on a page with an odd number, and a page
    left blank for that says so.
    """

    landscape: bool = False
    right_hand: bool = False


@dataclass(frozen=True)
class Pages:
    """The pages of a PDF that came as it is, each set as one page of this document.

    `sha256` is that of the file; `texts` are the words of each page, empty where it has none, and
    stand for it where it cannot be seen. `landscape` numbers the pages, from 1, that are wider
    than high. `href` is where the file itself is.
    """

    sha256: str
    name: str
    title: str
    texts: tuple[str, ...]
    landscape: tuple[int, ...] = ()
    language: str = "en-GB"
    href: str | None = None

    def __post_init__(self) -> None:
        _required("title of a PDF", self.title)
        if not SHA256.fullmatch(self.sha256):
            raise ValueError(f"pages of {self.title!r}: SHA-256 {self.sha256!r}")
        if not self.texts:
            raise ValueError(f"pages of {self.title!r}: no pages, expected at least one")
        if not all(1 <= page <= len(self.texts) for page in self.landscape):
            raise ValueError(
                f"pages of {self.title!r}: landscape {self.landscape}, expected 1 to "
                f"{len(self.texts)}"
            )
        if not LANGUAGE.fullmatch(self.language):
            raise ValueError(f"language: found {self.language!r}, expected one such as en-GB or cy")
        if self.href is not None and (self.href[:1] == "#" or not LINK.fullmatch(self.href)):
            raise ValueError(f"link: found {self.href!r}, expected http(s)://… or /path")

    @property
    def without_words(self) -> tuple[int, ...]:
        """The numbers of the pages that hold no words: pictures, to whoever cannot see them."""
        return tuple(n for n, words in enumerate(self.texts, 1) if not words.strip())


Block = Heading | Paragraph | Bullets | Table | Facts | Figure | Notice | PageBreak | Pages


@dataclass(frozen=True)
class Document:
    """A whole document. `publisher` is the body that issues it; `status` a line such as a draft's.

    `date` is the day the document stands for: it is printed, and is the PDF's date as well.
    `language` is a tag such as `en-GB` or `cy`. Without `cover` it begins on its first page, as a
    letter or a short report does, and has no list of contents.
    """

    title: str
    publisher: str
    date: date
    blocks: tuple[Block, ...]
    subtitle: str = ""
    language: str = "en-GB"
    status: str = ""
    cover: bool = True

    def __post_init__(self) -> None:
        _required("document title", self.title)
        if not LANGUAGE.fullmatch(self.language):
            raise ValueError(f"language: found {self.language!r}, expected one such as en-GB or cy")


def _required(what: str, words: str) -> None:
    if not words.strip():
        raise ValueError(f"{what}: found nothing, expected words")


def plain(words: str) -> Runs:
    """The words as one unstyled run; no run at all for no words."""
    return (Run(words),) if words else ()


def printable(words: str) -> str:
    """The words with each character that no document can carry shown as U+FFFD."""
    return UNPRINTABLE.sub("\ufffd", words.replace("\r\n", "\n").replace("\r", "\n"))


def text(block: Block | Document) -> str:
    """The plain words of a block or document, one line for each paragraph, item and table row."""
    return "\n".join(_lines(block))


def _lines(block: Block | Document) -> Iterator[str]:
    match block:
        case Document():
            head = (block.title, block.subtitle, block.publisher, block.status)
            yield from (line for line in head if line)
            for inner in block.blocks:
                yield from _lines(inner)
        case Heading():
            yield block.full
        case Paragraph():
            yield _words(block.runs)
        case Bullets():
            yield from map(_words, block.items)
        case Table():
            yield block.caption
            yield "\t".join(map(_words, block.head))
            for row in block.rows:
                yield "\t".join(map(_words, row))
        case Facts():
            yield from (f"{term}: {_words(runs)}" for term, runs in block.items)
        case Figure():
            yield from (line for line in (block.caption, block.alt) if line)
        case Notice():
            yield block.text
        case Pages():
            yield from (line for line in (block.title, *block.texts) if line)


def _words(cell: Cell) -> str:
    return "".join(part.text if isinstance(part, Run) else text(part) + " " for part in cell).strip(
        " "
    )


def arranged(document: Document) -> Document:
    """The document as it can be set: no heading skips a level, each has its own anchor.

    A link to an anchor that does not exist becomes plain words: never a broken link.
    """
    blocks: list[Block] = []
    taken: set[str] = {h.anchor for h in document.blocks if isinstance(h, Heading) and h.anchor}
    used: set[str] = set()
    above: list[int] = []  # the levels, as given, of the headings that stand over this one
    for block in document.blocks:
        if isinstance(block, Heading):
            above = [*(level for level in above if level < block.level), block.level]
            anchor = block.anchor
            if anchor is None or anchor in used:
                anchor = _free(block.full, taken)
            taken.add(anchor)
            used.add(anchor)
            block = replace(block, level=len(above), anchor=anchor)
        blocks.append(block)

    def linked(run: Run) -> Run:
        dead = run.href and run.href.startswith("#") and run.href[1:] not in used
        return replace(run, href=None) if dead else run

    return replace(document, blocks=tuple(_each_run(tuple(blocks), linked)))


def _free(words: str, taken: Iterable[str]) -> str:
    stem = re.sub(r"[^\w.]+", "-", words.lower()).strip("-.")[:60] or "section"
    names = (f"{stem}-{number}" if number > 1 else stem for number in range(1, 1_000_000))
    return next(name for name in names if name not in taken)


def _each_run(node: Any, change: Callable[[Run], Run]) -> Any:
    """The same tree with every run changed."""
    if isinstance(node, Run):
        return change(node)
    if isinstance(node, tuple):
        return tuple(_each_run(part, change) for part in node)
    if is_dataclass(node) and not isinstance(node, type):
        values = {f.name: getattr(node, f.name) for f in fields(node)}
        nested = {name: v for name, v in values.items() if isinstance(v, tuple)}
        return replace(node, **{name: _each_run(v, change) for name, v in nested.items()})
    return node
