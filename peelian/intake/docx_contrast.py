"""How well words stand out from their ground: the ratio of WCAG 2.2, 1.4.3."""

from __future__ import annotations

from peelian.expressions import expression
from peelian.intake.docx_text import Coloured

ENOUGH, ENOUGH_LARGE = 4.5, 3.0
_HEX = expression(r"[0-9A-Fa-f]{6}")


def faint(words: Coloured, ground: str) -> float | None:
    """Return the ratio of words that stand out too little, None where they do or cannot be told.

    `ground` is the colour behind the paragraph, where the words have none of their own.
    """
    behind = words.ground if _HEX.fullmatch(words.ground) else ground
    if not _HEX.fullmatch(words.colour) or not _HEX.fullmatch(behind):
        return None
    ratio = contrast(words.colour, behind)
    return ratio if ratio < (ENOUGH_LARGE if words.is_large else ENOUGH) else None


def contrast(one: str, other: str) -> float:
    """Return the ratio of contrast of two colours, given as six hexadecimal figures."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = []
    for start in (0, 2, 4):
        value = int(colour[start : start + 2], 16) / 255
        parts.append(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
