"""What is said to stand above or below something, and where else the opposite is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Cell, Document, Origin, Passage
from peelian.proofreading.sections import sections, time_in
from peelian.proofreading.times import days_of
from peelian.recognition.comparisons import Comparison, comparisons, movements
from peelian.recognition.figure_tables import cell_value
from peelian.recognition.future import sentences as sentences_of
from peelian.recognition.measures import words_of
from peelian.recognition.performance import performance_lines

_CLAUSE = expression(r"[;:]\s|\.\s|\b(?:and|but|while|whilst|whereas|although)\b(?=.{12})")
# Who says so, and then what is said.
_WHO_SAYS = expression(
    r"^.*\b(?:advised|confirmed|explained|noted|reported|said|says|stated|told)\s+(?:\w+\s+){0,2}?that\s+",
    re.IGNORECASE,
)
_PRONOUN = expression(r"\s*(?:this|it|these|both|which|that)\b", re.IGNORECASE)
_PLACE = expression(
    r"\b(?:in|for|across|within)\s+(?:the\s+)?(?:[A-Z][\w’'-]+[ ,&]{0,2}(?:and\s+)?)+"
)
_SHARE = expression(r"£?\d[\d,.]*\s?(?:%|per\s?cent)")
_MOST_WORDS = 7
_REACH = 300  # how far before a comparison its subject may begin
_TARGET = expression(r"(?:target|standard|threshold)s?(?:\s*\(?%\)?)?", re.IGNORECASE)
_AT_LEAST = expression(
    r"(?:at\s+least\s+|>=?\s*|≥\s*)?(?P<value>\d[\d,.]*\s?%?)(?:\s+or\s+(?:more|above|over|better))?"
)
_FEWEST_WORDS = 2
_RESULT = expression(
    r"(?:results?|actual|performance|current|outturn|value|position|achieved)(?:\s*\(?%\)?)?",
    re.IGNORECASE,
)
# `Better than the target` may be below it: only these say which side.
_LITERAL = expression(
    r"above|higher|greater|exceed|more|below|lower|less|fewer|under", re.IGNORECASE
)
_DENIED = expression(
    r"\b(?:not|no longer|never|if|whether|should|would|will|aim|target of)\b", re.IGNORECASE
)
# Words that are no subject of their own: `Slight decrease in volumes and below the average`.
_NO_SUBJECT = words_of("compared period volumes slight remained performance stable rates report")


@dataclass(frozen=True)
class Standing:
    """A statement that something is above or below a standard; `words` are what it is said of.

    Of a rise or a fall against an earlier time, `standard` is that time as printed.
    """

    words: frozenset[str]
    standard: str
    is_above: bool
    printed: str
    quotation: str
    origin: Origin
    time: str = ""  # of which it is said, by its sentence or its heading

    @property
    def moves(self) -> bool:
        """Return whether it says that something rose or fell."""
        return self.standard.startswith(_BEFORE)


_BEFORE = "before: "
_LEVELS = ("national", "similar forces", "target")


def standings(document: Document) -> list[Standing]:
    """Return what a document says stands above or below something, rose or fell, in order."""
    found: list[Standing] = []
    for section in sections(document):
        time = time_in(section.heading)
        for block in section.blocks:
            label = _label(block)
            for passage in block.passages():
                found += _of_passage(passage, label, time)
    found += _of_rows(document)
    found.sort(key=lambda one: one.origin.order)
    known = {(one.words, one.standard, one.is_above) for one in found}
    found += [
        one
        for one in _of_performance(document)
        if (one.words, one.standard, one.is_above) not in known
    ]
    return found


def _of_performance(document: Document) -> Iterator[Standing]:
    """Yield what the lines of performance tables say of their topics."""
    for line in performance_lines(document):
        words = words_of(line.topic) - _NO_SUBJECT
        for one in comparisons(line.statement):
            if words and one.direction in ("above", "below") and one.standard in _LEVELS:
                yield Standing(
                    words,
                    one.standard,
                    one.direction == "above",
                    one.printed,
                    line.statement,
                    line.origin,
                )


def _of_rows(document: Document) -> Iterator[Standing]:
    """Yield on which side of its target the newest value of a row stands, where more is better."""
    for table in document.tables():
        wanted = [n for n, head in enumerate(table.head) if _TARGET.fullmatch(head.strip())]
        times = [n for n, head in enumerate(table.head) if time_in(head)]
        if len(wanted) != 1 or not times:
            continue
        for row in table.rows:
            cells = {cell.column: cell.text.strip() for cell in row.cells}
            aim = _AT_LEAST.fullmatch(cells.get(wanted[0], ""))
            value = cell_value(cells.get(times[-1], ""))
            words = words_of(row.cells[0].text) - _NO_SUBJECT if row.cells else frozenset()
            target = cell_value(aim["value"]) if aim else None
            if value is None or target is None or value == target or len(words) < _FEWEST_WORDS:
                continue
            printed = f"{cells[times[-1]]} – {cells[wanted[0]]}"
            yield Standing(
                words, "target", value > target, printed, row.text, row.origin,
                time_in(table.head[times[-1]]),
            )  # fmt: skip


def _label(block: Block) -> str:
    """Return what a row of a table is about: its first cell."""
    if block.kind != BlockKind.ROW or not block.cells:
        return ""
    return block.cells[0].text


def _of_passage(passage: Passage, label: str, time: str) -> Iterator[Standing]:
    text = passage.text
    for start, end in sentences_of(text):
        sentence = text[start:end]
        compared = comparisons(sentence)
        said_time = time_in(_without(sentence, compared)) if compared else ""
        for one in compared:
            lead = sentence[max(one.start - _REACH, 0) : one.start]
            if _DENIED.search(lead[-40:]):
                continue
            made = _move(lead, one, label) if one.standard == "before" else _level(lead, one, label)
            if made:
                words, standard, above, printed = made
                origin = passage.at(start + one.start)
                yield Standing(words, standard, above, printed, sentence, origin, said_time or time)


def _without(sentence: str, compared: Sequence[Comparison]) -> str:
    """Return a sentence without what it sets things against: `last year` there is no time of it."""
    for one in reversed(compared):
        sentence = sentence[: one.start] + sentence[one.end :]
    return sentence


_Said = tuple[frozenset[str], str, bool, str]


def _level(lead: str, one: Comparison, label: str) -> _Said | None:
    """Return what is said to be above or below a standard."""
    words = words_of(_subject(lead)) - _NO_SUBJECT or words_of(label)
    if not words or one.direction not in ("above", "below") or one.standard == "average":
        return None
    return words, one.standard, one.direction == "above", one.printed


def _move(lead: str, one: Comparison, label: str) -> _Said | None:
    """Return what is said to have risen or fallen since a time named in words."""
    moves = movements(lead)
    if not moves or one.direction or len(lead) - moves[-1].end > 60:
        return None
    move = moves[-1]
    words = words_of(_subject(lead[: move.start])) | words_of(lead[move.end :])
    words = words - _NO_SUBJECT or words_of(label)
    since = " ".join(one.printed.split()[-2:]).casefold()
    if not words or re.search(r"\d", since):
        return None
    return words, f"{_BEFORE}{since}", move.is_rise, f"{lead[move.start :]}{one.printed}"


def _subject(lead: str) -> str:
    """Return the words that a comparison is said of: those of its clause, before the verb."""
    if _PRONOUN.match(lead):
        return ""
    clause = lead = _WHO_SAYS.sub("", lead)
    for match in _CLAUSE.finditer(lead):
        if words_of(lead[match.end() :]):
            clause = lead[match.end() :]
    clause = _PLACE.sub(" ", _SHARE.sub(" ", clause.partition(",")[0]))
    return clause if len(words_of(clause)) <= _MOST_WORDS else ""


def _times_apart(one: str, two: str) -> bool:
    """Return whether two things are said of other times: in their days, else in words."""
    if not one or not two or one == two:
        return False
    days = days_of(one), days_of(two)
    if days[0] and days[1]:
        return days[0][1] < days[1][0] or days[1][1] < days[0][0]
    return not any(days)


def opposed(one: Standing, two: Standing) -> bool:
    """Return whether two statements say the opposite of the same thing."""
    if (
        one.is_above == two.is_above
        or one.standard != two.standard
        or one.quotation == two.quotation
        or _times_apart(one.time, two.time)
    ):
        return False
    if one.words == two.words:
        return not one.moves or len(one.words) >= 2
    both = one.words & two.words
    return not one.moves and len(both) >= 2 and both in (one.words, two.words)


def against_its_target(document: Document) -> Iterator[tuple[Cell, str, str, str]]:
    """Yield each cell that says the opposite of what its row's result and target show.

    With it come its words, the result and the target as printed.
    """
    for table in document.tables():
        columns = dict(enumerate(table.head))
        wanted = [n for n, head in columns.items() if _TARGET.fullmatch(head.strip())]
        results = [n for n, head in columns.items() if _RESULT.fullmatch(head.strip())]
        if len(wanted) != 1 or len(results) != 1:
            continue
        for row in table.rows:
            cells = {cell.column: cell for cell in row.cells}
            if wanted[0] in cells and results[0] in cells:
                yield from _row(row, cells[wanted[0]].text, cells[results[0]].text)


def _row(row: Block, target: str, result: str) -> Iterator[tuple[Cell, str, str, str]]:
    aim, reached = cell_value(target), cell_value(result)
    if aim is None or reached is None or aim == reached:
        return
    for cell in row.cells:
        said = [c for c in comparisons(cell.text) if c.standard == "target" and c.direction]
        directions = {c.direction for c in said}
        if directions not in ({"above"}, {"below"}) or _DENIED.search(cell.text):
            continue
        if _LITERAL.match(said[0].printed) and (directions == {"above"}) != (reached > aim):
            yield cell, said[0].printed, result.strip(), target.strip()
