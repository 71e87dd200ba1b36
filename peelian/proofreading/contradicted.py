"""Statuses that their own updates speak against: complete, and still to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.intake.document import Document
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import shortened
from peelian.proofreading.stated_rows import of_cards, of_columns, of_rows, of_spaced_rows
from peelian.proofreading.statuses import (
    LABELS,
    LED_BY_COLOUR,
    Said,
    in_parts,
    paragraphs,
    told,
)
from peelian.recognition.future import sentences
from peelian.recognition.status import status_of

_CONTRADICTED = {
    "complete": {"on_hold", "off_track", "not_started", "at_risk"},
    "on_track": {"off_track", "on_hold", "not_started"},
    "off_track": {"complete", "on_track"},
    "not_started": {"complete", "on_track"},
}
# "(1) Complete (2) On hold": parts of one action, each with its own status.
_PARTS = re.compile(r"(?:^|\s)\(?(?:[1-9]|[a-h]|i{1,3})[).]\s|[•·▪]")
_UNDONE = re.compile(r"complet|finish|outstanding", re.IGNORECASE)
# What goes on, or is still to be done: a complete action has none of it.
_GOES_ON = re.compile(
    r"\b(?:now|currently|still|is|are)\s+being\s+(?!met\b)\w+(?:ed|un|ought|t)\b|"
    r"\bbeing\s+(?:mobili[sz]ed|developed|drafted|implemented|recruited|rolled\s+out)\b|"
    r"\bcurrently\s+\w+ing\b|\bstill\s+(?:a\s+need|awaiting|needs?|required|to\s+be|waiting)\b|"
    r"\b(?:ongoing|outstanding)\s+(?:actions?|delays?|issues?|risks?|work)\b|\bnot\s+yet\b|"
    r"\byet\s+to\s+be\b|\bunder\s+(?:development|review|way)\b|\bin\s+(?:development|progress)\b|"
    r"\bremain(?:s|ing)?\s+(?:to\s+be|outstanding)\b|"
    r"\b(?:is|are|we\s+are|still)\s+awaiting\b|"
    r"\b(?:will|to|must|should|due\s+to|expected\s+to)\s+be\s+"
    r"(?:completed|drafted|finali[sz]ed|finished|implemented|installed|launched|recruited|rolled\s+out|signed)\b|"
    r"\b(?:will|to)\s+(?:begin|complete|commence|finish|launch|start)\s+(?:by|in|on)\b|"
    r"\bwork\s+(?:continues|is\s+continuing|has\s+(?:now\s+)?(?:begun|started))\b|"
    r"\b(?:cannot|could\s+not|unable\s+to)\s+(?:be\s+)?(?:begin|complete|start)\w*\b|"
    r"\b(?:has|have)\s+not\s+(?:been\s+)?(?:got|had|received|recruited|agreed|found|signed|issued)\b|"
    r"\bno\s+date\s+(?:for|has\s+been)\b|\b(?:funding|money|staff)\s+(?:has|have)\s+not\s+been\b|"
    r"\b(?:is|are)\s+not\s+(?:in\s+use|in\s+place|live|open|ready)\b|"
    r"\bin\s+(?:only\s+)?(?:the\s+first|one|two|three|four|five)\s+of\s+(?:the\s+|its\s+|our\s+)?"
    r"(?:two|three|four|five|six|seven|eight|nine|ten)\s+(?:districts|areas|divisions|sites|stations|"
    r"suites|forces|schools|teams|phases|boroughs|counties)\b|"
    r"\b(?:first|second)\s+phase\s+only\b|\bremainder\s+(?:will|is|are)\b",
    re.IGNORECASE,
)
# What goes on after an action is complete, and is meant to.
_KEPT_UP = re.compile(
    r"being\s+(?:delivered|held|maintained|managed|monitored|offered|overseen|provided|published|"
    r"seen|supported|used)",
    re.IGNORECASE,
)
_BEHIND = (
    r"(?<!not )(?<!no longer )\b(?:behind\s+(?:plan|schedule|target)|off[\s-](?:course|track))\b|"
    r"\b(?:has|have)\s+(?:now\s+)?(?:been\s+)?(?:delayed|paused|postponed|slipped|stalled|stopped)\b|"
    r"\b(?:is|are|remains?)\s+(?:now\s+)?(?:delayed|overdue|paused|stalled|stuck)\b|"
    r"\b(?:no|nothing)\s+(?:\w+\s+)?(?:has|have)\s+(?:yet\s+)?(?:been\s+)?"
    r"(?:begun|done|made|started)\b|(?:(?<=[.:;]\s)|^)(?:Delayed|Stalled|Paused|Stopped)\s*[:–-]|"
    r"\b(?:contractor|supplier|provider|partner)\s+(?:has\s+)?(?:withdrew|withdrawn|pulled\s+out)\b|"
    r"\b(?:work|the\s+project|roll-?out|recruitment)\s+(?:has\s+)?(?:stopped|halted|ceased)\b"
)
_NOTHING_LEFT = (
    r"\bnothing\s+(?:more|further|else|remains)\s+(?:is\s+|remains\s+)?(?:to\s+be\s+done|to\s+do|needed)\b|"
    r"\bno\s+further\s+(?:action|work)\s+(?:is\s+)?(?:needed|required|planned)\b|"
    r"\b(?:this|the)\s+(?:action|work)\s+is\s+(?:now\s+)?(?:complete|closed|finished)\b"
)
_APART, _REACH = 10, 30  # lines
_SPEAKS_AGAINST = {
    status: re.compile(words, re.IGNORECASE)
    for status, words in {
        "complete": _BEHIND + r"|\b(?:has|have)\s+not\s+(?:yet\s+)?(?:been\s+)?(?:begun|started)\b",
        "on_track": _BEHIND + r"|\b(?:\w+\s+){1,2}(?:weeks?|months?)\s+(?:behind|late)\b"
        r"|\b(?:has|have)\s+been\s+(?:completed|closed)\s+and\s+(?:no\s+)?further\b"
        r"|\bno\s+work\s+has\s+(?:yet\s+)?(?:begun|started|taken\s+place)\b"
        r"|\b(?:will|is)\s+(?:now\s+)?(?:not\s+(?:now\s+)?be\s+(?:completed|delivered|met)|unlikely\s+to\s+be\s+\w+)\b"
        r"|\b(?:deadline|milestone|target)\s+(?:has\s+been|was)\s+missed\b"
        r"|\b(?:has|have)\s+not\s+(?:yet\s+)?(?:begun|started)\b|\bno\s+progress\b"
        r"|\b(?:is|are|remains?)\s+(?:still\s+)?(?:well\s+)?below\s+(?:the\s+|its\s+)?(?:standard|target)\b",
        "off_track": r"\b(?:is|are|was|remains?)\s+(?:now\s+)?(?:well\s+)?within\s+(?:the\s+)?"
        r"(?:standard|target)\b|(?<!not )\b(?:on\s+(?:schedule|target|track)|"
        r"ahead\s+of\s+(?:plan|schedule|target))\b",
        "not_started": r"\b(?:has|have)\s+(?:now\s+)?"
        r"(?:begun|started|been\s+(?:appointed|completed|delivered|drafted|held|launched|recruited|trained))\b|\b(?:is|are)\s+(?:now\s+)?(?:under\s?way|live|in\s+use)\b"
        r"|\bwent\s+live\b|\b(?:was|were)\s+(?:appointed|completed|delivered|launched|signed|trained|"
        r"opened)\b",
        "at_risk": _NOTHING_LEFT,
        "open": _NOTHING_LEFT,
        "on_hold": r"(?<!not )\b(?:on\s+track|progressing\s+well)\b",
    }.items()
}


@check("status-contradicts", gettext_lazy("A status that its own update contradicts"))
def contradicted_statuses(proof: Proof) -> Iterator[Finding]:
    """Find updates whose status and words do not go together: complete, and still to be done."""
    near: dict[tuple[str, str], int] = {}  # a row, and the part in which it stands, say the same
    files = {document.file: document for document in proof.documents}
    sources = [(one, Confidence.LIKELY) for group in told(proof) for one in group]
    sources += [
        (one, Confidence.POSSIBLE)
        for document in proof.documents
        for one in _in_text(proof, document)
    ]
    for said, sure in sources:
        against = _against(said)
        if not against:
            continue
        placed = _placed(said, against, files.get(said.origin.file))
        words, order = (placed.origin.file, against.casefold()), placed.origin.order
        if sure == Confidence.LIKELY or abs(order - near.get(words, -_APART)) >= _APART:
            yield replace(_contradicted(placed, against), confidence=sure)
        near[words] = order


def _in_text(proof: Proof, document: Document) -> Iterator[Said]:
    """Yield what a document says beside its statuses where no table tells what belongs to what."""
    yield from of_rows(document)
    yield from of_cards(document)
    yield from of_spaced_rows(document)
    yield from of_columns(document, proof.plans)
    if not any(plan.origin.file == document.file for plan in proof.plans):
        yield from paragraphs(document)
        yield from in_parts(document)


def _placed(said: Said, against: str, document: Document | None) -> Said:
    """Return an update with the place of the line on which the words against it begin."""
    words = " ".join(against.split()[:3]).casefold()
    first = said.origin.order
    near = document.lines[first : first + _REACH] if document else ()
    plain = [" ".join(line.text.casefold().split()) for line in (*near, *near[-1:])]
    for line, (one, after) in zip(near, pairwise(plain), strict=True):
        if 0 <= f"{one} {after}".find(words) < len(one):
            return replace(said, origin=line.origin)
    return said


def _contradicted(said: Said, against: str) -> Finding:
    status = said.status or _leading(said.text)
    says = {"status": LABELS.get(status, status), "words": against}
    return Finding(
        Place(said.origin, shortened(said.text)),
        _("The status is “%(status)s”, but the update says “%(words)s”.") % says,
        _("Correct the status, or say which part the words are about."),
        Confidence.LIKELY,
    )


def _leading(text: str) -> str:
    """Return the status that an update begins with, a colour or in words."""
    colour = LED_BY_COLOUR.match(text)
    found = status_of(colour[1] if colour else text)
    return found[0] if found else ""


def _against(said: Said) -> str:
    """Return the words of an update that speak against its status; empty where none do."""
    status = said.status or _leading(said.text)
    if not status or _PARTS.search(said.text):
        return ""
    for start, end in sentences(said.text):
        sentence = said.text[start:end]
        found = status_of(sentence)
        if found and found[2] == 0 and _contradicts(status, found[0], found[1]):
            return found[1]
    found_in = _SPEAKS_AGAINST[status].search(said.text) if status in _SPEAKS_AGAINST else None
    if found_in is None and status == "complete":
        found_in = next(
            (m for m in _GOES_ON.finditer(said.text) if not _KEPT_UP.search(m[0])), None
        )
    return found_in[0] if found_in else ""


def _contradicts(status: str, other: str, words: str) -> bool:
    if status == "complete" and other == "on_track":
        return bool(_UNDONE.search(words))
    return other in _CONTRADICTED.get(status, ())
