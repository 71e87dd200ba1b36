"""The numbers of a document's own parts: given twice, out of order, or pointed to in vain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from django.utils.translation import gettext as _

from peelian.intake.document import Document, Passage
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import place, shortened
from peelian.proofreading.references import BROKEN, DUPLICATE, MISORDERED, ORDERED
from peelian.proofreading.spoken import Minuted
from peelian.recognition.future import sentences
from peelian.recognition.numbering import (
    Numbered,
    Pointer,
    captions,
    last_page,
    part_pointers,
    pointers,
    repeated_points,
    series,
    strays,
)

# "paragraph 6 of the report", "Table 2 in the strategy"; before it "Schedule 5, paragraph 2".
_OF_ANOTHER = re.compile(
    r"(?:\s*(?:,|and|&|to|-|–)\s*\d{1,3}(?:\.\d{1,2})*)*\s*(?:\([^()]{0,60}\)\s*)?"
    r"(?:of|to|in|within|from)\b(?!\s+(?:this|these)\b)"
)
_IN_LAW = re.compile(r"\b(?:act|code|part|regulations?|schedule|section|guidance)\b", re.IGNORECASE)
_TITLE_FOLLOWS = re.compile(r"\s*[–:-]\s")
# "Agenda item 12" above a paper is its own number.
_HEADS = re.compile(
    r"[\W\d]*(?:(?:agenda|report|paper|supplementary|to|for|item|no|number)\W+){0,4}", re.IGNORECASE
)
# A series shorter than this may have lost its later numbers on the way.
_ENOUGH = 5
_FEWEST_ITEMS = 4
CALLED = frozenset(
    [
        "action",
        "commitment",
        "decision",
        "objective",
        "outcome",
        "priority",
        "question",
        "recommendation",
        "risk",
    ]
)
_WHOLE = re.compile(r"[0-9]{1,3}")


def _place(one: Numbered) -> Place:
    return Place(one.origin, shortened(f"{one.number} {one.text}"))


def _numbered(proof: Proof, document: Document) -> list[Numbered]:
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


def _series(proof: Proof, document: Document) -> list[list[Numbered]]:
    return series(_numbered(proof, document))


@check(*DUPLICATE)
def stray_duplicates(proof: Proof) -> Iterator[Finding]:
    """Find numbers of a series that stand once more, away from their place in it."""
    for document in proof.documents:
        found = _numbered(proof, document)
        runs = series(found)
        known = {x.number: x for run in reversed(runs) for x in reversed(run)}
        for one in strays(found, runs):
            first = known.get(one.number)
            if first and one.text[:1].isupper() and one.text != first.text:
                yield Finding(
                    _place(one),
                    _("The number %(number)s is given twice.") % {"number": one.number},
                    _("Give one of them a number of its own: a reference can mean either."),
                    Confidence.LIKELY,
                    (_place(first),),
                )


@check(*DUPLICATE)
def duplicate_numbers(proof: Proof) -> Iterator[Finding]:
    """Find numbers that a document gives to two paragraphs or headings of one series."""
    for document in proof.documents:
        for run in _series(proof, document):
            for n in range(1, len(run)):
                before, one = run[n - 1], run[n]
                goes_on = n + 1 == len(run) or run[n + 1].count == one.count + 1 or one.head
                if one.count == before.count and goes_on and one.text != before.text:
                    yield Finding(
                        _place(one),
                        _("The number %(number)s is given twice.") % {"number": one.number},
                        _("Give one of them a number of its own: a reference can mean either."),
                        Confidence.CERTAIN if one.head else Confidence.LIKELY,
                        (_place(before),),
                    )


@check(*DUPLICATE)
def repeated_in_lists(proof: Proof) -> Iterator[Finding]:
    """Find lists within a text that give a number twice: (1), (2), (2), (3)."""
    for document in proof.documents:
        for passage in document.passages():
            for start, number in repeated_points(passage.text):
                yield Finding(
                    place(passage, max(start - 120, 0), start + 120, start),
                    _("The list gives the number (%(number)s) twice.") % {"number": number},
                    _("Number the points anew, so that each can be referred to."),
                    Confidence.LIKELY,
                )


@check(*MISORDERED)
def misordered_numbers(proof: Proof) -> Iterator[Finding]:
    """Find numbered paragraphs or headings that go back, or leave a number out."""
    for document in proof.documents:
        for run in _series(proof, document):
            counts = {one.count for one in run}
            for before, one in pairwise(run):
                if one.count == before.count - 1:
                    yield _goes_back(before, one)
                elif document.format in ORDERED and _is_missing(before, one, counts):
                    yield _leaves_out(before, one)


@check(*MISORDERED)
def stray_numbers(proof: Proof) -> Iterator[Finding]:
    """Find numbers that a series leaves out at their place and gives at another."""
    for document in proof.documents:
        found = _numbered(proof, document)
        runs = series(found)
        known = {x.number for run in runs for x in run}
        for one in strays(found, runs):
            if one.text[:1].isupper() and (one.number not in known or not one.head):
                run = next(r for r in runs if r[0].head == one.head and _spans(r, one))
                yield _goes_back([x for x in run if x.origin.order < one.origin.order][-1], one)


def _spans(run: list[Numbered], one: Numbered) -> bool:
    return run[0].origin.order < one.origin.order < run[-1].origin.order


def _is_missing(before: Numbered, one: Numbered, counts: set[int]) -> bool:
    """Return whether one number is left out between two, and the series goes on after them."""
    skips = one.count == before.count + 2 and before.count + 1 not in counts
    return skips and max(counts) > one.count


def _goes_back(before: Numbered, one: Numbered) -> Finding:
    says = {"number": one.number, "before": before.number}
    return Finding(
        _place(one),
        _("%(number)s stands after %(before)s.") % says,
        _("Put them in order, or correct the number."),
        Confidence.LIKELY,
        (_place(before),),
    )


def _leaves_out(before: Numbered, one: Numbered) -> Finding:
    says = {"number": one.number, "before": before.number}
    return Finding(
        _place(one),
        _("After %(before)s comes %(number)s.") % says,
        _("See whether a paragraph is missing, or number them anew."),
        Confidence.POSSIBLE,
        (_place(before),),
    )


@check(*BROKEN)
def broken_pointers(proof: Proof) -> Iterator[Finding]:
    """Find pointers to a paragraph, appendix, table, figure or page that is in no document."""
    minuted = Minuted(proof)
    parts = _Parts(proof)
    for document in proof.documents:
        for passage in document.passages():
            if minuted.holds(passage):
                continue
            for pointer in (*pointers(passage.text), *_items(passage.text)):
                if parts.lacks(document, pointer) and not _is_elsewhere(passage.text, pointer):
                    yield _broken(passage, pointer, parts.sure(pointer))


def _items(text: str) -> list[Pointer]:
    """Return the pointers to items, actions and the like, with their words: `item 12`."""
    found = []
    for pointer in part_pointers(text):
        if "." in pointer.number:
            continue
        if pointer.what == "item":
            found.append(replace(pointer, printed=_("item %(n)s") % {"n": pointer.number}))
        elif pointer.what in CALLED:
            found.append(replace(pointer, printed=f"{pointer.what} {pointer.number}"))
    return found


class _Parts:
    """The parts that documents have: their captions together, paragraphs and pages for each."""

    def __init__(self, proof: Proof) -> None:
        found = [captions(document) for document in proof.documents]
        headed = {key for some, _listed in found for key in some}
        listed = {key for _headed, some in found for key in some}
        # Where no appendix is here, they are in files of their own, and the list of them counts.
        appendices = any(what == "appendix" for what, _number in headed)
        self._captions = headed if appendices else headed | listed
        self._headed = {what for what, _number in headed}
        self._names = " ".join(d.file.casefold() for d in proof.documents)
        self._pages = {d.file: last_page(d) for d in proof.documents}
        self._items = {
            file: {int(entry.number) for entry in entries if _WHOLE.fullmatch(entry.number)}
            for file, entries in ((d.file, proof.contents(d)) for d in proof.documents)
        }
        self._numbers: dict[str, dict[str, int]] = {}
        self._dotted: dict[str, set[str]] = {}
        self._tops: dict[str, set[int]] = {}
        for document in proof.documents:
            highest = self._numbers.setdefault(document.file, {})
            every = proof.numbered(document)
            dotted = [one for one in every if one.head[:1].isdecimal()]
            self._dotted[document.file] = {one.number for one in dotted}
            self._tops[document.file] = {int(one.head.partition(".")[0]) for one in dotted}
            if len(dotted) >= _ENOUGH:
                for one in dotted:
                    highest[one.head] = max(highest.get(one.head, 0), one.count)
            for run in _series(proof, document):
                highest[run[0].head] = max(highest.get(run[0].head, 0), *(x.count for x in run))

    def lacks(self, document: Document, pointer: Pointer) -> bool:
        """Return whether there is surely no such part: others of its kind are there, it is not."""
        if pointer.what == "page":
            last = self._pages[document.file]
            return pointer.number.isdecimal() and last is not None and int(pointer.number) > last
        if pointer.what == "item":
            numbers = self._items.get(document.file, set())
            return len(numbers) >= _FEWEST_ITEMS and int(pointer.number) > max(numbers)
        if pointer.what in CALLED:
            highest = self._numbers[document.file].get(f"{pointer.what.capitalize()} ", 0)
            return pointer.number.isdecimal() and _FEWEST_ITEMS <= highest < int(pointer.number)
        if pointer.what == "paragraph":
            head, dot, count = pointer.number.rpartition(".")
            if not count.isdecimal() or pointer.number in self._dotted[document.file]:
                return False
            highest = self._numbers[document.file].get(f"{head}{dot}", 0)
            if highest:
                return (2 if dot else _ENOUGH) <= highest < int(count)
            tops = self._tops[document.file]
            return bool(dot) and len(tops) > 2 and int(head.partition(".")[0]) > max(tops)
        if f"{pointer.what} {pointer.number}".casefold() in self._names:
            return False
        known = (pointer.what, pointer.number) in self._captions
        alike = {n for what, n in self._captions if what == pointer.what}
        same_kind = any(n.isdecimal() == pointer.number.isdecimal() for n in alike)
        return same_kind and not known and "." not in pointer.number

    def sure(self, pointer: Pointer) -> Confidence:
        """Return how sure it is that a part is lacking: a list or an agenda may be read in part."""
        by_list = pointer.what == "appendix" and "appendix" not in self._headed
        return Confidence.POSSIBLE if by_list or pointer.what == "item" else Confidence.LIKELY


def _is_elsewhere(text: str, pointer: Pointer) -> bool:
    """Return whether the words are a title themselves, or point into another document."""
    titled = pointer.what == "appendix" and _TITLE_FOLLOWS.match(text, pointer.end)
    begins_sentence = re.match(r"\s+[a-z]", text[pointer.end : pointer.end + 4])
    line = text[text.rfind("\n", 0, pointer.start) + 1 : pointer.start]
    heads = _HEADS.fullmatch(line) and pointer.what == "item"
    if heads and not begins_sentence:
        return True
    if (pointer.start == 0 and not begins_sentence) or titled:
        return True
    before = text[max(pointer.start - 40, 0) : pointer.start]
    if pointer.what == "paragraph" and _IN_LAW.search(before):
        return True
    return bool(_OF_ANOTHER.match(text, pointer.end))


def _broken(passage: Passage, pointer: Pointer, sure: Confidence) -> Finding:
    spans = list(sentences(passage.text)) or [(0, len(passage.text))]
    start, end = next((s for s in spans if s[0] <= pointer.start < s[1]), spans[0])
    return Finding(
        place(passage, start, end, pointer.start),
        _("There is no “%(printed)s” here.") % {"printed": pointer.printed},
        _("Correct the number, add what is missing, or say in which document it stands."),
        sure,
    )
