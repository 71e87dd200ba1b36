"""Abbreviations that a document spells out: in brackets, in lists, in tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Document, Origin, Passage

# A short form: capitals, perhaps with small letters among them (VCoP, MoJ, SOCJAGs, T&S), or with
# a number said as a word (R2R, C4C).
SHORT = (
    r"[A-Z](?:[A-Za-z&]|(?<=[A-Z])[-.](?=[A-Z])|(?<![A-Za-z]{2})(?<=[A-Z])[24](?=[A-Z])){0,8}"
    r"[A-Za-z](?![A-Za-z&])"
)
_SHORT = expression(SHORT)
_CALLED = (
    r"(?:(?:also|often|commonly|now|better|hereafter|hereinafter)\s+)?(?:known\s+as|or|called|hereafter"
    r"|hereinafter|referred\s+to\s+as|abbreviated\s+(?:to|as)|shortened\s+to)"
)
_OPENS = rf"[(\[]\s*[‘'“\"]?(?:{_CALLED}\s+)?(?:the\s+)?[‘'“\"]?"
_BRACKETED = expression(rf"{_OPENS}(?P<short>{SHORT})(?:['’]?s)?[’'”\"]?\s*(?:[)\]]|[,;–-])")
# Without brackets: `the Serious Violence Duty, or SVD,`, `the unit – VRU –`, `known as the VRU`.
_APPOSED = expression(
    rf"(?:,?\s+{_CALLED.replace('|or|', '|')}\s+(?:the\s+)?|,\s+or\s+(?:the\s+)?"
    r"|\s[–—-]\s+(?:the\s+)?|,\s+)"
    rf"[‘'“\"]?(?P<short>{SHORT})(?:['’]?s)?[’'”\"]?(?=,|\.?\s[–—-]\s|\.|;|\s+[a-z])"
)
_APPOSED_HINT = expression(
    r",\s+[‘'“\"]?(?:or\s+)?(?:the\s+)?[A-Z]{2}|\s[–—-]\s|known|called|to as|abbrev|shortened"
)
# The end of a bracket that began in the block above.
_CLOSES = expression(
    rf"(?P<long>[^()]{{3,80}}?)\s*[,;:–—-]\s*(?:or\s+|the\s+)?(?P<short>{SHORT})\s*\)"
)
# Words and letters in one pair of brackets: (Neighbourhood Support Team, NST).
_WITHIN = expression(
    rf"\((?P<long>[^()]{{4,120}}?)\s*[,;:–—-]\s*(?:or\s+|the\s+|known\s+as\s+)?(?P<short>{SHORT})\s*\)"
)
_EXPLAINED = expression(
    rf"(?<![\w&])(?P<short>{SHORT})['’]?s?\s+(?P<thing>[a-z]{{3,12}}\s+)?"
    r"\((?:the\s+|i\.?e\.?,?\s+)?(?P<long>[^()]{4,120})\)",
    needs="(",
)
_LISTED = expression(
    rf"\s*[‘'“\"]?(?P<short>{SHORT})[’'”\"]?(?:['’]?s)?\s*(?:[–—:=\t]|\s-\s|\s\.{{2,}})\s*"
    r"(?P<long>[A-Za-z][^\n:;]{3,160})"
)
_STANDS_FOR = expression(
    rf"(?<![\w&])(?P<short>{SHORT})\s*,?\s+(?:which\s+)?(?:stands\s+for|means|is\s+short\s+for"
    r"|(?:is\s+)?(?:the\s+)?(?:abbreviation|acronym)\s+(?:for|of)|(?:or|that\s+is),?|[–—-])\s+"
    r"(?:(?:the|an?)\s+)?(?P<long>[^.;()–—]{4,120})"
)
_FIRST_SHORT = expression(rf"{SHORT}(?:\s*[/,]\s*{SHORT}){{0,3}}(?=\s|$)")
_WORD = expression(r"[^\W_][^\W_’']*(?:[’'][^\W_]+)?|&")
_SMALL = {"of", "and", "the", "for", "in", "to", "on", "with", "a", "an", "at", "by", "&", "or"}
_HEADED = expression(
    r".*\b(?:abbreviations?|acronyms?|initials|short\s+(?:forms?|names?)|glossary|terms?)\b.*",
    re.IGNORECASE,
)
_MOST_WORDS = 14
_MOST_LETTERS = 10


@dataclass(frozen=True)
class Abbreviation:
    """A short form and the words that the document gives for it.

    `form` is how: `bracketed` after the words, `explained` after the short form, `named` after one
    that is the name of a thing (`LIFT project (…)`), or `listed`.
    """

    short: str
    long: str
    origin: Origin
    form: str = "bracketed"


def abbreviations(document: Document) -> list[Abbreviation]:
    """Return the abbreviations that a document spells out, wherever it does."""
    found: dict[tuple[str, int, str], Abbreviation] = {}
    under_title, above = False, ""
    listed: list[tuple[str, Origin]] = []
    for block in document.blocks:
        if block.kind == BlockKind.ROW:
            spelled = list(_in_row(block))
        else:
            spelled = [*_in_prose(block), *_under(block, above)]
            first = next(lines_of(block))[0]
            under_title = under_title or (len(first) < 80 and bool(_HEADED.fullmatch(first)))
            if under_title:
                listed += lines_of(block)
        for one in spelled:
            found.setdefault((one.short, one.origin.order, one.long), one)
        above = block.text[-200:]
    for one in _by_lines(listed):
        found.setdefault((one.short, one.origin.order, one.long), one)
    return list(found.values())


def _under(block: Block, above: str) -> Iterator[Abbreviation]:
    """Yield what a bracket near a block's beginning says of words that begin in the block above."""
    text = block.text[:140]
    if ")" not in text or not above.strip() or above.rstrip()[-1] in ".!?;":
        return
    match = _BRACKETED.search(text)
    lead = text[: match.start()] if match else ""
    closes = None
    if above.rfind("(") > above.rfind(")") and (closes := _CLOSES.match(text)):
        match, lead = closes, closes["long"]
    if match is None or re.search(r"[.;:!?]", lead) or not is_short_form(match["short"]):
        return
    whole = f"{above} {lead}".rstrip()
    own = "" if closes else _before(text, len(lead), match["short"])
    if not own and (long := _before(whole, len(whole), match["short"])):
        yield Abbreviation(plain(match["short"]), long, block.at(match.start("short")))


