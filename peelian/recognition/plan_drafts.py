"""A plan while it is being read: commitments and rows with the lines of their cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from peelian.expressions import expression
from peelian.intake.document import Line, Origin, Passage
from peelian.intake.flow import joined
from peelian.recognition.columns import UPDATE

_PRINTED = expression(
    r"\s*(?P<open>\(*)\s*(?!Q[1-4]\b)(?P<ref>[A-Z]{1,3}\.?\d{1,2}(?:\.\d{1,2}){0,3}|\d{1,2}(?:\.\d{1,2}){1,3}|"
    r"[A-Z]{2,5}[-/ ]\d{1,3})(?P<close>\)?)[.:]?"
    r"(?=\s|\(|$|(?<=\))[^\s,;)])\s*(?!(?:million|billion|per\s?cent|percent|%)\b)"
)
SENTENCE = expression(r"[.!?:;]['\"’”)]*\s*$")


@dataclass
class ActivityDraft:
    """A row of a plan: its reference, and the lines of each of its cells by what they are for."""

    reference: str
    origin: Origin
    cells: dict[str, list[Line]] = field(default_factory=dict)

    def add(self, role: str, line: Line) -> None:
        """Add a line to a cell."""
        self.cells.setdefault(role, []).append(line)

    def text(self, role: str) -> str:
        """Return the text of a cell; empty where there is none."""
        return joined(self.cells.get(role, ()))[0].strip()

    def passage(self, role: str) -> Passage | None:
        """Return the text of a cell with the places of its lines; None where there is none."""
        text, marks = joined(self.cells.get(role, ()))
        return Passage(text, marks) if text.strip() else None

    def begins(self, role: str) -> Origin | None:
        """Return where a cell begins; None where there is none."""
        return self.cells[role][0].origin if self.cells.get(role) else None


@dataclass
class CommitmentDraft:
    """A commitment of a plan, with the headings it stands under."""

    reference: str
    objective: str
    part: str
    origin: Origin
    lines: list[Line] = field(default_factory=list)
    activities: list[ActivityDraft] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return its words."""
        return joined(self.lines)[0].strip()


@dataclass
class PlanDraft:
    """A plan: its title, where it begins, its commitments in order."""

    title: str
    origin: Origin
    commitments: list[CommitmentDraft] = field(default_factory=list)

    def named(self, reference: str) -> CommitmentDraft | None:
        """Return the newest commitment of this reference."""
        wanted = components(reference)
        for one in reversed(self.commitments):
            if components(one.reference) == wanted:
                return one
        return None


def components(reference: str) -> tuple[str, ...]:
    """Return a reference's parts: `A.1` and `A1` are the same, `A1.2` is one of A1's."""
    return tuple(re.findall(r"[A-Z]+|\d+", reference.upper()))


def printed_reference(text: str) -> tuple[str, bool, int] | None:
    """Return the reference a text begins with, whether in brackets, and where the rest begins."""
    match = _PRINTED.match(text[:60])
    if not match or bool(match["open"]) != bool(match["close"]):
        return None
    return match["ref"], bool(match["open"]), match.end()


def share_updates(commitment: CommitmentDraft) -> None:
    """Give both rows the update that stands beside them, begun in one and ended in the next."""
    for before, after in zip(commitment.activities, commitment.activities[1:], strict=False):
        begun, ended = before.text(UPDATE), after.text(UPDATE)
        if begun and ended[:1].islower() and not SENTENCE.search(begun):
            whole = [*before.cells[UPDATE], *after.cells[UPDATE]]
            before.cells[UPDATE] = after.cells[UPDATE] = whole


def share_spanning(commitment: CommitmentDraft, role: str) -> None:
    """Give a cell that spans rows to each: it is the only one, and stands beside the last rows."""
    having = [n for n, one in enumerate(commitment.activities) if one.text(role)]
    if len(having) == 1 and having[0] > 0:
        for one in commitment.activities:
            one.cells.setdefault(role, commitment.activities[having[0]].cells[role])
