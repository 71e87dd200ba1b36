"""Papers by the letters an agenda gives them, `Paper C`, `Enclosure 2`: missing, or too many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import Document, Line
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.quoting import shortened
from peelian.recognition.contents import contents
from peelian.recognition.printed import raw_lines

if TYPE_CHECKING:
    from peelian.proofreading.proof import Proof

_LETTER = (
    r"(?P<what>paper|report(?=\s+[A-Z]\b)|enclosure|encl?|attachment)\.?\s+(?P<which>[A-Z]|\d{1,2})"
)
_PROMISED = expression(rf"\b{_LETTER}\b(?!\s+(?:of|from|to)\b)", re.IGNORECASE)
_HEADED = expression(
    rf"\s*(?:agenda\s+)?(?:item\s+\d{{1,2}}\s*[-–—:]\s*)?{_LETTER}(?:\s*[-–—:.]\s*|\s+(?=[A-Z“‘])|\s*$)(?P<title>[^\n]{{0,120}})",
    re.IGNORECASE,
)
_HINT = expression(
    r"\b(?:paper|report\s|enc|attachment)",
    re.IGNORECASE,
    needs="paper|report|enc|attachment",
)
# A column of letters under the word: "3.  Estates      B      7".
_COLUMN = expression(
    r"(?:^|\s{2,}|\t)(paper|report|enclosure|attachment)(?=\s*$|\s{2,}|\t)", re.IGNORECASE
)
_ALONE = expression(r"(?:\s{2,}|\t)([A-Z])(?:(?:\s{2,}|\t)(?:\d{1,3}|[-–—]))?\s*$")
_ABOVE = 4  # lines over the first item that may head the columns
_LATER = expression(r"\b(?:to\s+follow|verbal|oral|tabled|circulated)\b", re.IGNORECASE)
_BELOW = 2  # lines of the last item of an agenda
_FEWEST = 2  # papers that are there as promised
Labelled = dict[tuple[str, str], Line]


@check("item-without-paper")
def lettered_papers_that_are_missing(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each paper that the agenda gives a letter and that does not follow."""
    for document in proof.documents:
        promised, headed = document.once(_labelled)
        if len(promised.keys() & headed.keys()) < _FEWEST:
            continue
        for (what, which), line in promised.items():
            if (what, which) not in headed and line.text.strip():
                yield Finding(
                    Place(line.origin, shortened(line.text)),
                    _("The agenda promises %(what)s %(which)s, and none follows.")
                    % {"what": what, "which": which},
                    _("Put the paper in, or say on the agenda that it is to follow."),
                    Confidence.LIKELY,
                )


@check("paper-without-item")
def lettered_papers_that_are_not_announced(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each paper with a letter that the agenda does not name."""
    for document in proof.documents:
        promised, headed = document.once(_labelled)
        if len(promised.keys() & headed.keys()) < _FEWEST:
            continue
        for (what, which), line in headed.items():
            if (what, which) not in promised:
                yield Finding(
                    Place(line.origin, shortened(line.text)),
                    _("The agenda does not name %(what)s %(which)s.")
                    % {"what": what, "which": which},
                    _("Name it beside its item, or take the paper out."),
                    Confidence.LIKELY,
                )


def lettered_lines(proof: Proof, document: Document) -> set[int]:
    """Return the order of the lines of an agenda that promise a paper by its letter."""
    promised, headed = document.once(_labelled)
    told = len(promised.keys() & headed.keys()) >= _FEWEST
    return {line.origin.order for line in promised.values()} if told else set()


def _labelled(document: Document) -> tuple[Labelled, Labelled]:
    """Return the lettered papers on the agenda and those that follow it, by kind and letter."""
    orders = [entry.origin.order for entry in document.once(contents)]
    promised: Labelled = {}
    headed: Labelled = {}
    if not orders:
        return promised, headed
    first, last = min(orders), max(orders)
    column = ""
    for line in raw_lines(document):
        text = line.text[:300]
        if first - _ABOVE <= line.origin.order < first and (named := _COLUMN.search(text)):
            column = named[1].casefold()
        alone = (
            _ALONE.search(text) if column and line.origin.order in range(first, last + 1) else None
        )
        if alone:
            promised.setdefault((column, alone[1]), line)
        if not _HINT.search(text):
            continue
        match = _HEADED.fullmatch(text)
        if first <= line.origin.order <= last + _BELOW * (match is None):
            for found in _PROMISED.finditer(text):
                if not _LATER.search(text) and not found["which"].islower():
                    promised.setdefault(_key(found), line)
        elif match and line.origin.order > last:
            title = match["title"].rstrip()
            if not title.endswith((".", ";", ",")) and not match["which"].islower():
                headed.setdefault(_key(match), line)
    return promised, headed


def _key(match: re.Match[str]) -> tuple[str, str]:
    what = match["what"].casefold()
    return ("enclosure" if what.startswith("enc") else what), match["which"].upper()
