"""The headings that part minutes: numbers that rise, titles in a margin, labels of a web page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from peelian.expressions import expression
from peelian.intake.document import BlockKind
from peelian.intake.flow import is_heading
from peelian.recognition.attendance import is_label
from peelian.recognition.printed import ENDS_SENTENCE, PrintedLine

# A column beside the text is no wider than this many letters.
_MARGIN = 24
_LONGEST = 300

_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_NUMBER = expression(
    rf"\s*(?:(?:Minute|Item|Agenda\s+item)\s+(?:No\.?\s*)?)?(?:[A-Z]{{1,5}}[/.-])?"
    rf"(?P<main>\d{{1,4}})(?P<sub>(?:\.\d{{1,2}}){{0,2}})(?P<year>/\d{{2,4}}(?:-\d{{2}})?)?"
    rf"(?:[.):]{{1,2}}(?=\s|$)|(?=\s|$))\s*(?P<rest>(?!{_MONTHS}).*)$",
    re.IGNORECASE,
)
# A title with its text in one line: `3. Minutes. The minutes were agreed.`
_OPENING = expression(r"(?P<title>[A-Z][^.:;!?]{2,80}?)(?P<end>[.:]|\s[–—-])\s+(?=[“\"‘A-Z])")
_VERB = expression(
    r"\b(?:was|were|is|are|be|had|has|have|will|would|shall|that|to|noted|agreed|asked|said|thanked|"
    r"welcomed|reported|advised|confirmed)\b",
    re.IGNORECASE,
)
_LONE_NUMBER = expression(r"\s*[\d.]+\s*$")
WEB_LABEL = expression(
    r"\s*(?:Minutes|Additional\s+documents|Decisions?|Cofnodion|Dogfennau\s+ychwanegol)\s*:\s*$",
    re.IGNORECASE,
)
_ICON = expression(
    r"\s*(?:\bpdf\s+icon)?\s*\bPDF\s+[\d.,]+\s*[KM]B\s*(?:/\s*)?|\s+\bpdf\s+icon\b.*$"
)
_HANGS = expression(r"(?:[-–,&(/:]|\b(?:and|of|the|for|to|on|in|with|a|by))$", re.IGNORECASE)
_NO_TITLE = expression(
    r"\s*(?:action\b|resolved\b|agreed\b|the\s+meeting\s+(?:ended|closed|concluded)|page\s+\d|"
    r"chair\w*\s*[.…_]|no\.?\s+item$|items$|contact:|venue:|webcast:)",
    re.IGNORECASE,
)
_STRAY = expression(r"(?:[A-Z][\w’'&-]*|and|of|the|&)(?:\s+(?:[A-Z][\w’'&-]*|and|of|the|&)){0,3}")
_CLOSES = expression(r"(?P<words>(?:[\w-]+\s+){0,2}[\w-]+['’”\"])\s+(?=[a-z])")


@dataclass(frozen=True)
class Heading:
    """A heading: its lines are `first` up to `after`; words of its title that a margin lost among
    the text are given by line and how many letters they take there."""

    number: str
    title: str
    first: int
    after: int
    narrow: bool = False
    lost: dict[int, int] = field(default_factory=dict)


def minute_headings(lines: Sequence[PrintedLine]) -> list[Heading]:
    """Return the headings of the minutes in these lines, in order; none where none are."""
    labelled = [n for n, line in enumerate(lines) if WEB_LABEL.match(line.text)]
    chain = max((_chain(lines, by) for by in ("main", "year")), key=len)
    if labelled and len(chain) < 2:
        return _before_labels(lines, labelled)
    if not chain:
        return _unnumbered(lines)
    starts = [n for n, _number in chain]
    found = []
    for (start, number), following in zip(chain, [*starts[1:], len(lines)], strict=True):
        found.append(_with_title(lines, start, number, following))
    margin = sum(h.narrow for h in found) >= 2
    ends = [h.first for h in found[1:]] + [len(lines)]
    return [
        _with_lost_words(h, lines, end) if margin else h for h, end in zip(found, ends, strict=True)
    ]


def clean_title(title: str) -> str:
    """Return a title without what a web page adds to it."""
    return " ".join(_ICON.sub(" ", title).split()).strip(" :")


def _chain(lines: Sequence[PrintedLine], by: str) -> list[tuple[int, str]]:
    """Return the longest run of numbers that rise by one, or nearly, each before a title.

    `by` tells 12/24 and 13/24 from 24/12 and 24/13. Numbers below them (4.1) are taken in where a
    title follows.
    """
    best: dict[int, tuple[float, int]] = {}  # number: weight of the best run to it, where
    back: dict[int, int | None] = {}
    numbers: dict[int, tuple[str, int]] = {}
    subs: dict[int, tuple[str, int]] = {}
    for n in range(len(lines)):
        if (read := numbered_title(lines, n, by)) is None:
            continue
        main, sub, printed, weight = read
        if sub and sub != ".0":
            subs[n] = (printed, main)
            continue
        numbers[n] = (printed, main)
        before = [
            (best[main - g][0] - 0.6 * (g - 1), best[main - g][1])
            for g in (1, 2, 3)
            if main - g in best
        ]
        score, where = max(before, default=(0.0, -1))
        back[n] = where if where >= 0 else None
        if main not in best or score + weight > best[main][0]:
            best[main] = (score + weight, n)
    if not best:
        return []
    weight, at = max(best.values())
    chain = []
    where_next: int | None = at
    while where_next is not None:
        chain.append((where_next, numbers[where_next][0]))
        where_next = back[where_next]
    chain.reverse()
    if weight < 1.5 and numbers[chain[0][0]][1] != 1:  # a lone number is the first or none
        return []
    return _with_subs(chain, numbers, subs)


def _with_subs(
    chain: list[tuple[int, str]],
    numbers: dict[int, tuple[str, int]],
    subs: dict[int, tuple[str, int]],
) -> list[tuple[int, str]]:
    mains = [(n, numbers[n][1]) for n, _printed in chain]
    found = list(chain)
    for n, (printed, main) in subs.items():
        under = [m for place, m in mains if place < n]
        if under and under[-1] == main:
            found.append((n, printed))
    return sorted(found)


def numbered_title(
    lines: Sequence[PrintedLine], n: int, by: str
) -> tuple[int, str, str, float] | None:
    """Return a line's number, what is below it, both as printed, and how like a title the rest."""
    line = lines[n]
    match = _NUMBER.match((_beside(line) if line.is_row else line.printed)[:_LONGEST])
    if not match or (line.is_row and not match["rest"].strip()):
        return None
    rest = match["rest"].strip()
    if not rest:
        follows = lines[n + 1] if n + 1 < len(lines) else None
        if follows is None or follows.is_row or _LONE_NUMBER.match(follows.text[:_LONGEST]):
            return None
        rest = follows.text.strip()
    marked = line.block.number != "" and line.block.kind == BlockKind.HEADING
    opening = None if marked or line.is_row else _OPENING.match(rest)
    if not (marked or _is_title(rest) or (opening and _is_topic(opening["title"]))):
        return None
    printed = match[0][: match.start("rest")].strip().rstrip(".):").strip()
    printed = re.sub(r"^(?:Minute|Item|Agenda\s+item)\s+(?:No\.?\s*)?", "", printed, flags=re.I)
    begins = line.nth == 0 or n == 0 or bool(ENDS_SENTENCE.search(lines[n - 1].text))
    main = (
        match["year"].strip("/").split("-")[0] if by == "year" and match["year"] else match["main"]
    )
    return int(main), match["sub"], printed, 1.0 if begins else 0.8


