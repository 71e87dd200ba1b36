"""Blocks as a tagged PDF (PDF/UA-1), set by Typst from the document's JSON form."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.blocks import Document, Pages, Table, arranged, printable, to_data
from peelian.documents import supplied

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TYPESET = HERE / "typeset.py"
TIMEOUT = 120  # seconds; a large pack takes two
FAMILY = "Source Sans 3"
FALLBACK = ["Libertinus Serif", "DejaVu Sans Mono"]  # both come with Typst

log = logging.getLogger(__name__)


def _nowhere(digest: str) -> Path:
    raise ValueError(f"{digest}: nobody said where the PDF is")


def render(
    document: Document,
    *,
    site: str = "",
    path_of: Callable[[str], Path] = _nowhere,
    watermark: str = "",
) -> bytes:
    """The document as PDF; the same document and site give the same bytes.

    `site` (`https://example.org`) is put before links that are paths of this site; without it they
    are set as plain words. `path_of` says where the PDF of a SHA-256 is whose pages are shown.
    `watermark` stands across every page and at its head, uploaded ones too; no reader is read it.
    A letter that no font has cannot stand in PDF/UA, nor can the page of another PDF: the document
    is then made without that claim, still tagged, and the log or the document says why. Raises
    ValueError if it cannot be set: a drawing that is not well-formed SVG, a PDF that is broken or
    is not there, or more than two minutes of work.
    """
    midnight = datetime.combine(document.date, time(), UTC)
    fonts = font_paths()
    job = {
        "inputs": _inputs(document, site, fonts, watermark),
        "font_paths": fonts,
        "files": _files(document, path_of),
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


def _files(document: Document, path_of: Callable[[str], Path]) -> dict[str, str]:
    """Where each PDF is whose pages the document shows. Raises ValueError where one is gone."""
    found = {}
    for block in document.blocks:
        if isinstance(block, Pages):
            path = path_of(block.sha256)
            if not path.is_file():
                raise ValueError(f"{document.title}: {block.name} is not there any more")
            found[block.sha256] = str(path)
    return found


def _inputs(document: Document, site: str, fonts: list[str], watermark: str) -> dict[str, str]:
    """What the template reads, as JSON: the document in its parts, and the words around it."""
    document = arranged(document)
    encoded = _sited(to_data(document), site)
    for block, node in zip(document.blocks, encoded["blocks"], strict=True):
        if isinstance(block, Table):
            node["numeric"] = block.numeric
        elif isinstance(block, Pages):
            del node["texts"]
            with translation.override(document.language.lower()):
                node["said"] = printable(supplied.said_of(block))
                node["alternatives"] = list(map(printable, supplied.alternatives(block)))
    parts = _parts(encoded.pop("blocks"))
    headed = any(block["type"] == "heading" for part in parts for block in part["blocks"])
    has_pages = any(isinstance(block, Pages) for block in document.blocks)
    language, _hyphen, region = document.language.partition("-")
    with translation.override(document.language.lower()):
        words = {
            "lang": language.lower(),
            "region": region.upper(),
            "fonts": [FAMILY, *FALLBACK] if fonts else FALLBACK,
            "date": date_format(document.date, "j F Y"),
            "contents": _("Contents"),
            "page": _("Page {page} of {pages}"),
            "blank": _("This page is intentionally left blank."),
            "file": _("The file"),
            "watermark": printable(watermark),
            "unclaimed": supplied.unclaimed() if has_pages else "",
            "tones": {
                "information": _("Note"),
                "warning": _("Warning"),
                "illustrative": _("Illustrative"),
            },
        }
    data = {"document": encoded, "parts": parts, "contents": headed}
    return {"document": json.dumps(data), "words": json.dumps(words)}


def _parts(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks from one page break to the next, each part with its orientation.

    The pages of another PDF are a part of their own, after what is said of them.
    """
    parts = [_part()]
    for block in blocks:
        last = parts[-1]
        if block["type"] == "pagebreak":
            waits = last["right_hand"] and not last["blocks"]
            right_hand = block.get("right_hand", False) or waits
            parts.append(_part(landscape=block.get("landscape", False), right_hand=right_hand))
        elif block["type"] == "pages":
            last["blocks"].append(block | {"type": "said"})
            parts += [_part(pages=block), _part(landscape=last["landscape"])]
        else:
            last["blocks"].append(block)
    return [part for part in parts if part["blocks"] or "pages" in part]


def _part(*, landscape: bool = False, right_hand: bool = False, **more: Any) -> dict[str, Any]:
    return {"landscape": landscape, "right_hand": right_hand, "blocks": [], **more}


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
