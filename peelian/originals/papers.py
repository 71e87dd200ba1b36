"""Documents that lie beside saved responses, kept with the record of where they stood."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from peelian.intake.moderngov import Document
from peelian.record.access import Actor
from peelian.record.files import MEDIA_TYPES, NewFile, attach
from peelian.record.models import Attachment, Record


def file_name(document: Document) -> str:
    """Return under what name a document lies beside the responses: its number and its form.

    `s1234.pdf` for `/documents/s1234/Any name.pdf?T=10`; empty for a form that is not kept.
    """
    parts = unquote(urlsplit(document.address).path).strip("/").split("/")
    suffix = Path(parts[-1]).suffix.lower()
    if suffix not in MEDIA_TYPES:
        return ""
    is_numbered = parts[0].lower() == "documents" and len(parts) > 2
    return f"{parts[1]}{suffix}".lower() if is_numbered else parts[-1].lower()


def keep_paper(
    original: Record, document: Document, papers: Mapping[str, Path], *, by: Actor, why: str
) -> bool:
    """Keep a document's file with its original address, once; return whether it was new.

    Raises Invalid where the file is not what its name says.
    """
    path = papers.get(file_name(document))
    if path is None:
        return False
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if Attachment.objects.filter(record_id=original.pk, sha256=digest).exists():
        return False
    name = unquote(urlsplit(document.address).path).rsplit("/", 1)[-1]
    attach(original, NewFile(name, content, document.title[:300]), by=by, why=why)
    return True
