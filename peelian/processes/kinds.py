"""What the generic views and loaders need to know of processes."""

from django.utils.translation import gettext_lazy as _

from peelian.processes import models
from peelian.record.kinds import Kind

PROCESS = Kind(
    name="process",
    slug="processes",
    label=_("Process"),
    plural=_("Processes"),
    model=models.Process,
    fields=(
        "reference",
        "title",
        "process",
        "year",
        "begun_by",
        "subject",
        "proposal",
        "revised",
        "meeting",
        "second_meeting",
        "vote",
        "finding",
        "recommendation",
        "decision",
    ),
    columns=("title", "process", "finding"),
    filters=("process",),
    text=("subject", "proposal", "recommendation", "decision"),
    links={"begun_by": ("clock", "recommendation", "inspection")},
    views={
        "list": "peelian.processes.views.list_processes",
        "show": "peelian.processes.views.show_process",
        "edit": "peelian.processes.step_views.edit_process",
    },
)
KINDS = (PROCESS,)
