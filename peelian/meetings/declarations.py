"""Interests declared at meetings: in words, and who left for which vote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from peelian.meetings.kinds import DECLARATION, MINUTE
from peelian.meetings.models import AgendaItem, Declaration
from peelian.record.models import Record, Status
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Declared:
    """A declaration as a page shows it: by whom, on which item, and its entry in the register."""

    record: Declaration
    person: Record
    item: AgendaItem | None
    entry: Record | None

    @property
    def words(self) -> str:
        """Return what was declared, and whether they left, in words."""
        said = [f"{self.record.get_form_display()}."]
        if self.record.interest.strip():
            said.append(self.record.interest.strip())
        if self.record.left_room:
            said.append(_("Left the room for the item."))
        return " ".join(said)

    @property
    def about(self) -> str:
        """Return the item it is about, in words; nothing for the whole meeting."""
        if self.item is None:
            return ""
        return _("item %(number)s, %(title)s") % {
            "number": self.item.number,
            "title": self.item.title,
        }


def declared(
    found: Iterable[Declaration], items: Sequence[AgendaItem], records: Mapping[int, Record]
) -> list[Declared]:
    """Return declarations in the order of the agenda; without those whose person is not seen."""
    by_id = {item.pk: item for item in items}
    rows = [
        Declared(one, person, by_id.get(one.parent_id or 0), records.get(one.entry_id or 0))
        for one in found
        if (person := records.get(one.person_id or 0))
    ]
    return sorted(rows, key=lambda row: (row.item.number if row.item else 0, row.record.pk))


def left_for(places: Iterable[int | None], scope: Scope) -> dict[int, set[int]]:
    """Return by agenda item or minute the ids of who left the room for it. Two queries."""
    places = {pk for pk in places if pk}
    minutes = scope.of(MINUTE).filter(pk__in=places).exclude(item=None)
    items: dict[Any, Any] = {pk: pk for pk in places}
    items |= dict(minutes.values_list("pk", "item_id"))
    left = scope.of(DECLARATION).filter(parent__in=items.values(), left_room=True)
    by_item: dict[int, set[int]] = {}
    seen = left.exclude(status=Status.WITHDRAWN)
    for item, person in seen.values_list("parent_id", "person_id"):
        by_item.setdefault(item, set()).add(person)
    return {pk: by_item[item] for pk, item in items.items() if item in by_item}
