"""The parts that documents have, and whether what a text points to is among them."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from peelian.expressions import expression
from peelian.intake.document import Document
from peelian.proofreading.findings import Confidence
from peelian.proofreading.proof import Proof
from peelian.recognition.captions import Caption, captions
from peelian.recognition.numbering import Numbered, last_page, series
from peelian.recognition.pointers import DIVISIONS, NUMBER_WORDS, Pointer
from peelian.recognition.printed import raw_lines

# A series shorter than this may have lost its later numbers on the way.
_ENOUGH = 5
_FEWEST_ITEMS = 4
_FEWEST_CALLED = 3  # `Option 1` to `Option 3` are all that there are
_FARTHEST = 8  # sections beyond the last: a higher number is of a law
CALLED = frozenset(
    [
        "action",
        "aim",
        "chapter",
        "commitment",
        "decision",
        "goal",
        "objective",
        "option",
        "outcome",
        "pledge",
        "principle",
        "priority",
        "question",
        "rec",
        "recommendation",
        "risk",
        "strand",
        "theme",
    ]
)
# "3. Priority 1: Roads", "Option 2 – Build"
_HEADS = {*CALLED, *map(str.casefold, DIVISIONS)}
# "Part 2: Progress", "Section C  Money"
_DIVIDED = expression(
    rf"\s*(?P<what>(?i:{'|'.join(DIVISIONS)}))\s+(?P<number>\d{{1,2}}|[A-Z])"
    r"(?:\s*[.:–-]\s*(?=\S)|\s+[A-Z]|\s*$)"
)
_HEADED = expression(
    rf"\s*(?:\d{{1,2}}(?:\.\d{{1,2}})?[.)]?\s+)?(?P<what>(?i:{'|'.join(sorted(CALLED))}))\s+"
    rf"(?P<number>\d{{1,2}}|(?i:{'|'.join(NUMBER_WORDS)}))(?:\s*[.:–-]|\s+[A-Z]|\s*$)"
)
_CAPTIONED = ("figure", "table")  # what a chart is called may stand within its picture
_WHOLE = expression(r"[0-9]{1,3}")
# An appendix that says no number, or says it in words, may be any.
_UNNUMBERED = expression(
    r"\s*(?:appendi(?:x|ces)|annex(?:e?s)?|schedules?)"
    r"(?:\s*[:–—-].{0,90}|\s+(?:one|two|three|four|five|i{1,3}|iv|vi{0,3})\b.{0,90}|\s*)",
    re.IGNORECASE,
)


def numbered_beside_plans(proof: Proof, document: Document) -> list[Numbered]:
    """Return a document's numbered paragraphs; a plan's lines are judged as such."""
    return _beside_plans(proof, document, proof.numbered(document))


def _beside_plans(proof: Proof, document: Document, found: Sequence[Numbered]) -> list[Numbered]:
    ranges = []
    for plan in proof.plans:
        if plan.origin.file == document.file:
            orders = [plan.origin.order, *(a.origin.order for a in plan.activities)]
            ranges.append((min(orders), max(orders)))
    return [
        one for one in found if not any(first <= one.origin.order <= last for first, last in ranges)
    ]


@dataclass
class _Scope:
    """The numbered parts of a document, or of one paper in it."""

    highest: dict[str, int] = field(default_factory=dict)
    dotted: set[str] = field(default_factory=set)
    tops: set[int] = field(default_factory=set)
    counted: set[int] = field(default_factory=set)  # the whole numbers there are
    captions: set[tuple[str, str]] = field(default_factory=set)

    def count(self, found: Sequence[Numbered], runs: Iterable[Sequence[Numbered]]) -> None:
        """Note the numbered parts, and how far each series of them goes."""
        self.counted = {one.count for one in found if not one.head}
        dotted = [one for one in found if one.head[:1].isdecimal()]
        self.dotted = {one.number for one in dotted}
        self.tops = {int(one.head.partition(".")[0]) for one in dotted}
        if len(dotted) >= _ENOUGH:
            for one in dotted:
                self.reaches(one.head, one.count)
        for run in runs:
            self.reaches(run[0].head, max(one.count for one in run))

    def reaches(self, head: str, count: int) -> None:
        """Note that a series goes so far."""
        self.highest[head] = max(self.highest.get(head, 0), count)

    def lacks_section(self, number: str) -> bool:
        """Return whether sections end before a number, and not far before."""
        tops = [self.highest.get("", 0), self.highest.get("Section ", 0)]
        last, count = max([*self.tops, *tops]), int(number)
        there = self.tops | self.counted
        if (
            count not in there
            and {count - 1, count + 1} <= there
            and not self.highest.get("Section ")
        ):
            return len(self.tops) >= _FEWEST_ITEMS
        return _FEWEST_ITEMS <= last < count <= last + _FARTHEST

    def lacks_paragraph(self, number: str) -> bool:
        """Return whether the paragraphs of its section end before a number."""
        head = number.rstrip("0123456789")
        count = int(number[len(head) :] or 0)
        if not count or number in self.dotted:
            return False
        highest = self.highest.get(head, 0)
        if highest:
            is_between = not head and {count - 1, count + 1} <= self.counted
            is_left_out = is_between and count not in self.counted
            least = (1 if len(self.tops) >= _FEWEST_ITEMS else 2) if head else _ENOUGH
            return is_left_out or least <= highest < count
        top = head.partition(".")[0]
        sections = self.tops if len(self.tops) > 2 else self._whole_sections()
        return top.isdecimal() and bool(sections) and int(top) > max(sections)

    def _whole_sections(self) -> set[int]:
        """Return the sections that are numbered from 1 on without numbers within; none of few."""
        last = self.highest.get("", 0)
        is_series = not self.tops and self.counted >= set(range(1, last + 1))
        return set(range(1, last + 1)) if is_series and last >= _ENOUGH else set()

    def has_alike(self, pointer: Pointer) -> bool:
        """Return whether others of its kind have numbers, or letters, as it has."""
        alike = {number for what, number in self.captions if what == pointer.what}
        return any(number.isdecimal() == pointer.number.isdecimal() for number in alike)

    def has_any(self, what: str) -> bool:
        """Return whether there is a caption of a kind."""
        return any(known == what for known, _number in self.captions)


class Parts:
    """The parts that documents have: their captions together, paragraphs and pages for each."""

    def __init__(self, proof: Proof) -> None:
        found = {document.file: document.once(captions) for document in proof.documents}
        headed = {one.key for some in found.values() for one in some if not one.is_listed}
        listed = {one.key for some in found.values() for one in some if one.is_listed}
        # Where no appendix is here, they are in files of their own, and the list of them counts.
        self._is_alone = not any(what == "appendix" for what, _number in headed)
        self._captions = _Scope(captions=headed | listed if self._is_alone else headed)
        self._names = " ".join(d.file.casefold() for d in proof.documents)
        self._has_unnumbered = any(map(_has_unnumbered, proof.documents))
        self._pages = {d.file: last_page(d) for d in proof.documents}
        self._items = {d.file: _items(proof, d) for d in proof.documents}
        self._whole: dict[str, _Scope] = {}
        self._begins: dict[str, list[int]] = {}
        self._papers: dict[str, list[_Scope]] = {}
        for document in proof.documents:
            self._read(proof, document, found[document.file])

    def _read(self, proof: Proof, document: Document, found: Sequence[Caption]) -> None:
        """Read the numbered parts of a document as a whole, and of each paper in it."""
        agenda = {entry.origin.order for entry in proof.contents(document)}
        every = [
            one for one in proof.numbered(document) if one.head or one.origin.order not in agenda
        ]
        beside = _beside_plans(proof, document, every)
        runs = series(beside, [paper.origin.order for paper in proof.papers(document)])
        whole = self._whole[document.file] = _Scope()
        whole.count(every, runs)
        for head, counts in _called(document).items():
            if counts == set(range(1, max(counts) + 1)):
                whole.reaches(head, max(counts))
        begins = self._begins[document.file] = beginnings(proof, document)
        self._papers[document.file] = []
        for first, last in pairwise([*begins, sys.maxsize]):
            own = _Scope(captions={one.key for one in found if first <= one.order < last})
            own.count(
                [one for one in every if first <= one.origin.order < last],
                [run for run in runs if first <= run[0].origin.order < last],
            )
            self._papers[document.file].append(own)

    def _paper(self, document: Document, order: int) -> _Scope | None:
        """Return the paper in which a place is, None where it is in none."""
        at = bisect_right(self._begins[document.file], order)
        return self._papers[document.file][at - 1] if at else None

    def has_appendices(self) -> bool:
        """Return whether the documents print or list an appendix by its number or letter."""
        return self._captions.has_any("appendix")

    def lacks(self, document: Document, pointer: Pointer, order: int) -> Confidence | None:
        """Return how surely there is no such part, None where there may be one.

        `order` is where the pointer stands: what only another paper has is possibly not meant.
        """
        own = self._paper(document, order)
        if self._lacks(document, pointer):
            return self._sure(pointer)
        if own is None:
            return None
        if pointer.what == "section":
            is_lacking = own.lacks_section(pointer.number)
        elif pointer.what == "paragraph":
            is_lacking = own.lacks_paragraph(pointer.number)
        else:
            known = (pointer.what, pointer.number) in own.captions
            is_lacking = not known and "." not in pointer.number and own.has_alike(pointer)
        return Confidence.POSSIBLE if is_lacking else None

    def _lacks(self, document: Document, pointer: Pointer) -> bool:
        """Return whether others of a kind are in the documents, and this is not."""
        whole, number = self._whole[document.file], pointer.number
        if pointer.what == "page":
            last = self._pages[document.file]
            return number.isdecimal() and last is not None and int(number) > last
        if pointer.what == "item":
            items = self._items[document.file]
            return len(items) >= _FEWEST_ITEMS and int(number) > max(items)
        if pointer.what in CALLED:
            highest = whole.highest.get(f"{pointer.what.capitalize()} ", 0)
            return number.isdecimal() and _FEWEST_CALLED <= highest < int(number)
        if pointer.what == "section":
            return whole.lacks_section(number)
        if pointer.what == "paragraph":
            return whole.lacks_paragraph(number)
        if pointer.what in DIVISIONS:
            highest = whole.highest.get(_division(pointer.what, number), 0)
            return 1 < highest < _nth(number) <= highest + _FARTHEST
        named = f"{pointer.what} {number}".casefold() in self._names
        if named or (pointer.what, number) in self._captions.captions or "." in number:
            return False
        if pointer.what == "appendix":
            return not self._has_unnumbered or self._captions.has_alike(pointer)
        none = pointer.what in _CAPTIONED and not self._captions.has_any(pointer.what)
        return none or self._captions.has_alike(pointer)

    def _sure(self, pointer: Pointer) -> Confidence:
        """Return how sure it is that a part is lacking: a list or an agenda may be read in part,
        and an appendix may be a file of its own."""
        alike = self._captions.has_alike(pointer)
        alone = pointer.what == "appendix" and (self._is_alone or not alike)
        alone |= pointer.what in _CAPTIONED and not alike
        doubtful = alone or pointer.what in ("item", "section", *DIVISIONS)
        return Confidence.POSSIBLE if doubtful else Confidence.LIKELY


def beginnings(proof: Proof, document: Document) -> list[int]:
    """Return where the papers of items begin; what is appended to one belongs to it."""
    begins: list[int] = []
    number = ""
    for paper in proof.papers(document):
        if paper.number and paper.number != number:
            number = paper.number
            begins.append(paper.origin.order)
    return sorted(begins) if len(begins) > 1 else []


def _items(proof: Proof, document: Document) -> set[int]:
    """Return the numbers of the agenda's items; without one, of minutes that begin with item 1."""
    entries = proof.contents(document)
    items = {int(entry.number) for entry in entries if _WHOLE.fullmatch(entry.number)}
    of_it = [one for one in proof.minutes if one.origin.file == document.file]
    if items or len(of_it) != 1:
        return items
    minuted = {int(one.number) for one in of_it[0].items if _WHOLE.fullmatch(one.number)}
    return minuted if minuted == set(range(1, len(minuted) + 1)) else set()


