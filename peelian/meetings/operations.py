"""Verbs of an agenda: begin it from what stands on every one, order its items, let it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.db.models import Max
from django.utils.translation import gettext as _

from peelian.meetings.kinds import AGENDA_ITEM, STANDING_ITEM, WORK_PROGRAMME
from peelian.meetings.models import AgendaItem, Meeting, StandingItem
from peelian.record import operations
from peelian.record.access import Actor
from peelian.record.errors import Refused
from peelian.record.models import Draft, Record, Status
from peelian.record.values import Values
from peelian.record.writing import draft_of, lock, operation


@operation
def begin_agenda(meeting: Meeting, *, by: Actor) -> Sequence[AgendaItem]:
    """Return the draft items of a new agenda: what opens it, the meeting's work, what closes it.

    What opens and closes are the standing items of the body for this form of meeting; between them
    stand the items of the work programme for it. Raises Refused where there is an agenda, or
    nothing for one.
    """
    lock(meeting)
    if AGENDA_ITEM.all().filter(parent=meeting).exists():
        raise Refused(_("This meeting has an agenda already."))
    standing = standing_items(meeting)
    work = WORK_PROGRAMME.all().filter(meeting=meeting).exclude(status=Status.WITHDRAWN).in_order()
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


def standing_items(meeting: Meeting) -> list[StandingItem]:
    """Return what stands on the agenda of such a meeting: the items of its form, else the others.

    One query.
    """
    forms = (meeting.form, "")
    found = STANDING_ITEM.all().filter(parent_id=meeting.body_id, form__in=forms)
    items = list(found.exclude(status=Status.WITHDRAWN).order_by("number", "pk"))
    return [one for one in items if one.form] or items


def unpublished(meeting: Meeting) -> list[Record]:
    """Return what of a notice is not public as it stands: the meeting, then its items in order.

    What was withdrawn stays so. Two queries.
    """
    items = AGENDA_ITEM.all().filter(parent=meeting).exclude(status=Status.WITHDRAWN)
    every: list[Record] = [meeting, *items.order_by("number", "pk")]
    waiting = set(Draft.objects.filter(record__in=every).values_list("record_id", flat=True))
    return [one for one in every if one.status != Status.PUBLISHED or one.pk in waiting]


@operation
def send_agenda(meeting: Meeting, *, by: Actor) -> int:
    """Send a meeting and its agenda for approval; return how many records were sent.

    Raises Refused where nothing of it is a draft.
    """
    sent = 0
    for record in unpublished(_locked(meeting)):
        if operations.is_unsent(record, draft_of(record)):
            operations.submit(record, by=by)
            sent += 1
    if not sent:
        raise Refused(_("Nothing of this agenda is a draft."))
    return sent


@operation
def publish_agenda(meeting: Meeting, *, by: Actor) -> int:
    """Make a meeting and its agenda public together; return how many records became so.

    All or nothing. Raises Refused where nothing is left to publish, where who publishes wrote any
    of it, and for what a guard does not let through: an item that comes late without a reason.
    """
    records = unpublished(_locked(meeting))
    if not records:
        raise Refused(_("All of this agenda is public."))
    for record in records:
        operations.release(record, by=by)
    return len(records)


def _locked(meeting: Meeting) -> Meeting:
    """Return the meeting as it is now."""
    return cast(Meeting, lock(meeting))


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
