"""The numbers that Word computes for lists and headings, and does not store as text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from peelian.intake.docx_styles import W, attribute, switched, whole
from peelian.intake.packages import Element

_LEVELS = 9
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True)
class _Level:
    form: str
    text: str
    start: int
    restarts: int | None  # after which level, counted from 1; 0 never
    is_legal: bool


class Numbering:
    """The lists of a document, counted as its paragraphs come."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, dict[int, _Level]] = {}
        self._links: dict[str, str] = {}
        self._uses: dict[str, str] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._styled: dict[tuple[str, str], int] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        for abstract in root.iterfind(W + "abstractNum"):
            name = abstract.get(W + "abstractNumId", "")
            self._lists[name] = {
                whole(level.get(W + "ilvl")): _level(level)
                for level in abstract.iterfind(W + "lvl")
            }
            for level in abstract.iterfind(W + "lvl"):
                if style := attribute(level, "pStyle"):
                    self._styled[name, style] = whole(level.get(W + "ilvl"))
            if link := attribute(abstract, "styleLink"):
                self._links[link] = name
        for one in root.iterfind(W + "num"):
            number = one.get(W + "numId", "")
            self._uses[number] = attribute(one, "abstractNumId") or ""
            for change in one.iterfind(W + "lvlOverride"):
                level = whole(change.get(W + "ilvl"))
                if (start := attribute(change, "startOverride")) is not None:
                    self._overrides.setdefault(number, {})[level] = whole(start)
        for abstract in root.iterfind(W + "abstractNum"):
            link = attribute(abstract, "numStyleLink")
            if link in self._links:
                self._lists[abstract.get(W + "abstractNumId", "")] = self._lists[self._links[link]]

    def level(self, number: str, style: str) -> int | None:
        """Return the level of a list that belongs to a style of paragraphs, None where none."""
        return self._styled.get((self._uses.get(number, ""), style))

    def label(self, number: str, level: int) -> tuple[str, bool]:
        """Return what is printed before the next paragraph of a list, and whether it is a bullet.

        A full stop after a number is left out.
        """
        abstract = self._uses.get(number, "")
        levels = self._lists.get(abstract, {})
        level = max(min(level, _LEVELS - 1), 0)
        here = levels.get(level)
        if here is None:
            return "", False
        if here.form == "bullet":
            return "", True
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        self._count(counts, levels, number, level)
        if here.form == "none" and "%" not in here.text:
            return here.text.strip(), False

        def printed(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            form = levels[place].form if place in levels else "decimal"
            count = counts[place]
            value = (levels[place].start if place in levels else 1) if count is None else count
            return _printed(value, "decimal" if here.is_legal else form)

        text = re.sub(r"%([1-9])", printed, here.text).strip()
        return text.removesuffix(".") if text[:-1].strip() else text, False

    def _count(
        self, counts: list[int | None], levels: dict[int, _Level], number: str, level: int
    ) -> None:
        start = levels[level].start
        override = self._overrides.get(number, {}).get(level)
        if override is not None and (number, level) not in self._begun:
            counts[level] = override
        else:
            count = counts[level]
            counts[level] = start if count is None else count + 1
        self._begun.add((number, level))
        for deeper in range(level + 1, _LEVELS):
            restarts = levels[deeper].restarts if deeper in levels else None
            if restarts is None or level < restarts:
                counts[deeper] = None


def _level(element: Element) -> _Level:
    restarts = attribute(element, "lvlRestart")
    return _Level(
        attribute(element, "numFmt") or "decimal",
        (attribute(element, "lvlText") or "")[:40],
        whole(attribute(element, "start"), 1),
        None if restarts is None else whole(restarts),
        bool(switched(element, "isLgl")),
    )


def _printed(value: int, form: str) -> str:
    """Return a number in one of Word's forms, in figures where the form is unknown."""
    if form in ("lowerLetter", "upperLetter") and value > 0:
        text = chr(97 + (value - 1) % 26) * min((value - 1) // 26 + 1, 8)
        return text.upper() if form == "upperLetter" else text
    if form in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        text = ""
        for size, letters in _ROMAN:
            text += letters * (value // size)
            value %= size
        return text.upper() if form == "upperRoman" else text
    if form == "decimalZero":
        return f"{value:02d}"
    return "" if form in ("none", "bullet") else str(value)