def _beside(row: PrintedLine) -> str:
    """Return the number and title that stand in a row's first cells beside the text, empty where
    the row is none of those in which a table lays out minutes."""
    cells = [" ".join(cell.text.split()) for cell in row.block.cells if cell.text.strip()]
    *first, text = cells or [""]
    title = " ".join(first)
    laid_out = len(first) == 1 or (len(first) == 2 and first[0].strip(".").isdigit())
    is_text = len(text) > len(title) or text.endswith(".")
    return title if laid_out and is_text and not re.search(r"[a-z][.;](?:\s|$)", title) else ""


def _is_title(text: str) -> bool:
    """Return whether words may be a minute's title."""
    text = clean_title(text)
    if not text or len(text) > 160 or _NO_TITLE.match(text):
        return False
    if re.match(r"(?:to|that)\s", text, re.IGNORECASE) and text.endswith((".", ";")):
        return False  # what was resolved
    letters = [w for w in text.split() if w[0].isalpha()]
    if not letters or (text.rstrip().endswith((".", ";", ",")) and len(text) > 60):
        return False
    if text.isupper():
        return True
    # `Precept: response of the Commissioner`
    head, colon, rest = text.partition(": ")
    if colon and not rest.endswith(".") and not _VERB.search(rest) and len(rest) <= 60:
        text = head
    return is_heading(text[:90].rstrip(" .:,'’-–(&"), 1) and (
        text[0].isupper() or text[0].isdigit()
    )


def _is_topic(words: str) -> bool:
    """Return whether the words before a minute's text are its title."""
    return len(words.split()) <= 10 and not _VERB.search(words) and not _NO_TITLE.match(words)


def _with_title(lines: Sequence[PrintedLine], start: int, number: str, end: int) -> Heading:
    """Return the heading that begins at a line: its title goes on over narrow or hanging lines."""
    if lines[start].is_row:  # the text stands in the same row
        beside = _NUMBER.match(_beside(lines[start])[:_LONGEST])
        return Heading(number, clean_title(beside["rest"]) if beside else "", start, start)
    match = _NUMBER.match(lines[start].printed[:_LONGEST])
    opening = _OPENING.match(match["rest"]) if match else None
    if match and opening and _is_topic(opening["title"]) and not _is_title(match["rest"].strip()):
        before = len(lines[start].printed) - len(lines[start].text)
        lost = {start: max(match.start("rest") + opening.end() - before, 0)}
        return Heading(number, clean_title(opening["title"]), start, start, lost=lost)
    texts = [match["rest"].strip()] if match and match["rest"].strip() else []
    after = start + 1
    widths = [len(lines[start].printed)]
    while after < end and len(texts) < 24:
        text = lines[after].text
        if not texts:
            texts.append(text)
        elif _goes_on(lines, after, texts, widths):
            texts.append(text)
            widths.append(len(text))
        else:
            break
        after += 1
    title = clean_title(" ".join(texts))
    return Heading(number, title, start, after, narrow=len(texts) > 1 and max(widths) <= _MARGIN)


