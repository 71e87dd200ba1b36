"""The write path itself: lock a row, put values on it, keep it with the change that explains it.

`peelian.record.operations` has the verbs; an area makes one of its own from these parts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peelian.record import search
from peelian.record.access import Actor
from peelian.record.errors import Invalid, Refused
from peelian.record.kinds import kind_of
from peelian.record.models import Change, Draft, Link, Record
from peelian.record.public import DEPTH
from peelian.record.querysets import write_path
from peelian.record.values import Values, differences, dump, kept_fields, load, replay, values_of

Links = dict[str, list[Record]]
P = ParamSpec("P")
T = TypeVar("T")

MOST_WHY = 1000


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


def references_used(kind: str, beginning: str) -> set[str]:
    """Return the references that begin so and that a record of a kind has or had. One query."""
    kept = Change.objects.filter(kind=kind, reference__startswith=beginning)
    return set(kept.values_list("reference", flat=True).distinct())


def free_reference(kind: str, base: str, *, apart: str = "-") -> str:
    """Return a reference that no record of a kind has or had: `base`, else it and a number."""
    used = references_used(kind, base)
    names = (base, *(f"{base}{apart}{number}" for number in range(2, len(used) + 3)))
    return next(name for name in names if name not in used)


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
    values = differences(old, values_of(record) | keys_of_links(links or {}))
    if values:  # a draft does not move what it is a draft of, or the public would see it coming
        record.changed_at = timezone.now()
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        raise Invalid({"__all__": [_("Another record has these values already.")]}) from error
    for form, targets in (links or {}).items():
        _write_links(record, form, targets)
    if values.keys() & {"reference", "title", *kind_of(record).text}:
        search.index(record, kind_of(record).text)
    write_change(record, action, values, proposed or {}, by=by, why=why)
    return record


def apply(record: Record, values: Mapping[str, Any]) -> Links:
    """Put values into the columns, validated and not yet written; return the links to write."""
    kind = kind_of(record)
    loaded = load(kind, values)
    if record.pk and loaded.get("reference", record.reference) != record.reference:
        raise Invalid({"reference": [_("A reference is permanent.")]})
    links = {name: loaded.pop(name) for name in list(loaded) if name in kind.links}
    for name, value in loaded.items():
        setattr(record, name, value)
    validate(record)
    return links


def validate(record: Record) -> None:
    """Raise Invalid unless the record's values and its place among its parents are acceptable."""
    try:
        record.full_clean()
    except ValidationError as error:
        raise Invalid(error.message_dict) from error
    kind = kind_of(record)
    if record.parent_id is not None:
        _validate_place(record, record.parent_id)
    elif kind.parents and not kind.alone:
        raise Invalid({"parent": [_("Say what this is part of.")]})


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


def keys_of_links(links: Links) -> Values:
    """Return links as a change keeps them: sorted `kind/reference` by form."""
    return {name: sorted(target.key for target in targets) for name, targets in links.items()}


def write_change(
    record: Record,
    action: str,
    values: Mapping[str, list[Any]],
    proposed: Mapping[str, list[Any]],
    *,
    by: Actor,
    why: str,
) -> None:
    """Add the change that explains what was just done to a record."""
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
    """Return where the row differs from what its changes say: `{}` when all is well.

    A column that the software has since lost stays in the history and explains nothing; one that
    it has since gained holds what new rows begin with.
    """
    model = kind_of(record).model
    changes = Change.objects.filter(record_id=record.pk).order_by("version")
    found = values_of(model._base_manager.get(pk=record.pk))
    begun = {field.name: dump(field.get_default()) for field in kept_fields(model)}
    said = {name: value for name, value in (begun | replay(changes)).items() if name in found}
    return differences(said, found)
