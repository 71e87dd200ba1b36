"""The report on a proof: counted and in order, before any form is given to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from peelian.proofreading.dismissals import Dismissal
from peelian.proofreading.findings import RANK, Check, Confidence, Finding, check_named
from peelian.proofreading.proof import Proof

CONFIDENCE = {
    Confidence.CERTAIN: _("Certain"),
    Confidence.LIKELY: _("Likely"),
    Confidence.POSSIBLE: _("Possible"),
}
MEANING = {
    Confidence.CERTAIN: _("The text itself shows it."),
    Confidence.LIKELY: _("A reader would ask about it."),
    Confidence.POSSIBLE: _("Worth a look; it may be meant."),
}
# What does most harm once published, first: people, wrong figures, broken promises, wrong dates.
GRAVEST = (
    "personal-data",
    "contradiction",
    "left-over-change",
    "lost-undertaking",
    "scanned-page",
    "disagreeing-dates",
    "duplicate-reference",
    "broken-reference",
    "misdirected-reference",
    "circular-reference",
    "stale-future",
    "item-without-paper",
    "copied-paragraph",
    "status-contradicts",
    "untagged",
    "no-alternative-text",
)
WORST = 5
EACH = 2  # of one kind among the worst


@dataclass(frozen=True)
class Report:
    """What was found in a proof. `dismissed` are the findings told no more, with their reasons."""

    proof: Proof
    findings: tuple[Finding, ...]
    dismissed: tuple[tuple[Finding, Dismissal], ...] = ()
    gone: tuple[Dismissal, ...] = ()  # dismissals of what is found no more

    @cached_property
    def by_confidence(self) -> dict[Confidence, list[Finding]]:
        """Return the findings by how sure they are, each in the order of the pages."""
        return {c: [f for f in self.findings if f.confidence == c] for c in Confidence}

    @cached_property
    def counts(self) -> list[tuple[Check, dict[Confidence, int]]]:
        """Return for each check with findings how many it has of each confidence."""
        numbers = Counter((f.check, f.confidence) for f in self.findings)
        names = sorted({f.check for f in self.findings}, key=_gravity)
        return [(check_named(n), {c: numbers[n, c] for c in Confidence}) for n in names]

    @cached_property
    def worst(self) -> list[Finding]:
        """Return the five gravest findings, the surest first; more than two of a kind come last."""
        told: Counter[str] = Counter()
        first: list[Finding] = []
        rest: list[Finding] = []
        for finding in sorted(self.findings, key=lambda f: (RANK[f.confidence], _gravity(f.check))):
            (first if told[finding.check] < EACH else rest).append(finding)
            told[finding.check] += 1
        return [*first, *rest][:WORST]

    def reaches(self, confidence: Confidence) -> bool:
        """Return whether there is a finding at least this sure."""
        return any(RANK[f.confidence] <= RANK[confidence] for f in self.findings)


def _gravity(check: str) -> tuple[int, str]:
    return (GRAVEST.index(check) if check in GRAVEST else len(GRAVEST), check)


def report(
    proof: Proof, findings: Sequence[Finding], dismissals: Mapping[str, Dismissal]
) -> Report:
    """Return the report on findings, those that stand dismissed set apart."""
    found = {f.fingerprint for f in findings}
    return Report(
        proof,
        tuple(f for f in findings if f.fingerprint not in dismissals),
        tuple((f, dismissals[f.fingerprint]) for f in findings if f.fingerprint in dismissals),
        tuple(d for d in dismissals.values() if d.finding not in found),
    )
