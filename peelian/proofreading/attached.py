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
from peelian.recognition.future import sentences
from peelian.recognition.numbering import captions, pointers
from peelian.recognition.references import significant

_KIND = r"(?:documents?|letters?|papers?|plans?|reports?|schedules?|spreadsheets?|tables?)"
_ATTACHED = re.compile(
    rf"\b(?:the|a|an|this)\s+(?:\w+\s+){{0,2}}?{_KIND}\s+(?:is\s+|are\s+)?(?:attached|enclosed)\b"
    rf"|\b(?:the|see|see\s+the)\s+(?:attached|enclosed)\s+(?:\w+\s+){{0,2}}?{_KIND}\b",
    re.IGNORECASE,
)
# "referenced in the budget report": of a title in small letters, and of nobody else.
_AMONG = re.compile(
    r"\b(?:referenced|referred\s+to|covered|reported\s+on|see|see\s+also|described|detailed)\s+"
    r"(?:further\s+)?in\s+the\s+(?P<title>(?:[a-z-]+\s+){1,3}?)(?:report|paper)\b"
    r"(?!\s+(?:of|by|from|published|to|for)\b)(?=\s*[.,;)])"
)
_NO_TITLE = frozenset(
    {
        *("above", "annual", "attached", "final", "full", "last"),
        *("latest", "main", "next", "previous", "same"),
    }
)
_FEWEST_PAPERS = 2


@check(*BROKEN)
def missing_attachments(proof: Proof) -> Iterator[Finding]:
    """Find what is said to be attached to an update, or to a document without any appendix."""
    has_appendix = any(
        what == "appendix" for d in proof.documents for some in captions(d) for what, _n in some
    )
    minuted = Minuted(proof)
    for document in proof.documents:
        for block in document.blocks:
            if "ttached" not in block.text and "nclosed" not in block.text:
                continue
            is_update = block.kind == BlockKind.ROW or _is_planned(proof, block)
            for passage in block.passages():
                found = _ATTACHED.search(passage.text)
                alone = not pointers(passage.text) and not minuted.holds(passage)
                if found and alone and (is_update or not has_appendix):
                    yield _missing(passage, found)


@check(*BROKEN)
def missing_papers(proof: Proof) -> Iterator[Finding]:
    """Find reports of a pack that its text refers to, and that no paper or item is called after."""
    papers = [paper for document in proof.documents for paper in proof.papers(document)]
    titles = [paper.title for paper in papers]
    titles += [entry.title for d in proof.documents for entry in proof.contents(d)]
    titles += [b.text for d in proof.documents for b in d.blocks if b.kind == BlockKind.HEADING]
    if len(papers) < _FEWEST_PAPERS:
        return
    known = set().union(*(significant(title) for title in titles))
    minuted = Minuted(proof)
    for document in proof.documents:
        for passage in document.passages():
            for found in _AMONG.finditer(passage.text):
                wanted = significant(found["title"]) - _NO_TITLE
                if wanted and not wanted & known and not minuted.holds(passage):
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


def _missing(passage: Passage, found: re.Match[str]) -> Finding:
    start, end = next(
        (s for s in sentences(passage.text) if s[0] <= found.start() < s[1]),
        (0, len(passage.text)),
    )
    return Finding(
        place(passage, start, end, found.start()),
        _("“%(words)s”: that is not among these documents.")
        % {"words": " ".join(found[0].split())},
        _("Add it, or say where it can be read."),
        Confidence.POSSIBLE,
    )
