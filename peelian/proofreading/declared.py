"""The states that a document says it uses: `The status is one of four: …`, and others it uses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import Block, Document, Line, Origin
from peelian.proofreading.findings import Place
from peelian.proofreading.headed_states import headed_states
from peelian.proofreading.statuses import state_columns
from peelian.recognition.action_cards import action_cards
from peelian.recognition.plan import Plan
from peelian.recognition.status_key import key_of

_STATE = r"[“\"‘']?[A-Z][\w’'-]*(?:\s+[a-z][\w-]*){0,2}[”\"’']?"
_SHOUTED = r"[A-Z]{3,}(?:\s[A-Z]{2,})?"
# `The status is one of four: Not started, In progress, Complete or Paused.`
_LISTED = expression(
    r"\b(?i:status|state|rating|position|progress)(?:es|s)?\b[^.:;]{0,50}?(?:\bis\b|\bare\b|\bas\b|:)\s*"
    r"(?:(?:shown|given|told|recorded)\s+as\s+|(?:one\s+of\s+)?(?:\w+\s+){0,2}\w+\s*:\s*)?"
    rf"(?P<states>{_STATE}(?:,\s*{_STATE})+,?\s+(?:or|and)\s+{_STATE}|{_SHOUTED}(?:,\s*{_SHOUTED}){{2,}})"
    r"(?=\s*(?:[.;]|$))",
    needs="status|state|rating|position|progress",
)
_APART = expression(r",\s*(?:(?:or|and)\s+)?|\s+(?:or|and)\s+(?=[“\"‘']?[A-Z])")
# `We use three words for where a promise stands:`, and under it `Achieved - nothing is left`.
_HEADS = expression(r"\b(?:status|states?|stands?|rating|key|rag)\b[^.]{0,80}:\s*$", re.IGNORECASE)
# `GREEN: the standard is met. AMBER: within five points of it. RED: further from it.`
_EACH = expression(r"(?:^|[.;]\s+)([A-Z]{3,}(?:\s[A-Z]{2,})?):\s+[a-z]", needs=":")
_EXPLAINED = expression(rf"\W*(?P<state>{_STATE})\s*(?:[:=–—]|\s-)\s+\S")
# `How states are named` above, and below it `To time       work should end when it is due`.
_HEADING = expression(
    r"\b(?:states?|status(?:es)?|ratings?|lights?)\b", re.IGNORECASE, needs="stat|rating|light"
)
_APART_BY_GAP = expression(rf"\s*(?P<state>{_STATE})\s{{2,}}[a-z(]")
_SHORT = 60
_LABELLED = expression(r"\W*(?P<label>[A-Z][\w’' ]{2,30}):\s+(?P<state>[A-Z][^.:;]{1,40}?)\.?\s*$")
_COUNTED = expression(r"\s\d{1,4}$")  # `Achieved 7`: how many are in that state
_REMARK = expression(r"\s*[,;:(–—-]")
_FEWEST, _MOST, _MOST_WORDS = 3, 8, 6
_MOSTLY = 0.6


@dataclass(frozen=True)
class Undeclared:
    """A state in use that is none of those that the document says it uses."""

    state: str
    place: Place
    declared: tuple[str, ...]
    said: Place


@dataclass(frozen=True)
class _Used:
    state: str
    origin: Origin


def undeclared(document: Document, plans: Sequence[Plan]) -> Iterator[Undeclared]:
    """Yield each state in use that is none of those that the document says it uses.

    What bears the same label, or stands in the same plan, is judged where most of it is declared.
    """
    said = _declared(document)
    if said is None:
        return
    declared, place = said
    known = {state.casefold() for state in declared}
    found: dict[int, _Used] = {}
    of_plans = [_of(plan) for plan in plans if plan.origin.file == document.file]
    headed = [_Used(_bare(one.state), one.at) for one in document.once(headed_states)]
    cards = [_Used(_bare(one.state), one.state_at) for one in document.once(action_cards)]
    for used in (*_labelled(document), *of_plans, *_in_tables(document), headed, cards):
        right = [one for one in used if _is_known(one.state, known)]
        if len(right) >= max(_FEWEST, _MOSTLY * len(used)):
            found |= {one.origin.order: one for one in used if one not in right}
    letters = any(len(state) == 1 for state in declared)
    for one in found.values():
        if len(one.state) == 1 and not letters:
            continue  # the letter of a part, or a mark
        yield Undeclared(one.state, Place(one.origin, one.state), declared, place)


def _is_known(state: str, known: set[str]) -> bool:
    """Return whether a state is declared, or is one that is followed by a remark."""
    small = state.casefold()
    return small in known or any(
        small.startswith(one) and _REMARK.match(small, len(one)) for one in known
    )


def _declared(document: Document) -> tuple[tuple[str, ...], Place] | None:
    """Return the states that a document lists as those it uses, and where; None where it does not.

    One that lists them twice, in different ways, says nothing certain.
    """
    found: dict[tuple[str, ...], Place] = {}
    if key := key_of(document):
        symbols = tuple(dict.fromkeys(entry.printed for entry in key))
        found[symbols] = Place(key[0].origin, f"{key[0].printed} {key[0].words}")
    lines = document.lines
    for n, block in enumerate(document.blocks):
        if listed := _LISTED.search(block.text[:2000]):
            states = tuple(_bare(state) for state in _APART.split(listed["states"]))
            place = Place(block.at(listed.start()), " ".join(listed[0].split()))
        elif len(states := tuple(dict.fromkeys(_EACH.findall(block.text[:2000])))) >= _FEWEST:
            place = Place(block.origin, block.text[:200])
        elif _HEADS.search(block.text[-200:]):
            states = tuple(_explained(document.blocks[n + 1 : n + 1 + _MOST]))
            place = Place(block.origin, block.text[-200:])
        elif len(block.text) <= _SHORT and _HEADING.search(block.text):
            below = bisect_right(lines, block.origin.order, key=lambda line: line.origin.order)
            states = tuple(_set_apart(lines[below : below + 2 * _MOST]))
            place = Place(block.origin, block.text)
        else:
            continue
        if _FEWEST <= len(states) <= _MOST:
            found.setdefault(states, place)
    return next(iter(found.items())) if len(found) == 1 else None


def _explained(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match = _EXPLAINED.match(block.text[:200])
        if match is None:
            return
        yield _bare(match["state"])


def _set_apart(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the states that lines explain, each apart from its words by a gap."""
    begun = False
    for line in lines:
        match = _APART_BY_GAP.match(line.text)
        if match:
            begun = True
            yield _bare(match["state"])
        elif begun or line.text.strip():
            return


def _labelled(document: Document) -> Iterator[list[_Used]]:
    """Yield for each label what stands after it: `Status: Complete`, `Where it stands: Done`."""
    found: dict[str, list[_Used]] = defaultdict(list)
    for line in document.lines:
        match = _LABELLED.match(line.text) if len(line.text) <= 120 else None
        if match and len(match["state"].split()) <= _MOST_WORDS:
            found[match["label"].casefold()].append(_Used(_bare(match["state"]), line.origin))
    yield from found.values()


def _in_tables(document: Document) -> Iterator[list[_Used]]:
    """Yield what stands in the columns of states of the tables of a document."""
    for table in document.tables():
        for column in state_columns(table):
            cells = [c for row in table.rows for c in row.cells if c.column == column]
            yield [_Used(_bare(c.text), c.origin) for c in cells if c.text.strip()]


def _of(plan: Plan) -> list[_Used]:
    states = ((_bare(a.state), a.state_at or a.origin) for a in plan.activities)
    return [_Used(state, at) for state, at in states if 0 < len(state.split()) <= _MOST_WORDS]


def _bare(state: str) -> str:
    return _COUNTED.sub("", " ".join(state.split())).strip(" .“”\"‘’'")
