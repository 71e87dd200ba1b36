"""The way from a record's page to what is exempt of it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.exempt.apart import may_read
from peelian.pages.sections import Section
from peelian.record.kinds import kind_of
from peelian.record.models import Record
from peelian.record.scope import Scope


def exempt_section(record: Record, scope: Scope) -> Section | None:
    """Return to who may read what is exempt of a record the way there; nothing to anybody else."""
    if scope.is_public or not may_read(scope.user, record):
        return None
    url = reverse(f"office-{kind_of(record).slug}-exempt", args=[record.reference])
    return Section(_("Exempt"), "exempt/section.html", {"url": url})
