"""The words of a PDF's page with their places, from PDFium: y runs down, and text runs to the right
whichever way the page is turned.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import pypdfium2.raw as pdfium

from peelian.expressions import expression

MOST_MARKS = 10  # around one run of letters
MOST_LETTERS = 60_000  # of one page; a full page of a newspaper has about 20,000
FAR = 1e5  # points: what stands further away is on no page

_BREAKS = expression(r"[\s\x00-\x1f\x7f\u200b\ufeff]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# What the symbol fonts of word processors mean, where the file gives only their private places.
_SYMBOLS = {
    **{chr(c): "•" for c in range(0xF000, 0xF100)},
    "\uf02d": "-",
    "\uf0fc": "✓",
    "\uf0d8": "➢",
    "\uf06f": "○",
    "\uf0a8": "□",
    "\x02": "-",  # how PDFium gives a hyphen at the end of a line, of whatever kind
    "\ufffe": "-",
    "\xad": "-",
}
_UNITS = expression(r"(?:^|[\d ])[kcm]?m$")
_RAISED = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")

_ARTIFACT = "Artifact\0".encode("utf-16-le")

Colour = tuple[int, int, int]
Point = tuple[float, float]


class Paged(IntEnum):
    """Whether words are of the page, not of the text, as far as the file's marks tell."""

    NO = 0
    PERHAPS = 1  # an artifact of which nothing is said
    YES = 2


@dataclass(slots=True)
class Word:
    """A word as it is printed. `mark` is its marked-content id (-1 without), `depth` when drawn."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float
    bold: bool = False
    slanted: bool = False
    colour: Colour | None = None
    mark: int = -1
    depth: int = -1
    spaced: bool = False  # a space was printed before it
    unseen: bool = False  # drawn in no ink, as the words over a scan are
    paged: Paged = Paged.NO  # marked as of the page, not of the text: a running head or foot
    pieces: int = 1  # runs of letters, each marked with the number after the one before

    @property
    def spelled(self) -> bool:
        """Return whether each letter has a mark of its own, so that a line may end after any."""
        return self.mark >= 0 and self.pieces == len(self.text)


@dataclass
class Lettering:
    """What a page's letters make: words, those that run another way, and what cannot be read."""

    words: list[Word] = field(default_factory=list)
    turned: list[Word] = field(default_factory=list)
    turn: int = 0  # quarter turns of the text, against the clock
    letters: int = 0
    unmapped: int = 0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    turn: int  # quarter turns, or -1 aslant
    bold: bool
    slanted: bool
    colour: Colour | None
    mark: int
    depth: int
    unseen: bool
    base: Point  # where its first letter stands on its line
    unmapped: bool
    paged: Paged


def _direct(function: Any, result: Any, *arguments: Any) -> Any:
    """Return a function of PDFium in plain numbers, the quickest way: each letter asks thrice."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_PLACE = (ctypes.c_void_p, ctypes.c_int)
_unicode = _direct(pdfium.FPDFText_GetUnicode, ctypes.c_uint, *_PLACE)
_text_object = _direct(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, *_PLACE)
_loose_box = _direct(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, *_PLACE, ctypes.c_void_p)


def turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """Return a point of the page's own space in one where text runs right and y runs down."""
    return ((x, -y), (y, x), (-x, y), (-y, -x))[turn]


def lettering(text: Any, depths: dict[int, int]) -> Lettering:
    """Return the words of a page; `depths` tells when each text object is drawn."""
    letters = _Letters(text, depths)
    count = min(pdfium.FPDFText_CountChars(text), MOST_LETTERS)
    pieces = letters.pieces(max(count, 0))
    made = Lettering(letters=letters.seen, unmapped=letters.unmapped)
    made.cut = pdfium.FPDFText_CountChars(text) > MOST_LETTERS
    ways = Counter[int]()
    for style, piece in pieces:
        ways[style.turn] += len(piece)
    ways.pop(-1, None)
    made.turn = ways.most_common(1)[0][0] if ways else 0
    upright = _Words(made.turn)
    for style, piece in pieces:
        if style.turn == made.turn:
            for letter in piece:
                upright.add(style, letter)
        else:
            made.turned += _run(style, piece, made.turn)
    made.words = upright.words
    return made


# A letter: text, left, bottom, right, top of its box, and whether it stands raised.
_Letter = tuple[str, float, float, float, float, bool]


