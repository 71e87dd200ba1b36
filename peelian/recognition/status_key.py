"""The key by which a plan explains its states: `A = on course`, `Green: going to plan`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import Document, Line, Origin
from peelian.recognition.printed import raw_lines
from peelian.recognition.status import status_of

_SYMBOL = (
    r"(?:[A-Z]{1,2}|[0-5]|[Rr]ed|[Aa]mber|[Yy]ellow|[Gg]reen|[Bb]lue|[Gg]rey|[Bb]lack|[Ww]hite)"
)
_ENTRY = expression(
    rf"(?:^|(?<=[,;:(|•·.\s]))(?P<symbol>{_SYMBOL}|[A-Z]{{3,10}}(?=\s*=))\s*(?:[=:–-]|\bis\b|\bmeans\b)\s*"
    r"(?P<words>[A-Za-z][a-z’' -]{2,60})",
    needs="=|:|–|-|is|means",
)
# `G on course, A some doubt, R off course`, `D done    O open, not yet due    L late`
_LISTED = expression(
    rf"(?:^|(?<=[,;:(|])\s|\s{{2,}})(?P<symbol>{_SYMBOL})\s+"
    r"(?P<words>[a-z][a-z’'-]*(?: [a-z’'-]+){0,5})(?=[,;.)|]|\s{2,}|$)"
)
# `rated Blue (finished), Green (going to plan), Amber (some delay) or Red (stuck)`
_BRACKETED = expression(
    r"\b(?P<symbol>[Rr]ed|[Aa]mber|[Yy]ellow|[Gg]reen|[Bb]lue|[Gg]rey)\s+"
    r"\((?P<words>[a-z][a-z’' -]{2,40})\)",
    needs="(",
)
# Below `Status key`: `In progress    Started, and the due date has not passed`
_COLUMNED = expression(
    r"\s*(?P<symbol>[A-Z][a-z]+(?: [a-z]+){0,2})\s{2,}(?P<words>[A-Z][A-Za-z,;’' -]{3,100})\.?\s*$"
)
_KEY_ALONE = expression(
    r"\s*(?:(?:status|state|rag|action)\s+)?key(?:\s+to\s+\w+)?\s*:?\s*", re.IGNORECASE
)
_OF_KEY = expression(
    r"\s*(?:(?:the|our|status|rag|b?rag)\s+){0,2}(?:key|marks|states|colours)\b", re.IGNORECASE
)
_OTHER_WORDS = {
    "complete": r"(?:all |now )?(?:done|kept|delivered|met)|fully met|complete and closed|job done|"
    r"finali[sz]ed|concluded|actioned|fulfilled|signed off|fully (?:complete|implemented)",
    "open": r"(?:still )?to do|not (?:yet )?done|still open",
    "on_track": r"open|active|on course|(?:(?:the )?work )?(?:goes on|carries on|continues)|"
    r"(?:going|moving)(?: (?:to plan|well|as planned|forward))?|to plan|"
    r"as planned|(?:well )?under ?way|in train|moving|(?:good|steady) progress|in delivery|running",
    "at_risk": r"(?:some |slight |in )?(?:delay|doubt|concerns?|difficulty)|"
    r"needs (?:watching|attention)|slipping|in question|some way off|watch",
    "off_track": r"off course|late|stuck|stalled|in trouble|not (?:going )?to plan|behind|"
    r"at a standstill|failing|not on course",
    "not_started": r"not (?:yet )?begun|to (?:come|start|begin)|yet to come",
    "on_hold": r"parked|waiting(?: (?:for|on) .{2,40})?",
    "superseded": r"dropped|abandoned|ended early",
}
_WHOLE = {value: expression(words, re.IGNORECASE) for value, words in _OTHER_WORDS.items()}
_LONGEST = 300
_APART = 6
_FEWEST, _FEWEST_LISTED, _MOST = 2, 3, 12
_LONGEST_STATE = 60


@dataclass(frozen=True)
class KeyEntry:
    """A state that a key explains: its letter or colour, the words for it, and what they mean.

    `symbol` is in small letters, `printed` as the key has it.
    """

    symbol: str
    words: str
    status: str
    origin: Origin
    printed: str


def status_key(lines: Sequence[Line]) -> tuple[KeyEntry, ...]:
    """Return the states that a key in lines explains; none where there is no key. Never raises."""
    found: list[KeyEntry] = []
    last = -1
    for at, line in enumerate(lines):
        text = line.text[:_LONGEST]
        if found and at - last > _APART:
            if len({one.status for one in found}) >= _FEWEST:
                break
            found = []
        entries = [_entry(match, line.origin) for match in _ENTRY.finditer(text)]
        entries += [_entry(match, line.origin) for match in _BRACKETED.finditer(text)]
        known = [entry for entry in entries if entry.status]
        if not known:
            listed = [_entry(match, line.origin) for match in _LISTED.finditer(text)]
            known = [one for one in listed if one.status] if len(listed) >= _FEWEST_LISTED else []
        starts = bool(known) and (len(known) > 1 or _ENTRY.match(text.strip()) is not None)
        goes_on = bool(found) and at == last + 1
        if starts or (known and (goes_on or _OF_KEY.match(text))):
            found += known
            last = at
    symbols = {one.symbol for one in found}
    whole = len({one.status for one in found}) >= _FEWEST and len(symbols) == len(found)
    return tuple(found) if whole and len(found) <= _MOST else ()


def _columned(lines: Sequence[Line]) -> tuple[KeyEntry, ...]:
    """Return the states that lines below a heading explain, word and meaning apart by blanks."""
    for at, line in enumerate(lines):
        if not _KEY_ALONE.fullmatch(line.text[:40]):
            continue
        found = []
        for below in lines[at + 1 : at + 1 + _MOST]:
            match = _COLUMNED.match(below.text[:_LONGEST])
            if match is None:
                break
            status = _meaning(match["words"]) or _meaning(match["symbol"])
            entry = match["symbol"].casefold(), match["words"], status, below.origin
            found.append(KeyEntry(*entry, match["symbol"]))
        if len(found) >= _FEWEST_LISTED and all(one.status for one in found):
            return tuple(found)
    return ()


def key_of(document: Document) -> tuple[KeyEntry, ...]:
    """Return the states that a key in a document explains, read once however often it is asked."""
    return document.once(_key)


def _key(document: Document) -> tuple[KeyEntry, ...]:
    lines = list(raw_lines(document))
    return status_key(lines) or _columned(lines)


def _entry(match: re.Match[str], origin: Origin) -> KeyEntry:
    words = re.split(r"\s+(?:and|or|but|so|with|where|because)\s+", match["words"])[0].strip(" -")
    return KeyEntry(match["symbol"].casefold(), words, _meaning(words), origin, match["symbol"])


def _meaning(words: str) -> str:
    """Return the status that words of their own state; empty where they state none."""
    bare = " ".join(words.split()).strip(" .;,")[:_LONGEST_STATE]
    found = status_of(bare)
    if found:
        return found[0]
    return next((value for value, form in _WHOLE.items() if form.fullmatch(bare)), "")


def state_of(printed: str, key: Iterable[KeyEntry] = ()) -> str:
    """Return the status that a cell of states states, by the key where it has its letter.

    Empty where it states none; never raises.
    """
    bare = " ".join(printed[:_LONGEST].split()).strip(" .;,()[]")
    entries = list(key)
    for entry in entries:
        if bare.casefold() in (entry.symbol, entry.words.casefold()):
            return entry.status
    lead = re.match(rf"({_SYMBOL})\s*[(–:-]", bare)
    if lead and (by_key := [e for e in entries if e.symbol == lead[1].casefold()]):
        return by_key[0].status
    found = _meaning(bare)
    return found or _meaning(re.split(r"[.;,(–]|\s-\s", bare)[0])
