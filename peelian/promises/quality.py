"""What the checks of the pack would say of an update before it is saved, while it is written.

The rules are those of the record's checks and of the proof of documents; only the plain-English
hint is of its own. Nothing here refuses anything: whoever writes decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from peelian.checks.findings import Finding, unresolved
from peelian.intake.document import Origin
from peelian.intake.text import read_text
from peelian.promises.book import Said
from peelian.promises.checks import stale
from peelian.promises.models import Progress, Promise
from peelian.promises.plain_english import hints
from peelian.promises.reference_checks import lost
from peelian.promises.references import plan_of
from peelian.proofreading import findings as proof_findings
from peelian.proofreading.contradicted import words_against
from peelian.proofreading.proof import Proof
from peelian.proofreading.statuses import Said as Stated
from peelian.proofreading.unsourced import unsourced as unsourced
from peelian.recognition.future import future_statements
from peelian.recognition.references import mentions
from peelian.record.references import Resolved, resolve
from peelian.record.scope import Scope

MOST_READ = 20_000  # letters of one update
_FIGURES = "figure-without-source"


@dataclass(frozen=True)
class Remark:
    """One thing a careful reader would notice: which check says it, what stands there, what helps.

    `is_hint` is of style alone; the pack would not speak of it.
    """

    check: str
    found: str
    mend: str
    is_hint: bool = False


@dataclass(frozen=True)
class Unsaved:
    """What somebody writes of a promise and has perhaps not saved."""

    promise: Promise
    progress: str
    text: str


def remarks_on(
    promise: Promise, *, progress: str, text: str, as_at: dt.date, scope: Scope
) -> list[Remark]:
    """Return what there is to say of one update as at a day, the gravest first.

    `scope` is of whoever will read it: what it may not see counts as not there. At most one query
    for each form of reference in the text. Raises nothing.
    """
    return remarks_on_each([Unsaved(promise, progress, text)], as_at=as_at, scope=scope)[0]


def remarks_on_each(
    written: Sequence[Unsaved], *, as_at: dt.date, scope: Scope
) -> list[list[Remark]]:
    """Return the remarks on each of several updates, however many in the same few queries."""
    texts: dict[str, list[str]] = {}
    for one in written:
        texts.setdefault(plan_of(one.promise), []).append(one.text[:MOST_READ])
    known = {plan: resolve(said, scope, within=plan) for plan, said in texts.items()}
    return [list(_remarks(one, as_at, known[plan_of(one.promise)])) for one in written]


def _remarks(written: Unsaved, as_at: dt.date, known: Resolved) -> Iterator[Remark]:
    text = written.text[:MOST_READ]
    if not text.strip():
        return
    yield from _of_the_record(Said(written.promise, text, ""), as_at, known)
    yield from _of_the_status(written.progress, text)
    yield from _of_figures(text, as_at)
    for found, mend in hints(text):
        yield Remark("plain-english", found, mend, is_hint=True)


def _of_the_record(said: Said, as_at: dt.date, known: Resolved) -> Iterator[Remark]:
    """Yield what the checks of promises say: references that lead nowhere, dates gone by."""
    for name in unresolved(mentions(said.text), known):
        yield _remark("unresolved-reference", lost(said, name))
    for statement in future_statements(said.text, as_at, as_at):
        yield _remark("stale-date", stale(said, statement, as_at))


def _of_the_status(progress: str, text: str) -> Iterator[Remark]:
    if against := words_against(Stated(text, progress, Origin(""))):
        label = Progress.label_of(progress) or progress
        yield Remark(
            "status-contradicts",
            _("The status is “%(status)s”, but the update says “%(words)s”.")
            % {"status": label, "words": against},
            _("Correct the status, or say which part the words are about."),
        )


def _of_figures(text: str, as_at: dt.date) -> Iterator[Remark]:
    proof = Proof([read_text("update", text.encode())], as_at=as_at)
    for found in proof_findings.run(proof, [_FIGURES]):
        yield Remark(_FIGURES, found.reason, found.mend)


def _remark(check: str, finding: Finding) -> Remark:
    return Remark(check, finding.found, finding.mend)
