"""Rises and falls that a text works out beside their two values, worked out again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from peelian.expressions import expression
from peelian.intake.document import Document, Passage
from peelian.proofreading.arithmetic import Wrong, written
from peelian.proofreading.parts_listed import last_place, short
from peelian.recognition.dates import DateMention, dates
from peelian.recognition.future import sentences
from peelian.recognition.numbers import Number, numbers

_RISE = r"rise|increase|growth|gain|uplift|up|more|higher|rose|risen|increased|grew|grown"
_FALL = (
    r"fall|reduction|drop|decrease|cut|decline|down|fewer|less|lower|fell|fallen|reduced|decreased|"
    r"dropped|declined"
)
_MAY_SAY = expression(rf"\b(?:{_RISE}|{_FALL}|improv\w+|worsen\w+|deteriorat\w+)\b")
_ABOUT = (
    r"(?P<about>about\s+|around\s+|over\s+|nearly\s+|almost\s+|some\s+|more\s+than\s+|less\s+than\s+|"
    r"just\s+(?:over|under)\s+)?"
)
# After both values: `, a rise of 12`, `, up by 12`, ` (down 12)`.
_THEN = expression(
    r"(?:[^.;:()]|\([^()]{1,60}\)){0,60}\)?(?:,|\s[–-]|\s\()\s*(?:and\s+so\s+|which\s+(?:is|was)\s+|that\s+is\s+)?"
    rf"(?:an?\s+(?P<way>rise|increase|growth|gain|uplift|fall|reduction|drop|decrease|cut|decline)\s+of|"
    rf"(?P<way2>up|down)(?:\s+by)?)\s+{_ABOUT}"
)
# Before them: `rose by 12, from`.
_BY = expression(
    r"\b(?P<way>rose|risen|increased|grew|grown|fell|fallen|reduced|decreased|dropped|declined|up|"
    rf"down)\s+by\s+{_ABOUT}$"
)
_FROM_BEFORE = expression(r"\bfrom\s+(?:just\s+|about\s+|the\s+)?$")
_FROM = expression(r"[^.;:()\d]{0,25}\bfrom\s+(?:just\s+|about\s+|the\s+)?")
_TO = expression(r"[^.;:()]{0,60}?\bto\s+(?:just\s+|about\s+|the\s+|only\s+)?")
_COMPARED = expression(
    r"[^.;:()]{0,40}?[\s,(]+(?:compared\s+(?:with|to)|against|(?:19|20)\d\d(?:/\d\d)?:)\s+(?:the\s+)?"
)
# `38, which is 23 fewer than the 61`.
_MORE_THAN = expression(
    r"[^.;:()\d]{0,30}?(?P<way>more|higher|fewer|less|lower)\s+than\s+(?:the\s+|last\s+year[’']?s?\s+|"
    r"(?:in\s+|at\s+|on\s+|for\s+)?(?:[\w/-]+\s+){0,3}?[\w/-]+,?\s+(?:when|where|which)\s+(?:\w+\s+){0,2}?"
    r"(?:were|was|been|had|came\s+to)\s+(?:only\s+|just\s+)?)?"
)
_IS_BY = expression(
    rf"[^.;:()\d]{{0,60}}(?:,|\s[–-])\s+(?:which\s+(?:is|was)\s+|that\s+is\s+)?{_ABOUT}"
)
_AND = expression(
    r"(?:\band|\bagainst|,)\s+(?:(?:in|on|at|by|for|the|there|were|was|are|is|it|of|year|end|only|just|as|"
    r"[A-Z][a-z]+|[\d/–-]+)\s+){0,8}$"
)
_WHEN = expression(r"\s+(?:on|in|at|for|during|by)\s+")
_IN_LIST = expression(r"[^,;:.()]{0,40}\s(?:and|or)\s[^,;:.()]{0,20}")
# A change after which one of these stands is of other values than the two.
_OF_OTHERS = expression(
    r"\s*(?:points?\b|percentage|[\w’'-]+(?:\s[\w’'-]+)?\s+(?:since|over|each|per|a\s+year)\b|since|over|each|"
    r"per\b|a\s+year|on\s+(?:average|our|its|plan|budget)|"
    r"in\s+[A-Z])"
)
_DOWN = frozenset(_FALL.split("|"))
_BETTER = expression(
    r"\b(?P<word>(?P<better>improv\w+)|(?:worsen\w+|deteriorat\w+))\b(?P<what>[^.;:()\d]{0,60})$",
    re.I,
)
_NOT_YET = expression(r"\b(?:not|no|than|target|aim\w*|to|will|would|should)\s+(?:\w+\s+)?$")
_HIGH_IS_GOOD = expression(
    r"\b(?:availability|satisfaction|confidence|attendance|answer\w*|compliance|trust|detection|"
    r"outcomes|coverage|completion|timeliness|retention|visibility|solved|met|trained)\b",
    re.IGNORECASE,
)
_LOW_IS_GOOD = expression(
    r"\b(?:waits?|waiting|sickness|absences?|vacanc\w+|abandon\w+|delays?|backlog|overdue|offences|"
    r"crimes?|casualties|deaths|fires|times?|errors|missed|reoffending|turnover|queue)\b",
    re.IGNORECASE,
)
_LONGEST, _MOST_NUMBERS = 600, 40
_ANY_DAY = dt.date(2020, 1, 1)


@dataclass(frozen=True)
class _Told:
    """Two values, and the change from the old to the new that a sentence gives."""

    old: Number
    new: Number
    change: Number
    way: str
    about: bool

    @property
    def goes_the_other_way(self) -> bool:
        """Return whether the values rise where the word says that they fell, or the reverse."""
        came = self.new.value - self.old.value
        return bool(came) and (came < 0) != (self.way.casefold() in _DOWN)

    @property
    def comes_to(self) -> float:
        """Return how large the change is, in the unit in which it is given."""
        came = abs(self.new.value - self.old.value)
        return 100 * came / self.old.value if self.is_share else came

    @property
    def is_share(self) -> bool:
        """Return whether the change is given in per cent of the old value."""
        return self.change.mark == "%"

    @property
    def is_borne_out(self) -> bool:
        """Return whether the values make the change, roundings allowed."""
        off = abs(self.comes_to - self.change.value)
        slack = sum(map(last_place, (self.old, self.new, self.change)))
        return off <= (0.25 * self.change.value if self.about else 1.0 if self.is_share else slack)


def changes_told(document: Document) -> Iterator[Wrong]:
    """Yield each rise or fall beside two values that do not show it."""
    for block in document.blocks:
        for passage in block.passages():
            text = passage.text
            if len(text) < 25 or not _MAY_SAY.search(text):
                continue
            for start, end in sentences(text):
                if end - start <= _LONGEST and _MAY_SAY.search(text, start, end):
                    yield from _of_sentence(text[start:end], passage, start)


def _of_sentence(sentence: str, passage: Passage, start: int) -> Iterator[Wrong]:
    mentions = dates(sentence, _ANY_DAY)
    found = numbers(sentence, [(one.start, one.end) for one in mentions])
    if not 2 <= len(found) <= _MOST_NUMBERS:
        return

    def wrong(at: Number, stated: str, came: str, kind: str) -> Wrong:
        return Wrong(passage.at(start + at.start), sentence, stated, came, kind)

    for told in _told(sentence, found, mentions):
        if told.goes_the_other_way:
            shown = f"{told.old.printed} – {told.new.printed}"
            yield wrong(told.change, told.way, shown, "direction")
        elif not told.is_borne_out:
            came = f"{told.comes_to:.1f}%" if told.is_share else _amount(told)
            yield wrong(told.change, told.change.printed, came, "change")
    for old, new in pairwise(found):
        if word := _against_its_word(sentence, old, new):
            yield wrong(new, word, f"{old.printed} – {new.printed}", "direction")


def _told(
    sentence: str, found: Sequence[Number], mentions: Sequence[DateMention]
) -> Iterator[_Told]:
    """Yield the values and the change that a sentence gives, in whatever order they stand."""
    for n, (one, two, three) in enumerate(zip(found, found[1:], found[2:], strict=False)):
        if n and _IN_LIST.fullmatch(sentence, found[n - 1].end, one.start):
            continue
        pair: tuple[Number, Number] | None = None
        if _is_of(three, one, two) and (then := _THEN.fullmatch(sentence, two.end, three.start)):
            if not _OF_OTHERS.match(sentence, three.end):
                pair = _pair(sentence, one, two, three, mentions)
            if pair:
                way = then["way"] or then["way2"]
                yield _Told(*pair, three, way, bool(then["about"]))
        elif _is_of(two, one, three) and (by := _IS_BY.fullmatch(sentence, one.end, two.start)):
            if more := _MORE_THAN.fullmatch(sentence, two.end, three.start):
                yield _Told(three, one, two, more["way"], bool(by["about"]))
        elif _is_of(one, two, three) and (by := _BY.search(sentence, 0, one.start)):
            is_pair = _FROM.fullmatch(sentence, one.end, two.start)
            if is_pair and _TO.fullmatch(sentence, two.end, three.start):
                yield _Told(two, three, one, by["way"], bool(by["about"]))


def _pair(
    sentence: str, one: Number, two: Number, three: Number, mentions: Sequence[DateMention]
) -> tuple[Number, Number] | None:
    """Return which of two values is the old and which the new; None where nothing tells it."""
    if _COMPARED.fullmatch(sentence, one.end, two.start):
        return two, one
    if _FROM_BEFORE.search(sentence, 0, one.start) and _TO.fullmatch(sentence, one.end, two.start):
        return (one, two) if three.mark != "%" else None  # shares are read with the figures
    if not _AND.search(sentence, one.end, two.start):
        return None
    between = [m for m in mentions if one.end <= m.start < two.start]
    after = [m for m in mentions if two.end <= m.start < three.start]
    before = [m for m in mentions if m.start < one.start]
    if len(between) == len(after) == 1 and _WHEN.match(sentence, two.end):
        days = between[0], after[0]
    elif len(before) == len(between) == 1 and not after:
        days = before[0], between[0]
    else:
        return None
    if not all(day.has_year for day in days) or days[0].last == days[1].last:
        return None
    return (one, two) if days[0].last < days[1].last else (two, one)


def _is_of(change: Number, one: Number, two: Number) -> bool:
    """Return whether a number can be the change between two others, by their marks."""
    marks = {one.mark: ("%", one.mark), "%": ("points",)}.get(one.mark, ())
    return (
        one.mark == two.mark
        and one.mark in ("", "£", "%")
        and change.mark in marks
        and not (change.sign or one.sign or two.sign or change.more)
        and min(one.value, two.value) > 0
    )


def _amount(told: _Told) -> str:
    came = told.comes_to
    return f"£{short(came)}" if told.change.mark == "£" else written(came)


def _against_its_word(sentence: str, old: Number, new: Number) -> str:
    """Return the word that says it is better, or worse, where the values show the reverse."""
    if old.mark != new.mark or old.value == new.value or "from" not in sentence:
        return ""
    if not _FROM_BEFORE.search(sentence, 0, old.start) or not _TO.fullmatch(
        sentence, old.end, new.start
    ):
        return ""
    found = _BETTER.search(sentence, 0, old.start)
    if not found or _NOT_YET.search(sentence, 0, found.start()):
        return ""
    clause = sentence[max(found.start() - 60, 0) : old.start]
    high, low = (bool(words.search(clause)) for words in (_HIGH_IS_GOOD, _LOW_IS_GOOD))
    if high == low:
        return ""
    is_better = (new.value > old.value) == high
    return "" if is_better == bool(found["better"]) else found["word"]
