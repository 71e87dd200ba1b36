"""The future that has passed: what is told as still to come, though its date is behind us."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import BlockKind, Document, Passage
from peelian.proofreading.findings import RANK, Confidence, Finding, Place, check
from peelian.proofreading.overdue import TITLE, settled_cards
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import day_in_words, place
from peelian.proofreading.spoken import Minuted, quoted
from peelian.recognition.dates import DateMention
from peelian.recognition.future import FutureStatement, future_statements

_LONG = 100  # days: more than a quarter
# What stands behind an action that is over, in a log of actions.
_SETTLED = expression(
    r"[\s.;:–—(\[-]{0,6}(?:(?:action|status|now)[\s:–-]{1,4}){0,2}(?:closed?|completed?|done|discharged|sent|"
    r"circulated|withdrawn|superseded|cancelled)\b"
    r"(?=\W*$|[.;,)\]]|\s+(?:on|to|at|in)\b)|\s+and\s+(?:it\s+|they\s+)?did\b",
    re.IGNORECASE,
)
_CLOSED = expression(
    r"\W*(?:action\s+)?(?:closed|complete(?!\s+(?:all|an?|its?|our|the)\b)|completed|done|discharged|withdrawn|"
    r"superseded|cancelled)\b.{0,30}",
    re.IGNORECASE | re.DOTALL,
)
_SHORT_YEAR = expression(r"\s\d\d\b(?![:.]\d)")
_REPORTED = expression(
    r"\b(?:said|told|heard|advised|agreed|asked|reported|confirmed|noted|stated|resolved)\b",
    re.IGNORECASE,
)


@check("stale-future", TITLE)
def stale_futures(proof: Proof) -> Iterator[Finding]:
    """Find sentences that speak of a date before the day of the proof as if it were to come.

    Minutes tell what was said then, and are judged by the day of their meeting; what is quoted is
    left alone.
    """
    if proof.as_at is None:
        return
    minuted = Minuted(proof)
    found: dict[str, list[tuple[Place, FutureStatement, Confidence]]] = {}
    for document in proof.documents:
        for passage in _open(document):
            as_at, written = proof.as_at, _written(proof, passage, proof.as_at)
            minutes = minuted.of(passage)
            if minutes and not minutes.held_on:
                continue
            if minutes and minutes.held_on:
                as_at = written = min(minutes.held_on, as_at)
            for one in _stale(passage, as_at, written, minuted=minutes is not None):
                same = " ".join(one.text.casefold().split())
                where = place(passage, one.start, one.end, one.dates[0].start)
                sure = _sure(one, is_minuted=minutes is not None)
                found.setdefault(same, []).append((where, one, sure))
    for given in found.values():
        places = [where for where, _statement, _how_sure in given]
        sure = min((how_sure for _where, _one, how_sure in given), key=RANK.__getitem__)
        yield _finding(given[0][1], places, proof.as_at, sure)


def _open(document: Document) -> Iterator[Passage]:
    """Yield the texts of a document, without those of rows whose state is that they are closed."""
    settled = settled_cards(document)
    for block in document.blocks:
        if block.origin.order in settled:
            continue
        closed = any(_CLOSED.fullmatch(cell.text[:40]) for cell in block.cells)
        if block.kind != BlockKind.CONTENTS and not closed:
            yield from block.passages()


def _stale(
    passage: Passage, as_at: dt.date, written: dt.date, *, minuted: bool
) -> Iterator[FutureStatement]:
    statements = future_statements(passage.text, as_at, written, minuted=minuted)
    others = quoted(passage.text) if statements else []
    for statement in statements:
        is_quoted = any(a <= m.start and m.end <= b for m in statement.dates for a, b in others)
        ends = (statement.end, statement.dates[-1].end)
        # `due 29 May 31   OPEN`: the year is there, and the log it stands in judges it
        is_short = any(_SHORT_YEAR.match(passage.text, m.end) for m in statement.dates)
        if is_short or is_quoted:
            continue
        if not any(_SETTLED.match(passage.text, end) for end in ends):
            yield statement


def _written(proof: Proof, passage: Passage, as_at: dt.date) -> dt.date:
    """Return the day a passage was written: of its plan, else its document, else of the proof."""
    origin = passage.origin
    for plan in proof.plans:
        lines = [a.origin.order for a in plan.activities]
        inside = lines and plan.origin.order <= origin.order <= max(lines)
        if plan.as_at and inside and plan.origin.file == origin.file:
            return plan.as_at
    return proof.days.get(origin.file) or as_at


def _finding(
    statement: FutureStatement, places: list[Place], as_at: dt.date, sure: Confidence
) -> Finding:
    named = dict.fromkeys(f"“{m.printed}”" for m in statement.promised or statement.dates)
    says = {"printed": _(" and ").join(named), "day": day_in_words(as_at)}
    return Finding(
        places[0],
        _("%(printed)s is before %(day)s, but is told as still to come.") % says
        if len(named) == 1
        else _("%(printed)s are before %(day)s, but are told as still to come.") % says,
        _("Say what happened, or what is now planned and for when."),
        sure,
        tuple(places[1:]),
    )


def _sure(statement: FutureStatement, *, is_minuted: bool) -> Confidence:
    """Return how sure it is; of what minutes tell, less: they may report what was said before."""
    steps = min(_steps(statement, mention) for mention in statement.dates)
    return list(Confidence)[min(steps + is_minuted, len(RANK) - 1)]


def _steps(statement: FutureStatement, mention: DateMention) -> int:
    """Return how far from certain a date makes it: one step, or two where it is a long time."""
    if (mention.last - mention.first).days > _LONG:
        return 2
    exact = mention.is_day and mention.has_year and mention in statement.promised
    said = _REPORTED.search(statement.text)  # what was to come when it was said
    return 0 if exact and not said else 1
