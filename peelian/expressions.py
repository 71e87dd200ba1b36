"""Regular expressions that are compiled when they are first used.

A check of a document knows more than a thousand, and a short document, or half of a long one,
needs a third of them: compiling all of them would take a tenth of the time.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")


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


def expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what behaves as the compiled pattern; it is compiled when it is first used."""
    return cast("re.Pattern[str]", Expression(pattern, flags))
