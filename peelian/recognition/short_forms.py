"""Where documents use short forms: capitals that are neither a heading nor a person's initials."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import BlockKind, Document, Origin, Passage
from peelian.recognition.abbreviations import SHORT, fits, is_short_form, plain
from peelian.recognition.everyday import ALSO_WORDS

_TOKEN = expression(rf"(?<![\w&@#.])(?P<short>{SHORT})(?:['’]s)?(?!\w)")
_ADDRESS = expression(
    r"(?:https?://|www\.)\S{1,300}|[\w.+-]{1,64}@[\w.-]{1,200}|[@#]\w{1,60}",
    needs="@|#|://|www.",
)
_LOWER = expression(r"(?<![\w’'])[a-z]{2,}(?!\w)")
_CAPITALISED = expression(r"(?<!\w)[A-Z][a-z]{3,}(?!\w)")
_WORDS = expression(r"[A-Za-z][A-Za-z’']+")
_ATTENDANCE = expression(
    r"\s*(?:(?:members?|also|those|officers|in)\s+)?"
    r"(?:present|attended|attendees|attending|attendance|apologies|membership)\b|\s*members\s*:",
    re.IGNORECASE,
)
_NAMES = expression(
    r"(?<!\w)[A-Z](?:\.|[a-z’'-]*[A-Z]?[a-z’'-]+)?(?:[ ]+[A-Z](?:\.|[a-z’'-]*[A-Z]?[a-z’'-]+)?)+"
)
_TITLED = expression(
    r"\b(?:Mrs?|Ms|Miss|Dr|Prof|Cllrs?|Councillors?|Sir|Dame|Rev|Supt|Superintendent|Insp|Inspector"
    r"|Sgt|Sergeant|Constable|[PD][CSI]|D?CI|[AD]CC)\.?\s+(?:[A-Z]\.?\s*){0,3}$"
)
# An act with its year (CDA 1998), and a court's own number of a judgment ([2014] UKSC 56).
_ACT = expression(r"\s(?:18|19|20)\d{2}\b")
_JUDGMENT = expression(r"\[\d{4}\]\s+$")
_PART_OF = expression(
    r"\b(?:parts?|schedules?|chapters?|sections?|class|band|category|phase|level|grade|lot)\s+$",
    re.IGNORECASE,
)
_CODE_WORD = expression(
    r"\b(?:Operations?|Op\.?|Ops|Exercise|Project)\s+[‘“'\"]?(?P<name>[A-Z]{4,})(?!\w)"
)
_CAPITALS = expression(r"(?<!\w)[A-Z]{2,}(?:\s+[A-Z]{2,}){1,8}(?!\w)")
_OWNED = expression(
    r"\b(?:actions?|owners?|lead|by)\b\s*(?:\d{1,3})?\s*[:–—-]?\s*(?:[A-Z]{2,3}\s*[/,&+]\s*){0,6}$",
    re.IGNORECASE,
)
_NUMBERED = expression(r"\s?\d")
_NAMED = expression(
    r"[’'”\"]?\s+(?:project|programme|system|ltd|limited|plc|scheme|app|software|platform|campaign"
    r"|database|portal|toolkit|brand|charity)\b",
    re.IGNORECASE,
)
_SPOKEN = expression(
    r"(?:[bcdfghjklmnpqrstvwxyz]{0,2}[aeiouy]{1,2}){1,4}[bcdfghjklmnpqrstvwxyz]{0,2}"
)
_LONG_WORD = expression(
    r"(?:[bcdfghjklmnpqrstvwxyz]{0,3}[aeiouy]{1,2}){2,6}[bcdfghjklmnpqrstvwxyz]{0,3}"
)
# Before a word in capitals that is no emphasis: `the DRIIVE pilot`.
_IN_SENTENCE = expression(r"\b(?:[Tt]he|an?|of|by|from|with|our|its)\s$")
_RANK_OF = expression(r"\s+[A-Z][a-z]+")  # `CI Bright`


_IN_BRACKETS = expression(r"(?P<before>[^()]{0,90})\((?P<letters>[A-Z]{2,3})\)")
_ENDS_IN_LETTERS = expression(r"(?P<before>[^()]{2,90})\s\((?P<letters>[A-Z]{2,3})\)[.,;]?")
_POST = expression(
    r"\b(?:Mayor|Constable|(?:Director|Head)\s+of\s+[\w ]+|Commissioner|(?:Chief|Lead)\s+\w+)\s*$"
)
_BY_SIGN = expression(r"(?<!\w)([A-Z]{3,10})\s*=\s+[a-z]", needs="=")
# `States we use: OPEN, DONE, DROPPED`
_STATES = expression(
    r"\b(?i:states?|status(?:es)?|ratings?)\b[^.:]{0,40}:\s*(?P<states>[A-Z]{3,}(?:(?:,\s*|\s+(?:and|or)\s+)[A-Z]{3,}){1,7})",
    needs=":",
)
_FEWEST_PERSONS = 3
_ENDINGS = ((1, ("s", "ed", "er")), (2, ("ed", "er", "es", "ly")), (3, ("ing",)))
_STARTS_SENTENCE = expression(r"\s+(?:The|A|An|This|These|In|At|It|[A-Z][a-z]{3,})\s")


@dataclass(frozen=True)
class Use:
    """A short form where it is used. `in_prose` tells a sentence from a label or a table's cell.

    `may_be_a_name` is true of what can be spoken as a word, or is called a system or project.
    """

    short: str
    origin: Origin
    quotation: str
    in_prose: bool
    may_be_a_name: bool


def short_forms(document: Document) -> list[Use]:
    """Return every use of a short form in a document, in order."""
    words = _vocabulary(document)
    named = attendees_initials(document) | _code_words(document) | _given_a_meaning(document)
    found = [use for passage in _passages(document) for use in _uses(passage, words)]
    last = document.blocks[-1].text.rstrip() if document.blocks else ""
    if (
        found
        and last.endswith(found[-1].quotation)
        and found[-1].quotation.endswith(found[-1].short)
    ):
        found.pop()  # where a text breaks off, half a word may look like one
    return [use for use in found if use.short not in named]


def _code_words(document: Document) -> set[str]:
    """Return the names in capitals of operations and projects, which stand for nothing."""
    texts = (passage.text for passage in document.passages())
    return {match["name"] for text in texts for match in _CODE_WORD.finditer(text)}


def _given_a_meaning(document: Document) -> set[str]:
    """Return the words in capitals that a key explains, `SHUT = done`, or lists as states."""
    found: set[str] = set()
    for passage in document.passages():
        found |= {match[1] for match in _BY_SIGN.finditer(passage.text)}
        for match in _STATES.finditer(passage.text):
            found.update(re.split(r"\W+", match["states"]))
    return found


def _passages(document: Document) -> Iterator[Passage]:
    for block in document.blocks:
        is_title = block.kind == BlockKind.HEADING and " " not in block.text.strip()
        if not block.is_head and not (is_title and block.number):
            yield from block.passages()


def _vocabulary(document: Document) -> set[str]:
    """Return the words that the document also writes small, so that capitals are but emphasis."""
    words: set[str] = set()
    for passage in document.passages():
        words.update(_LOWER.findall(passage.text))
        words.update(word.casefold() for word in _CAPITALISED.findall(passage.text))
    stems = {
        word[:-cut]
        for word in words
        for cut, ends in _ENDINGS
        if len(word) > 4 and word.endswith(ends)
    }
    return {word.upper() for word in words | stems}


def attendees_initials(document: Document) -> set[str]:
    """Return the initials of the persons in lists of who was there."""
    found: set[str] = set()
    bracketed: Counter[str] = Counter()
    left = 0
    for block in document.blocks:
        if announced := _ATTENDANCE.match(block.text):
            left = 14
            if ":" in block.text[: announced.end() + 2]:
                bracketed.update(_of_persons(_IN_BRACKETS.finditer(block.text)))
        if left and _is_prose(block.text):
            left = 0
        if left:
            for match in _NAMES.finditer(block.text):
                letters = "".join(word[0] for word in match[0].split())
                found |= {letters[n : n + size] for n in range(len(letters)) for size in (2, 3)}
            if "(" in block.text and not announced:
                bracketed.update(_of_persons(_IN_BRACKETS.finditer(block.text)))
            left -= 1
    # Letters that stand beside several are those of the body they come from.
    found |= {letters for letters, times in bracketed.items() if times == 1}
    found |= {letters for block in document.blocks for letters in _of_names(block.text)}
    return {initials for initials in found | _initials_in_runs(document) if len(initials) > 1}


def _of_names(text: str) -> Iterator[str]:
    """Yield the letters in brackets that are the initials of a name: `Ann Lee, Treasurer (AL)`."""
    for match in _IN_BRACKETS.finditer(text) if "(" in text else ():
        before = match["before"]
        names = [
            one[0] for one in _NAMES.finditer(before) if before[one.end() : one.end() + 1] == ","
        ]
        if any(match["letters"] == "".join(w[0] for w in name.split()) for name in names):
            yield match["letters"]


def _of_persons(matches: Iterator[re.Match[str]]) -> Iterator[str]:
    """Yield the letters in brackets that do not stand for the words before them."""
    for match in matches:
        words = match["before"].split()
        spelled = any(fits(match["letters"], " ".join(words[n:])) for n in range(len(words)))
        if not spelled or _POST.search(match["before"]):
            yield match["letters"]


def _initials_in_runs(document: Document) -> set[str]:
    """Return the letters at the ends of lines that follow each other, a person's on each."""
    found: set[str] = set()
    run: list[str] = []
    for line in [*_printed(document), ""]:
        match = _ENDS_IN_LETTERS.fullmatch(line[:120]) if line[-5:].count(")") else None
        if match:
            run += _of_persons(iter([match]))
            continue
        if len(run) >= _FEWEST_PERSONS and len(set(run)) == len(run):
            found.update(run)
        run = []
    return found


