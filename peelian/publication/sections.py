"""What a place of publication's page shows of the visits to it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from peelian.pages.sections import Section
from peelian.publication.models import PublicationPlace
from peelian.publication.telling import visit_rows
from peelian.record.models import Record
from peelian.record.scope import Scope

SHOWN = 20


def visits_section(record: Record, scope: Scope) -> Section | None:
    """Return the newest visits to a place, and the address of its line."""
    if not isinstance(record, PublicationPlace):
        return None
    visits = list(record.visits.all()[:SHOWN])
    pack, _slash, name = record.rule.partition("/")
    context = {
        "rows": visit_rows(visits),
        "more": record.visits.count() - len(visits),
        "line_url": reverse(scope.name("publication-line"), args=[pack, name]),
    }
    return Section(_("What visits found"), "publication/visits_section.html", context)
