"""What the generic views and loaders need to know of inspections."""

from django.utils.translation import gettext_lazy as _

from peelian.inspections import models
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
        "summary",
    ),
    columns=("title", "body", "form", "published_as_printed"),
    filters=("body", "form"),
    text=("summary",),
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
        "grade",
        "previous_grade",
        "previous_as_printed",
        "note",
    ),
    columns=("parent", "question", "grade", "previous_grade"),
    filters=("parent", "grade"),
    text=("note",),
    parents=("inspection",),
)
KINDS = (INSPECTION, GRADE)
