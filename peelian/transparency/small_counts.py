"""Small counts of people are not told, nor what they could be worked out from. No database."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Hidden(Enum):
    """Why a count is not told."""

    FEWER = "fewer"  # it is smaller than the threshold
    WITHHELD = "withheld"  # taken from the total, it would leave a count that is smaller


Told = int | Hidden


def told(total: int, groups: Mapping[str, int], threshold: int) -> tuple[Told, dict[str, Told]]:
    """Return what may be told of a total and of groups in it, each a number or why there is none.

    Groups may overlap; each and the rest of the total are two counts, and the smaller may give
    away the other. Whoever knows these rules still cannot tell a hidden count: at least two numbers
    are left for it. A threshold of 0 or 1 hides nothing, as "fewer than 1" would be a number.
    Raises ValueError for a count below nothing, or for a group larger than the total.

    Source: a local standard, for SI 2011/3050, Schedule, paragraph 2 (a) and (b).
    """
    if min((total, *groups.values())) < 0 or max(groups.values(), default=0) > total:
        raise ValueError("counts are 0 or more, and no group is larger than the total")
    if threshold < 2:
        return total, dict(groups)
    number: Told = Hidden.FEWER if total < threshold else total
    return number, {name: _told(total, count, threshold) for name, count in groups.items()}


def _told(total: int, count: int, threshold: int) -> Told:
    if total == threshold:
        # All but "fewer" would mean that everybody is in the group: so neither word is used.
        return Hidden.WITHHELD
    if count < threshold:
        return Hidden.FEWER
    return Hidden.WITHHELD if total - count < threshold else count
