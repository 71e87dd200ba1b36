"""The shape of everything here: a series is a row, a period a column, a missing value NaN."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Signs = NDArray[np.int8]
Counts = NDArray[np.int64]

ROUNDING = 1e-12  # of the largest value: nearer to a line than this is on the line
BLOCK = 2_000  # rows that stay in the processor's cache

T = TypeVar("T")


def as_table(values: ArrayLike, what: str = "values") -> Floats:
    """Return values as floats, shape (S, T).

    Raises ValueError for another shape and for infinite values.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"{what} must have two dimensions, series by periods; found {table.ndim}")
    if np.isinf(table).any():
        raise ValueError(f"{what} must be finite, or NaN where a period is missing")
    return table


def as_mask(mask: ArrayLike | None, shape: tuple[int, int], what: str) -> Bools | None:
    """Return booleans of shape (1, T) or (S, T), None for None. Raises ValueError otherwise."""
    if mask is None:
        return None
    table = np.asarray(mask, dtype=np.bool_)
    if table.shape == shape[1:]:
        return table[None, :]
    if table.shape not in (shape, (1, shape[1])):
        expected = f"{shape[1]} periods, or {shape[0]} series of {shape[1]} periods"
        raise ValueError(f"{what} must say yes or no to {expected}; found {table.shape}")
    return table


def blocks(rows: int, size: int = BLOCK) -> Iterator[slice]:
    """Yield slices that cover so many rows; one empty slice for none."""
    for start in range(0, max(rows, 1), size):
        yield slice(start, start + size)


def cut(table: Any, rows: slice) -> Any:
    """Return the rows of an array, or the array where it has one row for all; None for None."""
    return table if table is None or len(table) == 1 else table[rows]


def by_blocks(rows: int, work: Callable[[slice], dict[str, Any]]) -> dict[str, Any]:
    """Return what ``work`` gives for each block of rows, joined by name.

    Each part goes straight to its place, so that nothing is in memory twice; the first block's
    types and widths are those of all.
    """
    made: dict[str, Any] = {}
    for block in blocks(rows):
        for name, part in work(block).items():
            if name not in made:
                made[name] = np.empty((rows, *part.shape[1:]), part.dtype)
            made[name][block] = part
    return made


def largest(values: Floats) -> Floats:
    """Return each row's largest absolute value, (S,); 0 where nothing is present."""
    found: Floats = np.fmax.reduce(np.abs(values), axis=1, initial=0.0)
    return found
