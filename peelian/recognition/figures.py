"""Figures in prose: measure, value, unit, period, area, comparator, as they are printed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Document, Origin, Passage
from peelian.recognition.dates import dates
from peelian.recognition.quantities import Quantity, quantities

# Dates are only found here, not placed in their year: any day will do where none is known.
_ANY_DAY = dt.date(2020, 1, 1)
_DIGIT = expression(r"\d")
_IN_WORDS = expression(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|zero|\w+th|"
    r"half|first|second|third|quarter|hundred|thousand|million|doubl\w+|quadrupl\w+|halv\w+|tripl\w+|trebl\w+|twice|an?\s+(?:additional|extra)|an\s+hour)\b",
    re.IGNORECASE,
)
_ALONE = expression(
    r"\s*(?:[+–-]?£?\d[\d,.]*(?:\s?(?:million|billion|bn|m|k))?\s?(?:%|per\s?cent)?\+?)\s*",
    re.IGNORECASE,
)
_IN_A_CHART = 5  # lines before and after
_NO_WORDS = expression(r"[\d\s,.%£+/–-]*")


@dataclass(frozen=True)
class Figure:
    """A figure quoted in a text.

    `value` is the number meant (`£1.2m` is 1200000.0, `three` is 3.0, a fall is below nought);
    `unit` is `%`, `£`, a duration (`minutes`) or what is counted (`officers`, `calls`).
    `qualifier` is `over`, `around`, `up to`. `change` tells a rise or fall (`percentage change`,
    `percentage points`, `change`, `multiple`) from a level. Empty where the text does not say.
    """

    measure: str
    value: float
    unit: str
    printed: str  # the number as printed, with its mark: `£1.2m`
    quotation: str  # the sentence or cell it stands in
    origin: Origin
    period: str = ""
    area: str = ""
    comparator: str = ""
    qualifier: str = ""
    change: str = ""
    source: str = ""


def figures(document: Document, near: dt.date | None) -> list[Figure]:
    """Return the figures in a document, in order; `near` is about the day it was written."""
    from peelian.recognition.figure_tables import figures_of_row, holds_values

    found: list[Figure] = []
    heads: list[Block] = []
    table: int | None = None
    heading_period = ""
    for n, block in enumerate(document.blocks):
        if block.kind == BlockKind.ROW:
            begins, table = block.table != table, block.table
            if begins:
                heads = []
            if block.is_head or (begins and not holds_values(block)):
                heads.append(block)
            if not block.is_head:
                found += figures_of_row(block, heads, near or _ANY_DAY, heading_period)
        elif _ALONE.fullmatch(block.text):
            if not _in_chart(document.blocks, n):
                found += _above_its_words(block, document.blocks[n + 1 : n + 2])
        else:
            heading = block.kind == BlockKind.HEADING
            if heading:
                dated = dates(block.text, near or _ANY_DAY)
                heading_period = dated[0].printed if dated else ""
            found += figures_of_passage(block, near or _ANY_DAY, heading=heading)
    return found


def figures_of_passage(passage: Passage, near: dt.date, *, heading: bool = False) -> list[Figure]:
    """Return the figures in one passage of prose, in order."""
    text = passage.text
    if not (_DIGIT.search(text) or _IN_WORDS.search(text)) or _NO_WORDS.fullmatch(text):
        return []
    dated = [(mention.start, mention.end) for mention in dates(text, near)]
    return list(_placed(passage, text, quantities(text, dated, heading=heading)))


def _placed(passage: Passage, text: str, found: Sequence[Quantity]) -> Iterator[Figure]:
    for one in found:
        yield Figure(
            measure=one.measure,
            value=one.value,
            unit=one.unit,
            printed=one.printed,
            quotation=text[slice(*one.sentence)],
            origin=passage.at(one.start),
            period=one.period,
            area=one.area,
            comparator=one.comparator,
            qualifier=one.qualifier,
            change=one.change,
            source=one.source,
        )


def _in_chart(blocks: Sequence[Block], n: int) -> bool:
    """Return whether the number on a line is one of a chart's, and the line below a label of it.

    Beside it stand lines of several numbers, or several lines of numbers; on an infographic words
    stand between any two.
    """
    if not blocks[n + 1 : n + 2] or not blocks[n + 1].text[:1].isupper():
        return False
    near = [block.text.split() for block in blocks[max(n - _IN_A_CHART, 0) : n + 1 + _IN_A_CHART]]
    counts = [len(words) if _NO_WORDS.fullmatch("".join(words)) else 0 for words in near]
    return any(one > 1 or (one and other) for one, other in pairwise([*counts, 0]))


def _above_its_words(block: Block, following: Sequence[Block]) -> list[Figure]:
    """Return a number that stands alone, with the words of the next line, as infographics do.

    A bare number of one digit may as well be a page's or a list's.
    """
    if not following or following[0].kind == BlockKind.ROW:
        return []
    words = following[0].text
    plain = block.text.strip().isdecimal() and (len(block.text.strip()) < 2 or words[:1].isupper())
    if plain or len(words) > 120 or re.search(r"\d", words):
        return []
    text = f"{block.text.strip()} {words[:1].lower()}{words[1:]}"
    return [
        Figure(
            one.measure, one.value, one.unit, one.printed, text, block.origin, one.period, one.area
        )
        for one in quantities(text, [])[:1]
    ]
