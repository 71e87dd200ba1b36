"""Numbered lines and what each says, for whoever follows the references among them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

from peelian.expressions import expression
from peelian.intake.document import Origin, Passage
from peelian.proofreading.proof import Proof
from peelian.recognition.numbering import Numbered, codes, parts
from peelian.recognition.plan import Activity, Commitment, Plan
from peelian.recognition.pointers import part_pointers
from peelian.recognition.references import Mention, is_announced, mentions, normal, only_refers

_PLAIN = frozenset({"item", "line", "paragraph", "point", "row", "section"})
# "paragraph 6 of the report": of something else.
_OF_ANOTHER = expression(
    r"\s*(?:\([^()]{0,60}\)\s*)?(?:of|to|in|within|from)\s+(?!th(?:is|e\s+above)\b)"
)
_CALLED_SO = expression(
    r"\s*(?:\(([^()]{3,60})\)|[–-]\s+([^.,;()\n]{3,60})|,?\s+(?:on|about)\s+([^.,;()\n]{3,60}))"
)
# References that do not show by their form what they are: `Action 4`, `HM-04`, `RD3`.
_CALLED = expression(r"([A-Za-z]+)\s+\d{1,3}(?:\.\d{1,2}){0,2}")
_CODE = expression(r"([A-Z]{2,5}[-/. ]?|[A-Z][-/])\d{1,3}")
_PLAIN_LINES = frozenset({"action", "activity", "commitment", "objective"})
# Words that send the reader to what they end at.
SENDS = expression(
    r"\b(?:see|refer\w*|reported\s+(?:at|in|under)|updated?\s+(?:at|in|under)|covered\s+(?:at|by|in)|"
    r"(?:described|detailed|discussed|explained|given|set\s+out|shown|told)\s+(?:at|in|under)|"
    r"as\s+(?:at|in|per))\b[^.\n]{0,60}$",
    re.IGNORECASE,
)
_BARE = expression(r"[A-Z]?\d{0,3}[\d\W]{0,40}")
_SAYS = expression(
    r"\s+(?:says|shows|sets\s+out|explains|describes|covers|above|below)\b", re.IGNORECASE
)
_JOINS = expression(r"\s*(?:,|&|and|or|to|-|–|;)?\s*(?:and\s+)?")
_LABEL = expression(r"^[A-Z][\w ]{1,24}:\s*")
_FEWEST_ITEMS = 3
_FEW = 6  # words
# A line goes on where the next begins small, or where it ends in what leads on to a number.
_LINE_ENDS = expression(
    r" ?\n(?=[a-z(])|(?:(?<=\bin)|(?<=\bat)|(?<=\bsee)|(?<=\bto)|(?<=\bparagraph)|"
    r"(?<=\bsection)) ?\n"
)
_TITLE_ENDS = expression(r"(?<=[.!?])\s+|\s+[–-]\s+|:\s+")


@dataclass(frozen=True)
class Naming:
    """How the parts of a document are named: by words, as actions, or by codes with these heads.

    `is_plain` where lines of a plan have whole numbers: "action 7" then names the line 7. Where
    `has_agenda`, "item 7" is one of that.
    """

    words: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    is_plain: bool = False
    has_agenda: bool = False


NO_NAMING = Naming()


@dataclass(frozen=True)
class Line:
    """A commitment, an activity or a numbered part.

    `said` are its updates; those of lines without a number are said by the commitment above them.
    `number` is as references write it, `printed` as the plan does; both may be empty. `naming` is
    how the parts of its document are named.
    """

    number: str
    printed: str
    text: str
    said: tuple[str, ...]
    origin: Origin
    kind: str
    parent: str = ""
    naming: Naming = NO_NAMING
    told: tuple[Passage, ...] = ()  # its updates with the places of their lines

    def at(self, text: str, offset: int = 0) -> Origin:
        """Return where a place in its words or one of its updates stands."""
        return next((one.at(offset) for one in self.told if one.text == text), self.origin)

    @cached_property
    def mentions(self) -> list[tuple[str, Mention]]:
        """Return the references to lines of a plan in its own words and its updates."""
        return [(text, m) for text in (self.text, *self.said) for m in self._mentions(text)]

    @cached_property
    def only_refers(self) -> bool:
        """Return whether all that is said of it sends the reader elsewhere."""
        return bool(self.said) and all(only_refers(t, self._mentions(t)) for t in self.said)

    def _mentions(self, text: str) -> list[Mention]:
        if self.kind == "part" and _BARE.fullmatch(text) and text[:1] not in self.naming.heads:
            return []  # a table's figures, and its heads, stand under a paragraph as well
        if self.kind == "part" or self.naming != NO_NAMING:
            return part_mentions(text, self.naming)
        return [m for m in mentions(text) if m.form == "plan"]

    @cached_property
    def leads(self) -> set[str]:
        """Return the numbers it announces references to; its own number in its title is none."""
        return {
            name
            for text, mention in self.mentions
            for name in mention.names()
            if mention.announced
            and (text != self.text or name != self.number or _is_sent(text, mention))
        }


def _is_sent(text: str, mention: Mention) -> bool:
    """Return whether the words before a reference send the reader there: it is no title's own."""
    sends = SENDS.search(text, max(mention.start - 100, 0), mention.start)
    return bool(sends) or only_refers(text, [mention])


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
    made = []
    for plan in proof.plans:
        naming = _naming(plan)
        lines = [replace(line, naming=naming) for one in plan.commitments for line in _lines(one)]
        made.append(Lines(lines, plan.origin, is_plan=True))
    return made


