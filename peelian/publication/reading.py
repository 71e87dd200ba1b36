"""What a visit can read: form, title, language, tags, and the newest date said. No Django."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from peelian.intake.document import Document
from peelian.intake.documents import Progress, read_document
from peelian.intake.tables import Problem, Rejected
from peelian.publication.verdicts import Form
from peelian.recognition.dates import DateMention, dates

MOST_READ = 10 * 1024 * 1024  # bytes of a document
MOST_SECONDS = 20.0  # for reading one
MOST_LETTERS = 400_000
MOST_PASSAGES = 20_000
LONGEST_SPAN = dt.timedelta(days=92)  # a quarter; “2019/20” says too little
SHOWN = 160  # letters of what stands around a date

_ENDINGS = {
    ".pdf": Form.PDF,
    ".docx": Form.WORD,
    ".docm": Form.WORD,
    ".doc": Form.WORD,
    ".odt": Form.WORD,
    ".xlsx": Form.SHEET,
    ".xlsm": Form.SHEET,
    ".xls": Form.SHEET,
    ".ods": Form.SHEET,
    ".csv": Form.SHEET,
}
_FORMATS = {"pdf": Form.PDF, "docx": Form.WORD, "xlsx": Form.SHEET, "ods": Form.SHEET}
_NOT_FOUND = re.compile(
    r"\b404\b|\b(?:page|document|file|content)\b.{0,30}\b(?:not|n[o’']t|cannot)\b.{0,12}\b"
    r"(?:found|exist|available)|\bnot\s+found\b|\bno\s+longer\s+(?:exists?|available|here)\b"
    r"|\b(?:can|could)(?:n[o’']t|\s?not)\s+(?:be\s+found|find)\b",
    re.IGNORECASE,
)
_WEB = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I)


@dataclass(frozen=True)
class Linked:
    """A document that a page leads to, and the words of the link."""

    url: str
    words: str


@dataclass(frozen=True)
class Reading:
    """What was read. `tagged` is None where the format cannot tell; `said` holds the date."""

    form: Form
    title: str = ""
    language: str = ""
    tagged: bool | None = None
    newest: dt.date | None = None
    said: str = ""
    says_not_found: bool = False
    linked: tuple[Linked, ...] = ()


def promised_form(url: str) -> Form:
    """Return what an address promises by its ending; a page where it has none."""
    return _ENDINGS.get(Path(urlsplit(url).path).suffix.lower(), Form.PAGE)


def read(body: bytes, url: str, media_type: str, today: dt.date) -> Reading:
    """Return what can be read of an answer; dates after `today` are plans, not publications."""
    if _is_page(body, media_type):
        return _read_page(body, url, today)
    name = Path(urlsplit(url).path).name[-80:] or "file"
    if len(body) > MOST_READ:
        return Reading(_ENDINGS.get(Path(name).suffix.lower(), Form.OTHER))
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / re.sub(r"[^\w.-]", "_", name)
        kept.write_bytes(body)
        try:
            document = read_document(kept, _until(time.monotonic() + MOST_SECONDS))
        except Rejected:
            return Reading(_form_unread(body, name))
    return _read_document(document, today)


def last_modified(said: str) -> dt.date | None:
    """Return the day of a Last-Modified header, None where it says none."""
    try:
        return parsedate_to_datetime(said).date()
    except (TypeError, ValueError, OverflowError):
        return None


def newest(texts: Iterable[str], today: dt.date) -> tuple[dt.date | None, str]:
    """Return the newest day up to today that the texts name with its year, and where it stands."""
    best: dt.date | None = None
    said, letters = "", 0
    for text in islice(texts, MOST_PASSAGES):
        letters += len(text)
        if letters > MOST_LETTERS:
            break
        for mention in dates(text, today):
            day = _day_of(mention, today)
            if day is not None and (best is None or day > best):
                best, said = day, _around(text, mention)
    return best, said


def _day_of(mention: DateMention, today: dt.date) -> dt.date | None:
    if not mention.has_year or mention.last - mention.first > LONGEST_SPAN:
        return None
    return next((day for day in (mention.last, mention.first) if day <= today), None)


def _around(text: str, mention: DateMention) -> str:
    start = max(mention.start - SHOWN // 2, 0)
    return " ".join(text[start : start + SHOWN].split())


# ---- pages ----


def _is_page(body: bytes, media_type: str) -> bool:
    if body[:5] == b"%PDF-" or body[:2] == b"PK":
        return False
    return "html" in media_type or bool(_WEB.match(body.removeprefix(b"\xef\xbb\xbf")))


def _read_page(body: bytes, url: str, today: dt.date) -> Reading:
    parser = html.HTMLParser(encoding="utf-8" if _is_utf8(body) else None, huge_tree=False)
    try:
        root = html.document_fromstring(body, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return Reading(Form.PAGE)
    for element in list(root.iter("script", "style", "noscript", "template", "svg")):
        element.drop_tree()
    title = _words(root.findtext(".//title") or "")
    heading = next((_words(h.text_content()) for h in root.iter("h1")), "")
    texts = [_words(str(text)) for text in root.itertext() if str(text).strip()]
    texts += [str(e.get("datetime", ""))[:10] for e in root.iter("time")]
    day, said = newest(texts, today)
    return Reading(
        Form.PAGE,
        title=title or heading,
        language=(root.get("lang") or "")[:20],
        newest=day,
        said=said,
        says_not_found=bool(_NOT_FOUND.search(title) or _NOT_FOUND.search(heading)),
        linked=_linked(root, url, today),
    )


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _words(text: str) -> str:
    return " ".join(text.split())[:2_000]


def _linked(root: html.HtmlElement, url: str, today: dt.date) -> tuple[Linked, ...]:
    """Return documents of its own host that a page leads to, the newest by their words first."""
    host = urlsplit(url).netloc
    found: dict[str, str] = {}
    for link in islice(root.iter("a"), 2_000):
        try:
            to = urljoin(url, str(link.get("href", "")).strip())
            if urlsplit(to).netloc == host and promised_form(to) != Form.PAGE:
                found.setdefault(to, _words(link.text_content()))
        except ValueError:  # not an address
            continue
    dated = [(newest([words], today)[0] or dt.date.min, to) for to, words in found.items()]
    dated.sort(key=lambda one: one[0], reverse=True)
    return tuple(Linked(to, found[to]) for _day, to in dated[:20])


# ---- documents ----


def _until(end: float) -> Progress:
    def progress(_done: int, _all: int) -> None:
        if time.monotonic() > end:
            found = f"more than can be read in {MOST_SECONDS:.0f} seconds"
            raise Rejected([Problem("", found, "a shorter document")])

    return progress


def _form_unread(body: bytes, name: str) -> Form:
    """Return what an unreadable file is by how it begins, and its name where that agrees."""
    if b"%PDF-" in body[:1024]:
        return Form.PDF
    is_office = body.startswith((b"PK", b"\xd0\xcf\x11\xe0"))
    return _ENDINGS.get(Path(name).suffix.lower(), Form.OTHER) if is_office else Form.OTHER


def _read_document(document: Document, today: dt.date) -> Reading:
    said = document.accessibility
    day, words = newest((passage.text for passage in document.passages()), today)
    made = document.modified
    reading = Reading(
        _FORMATS.get(document.format, Form.SHEET if document.format == "csv" else Form.OTHER),
        title=(said.title or "")[:300],
        language=(said.language or "")[:20],
        tagged=said.tagged,
        newest=day,
        said=words,
    )
    if made is not None and made <= today and (day is None or made > day):
        return replace(reading, newest=made, said="")
    return reading
