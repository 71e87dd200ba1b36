"""What a figure measures, and of what time and place: the words of its own clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from peelian.expressions import expression

_MOST_WORDS = 16
_CLAUSE_ENDS = expression(
    r",(?!\d)|[;:()]|(?<!\w)[–—-](?!\w)|\.(?:\s|$)|\b(?:while|whilst|whereas|versus|vs|but|"
    r"compared|although|despite|"
    r"which\s+(?:is|was|has|have)|bringing|making|representing|and\s+(?:an?|the|we|I|it|they|"
    r"this|he|she)(?=\s))\b",
    re.IGNORECASE,
)
_BEFORE_ENDS = expression(
    r",(?!\d)|[;:()]|(?<!\w)[–—-](?!\w)|\.(?:\s|$)|\d\.\d{1,2}\s+(?-i:(?=[A-Z]))|"
    r"\b(?:while|whilst|whereas|but|although|despite|so|that)\b",
    re.IGNORECASE,
)
# After a number these begin something that says when, where or against what, not what is measured.
_CIRCUMSTANCE = expression(
    r"\s*(?:$|(?:in|during|since|on|at|by|from|to|over|within|between|across|compared|versus|vs|"
    r"when|which|and|or|as|this|last|per|after|before|until|throughout|nationally|for|now|today|"
    r"respectively|so|if|but|while|whereas|than|with)\b|\()",
    re.IGNORECASE,
)
_NUMBERED = expression(r"^\s*\(?\d{1,3}(?:\.\d{1,3}){1,3}\)?\s+")
_DONE_BEFORE = expression(r"\b(?P<done>[a-z]{3,15}ed|made|held|given)\s+(?:[a-z]+\s+){0,2}$")
_DETERMINER = expression(r"\b(?:the|our|its|my|their)\s+")
_JOINS = expression(
    r"(?i:in|of|for|to|at|on|by|with|from|and|or|across|within|that|over|than|through|into|"
    r"is|are|was|were|has|have|had|increase|increased|see|seen|saw|\w+ing|\w+ed)"
)
_PARTICIPLE = expression(r"\s*(?:[a-z]{3,15}ed|made|given|held|coming)\b")
_PURPOSE = expression(r"\s*(?:to|on|for|towards|into|in|of|from)\b", re.IGNORECASE)
_TAIL = expression(
    r"(?:\s+|^)(?:(?:versus|vs|compared|against|fairly|consistent|is|are|was|were|has|have|had|"
    r"been|be|being|now|currently|also|at|to|by|of|from|a|an|the|just|only|over|around|"
    r"about|approximately|nearly|almost|more|less|than|up|total|stands|stood|standing|stand|"
    r"remains|remained|remaining|"
    r"stable|increased|increasing|decreased|risen|rose|fell|fallen|dropped|reduced|figure|"
    r"figures|averaging|averaged|reached|"
    r"achieved|was|with|and|some|well|significantly|slightly|estimated|in|for|amounted|grown|"
    r"trebled|doubled|moving)\s*)+$",
    re.IGNORECASE,
)
_WORDS = expression(r"[A-Za-z][A-Za-z’'&/-]*\d{0,2}|\b\d{1,3}\b")
_STROKE = expression(r"[/-]")
_ENDING = expression(r"(?<=[a-z])\d+$|[’']s?$")
_EMPTY_TEXT = """
a an the of in to for and or on at by from with is are was were be been being has have had
it its our my their his her we i he she they you this that these those there which who whom
whose than then so as all now also just only over under around about approximately nearly
almost more most less up down out into onto through during since within between among per
each every year years month months week weeks quarter currently current total number numbers
figure figures rate level overall additional further new extra will would can could should
may might must do does did nor but if when while where what how both some any such other
same very well good last past previous latest next first recent term office percentage
percent proportion average across force police area areas county region nationally national
stand stands standing stood remain remains remained get gets given made make us one two
three including include includes included available provided provide increase increased
increases decrease decreased reduction reduced rise fall growth drop lower higher change
headline significantly amount already value stable pcc pccs commissioner constabulary
against via towards don’t don't
"""
_EMPTY = frozenset(_EMPTY_TEXT.split())


_COUNTING_TEXT = "four five six seven eight nine ten eleven twelve"
_IN_DIGITS = {word: str(n) for n, word in enumerate(_COUNTING_TEXT.split(), 4)}
_LOOSE_TEXT = """
and or with to of by from in at on for the a an over that than is was were be are as
"""
_LOOSE = frozenset(_LOOSE_TEXT.split())


@dataclass(frozen=True)
class Room:
    """Where in a sentence a figure's own words may stand: between its neighbours."""

    before: int
    start: int
    end: int
    after: int


