"""How many there are: things graded green or closed, and the districts or priorities of all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import BlockKind, Document, Origin, Table
from peelian.recognition.figure_tables import cell_value
from peelian.recognition.future import sentences
from peelian.recognition.measures import words_of
from peelian.recognition.numbers import Number, numbers

_STATES = (
    "green|amber|red|blue|yellow|open|closed|submitted|complete|completed|on track|off track|"
    "at risk|overdue|not started|in progress|final|draft"
)
_COLOURS = frozenset({"green", "amber", "red", "blue", "yellow"})
# A line that is a state, one that is labelled as it, and a title with a state at its end.
_LABEL = expression(
    rf"\s*(?:(?:state|status|grade|grading|rag|rating|rag\s+rating|assessment)\s*:\s*)?(?P<state>{_STATES})"
    r"\s*\.?\s*",
    re.IGNORECASE,
)
_AT_END = expression(
    r"\S(?:\s{2,}|\t|:\s+)(?P<state>GREEN|Green|AMBER|Amber|RED|Red|BLUE|Blue)\s*$"
)
_TALLY = expression(
    rf"(?<![\w-])(?P<state>{_STATES})\s*:\s*(?P<count>\d{{1,3}})(?!\d)",
    re.IGNORECASE,
    needs=":",
)
_GRADED = expression(
    r"(?:\s+(?:of\s+(?:them|these)|[a-z]+s))?(?:\s+(?:is|are))?(?:\s+(?:now|graded|rated|assessed|"
    r"marked|as|at)){0,3}\s+(?P<state>green|amber|red|blue)\b(?!\s+(?!and\b|but\b|or\b)[a-z])",
    re.IGNORECASE,
)
_FORMERLY = expression(
    r"\b(?:last|previous(?:ly)?|earlier|before|ago|had\s+been|were|was|January|February|March|April|"
    r"June|July|August|September|October|November|December)\b"
)
_FEWEST, _MOST = 5, 200

_NOUNS = (
    "districts|boroughs|councils|wards|divisions|stations|suites|hubs|centres|sites|buildings|"
    "schools|authorities|forces|counters|courts|committees|priorities|themes|objectives|pledges|"
    "commitments|outcomes|indicators|measures|refuges|hospitals|prisons|ambitions|promises"
)
_NAMED = (
    r"(?P<noun>(?!other|new|main|largest|smallest|first|last|remaining|more|further)"
    rf"(?:[a-z-]+\s+){{0,2}}?(?:{_NOUNS}))\b"
)
_NOUN = expression(
    rf"\s+{_NAMED}(?!\s+(?:that|which|who|where|in|with|from|at|for|to|we|they|I)\b)"
)
_NOUN_THERE = expression(rf"\s+{_NAMED}")
_THERE = expression(
    r"\b(?:covers?|has|have|comprises?|serves?|made\s+up\s+of|consists?\s+of|there\s+are|spans?|"
    r"divided\s+into|split\s+into|sets\s+out|contains?)\s+$",
    re.IGNORECASE,
)
_ALL = expression(
    r"\b(?P<all>the|all|all\s+(?:of\s+)?the|(?:each|every\s+one)\s+of\s+the|our|its)\s+$",
    re.IGNORECASE,
)
_ONE_OF = expression(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|some|most|many)\s+of\s+the\s+$", re.I
)
_MAY_COUNT = expression(rf"\b(?:{_NOUNS})\b")
_MOST_SAID = 200
_TOTAL = expression(r"\s*(?:(?:grand\s+|overall\s+)?totals?|all|overall|sum)\s*", re.IGNORECASE)
_IN_ALL = expression(r"\b(?:in\s+all|altogether|in\s+total|total(?:led|s)?|came\s+to|sum)\b")


@dataclass(frozen=True)
class Tally:
    """How many there are of something: said in a place, and in another, or counted."""

    origin: Origin
    quotation: str
    said: str
    what: str
    elsewhere: str
    other: Origin
    other_quotation: str


@dataclass(frozen=True)
class _There:
    value: float
    printed: str
    words: frozenset[str]
    noun: str
    is_all: bool
    quotation: str
    origin: Origin


def wrong_tallies(document: Document, tables: Sequence[Table]) -> Iterator[Tally]:
    """Yield each number of things in a state that is not how many of the document's are in it."""
    counted = _counted(document)
    if not _FEWEST <= sum(map(len, counted.values())) <= _MOST:
        return
    for tally in _tallies(document):
        known = [state for state, _n, _printed in tally.counts if state in counted]
        wrong = [
            (state, printed)
            for state, n, printed in tally.counts
            if state in counted and len(counted[state]) != n
        ]
        same = len(known) == len(tally.counts) and len(known) > 1
        if wrong and same and {s in _COLOURS for s in known} == {s in _COLOURS for s in counted}:
            state, printed = wrong[0]
            rows = [row for table in tables for row in table.rows]
            row = next((r for r in rows if r.cells[0].text.casefold() == state), None)
            other, line = (row.origin, row.text) if row else counted[state][0]
            yield Tally(
                tally.origin, tally.quotation, printed, state, str(len(counted[state])), other, line
            )


def _counted(document: Document) -> dict[str, list[tuple[Origin, str]]]:
    """Return the labels of each state; where lines and a table both have them, the table's."""
    made: dict[bool, dict[str, list[tuple[Origin, str]]]] = {True: {}, False: {}}
    for origin, line, state in _labels(document):
        is_row = bool(_AT_END.search(line[-200:])) and not _LABEL.fullmatch(line)
        made[is_row].setdefault(state, []).append((origin, line))
    counts = {is_row: sum(map(len, found.values())) for is_row, found in made.items()}
    if counts[True] >= _FEWEST and counts[False] >= _FEWEST:
        return made[True]
    return {
        state: [*made[True].get(state, []), *made[False].get(state, [])]
        for state in {**made[True], **made[False]}
    }


