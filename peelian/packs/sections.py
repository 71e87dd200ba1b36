"""What packs have to say on a meeting's page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from peelian.packs.exempt_copies import READS_EXEMPT
from peelian.packs.kinds import PACK
from peelian.packs.models import Pack
from peelian.pages.sections import Section
from peelian.record.access import may
from peelian.record.models import Record
from peelian.record.scope import Scope


def papers_section(record: Record, scope: Scope) -> Section | None:
    """Return the pack of a meeting, and for who may build one, the way to do so. One query."""
    packs = [p for p in scope.of(PACK).filter(parent=record) if isinstance(p, Pack)]
    may_build = not scope.is_public and may(scope.user, "build", "packs")
    may_copy = not scope.is_public and may(scope.user, *READS_EXEMPT)
    if not packs and not may_build:
        return None
    context = {
        "packs": packs,
        "meeting": record,
        "may_build": may_build,
        "may_copy": may_copy,
    }
    return Section(_("Papers"), "packs/papers_section.html", context)