def measure_of(
    sentence: str, room: Room, *, money: bool, noun_start: int, counted: bool
) -> tuple[str, int]:
    """Return the words of a sentence that say what is measured, and where those after it end.

    The words are empty where the figure borrows another's. `counted`: a noun follows, that begins
    at `noun_start`.
    """
    after = clause_after(sentence, room)
    before = _since(_BEFORE_ENDS, sentence[room.before : room.start])
    end = room.end + len(after)
    if counted:
        noun = sentence[noun_start:end]
        done = _DONE_BEFORE.search(before) if len(words_of(noun)) < 3 else None
        return _trimmed(f"{_trimmed(noun)} {done['done']}" if done else noun), end
    if money:
        lead = " ".join(_TAIL.sub("", before).split()[-4:])
        purpose = after if _PURPOSE.match(after) or not _CIRCUMSTANCE.match(after) else ""
        return _trimmed(f"{lead} {purpose}"), end if purpose else room.end
    said = _TAIL.sub("", before)
    if not _CIRCUMSTANCE.match(after) and words_of(after):
        subject = " ".join(said.split()[-6:]) if _PARTICIPLE.match(after) else ""
        return _trimmed(subject + re.sub(r"^\s*of\s+", " ", after)), end
    if words_of(said):
        return _trimmed(" ".join(_subject(said).split()[-_MOST_WORDS:])), room.end
    if words_of(after) and not before.strip(" ,;and"):
        return _trimmed(after), end
    return "", room.end


def _subject(said: str) -> str:
    """Return the words from where a new noun begins: not what an opening phrase says before it."""
    for match in reversed(list(_DETERMINER.finditer(said))):
        before = said[: match.start()].split()[-1:]
        if before and not _JOINS.fullmatch(before[0]) and words_of(said[match.end() :]):
            return said[match.end() :]
    return said


def clause_after(sentence: str, room: Room) -> str:
    """Return the words after a figure that belong to its own clause."""
    text = sentence[room.end : room.after]
    match = _CLAUSE_ENDS.search(text)
    return text[: match.start()] if match else text


def _since(ends: re.Pattern[str], text: str) -> str:
    last = 0
    for match in ends.finditer(text):
        if words_of(text[match.end() :]):
            last = match.end()
    return text[last:]


def _trimmed(text: str) -> str:
    words = _NUMBERED.sub("", text).split()[:_MOST_WORDS]
    while words and words[-1].casefold() in _LOOSE:
        words.pop()
    return re.sub(r"(?<=[a-z])\d$", "", " ".join(words).strip(" ,;:.–—-‘’“”\"'"))


@lru_cache(maxsize=8192)
def words_of(measure: str) -> frozenset[str]:
    """Return the words of a measure that tell it from others, each by its stem."""
    return frozenset().union(*map(_told_by, _WORDS.findall(measure)))


@lru_cache(maxsize=16384)
def _told_by(printed: str) -> frozenset[str]:
    """Return the words that one word, or two joined by a stroke, tell; none for an empty word."""
    made = set()
    for piece in _STROKE.split(printed.casefold()):
        word = _ENDING.sub("", piece)
        if (len(word) > 1 or word.isdigit()) and word not in _EMPTY:
            made.add(_IN_DIGITS.get(word) or _stem(word))
    return frozenset(made)


def _stem(word: str) -> str:
    for end in (
        "ations",
        "ation",
        "ings",
        "ing",
        "ies",
        "ied",
        "ions",
        "ion",
        "ed",
        "es",
        "s",
        "e",
        "y",
    ):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
