"""Figures in the cells of a table: its row says what is measured, its column of what time or unit."""

from __future__ import annotations

import datetime as dt
import re

from peelian.intake.document import Block, Cell
from peelian.recognition.dates import dates
from peelian.recognition.figures import Figure, figures_of_passage

_VALUE = re.compile(
    r"\s*(?P<open>\()?(?P<sign>[+−–-])?\s?(?P<money>£)?\s?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?)"
    r"\s?(?P<scale>million|billion|thousand|bn|m|k)?\s?(?P<percent>%|per\s?cent|pp|percentage\s+points?)?\s?"
    r"(?P<unit>secs?|seconds?|mins?|minutes?|hrs?|hours?|days?)?\s?(?P<close>\))?\s*\*?\s*",
    re.IGNORECASE,
)
_SCALES = {"million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "thousand": 1e3, "k": 1e3}
_IN_HEAD = re.compile(
    r"(?P<money>£)\s?(?P<scale>million|m\b|k\b|000s?\b|’000s?|'000s?)?|(?P<percent>%|\bper\s?cent(?:age)?\b)|"
    r"\b(?P<unit>seconds|minutes|hours|days|weeks|months|years)\b",
    re.IGNORECASE,
)
_NO_MEASURE = re.compile(
    r"\s*(?:page|pages|ref\.?|reference|no\.?|number|item|line|id|para(?:graph)?|year|date|priority|"
    r"rank|agenda\s+item|minute|#|lead|owner|due|due\s+date|status|rag)\s*",
    re.IGNORECASE,
)
_AREAS = re.compile(
    r"\b(?:areas?|force|district|borough|division|county|local\s+authority|lpa|ward|station|suite|"
    r"command|csp|partnership)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:change|difference|variance|variation|movement|\+/-)\b|[+]/[-–−]", re.IGNORECASE
)
_TARGET = re.compile(
    r"\b(?:target|standard|national|msg|similar|benchmark|average|budget|forecast|plan)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def figures_of_row(row: Block, head: Block | None, near: dt.date) -> list[Figure]:
    """Return the figures in the cells of a row, in order."""
    label = next((c for c in row.cells if c.text.strip() and not _VALUE.fullmatch(c.text)), None)
    heads = {cell.column: cell.text.strip() for cell in head.cells} if head else {}
    found: list[Figure] = []
    for cell in row.cells:
        if value := _VALUE.fullmatch(cell.text):
            made = _of_cell(row, cell, value, label, heads, near)
            found += [made] if made else []
        else:
            found += figures_of_passage(cell, near)
    return found


def cell_value(text: str) -> float | None:
    """Return the number in a cell that holds nothing else, None where it holds words or nothing."""
    value = _VALUE.fullmatch(text)
    return _value(value, []) if value else None


def _of_cell(
    row: Block,
    cell: Cell,
    value: re.Match[str],
    label: Cell | None,
    heads: dict[int, str],
    near: dt.date,
) -> Figure | None:
    column = heads.get(cell.column, "")
    if label is None or _NO_MEASURE.fullmatch(column) or _NO_MEASURE.fullmatch(label.text):
        return None
    printed = cell.text.strip()
    if not column and not value["percent"] and not value["money"]:
        return None
    if _YEAR.fullmatch(printed) or (printed[0] == "0" and len(printed) > 1 and printed[1] != "."):
        return None
    said = [m for text in (column, label.text) for m in _IN_HEAD.finditer(text)]
    dated = dates(column, near) or dates(label.text, near)
    is_area = bool(_AREAS.search(heads.get(label.column, "")))
    what = label.text.strip()
    kept = "" if dated and dated[0].printed == column else column
    measure = (
        kept if is_area else f"{what}, {kept}" if kept and not _TARGET.fullmatch(kept) else what
    )
    unit = _unit(value, said)
    percent = unit in ("%", "percentage points")
    change = ("percentage change" if percent else "change") if _CHANGE.search(column) else ""
    return Figure(
        measure=measure,
        value=_value(value, said),
        unit=unit,
        printed=printed,
        quotation=row.text,
        origin=cell.origin,
        period=dated[0].printed if dated else "",
        area=what if is_area else "",
        change="percentage points" if change and unit == "percentage points" else change,
    )


def _unit(value: re.Match[str], said: list[re.Match[str]]) -> str:
    if value["percent"]:
        return (
            "percentage points"
            if "p" == value["percent"][0].casefold()
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
