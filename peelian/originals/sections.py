"""Where a meeting and its documents stood before, for its own page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from peelian.originals.kinds import ORIGINAL
from peelian.pages.sections import Section
from peelian.record.models import Record
from peelian.record.scope import Scope


def originals_section(record: Record, scope: Scope) -> Section | None:
    """Return the pages and documents elsewhere of a meeting and its items. One query."""
    found = scope.of(ORIGINAL).filter(parent=record) | scope.of(ORIGINAL).filter(
        parent__parent=record, parent__kind="agenda-item"
    )
    originals = list(found.order_by("sort_key"))
    if not originals:
        return None
    context = {"originals": originals}
    return Section(_("Documents where they first stood"), "originals/section.html", context)
