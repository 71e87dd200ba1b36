"""The blocks a document is made of: pure, typed and frozen, with one exact JSON form.

Areas yield blocks; pages and packs render them. A block is checked when it is made, so that a
renderer never meets a table with ragged rows, a chart without alternative text or an unsafe link.
Text is data: nothing in it is ever read as markup.
"""

from __future__ import annotations

import json
import re
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Literal

VERSION = 1

LINK = re.compile(r"(https?://|mailto:|/(?!/)|#)[^\s\x00-\x20]+|/")
ANCHOR = re.compile(r"[\w.:-]+")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
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
    """A new page; the pages up to the next break are landscape if asked. Nothing on screen."""

    landscape: bool = False


Block = Heading | Paragraph | Bullets | Table | Facts | Figure | Notice | PageBreak


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


def to_json(document: Document) -> bytes:
    """The document's one JSON form: the same document gives the same bytes, for ever.

    ASCII, keys sorted, no spaces; a field at its default is left out, so that a field added later
    leaves old fingerprints as they were.
    """
    data = {"version": VERSION, "document": to_data(document)}
    kept = json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return kept.encode("ascii")


def from_json(content: bytes) -> Document:
    """The document that `to_json` wrote; ValueError says where anything else differs."""
    data = json.loads(content)
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise ValueError(f"expected a document in version {VERSION} of the block format")
    return from_data(data.get("document"))


def to_data(node: Document | Block | Run) -> dict[str, Any]:
    """The node as plain dictionaries, lists and scalars, each node with its `type`."""
    encoded = _encoded(node)
    assert isinstance(encoded, dict)  # noqa: S101 (a dataclass always is)
    return encoded


def _encoded(value: object) -> Any:
    if isinstance(value, tuple):
        return [_encoded(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        kept = {f.name: getattr(value, f.name) for f in fields(value)}
        defaults = {f.name: f.default for f in fields(value) if f.default is not MISSING}
        data = {n: _encoded(v) for n, v in kept.items() if n not in defaults or v != defaults[n]}
        return {"type": type(value).__name__.lower(), **data}
    return value


NODES: dict[str, type] = {
    node.__name__.lower(): node for node in (Document, Run, *typing.get_args(Block))
}


def from_data(data: object) -> Document:
    """The document that `to_data` described; ValueError names the place that does not fit."""
    node = _decoded(data, "document")
    if not isinstance(node, Document):
        raise ValueError(f"document: found {type(node).__name__}, expected Document")
    return node


def _decoded(data: object, where: str) -> Any:
    if isinstance(data, list):
        return tuple(_decoded(part, f"{where}[{i}]") for i, part in enumerate(data))
    if not isinstance(data, dict):
        return data
    node = NODES.get(str(data.get("type")))
    if node is None:
        raise ValueError(f"{where}: type {data.get('type')!r}, expected one of {', '.join(NODES)}")
    values = {name: _decoded(v, f"{where}.{name}") for name, v in data.items() if name != "type"}
    if node is Document and isinstance(values.get("date"), str):
        values["date"] = date.fromisoformat(values["date"])
    hints = _hints(node)
    for name, value in values.items():
        if name not in hints or not _fits(value, hints[name]):
            raise ValueError(f"{where}.{name}: does not belong here, or is not of its kind")
    try:
        return node(**values)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{where}: {error}") from error


@cache
def _hints(node: type) -> dict[str, Any]:
    return typing.get_type_hints(node)


def _fits(value: object, hint: Any) -> bool:
    """Whether a decoded value is of the annotated type."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return any(_fits(value, one) for one in inner)
    if origin is Literal:
        return value in inner
    if origin is tuple:
        if not isinstance(value, tuple):
            return False
        if inner[-1] is Ellipsis:
            return all(_fits(part, inner[0]) for part in value)
        return len(value) == len(inner) and all(map(_fits, value, inner))
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is hint
