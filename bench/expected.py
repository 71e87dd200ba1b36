"""What a careful reader wants found in a document, and which findings meet it.

A table is made by a person who has read the document, before and apart from the rules. Its `line`
and `other_lines` are lines of the file, of which a form feed begins one, or stretches of them;
`check` may name two checks, either of which is right. A row that is arguable counts neither for
nor against.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from peelian.proofreading.findings import Finding, Place

NEAR = 3  # lines: about what a sentence takes in print
WORDS_ENOUGH = 3  # fewer would stand in too many quotations
# Told apart by the name they are about; their lines stand too close together to tell.
BY_NAME = {"undefined-abbreviation", "unused-definition", "unlisted-body", "unused-body"}
# Of two places that do not agree, both have to be found.
BY_PAIR = {"contradiction", "disagreeing-dates", "duplicate-reference", "copied-paragraph"}
# What can be seen in a text and is listed; of other checks the tables say nothing.
MEASURED = (
    {"broken-reference", "chained-reference", "circular-reference", "misdirected-reference"}
    | {"misordered-reference", "figure-without-source", "item-without-paper", "lost-undertaking"}
    | {"paper-without-item", "personal-data", "stale-future", "status-contradicts"}
    | {"status-wording"}
    | BY_NAME
    | BY_PAIR
)
BY_THE_RULE = "found by the rule, judged right"

Stretch = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """A finding that a careful reader wants; `file` is empty where there is one document."""

    id: str
    checks: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    words: str
    what: str
    is_sure: bool
    note: str = ""
    file: str = ""

    @property
    def is_by_rule(self) -> bool:
        """Return whether a rule found it first and a person then judged it right."""
        return self.note.startswith(BY_THE_RULE)

    def is_met_by(self, finding: Finding) -> bool:
        """Return whether the finding is this one."""
        if finding.check not in self.checks:
            return False
        if finding.check in BY_NAME:
            return self._is_in_file(finding.place) and self._is_named_by(finding)
        places = (finding.place, *finding.others)
        met = [{n for n, one in enumerate(self.stretches) if self._is_at(p, one)} for p in places]
        if finding.check in BY_PAIR and finding.others and len(self.stretches) > 1:
            return len(set().union(*met)) > 1
        return any(met) or any(self._is_quoted_by(place) for place in places)

    def _is_in_file(self, place: Place) -> bool:
        return not self.file or place.origin.file == self.file

    def _is_at(self, place: Place, stretch: Stretch) -> bool:
        line = place.origin.order + 1
        return self._is_in_file(place) and stretch[0] - NEAR <= line <= stretch[1] + NEAR

    def _is_quoted_by(self, place: Place) -> bool:
        enough = len(self.words.split()) >= WORDS_ENOUGH
        return enough and self._is_in_file(place) and _plain(self.words) in _plain(place.quotation)

    def _is_named_by(self, finding: Finding) -> bool:
        """Return whether the name is what the finding is about, not only near it."""
        name = re.escape(_plain(self.words).removesuffix("s"))
        about = [_plain(finding.reason)]
        if len(finding.place.quotation.split()) <= len(self.words.split()) + WORDS_ENOUGH:
            about.append(_plain(finding.place.quotation))
        return any(re.search(rf"(?<!\w){name}(?:s|'s)?(?!\w)", words) for words in about)


@dataclass(frozen=True)
class Judged:
    """A finding with the rows that it meets."""

    finding: Finding
    rows: tuple[Row, ...]

    @property
    def is_right(self) -> bool:
        """Return whether it is one that is wanted."""
        return any(row.is_sure for row in self.rows)

    @property
    def is_wrong(self) -> bool:
        """Return whether nobody asked for it."""
        return not self.rows


def _plain(words: str) -> str:
    return " ".join(words.replace("’", "'").casefold().split())


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a table. Raises ValueError for one that cannot be read."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_row(line) for line in csv.DictReader(file)]


def _row(line: dict[str, str]) -> Row:
    if line["sureness"] not in ("sure", "arguable"):
        raise ValueError(f"{line['id']}: {line['sureness']!r} is neither sure nor arguable")
    stretches = tuple(_stretch(one) for one in f"{line['line']} {line['other_lines']}".split())
    return Row(
        id=line["id"],
        checks=tuple(line["check"].split("|")),
        stretches=stretches,
        words=line["quotation_start"],
        what=line["what"],
        is_sure=line["sureness"] == "sure",
        note=line["note"],
        file=line.get("file") or "",
    )


def _stretch(printed: str) -> Stretch:
    first, _dash, last = printed.partition("-")
    return int(first), int(last or first)


def judge(findings: Sequence[Finding], rows: Collection[Row]) -> list[Judged]:
    """Return each finding with the rows that it meets."""
    return [Judged(f, tuple(row for row in rows if row.is_met_by(f))) for f in findings]
