"""Regular expressions that are compiled when they are first used, and tried where they may match.

A check of a document knows more than a thousand, and a short document, or half of a long one,
needs a third of them: compiling all of them would take a tenth of the time. To look for a few words
in a text is many times as quick as to try a pattern at each of its places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")
DIGITS = "0|1|2|3|4|5|6|7|8|9"

_small = lru_cache(maxsize=4_096)(str.casefold)  # one passage after another is tried by many


class Expression:
    """A pattern and its flags; its methods are those of the compiled pattern, from first use on."""

    __slots__ = ("_flags", "pattern", *_METHODS)

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile, and take over the compiled pattern's methods. Raises re.error."""
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


class Hinted:
    """An expression that is tried only on a text with one of the words that it needs."""

    __slots__ = ("needs", "tried")

    def __init__(self, tried: Expression, needs: Sequence[str]) -> None:
        self.tried = tried
        self.needs = needs

    def _may_match(self, text: str) -> bool:
        return any(map(_small(text).__contains__, self.needs))

    def search(self, text: str, *where: int) -> re.Match[str] | None:
        """Return the first match, as the compiled pattern does."""
        return self.tried.search(text, *where) if self._may_match(text) else None

    def match(self, text: str, *where: int) -> re.Match[str] | None:
        """Return the match at the beginning, as the compiled pattern does."""
        return self.tried.match(text, *where) if self._may_match(text) else None

    def fullmatch(self, text: str, *where: int) -> re.Match[str] | None:
        """Return the match of the whole, as the compiled pattern does."""
        return self.tried.fullmatch(text, *where) if self._may_match(text) else None

    def finditer(self, text: str, *where: int) -> Iterator[re.Match[str]]:
        """Return all matches, as the compiled pattern does."""
        return self.tried.finditer(text, *where) if self._may_match(text) else iter(())

    def findall(self, text: str, *where: int) -> list[Any]:
        """Return the texts of all matches, as the compiled pattern does."""
        return self.tried.findall(text, *where) if self._may_match(text) else []

    def sub(self, by: Any, text: str) -> str:
        """Return the text with all matches replaced, as the compiled pattern does."""
        return self.tried.sub(by, text) if self._may_match(text) else text

    def __getattr__(self, name: str) -> Any:
        """Return what else the compiled pattern has."""
        return getattr(self.tried, name)


def expression(pattern: str, flags: int = 0, needs: str = "") -> re.Pattern[str]:
    """Return what behaves as the compiled pattern; it is compiled when it is first used.

    `needs` are words in small letters, parted by `|`, of which whatever matches holds one: a text
    without any is not tried.
    """
    made = Expression(pattern, flags)
    return cast("re.Pattern[str]", Hinted(made, needs.split("|")) if needs else made)
