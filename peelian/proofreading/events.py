"""What is said to have happened, and where the same is still to happen."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import Document, Origin, Passage
from peelian.proofreading.clauses import content_of
from peelian.recognition.dates import dates
from peelian.recognition.future import sentences

# For each kind of event: as it is told when done, and after `will` or `to`.
_EVENTS = {
    "live": (r"went\s+live|has\s+gone\s+live|is\s+now\s+live", r"go\s+live"),
    "open": (r"opened", r"open|be\s+opened"),
    "launch": (r"launched", r"launch|be\s+launched"),
    "begin": (r"began|started|commenced", r"begin|start|commence"),
    "end": (r"ended|came\s+to\s+an\s+end", r"end|come\s+to\s+an\s+end"),
    "advertise": (r"advertised", r"advertise|be\s+advertised"),
    "close": (r"closed", r"close|be\s+closed"),
    "sell": (r"sold", r"sell|be\s+sold"),
    "sign": (r"signed", r"sign|be\s+signed"),
    "install": (
        r"installed|fitted|switched\s+on",
        r"be\s+installed|be\s+fitted|be\s+switched\s+on|install",
    ),
    "appoint": (r"appointed", r"appoint|be\s+appointed"),
    "award": (r"awarded|let", r"award|be\s+awarded|be\s+let"),
    "strength": (
        r"(?:is|are)\s+(?:now\s+)?(?:at\s+full\s+strength|fully\s+(?:operational|staffed))",
        r"(?:reach|be\s+at)\s+full\s+strength|be\s+fully\s+(?:operational|staffed)",
    ),
    "present": (
        r"presented|brought|received|considered",
        r"be\s+(?:brought|considered|presented|received|taken)|receive|consider",
    ),
    "build": (r"built|handed\s+over", r"be\s+built|be\s+handed\s+over"),
}
_DONE_WORDS = "|".join(f"(?P<{name}>{done})" for name, (done, _to) in _EVENTS.items())
_TO_DO_WORDS = "|".join(f"(?P<{name}>{to})" for name, (_done, to) in _EVENTS.items())
_DONE = expression(
    rf"\b(?:(?:has|have|was|were)\s+(?:now\s+|since\s+|also\s+|all\s+)?(?:been\s+)?)?(?:{_DONE_WORDS})\b",
    re.IGNORECASE,
)
_TO_DO = expression(
    r"\b(?:will|would|(?:is|are)\s+(?:now\s+|still\s+)?(?:due\s+)?to|(?:has|have|is|are)\s+yet\s+to|"
    r"expects?\s+to|hopes?\s+to|intends?\s+to|plans?\s+to|due\s+to)\s+(?:then\s+|also\s+|now\s+)?"
    rf"(?:{_TO_DO_WORDS})\b(?!\s+again)",
    re.IGNORECASE,
)
_NOT_YET = expression(
    r"\b(?:has|have|had)\s+not\s+(?:yet\s+|so\s+far\s+)?(?:been\s+)?"
    rf"(?:{_DONE_WORDS})\b",
    re.IGNORECASE,
)
_SALE = expression(
    r"\bsale\s+of\s+(?P<of>[^.;,]{4,80}?)\s+(?:was|has\s+been)\s+completed\b", re.IGNORECASE
)
_MAY_SAY = expression(
    r"\b(?:live|open(?:ed)?|launch(?:ed)?|beg[ai]n|start(?:ed)?|end(?:ed)?|closed?|sold|sell|sale|sign(?:ed)?|"
    r"present(?:ed)?|brought|receive[ds]?|consider(?:ed)?|taken|install(?:ed)?|fitted|switched|appoint(?:ed)?|award(?:ed)?|built|advertised?|full|fully)\b",
    re.IGNORECASE,
    needs="live|open|launch|beg|start|end|close|sold|sell|sale|sign|install|fitted|switched|"
    "appoint|award|built|advertise|full|present|brought|receive|consider|taken",
)
_CLAUSE = expression(
    r"[;:()]|,\s|\b(?:but|while|when|after|before|once|until|because|which|that)\b|"
    r"\band\s+(?=(?:will|is|are|was|were|has|have|had|it|they|we|I|he|she|the|then|\w+ed)\b)"
)
_ON = expression(r"\bon\s+(?:the\s+)?(?:[A-Z][a-z]+day,?\s+)?$")
_OF_OR_AT = expression(r"\s(?:at|of|for|in|on|to)\s")
_ACTIVE = expression(
    r"(?:^\W*|\b(?:we|I|he|she|they|commissioner|force|council|panel|office|chief)\s*)$", re.I
)
# `A new service, delivered by a charity, opened`
_PARENTHESIS = expression(r",\s+(?!and\b|but\b)[^,;:]{3,80},\s*$")
_PRONOUN = expression(r"\b(?:it|they)(?:\s+(?:had|has|have|was|were))?\s*$", re.IGNORECASE)
_SAYS = expression(
    r"\b(?:advised|confirmed|explained|noted|reported|said|says|stated|told)\b", re.I
)
_DENIED = expression(
    r"\b(?:not|never|if|once|until|when|before|unless)\b[^.;,]{0,40}$", re.IGNORECASE
)
# One of these makes a thing another part of it, or another round.
_PARTS = expression(
    r"\b(?:first|second|third|fourth|next|last|final|another|other|remaining|rest|phase|stage|part|"
    r"round|wave|north|south|east|west|\d+(?:st|nd|rd|th)|quarter\s+(?:\d|one|two|three|four)|Q[1-4])\b",
    re.IGNORECASE,
)
_NAME = expression(r"(?<=[a-z,’'\d] )[A-Z][\w’'-]*|\b[A-Z]\d+\b")
_MONTHS = expression(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Spring|Summer|Autumn|Winter|Monday|Tuesday|Wednesday|Thursday|Friday)"
)
_DATES = expression(rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTHS.pattern}")
_TOLD_AGAIN = "present"
_LONG_WORD = expression(r"[a-z]{4,}")
_NO_NAME = frozenset(
    {"been", "board", "commissioner", "have", "meeting", "next", "panel", "that", "will"}
)
_APART = 60  # days between two on which one event may be said to happen
_FEWEST_WORDS, _MOST_WORDS, _MOST_SAID, _LONGEST = 2, 9, 300, 400


@dataclass(frozen=True)
class Event:
    """That something has happened to a thing, or is still to happen."""

    kind: str
    is_done: bool
    words: frozenset[str]  # of the thing
    head: frozenset[str]  # of its first noun, where `of` or `at` something follows that
    names: frozenset[str]
    parts: frozenset[str]
    printed: str
    quotation: str
    origin: Origin
    day: dt.date | None = None  # on which it happens, where that is said with its year


def events(document: Document) -> list[Event]:
    """Return what a document says has happened, or is still to happen, in order."""
    made: list[Event] = []
    for block in document.blocks:
        for passage in block.passages():
            if _MAY_SAY.search(passage.text):
                made += _of_passage(passage)
    return made[:_MOST_SAID]


def _of_passage(passage: Passage) -> Iterator[Event]:
    for start, end in sentences(passage.text):
        sentence = passage.text[start : min(end, start + _LONGEST)]
        to_do = list(_TO_DO.finditer(sentence))
        for match in to_do:
            yield from _event(
                sentence, match, match.lastgroup or "", passage.at(start), is_done=False
            )
        not_yet = list(_NOT_YET.finditer(sentence))
        for match in not_yet:
            yield from _event(
                sentence, match, match.lastgroup or "", passage.at(start), is_done=False
            )
        to_do += not_yet
        for match in _DONE.finditer(sentence):
            if not any(one.start() < match.end() and match.start() < one.end() for one in to_do):
                yield from _event(
                    sentence, match, match.lastgroup or "", passage.at(start), is_done=True
                )
        for match in _SALE.finditer(sentence):
            words = content_of(match["of"])
            if len(words) >= _FEWEST_WORDS:
                yield Event(
                    "sell",
                    True,
                    words,
                    frozenset(),
                    _names(sentence),
                    frozenset(),
                    match[0],
                    sentence,
                    passage.at(start),
                )


def _event(
    sentence: str, match: re.Match[str], kind: str, origin: Origin, *, is_done: bool
) -> Iterator[Event]:
    lead = _CLAUSE.split(sentence[: match.start()])[-1]
    if not lead.strip() and "," in sentence[: match.start()]:
        lead = _PARENTHESIS.sub(" ", sentence[: match.start()])
        lead = _CLAUSE.split(lead)[-1]
    if _PRONOUN.search(lead) and not content_of(lead):  # of what the sentence is about
        clauses = _CLAUSE.split(sentence[: match.start()])
        lead = next((c for c in clauses if content_of(c) and not _SAYS.search(c)), lead)
    after = _CLAUSE.split(sentence[match.end() :])[0]
    if _DENIED.search(sentence[max(match.start() - 60, 0) : match.start()]):
        return
    # `the Commissioner opened the hub`, `we expect to launch it`; else `the hub opened`
    subject = after if _ACTIVE.search(lead) else f"{lead} {_placed(after)}"
    bare = _MONTHS.sub(" ", re.sub(r"\d+", " ", subject))
    # A report is told by its name: `the Quarter 3 report`.
    words = _named(bare) if kind == _TOLD_AGAIN else content_of(bare)
    if _FEWEST_WORDS <= len(words) <= _MOST_WORDS:
        parts = frozenset(one.casefold() for one in _PARTS.findall(_DATES.sub(" ", sentence)))
        yield Event(
            kind,
            is_done,
            words,
            _head(subject),
            _names(sentence),
            parts,
            match[0],
            sentence,
            origin,
            _day(after),
        )


def _named(text: str) -> frozenset[str]:
    """Return the words of a paper's name, such as a report's, that are of no other content."""
    return frozenset(_LONG_WORD.findall(text.casefold())) - _NO_NAME


def _day(after: str) -> dt.date | None:
    """Return the day with its year that follows an event right away, on which it happens."""
    found = dates(after, dt.date(2020, 1, 1)) if re.search(r"\d{4}|\d/", after) else []
    days = [one for one in found if one.is_day and one.has_year]
    return days[0].first if len(days) == 1 and _ON.search(after[: days[0].start]) else None


def _head(subject: str) -> frozenset[str]:
    """Return the noun that `at` or `of` something follows: of `the gym at the station` the gym."""
    before = _OF_OR_AT.split(f" {subject.strip()} ", maxsplit=1)
    words = before[0].split() if len(before) > 1 else []
    return content_of(words[-1]) if words else frozenset()


def _placed(after: str) -> str:
    """Return where it happened, if that is what comes next: `installed on the A66`."""
    match = re.match(r"\s+(?:at|on|in)\s+(?:the\s+)?(?=[A-Z])([\w’' -]+)", after)
    return "" if not match or _MONTHS.match(match[1]) else match[1]


def _names(sentence: str) -> frozenset[str]:
    found = (name for name in _NAME.findall(sentence) if not _MONTHS.fullmatch(name))
    return frozenset(found) - {
        "Commissioner",
        "PCC",
        "Panel",
        "Police",
        "Force",
        "Chief",
        "Constable",
    }


def still_to_come(one: Event, two: Event) -> bool:
    """Return whether one says that it has happened, and the other that the same is to come."""
    told = one.kind != _TOLD_AGAIN  # what was brought to one meeting may be brought to the next
    return told and one.is_done != two.is_done and _are_one(one, two)


def on_another_day(one: Event, two: Event) -> bool:
    """Return whether one event is said to happen on one day here, and on another there."""
    days = abs((one.day - two.day).days) if one.day and two.day else 0
    return 0 < days <= _APART and _are_one(one, two)


def _are_one(one: Event, two: Event) -> bool:
    if one.kind != two.kind or one.quotation == two.quotation:
        return False
    if one.parts != two.parts or (one.names - two.names and two.names - one.names):
        return False
    if not (one.head <= two.words and two.head <= one.words):
        return False
    both = one.words & two.words
    smaller = min(one.words, two.words, key=len)
    # With a name among three words in common, one more may be said of it here: `the new suite`.
    named = len(both) > _FEWEST_WORDS and bool(one.names & two.names)
    return len(both) >= _FEWEST_WORDS and len(smaller) - len(both) <= named
