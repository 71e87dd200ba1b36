"""What the generic views and loaders need to know of elections."""

from django.utils.translation import gettext_lazy as _

from peelian.elections import models
from peelian.record.kinds import Kind

ELECTION = Kind(
    name="election",
    slug="elections",
    label=_("Election"),
    plural=_("Elections"),
    model=models.Election,
    fields=("reference", "title", "form", "area", "poll_on", "notice_on", "source"),
    columns=("title", "form", "area", "notice_on", "poll_on"),
    filters=("form", "area"),
    text=("source",),
)
ROUTINE_PUBLICATION = Kind(
    name="routine-publication",
    slug="routine-publications",
    label=_("Routine publication"),
    plural=_("Routine publications"),
    model=models.RoutinePublication,
    fields=("reference", "title", "parent", "covers", "is_statutory", "is_routine", "reason"),
    columns=("title", "parent", "is_statutory", "is_routine"),
    text=("reason",),
    parents=("election",),
)
KINDS = (ELECTION, ROUTINE_PUBLICATION)
