"""The form of a vote: one choice for each who could vote, instead of three lists of people."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from peelian.meetings.declarations import left_for
from peelian.meetings.kinds import ATTENDANCE, MEETING
from peelian.meetings.members import sitting_at
from peelian.meetings.models import Attendance, Meeting
from peelian.meetings.votes import WAYS
from peelian.pages.forms import RecordForm
from peelian.record.kinds import LINK_LABELS, Kind
from peelian.record.models import Record
from peelian.record.scope import Scope
from peelian.record.values import Values

NONE = "none"  # chosen for whoever did not vote
# The names of choices that were made, of whoever they are.
_TYPED = re.compile(r"\bway-([0-9]{1,18})\b")


class VoteForm(RecordForm):
    """Asks for the motion and the majority, and of each who could vote, how.

    Who could vote follows from the meeting: its body's members that day, and substitutes in the
    place of those they stood in for, without whoever left the room with an interest in the item.
    Without a meeting there are only hands to count.
    """

    def __init__(self, kind: Kind, scope: Scope, *args: Any, is_new: bool, **options: Any) -> None:
        super().__init__(kind, scope, *args, is_new=is_new, **options)
        for way in WAYS:
            self.fields.pop(way)
        chosen = {person.pk: way for way in WAYS for person in self.initial.get(way) or ()}
        typed = [int(pk) for pk in _TYPED.findall(" ".join(self.data))]
        under = self._under(scope)
        meeting = scope.of(MEETING).filter(pk=under.parent_id).first() if under else None
        left = left_for([under.pk], scope).get(under.pk, set()) if under else set()
        self.voters = voters(meeting, scope, [*chosen, *typed], left)
        for person, label in self.voters.values():
            self.fields[_name(person)] = _how(label, chosen.get(person.pk, ""))
        before = ("reference", "title", "parent", "motion", "majority", "moved_by", "seconded_by")
        named = [_name(person) for person, _label in self.voters.values()]
        self.order_fields([*before, *named])

    def _under(self, scope: Scope) -> Record | None:
        """Return the agenda item or minute that the vote is taken under."""
        under = self.data.get("parent") if self.is_bound else self.initial.get("parent")
        pk = under.pk if isinstance(under, Record) else str(under or "")
        if not str(pk).isdigit():
            return None
        found: Record | None = scope.see(
            Record.objects.filter(pk=pk, kind__in=self.kind.parents)
        ).first()
        return found

    def values(self) -> Values:
        """Return what was filled in, those who voted under the way they did."""
        found = {name: v for name, v in super().values().items() if not name.startswith("way-")}
        found |= {way: [] for way in WAYS}
        for person, _label in self.voters.values():
            if (way := self.cleaned_data.get(_name(person), NONE)) != NONE:
                found[way].append(person)
        return found


def _name(person: Record) -> str:
    return f"way-{person.pk}"


def _how(label: str, way: str) -> forms.ChoiceField:
    choices = [*((name, LINK_LABELS[name]) for name in WAYS), (NONE, _("Did not vote"))]
    widget = forms.RadioSelect(attrs={"class": "govuk-radios--inline govuk-radios--small"})
    return forms.ChoiceField(label=label, choices=choices, initial=way or NONE, widget=widget)


def voters(
    meeting: Meeting | None, scope: Scope, others: list[int], left: Set[int] = frozenset()
) -> dict[int, tuple[Record, str]]:
    """Return who could vote at a meeting, by id, each with a name to be read; and `others` too.

    `others` are ids of persons a vote names already, so that an edit loses nobody. Who `left` the
    room for the item, having declared an interest, is not offered.
    """
    found: dict[int, tuple[Record, str]] = {}
    if meeting:
        found = {s.person.pk: (s.person, s.name) for s in sitting_at(meeting, scope) if s.person}
        found = _with_those_there(found, meeting, scope)
        found = {pk: person for pk, person in found.items() if pk not in left}
    missing = scope.by_id(pk for pk in others if pk not in found)
    return found | {pk: (person, person.title) for pk, person in missing.items()}


def _with_those_there(
    members: dict[int, tuple[Record, str]], meeting: Meeting, scope: Scope
) -> dict[int, tuple[Record, str]]:
    """Return the members with substitutes in their places; without members, all who were there."""
    capacities = Attendance.Capacity
    there = scope.of(ATTENDANCE).filter(
        parent=meeting, capacity__in=(capacities.PRESENT, capacities.SUBSTITUTE)
    )
    rows = list(there.in_order())
    people = scope.by_id(pk for row in rows for pk in (row.person_id, row.for_person_id))
    found = dict(members)
    for row in rows:
        person, instead_of = people.get(row.person_id), people.get(row.for_person_id or 0)
        if person and row.capacity == capacities.SUBSTITUTE and instead_of:
            found.pop(instead_of.pk, None)
            says = {"name": person.title, "member": instead_of.title}
            found[person.pk] = (person, _("%(name)s for %(member)s") % says)
        elif person and not members:
            found[person.pk] = (person, person.title)
        if person and row.times and person.pk in found:
            found[person.pk] = (person, f"{found[person.pk][1]} ({row.times})")
    return found
