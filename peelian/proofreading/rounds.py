"""Sections that send the reader to themselves, or to each other and no further."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.lines import Line, Lines, all_lines
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import shortened
from peelian.recognition.references import Mention

_SENDS = expression(
    r"\b(?:see(?:\s+also)?|refer(?:red)?\s+to|(?:told|set\s+out|given|dealt\s+with|covered|described|"
    r"explained|reported)\s+(?:in|at|under))(?:\s+(?:in|the|further))*\s+"
    r"(?:sections?|paragraphs?|paras?\.?)\s+$",
    re.IGNORECASE,
)
_LAW = expression(
    r"\b(?:act|bill|code|legislation|pace|regulations?|statut\w+|guidance)\b", re.IGNORECASE
)
_SHORT = 26  # words of a paragraph that says little but where to look


@check("circular-reference")
def sections_that_send_to_themselves(proof: Proof) -> Iterator[Finding]:
    """Find paragraphs that send the reader to the section in which they stand."""
    for lines in all_lines(proof):
        for line in () if lines.is_plan else lines.lines:
            own = _sections_of(line)
            for text, mention in line.mentions if own else ():
                around = text[max(mention.start - 60, 0) : mention.end + 60]
                sends = _sends(text, mention) and not _LAW.search(around)
                if sends and mention.names()[0] in own:
                    yield Finding(
                        Place(line.origin, shortened(f"{line.printed} {text}", mention.start)),
                        _("%(number)s stands in section %(section)s itself.")
                        % {"number": line.printed, "section": mention.printed},
                        _("Say here what is meant, or name the section that says it."),
                        Confidence.POSSIBLE,
                    )


def _sections_of(line: Line) -> set[str]:
    """Return the numbers of the sections in which a paragraph stands: 5 and 5.3 for 5.3.1."""
    pieces = line.number.split(".")
    return {".".join(pieces[:n]) for n in range(1, len(pieces))} if pieces[0].isdecimal() else set()


@check("circular-reference")
def sections_that_send_to_each_other(proof: Proof) -> Iterator[Finding]:
    """Find paragraphs that only send to a section whose word on the matter only sends back."""
    for lines in all_lines(proof):
        told: set[frozenset[str]] = set()
        for line in () if lines.is_plan else lines.lines:
            for text, mention in line.mentions if _is_short(line) else ():
                back = _sends_back(lines, line, mention) if _sends(text, mention) else None
                pair = frozenset((line.number, back.number)) if back else frozenset()
                if back and pair not in told and not _is_told(line, back):
                    told.add(pair)
                    yield Finding(
                        _place(line),
                        f"{line.printed} → {mention.printed} → {line.printed}",
                        _("Say in one of them what is meant, and let the other refer to it."),
                        Confidence.POSSIBLE,
                        (_place(back),),
                    )


def _sends(text: str, mention: Mention) -> bool:
    """Return whether words before a reference send the reader there."""
    return bool(_SENDS.search(text, max(mention.start - 60, 0), mention.start))


def _sends_back(lines: Lines, line: Line, mention: Mention) -> Line | None:
    """Return the short paragraph in a whole section that sends back to where it was named.

    It names the paragraph, which says nothing itself, or sends to the section of that.
    """
    section = mention.names()[0]
    mine = _sections_of(line)
    if not section.isdecimal() or section in mine:
        return None
    for other in lines.lines:
        if not other.number.startswith(f"{section}.") or not _is_short(other):
            continue
        for text, m in other.mentions:
            names = set(m.names()) if m.announced else set()
            if line.number in names or (names & mine and _sends(text, m)):
                return other
    return None


def _is_short(line: Line) -> bool:
    words = " ".join((line.text, *line.said)).split()
    return len(words) <= _SHORT and "." in line.number


def _is_told(line: Line, back: Line) -> bool:
    """Return whether the two name each other by their own numbers, which is told as a circle."""
    return back.number in line.leads and line.number in back.leads


def _place(line: Line) -> Place:
    said = " ".join((line.text, *line.said))
    return Place(line.origin, shortened(f"{line.printed} {said}"))
