"""What a careful reader would notice about meetings: references in minutes that lead nowhere.

The checks of what meetings follow stand in `peelian.meetings.following_checks`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check, excerpt, unresolved
from peelian.meetings import following_checks as following_checks
from peelian.meetings.kinds import AGENDA_ITEM, MINUTE
from peelian.meetings.models import AgendaItem, Minute
from peelian.recognition.references import mentions
from peelian.record.references import resolve
from peelian.record.scope import Scope


@check("unresolved-reference", gettext_lazy("References that lead nowhere"), Severity.ERROR)
def unresolved_references(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find references in minutes and agenda items that name nothing on the record."""
    minutes: list[Minute] = list(scope.of(MINUTE).select_related("parent").in_order())
    items: list[AgendaItem] = list(scope.of(AGENDA_ITEM).select_related("parent").in_order())
    said: list[tuple[Minute | AgendaItem, str]] = [(m, m.text) for m in minutes]
    said += [(i, f"{i.title}\n{i.recommendation}\n{i.text}") for i in items]
    resolved = resolve((text for _record, text in said), scope)
    for record, text in said:
        for name in unresolved(mentions(text), resolved):
            yield Finding(
                record,
                _place(record),
                _("“%(name)s” names nothing on the record: “%(text)s”")
                % {"name": name, "text": excerpt(text, name.rpartition(" ")[2])},
                _("A reader who looks it up finds nothing."),
                _("Correct the reference, or bring in what it should name."),
            )


def _place(record: Minute | AgendaItem) -> str:
    says = {"number": record.number, "meeting": record.parent}
    if isinstance(record, Minute):
        return _("Minute %(number)s, %(meeting)s") % says
    return _("Agenda item %(number)s, %(meeting)s") % says
