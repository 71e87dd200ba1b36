"""Documents of ours as they were issued: a snapshot of the blocks, and its PDF beside it."""

from __future__ import annotations

import hashlib

from django.conf import settings

from peelian.blocks import Document, to_json
from peelian.documents import pdf
from peelian.record.access import Actor
from peelian.record.errors import Refused
from peelian.record.files import NewFile, attach, path_of
from peelian.record.models import Record, Snapshot


def keep_document(record: Record, document: Document, *, by: Actor, why: str) -> Snapshot:
    """Keep a document as the next snapshot of a record, inside an operation; return it."""
    content = to_json(document)
    snapshot = Snapshot(
        record_id=record.pk,
        number=record.snapshots.count() + 1,
        content=content.decode("ascii"),
        sha256=hashlib.sha256(content).hexdigest(),
        made_by=by.name,
        reason=why,
    )
    snapshot.save()
    return snapshot


def attach_pdf(
    record: Record, snapshot: Snapshot, document: Document, form: str, *, by: Actor, why: str
) -> None:
    """Keep a document's PDF with a snapshot. Raises Refused, and says why, if it cannot be set."""
    try:
        content = pdf.render(document, site=settings.SITE, path_of=path_of)
    except ValueError as error:
        raise Refused(str(error)) from error
    name = f"{form}-{record.reference}-issue-{snapshot.number}.pdf"
    title = f"{document.title}: {document.subtitle}"[:300]
    attach(record, NewFile(name, content, title), by=by, why=why, snapshot=snapshot)
