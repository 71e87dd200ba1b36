"""What the generic views need to know of reports."""

from django.utils.translation import gettext_lazy as _

from peelian.record.kinds import Kind
from peelian.reports import models

REPORT = Kind(
    name="report",
    slug="reports",
    label=_("Report"),
    plural=_("Reports"),
    model=models.Report,
    fields=("reference", "title", "parent", "form", "since", "until", "meeting", "issue"),
    columns=("title", "form", "since", "until", "meeting"),
    filters=("form", "parent"),
    parents=("plan",),
    views={
        "show": "peelian.reports.views.show_report",
        "edit": "peelian.reports.views.edit_report",
    },
)
SECTION = Kind(
    name="report-section",
    slug="report-sections",
    label=_("Section of a report"),
    plural=_("Sections of reports"),
    model=models.ReportSection,
    fields=("reference", "title", "parent", "place", "number", "text", "carried_from"),
    columns=("title", "parent", "place", "number"),
    filters=("parent",),
    text=("text",),
    parents=("report",),
)
EXAMPLE = Kind(
    name="report-example",
    slug="report-examples",
    label=_("Example in a report"),
    plural=_("Examples in reports"),
    model=models.ReportExample,
    fields=("reference", "title", "parent", "promise", "reason"),
    columns=("title", "parent", "promise"),
    filters=("parent",),
    text=("reason",),
    parents=("report",),
)
KINDS = (REPORT, SECTION, EXAMPLE)