def _printed(document: Document) -> Iterator[str]:
    """Yield the lines of a document that are not free."""
    for block in document.blocks:
        for passage in block.passages():
            yield from filter(None, _cut(passage))


def _cut(passage: Passage) -> Sequence[str]:
    ends = [offset for offset, _origin in passage.marks[1:]] + [len(passage.text)]
    pairs = zip(passage.marks, ends, strict=True)
    return [passage.text[begin:end].strip() for (begin, _origin), end in pairs]


def _uses(passage: Passage, words: set[str]) -> Iterator[Use]:
    text = _ADDRESS.sub(lambda m: " " * len(m[0]), passage.text)
    ends = [offset for offset, _origin in passage.marks[1:]] + [len(text)]
    prose = _is_prose(text)
    for (begin, _origin), end in zip(passage.marks, ends, strict=True):
        if not _TOKEN.search(text, begin, end) or _is_capitals(text[begin:end]):
            continue
        phrases = [
            m.span() for m in _CAPITALS.finditer(text, begin, end) if _is_phrase(m[0], words)
        ]
        for match in _TOKEN.finditer(text, begin, end):
            if not is_short_form(match["short"]):
                continue
            if any(first <= match.start() < last for first, last in phrases):
                continue
            short = plain(match["short"])
            if _is_word(short, words) or _is_title(text, match, begin) or _is_other(text, match):
                continue
            yield Use(
                short,
                passage.at(match.start()),
                _around(passage.text, match.start(), match.end()),
                prose,
                bool(_NAMED.match(text, match.end()))
                or (len(short) > 3 and bool(_SPOKEN.fullmatch(short.casefold()))),
            )


