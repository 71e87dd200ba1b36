"""What a number counts or is measured in: `officers`, `minutes`, `%`; how sure it is, per what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.recognition.numbers import Number

DURATIONS = {
    "second": "seconds",
    "sec": "seconds",
    "minute": "minutes",
    "min": "minutes",
    "hour": "hours",
    "hr": "hours",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "year": "years",
}
_DURATION = expression(
    r"[\s-]*(?P<kind>working\s+|calendar\s+|clear\s+|bank\s+)?"
    r"(?P<unit>seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
_SMALLER = expression(
    r"\s*(?:,|and)?\s*(?P<n>\d{1,2})\s*(?P<unit>minutes?|mins?|seconds?|secs?)\b", re.IGNORECASE
)
_IN_SMALLER = {("hours", "minutes"): 60, ("minutes", "seconds"): 60}
_RATE = expression(
    r"\s*(?P<rate>(?:per|a|an|each|every)\s+(?:year|annum|month|week|day|quarter|hour|night|shift)"
    r"|per\s+[\d,]{1,9}\s+\w{1,20}|per\s+(?:cent\s+)?[a-z]{3,15})\b",
    re.IGNORECASE,
)
_WORD = expression(r"[ \u00a0]*(?P<open>[‘“'\"]?)(?P<word>[A-Za-z][\w’'&/-]{0,40})")
_LINE = expression(r"\s+(?:999|101|111)(?:\s*(?:and|&|/)\s*(?:999|101|111))?(?=\s+[a-z])")
_QUALIFIERS = expression(
    r"\b(?P<qualifier>(?:just|well|significantly|slightly|far|a\s+little)\s+(?:over|under|below|"
    r"above|more\s+than|less\s+than)"
    r"|more\s+than|less\s+than|fewer\s+than|no\s+more\s+than|greater\s+than|at\s+least|at\s+most|"
    r"up\s+to|as\s+many\s+as"
    r"|over|under|around|approximately|about|almost|nearly|roughly|circa|c\.|approx\.?|some"
    r"|in\s+excess\s+of|close\s+to|an\s+estimated|estimated)\s+(?:a\s+|an\s+|the\s+)?$",
    re.IGNORECASE,
)
_AFTERWARDS = expression(r"\s+(?P<qualifier>or\s+so|or\s+more|or\s+fewer|plus)\b", re.IGNORECASE)
_IRREGULAR_TEXT = """
people children men women staff police personnel offspring sheep data deer media feet
"""
_IRREGULAR = frozenset(_IRREGULAR_TEXT.split())
_ALSO_BEFORE_NOUNS = frozenset({"police", "staff", "data", "media"})  # `police support volunteers`
# Words in -s that are no plural of a thing counted.
_SINGULAR_TEXT = """
this was has its his hers ours theirs us as vs plus across various always perhaps towards
yes minus afterwards besides thus whereas is does goes wales less per news means shows says
includes provides remains stands represents relates gets comes makes takes needs wants works
helps allows ensures supports continues follows others versus sometimes
"""
_SINGULAR = frozenset(_SINGULAR_TEXT.split())
_HARD_TEXT = """
in for to on at by from with into onto of during since within under over between among when
while where which who whom whose that than then have has had were was is are be been will
would can could should may might must do does did not if because as until per via through
across after before about around against i we he she they it you our their my your there so
but both each every nationally compared versus vs including includes such
"""
_HARD = frozenset(_HARD_TEXT.split())
_SOFT_TEXT = """
and or without & of other
"""
_SOFT = frozenset(_SOFT_TEXT.split())
_WITHIN_NOUNS = frozenset({"of", "with", "against"})
_THEM = expression(
    r"\s+of\s+(?:(?:whom|which|them|those|these|this)\b|(?:the|these|those|our|its|their|my)\s+)",
    re.IGNORECASE,
)
# Words before that let a number stand without saying what it counts.
_CUE = expression(
    r"\b(?:to|from|than|by|was|were|is|are|over|around|approximately|about|nearly|almost|reached|"
    r"reaching|totalled|totalling|total(?:\s+of)?|stood\s+at|stands\s+at|standing\s+at|at|vs|"
    r"versus|"
    r"against|just|only|recorded|figure\s+of|average\s+of|score\s+of|rate\s+of|up\s+to|below|above|"
    r"achieving|achieved|attracted|received|made|issued|had|have|has|with|of)\s+$|[:(=]\s*$",
    re.IGNORECASE,
)
_FIRM = expression(
    r"\b(?:over|around|approximately|nearly|almost|than|totalled|totalling|figure\s+of|"
    r"average\s+of|"
    r"total\s+of|stood\s+at|stands\s+at|standing\s+at|up\s+to|peaking\s+at|vs|versus|"
    r"score\s+of)\s+$",
    re.IGNORECASE,
)
_GOES_ON = expression(
    r"\s*(?:$|[.,;:)]|(?:in|during|since|for|by|at|last|this|per|a|each|every|compared|to|and|or|"
    r"as|"
    r"have|has|had|were|was|are|is|will|of|from|across|on|out|over|after|\()\b|\(|[-–]\s)",
    re.IGNORECASE,
)
_LABELLED = expression(r"[a-z\d):]\s*:\s+$")
_ENDS = expression(r"\s*(?:$|[.;])")
_TO_NOUGHT = expression(r"\b(?:to|at|from|remains?|remained|was|were)\s+$")
_MORE_THAN = expression(
    r"\s+(?:more|fewer|less)\s+than\s+(?:last|the\s+previous|in\s+\d|a\s+year)\b"
)
_ALONE_IN = expression(r",\s+$")
_IN_TIME = expression(r"\s+in\s+(?:the\s+(?:last|past|previous)|(?:19|20)\d\d)\b")
_PARTICIPLE = expression(r"\s+(?:[a-z]{3,15}ed|done|held|made|given|taken|seen)\b")


@dataclass(frozen=True)
class Unit:
    """What a number counts. `noun_end` is where its words end; `rate` is `per year`, if said.

    `value` differs from the number's where a smaller unit follows: 12 minutes 30 seconds is 12.5.
    """

    name: str
    value: float
    noun_end: int
    rate: str = ""
    noun_start: int = 0


def unit_of(text: str, number: Number) -> Unit | None:
    """Return what a number counts by what follows it; None where it says nothing."""
    value, end = number.value, number.end
    if number.mark:
        name = {"points": "percentage points"}.get(number.mark, number.mark)
        rate = _RATE.match(text, end)
        stop = rate.end() if rate else end
        return Unit(name, value, stop, rate["rate"] if rate else "", stop)
    if duration := _DURATION.match(text, end):
        return _lasting(text, number, duration)
    if named := _noun(text, number):
        return named
    if rate := _RATE.match(text, end):
        return Unit("", value, rate.end(), rate["rate"], rate.end())
    return None


def _lasting(text: str, number: Number, match: re.Match[str]) -> Unit:
    stem = match["unit"].casefold().rstrip("s")
    name, value, end = DURATIONS[stem], number.value, match.end()
    smaller = _SMALLER.match(text, end)
    if smaller:
        other = DURATIONS[smaller["unit"].casefold().rstrip("s")]
        parts = _IN_SMALLER.get((name, other))
        if parts:
            value, end = value + int(smaller["n"]) / parts, smaller.end()
    rate = _RATE.match(text, end)
    if rate:
        end = rate.end()
    kind = " ".join((match["kind"] or "").casefold().split())
    return Unit(f"{kind} {name}".strip(), value, end, rate["rate"] if rate else "", match.end())


def is_plural(word: str) -> bool:
    """Return whether a word looks like the plural of a thing that can be counted."""
    low = re.sub(r"(?<=[a-z])\d+$", "", word.casefold().rstrip("’'"))
    if word in ("Police", "Staff"):  # a name
        return False
    if low in _IRREGULAR:
        return True
    if low in _SINGULAR or word.endswith(("’", "'", "’s", "'s")) or len(low) < 3:
        return False
    return low.endswith("s") and not low.endswith(("ss", "us", "is"))


def _noun(text: str, number: Number) -> Unit | None:
    """Return the noun counted: the first plural among the words that follow, with its like."""
    place, first, head = number.end, 0, ""
    if line := _LINE.match(text, place):
        place = line.end()
    if after := _AFTERWARDS.match(text, place):
        place = after.end()
    them = _THEM.match(text, place)
    if them:
        place = them.end()
    end, soft = place, False
    for _step in range(8):
        match = _WORD.match(text, place)
        if match is None or (place == number.end and match.start("word") == place):
            break
        word, low = match["word"], match["word"].casefold()
        within = (
            bool(first) and not head and low in _WITHIN_NOUNS
        )  # `violence with injury offences`
        if (low in _HARD and not within) or (head and low in _SOFT):
            break
        if (
            low.endswith("ing")
            and not first
            and not head
            and text[match.end() : match.end() + 1] != " "
        ):
            break
        first = first or match.start("word")
        place, soft = match.end(), soft or low in _SOFT
        if is_plural(word):
            head, end = _cleaned(word), place
        elif head.casefold() not in _ALSO_BEFORE_NOUNS and head:
            break
    if head and not _is_title(text, number, first, head):
        rate = _RATE.match(text, end)
        stop = rate.end() if rate else end
        return Unit(head, number.value, stop, rate["rate"] if rate else "", first)
    return _single(text, number) if number.value == 1 else None


def _is_title(text: str, number: Number, first: int, head: str) -> bool:
    """Return whether a number stands before a title, as in an agenda, and counts nothing."""
    begins = re.match(r"[A-Z][a-z]", text[first : first + 2]) is not None
    if begins and "." in number.printed and "," not in number.printed and not number.in_words:
        return True
    if number.in_words:
        capital = number.printed[0].isupper() and head[0].isupper()
        return capital and re.search(r"[^.!?:;]\s+$", text[: number.start]) is not None
    if qualifier_of(text, number):
        return False
    before = text[: number.start].split()[-1:]
    follows_small = bool(before) and before[0][0].islower() and before[0][-1].isalpha()
    return begins and re.match(r"[A-Z][a-z]", head) is not None and not follows_small


def _cleaned(word: str) -> str:
    """Return a noun without the digit of a footnote."""
    return re.sub(r"\d+$", "", word).strip("’'")


def _single(text: str, number: Number) -> Unit | None:
    """Return what `only one` or `1` counts: the last word before a preposition."""
    before = text[max(number.start - 12, 0) : number.start]
    if number.in_words and not re.search(r"\b(?:only|just)\s+$", before):
        return None
    place, words, first = number.end, [], 0
    for _step in range(5):
        match = _WORD.match(text, place)
        if match is None or match["word"].casefold() in _HARD | _SOFT:
            break
        first = first or match.start("word")
        words.append(match["word"])
        place = match.end()
    if len(words) > 1 and words[-1].endswith("ed"):  # `1 new project initiated`
        words.pop()
    if not words or not words[-1][0].islower():
        return None
    return Unit(_cleaned(words[-1]), number.value, place, "", first)


def qualifier_of(text: str, number: Number) -> str:
    """Return `over`, `around`, `up to` as printed about a number, else nothing."""
    if match := _QUALIFIERS.search(text, max(number.start - 40, 0), number.start):
        return " ".join(match["qualifier"].split())
    if number.more:
        return "+"
    after = _AFTERWARDS.match(text, number.end)
    return " ".join(after["qualifier"].split()) if after else ""


def may_stand_alone(text: str, number: Number) -> bool:
    """Return whether a number that names no unit is still a figure by the words around it."""
    before = max(number.start - 40, 0)
    follows = _GOES_ON.match(text, number.end)
    if number.sign and number.value and follows:
        return True
    labelled = _LABELLED.search(text, before, number.start)
    if number.in_words and labelled and _ENDS.match(text, number.end):
        return True
    if number.in_words:
        return number.value == 0 and bool(_TO_NOUGHT.search(text, before, number.start))
    if _FIRM.search(text, before, number.start) and follows:
        return number.value >= 5
    if number.joined and follows:
        return number.value >= 2
    if _PARTICIPLE.match(text, number.end) and number.value >= 2:
        return True
    if _MORE_THAN.match(text, number.end):
        return True
    if _ALONE_IN.search(text, before, number.start) and _IN_TIME.match(text, number.end):
        return True
    return bool(follows) and number.value >= 10 and bool(_CUE.search(text, before, number.start))
