"""What the clause of a figure says: the words that tell what is measured, and of whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from peelian.expressions import expression
from peelian.proofreading.times import Time, time_named, time_of, without_sources
from peelian.recognition.figures import Figure
from peelian.recognition.measures import words_of

# Words that a sentence may have or not have and still be of the same thing.
_LIGHT_TEXT = """
received recorded reported made held attended given conducted carried undertaken taken place
lodged logged submitted there saw seen headcount stood force county borough commissioner's used
use using uses employ employs employed took take taking ran run runs running went goes going gone
dealt deal dealing looked look looking considered find found kept keep become became like need
needs want wanted least ever largest smallest highest lowest whole thing things way ways far lot
many few half deputy issued bought followed came come coming brought added forecast forecasts
forecasted propose proposed proposes plan planned plans expected current now today date begun
began begin start started know knew known think believe hope pleased glad note noted show shows
shown showed say says said tell told given gave give gets got getting work works working remain
remaining standing been being own ours jan feb mar apr jun jul aug sep sept oct nov dec january
february march april may june july august september october november december fell rose risen
fallen dropped grew averaging averaged median fewest raise raised raises ago yet having had has
sum sums count counted counts altogether together shared full fully member state respond responded
answered answering household households pay paid paying will would could cost costs costing price
priced worth spend spent spending funded fund funding built build building reach reaches reached
sent send sends led lead leads bring brings income times
"""
_LIGHT = words_of(_LIGHT_TEXT) - words_of(
    "pay answered fund state member build building plan deputy"
)
_SAME_TEXT = """
confident confidence
satisfied satisfaction
caller call
offence crime
inspection visit
grievance complaint
student pupil
youth young
waiting wait waited
pick picked answer answered
spent spending cost
session meeting met
surgery event
volunteer visitor
saved savings saving
sick sickness
vacant vacancy vacancies
death dead died killed fatal fatality fatalities
burgled burglary burglaries
dwelling home house
staffed staff
abandoned abandonment abandoning
solved solve
rape rapes
trained training
refused refusal
detained detainee detainees detention detentions
reviewed review
applicant application applied
recruited recruitment recruit
councillor councillors
insured insurance
seized seizure seizures
overspend overspent overspending underspend underspent underspending
surplus surpluses deficit deficits
arrested arrest
budgeted budget
"""
SAME = {
    stem: min(words_of(line)) for line in _SAME_TEXT.strip().splitlines() for stem in words_of(line)
}


def same(word: str) -> str:
    """Return the word by which a word and its synonyms are known."""
    if len(word) > 8 and word.endswith("ment"):
        word = word[:-4]
    return SAME.get(word, word)


@lru_cache(maxsize=4096)
def alike(text: str) -> frozenset[str]:
    """Return the words of a text that tell something, one for each of its synonyms."""
    return frozenset(same(word) for word in words_of(text))


# Ends of scales and kinds of people: in each line one word does not stand for another.
_SCALES_TEXT = """
men|male|males|boys women|female|females|girls
adult|adults child|children|juvenile|juveniles
north|northern south|southern east|eastern west|western central
urban rural
more less|fewer
officer|officers staff pcso|pcsos special|specials|constables
net gross
capital revenue
earmarked general
first second third fourth fifth
domestic commercial
"""
_SCALES = [
    {word: group.partition("|")[0] for group in line.split() for word in group.split("|")}
    for line in _SCALES_TEXT.strip().splitlines()
]
# With one of these, and without, is not the same.
_TURNS_TEXT = """
not no never none without less disagree disagreed dissatisfied unsafe unlikely distrust provisional
provisionally interim unaudited remaining other another further additional
"""
_TURNS = frozenset(_TURNS_TEXT.split())
_PARTED = expression(r"[;:()\[\]]|\s[–—-]\s|\.\s")
_LABEL = expression(r"(?:^|[.;]\s)(?:[\w’'/&-]+ ){0,5}[\w’'/&-]+:\s[^;:()]*$")
_RELATIVE = expression(
    r"\s*(?:which|who|whom|that|it|and|or|but|of\s+(?:whom|which|these|those|the))\b"
)
_COMPARED = expression(
    r"\b(?:against|compared|versus|vs|than|up\s+(?:from|on)|down\s+(?:from|on)|while|whilst|whereas|"
    r"although|bringing|leaving)\b",
    re.IGNORECASE,
)
_VERB = expression(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should|said|say|says|felt|feel|"
    r"saw|stood|stands?|remain(?:s|ed)?|fell|rose|led|costs?)\b"
)
_SMALLER = expression(
    r"^[\s-]*(?:hours?|hrs?|minutes?|mins?)[\s,]*(?:and\s+)?\d{1,2}\s*"
    r"(?:seconds?|secs?|minutes?|mins?)\b"
)
# What somebody says begins after this.
_SAID = expression(
    r"\b(?:said|says|advised|told|reported|noted|notes?|heard|confirmed|explained|added|stated|replied|"
    r"informed|understood|shows?|showed|found|announced|agreed|resolved|recommends?|recommended)\s+"
    r"(?:\w+\s+){0,3}that\b|"
    r"\b(?:supports?|supported|approves?|approved|endorses?|endorsed|agrees?|proposes?)\s+(?=an?\b|the\b)",
    re.IGNORECASE,
)
_AND = expression(r"\b(?:and|but)\s")
_AND_DONE = expression(r"\band\s+(?:\w+ed|has|have|had|is|are|was|were|will|would)\b")
_ENDS_IT = expression(r"(?:\s+[a-z]+){1,4}\s+")
_FROM = expression(r"\bfrom\s+(?:\w+\s+){0,2}$")
_TO = expression(r"[^,;:()]{0,60}\bto\s+(?:\w+\s+){0,2}$")
_TIMES = (
    r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|to|of|in|and|than|for|at|by|from|the|"
    r"with|over|within)"
)
_LETTERED = expression(
    rf"\b(?!{_TIMES}\b)([A-Za-z]{{3,12}})\s(?-i:([A-HJ-Z])|(\d{{1,3}}))(?![\w£%.,]*\d)\b"
)
_WORD = expression(r"[a-z]+")
_COUNCIL_TAX = expression(r"\bcouncil\s+tax\b", re.IGNORECASE)
_MEANS = (
    ("mean", expression(r"\b(?:averages?|averag(?:ed|ing)|mean|typical(?:ly)?)\b", re.IGNORECASE)),
    ("median", expression(r"\bmedian\b", re.IGNORECASE)),
    (
        "most",
        expression(r"\b(?:longest|maximum|oldest|slowest|up\s+to|at\s+most)\b", re.IGNORECASE),
    ),
    ("least", expression(r"\b(?:shortest|minimum|youngest|quickest|at\s+least)\b", re.IGNORECASE)),
    ("aim", expression(r"\b(?:targets?|standards?|aims?|goals?|thresholds?|ambitions?)\b", re.I)),
)
_LONG_NUMBER = expression(
    r"£?\d{1,3}(?:,\d{3})+|£\d[\d.]*(?:m|bn|k)?|\d{4,}(?:\s?[/–-]\s?\d{2,4})?"
)
_FUNDED = expression(r"\bfund(?:ed|ing)\b", re.IGNORECASE)
# What stands for the things that other words name.
ANYTHING = alike("crimes offences cases incidents people individuals")
_ACTORS = {
    "commissioner": words_of("commissioner pcc mayor"),
    "visitors": words_of("visitors volunteers icvs"),
    "panel": words_of("panel members councillors"),
    "committee": words_of("committee"),
    "constable": words_of("constable"),
}
_MOST = 220  # how far on each side of its number a clause may reach


@dataclass(frozen=True)
class Clause:
    """The words about a number: `core` up to the verb after it, `tail` after that."""

    core: frozenset[str]
    tail: frozenset[str]
    names: frozenset[str]  # of its words, those written as names
    turns: frozenset[str]  # what makes it another thing, such as `not`
    ends: Sequence[frozenset[str]]  # which ends of scales it names
    means: frozenset[str]  # whether it is a mean, a median, the most, the least or an aim
    actors: frozenset[str]
    time: Time
    lead: str
    text: str
    seconds: float | None = None  # of a length of time

    @property
    def words(self) -> frozenset[str]:
        """Return all its words."""
        return self.core | self.tail


def around(figure: Figure) -> tuple[str, str]:
    """Return what stands before and after a figure's number: not `2` in `2024`."""
    return _around(figure.quotation, figure.printed)


