"""The styles of a Word document: which are headings, bold, hidden or numbered, by inheritance."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from peelian.expressions import expression
from peelian.intake.packages import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY_LEVEL = 9
# The names that word processors give to the styles of headings, in the languages of Europe.
_HEADING = expression(
    r"(?:heading|pennawd|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|"
    r"nagłówek|nadpis|címsor|titlu|заголовок|επικεφαλίδα|başlık|ceannteideal)\s*(?P<level>[1-9])\b",
    re.IGNORECASE,
)
_TITLES = {"title", "teitl", "titel", "titre", "título", "titolo"}


@dataclass(frozen=True)
class Style:
    """What a style says, its ancestors' words included. `level` 0 is no heading's."""

    name: str = ""
    level: int = 0
    numbering: tuple[str, int] | None = None
    bold: bool = False
    hidden: bool = False
    ground: str = ""
    language: str = ""

    @property
    def is_title(self) -> bool:
        """Return whether it is the style of a document's title."""
        return self.name.casefold() in _TITLES


def attribute(element: Element | None, path: str, name: str = "val") -> str | None:
    """Return the attribute of a descendant by its path (`pPr/pStyle`), None where it is not."""
    if element is None:
        return None
    found = element.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + name)


def switched(properties: Element | None, name: str) -> bool | None:
    """Return whether a property such as `b` is on; None where nothing is said."""
    found = None if properties is None else properties.find(W + name)
    if found is None:
        return None
    return found.get(W + "val", "1").casefold() not in ("0", "false", "off", "none")


def whole(text: str | None, default: int = 0, most: int = 10_000) -> int:
    """Return a number of a file, held to sane bounds."""
    if text is None or not re.fullmatch(r"-?[0-9]{1,9}", text):
        return default
    return max(min(int(text), most), -most)


class Styles:
    """The styles of a document by their id."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self._default = ""
        self.language = ""
        if root is None:
            return
        self.language = attribute(root, "docDefaults/rPrDefault/rPr/lang") or ""
        for element in root.iterfind(W + "style"):
            name = element.get(W + "styleId", "")
            self._elements.setdefault(name, element)
            is_default = element.get(W + "default") in ("1", "true")
            if is_default and element.get(W + "type") == "paragraph":
                self._default = name
        self.language = self.named(self._default).language or self.language

    def named(self, name: str | None) -> Style:
        """Return the style of this id, else the default's."""
        wanted = name if name in self._elements else self._default
        line: list[str] = []
        while wanted in self._elements and wanted not in line and wanted not in self._known:
            line.append(wanted)
            wanted = attribute(self._elements[wanted], "basedOn") or ""
        style = self._known.get(wanted, Style())
        for one in reversed(line):
            style = _extended(style, self._elements[one])
            self._known[one] = style
        return style


def _extended(style: Style, element: Element) -> Style:
    """Return what a style says on top of the one that it is based on."""
    name = attribute(element, "name") or ""
    runs, paragraph = element.find(W + "rPr"), element.find(W + "pPr")
    outline = attribute(paragraph, "outlineLvl")
    level = style.level
    if match := _HEADING.match(name):
        level = int(match["level"])
    elif outline is not None:
        level = level_of(outline)
    bold, hidden = switched(runs, "b"), switched(runs, "vanish")
    return replace(
        style,
        name=name,
        level=level,
        numbering=numbering_of(paragraph) or style.numbering,
        bold=style.bold if bold is None else bold,
        hidden=style.hidden if hidden is None else hidden,
        ground=attribute(paragraph, "shd", "fill") or style.ground,
        language=attribute(runs, "lang") or style.language,
    )


def level_of(outline: str | None) -> int:
    """Return the level of a heading for a level of the outline, which counts from 0."""
    number = whole(outline, _BODY_LEVEL)
    return number + 1 if 0 <= number < _BODY_LEVEL else 0


def numbering_of(paragraph: Element | None) -> tuple[str, int] | None:
    """Return the numbering and level that a paragraph's properties name; `0` is none."""
    if paragraph is None or paragraph.find(W + "numPr") is None:
        return None
    number = attribute(paragraph, "numPr/numId")
    return (number or "", whole(attribute(paragraph, "numPr/ilvl")))
