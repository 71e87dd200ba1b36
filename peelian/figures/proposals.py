"""Changes of level that the analysis found: proposals, which only an analyst makes into phases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from peelian.figures.assess import Series


def proposals_of(series: Series) -> list[dict[str, Any]]:
    """Return the changes of level found in a series that nobody has decided on yet."""
    return []
