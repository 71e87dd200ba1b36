"""Statuses that their own updates speak against: complete, and still to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import place, shortened
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
    r"\b(?:cannot|could\s+not|unable\s+to)\s+(?:be\s+)?(?:begin|complete|start)\w*\b",
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
    r"(?:begun|done|made|started)\b"
)
# What cannot go on, as there is nothing to pay for it, nor a day for it.
_UNPAID = (
    r"\bthere\s+is\s+(?:still\s+)?no\s+(?:budget|date|funding|money|plan|supplier)\b|"
    r"\b(?:budget|funding|money)\s+(?:has|is)\s+(?:still\s+)?not\s+(?:yet\s+)?(?:been\s+)?"
    r"(?:agreed|approved|found|identified|secured)\b"
)
_FEW = r"(?:one|two|three|four|five|six|seven|eight|nine|\d{1,2})"
_PLACES = (
    r"(?:areas|boroughs|counties|districts|divisions|forces|schools|sites|stations|suites|wards)"
)
# "live in the first of three districts": done in part.
_IN_SOME = (
    rf"\bin\s+(?:only\s+)?(?:the\s+first(?:\s+{_FEW})?|{_FEW})\s+(?:out\s+)?of\s+(?:the\s+|our\s+)?"
    rf"{_FEW}\s+(?:\w+\s+)?{_PLACES}\b"
)
_NO_MORE = (
    r"\bnothing\s+(?:more\s+)?(?:remains|is\s+left|is\s+outstanding)\s*(?:to\s+(?:be\s+)?do(?:ne)?)?\b|"
    r"\bnothing\s+(?:more|further)\s+(?:is\s+)?to\s+(?:be\s+)?do(?:ne)?\b"
)
_APART = 12  # lines
_FARTHEST = 14  # lines from where an update begins to where it may speak against itself
_SPEAKS_AGAINST = {
    status: re.compile(words, re.IGNORECASE)
    for status, words in {
        "complete": rf"{_BEHIND}|{_UNPAID}|{_IN_SOME}"
        r"|\b(?:has|have)\s+not\s+(?:yet\s+)?(?:been\s+)?(?:begun|started)\b"
        r"|\bthe\s+(?:last|other|remaining|rest|second)\s+(?:\w+\s+){0,2}(?:has|have)\s+(?:no|not)\b"
        r"|\b(?:cannot|not)\s+yet\b",
        "at_risk": _NO_MORE,
        "on_track": rf"{_BEHIND}|{_UNPAID}|{_NO_MORE}"
        r"|\b(?:nobody|no\s+one)\s+(?:has\s+)?(?:applied|bid|offered|taken\s+it)\b"
        r"|\b(?:\w+\s+){1,2}(?:weeks?|months?)\s+(?:behind|late)\b"
        r"|\b(?:has|have)\s+been\s+(?:completed|closed)\s+and\s+(?:no\s+)?further\b"
        r"|\bno\s+work\s+has\s+(?:yet\s+)?(?:begun|started|taken\s+place)\b"
        r"|\b(?:will|is)\s+(?:now\s+)?(?:not\s+(?:now\s+)?be\s+(?:completed|delivered|met)|unlikely\s+to\s+be\s+\w+)\b"
        r"|\b(?:deadline|milestone|target)\s+(?:has\s+been|was)\s+missed\b"
        r"|\b(?:has|have)\s+not\s+(?:yet\s+)?(?:begun|started)\b|\bno\s+progress\b",
        "off_track": _NO_MORE + r"|(?<!not )\b(?:on\s+(?:schedule|target|track)|"
        r"ahead\s+of\s+(?:plan|schedule|target))\b",
        "not_started": r"\b(?:has|have)\s+(?:now\s+)?"
        r"(?:begun|started|gone\s+live|"
        r"been\s+(?:appointed|completed|delivered|drafted|given|held|launched|recruited|trained))\b|"
        r"\bwent\s+live\b|\b(?:is|are)\s+(?:now\s+)?(?:in\s+use|live|open)\b|"
        r"\bw(?:as|ere)\s+(?:introduced|launched|opened|published|rolled\s+out)\s+(?:in|on)\b|"
        r"\b(?:is|are)\s+(?:now\s+)?under\s?way\b",
        "on_hold": r"(?<!not )\b(?:on\s+track|progressing\s+well)\b",
    }.items()
}


@check("status-contradicts", gettext_lazy("A status that its own update contradicts"))
def contradicted_statuses(proof: Proof) -> Iterator[Finding]:
    """Find updates whose status and words do not go together: complete, and still to be done."""
    near: dict[tuple[str, str], int] = {}  # a line and the part in which it stands say the same
    for said in (one for group in told(proof) for one in group):
        if against := _against(said):
            near[said.origin.file, against.casefold()] = said.origin.order
            yield _contradicted(proof, said, against)
    planned = {plan.origin.file for plan in proof.plans}
    for document in proof.documents:
        alone = () if document.file in planned else paragraphs(document)
        for said in (*alone, *in_parts(document)):
            against, order = _against(said), said.origin.order
            words = document.file, against.casefold()
            if against and abs(order - near.get(words, -_APART)) >= _APART:
                near[words] = order
                finding = _contradicted(proof, said, against)
                yield replace(finding, confidence=Confidence.POSSIBLE)


def _contradicted(proof: Proof, said: Said, against: str) -> Finding:
    status = said.status or _leading(said.text)
    says = {"status": LABELS.get(status, status), "words": against}
    return Finding(
        _place(proof, said, against),
        _("The status is “%(status)s”, but the update says “%(words)s”.") % says,
        _("Correct the status, or say which part the words are about."),
        Confidence.LIKELY,
    )


def _place(proof: Proof, said: Said, against: str) -> Place:
    """Return where an update says the words against its status; where it begins, if not found."""
    first = said.origin.order
    for document in proof.documents:
        for passage in document.passages() if document.file == said.origin.file else ():
            if first <= passage.origin.order < first + _FARTHEST:
                at = passage.text.find(against)
                if at >= 0 and passage.at(at).order < first + _FARTHEST:
                    spans = [s for s in sentences(passage.text) if s[0] <= at < s[1]]
                    start, end = spans[0] if spans else (at, len(passage.text))
                    return place(passage, start, end, at)
    return Place(said.origin, shortened(said.text))


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
