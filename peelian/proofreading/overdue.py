"""What was due before the day of the document, though nothing says that it is done.

Due dates stand in a column of a table, in a line of a card (`Due: 30 November 2022`), in the lines
of a table whose columns were lost, and beside what is listed as a next step.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Document, Table
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import day_in_words, place, shortened
from peelian.recognition.action_cards import action_cards
from peelian.recognition.dates import DateMention, dates
from peelian.recognition.status_key import key_of, state_of

TITLE = gettext_lazy("Told as still to come, though the date has passed")

_DUE = expression(
    r"\s*(?:(?:action|target|forecast|planned|expected|agreed|revised)\s+)*"
    r"(?:due|deadline|by\s+when|timescale|target|(?:completion|end|target|due|delivery)\s+date)s?\s*",
    re.IGNORECASE,
)
_OVER = expression(
    r"\b(?:complet\w*|closed?|done|discharged|delivered|achieved|met|ended|cancelled|superseded|"
    r"implemented|finish\w*|finali[sz]ed|submitted|sent|held|published|approved|withdrawn)\b",
    re.IGNORECASE,
)
_STATE = expression(r"\s*(?:current\s+)?(?:state|status|b?rag|rating)\s*", re.IGNORECASE)
_SAYS_IT_IS_LATE = ("off_track", "on_hold")
_STILL_OPEN = ("not_started", "open", "on_track", "at_risk", "off_track")
# The column headings of a table whose columns were lost: when something is due, and how it stands.
_HEADINGS = expression(
    r"(?=.{0,160}\b(?:due|deadline|by\s+when|target\s+date)\b)"
    r".{0,160}\b(?:status|state|rag|progress|position|update)\b",
    re.IGNORECASE,
)
_LONGEST_HEADINGS = 120
_UNDONE = expression(
    r"[\s|–-]{1,4}(?:in\s+progress|on[- ]?going|open|outstanding|overdue|"
    r"not\s+(?:yet\s+)?(?:started|begun|complete\w*|done)|under\s*way|pending|delayed|part(?:ly|ially)\b|started|red|amber)\b",
    re.IGNORECASE,
)
# A card gives the state in a line of its own, near that of the date.
_CARD_DUE = expression(
    r"\W*(?:due(?:\s+(?:by|date))?|deadline|target\s+date|by\s+when|completion\s+date)\s*[:–-]",
    re.I,
)
_CARD_STATE = expression(
    r"\W*(?:state|status|progress|position|outcome|result)\s*[:–-]\s*(?P<state>.{0,40})",
    re.IGNORECASE,
)
# `Set up a fund for youth clubs by 31 December 2022`
_BY = expression(
    r"\bby\s+(?:the\s+)?(?P<day>(?:end\s+of\s+)?(?:\d|[A-Z]|[a-z]+\s+20\d\d)[^.;]{2,30})\W*$"
)
_CARD_LINES = 6
_LONGEST_ROW, _DAY_LENGTH = 8, 24  # lines that a row takes; letters of a day
_NEXT_STEPS = expression(r"\W*(?:\d+\W+)?(?:the\s+)?next\s+(?:steps|stages)\W*", re.IGNORECASE)
_WHAT_AND_WHEN = expression(
    r"\W*(?:what|step|action|stage|milestone|task)s?\b.{0,40}\b(?:when|date|by|timescale)s?\W*",
    re.IGNORECASE,
)
_SO_FAR = expression(r"\b(?:was|were|has|have|had|already)\b", re.IGNORECASE)
_FEWEST_STEPS, _SAYS = 3, 30


@check("stale-future", TITLE)
def past_due(proof: Proof) -> Iterator[Finding]:
    """Find rows of a table whose due date has passed, though nothing in them says they are done."""
    if proof.as_at is None:
        return
    for document in proof.documents:
        for table in document.tables():
            due = [n for n, heading in enumerate(table.head) if _DUE.fullmatch(heading)]
            for row in table.rows if due else ():
                yield from _past_due(table, row, due, proof.as_at)
        yield from _in_lines(document, proof.as_at)
        yield from _cell_by_cell(document, proof.as_at)
        yield from _next_steps(document, proof.as_at)


@check("stale-future", TITLE)
def promised_by_then(proof: Proof) -> Iterator[Finding]:
    """Find lines of a plan that promise a thing by a day that has passed, and are not done."""
    if proof.as_at is None:
        return
    for plan in proof.plans:
        for commitment in plan.commitments:
            for activity in commitment.activities:
                text = activity.text or commitment.text
                by = _BY.search(text)
                found = dates(text[by.start("day") :], proof.as_at) if by else []
                is_open = activity.status in _STILL_OPEN
                begins = bool(found) and found[0].start == 0
                if is_open and begins and found[0].has_year and found[0].last < proof.as_at:
                    where = Place(activity.origin, shortened(text))
                    yield _finding(where, "", found[0], proof.as_at)


@check("stale-future", TITLE)
def actions_past_their_day(proof: Proof) -> Iterator[Finding]:
    """Find actions of a log of cards that are open still after the day by which they were due."""
    if proof.as_at is None:
        return
    for document in proof.documents:
        for card in document.once(action_cards):
            is_open = state_of(card.state, key_of(document)) in _STILL_OPEN
            if is_open and card.due and card.due.last < proof.as_at:
                where = Place(card.state_at, shortened(f"{card.code} {card.title}"))
                yield _finding(where, "", card.due, proof.as_at)


def settled_cards(document: Document) -> set[int]:
    """Return the order of each line that gives a due date whose card says that it is over."""
    blocks = [block for block in document.blocks if block.kind != BlockKind.ROW]
    found = set()
    for n, block in enumerate(blocks):
        if len(block.text) < _LONGEST_HEADINGS and _CARD_DUE.match(block.text):
            near = [
                *_card(blocks[n + 1 : n + _CARD_LINES]),
                *_card(blocks[:n][-_CARD_LINES:][::-1]),
            ]
            states = [state["state"] for one in near if (state := _CARD_STATE.match(one.text))]
            if states and _OVER.search(states[0]):
                found.add(block.origin.order)
    return found


def _card(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the lines of the same card: until its heading, or the date of the next."""
    for block in blocks:
        if block.kind == BlockKind.HEADING or _CARD_DUE.match(block.text):
            return
        yield block