def plain(short: str) -> str:
    """Return a short form without its plural `s`, its full stops and its apostrophe."""
    bare = re.sub(r"[’']s$|[.’']", "", short.strip())
    return bare[:-1] if len(bare) > 2 and bare.endswith("s") and bare[-2].isupper() else bare


def is_short_form(text: str) -> bool:
    """Return whether letters look like a short form: most of them capitals, at least two."""
    capitals = sum(map(str.isupper, text))
    if capitals < 2 or not _SHORT.fullmatch(text):
        return False
    return capitals * 5 >= sum(map(str.isalpha, plain(text))) * 3


def stands_before(short: str, text: str) -> bool:
    """Return whether the words for a short form stand in a text, though it is not set beside."""
    words = [word.casefold() for word in _WORD.findall(text[-200:])]
    letters = _letters(short)
    sizes = range(len(letters), len(letters) + 3)
    return len(letters) > 2 and any(
        _cost(letters, tuple(words[n : n + size])) == 0
        for n in range(len(words) - len(letters) + 1)
        for size in sizes
    )


def fits(short: str, long: str) -> bool:
    """Return whether the letters of a short form are the initials of words, in their order."""
    words = tuple(word.casefold() for word in _WORD.findall(long))
    return 2 <= len(words) <= _MOST_WORDS and _cost(_letters(short), words) is not None


def _letters(short: str) -> str:
    return re.sub(r"[^a-z]", "", plain(short).casefold())[:_MOST_LETTERS]


