"""The text of one paragraph of a Word document, as it would be with every change accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from peelian.expressions import expression
from peelian.intake.docx_styles import Styles, W, attribute, switched, whole
from peelian.intake.packages import Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_AROUND = {
    W + name
    for name in (
        "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "bdo", "dir",
        "ins", "moveTo", "ruby", "rubyBase",
    )
}  # fmt: skip
_GONE = {W + "del", W + "moveFrom"}
_SPACES = expression(r"\s+")
_BREAK = "\n"
_DEEPEST = 100
MOST_QUOTED = 300  # characters of what is noted


@dataclass(frozen=True)
class Change:
    """A tracked change: the words put in or taken out, by whom and when, as the file says."""

    is_insertion: bool
    author: str
    day: str
    text: str


@dataclass(frozen=True)
class Coloured:
    """Words with a colour and ground of their own, as hexadecimal figures; ground may be empty."""

    text: str
    colour: str
    ground: str
    is_large: bool


@dataclass
class Text:
    """What a paragraph holds. `breaks` are offsets in `text` with the page that begins there."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    breaks: list[tuple[int, int]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    hidden: str = ""
    comments: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # (footnote or endnote, id)
    boxes: list[Element] = field(default_factory=list)
    pictures: list[bool] = field(default_factory=list)  # whether each is described
    colours: list[Coloured] = field(default_factory=list)
    bold: int = 0  # how many letters are bold
    ends: bool = True  # false where the paragraph's end was taken out

    @property
    def text(self) -> str:
        """Return the words in one line."""
        return self.lines.replace(_BREAK, " ")

    @property
    def lines(self) -> str:
        """Return the words, with the breaks between lines that the author put in."""
        return "".join(self.pieces).rstrip()

    @property
    def is_bold(self) -> bool:
        """Return whether all of it is bold."""
        return 0 < len(self.text.replace(" ", "")) <= self.bold

    def page(self, begun: int) -> int:
        """Return the page that it begins on, where `begun` is the one before it was read."""
        return next((page for at, page in reversed(self.breaks) if at == 0), begun)

    def put(self, piece: str) -> str:
        """Add a piece, white space as one space; return what was added."""
        if piece == _BREAK:
            return self._broken()
        piece = _SPACES.sub(" ", piece)
        if not self.pieces or self.pieces[-1][-1].isspace():
            piece = piece.lstrip()
        if piece:
            self.pieces.append(piece)
            self.length += len(piece)
        return piece

    def _broken(self) -> str:
        """Begin a new line, unless nothing stands on this one."""
        if not self.pieces or self.pieces[-1] == _BREAK:
            return ""
        last = self.pieces[-1].rstrip(" ")
        self.length += len(last) - len(self.pieces[-1]) + 1
        self.pieces[-1:] = [last, _BREAK] if last else [_BREAK]
        return _BREAK


class Pages:
    """Where pages begin, as far as breaks tell: those put in, and those of the last printing."""

    def __init__(self) -> None:
        self.page, self.any, self._fresh = 1, False, False

    def put_in(self) -> None:
        """Take note of a break that the author put in."""
        self.page, self.any, self._fresh = self.page + 1, True, True

    def printed(self) -> bool:
        """Take note of where a page began when last printed; false where it was known already."""
        known, self._fresh, self.any = self._fresh, False, True
        self.page += 0 if known else 1
        return not known

    def text(self) -> None:
        """Take note that text stands on the page."""
        self._fresh = False


def read_paragraph(
    paragraph: Element, styles: Styles, pages: Pages, text: Text | None = None
) -> Text:
    """Return what a paragraph holds, added to `text` where its end was taken out."""
    return _Reader(paragraph, styles, pages, text or Text()).read()


