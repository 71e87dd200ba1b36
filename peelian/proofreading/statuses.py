"""How a plan, table or text tells how things stand: in one wording, or in many."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.intake.document import BlockKind, Document, Origin, Passage, Table
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.lines import pieces_of
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import shortened
from peelian.recognition.future import sentences
from peelian.recognition.numbering import parts
from peelian.recognition.plan import Plan
from peelian.recognition.status import status_of

LABELS = {
    "not_started": gettext_lazy("not started"),
    "on_track": gettext_lazy("on track"),
    "at_risk": gettext_lazy("at risk"),
    "off_track": gettext_lazy("off track"),
    "on_hold": gettext_lazy("on hold"),
    "complete": gettext_lazy("complete"),
    "superseded": gettext_lazy("superseded"),
    "red": gettext_lazy("red"),
    "amber": gettext_lazy("amber"),
    "yellow": gettext_lazy("yellow"),
    "green": gettext_lazy("green"),
    "blue": gettext_lazy("blue"),
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
_COLOURS = {colour[0]: colour for colour in ("red", "amber", "yellow", "green", "blue")}
# Beside these, a wording is one word; with more it tells something, and is a sentence.
_NEUTRAL = re.compile(
    r"a|actions?|activity|all|been|ha(?:s|ve)|in|is|it|now|on|project|status|th(?:e|is|ese)|"
    r"w(?:as|ere|ork)"
)
# "Status: complete", "RAG: green".
_LABEL = re.compile(r"\s*[A-Z][\w ]{1,24}:\s*")
# How a table stands in a text: its columns apart by spaces, or by strokes.
_COLUMNS = re.compile(r"\s{2,}|\t|\|")
_LONGEST_LABEL = 60
# Without one of these, or a colour's letter alone, nothing states a status; quick to look for.
_MAY_STATE = re.compile(
    r"track|target|schedul|plan|risk|delay|slip|due|start|begun|begin|commenc|longer|supersed|"
    r"discontinu|cancel|withdr|taken|complet|finish|clos|outstanding|hold|pause|postpon|defer|"
    r"suspend|halt|discharg|achiev|implement|going|progress|under|continu|hand|red|amber|yellow|"
    r"green|blue|(?<![^\W_])[ragb](?![^\W_])"
)
_MOST_WORDS = 7
_MOST_WORDS_OF_STATE = 4
_STATE = re.compile(
    r"\b(?:red|amber|green|blue|on\s+track|at\s+risk|off\s+track|on\s+hold|complete|not\s+started|"
    r"in\s+progress|delayed|overdue|superseded)\b",
    re.IGNORECASE,
)
LED_BY_COLOUR = re.compile(
    r"\s*(?:[A-Z][\w ]{1,24}:\s*)?(red|amber|yellow|green|blue)\s*[.:;,–-]", re.IGNORECASE
)


@dataclass(frozen=True)
class Said:
    """An update, and what the status column beside it says, if there is one.

    `state` is a status as a cell of its own prints it; `text` is then empty.
    """

    text: str
    status: str
    origin: Origin
    state: str = ""


def told(proof: Proof) -> Iterator[list[Said]]:
    """Yield for each plan, and each table of a document without a plan, what it tells."""
    yield from map(_updates, proof.plans)
    for document in without_plan(proof):
        yield from _in_tables(document)


def _updates(plan: Plan) -> list[Said]:
    return [Said(a.update, a.status, a.origin) for a in plan.activities if a.update]


def without_plan(proof: Proof) -> list[Document]:
    """Return the documents in which there is no plan."""
    planned = {plan.origin.file for plan in proof.plans}
    return [document for document in proof.documents if document.file not in planned]


def _labels(document: Document) -> list[Said]:
    """Return the lines and sentences of a running text that are a status and nothing else."""
    found: dict[Origin, Said] = {}
    stating = [line for line in document.lines if _MAY_STATE.search(line.text.lower())]
    lines = [
        Passage(piece, ((0, line.origin),))
        for line in stating
        for piece in _COLUMNS.split(line.text.strip())
        if len(piece) <= _LONGEST_LABEL
    ]
    for line in stating:
        tail = _tail(line.text.rstrip())
        if tail:
            found[line.origin] = Said(tail, "", line.origin)
    blocks = [b for b in document.blocks if b.kind != BlockKind.ROW]
    for passage in (*lines, *(b for b in blocks if _MAY_STATE.search(b.text.lower()))):
        for start, end in sentences(passage.text):
            label = _label(passage.text[start:end])
            if label:
                origin = passage.at(start)
                found.setdefault(origin, Said(label, "", origin))
    return list(found.values())


def _tail(line: str) -> str:
    """Return the status with which a row of a table in a text ends: `3 Roads J Bright Complete`."""
    words = line.split()[-3:]
    tails = (" ".join(words[n:]) for n in range(len(words)) if words[n][:1].isupper())
    return next((tail for tail in tails if tail != line.strip() and _label(tail)), "")


def _label(sentence: str) -> str:
    """Return the status that is all a line or sentence says, without `Status:`; else nothing."""
    if len(sentence) > _LONGEST_LABEL or not _MAY_STATE.search(sentence.lower()):
        return ""
    if len(sentence.split()) > _MOST_WORDS:
        return ""
    lead = _LABEL.match(sentence)
    rest = sentence[lead.end() if lead else 0 :].strip()
    status = status_of(rest)
    alone = status and not rest.replace(status[1], "", 1).strip(" .!;")
    return rest if status and alone and _stands_alone(rest, *status) else ""


def is_key(text: str) -> bool:
    """Return whether a text names so many statuses that it explains them: a key, or a count."""
    return len({match[0].casefold() for match in _STATE.finditer(text)}) > 3


def paragraphs(document: Document) -> list[Said]:
    """Return the paragraphs of a running text that begin with a status, or end with one."""
    made = []
    for block in document.blocks:
        if block.kind != BlockKind.ROW:
            said = [block.text[start:end] for start, end in sentences(block.text)]
            label = next(filter(None, map(_label, said[:1] + said[-1:])), "")
            colour = LED_BY_COLOUR.match(block.text)
            found = status_of(colour[1] if colour else label)
            if found and len(said) > 1 and not is_key(block.text):
                made.append(Said(block.text, found[0], block.origin))
    return made


def in_parts(document: Document) -> list[Said]:
    """Return what is said under each number of a document, with the status that stands there."""
    made = []
    for part in (part for found in parts(document) for part in found):
        pieces = pieces_of(part.text)
        labels = [piece for piece in pieces if _label(piece)]
        status = status_of(labels[0]) if labels else None
        if status and not is_key(part.text):
            rest = [piece for piece in pieces[1:] if piece not in labels]
            made.append(Said("\n".join(rest), status[0], part.origin))
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


def _states(plan: Plan) -> list[Said]:
    """Return the states that the cells of a plan print, and its key's where one explains them.

    What the key tells apart is not one status in two wordings.
    """
    keyed = {one.words.casefold(): one for one in plan.key if len(one.words) > 1}
    apart = {s for s, n in Counter(one.status for one in keyed.values()).items() if n > 1}
    printed = [
        Said("", a.status, a.origin, bare)
        for a in plan.activities
        if a.status not in apart and (bare := _bare_state(a.state)) and len(bare) > 1
    ]
    used = {said.status for said in printed if not _COLOUR.search(said.state)}
    explained = [
        Said("", one.status, one.origin, one.words)
        for one in keyed.values()
        if one.status in used - apart and not _COLOUR.search(one.words)
    ]
    return [*printed, *explained]


def _bare_state(state: str) -> str:
    """Return a state without its marks; empty where it is more than a state."""
    bare = " ".join(state.split()).strip(" .;,()[]")
    return bare if len(bare.split()) <= _MOST_WORDS_OF_STATE else ""


@check("status-wording", gettext_lazy("One status in several wordings"))
def status_wordings(proof: Proof) -> Iterator[Finding]:
    """Find statuses that a plan, table or text words in more than one way, with how often it does.

    What a plan or table shows of a status is not told again of the lines of the whole text.
    """
    told_already: set[tuple[str, str]] = set()
    planned = [_updates(plan) for plan in proof.plans]
    tables = [said for document in proof.documents for said in _in_tables(document)]
    states = [_states(plan) for plan in proof.plans]
    texts = [_labels(document) for document in proof.documents]
    for sure, sources in (
        (Confidence.CERTAIN, planned),
        (Confidence.LIKELY, states),
        (Confidence.CERTAIN, tables),
        (Confidence.LIKELY, texts),  # a text may hold several tables
    ):
        found = [
            (said[0].origin.file, status, wordings)
            for said in filter(None, sources)
            for status, wordings in _worded(said).items()
            if (said[0].origin.file, status) not in told_already
        ]
        for file, status, wordings in found:
            if len({words.casefold() for words in wordings}) > 1:
                told_already.add((file, status))
                yield _wordings(status, wordings, sure)


def _worded(told: list[Said]) -> dict[str, dict[str, list[Place]]]:
    """Return the wordings of each status with their places; a colour is a status of its own."""
    worded: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for said in told:
        if said.state:
            colour = _COLOUR.search(said.state)
            status = _COLOURS[colour[0][0].casefold()] if colour else said.status
            worded[status][said.state].append(Place(said.origin, said.state))
            continue
        found = status_of(said.text)
        if found and _stands_alone(said.text, *found):
            words = shortened(found[1])
            colour = _COLOUR.search(words)
            status = _COLOURS[colour[0][0].casefold()] if colour else found[0]
            worded[status][words].append(Place(said.origin, words))
    return worded


def _stands_alone(text: str, status: str, words: str, offset: int) -> bool:
    """Return whether the words are a label of status, not a part of what is told.

    "Complete" may lead a text, or end it; "ongoing" or "delayed" may be any work's.
    """
    plain = re.findall(r"[^\W\d_]+", words.casefold())
    said = [word for word in plain if not _NEUTRAL.fullmatch(word)]
    if len(said) > 1:
        return False
    before, after = text[:offset].rstrip(), text[offset + len(words) :].strip(" .!;")
    if status not in ("complete", "on_hold") or _COLOUR.search(words):
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
