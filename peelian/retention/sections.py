"""What a record's page in the back office says of how long it is kept."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from peelian.duties.rulebook import rule_named
from peelian.pages.sections import Section
from peelian.record.access import may
from peelian.record.kinds import kind_of
from peelian.record.models import Record
from peelian.record.scope import Scope
from peelian.retention import holds, registers, schedule


def keeping_section(record: Record, scope: Scope) -> Section | None:
    """Return the class, day and holds of a record, for the office; the public sees the schedule."""
    if scope.is_public:
        return None
    context = {
        "record": record,
        "with_parent": not schedule.stands_alone(record),
        "rule": rule_named(kind_of(record).model.keeping.rule),
        "reckoned": schedule.reckon(record),
        "holds": holds.stopping([record]).get(record.pk, ()),
        "is_proposed": registers.is_proposed(record),
        "may_hold": may(scope.user, "edit", "retention"),
    }
    return Section(_("How long it is kept"), "retention/keeping_section.html", context)