class _Letters:
    """Reads the letters of one page, asking for what a text object shares only once."""

    def __init__(self, text: Any, depths: dict[int, int]) -> None:
        self.text, self.depths = text, depths
        self.seen = self.unmapped = 0
        self._styles: dict[int, _Style] = {}
        self._fonts: dict[int, tuple[bool, bool]] = {}

    def pieces(self, count: int) -> list[tuple[_Style, list[_Letter]]]:
        """Return the letters in the order of the file, a piece for each change of style."""
        pieces: list[tuple[_Style, list[_Letter]]] = []
        box = pdfium.FS_RECTF()
        boxed = ctypes.addressof(box)
        page = ctypes.cast(self.text, ctypes.c_void_p).value
        high = 0
        for i in range(count):
            code = _unicode(page, i)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
                high = 0
            shown = chr(code) if code < 0x110000 else "\ufffd"
            if code != 2 and _BREAKS.match(shown):
                made_up = shown in "\r\n" and pdfium.FPDFText_IsGenerated(self.text, i) == 1
                if pieces and not made_up:  # PDFium ends a line where a raised digit begins
                    pieces[-1][1].append((" ", 0, 0, 0, 0, False))
                continue
            self.seen += 1
            _loose_box(page, i, boxed)
            if not (abs(box.left) < FAR and abs(box.top) < FAR and abs(box.right) < FAR):
                continue
            key = _text_object(page, i) or 0
            style = self._styles.get(key) or self._asked(i, key)
            self.unmapped += style.unmapped or shown == "\ufffd"
            raised = shown in "¹²³⁰⁴⁵⁶⁷⁸⁹" or (shown.isdigit() and self._floats(i, style))
            letter = (
                _SYMBOLS.get(shown) or _LIGATURES.get(shown) or shown,
                box.left,
                box.bottom,
                box.right,
                box.top,
                raised,
            )
            if not pieces or pieces[-1][0] is not style:
                pieces.append((style, []))
            pieces[-1][1].append(letter)
        return pieces

    def _floats(self, i: int, style: _Style) -> bool:
        """Return whether a digit's ink stands well above the line, as a small raised one's does."""
        if style.turn:
            return False
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(self.text, i, left, right, bottom, top)
        high = bottom.value - style.base[1] > 0.2 * style.size
        return high and top.value - bottom.value < 0.6 * style.size

    def _asked(self, i: int, key: int) -> _Style:
        handle = pdfium.FPDFText_GetTextObject(self.text, i)
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self.text, i, x, y)
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self.text, i, matrix)
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        quarter = round(angle / 90)
        turn = quarter % 4 if abs(angle - quarter * 90) < 10 else -1
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        size = pdfium.FPDFText_GetFontSize(self.text, i) * scale
        size = size if math.isfinite(size) and 0.1 < size < 2000 else 1.0
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        colour: Colour | None = None
        if pdfium.FPDFText_GetFillColor(self.text, i, red, green, blue, alpha):
            shades = (red.value, green.value, blue.value)
            colour = shades if alpha.value == 255 else None
        mode = pdfium.FPDFTextObj_GetTextRenderMode(handle) if key else 0
        bold, slanted = self._font(handle) if key else (False, False)
        mark = pdfium.FPDFPageObj_GetMarkedContentID(handle) if key else -1
        depth = self.depths.get(key, -1)
        unmapped = pdfium.FPDFText_HasUnicodeMapError(self.text, i) == 1
        made = _Style(
            size,
            turn,
            bold,
            slanted,
            colour,
            mark,
            depth,
            mode in (3, 7),
            (x.value, y.value),
            unmapped,
            _paged(handle) if key else Paged.NO,
        )
        self._styles[key] = made
        return made

    def _font(self, handle: Any) -> tuple[bool, bool]:
        font = pdfium.FPDFTextObj_GetFont(handle)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key and key not in self._fonts:
            name = ctypes.create_string_buffer(200)
            pdfium.FPDFFont_GetBaseFontName(font, name, 200)
            called = name.value.decode("utf-8", "replace").lower()
            bold = bool(re.search(r"bold|black|heavy|-bd|demi(?!n)", called))
            weight = pdfium.FPDFFont_GetWeight(font)
            slanted = bool(re.search(r"italic|oblique|-it\b", called))
            self._fonts[key] = (bold or 600 <= weight <= 1000, slanted)
        return self._fonts.get(key, (False, False))


