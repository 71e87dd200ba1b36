"""The papers in a pack, by their own headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import BlockKind, Document, Line, Origin
from peelian.recognition.printed import raw_lines

_ITEM = expression(
    r"\s*(?:(?:agenda\s+)?(?:eitem(?:\s+\d{1,2}[a-z]?)?\s*/\s*)?e?item(?:\s+(?:no\.?|number))?|agenda\s+(?:no\.?|number))"
    r"\s*:?\s*"
    r"(?P<number>\d{1,2}(?:\.\d{1,2})?\s?(?:[a-z]|\([a-z]\))?)"
    r"(?:\s*[-–—:]\s*(?P<title>[^\n]{3,160}))?(?:[ \t]{2,}page\s+\d{1,4})?\s*",
    re.IGNORECASE,
)
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DATE = expression(
    rf"\s*(?:date\s*:?\s*|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*)?\d{{1,2}}(?:st|nd|rd|th)?\s+"
    rf"(?:{_MONTHS})\s*,?\s*\d{{4}}\s*",
    re.IGNORECASE,
)
_DATED = expression(rf".*(?:[–—,-]|\s){_DATE.pattern}", re.IGNORECASE)
_MARKING = expression(
    r"(?:not\s+protectively\s+marked|official(?:[\s-]+sensitive)?|public|part\s+(?:[12i]+)|restricted)"
    r"|page\s+\d.*",
    re.IGNORECASE,
)
_BODY = expression(
    r".*\b(?:panel|board|committee|council|commissioner|authority)\b.*", re.IGNORECASE
)
_APPENDIX = expression(
    r"\s*(?:(?P<a>.{0,80}?)\s+)?(?P<which>(?:appendix|annex)\s+(?:\d{1,2}|[a-z]))(?:\s*[-–—:]\s*(?P<b>.{3,120}))?\s*",
    re.IGNORECASE,
)
_TITLE_LABEL = expression(
    r"(?:(?:report\s+)?title|subject)(?:\s+of\s+report)?\s*:\s*(?P<title>.*)", re.IGNORECASE
)
_LABEL = expression(
    r"\s*(?:to|from|date|report\s+(?:of|by|to|from)|author|contact)\s*:.*", re.IGNORECASE
)


_REPORT_OF = expression(
    r"\s*(?:joint\s+)?report\s+(?:of|by|from)\s*:?\s+(?:the\s+)?(?P<whom>[A-Z][\w’',&/ -]{3,90})",
    re.IGNORECASE,
)
_LONGEST_HEAD = 10  # lines from a paper's number to what else stands at its head


@dataclass(frozen=True)
class Paper:
    """A paper, by its own heading."""

    number: str  # of the agenda item it says it is for
    title: str
    origin: Origin
    is_reported: bool = False  # it has no number, and `Report of the ...` stands below its title


def paper_number(line: str) -> str:
    """Return the number where a line heads an item's paper (`AGENDA ITEM 8`), else `""`."""
    match = _ITEM.fullmatch(line[:200])
    if not match or (not line.strip()[:1].isupper()):
        return ""
    return re.sub(r"[\s()]", "", match["number"])


def papers(document: Document) -> list[Paper]:
    """Return the papers in a document by their headings, appendices among them.

    What a list of contents has is no paper.
    """
    listed = {
        origin.order
        for block in document.blocks
        if block.kind == BlockKind.CONTENTS
        for _offset, origin in block.marks
    }
    lines = [line for line in raw_lines(document) if line.origin.order not in listed]
    found: list[Paper] = []
    seen: set[str] = set()
    current, since = "", 0
    for n, line in enumerate(lines):
        number = paper_number(line.text)
        if number:
            current, since = number, n
            if number not in seen:
                seen.add(number)
                match = _ITEM.fullmatch(line.text[:200])
                own = match["title"] if match else None
                found.append(Paper(number, own or _title(lines[n + 1 : n + 25]), line.origin))
        elif title := _title_block(lines, n):
            if not (found and title == found[-1].title):
                found.append(Paper("", title, line.origin))
        elif appendix := _appendix(lines, n):
            found.append(Paper(current, appendix, line.origin))
        elif (reported := _reported(lines, n)) and not (current and _one_head(lines[since:n])):
            found.append(reported)
    return found


