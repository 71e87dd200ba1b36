"""One status in several wordings: in the cells of a plan or table, and in the lines of a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.expressions import expression
from peelian.intake.document import BlockKind, Document, Line, Origin, Passage
from peelian.proofreading.declared import Undeclared, undeclared
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import shortened
from peelian.proofreading.statuses import (
    COLOUR,
    LABELS,
    LONGEST_LABEL,
    OF_ANOTHER,
    Said,
    in_tables,
    is_key,
    label_of,
    may_state,
    stands_alone,
    tail_of,
    updates,
)
from peelian.recognition.future import sentences
from peelian.recognition.plan import Plan
from peelian.recognition.status import status_of
from peelian.recognition.status_key import key_of, state_of

_COLOURS = {colour[0]: colour for colour in ("red", "amber", "yellow", "green", "blue")}
# How a table stands in a text: its columns apart by spaces, or by strokes.
_COLUMNS = expression(r"\s{2,}|\t|\|")
_LABELLED = expression(
    r"\s*(?:current\s+)?(?:status|state|b?rag|rating|position|outcome)\s*(?:[:–-]|(?=\s[A-Z]))\s*",
    re.IGNORECASE,
)
# What a state is followed by where more is said of it: `Completed in part, on hold`.
_REMARK = expression(
    r"\s*(?:[,;(–:/]|\s-|\b(?:in\s+part|but|with|subject|pending|awaiting|except|apart|bar|save)\b)"
)
_COUNTED = expression(r"\s\d+$")  # `Achieved 7`: how many are in that state
_TOLD = expression(r"\s*[-–—:]\s")  # `Closed - the paper came in May`: what follows is no wording
_PART = expression(r"[A-Z]\.")  # `A.`, with which a part begins
_MOST_WORDS_OF_STATE = 8
_ROW = 60  # lines, at most, of one row of a plan
_FEWEST = 2  # plain states, that make a remark one to a state too

Worded = dict[str, dict[str, list[Place]]]


@check("status-wording", gettext_lazy("One status in several wordings"))
def status_wordings(proof: Proof) -> Iterator[Finding]:
    """Find statuses that a plan, table or text words in more than one way, with how often it does.

    The lines of the whole text add to what a plan or table shows of a status only other wordings.
    """
    planned = [updates(plan) for plan in proof.plans]
    tables = [said for document in proof.documents for said in in_tables(document)]
    states = [_states(plan) for plan in proof.plans]
    texts = [_labels(document) for document in proof.documents]
    lines = {document.file: document.lines for document in proof.documents}
    found: dict[tuple[str, str], tuple[dict[str, list[Place]], Confidence]] = {}
    for sure, sources in (
        (Confidence.CERTAIN, planned),
        (Confidence.LIKELY, states),
        (Confidence.CERTAIN, tables),
        (Confidence.LIKELY, texts),  # a text may hold several tables
    ):
        for said in filter(None, sources):
            for status, wordings in _worded(said, lines.get(said[0].origin.file, ())).items():
                key = (said[0].origin.file, status)
                if key in found and sources is texts:
                    _add(found[key][0], wordings)
                elif key not in found and len({words.casefold() for words in wordings}) > 1:
                    found[key] = wordings, sure
    told: set[tuple[str, int]] = set()
    keys = {one.file: {entry.symbol for entry in key_of(one)} for one in proof.documents}
    for (file, status), (wordings, sure) in found.items():
        if {words.casefold() for words in wordings} <= keys.get(file, set()):
            continue  # the key has them apart
        told |= {(file, at.origin.order) for places in wordings.values() for at in places}
        yield _wordings(status, wordings, sure)
    for document in proof.documents:
        for one in undeclared(document, proof.plans):
            if (document.file, one.place.origin.order) not in told:
                yield _undeclared(one)


def _add(known: dict[str, list[Place]], wordings: dict[str, list[Place]]) -> None:
    """Add the wordings that are not known, however spelled."""
    small = {words.casefold() for words in known}
    known.update({w: places for w, places in wordings.items() if w.casefold() not in small})


# ---- what is worded ----


def _labels(document: Document) -> list[Said]:
    """Return the lines, cells and sentences of a running text that are a status and no more."""
    found: dict[Origin, Said] = {}
    remarks: dict[Origin, Said] = {}
    stating = [line for line in document.lines if may_state(line.text) and not is_key(line.text)]
    lines: list[Passage] = []
    for line in stating:
        pieces = [piece for piece in _COLUMNS.split(line.text.strip()) if piece]
        if len(pieces) > 1 and len(pieces[0]) == 1:
            pieces = pieces[1:]  # the letter of a part: `A   How to read this report`
        lines += [Passage(p, ((0, line.origin),)) for p in pieces if len(p) <= LONGEST_LABEL]
        if tail := tail_of(line.text.rstrip()):
            found[line.origin] = Said(tail, "", line.origin)
        elif pieces and (said := _cell(pieces[-1], line, len(pieces) > 1)):
            (remarks if _REMARK.search(said.state) else found)[line.origin] = said
    blocks = [b for b in document.blocks if b.kind != BlockKind.ROW]
    for passage in (*lines, *(b for b in blocks if may_state(b.text))):
        for start, end in sentences(passage.text):
            label = label_of(passage.text[start:end])
            last = passage.at(max(end - 1, start))
            if (
                label
                and not _PART.fullmatch(passage.text[start:end])
                and not _COUNTED.search(label)
                and last not in found
                and not OF_ANOTHER.match(label)
            ):
                origin = passage.at(start)
                found.setdefault(origin, Said(label, "", origin))
    more = [said for origin, said in remarks.items() if origin not in found]
    return [*found.values(), *(more if len(found) >= _FEWEST else ())]


def _cell(piece: str, line: Line, among_others: bool) -> Said | None:
    """Return the state that a row's last cell, or a label, gives, perhaps with a remark to it."""
    label = _LABELLED.match(piece)
    bare = _bare(piece[label.end() if label else 0 :])
    stated = status_of(bare)
    alone = stated is None and not piece.rstrip().endswith(".")  # a line that is but a state
    if not (label or among_others or alone) or not bare[:1].isupper() or re.search(r"\d", bare):
        return None
    if len(bare.split()) > _MOST_WORDS_OF_STATE:
        return None
    led = stated is not None and stated[2] == 0 and _REMARK.match(bare, len(stated[1]))
    status = state_of(bare) if led or not stated else ""
    if stated and led and _TOLD.match(bare, len(stated[1])):
        bare = stated[1]
    return Said("", status, line.origin, bare) if status else None


