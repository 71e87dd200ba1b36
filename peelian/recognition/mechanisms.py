"""What a body of oversight is, and the words in which a glossary says how often it meets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import Origin

_COUNT = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_PERIOD = r"(?:day|week|fortnight|month|quarter|term|year)"
_ONE = rf"""(?:
    (?:bi|tri|six|two|three|four|eight|\d\d?)?[\s-]?(?:weekly|monthly|annual(?:ly)?|yearly)
  | daily | fortnightly | quarterly | termly | half[\s-]yearly | biennial(?:ly)?
  | (?:{_COUNT}\s+(?:times\s+|meetings\s+)?|once\s+|twice\s+|thrice\s+)
      (?:(?:per|a|each|every)\s+(?:annum|{_PERIOD})|yearly|annually|monthly|weekly)
  | (?:every\s+(?:other\s+|second\s+)?|each\s+)(?:{_COUNT}\s+(?:to\s+{_COUNT}\s+)?)?{_PERIOD}s?
  | ad[\s-]?hoc | as\s+(?:and\s+when\s+)?(?:required|needed|necessary) | when\s+required
  | under\s+review | to\s+be\s+(?:confirmed|agreed|determined) | tbc
)"""
_ABOUT = (
    r"(?:(?:at\s+least|minimum(?:\s+of)?|usually|normally|approximately|not\s+less\s+than)\s+)?"
)
RHYTHM = rf"{_ABOUT}{_ONE}(?:\s*(?:/|,|and|or|then|\()\s*{_ONE}\)?)?"
_ALONE = expression(rf"(?:meets\s+|held\s+)?(?P<meets>{RHYTHM})[.;]?", re.IGNORECASE | re.VERBOSE)
_AT_END = expression(rf"(?:^|(?<=\s))(?P<meets>{RHYTHM})\s*$", re.IGNORECASE | re.VERBOSE)

KINDS_OF_BODY = (
    r"(?:boards?|groups?|committees?|panels?|forums?|fora|councils?|commissions?|partnerships?"
    r"|assembl(?:y|ies)|sub-?committees?|sub-?groups?|working\s+part(?:y|ies)|task\s*forces?)"
)
# Marks set to a name, and what follows it in brackets.
MARKS = r"[*#†‡^~+§]"
_MARKED = expression(rf"\s*({MARKS}[\s,]*)+$")
_KEY = expression(rf"[‘'“\"(\[]?({MARKS})[’'”\")\]]?\s*(?:[-–—=:]|means|denotes|indicates)?\s*")


@dataclass(frozen=True)
class Mechanism:
    """A body or meeting as a glossary describes it. `None` where it does not say."""

    name: str
    purpose: str
    meets: str
    origin: Origin
    theme: str = ""
    notes_published: bool | None = None
    public: bool | None = None


@dataclass(frozen=True)
class Glossary:
    """A glossary of oversight bodies."""

    title: str
    mechanisms: tuple[Mechanism, ...]
    origin: Origin


def rhythm(text: str) -> str:
    """Return the words where a text says nothing but how often something happens, else `""`."""
    match = _ALONE.fullmatch(" ".join(text.split())[:80])
    return match["meets"] if match else ""


def rhythm_at_end(text: str) -> tuple[str, str]:
    """Return a text without the words at its end that say how often, and those words."""
    tail = max(len(text) - 80, 0)
    match = _AT_END.search(text, tail)
    return (text[: match.start()].rstrip(), match["meets"]) if match else (text, "")


def unmarked(name: str) -> tuple[str, str]:
    """Return a name without the marks set to it (`Victims Board*#`), and those marks."""
    match = _MARKED.search(name)
    if not match:
        return " ".join(name.split()), ""
    return " ".join(name[: match.start()].split()), re.sub(r"[\s,]", "", match[0])


@dataclass(frozen=True)
class Key:
    """Which marks say that notes are published, and which that the public may come."""

    notes: str = ""
    public: str = ""

    def of(self, marks: str) -> tuple[bool | None, bool | None]:
        """Return what a name's marks say of both, None of what the key has no mark for."""
        notes = any(m in marks for m in self.notes) if self.notes else None
        public = any(m in marks for m in self.public) if self.public else None
        return notes, public


def key(text: str) -> Key:
    """Return the key that a text gives: ``Key: '*' - notes are published, '#' - public meeting``.

    A key without a mark in it is empty.
    """
    found = list(_KEY.finditer(text))
    notes = public = ""
    for n, match in enumerate(found):
        end = found[n + 1].start() if n + 1 < len(found) else len(text)
        said = text[match.end() : end].casefold()
        if re.search(r"\b(?:notes?|minutes|papers|records?)\b.{0,40}\b(?:publish|available)", said):
            notes += match[1]
        elif re.search(r"\bpublic(?:ly)?\b", said) and "not public" not in said:
            public += match[1]
    return Key(notes, public)
