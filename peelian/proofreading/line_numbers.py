"""The numbers of the lines of a plan: used twice, or out of order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import Document
from peelian.proofreading.findings import Confidence, Finding, check
from peelian.proofreading.lines import Line, lines_of_plans
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import shortened
from peelian.proofreading.references import (
    DUPLICATE,
    MISORDERED,
    ORDERED,
    head_and_count,
    place_of,
)
from peelian.recognition.numbering import begun_anew, is_explained


@check(*DUPLICATE)
def duplicate_references(proof: Proof) -> Iterator[Finding]:
    """Find references that a plan prints for more than one line."""
    for lines in lines_of_plans(proof):
        for kind in ("commitment", "activity"):
            of_kind = [line for line in lines.lines if line.kind == kind and line.number]
            begun = begun_anew([head_and_count(line.number) for line in of_kind])
            same: dict[tuple[str, int], list[int]] = {}
            for place, line in enumerate(of_kind):
                same.setdefault((line.number, begun[place]), []).append(place)
            for (number, _begun), places in same.items():
                told = _different([of_kind[place] for place in places])
                if len(told) > 1:
                    is_next = places[-1] - places[0] < len(places)
                    sure = Confidence.CERTAIN if is_next else Confidence.LIKELY
                    yield _duplicate(number, told, sure)


def _different(lines: list[Line]) -> list[Line]:
    """Return those of lines with one number that are not one line that goes on after a break."""
    kept: dict[str, Line] = {}
    for line in lines:
        words = " ".join(line.text.casefold().split())
        if words and "continued" not in words and "cont’d" not in words:
            kept.setdefault(words, line)
    return list(kept.values())


def _duplicate(number: str, same: list[Line], sure: Confidence) -> Finding:
    titles = _(" and for ").join(f"“{shortened(line.text)[:80]}”" for line in same)
    return Finding(
        place_of(same[-1]),
        _("%(number)s is printed for %(titles)s.") % {"number": number, "titles": titles},
        _("Give one of them a number of its own: a reference to it can mean either."),
        sure,
        tuple(place_of(line) for line in same[:-1]),
    )


@check(*MISORDERED)
def misordered_references(proof: Proof) -> Iterator[Finding]:
    """Find lines of a plan whose numbers go back, or leave some out."""
    formats = {document.file: document.format for document in proof.documents}
    documents = {document.file: document for document in proof.documents}
    for lines in lines_of_plans(proof):
        ordered = formats.get(lines.origin.file, "") in ORDERED
        for kind in ("commitment", "activity"):
            of_kind = [line for line in lines.lines if line.kind == kind and line.number]
            begun = begun_anew([head_and_count(line.number) for line in of_kind])
            is_whole = _is_a_series(of_kind)
            for n, (before, line) in enumerate(pairwise(of_kind)):
                if begun[n] != begun[n + 1]:
                    continue
                before = _beside(of_kind[: n + 1], line)
                parts, parts_before = split(line.number), split(before.number)
                same_list = parts[:1] == parts_before[:1] or _are_whole(parts, parts_before)
                if same_list and parts < parts_before:
                    yield _goes_back(before, line, ordered)
                elif parts[:-1] == parts_before[:-1] and _skips(parts_before, parts) and is_whole:
                    document = documents.get(lines.origin.file)
                    if ordered or (n > 1 and document and _is_nowhere(before.number, document)):
                        yield _leaves_out(before, line)


def _beside(lines: Sequence[Line], line: Line) -> Line:
    """Return the line before another; over lines below it in the plan, that to which they belong.

    Of 1.2, 1.2.1 and 1.2.2 it is 1.2 that 1.4 comes after.
    """
    last, depth = lines[-1], len(split(line.number))
    above = split(last.number)[:depth] if len(split(last.number)) > depth else ()
    return next((one for one in reversed(lines) if above and split(one.number) == above), last)


def _is_a_series(lines: Sequence[Line]) -> bool:
    """Return whether numbers are the lines' own: those of minutes in a log leave many out."""
    counts = [int(line.number) for line in lines if line.number.isdecimal()]
    return not counts or max(counts) - min(counts) + 1 <= 1.5 * len(counts)


def _is_nowhere(before: str, document: Document) -> bool:
    """Return whether the number after one is nowhere in a text whose cells may be mixed up."""
    head, count = head_and_count(before)
    after = expression(rf"(?<![\w.]){re.escape(head)}{count + 1}(?!\d)")
    is_there = any(after.search(line.text) for line in document.lines)
    return bool(document.lines) and not is_there and not is_explained(document, count + 1)


def split(number: str) -> tuple[int, ...]:
    """Return the parts of a number in their order: D.10 is after D9, 1b after 1a."""
    parts = re.findall(r"\d{1,4}|[^\W\d_]", number)
    return tuple(
        int(part) if part.isdecimal() else ord(part) if n else -ord(part)
        for n, part in enumerate(parts)
    )


def _are_whole(parts: tuple[int, ...], before: tuple[int, ...]) -> bool:
    """Return whether two numbers are whole, and neither begins a list anew."""
    return len(parts) == len(before) == 1 and parts[0] > 1 and before[0] > 0


def _skips(before: tuple[int, ...], parts: tuple[int, ...]) -> bool:
    return bool(parts and before) and parts[-1] > before[-1] + 1


def _goes_back(before: Line, line: Line, ordered: bool) -> Finding:
    says = {"number": line.printed, "before": before.printed}
    return Finding(
        place_of(line),
        _("%(number)s stands after %(before)s.") % says,
        _("Put the lines in order, or correct the number."),
        Confidence.LIKELY if ordered else Confidence.POSSIBLE,
        (place_of(before),),
    )


def _leaves_out(before: Line, line: Line) -> Finding:
    says = {"number": line.printed, "before": before.printed}
    return Finding(
        place_of(line),
        _("After %(before)s comes %(number)s.") % says,
        _("See whether a line is missing, or say that the plan is an extract."),
        Confidence.POSSIBLE,
        (place_of(before),),
    )
