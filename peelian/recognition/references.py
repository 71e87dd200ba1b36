"""References in prose: `A4.6`, `2.1.2`, `3.1 - 3.8`, `3.5, 1.2 & 2.1.2`, `D2 and D5`,
`minute 321` and `Performance summary, December 2019, line 5`. What they name is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

from peelian.expressions import DIGITS, expression

Key = TypeVar("Key", int, str)

LETTERED = r"[A-Z]\.?\d{1,2}(?:\.\d{1,2}){0,2}"
NUMBERED = r"\d{1,2}(?:\.\d{1,2}){1,2}"
# Neither inside a longer word or number, nor a quantity: £1.2m, 73.6%, 10.30am, 18.11.19
_BEFORE = r"(?<![\w.£$/])(?<![A-Za-z]-)"
_AFTER = r"(?![\w/%]|\.\d|[ ]?(?:per cent|percent|million|billion|m\b|k\b|%|[ap]\.?m\b|hours|pm))"
# A stroke joins two lettered references; a small letter counts only where words announce it.
_TOKEN = expression(
    rf"(?:(?:{_BEFORE}|(?<=\d/))(?:{LETTERED}|[a-z]\d{{1,2}}(?:\.\d{{1,2}}){{1,2}})"
    rf"(?=/[A-Z]\.?\d|{_AFTER})|{_BEFORE}(?:{NUMBERED}){_AFTER})",
    needs=DIGITS,
)
_MINUTE = expression(
    rf"{_BEFORE}(?<!\d\s)[Mm]inutes?\s+"
    r"(?P<printed>\d{1,5}(?:(?:\s*,\s*|\s+and\s+|\s*[-–]\s*)\d{1,5})*)\b"
)
_SUMMARY = expression(
    r"\bperformance\s+summary(?:\s*,\s*|\s+(?:of|for)\s+)"
    r"(?:quarter\s+[1-4]\s+(?:of\s+)?20\d\d/\d\d|[a-z]{3,9}\s+20\d\d)\b"
    r"(?:\s*,?\s*\(?lines?\s+\d{1,3}\b)?",
    re.IGNORECASE,
)
_CERTAIN = expression(r"[A-Z]\.?\d+\.\d+(?:\.\d+)?|[A-Z]\.\d+|\d\.\d+\.\d+")
_CUE = expression(
    r"(?:refer(?:s|red)?(?:\s+(?:back|on|also))?\s+to|cross[- ]?references?(?:\s+to)?|"
    r"see(?:\s+also)?|(?:^|[.;]\s+)(?:as|same\s+as)(?:\s+(?:at|in|for))?|"
    r"\b(?:covered|described|detailed|explained|given|more|reported|set\s+out|shown|told)\s+(?:at|in|under|on\s+this\s+in)|"
    r"\b(?:along|together)\s+with|"
    r"\b(?:carried|taken)\s+forward\s+(?:at|in|under|with)|\bdealt\s+with\s+(?:at|in|under)|\bcovered\s+by|"
    r"items?|paragraphs?|paras?\.?|points?|"
    r"\bref\.?|references?|activit(?:y|ies)|commitments?|lines?|rows?|actions?|sections?|"
    r"under|as in)"
    r"\s*:?\s*\(?\s*$",
    re.IGNORECASE,
)
_JOINER = r"(?:,|&|and|or|to|-|–|;|/|\([^()]{0,60}\)?|\s)*"
_JOINED = expression(rf"{_JOINER}\(?")
_BARE = expression(r"(?:[\s,&;–-]|and|or|to)*")
_RANGE = expression(r"\s*(?:-|–|to)\s*")
_LABEL = expression(r"\s*\(([^()]{3,60})\)?")
_SENDS = expression(
    r"(?:\W|\b(?:refer|refers|cross|references?|see|also|as|at|for|same|above|below|back|on|to|and|or|"
    r"in|under)\b)*",
    re.IGNORECASE,
)
_SENDS_ON = expression(
    r"\W*(?:please\s+)?(?:refer|see)\b(?:\W|\b(?:to|the|also|and|or|above|below|updates?|at|for|"
    r"under|further|details|actions?|activit(?:y|ies)|commitments?|items?|lines?|paragraphs?|"
    r"sections?)\b)*(?:\bfor\s[^.;\d]{1,60}\.?)?",
    re.IGNORECASE,
)
# `This is being carried forward with 1.5, which has the detail.`
_SENDS_IN_WORDS = expression(
    r"\W*(?:(?:this|it|that|progress|the\s+(?:work|detail|rest))\s+)?"
    r"(?:(?:is|are|has\s+been|have\s+been)\s+(?:now\s+|being\s+|all\s+)?)?"
    r"(?:(?:carried|taken)\s+forward|covered|dealt\s+with|described|reported|set\s+out|told)\s+"
    r"(?:at|by|in|under|with)\s+(?:action|activity|commitment|item|line|paragraph|section)?\W*"
    r"(?:\((?:[^()\d]{3,60})\)\W*)?(?:(?:which|where)\s[^.;\d]{1,80})?\W*",
    re.IGNORECASE,
)
# A short title before what sends on: `Peer review: see item 6.3`.
_TITLE = expression(r"\s*[A-Z][\w’' -]{2,40}:\s+(?=(?:refer|see|as)\b)", re.IGNORECASE)
_EMPTY_WORDS = frozenset(
    {"the", "and", "for", "with", "from", "that", "this", "our", "all", "their", "its", "are"}
)
# How far before a reference its announcement may begin, and how long what joins two may be.
_NEAR = 80


@dataclass(frozen=True)
class Mention:
    """A reference in a text: where it stands, as printed, and whether words announce it.

    `form` is `plan`, `minute` or `summary`; `through` ends a range; `label` is what brackets say
    it is.
    """

    start: int
    end: int
    printed: str
    form: str
    announced: bool
    through: str = ""
    label: str = ""

    def names(self) -> list[str]:
        """Return every reference it stands for, a range written out."""
        if self.form == "summary":
            return [self.printed]
        return spread(self.printed, self.through) if self.through else [normal(self.printed)]


def normal(printed: str) -> str:
    """Return a printed reference without the full stop after its letter: A.4 is A4, so is a4."""
    return re.sub(r"^([A-Z])\.", r"\1", printed.strip().upper())


def spread(first: str, last: str) -> list[str]:
    """Return the references of a range, ends included; only the ends where they are not alike."""
    head, _dot, start = normal(first).rpartition(".")
    other, _dot, end = normal(last).rpartition(".")
    if not head and not other:  # D2 - D5
        head, start = normal(first)[:1], normal(first)[1:]
        other, end = normal(last)[:1], normal(last)[1:]
        made = [f"{head}{n}" for n in _between(start, end)]
    else:
        made = [f"{head}.{n}" for n in _between(start, end)]
    return made if head == other and made else [normal(first), normal(last)]


def _between(start: str, end: str) -> range:
    if not (start.isdecimal() and end.isdecimal()) or int(end) - int(start) > 60:
        return range(0)
    return range(int(start), int(end) + 1)


def mentions(text: str) -> list[Mention]:
    """Return the references in a text, in order.

    A4.6 and 2.1.2 count wherever they stand. A5 may be a road and 3.5 a quantity: they count where
    words announce them ("refer to", "activity") or where they continue such a list; A5 also in
    brackets, or where brackets say what it is.
    """
    found: list[Mention] = []
    for match in _MINUTE.finditer(text) if "inute" in text else ():
        for number in re.finditer(r"\d+", match["printed"]):
            start = match.start("printed") + number.start()
            found.append(Mention(start, start + len(number[0]), number[0], "minute", True))
    for match in _SUMMARY.finditer(text) if "summary" in text.casefold() else ():
        found.append(Mention(*match.span(), match[0], "summary", True))
    others = {place for m in found for place in range(m.start, m.end)}
    tokens = [match for match in _TOKEN.finditer(text) if match.start() not in others]
    # A text of nothing but references needs no words to announce them.
    bare = bool(tokens and _BARE.fullmatch(_TOKEN.sub("", text)))
    previous: Mention | None = None
    for match in tokens:
        start, end, printed = match.start(), match.end(), match[0]
        between = text[previous.end : start] if previous else ""
        near = len(between) <= _NEAR
        continues = near and bool(previous and previous.announced and _JOINED.fullmatch(between))
        announced = bare or continues or bool(_CUE.search(text, max(start - _NEAR, 0), start))
        label = _LABEL.match(text, end)
        bracketed = bool(label) or text[max(start - 1, 0) : start] + text[end : end + 1] == "()"
        certain = bool(_CERTAIN.fullmatch(printed)) or (bracketed and printed[0].isalpha())
        if not (announced or certain):
            continue
        mention = Mention(
            start, end, printed, "plan", announced, label=label[1].strip() if label else ""
        )
        if previous and near and _RANGE.fullmatch(between):
            found[-1] = Mention(**{**vars(previous), "through": printed})
        found.append(mention)
        previous = mention
    return sorted(found, key=lambda m: m.start)


def only_refers(text: str, found: Sequence[Mention] | None = None) -> bool:
    """Return whether a text does nothing but send the reader elsewhere: `Refer to D2 and D5`.

    `found` are its references, where more are known than those that can be told by their form.
    """
    found = mentions(text) if found is None else found
    rest, place = "", 0
    for mention in found:
        rest += text[place : mention.start]
        label = _LABEL.match(text, mention.end) if mention.label else None
        place = label.end() if label else mention.end
    rest += text[place:]
    rest = _TITLE.sub("", rest, count=1)
    sends = _SENDS.fullmatch(rest) or _SENDS_ON.fullmatch(rest) or _SENDS_IN_WORDS.fullmatch(rest)
    return bool(found and sends)


def is_announced(text: str, start: int) -> bool:
    """Return whether words before an offset announce a reference: "refer to", "see"."""
    return bool(_CUE.search(text, max(start - _NEAR, 0), start))


def circles(leads: Mapping[Key, set[Key]]) -> Iterator[list[Key]]:
    """Yield circles in what leads where until none is left, each from its smallest member.

    One step is taken out of each that was found, so that no step is told twice.
    """
    graph = {one: set(others) for one, others in leads.items()}
    for one, others in graph.items():
        if one in others:
            others.discard(one)
            yield [one]
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            circle: list[Key] = list(reversed(error.args[1]))[:-1]
            graph[circle[0]].discard(circle[1])
            first = circle.index(min(circle))
            yield circle[first:] + circle[:first]
        else:
            return


def significant(text: str) -> set[str]:
    """Return the words of a text that carry its subject, without case and plural."""
    words = set(re.findall(r"[^\W\d_]{3,}", text.casefold())) - _EMPTY_WORDS
    return {word if word.endswith("ss") else word.rstrip("s") for word in words}
