"""Whether two figures speak of the same thing, and whether both can be true."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from peelian.expressions import expression
from peelian.proofreading.agreement import agree, exact
from peelian.proofreading.clauses import Clause, alike, around, clause_of, is_prose
from peelian.proofreading.findings import Confidence
from peelian.proofreading.sections import time_in
from peelian.proofreading.times import Days, Time, days_of
from peelian.recognition.comparisons import comparisons
from peelian.recognition.figures import Figure
from peelian.recognition.measures import words_of

# A value that is wanted, promised or expected is no result.
_WANTED = expression(
    r"\b(?:target|targets|standard|threshold|benchmark|goal|ambition|aims?|aimed|aspir\w+|"
    r"pledge[ds]?|aiming|"
    r"plan(?:s|ned)?|budgeted|forecast|projected|projection|estimated|estimate|expected|"
    r"anticipated|proposed|intend(?:s|ed)?|commitment|maximum|minimum|limit|will|would|should|"
    r"could|"
    r"confirmed|scheduled|available|baseline|previously|originally)\b",
    re.IGNORECASE,
)
# What is only a part, or is spread over something, is not the whole.
_PART = expression(
    r"\b(?:of\s+(?:these|those|which|whom|them)|each(?!\s+(?:year|month|week))|per|average|"
    r"including|every(?!\s+(?:year|month|week))|alone|"
    r"remaining|rest|other|another|further|additional|extra|new|first|second)\b",
    re.IGNORECASE,
)
_FORMERLY = expression(
    r"\b(?:from\s+(?:(?!to\b|is\b|was\b|are\b|were\b|has\b|had\b|stands?\b|comes?\b)\w+\s+){0,2}\(?$|"
    r"(?:compared\s+(?:to|with)|against|versus|vs\.?|previously|up\s+on|down\s+on|"
    r"(?<!more\s)(?<!less\s)(?<!fewer\s)(?<!greater\s)than)\s+(?:\w+\s+){0,4}\(?$)",
    re.IGNORECASE,
)
_NOTED = expression(r"[a-z)%]\d{1,2}\W*$")
_ABOUT = expression(
    r"around|about|approx|roughly|circa|c\.|estimated|or so|some|close", re.IGNORECASE
)
_ELSEWHERE = expression(
    r"nation|England|Wales|countr|UK\b|similar|MSG|regional|average", re.IGNORECASE
)
_AMONG_PEOPLE = frozenset({"people", "peopl", "public", "resident", "respond", "respondent"})
DURATIONS = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "years"})
_OF_THE_ONE_BEFORE = expression(
    r"(?:The|This|Our|These|Its|Their)\s+(?:\w+\s+)?(?:projects?|schemes?|programmes?|services?|teams?|"
    r"units?|initiatives?|events?|grants?|funds?|providers?|stations?|suites?|panels?|groups?|"
    r"operations?|courses?|pilots?|charity|campaigns?)\b|(?:It|They|He|She)\b"
)
_DIGITS = expression(r"\d+")
_NUMBER = expression(r"\d[\d,]*(?:\.\d+)?")
_MOST_NUMBERS = 14  # a sentence with more is a flattened table, and says not what belongs to what
_NEGATIONS = frozenset({"without", "not", "no", "non", "never"})
_NAMED = expression(r"[A-Z][\w’'&-]*|[\d£][\d,.%£]*")


@dataclass(frozen=True)
class Claim:
    """A figure with what tells it from others."""

    figure: Figure
    heading: str = ""
    block: int = -1  # the running number of its paragraph or row
    text: str = ""  # what stands in that
    own: frozenset[str] = frozenset()  # words of the office's name: they tell nothing apart
    others: tuple[str, ...] = ()  # the other numbers of its sentence
    is_latest: bool = False  # whether it is the newest of several in a row of a table
    periods: Mapping[str, Days] = field(default_factory=dict)  # which days `the quarter` is
    is_minuted: bool = False  # whether it was told at a meeting
    beside: frozenset[str] = frozenset()  # all numbers of the table in which it stands

    @property
    def is_alone(self) -> bool:
        """Return whether its sentence has no other figure."""
        return not self.others

    @cached_property
    def clause(self) -> Clause:
        """Return what the clause about its number says."""
        return clause_of(self.figure, self.others, self.heading, self.own)

    @cached_property
    def time(self) -> Time:
        """Return the time it is of; `in the quarter` is that of which the document reports."""
        time = self.clause.time
        days = self.periods.get(time.words)
        return Time(days, lead=time.lead) if days and not time.days else time

    @cached_property
    def words(self) -> frozenset[str]:
        """Return the words of its measure that are not its place or time."""
        words = words_of(self.figure.measure) - words_of(self.figure.area) - self.own
        return words - _AMONG_PEOPLE if self.figure.unit == "%" else words

    @cached_property
    def said(self) -> frozenset[str]:
        """Return the words around its number up to the next number, with its measure."""
        return alike(f"{self.clause.text} {self.figure.measure}")

    @cached_property
    def place(self) -> frozenset[str]:
        """Return the words of its area, unless that is the office's own."""
        return words_of(self.figure.area) - self.own

    @cached_property
    def is_level(self) -> bool:
        """Return whether it is a value held, not a change, a rank or how many times."""
        one = self.figure
        return not one.change and one.unit not in ("times", "rank") and one.unit not in DURATIONS

    @cached_property
    def is_wanted(self) -> bool:
        """Return whether its measure or the words about it make it a target or a plan."""
        return bool(_WANTED.search(_about(self.figure)))

    @cached_property
    def is_part(self) -> bool:
        """Return whether it is a part or a mean of something."""
        return bool(_PART.search(_about(self.figure)))

    @cached_property
    def is_former(self) -> bool:
        """Return whether it is what a newer value is compared with."""
        before, _after = around(self.figure)
        if self.figure.period:  # `from April to June` is a time
            before = re.sub(rf"(?i)\bfrom\s+{re.escape(self.figure.period)}", " ", before)
        return bool(_FORMERLY.search(before[-60:])) or "previous" in self.figure.period.casefold()

    @cached_property
    def dated_by_text(self) -> str:
        """Return the time that its paragraph or heading names, empty where they name none."""
        text = self.text
        for one in reversed(comparisons(text)):  # `up on last year` is not of last year
            if one.standard == "before":
                text = text[: one.start] + text[one.end :]
        return time_in(text) or time_in(self.heading)

    @cached_property
    def is_noted(self) -> bool:
        """Return whether the number of a footnote is stuck to its words, as PDFs give it."""
        return bool(_NOTED.search(self.figure.quotation))

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the words of its measure that are written as names."""
        names = (word for word in self.figure.measure.split()[1:] if word[:1].isupper())
        return words_of(" ".join(names)) & self.words

    @cached_property
    def template(self) -> list[str]:
        """Return the words of its sentence."""
        return self.figure.quotation.split()


def _about(figure: Figure) -> str:
    """Return the measure with the words just before the number."""
    before, _after = around(figure)
    return f"{' '.join(before.split()[-5:])} {' '.join(figure.measure.split()[:8])}"


def conflict(this: Claim, other: Claim) -> Confidence | None:
    """Return how sure it is that two figures contradict each other; None where they need not."""
    one, two = this.figure, other.figure
    if not (this.is_level and other.is_level) or unit_kind(one) != unit_kind(two):
        return None
    if any(len(_DIGITS.findall(f.quotation)) > _MOST_NUMBERS for f in (one, two)):
        return None
    same_block = this.block == other.block != -1
    if one.quotation == two.quotation or same_block or apart_in_tables(this, other):
        return None
    if agree(one, two) or this.is_wanted or other.is_wanted or this.is_part != other.is_part:
        return None
    dated = bool(one.period) + bool(two.period)
    if dated == 1 and (other if one.period else this).dated_by_text:
        return None
    if dated < 2 and (this.is_former or other.is_former):
        return None
    if dated == 1 and days_of(one.period or two.period) and not _close(one, two):
        return None  # of a named year nothing says that the other is of it too
    if dated == 1 and (this.is_noted or other.is_noted):
        return None
    if _apart(one.period, two.period) or areas_apart(this, other):
        return None
    somewhere = bool(this.place) != bool(other.place)
    if somewhere and (one.origin.table is not None or two.origin.table is not None):
        return None  # a row of one area is a part of what is said of all
    if refers_back(this) or refers_back(other):
        return None
    sure = _sameness(this, other)
    if sure is None or _parallel(this, other):
        return None
    if this.heading != other.heading and unit_kind(one) == "count" and len(this.words) < 3:
        return Confidence.POSSIBLE  # a count of a few words may be of what the heading names
    contexts = {this.dated_by_text, other.dated_by_text}
    if dated == 0 and len(contexts) == 2 and "" not in contexts:
        return Confidence.POSSIBLE
    if dated == 1 or somewhere or any(_ABOUT.search(f.qualifier) for f in (one, two)):
        return Confidence.POSSIBLE
    if sure == Confidence.CERTAIN and not (dated == 2 and exact(one) and exact(two)):
        return Confidence.LIKELY
    return sure


def unit_kind(figure: Figure) -> str:
    """Return `%`, `£` or `count`: figures of other kinds are never the same."""
    return figure.unit if figure.unit in ("%", "£") else "count"


def apart_in_tables(this: Claim, other: Claim) -> bool:
    """Return whether two figures are of one table, or of two that stand under other headings."""
    one, two = this.figure.origin, other.figure.origin
    if one.table is None or two.table is None or _is_of_one_day_in_prose(this, other):
        return False
    return (one.file, one.table) == (two.file, two.table) or this.heading != other.heading


def _is_of_one_day_in_prose(this: Claim, other: Claim) -> bool:
    """Return whether cells hold sentences that name the same days: they say what they are of."""
    days = [c.time.days for c in (this, other)]
    worded = all(is_prose(c.figure.quotation) for c in (this, other))
    return worded and days[0] is not None and days[0] == days[1]


def is_of_another_column(this: Claim, other: Claim) -> bool:
    """Return whether one stands in the other's row of a table, of no time or in a series of it."""
    for row, one in ((this, other), (other, this)):
        if row.figure.origin.table is None:
            continue
        if not row.beside.isdisjoint(_NUMBER.findall(one.figure.printed)):
            return True  # what another row has: a total, say
        values = set(_NUMBER.findall(row.text))
        said = [bool(values & set(_NUMBER.findall(n))) for n in (one.figure.printed, *one.others)]
        if said[0] and (not one.time or any(said[1:])):
            return True
    return False


