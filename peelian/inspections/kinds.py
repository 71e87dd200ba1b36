"""What the generic views and loaders need to know of reports, grades, answers and responses."""

from django.utils.translation import gettext_lazy as _

from peelian.inspections import models
from peelian.promises.kinds import FINDING
from peelian.record.kinds import Kind

INSPECTION = Kind(
    name="inspection",
    slug="inspections",
    label=_("Inspection"),
    plural=_("Inspections"),
    model=models.Inspection,
    fields=(
        "reference",
        "title",
        "body",
        "form",
        "onsite",
        "published_on",
        "published_as_printed",
        "address",
        "summary",
        "not_subject",
        "not_subject_because",
        "answered_in",
    ),
    columns=("title", "body", "form", "published_on", "published_as_printed"),
    filters=("body", "form"),
    text=("summary",),
    views={
        "show": "peelian.inspections.views.show_inspection",
        "list": "peelian.inspections.views.list_inspections",
    },
)
GRADE = Kind(
    name="grade",
    slug="grades",
    label=_("Grade"),
    plural=_("Grades"),
    model=models.Grade,
    fields=(
        "reference",
        "title",
        "parent",
        "question",
        "scale",
        "grade",
        "previous_grade",
        "previous_as_printed",
        "note",
    ),
    columns=("parent", "question", "grade", "scale", "previous_grade"),
    filters=("parent", "scale", "grade"),
    text=("note",),
    parents=("inspection",),
)
ANSWER = Kind(
    name="finding-answer",
    slug="finding-answers",
    label=_("Answer to a finding"),
    plural=_("Answers to findings"),
    model=models.FindingAnswer,
    fields=("reference", "parent", "answer", "text"),
    columns=("parent", "answer", "text"),
    filters=("answer",),
    text=("text",),
    parents=("finding",),
)
RESPONSE = Kind(
    name="inspection-response",
    slug="inspection-responses",
    label=_("Response to an inspection"),
    plural=_("Responses to inspections"),
    model=models.Response,
    fields=(
        "reference",
        "title",
        "parent",
        "invited_on",
        "comments_by",
        "received_on",
        "chief_comments",
        "no_comments",
        "comments",
        "reply",
        "published_on",
    ),
    columns=("title", "parent", "published_on"),
    text=("chief_comments", "comments", "reply"),
    parents=("inspection",),
    views={
        "show": "peelian.inspections.response_views.show_response",
        "publish": "peelian.inspections.response_views.publish_response",
    },
)
MONITORING = Kind(
    name="monitoring",
    slug="monitoring",
    label=_("Level of monitoring"),
    plural=_("Levels of monitoring"),
    model=models.Monitoring,
    fields=(
        "reference",
        "title",
        "force",
        "level",
        "begins_on",
        "ends_on",
        "because_of",
        "reason",
        "address",
    ),
    columns=("title", "force", "level", "begins_on", "ends_on"),
    filters=("force", "level"),
    text=("reason",),
    links={"because_of": (FINDING.name,)},
)
KINDS = (INSPECTION, GRADE, ANSWER, RESPONSE, MONITORING)
