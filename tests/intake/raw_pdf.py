"""PDFs made of their bare objects: what no typesetter would write."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

A4 = [0, 0, 595, 842]


def words(text: str, x: float = 72, y: float = 700, size: float = 11) -> str:
    """Return the operators that print words at a place."""
    said = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({said}) Tj ET\n"


def raw(
    *contents: str | bytes,
    change: Callable[[pikepdf.Pdf], object] | None = None,
    page: dict[str, Any] | None = None,
    **save: Any,
) -> bytes:
    """Return a PDF of these pages' operators; `change` may spoil it before it is saved."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )
    )
    for content in contents:
        stream = pdf.make_stream(content.encode("cp1252") if isinstance(content, str) else content)
        made = Dictionary(
            Type=Name.Page,
            MediaBox=Array(A4),
            Resources=Dictionary(Font=Dictionary(F1=font)),
            Contents=stream,
        )
        for name, value in (page or {}).items():
            made[f"/{name}"] = value
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(made)))
    if change:
        change(pdf)
    out = io.BytesIO()
    pdf.save(out, **save)
    return out.getvalue()


def picture(pdf: pikepdf.Pdf) -> None:
    """Put a picture over the whole of each page."""
    image = pdf.make_stream(
        bytes(16 * 16), Type=Name.XObject, Subtype=Name.Image, Width=16, Height=16,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip
    for page in pdf.pages:
        page.Resources.XObject = Dictionary(Im=image)
        page.contents_add(b"q 595 0 0 842 0 0 cm /Im Do Q", prepend=True)


def bomb(pdf: pikepdf.Pdf, megabytes: int = 1_000) -> None:
    """Make the first page's operators unpack to very much."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b" ") + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    packed += again * megabytes + packer.flush()
    pdf.pages[0].Contents = pdf.make_stream(packed, Filter=Name.FlateDecode)


def deep_pages(pdf: pikepdf.Pdf, depth: int = 20_000) -> None:
    """Hang the page under very many page nodes."""
    node = pdf.Root.Pages
    for _ in range(depth):
        node = pdf.make_indirect(Dictionary(Type=Name.Pages, Count=1, Kids=Array([node])))
    pdf.Root.Pages = node


def looping_pages(pdf: pikepdf.Pdf) -> None:
    """Let the page tree hold itself."""
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)


def deep_outline(pdf: pikepdf.Pdf, depth: int = 3_000) -> None:
    """Hang bookmark under bookmark."""
    top = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    node = top
    for n in range(depth):
        below = pdf.make_indirect(Dictionary(Title=f"Level {n}", Parent=node))
        node.First = node.Last = below
        node = below
    pdf.Root.Outlines = top


def looping_outline(pdf: pikepdf.Pdf) -> None:
    """Let a bookmark be followed by itself."""
    entry = pdf.make_indirect(Dictionary(Title="Round and round"))
    entry.Next = entry
    entry.First = entry
    pdf.Root.Outlines = pdf.make_indirect(
        Dictionary(Type=Name.Outlines, First=entry, Last=entry, Count=1)
    )


def deep_tags(pdf: pikepdf.Pdf, depth: int = 3_000) -> None:
    """Nest the structure tree, and let it hold itself."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    node = root
    for _ in range(depth):
        below = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, P=node))
        node.K = Array([below, root])
        node = below
    pdf.Root.StructTreeRoot = root


def active(pdf: pikepdf.Pdf) -> None:
    """Let the file want to run, start, send and hold things."""
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    page = pdf.pages[0]
    page.AA = Dictionary(O=Dictionary(S=Name.Launch, F="/bin/true"))
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]),
        A=Dictionary(S=Name.URI, URI="https://example.org/track?id=1"),
    )  # fmt: skip
    remark = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents="Check this figure"
    )
    page.Annots = Array([pdf.make_indirect(link), pdf.make_indirect(remark)])
    pdf.attachments["figures.xlsx"] = b"not a workbook"