def _goes_on(
    lines: Sequence[PrintedLine], n: int, texts: Sequence[str], widths: Sequence[int]
) -> bool:
    """Return whether a line belongs to the title before it."""
    line, text = lines[n], lines[n].text
    if line.is_row or is_label(text) or WEB_LABEL.match(text) or _NO_TITLE.match(text):
        return False
    if line.begins_page or not _adjoins(lines[n - 1], line) or text.rstrip().endswith("."):
        return False
    if max(*widths, len(text)) <= _MARGIN:
        return True
    if text.rstrip().endswith(":"):
        return False
    hangs = bool(_HANGS.search(texts[-1])) or (texts[-1].isupper() and text.isupper())
    short = len(text) <= 90 and is_heading(text.strip(" .–-'’(\"“"), 1)
    ends = n + 1 >= len(lines) or not _adjoins(line, lines[n + 1])
    return short and (hangs or (ends and len(texts[-1]) >= 50))


def _adjoins(before: PrintedLine, line: PrintedLine) -> bool:
    """Return whether nothing is left free between two lines."""
    if before.block is line.block:
        return True
    one, two = before.origin, line.origin
    near = one.line is not None and two.line is not None and two.line - one.line == 1
    return near and one.page == two.page


def _with_lost_words(heading: Heading, lines: Sequence[PrintedLine], end: int) -> Heading:
    """Return a heading with the words that a page break has put among the text.

    They stand first on the page: alone, between two sentences; or, where a quotation in the title
    is open, up to its end.
    """
    for n in range(heading.after, end):
        line = lines[n]
        if not line.begins_page or line.is_row:
            continue
        closes = _CLOSES.match(line.text)
        if closes and _is_open(heading.title):
            title = f"{heading.title} {closes['words']}"
            return replace(heading, title=title, lost={n: closes.end()})
        alone = len(line.text) <= _MARGIN and _STRAY.fullmatch(line.text)
        between = n > heading.after and ENDS_SENTENCE.search(lines[n - 1].text) and n + 1 < end
        if alone and between and len(lines[n + 1].text) > _MARGIN and heading.narrow:
            title = f"{heading.title} {line.text}"
            return replace(heading, title=title, lost={n: len(line.text)})
    return heading


def _is_open(title: str) -> bool:
    opened = len(re.findall(r"(?:^|\s)['‘“\"](?=\w)", title))
    return opened > len(re.findall(r"(?<=\w)['’”\"](?=[\s.,:;)]|$)", title))


def _before_labels(lines: Sequence[PrintedLine], labelled: Sequence[int]) -> list[Heading]:
    """Return the titles above `Minutes:` or `Additional documents:`; what is between is agenda."""
    found: list[Heading] = []
    floor = 0
    for place in labelled:
        if found and place == found[-1].after:
            found[-1] = replace(found[-1], after=place + 1)
            continue
        title = next(
            (
                n
                for n in range(place - 1, max(place - 4, floor) - 1, -1)
                if lines[n].nth == 0 and _is_title(lines[n].text) and lines[n].text[-1] != "."
            ),
            None,
        )
        number = ""
        first = place if title is None else title
        if title is not None:
            match = _NUMBER.match(lines[title - 1].printed[:20]) if title > floor else None
            if match and not match["rest"]:
                number, first = match[0].strip().rstrip(".):"), title - 1
        text = clean_title(lines[title].text) if title is not None else ""
        found.append(Heading(number, text, first, place + 1))
        floor = place + 1
    return found


def _unnumbered(lines: Sequence[PrintedLine]) -> list[Heading]:
    """Return headings without numbers, each before a text of its own."""
    found: list[Heading] = []
    for n, line in enumerate(lines[:-1]):
        follows = lines[n + 1]
        if line.nth or line.is_row or line.block.kind != BlockKind.HEADING:
            continue
        if is_label(line.text) or not _is_title(line.text) or line.text.endswith(":"):
            continue
        if line.text.casefold() in ("minutes", "draft minutes"):
            continue
        own_text = follows.block is not line.block and not is_label(follows.text)
        if own_text and follows.block.kind != BlockKind.HEADING:
            found.append(Heading("", clean_title(line.text), n, n + 1))
    return found


def is_sentence(text: str) -> bool:
    """Return whether words are a sentence, not a title."""
    return bool(re.search(r"\b(?:were|was|had|be|have)\b|[a-z]{3}\.\s*$", text))
