"""Statuses that their own updates speak against: complete, and still to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.expressions import expression
from peelian.intake.document import Document
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.headed_states import said_under_states
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
from peelian.recognition.action_cards import action_cards
from peelian.recognition.future import sentences
from peelian.recognition.progress import Meaning, said_of
from peelian.recognition.status import status_of
from peelian.recognition.status_key import key_of, state_of

_CONTRADICTED = {
    "complete": {"on_hold", "off_track", "not_started", "at_risk"},
    "on_track": {"off_track", "on_hold", "not_started"},
    "off_track": {"complete", "on_track"},
    "not_started": {"complete", "on_track"},
    "open": {"complete"},
}
# "(1) Complete (2) On hold": parts of one action, each with its own status.
_PARTS = expression(r"(?:^|\s)\(?(?:[1-9]|[a-h]|i{1,3})[).]\s|[•·▪]")
_UNDONE = expression(r"complet|finish|outstanding", re.IGNORECASE)
_APART, _REACH = 10, 30  # lines
_HELD_UP = (Meaning.LATE, Meaning.STOPPED, Meaning.NOT_BEGUN)
# Which meanings of an update speak against a status.
_SPEAKS_AGAINST = {
    "complete": (
        *_HELD_UP,
        Meaning.NOT_DONE,
        Meaning.REMAINS,
        Meaning.GOES_ON,
        Meaning.WITHOUT_MEANS,
    ),
    "on_track": (
        *_HELD_UP,
        Meaning.NO_PROGRESS,
        Meaning.WITHOUT_MEANS,
        Meaning.NOT_TO_BE,
        Meaning.BELOW,
        Meaning.SIGNED_OFF,
        Meaning.NOTHING_LEFT,
    ),
    "off_track": (
        Meaning.WITHIN,
        Meaning.WELL,
        Meaning.DONE,
        Meaning.SIGNED_OFF,
        Meaning.NOTHING_LEFT,
    ),
    "not_started": (Meaning.BEGUN, Meaning.SIGNED_OFF),
    "at_risk": (
        Meaning.WITHIN,
        Meaning.WELL,
        Meaning.DONE,
        Meaning.SIGNED_OFF,
        Meaning.NOTHING_LEFT,
        Meaning.NOTHING_NEEDED,
    ),
    "open": (
        Meaning.DONE,
        Meaning.DELIVERED,
        Meaning.SIGNED_OFF,
        Meaning.NOTHING_LEFT,
        Meaning.NOTHING_NEEDED,
    ),
    "on_hold": (Meaning.WELL, Meaning.CARRIES_ON),
}

# What is done is done of a part alone where the same update says that something is left.
_LEFT = (*_HELD_UP, Meaning.NOT_DONE, Meaning.REMAINS, Meaning.WITHOUT_MEANS)


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
        against = words_against(said)
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
    yield from said_under_states(document)
    key = key_of(document)
    for card in document.once(action_cards):
        if status := state_of(card.state, key):
            yield Said(card.news, status, card.news_at)
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


def words_against(said: Said) -> str:
    """Return the words of an update that speak against its status; empty where none do."""
    status = said.status or _leading(said.text)
    if not status or _PARTS.search(said.text):
        return ""
    for start, end in sentences(said.text):
        sentence = said.text[start:end]
        found = status_of(sentence)
        if found and found[2] == 0 and _contradicts(status, found[0], found[1]):
            return found[1]
    speak = _SPEAKS_AGAINST.get(status, ())
    if Meaning.DONE in speak and said_of(said.text, _LEFT):
        speak = tuple(one for one in speak if one not in (Meaning.DONE, Meaning.DELIVERED))
    return said_of(said.text, speak)


def _contradicts(status: str, other: str, words: str) -> bool:
    if status == "complete" and other == "on_track":
        return bool(_UNDONE.search(words))
    return other in _CONTRADICTED.get(status, ())