def _sameness(this: Claim, other: Claim) -> Confidence | None:
    """Return how sure it is that two measures are the same, by their words."""
    a, b = this.words, other.words
    if not a or not b:
        return None
    numbers = {w for w in a if w.isdigit()}, {w for w in b if w.isdigit()}
    if numbers[0] and numbers[1] and numbers[0] != numbers[1]:
        return None
    if (a ^ b) & _NEGATIONS:
        return None
    both, least = a & b, min(len(a), len(b))
    if a == b:
        return _of_alike(this, other)
    if this.names - b and other.names - a:
        return None
    if this.figure.unit not in ("%", "£") and not _counts_alike(this, other):
        return None
    close = _close(this.figure, other.figure)
    if not close and unit_kind(this.figure) == "count" and not _same_head(this, other):
        return None
    if close and len(both) >= 3 and len(both) * 2 >= least:
        return Confidence.LIKELY
    if close and len(both) >= 2 and _begins_alike(this, other):
        return Confidence.LIKELY if len(both) * 2 >= least else Confidence.POSSIBLE
    if len(both) >= 2 and both in (a, b) and len(a ^ b) <= 2 and tail_only(this, other):
        return Confidence.POSSIBLE
    return None


def _of_alike(this: Claim, other: Claim) -> Confidence | None:
    """Return how sure two measures of the same words are one: a single word says little."""
    if len(this.words) >= 3:
        return Confidence.CERTAIN
    if len(this.words) == 2:
        return Confidence.LIKELY
    if this.figure.unit == "%":
        return Confidence.POSSIBLE
    return None