@lru_cache(maxsize=4096)
def _around(quotation: str, printed: str) -> tuple[str, str]:
    at = quotation.find(printed)
    while at >= 0:
        before, after = quotation[:at], quotation[at + len(printed) :]
        last = before[-1:]
        if not (last.isalnum() or last in ("_", ".", ",")) and not after[:1].isdecimal():
            return before, after
        at = quotation.find(printed, at + 1)
    return quotation, ""


def clause_of(figure: Figure, others: Sequence[str], heading: str, own: frozenset[str]) -> Clause:
    """Return the clause of a figure; `others` are the numbers that stand in its sentence too.

    `heading` says what is measured where the clause does not, `own` are the words of the office's
    name.
    """
    before, after = around(figure)
    time = time_of(figure.quotation, figure.period, len(before), others)
    if figure.origin.table is not None and not is_prose(figure.quotation):
        lead, right = figure.measure, ""
        time = time_named(figure.period) or time or time_named(heading)
    elif (
        figure.measure
        and len(alike(figure.measure) - _LIGHT) >= 2
        and _ENDS_IT.fullmatch(
            before.rpartition(figure.measure)[2][-40:] if figure.measure in before else "-"
        )
    ):
        right = _after(_SMALLER.sub(" ", without_sources(after), 1), others)
        lead = before[before.rfind(figure.measure) :]
    else:
        before, after = without_sources(before), _SMALLER.sub(" ", without_sources(after), 1)
        right = _after(after, others)
        lead = _before(before, others, needs_more=not words_of(right) - _LIGHT)
    text = f"{lead} {right}"
    verb = _VERB.search(right)
    near, far = (right[: verb.start()], right[verb.end() :]) if verb else (right, "")
    core, tail = _content(f"{lead} {near}", figure, own), _content(far, figure, own)
    if not core | tail:
        core = _content(heading, figure, own)
    seconds = _seconds(figure)
    if seconds is not None:
        core, tail = core - _OF_TIME, tail - _OF_TIME
    return Clause(
        core,
        tail - core,
        _names(lead.partition(",")[0] if figure.origin.table is not None else text) & (core | tail),
        frozenset(word for word in _WORD.findall(text.casefold()) if word in _TURNS),
        [_ends(text, scale) for scale in _SCALES],
        frozenset(name for name, words in _MEANS if words.search(text)),
        _actors(lead, right),
        time,
        lead,
        text,
        seconds,
    )


