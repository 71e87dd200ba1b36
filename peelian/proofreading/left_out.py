"""Numbers left out: of minutes that run through a year (`39/25`, `41/25`), of parts that a word
names (`Aim III`, `Aim V`)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.references import MISORDERED
from peelian.recognition.minutes import Minute

_NUMBER = expression(r"(?P<count>\d{1,4})(?P<rest>/\d{2,4})")
_FEWEST, _FEWEST_PARTS = 4, 3
_NAMED = expression(
    r"\s*(?P<what>Aim|Ambition|Goal|Objective|Outcome|Pledge|Priority|Promise|Question|Theme)\s+"
    r"(?P<number>\d{1,2}|[IVX]{1,5})\b(?:\s*[:.–-]\s|\s{2,})\s*\S"
)
Called = tuple[str, Place]  # what has a number is called by it, and stands somewhere
_ROMAN = {"I": 1, "V": 5, "X": 10}


@check(*MISORDERED)
def minutes_left_out(proof: Proof) -> Iterator[Finding]:
    """Yield each minute before which one number is left out, in minutes that run through a year."""
    for minutes in proof.minutes:
        found = [(one, match) for one in minutes.items if (match := _NUMBER.fullmatch(one.number))]
        known = {match[0] for _one, match in found}
        for (before, first), (one, second) in pairwise(found) if len(found) >= _FEWEST else ():
            if _skips(first, second) and _between(first) not in known:
                mend = _("See whether a minute is missing, or number them anew.")
                yield _left_out(_called(before), _called(one), Confidence.LIKELY, mend)


def _called(minute: Minute) -> Called:
    return minute.number, Place(minute.origin, f"{minute.number} {minute.title}")


def _skips(first: re.Match[str], second: re.Match[str]) -> bool:
    apart = int(second["count"]) - int(first["count"])
    return apart == 2 and first["rest"] == second["rest"]


def _between(first: re.Match[str]) -> str:
    return f"{int(first['count']) + 1}{first['rest']}"


def _left_out(before: Called, one: Called, sure: Confidence, mend: str) -> Finding:
    says = {"before": before[0], "number": one[0]}
    return Finding(one[1], _("After %(before)s comes %(number)s.") % says, mend, sure, (before[1],))


@check(*MISORDERED)
def parts_left_out(proof: Proof) -> Iterator[Finding]:
    """Yield each part that a word and a number name, before which the one number is left out."""
    for document in proof.documents:
        found: dict[str, list[tuple[int, Called]]] = defaultdict(list)
        for line in document.lines:
            if match := _NAMED.match(line.text[:120]):
                called = f"{match['what']} {match['number']}", Place(line.origin, line.text.strip())
                found[match["what"]].append((_value(match["number"]), called))
        for parts in found.values():
            counts = [count for count, _part in parts]
            missing = set(range(1, max(counts) + 1)) - set(counts)
            if len(parts) < _FEWEST_PARTS or counts != sorted(set(counts)) or len(missing) != 1:
                continue
            at = next(n for n, count in enumerate(counts) if count > min(missing))
            if at:
                mend = _("See whether a part is missing, or number them anew.")
                yield _left_out(parts[at - 1][1], parts[at][1], Confidence.POSSIBLE, mend)


def _value(number: str) -> int:
    """Return what a number in digits or in Roman numerals comes to."""
    if number.isdecimal():
        return int(number)
    values = [_ROMAN[letter] for letter in number]
    return sum(-a if a < b else a for a, b in pairwise([*values, 0]))
