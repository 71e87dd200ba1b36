"""How often a body is said to meet, and where else the document says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import BlockKind, Document, Origin
from peelian.recognition.future import sentences
from peelian.recognition.glossary import Glossary
from peelian.recognition.measures import words_of
from peelian.recognition.mechanisms import KINDS_OF_BODY, RHYTHM

_RHYTHM = expression(rf"\b{RHYTHM}", re.IGNORECASE | re.VERBOSE)
_BODY = expression(rf"(?P<name>(?:[A-Za-z][\w’'&-]*\s+){{1,6}}?)(?P<kind>(?i:{KINDS_OF_BODY}))\b")
_MEETS = expression(
    r"\b(?:meets?|met|meeting|meetings|sits?|convenes?|convened)\b",
    re.IGNORECASE,
    needs="met|meet|sit|convene",
)
# A rhythm that is to change, or was another once, contradicts nothing.
_CHANGES = expression(
    r"\b(?:will|would|previously|formerly|used\s+to|moved?|moving|chang\w+|propos\w+|elected\s+to|"
    r"increas\w+|reduc\w+|instead|until|additional|extra|should|could|may|report\w*|attends?|"
    r"updates?|provid\w+|receiv\w+)\b",
    re.IGNORECASE,
)
_LOOSE = expression(r"at\s+least|minimum|usually|normally|approximately|not\s+less", re.IGNORECASE)
_COUNTS = {"one": 1, "once": 1, "two": 2, "twice": 2, "three": 3, "thrice": 3, "four": 4}
_COUNTS |= {"five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12}
_IN_A_YEAR = {"day": 365, "week": 52, "fortnight": 26, "month": 12, "quarter": 4, "term": 3}
_IN_A_YEAR |= {"year": 1, "annum": 1}
_WORDS = {"weekly": 52, "fortnightly": 26, "monthly": 12, "quarterly": 4, "termly": 3}
_WORDS |= {"annually": 1, "annual": 1, "yearly": 1, "daily": 365, "half-yearly": 2}
_WORDS |= {"six-monthly": 2, "three-monthly": 4, "two-monthly": 6, "four-monthly": 3}
_TIMES = expression(
    r"(?P<count>\d{1,2}|[a-z]+)\s+(?:times\s+|meetings\s+)?(?:per|a|each|every)\s+(?P<unit>[a-z]+)"
)
_EVERY = expression(
    r"(?:every|each)\s+(?:(?P<count>\d{1,2}|other|second|[a-z]+)\s+)?(?P<unit>day|week|fortnight|"
    r"month|quarter|term|year)s?"
)
_NAMED = expression(r"(?<=[a-z,] )[A-Z][\w’'-]+|(?<=The )[A-Z][\w’'-]+|(?<=[A-Z]\w\w\w )[A-Z]\w+")
_MET = expression(
    r"\bmet\s+(?:on\s+)?(?:only\s+|formally\s+)?(?P<count>once|twice|\w+(?=\s+(?:times|occasions)))"
    r"(?:\s+(?:times|occasions))?(?=\s*(?:[.,;]|$|(?:in|during|over|this|last|since|because|by|to)\b))",
    re.IGNORECASE,
)
_COUNTED = frozenset({"\0times"})
_LEADING = frozenset({"the", "a", "an", "our", "its", "this", "each"})


@dataclass(frozen=True)
class Meets:
    """How often a year a body is said to meet; `words` are those of its name."""

    words: frozenset[str]
    name: str
    a_year: float
    printed: str
    quotation: str
    origin: Origin


def meetings_said(document: Document, glossaries: Sequence[Glossary]) -> list[Meets]:
    """Return how often a document and its glossaries say that its bodies meet, in order."""
    found = [*_of_glossaries(glossaries), *_of_prose(document)]
    return sorted(found, key=lambda one: one.origin.order)


def a_year(rhythm: str) -> float | None:
    """Return how often in a year a rhythm is; None where it is none, or may be two."""
    text = re.sub(r"[\s-]+", " ", rhythm.casefold()).strip(" .;")
    if _LOOSE.search(text) or re.search(r"/|,| and | or | then |\(", text):
        return None
    plain = _WORDS.get(text) or _WORDS.get(text.replace(" ", "-"))
    if plain:
        return plain
    if every := _EVERY.fullmatch(text):
        count = every["count"] or "one"
        gap = 2 if count in ("other", "second") else _count(count)
        return _IN_A_YEAR[every["unit"]] / gap if gap else None
    if times := _TIMES.fullmatch(text):
        count, unit = _count(times["count"]), _IN_A_YEAR.get(times["unit"])
        return count * unit if count and unit else None
    return None


def _count(word: str) -> int | None:
    return int(word) if word.isdecimal() else _COUNTS.get(word)


def _of_glossaries(glossaries: Sequence[Glossary]) -> Iterator[Meets]:
    for glossary in glossaries:
        for one in glossary.mechanisms:
            often = a_year(one.meets)
            if often and (words := words_of(one.name)):
                yield Meets(
                    words, one.name, often, one.meets, f"{one.name}: {one.meets}", one.origin
                )


def _of_prose(document: Document) -> Iterator[Meets]:
    for block in document.blocks:
        if block.kind == BlockKind.ROW:
            continue
        for start, end in sentences(block.text):
            sentence = block.text[start : min(end, start + 400)]
            if not _MEETS.search(sentence) or _CHANGES.search(_NAMED.sub(" ", sentence)):
                continue
            yield from _times_met(sentence, block.at(start))
            rhythms = list(_RHYTHM.finditer(sentence))
            bodies = list(_BODY.finditer(sentence))
            if len(rhythms) != 1 or len(bodies) != 1:
                continue
            often, body = a_year(rhythms[0][0]), bodies[0]
            name = _name(body["name"], rhythms[0][0])
            if often and name:
                said = f"{name} {body['kind']}"
                origin = block.at(start + rhythms[0].start())
                yield Meets(words_of(said), said, often, rhythms[0][0].strip(), sentence, origin)


def _times_met(sentence: str, origin: Origin) -> Iterator[Meets]:
    """Yield how often a body is said to have met: held against other such counts alone."""
    bodies, met = list(_BODY.finditer(sentence)), _MET.search(sentence)
    if met is None or len(bodies) != 1 or not (count := _count(met["count"].casefold())):
        return
    if name := _name(bodies[0]["name"], met[0]):
        said = f"{name} {bodies[0]['kind']}"
        yield Meets(words_of(said) | _COUNTED, said, count, met[0], sentence, origin)


def _name(before: str, rhythm: str) -> str:
    """Return the words that name a body: those after the last article, without its rhythm."""
    words = re.sub(re.escape(rhythm), " ", before).split()
    for n in range(len(words) - 1, -1, -1):
        if words[n].casefold() in _LEADING:
            words = words[n + 1 :]
            break
    return " ".join(words)


def otherwise(one: Meets, two: Meets) -> bool:
    """Return whether two statements give one body two rhythms."""
    if one.a_year == two.a_year or one.quotation == two.quotation:
        return False
    both = one.words & two.words
    return one.words == two.words or (
        len(both) >= 3 and both in (one.words, two.words) and len(one.words ^ two.words) == 1
    )
