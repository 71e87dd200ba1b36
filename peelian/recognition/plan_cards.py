"""Delivery plans printed as cards: one label to a line, or a numbered line with words below it.

A line that begins with a reference opens a record, labels fill it, and the next reference or group
closes it. Three records with the same labels make a plan; anything less is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from peelian.intake.document import BlockKind, Document, Line
from peelian.recognition.card_records import Card, card_of
from peelian.recognition.columns import (
    COMMITMENT,
    OVERSIGHT,
    STATUS,
    UPDATE,
)
from peelian.recognition.plan_drafts import (
    ActivityDraft,
    CommitmentDraft,
    PlanDraft,
    components,
)
from peelian.recognition.plan_heads import is_furniture
from peelian.recognition.plan_labels import (
    OWNER,
    STRANGE,
    bare_label,
    label_role,
)
from peelian.recognition.plan_openers import GROUPS, Opener, group_title, opener
from peelian.recognition.status_key import KeyEntry, status_key

_FEWEST = 3
_MOST_LINES = 12_000
_MOST_IN_CARD = 60
_MOST_BETWEEN = 40


def card_plans(document: Document) -> list[PlanDraft]:
    """Return the plans that a document prints as cards; none for what only looks alike.

    Never raises, whatever the document holds.
    """
    lines = plan_lines(document)
    cards = _cards(lines, status_key(lines))
    made = []
    for together in _apart(cards):
        while together and not together[-1].has_labels:  # numbers of what follows the plan
            together.pop()
        if _is_plan(together):
            made.append(_plan(together))
    return made


def plan_lines(document: Document) -> list[Line]:
    """Return a document's lines, without what a page prints around them; of Word its paragraphs."""
    if document.lines:
        lines = document.lines[:_MOST_LINES]
        kept = [line for at, line in enumerate(lines) if not is_furniture(lines, at)]
        return [Line(_unruled(line.text), line.origin) for line in kept]
    made = []
    for block in document.blocks[:_MOST_LINES]:
        if block.kind == BlockKind.ROW:
            made.append(Line(_labelled_row([cell.text for cell in block.cells]), block.origin))
        elif block.kind != BlockKind.CONTENTS:
            text = f"{block.number} {block.text}".strip()
            made += [Line(piece, block.origin) for piece in text.split("\n")]
    return made[:_MOST_LINES]


def _unruled(text: str) -> str:
    """Return a row between strokes with its cells apart by spaces; any other line as it is."""
    bare = text.strip()
    ruled = bare.startswith("|") and bare.endswith("|")
    return "   ".join(cell.strip() for cell in bare.strip("|").split("|")) if ruled else text


def _labelled_row(cells: Sequence[str]) -> str:
    """Return a row of a label and its words as a line; any other row as an empty one."""
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    if len(filled) == 2 and (label_role(filled[0]) or opener(" ".join(filled))):
        return f"{filled[0].rstrip(':')}: {filled[1]}"
    return ""


def _cards(lines: Sequence[Line], key: Sequence[KeyEntry]) -> list[Card]:
    """Return the records of the kinds that make plans, with the headings they stand under."""
    openers = {at: found for at, line in enumerate(lines) if (found := opener(line.text))}
    bare = _bare_labels(lines)
    kinds = _kinds(_between(lines, openers, bare, key))
    if not kinds:
        return []
    # A number within words opens nothing: `… we have taken on / 12 Special Constables`.
    kept = {at: found for at, found in openers.items() if _opens(lines, at, found, kinds)}
    cards = _between(lines, kept, bare, key)
    return _headed(lines, [card for card in cards if card.kind in kinds], cards, kinds)


def _between(
    lines: Sequence[Line],
    openers: dict[int, Opener],
    bare: frozenset[str],
    key: Sequence[KeyEntry],
) -> list[Card]:
    """Return what stands between openers as records."""
    starts = [*sorted(openers), len(lines)]
    return [
        card_of(
            lines[at : _until(lines, at, min(after, at + _MOST_IN_CARD))],
            openers[at],
            at,
            bare,
            key,
        )
        for at, after in pairwise(starts)
    ]


def _opens(lines: Sequence[Line], at: int, found: Opener, kinds: set[str]) -> bool:
    known = found.kind in kinds or found.kind in GROUPS or not found.reference
    return known or at == 0 or not lines[at - 1].text.strip()


