"""Logs of decisions and other registers: numbers given twice, out of order, or not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import Document, Origin, Passage
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import place, shortened
from peelian.proofreading.references import BROKEN, DUPLICATE, MISDIRECTED, MISORDERED
from peelian.proofreading.titles import label_of, meant, miscalled
from peelian.recognition.future import sentence_at
from peelian.recognition.numbering import series
from peelian.recognition.pointers import Pointer
from peelian.recognition.references import significant
from peelian.recognition.registers import Listed, Register

# Why a number is rightly not there, and why one that is elsewhere need not be.
_EXPLAINED = expression(
    r"\b(?:withdrawn|not\s+(?:used|published|issued)|unused|cancelled|exempt|void|reserved|confidential)\b",
    re.IGNORECASE,
)
_DENSE = 3  # of four numbers in a register's range


def _registers(proof: Proof, document: Document) -> list[Register]:
    """Return a document's registers, without what is told as lines of a plan or numbered parts."""
    found = proof.registers(document)
    known = _told_elsewhere(proof, document) if found else set()
    return [r for r in found if not any(entry.origin.order in known for entry in r.entries)]


def _told_elsewhere(proof: Proof, document: Document) -> set[int]:
    """Return the order of what is judged as a line of a plan or as a numbered part."""
    known = {one.origin.order for run in series(proof.numbered(document)) for one in run}
    for plan in proof.plans:
        if plan.origin.file == document.file:
            known |= {one.origin.order for one in plan.commitments}
            known |= {one.origin.order for one in plan.activities}
    return known


def _place(entry: Listed) -> Place:
    title = "" if entry.title.startswith(entry.code) else entry.title
    return Place(entry.origin, shortened(f"{entry.code} {title}".strip()))


@check(*DUPLICATE)
def numbers_used_twice(proof: Proof) -> Iterator[Finding]:
    """Find entries of a register that have the number of another."""
    for document in proof.documents:
        found = proof.registers(document)
        known = _told_elsewhere(proof, document) if found else set()
        for register in found:
            for first, one in _again(register):
                if known & {first.origin.order, one.origin.order}:
                    continue
                yield Finding(
                    _place(one),
                    _("%(number)s is printed for “%(first)s” and for “%(other)s”.")
                    % {"number": one.code, "first": first.title, "other": one.title},
                    _("Give one of them a number of its own: a reference to it can mean either."),
                    Confidence.LIKELY,
                    (_place(first),),
                )


def doubled(proof: Proof, document: Document) -> set[int]:
    """Return the order at which entries of registers stand whose number another has."""
    found = [pair for register in _registers(proof, document) for pair in _again(register)]
    return {one.origin.order for _first, one in found}


def _again(register: Register) -> list[tuple[Listed, Listed]]:
    """Return entries with one number and other titles, unless a list begins anew between them.

    Where many have, these are an index and the notices after it.
    """
    entries, way = register.entries, 1 if register.rises else -1
    begun = 0
    found: list[tuple[Listed, Listed]] = []
    seen: dict[int, tuple[int, Listed]] = {}
    for n, one in enumerate(entries):
        before, after = entries[max(n - 1, 0)], entries[min(n + 1, len(entries) - 1)]
        goes_on = (after.count - before.count) * way > 0
        begun += (one.count - before.count) * way < 0 and not goes_on
        since, first = seen.setdefault(one.count, (begun, one))
        mine, theirs = significant(one.title), significant(first.title)
        differ = len(mine & theirs) * 2 < min(len(mine), len(theirs))
        if differ and since == begun:
            found.append((first, one))
    return found if len(found) * 4 <= len(entries) else []


@check(*MISORDERED)
def numbers_that_go_back(proof: Proof) -> Iterator[Finding]:
    """Find entries of a register that stand after one that should follow them."""
    for document in proof.documents:
        for register in _registers(proof, document):
            back = list(_back(register))
            if len(back) * 5 > len(register.entries):
                continue  # the order is another
            for before, one in back:
                yield Finding(
                    _place(one),
                    _("%(number)s stands after %(before)s.")
                    % {"number": one.code, "before": before.code},
                    _("Put them in order, or correct the number."),
                    Confidence.LIKELY,
                    (_place(before),),
                )


def _back(register: Register) -> Iterator[tuple[Listed, Listed]]:
    """Yield entries that go back, each with the one before; what begins anew does not go back."""
    way = 1 if register.rises else -1
    seen: set[int] = set()
    for n, (before, one) in enumerate(pairwise(register.entries), 1):
        seen.add(before.count)
        after = register.entries[n + 1] if n + 1 < len(register.entries) else None
        goes_on = after is None or (after.count - before.count) * way > 0
        if (one.count - before.count) * way < 0 and goes_on and one.count not in seen:
            yield before, one


@check(*BROKEN)
def numbers_that_are_not_listed(proof: Proof) -> Iterator[Finding]:
    """Find references to a number of a register that is not in it, though it lists those around."""
    for document in proof.documents:
        for register in _registers(proof, document):
            counts = register.counts
            first, last = min(counts), max(counts)
            is_dense = len(counts) * 4 >= (last - first + 1) * _DENSE
            orders = [entry.origin.order for entry in register.entries]
            seen: set[int] = set()
            for passage, found in _references(document, register):
                count = int(found["n"])
                if count in counts or count < first or count in seen or not is_dense:
                    continue
                start, end = sentence_at(passage.text, found.start("code"))
                if _EXPLAINED.search(passage.text, start, end):
                    continue
                seen.add(count)
                inside = count < last or min(orders) <= passage.origin.order <= max(orders) + 8
                yield Finding(
                    place(passage, start, end, found.start("code")),
                    _("“%(number)s” is not in the list, which goes from %(first)s to %(last)s.")
                    % {
                        "number": found["code"],
                        "first": _code(register, first),
                        "last": _code(register, last),
                    },
                    _("Correct the number, or say where it can be read."),
                    Confidence.LIKELY if inside else Confidence.POSSIBLE,
                )


def _code(register: Register, count: int) -> str:
    return next(entry.code for entry in register.entries if entry.count == count)


def _references(document: Document, register: Register) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Yield where the numbers of a register stand, but for each at the head of its own entry."""
    pattern = register.pattern()
    heads = {(entry.origin.order, entry.count) for entry in register.entries}
    for passage in document.passages():
        for found in pattern.finditer(passage.text):
            origin: Origin = passage.at(found.start("code"))
            if (origin.order, int(found["n"])) not in heads:
                yield passage, found


@check(*MISDIRECTED)
def numbers_of_another_title(proof: Proof) -> Iterator[Finding]:
    """Find references to a number of a register that are called by the title of another."""
    for document in proof.documents:
        for register in _registers(proof, document):
            known = {("", e.code): e.title for e in reversed(register.entries) if e.title}
            words = {key: significant(title) for key, title in known.items()}
            codes = {e.count: e.code for e in reversed(register.entries)}
            for passage, found in _references(document, register):
                code = codes.get(int(found["n"]), "")
                if ("", code) not in known:
                    continue
                pointer = Pointer(found.start("code"), found.end(), found["code"], "", code)
                label = label_of(passage.text, pointer)
                if label and (other := meant(pointer, label, words)):
                    yield miscalled(passage, pointer, label, known, other)