def _past_due(table: Table, row: Block, due: list[int], as_at: dt.date) -> Iterator[Finding]:
    if _is_over(table, row):
        return
    for cell in row.cells:
        found = dates(cell.text, as_at) if cell.column in due else []
        if found and max(m.last for m in found) < as_at and found[-1].has_year:
            where = Place(cell.origin, shortened(row.text.replace("\t", " | ")))
            yield _finding(where, table.head[cell.column], found[-1], as_at)


def _is_over(table: Table, row: Block) -> bool:
    """Return whether a row says that it is done: by its state, where it has one, else anywhere."""
    states = [n for n, heading in enumerate(table.head) if _STATE.fullmatch(heading)]
    stated = [s for c in row.cells if c.column in states and (s := state_of(c.text))]
    if stated and stated[0] in _SAYS_IT_IS_LATE:
        return True
    return stated[0] not in _STILL_OPEN if stated else bool(_OVER.search(row.text))


def _in_lines(document: Document, as_at: dt.date) -> Iterator[Finding]:
    """Yield what was due by the lines of tables whose columns were lost."""
    is_headed = False
    for block in document.blocks:
        if block.kind == BlockKind.ROW:
            continue
        short = len(block.text) < _LONGEST_HEADINGS
        is_headed = is_headed or (short and bool(_HEADINGS.match(block.text)))
        if not is_headed:
            continue
        for mention in dates(block.text, as_at):
            undone = _UNDONE.match(block.text, mention.end)
            if undone and mention.has_year and mention.last < as_at:
                yield _finding(place(block, 0, None, mention.start), "", mention, as_at)


def _cell_by_cell(document: Document, as_at: dt.date) -> Iterator[Finding]:
    """Yield the lines that are a day and nothing else, under a column heading that says it is due.

    A table of which only the words were kept has its cells one after another, so that those of a
    row stand between its day and the day of the row before.
    """
    heading, row = "", list[Block]()
    lines = [block for block in document.blocks if block.kind != BlockKind.ROW]
    for block, following in zip_longest(lines, lines[1:]):
        if _DUE.fullmatch(block.text):
            heading, row = block.text.strip(), []
        elif heading:
            row.append(block)
            mention = _day_alone(block, as_at)
            if mention and len(row) > 1 and mention.has_year and mention.last < as_at:
                said = " ".join(b.text for b in (*row, *([following] if following else [])))
                if not _OVER.search(said):
                    where = Place(block.origin, shortened(f"{row[0].text} | {block.text}"))
                    yield _finding(where, heading, mention, as_at)
            if mention:
                row = []
            elif len(row) > _LONGEST_ROW:
                heading = ""


def _day_alone(block: Block, as_at: dt.date) -> DateMention | None:
    """Return the day that is all a line says; None if it says more, or none."""
    found = dates(block.text, as_at) if len(block.text) <= _DAY_LENGTH else []
    is_all = len(found) == 1 and not block.text.replace(found[0].printed, "").strip(" .")
    return found[0] if is_all else None


def _next_steps(document: Document, as_at: dt.date) -> Iterator[Finding]:
    """Yield the steps listed under `Next steps` whose date has passed, and that are not done."""
    is_next = False
    for block in document.blocks:
        if block.kind == BlockKind.HEADING:
            goes_on = is_next and _WHAT_AND_WHEN.fullmatch(block.text)
            is_next = bool(goes_on or _NEXT_STEPS.fullmatch(block.text))
        elif is_next:
            yield from _steps(block, as_at)


def _steps(block: Block, as_at: dt.date) -> Iterator[Finding]:
    found = [m for m in dates(block.text, as_at) if m.has_year]
    stops = [*(m.start for m in found[1:]), len(block.text)]
    listed = block.kind == BlockKind.ROW or len(found) >= _FEWEST_STEPS
    for mention, stop in zip(found, stops, strict=False) if listed else ():
        after = block.text[mention.end : stop][:_SAYS]
        if mention.last < as_at and not (_OVER.search(after) or _SO_FAR.search(after)):
            yield _finding(place(block, 0, None, mention.start), "", mention, as_at)


def _finding(where: Place, heading: str, mention: DateMention, as_at: dt.date) -> Finding:
    says = {
        "heading": heading or _("Due"),
        "printed": mention.printed,
        "day": day_in_words(as_at),
    }
    return Finding(
        where,
        _("“%(heading)s” is %(printed)s, before %(day)s, and nothing says it is done.") % says,
        _("Say whether it is done, or give the new date."),
        Confidence.LIKELY,
    )
