"""Records as plain values: what a change, a draft, a file and a comparison hold.

A reference to another record is its `kind/reference`, which outlives this database.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from peelian.blocks import UNPRINTABLE
from peelian.record.errors import Invalid
from peelian.record.kinds import Kind, kind_of
from peelian.record.models import REFERENCE, Link, Record, ToRecord

if TYPE_CHECKING:
    from django.db.models import Field

# Bookkeeping of the row itself, not part of what it says.
TECHNICAL = {"id", "record_ptr", "kind", "version", "changed_at", "sort_key"}

Values = dict[str, Any]


@cache
def kept_fields(model: type[Record]) -> tuple[Field[Any, Any], ...]:
    """Return the columns of a record that a change keeps."""
    return tuple(f for f in model._meta.concrete_fields if f.name not in TECHNICAL)


def dump(value: Any) -> Any:
    """Return one column's value as JSON has it."""
    if isinstance(value, Record):
        return value.key
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def values_of(record: Record) -> Values:
    """Return every official value of a record, links included, in two queries at most."""
    references = {
        f.attname: getattr(record, f.attname)
        for f in kept_fields(type(record))
        if isinstance(f, models.ForeignKey)
    }
    keys = keys_of(references.values())
    values = {
        f.name: keys.get(references[f.attname])
        if f.attname in references
        else dump(getattr(record, f.name))
        for f in kept_fields(type(record))
    }
    return values | links_of(record)


def keys_of(ids: Iterable[int | None]) -> dict[int | None, str]:
    """Return `kind/reference` for each record id, in one query."""
    wanted = {i for i in ids if i}
    if not wanted:
        return {}
    rows = Record.objects.filter(pk__in=wanted).values_list("pk", "kind", "reference")
    return {pk: f"{kind}/{reference}" for pk, kind, reference in rows}


def links_of(record: Record) -> Values:
    """Return the targets of each of a record's links, as sorted `kind/reference`."""
    kind = kind_of(record)
    if not kind.links:
        return {}
    found: dict[str, list[str]] = defaultdict(list)
    if record.pk:
        for link in Link.objects.filter(source=record).select_related("target"):
            found[link.form].append(link.target.key)
    return {form: sorted(found[form]) for form in kind.links}


def find(key: str, kinds: Iterable[str] = ()) -> Record:
    """Return the record a `kind/reference` (or a bare reference of one of `kinds`) names.

    Raises Record.DoesNotExist.
    """
    kind, slash, reference = key.partition("/")
    if not all(REFERENCE.fullmatch(part) for part in ((kind, reference) if slash else (key,))):
        raise Record.DoesNotExist(key)
    if slash:
        return Record.objects.get(kind=kind, reference=reference)
    return Record.objects.get(reference=key, **({"kind__in": kinds} if kinds else {}))


def load(kind: Kind, values: Mapping[str, Any]) -> Values:
    """Return values as Python has them: references become records, dates dates.

    Raises Invalid with a sentence for each value that is not acceptable.
    """
    loaded: Values = {}
    errors: dict[str, list[str]] = {}
    for name, raw in values.items():
        try:
            loaded[name] = _load_one(kind, name, raw)
        except Record.DoesNotExist:
            errors[name] = [_("There is no record “%(found)s”.") % {"found": raw}]
        except Record.MultipleObjectsReturned:
            errors[name] = [_("More than one record is called “%(found)s”.") % {"found": raw}]
        except ValidationError as error:
            errors[name] = list(error.messages)
    if errors:
        raise Invalid(errors)
    return loaded


def _load_one(kind: Kind, name: str, raw: Any) -> Any:
    if name in kind.links:
        found = [v if isinstance(v, Record) else find(v, kind.links[name]) for v in raw or []]
        return list({record.pk: record for record in found}.values())
    field = kind.model._meta.get_field(name)
    if name in TECHNICAL or not field.editable:
        raise ValidationError(_("This is kept by the record itself."))
    if raw is None or isinstance(raw, Record):
        return raw
    if isinstance(field, ToRecord):
        if raw == "":
            return None
        kinds = kind.parents if name == "parent" else field.kinds
        return find(raw, kinds)
    if not isinstance(field, models.Field):
        raise TypeError(name)
    if raw == "" and field.null:
        return None
    value = field.to_python(raw)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValidationError(_("This holds something that cannot be stored."))
    if isinstance(value, str) and (odd := UNPRINTABLE.search(value.replace("\r", ""))):
        raise ValidationError(
            _("This holds a character that cannot be shown (%(code)s), after “%(before)s”.")
            % {
                "code": f"U+{ord(odd[0]):04X}",
                "before": value.replace("\r", "")[max(odd.start() - 20, 0) : odd.start()],
            }
        )
    return value


def differences(old: Values, new: Values) -> dict[str, list[Any]]:
    """Return `{name: [old, new]}` for every value that is not the same."""
    names = [*old, *(n for n in new if n not in old)]
    return {n: [old.get(n), new.get(n)] for n in names if old.get(n) != new.get(n)}


def replay(changes: Iterable[Any], *, until: int | None = None) -> Values:
    """Return a record's official values after version `until`, from its changes alone."""
    values: Values = {}
    for change in changes:
        if until is not None and change.version > until:
            break
        values |= {name: pair[1] for name, pair in change.values.items()}
    return values


def reference_of(value: Any) -> str:
    """Return the bare reference of a record, a `kind/reference` or a reference."""
    return str(getattr(value, "reference", value or "")).rpartition("/")[2]


def title_of(value: Any) -> str:
    """Return what a record is called, or the reference where only that is known."""
    return str(getattr(value, "title", "") or reference_of(value))