def _until(lines: Sequence[Line], at: int, limit: int) -> int:
    """Return where a record ends: before a group's title, at the latest at a limit."""
    for end in range(at + 1, limit):
        fresh = not lines[end - 1].text.strip()
        if fresh and group_title(lines[end].text) and not lines[end].text[:1].isspace():
            return end
    return limit


def _bare_labels(lines: Sequence[Line]) -> frozenset[str]:
    """Return the labels that begin several lines with nothing to part them from the words."""
    counted = Counter(filter(None, (bare_label(line.text) for line in lines)))
    return frozenset(label for label, count in counted.items() if count >= _FEWEST)


def _kinds(cards: Iterable[Card]) -> set[str]:
    """Return the kinds of reference that open records: most of them hold labels."""
    every = list(cards)
    counted = Counter(card.kind for card in every)
    labelled = Counter(card.kind for card in every if card.has_labels)
    return {
        kind for kind, count in labelled.items() if count >= _FEWEST and count * 2 > counted[kind]
    }


def _headed(
    lines: Sequence[Line], cards: Sequence[Card], every: Sequence[Card], kinds: set[str]
) -> list[Card]:
    """Give each record the group, and the commitment, that stands last before it."""
    titles: dict[int, tuple[str, Card | None]] = {}
    for card in every:
        is_group = card.kind in GROUPS and card.kind not in kinds
        if not card.has_labels and card.kind not in kinds:
            titles[card.at] = (lines[card.at].text.strip() if is_group else "", card)
    for at, line in enumerate(lines):
        if at not in titles and (title := group_title(line.text)) and opener(line.text) is None:
            titles[at] = title, None
    order = sorted(titles)
    objective, above, n = "", None, 0
    for card in cards:
        while n < len(order) and order[n] < card.at:
            title, opened = titles[order[n]]
            objective = title or objective
            above = None if title else opened
            n += 1
        card.objective = objective
        own, over = components(card.reference), components(above.reference) if above else ()
        if above and over and len(own) > len(over) and own[: len(over)] == over:
            card.above = above
    return list(cards)


def _apart(cards: Sequence[Card]) -> list[list[Card]]:
    """Return records in their plans: what stands far from the one before begins another."""
    made: list[list[Card]] = []
    for card in cards:
        if made and card.at - made[-1][-1].end <= _MOST_BETWEEN:
            made[-1].append(card)
        else:
            made.append([card])
    return made


def _is_plan(cards: Sequence[Card]) -> bool:
    """Return whether records are those of a plan: alike, with their text and how they stand."""
    if len(cards) < _FEWEST:
        return False
    counted = Counter(role for card in cards for role in set(card.cells))
    usual = {role for role, count in counted.items() if count * 5 >= len(cards) * 3}
    strange = counted[STRANGE] * 5 >= len(cards)
    stands = usual & {UPDATE, STATUS}
    filled = sum(bool(card.text) for card in cards) * 5 >= len(cards) * 3
    beside = usual & {UPDATE, STATUS, OVERSIGHT, OWNER}
    return not strange and bool(stands) and len(beside) >= 2 and filled


def _plan(cards: Sequence[Card]) -> PlanDraft:
    draft = PlanDraft("", cards[0].origin)
    bodies = any(OVERSIGHT in card.cells for card in cards)
    opened: tuple[Card, CommitmentDraft] | None = None
    for card in cards:
        if card.above and opened and opened[0] is card.above:
            commitment = opened[1]
        elif card.above:
            commitment = _commitment(card.above, card.objective)
            opened = card.above, commitment
            draft.commitments.append(commitment)
        else:
            commitment = _commitment(card, card.objective)
            draft.commitments.append(commitment)
        activity = ActivityDraft(card.reference if card.above else "", card.origin)
        for role, lines in card.cells.items():
            if role == OWNER and bodies:
                continue
            activity.cells[OVERSIGHT if role == OWNER else role] = list(lines)
        if card.above:
            activity.cells["activity"] = card.lines
        commitment.activities.append(activity)
    return draft


def _commitment(card: Card, objective: str) -> CommitmentDraft:
    made = CommitmentDraft(card.reference, objective, "", card.origin)
    made.lines = card.lines or card.cells.get(COMMITMENT, [])
    return made
