"""States that stand at the end of a heading, `B1. Emergency calls      AMBER`, with what is below.

Or at the end of the last of a part's bullets: `The service met every standard. RED`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Document, Line, Origin
from peelian.intake.flow import BULLET
from peelian.proofreading.statuses import Said
from peelian.recognition.printed import raw_lines
from peelian.recognition.status_key import key_of, state_of

_STATE = r"(?P<state>[A-Z][A-Za-z]+(?:\s[A-Za-z]{2,}){0,2})"
_HEADED = expression(
    rf"\s*(?:[A-Z]?\d{{1,2}}(?:\.\d{{1,2}})?[.:)]?\s+|[A-Z]\w+\s)\S[^\n]{{0,90}}?\s{{3,}}{_STATE}\s*$"
)
_ENDED = expression(r"(?:[.!?*%][)\]”’\"']?|\))\s+(?P<state>[A-Z]{3,}(?:\s[A-Z]{2,}){0,2})\s*$")
_TITLED = expression(r"\s*(?:table|appendix|annex|figure|chart|part)\b", re.IGNORECASE)
_KEY = expression(r"\b(?:states?|key|colours?|ratings?)\s*:", re.IGNORECASE)
_LABELLED = expression(
    r"\s*(?:position|status|state|rating|progress|result)\s*:\s*(?P<state>[A-Z][A-Za-z]+(?:\s[A-Za-z]+){0,2})\.?",
    re.IGNORECASE,
)
_GRADED = expression(
    r"\s*(?:grade|grading|judgement|rag(?:\s+(?:rating|status))?|assessment)\s*:\s*"
    r"(?P<state>[A-Z][A-Za-z]+(?:\s[A-Za-z]+){0,2})\.?",
    re.IGNORECASE,
)
_FEWEST, _MOST_LINES, _MOST_BELOW = 3, 30, 4
_MOST_SORTS = 8  # of states; more are no states


@dataclass(frozen=True)
class Headed:
    """A state at the end of a heading, or of a part, and the text that it is said of."""

    state: str
    at: Origin
    text: str
    text_at: Origin


def headed_states(document: Document) -> list[Headed]:
    """Return the states that stand at the ends of headings, or of parts, in order."""
    lines = list(raw_lines(document))
    ways = (_at_headings(lines), _at_labels(document), _at_openings(document), _at_ends(document))
    for found in ways:
        states = [one.state for one in found]
        repeated = len(states) > len(set(states)) and len(set(states)) <= _MOST_SORTS
        if (
            len(states) >= _FEWEST
            and repeated
            and sum(map(bool, map(state_of, states))) * 2 > len(states)
        ):
            return found
    return []


def said_under_states(document: Document) -> Iterator[Said]:
    """Yield what stands under each state at the end of a heading, or before one that ends it."""
    key = key_of(document)
    headed = document.once(headed_states)
    for one in headed:
        if status := state_of(one.state, key):
            yield Said(one.text, status, one.text_at)
    known = {one.at for one in headed}
    for one in _at_openings(document):
        if one.at not in known and (status := state_of(one.state, key)):
            yield Said(one.text, status, one.text_at)


def _at_headings(lines: Sequence[Line]) -> list[Headed]:
    matches = [(n, match) for n, line in enumerate(lines) if (match := _HEADED.match(line.text))]
    found = []
    for (n, match), (after, _match) in pairwise([*matches, (len(lines), None)]):
        if match is None or _TITLED.match(lines[n].text):
            continue
        until = min(after, n + 1 + _MOST_LINES)
        below = list(takewhile(_is_no_key, filter(_has_text, lines[n + 1 : until])))
        if below:
            text = " ".join(map(_unmarked, below))
            found.append(Headed(match["state"], lines[n].origin, text, below[0].origin))
    return found


def _unmarked(line: Line) -> str:
    """Return a line's words without the bullet before them: several would be parts of one thing."""
    bullet = BULLET.match(line.text)
    return " ".join(line.text[bullet.end() if bullet else 0 :].split())


def _at_labels(document: Document) -> list[Headed]:
    """Return the states that close a part on a line of their own, `Position: Delivered`."""
    found: list[Headed] = []
    part: list[tuple[str, Origin]] = []
    for block in document.blocks:
        match = _LABELLED.fullmatch(block.text[:60]) if block.kind != BlockKind.ROW else None
        if match and part:
            text = " ".join(text for text, _origin in part[-_MOST_LINES:])
            found.append(Headed(match["state"], block.origin, text, part[0][1]))
        if match or block.text.isupper():
            part = []
        elif block.kind != BlockKind.ROW:
            part.append((block.text, block.origin))
    return found


def _at_openings(document: Document) -> list[Headed]:
    """Return the states that stand below a title, `Grade: Green`, with the text that follows."""
    found: list[Headed] = []
    blocks = [block for block in document.blocks if block.kind != BlockKind.ROW]
    for n, block in enumerate(blocks):
        match = _GRADED.fullmatch(block.text[:60])
        if match is None or not n or not _is_title(blocks[n - 1]):
            continue
        below = list(takewhile(_goes_on, blocks[n + 1 : n + 1 + _MOST_BELOW]))
        if below:
            text = " ".join(one.text for one in below)
            found.append(Headed(match["state"], block.origin, text, below[0].origin))
    return found


def _is_title(block: Block) -> bool:
    return block.kind == BlockKind.HEADING or (
        len(block.text) < 100 and block.text[-1:] not in ".;:"
    )


def _goes_on(block: Block) -> bool:
    """Return whether a block is of the same part: neither a title nor a grade."""
    return not _is_title(block) and not _GRADED.fullmatch(block.text[:60])


def _has_text(line: Line) -> bool:
    return bool(line.text.strip())


def _is_no_key(line: Line) -> bool:
    """Return whether a line does not explain the states: `States: done, under way`."""
    return not _KEY.search(line.text)


def _at_ends(document: Document) -> list[Headed]:
    """Return the states that end a bullet or paragraph, with the bullets before it."""
    found: list[Headed] = []
    part: list[tuple[str, Origin]] = []
    for block in document.blocks:
        if block.kind != BlockKind.BULLET:
            part = []
        match = _ENDED.search(block.text[-60:]) if block.kind != BlockKind.ROW else None
        part.append((block.text, block.origin))
        if match:
            text = " ".join(text for text, _origin in part)
            found.append(Headed(match["state"], block.origin, text, part[0][1]))
            part = []
    return found
