"""What a PDF says of itself besides its pages: title, day, bookmarks, what it would do."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import pikepdf
import pypdfium2

from peelian.expressions import expression
from peelian.intake.document import Bookmark, Note, NoteKind, Origin
from peelian.intake.tables import shown

MOST_BOOKMARKS = 5_000
DEEPEST_BOOKMARK = 15
MOST_COMMENTS = 500
MOST_XMP = 1_000_000

_DAY = expression(r"D?:?(\d{4})(\d{2})?(\d{2})?")
_TITLE = re.compile(rb"<dc:title>.{0,200}?<rdf:li[^>]{0,80}>([^<]{1,2000})</rdf:li>", re.DOTALL)
_REMARKS = {"/Text", "/FreeText", "/Highlight", "/StrikeOut", "/Underline", "/Squiggly", "/Caret"}
_DOES = {
    "/JavaScript": (NoteKind.MACRO, "JavaScript, which was not run"),
    "/Launch": (NoteKind.MACRO, "an action that starts a program, which was not run"),
    "/SubmitForm": (NoteKind.EXTERNAL_LINK, "a form that sends what is filled in elsewhere"),
    "/ImportData": (NoteKind.EXTERNAL_LINK, "data that would be fetched from another file"),
    "/GoToR": (NoteKind.EXTERNAL_LINK, "a link to another file"),
    "/Rendition": (NoteKind.MACRO, "sound or film, which was not played"),
}


def title(pdf: pikepdf.Pdf) -> str | None:
    """Return the title that the file gives itself, None without one."""
    said = str(pdf.docinfo.get("/Title", "")).strip()
    if not said and isinstance(pdf.Root.get("/Metadata"), pikepdf.Stream):
        found = _TITLE.search(pdf.Root.Metadata.read_bytes()[:MOST_XMP])
        said = found[1].decode("utf-8", "replace").strip() if found else ""
    return said or None


def language(pdf: pikepdf.Pdf) -> str | None:
    """Return the language that the file says it is in, None where it does not."""
    return str(pdf.Root.get("/Lang", "")).strip() or None


def modified(pdf: pikepdf.Pdf) -> dt.date | None:
    """Return the day on which the file was last changed, or made, as it says itself."""
    for name in ("/ModDate", "/CreationDate"):
        found = _DAY.match(str(pdf.docinfo.get(name, "")))
        if found:
            try:
                return dt.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
            except ValueError:
                continue
    return None


def bookmarks(document: pypdfium2.PdfDocument) -> list[Bookmark]:
    """Return the file's outline, up to a limit."""
    made = []
    for entry in islice(document.get_toc(max_depth=DEEPEST_BOOKMARK), MOST_BOOKMARKS):
        target = entry.get_dest()
        index = target.get_index() if target else None
        page = index + 1 if index is not None and index >= 0 else None
        made.append(Bookmark(entry.level + 1, shown(entry.get_title(), 500), page))
    return made


def notes(file: str, pdf: pikepdf.Pdf, most_pages: int) -> list[Note]:
    """Return what the file would do, fetch or hide if it were opened for reading."""
    whole = Origin(file)
    made: dict[tuple[NoteKind, str], Note] = {}
    for does in _actions(pdf.Root):
        _keep(made, does, whole)
    names = pdf.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        if "/JavaScript" in names:
            _keep(made, "/JavaScript", whole)
        if "/EmbeddedFiles" in names:
            count = len(list(islice(pdf.attachments, 1000)))
            if count:
                text = f"{count} other {'file' if count == 1 else 'files'} inside this one"
                made[(NoteKind.HIDDEN, text)] = Note(NoteKind.HIDDEN, text, whole)
    sites = Counter[str]()
    remarks: list[Note] = []
    for number, page in enumerate(islice(pdf.pages, most_pages), 1):
        here = Origin(file, number)
        for does in _actions(page.obj):
            _keep(made, does, here)
        for annotation in _annotations(page):
            _annotation(annotation, here, made, sites, remarks)
    if sites:
        first = ", ".join(site for site, _count in sites.most_common(5))
        count = sites.total()
        text = f"{count} {'link' if count == 1 else 'links'} to other sites: {first}"
        remarks.append(Note(NoteKind.EXTERNAL_LINK, text, whole))
    return [*made.values(), *remarks]


def _keep(made: dict[tuple[NoteKind, str], Note], does: str, where: Origin) -> None:
    if does in _DOES:
        made.setdefault(_DOES[does], Note(*_DOES[does], where))


def _annotations(page: pikepdf.Page) -> Iterator[Any]:
    held = page.obj.get("/Annots")
    if isinstance(held, pikepdf.Array):
        yield from (a for a in islice(held, 2000) if isinstance(a, pikepdf.Dictionary))


def _annotation(
    annotation: Any,
    here: Origin,
    made: dict[tuple[NoteKind, str], Note],
    sites: Counter[str],
    remarks: list[Note],
) -> None:
    kind = str(annotation.get("/Subtype", ""))
    said = str(annotation.get("/Contents", "")).strip()
    if kind in _REMARKS and said and len(remarks) < MOST_COMMENTS:
        remarks.append(Note(NoteKind.COMMENT, shown(said, 300), here))
    elif kind == "/FileAttachment":
        text = "another file inside this one"
        made.setdefault((NoteKind.HIDDEN, text), Note(NoteKind.HIDDEN, text, here))
    for does in _actions(annotation):
        _keep(made, does, here)
    action = annotation.get("/A")
    if isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) == "/URI":
        sites[_site(str(action.get("/URI", "")))] += 1


def _site(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "an address that is none"
    return shown(parts.hostname or parts.scheme or address, 60)


def _actions(node: Any) -> Iterator[str]:
    """Yield the kinds of action that an object starts when it is opened or used."""
    held = [node.get("/OpenAction"), node.get("/A")]
    more = node.get("/AA")
    if isinstance(more, pikepdf.Dictionary):
        held += [more.get(name) for name in islice(more.keys(), 50)]
    for action in held:
        for _hop in range(20):
            if not isinstance(action, pikepdf.Dictionary):
                break
            yield str(action.get("/S", ""))
            action = action.get("/Next")
