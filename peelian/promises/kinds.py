"""What the generic views and loaders need to know of plans, promises and updates."""

from django.utils.translation import gettext_lazy as _

from peelian.promises import models
from peelian.record.kinds import Kind

_CLOSING = ("closed_on", "evidence", "shown_by", "closed_at", "to_report")
# Their list knows the meetings they come from, which this area does not.
_REGISTERED = {
    "show": "peelian.promises.views.show_promise",
    "list": "peelian.meetings.register_views.list_register",
    "export": "peelian.meetings.register_views.export_register",
}
_OVERSEEN = {"overseen_by": ("oversight-mechanism",)}

PLAN = Kind(
    name="plan",
    slug="plans",
    label=_("Plan"),
    plural=_("Plans"),
    model=models.Plan,
    fields=("reference", "title", "body", "starts_on", "ends_on", "description"),
    columns=("title", "body", "starts_on", "ends_on"),
    text=("description",),
    views={"show": "peelian.promises.views.show_plan"},
)
OBJECTIVE = Kind(
    name="objective",
    slug="objectives",
    label=_("Objective"),
    plural=_("Objectives"),
    model=models.Objective,
    fields=("reference", "title", "parent", "number", "description"),
    columns=("number", "title", "parent"),
    text=("description",),
    parents=("plan",),
    views={"show": "peelian.promises.views.show_objective"},
)
COMMITMENT = Kind(
    name="commitment",
    slug="commitments",
    label=_("Commitment"),
    plural=_("Commitments"),
    model=models.Promise,
    fields=(
        "reference",
        "printed_reference",
        "title",
        "text",
        "parent",
        "element",
        "owner",
        "progress",
        "oversight_as_printed",
        "overseen_by",
        "due",
    ),
    columns=("printed_reference", "title", "parent", "element", "owner", "progress"),
    filters=("parent", "element", "owner", "progress"),
    text=("title", "text"),
    links=_OVERSEEN,
    parents=("objective",),
    views={"show": "peelian.promises.views.show_promise"},
)
ACTIVITY = Kind(
    name="activity",
    slug="activities",
    label=_("Activity"),
    plural=_("Activities"),
    model=models.Promise,
    fields=(
        "reference",
        "printed_reference",
        "title",
        "text",
        "parent",
        "owner",
        "progress",
        "progress_as_printed",
        "oversight_as_printed",
        "overseen_by",
        "due",
        "closed_on",
        "evidence",
    ),
    columns=("printed_reference", "title", "parent", "owner", "progress", "oversight_as_printed"),
    filters=("parent", "owner", "progress"),
    text=("title", "text", "evidence"),
    links=_OVERSEEN,
    parents=("commitment",),
    views={"show": "peelian.promises.views.show_promise"},
)
UNDERTAKING = Kind(
    name="undertaking",
    slug="undertakings",
    label=_("Undertaking"),
    plural=_("Undertakings"),
    model=models.Promise,
    fields=(
        "reference",
        "title",
        "text",
        "made_at",
        "made_to",
        "owner",
        "due",
        "due_as_printed",
        "progress",
        *_CLOSING,
    ),
    columns=("reference", "title", "made_at", "owner", "made_to", "due", "progress"),
    filters=("owner", "progress"),
    text=("title", "text", "evidence"),
    views=_REGISTERED,
)
RECOMMENDATION = Kind(
    name="recommendation",
    slug="recommendations",
    label=_("Recommendation"),
    plural=_("Recommendations"),
    model=models.Promise,
    fields=(
        "reference",
        "title",
        "text",
        "made_at",
        "made_to",
        "owner",
        "respond_by",
        "answer",
        "responded_on",
        "response",
        "due",
        "progress",
        *_CLOSING,
    ),
    columns=("reference", "title", "made_at", "made_to", "respond_by", "answer", "progress"),
    filters=("owner", "answer", "progress"),
    text=("title", "text", "response", "evidence"),
    views=_REGISTERED,
)
ROUND = Kind(
    name="round",
    slug="rounds",
    label=_("Update round"),
    plural=_("Update rounds"),
    model=models.UpdateRound,
    fields=(
        "reference",
        "title",
        "parent",
        "as_at",
        "opens_on",
        "closes_on",
        "every",
        "objective",
        "asked_of",
        "board",
    ),
    columns=("title", "as_at", "opens_on", "closes_on"),
    parents=("plan",),
    views={"edit": "peelian.promises.round_views.edit_round"},
)
UPDATE = Kind(
    name="update",
    slug="updates",
    label=_("Progress update"),
    plural=_("Progress updates"),
    model=models.ProgressUpdate,
    fields=("reference", "parent", "as_at", "progress", "progress_as_printed", "text", "release"),
    columns=("parent", "as_at", "progress", "text"),
    filters=("as_at", "progress", "release"),
    text=("text",),
    parents=("commitment", "activity", "undertaking", "recommendation"),
    views={"publish": "peelian.promises.round_views.publish_update"},
)
PROMISES = (COMMITMENT.name, ACTIVITY.name, *models.FOLLOWED)
KINDS = (PLAN, OBJECTIVE, COMMITMENT, ACTIVITY, UNDERTAKING, RECOMMENDATION, ROUND, UPDATE)
