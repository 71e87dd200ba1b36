"""What is said of all of them in one place, and only of some in another."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import Document, Origin
from peelian.proofreading.clauses import alike, content_of
from peelian.recognition.future import sentences

_N = (
    r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty)"
)
_THE = r"(?:(?:the|our|its|their|these|those)\s+(?:[\w-]+[’']s\s+)?)?"
_ALL = expression(
    rf"\b(?:all|every\s+one|each)\s+(?:of\s+)?{_THE}(?:(?P<count>{_N})\s+)?(?:of\s+{_THE})?"
    r"(?:[a-z-]+\s+){0,3}?(?P<noun>[a-z-]{3,}(?:s|ies))\b|\bevery\s+(?P<one>[a-z-]{3,})\b",
    re.IGNORECASE,
)
_SOME = expression(
    rf"\b(?<!-)(?P<some>{_N})\s+(?:out\s+)?of\s+{_THE}(?P<count>{_N})\s+(?P<noun>[a-z-]{{3,}}(?:s|ies))\b",
    re.IGNORECASE,
)
_LEFT = expression(
    rf"\b(?P<some>{_N}|one)\s+(?:[a-z-]+\s+)?(?P<noun>[a-z-]{{3,}}s)\b(?=[^.;]{{0,60}}\b(?:still\s+)?(?:open|outstanding|overdue|"
    r"unfinished|incomplete|vacant|unfilled|awaited|on\s+order|undelivered|"
    r"to\s+be\s+(?:closed|completed|delivered|done|filled|fitted|installed))\b)",
    re.IGNORECASE,
    needs="open|outstanding|overdue|unfinished|incomplete|vacant|unfilled|closed|completed|done|"
    "awaited|order|undelivered|delivered|fitted|installed|filled",
)
# `will be extended to the remaining two districts`
_REST = expression(
    rf"\b(?:the|its|our)\s+(?:remaining|other|last|final)\s+(?P<some>{_N})\s+(?:[a-z-]+\s+)?"
    r"(?P<noun>[a-z-]{3,}(?:s|ies))\b",
    re.IGNORECASE,
    needs="remaining|other|last|final",
)
_LACKS = expression(r"\b(?:still\s+|are\s+|were\s+)(?:without|lack\w*|missing)\b", re.IGNORECASE)
_DESCRIBING = expression(
    rf"\b(?:all|every|each|of|the|our|its|remaining|other|last|final|{_N})\b", re.I
)
# What was promised, by its label.
_PROMISED = expression(
    r"\W*(?:what\s+(?:we|I)\s+(?:said|promised|will\s+do)\b[^:]{0,30}|(?:our\s+)?(?:aim|ambition|commitment|"
    r"goal|objective|pledge|promise|target))\s*:",
    re.IGNORECASE,
)
_LABEL = expression(r"^\s*[A-Z]\w+(?:\s\w+)?:\s")
_DONE = expression(
    r"\b(?:closed|completed?|implemented|done|finished|discharged|delivered|filled|met)\b",
    re.IGNORECASE,
)
_GRADED = expression(
    r"\b(?:graded|judged|rated|graded\s+as|inspect\w+|HMICFRS)\b",
    re.IGNORECASE,
    needs="graded|judged|rated|inspect|hmicfrs",
)
_GOOD = expression(
    r"\b(?:good|outstanding)\b[^.;]{0,25}\b(?:in|for|across|at)\s+(?:all|every)\b", re.IGNORECASE
)
_POOR = expression(
    r"\brequir(?:es?|ing|ed)\s+(?:of\s+)?improvement\b|\binadequate\b", re.IGNORECASE
)
_DENIED = expression(
    r"\b(?:not|nearly|almost|will|would|should|to|if|when|until|once|that|but|aims?|unless|can|may)\s+"
    r"(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
# Who says so, and then what is said.
_TOLD_THAT = expression(
    r"\b(?:advised|announced|confirmed|explained|heard|informed|noted|reported|said|says|stated|told)\s+"
    r"(?:(?:the|me|us|members)\s+){0,2}(?:\w+\s+)?that\s",
    re.IGNORECASE,
)
_TO_COME = expression(
    r"\b(?:will|would|should|must|to\s+be|aims?|unless|until|could)\b", re.IGNORECASE
)
_YEARS = expression(r"\b(?:19|20)\d\d(?:/\d\d)?\b")
_NAMES = expression(r"(?<=[a-z,] )[A-Z][\w’'-]+")
_MAY_SAY = expression(
    r"\b(?:all|every|each|of|on|remaining|other|last|final|open|outstanding|overdue|awaited|improvement|inadequate)\b",
    re.I,
)
# Quick to look for: where none of these stands, no pattern can match.
_ALL_STEMS = ("all", "every", "each")
_LEFT_STEMS = ("open", "outstanding", "overdue", "un", "incomplete", "vacant", "to", "await", "on ")
_STEMS = (
    *_ALL_STEMS,
    "remaining",
    "other",
    "last",
    "final",
    *_LEFT_STEMS,
    "of",
    "improve",
    "inadequate",
    "good",
)
_MONTHS = frozenset(calendar.month_name)
_WHO_TELLS_TEXT = (
    "Commissioner Chief Constable Executive Member Members Officer Chair Chairman Deputy"
)
_WHO_TELLS = frozenset(_WHO_TELLS_TEXT.split())
_NUMBERS_TEXT = "one two three four five six seven eight nine ten eleven twelve"
_NUMBERS = {word: n for n, word in enumerate(_NUMBERS_TEXT.split(), 1)}
_NO_THING = alike("way ways times areas parties people calls days years cases")
_MOST_SAID = 300


@dataclass(frozen=True)
class Share:
    """That all of some things, or only some, are or did something."""

    is_all: bool
    noun: frozenset[str]
    count: str  # how many there are in all, where it is said
    some: str  # how many of them, where not all
    words: frozenset[str]  # of what is said of them
    is_done: bool
    printed: str
    years: frozenset[str]
    names: frozenset[str]
    quotation: str
    origin: Origin


def shares_said(document: Document) -> list[Share]:
    """Return what a document says of all of some things, or of some of them, in order."""
    made: list[Share] = []
    for block in document.blocks:
        for passage in block.passages():
            if not _MAY_SAY.search(passage.text):
                continue
            for start, end in sentences(passage.text):
                sentence = passage.text[start : min(end, start + 400)]
                made += _of_sentence(sentence, passage.at(start))
    return made[:_MOST_SAID]


def _of_sentence(sentence: str, origin: Origin) -> Iterator[Share]:
    low = sentence.casefold()
    if not any(map(low.__contains__, _STEMS)):
        return
    some = list(_SOME.finditer(sentence)) if "of" in low else []
    left = list(_LEFT.finditer(sentence)) if any(map(low.__contains__, _LEFT_STEMS)) else []
    of_all = list(_ALL.finditer(sentence)) if any(map(low.__contains__, _ALL_STEMS)) else []
    is_graded = bool(_GRADED.search(sentence))
    if not (some or left or of_all or is_graded or _REST.search(sentence)):
        return
    years = frozenset(_YEARS.findall(sentence))
    names = frozenset(_NAMES.findall(sentence)) - _MONTHS - _WHO_TELLS
    future = bool(_TO_COME.search(sentence) or _PROMISED.match(sentence))

    def share(match: re.Match[str], noun: frozenset[str], count: str, *, of_all: bool) -> Share:
        rest = f"{sentence[: match.start()]} {sentence[match.end() :]}"
        adjectives = _DESCRIBING.sub(" ", match[0]) if of_all or count == _THE_REST else ""
        words = content_of(f"{_LABEL.sub(' ', rest, count=1)} {adjectives}") - noun
        done = bool(_DONE.search(rest))
        some = "" if of_all else _plain(match["some"])
        return Share(
            of_all, noun, count, some, words, done, match[0], years, names, sentence, origin
        )

    for match in some:
        yield share(match, alike(match["noun"]), _plain(match["count"]), of_all=False)
    for match in _REST.finditer(sentence) if future and not some else ():
        yield share(match, alike(match["noun"]), _THE_REST, of_all=False)
    for match in left:
        if not some and not match["noun"].endswith("ss"):
            made = share(match, alike(match["noun"]), "", of_all=False)
            yield Share(**{**vars(made), "words": frozenset({_OPEN}), "is_done": False})
    if is_graded:
        yield from _grades(sentence, years, origin)
    for match in of_all:
        before = _TOLD_THAT.sub(" ", sentence[max(match.start() - 40, 0) : match.start()])
        if not future and not _DENIED.search(before[-30:]):
            noun = alike(match["noun"] or match["one"])
            if noun and not noun & _NO_THING:
                yield share(match, noun, _plain(match["count"] or ""), of_all=True)


def _grades(sentence: str, years: frozenset[str], origin: Origin) -> Iterator[Share]:
    """Yield that some grades are poor, or that all are good."""
    for found, of_all in ((_POOR.search(sentence), False), (_GOOD.search(sentence), True)):
        if found:
            yield Share(
                of_all, _GRADES, "", "", _GRADES, False, found[0], years, frozenset(), sentence,
                origin,
            )  # fmt: skip


_OPEN = "\0open"
_THE_REST = "\0rest"  # for how many there are, where only the rest of them is spoken of
_GRADES = frozenset({"\0grades"})


def _plain(count: str) -> str:
    return str(_NUMBERS.get(count.casefold(), count))


def some_of_all(one: Share, two: Share) -> bool:
    """Return whether one says it of all, and the other only of some of the same things."""
    if not one.is_all and not two.is_all:
        return _other_some(one, two)
    if one.is_all == two.is_all or one.noun != two.noun or one.quotation == two.quotation:
        return False
    if one.years != two.years and (one.noun != _GRADES or (one.years and two.years)):
        return False
    if one.names != two.names:
        return False
    counts = {one.count, two.count} - {"", _THE_REST}
    if len(counts) > 1:
        return False
    if _GRADES in (one.noun, two.noun):
        return True
    if _OPEN in one.words | two.words:
        return (one if one.is_all else two).is_done
    some = two if one.is_all else one
    if some.count == _THE_REST:
        extra = len(one.words - two.words), len(two.words - one.words)
        return len(one.words & two.words) >= 2 and max(extra) <= 1
    if _LACKS.search(some.quotation) and len(one.words & two.words) >= 2:
        return bool(some.count)  # of all it is said that they have it, of some that they lack it
    return bool(one.words & two.words) and bool(some.count) and _same(one, two)


def _other_some(one: Share, two: Share) -> bool:
    """Return whether two say the same of other numbers of the same: `18 of the 24`."""
    if not (one.some and two.some and one.count and one.count == two.count):
        return False
    alike_enough = one.words == two.words and bool(one.words) and one.noun == two.noun
    return (
        alike_enough and one.some != two.some and (one.years, one.names) == (two.years, two.names)
    )


def _same(one: Share, two: Share) -> bool:
    """Return whether what is said is the same but for a word or two that only one has."""
    return not (one.words - two.words and two.words - one.words)
