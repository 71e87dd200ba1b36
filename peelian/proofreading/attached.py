"""Documents that a text says are attached, or among the papers, and that are not there."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Document, Passage
from peelian.proofreading.document_parts import beginnings
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import place, shortened
from peelian.proofreading.references import BROKEN
from peelian.proofreading.spoken import Minuted
from peelian.recognition.captions import Caption, captions
from peelian.recognition.future import sentence_at
from peelian.recognition.pointers import pointers
from peelian.recognition.references import significant

_KIND = (
    r"(?:breakdowns?|cop(?:y|ies)|documents?|forms?|leaflets?|letters?|lists?|maps?|notes?|papers?|"
    r"plans?|reports?|responses?|schedules?|slides|spreadsheets?|statements?|strateg(?:y|ies)|"
    r"summar(?:y|ies)|tables?|terms\s+of\s+reference|timetables?)"
)
_ATTACHED = expression(
    rf"\b(?:the|a|an|this|her|his|its|their|my|our)\s+(?:[\w’'-]+\s+){{0,4}}?{_KIND}"
    r"(?:\s+of\s+(?:the\s+)?(?:[\w’'-]+\s+){0,3}[\w’'-]+)?\s+"
    r"(?:(?:is|are)\s+)?(?:attached|enclosed|appended)\b"
    rf"|\b(?:the|see|see\s+the)\s+(?:attached|enclosed|appended)\s+(?:[\w’'-]+\s+){{0,3}}?{_KIND}\b",
    re.IGNORECASE,
)
_NO_SUBJECT = significant(
    "attached enclosed appended copy copies see the this her his its their my"
)
_ELSEWHERE = expression(
    r"\b(?:attached|available|circulated|enclosed|exempt|follow|here|online|published|separate\w*|website|www)\b",
    re.IGNORECASE,
)
_SHORT = 100  # letters of a heading under which it may follow
_BELOW = 3  # lines under the last item of an agenda
# "referenced in the budget report": of a title in small letters, and of nobody else.
_WORDS = r"(?:[a-z][a-z’'-]+\s+){1,4}?"
_AMONG = expression(
    r"\b(?:(?:referenced|referred\s+to|covered|reported(?:\s+on)?|[Ss]ee(?:\s+also)?|described|detailed|"
    r"shown|set\s+out|given|included|explained|provided|addressed|discussed|outlined|contained|found)\s+"
    r"(?:further\s+|also\s+)?in\s+the|(?:[Ss]ee|refer\s+to)(?:\s+also)?\s+the)\s+"
    rf"(?P<title>{_WORDS})(?:report|paper|briefing|register)\b"
    r"(?!\s+(?:of|by|from|published|to|for|on|that|which|in)\b)(?=\s*[.,;)])",
    needs="report|paper|briefing|register",
)
_ON_AGENDA = expression(
    rf"\b[Tt]he\s+(?P<title>{_WORDS})(?:report|paper|briefing|register|strategy|plan)\b,?\s+"
    r"(?:(?:which|that)\s+is\s+)?(?:also\s+|elsewhere\s+|later\s+)?"
    r"(?:in\s+(?:this|today[’']?s)\s+(?:pack|papers)|in\s+these\s+papers|"
    r"on\s+(?:this|today[’']?s)\s+agenda|(?:elsewhere|later)\s+on\s+the\s+agenda)\b",
    needs="pack|papers|agenda",
)
_NO_TITLE = significant("above annual attached cover covering final full latest main next summary")
# What others write, or was before, is not among the papers of a pack.
_OF_OTHERS = significant(
    "academic coroner earlier evaluation external force government home independent inquest inquiry"
    " inspection inspectorate investigation last national ombudsman original peer police previous"
    " published research same thematic"
)
_HINT = expression(
    r"\b(?:attached|enclosed|appended)\b",
    re.IGNORECASE,
    needs="attached|enclosed|appended",
)
_FEWEST_PAPERS = 2
_WHOLE_AGENDA = 3  # items: then what has no item is no paper here


@check(*BROKEN)
def missing_attachments(proof: Proof) -> Iterator[Finding]:
    """Find what is said to be attached to an update, or to a paper without any appendix."""
    found = {document.file: document.once(captions) for document in proof.documents}
    appendices = {
        file: [one.order for one in some if one.what == "appendix"] for file, some in found.items()
    }
    has_appendix = any(appendices.values())
    minuted = Minuted(proof)
    for document in proof.documents:
        listed = [entry.origin.order for entry in proof.contents(document)]
        agenda = range(min(listed), max(listed) + _BELOW + 1) if listed else range(0)
        for block in document.blocks:
            if not _HINT.search(block.text) or block.origin.order in agenda:
                continue
            is_update = block.kind == BlockKind.ROW or _is_planned(proof, block)
            first, last = _paper(proof, document, block.origin.order)
            within = [order for order in appendices[document.file] if first <= order < last]
            is_bare = not within if first else not has_appendix
            for passage in block.passages():
                said = _ATTACHED.search(passage.text) if is_update or is_bare else None
                alone = said and not _is_at_appendix(passage, said) and not minuted.holds(passage)
                if said and alone and not _follows(document, block, said[0], last):
                    yield _missing(passage, said)


def _paper(proof: Proof, document: Document, order: int) -> tuple[int, int]:
    """Return where the paper begins and ends in which a place is; from 0 where it is in none."""
    begins = beginnings(proof, document)
    at = bisect_right(begins, order)
    ends = [*begins, sys.maxsize]
    return (begins[at - 1], ends[at]) if at else (0, ends[0] if begins else sys.maxsize)


def _follows(document: Document, block: Block, said: str, last: int) -> bool:
    """Return whether what is said to be attached has a heading further on in the paper."""
    wanted = significant(said) - _NO_SUBJECT
    return bool(wanted) and any(
        wanted <= significant(other.text)
        for other in document.blocks
        if block.origin.order < other.origin.order < last and len(other.text) <= _SHORT
    )


@check(*BROKEN)
def missing_papers(proof: Proof) -> Iterator[Finding]:
    """Find reports of a pack that its text refers to, and that no paper or item is called after."""
    papers = [paper for document in proof.documents for paper in proof.papers(document)]
    entries = [entry for document in proof.documents for entry in proof.contents(document)]
    if len(papers) < _FEWEST_PAPERS:
        return
    titles = [*(paper.title for paper in papers), *(entry.title for entry in entries)]
    if len(entries) < _WHOLE_AGENDA:
        blocks = [block for document in proof.documents for block in document.blocks]
        titles += [block.text for block in blocks if block.kind == BlockKind.HEADING]
    known = set().union(*(significant(title) for title in titles))
    minuted = Minuted(proof)
    for document in proof.documents:
        for passage in document.passages():
            if "he " not in passage.text:
                continue
            text = passage.text
            among = list(_AMONG.finditer(text))
            here = [
                m for m in _ON_AGENDA.finditer(text) if all(m["title"] != a["title"] for a in among)
            ]
            for found in (*among, *here):
                said = significant(found["title"])
                wanted = said - _NO_TITLE
                is_here = not wanted or bool(wanted & known) or bool(said & _OF_OTHERS)
                if not is_here and not minuted.holds(passage):
                    yield _missing(passage, found)


@check("item-without-paper")
def listed_appendices_that_are_missing(proof: Proof) -> Iterator[Finding]:
    """Find appendices in a list of contents that, unlike others of the list, do not follow.

    One to which a text points is told where it does.
    """
    names = " ".join(document.file.casefold() for document in proof.documents)
    for document in proof.documents:
        found = document.once(captions)
        headed = {one.key for one in found if one.what == "appendix" and not one.is_listed}
        listed = [one for one in found if one.is_listed]
        if not any(one.key in headed for one in listed):
            continue
        texts = {line.origin.order: line for line in document.lines}
        for one in listed:
            line = texts.get(one.order)
            if one.key in headed or line is None or _ELSEWHERE.search(line.text):
                continue
            if (
                not _is_pointed_to(document, one)
                and f"appendix {one.number}".casefold() not in names
            ):
                yield Finding(
                    Place(line.origin, shortened(line.text)),
                    _("The list has %(title)s, and it does not follow.")
                    % {"title": " ".join(line.text.split())[:80]},
                    _("Put it in, say where it can be read, or take it off the list."),
                    Confidence.POSSIBLE,
                )


def _is_pointed_to(document: Document, one: Caption) -> bool:
    return any(
        (pointer.what, pointer.number) == one.key and passage.at(pointer.start).order != one.order
        for passage in document.passages()
        for pointer in pointers(passage.text)
    )


def _is_planned(proof: Proof, block: Block) -> bool:
    """Return whether a block stands within a plan: what it says is an update."""
    origin = block.origin
    return any(
        plan.origin.file == origin.file
        and plan.activities
        and plan.origin.order <= origin.order <= plan.activities[-1].origin.order
        for plan in proof.plans
    )


def _is_at_appendix(passage: Passage, found: re.Match[str]) -> bool:
    """Return whether a sentence says at which appendix it is attached."""
    start, end = sentence_at(passage.text, found.start())
    return any(pointer.what == "appendix" for pointer in pointers(passage.text[start:end]))


def _missing(passage: Passage, found: re.Match[str]) -> Finding:
    start, end = sentence_at(passage.text, found.start())
    return Finding(
        place(passage, start, end, found.start()),
        _("“%(words)s”: that is not among these documents.")
        % {"words": " ".join(found[0].split())},
        _("Add it, or say where it can be read."),
        Confidence.POSSIBLE,
    )