def is_prose(quotation: str) -> bool:
    """Return whether a sentence stands in a cell: with a verb, and of no other cell."""
    return "\t" not in quotation and bool(_VERB.search(quotation))


def _before(before: str, others: Sequence[str], *, needs_more: bool) -> str:
    """Return the words of a clause that stand before its number."""
    text = before[-_MOST:]
    for said in _SAID.finditer(text):
        text = " " * said.end() + text[said.end() :]
    first = max((text.rfind(one) + len(one) for one in others if one in text), default=0)
    label = _LABEL.search(text)
    begins = [m.end() for m in _PARTED.finditer(text) if not label or m.start() < label.start()]
    start = max([first, *begins], default=0)
    if first and start == first and _TO.fullmatch(text, first):
        lead = _lead_of_pair(text, others, first)
        if lead is not None:
            return lead
    if first and start == first and not needs_more:  # what belongs to the number before goes on
        start = max((m.end() for m in _AND.finditer(text, first)), default=start)
    parts = text[start:].split(", ")
    kept = parts[-1]
    for part in reversed(parts[:-1]):
        has_words = bool(words_of(kept) - _LIGHT) or not needs_more
        if has_words and not _RELATIVE.match(kept):
            break
        kept = f"{part} {kept}"
    return kept


def _lead_of_pair(text: str, others: Sequence[str], first: int) -> str | None:
    """Return what stands before `from 812 to`: both numbers are of it."""
    for one in others:
        at = text.rfind(one)
        if at >= 0 and at + len(one) == first and (pair := _FROM.search(text[:at])):
            return _PARTED.split(text[: pair.start()])[-1]
    return None


def _after(after: str, others: Sequence[str]) -> str:
    """Return the words of a clause that stand after its number."""
    text = after[:_MOST]
    stops = [text.find(one) for one in others if one in text]
    ends = (_PARTED.search(text), _COMPARED.search(text), _AND_DONE.search(text))
    stops += [match.start() for match in ends if match]
    text = text[: min(stops, default=len(text))]
    return text.partition(", ")[0]


def _content(text: str, figure: Figure, own: frozenset[str]) -> frozenset[str]:
    """Return the words that tell what is measured, one for each of its synonyms."""
    text = _LONG_NUMBER.sub(" ", _COUNCIL_TAX.sub("precept", text))
    if figure.unit == "£":
        text = _FUNDED.sub(" ", text)
    for period in (figure.period, figure.period.capitalize()):
        text = text.replace(period, " ") if period else text
    lettered = {f"{m[1].casefold()} {m[2] or m[3]}" for m in _LETTERED.finditer(text)}
    found = {same(word) for word in words_of(text) - own - _LIGHT}
    return frozenset((found - ANYTHING or found) | lettered)


def content_of(text: str) -> frozenset[str]:
    """Return the words of a text that tell something, without those that any sentence may have."""
    return frozenset(same(word) for word in words_of(text) - _LIGHT)


def _names(text: str) -> frozenset[str]:
    """Return the words of a clause that are written as names."""
    return words_of(" ".join(re.findall(r"(?<=[a-z,’'] )[A-Z][\w’'-]+", text)))


def _ends(text: str, scale: dict[str, str]) -> frozenset[str]:
    """Return which ends of a scale a text names."""
    words = _WORD.findall(text.casefold())
    return frozenset(scale[word] for word in words if word in scale)


def _actors(lead: str, right: str) -> frozenset[str]:
    """Return who did what is counted, where the clause says so."""
    said = words_of(f"{lead} {' '.join(re.findall('by .{0,40}', right))}")
    raw = set(_WORD.findall(lead.casefold()))
    found = {name for name, words in _ACTORS.items() if said & words}
    return frozenset(found | ({"commissioner"} if raw & {"i", "my", "commissioner"} else set()))


UNITS = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86400.0, "weeks": 604800.0}
UNITS |= {"months": 2629800.0, "years": 31557600.0, "working days": 86400.0 * 1.4}
_OF_TIME = alike("seconds minutes hours days weeks months years time wait working")


def _seconds(figure: Figure) -> float | None:
    """Return how long a length of time is; None for what is none."""
    return figure.value * UNITS[figure.unit] if figure.unit in UNITS else None
