"""What the title of a published table says: what is counted, in which unit, for which period."""

from __future__ import annotations

import re

from peelian.expressions import expression
from peelian.intake.spans import MONTH, financial_year, span, unmarked

# The figure of a footnote, stuck to a word.
FOOTED = expression(r"(?<=[a-z)])\s*[0-9](,[0-9])*$")
_YEAR = (
    rf"(?:the )?(?:12 months|twelve months|year) (?:to|ending|ended)(?: in)? (?:\d{{1,2}} )?{MONTH}"
)
_DAY = rf"as at (?:the )?\d{{1,2}} {MONTH}"
_SPAN = expression(
    rf"[\s,]*\b(?:(?:{_YEAR}|{_DAY}) \d{{4}}|20\d\d/\d\d)(?:\d(?:,\d)*)?\b", re.IGNORECASE
)
_TABLE = expression(r"^table\s+[a-z]*\d+[a-z0-9.]*\s*[:.–-]?\s*", re.IGNORECASE)
_BY = expression(r"\s*(,|\bby (police )?force|\bby (pfa|area)\b).*", re.IGNORECASE)
_ASIDE = expression(r"\s*\([^()]*\)")
_UNIT = expression(r"\(([^()]*)\)\s*$")
_COUNTED = expression(
    r",\s*((?:number|rate|percentage|per cent|proportion)\b(?:[^,]|,(?=\d{3}))*)", re.IGNORECASE
)


def counted_in(title: str) -> str:
    """Return what a title says is counted, with its unit: `Police officers (FTE)`."""
    plain = _TABLE.sub("", unmarked(title))
    plain = _SPAN.sub("", plain) if span_in(title) else plain  # next year's is of the same name
    unit = _UNIT.search(plain) or _COUNTED.search(plain)
    counted = FOOTED.sub("", _BY.sub("", _ASIDE.sub("", plain)).strip())
    return f"{counted} ({unit[1].strip()})" if unit else counted


def span_in(title: str) -> str:
    """Return the one period that a title names, `year ending March 2020`; nothing if not one."""
    named = (found[0].strip(" ,") for found in _SPAN.finditer(unmarked(title)))
    periods = {financial_year(text) or span(text) or "" for text in named}
    return periods.pop() if len(periods) == 1 else ""
