"""Findings about a document: what was found where, why it matters, how to mend it, how sure.

A check is a generator over a proof; each is declared with `@check`. The same document gives the
same findings in the same order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.functional import Promise as LazyText

from peelian.blocks import printable
from peelian.intake.document import Origin

if TYPE_CHECKING:
    from peelian.proofreading.proof import Proof


class Confidence(StrEnum):
    """How sure a finding is: of a certain one, nothing but the text itself could speak against."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


RANK = {confidence: rank for rank, confidence in enumerate(Confidence)}


@dataclass(frozen=True)
class Place:
    """Where something stands, and the words that stand there, as any report can carry them."""

    origin: Origin
    quotation: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "quotation", printable(self.quotation))


@dataclass(frozen=True)
class Finding:
    """One thing found. `others` are the further places that it takes to see it.

    `check` is filled in from the check's declaration.
    """

    place: Place
    reason: str
    mend: str
    confidence: Confidence
    others: tuple[Place, ...] = ()
    check: str = ""

    @property
    def fingerprint(self) -> str:
        """Return what tells this finding from any other, wherever on the page its words stand."""
        quoted = [" ".join(p.quotation.split()) for p in (self.place, *self.others)]
        said = "\n".join([self.check, *quoted, self.reason])
        return hashlib.sha256(said.encode()).hexdigest()[:12]


Rule = Callable[["Proof"], Iterator[Finding]]


@dataclass(frozen=True)
class Check:
    """A check as declared; several rules may be of the same check."""

    name: str
    title: str | LazyText
    rules: list[Rule] = field(default_factory=list, compare=False)


_checks: dict[str, Check] = {}


def check(name: str, title: str | LazyText = "") -> Callable[[Rule], Rule]:
    """Declare a rule of the check `name`; further ones join the first. One has the title."""

    def declare(rule: Rule) -> Rule:
        known = _checks.get(name, Check(name, title))
        _checks[name] = known if known.title else replace(known, title=title)
        known.rules.append(rule)
        return rule

    return declare


def checks() -> list[Check]:
    """Return every check there is, by name."""
    return sorted(_checks.values(), key=lambda one: one.name)


def check_named(name: str) -> Check:
    """Return the check of this name. Raises KeyError."""
    return _checks[name]


def run(proof: Proof, only: Iterable[str] | None = None) -> list[Finding]:
    """Return what all checks, or those named, find in a proof, in the order of its pages.

    The same thing found twice at one place is one finding, the surest. Raises KeyError for a name
    that is no check's.
    """
    wanted = checks() if only is None else [check_named(name) for name in only]
    found: dict[tuple[str, Origin, str], Finding] = {}
    for one in wanted:
        for rule in one.rules:
            for raw in rule(proof):
                finding = replace(raw, check=one.name)
                key = (one.name, finding.place.origin, finding.fingerprint)
                known = found.get(key)
                if known is None or RANK[finding.confidence] < RANK[known.confidence]:
                    found[key] = finding
    return in_order(proof, found.values())


def in_order(proof: Proof, findings: Iterable[Finding]) -> list[Finding]:
    """Return findings as their places follow one another, the surest of one place first."""
    files = {document.file: n for n, document in enumerate(proof.documents)}

    def order(finding: Finding) -> tuple[int, int, int, str]:
        origin = finding.place.origin
        return (files.get(origin.file, -1), origin.order, RANK[finding.confidence], finding.check)

    return sorted(findings, key=order)
