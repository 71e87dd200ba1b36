"""The figures of documents, each with what it stands under and in."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from peelian.expressions import expression
from peelian.intake.document import BlockKind, Document, Origin, Table
from peelian.proofreading.clauses import UNITS
from peelian.proofreading.figure_pairs import Claim
from peelian.proofreading.like_sentences import sentence_words
from peelian.proofreading.proof import Proof
from peelian.proofreading.sections import sections
from peelian.proofreading.spoken import Minuted
from peelian.proofreading.times import Days, reporting_periods, time_named
from peelian.recognition.figure_tables import figures_of_row
from peelian.recognition.figures import Figure
from peelian.recognition.measures import words_of
from peelian.recognition.number_tables import head_of

# A word written with a capital in so many passages is of a name that all of them share.
_FEWEST_NAMED, _SHARE_NAMED = 12, 0.06
# Of what days a document reports is said among so many blocks at its beginning.
_MOST_BLOCKS = 40
_POUNDS = expression(r"£\s?(m\b|million|000|[’']000|k\b)")
_RESULT = expression(
    r"(?:result|actual|current|performance|outturn|value|latest)\s*:?", re.IGNORECASE
)
_FEW_WORDS, _SHORT_NUMBER = 3, 2
_DIGITS = expression(r"\d[\d,]*(?:\.\d+)?")
_NUMBER = expression(r"^[A-Z]?\d{1,2}(?:\.\d{1,2})?[.)]?\s+")
_LONGEST_VALUE, _MOST_IN_SENTENCE, _MOST_TOLD = 16, 30, 6
# A row of a table whose columns were lost: which value is of what, it does not say.
_ROW = expression(r"[A-Z][\w’' &/-]{1,40}(?:\s+[+-]?£?\d[\d.,]*%?){2,}")
_ANY_DAY = dt.date(2020, 1, 1)


def claims_of(proof: Proof) -> list[Claim]:
    """Return the figures of the documents in order, with what they stand under and in."""
    minuted = Minuted(proof)
    found = sorted(_claims(proof), key=lambda claim: claim.figure.origin.order)
    return [replace(one, is_minuted=minuted.at(one.figure.origin)) for one in found]


def _claims(proof: Proof) -> Iterator[Claim]:
    places: dict[Origin, tuple[str, int, str]] = {}
    count, own = 0, _names(proof)
    periods: dict[str, Mapping[str, Days]] = {}
    tabled: set[tuple[str, int]] = set()
    labelled: dict[tuple[str, int], str] = {}
    beside: dict[tuple[str, int | None], frozenset[str]] = {}
    for document in proof.documents:
        first = document.blocks[:_MOST_BLOCKS]
        periods[document.file] = reporting_periods(block.text for block in first)
        for section in sections(document):
            for block in section.blocks:
                count += 1
                for _at, origin in (mark for one in block.passages() for mark in one.marks):
                    places[origin] = (section.heading, count, block.text)
        for claim in _of_number_tables(proof, document):
            tabled.add((document.file, claim.figure.origin.order))
            yield replace(claim, own=own, periods=periods[document.file])
        for table in document.tables():
            beside[document.file, table.number] = _numbers_of(table)
        labelled.update(_labelled_values(document))
    kept, in_sentence = _kept(proof.figures)
    for figure in kept:
        is_tabled = (figure.origin.file, figure.origin.order) in tabled
        if is_tabled or _ROW.fullmatch(figure.quotation):
            continue
        others = [
            one.printed
            for one in in_sentence[figure.quotation]
            if one is not figure
            and (figure.unit in UNITS or one.unit not in UNITS)
            and one.printed.casefold() != "one"
        ]
        where = places.get(figure.origin, ("", -1, ""))
        if title := labelled.get((figure.origin.file, figure.origin.order)):
            figure = replace(figure, measure=title, quotation=f"{title}: {figure.printed}")
            others = []
        made = Claim(figure, *where, own, tuple(others))
        claim = replace(
            made,
            periods=periods[figure.origin.file],
            beside=beside.get((figure.origin.file, figure.origin.table), frozenset()),
        )
        if claim.words or sentence_words(claim) or claim.clause.words:
            yield claim


def _kept(figures: Sequence[Figure]) -> tuple[list[Figure], Mapping[str, Sequence[Figure]]]:
    """Return the figures that are compared, and those of each sentence; it bounds the work."""
    in_sentence: dict[str, list[Figure]] = defaultdict(list)
    told: Counter[tuple[str, str]] = Counter()
    kept: list[Figure] = []
    for figure in figures:
        same = in_sentence[figure.quotation]
        told[figure.quotation, figure.printed] += 1
        if len(same) < _MOST_IN_SENTENCE and told[figure.quotation, figure.printed] <= _MOST_TOLD:
            same.append(figure)
            kept.append(figure)
    return kept, in_sentence


def _of_number_tables(proof: Proof, document: Document) -> Iterator[Claim]:
    """Yield the figures of tables that a plain text lays out, with what they stand under."""
    headings = [block for block in document.blocks if block.kind == BlockKind.HEADING]
    for table in proof.number_tables(document):
        above = [one.text for one in headings if one.origin.order < table.origin.order]
        heading = " ".join([table.caption, *above[-1:]])
        times = [time_named(head).days for head in table.head]
        last = max((days for days in times if days), default=None)
        pounds, numbers = _POUNDS.search(table.caption), _numbers_of(table)
        for row in table.rows:
            for figure in figures_of_row(row, [head_of(table)], proof.as_at or _ANY_DAY):
                column = int(figure.origin.cell or 0)
                head = table.head[column] if column < len(table.head) else ""
                if time_named(head):
                    figure = replace(figure, period=head, measure=row.cells[0].text)
                if pounds and not figure.unit:
                    scale = 1e6 if pounds[1].startswith("m") else 1e3
                    figure = replace(figure, unit="£", value=figure.value * scale)
                latest = bool(last) and times.count(last) == 1 and times[column] == last
                yield Claim(figure, heading, -1, row.text, is_latest=latest, beside=numbers)


def _numbers_of(table: Table) -> frozenset[str]:
    """Return the longer numbers of a table of numbers; of a table that tells in words, none."""
    cells = [cell.text for row in table.rows for cell in row.cells[1:]]
    if any(len(text.split()) > _FEW_WORDS for text in cells):
        return frozenset()
    found = (number for text in cells for number in _DIGITS.findall(text))
    return frozenset(number for number in found if len(number) > _SHORT_NUMBER)


def _labelled_values(document: Document) -> Iterator[tuple[tuple[str, int], str]]:
    """Yield where a value stands alone below a label such as `Result`, and the title above that."""
    lines = [line for line in document.lines if line.text.strip()]
    for title, label, line in zip(lines, lines[1:], lines[2:], strict=False):
        if _RESULT.fullmatch(label.text.strip()) and len(line.text.strip()) < _LONGEST_VALUE:
            yield (document.file, line.origin.order), _NUMBER.sub("", title.text.strip())


def _names(proof: Proof) -> frozenset[str]:
    """Return the words that are written as a name all through: those of the office and its area."""
    counted: Counter[str] = Counter()
    blocks = 0
    for document in proof.documents:
        for block in document.blocks:
            blocks += 1
            names = " ".join(word for word in block.text.split() if word[:1].isupper())
            counted.update(words_of(names))
    least = max(_FEWEST_NAMED, _SHARE_NAMED * blocks)
    return frozenset(word for word, n in counted.items() if n > least)