def _paged(thing: Any) -> Paged:
    """Return whether what is written is marked as an artifact, and of the page's edge.

    PDFium does not tell which; the headings that a table repeats are marked without an edge.
    """
    found = Paged.NO
    for n in range(min(pdfium.FPDFPageObj_CountMarks(thing), MOST_MARKS)):
        mark = pdfium.FPDFPageObj_GetMark(thing, n)
        name = ctypes.create_string_buffer(40)
        pdfium.FPDFPageObjMark_GetName(
            mark, ctypes.cast(name, ctypes.POINTER(pdfium.FPDF_WCHAR)), 40, ctypes.c_ulong()
        )
        if name.raw.startswith(_ARTIFACT):
            keys = (b"Attached", b"Subtype")
            at_edge = any(pdfium.FPDFPageObjMark_GetParamValueType(mark, key) for key in keys)
            bare = not pdfium.FPDFPageObjMark_CountParams(mark)
            found = Paged.YES if at_edge else Paged.PERHAPS if bare else found
    return found


class _Words:
    """Puts letters together to words; takes off the small raised digits that stand for notes."""

    def __init__(self, turn: int) -> None:
        self.turn = turn
        self.words: list[Word] = []
        self.spaced = False
        self.style: _Style | None = None
        self.begun = 0.0  # where the letter before begins; a ligature's letters share one place
        self.noted = False  # the letter before was a note's
        self.leads = False  # it was a note's number that stands before its words

    def add(self, style: _Style, letter: _Letter) -> None:
        """Take the next letter, in the order of the file."""
        shown, left, bottom, right, top, raised = letter
        if shown == " ":
            self.spaced = True
            return
        begin, end, high, low = left, right, -top, -bottom
        if self.turn:
            a, b = turned(left, bottom, self.turn), turned(right, top, self.turn)
            begin, end = min(a[0], b[0]), max(a[0], b[0])
            high, low = min(a[1], b[1]), max(a[1], b[1])
        last = self.words[-1] if self.words else None
        if self.leads and not raised:
            self.spaced = True
        self.leads = False
        if last and style is self.style and not (self.spaced or raised or self.noted):
            near = self.begun <= begin < last.right + 0.2 * style.size
            if near and last.size == style.size:  # as nearly every letter does
                last.text += shown
                last.right = end if end > last.right else last.right
                self.begun = begin
                return
        self.style = style
        base = turned(*style.base, self.turn)[1]
        size = max(style.size, last.size) if last else style.size
        beside = (
            last is not None
            and begin >= self.begun - 0.02 * size
            and begin - last.right < 0.2 * size
        )
        self.begun = begin
        if last and beside and not self.spaced:
            lift = last.base - base
            small = style.size < 0.87 * last.size and -0.4 * size < lift < 0.7 * size
            raised = raised or (lift > 0.12 * size and (small or lift > 0.2 * size))
            if self._is_note(last, shown, raised, lift < 0.7 * size):
                self.noted = True
                last.right = max(last.right, end)
                return
            if small or abs(lift) < 0.12 * size:
                last.text += shown
                last.right = max(last.right, end)
                last.pieces += 0 <= last.mark == style.mark - last.pieces
                self.noted = False
                return
        self.words.append(_begun(shown, (begin, end, high, low, base), style, self.spaced))
        self.spaced = self.noted = False
        self.leads = raised

    def _is_note(self, last: Word, shown: str, raised: bool, near: bool) -> bool:
        """Return whether a raised letter is a note's number; of a unit (m²) it is part of it."""
        if not (raised and near):
            return False
        plain = shown.translate(_RAISED)
        if self.noted and plain in ",*†‡":
            return True
        return plain.isdigit() and not _UNITS.search(last.text)


def _begun(
    text: str, box: tuple[float, float, float, float, float], style: _Style, spaced: bool
) -> Word:
    """Return the word that begins with a letter; the box has its base too."""
    return Word(
        text, *box, style.size, style.bold, style.slanted, style.colour, style.mark, style.depth,
        spaced, style.unseen, style.paged,
    )  # fmt: skip


def _run(style: _Style, piece: list[_Letter], turn: int) -> list[Word]:
    """Return the words of a piece that runs another way than the page."""
    made: list[Word] = []
    spaced = True
    for shown, left, bottom, right, top, _raised in piece:
        if shown == " ":
            spaced = True
            continue
        a, b = turned(left, bottom, turn), turned(right, top, turn)
        box = (min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1]))
        if spaced:
            made.append(Word(shown, *box, box[3], style.size, style.bold, spaced=True))
            spaced = False
            continue
        word = made[-1]
        word.text += shown
        word.left, word.right = min(word.left, box[0]), max(word.right, box[1])
        word.top, word.bottom = min(word.top, box[2]), max(word.bottom, box[3])
        word.base = word.bottom
    return made
