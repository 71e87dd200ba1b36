"""What a layout makes of a table: one value of a measure in an area for a period, as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from peelian.expressions import expression
from peelian.intake.stream import Stream

# What people write where there is no figure: a gap, and never a nought.
GAPS = frozenset({"", "..", ".", "-", "–", "—", "*", ":", "n/a", "na", "[x]", "[z]", "[c]", "[u]"})

MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERIC = expression(r"([0-9]{4})[-_/.]?(0[1-9]|1[0-2])")
_NAMED = expression(r"([a-z]{3})[a-z]*[-_ ./]?([0-9]{4}|[0-9]{2})")
_OTHER = expression(r"[0-9]{4}/[0-9]{2}-Q[1-4]|[0-9]{4}-W[0-9]{2}|[0-9]{4}", re.IGNORECASE)


class Read(NamedTuple):
    """One value as a file has it, all text; `column` is where the value stood.

    A value counted from many rows has row 0. `within` is the force that counted it, where the area
    must lie in the force's own; `also` is another name that it counts for.
    """

    row: int
    column: str
    measure: str
    area: str
    period: str
    value: str
    as_at: str = ""
    source: str = ""
    illustrative: str = ""
    provisional: str = ""
    note: str = ""
    within: str = ""
    also: str = ""


class Renamed(NamedTuple):
    """What another file of the same kind calls it, and the first month of a new definition."""

    name: str
    since: str = ""


@dataclass(frozen=True)
class Layout:
    """A way figures are laid out: how to know it, and how to read it.

    A `national` file holds more than one office wants: what the register lacks is left out, and
    said. The values of a `counted` one are numbers of rows, to be added up. `made` is what is
    known of a measure that the file brings with it.
    """

    name: str
    says: str
    fits: Callable[[tuple[str, ...]], bool]
    read: Callable[[Stream], Iterator[Read]]
    # Names that a file uses for what another of the same kind calls otherwise.
    renamed: Mapping[str, Renamed] = field(default_factory=dict)
    national: bool = False
    counted: bool = False
    made: Mapping[str, str] = field(default_factory=dict)


def as_period(text: str) -> str:
    """Return a month written 2019-12, 201912, Dec-19 or December 2019 as `2019-12`.

    Anything else comes back as it is: a quarter, a week, a year, or no period at all.
    """
    plain = text.strip()
    if match := _NUMERIC.fullmatch(plain):
        return f"{match[1]}-{match[2]}"
    if (match := _NAMED.fullmatch(plain.casefold())) and match[1] in MONTH_NAMES:
        year = match[2] if len(match[2]) == 4 else f"20{match[2]}"
        return f"{year}-{MONTH_NAMES.index(match[1]) + 1:02}"
    return plain.upper() if _OTHER.fullmatch(plain) else plain


def is_period(text: str) -> bool:
    """Return whether a heading names a period."""
    found = as_period(text)
    return bool(_NUMERIC.fullmatch(found) or _OTHER.fullmatch(found))


def listed(names: list[str], most: int = 12) -> str:
    """Return names with commas between, the first few of many."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more:,} more" if more > 0 else "")