def _counts_alike(this: Claim, other: Claim) -> bool:
    """Return whether what one counts is counted or named by the other."""
    one, two = words_of(this.figure.unit), words_of(other.figure.unit)
    return bool(one and two and (one & two or one & other.words or two & this.words))


def _same_head(this: Claim, other: Claim) -> bool:
    return bool(words_of(this.figure.unit) & words_of(other.figure.unit))


def _close(one: Figure, two: Figure) -> bool:
    """Return whether two values lie so near that they are likely to be meant as one."""
    if one.unit == "%":
        return abs(one.value - two.value) <= 3
    larger = max(abs(one.value), abs(two.value))
    return larger >= 100 and abs(one.value - two.value) <= 0.07 * larger


def _begins_alike(this: Claim, other: Claim) -> bool:
    """Return whether both measures begin with the same things: `homes protected`."""
    first, second = (
        words_of(" ".join(c.figure.measure.split()[:7])) & c.words for c in (this, other)
    )
    return len(first & second) >= 2


def tail_only(this: Claim, other: Claim) -> bool:
    """Return whether the longer measure only goes on: a word before its noun makes it another."""
    short, long = sorted((this, other), key=lambda c: len(c.words))
    extra = long.words - short.words
    seen: set[str] = set()
    for word in long.figure.measure.split():
        stems = words_of(word)
        if stems & extra and not seen:
            return False
        seen |= stems & short.words
    return True


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", re.sub(r"\b(?:the|a|my|our|of|in)\b", " ", text.casefold())))


def _apart(one: str, two: str) -> bool:
    """Return whether two periods are both named, and differ: in their days, else in words."""
    if not one or not two:
        return False
    days = days_of(one), days_of(two)
    if days[0] and days[1]:
        return days[0] != days[1]
    return _plain(one) != _plain(two)


def areas_apart(this: Claim, other: Claim) -> bool:
    """Return whether two figures are of different places, or one of them of the whole nation."""
    one, two = (bool(_ELSEWHERE.search(claim.figure.area)) for claim in (this, other))
    a, b = this.place, other.place
    return one != two or (bool(a and b) and not (a <= b or b <= a))


def refers_back(claim: Claim) -> bool:
    """Return whether a sentence is of `the project` or `the team` that others before it name."""
    quotation = claim.figure.quotation
    return bool(_OF_THE_ONE_BEFORE.match(quotation)) and not claim.text.startswith(quotation)


def _parallel(this: Claim, other: Claim) -> bool:
    """Return whether two sentences are alike but for a name or two: entries of a series."""
    a, b = this.template, other.template
    if len(a) != len(b) or len(a) < 3:
        return False
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    names = [pair for pair in differing if all(_NAMED.match(word) for word in pair)]
    words = [pair for pair in names if pair[0][0].isalpha()]
    return (
        len(differing) <= 5
        and len(names) == len(differing)
        and (bool(words) or this.heading != other.heading)
    )
