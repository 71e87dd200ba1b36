"""Blocks as a tagged PDF (PDF/UA-1), set by Typst from the document's JSON form."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.blocks import Document, Table, arranged, printable, to_data

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TYPESET = HERE / "typeset.py"
TIMEOUT = 120  # seconds; a large pack takes two
FAMILY = "Source Sans 3"
FALLBACK = ["Libertinus Serif", "DejaVu Sans Mono"]  # both come with Typst

log = logging.getLogger(__name__)


def render(document: Document, *, site: str = "") -> bytes:
    """The document as PDF; the same document and site give the same bytes.

    `site` (`https://example.org`) is put before links that are paths of this site; without it they
    are set as plain words. A letter that no font has cannot stand in PDF/UA: the document is then
    made without that claim, still tagged, and the log says which. Raises ValueError if it cannot
    be set: a drawing that is not well-formed SVG, or more than two minutes of work.
    """
    midnight = datetime.combine(document.date, time(), UTC)
    fonts = font_paths()
    job = {
        "inputs": _inputs(document, site, fonts),
        "font_paths": fonts,
        "timestamp": int(midnight.timestamp()),
    }
    try:
        made = subprocess.run(  # noqa: S603 (our own script; the document goes in as data)
            [sys.executable, "-P", str(TYPESET)],
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=TIMEOUT,
        )
    except subprocess.TimeoutExpired as error:
        raise ValueError(f"{document.title}: not set within {TIMEOUT} seconds") from error
    says = made.stderr.decode(errors="replace").strip()
    if made.returncode:
        raise ValueError(f"{document.title}: the PDF could not be set: {says[-500:]}")
    if says:
        log.warning("%s: made without the claim of PDF/UA-1: %s", document.title, says)
    return made.stdout


def _inputs(document: Document, site: str, fonts: list[str]) -> dict[str, str]:
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
            "fonts": [FAMILY, *FALLBACK] if fonts else FALLBACK,
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


def font_paths() -> list[str]:
    """The folder of the house's fonts; none, said in the log, where set-up has not run."""
    if any(FONTS.glob("SourceSans3-*.otf")):
        return [str(FONTS)]
    log.warning("%s has no fonts: run `make setup`; setting in %s", FONTS, FALLBACK[0])
    return []
