"""The agenda or contents page of a pack, and the papers that follow it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from peelian.expressions import expression
from peelian.intake.document import Document, Line, Origin
from peelian.recognition.papers import Paper, paper_number, papers
from peelian.recognition.printed import raw_lines

__all__ = ["Entry", "Paper", "contents", "item_number", "papers", "printed_feet", "printed_pages"]

_TITLE = expression(
    r"\s*(?:(?:agenda|a[ ]g[ ]e[ ]n[ ]d[ ]a)"
    r"(?:\s+(?:items?|and\s+(?:papers|reports|(?:draft\s+)?minutes)))?(?:\s*[/|]\s*rhaglen)?"
    r"|rhaglen\s*[/|]\s*agenda|list\s+of\s+(?:papers|reports)|reports\s+and\s+papers"
    r"|(?:(?:table\s+of\s+)?contents|index(?:\s+of\s+(?:papers|reports))?)"
    r"(?:\s+pages?(?:\s+(?:nos?\.?|numbers?))?)?"
    r"|(?:items|order)\s+of\s+business|business(?:\s+(?:to\s+be\s+transacted|of\s+the\s+meeting))?"
    r"|items?\s+pages?(?:\s+nos?\.?)?"
    r"|(?:no\.?|item|agenda\s+item)(?:\s+no\.?)?\s+(?:item|title|subject|report|business|description)"
    r"(?:\s+(?:pages?|page\s+nos?\.?|paper|lead|time|presenter|action|purpose))*)"
    r"(?:\s{2,}(?:tudalen\s*/\s*)?(?:item|lead|page|paper|time)s?(?:\s+(?:nos?\.?|by))?)*\s*:?\s*",
    re.IGNORECASE,
)
_NUMBER = (
    r"(?:item\s+)?(?P<number>\d{1,4}/(?:20)?\d{2}|\d{1,2}(?:\.\d{1,2})?[a-z]?|[A-Z]\d{0,2}(?=[.)]))"
    r"[.):]{0,2}"
)
_NUMBERED = expression(
    rf"\s*{_NUMBER}\s+(?P<title>[^\W\d_‘“\"(][^\n]{{2,300}}|[‘“\"(][^\n]{{3,300}})", re.IGNORECASE
)
_BULLET = expression(r"^[•·▪●◦‣∙○■□➢✓*–-]\s+(?=\S)")
_ALONE = expression(rf"\s*{_NUMBER}\s*", re.IGNORECASE)
_LAST_NUMBER = expression(r"(?<!\d)\d{1,4}$")
_PAGES = expression(
    r"\s+\(?\s*(?:(?P<said>pages?|pp?\.?)\s*)?(?P<from>\d{1,4})(?:\s*(?P<dash>[-–—]|to)\s*(?P<to>\d{1,4}))?\s*\)?\s*$",
    re.IGNORECASE,
)
_ONLY_PAGES = expression(
    r"\s*\(?(?:pages?\s*)?(?P<from>\d{1,4})(?:\s*[-–—]\s*(?P<to>\d{1,4}))?\)?\s*", re.IGNORECASE
)
_PROMISE = expression(
    r"\b(?:attached|enclosed|reports?\s+(?:of|by|from)|(?:the|a)\s+report|PDF|appended|circulated\s+with)\b",
    re.IGNORECASE,
)
_NO_PAPER = expression(
    r"\b(?:verbal|oral|to\s+follow|presentation|none\s+received|if\s+any|any\s+other)\b",
    re.IGNORECASE,
)
_ATTACHED_FILE = expression(
    r"\s*\d{1,3}\s+(?:agenda\s+)?item\s+(?P<number>\d{1,2}[a-z]?)\b", re.IGNORECASE
)
_ICON = expression(r"\s+(?:pdf\s+icon\s+)?PDF\s+[\d.]{1,6}\s+[KM]B\s*$")  # of a page on the web
_BARE_PAGE = expression(r"\s\d{1,3}$")
_PAGE_NUMBER = expression(r"(?:page\s+)?[-–]?\s?(\d{1,4})\s?[-–]?", re.IGNORECASE)
_PLAIN = expression(r"contents|index", re.IGNORECASE)
_MOST_LINES = 260
_MOST_PAGES = 20  # between two that have a number
_MOST_TITLES = 60  # lines that may stand above an agenda: "Agenda" on every page is one
_MOST_LETTERS = 320  # of a line that is looked at
_MOST_BETWEEN = 40  # lines between two entries
_MOST_BETWEEN_LISTED = 8  # between two titles of a list of contents, which says nothing of them
_FEWEST = 3


@dataclass(frozen=True)
class Entry:
    """An item of an agenda or contents page; `page` is the one it names."""

    number: str
    title: str
    origin: Origin
    page: int | None = None
    promises_paper: bool = False  # a page number, `attached`, `report`: there should be one


def item_number(printed: str) -> str:
    """Return an item's number as it is compared: 5.0 is 5, 06 is 6, 7A is 7a."""
    bare = re.sub(r"[.):\s]+$", "", printed.strip().casefold())
    bare = re.sub(r"\.0+$", "", bare)
    return re.sub(r"^0+(?=\d)", "", bare)


