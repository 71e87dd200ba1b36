"""A document opened, whatever its format: PDF, DOCX, XLSX, ODS, CSV or plain text.

The format is told by the content: a wrong ending is read as what it is, and said.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from peelian.expressions import expression
from peelian.intake.document import BlockKind, Document, Note, NoteKind, Origin
from peelian.intake.packages import Package, regular
from peelian.intake.tables import MOST_BYTES, Problem, Rejected, quoted

# Called with how much is done and how much there is, in pages or bytes.
Progress = Callable[[int, int], None]

ENDINGS = (".pdf", ".docx", ".xlsx", ".ods", ".csv", ".txt")
EXPECTED = "a document: PDF, Word (.docx), Excel (.xlsx), ODS, CSV or plain text"
MOST_FILES = 1_000
_DEEPEST = 20  # folders in folders
_START = 4096
_READ_AS = {
    "pdf": "a PDF",
    "docx": "a Word document",
    "xlsx": "an Excel workbook",
    "ods": "an ODS workbook",
    "csv": "a CSV table",
    "txt": "plain text",
}
_ALIKE = {".docm": "docx", ".dotx": "docx", ".dotm": "docx", ".xlsm": "xlsx", ".xltx": "xlsx"}
_SAVE_DOCX = "a .docx: open it in Word or LibreOffice, and save it as “Word document (.docx)”"
_SAVE_XLSX = "an .xlsx: open it in Excel or LibreOffice, and save it as “Excel workbook (.xlsx)”"
_SAVE_PDF = "a PDF: open it, and save or print it as PDF"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams in the older container, as it writes them.
_STREAMS = {
    "EncryptedPackage": ("a file with a password", "one without"),
    "WordDocument": ("an older Word document (.doc)", _SAVE_DOCX),
    "PowerPoint Document": ("an older presentation (.ppt)", _SAVE_PDF),
    "Workbook": ("an older Excel workbook (.xls)", _SAVE_XLSX),
    "Book": ("an older Excel workbook (.xls)", _SAVE_XLSX),
}
_STARTS = (
    (b"{\\rtf", "a rich text document (.rtf)", _SAVE_DOCX),
    (b"\x89PNG", "a picture (PNG)", EXPECTED),
    (b"\xff\xd8\xff", "a picture (JPEG)", EXPECTED),
    (b"GIF8", "a picture (GIF)", EXPECTED),
    (b"II*\0", "a picture (TIFF)", EXPECTED),
    (b"MM\0*", "a picture (TIFF)", EXPECTED),
    (b"\x1f\x8b", "a packed file (gzip)", "the document in it"),
    (b"7z\xbc\xaf", "a packed file (7z)", "the document in it"),
    (b"Rar!", "a packed file (rar)", "the document in it"),
)
_OPEN = {
    "application/vnd.oasis.opendocument.text": ("a LibreOffice document (.odt)", _SAVE_DOCX),
    "application/vnd.oasis.opendocument.presentation": ("a presentation (.odp)", _SAVE_PDF),
}
_LISTED = expression(r".*[^\s.…](?:\s*\.){3,}\s*\d{1,4}|.*[^\s…]\s*…+\s*\d{1,4}", re.DOTALL)
_WEB = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype html|html)\b", re.IGNORECASE)


def read_document(path: Path, progress: Progress = lambda _done, _all: None) -> Document:
    """Return the document in a file. Raises Rejected where it cannot be read."""
    size = regular(path, EXPECTED)
    try:
        with path.open("rb") as opened:
            start = opened.read(_START)
        form = _form(path, start)
        document = listed(_read(path, form, progress))
    except OSError as error:  # it went away, or may not be read
        raise Rejected([Problem(path.name, "no file to read", EXPECTED)]) from error
    except MemoryError as error:
        raise Rejected([Problem(path.name, "more than fits in memory", EXPECTED)]) from error
    progress(size, size)
    ending = path.suffix.lower()
    if ending in (f".{form}", "", ".text", ".md", ".log") or _ALIKE.get(ending) == form:
        return document
    said = f"the name ends in {quoted(ending)}, but it is {_READ_AS[form]}, and was read as one"
    note = Note(NoteKind.MENDED, said, Origin(path.name))
    return replace(document, notes=(note, *document.notes))


def listed(document: Document) -> Document:
    """Return a document in which the lines of a list of contents are known as such."""
    blocks = tuple(
        replace(block, kind=BlockKind.CONTENTS)
        if block.kind != BlockKind.ROW
        and block.text[-1:].isdecimal()
        and _LISTED.fullmatch(block.text[-300:])
        else block
        for block in document.blocks
    )
    return replace(document, blocks=blocks)


def _read(path: Path, form: str, progress: Progress) -> Document:
    if form == "pdf":
        from peelian.intake.pdf import read_pdf

        return read_pdf(path, progress)
    if form == "docx":
        from peelian.intake.docx import read_docx

        return read_docx(path)
    if form in ("xlsx", "ods"):
        from peelian.intake.worksheets import read_ods, read_xlsx

        return read_xlsx(path) if form == "xlsx" else read_ods(path)
    from peelian.intake.text import is_text, read_text
    from peelian.intake.worksheets import read_csv

    regular(path, EXPECTED, MOST_BYTES)
    content = path.read_bytes()
    if not is_text(content):
        raise Rejected([Problem(path.name, "bytes that are no text", EXPECTED)])
    return read_csv(path.name, content) if form == "csv" else read_text(path.name, content)


def _form(path: Path, start: bytes) -> str:
    """Return the format of a file by how it begins. Raises Rejected for what cannot be read."""
    if b"%PDF-" in start[:1024]:
        return "pdf"
    if start.startswith(b"PK"):
        return _packed(path)
    if start.startswith(_OLE):
        found, expected = _older(path)
        raise Rejected([Problem(path.name, found, expected)])
    for mark, found, expected in _STARTS:
        if start.startswith(mark):
            raise Rejected([Problem(path.name, found, expected)])
    if _WEB.match(start.removeprefix(b"\xef\xbb\xbf")):
        raise Rejected([Problem(path.name, "a web page", _SAVE_PDF)])
    if not start.strip():
        raise Rejected([Problem(path.name, "nothing", EXPECTED)])
    ending = path.suffix.lower()
    if ending in (".pdf", ".docx", ".docm", ".xlsx", ".xlsm", ".ods") and b"\0" in start:
        raise Rejected([Problem(path.name, "something else", f"a {ending[1:].upper()} file")])
    return "csv" if ending == ".csv" else "txt"


def _packed(path: Path) -> str:
    """Return the format of a package of parts. Raises Rejected for one that cannot be read."""
    with Package(path, "a document, whole") as package:
        if package.size("mimetype") < _START:
            kind = (package.part("mimetype") or b"").decode("ascii", errors="replace").strip()
            if kind in _OPEN:
                raise package.refused(*_OPEN[kind])
            if "opendocument.spreadsheet" in kind:
                return "ods"
        names = set(package.names)
        if "xl/workbook.bin" in names:
            raise package.refused("a binary workbook (.xlsb)", _SAVE_XLSX)
        if any(name.startswith("ppt/") for name in names):
            raise package.refused("a presentation (.pptx)", _SAVE_PDF)
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
        if any(name.startswith("word/") for name in names):
            return "docx"
        if "content.xml" in names and path.suffix.lower() == ".ods":
            return "ods"
        if "[Content_Types].xml" in names:
            return "docx"
        raise package.refused("an archive of files (ZIP)", "the documents in it, unpacked")


def _older(path: Path) -> tuple[str, str]:
    """Return what is in a file of the older Office container, and what could be read instead."""
    with path.open("rb") as opened:
        content = opened.read(MOST_BYTES)
    for stream, said in _STREAMS.items():
        if stream.encode("utf-16-le") in content:
            return said
    return "a file of an older Office", _SAVE_DOCX


def files_in(paths: Iterable[Path], refused: list[Rejected]) -> Iterator[Path]:
    """Yield files, and those of folders in natural order, each once; nothing hidden or outside.

    What of a folder cannot be read is added to `refused`.
    """
    seen: set[str] = set()
    count = 0
    for path in paths:
        inside = _inside(path, 0, refused) if path.is_dir() else iter([path])
        for one in inside:
            real = os.path.realpath(one)
            if real in seen:
                continue
            seen.add(real)
            count += 1
            if count > MOST_FILES:
                found = f"more than {MOST_FILES:,} files"
                refused.append(Rejected([Problem(path.name, found, f"at most {MOST_FILES:,}")]))
                return
            yield one


def _inside(folder: Path, depth: int, refused: list[Rejected]) -> Iterator[Path]:
    """Yield the files in a folder. A symbolic link is not followed: it may lead out of it."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: _natural(entry.name))
    except OSError:
        refused.append(Rejected([Problem(folder.name, "a folder that cannot be read", "one")]))
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_symlink():
            found = "a symbolic link"
            refused.append(Rejected([Problem(entry.name, found, "the file itself")]))
        elif entry.is_dir(follow_symlinks=False):
            if depth < _DEEPEST:
                yield from _inside(Path(entry.path), depth + 1, refused)
        else:
            yield Path(entry.path)


def _natural(name: str) -> list[tuple[int, int, str]]:
    """Return what sorts `item 9` before `item 10`."""
    parts = re.findall(r"[0-9]{1,18}|[^0-9]+", name.casefold())
    return [(0, int(p), "") if p[0].isdigit() and p.isascii() else (1, 0, p) for p in parts]
