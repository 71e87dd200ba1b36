"""The bodies and means of oversight that one cell of a plan names, as a list.

Offices part them by full stops, commas, semicolons, numbers, or by a new line, which the text of a
PDF no longer shows: there a name ends with what a body is called (`Board`, `monitoring`), and the
next begins with a capital.
"""

from __future__ import annotations

import re

from peelian.expressions import expression

_BODIES = (
    "board|boards|group|groups|panel|panels|committee|committees|forum|forums|council|meeting|"
    "meetings|session|sessions|team|steering group|partnership board"
)
_MEANS = "monitoring|reports|reporting|briefings|scrutiny|inspection|audit|reviews"
# Words that stand in names of bodies and in means of oversight, for telling such a cell by.
OVERSIGHT_WORDS = frozenset(
    f"{_BODIES}|{_MEANS}|oversight|governance|mgt|management|lead|manager|officer|steering|"
    "strategic|assurance|performance|quarterly|monthly|review|report|partnership|holding|account|"
    "director|head|owner|programme|highlight".replace(" ", "|").split("|")
)
_ENDS = expression(rf"\b(?:{_BODIES}|{_MEANS})$", re.IGNORECASE)
_NUMBER = expression(r"\s*(?<![\w.])\(?\d{1,2}[.)]\)?\s*(?=[A-Za-z])")
_BREAK = expression(r"\s*(?:[;\n•·●▪]|\.(?=\s+[A-Z(]|\s*$)|,(?=\s))\s*")
_CAPITAL = expression(r"\s+(?=[A-Z])")
_AND = expression(r"\s+(?:and|&|/)\s+(?=(?:the\s+)?[A-Z])")
_NOTHING = expression(r"(?:n/?a|none|tbc|nil|[-–—.]*)", re.IGNORECASE)
_LONGEST = 5_000


def split_oversight(text: str) -> tuple[str, ...]:
    """Return the names in an oversight cell, in order; none for an empty one. Never raises."""
    lines = (" ".join(line.split()) for line in text[:_LONGEST].split("\n"))
    pieces = ["\n".join(line for line in lines if line)]
    for separator in (_NUMBER, _BREAK):
        pieces = [one for piece in pieces for one in _outside_brackets(piece, separator)]
    names: list[str] = []
    for piece in pieces:
        names += _by_last_word(" ".join(piece.split()))
    tidy = (name.strip(" ,;") for name in names)
    return tuple(name for name in tidy if not _NOTHING.fullmatch(name))


def _outside_brackets(text: str, separator: re.Pattern[str]) -> list[str]:
    """Return the parts of a text between separators that stand in no brackets."""
    depth, depths = 0, []
    for character in text:
        depth = max(depth + (character == "(") - (character == ")"), 0)
        depths.append(depth)
    made, start = [], 0
    for match in separator.finditer(text):
        at = match.start()
        if at and depths[at - 1] and text[at] not in "()":
            continue
        made.append(text[start:at])
        start = match.end()
    return [*made, text[start:]]


def _by_last_word(name: str) -> list[str]:
    """Return the names in a run of words, parted after what a body is called."""
    made, start = [], 0
    cuts = [m for pattern in (_CAPITAL, _AND) for m in pattern.finditer(name)]
    cuts.sort(key=lambda m: (m.start(), -m.end()))
    for match in cuts:
        before, after = name[start : match.start()], name[match.end() :]
        if match.start() < start or not _closes(before, after, match.re is _AND):
            continue
        made.append(before)
        start = match.end()
    return [*made, name[start:]]


def _closes(before: str, after: str, joined: bool) -> bool:
    """Return whether a name ends here: `Crime Board | Audit Group`, not `Board | Meetings`."""
    bare = re.sub(r"\s*\([^()]*\)$", "", before)
    if before.count("(") > before.count(")") or not _ENDS.search(bare):
        return False
    following = after.split(" ", 1)[0]
    if _ENDS.search(following) and not joined and " " not in after:
        return False
    return not joined or bool(_ENDS.search(re.sub(r"\s*\([^()]*\)$", "", after)))


def looks_like_oversight(text: str) -> float:
    """Return the share of a text's words that stand in names of bodies, from 0 to 1."""
    words = re.findall(r"[A-Za-z]+", text[:_LONGEST].casefold())
    return sum(word in OVERSIGHT_WORDS for word in words) / len(words) if words else 0.0
