"""How a plan or table tells how things stand: in one wording or in many, and against its words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.intake.document import BlockKind, Document, Origin, Passage, Table
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import shortened
from peelian.recognition.future import sentences
from peelian.recognition.status import status_of

LABELS = {
    "not_started": gettext_lazy("not started"),
    "on_track": gettext_lazy("on track"),
    "at_risk": gettext_lazy("at risk"),
    "off_track": gettext_lazy("off track"),
    "on_hold": gettext_lazy("on hold"),
    "complete": gettext_lazy("complete"),
    "superseded": gettext_lazy("superseded"),
}
_CONTRADICTED = {
    "complete": {"on_hold", "off_track", "not_started", "at_risk"},
    "on_track": {"off_track", "on_hold", "not_started"},
    "off_track": {"complete", "on_track"},
    "not_started": {"complete", "on_track"},
}
_STATUS_HEADING = re.compile(
    r"(?:\w+\s+){0,2}(?:status|b?rag|rating)(?:\s+(?:status|rating))?", re.IGNORECASE
)
_UPDATE_HEADING = re.compile(
    r"(?:\w+\s+){0,2}(?:progress|updates?|comments?|commentary|(?:current\s+)?position)"
    r"(?:\s+(?:update|to\s+date|made|comments?))?",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"\b(?:red|amber|yellow|green|blue)\b|^[ragb]$", re.IGNORECASE)
# "(1) Complete (2) On hold": parts of one action, each with its own status.
_PARTS = re.compile(r"(?:^|\s)\(?(?:[1-9]|[a-h]|i{1,3})[).]\s|[•·▪]")
# Beside these, a wording is one word; with more it tells something, and is a sentence.
_NEUTRAL = re.compile(
    r"a|actions?|activity|all|been|ha(?:s|ve)|in|is|it|now|on|project|status|th(?:e|is|ese)|"
    r"w(?:as|ere|ork)"
)
# "Status: complete", "RAG: green".
_LABEL = re.compile(r"\s*[A-Z][\w ]{1,24}:\s*")
_LONGEST_LABEL = 60
_LED_BY_COLOUR = re.compile(
    r"\s*(?:[A-Z][\w ]{1,24}:\s*)?(red|amber|yellow|green|blue)\s*[.:;,–-]", re.IGNORECASE
)
_UNDONE = re.compile(r"complet|finish|outstanding", re.IGNORECASE)
# What goes on, or is still to be done: a complete action has none of it.
_GOES_ON = re.compile(
    r"\b(?:now|currently|still|is|are)\s+being\s+(?!met\b)\w+(?:ed|un|ought|t)\b|"
    r"\bbeing\s+(?:mobili[sz]ed|developed|drafted|implemented|recruited|rolled\s+out)\b|"
    r"\bcurrently\s+\w+ing\b|\bstill\s+(?:a\s+need|awaiting|needs?|required|to\s+be|waiting)\b|"
    r"\b(?:ongoing|outstanding)\s+(?:actions?|delays?|issues?|risks?|work)\b|\bnot\s+yet\b|"
    r"\byet\s+to\s+be\b|\bunder\s+(?:development|review|way)\b|\bin\s+(?:development|progress)\b|"
    r"\bremain(?:s|ing)?\s+(?:to\s+be|outstanding)\b",
    re.IGNORECASE,
)
# What goes on after an action is complete, and is meant to.
_KEPT_UP = re.compile(
    r"being\s+(?:delivered|held|maintained|managed|monitored|offered|overseen|provided|published|"
    r"seen|supported|used)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?<!not )(?<!no longer )\b(?:behind\s+(?:plan|schedule|target)|off[\s-]track)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Said:
    """An update, and what the status column beside it says, if there is one."""

    text: str
    status: str
    origin: Origin


def _told(proof: Proof) -> Iterator[list[Said]]:
    """Yield for each plan, and each table of a document without a plan, what it tells."""
    for plan in proof.plans:
        yield [Said(a.update, a.status, a.origin) for a in plan.activities if a.update]
    for document in _without_plan(proof):
        yield from _in_tables(document)


def _without_plan(proof: Proof) -> list[Document]:
    planned = {plan.origin.file for plan in proof.plans}
    return [document for document in proof.documents if document.file not in planned]


def _labels(document: Document) -> list[Said]:
    """Return the lines and sentences of a running text that are a status and nothing else."""
    found: dict[Origin, Said] = {}
    lines = [Passage(line.text, ((0, line.origin),)) for line in document.lines]
    for passage in (*lines, *(b for b in document.blocks if b.kind != BlockKind.ROW)):
        for start, end in sentences(passage.text):
            label = _label(passage.text[start:end])
            if label:
                origin = passage.at(start)
                found.setdefault(origin, Said(label, "", origin))
    return list(found.values())


def _label(sentence: str) -> str:
    """Return the status that is all a line or sentence says, without `Status:`; else nothing."""
    if len(sentence) > _LONGEST_LABEL:
        return ""
    lead = _LABEL.match(sentence)
    rest = sentence[lead.end() if lead else 0 :].strip()
    status = status_of(rest)
    alone = status and not rest.replace(status[1], "", 1).strip(" .!;")
    return rest if status and alone and _stands_alone(rest, *status) else ""


def _paragraphs(document: Document) -> list[Said]:
    """Return the paragraphs of a running text that begin with a status, or end with one."""
    made = []
    for block in document.blocks:
        if block.kind != BlockKind.ROW:
            said = [block.text[start:end] for start, end in sentences(block.text)]
            label = next(filter(None, map(_label, said[:1] + said[-1:])), "")
            colour = _LED_BY_COLOUR.match(block.text)
            found = status_of(colour[1] if colour else label)
            if found and len(said) > 1:
                made.append(Said(block.text, found[0], block.origin))
    return made


def _in_tables(document: Document) -> Iterator[list[Said]]:
    for table in document.tables():
        states = _columns(table, _STATUS_HEADING)
        updates = _columns(table, _UPDATE_HEADING) - states
        said = []
        for row in table.rows:
            status = [c for c in row.cells if c.column in states and c.text.strip()]
            update = [c for c in row.cells if c.column in updates and c.text.strip()]
            value = status_of(status[0].text) if status else None
            said += [Said(c.text, "", c.origin) for c in status]
            said += [Said(c.text, value[0] if value else "", c.origin) for c in update]
        if said:
            yield said


def _columns(table: Table, heading: re.Pattern[str]) -> set[int]:
    return {n for n, text in enumerate(table.head) if heading.fullmatch(" ".join(text.split()))}


# ---- one status, many wordings ----


@check("status-wording", gettext_lazy("One status in several wordings"))
def status_wordings(proof: Proof) -> Iterator[Finding]:
    """Find statuses that a plan or table words in more than one way, with how often it does."""
    texts = [_labels(document) for document in _without_plan(proof)]
    for sure, told in [
        *((Confidence.CERTAIN, told) for told in _told(proof)),
        *((Confidence.LIKELY, told) for told in texts),  # there may be several tables in it
    ]:
        worded: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
        for said in told:
            found = status_of(said.text)
            if found and _stands_alone(said.text, *found):
                words = shortened(found[1])
                worded[found[0]][words].append(Place(said.origin, words))
        for status, wordings in worded.items():
            if len({words.casefold() for words in wordings}) > 1:
                yield _wordings(status, wordings, sure)


def _stands_alone(text: str, status: str, words: str, offset: int) -> bool:
    """Return whether the words are a label of status, not a part of what is told.

    "Complete" may lead a text, or end it; "ongoing" or "delayed" may be any work's.
    """
    plain = re.findall(r"[^\W\d_]+", words.casefold())
    said = [word for word in plain if not _NEUTRAL.fullmatch(word)]
    if len(said) > 1 or _COLOUR.search(words):
        return False
    before, after = text[:offset].rstrip(), text[offset + len(words) :].strip(" .!;")
    if status not in ("complete", "on_hold"):
        return not before and not after
    return not before or before[-1] in ".!?;:–-" or words[0].isupper()


def _wordings(status: str, wordings: dict[str, list[Place]], sure: Confidence) -> Finding:
    most = sorted(wordings.items(), key=lambda item: (-len(item[1]), item[0]))
    says = {
        "status": LABELS.get(status, status),
        "count": len(wordings),
        "wordings": ", ".join(f"“{words}” ({len(places)})" for words, places in most),
    }
    first = sorted((places[0] for _words, places in most), key=lambda p: p.origin.order)
    return Finding(
        first[0],
        _("The status “%(status)s” is worded in %(count)s ways: %(wordings)s.") % says,
        _("Choose one wording for each status and use it throughout, so that they can be counted."),
        sure,
        tuple(first[1:]),
    )


# ---- a status against its own words ----


@check("status-contradicts", gettext_lazy("A status that its own update contradicts"))
def contradicted_statuses(proof: Proof) -> Iterator[Finding]:
    """Find updates whose status and words do not go together: complete, and still to be done."""
    texts = [_paragraphs(document) for document in _without_plan(proof)]
    for told in (*_told(proof), *texts):
        for said in told:
            status = said.status or _leading(said.text)
            if not status or _PARTS.search(said.text):
                continue
            against = _against(said, status)
            if against:
                says = {"status": LABELS.get(status, status), "words": against}
                yield Finding(
                    Place(said.origin, shortened(said.text)),
                    _("The status is “%(status)s”, but the update says “%(words)s”.") % says,
                    _("Correct the status, or say which part the words are about."),
                    Confidence.LIKELY,
                )


def _leading(text: str) -> str:
    """Return the status that an update begins with, a colour or in words."""
    colour = _LED_BY_COLOUR.match(text)
    found = status_of(colour[1] if colour else text)
    return found[0] if found else ""


def _against(said: Said, status: str) -> str:
    """Return the words of an update that speak against its status; empty where none do."""
    for start, end in sentences(said.text):
        sentence = said.text[start:end]
        found = status_of(sentence)
        if found and found[2] == 0 and _contradicts(status, found[0], found[1]):
            return found[1]
    behind = _BEHIND.search(said.text) if status in ("on_track", "complete") else None
    goes_on = _GOES_ON.search(said.text) if status == "complete" else None
    if goes_on and _KEPT_UP.search(goes_on[0]):
        goes_on = None
    found_in = behind or goes_on
    return found_in[0] if found_in else ""


def _contradicts(status: str, other: str, words: str) -> bool:
    if status == "complete" and other == "on_track":
        return bool(_UNDONE.search(words))
    return other in _CONTRADICTED.get(status, ())
