"""Whether two values can be true of one thing, by how each is qualified and rounded."""

from __future__ import annotations

import re

from peelian.expressions import expression
from peelian.recognition.figures import Figure

_AT_LEAST = expression(
    r"over|more than|at least|above|in excess of|greater than|or more|plus|\+", re.IGNORECASE
)
_AT_MOST = expression(
    r"under|less than|fewer than|below|up to|at most|no more than|as many as|almost|nearly|"
    r"close to",
    re.IGNORECASE,
)
_ROUNDED = expression(r"million|billion|thousand|hundred|dozen|bn|[mk]\b|half", re.IGNORECASE)


def agree(one: Figure, two: Figure) -> bool:
    """Return whether both values can be true of the same thing, by how each is qualified."""
    if one.value == two.value:
        return True
    for bound, value in ((one, two), (two, one)):
        if _AT_LEAST.search(bound.qualifier) and bound.value <= value.value <= 1.25 * bound.value:
            return True
        if _AT_MOST.search(bound.qualifier) and 0.85 * bound.value <= value.value <= bound.value:
            return True
        if _rounds_to(value.value, bound):
            return True
    qualified = [f for f in (one, two) if f.qualifier]
    larger = max(abs(one.value), abs(two.value))
    slack = 0.1 if len(qualified) == 2 else 0.05
    either = [f for f in qualified if not _AT_LEAST.search(f.qualifier) or len(qualified) == 2]
    return bool(either) and abs(one.value - two.value) <= slack * larger


def _rounds_to(value: float, rounded: Figure) -> bool:
    """Return whether a value is what the other, less exact one was rounded from."""
    digits = re.sub(r"\D", "", rounded.printed).strip("0") or "0"
    if rounded.unit == "%" and not rounded.qualifier:
        decimals = (
            len(rounded.printed.partition(".")[2].rstrip("% ")) if "." in rounded.printed else 0
        )
        # half a percent either way: 73.5 is rounded to 74 by some and 73 by others
        return value != round(value, decimals) and abs(value - rounded.value) <= 0.5 * 10**-decimals
    if not (rounded.qualifier or _ROUNDED.search(rounded.printed)):
        return False
    unit = 10 ** (len(str(int(abs(rounded.value)))) - max(len(digits), 1))
    return abs(value - rounded.value) <= 0.5 * unit


def exact(figure: Figure) -> bool:
    """Return whether a figure is printed to its last unit, with nothing that qualifies it."""
    return not figure.qualifier and not _ROUNDED.search(figure.printed)
