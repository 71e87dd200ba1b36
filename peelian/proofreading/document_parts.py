"""The parts that documents have, and whether what a text points to is among them."""

from __future__ import annotations

import re

from peelian.intake.document import Document
from peelian.proofreading.findings import Confidence
from peelian.proofreading.proof import Proof
from peelian.recognition.numbering import Numbered, Pointer, captions, last_page, series
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
        "recommendation",
        "risk",
        "strand",
        "theme",
    ]
)
# "3. Priority 1: Roads", "Option 2 – Build"
_HEADED = re.compile(
    rf"\s*(?:\d{{1,2}}(?:\.\d{{1,2}})?[.)]?\s+)?(?P<what>(?i:{'|'.join(sorted(CALLED))}))\s+"
    r"(?P<number>\d{1,2})(?:\s*[.:–-]|\s+[A-Z]|\s*$)"
)
_WHOLE = re.compile(r"[0-9]{1,3}")
# An appendix that says no number, or says it in words, may be any.
_UNNUMBERED = re.compile(
    r"\s*(?:appendi(?:x|ces)|annex(?:e?s)?|schedules?)"
    r"(?:\s*[:–—-].{0,90}|\s+(?:one|two|three|four|five|i{1,3}|iv|vi{0,3})\b.{0,90}|\s*)",
    re.IGNORECASE,
)


def numbered_beside_plans(proof: Proof, document: Document) -> list[Numbered]:
    """Return a document's numbered paragraphs; a plan's lines are judged as such."""
    ranges = []
    for plan in proof.plans:
        if plan.origin.file == document.file:
            orders = [plan.origin.order, *(a.origin.order for a in plan.activities)]
            ranges.append((min(orders), max(orders)))
    return [
        one
        for one in proof.numbered(document)
        if not any(first <= one.origin.order <= last for first, last in ranges)
    ]


class Parts:
    """The parts that documents have: their captions together, paragraphs and pages for each."""

    def __init__(self, proof: Proof) -> None:
        found = [captions(document) for document in proof.documents]
        headed = {key for some, _listed in found for key in some}
        listed = {key for _headed, some in found for key in some}
        # Where no appendix is here, they are in files of their own, and the list of them counts.
        self._is_alone = not any(what == "appendix" for what, _number in headed)
        self._captions = headed | listed if self._is_alone else headed
        self._names = " ".join(d.file.casefold() for d in proof.documents)
        self._has_unnumbered = any(map(_has_unnumbered, proof.documents))
        self._pages = {d.file: last_page(d) for d in proof.documents}
        self._items = {d.file: _items(proof, d) for d in proof.documents}
        self._numbers: dict[str, dict[str, int]] = {}
        self._dotted: dict[str, set[str]] = {}
        self._tops: dict[str, set[int]] = {}
        for document in proof.documents:
            self._count(proof, document)

    def _count(self, proof: Proof, document: Document) -> None:
        """Note the numbered parts of a document, and how far each series goes."""
        highest = self._numbers.setdefault(document.file, {})
        every = proof.numbered(document)
        dotted = [one for one in every if one.head[:1].isdecimal()]
        self._dotted[document.file] = {one.number for one in dotted}
        self._tops[document.file] = {int(one.head.partition(".")[0]) for one in dotted}
        if len(dotted) >= _ENOUGH:
            for one in dotted:
                highest[one.head] = max(highest.get(one.head, 0), one.count)
        breaks = [paper.origin.order for paper in proof.papers(document)]
        for run in series(numbered_beside_plans(proof, document), breaks):
            highest[run[0].head] = max(highest.get(run[0].head, 0), *(x.count for x in run))
        for head, counts in _called(document).items():
            if counts == set(range(1, max(counts) + 1)):
                highest[head] = max(highest.get(head, 0), *counts)

    def lacks(self, document: Document, pointer: Pointer) -> bool:
        """Return whether there is surely no such part: others of its kind are there, it is not."""
        if pointer.what == "page":
            last = self._pages[document.file]
            return pointer.number.isdecimal() and last is not None and int(pointer.number) > last
        if pointer.what == "item":
            numbers = self._items[document.file]
            return len(numbers) >= _FEWEST_ITEMS and int(pointer.number) > max(numbers)
        if pointer.what in CALLED:
            highest = self._numbers[document.file].get(f"{pointer.what.capitalize()} ", 0)
            return pointer.number.isdecimal() and _FEWEST_CALLED <= highest < int(pointer.number)
        if pointer.what == "section":
            last = self._last_section(document)
            return _FEWEST_ITEMS <= last < int(pointer.number) <= last + _FARTHEST
        if pointer.what == "paragraph":
            return self._lacks_paragraph(document, pointer.number)
        return self._lacks_caption(pointer)

    def _last_section(self, document: Document) -> int:
        highest = self._numbers[document.file]
        return max([*self._tops[document.file], *(highest.get(h, 0) for h in ("", "Section "))])

    def _lacks_paragraph(self, document: Document, number: str) -> bool:
        head, dot, count = number.rpartition(".")
        if not count.isdecimal() or number in self._dotted[document.file]:
            return False
        highest = self._numbers[document.file].get(f"{head}{dot}", 0)
        if highest:
            return (2 if dot else _ENOUGH) <= highest < int(count)
        tops = self._tops[document.file]
        return bool(dot) and len(tops) > 2 and int(head.partition(".")[0]) > max(tops)

    def _lacks_caption(self, pointer: Pointer) -> bool:
        if f"{pointer.what} {pointer.number}".casefold() in self._names:
            return False
        known = (pointer.what, pointer.number) in self._captions
        if known or "." in pointer.number:
            return False
        return self._has_alike(pointer) or (pointer.what == "appendix" and not self._has_unnumbered)

    def _has_alike(self, pointer: Pointer) -> bool:
        """Return whether others of its kind have numbers, or letters, as it has."""
        alike = {number for what, number in self._captions if what == pointer.what}
        return any(number.isdecimal() == pointer.number.isdecimal() for number in alike)

    def sure(self, pointer: Pointer) -> Confidence:
        """Return how sure it is that a part is lacking: a list or an agenda may be read in part,
        and an appendix may be a file of its own."""
        by_list = pointer.what == "appendix" and (self._is_alone or not self._has_alike(pointer))
        doubtful = by_list or pointer.what in ("item", "section")
        return Confidence.POSSIBLE if doubtful else Confidence.LIKELY


def _items(proof: Proof, document: Document) -> set[int]:
    entries = proof.contents(document)
    return {int(entry.number) for entry in entries if _WHOLE.fullmatch(entry.number)}


def _called(document: Document) -> dict[str, set[int]]:
    """Return the numbers of what headings call `Priority 1: Roads`, by the word and a space."""
    called: dict[str, set[int]] = {}
    for line in raw_lines(document):
        match = _HEADED.match(line.text[:120]) if line.text[:80].strip() else None
        if match:
            called.setdefault(f"{match['what'].capitalize()} ", set()).add(int(match["number"]))
    return called


def _has_unnumbered(document: Document) -> bool:
    return any(
        _UNNUMBERED.fullmatch(line.text) and not line.text.rstrip().endswith(".")
        for line in raw_lines(document)
        if len(line.text) <= 120
    )
