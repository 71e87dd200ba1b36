"""The numbers of a document's own parts: given twice, out of order, or pointed to in vain."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import Document, Passage
from peelian.intake.numbers import ROMANS
from peelian.proofreading.document_parts import CALLED, Parts, numbered_beside_plans
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import place, shortened
from peelian.proofreading.references import BROKEN, DUPLICATE, MISORDERED, ORDERED
from peelian.proofreading.spoken import Minuted
from peelian.recognition.future import sentences
from peelian.recognition.numbering import (
    LEADS_ON,
    Numbered,
    is_explained,
    lettered_points,
    nth_point,
    repeated_points,
    series,
    strays,
)
from peelian.recognition.pointers import (
    DIVISIONS,
    Pointer,
    division_pointers,
    part_pointers,
    pointers,
    section_pointers,
    worded_pointers,
)

# "paragraph 6 of the report", "Table 2 in the strategy"; before it "Schedule 5, paragraph 2".
_OF_ANOTHER = expression(
    r"(?:\s*(?:,|and|&|to|-|–)\s*\d{1,3}(?:\.\d{1,2})*)*\s*(?:\([^()]{0,60}\)\s*)?"
    r"(?:of|to|in|within|from)\b(?!\s+(?:this|these)\b)"
)
# What minutes point to is elsewhere, unless they say that it is in them.
_OF_THIS = expression(r"\s+(?:of|in|to)\s+th(?:is|ese)\b|\s+(?:above|below)\b")
# … or that it is at the same meeting: `is dealt with under item 7`.
_SAME_MEETING = expression(
    r"\b(?:covered|dealt\s+with|discussed|minuted|recorded|reported|taken)\s+(?:under|at|in)\s+"
    r"(?:agenda\s+)?(?:item\s+)?$",
    re.IGNORECASE,
)
_IN_LAW = expression(r"\b(?:act|code|part|regulations?|schedule|section|guidance)\b", re.IGNORECASE)
# "its Annex 2", "the Commission's tables 3 and 7", "in the Commission's report, table 5"
_OF_ITS_OWN = expression(
    r"(?:[’']s?|\b(?:its|their|his|her|your|whose|own))\s+(?:[a-z]{4,10}s\s+\w{1,4}(?:,|\s+and|\s+to|\s*&)\s+)?$"
    r"|[’']s?\s+(?:\w+\s+){0,3}(?:bulletin|plan|report|return|review|statistics|strategy|survey),\s*$",
    re.IGNORECASE,
)
# "the report of the Commission, Appendix 2"
_IN_DOCUMENT = expression(
    r"\b(?:agreement|document|framework|guidance|letter|manual|policy|procedure|protocol|report|scheme|"
    r"strategy|plan(?=,))\b[^.;:()]{0,60},\s*(?:(?:in|at)\s+)?(?:sections?\s+)?$",
    re.IGNORECASE,
)
# "the protocol (paragraph 12)"
_IN_RULES = expression(
    r"\b(?:agreement|constitution|framework|guidance|manual|orders|policy|procedure|protocol|scheme|"
    r"standards)\s+\(\s*(?:(?:at|see)\s+)?(?:sections?\s+)?$",
    re.IGNORECASE,
)
# "(staff survey, table 5)", "(MTFP, January 2026, page 9)": what brackets name as a source
_IN_SOURCE = expression(
    r"\((?!(?:as|at|in|see|under)\b)[^()]{2,90},\s*(?:(?:in|at)\s+)?$", re.IGNORECASE
)
_TO_POINT = expression(
    r"\b(?:(?:at|in|see|under)\s+|(?:para(?:graph)?|point|minute|item)s?\s+(?:\d{1,3}(?:\.\d{1,2})?)?)"
    r"\(([a-h]|[ivx]{1,5})\)(?!\s*(?:of|to|in)\b)"
)
_APPENDED = expression(
    r"\b(?:is|are)\s+(?:now\s+)?(?:(?:attached|given|printed|reproduced|set\s+out|shown)\s+)?(?:at|as|in)\s+$",
    re.IGNORECASE,
)
_ENOUGH_POINTS = _ENOUGH_SECTIONS = 4
_SHOWS = expression(r"\s+(?:shows?|sets?|gives?|tells?|has|describes?)\b")
_SENDS = expression(r"\b(?:see|refer\w*|in|at|under|as)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_ON_ITS_OWN = expression(
    r"\b(?:separate(?:ly)?|website|web\s?page|online|circulated|exempt|restricted|confidential|"
    r"not\s+for\s+publication|(?:on|upon)\s+request|to\s+follow|available\s+(?:at|here|on|from)|"
    r"hyperlink|link)\b|https?:|www\.",
    re.IGNORECASE,
)
_CONTINUED = expression(r"\bcont(?:inued|[’']d|\.|d\b)", re.IGNORECASE)
_TITLE_FOLLOWS = expression(r"\s*[–:-]\s")
# "Agenda item 12" above a paper is its own number.
_HEADS = expression(
    r"[\W\d]*(?:(?:agenda|eitem|page|report|paper|supplementary|to|for|item|no|number)[\W\d]+){0,4}",
    re.IGNORECASE,
)


def _place(one: Numbered) -> Place:
    return Place(one.origin, shortened(f"{one.number} {one.text}"))


def _series(
    proof: Proof, document: Document, found: Sequence[Numbered] | None = None
) -> list[list[Numbered]]:
    found = numbered_beside_plans(proof, document) if found is None else found
    return series(found, [paper.origin.order for paper in proof.papers(document)])


@check(*DUPLICATE)
def stray_duplicates(proof: Proof) -> Iterator[Finding]:
    """Find numbers of a series that stand once more, away from their place in it."""
    for document in proof.documents:
        found = numbered_beside_plans(proof, document)
        runs = _series(proof, document, found)
        known = {x.number: x for run in reversed(runs) for x in reversed(run)}
        for one in strays(found, runs):
            first = known.get(one.number)
            if first and one.text[:1].isupper() and one.text != first.text:
                yield given_twice(first, one, Confidence.LIKELY)


@check(*DUPLICATE)
def duplicate_numbers(proof: Proof) -> Iterator[Finding]:
    """Find numbers that a document gives to two paragraphs or headings of one series."""
    for document in proof.documents:
        for run in (*_series(proof, document), *series(lettered_points(document))):
            for n in range(1, len(run)):
                before, one = run[n - 1], run[n]
                if one.count == before.count - 1 and one.count in {x.count for x in run[: n - 1]}:
                    first = next(x for x in run if x.count == one.count)
                    if is_another(before, one) and is_another(first, one):
                        yield given_twice(first, one, Confidence.LIKELY)
                # After 4, 4 may come 6: one of them was to be 5.
                goes_on = n + 1 == len(run) or run[n + 1].count - one.count in (1, 2) or one.head
                if one.count == before.count and goes_on and is_another(before, one):
                    is_plain = one.head[:1].isdecimal() or one.head.isupper()
                    certain = is_plain and before.text
                    sure = Confidence.CERTAIN if certain else Confidence.LIKELY
                    yield given_twice(before, one, sure)


def given_twice(first: Numbered, one: Numbered, sure: Confidence) -> Finding:
    """Return the finding that two parts have one number."""
    return Finding(
        _place(one),
        _("The number %(number)s is given twice.") % {"number": one.number},
        _("Give one of them a number of its own: a reference can mean either."),
        sure,
        (_place(first),),
    )


def is_another(before: Numbered, one: Numbered) -> bool:
    """Return whether two of one number are two parts: neither goes on with the other, nor does
    one stand in the middle of a sentence, whose line broke before a number."""
    wraps = one.text[:1].islower() and not before.text[:1].islower()
    bare = not one.text and not before.text  # each number fills its line
    return (bare or one.text != before.text) and not wraps and not _CONTINUED.search(one.text)


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
        for run in (*_series(proof, document), *series(lettered_points(document))):
            given = proof.numbered(document)
            counts = {x.count for x in given if x.head == run[0].head and _spans(run, x)}
            counts |= {one.count for one in run}
            for before, one in pairwise(run):
                if one.count == before.count - 1 and is_another(before, one):
                    yield _goes_back(before, one)
                elif _is_missing(before, one, counts) and _is_left_out(document, before, one):
                    yield _leaves_out(before, one)


def _is_left_out(document: Document, before: Numbered, one: Numbered) -> bool:
    """Return whether the number between two is nowhere between them; cells may be mixed up."""
    if document.format in ORDERED:
        return True
    missing = re.escape(f"{one.head}{before.count + 1}")
    begins = "" if one.head else r"^\s*"
    form = expression(rf"{begins}(?<![\w.]){missing}(?!\d)")
    first, last = before.origin.order, one.origin.order
    between = (x.text for x in document.lines if first <= x.origin.order < last)
    return not any(map(form.search, between)) and not is_explained(document, before.count + 1)


@check(*MISORDERED)
def stray_numbers(proof: Proof) -> Iterator[Finding]:
    """Find numbers that a series leaves out at their place and gives at another."""
    for document in proof.documents:
        found = numbered_beside_plans(proof, document)
        runs = _series(proof, document, found)
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
    is_own = one.head.isupper() or (one.head[:1].isdecimal() and one.head.endswith("."))
    is_code = is_own and counts >= set(range(1, before.count + 1))
    # Sections from 1 on: 1 to 7, and then 9.
    is_section = not one.head and counts >= set(range(1, before.count + 1))
    is_called = one.head.endswith(" ") and counts >= set(range(1, before.count + 1))
    least = 1 if is_code else _ENOUGH_SECTIONS - is_called
    ends = (is_code or is_section or is_called) and before.count > least
    return skips and (max(counts) > one.count or ends)


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
    parts = Parts(proof)
    for document in proof.documents:
        told: set[tuple[str, str]] = set()
        earlier = _minutes(proof, document)
        before = ""
        for passage in document.passages():
            order = passage.origin.order
            in_minutes = minuted.holds(passage) or any(a <= order < b for a, b in earlier)
            text, goes_on = passage.text, bool(LEADS_ON.search(before[-40:]))
            before = text
            found = (*pointers(text), *section_pointers(text), *_items(text))
            for pointer in (*found, *division_pointers(text)):
                appended = _is_appended(text, pointer) and parts.has_appendices()
                if in_minutes and not appended and not _is_of_this(text, pointer):
                    continue
                sure = parts.lacks(document, pointer, passage.at(pointer.start).order)
                if sure is None or _is_elsewhere(text, pointer, goes_on=goes_on):
                    continue
                if pointer.what == "appendix" and sure == Confidence.POSSIBLE:
                    # It may be a file of its own: once is enough.
                    if (pointer.what, pointer.number) in told or _ON_ITS_OWN.search(text):
                        continue
                    told.add((pointer.what, pointer.number))
                yield _broken(passage, pointer, sure)


@check(*BROKEN)
def broken_points(proof: Proof) -> Iterator[Finding]:
    """Find what sends the reader to a point of a list, `at (ix)`, that ends before it."""
    for document in proof.documents:
        runs = series(lettered_points(document))
        for passage in document.passages() if runs else ():
            for match in _TO_POINT.finditer(passage.text):
                at = passage.at(match.start())
                head = "(i" if match[1] in ROMANS else "("
                before = [r for r in runs if r[0].head == head and r[0].origin.order <= at.order]
                last = max((one.count for one in before[-1]), default=0) if before else 0
                if _ENOUGH_POINTS <= last < nth_point(match[1]):
                    number = f"({match[1]})"
                    pointer = Pointer(match.start(1), match.end(1), number, "point", number)
                    yield _broken(passage, pointer, Confidence.POSSIBLE)


def _is_of_this(text: str, pointer: Pointer) -> bool:
    """Return whether what minutes point to is in them."""
    near = text[max(pointer.start - 40, 0) : pointer.start]
    is_item = pointer.what == "item" and bool(_SAME_MEETING.search(near))
    return is_item or bool(_OF_THIS.match(text, pointer.end))


def _is_appended(text: str, pointer: Pointer) -> bool:
    """Return whether words say that something is printed in an appendix: `is at Appendix B`."""
    near = text[max(pointer.start - 40, 0) : pointer.start]
    return pointer.what == "appendix" and bool(_APPENDED.search(near))


def _minutes(proof: Proof, document: Document) -> list[tuple[int, int]]:
    """Return where papers begin and end that are called minutes, however they are numbered."""
    papers = [paper for paper in proof.papers(document) if paper.number]
    ends = [*(paper.origin.order for paper in papers[1:]), sys.maxsize]
    return [
        (paper.origin.order, end)
        for paper, end in zip(papers, ends, strict=False)
        if paper.title.casefold().startswith(("minutes", "draft minutes", "notes of"))
    ]


def _items(text: str) -> list[Pointer]:
    """Return the pointers to items, actions and the like, with their words: `item 12`."""
    found = []
    for pointer in (*part_pointers(text), *worded_pointers(text)):
        if "." in pointer.number:
            continue
        if pointer.what == "item":
            found.append(replace(pointer, printed=_("item %(n)s") % {"n": pointer.number}))
        elif pointer.what in CALLED:
            found.append(replace(pointer, printed=f"{pointer.what} {pointer.number}"))
    return found


def _is_elsewhere(text: str, pointer: Pointer, *, goes_on: bool = False) -> bool:
    """Return whether the words are a title themselves, or point into another document."""
    titled = pointer.what == "appendix" and _TITLE_FOLLOWS.match(text, pointer.end)
    begins_sentence = re.match(r"\s+[a-z]", text[pointer.end : pointer.end + 4])
    line = text[text.rfind("\n", 0, pointer.start) + 1 : pointer.start]
    heads = _HEADS.fullmatch(line) and pointer.what == "item"
    if pointer.what in DIVISIONS and not _is_sent(text, pointer):
        return True
    if heads and not begins_sentence:
        return True
    if (pointer.start == 0 and not begins_sentence and not goes_on) or titled:
        return True
    before = text[max(pointer.start - 40, 0) : pointer.start]
    in_law = _IN_LAW.search(before) if pointer.what in ("paragraph", "appendix") else None
    if in_law and (pointer.what == "paragraph" or "ection" not in in_law[0]):
        return True
    if _OF_ITS_OWN.search(before):
        return True
    if pointer.what in ("paragraph", "section") and _IN_RULES.search(before):
        return True
    if _IN_SOURCE.search(text[max(pointer.start - 90, 0) : pointer.start]):
        return True
    named = pointer.what in ("paragraph", "appendix", "section")
    if named and _IN_DOCUMENT.search(text[max(pointer.start - 90, 0) : pointer.start]):
        return True
    return bool(_OF_ANOTHER.match(text, pointer.end))


def _is_sent(text: str, pointer: Pointer) -> bool:
    """Return whether words send the reader to what, with its capital, may be a name as well."""
    sends = _SENDS.search(text, max(pointer.start - 60, 0), pointer.start)
    return bool(sends or _SHOWS.match(text, pointer.end))


def _broken(passage: Passage, pointer: Pointer, sure: Confidence) -> Finding:
    spans = list(sentences(passage.text)) or [(0, len(passage.text))]
    start, end = next((s for s in spans if s[0] <= pointer.start < s[1]), spans[0])
    return Finding(
        place(passage, start, end, pointer.start),
        _("There is no “%(printed)s” here.") % {"printed": pointer.printed},
        _("Correct the number, add what is missing, or say in which document it stands."),
        sure,
    )
