"""What is drawn on a PDF's page besides words: rules, filled grounds, pictures."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from peelian.intake.pdf_words import FAR, Colour, turned

MOST_OBJECTS = 30_000  # of one page, those inside others too
MOST_SEGMENTS = 60_000
DEEPEST = 6  # forms within forms
THIN = 2.6  # points: what is thinner is a rule

# The six numbers with which a form moves what it holds.
_Matrix = tuple[float, float, float, float, float, float]
_PLAIN: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; y runs down."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        """Return whether a point lies in it."""
        return (
            self.left - slack <= x <= self.right + slack
            and self.top - slack <= y <= self.bottom + slack
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """What is laid under words: a colour, or None for what has no one colour."""

    box: Box
    colour: Colour | None
    depth: int


@dataclass
class Drawing:
    """What is drawn on a page. `depths` tells of each text object how far up it lies."""

    rules: list[Box] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    depths: dict[int, int] = field(default_factory=dict)
    cut: bool = False


def drawing(page: Any) -> Drawing:
    """Return what is drawn on a page, in the page's own space until `turn_to` is called."""
    made = Drawing()
    reader = _Reader(made)
    for each in reader.objects(
        pdfium.FPDFPage_CountObjects(page), lambda i: pdfium.FPDFPage_GetObject(page, i)
    ):
        reader.take(*each)
    return made


def turn_to(drawn: Drawing, turn: int) -> None:
    """Turn what is drawn as the words are turned."""
    drawn.rules = [_turned(box, turn) for box in drawn.rules]
    drawn.pictures = [_turned(box, turn) for box in drawn.pictures]
    drawn.grounds = [Ground(_turned(g.box, turn), g.colour, g.depth) for g in drawn.grounds]


def _turned(box: Box, turn: int) -> Box:
    a, b = turned(box.left, box.bottom, turn), turned(box.right, box.top, turn)
    return Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


class _Reader:
    def __init__(self, made: Drawing) -> None:
        self.made = made
        self.count = self.segments = 0

    def objects(
        self, count: int, get: Any, matrix: _Matrix = _PLAIN, level: int = 0
    ) -> Iterator[tuple[Any, int, _Matrix]]:
        """Yield the objects of a page or form with their kind, those within others in place."""
        for i in range(max(count, 0)):
            self.count += 1
            if self.count > MOST_OBJECTS:
                self.made.cut = True
                return
            thing = get(i)
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind != pdfium.FPDF_PAGEOBJ_FORM:
                yield thing, kind, matrix
            elif level < DEEPEST:
                own = pdfium.FS_MATRIX()
                pdfium.FPDFPageObj_GetMatrix(thing, own)
                inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)

                def within(n: int, form: Any = thing) -> Any:
                    return pdfium.FPDFFormObj_GetObject(form, n)

                held = pdfium.FPDFFormObj_CountObjects(thing)
                yield from self.objects(held, within, inner, level + 1)

    def take(self, thing: Any, kind: int, matrix: _Matrix) -> None:
        """Keep what matters of an object."""
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            self.made.depths[ctypes.cast(thing, ctypes.c_void_p).value or 0] = self.count
            return
        box = _bounds(thing, matrix)
        if box is None:
            return
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            if box.right - box.left > 3 and box.bottom - box.top > 3:
                self.made.pictures.append(box)
            self.made.grounds.append(Ground(box, None, self.count))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(thing, box, matrix)
        else:
            self.made.grounds.append(Ground(box, None, self.count))

    def _path(self, thing: Any, box: Box, matrix: _Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(thing, fill, stroke)
        if not (fill.value or stroke.value):
            return
        if min(box.right - box.left, box.bottom - box.top) <= THIN:
            if _inked(thing, bool(fill.value)):
                self.made.rules.append(box)
            return
        count = pdfium.FPDFPath_CountSegments(thing)
        self.segments += max(count, 0)
        if self.segments > MOST_SEGMENTS:
            self.made.cut = True
            return
        lines, straight = _lines(thing, count, matrix)
        upright = straight and all(
            abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5 for a, b in lines
        )
        if fill.value:
            plain = upright and len(lines) <= 4
            colour = _colour(thing, pdfium.FPDFPageObj_GetFillColor) if plain else None
            self.made.grounds.append(Ground(box, colour, self.count))
        if stroke.value and upright and _inked(thing, False):
            for a, b in lines:
                self.made.rules.append(
                    Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
                )


def _times(a: _Matrix, b: _Matrix) -> _Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _moved(x: float, y: float, by: _Matrix) -> Point:
    return (x * by[0] + y * by[2] + by[4], x * by[1] + y * by[3] + by[5])


def _bounds(thing: Any, matrix: _Matrix) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return None
    a = _moved(left.value, bottom.value, matrix)
    b = _moved(right.value, top.value, matrix)
    if not all(math.isfinite(v) and abs(v) < FAR for v in (*a, *b)):
        return None
    return Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _lines(thing: Any, count: int, matrix: _Matrix) -> tuple[list[tuple[Point, Point]], bool]:
    """Return the straight lines of a path, and whether it has no others."""
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(thing, own)
    by = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    lines: list[tuple[Point, Point]] = []
    first: Point | None = None
    last: Point | None = None
    straight = True
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(thing, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        here = _moved(x.value, y.value, by)
        if not all(math.isfinite(v) and abs(v) < FAR for v in here):
            return [], False
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind == pdfium.FPDF_SEGMENT_LINETO and last:
            lines.append((last, here))
        else:
            straight = False
        if pdfium.FPDFPathSegment_GetClose(segment) and first and first != here:
            lines.append((here, first))
        last = here
    return lines, straight


def _colour(thing: Any, ask: Any) -> Colour | None:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not ask(thing, red, green, blue, alpha) or alpha.value < 255:
        return None
    return (red.value, green.value, blue.value)


def _inked(thing: Any, filled: bool) -> bool:
    """Return whether a rule shows: white ones part nothing that a reader sees."""
    ask = pdfium.FPDFPageObj_GetFillColor if filled else pdfium.FPDFPageObj_GetStrokeColor
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not ask(thing, red, green, blue, alpha):
        return True
    return alpha.value > 0
