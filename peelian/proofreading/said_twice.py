"""Sentences that one cell, or one stretch of text, says twice in nearly the same words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import BlockKind, Document, Passage
from peelian.proofreading.findings import Confidence, Finding, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import place
from peelian.proofreading.repeats import SHORTEST
from peelian.proofreading.spoken import Minuted
from peelian.recognition.future import sentences
from peelian.recognition.references import significant

_FEWEST = 7  # words that carry a sentence's subject
_STEM = 6  # letters by which words are alike: `attended`, `attends`
NEAR = 24  # lines between the two
_NUMBER = expression(r"\d+")
_ENDS = expression(r"[.!?][”\"’)]?\s*$")
# What a paper asks for stands at its head and at its end; a resolution is worded as the others.
_FORMULA = expression(
    r"\W*(?:that\b|to\b|resolved|agreed|recommend|(?:the\s+)?(?:panel|board|committee|members?)\s+"
    r"(?:is|are|was|were|noted|agreed|resolved|thanked)\b)",
    re.IGNORECASE,
)
Words = tuple[frozenset[str], tuple[str, ...]]


@dataclass(frozen=True)
class _Sentence:
    """A sentence of a passage, by the words and numbers that tell it from others."""

    words: Words
    passage: Passage
    start: int
    end: int
    is_cell: bool


@check("copied-paragraph")
def sentences_said_twice(proof: Proof) -> Iterator[Finding]:
    """Find sentences that are said again in the same cell, or a few lines further on."""
    minuted = Minuted(proof)
    for document in proof.documents:
        found = list(_sentences(document))
        times = Counter(one.words for one in found)
        first: dict[Words, _Sentence] = {}
        for one in found:
            other = first.setdefault(one.words, one)
            # What stands oftener is a standing text.
            if other is one or times[one.words] > 2 or not _is_near(other, one):
                continue
            if not minuted.holds(one.passage):
                yield Finding(
                    place(other.passage, other.start, other.end, other.start),
                    _("The same is said again a little further on."),
                    _("Say it once."),
                    Confidence.POSSIBLE,
                    (place(one.passage, one.start, one.end, one.start),),
                )


def _sentences(document: Document) -> Iterator[_Sentence]:
    for block in document.blocks:
        if block.kind in (BlockKind.HEADING, BlockKind.CONTENTS) or block.is_head:
            continue
        for passage in block.passages():
            for start, end in sentences(passage.text):
                text = passage.text[start:end]
                is_whole = _ENDS.search(text) and not _FORMULA.match(text)
                if is_whole and _FEWEST <= len(text.split()) < SHORTEST:
                    words = frozenset(word[:_STEM] for word in significant(text))
                    if len(words) >= _FEWEST:
                        said = words, tuple(sorted(_NUMBER.findall(text)))
                        is_cell = block.kind == BlockKind.ROW
                        yield _Sentence(said, passage, start, end, is_cell)


def _is_near(one: _Sentence, other: _Sentence) -> bool:
    if one.is_cell or other.is_cell:
        return one.passage is other.passage
    first, second = one.passage.at(one.start), other.passage.at(other.start)
    return second.order - first.order <= NEAR
