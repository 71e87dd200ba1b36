"""What the generic views and loaders need to know of meetings."""

from django.utils.translation import gettext_lazy as _

from peelian.meetings import models
from peelian.record.kinds import Kind

MEETING = Kind(
    name="meeting",
    slug="meetings",
    label=_("Meeting"),
    plural=_("Meetings"),
    model=models.Meeting,
    fields=(
        "reference",
        "title",
        "body",
        "held_on",
        "starts_at",
        "ended_at",
        "place",
        "state",
        "late_reason",
    ),
    columns=("held_on", "title", "body", "starts_at", "state"),
    filters=("body", "state"),
    views={"show": "peelian.meetings.views.show_meeting"},
)
AGENDA_ITEM = Kind(
    name="agenda-item",
    slug="agenda-items",
    label=_("Agenda item"),
    plural=_("Agenda items"),
    model=models.AgendaItem,
    fields=(
        "reference",
        "title",
        "parent",
        "number",
        "presenter",
        "recommendation",
        "section",
        "text",
        "late_reason",
    ),
    columns=("parent", "number", "title", "presenter"),
    filters=("parent",),
    text=("recommendation", "text"),
    parents=("meeting",),
)
STANDING_ITEM = Kind(
    name="standing-item",
    slug="standing-items",
    label=_("Standing item"),
    plural=_("Standing items"),
    model=models.StandingItem,
    fields=(
        "reference",
        "title",
        "parent",
        "number",
        "closes",
        "presenter",
        "recommendation",
        "section",
    ),
    columns=("title", "parent", "number", "closes"),
    filters=("parent",),
    text=("recommendation",),
    parents=("body", "oversight-mechanism"),
)
MINUTE = Kind(
    name="minute",
    slug="minutes",
    label=_("Minute"),
    plural=_("Minutes"),
    model=models.Minute,
    fields=("reference", "title", "parent", "number", "text"),
    columns=("number", "title", "parent"),
    filters=("parent",),
    text=("text",),
    parents=("meeting",),
    views={"show": "peelian.meetings.views.show_minute"},
)
VOTE = Kind(
    name="vote",
    slug="votes",
    label=_("Vote"),
    plural=_("Votes"),
    model=models.Vote,
    fields=(
        "reference",
        "title",
        "parent",
        "motion",
        "majority",
        "moved_by",
        "seconded_by",
        "voted_for",
        "voted_against",
        "abstained",
        "hands_for",
        "hands_against",
        "hands_abstained",
        "casting",
    ),
    columns=("title", "parent", "majority"),
    filters=("majority",),
    text=("motion",),
    links={"voted_for": ("person",), "voted_against": ("person",), "abstained": ("person",)},
    parents=("agenda-item", "minute"),
    views={
        "show": "peelian.meetings.vote_views.show_vote",
        "edit": "peelian.meetings.vote_views.edit_vote",
    },
)
ATTENDANCE = Kind(
    name="attendance",
    slug="attendance",
    label=_("Attendance"),
    plural=_("Attendance"),
    model=models.Attendance,
    fields=("reference", "title", "parent", "person", "capacity", "in_role", "for_person"),
    columns=("parent", "person", "capacity", "in_role", "for_person"),
    filters=("parent", "capacity"),
    parents=("meeting",),
)
WORK_PROGRAMME = Kind(
    name="work-programme-item",
    slug="work-programme",
    label=_("Work programme item"),
    plural=_("Work programme"),
    model=models.WorkProgrammeItem,
    fields=("reference", "title", "meeting", "month", "form", "requested_on", "note"),
    columns=("title", "meeting", "month", "form"),
    filters=("meeting", "form"),
    text=("note",),
)
KINDS = (MEETING, AGENDA_ITEM, STANDING_ITEM, MINUTE, VOTE, ATTENDANCE, WORK_PROGRAMME)