def _naming(plan: Plan) -> Naming:
    """Return how a plan names its lines where a reference's form alone does not tell it."""
    commitments = [one.reference for one in plan.commitments]
    printed = [*commitments, *(one.reference for one in plan.activities)]
    words = {m[1].casefold() for one in printed if (m := _CALLED.fullmatch(one.strip()))}
    heads = {m[1] for one in printed if (m := _CODE.fullmatch(one.strip()))}
    is_plain = any(one.strip().isdecimal() for one in printed)
    return Naming(frozenset(words), frozenset(heads), is_plain)


def all_lines(proof: Proof) -> list[Lines]:
    """Return the lines of each plan, and of documents without one their numbered parts."""
    made = lines_of_plans(proof)
    planned = {lines.origin.file for lines in made}
    for document in proof.documents:
        if document.file not in planned:
            breaks = [paper.origin.order for paper in proof.papers(document)]
            has_agenda = len(proof.contents(document)) >= _FEWEST_ITEMS
            for found in parts(document, breaks):
                lines = _parts(found, has_agenda=has_agenda)
                made.append(Lines(lines, found[0].origin, is_plan=False))
    return made


def part_mentions(text: str, naming: Naming) -> list[Mention]:
    """Return the references to numbered parts in a text: by their form, or by what they are called.

    "Action 7" names that part where parts are called so; "paragraph 7" the seventh in any case.
    """
    found = {m.start: m for m in mentions(text) if m.form == "plan"}
    for start, end in codes(text, naming.heads):
        last = found[max(found)] if found else None
        goes_on = bool(last and _JOINS.fullmatch(text[last.end : start]) and last.announced)
        if goes_on or is_announced(text, start) or _SAYS.match(text, end):
            found.setdefault(start, Mention(start, end, text[start:end], "plan", True))
    for pointer in part_pointers(text):
        of_agenda = pointer.what == "item" and naming.has_agenda
        if pointer.start in found or of_agenda or _OF_ANOTHER.match(text, pointer.end):
            continue
        start, end, label = pointer.start, pointer.end, pointer.label
        if pointer.what in naming.words:
            printed = f"{pointer.what.capitalize()} {pointer.number}"
        elif pointer.what in _PLAIN or (naming.is_plain and pointer.what in _PLAIN_LINES):
            printed = pointer.number
        else:
            continue
        found[start] = Mention(start, end, printed, "plan", True, label=label)
    return [_labelled(text, found[start]) for start in sorted(found)]


def _labelled(text: str, mention: Mention) -> Mention:
    """Return a reference with what words after it say it is: `HM-04 (Roads)`, `2.3 on roads`."""
    label = _CALLED_SO.match(text, mention.end)
    if mention.label or label is None:
        return mention
    return replace(mention, label=(label[1] or label[2] or label[3]).strip())


def _parts(found: list[Numbered], *, has_agenda: bool) -> list[Line]:
    """Return numbered parts as lines: their first words are their titles, the rest is said."""
    heads = frozenset(part.head for part in found)
    words = frozenset(word.casefold() for head in heads for word in head.split(" ")[:-1])
    return [_part(part, Naming(words, heads, has_agenda=has_agenda)) for part in found]


def _sending(said: list[str], naming: Naming) -> list[str]:
    """Return what sends the reader elsewhere, if there is nothing beside it but a few words."""
    sends = [piece for piece in said if only_refers(piece, part_mentions(piece, naming))]
    alone = [piece in sends or _is_field(piece) for piece in said]
    return sends if sends and all(alone) else said


def _is_field(piece: str) -> bool:
    """Return whether words may stand in a column of their own: an owner, a status, a board."""
    return len(piece.split()) <= _FEW and not piece.endswith((".", "!", "?"))


def _part(part: Numbered, naming: Naming) -> Line:
    pieces = pieces_of(part.text)
    title, said = pieces[0] if pieces else "", _sending(pieces[1:], naming)
    number = normal(part.number)
    parent = number.rpartition(".")[0]
    return Line(number, part.number, title, tuple(said), part.origin, "part", parent, naming)


def pieces_of(text: str) -> list[str]:
    """Return the cells, sentences and lines of a part; a line that goes on small is no new one."""
    whole = _LINE_ENDS.sub(" ", text)
    cut = [
        piece for line in re.split(r"[\t\n|]|\s{2,}", whole) for piece in _TITLE_ENDS.split(line)
    ]
    pieces = [_LABEL.sub("", piece, count=1).strip() for piece in cut]
    return [piece for piece in pieces if piece]


def _lines(commitment: Commitment) -> list[Line]:
    number = normal(commitment.reference)
    unnumbered = [a for a in commitment.activities if not a.reference.strip()]
    said = tuple(a.update for a in unnumbered if a.update.strip())
    reference, text, origin = commitment.reference, commitment.text, commitment.origin
    told = tuple(a.told for a in unnumbered if a.told)
    own = Line(number, reference, text, said, origin, "commitment", told=told)
    return [own, *(_line(a, number) for a in commitment.activities)]


def _line(activity: Activity, parent: str) -> Line:
    reference = activity.reference.strip()
    said = (activity.update,) if reference and activity.update.strip() else ()
    number = normal(reference)
    told = (activity.told,) if said and activity.told else ()
    origin = activity.origin
    return Line(number, reference, activity.text, said, origin, "activity", parent, told=told)
