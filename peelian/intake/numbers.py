"""The numbers printed before headings and paragraphs: `3.2`, `(a)`, `B2.10`, `A.`, `321`.

A number may also be a quantity, a date or a footnote's mark. What could be either is taken as a
number only where the one before it or after it is printed in the same way.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable

from peelian.expressions import expression

_PRINTED = expression(
    r"""\s*(?:
    (?P<bracketed>\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[A-Z]\.?\d{1,2}(?:\.\d{1,2}){0,3}|[A-Za-z]
        |[ivx]{1,6})\))\.?(?=\s|$|[A-Z(])
  | (?P<dotted>\d{1,3}(?:\.\d{1,3}){1,3})\.?(?=\s|$)
  | (?P<stopped>\d{1,3})\.(?=\s|$)
  | (?P<lettered>[A-Z]\.?\d{1,2}(?:\.\d{1,2}){0,3})\.?(?=\s|$)
  | (?P<letter>[A-Za-z]|[ivx]{2,6})\.(?=\s|$)
  | (?P<bare>\d{1,4})(?=\s|$)
    )\s*""",
    re.VERBOSE,
)
_MONTHS = "|".join([*calendar.month_name[1:], *calendar.month_abbr[1:], "Sept"])
_MONTH = expression(rf"(?:{_MONTHS})\b", re.IGNORECASE)
_CLOCK = expression(r"(?:[AP]\.?M\.?|[Hh]ours?)\b")
_DAY = expression(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.\d\d")
_YEAR = expression(r"(?:19|20)\d\d\s+[A-Za-z]")
ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv")
_YEARS = range(1900, 2101)

# The form, what stands before the parts, and the parts: `B2.10` is ("lettered", "B", (2, 10)).
Key = tuple[str, str, tuple[int, ...]]


class Numbers:
    """The numbers of one text, told from what only looks like one."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._keys: set[Key] = set()
        for text in texts:
            match = _PRINTED.match(text)
            if match and _may_begin(match, text):
                self._keys.update(_keys(match))

    def taken(self, text: str) -> tuple[str, int]:
        """Return the number before a text, without its full stop, and where the rest begins."""
        match = _PRINTED.match(text)
        if not match or match.end() == len(text) or not _may_begin(match, text):
            return "", 0
        form = match.lastgroup or ""
        printed = match[form]
        certain = (
            form in ("bracketed", "dotted")
            or (form == "stopped" and text[match.end()].isupper())
            or (form == "lettered" and "." in printed)
        )
        return (printed, match.end()) if certain or self._follows(match) else ("", 0)

    def alone(self, text: str) -> str:
        """Return the number that a line consists of, empty where it is none, or a mere figure."""
        match = _PRINTED.match(text)
        if not match or match.end() != len(text) or match.lastgroup == "bare":
            return ""
        certain = match.lastgroup in ("stopped", "bracketed")
        return match[match.lastgroup or 0] if certain or self._follows(match) else ""

    def is_next(self, before: str, text: str) -> bool:
        """Return whether the number before a text is the next after that of another, as printed."""
        first, second = _PRINTED.match(before), _PRINTED.match(text)
        if not first or not second or not self.taken(before)[0] or not self.taken(text)[0]:
            return False
        nexts = {(form, head, (*parts[:-1], parts[-1] + 1)) for form, head, parts in _keys(first)}
        return not nexts.isdisjoint(_keys(second))

    def _follows(self, match: re.Match[str]) -> bool:
        """Return whether a number's neighbour, parent or first child is there too."""
        for form, head, parts in _keys(match):
            *parent, last = parts
            near = [(*parent, last - 1), (*parent, last + 1), (*parts, 1), tuple(parent)]
            forms = {form, "stopped"} if form == "dotted" else {form}
            if any((one, head, other) in self._keys for one in forms for other in near if other):
                return True
        return False


def _may_begin(match: re.Match[str], text: str) -> bool:
    """Return whether the words after a number allow it to be one."""
    form, end = match.lastgroup or "", match.end()
    following = text[end : end + 1]
    if form == "bracketed" or not following:
        return True
    if _CLOCK.match(text, end) or (form == "dotted" and _DAY.fullmatch(match[form])):
        return False
    if form == "letter":  # an initial, "e.g.", or a list
        return following.isalnum() and match[form] not in "Q"
    if form == "bare":
        number = int(match[form])
        return following.isupper() and number not in _YEARS and not _MONTH.match(text, end)
    if form == "lettered":
        return not following.islower() and not following.isdigit() and match[form][0] != "Q"
    if form == "dotted":
        return not following.islower() and not following.isdigit()
    return not following.isdigit() or bool(_YEAR.match(text, end))


def _keys(match: re.Match[str]) -> list[Key]:
    form = match.lastgroup or ""
    printed = match[form].strip("()")
    if form == "bare":
        return [(form, "", (int(printed),))]
    if printed[0].isdigit():
        return [(form, "", tuple(map(int, printed.split("."))))]
    if printed[1:] and not printed.isalpha():
        rest = printed[1:].lstrip(".").split(".")
        return [(form, printed[0], tuple(map(int, rest)))]
    keys: list[Key] = []
    if len(printed) == 1:
        keys.append((form, "A" if printed.isupper() else "a", (ord(printed.lower()) - 96,)))
    if printed in ROMANS:
        keys.append((form, "i", (ROMANS.index(printed) + 1,)))
    return keys


def runs_on(number: str, text: str) -> bool:
    """Return whether a text goes on with the number after a bracketed one: a list in a line."""
    inside = number.strip("()")
    if not number.endswith(")") or not inside:
        return False
    nexts = []
    if inside.isdecimal():
        nexts.append(str(int(inside) + 1))
    if len(inside) == 1 and inside.lower() in "abcdefghijklmnopqrstuvwxy":
        nexts.append(chr(ord(inside) + 1))
    if inside in ROMANS[:-1]:
        nexts.append(ROMANS[ROMANS.index(inside) + 1])
    opening = "(" if number.startswith("(") else " "
    return any(f"{opening}{following})" in text for following in nexts)


def depth(number: str) -> int:
    """Return the depth of a heading's number: of `3.2` it is 2, of `321` 1."""
    return len(number.strip("()").split("."))
