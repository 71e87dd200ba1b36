"""Blocks as accessible HTML: a whole document, or one block inside another page."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from peelian import blocks as b
from peelian.documents import supplied

# GOV.UK's sizes of a heading, by its level in the document.
SIZES = ("l", "m", "s", "s")
SHARES = {
    0.25: "one-quarter",
    1 / 3: "one-third",
    0.5: "one-half",
    2 / 3: "two-thirds",
    0.75: "three-quarters",
}


def render(document: b.Document) -> SafeString:
    """The whole document: title (h1), contents, then its blocks in the document's language."""
    document = b.arranged(document)
    headings = [block for block in document.blocks if isinstance(block, b.Heading)]
    with translation.override(document.language.lower()):
        context = {
            "document": document,
            "contents": _contents(headings) if document.cover else [],
            "blocks": list(_each(document.blocks, under=1)),
        }
        return _clean(render_to_string("documents/document.html", context))


def render_block(block: b.Block, *, under: int = 1, headed: str = "") -> SafeString:
    """One block; a heading of level 1 stands directly under heading level `under` of the page.

    A table's caption that says what the heading above it says (`headed`) is heard, not seen.
    """
    if isinstance(block, b.PageBreak):
        return SafeString()
    name = type(block).__name__.lower()
    context = {"block": block, "headed": headed, **_context(block, under)}
    return _clean(render_to_string(f"documents/block_{name}.html", context))


def render_blocks(blocks: Iterable[b.Block], *, under: int = 1) -> SafeString:
    """Some blocks, one after another, inside another page."""
    return SafeString("".join(_each(blocks, under=under)))


def _each(blocks: Iterable[b.Block], *, under: int) -> Iterator[SafeString]:
    headed = ""
    for block in blocks:
        headed = block.text if isinstance(block, b.Heading) else headed
        yield render_block(block, under=under, headed=headed)


def _context(block: b.Block, under: int) -> dict[str, Any]:
    """What the block's template needs besides the block itself."""
    match block:
        case b.Heading():
            return {"tag": f"h{min(under + block.level, 6)}", "size": SIZES[block.level - 1]}
        case b.Paragraph():
            return {"words": _runs(block.runs)}
        case b.Bullets():
            return _bullets(block)
        case b.Table():
            return _table(block)
        case b.Facts():
            return {"items": [(term, _runs(runs)) for term, runs in block.items]}
        case b.Figure():
            return _drawing(block)
        case b.Notice():
            return {"label": _label(block.tone)}
        case b.Pages():
            return {"said": supplied.said_of(block), "pages": _pages(block)}
    return {}


def _contents(headings: list[b.Heading]) -> list[dict[str, Any]]:
    """The headings of level 1, each with those of level 2 beneath it."""
    entries: list[dict[str, Any]] = []
    for heading in headings:
        if heading.level == 1:
            entries.append({"heading": heading, "below": []})
        elif heading.level == 2:
            entries[-1]["below"].append(heading)
    return entries


def _table(table: b.Table) -> dict[str, Any]:
    total = sum(table.widths)
    shares = [_share(width / total) for width in table.widths] or [""] * len(table.head)
    numeric = table.numeric
    return {
        "head": list(zip(map(_runs, table.head), shares, numeric, strict=True)),
        "rows": [list(zip(map(_cell, row), numeric, strict=True)) for row in table.rows],
    }


def _drawing(figure: b.Figure) -> dict[str, Any]:
    """What was drawn just now stands in the page, so that its points say what they are."""
    svg = b.printable(figure.svg)
    if isinstance(figure.svg, SafeString):
        return {"drawing": _clean(svg)}
    return {"source": b64encode(svg.encode()).decode()}


def _pages(pages: b.Pages) -> list[tuple[str, list[str]]]:
    """Each page's place among the others and its paragraphs, none where it has no words."""
    place = _("Page %(number)s of %(count)s")
    count = len(pages.texts)
    return [
        (
            place % {"number": number, "count": count},
            [one for one in b.printable(words).split("\n\n") if one.strip()],
        )
        for number, words in enumerate(pages.texts, 1)
    ]


def _share(part: float) -> str:
    """GOV.UK's nearest width class; none for a part that is smaller than they know."""
    nearest = min(SHARES, key=lambda known: abs(known - part))
    return f"govuk-!-width-{SHARES[nearest]}" if part > 0.2 else ""


def _bullets(bullets: b.Bullets) -> dict[str, Any]:
    return {
        "tag": "ol" if bullets.ordered else "ul",
        "style": "number" if bullets.ordered else "bullet",
        "items": [_runs(item) for item in bullets.items],
    }


def _cell(cell: b.Cell) -> SafeString:
    parts = (_run(part) if isinstance(part, b.Run) else render_block(part) for part in cell)
    return SafeString("".join(parts))


def _runs(runs: b.Runs) -> SafeString:
    return SafeString("".join(map(_run, runs)))


def _run(run: b.Run) -> SafeString:
    words = format_html_join(
        SafeString("<br>"), "{}", ([line] for line in b.printable(run.text).split("\n"))
    )
    if run.bold:
        words = format_html("<strong>{}</strong>", words)
    if run.italic:
        words = format_html("<em>{}</em>", words)
    if run.href:
        words = format_html('<a class="govuk-link" href="{}">{}</a>', run.href, words)
    return conditional_escape(words)


def _label(tone: b.Tone) -> str:
    return {
        "information": _("Note"),
        "warning": _("Warning"),
        "illustrative": _("Illustrative"),
    }[tone]


def _clean(html: str) -> SafeString:
    return mark_safe(b.printable(html))  # noqa: S308 (templates have escaped everything in it)