class _Reader:
    def __init__(self, paragraph: Element, styles: Styles, pages: Pages, text: Text) -> None:
        self.paragraph, self.styles, self.pages, self.out = paragraph, styles, pages, text
        properties = paragraph.find(W + "pPr")
        self.style = styles.named(attribute(properties, "pStyle"))
        self.ground = attribute(properties, "shd", "fill") or self.style.ground
        self.properties = properties

    def read(self) -> Text:
        self.out.ends = True
        if self.properties is not None:
            self.out.ends = self.properties.find(f"{W}rPr/{W}del") is None
            if switched(self.properties, "pageBreakBefore") and not self.out.length:
                self.pages.put_in()
                self._breaks()
        for child, change in _inline(self.paragraph, None, 0):
            if child.tag == W + "r":
                self._run(child, change)
            elif child.tag == W + "commentReference":
                self.out.comments.append(child.get(W + "id", ""))
            elif child.tag == _M + "t":
                self.out.put(child.text or "")
        return self.out

    def _run(self, run: Element, change: Element | None) -> None:
        properties = run.find(W + "rPr")
        style = (
            self.styles.named(attribute(properties, "rStyle")) if properties is not None else None
        )
        hidden = switched(properties, "vanish")
        if hidden is None:
            hidden = self.style.hidden or bool(style and style.hidden)
        gone = change is not None and change.tag in _GONE
        said = "".join(self._pieces(run, gone or hidden))
        if change is not None and said.strip():
            self._changed(change, said)
        if gone or not said:
            return
        if hidden:
            self.out.hidden = (self.out.hidden + said)[:MOST_QUOTED]
            return
        bold = switched(properties, "b")
        if bold if bold is not None else self.style.bold or bool(style and style.bold):
            self.out.bold += len(_SPACES.sub("", said))
        self._coloured(properties, said)

    def _pieces(self, run: Element, is_unseen: bool) -> Iterator[str]:
        """Yield the words of a run, and put them where they are seen."""
        for part in _parts(run):
            tag = part.tag
            if tag in (W + "t", W + "delText"):
                words = part.text or ""
            elif tag in (W + "tab", W + "ptab"):
                words = " "
            elif tag == W + "noBreakHyphen":
                words = "-"
            elif tag in (W + "br", W + "cr"):
                words = _BREAK
                if part.get(W + "type") == "page" and not is_unseen:
                    self.pages.put_in()
                    self._breaks()
            else:
                self._other(part, is_unseen)
                continue
            if not is_unseen:
                words = self.out.put(words)
                if words.strip():
                    self.pages.text()
            yield words

    def _other(self, part: Element, is_unseen: bool) -> None:
        """Take note of what is no text: where a page began, notes, comments, pictures, boxes."""
        if part.tag == W + "lastRenderedPageBreak":
            if self.pages.printed():
                self._breaks()
        elif part.tag in (W + "footnoteReference", W + "endnoteReference") and not is_unseen:
            kind = part.tag.removeprefix(W).removesuffix("Reference")
            self.out.notes.append((kind, part.get(W + "id", "")))
        elif part.tag == W + "commentReference":
            self.out.comments.append(part.get(W + "id", ""))
        elif part.tag in (W + "drawing", W + "pict", W + "object") and not is_unseen:
            self._drawn(part)

    def _breaks(self) -> None:
        self.out.breaks.append((self.out.length, self.pages.page))

    def _drawn(self, drawing: Element) -> None:
        boxes = [box for box in drawing.iter(W + "txbxContent") if _outermost(box, drawing)]
        self.out.boxes += boxes
        for shape in drawing.iter(_WP + "docPr", _V + "shape"):
            if shape.tag == _V + "shape":
                if shape.find(_V + "imagedata") is not None:
                    self.out.pictures.append(bool((shape.get("alt") or "").strip()))
                continue
            graphic = shape.getparent().find(f"{_A}graphic/{_A}graphicData")
            is_box = graphic is not None and graphic.find(f".//{W}txbxContent") is not None
            if graphic is not None and not is_box and len(graphic):
                decorative = [d.get("val") in ("1", "true") for d in shape.iter(_DECORATIVE)]
                described = (shape.get("descr") or shape.get("title") or "").strip()
                self.out.pictures.append(bool(described) or any(decorative))

    def _changed(self, change: Element, said: str) -> None:
        insertion = change.tag not in _GONE
        author, day = change.get(W + "author", ""), change.get(W + "date", "")[:10]
        last = self.out.changes[-1] if self.out.changes else None
        if last and (last.is_insertion, last.author, last.day) == (insertion, author, day):
            said = last.text + said
            self.out.changes.pop()
        self.out.changes.append(Change(insertion, author, day, said[:MOST_QUOTED]))

    def _coloured(self, properties: Element | None, said: str) -> None:
        colour = attribute(properties, "color")
        if not said.strip() or not colour or properties is None:
            return
        if properties.find(W + "highlight") is not None:
            return
        ground = attribute(properties, "shd", "fill") or self.ground
        size = whole(attribute(properties, "sz"))
        large = size >= 36 or (size >= 28 and bool(switched(properties, "b")))
        self.out.colours.append(Coloured(said.strip(), colour, ground, large))


def _inline(
    parent: Element, change: Element | None, depth: int
) -> Iterator[tuple[Element, Element | None]]:
    """Yield runs, comments and formulas in order, each with the innermost change that it is in."""
    for child in parent:
        if child.tag == W + "r" or child.tag == W + "commentReference":
            yield child, change
        elif child.tag in (_M + "oMath", _M + "oMathPara"):
            for part in child.iter(_M + "t"):
                yield part, change
        elif depth < _DEEPEST and (child.tag in _AROUND or child.tag in _GONE):
            is_change = child.tag in _GONE or child.tag in (W + "ins", W + "moveTo")
            # What was put in and taken out again is gone.
            inner = child if is_change and (change is None or change.tag not in _GONE) else change
            yield from _inline(child, inner, depth + 1)
        elif child.tag == _MC + "AlternateContent" and depth < _DEEPEST:
            yield from _inline(_chosen(child), change, depth + 1)


def _parts(run: Element) -> Iterator[Element]:
    """Yield what a run holds; of alternatives the first."""
    for part in run:
        if part.tag == _MC + "AlternateContent":
            yield from _chosen(part)
        else:
            yield part


def _chosen(alternatives: Element) -> Element:
    for name in ("Choice", "Fallback"):
        found = alternatives.find(_MC + name)
        if found is not None and len(found):
            return found
    return alternatives


def _outermost(box: Element, drawing: Element) -> bool:
    """Return whether a text box is in no other, and not the older form of one that was read."""
    above = box.getparent()
    while above is not None and above is not drawing:
        if above.tag in (W + "txbxContent", _MC + "Fallback"):
            return False
        above = above.getparent()
    return True
