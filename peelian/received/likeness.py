"""How alike two texts are, by the words that carry their subject."""

from __future__ import annotations

import re


def words(text: str) -> set[str]:
    """Return the words of a text that carry its subject."""
    return set(re.findall(r"[^\W\d_]{4,}", text.casefold()))


def likeness(one: set[str], other: set[str]) -> float:
    """Return how much of the shorter of two texts is in the other, from 0 to 1."""
    return len(one & other) / max(min(len(one), len(other)), 1)