def _title(below: Sequence[Line]) -> str:
    """Return the title of a paper below its number: the first lines that name no body or day."""
    taken: list[str] = []
    for line in below[:24]:
        text = " ".join(line.text[:300].split())
        if not text:
            if taken:
                break
            continue
        if label := _TITLE_LABEL.fullmatch(text):
            if label["title"]:
                return label["title"][:240]
            continue  # it stands on the line below
        is_frame = any(form.fullmatch(text) for form in (_DATE, _DATED, _LABEL, _MARKING))
        is_frame = is_frame and not text.casefold().startswith("minutes")
        if taken and (is_frame or text.isupper() != taken[0].isupper()):
            break
        body = _BODY.fullmatch(text) and re.search(r"(?:panel|board|committee)s?\W*$", text, re.I)
        if is_frame or body or len(text) < 4:
            continue
        taken.append(text)
        if len(taken) == 4:
            break
    return " ".join(taken)[:240]


def _title_block(lines: Sequence[Line], n: int) -> str:
    """Return the title below a body's name and a date, each on a line of its own, or `""`."""
    text = lines[n].text
    if not _DATE.fullmatch(text[:60]) or not text.strip() or n == 0:
        return ""
    above = lines[n - 1].text.strip()
    if (
        not above
        or len(above) > 90
        or not _BODY.fullmatch(above)
        or above.endswith((".", ",", ":"))
    ):
        return ""
    following = next((line.text.strip() for line in lines[n + 1 : n + 8] if line.text.strip()), "")
    title = _title(lines[n + 1 : n + 8])
    is_title = 4 <= len(title) <= 160 and title[0].isupper() and not title.endswith((".", ";", ":"))
    is_footer = _MARKING.fullmatch(following) or _ITEM.fullmatch(following)
    return title if is_title and not is_footer else ""


def _reported(lines: Sequence[Line], n: int) -> Paper | None:
    """Return the paper whose title in capitals stands above `Report of the ...`, else None."""
    text = lines[n].text
    if "eport" not in text[:20].casefold() or not (match := _REPORT_OF.fullmatch(text[:140])):
        return None
    titles: list[Line] = []
    page, named = lines[n].origin.page, match["whom"][:1].isupper()
    for line in reversed(lines[max(n - 4, 0) : n]):
        bare = line.text.strip()
        if not bare and not titles:
            continue
        if line.origin.page != page or not bare.isupper() or len(bare) > 120 or not named:
            break
        titles.insert(0, line)
    title = " ".join(" ".join(line.text.split()) for line in titles[-2:])
    return Paper("", title, titles[-2:][0].origin, True) if len(title) >= 4 else None


def _one_head(lines: Sequence[Line]) -> bool:
    """Return whether lines are few, on one page and without a sentence: the head of one paper."""
    filled = [line for line in lines if line.text.strip()]
    if any(line.text.rstrip().endswith((".", ";")) for line in filled):
        return False
    return len(filled) <= _LONGEST_HEAD and filled[0].origin.page == filled[-1].origin.page


def _appendix(lines: Sequence[Line], n: int) -> str:
    """Return the title of an appendix that begins a page, or `""`."""
    text = lines[n].text
    if len(text) > 160 or ("ppendix" not in text.casefold() and "nnex" not in text.casefold()):
        return ""
    match = _APPENDIX.fullmatch(text)
    begins_page = _begins_page(lines, n)
    return " ".join(text.split()) if match and begins_page else ""


def _begins_page(lines: Sequence[Line], n: int) -> bool:
    """Return whether a line is its page's first; a space before it says so in bare text."""
    page = lines[n].origin.page
    if page is None:
        return bool(re.match(r"\s\S", lines[n].text))
    before = next((line for line in reversed(lines[max(n - 40, 0) : n]) if line.text.strip()), None)
    return before is None or before.origin.page != page