def contents(document: Document) -> list[Entry]:
    """Return the items on the agenda, else the contents page, none where there is neither."""
    lines = list(raw_lines(document))
    titles = [n for n, ln in enumerate(lines) if len(ln.text) <= 90 and _TITLE.fullmatch(ln.text)]
    listed: list[Entry] = []
    for n in titles[:_MOST_TITLES]:
        below = lines[n + 1 : n + 1 + _MOST_LINES]
        is_list = bool(_PLAIN.search(lines[n].text))
        if listed and is_list:
            continue
        if lines[n].text.startswith("\t"):
            found = _outline(below)
        else:
            found = _listed(below) if is_list else _entries(below)
        if found and not is_list:
            return found
        listed = found or listed
    return listed or _bookmarked(document)


def printed_pages(document: Document) -> dict[int, int]:
    """Return the number printed at the head or foot of each page, none where few pages have one."""
    pages: dict[int, list[str]] = {}
    for line in document.lines:
        if line.origin.page is not None and line.text.strip():
            pages.setdefault(line.origin.page, []).append(line.text.strip()[:40])
    found: dict[int, int] = {}
    for page, texts in pages.items():
        for text in (texts[-1], texts[0]):
            if match := _PAGE_NUMBER.fullmatch(text):
                found[page] = int(match[1])
                break
    falls = sum(after <= before for before, after in pairwise(found.values()))
    return found if len(found) * 2 > len(pages) and falls * 10 <= len(found) else {}


def printed_feet(document: Document) -> list[tuple[int, int]]:
    """Return where a text without pages has a page's number on a line, and the number.

    None where these do not rise from the first pages on, or are too few.
    """
    texts = [line.text.strip() for line in document.lines]
    found: list[tuple[int, int]] = []
    for n, line in enumerate(document.lines):
        match = _PAGE_NUMBER.fullmatch(texts[n]) if len(texts[n]) <= 12 else None
        alone = match and not (0 < n < len(texts) - 1 and texts[n - 1] and texts[n + 1])
        if match and alone:
            last = found[-1][1] if found else 0
            if not last < int(match[1]) <= last + _MOST_PAGES:
                return []
            found.append((line.origin.order, int(match[1])))
    return found if len(found) >= _FEWEST else []


def _listed(lines: Sequence[Line]) -> list[Entry]:
    """Return the entries of a list of contents; a list without pages is hardly one."""
    found = _entries(lines, _MOST_BETWEEN_LISTED)
    return found if any(entry.page is not None for entry in found) else _plain(lines) or found


def _plain(lines: Sequence[Line]) -> list[Entry]:
    """Return the entries of a contents page of titles and pages with nothing that leads to them."""
    found: list[Entry] = []
    other = 0
    for line in lines:
        text = line.text[:_MOST_LETTERS].strip()
        match = _PAGES.search(text)
        page = int(match["from"]) if match and not match["dash"] else 0
        title = text[: match.start()].strip() if match else ""
        if page and title[:1].isupper() and page >= (found[-1].page or 0 if found else 1):
            found.append(Entry("", title, line.origin, page, promises_paper=True))
            other = 0
        elif text:
            other += 1
            if other > 3:
                break
    return found if len(found) > _FEWEST else []


