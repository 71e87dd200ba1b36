"""A line of a performance table while it is being read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from peelian.expressions import expression
from peelian.intake.document import Line, Origin
from peelian.intake.flow import joined
from peelian.recognition.columns import (
    COMMENTARY,
    INCLUSION,
    PAGE,
    RATING,
    STATEMENT,
    TOPIC,
)
from peelian.recognition.performance import PerformanceLine

_COLOURS = {"r": "red", "a": "amber", "g": "green"}
_RATING = expression(r"\s*\(?(red|amber|green|blue|grey|[rag])\)?\s*[.]?\s*", re.IGNORECASE)


@dataclass
class LineDraft:
    """A row: its place, the objective it stands under, the paragraphs of each of its cells."""

    origin: Origin
    objective: str = ""
    cells: dict[str, list[list[Line]]] = field(default_factory=dict)
    values: list[tuple[str, str]] = field(default_factory=list)

    def add(self, role: str, line: Line, paragraph: bool = False) -> None:
        """Add a line to a cell, as a paragraph of its own if it is one."""
        held = self.cells.setdefault(role, [])
        if paragraph or not held:
            held.append([])
        held[-1].append(line)

    def text(self, role: str, paragraph: int | None = None) -> str:
        """Return the words of a cell, or of one of its paragraphs."""
        held = self.cells.get(role, [])
        if paragraph is not None:
            held = held[paragraph : paragraph + 1]
        return joined([line for one in held for line in one])[0].strip()

    def lines(self) -> list[PerformanceLine]:
        """Return the lines it makes: as many as topics stand in its cell, each with its statement.

        What stands once beside several topics is for each of them.
        """
        count = len(self.cells.get(TOPIC, ()))
        parted = count > 1 and len(self.cells.get(STATEMENT, ())) == count
        made = []
        for n in range(count) if parted else [None]:
            page = n if parted and len(self.cells.get(PAGE, ())) == count else None
            made.append(
                PerformanceLine(
                    self.text(TOPIC, n),
                    self.text(STATEMENT, n),
                    self.cells[TOPIC][n or 0][0].origin if count else self.origin,
                    self.objective,
                    self.text(INCLUSION),
                    self.text(COMMENTARY),
                    rating_of(self.text(RATING)),
                    tuple(self.values),
                    self.text(PAGE, page),
                )
            )
        return [one for one in made if one.topic and _says(one)]


def _says(line: PerformanceLine) -> bool:
    """Return whether a line says anything of its topic."""
    return bool(line.statement or line.commentary or line.rating or line.values)


def rating_of(text: str) -> str:
    """Return red, amber or green for a colour or its letter, else what is printed."""
    match = _RATING.fullmatch(text[:40])
    if not match:
        return text
    said = match[1].casefold()
    return _COLOURS.get(said, said)