def _called(document: Document) -> dict[str, set[int]]:
    """Return the numbers of what headings call `Priority 1: Roads`, by the word and a space."""
    called: dict[str, set[int]] = {}
    for line in raw_lines(document):
        if _HEADS.isdisjoint(line.text[:40].casefold().split()[:2]):
            continue
        match = _HEADED.match(line.text[:120])
        divided = None if match else _DIVIDED.match(line.text[:120])
        if divided and not line.text.rstrip().endswith((".", ",")):
            head = _division(divided["what"].capitalize(), divided["number"])
            called.setdefault(head, set()).add(_nth(divided["number"]))
        if match:
            said = match["number"].casefold()
            number = int(said) if said.isdecimal() else NUMBER_WORDS.index(said) + 1
            called.setdefault(f"{match['what'].capitalize()} ", set()).add(number)
    return called


def _division(what: str, number: str) -> str:
    """Return what the parts of a kind share that are numbered, or go by letters."""
    return f"{what} " if number.isdecimal() else f"{what} A"


def _nth(number: str) -> int:
    """Return which one of its kind a part is, by its number or letter."""
    return int(number) if number.isdecimal() else ord(number) - ord("A") + 1


def _has_unnumbered(document: Document) -> bool:
    return any(
        _UNNUMBERED.fullmatch(line.text) and not line.text.rstrip().endswith(".")
        for line in raw_lines(document)
        if len(line.text) <= 120
    )
