"""Figures in the cells of a table: its row says what is measured, its column when or in what."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import Block, Cell
from peelian.recognition.dates import dates
from peelian.recognition.figures import Figure, figures_of_passage

_VALUE = expression(
    r"\s*(?P<open>\()?(?P<sign>[+−–-])?\s?(?P<money>£)?\s?(?P<digits>"
    r"\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?)"
    r"\s?(?P<scale>million|billion|thousand|bn|m|k)?\s?(?P<percent>%|per\s?cent|pp|"
    r"percentage\s+points?)?\s?"
    r"(?P<unit>secs?|seconds?|mins?|minutes?|hrs?|hours?|days?)?\s?(?P<close>\))?\s*\*?\s*",
    re.IGNORECASE,
)
_SCALES = {"million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "thousand": 1e3, "k": 1e3}
_IN_HEAD = expression(
    r"(?P<money>£)\s?(?P<scale>million|m\b|k\b|000s?\b|’000s?|'000s?)?|(?P<percent>%|"
    r"\bper\s?cent(?:age)?\b)|"
    r"\b(?P<unit>seconds|minutes|hours|days|weeks|months|years)\b",
    re.IGNORECASE,
)
_NO_MEASURE = expression(
    r"\s*(?:page|pages|ref\.?|reference|no\.?|number|item|line|id|para(?:graph)?|year|date|"
    r"priority|"
    r"rank|agenda\s+item|minute|#|lead|owner|due|due\s+date|status|rag)\s*",
    re.IGNORECASE,
)
_COUNT = expression(r"\s*(?:number|no\.?)\s*", re.IGNORECASE)  # after what is counted
_AREAS = expression(
    r"\b(?:areas?|force|district|borough|division|county|local\s+authority|lpa|ward|station|suite|"
    r"command|csp|partnership)\b",
    re.IGNORECASE,
)
_CHANGE = expression(
    r"\b(?:change|difference|variance|variation|movement|\+/-)\b|[+]/[-–−]", re.IGNORECASE
)
_RESULT = expression(
    r"(?:the\s+)?(?:results?|actual|value|outturn|current|performance|data|figures?|total|number|"
    r"score)",
    re.IGNORECASE,
)
_PERIODS = expression(r"\b(?:year|period|quarter|month|date|as\s+at)\b", re.IGNORECASE)
_ALL = expression(
    r"(?:grand\s+)?total|all(?:\s+areas|\s+forces)?|force(?:\s+(?:total|area))?|overall",
    re.IGNORECASE,
)
# What heads a column of one time, though by itself it may be no date: `Apr`, `Q1`, `This year`.
_TIME = expression(
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}[\s'’-]{0,2}\d{0,4}|"
    r"q[1-4](?:[\s-]{1,3}[\d/]{2,7})?|ytd|year\s+to\s+date|"
    r"(?:this|last|previous|current|latest|same)\s+(?:\w+\s+)?(?:year|quarter|month|period|week)",
    re.IGNORECASE,
)
_A_WORD = expression(r"[A-Za-z]{3}")  # not a reference: `A1.1`
_RHYTHM = expression(
    r"\s*(?:(?:at least\s+)?every\s+(?:\w+\s+)?(?:day|week|month|quarter|year)s?|"
    r"(?:\w+\s+times?|once|twice)\s+(?:an?|per|each|every)\s+(?:week|month|quarter|year))[\s.]*",
    re.IGNORECASE,
)
_MOST_COLUMNS = 100
_YEAR = expression(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class _Row:
    """A row with what says of its cells what they measure, and of what time."""

    block: Block
    label: Cell
    heads: dict[int, str]
    period: str


def holds_values(row: Block) -> bool:
    """Return whether any cell of a row holds a number and nothing else."""
    return any(_VALUE.fullmatch(cell.text) for cell in row.cells)


def figures_of_row(
    row: Block, head: Sequence[Block], near: dt.date, period: str = ""
) -> list[Figure]:
    """Return the figures in the cells of a row, in order.

    `head` are the rows of column headings, `period` is that of the heading above the table.
    """
    worded = [c for c in row.cells if c.text.strip() and not _VALUE.fullmatch(c.text)]
    label = next((c for c in worded if _A_WORD.search(c.text)), worded[0] if worded else None)
    heads = _headings(head)
    named = [c.text.strip() for c in row.cells if _PERIODS.fullmatch(heads.get(c.column, ""))]
    has_values = holds_values(row)
    found: list[Figure] = []
    for cell in row.cells:
        value = _VALUE.fullmatch(cell.text)
        if value and label:
            made = _of_cell(_Row(row, label, heads, (named or [period])[0]), cell, value, near)
            found += [made] if made else []
        elif not value and not (cell is label and has_values) and not _RHYTHM.fullmatch(cell.text):
            found += figures_of_passage(cell, near)
    return found


def _headings(head: Sequence[Block]) -> dict[int, str]:
    """Return the heading of each column; of several rows, what stands over it in all of them."""
    found: dict[int, list[str]] = {}
    for row in head:
        for cell in row.cells:
            for column in range(cell.column, cell.column + min(cell.span, _MOST_COLUMNS)):
                if text := cell.text.strip():
                    found.setdefault(column, []).append(text)
    return {column: " ".join(dict.fromkeys(texts)) for column, texts in found.items()}


def cell_value(text: str) -> float | None:
    """Return the number in a cell that holds nothing else, None where it holds words or nothing."""
    value = _VALUE.fullmatch(text)
    return _value(value, []) if value else None


def _of_cell(row: _Row, cell: Cell, value: re.Match[str], near: dt.date) -> Figure | None:
    column, what = row.heads.get(cell.column, ""), row.label.text.strip()
    counts = bool(_COUNT.fullmatch(column)) and cell.column > row.label.column
    if (_NO_MEASURE.fullmatch(column) and not counts) or _NO_MEASURE.fullmatch(what):
        return None
    printed = cell.text.strip()
    if not column and not value["percent"] and not value["money"]:
        return None
    if _YEAR.fullmatch(printed) or (printed[0] == "0" and len(printed) > 1 and printed[1] != "."):
        return None
    said = [m for text in (column, what) for m in _IN_HEAD.finditer(text)]
    dated = dates(column, near) or dates(what, near)
    is_area = bool(_AREAS.search(row.heads.get(row.label.column, "")))
    time = dated[0].printed if dated else column if _TIME.fullmatch(column) else ""
    kept = "" if time == column else _without(column, [one.printed for one in dated])
    parts = [kept] if is_area else [what, "" if _RESULT.fullmatch(kept) else kept]
    unit = _unit(value, said)
    percent = unit in ("%", "percentage points")
    change = ("percentage change" if percent else "change") if _CHANGE.search(column) else ""
    return Figure(
        measure=", ".join(part for part in parts if part),
        value=_value(value, said),
        unit=unit,
        printed=printed,
        quotation=row.block.text,
        origin=cell.origin,
        period=time or row.period,
        area=what if is_area and not _ALL.fullmatch(what) else "",
        change="percentage points" if change and unit == "percentage points" else change,
    )


def _without(column: str, printed: list[str]) -> str:
    """Return a column's heading without its dates and the marks of its unit."""
    for date in printed:
        column = column.replace(date, " ")
    kept = _IN_HEAD.sub(lambda m: m[0] if m["unit"] or m["percent"] else " ", column)
    return " ".join(kept.split()).strip(" ()-–,")


def _unit(value: re.Match[str], said: list[re.Match[str]]) -> str:
    if value["percent"]:
        return (
            "percentage points"
            if value["percent"][0].casefold() == "p"
            and "cent" not in value["percent"].casefold()[:8]
            else "%"
        )
    if value["money"]:
        return "£"
    if value["unit"]:
        stem = value["unit"].casefold().rstrip("s")
        return {"sec": "seconds", "min": "minutes", "hr": "hours"}.get(stem, f"{stem}s")
    for match in said:
        if match["money"]:
            return "£"
        if match["percent"]:
            return "%"
        if match["unit"]:
            return match["unit"].casefold()
    return ""


def _value(value: re.Match[str], said: list[re.Match[str]]) -> float:
    number = float(value["digits"].replace(",", ""))
    scale = (value["scale"] or "").casefold()
    if not scale and not value["percent"]:
        scale = next((m["scale"].casefold() for m in said if m["scale"]), "")
    scale = "k" if "000" in scale else scale
    number *= _SCALES.get(scale, 1)
    below = value["sign"] in ("-", "−", "–") or (value["open"] and value["close"])
    return -number if below else number
