"""Documents that a text says are attached, or among the papers, and that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from peelian.intake.document import Block, BlockKind, Passage
from peelian.proofreading.findings import Confidence, Finding, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import place
from peelian.proofreading.references import BROKEN
from peelian.proofreading.spoken import Minuted
from peelian.recognition.captions import captions
from peelian.recognition.future import sentences
from peelian.recognition.numbering import pointers
from peelian.recognition.references import significant

_KIND = r"(?:documents?|letters?|papers?|plans?|reports?|schedules?|spreadsheets?|tables?)"
_ATTACHED = re.compile(
    rf"\b(?:the|a|an|this)\s+(?:[\w’'-]+\s+){{0,3}}?{_KIND}\s+(?:is\s+|are\s+)?(?:attached|enclosed)\b"
    rf"|\b(?:the|see|see\s+the)\s+(?:attached|enclosed)\s+(?:[\w’'-]+\s+){{0,3}}?{_KIND}\b",
    re.IGNORECASE,
)
# "referenced in the budget report": of a title in small letters, and of nobody else.
_WORDS = r"(?:[a-z][a-z’'-]+\s+){1,4}?"
_AMONG = re.compile(
    r"\b(?:(?:referenced|referred\s+to|covered|reported(?:\s+on)?|[Ss]ee(?:\s+also)?|described|detailed|"
    r"shown|set\s+out|given|included|explained|provided|addressed|discussed|outlined|contained|found)\s+"
    r"(?:further\s+|also\s+)?in\s+the|(?:[Ss]ee|refer\s+to)(?:\s+also)?\s+the)\s+"
    rf"(?P<title>{_WORDS})(?:report|paper|briefing|register)\b"
    r"(?!\s+(?:of|by|from|published|to|for|on|that|which|in)\b)(?=\s*[.,;)])"
)
_ON_AGENDA = re.compile(
    rf"\b[Tt]he\s+(?P<title>{_WORDS})(?:report|paper|briefing|register|strategy|plan)\b,?\s+"
    r"(?:(?:which|that)\s+is\s+)?(?:also\s+|elsewhere\s+|later\s+)?"
    r"(?:in\s+(?:this|today[’']?s)\s+(?:pack|papers)|in\s+these\s+papers|"
    r"on\s+(?:this|today[’']?s)\s+agenda|(?:elsewhere|later)\s+on\s+the\s+agenda)\b"
)
_NO_TITLE = significant("above annual attached cover covering final full latest main next summary")
# What others write, or was before, is not among the papers of a pack.
_OF_OTHERS = significant(
    "academic coroner earlier evaluation external force government home independent inquest inquiry"
    " inspection inspectorate investigation last national ombudsman original peer police previous"
    " published research same thematic"
)
_FEWEST_PAPERS = 2
_WHOLE_AGENDA = 3  # items: then what has no item is no paper here


@check(*BROKEN)
def missing_attachments(proof: Proof) -> Iterator[Finding]:
    """Find what is said to be attached to an update, or to a document without any appendix."""
    has_appendix = any(
        caption.what == "appendix" for d in proof.documents for caption in captions(d)
    )
    minuted = Minuted(proof)
    for document in proof.documents:
        for block in document.blocks:
            if "ttached" not in block.text and "nclosed" not in block.text:
                continue
            is_update = block.kind == BlockKind.ROW or _is_planned(proof, block)
            for passage in block.passages():
                found = _ATTACHED.search(passage.text)
                alone = found and not _is_at_appendix(passage, found) and not minuted.holds(passage)
                if found and alone and (is_update or not has_appendix):
                    yield _missing(passage, found)


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
    start, end = _sentence(passage, found)
    return any(pointer.what == "appendix" for pointer in pointers(passage.text[start:end]))


def _sentence(passage: Passage, found: re.Match[str]) -> tuple[int, int]:
    spans = sentences(passage.text)
    whole = (0, len(passage.text))
    return next((s for s in spans if s[0] <= found.start() < s[1]), whole)


def _missing(passage: Passage, found: re.Match[str]) -> Finding:
    start, end = _sentence(passage, found)
    return Finding(
        place(passage, start, end, found.start()),
        _("“%(words)s”: that is not among these documents.")
        % {"words": " ".join(found[0].split())},
        _("Add it, or say where it can be read."),
        Confidence.POSSIBLE,
    )
