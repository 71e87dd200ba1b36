"""How a plan, table or text tells how things stand: in one wording, or in many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from peelian.expressions import expression
from peelian.intake.document import BlockKind, Document, Origin, Table
from peelian.proofreading.lines import pieces_of
from peelian.proofreading.proof import Proof
from peelian.recognition.future import sentences
from peelian.recognition.numbering import parts
from peelian.recognition.plan import Plan
from peelian.recognition.status import status_of
from peelian.recognition.status_key import key_of, state_of

LABELS = {
    "not_started": gettext_lazy("not started"),
    "open": gettext_lazy("open"),
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
_STATUS_HEADING = expression(
    r"(?:\w+\s+){0,2}(?:status|state|mark|standing|b?rag|rating)(?:\s+(?:status|rating))?|"
    r"(?:where|how)\s+(?:it|this|things)\s+stands?",
    re.IGNORECASE,
)
_UPDATE_HEADING = expression(
    r"(?:\w+\s+){0,2}(?:progress|updates?|comments?|commentary|(?:current\s+)?position|latest|news|"
    r"notes?|remarks?)(?:\s+(?:update|to\s+date|made|comments?|news|notes?|position|words?))?|"
    r"what\s+(?:has\s+)?(?:been\s+done|happened|was\s+done)(?:\s+(?:since|so\s+far))?",
    re.IGNORECASE,
)
COLOUR = expression(r"\b(?:red|amber|yellow|green|blue)\b|^[ragb]$", re.IGNORECASE)
# Beside these, a wording is one word; with more it tells something, and is a sentence.
_NEUTRAL = expression(
    r"a|actions?|activity|all|been|ha(?:s|ve)|in|is|it|now|on|project|status|th(?:e|is|ese)|"
    r"w(?:as|ere|ork)"
)
# These are one word too.
_PHRASE = expression(
    r"(?:not\s+(?:yet\s+)?(?:started|begun|complete)|yet\s+to\s+(?:start|begin)|under\s+way|at\s+risk|"
    r"off[\s-]track|behind\s+schedule|(?:part(?:ly|ially)?|nearly|almost|mostly|fully)[\s-]completed?|"
    r"no\s+longer\s+(?:required|needed))",
    re.IGNORECASE,
)
# "Status: complete", "RAG: green".
_LABEL = expression(r"\s*[A-Z][\w ]{1,24}:\s*")
LONGEST_LABEL = 60
# Without one of these, or a colour's letter alone, nothing states a status; quick to look for.
_STEMS_TEXT = """
track target schedul plan risk delay slip due start begun begin commenc longer supersed discontinu
cancel withdr taken complet finish clos outstanding hold pause postpon defer suspend halt discharg
achiev implement going progress under continu hand red amber yellow green blue course goes carries
done deliver met final conclu open fulfil
"""
_STEMS = _STEMS_TEXT.split()
_LETTER_ALONE = expression(r"[ragb](?<![^\W_].)(?![^\W_])")
_MOST_WORDS = 7
# After these, a letter at the end of a line is no grade: it begins a sentence, or tells a part.
_NO_GRADE = expression(
    r"[.!?:]$|^(?:annex|appendix|part|class|schedule|section|priority|plan|lot|phase|category|table|"
    r"option|band|group|block|zone|type|the|and|or|of|for|with|is|was|in|to|by)$",
    re.IGNORECASE,
)
_STATE = expression(
    r"\b(?:red|amber|green|blue|on\s+track|at\s+risk|off\s+track|on\s+hold|complete|not\s+started|"
    r"in\s+progress|delayed|overdue|superseded)\b",
    re.IGNORECASE,
)
LED_BY_COLOUR = expression(
    r"\s*(?:[A-Z][\w ]{1,24}:\s*)?(red|amber|yellow|green|blue)\s*[.:;,–-]", re.IGNORECASE
)

OF_ANOTHER = expression(r"(?:it|they|we|he|she|that|which)\b", re.IGNORECASE)


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
    yield from map(updates, proof.plans)
    for document in without_plan(proof):
        yield from in_tables(document)


def updates(plan: Plan) -> list[Said]:
    """Return the updates of a plan with the status of each line."""
    return [Said(a.update, a.status, a.told_at) for a in plan.activities if a.update]


def without_plan(proof: Proof) -> list[Document]:
    """Return the documents in which there is no plan."""
    planned = {plan.origin.file for plan in proof.plans}
    return [document for document in proof.documents if document.file not in planned]


def may_state(text: str) -> bool:
    """Return whether a text holds a word, or a letter alone, that may state a status."""
    small = text.lower()
    return any(map(small.__contains__, _STEMS)) or bool(_LETTER_ALONE.search(small))


def label_of(sentence: str) -> str:
    """Return the status that is all a line or sentence says, without `Status:`; else nothing."""
    if len(sentence) > LONGEST_LABEL or not may_state(sentence):
        return ""
    if len(sentence.split()) > _MOST_WORDS:
        return ""
    lead = _LABEL.match(sentence)
    rest = sentence[lead.end() if lead else 0 :].strip()
    status = status_of(rest)
    alone = status and not rest.replace(status[1], "", 1).strip(" .!;")
    return rest if status and alone and stands_alone(rest, *status) else ""


def tail_of(line: str) -> str:
    """Return the status with which a row of a table in a text ends: `3 Roads J Bright Complete`."""
    words = line.split()[-3:]
    tails = (" ".join(words[n:]) for n in range(len(words)) if words[n][:1].isupper())
    if len(words) > 1 and len(words[-1]) == 1 and _NO_GRADE.search(words[-2]):
        return ""
    said = (tail for tail in tails if tail != line.strip() and label_of(tail))
    return next((tail for tail in said if not OF_ANOTHER.match(tail)), "")


def is_key(text: str) -> bool:
    """Return whether a text names so many statuses that it explains them: a key, or a count."""
    return len({match[0].casefold() for match in _STATE.finditer(text)}) > 3


def paragraphs(document: Document) -> list[Said]:
    """Return the paragraphs of a running text that begin with a status, or end with one."""
    made = []
    for block in document.blocks:
        if block.kind != BlockKind.ROW:
            said = [block.text[start:end] for start, end in sentences(block.text)]
            label = next(filter(None, map(label_of, said[:1] + said[-1:])), "")
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
        labels = [piece for piece in pieces if label_of(piece)]
        ends = tail_of(part.text.split("\n", 1)[0].rstrip()) if not labels else ""
        status = status_of(ends or "".join(labels[:1]))
        if status and not is_key(part.text):
            rest = [piece for piece in pieces[1:] if piece not in labels]
            made.append(Said("\n".join(rest), status[0], part.origin))
    return made


def in_tables(document: Document) -> Iterator[list[Said]]:
    """Yield for each table what its columns of states and of updates tell."""
    key = key_of(document)
    for table in document.tables():
        states = state_columns(table)
        updates = _columns(table, _UPDATE_HEADING) - states
        said = []
        for row in table.rows:
            status = [c for c in row.cells if c.column in states and c.text.strip()]
            update = [c for c in row.cells if c.column in updates and c.text.strip()]
            value = state_of(status[0].text, key) if status else ""
            said += [Said(c.text, "", c.origin) for c in status]
            said += [Said(c.text, value, c.origin) for c in update]
        if said:
            yield said


def state_columns(table: Table) -> set[int]:
    """Return the columns of a table that its headings call states."""
    return _columns(table, _STATUS_HEADING)


def _columns(table: Table, heading: re.Pattern[str]) -> set[int]:
    return {n for n, text in enumerate(table.head) if heading.fullmatch(" ".join(text.split()))}


def stands_alone(text: str, status: str, words: str, offset: int) -> bool:
    """Return whether the words are a label of status, not a part of what is told.

    "Complete" may lead a text, or end it; "ongoing" or "delayed" may be any work's.
    """
    plain = re.findall(r"[^\W\d_]+", words.casefold())
    said = [word for word in plain if not _NEUTRAL.fullmatch(word)]
    if len(said) > 1 and not _PHRASE.fullmatch(" ".join(words.split())):
        return False
    before, after = text[:offset].rstrip(), text[offset + len(words) :].strip(" .!;")
    if status not in ("complete", "on_hold") or COLOUR.search(words):
        return not before and not after
    return not before or before[-1] in ".!?;:–-" or words[0].isupper()