@lru_cache(maxsize=4096)
def _cost(letters: str, words: tuple[str, ...]) -> int | None:
    """Return how far words are from giving letters by their initials alone, None if they do not.

    Small words may be passed over at no cost. What costs: passing over another (one, never the
    first), and each letter taken from within a word.
    """
    if len(letters) < 2 or not words or words[0][0] != letters[0]:
        return None
    best: int | None = None
    seen: set[tuple[int, int, int, int]] = set()
    todo = [(0, 0, 0, 0)]
    while todo:
        state = todo.pop()
        if state in seen:
            continue
        seen.add(state)
        taken, at, passed, within = state
        if taken == len(letters) and at == len(words):
            cost = passed + within
            best = cost if best is None else min(best, cost)
        if at == len(words):
            continue
        word = words[at]
        if word in _SMALL:
            todo.append((taken, at + 1, passed, within))
        elif at and not passed:
            todo.append((taken, at + 1, 1, within))
        if taken < len(letters) and (word[0] == letters[taken] or word + letters[taken] == "&a"):
            todo.append((taken + 1, at + 1, passed, within))
            for more in _inside(word, letters, taken + 1):
                todo.append((more, at + 1, passed, within + more - taken - 1))
    return best if best is not None and best <= max(1, len(letters) // 3) else None


def _inside(word: str, letters: str, taken: int) -> Iterator[int]:
    """Yield how many letters are taken when a word gives up to two more than its initial."""
    place = 0
    for more in range(taken, min(taken + 2, len(letters))):
        place = word.find(letters[more], place + 1)
        if place < 0:
            return
        yield more + 1


def _in_prose(passage: Passage) -> Iterator[Abbreviation]:
    text = passage.text
    for match in _BRACKETED.finditer(text):
        if is_short_form(match["short"]) and (long := _before(text, match.start(), match["short"])):
            yield Abbreviation(plain(match["short"]), long, passage.at(match.start("short")))
    if "(" in text:
        for match in _WITHIN.finditer(text):
            end = match.end("long")
            if is_short_form(match["short"]) and (long := _before(text, end, match["short"])):
                yield Abbreviation(plain(match["short"]), long, passage.at(match.start("short")))
    if _APPOSED_HINT.search(text):
        for match in _APPOSED.finditer(text):
            if is_short_form(match["short"]) and (
                long := _before(text, match.start(), match["short"], is_strict=True)
            ):
                yield Abbreviation(plain(match["short"]), long, passage.at(match.start("short")))
    for line, origin in lines_of(passage):
        yield from _listed(line, origin)
    yield from _explained(passage)


def _explained(passage: Passage) -> Iterator[Abbreviation]:
    """Yield the short forms after which a text says what they stand for."""
    text = passage.text
    for form in (_EXPLAINED, _STANDS_FOR):
        for match in form.finditer(text):
            if not is_short_form(match["short"]):
                continue
            long = " ".join(match["long"].split())
            if form is _STANDS_FOR:
                long = " ".join(long.split()[:_MOST_WORDS])
            if whole := _beginning(match["short"], long):
                how = "named" if match.groupdict().get("thing") else "explained"
                place = passage.at(match.start("short"))
                yield Abbreviation(plain(match["short"]), whole, place, how)


def lines_of(passage: Passage) -> Iterator[tuple[str, Origin]]:
    """Yield the printed lines of a passage with their places."""
    ends = [offset for offset, _origin in passage.marks[1:]] + [len(passage.text)]
    for (begin, origin), end in zip(passage.marks, ends, strict=True):
        yield passage.text[begin:end].strip(), origin


def _listed(text: str, origin: Origin) -> Iterator[Abbreviation]:
    match = _LISTED.match(text)
    if match and is_short_form(match["short"]):
        long = " ".join(match["long"].split())
        if whole := _beginning(match["short"], long):
            yield Abbreviation(plain(match["short"]), whole, origin, "listed")


def _beginning(short: str, text: str) -> str:
    """Return the longest run of words at a text's beginning that a short form fits, else `""`."""
    pieces = re.split(r"[,;.(]\s", text)
    candidates = [text, pieces[0]]
    words = text.split()
    candidates += [" ".join(words[:n]) for n in range(min(len(words), _MOST_WORDS), 0, -1)]
    return next((c.strip(" .,;") for c in candidates if _spells(short, c)), "")


def _spells(short: str, words: str) -> bool:
    """Return whether words spell a short form out, which no single short word can."""
    return len(words) > len(short) + 1 and words != short and fits(short, words)


def _before(text: str, end: int, short: str, *, is_strict: bool = False) -> str:
    """Return the words before a bracket that its short form stands for, else `""`.

    Where there is no bracket, strictly, letters have to fit.
    """
    begin = max(end - 160, 0)
    window = text[begin:end]
    if begin and " " in window:
        window = window[window.index(" ") + 1 :]
    matches = list(_WORD.finditer(window))[-_MOST_WORDS:]
    if not matches or window[matches[-1].end() :].strip("’'”\" "):
        return ""
    letters = _letters(short)
    best: tuple[int, int] | None = None
    for n in range(len(matches) - 2, -1, -1):
        cost = _cost(letters, tuple(m[0].casefold() for m in matches[n:]))
        if cost is not None and (best is None or cost < best[0]):
            best = cost, n
    first = best[1] if best else None
    if first is None and not is_strict:
        first = _nearly(letters, [m[0].casefold() for m in matches])
    if first is None:
        return ""
    return " ".join(window[matches[first].start() :].split()).strip('‘“" ')


def _nearly(letters: str, words: Sequence[str]) -> int | None:
    """Return where the words begin that a bracket can only mean, though its letters do not fit.

    Those are as many words as letters, of which more than half are the words' initials.
    """
    begins = max((n + 1 for n, word in enumerate(words) if word[0].isdigit()), default=0)
    initials = [(n, w[0]) for n, w in enumerate(words) if w not in _SMALL and n >= begins]
    last = initials[-len(letters) :]
    left = list(letters)
    for _n, initial in last:
        if initial in left:
            left.remove(initial)
    shared = len(letters) - len(left)
    enough = len(last) == len(letters) and shared >= 2 and shared * 2 >= len(letters)
    return last[0][0] if enough else None


def _in_row(block: Block) -> Iterator[Abbreviation]:
    """Yield what a table's row spells out: in its cells, or one cell the short form of another."""
    for cell in block.cells:
        yield from _in_prose(cell)
    cells = [cell for cell in block.cells if cell.text.strip()]
    for one, other in pairwise(cells):
        for short, long in ((one, other), (other, one)):
            word = short.text.strip()
            if is_short_form(word) and (whole := _beginning(word, " ".join(long.text.split()))):
                yield Abbreviation(plain(word), whole, short.origin, "listed")


def _by_lines(lines: Sequence[tuple[str, Origin]]) -> list[Abbreviation]:
    """Return what a list of abbreviations spells out without a sign between.

    Short form and words stand in one line, or the words on the line below.
    """
    found: list[Abbreviation] = []
    above: tuple[str, Origin] | None = None
    for line, origin in lines:
        if above:
            found += _each(above[0], line, above[1])
        match = _FIRST_SHORT.match(line)
        long = line[match.end() :].strip(" –—-:=.") if match else ""
        above = (match[0], origin) if match and not long else None
        if match and long:
            found += _each(match[0], long, origin)
    return found


def _each(shorts: str, long: str, origin: Origin) -> Iterator[Abbreviation]:
    """Yield each of one or more short forms (`DVPN / DVPO`) that share their words."""
    for short in re.split(r"\s*[/,]\s*", shorts):
        if is_short_form(short) and (whole := _beginning(short, long[:160])):
            yield Abbreviation(plain(short), whole, origin, "listed")


def same_form(short: str) -> str:
    """Return what the ways to write a short form have in common: VCoP and VCOP, SARCs and SARCS."""
    form = plain(short).upper().replace("-", "")
    return form[:-1] if len(form) > 4 and form.endswith("S") else form


def spelled_out(found: Sequence[Abbreviation]) -> dict[str, Abbreviation]:
    """Return the first spelling of each short form, by what its ways to be written share."""
    first: dict[str, Abbreviation] = {}
    for one in sorted(found, key=lambda a: a.origin.order):
        first.setdefault(same_form(one.short), one)
    return first
