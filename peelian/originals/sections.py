"""Where a meeting and its documents stood before, for its own page."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peelian.meetings.beside import has_none
from peelian.originals.kinds import ORIGINAL
from peelian.originals.models import Original
from peelian.pages.sections import Section
from peelian.record.models import Record
from peelian.record.scope import Scope


def originals_section(record: Record, scope: Scope) -> Section | None:
    """Return where a meeting stood, and the documents of it and its items. Two queries."""
    if has_none(record, ORIGINAL.name):
        return None
    of_items = Q(parent__parent=record, parent__kind="agenda-item", form=Original.Form.DOCUMENT)
    found = scope.of(ORIGINAL).filter(Q(parent=record) | of_items).order_by("sort_key")
    originals = list(found.prefetch_related("attachments"))
    if not originals:
        return None
    context = {
        "pages": [one for one in originals if one.form == Original.Form.PAGE],
        "documents": [(one, list(one.attachments.all())) for one in originals if one.is_document],
    }
    return Section(_("Where this meeting first stood"), "originals/section.html", context)