def _outline(lines: Sequence[Line]) -> list[Entry]:
    """Return the entries of a file's outline that was printed as text, each line set in."""
    found: list[Entry] = []
    for line in lines:
        if line.text.strip() and not line.text.startswith("\t"):
            break
        if entry := _outlined(line.text, line.origin, None):
            found.append(entry)
    return found


def _outlined(title: str, origin: Origin, page: int | None) -> Entry | None:
    words = " ".join(title.split())
    attached = _ATTACHED_FILE.match(words)
    if attached:
        return Entry(item_number(attached["number"]), words, origin, page, promises_paper=True)
    numbered = _NUMBERED.fullmatch(words)
    if not numbered:
        return None
    return Entry(item_number(numbered["number"]), numbered["title"], origin, page, True)


def _bookmarked(document: Document) -> list[Entry]:
    """Return the numbered entries of the file's own outline."""
    found = [
        _outlined(mark.title[:300], Origin(document.file, mark.page), mark.page)
        for mark in document.bookmarks[:500]
    ]
    entries = [entry for entry in found if entry]
    return entries if len(entries) >= _FEWEST else []


class _Reading:
    """The entries read so far from the lines below a title."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.said: list[str] = []  # by entry, what stands below its title
        self.free = True  # a line was left free, or something else said, since the last title

    def begin(self, number: str, title: str, origin: Origin, page: int | None = None) -> None:
        """Begin an entry; a page at the end of its title is taken off it."""
        taken = _PAGES.search(title)
        if page is None and taken and _are_pages(taken):
            page = int(taken["from"])
            title = title[: taken.start()]
        bare = " ".join(_ICON.sub("", title).split())
        self.entries.append(Entry(item_number(number), bare, origin, page))
        self.said.append(title)

    def ends_at(self, text: str, origin: Origin) -> bool:
        """Return whether a line heads a paper: `Item 5` out of turn, or at the top of a page."""
        number = paper_number(text)
        if not number or _led(text)[0]:
            return False
        page = self.entries[-1].origin.page if self.entries else origin.page
        return not self.follows(number) or page != origin.page

    def follows(self, number: str, *, is_named: bool = False) -> bool:
        """Return whether a number can be the next: the first, or not far after the last.

        The first of a supplement may be any, if it is named `Item 5`.
        """
        value = _value(item_number(number))
        if value is not None and "/" in number and not self.entries:
            return True  # minutes are numbered through the year: 39/20
        last = next((v for e in reversed(self.entries) if (v := _value(e.number))), None)
        if value is None:
            return not self.entries or self.entries[-1].number[:1].isalpha()
        if last is None:
            return is_named or value <= 1.99
        return last < value < int(last) + 4 or value == last

    def add(self, text: str) -> None:
        """Take a line that begins no entry: its pages, the rest of its title, or what it says."""
        if not self.entries:
            return
        entry = self.entries[-1]
        only = _ONLY_PAGES.fullmatch(text)
        if only:
            before = [e.page for e in self.entries if e.page is not None]
            # A smaller number is the page's own, at its foot.
            is_free = entry.page is None and not _BARE_PAGE.search(entry.title)
            if is_free and int(only["from"]) >= (before[-1] if before else 0):
                self.entries[-1] = replace(entry, page=int(only["from"]))
            return
        wraps = text[:1].islower() or (len(entry.title) >= 45 and not text.endswith(":"))
        if not self.free and entry.page is None and len(entry.title) >= 30 and wraps:
            self.entries.pop()
            self.said.pop()
            self.begin(entry.number, f"{entry.title} {text}", entry.origin)
            return
        self.said[-1] = f"{self.said[-1]} {text}"[:600]
        self.free = True


def _entries(lines: Sequence[Line], most_between: int = _MOST_BETWEEN) -> list[Entry]:
    reading = _Reading()
    number, since = "", 0
    for line in lines:
        text = re.sub(r"\s+[-–—]$", "", line.text[:_MOST_LETTERS].strip())
        text = _BULLET.sub("", text, count=1)
        if not text:
            reading.free = True
            continue
        since += 1
        if since > most_between or reading.ends_at(text, line.origin):
            break
        numbered, alone = _NUMBERED.fullmatch(text), _ALONE.fullmatch(text)
        led, page = _led(text)
        if number:
            reading.begin(number, text, line.origin)
            number, since = "", 0
        elif led:
            own = _NUMBERED.fullmatch(led)
            title = own["title"] if own else led
            reading.begin(own["number"] if own else "", title, line.origin, page)
            since = 0
        elif numbered and reading.follows(numbered["number"], is_named=text[:4].lower() == "item"):
            reading.begin(numbered["number"], numbered["title"], line.origin)
            since = 0
        elif alone and reading.follows(alone["number"]) and not _is_page(text, reading):
            number = alone["number"]
        else:
            reading.add(text)
            continue
        reading.free = False
    if len(reading.entries) < _FEWEST:
        return []
    return _promised(_with_bare_pages(reading.entries), reading.said)


def _led(text: str) -> tuple[str, int]:
    """Return the title and page of a line where dots or a tabulator lead to it, else `""`, 0."""
    last = _LAST_NUMBER.search(text)
    if not last:
        return "", 0
    title = text[: last.start()].rstrip(" .…\t")
    leads = text[len(title) : last.start()]
    is_leader = leads.count(".") >= 3 or "…" in leads or "\t" in leads
    return (title.strip(), int(last[0])) if is_leader and len(title.strip()) > 2 else ("", 0)


def _is_page(text: str, reading: _Reading) -> bool:
    """Return whether a number alone is the page of the entry above: others have one, it has not."""
    if not reading.entries or reading.entries[-1].page is not None or not text.isdecimal():
        return False
    before = [e.page for e in reading.entries[:-1] if e.page is not None]
    return bool(before) and int(text) >= before[-1]


def _are_pages(match: re.Match[str]) -> bool:
    """Return whether numbers at a title's end are certainly pages, not years or a quarter."""
    if match["dash"]:
        return int(match["from"]) <= int(match["to"]) and int(match["from"]) < 1900
    return bool(match["said"])


