"""The shape of everything here: a series is a row, a period a column, a missing value NaN."""

from __future__ import annotations

import math
import operator
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


def as_floats(values: ArrayLike, what: str) -> Floats:
    """Return values as floats, of any shape. Raises TypeError where they are not numbers."""
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise TypeError(f"{what} must be numbers in rows of one length: {error}") from error


def as_row(values: ArrayLike, what: str, length: int | None = None) -> Floats:
    """Return values as floats, shape (N,), finite or NaN where missing.

    Raises ValueError for another shape or ``length`` and for infinite values.
    """
    row = as_floats(values, what)
    if row.ndim != 1 or (length is not None and len(row) != length):
        expected = "one row" if length is None else f"one row of {length}"
        raise ValueError(f"{what} must be {expected}; found shape {row.shape}")
    if np.isinf(row).any():
        raise ValueError(f"{what} must be finite, or NaN where missing; found {_infinite(row)}")
    return row


def as_whole(value: Any, what: str, least: int, most: float = math.inf) -> int:
    """Return a whole number. Raises TypeError for anything else, ValueError out of bounds."""
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{what} must be a whole number; found {value!r}") from None
    if not least <= number <= most:
        bounds = f"{least} or more" if most == math.inf else f"{least} to {most}"
        raise ValueError(f"{what} must be {bounds}; found {number}")
    return number


def as_amount(value: Any, what: str, *, least: float = -math.inf) -> float:
    """Return a finite number. Raises TypeError for no number, ValueError out of bounds."""
    number = as_floats(value, what)
    if number.ndim:
        raise TypeError(f"{what} must be one number; found shape {number.shape}")
    if not np.isfinite(number) or number < least:
        bound = "finite" if least == -math.inf else f"finite and not below {least:g}"
        raise ValueError(f"{what} must be {bound}; found {number}")
    return float(number)


def as_level(level: Any, what: str = "a level of confidence") -> float:
    """Return a share between 0 and 1, both left out. Raises ValueError for any other."""
    number = as_amount(level, what)
    if not 0 < number < 1:
        raise ValueError(f"{what} lies between 0 and 1; found {level}")
    return number


def _infinite(values: Floats) -> str:
    """Say which value is infinite and where it is, counted from 0."""
    place = tuple(np.argwhere(np.isinf(values))[0].tolist())
    return f"{values[place]} at {place[0] if len(place) == 1 else place}"


def as_table(values: ArrayLike, what: str = "values") -> Floats:
    """Return values as floats, shape (S, T).

    Raises ValueError for another shape and for infinite values, TypeError for no numbers.
    """
    table = as_floats(values, what)
    if table.ndim != 2:
        raise ValueError(f"{what} must have two dimensions, series by periods; found {table.ndim}")
    if np.isinf(table).any():
        found = _infinite(table)
        raise ValueError(f"{what} must be finite, or NaN where a period is missing; found {found}")
    return table


def as_mask(mask: ArrayLike | None, shape: tuple[int, int], what: str) -> Bools | None:
    """Return booleans of shape (1, T) or (S, T), None for None.

    Raises ValueError for another shape and for what is neither yes nor no, 1 nor 0.
    """
    if mask is None:
        return None
    table = np.asarray(mask)
    if table.dtype != np.bool_:
        numbers = as_floats(mask, what)
        if not ((numbers == 0) | (numbers == 1)).all():
            raise ValueError(f"{what} must be True or False; found places or other numbers")
        table = numbers == 1
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
