"""What is said to be done to a strategy or a plan, and where it is still to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from peelian.expressions import expression
from peelian.intake.document import Document, Origin, Passage
from peelian.recognition.future import sentences
from peelian.recognition.measures import words_of

_STAGES = {
    "consultation": r"consulted\s+(?:on|upon)|formal\s+consultation|consultation",
    "publication": r"published|publication",
    "approval": r"approved|approval|adopted|signed\s+off|ratified",
    "launch": r"launched",
    "completion": r"completed|finalised",
    "review": r"reviewed|reviewing",
}
_STAGE = "|".join(f"(?P<{name}>{words})" for name, words in _STAGES.items())
_DONE = expression(
    r"\b(?:(?:has|have|had)\s+(?:(?:now|also|already|since|all|both|just|recently)\s+){0,2}"
    r"(?:been\s+)?(?:(?:fully|formally|out\s+for|through)\s+)?|(?:was|were)\s+(?:formally\s+)?)"
    rf"(?:{_STAGE})\b(?!\s+(?:will|to)\b)",
    re.IGNORECASE,
)
_TO_DO = expression(
    r"\b(?:(?:will|is|are|yet)\s+(?:(?:now|also|both|all|then|shortly|due|expected|still)\s+){0,2}"
    r"(?:to\s+)?be\s+(?:[a-z]+\s+(?:in\s+\w+\s+)?for\s+(?:public\s+|formal\s+)?)?|"
    r"(?:has|have)\s+(?:not\s+yet|yet\s+to|not)\s+(?:be\s+|been\s+)?|awaiting\s+(?:final\s+)?)"
    rf"(?:{_STAGE})\b",
    re.IGNORECASE,
)
_THING = expression(
    r"\b(?P<kind>strateg|polic|plan|framework|charter|protocol|proposal|scheme)(?:y|ies|s|es)?\b",
    re.IGNORECASE,
    needs="strateg|polic|plan|framework|charter|protocol|proposal|scheme",
)
# A sentence of `the strategy` is of the one that stands before it.
_BACK = expression(
    r"\b(?:the|this|that|its)\s+(?:draft\s+|final\s+)?(?:strategy|policy|plan|framework|charter|"
    r"protocol|proposal|scheme)\b",
    re.IGNORECASE,
)
_DRAFT = expression(r"\bdraft", re.IGNORECASE)
_NO_NAME = frozenset({"new", "draft", "final", "version", "formal", "public", "police", "crime"})
_WORD = expression(r"[A-Za-z][\w’'&-]+")
_MOST_SENTENCE, _MOST_SAID = 500, 400

Pair = tuple[str, str]


@dataclass(frozen=True)
class Stage:
    """That something is done to a strategy or a plan, or is still to be done."""

    kind: str
    name: frozenset[Pair]  # the pairs of words that may name it
    stage: str
    is_done: bool
    printed: str
    quotation: str
    origin: Origin


def stages(document: Document) -> list[Stage]:
    """Return what a document says is done, or to be done, to its strategies and plans."""
    found: list[Stage] = []
    for block in document.blocks:
        for passage in block.passages():
            if _THING.search(passage.text):
                found += _of_passage(passage)
    return found[:_MOST_SAID]


def _of_passage(passage: Passage) -> Iterator[Stage]:
    kind, name = "", frozenset[Pair]()
    for start, end in sentences(passage.text):
        sentence = passage.text[start : min(end, start + _MOST_SENTENCE)]
        if not (name and _BACK.search(sentence)) and (named := _named(sentence)):
            kind, name = named
        for one, done in _said(sentence) if name else ():
            origin = passage.at(start + one.start())
            yield Stage(kind, name, one.lastgroup or "", done, one[0], sentence, origin)


def _said(sentence: str) -> Iterator[tuple[re.Match[str], bool]]:
    to_do = list(_TO_DO.finditer(sentence))
    yield from ((match, False) for match in to_do)
    for match in _DONE.finditer(sentence):
        if match.lastgroup == "publication" and _DRAFT.search(sentence):
            continue  # of the draft: the final version may still be awaited
        if not any(one.start() < match.end() and match.start() < one.end() for one in to_do):
            yield match, True


def _named(sentence: str) -> tuple[str, frozenset[Pair]] | None:
    """Return the kind of thing that a sentence is of, and the pairs of words that may name it."""
    thing = _THING.search(sentence)
    if not thing:
        return None
    words = [word.casefold() for word in _WORD.findall(sentence)]
    pairs = {
        (_stem(one), _stem(two))
        for one, two in pairwise(words)
        if words_of(one) - _NO_NAME
        and words_of(two)
        and not _THING.match(two)
        and not _THING.match(one)
    }
    return (thing["kind"].casefold(), frozenset(pairs)) if pairs else None


def _stem(word: str) -> str:
    return next(iter(words_of(word)), word)


def undone(one: Stage, two: Stage) -> bool:
    """Return whether one says that to be done to a thing which the other says is done."""
    if one.stage != two.stage or one.is_done == two.is_done or one.kind != two.kind:
        return False
    return one.quotation != two.quotation and bool(one.name & two.name)
