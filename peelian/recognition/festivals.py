"""Days that a text names by their feast: `before Christmas`, `by Easter 2026`, `on Bonfire Night`.

They are dates only where something is promised for them: `the Christmas campaign` is none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from peelian.expressions import expression
from peelian.recognition.dates import DateMention

_FEAST = expression(
    r"\b(?P<when>at|before|by|for|in\s+time\s+for|on|until)\s+(?P<printed>(?P<feast>Christmas(?:\s+(?:Eve|Day))?|Boxing\s+Day|"
    r"New\s+Year['’]s\s+Eve|Hallowe['’]?en|Bonfire\s+Night|Easter|Good\s+Friday|Whitsun)"
    r"(?:\s+(?P<year>20\d\d))?)"
    r"(?=\s*(?:$|[.,;:)]|(?:and|at|but|by|for|from|in|of|on|or|so|to|when|where|with)\b))",
    needs="christmas|boxing|year|hallowe|bonfire|easter|friday|whitsun",
)
_FIXED = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new years eve": (12, 31),
    "halloween": (10, 31),
    "bonfire night": (11, 5),
}
_AFTER_EASTER = {"easter": 0, "good friday": -2, "whitsun": 49}


def festivals(text: str, near: dt.date) -> list[DateMention]:
    """Return the feasts for which something is told, in order, of the year nearest to `near`.

    Never raises.
    """
    found = []
    for match in _FEAST.finditer(text):
        name = " ".join(re.sub(r"['’]", "", match["feast"]).casefold().split())
        on = _fixed(name) if name in _FIXED else _moving(name)
        day = on(int(match["year"])) if match["year"] else _nearest(on, near)
        start, end = match.span("printed")
        found.append(DateMention(start, end, day, day, match["printed"], bool(match["year"])))
    return found


def _nearest(on: Callable[[int], dt.date], near: dt.date) -> dt.date:
    years = range(max(near.year - 1, 1), min(near.year + 1, 9998) + 1)
    return min(map(on, years), key=lambda day: abs((day - near).days))


def _fixed(name: str) -> Callable[[int], dt.date]:
    month, day = _FIXED[name]
    return lambda year: dt.date(year, month, day)


def _moving(name: str) -> Callable[[int], dt.date]:
    return lambda year: _easter(year) + dt.timedelta(days=_AFTER_EASTER[name])


def _easter(year: int) -> dt.date:
    """Return Easter Sunday: the one after the first full moon of spring."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact -= (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    shift = epact - weekday
    month = 3 + (shift + 40) // 44
    return dt.date(year, month, shift + 28 - 31 * (month // 4))