def _is_word(short: str, words: set[str]) -> bool:
    form = short.upper()
    if short in ALSO_WORDS:
        return False
    if form in words or (len(form) > 4 and form.endswith("S") and form[:-1] in words):
        return True
    return len(form) > 6 and bool(_LONG_WORD.fullmatch(short.casefold()))


def _is_phrase(text: str, words: set[str]) -> bool:
    """Return whether words in capitals are emphasis or a title: each can be spoken or is known."""
    return all(w in words or (len(w) > 2 and _may_be_spoken(w.casefold())) for w in text.split())


def _may_be_spoken(word: str) -> bool:
    return bool(_SPOKEN.fullmatch(word) or (len(word) > 4 and _LONG_WORD.fullmatch(word)))


def _is_title(text: str, match: re.Match[str], begin: int) -> bool:
    """Return whether a word in capitals is a title, which a sentence follows."""
    word = match["short"]
    spoken = len(word) > 3 and word.isupper() and bool(_SPOKEN.fullmatch(word.casefold()))
    if word in ALSO_WORDS or not spoken:
        return False
    if len(word) > 5:
        return not _IN_SENTENCE.search(text, max(begin, match.start() - 6), match.start())
    heads = not re.search(r"[A-Za-z]", text[begin : match.start()])
    return heads and bool(_STARTS_SENTENCE.match(text[match.end() : match.end() + 40]))


def _is_other(text: str, match: re.Match[str]) -> bool:
    """Return whether capitals are a numbered thing, the initials of a name, or an owner's."""
    before = text[max(match.start() - 40, 0) : match.start()]
    if _NUMBERED.match(text, match.end()) and len(match["short"]) <= 2:
        return True  # SI 2011/3050, WR 12
    if re.search(r"\d\s?$|£\s?$", before) and len(match["short"]) <= 2:
        return True  # 12 KB, 3 GB
    short = match["short"]
    if _TITLED.search(before) or (short == "CI" and _RANK_OF.match(text, match.end())):
        return True
    if (short.endswith("A") and _ACT.match(text, match.end())) or _JUDGMENT.search(before):
        return True
    if len(short) <= 3 and _PART_OF.search(before):
        return True
    if re.match(r"[/-](?:[A-Za-z]{3})?\d", text[match.end() : match.end() + 5]):
        return True  # a reference: PCP/20/12, PCP/Feb24
    owned = len(match["short"]) <= 3 and _OWNED.search(before)
    neighbour = re.match(r"\s+([A-Z]{5,})\b", text[match.end() : match.end() + 40])
    return bool(owned) or bool(neighbour) or bool(re.search(r"\b[A-Z]{6,}\s+$", before))


def _is_capitals(line: str) -> bool:
    """Return whether a line is set in capitals, as headings are."""
    words = _WORDS.findall(line)
    capital = [word for word in words if word.isupper()]
    long = [word for word in words if len(word) > 3]
    spoken = len(words) > 1 and bool(long) and all(_SPOKEN.fullmatch(w.casefold()) for w in long)
    if len(capital) == len(words) and spoken:
        return True  # `PART C: MONEY`
    return len(capital) * 10 >= len(words) * 7 and any(len(word) > 5 for word in capital)


def _is_prose(text: str) -> bool:
    words = _WORDS.findall(text[:600])
    return len(words) >= 7 and sum(word.islower() for word in words) * 2 >= len(words)


def _around(text: str, start: int, end: int) -> str:
    """Return the words around a place, cut at spaces."""
    begin = max(text.rfind(" ", max(start - 120, 0), max(start - 50, 0)) + 1, start - 120, 0)
    stop = text.find(" ", end + 50, end + 120)
    return " ".join(text[begin : stop if stop >= 0 else end + 120].split())
