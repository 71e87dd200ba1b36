"""How published tables name police forces, and what stands among them that is none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from peelian.expressions import expression

_AREA = frozenset(
    {
        "force",
        "police force",
        "police force area",
        "police force area name",
        "pfa",
        "pfa name",
        "force name",
        "force area",
        "area name",
        "force/region",
        "police force/region",
        "region/force",
        "authority",
        "police authority",
    }
)
_PFA = expression(r"pfa\d{2}nm")
# English regions and the nation of Wales: sums of forces. "West Midlands" is a force too.
_REGIONS = frozenset(
    {
        "north east",
        "north west",
        "yorkshire and the humber",
        "yorkshire & the humber",
        "east midlands",
        "eastern",
        "east of england",
        "east",
        "london",
        "south east",
        "south west",
        "wales",
        "england",
        "england and wales",
        "england & wales",
        "united kingdom",
        "great britain",
        "all forces",
    }
)
# What such tables list among the forces and is neither place nor force.
_OTHERS = frozenset(
    {
        "central service secondments",
        "action fraud",
        "cifas",
        "uk finance",
        "hmrc",
        "home office",
        "ministry of defence",
        "soca / nca",
        "not stated",
        "unknown",
    }
)
_TOTAL = expression(r"(grand |sub-?)?totals?\b.*|.*\b(total|region)", re.IGNORECASE)
# Codes of the regions and nations: E12 an English region, the others of what holds more.
_SUM_CODE = expression(r"(E12|E92|W92|N92|S92|K0[0-9])[0-9]{6}")
_SMALLER = expression(
    r"(csp|community safety partnership|local authority( district)?|lad|district|borough|ward"
    r"|local policing area|lsoa|msoa)( area)?( name)?"
)

# A region and a force of the same name; the force follows one of its neighbours in every list.
TWICE = "west midlands"
_BEFORE_THE_FORCE = frozenset({"west mercia", "warwickshire", "staffordshire"})


def heads_forces(heading: str) -> bool:
    """Return whether a heading, in small letters, is that of a column of forces."""
    return heading in _AREA or bool(_PFA.match(heading))


def heads_smaller(heading: str) -> bool:
    """Return whether a heading, in small letters, is that of areas within a force."""
    return bool(_SMALLER.fullmatch(heading))


def is_sum(name: str, cells: Iterable[str] = ()) -> bool:
    """Return whether a row is of a region, a total or another that is no force."""
    if name.casefold() in _REGIONS | _OTHERS or _TOTAL.fullmatch(name):
        return True
    return any(_SUM_CODE.fullmatch(cell.strip()) for cell in cells)


def follows_a_neighbour(before: str) -> bool:
    """Return whether the name before tells that “West Midlands” is the force."""
    return before.casefold() in _BEFORE_THE_FORCE
