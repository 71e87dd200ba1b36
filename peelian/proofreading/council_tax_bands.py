"""Council tax of each band, against what the law makes of that of band D."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peelian.expressions import expression
from peelian.intake.document import Document, Line
from peelian.proofreading.arithmetic import Wrong

# Sixths to eighteenths of band D: Local Government Finance Act 1992, section 5(1), and for band I,
# in Wales alone, section 5(1A).
_NINTHS = {"A": 6, "B": 7, "C": 8, "D": 9, "E": 11, "F": 13, "G": 15, "H": 18, "I": 21}
_AMOUNT = expression(r"£?\s?(\d{1,3}(?:,\d{3})+|\d{1,4})\.(\d\d)(?!\d)")
_BAND = expression(r"\b(?:[Bb]and\s+)?([A-I])\b")
_ROW = expression(r"\s*(?:[Bb]and\s+)?(?P<band>[A-I])\b(?P<rest>[^A-Za-z]*(?:/9)?[^A-Za-z]*)$")
_FEWEST, _NEAR, _SLACK = 6, 8, 0.051  # bands, lines, pounds: councils round to a penny, or to nine


def wrong_bands(document: Document) -> Iterator[Wrong]:
    """Yield each amount of a band that is not its share of band D's, where most are.

    In a row below the bands' letters, or one amount to a line.
    """
    lines = [line for line in document.lines if line.text.strip()]
    for n, line in enumerate(lines):
        letters = _letters(line.text)
        if len(letters) < _FEWEST:
            continue
        for below in lines[n + 1 : n + 1 + _NEAR]:
            amounts = _amounts(below.text)
            if len(amounts) == len(letters):
                yield from _judged(dict(zip(letters, amounts, strict=True)), [below] * len(letters))
    yield from _in_rows(lines)


def _letters(text: str) -> list[str]:
    """Return the bands that a line lists in their order; none where it says something else."""
    found = _BAND.findall(text)
    words = [word for word in text.split() if len(word) > 1 and word.casefold() != "band"]
    ordered = found == sorted(set(found))
    return found if ordered and len(words) <= 2 else []


def _amounts(text: str) -> list[float]:
    return [float(f"{whole.replace(',', '')}.{rest}") for whole, rest in _AMOUNT.findall(text)]


def _in_rows(lines: Sequence[Line]) -> Iterator[Wrong]:
    """Yield the wrong amounts of bands that stand one to a line, by column."""
    rows: list[tuple[str, list[float], Line]] = []
    for line in [*lines, None]:
        match = _ROW.match(line.text) if line else None
        follows = match is not None and (not rows or match["band"] > rows[-1][0])
        if line and match and follows and (amounts := _amounts(match["rest"])):
            rows.append((match["band"], amounts, line))
            continue
        if len(rows) >= _FEWEST:
            for column in range(min(len(amounts) for _band, amounts, _line in rows)):
                of_column = {band: amounts[column] for band, amounts, _line in rows}
                yield from _judged(of_column, [line for _band, _amounts, line in rows])
        rows = []


def _judged(amounts: dict[str, float], lines: Sequence[Line]) -> Iterator[Wrong]:
    basis = amounts.get("D")
    if not basis:
        return
    wrong = [
        (band, value, line)
        for (band, value), line in zip(amounts.items(), lines, strict=True)
        if abs(value - basis * _NINTHS[band] / 9) > _SLACK
    ]
    if 0 < len(wrong) <= len(amounts) // 3:
        for band, value, line in wrong:
            due = f"{basis * _NINTHS[band] / 9:,.2f}"
            yield Wrong(line.origin, " ".join(line.text.split()), f"{value:,.2f}", due, "band")
