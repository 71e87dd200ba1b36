"""Which lines of a table laid out in text name its columns, and which layouts are tables at all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from peelian.expressions import expression
from peelian.intake.text_pieces import Manner
from peelian.intake.text_rows import REFERENCE, Placed, Row

_LONGEST, _MOST_LINES = 60, 4
_FIGURE = expression(
    r"[£$(+~<>≤≥−–-]*\d[\d,.:/]*\s?(?:%|pp|[kmb]n?|bn|million|(?:[a-z]{1,4}\s?\d+\s?[a-z]{1,4}))?"
    r"[)*†]?(?:\s\([^()]{1,12}\))?|n/?a|nil|[-–—]",
    re.IGNORECASE,
)
_MONTHS = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?:(?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?|\d\d/\d\d)"
_PERIOD = expression(
    rf"(?:(?:12\smonths?|year|quarter|months?)\s(?:to|ending|ended)\s)?"
    rf"(?:(?:\d{{1,2}}\s)?{_MONTHS}(?:[\s/–-]+{_MONTHS})?|q[1-4]|quarter\s[1-4]|fy)?"
    rf"(?:\s?{_YEAR})?(?:\s\(?[£%]\w{{0,4}}\)?)?",
    re.IGNORECASE,
)
_DAY = expression(rf"\d|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|{_MONTHS})\b", re.IGNORECASE)
_AGENDA = expression(r"attached|to\sfollow|verbal|enclosed|oral|report\sto\sfollow", re.IGNORECASE)
# The words with which offices name columns; the last of a heading tells what it is.
_NAMES = (
    "#|ref|no|number|id|row|item|minute|min|commitment|objective|priority|outcome|theme|aim|goal|"
    "pledge|activity|activitie|action|milestone|task|deliverable|project|initiative|measure|"
    "indicator|kpi|target|baseline|actual|change|variance|total|update|progress|position|comment|"
    "commentary|narrative|note|status|state|stage|rag|brag|rating|grade|grading|outlook|owner|"
    "lead|officer|responsible|responsibility|who|whom|what|when|where|due|deadline|date|"
    "timescale|completion|completed|how|board|group|body|bodie|forum|committee|meeting|meet|"
    "panel|"
    "mechanism|oversight|governance|assurance|chair|chaired by|membership|member|frequency|"
    "often|role|purpose|remit|function|description|scope|topic|subject|title|report|area|name|"
    "recommendation|response|result|risk|impact|likelihood|mitigation|control|score|budget|"
    "outturn|forecast|cost|amount|funding|source|provider|service|district|force|authority|"
    "category|type|crime|offence|period|month|quarter|year|average|rate|received|decided|upheld|"
    "reports to|reported to|watched|watched by|overseen by|monitored by|said|done|decision|"
    "issue|detail|method|evidence|trend|direction|programme|asked|of|stand|now|from|to|band|"
    "increase|decrease|asked of|raised|agreed|stands|next step|meets|does|public|works|seen by"
)
_HEADING = expression(
    rf"[£%](?:000s?|[mk])?|(?:.*[\W_])?(?:{_NAMES})s?(?:\s*\([^()]*\))?[.?:*]*", re.IGNORECASE
)
_PAGE = expression(r"(?:.*[\W_])?(?:pages?|pg|tud|tudalen(?:nau)?)(?:\s+no)?\W*", re.IGNORECASE)
_ENDS = expression(r"[,;:]$|(?<!\bNo)(?<!\bRef)(?<!\bMin)\.$", re.IGNORECASE)


def head_size(lines: Sequence[Placed], columns: int) -> int:
    """Return how many lines at the top of a table name its columns; 0 for none."""
    if len(lines) < 2:
        return 0
    group = 1
    while group < len(lines) and not lines[group].gap:
        group += 1
    wraps = 1
    while wraps < min(group, _MOST_LINES) and all(
        text[:1].islower() or text[:1] in "(/&" for text in lines[wraps].cells.values()
    ):
        wraps += 1
    for size in dict.fromkeys((group, wraps)):
        if size <= _MOST_LINES and size < len(lines) and _names(lines, size, columns):
            return size
    return 0


def known_headings(words: Sequence[str]) -> bool:
    """Return whether words are the headings of columns, three at least, most of them known."""
    if len(words) < 3 or any(len(t) > _LONGEST or not t[:1].isupper() for t in words):
        return False
    if any(_PAGE.fullmatch(text) for text in words):
        return False
    known = sum(bool(_HEADING.fullmatch(text)) for text in words)
    return known * 2 >= len(words) and not any(_ENDS.search(text) for text in words)


def _names(lines: Sequence[Placed], size: int, columns: int) -> bool:
    """Return whether the first lines name columns: in known words, or what is below is figures."""
    words = _merged(lines[:size])
    if len(words) < 2 or any(len(t) > _LONGEST or _ENDS.search(t) for t in words.values()):
        return False
    if any(REFERENCE.fullmatch(line.cells.get(0, "")) for line in lines[1:size]):
        return False
    said = [t for n, t in words.items() if not (_FIGURE.fullmatch(t) and not _PERIOD.fullmatch(t))]
    if len(said) < len(words) or any(t[:1].islower() for t in said):
        return False
    if _DAY.match(words.get(0, "")) or _is_like(words.get(0, ""), lines[size:]):
        return False
    known = [t for t in said if _HEADING.fullmatch(t) and t[:1] not in "(" and not t[:1].islower()]
    if len(known) * 2 >= len(words) and len(words) * 2 > columns:
        return True
    return len(words) >= columns - 1 and _over_figures(words, lines[size:])


def _is_like(first: str, lines: Sequence[Placed]) -> bool:
    """Return whether what stands first ends with the word with which many below it end."""
    below = [line.cells[0] for line in lines if 0 in line.cells]
    kind = first.rsplit(" ", 1)[-1].casefold()
    alike = sum(text.rsplit(" ", 1)[-1].casefold() == kind for text in below)
    return " " in first and 4 * alike > len(below)


def _merged(lines: Sequence[Placed]) -> dict[int, str]:
    made: dict[int, str] = {}
    for line in lines:
        for column, text in line.cells.items():
            made[column] = f"{made[column]} {text}" if column in made else text
    return made


def _over_figures(words: Mapping[int, str], lines: Sequence[Placed]) -> bool:
    """Return whether most of the columns but the first hold figures, under what is none."""
    others = [column for column in words if column > 0]
    figured = [column for column in others if _figures(column, lines)]
    return 2 * len(figured) > len(others) > 0


def _figures(column: int, lines: Sequence[Placed]) -> bool:
    held = [line.cells[column] for line in lines if column in line.cells]
    return sum(bool(_FIGURE.fullmatch(text)) for text in held) > 0.6 * len(held) > 0


def is_table(
    head: Sequence[Placed], lines: Sequence[Placed], rows: Sequence[Row], columns: int, way: Manner
) -> bool:
    """Return whether lines in columns, that are no list, are a table: rows of a kind."""
    if head:
        return len(rows) > 1 or columns > 2
    if way == Manner.STROKES:
        return len(rows) > 1
    if len(rows) < 3 or way == Manner.SLASHES:
        return False
    if columns == 2:
        return _figures(1, lines) and not _is_page_list(lines)
    full = sum(len(row.cells) == columns for row in rows)
    return full * 3 >= len(rows) * 2 and any(_alike(n, rows) for n in range(1, columns))


def is_listed(head: Sequence[Placed], lines: Sequence[Placed], columns: int) -> bool:
    """Return whether lines in columns are a list: contents, an agenda, labels with their words."""
    if any(_PAGE.fullmatch(text) for text in _merged(head).values()):
        return True
    if sum(line.cells.get(0, "").endswith(":") for line in lines) * 2 > len(lines):
        return True
    if head and columns > 2:
        return False
    if any(_AGENDA.fullmatch(text) for line in lines for text in line.cells.values()):
        return True
    firsts = [line.cells[0].strip("().") for line in lines if 0 in line.cells]
    marked = [f for f in firsts if len(f) < 2 or REFERENCE.fullmatch(f)]
    if columns == 2 and not head and len(marked) * 2 > len(firsts):
        return True
    numbers = [int(first) for first in firsts if first.isdecimal() and len(first) < 4]
    counted = sum(b - a == 1 for a, b in pairwise(numbers)) + 1
    full = sum(len(line.cells) == columns for line in lines)
    return len(numbers) > 2 and counted == len(numbers) == len(firsts) and full < len(lines)


def _is_page_list(lines: Sequence[Placed]) -> bool:
    """Return whether the figures beside are those of pages: whole, small and rising."""
    said = [line.cells[1] for line in lines if 1 in line.cells]
    pages = [int(text) for text in said if text.isdecimal() and len(text) < 4]
    return len(pages) == len(said) and all(a <= b for a, b in pairwise(pages))


def _alike(column: int, rows: Sequence[Row]) -> bool:
    """Return whether a column's cells are of a kind: figures, or words that come again."""
    held = [" ".join(line.text for line in row.cells.get(column, ())) for row in rows]
    said = [text for text in held if text]
    figures = sum(bool(_FIGURE.fullmatch(text) or _PERIOD.fullmatch(text)) for text in said)
    again = len({text.casefold() for text in said}) <= 0.75 * len(said)
    return figures > 0.6 * len(said) > 0 or (again and len(said) > 2)
