"""Destroying what need not be kept: the one way in which something leaves the record for good.

A deletion keeps the whole history; a disposal empties that too, and leaves who did what and when.
Whether something may go is for the area of retention to say, which alone calls `destroy`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from peelian.record import files, search
from peelian.record.access import Actor
from peelian.record.errors import Refused, Stale
from peelian.record.keeping import require_free
from peelian.record.kinds import kind_named, kind_of
from peelian.record.models import Added, Attachment, Change, Draft, Link, Record, Snapshot
from peelian.record.querysets import disposal_path
from peelian.record.values import values_of
from peelian.record.writing import operation, write_change

_OF_A_CHANGE = (
    *("record_id", "kind", "reference", "title", "version", "action", "by", "at", "why"),
    *("values", "proposed"),
)
_OF_A_FILE = ("record_id", "sha256", "name", "size", "title", "alternative", "language", "audience")


Emptier = Callable[[Sequence[int]], object]
_emptiers: list[Emptier] = []


def register_emptier(emptier: Emptier) -> None:
    """Let an area empty what it keeps in words of records of these numbers; called once by it."""
    if emptier not in _emptiers:
        _emptiers.append(emptier)


_apart: list[type[Added]] = []


def register_apart(*models_: type[Added]) -> None:
    """Let rows that are kept apart, by their column `record`, go with it; called once by an area.

    A column `sha256` of theirs names a file.
    """
    _apart.extend(one for one in models_ if one not in _apart)


@dataclass(frozen=True)
class Contents:
    """All that is kept of some records: what a disposal destroys, and its SHA-256.

    `apart` are the SHA-256 of files that are no attachments: nothing else is said of them.
    """

    records: tuple[Record, ...]
    changes: int
    files: tuple[Attachment, ...]
    apart: tuple[str, ...]
    sha256: str


def contents_of(record: Record) -> Contents:
    """Return all that is kept of a record and of what is part of it, the record itself first."""
    records = _whole(record)
    ids = [one.pk for one in records]
    changes = list(Change.objects.filter(record_id__in=ids).values(*_OF_A_CHANGE))
    attachments = Attachment.objects.filter(record_id__in=ids).order_by("pk")
    drafts = Draft.objects.filter(record_id__in=ids).order_by("pk")
    said = {
        "records": [[one.key, one.version, values_of(one)] for one in records],
        "changes": changes,
        "drafts": list(drafts.values("record_id", "values", "authors")),
        "files": list(attachments.values(*_OF_A_FILE)),
    }
    kept = [row for model in _apart for row in _rows_apart(model, ids).values()]
    if kept:
        said["apart"] = kept
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    digest = hashlib.sha256(text.encode()).hexdigest()
    files_apart = tuple(row["sha256"] for row in kept if "sha256" in row)
    return Contents(tuple(records), len(changes), tuple(attachments), files_apart, digest)


def _rows_apart(model: type[Added], ids: Sequence[int]) -> Any:
    rows: Any = model.objects
    return rows.filter(record_id__in=ids).order_by("pk")


def _whole(record: Record) -> list[Record]:
    """Return a record and all that is part of it, each as its own model, parents first."""
    found, level = [record.pk], [record.pk]
    while level:
        level = list(Record.objects.filter(parent_id__in=level).values_list("pk", flat=True))
        found += level
    kinds = Record.objects.filter(pk__in=found).values_list("pk", "kind")
    by_kind: dict[str, list[int]] = {}
    for pk, kind in kinds:
        by_kind.setdefault(kind, []).append(pk)
    rows: dict[int, Record] = {}
    for kind, pks in by_kind.items():
        rows |= kind_named(kind).model._base_manager.in_bulk(pks)
    return [rows[pk] for pk in found if pk in rows]


def _lock(records: Sequence[Record]) -> None:
    """Hold the rows until the transaction ends."""
    ids = [one.pk for one in records]
    list(Record._base_manager.select_for_update().filter(pk__in=ids).order_by("pk"))


def referred_to_by(records: Sequence[Record]) -> list[Any]:
    """Return the rows that keep some records from going: what refers to them, what was issued.

    Rows of the records themselves, their files and links between them are not among these.
    """
    ids = [one.pk for one in records]
    found: dict[tuple[type, Any], Any] = {}
    for model, column in _protected_columns({Record, *map(type, records)}):
        rows = model._base_manager.filter(**{f"{column}__in": ids})
        if issubclass(model, Record):
            rows = rows.exclude(pk__in=ids)
        elif model is Link:
            rows = rows.exclude(source_id__in=ids).select_related("source")
        for row in rows:
            shown = row.source if isinstance(row, Link) else row
            found[Record if isinstance(shown, Record) else type(shown), shown.pk] = shown
    for draft in _drafts_naming({one.key for one in records}, ids):
        found[Record, draft.record_id] = draft.record
    return list(found.values())


def _protected_columns(targets: Iterable[type[Record]]) -> Iterator[tuple[Any, str]]:
    """Yield each model and its column that protects what it points to, beside what goes with it."""
    seen = set()
    for target in targets:
        for relation in target._meta.get_fields(include_hidden=True):
            if not isinstance(relation, models.ManyToOneRel) or relation.parent_link:
                continue
            place = (relation.related_model, relation.field.name)
            protects = relation.on_delete is models.PROTECT
            goes_with_it = relation.related_model in (Attachment, *_apart)
            if protects and not goes_with_it and place not in seen:
                seen.add(place)
                yield place


def _drafts_naming(keys: set[str], ids: Sequence[int]) -> Iterator[Draft]:
    for draft in Draft.objects.exclude(record_id__in=ids).select_related("record"):
        for value in draft.values.values():
            named = value if isinstance(value, list) else [value]
            if any(isinstance(one, str) and one in keys for one in named):
                yield draft
                break


@operation
def destroy(record: Record, *, seen: str, by: Actor, why: str) -> Contents:
    """Destroy a record and what is part of it: rows, drafts, links, words found, files, history.

    Of the history stays who took which step and when, and one more step that says `why`. Returns
    what was destroyed. Raises Stale unless it is still what `seen`, its SHA-256, stands for, and
    Refused where a hold keeps any of it, something refers to it or it was issued.
    """
    _lock(_whole(record))
    contents = contents_of(record)
    records = contents.records
    if not records or contents.sha256 != seen:
        raise Stale(_("It has changed since it was proposed. Look at it again, then decide."), {})
    for one in records:
        require_free(one)
    if rows := referred_to_by(records):
        raise Refused(refusal(rows))
    _overwrite_what_is_deleted()
    ids = [one.pk for one in records]
    versions = {one.pk: one.version for one in records}
    with disposal_path():
        goes_with_it: list[type[Added]] = [Attachment, *_apart]
        for model in goes_with_it:
            _rows_apart(model, ids).destroy()
        Change.objects.filter(record_id__in=ids).blank(title="", why="", values={}, proposed={})
        for empty in _emptiers:
            empty(ids)
    Draft.objects.filter(record_id__in=ids).delete()
    Link.objects.filter(source_id__in=ids).delete()
    _delete_rows(records)
    for pk, one in zip(ids, records, strict=True):
        search.forget(pk)
        one.pk, one.version, one.title = pk, versions[pk] + 1, ""
        write_change(one, "disposed", {}, {}, by=by, why=why)
    search.expunge()
    for digest in {*contents.apart, *(file.sha256 for file in contents.files)}:
        transaction.on_commit(partial(files.discard, digest), robust=True)
    return contents


def refusal(rows: Sequence[Any]) -> str:
    """Return the sentence that names what keeps something on the record."""
    if any(isinstance(row, Snapshot) for row in rows):
        return _("It was issued, and what was issued stays as it is.")
    names = sorted({_named(row) for row in rows})
    return _("It is referred to by %(others)s.") % {"others": "; ".join(names)}


def _named(row: Any) -> str:
    if isinstance(row, Record):
        return f"{kind_of(row).label} {row.reference}, “{row.title}”"
    return str(row._meta.verbose_name)


def _delete_rows(records: Sequence[Record]) -> None:
    """Delete rows that may refer to each other, each once nothing refers to it any more."""
    left = list(reversed(records))
    while left:
        stuck = []
        for one in left:
            try:
                with transaction.atomic():
                    one.delete()
            except models.ProtectedError:
                stuck.append(one)
        if len(stuck) == len(left):
            raise Refused(refusal(stuck))
        left = stuck


def _overwrite_what_is_deleted() -> None:
    """Let SQLite write over what it deletes, and empty its log; PostgreSQL's vacuum does both."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
        transaction.on_commit(_empty_the_log, robust=True)


def _empty_the_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