def other_totals(document: Document, tables: Sequence[Table]) -> Iterator[Tally]:
    """Yield a sum in prose that is not that of a table's total which has the same other number.

    `37 groups had £148,200 in all`, where the row of all has 37 and 150,200.
    """
    totals = [row for t in tables for row in t.rows if _TOTAL.fullmatch(row.cells[0].text)]
    orders = {row.origin.order for table in tables for row in table.rows}
    if not totals:
        return
    for block in document.blocks:
        if block.origin.order in orders or not _IN_ALL.search(block.text):
            continue
        for start, end in sentences(block.text):
            sentence = block.text[start : min(end, start + 400)]
            said = [one for one in numbers(sentence, []) if one.mark in ("", "£")]
            for row in totals:
                values = [v for cell in row.cells[1:] if (v := cell_value(cell.text)) is not None]
                anchors = {one.value for one in said if one.value >= _FEWEST} & set(values)
                wrong = next(
                    (w for w in said if w.value not in values and _near(w.value, values)), None
                )
                if anchors and wrong and _IN_ALL.search(sentence):
                    near = min(values, key=lambda value: abs(value - wrong.value))
                    yield Tally(
                        block.at(start + wrong.start), sentence, wrong.printed, "", f"{near:,.10g}",
                        row.origin, row.text,
                    )  # fmt: skip


def _near(value: float, values: Sequence[float]) -> bool:
    return value >= 100 and any(0.85 <= value / one <= 1.18 for one in values if one)


@dataclass(frozen=True)
class _Counts:
    counts: list[tuple[str, float, str]]
    quotation: str
    origin: Origin


def _labels(document: Document) -> Iterator[tuple[Origin, str, str]]:
    """Yield the states that stand as labels: alone, after `Status:`, or at the end of a title."""
    if document.lines:
        for line in document.lines:
            match = _LABEL.fullmatch(line.text) if len(line.text) < 60 else None
            match = match or _AT_END.search(line.text[-200:])
            if match:
                yield line.origin, line.text, match["state"].casefold()
        return
    for block in document.blocks:
        for passage in block.passages():
            match = _LABEL.fullmatch(passage.text) if len(passage.text) < 60 else None
            if match and block.kind == BlockKind.ROW:
                yield passage.origin, passage.text, match["state"].casefold()


def _tallies(document: Document) -> Iterator[_Counts]:
    """Yield where a text says how many things are in two states or more."""
    for block in document.blocks:
        for passage in block.passages():
            low = passage.text.casefold()
            if not any(
                word in low for word in ("green", "amber", "red", "closed", "open", "complet")
            ):
                continue
            for start, end in sentences(passage.text):
                sentence = passage.text[start : min(end, start + 400)]
                found = [
                    (m["state"].casefold(), float(m["count"]), m["count"])
                    for m in _TALLY.finditer(sentence)
                ]
                if not found and not _FORMERLY.search(sentence):
                    found = _graded(sentence)
                if len(found) > 1 and len({state for state, *_n in found}) == len(found):
                    yield _Counts(found, sentence, passage.at(start))


def _graded(sentence: str) -> list[tuple[str, float, str]]:
    if not re.search(r"\b(?:green|amber|red|blue)\b", sentence, re.IGNORECASE):
        return []
    found = []
    for one in numbers(sentence, []) or ():
        match = _GRADED.match(sentence, one.end)
        if match and not one.mark:
            found.append((match["state"].casefold(), one.value, one.printed))
    one_is = re.search(
        r"\b(one)(?:\s+is|\s+\w+\s+is)?\s+(green|amber|red|blue)\b", sentence, re.IGNORECASE
    )
    if one_is and one_is[2].casefold() not in {state for state, *_n in found}:
        found.append((one_is[2].casefold(), 1.0, one_is[1]))
    return found


def told_twice(document: Document) -> Iterator[Tally]:
    """Yield how many districts, suites or priorities there are where another number is said."""
    known: list[_There] = []
    for block in document.blocks:
        for passage in block.passages():
            if not _MAY_COUNT.search(passage.text):
                continue
            for start, end in sentences(passage.text):
                sentence = passage.text[start : min(end, start + 400)]
                for one in numbers(sentence, []):
                    there = _there(sentence, one, passage.at(start + one.start))
                    if there is None:
                        continue
                    other = next((o for o in known if _otherwise(there, o)), None)
                    known = [*known, there][-_MOST_SAID:]
                    if other:
                        yield Tally(
                            there.origin, sentence, there.printed, there.noun,
                            other.printed, other.origin, other.quotation,
                        )  # fmt: skip


def _there(sentence: str, one: Number, origin: Origin) -> _There | None:
    """Return of what a number says how many there are in all; None where it does not."""
    if one.mark or not 3 <= one.value <= 100 or one.value % 1:
        return None
    lead = sentence[max(one.start - 40, 0) : one.start]
    everything = _ALL.search(lead)
    noun = _NOUN.match(sentence, one.end) if everything else _NOUN_THERE.match(sentence, one.end)
    if not noun or not (everything or _THERE.search(lead)) or _ONE_OF.search(lead):
        return None
    return _There(
        one.value,
        one.printed,
        words_of(noun["noun"]),
        noun["noun"],
        bool(everything),
        sentence,
        origin,
    )


def _otherwise(one: _There, two: _There) -> bool:
    """Return whether two numbers of the same things are not alike; one of them is of all."""
    if one.value == two.value or one.words != two.words or not (one.is_all or two.is_all):
        return False
    near = min(one.value, two.value) >= 0.6 * max(one.value, two.value)
    return near and one.quotation != two.quotation
