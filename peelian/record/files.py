"""Files on the record: kept under the SHA-256 of their content, and checked on the way in."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from peelian.record.access import Actor
from peelian.record.errors import Invalid
from peelian.record.models import Attachment, Audience, Record, Snapshot
from peelian.record.values import values_of
from peelian.record.writing import keep, lock, operation

MOST_BYTES = 50 * 1024 * 1024
MOST_NAME = 200
# What is taken, by how its content begins; a name or a header proves nothing.
MEDIA_TYPES = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
}
# An office document is an archive, and holds this part.
PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
_holders: list[type[models.Model]] = [Attachment]


@dataclass(frozen=True)
class NewFile:
    """A file to keep, with what a person needs to know of it."""

    name: str
    content: bytes
    title: str
    alternative: str = ""
    language: str = "en-GB"
    audience: str = Audience.PUBLIC


@operation
def attach(
    record: Record, file: NewFile, *, by: Actor, why: str = "", snapshot: Snapshot | None = None
) -> Attachment:
    """Keep a file with a record. Raises Invalid for a type or size that is not taken."""
    media_type = checked_type(file)
    current = lock(record)
    digest = store(file.content)
    attachment = Attachment(
        record_id=current.pk,
        snapshot=snapshot,
        sha256=digest,
        name=clean_name(file.name),
        media_type=media_type,
        size=len(file.content),
        title=file.title,
        alternative=file.alternative,
        language=file.language,
        audience=file.audience,
    )
    attachment.save()
    noted = {"attachment": [None, f"{attachment.name} ({digest})"]}
    keep(current, "attached", values_of(current), by=by, why=why, proposed=noted)
    return attachment


def checked_type(file: NewFile) -> str:
    """Return the media type of a file whose content is what its name says. Raises Invalid."""
    suffix = Path(clean_name(file.name)).suffix.lower()
    if suffix not in MEDIA_TYPES:
        expected = ", ".join(MEDIA_TYPES)
        raise Invalid({"file": [_("Choose a file that ends in %(these)s.") % {"these": expected}]})
    if len(file.content) > MOST_BYTES:
        raise Invalid({"file": [_("Choose a file of at most 50 MB.")]})
    media_type, beginning = MEDIA_TYPES[suffix]
    part = PARTS.get(suffix)
    if not file.content.startswith(beginning) or (part and part not in _parts(file.content)):
        raise Invalid({"file": [_("This is not really a %(suffix)s file.") % {"suffix": suffix}]})
    return media_type


def _parts(content: bytes) -> list[str]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            return archive.namelist()
    except (BadZipFile, ValueError, NotImplementedError):
        return []


def clean_name(name: str) -> str:
    """Return a file's name without folders, quotation marks and what does not print."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(c for c in last if c.isprintable() and c not in '"<>|:*?').strip()
    suffix = Path(kept).suffix
    return kept.removesuffix(suffix)[: MOST_NAME - len(suffix)] + suffix


def store(content: bytes) -> str:
    """Write content under its SHA-256, once, and return that."""
    digest = hashlib.sha256(content).hexdigest()
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, suffix=".partial", delete=False) as partial:
            partial.write(content)
        Path(partial.name).replace(path)
    return digest


def path_of(digest: str) -> Path:
    """Return where the content of this SHA-256 is kept."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest


def register_holder(model: type[models.Model]) -> None:
    """Let the rows of a model, by their column `sha256`, keep a file from being discarded."""
    if model not in _holders:
        _holders.append(model)


def discard(digest: str) -> None:
    """Remove the content of this SHA-256 unless some row still holds it."""
    if not any(model._base_manager.filter(sha256=digest).exists() for model in _holders):
        path_of(digest).unlink(missing_ok=True)


def read(attachment: Attachment) -> bytes:
    """Return a file's content."""
    return path_of(attachment.sha256).read_bytes()
