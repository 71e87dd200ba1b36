"""Numbered lines and what each says, for whoever follows the references among them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from peelian.intake.document import Origin
from peelian.proofreading.proof import Proof
from peelian.recognition.numbering import Numbered, parts
from peelian.recognition.plan import Activity, Commitment
from peelian.recognition.references import Mention, mentions, normal, only_refers

_TITLE_ENDS = re.compile(r"(?<=[.!?])\s+|\s+[–-]\s+|:\s+")


@dataclass(frozen=True)
class Line:
    """A commitment, an activity or a numbered part.

    `said` are its updates; those of lines without a number are said by the commitment above them.
    `number` is as references write it, `printed` as the plan does; both may be empty.
    """

    number: str
    printed: str
    text: str
    said: tuple[str, ...]
    origin: Origin
    kind: str
    parent: str = ""

    @cached_property
    def mentions(self) -> list[tuple[str, Mention]]:
        """Return the references to lines of a plan in its own words and its updates."""
        texts = (self.text, *self.said)
        return [(text, m) for text in texts for m in mentions(text) if m.form == "plan"]

    @cached_property
    def only_refers(self) -> bool:
        """Return whether all that is said of it sends the reader elsewhere."""
        return bool(self.said) and all(only_refers(text) for text in self.said)

    @cached_property
    def leads(self) -> set[str]:
        """Return the numbers it announces references to; its title's own number is none."""
        return {
            name
            for text, mention in self.mentions
            for name in mention.names()
            if mention.announced and not (text == self.text and name == self.number)
        }


class Lines:
    """Lines that share their numbering, in order, and by their numbers."""

    def __init__(self, lines: list[Line], origin: Origin, *, is_plan: bool) -> None:
        self.lines = lines
        self.origin = origin
        self.is_plan = is_plan
        self.by_number: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            if line.number:
                self.by_number[line.number].append(line)

    def under(self, number: str) -> list[Line]:
        """Return the lines of a commitment, by its number."""
        return [line for line in self.lines if number and line.parent == number]


def lines_of_plans(proof: Proof) -> list[Lines]:
    """Return the lines of each plan in the documents."""
    return [
        Lines([x for one in plan.commitments for x in _lines(one)], plan.origin, is_plan=True)
        for plan in proof.plans
    ]


def all_lines(proof: Proof) -> list[Lines]:
    """Return the lines of each plan, and of documents without one their numbered parts."""
    made = lines_of_plans(proof)
    planned = {lines.origin.file for lines in made}
    for document in proof.documents:
        if document.file not in planned:
            for found in parts(document):
                made.append(Lines([_part(p) for p in found], found[0].origin, is_plan=False))
    return made


def _part(part: Numbered) -> Line:
    """Return a numbered part as a line: its first words are its title, the rest is said of it."""
    cells = [cell for cell in part.text.split("\t") if cell.strip()]
    if len(cells) > 1:
        title, *said = cells
        said = [cell for cell in said if only_refers(cell)] or said
    else:
        title, *said = _TITLE_ENDS.split(part.text, maxsplit=1)
    number, parent = normal(part.number), normal(part.head.rstrip("."))
    return Line(number, part.number, title, tuple(said), part.origin, "part", parent)


def _lines(commitment: Commitment) -> list[Line]:
    number = normal(commitment.reference)
    unnumbered = [a for a in commitment.activities if not a.reference.strip()]
    said = tuple(a.update for a in unnumbered if a.update.strip())
    reference, text, origin = commitment.reference, commitment.text, commitment.origin
    own = Line(number, reference, text, said, origin, "commitment")
    return [own, *(_line(a, number) for a in commitment.activities)]


def _line(activity: Activity, parent: str) -> Line:
    reference = activity.reference.strip()
    said = (activity.update,) if reference and activity.update.strip() else ()
    number = normal(reference)
    return Line(number, reference, activity.text, said, activity.origin, "activity", parent)