def _states(plan: Plan) -> list[Said]:
    """Return the states that the cells of a plan print, and its key's where one explains them.

    What the key tells apart is not one status in two wordings.
    """
    keyed = {one.words.casefold(): one for one in plan.key if len(one.words) > 1}
    apart = {s for s, n in Counter(one.status for one in keyed.values()).items() if n > 1}
    printed = [
        Said("", a.status, a.state_at or a.origin, bare)
        for a in plan.activities
        if a.status not in apart and (bare := _bare_state(a.state, plan)) and len(bare) > 1
    ]
    used = {said.status for said in printed if not COLOUR.search(said.state)}
    explained = [
        Said("", one.status, one.origin, one.words)
        for one in keyed.values()
        if one.status in used - apart and not COLOUR.search(one.words)
    ]
    return [*printed, *explained]


def _bare_state(state: str, plan: Plan) -> str:
    """Return a state without its marks; empty where it is more than a state."""
    bare = _bare(state)
    return bare if len(bare.split()) <= _MOST_WORDS_OF_STATE and state_of(bare, plan.key) else ""


def _bare(state: str) -> str:
    """Return a state without the marks around it; a bracket that it opens is closed."""
    bare = " ".join(state.split()).strip(" .;,[]|")
    if "(" not in bare or bare.startswith("("):
        return bare.strip("()")
    return bare if bare.endswith(")") or ")" in bare else f"{bare})"


def _worded(told: list[Said], lines: Sequence[Line]) -> Worded:
    """Return the wordings of each status with their places; a colour is a status of its own."""
    worded: Worded = defaultdict(lambda: defaultdict(list))
    starts = [said.origin.order for said in told[1:]]
    for said, until in zip_longest(told, starts):
        words, stated = said.state, said.status
        if not words:
            found = status_of(said.text)
            if not found or not stands_alone(said.text, *found):
                continue
            words, stated = shortened(found[1]), found[0]
        colour = COLOUR.search(words)
        status = _COLOURS[colour[0][0].casefold()] if colour else stated
        worded[status][words].append(Place(_line_of(words, said.origin, lines, until), words))
    return worded


def _line_of(words: str, origin: Origin, lines: Sequence[Line], until: int | None) -> Origin:
    """Return where words stand that begin a row or below; where the row begins if nowhere."""
    at = bisect_left(lines, origin.order, key=lambda line: line.origin.order)
    end = origin.order + _ROW if until is None or until <= origin.order else until
    form = expression(rf"(?<!\w){re.escape(words)}(?!\w)")
    for n in range(at, min(at + _ROW, len(lines))):
        if lines[n].origin.order >= end:
            break
        below = lines[n + 1].text if n + 1 < len(lines) else ""
        if form.search(lines[n].text):
            return lines[n].origin
        if " " in words and form.search(" ".join(f"{lines[n].text} {below}".split())):
            return lines[n].origin if not form.search(below) else lines[n + 1].origin
    return origin


def _undeclared(one: Undeclared) -> Finding:
    says = {"state": one.state, "declared": ", ".join(f"“{state}”" for state in one.declared)}
    return Finding(
        one.place,
        _("The document says that its states are %(declared)s; “%(state)s” is none of them.")
        % says,
        _("Use one of the states that are explained, or explain this one too."),
        Confidence.LIKELY,
        (one.said,),
    )


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
