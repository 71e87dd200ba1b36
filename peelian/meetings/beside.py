"""What stands under a meeting and its items beside the minutes, of several kinds in one query.

The public page of a meeting shows a dozen things, and asks the database about as often.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject

from peelian.meetings.kinds import (
    ATTENDANCE,
    DECLARATION,
    PETITION,
    PUBLIC_QUESTION,
    REACH,
    WEBCAST,
)
from peelian.meetings.models import Attendance, Declaration, Meeting
from peelian.record.kinds import Kind
from peelian.record.models import Record, Status
from peelian.record.scope import Scope

KINDS = (ATTENDANCE, DECLARATION, PUBLIC_QUESTION, PETITION, WEBCAST, REACH)
# Kinds of other areas that stand under a meeting: only whether there are any is read with these.
_heard_of: list[str] = []


def hear_of(*names: str) -> None:
    """Let sections of these kinds know from a meeting's one query whether there are any."""
    _heard_of.extend(name for name in names if name not in _heard_of)


def papers_under(items: Iterable[Record], scope: Scope) -> dict[int, list[Record]]:
    """Return what of other areas stands under each item, such as its papers, by its id. One query.

    What was withdrawn is left out.
    """
    under = Record.objects.filter(parent__in=[item.pk for item in items], kind__in=_heard_of)
    found: dict[int, list[Record]] = {}
    for record in scope.see(under).exclude(status=Status.WITHDRAWN).in_order():
        found.setdefault(record.parent_id or 0, []).append(record)
    return found


def has_none(record: Record, name: str) -> bool:
    """Return whether it was read that nothing of a kind stands under a meeting: ask no more."""
    read = record.kinds_under if isinstance(record, Meeting) else None
    return read is not None and name not in read


R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Beside:
    """What was read under a meeting, in the order of its making.

    `have_more` are the ids of items with something of another area under them: a paper.
    """

    records: tuple[Record, ...]
    have_more: frozenset[int | None] = frozenset()

    def of(self, model: type[R]) -> list[R]:
        """Return what is of one model."""
        return [record for record in self.records if isinstance(record, model)]

    @property
    def attendance(self) -> list[Attendance]:
        """Return who was there."""
        return self.of(Attendance)

    @property
    def declarations(self) -> list[Declaration]:
        """Return what was declared."""
        return self.of(Declaration)

    @property
    def named(self) -> list[int | None]:
        """Return the ids of the records that these name."""
        found = [pk for row in self.attendance for pk in (row.person_id, row.for_person_id)]
        return found + [pk for one in self.declarations for pk in (one.person_id, one.entry_id)]


def read_beside(meeting: Meeting, scope: Scope, kinds: Sequence[Kind] = KINDS) -> Beside:
    """Return what of some kinds stands under a meeting or its items. One query."""
    rows = [Subquery(_as_json(kind.model)) for kind in kinds]
    models = {kind.name: kind.model for kind in kinds}
    under = Record.objects.filter(
        Q(parent=meeting) | Q(parent__parent=meeting), kind__in=[*models, *_heard_of]
    )
    seen = scope.see(under).annotate(row=rows[0] if len(rows) == 1 else Coalesce(*rows))
    found = list(seen.order_by("pk"))
    meeting.kinds_under = frozenset(record.kind for record in found)
    own = tuple(_of(models[one.kind], one) for one in found if one.kind in models)
    return Beside(own, frozenset(one.parent_id for one in found if one.kind not in models))


def _own(model: type[Record]) -> list[Any]:
    """Return the columns of a model's own table."""
    return [field for field in model._meta.local_fields if not field.primary_key]


def _as_json(model: type[Record]) -> Any:
    """Return the query of a record's own row as JSON."""
    columns: Any = {field.attname: field.attname for field in _own(model)}
    return model.objects.filter(pk=OuterRef("pk")).values(own=JSONObject(**columns))[:1]


def _of(model: type[Record], record: Any) -> Record:
    """Return the record as its own model, with the row that came with it."""
    values = {f.attname: getattr(record, f.attname) for f in Record._meta.concrete_fields}
    values |= {f.attname: f.to_python(record.row[f.attname]) for f in _own(model)}
    return model(**values, **{f"{model._meta.pk.name}_id": record.pk})
