"""Until when a thing is said to run or to be paid for, and where another end of it is told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import Document, Origin
from peelian.proofreading.clauses import content_of
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.recognition.dates import dates
from peelian.recognition.future import sentences

_RUNS = expression(
    r"\b(?:(?:is|are|was|were)\s+(?:now\s+|fully\s+)?(?:funded|commissioned|contracted|extended|guaranteed|"
    r"paid\s+for|secured)\s+(?:until|to|up\s+to|through\s+to)|(?:runs?|lasts?|continues?)\s+(?:until|to)|"
    r"(?:ends?|ended|expired|expires?|runs\s+out|comes\s+to\s+an\s+end|finishes)\s+(?:in|on|at))\s+(?:the\s+)?(?P<when>.{4,30})",
    re.IGNORECASE,
    needs="until|to|expire|end|out|finish",
)
_CAPITALS = expression(r"\b[A-Z]{4,}\b")
_MONEY = frozenset({"funding", "fund", "contract", "grant", "lease", "money", "agreement", "term"})
_NEAR = dt.date(2020, 1, 1)  # only what says its year is compared
_FEWEST, _MOST_SAID, _LONGEST = 2, 200, 400


@dataclass(frozen=True)
class _End:
    """Until when something runs: the words that name it, and the days of the month or day told."""

    words: frozenset[str]
    names: frozenset[str]  # that are written in capitals throughout: `DRIVE`
    days: tuple[dt.date, dt.date]
    printed: str
    quotation: str
    origin: Origin
    block: int


@check("contradiction")
def ends_that_differ(proof: Proof) -> Iterator[Finding]:
    """Find what is said to run until one day here and to end on another there."""
    for document in proof.documents:
        said = list(_ends(document))[:_MOST_SAID]
        for n, one in enumerate(said):
            other = next((two for two in said[:n] if _differ(one, two)), None)
            if other:
                yield Finding(
                    Place(one.origin, one.quotation),
                    _("This says “%(here)s”; elsewhere the same is said to be “%(there)s”.")
                    % {"here": one.printed, "there": other.printed},
                    _("Find out which is right and say it in both places."),
                    Confidence.POSSIBLE,
                    (Place(other.origin, other.quotation),),
                )


def _ends(document: Document) -> Iterator[_End]:
    count = 0
    for block in document.blocks:
        for passage in block.passages():
            count += 1
            for start, end in sentences(passage.text):
                sentence = passage.text[start : min(end, start + _LONGEST)]
                match = _RUNS.search(sentence)
                found = (
                    [one for one in dates(match["when"], _NEAR) if one.has_year] if match else []
                )
                if match and found and found[0].start == 0:
                    words = content_of(sentence[: match.start()])
                    names = frozenset(_CAPITALS.findall(sentence[: match.start()]))
                    days = found[0].first, found[0].last
                    origin = passage.at(start + match.start())
                    yield _End(words, names, days, match[0], sentence, origin, count)


def _differ(one: _End, two: _End) -> bool:
    """Return whether two are of one thing and give it other days."""
    if one.days[0] <= two.days[1] and two.days[0] <= one.days[1]:
        return False
    things = one.words - _MONEY, two.words - _MONEY
    both = things[0] & things[1]
    if one.names & two.names:
        return True
    if one.block == two.block:
        return bool(both) and both in things
    return len(both) >= _FEWEST and things[0] == things[1]
