"""Lines that may open a record of a plan, or a group of records: by a reference or a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.recognition.plan_drafts import components, printed_reference

_CALLED = expression(
    r"\s*(?:(?:strategic|key|our)\s+)?(?P<what>action|activity|commitment|promise|pledge|deliverable|"
    r"milestone|project|task|step|priority|mission|theme|objective|ambition|pillar|aim|goal|strand|"
    r"outcome|chapter|part|rec(?:ommendation)?)\s+(?:no\.?\s*|number\s+)?"
    r"(?P<number>[A-Z]{0,3}[-./]?\d{1,3}(?:\.\d{1,2}){0,3}|[A-Z]|one|two|three|four|five|six|seven|"
    r"eight|nine|ten|[ivx]{1,4})(?![\w-])\s*[.:)|–-]*\s*",
    re.IGNORECASE,
)
_GROUP = expression(
    r"\s*(?:(?:strategic|key|our)\s+)?(?P<what>priority|mission|theme|objective|ambition|pillar|aim|"
    r"goal|strand|outcome|chapter)\s*(?::|–|\s-\s)\s*(?=\S)",
    re.IGNORECASE,
)
_LABELLED = expression(
    r"\s*(?:(?:plan|action|commitment|our|item)\s+)?(?:ref(?:erence)?|no|number|id)"
    r"(?:\s+(?:no|number))?\b\.?\s*[:|–-]?\s*"
    r"(?P<number>[A-Z]{0,5}[-./ ]?\d{1,3}(?:[./-]\d{1,3}){0,3}[a-z]?)(?![\w])\s*[.:|–-]*\s*",
    re.IGNORECASE,
)
_CODE = expression(
    r"\s*\[?(?P<number>[A-Z]{1,5}[-./]?\d{1,3}(?:[./-]\d{1,3}){0,2})\]?[.:)|–-]*(?:\s+|$)"
)
_WHOLE = expression(r"\s*(?P<number>\d{1,3})(?P<stop>[.)]?)\s+(?=[A-Z‘“(])")
_RECOMMENDATIONS = expression(r"\s*recommendations?\s+\d", re.IGNORECASE)
GROUPS = {
    *("priority", "mission", "theme", "objective", "ambition", "pillar", "aim", "goal"),
    *("strand", "outcome", "chapter", "part"),
}
_LONGEST = 160


@dataclass(frozen=True)
class Opener:
    """What opens a record: its reference, its kind, and where the rest of the line begins.

    A kind is a word before a number (`action`), `label`, or a reference's shape; the records of a
    plan are of one kind.
    """

    reference: str
    kind: str
    offset: int


def opener(text: str) -> Opener | None:
    """Return what may open a record at the beginning of a line; None where nothing does."""
    line = text[:_LONGEST]
    if match := _LABELLED.match(line):
        return Opener(match["number"].strip(), "label", match.end())
    if match := _CALLED.match(line):
        rest = line[match.end() :]
        if rest[:1].islower():  # `Action 3 is complete.`
            return None
        what = match["what"].casefold()
        number = match["number"]
        # `Commitment 1.1` is referred to as 1.1, `Action 3` as action 3.
        alone = not number.isalnum() or (not number.isdecimal() and len(number) > 1)
        reference = number if alone else f"{match['what'].capitalize()} {number}"
        return Opener(reference, what, match.end())
    if _RECOMMENDATIONS.match(line):
        return Opener("", "recommendation", 0)
    if found := printed_reference(line):
        rest = line[found[2] :].lstrip()
        return None if rest[:1].islower() else Opener(found[0], _shape(found[0]), found[2])
    if match := _WHOLE.match(line):
        return Opener(match["number"], f"number{match['stop']}", match.end())
    match = _CODE.match(line)
    if match is None or line[match.end() :][:1].islower():
        return None
    return Opener(match["number"], _shape(match["number"]), match.end())


def group_title(text: str) -> str:
    """Return the words of a line that names a group of records: `Mission: safer roads`; or none."""
    line = text.strip()
    if len(line) > _LONGEST or line[-1:] in ".;,":
        return ""
    return line if _GROUP.match(line) or _CALLED.match(line) else ""


def _shape(reference: str) -> str:
    """Return what references of one series share: letters, and how many parts there are."""
    parts = components(reference)
    letters = "A" if parts and parts[0].isalpha() else ""
    return f"{letters}{len(parts)}"
