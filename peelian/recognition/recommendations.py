"""Recommendations: of a paper to its meeting, of an inspectorate or auditor, of a panel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Document, Origin, Passage
from peelian.intake.flow import is_heading
from peelian.recognition.minute_extent import Extent, extents_of
from peelian.recognition.printed import ENDS_SENTENCE, PrintedLine, paragraph, printed_lines

_MOST_ITEMS = 40
_HEADING = expression(
    r"\s*(?:\d{1,2}(?:\.\d{1,2})?\.?\s+)?(?P<kind>(?:summary\s+of\s+|formal\s+|report\s+|"
    r"officer\s+|our\s+|key\s+)?recommendations?|areas?\s+for\s+improvement|afis?|causes?\s+of\s+concern|"
    r"argymhell(?:ion|iad))\s*(?:\((?:s|for\s+\w+)\))?\s*[:.–-]?\s*$",
    re.IGNORECASE,
)
_OF_SOURCE = expression(r"area|afi|cause", re.IGNORECASE)
_NUMBERED = expression(
    r"\s*(?P<kind>recommendation|area\s+for\s+improvement|afi|cause\s+of\s+concern|argymhelliad)\s+"
    r"(?:no\.?\s*)?(?P<number>\d{1,3}(?:\.\d{1,2})?[a-z]?|[A-Z]\d{0,2})\b\s*[:.)–—-]*\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_LABELLED = expression(
    r"\s*RECOMMENDATIONS?\s*[:–—-]+\s*(?P<rest>\S.*)$", re.DOTALL | re.IGNORECASE
)
_ASKED = expression(
    r"\s*(?:\d{1,2}(?:\.\d{1,2})?\.?\s+)?(?P<who>(?:(?:that\s+)?(?:the\s+)?(?:[\w’'&,-]+\s+){0,7}?)"
    r"(?:Panel|Board|Committee|Members|Commissioner|PCC|PFCC|Forum|Group|Authority|Council|Mayor)"
    r"(?:\s+of\s+the\s+\w+)?)\s+(?:is|are)\s+(?:hereby\s+|therefore\s+)?"
    r"(?:recommended|invited|asked|requested|recommended\s+and\s+asked)\s*(?:to|that)?\b",
    re.IGNORECASE,
)
_IT_IS = expression(
    r"\s*(?:\d{1,2}(?:\.\d{1,2})?\.?\s+)?it\s+is\s+recommended\s+that\b", re.IGNORECASE
)
_BY_PANEL = expression(
    r"(?P<who>(?:The\s+)?(?:Panel|Board|Committee|Members)|it\s+was|RESOLVED|we|HMICFRS|HMIC)\s*[–—:-]?\s*"
    r"(?:unanimously\s+|also\s+|formally\s+|further\s+)?(?:(?:agreed|resolved|AGREED|RESOLVED)?\s*to\s+"
    r"recommend|recommended|recommends|recommend)\s+(?:to\s+(?P<to>(?:the\s+)?[A-Z][\w’',]*"
    r"(?:\s+(?:and\s+)?[A-Z][\w’']*){0,5})\s+)?that\s+(?P<what>.{10,})",
    re.IGNORECASE | re.DOTALL,
)
_PLAINLY = expression(
    r"\s*RECOMMENDED\s*[:–—-]*\s*(?:to\s+(?P<to>[^,:;.]{3,60}?)\s+)?[Tt]hat\s+(?P<what>.{10,})",
    re.DOTALL,
)
_FOLLOWING = expression(
    r"\b(?:following\s+)?recommendations?\s+(?:be|were|was|is|are)\s+made"
    r"(?:\s+to\s+(?P<to>(?:the\s+)?[A-Z][\w’']*(?:\s+(?:and\s+)?[A-Z][\w’']*){0,5}))?\s*:\W*$"
)
_ITEM = expression(
    r"\s*(?P<number>\(?(?:\d{1,2}(?:\.\d{1,2}){0,2}|[a-z]|[ivx]{1,5})[.)]?\)?)(?:\s+(?P<rest>\S.*)|\s*)$",
    re.DOTALL,
)
_INSPECTORATE = expression(
    r"\b(?:HMICFRS|HMIC|Inspectorate|IOPC|Internal\s+Audit|External\s+Audit)\b"
)
_COLUMN = expression(
    r"\s*(?:recommendations?|area\s+for\s+improvement|afi)\b.{0,30}$", re.IGNORECASE
)
_REFERENCE = expression(
    r"\s*(?:no\.?|ref\w*|number|#|id|rec\.?\s*(?:no\.?|ref)?)\W*$", re.IGNORECASE
)
_CUE = expression(r"recommend|argymhell|invited|asked|requested|improvement|concern|\bafi\b", re.I)
_NONE = expression(r"(?:none|n/?a|not\s+applicable|[-–.])\W*", re.IGNORECASE)


@dataclass(frozen=True)
class Recommendation:
    """A recommendation as printed; `made_by` and `made_to` where it is said."""

    text: str
    origin: Origin
    number: str = ""
    made_by: str = ""
    made_to: str = ""


@dataclass
class _Item:
    number: str
    lines: list[PrintedLine] = field(default_factory=list)
    bulleted: bool = False

    def passage(self) -> Passage:
        return paragraph(self.lines)


def recommendations(document: Document) -> list[Recommendation]:
    """Return the recommendations in a document, in order."""
    lines = document.once(printed_lines)
    inside = {n: e for e in document.once(extents_of) for n in range(e.start, e.end)}
    found: list[Recommendation] = []
    heads: dict[int | None, Block] = {}
    source, n, after_cause = "", 0, False
    while n < len(lines):
        line = lines[n]
        if line.is_row:
            found += _in_row(line.block, heads)
            n += 1
            continue
        if line.block.kind == BlockKind.HEADING and (by := _INSPECTORATE.search(line.text)):
            source = by[0]
        heading = _HEADING.match(line.text) if len(line.text) < 80 else None
        if heading and n not in inside:
            of_source = bool(_OF_SOURCE.match(heading["kind"])) or after_cause
            after_cause = heading["kind"].casefold().startswith("cause")
            made, n = _section(lines, n, source if of_source else "")
            found += made
            continue
        if (
            line.nth == 0
            or is_heading(lines[n - 1].text, 1)
            or ENDS_SENTENCE.search(lines[n - 1].text)
        ):
            found += _in_block(lines, n, source, inside.get(n))
        n += 1
    return _once(found)


def _once(found: Sequence[Recommendation]) -> list[Recommendation]:
    kept: dict[tuple[str, int], Recommendation] = {}
    for one in found:
        kept.setdefault((one.text, one.origin.order), one)
    return sorted(kept.values(), key=lambda r: r.origin.order)


def _section(lines: Sequence[PrintedLine], start: int, by: str) -> tuple[list[Recommendation], int]:
    """Return what stands under a heading, and where it ends."""
    items, n = _items(lines, start + 1)
    found: list[Recommendation] = []
    lead: _Item | None = None
    to = ""
    for item in items:
        text = item.passage().text.strip()
        asked = _ASKED.match(text)
        to = _party(asked["who"]) if asked else to
        opens = text.rstrip().endswith((":", ";", "to", "that")) and not item.bulleted
        if opens and item is not items[-1] and lead is None:
            lead = item
            continue
        if lead and item.bulleted and not _asks(lead.passage().text):
            lead.lines += item.lines
            continue
        if not _NONE.fullmatch(text):
            found.append(_made(item, by, to))
    if lead and not found:
        found.append(_made(lead, by, to))
    return found, n


def _asks(text: str) -> bool:
    return bool(_ASKED.match(text) or re.search(r"\brecommend", text, re.IGNORECASE))


def _made(item: _Item, by: str, to: str) -> Recommendation:
    passage = item.passage()
    text = " ".join(passage.text.split()).strip(" ;")
    text = re.sub(r";?\s+and$", "", text)
    return Recommendation(text, passage.origin, item.number.strip("."), by, to)


def _items(lines: Sequence[PrintedLine], n: int) -> tuple[list[_Item], int]:
    """Return the paragraphs and lettered points from a line on, up to the next heading."""
    items: list[_Item] = []
    while n < len(lines) and len(items) < _MOST_ITEMS:
        line = lines[n]
        if line.is_row or _ends(lines, n):
            break
        mark = _ITEM.match(line.printed[:2000])
        bullet = line.block.kind == BlockKind.BULLET
        if mark and (
            line.nth == 0 or not items or re.search(r"[.;:]$|\band$|\d$", lines[n - 1].text)
        ):
            items.append(_Item(mark["number"]))
            if mark["rest"]:
                items[-1].lines.append(_without(line, mark["rest"]))
        elif (items and not items[-1].lines) or (line.nth and items):
            items[-1].lines.append(line)
        else:
            items.append(_Item("", [line], bullet))
        n += 1
    return [item for item in items if item.lines], n


def _without(line: PrintedLine, rest: str) -> PrintedLine:
    return PrintedLine(rest, line.origin, line.block, line.nth, line.begins_page)


def _ends(lines: Sequence[PrintedLine], n: int) -> bool:
    """Return whether a line is the next heading."""
    line = lines[n]
    text = line.text.strip()
    if re.fullmatch(r"\d{1,2}\.?", text):
        return (
            n + 1 < len(lines) and is_heading(lines[n + 1].text, 1) and len(lines[n + 1].text) < 60
        )
    mark = _ITEM.match(line.printed[:2000])
    words = (mark["rest"] or "") if mark else text
    if line.nth and not mark:
        return False
    title = bool(words) and is_heading(words, 1) and len(words) < 70
    lettered = bool(mark) and not mark["number"].strip("().").isdigit() if mark else False
    return (
        title and not lettered and not words.endswith(":") and line.block.kind != BlockKind.BULLET
    )


def _in_block(
    lines: Sequence[PrintedLine], n: int, source: str, within: Extent | None
) -> Iterator[Recommendation]:
    """Yield what a block says in a sentence of its own."""
    line, block = lines[n], lines[n].block
    at = block.marks[line.nth][0] if line.nth < len(block.marks) else 0
    text = block.text[at : at + 3000]
    if line.nth == 0:
        yield from _of_panel(block, block.text[:6000], within)
    follow = _FOLLOWING.search(line.text) if within else None
    if within and follow:
        for item in _items(lines, n + 1)[0]:
            if item.number:
                yield _made(item, within.body, follow["to"] or "")
    if not _CUE.search(text, 0, 300):
        return
    if numbered := _NUMBERED.match(text):
        rest = numbered["rest"].strip()
        kind = numbered["kind"].capitalize()
        number = numbered["number"] if kind == "Recommendation" else f"{kind} {numbered['number']}"
        follows = next((one for one in lines[n + 1 : n + 12] if one.block is not block), None)
        if not rest and follows and not follows.is_row:
            rest = follows.block.text
        if len(rest) > 15:
            yield Recommendation(rest, line.origin, number, source)
        return
    labelled = _LABELLED.match(text)
    if labelled and not within:
        asked = _ASKED.match(labelled["rest"])
        yield Recommendation(
            labelled["rest"], line.origin, made_to=_party(asked["who"]) if asked else ""
        )
        return
    asked = _ASKED.match(text)
    if asked and len(line.text) < min(asked.end("who"), 40):  # a heading stands on its own line
        asked = None
    if within is None and asked:
        if text.rstrip().endswith(":"):
            made = [_made(i, "", _party(asked["who"])) for i in _items(lines, _after(lines, n))[0]]
            yield from made
        elif text.count(". ") <= 2:
            number = _ITEM.match(text)
            said = number["rest"] if number and number["rest"] else text
            printed = number["number"].strip(".") if number and said != text else ""
            yield Recommendation(said, line.origin, printed, "", _party(asked["who"]))
    elif within is None and _IT_IS.match(text):
        yield Recommendation(text, line.origin)


def _after(lines: Sequence[PrintedLine], n: int) -> int:
    block = lines[n].block
    while n < len(lines) and lines[n].block is block:
        n += 1
    return n


def _of_panel(block: Block, text: str, within: Extent | None) -> Iterator[Recommendation]:
    """Yield what a meeting, or an inspectorate, recommends in a sentence."""
    if within and (plain := _PLAINLY.match(text)):
        yield Recommendation(plain["what"], block.origin, "", within.body, plain["to"] or "")
        return
    match = _BY_PANEL.search(text)
    if match is None:
        return
    who = match["who"]
    impersonal = re.match(r"it\s+was|resolved", who, re.IGNORECASE)
    if who.casefold() == "we" and within:
        return
    by = (within.body if within else "") if impersonal else who
    what = re.split(r"(?<=[a-z0-9)])\.\s+(?=[A-Z])", match["what"], maxsplit=1)[0]
    yield Recommendation(
        " ".join(what.split()).strip(), block.at(match.start("what")), "", by, match["to"] or ""
    )


def _in_row(row: Block, heads: dict[int | None, Block]) -> Iterator[Recommendation]:
    """Yield the recommendation in a table's row, where a column is headed so."""
    if any(_COLUMN.match(cell.text[:60]) for cell in row.cells) and (
        row.is_head or row.table not in heads
    ):
        heads[row.table] = row
        return
    head = heads.get(row.table)
    if head is None:
        return
    columns = {cell.column for cell in head.cells if _COLUMN.match(cell.text[:60])}
    numbers = {cell.column for cell in head.cells if _REFERENCE.match(cell.text[:30])}
    number = next((c.text.strip() for c in row.cells if c.column in numbers), "")
    for cell in row.cells:
        if cell.column == min(columns) and len(cell.text.strip()) > 15:
            yield Recommendation(" ".join(cell.text.split()), cell.origin, number)


def _party(who: str) -> str:
    return " ".join(re.sub(r"^that\s+", "", who.strip(), flags=re.IGNORECASE).split())
