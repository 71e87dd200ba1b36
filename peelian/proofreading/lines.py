"""The numbered lines of a plan, and what each says: for whoever follows references among them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from peelian.intake.document import Origin
from peelian.recognition.plan import Activity, Commitment, Plan
from peelian.recognition.references import Mention, mentions, normal, only_refers


@dataclass(frozen=True)
class Line:
    """A commitment or activity. `said` are its updates; those of lines without a number are said by
    the commitment above them.

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


class PlanLines:
    """The lines of one plan, in order, and by their numbers."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.lines = [line for one in plan.commitments for line in _lines(one)]
        self.by_number: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            if line.number:
                self.by_number[line.number].append(line)

    def under(self, number: str) -> list[Line]:
        """Return the lines of a commitment, by its number."""
        return [line for line in self.lines if number and line.parent == number]


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
