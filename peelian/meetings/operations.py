"""Verbs of an agenda: begin it from what stands on every one, and move its items."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max
from django.utils.translation import gettext as _

from peelian.meetings.kinds import AGENDA_ITEM, STANDING_ITEM, WORK_PROGRAMME
from peelian.meetings.models import AgendaItem, Meeting
from peelian.record import operations
from peelian.record.access import Actor
from peelian.record.errors import Refused
from peelian.record.models import Draft, Status
from peelian.record.values import Values
from peelian.record.writing import lock, operation


@operation
def begin_agenda(meeting: Meeting, *, by: Actor) -> Sequence[AgendaItem]:
    """Return the draft items of a new agenda: what opens it, the meeting's work, what closes it.

    What opens and closes are the standing items of the body; between them stand the items of the
    work programme for this meeting. Raises Refused where there is an agenda, or nothing for one.
    """
    lock(meeting)
    if AGENDA_ITEM.all().filter(parent=meeting).exists():
        raise Refused(_("This meeting has an agenda already."))
    body, gone = meeting.body_id, Status.WITHDRAWN
    standing = list(
        STANDING_ITEM.all().filter(parent_id=body).exclude(status=gone).order_by("number", "pk")
    )
    work = WORK_PROGRAMME.all().filter(meeting=meeting).exclude(status=gone).in_order()
    copied = ("title", "presenter", "recommendation", "section")
    rows: list[Values] = [
        *({name: getattr(s, name) for name in copied} for s in standing if not s.closes),
        *({"title": item.title} for item in work),
        *({name: getattr(s, name) for name in copied} for s in standing if s.closes),
    ]
    if not rows:
        raise Refused(
            _("This body has no standing items, and the work programme none for this meeting.")
        )
    made = [
        operations.create(AGENDA_ITEM, {"parent": meeting, "number": number, **row}, by=by)
        for number, row in enumerate(rows, start=1)
    ]
    return [item for item in made if isinstance(item, AgendaItem)]


def next_number(meeting: Meeting) -> int:
    """Return the number that a further item of a meeting's agenda would have."""
    last = AGENDA_ITEM.all().filter(parent=meeting).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@operation
def move_item(item: AgendaItem, *, up: bool, by: Actor) -> None:
    """Let an item change places with the one before it, or after it.

    Where the agenda is public, the new order waits as a draft of both items. Raises Refused at
    the end of the agenda, for a meeting that is over, and as an edit does.
    """
    meeting = Meeting.objects.get(pk=item.parent_id or 0)
    if meeting.state != Meeting.State.PLANNED:
        raise Refused(_("The agenda of a meeting that is over, or cancelled, stays as it was."))
    items = as_numbered(list(AGENDA_ITEM.all().filter(parent_id=item.parent_id)))
    place = next(n for n, (_number, one) in enumerate(items) if one.pk == item.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(items):
        raise Refused(_("It stands at the end of the agenda already."))
    items[place], items[other] = items[other], items[place]
    for number, (stood, one) in enumerate(items, start=1):
        if stood != number:
            why = _("Order of the agenda")
            operations.edit(one, {"number": number}, version=one.version, by=by, why=why)


def as_numbered(items: Sequence[AgendaItem]) -> list[tuple[int, AgendaItem]]:
    """Return items with the number each has or waits to have, in that order."""
    drafts = Draft.objects.filter(record__in=[item.pk for item in items])
    waiting = {draft.record_id: draft.values.get("number") for draft in drafts}
    numbered = [(int(waiting.get(item.pk) or item.number), item) for item in items]
    return sorted(numbered, key=lambda pair: (pair[0], pair[1].pk))
