"""Documents of ours as they were issued: what was kept, its PDF, and the issue that counts."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from peelian.blocks import Document, from_json, to_json
from peelian.documents import html, pdf
from peelian.record import operations
from peelian.record.access import Actor
from peelian.record.errors import Refused
from peelian.record.files import NewFile, attach, path_of
from peelian.record.models import Attachment, Audience, Citable, Record, Snapshot, Status
from peelian.record.scope import Scope
from peelian.record.writing import draft_of


class Issued(Citable):
    """A document of ours. Each making of it is a snapshot; `issue` is the one that counts.

    A first one is a draft; of what is public, a next one waits as its draft.
    """

    issue = models.PositiveIntegerField(_("Issue"), null=True, blank=True)

    class Meta:
        abstract = True

    def issued(self) -> Snapshot | None:
        """Return the snapshot that counts, or None before the first."""
        return self._numbered(self.issue)

    def waiting(self) -> Snapshot | None:
        """Return the snapshot that waits to go out: of a published record its next; or None."""
        if self.status == Status.WITHDRAWN:
            return None
        if self.status != Status.PUBLISHED:
            return self.issued()
        draft = draft_of(self)
        return self._numbered(draft.values.get("issue") if draft else None)

    def issue_for(self, scope: Scope) -> Snapshot | None:
        """Return the snapshot that a scope reads: the one that counts, to the office what waits."""
        waiting = None if scope.is_public else self.waiting()
        return waiting or self.issued()

    def _numbered(self, number: int | None) -> Snapshot | None:
        return self.snapshots.filter(number=number).first() if number else None


T = TypeVar("T", bound=Issued)


# ---- keeping, inside an operation ----


def keep_content(
    record: Record, content: str, *, by: Actor, why: str = "", at: dt.datetime | None = None
) -> Snapshot:
    """Keep content as the next snapshot of a record; return it."""
    snapshot = Snapshot(
        record_id=record.pk,
        number=record.snapshots.count() + 1,
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        made_at=at or timezone.now(),
        made_by=by.name,
        reason=why,
    )
    snapshot.save()
    return snapshot


def keep_document(
    record: Record, document: Document, *, by: Actor, why: str = "", at: dt.datetime | None = None
) -> Snapshot:
    """Keep a document as the next snapshot of a record; return it."""
    return keep_content(record, to_json(document).decode("ascii"), by=by, why=why, at=at)


def attach_pdf(
    record: Record,
    snapshot: Snapshot,
    document: Document,
    form: str,
    *,
    by: Actor,
    why: str = "",
    title: str = "",
    audience: str = Audience.PUBLIC,
    called: str = "issue",
) -> None:
    """Keep a document's PDF with a snapshot. Raises Refused, and says why, if it cannot be set."""
    try:
        content = pdf.render(document, site=settings.SITE, path_of=path_of)
    except ValueError as error:
        raise Refused(str(error)) from error
    name = f"{form}-{record.reference}-{called}-{snapshot.number}.pdf"
    title = title or f"{document.title}: {document.subtitle}"
    file = NewFile(name, content, title[:300], audience=audience)
    attach(record, file, by=by, why=why, snapshot=snapshot)


def put_forward(record: T, snapshot: Snapshot, *, by: Actor, why: str = "", **values: Any) -> T:
    """Make a snapshot the issue that counts, with values that go with it; return the record."""
    record.refresh_from_db()
    values["issue"] = snapshot.number
    return cast(T, operations.edit(record, values, version=record.version, by=by, why=why))


# ---- reading ----


def document_of(snapshot: Snapshot) -> Document:
    """Return the document that a snapshot kept."""
    return from_json(snapshot.content.encode())


def as_page(snapshot: Snapshot, read: Callable[[Snapshot], Document] = document_of) -> SafeString:
    """Return a snapshot as HTML; it never changes, so each process sets it once."""
    key = f"issue-{snapshot.sha256}-{get_language()}"
    made = cache.get_or_set(key, lambda: str(html.render(read(snapshot))), timeout=None)
    return mark_safe(str(made))  # noqa: S308 — made by the block templates, which escape


def pdf_of(snapshot: Snapshot | None) -> Attachment | None:
    """Return the PDF of a snapshot, or None where there is none."""
    return snapshot.attachments.first() if snapshot else None


def shown(
    snapshot: Snapshot | None, read: Callable[[Snapshot], Document] = document_of
) -> dict[str, Any]:
    """Return what the page of an issued document shows: the issue, its PDF and its words."""
    return {
        "snapshot": snapshot,
        "attachment": pdf_of(snapshot),
        "document": as_page(snapshot, read) if snapshot else "",
    }