def _with_bare_pages(entries: Sequence[Entry]) -> list[Entry]:
    """Return entries with a lone number at their titles' ends as pages where these rise."""
    found = [_PAGES.search(e.title) if e.page is None else None for e in entries]
    bare = [m if m and int(m["from"]) < 1900 else None for m in found]  # a later one is a year
    known = [e.page if m is None else int(m["from"]) for e, m in zip(entries, bare, strict=True)]
    pages = [page for page in known if page is not None]
    lone = sum(m is not None for m in bare)
    falls = sum(after < before for before, after in pairwise(pages))
    # One may be wrong, which is for a check to say.
    if lone < 2 or falls > (len(pages) > 3):
        return list(entries)
    return [
        replace(e, title=e.title[: m.start()], page=int(m["from"])) if m else e
        for e, m in zip(entries, bare, strict=True)
    ]


def _promised(entries: Sequence[Entry], said: Sequence[str]) -> list[Entry]:
    return [
        replace(
            entry,
            promises_paper=not _NO_PAPER.search(words)
            and (entry.page is not None or bool(_PROMISE.search(words))),
        )
        for entry, words in zip(entries, said, strict=True)
    ]


def _value(number: str) -> float | None:
    """Return a number by which items can be put in order: 4, 4.1, 7a; None for a letter."""
    match = re.fullmatch(r"(\d{1,4})(?:\.(\d{1,2})|/\d{2,4})?([a-z])?", number)
    if not match:
        return None
    part = int(match[2]) if match[2] else (ord(match[3]) - 96 if match[3] else 0)
    return int(match[1]) + part / 100
