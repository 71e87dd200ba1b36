"""Where papers answer what was undertaken: under `Matters arising`, in a log of actions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind
from peelian.recognition.action_tables import is_action_head

_MOST_ANSWERS, _SHORT = 120, 90

_ANSWERS = expression(
    r"\bmatters\s+arising\b|\baction(?:s)?\s+(?:log|list|tracker|register|points|from|arising|update)\b|"
    r"\b(?:outstanding|previous)\s+actions\b|\bprogress\s+on\s+(?:actions|recommendations)\b|"
    r"\bundertakings\b|\bsince\s+(?:the\s+|our\s+|we\s+)?last\s+(?:meeting|forum|session|met)\b|"
    r"\b(?:business|issues)\s+arising\b|\byou\s+(?:said|asked)\b|"
    r"\bfollow(?:ing)?[\s-]?up\s+(?:from|to|on)\b|\bwhat\s+(?:was|we)\s+(?:promised|agreed)\b|^\W*(?:(?:agenda\s+)?item\s+)?\d{0,2}[.:]?\s*(?:review\s+of\s+|update\s+on\s+)?"
    r"actions(?:\s+update)?\W*$",
    re.IGNORECASE,
)
# By what a log of actions numbers them: `23/05`, `AB/69`, `A-107`.
NUMBER = r"(?:\d{1,3}/\d{2,4}|[A-Z]{1,4}[/-]\d{1,4}(?:/\d{2,4})?)\b"
# Where an answer says to what: `23/05 …`, `Minute 4(b). …`.
_ANSWERED = expression(
    rf"(?:^|[.;]\s)\W{{0,4}}(?:[Aa]ction\s+|ACTION\s+)?(?P<action>{NUMBER})"
    r"|^\W{0,4}(?i:Minute|Min\.?|Item)\s+(?P<minute>\d{1,3})\b"
)
_OF_MINUTES = expression(
    r"\s*(?:from\s+)?(?:minute|min\.?)(?:\s*(?:no\.?|number|ref\w*\.?))?\s*", re.IGNORECASE
)
_PART = expression(
    r"\s*(?:agenda\s+item|appendix|report|recommendations?|background|purpose)\b", re.I
)
# What a page prints before the title: `Item 4  page 2`.
_LABEL = expression(
    r"(?:\W{0,4}(?:agenda\s+)?item\s+\w{1,3}\b)?(?:\W{0,4}page\s+\d{1,3}\b)?[\s.:–-]*",
    re.IGNORECASE,
)
_ITEM = expression(r"\s*(?:\d{1,3}\s+)?(?:agenda\s+|e)?item\s+\d{1,2}\b", re.IGNORECASE)


def answering(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the blocks that stand under `Matters arising`, `Action log` and the like.

    There one rare word of an undertaking is an answer: the place is for nothing else.
    """
    found: set[int] = set()
    logs: set[tuple[str, int | None]] = set()
    for n, block in enumerate(blocks):
        table = (block.origin.file, block.table)
        if block.kind == BlockKind.ROW and is_action_head(block):
            logs.add(table)
        elif block.table is not None and table in logs:
            found.add(n)
        begins = label.end() if (label := _LABEL.match(block.text[:_SHORT])) else 0
        titled = block.kind == BlockKind.PARAGRAPH and _ANSWERS.match(block.text[:_SHORT], begins)
        heads = block.kind == BlockKind.HEADING or block.is_head or block.text.endswith(":")
        heads = heads or bool(titled and not block.text.endswith(".")) or _is_shouted(block)
        if not heads or len(block.text) > _SHORT or not _ANSWERS.search(block.text):
            continue
        for m in range(n + 1, min(n + 1 + _MOST_ANSWERS, len(blocks))):
            if _ends_answers(blocks[m], block):
                break
            found.add(m)
    return frozenset(found)


def minutes_answered(blocks: Sequence[Block]) -> dict[str, list[str]]:
    """Return what rows say to each minute, in tables with a column that numbers minutes."""
    found: dict[str, list[str]] = defaultdict(list)
    column: dict[tuple[str, int | None], int] = {}
    for block in blocks:
        table = (block.origin.file, block.table)
        for cell in block.cells:
            if _OF_MINUTES.fullmatch(cell.text):
                column[table] = cell.column
            elif column.get(table) == cell.column and cell.text.strip():
                found[cell.text.strip().rstrip(".")].append(block.text)
    return found


def is_of_other(text: str, action: str, minute: str) -> bool:
    """Return whether an answer gives the number of another action, or of another minute."""
    given = list(_ANSWERED.finditer(text))
    actions = {match["action"] for match in given if match["action"]}
    minutes = {match["minute"] for match in given if match["minute"]}
    of_action = bool(actions and action) and action not in actions
    return of_action or bool(minutes and minute and minute not in minutes)


def _is_shouted(block: Block) -> bool:
    """Return whether a block is a title in capitals: `24/33 MATTERS ARISING`."""
    return block.text.isupper() and len(block.text.split()) > 1 and len(block.text) <= _SHORT


def _ends_answers(block: Block, head: Block) -> bool:
    """Return whether a block begins another part than the one that a heading of answers heads."""
    is_short = len(block.text) <= _SHORT
    if _ITEM.match(block.text) and is_short:
        return True
    follows = head.number.isdecimal() and block.number == str(int(head.number) + 1)
    if follows and is_short and not block.text.endswith((".", ";")):
        return True
    if _is_shouted(head) and _is_shouted(block):
        return True
    if block.kind != BlockKind.HEADING:
        return False
    numbered = bool(head.number and block.number) and head.kind == BlockKind.HEADING
    return numbered or block.text.isupper() or bool(_PART.match(block.text))
