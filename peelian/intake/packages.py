"""Packages of XML parts (DOCX, XLSX, ODS) opened safely: measured first, then read in memory.

Nothing is ever unpacked to disk, run or fetched: a part is read by its exact name, whatever other
names the package holds. XML has no document type here, so that it cannot define entities.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

from lxml import etree

from peelian.intake.tables import MOST_RATIO, Problem, Rejected, quoted, shown

MOST_FILE = 200 * 1024 * 1024  # pictures and all
MOST_PART = 48 * 1024 * 1024
ALWAYS_READ = 4 * 1024 * 1024  # however small it is packed: a long table packs well
MOST_PARTS = 20_000
MOST_TAGS = 3_000_000
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/drawingml/main",
     b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)  # fmt: skip
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    NotImplementedError,
    OSError,
    ValueError,
)

Element = Any  # lxml publishes no types


def regular(path: Path, expected: str, most: int = MOST_FILE) -> int:
    """Return the size of a file. Raises Rejected for a folder, a device, or more than `most`."""
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise Rejected([Problem(path.name, "no file to read", expected)]) from error
    if not stat.S_ISREG(found.st_mode):
        kind = "a folder" if stat.S_ISDIR(found.st_mode) else "a pipe or a device"
        raise Rejected([Problem(path.name, kind, expected)])
    if found.st_size > most:
        size = f"{found.st_size / 1024 / 1024:.0f} MB"
        raise Rejected([Problem(path.name, size, f"at most {most // 1024 // 1024} MB")])
    return found.st_size


def safe_parser() -> Any:
    """Return a parser of XML that resolves and fetches nothing; for one document each."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


class Package:
    """A package: the names of its parts, and the parts by name. Raises Rejected where it is none.

    `kind` names in messages what the package should be: `a Word document`.
    """

    def __init__(self, path: Path, kind: str) -> None:
        self.name, self._kind = path.name, kind
        regular(path, kind)
        try:
            self._zip = zipfile.ZipFile(path)
        except _BROKEN as error:
            raise self._broken() from error
        entries = self._zip.infolist()
        if len(entries) > MOST_PARTS:
            self._zip.close()
            raise self.refused(f"{len(entries):,} parts", f"{kind} of at most {MOST_PARTS:,}")
        self._entries: dict[str, list[zipfile.ZipInfo]] = {}
        for entry in entries:
            self._entries.setdefault(entry.filename, []).append(entry)
        self.names = tuple(self._entries)

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._zip.close()

    def refused(self, found: str, expected: str) -> Rejected:
        """Return the refusal of this package, to be raised."""
        return Rejected([Problem(self.name, found, expected)])

    def _broken(self) -> Rejected:
        return self.refused("a file that is damaged or not whole", self._kind)

    def size(self, name: str) -> int:
        """Return how many bytes a part says it has, 0 where there is none."""
        return max((entry.file_size for entry in self._entries.get(name, ())), default=0)

    def part(self, name: str) -> bytes | None:
        """Return a part's content, None where there is none. Raises Rejected."""
        entries = self._entries.get(name)
        if not entries:
            return None
        if len(entries) > 1:
            raise self.refused(f"{quoted(name)} twice", "each part once")
        entry = entries[0]
        if entry.flag_bits & 1:
            raise self.refused("a file with a password", "one without")
        most = max(MOST_RATIO * entry.compress_size, ALWAYS_READ)
        if entry.file_size > min(MOST_PART, most):
            size, packed = entry.file_size / 1024 / 1024, entry.compress_size / 1024
            found = f"{size:.0f} MB packed into {packed:.0f} kB"
            raise self.refused(found, f"{self._kind} of ordinary size")
        try:
            with self._zip.open(entry) as stream:  # told how much, it unpacks no more than that
                return stream.read(entry.file_size)
        except _BROKEN as error:
            raise self._broken() from error

    def tree(self, name: str) -> Element | None:
        """Return a part's root element, None where there is no such part. Raises Rejected."""
        content = self.part(name)
        return None if content is None else self.parsed(name, content)

    def parsed(self, name: str, content: bytes) -> Element:
        """Return the root element of XML. Raises Rejected for what is not well-formed or safe."""
        if content.count(b"<") > MOST_TAGS:
            raise self.refused(f"{quoted(name)} of more than {MOST_TAGS:,} tags", self._kind)
        plain = content.replace(b"\0", b"") if b"\0" in content else content
        if _DOCTYPE.search(plain):
            raise self.refused(f"{quoted(name)} that defines entities", "XML without")
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
        try:
            root = etree.fromstring(content, safe_parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            found = f"{quoted(name)} that cannot be read ({shown(str(error), 80)})"
            raise self.refused(found, self._kind) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self.refused(f"{quoted(name)} that defines entities", "XML without")
        return root
