"""The one write path. Every verb is one transaction and leaves one change behind.

Statuses move: draft → in review → approved → published → withdrawn → draft. A published record is
edited through a draft, which is reviewed and approved into the columns in one step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peelian.record import search
from peelian.record.access import Actor
from peelian.record.errors import Invalid, Refused, Stale
from peelian.record.kinds import Kind, kind_of
from peelian.record.models import Change, Draft, Link, Record, Status
from peelian.record.querysets import DEPTH, write_path
from peelian.record.values import Values, differences, load, replay, values_of

Links = dict[str, list[Record]]
P = ParamSpec("P")
T = TypeVar("T")

MOST_WHY = 1000
TRANSITIONS: dict[str, tuple[str, ...]] = {
    Status.DRAFT: (Status.IN_REVIEW,),
    Status.IN_REVIEW: (Status.APPROVED, Status.DRAFT),
    Status.APPROVED: (Status.PUBLISHED, Status.DRAFT),
    Status.PUBLISHED: (Status.WITHDRAWN,),
    Status.WITHDRAWN: (Status.DRAFT,),
}


def operation(verb: Callable[P, T]) -> Callable[P, T]:
    """Run a verb in one transaction on the write path."""

    @wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            with transaction.atomic(), write_path():
                return verb(*args, **kwargs)
        except IntegrityError as error:  # found at the end of the transaction
            raise Refused(
                _("Something that this refers to was deleted at the same moment. Look again.")
            ) from error

    return run


@operation
def create(kind: Kind, values: Mapping[str, Any], *, by: Actor, why: str = "") -> Record:
    """Return a new draft record. Raises Invalid, or Refused if the reference was used before."""
    return _create(kind, values, "created", Status.DRAFT, by=by, why=why)


@operation
def edit(
    record: Record, values: Mapping[str, Any], *, version: int, by: Actor, why: str = ""
) -> Record:
    """Return the record after the edit: in place, or as a draft where it is published.

    Raises Stale if `version` is not the newest, Invalid, or Refused.
    """
    current = lock(record)
    if current.version != version:
        raise Stale(
            _("%(title)s was changed by somebody else while you were writing.")
            % {"title": current.title},
            dict(values),
        )
    if current.status == Status.PUBLISHED or draft_of(current):
        return _propose(current, values, by=by, why=why)
    old = values_of(current)
    links = _apply(current, values)
    if current.status != Status.WITHDRAWN:
        current.status = Status.DRAFT  # what was approved is no longer what it says
    return keep(current, "edited", old, by=by, why=why, links=links)


@operation
def submit(record: Record, *, by: Actor, why: str = "") -> Record:
    """Send a draft, or the draft of a published record, for review."""
    current = lock(record)
    if draft := draft_of(current):
        if draft.in_review:
            raise Refused(_("This change is in review already."))
        draft.in_review = True
        draft.save()
        return keep(current, "submitted", values_of(current), by=by, why=why)
    return _move(current, Status.IN_REVIEW, "submitted", by=by, why=why)


@operation
def approve(record: Record, *, by: Actor, why: str = "") -> Record:
    """Approve what is in review; for a published record that puts its draft into the columns.

    Raises Refused if the approver wrote any of it, unless the office allows that.
    """
    current = lock(record)
    draft = draft_of(current)
    _require_second_pair_of_eyes(current, draft, by)
    if not draft:
        return _move(current, Status.APPROVED, "approved", by=by, why=why)
    if not draft.in_review:
        raise Refused(_("Submit this change for review first."))
    old = values_of(current)
    links = _apply(current, draft.values)
    draft.delete()
    return keep(current, "approved", old, by=by, why=why, links=links)


@operation
def send_back(record: Record, *, by: Actor, why: str) -> Record:
    """Return what is in review, or approved and not yet out, to its author."""
    current = lock(record)
    draft = draft_of(current)
    if not draft and current.status != Status.WITHDRAWN:
        return _move(current, Status.DRAFT, "sent_back", by=by, why=why)
    if not draft or not draft.in_review:
        raise Refused(_("Only something in review can be sent back."))
    draft.in_review = False
    draft.save()
    return keep(current, "sent_back", values_of(current), by=by, why=why)


@operation
def discard(record: Record, *, by: Actor, why: str = "") -> Record:
    """Drop the waiting draft of a published record; what it said stays in the history."""
    current = lock(record)
    draft = draft_of(current)
    if not draft:
        raise Refused(_("There is no draft to discard."))
    proposed = {name: [value, None] for name, value in draft.values.items()}
    draft.delete()
    return keep(current, "discarded", values_of(current), by=by, why=why, proposed=proposed)


@operation
def publish(
    record: Record,
    *,
    by: Actor,
    why: str = "",
    embargo_until: dt.datetime | None = None,
    expires_at: dt.datetime | None = None,
) -> Record:
    """Publish an approved record, now or when its embargo ends, until it expires."""
    current = lock(record)
    _require_move(current, Status.PUBLISHED)
    old = values_of(current)
    current.embargo_until, current.expires_at = embargo_until, expires_at
    current.status = Status.PUBLISHED
    _validate(current)
    return keep(current, "published", old, by=by, why=why)


@operation
def release(record: Record, *, by: Actor, why: str = "") -> Record:
    """Take a record, or its waiting draft, through review to the public in one go.

    For commands whose author is another; the rule of the second pair of eyes holds here too.
    """
    current = lock(record)
    draft = draft_of(current)
    if current.status == Status.DRAFT or (draft and not draft.in_review):
        current = submit(current, by=by, why=why)
    if current.status == Status.IN_REVIEW or draft:
        current = approve(current, by=by, why=why)
    if current.status == Status.APPROVED:
        current = publish(current, by=by, why=why)
    return current


@operation
def withdraw(record: Record, *, by: Actor, why: str) -> Record:
    """Take a published record, and all that stands under it, out of public sight."""
    return _move(lock(record), Status.WITHDRAWN, "withdrawn", by=by, why=why)


@operation
def reopen(record: Record, *, by: Actor, why: str = "") -> Record:
    """Make a withdrawn record a draft again, its waiting change with it."""
    current = lock(record)
    _require_move(current, Status.DRAFT)
    if current.status != Status.WITHDRAWN:
        raise Refused(_("Only something withdrawn can be reopened."))
    old = values_of(current)
    draft = draft_of(current)
    links = _apply(current, draft.values) if draft else {}
    if draft:
        draft.delete()
    current.status = Status.DRAFT
    return keep(current, "reopened", old, by=by, why=why, links=links)


@operation
def delete(record: Record, *, by: Actor, why: str) -> None:
    """Delete a record that nothing refers to; its whole history stays. Raises Refused."""
    current = lock(record)
    if reason := current.delete_refused_because():
        raise Refused(reason)
    old = values_of(current)
    pk = current.pk
    try:
        current.delete()
    except models.ProtectedError as error:
        held = error.protected_objects
        others = sorted(str(row.source if isinstance(row, Link) else row) for row in held)
        raise Refused(
            _("“%(title)s” is referred to by “%(other)s” and must stay.")
            % {"title": current.title, "other": others[0]}
        ) from error
    current.pk, current.version = pk, current.version + 1
    search.forget(pk)
    _write_change(current, "deleted", {n: [v, None] for n, v in old.items()}, {}, by=by, why=why)


@operation
def bring_in(kind: Kind, values: Mapping[str, Any], *, by: Actor, why: str) -> tuple[Record, str]:
    """Create or update a record with values that are already public elsewhere.

    Returns the record and `new`, `changed` or `same`. For loaders: the file is the reason, and
    what it holds becomes official at once. Raises Invalid, or Refused where a draft waits.
    """
    values = kind.model.complete(dict(values))
    reference = load(kind, {"reference": values.get("reference", "")})["reference"]
    existing = kind.all().filter(reference=reference).first()
    if existing is None:
        record = _create(kind, values, "brought_in", Status.PUBLISHED, by=by, why=why)
        return record, "new"
    current = lock(existing)
    old = values_of(current)
    links = _apply(current, values)
    if old == values_of(current) | _keys(links):
        return current, "same"
    if draft_of(current):
        raise Refused(
            _("“%(title)s” has a draft waiting; approve or discard it first.")
            % {"title": current.title}
        )
    return keep(current, "brought_in", old, by=by, why=why, links=links), "changed"


# ---- the parts the verbs share; areas use `lock` and `keep` for verbs of their own ----


def lock(record: Record) -> Record:
    """Return the row as it is now, held until the transaction ends. Raises Refused if deleted."""
    model = kind_of(record).model  # whole, even when it came as a plain Record
    try:
        return model._base_manager.select_for_update().get(pk=record.pk)
    except model.DoesNotExist:
        raise Refused(_("“%(title)s” has been deleted.") % {"title": record.title}) from None


def draft_of(record: Record) -> Draft | None:
    """Return the change that waits for approval, or None."""
    return Draft.objects.filter(record_id=record.pk).first()


def keep(
    record: Record,
    action: str,
    old: Values,
    *,
    by: Actor,
    why: str,
    links: Links | None = None,
    proposed: Mapping[str, list[Any]] | None = None,
) -> Record:
    """Write the row once, a version on, with its links and the change that explains it."""
    record.version = record.version + 1 if record.pk else 1
    values = differences(old, values_of(record) | _keys(links or {}))
    if values:  # a draft does not move what it is a draft of, or the public would see it coming
        record.changed_at = timezone.now()
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        raise Invalid({"__all__": [_("Another record has these values already.")]}) from error
    for form, targets in (links or {}).items():
        _write_links(record, form, targets)
    if values:
        search.index(record, kind_of(record).text)
    _write_change(record, action, values, proposed or {}, by=by, why=why)
    return record


def _create(
    kind: Kind, values: Mapping[str, Any], action: str, status: str, *, by: Actor, why: str
) -> Record:
    record = kind.model(kind=kind.name, status=status)
    links = _apply(record, kind.model.complete(dict(values)))
    used = Change.objects.filter(kind=kind.name, reference=record.reference, action="deleted")
    if used.exists():
        raise Refused(
            _("“%(reference)s” belonged to a deleted record; references are never used twice.")
            % {"reference": record.reference}
        )
    return keep(record, action, {}, by=by, why=why, links=links)


def _apply(record: Record, values: Mapping[str, Any]) -> Links:
    """Put values into the columns, validated and not yet written; return the links to write."""
    kind = kind_of(record)
    loaded = load(kind, values)
    if record.pk and loaded.get("reference", record.reference) != record.reference:
        raise Invalid({"reference": [_("A reference is permanent.")]})
    links = {name: loaded.pop(name) for name in list(loaded) if name in kind.links}
    for name, value in loaded.items():
        setattr(record, name, value)
    _validate(record)
    return links


def _validate(record: Record) -> None:
    try:
        record.full_clean()
    except ValidationError as error:
        raise Invalid(error.message_dict) from error
    if record.parent_id is not None:
        _validate_place(record, record.parent_id)


def _validate_place(record: Record, parent_id: int) -> None:
    kind = kind_of(record)
    names = ["parent__" * level + "id" for level in range(DEPTH)]
    ancestors = Record.objects.filter(pk=parent_id).values_list("kind", *names).get()
    if ancestors[0] not in kind.parents:
        raise Invalid({"parent": [_("This cannot be part of that kind of record.")]})
    if record.pk and record.pk in ancestors[1:]:
        raise Invalid({"parent": [_("A record cannot be part of itself.")]})
    if ancestors[-1] and Record.objects.filter(pk=ancestors[-1], parent__isnull=False).exists():
        raise Invalid({"parent": [_("Records nest at most five levels deep.")]})


def _write_links(record: Record, form: str, targets: list[Record]) -> None:
    wanted = {target.pk for target in targets}
    have = Link.objects.filter(source_id=record.pk, form=form)
    have.exclude(target_id__in=wanted).delete()
    for pk in sorted(wanted - set(have.values_list("target_id", flat=True))):
        Link(source_id=record.pk, target_id=pk, form=form).save()


def _keys(links: Links) -> Values:
    return {name: sorted(target.key for target in targets) for name, targets in links.items()}


def _propose(record: Record, values: Mapping[str, Any], *, by: Actor, why: str) -> Record:
    """Keep an edit of a published record as its draft; the columns do not move."""
    draft = draft_of(record) or Draft(record_id=record.pk)
    official, before = values_of(record), dict(draft.values)
    trial = type(record)._base_manager.get(pk=record.pk)
    links = _apply(trial, before | dict(values))
    proposed = differences(official, values_of(trial) | _keys(links))
    draft.values = {name: pair[1] for name, pair in proposed.items()}
    draft.in_review = False
    draft.authors = sorted({*draft.authors, by.name})
    draft.save()
    shown = {
        name: [before.get(name, official.get(name)), draft.values.get(name, official.get(name))]
        for name in {*before, *draft.values}
        if before.get(name, official.get(name)) != draft.values.get(name, official.get(name))
    }
    return keep(record, "drafted", official, by=by, why=why, proposed=shown)


def _move(record: Record, status: str, action: str, *, by: Actor, why: str) -> Record:
    _require_move(record, status)
    old = values_of(record)
    record.status = status
    return keep(record, action, old, by=by, why=why)


def _require_move(record: Record, status: str) -> None:
    if status not in TRANSITIONS[record.status]:
        raise Refused(
            _("Something with the status “%(now)s” cannot become “%(then)s”.")
            % {"now": Status(record.status).label, "then": Status(status).label}
        )


def _require_second_pair_of_eyes(record: Record, draft: Draft | None, by: Actor) -> None:
    if settings.OFFICE["approver_may_be_author"]:
        return
    authors = set(draft.authors) if draft else _authors_since_approval(record)
    if by.name in authors:
        raise Refused(_("Someone other than the author must approve this."))


def _authors_since_approval(record: Record) -> set[str]:
    authors: set[str] = set()
    for change in Change.objects.filter(record_id=record.pk).order_by("-version"):
        if change.action in ("approved", "published"):
            break
        if change.action in ("created", "edited", "drafted", "brought_in"):
            authors.add(change.by)
    return authors


def _write_change(
    record: Record,
    action: str,
    values: Mapping[str, list[Any]],
    proposed: Mapping[str, list[Any]],
    *,
    by: Actor,
    why: str,
) -> None:
    if len(why) > MOST_WHY:
        raise Invalid({"why": [_("Give the reason in at most 1,000 characters.")]})
    Change(
        record_id=record.pk,
        kind=record.kind,
        reference=record.reference,
        title=record.title,
        version=record.version,
        action=action,
        by=by.name,
        why=why,
        values=dict(values),
        proposed=dict(proposed),
    ).save()


def unexplained(record: Record) -> dict[str, list[Any]]:
    """Return where the row differs from what its changes say: `{}` when all is well."""
    changes = Change.objects.filter(record_id=record.pk).order_by("version")
    row = kind_of(record).model._base_manager.get(pk=record.pk)
    return differences(replay(changes), values_of(row))
