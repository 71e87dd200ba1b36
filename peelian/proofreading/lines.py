"""Numbered lines and what each says, for whoever follows the references among them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from peelian.intake.document import Origin
from peelian.proofreading.proof import Proof
from peelian.recognition.numbering import Numbered, part_pointers, parts
from peelian.recognition.plan import Activity, Commitment
from peelian.recognition.references import Mention, mentions, normal, only_refers

_PLAIN = frozenset({"item", "line", "paragraph", "point", "row", "section"})
# "paragraph 6 of the report": of something else.
_OF_ANOTHER = re.compile(
    r"\s*(?:\([^()]{0,60}\)\s*)?(?:of|to|in|within|from)\s+(?!th(?:is|e\s+above)\b)"
)
_TITLE_ENDS = re.compile(r"(?<=[.!?])\s+|\s+[–-]\s+|:\s+")


@dataclass(frozen=True)
class Line:
    """A commitment, an activity or a numbered part.

    `said` are its updates; those of lines without a number are said by the commitment above them.
    `number` is as references write it, `printed` as the plan does; both may be empty. `called` is
    what the parts of its document are called: actions, recommendations.
    """

    number: str
    printed: str
    text: str
    said: tuple[str, ...]
    origin: Origin
    kind: str
    parent: str = ""
    called: frozenset[str] = frozenset()

    @cached_property
    def mentions(self) -> list[tuple[str, Mention]]:
        """Return the references to lines of a plan in its own words and its updates."""
        return [(text, m) for text in (self.text, *self.said) for m in self._mentions(text)]

    @cached_property
    def only_refers(self) -> bool:
        """Return whether all that is said of it sends the reader elsewhere."""
        return bool(self.said) and all(only_refers(t, self._mentions(t)) for t in self.said)

    def _mentions(self, text: str) -> list[Mention]:
        if self.kind == "part":
            return part_mentions(text, self.called)
        return [m for m in mentions(text) if m.form == "plan"]

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
                made.append(Lines(_parts(found), found[0].origin, is_plan=False))
    return made


def part_mentions(text: str, called: frozenset[str]) -> list[Mention]:
    """Return the references to numbered parts in a text: by their form, or by what they are called.

    "Action 7" names that part where parts are called so; "paragraph 7" the seventh in any case.
    """
    found = [m for m in mentions(text) if m.form == "plan"]
    taken = {m.start for m in found}
    for pointer in part_pointers(text):
        if pointer.start in taken or _OF_ANOTHER.match(text, pointer.end):
            continue
        if pointer.what in called:
            printed = f"{pointer.what.capitalize()} {pointer.number}"
        elif pointer.what in _PLAIN:
            printed = pointer.number
        else:
            continue
        found.append(
            Mention(pointer.start, pointer.end, printed, "plan", True, label=pointer.label)
        )
    return sorted(found, key=lambda m: m.start)


def _parts(found: list[Numbered]) -> list[Line]:
    """Return numbered parts as lines: their first words are their titles, the rest is said."""
    called = frozenset(word.casefold() for p in found for word in p.head.split(" ")[:-1])
    return [_part(part, called) for part in found]


def _part(part: Numbered, called: frozenset[str]) -> Line:
    cells = [cell for cell in part.text.split("\t") if cell.strip()]
    if len(cells) > 1:
        title, *said = cells
        said = [cell for cell in said if only_refers(cell, part_mentions(cell, called))] or said
    else:
        title, *said = _TITLE_ENDS.split(part.text, maxsplit=1)
    number = normal(part.number)
    parent = number.rpartition(".")[0]
    return Line(number, part.number, title, tuple(said), part.origin, "part", parent, called)


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
