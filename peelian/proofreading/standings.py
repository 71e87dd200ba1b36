"""What is said to stand above or below something, and where else the opposite is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from peelian.intake.document import Block, BlockKind, Document, Origin, Passage
from peelian.recognition.comparisons import comparisons
from peelian.recognition.future import sentences
from peelian.recognition.measures import words_of

_CLAUSE = re.compile(r"[;:]\s|\.\s|\b(?:and|but|while|whilst|whereas|although)\b(?=.{12})")
_PRONOUN = re.compile(r"\s*(?:this|it|these|both|which|that)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:in|for|across|within)\s+(?:the\s+)?(?:[A-Z][\w’'-]+[ ,&]{0,2}(?:and\s+)?)+"
)
_SHARE = re.compile(r"£?\d[\d,.]*\s?(?:%|per\s?cent)")
_MOST_WORDS = 7
_DENIED = re.compile(
    r"\b(?:not|no longer|never|if|whether|should|would|aim|target of)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Standing:
    """A statement that something is above or below a standard; `words` are what it is said of."""

    words: frozenset[str]
    standard: str
    is_above: bool
    printed: str
    quotation: str
    origin: Origin


def standings(document: Document) -> list[Standing]:
    """Return what a document says stands above or below a standard, in order."""
    found: list[Standing] = []
    for block in document.blocks:
        label = _label(block)
        for passage in block.passages():
            found += _of_passage(passage, label)
    return found


def _label(block: Block) -> str:
    """Return what a row of a table is about: its first cell."""
    if block.kind != BlockKind.ROW or not block.cells:
        return ""
    return block.cells[0].text


def _of_passage(passage: Passage, label: str) -> Iterator[Standing]:
    text = passage.text
    for start, end in sentences(text):
        sentence = text[start:end]
        for one in comparisons(sentence):
            if one.direction not in ("above", "below") or one.standard in ("before", "average"):
                continue
            subject = _subject(sentence[: one.start]) or label
            words = words_of(subject)
            if not words or _DENIED.search(sentence[max(one.start - 40, 0) : one.start]):
                continue
            yield Standing(
                words,
                one.standard,
                one.direction == "above",
                one.printed,
                sentence,
                passage.at(start + one.start),
            )


def _subject(lead: str) -> str:
    """Return the words that a comparison is said of: those of its clause, before the verb."""
    if _PRONOUN.match(lead):
        return ""
    clause = lead
    for match in _CLAUSE.finditer(lead):
        if words_of(lead[match.end() :]):
            clause = lead[match.end() :]
    clause = _PLACE.sub(" ", _SHARE.sub(" ", clause.partition(",")[0]))
    return clause if len(words_of(clause)) <= _MOST_WORDS else ""


def opposed(one: Standing, two: Standing) -> bool:
    """Return whether two statements say the opposite of the same thing."""
    if (
        one.is_above == two.is_above
        or one.standard != two.standard
        or one.quotation == two.quotation
    ):
        return False
    both = one.words & two.words
    least = min(len(one.words), len(two.words))
    return one.words == two.words or (len(both) >= 2 and len(both) == least)
