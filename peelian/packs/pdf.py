"""Blocks as a tagged PDF (PDF/UA-1), set by Typst from the document's JSON form."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.blocks import Document, Table, arranged, printable, to_data

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
FAMILY = "Source Sans 3"
FALLBACK = ["Libertinus Serif", "DejaVu Sans Mono"]  # both come with Typst

log = logging.getLogger(__name__)


def render(document: Document, *, site: str = "") -> bytes:
    """The document as PDF; the same document and site give the same bytes.

    `site` (`https://example.org`) is put before links that are paths of this site; without it they
    are set as plain words. A letter that no font has cannot stand in PDF/UA: the document is then
    made without that claim, still tagged, and the log says which. Raises ValueError if a drawing
    is not well-formed SVG.
    """
    import typst  # here: it is large, and only a document needs it

    midnight = datetime.combine(document.date, time(), UTC)
    inputs = _inputs(document, site)

    def compiled(standards: list[Any]) -> bytes:
        return typst.compile(
            HERE / "pack.typ",
            root=HERE,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards=standards,
            timestamp=midnight,
            format="pdf",
        )

    try:
        try:
            return compiled(["ua-1"])
        except typst.TypstError as error:
            if "PDF/UA-1" not in error.message:
                raise
            log.warning("%s: made without the claim of PDF/UA-1: %s", document.title, error.message)
            return compiled([])
    except typst.TypstError as error:
        raise ValueError(f"{document.title}: the PDF could not be set: {error.message}") from error


def _inputs(document: Document, site: str) -> dict[str, str]:
    """What the template reads, as JSON: the document in its parts, and the words around it."""
    document = arranged(document)
    encoded = _sited(to_data(document), site)
    for block, node in zip(document.blocks, encoded["blocks"], strict=True):
        if isinstance(block, Table):
            node["numeric"] = block.numeric
    parts = _parts(encoded.pop("blocks"))
    headed = any(block["type"] == "heading" for part in parts for block in part["blocks"])
    language, _hyphen, region = document.language.partition("-")
    with translation.override(document.language.lower()):
        words = {
            "lang": language.lower(),
            "region": region.upper(),
            "fonts": _families(),
            "date": date_format(document.date, "j F Y"),
            "contents": _("Contents"),
            "page": _("Page {page} of {pages}"),
            "tones": {
                "information": _("Note"),
                "warning": _("Warning"),
                "illustrative": _("Illustrative"),
            },
        }
    data = {"document": encoded, "parts": parts, "contents": headed}
    return {"document": json.dumps(data), "words": json.dumps(words)}


def _parts(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks from one page break to the next, each part with its orientation."""
    parts: list[dict[str, Any]] = [{"landscape": False, "blocks": []}]
    for block in blocks:
        if block["type"] == "pagebreak":
            parts.append({"landscape": block.get("landscape", False), "blocks": []})
        else:
            parts[-1]["blocks"].append(block)
    return [part for part in parts if part["blocks"]]


def _sited(node: Any, site: str) -> Any:
    """The same data with printable words only, and with no link that a paper cannot follow."""
    if isinstance(node, str):
        return printable(node)
    if isinstance(node, list):
        return [_sited(part, site) for part in node]
    if not isinstance(node, dict):
        return node
    data = {name: _sited(value, site) for name, value in node.items()}
    if str(data.get("href", "")).startswith("/"):
        path = data.pop("href")
        if site:
            data["href"] = site.rstrip("/") + path
    return data


def _families() -> list[str]:
    return [FAMILY, *FALLBACK] if any(FONTS.glob("SourceSans3-*.otf")) else FALLBACK


@cache
def _fonts() -> Any:
    """The fonts of the house, read once; the engine's own alone where set-up has not run."""
    import typst

    if not any(FONTS.glob("SourceSans3-*.otf")):
        log.warning("%s has no fonts: run `make setup`; setting in %s", FONTS, FALLBACK[0])
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS] if FONTS.is_dir() else [])
