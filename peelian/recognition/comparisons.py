"""Words that set a figure against something: `above the national average`, `on last month`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from peelian.expressions import expression

_DIRECTION = expression(
    r"\b(?:(?P<above>above|higher\s+than|better\s+than|greater\s+than|exceed(?:s|ed|ing)?|"
    r"outperform(?:s|ed|ing)?|more\s+than|ahead\s+of)"
    r"|(?P<below>below|lower\s+than|less\s+than|worse\s+than|fewer\s+than|short\s+of|under|"
    r"fail(?:s|ed|ing)?\s+to\s+(?:meet|reach|achieve))"
    r"|(?P<level>in\s+line\s+with|comparable\s+(?:to|with)|similar\s+to|equal\s+to|same\s+as|"
    r"consistent\s+with)"
    r"|(?P<open>compared\s+(?:to|with)|in\s+comparison\s+(?:to|with)|against|versus|vs|than|"
    r"(?:up|down)\s+(?:on|from)|(?:on|from)(?=\s+(?:the\s+)?(?:previous|last|same))))\b",
    re.IGNORECASE,
    needs="above|higher|better|greater|exceed|outperform|more|ahead|below|lower|less|worse|"
    "fewer|short|under|fail|line|compar|similar|equal|same|consistent|against|versus|vs|"
    "than|up|down|previous|last",
)
# Where none of these stands there is no direction: most sentences are done with there.
_STEMS = (
    *("above", "than", "exceed", "outperform", "ahead", "below", "short", "under", "fail", "line"),
    *("compar", "similar", "equal", "same", "consistent", "against", "versus", "vs", "up", "down"),
    *("previous", "last"),
)
_STANDARDS = (
    (
        "national",
        r"national(?:ly)?\s+(?:average|rate|figure|picture|level|trend|mean|position)|"
        r"national\s+average|average\s+(?:for|across|in)\s+England(?:\s+(?:and|&)\s+Wales)?|"
        r"England(?:\s+(?:and|&)\s+Wales)?\s+(?:average|rate|figure)|UK\s+average|"
        r"national(?=\s+and)",
    ),
    (
        "similar forces",
        r"(?:most\s+)?similar\s+(?:force\s+|family\s+)?(?:groups?|forces?|family)(?:\s+average)?|"
        r"MSG(?:\s+average)?|peer\s+(?:group|forces)(?:\s+average)?",
    ),
    ("region", r"regional\s+average|average\s+(?:for|across)\s+the\s+region"),
    (
        "target",
        r"(?:expected\s+|required\s+|national\s+|service\s+|agreed\s+|force\s+)?"
        r"(?:targets?|standards?|thresholds?|benchmarks?|service\s+levels?|ambition|expectations?)",
    ),
    (
        "average",
        r"(?:monthly|weekly|annual|quarterly|rolling|long[- ]term|\w+[- ]year|\w+[- ]month|force)"
        r"\s+average",
    ),
    (
        "before",
        r"(?:same|previous|last|preceding|corresponding|prior)\s+(?:\w+\s+){0,2}?(?:months?|"
        r"quarters?|years?|weeks?|periods?|reports?|updates?)|baseline|pre[- ]\w+\s+levels?|"
        r"year\s+on\s+year|(?:19|20)\d\d(?:/\d\d)?(?:\s+levels?)?",
    ),
)
_STANDARD = expression(
    "|".join(f"(?P<s{n}>\\b(?:{words})\\b)" for n, (_name, words) in enumerate(_STANDARDS)),
    re.IGNORECASE,
)
_IS = expression(
    r"(?:\s+(?:in|to|of)\s+(?:[A-Z]\w{2,9}\s+)?(?:19|20)\d\d)?"
    r"[\s(,:]*(?:(?:of|is|was|being|at|stands\s+at)\b)?[\s(]*(?:the\s+)?",
    re.IGNORECASE,
)
_REACH = 70  # how far after its direction a standard may stand
_STOPS = expression(r"[.;:]\s|\bbut\b|\bwhile\b|\bwhereas\b")

_MOVES = expression(
    r"\b(?:(?P<up>increas(?:e|es|ed|ing)|rise|rises|rose|risen|rising|grew|grown|growth|grows|"
    r"growing|(?<!make\s)(?<!makes\s)(?<!made\s)(?<!making\s)up(?=\s+(?:on|from|by|\d))|"
    r"climb(?:ed|s)?|uplift|higher)"
    r"|(?P<down>decreas(?:e|es|ed|ing)|reduc(?:tion|tions|ed|es|ing)|fall|falls|fell|fallen|"
    r"falling|"
    r"drop|drops|dropped|declin(?:e|es|ed|ing)|lower|fewer(?!\s+than)|down(?=\s+(?:on|from|by|\d))|cut|"
    r"underspend))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Comparison:
    """Something set against a standard. `direction` is `above`, `below`, `level` or nothing;

    `standard` is `national`, `similar forces`, `region`, `target`, `average` or `before`.
    """

    start: int
    end: int
    printed: str
    direction: str
    standard: str


@dataclass(frozen=True)
class Movement:
    """A word for a rise or a fall."""

    start: int
    end: int
    is_rise: bool


def comparisons(text: str) -> list[Comparison]:
    """Return the comparisons in a text, in order; `MSG and national average` are two."""
    return list(_comparisons(text))


def _comparisons(text: str) -> Iterator[Comparison]:
    if not any(map(text.casefold().__contains__, _STEMS)):
        return
    directions = list(_DIRECTION.finditer(text))
    for n, match in enumerate(directions):
        following = directions[n + 1].start() if n + 1 < len(directions) else len(text)
        stop = min(match.end() + _REACH, following, len(text))
        if stops := _STOPS.search(text, match.end(), stop):
            stop = stops.start()
        direction = match.lastgroup or ""
        for found in _STANDARD.finditer(text, match.end(), min(stop + 20, len(text))):
            between = text[match.end() : found.start()]
            if found.start() >= stop or ("," in between and not _STANDARD.search(between)):
                break
            standard = _STANDARDS[int((found.lastgroup or "s0")[1:])][0]
            if (
                standard == "before"
                and direction in ("above", "below")
                and not found[0][0].isalpha()
            ):
                continue
            yield Comparison(
                match.start(),
                found.end(),
                text[match.start() : found.end()],
                "" if direction == "open" else direction,
                standard,
            )


def movements(text: str) -> list[Movement]:
    """Return the words for a rise or a fall in a text, in order."""
    return [Movement(*m.span(), m.lastgroup == "up") for m in _MOVES.finditer(text)]


def standard_before(text: str, start: int) -> tuple[str, str]:
    """Return the standard whose value a number is, and its words; two empty texts where it is none.

    In `(the national average is 43%)` it is `national`. `start` is where the number stands.
    """
    lead = text[max(start - 60, 0) : start]
    worded = [m for m in _STANDARD.finditer(lead) if not m[0][0].isdigit()]
    if not worded or not _IS.fullmatch(lead, worded[-1].end()):
        return "", ""
    found = worded[-1]
    return _STANDARDS[int((found.lastgroup or "s0")[1:])][0], found[0]
