"""The register of interests, for the page of a body: what its members of today have declared."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.pages.sections import Section
from peelian.pages.tables import number
from peelian.people.membership import current_members
from peelian.people.models import Body
from peelian.record.clock import today
from peelian.record.models import Record
from peelian.record.scope import Scope
from peelian.transparency.kinds import INTEREST


def interests_section(record: Record, scope: Scope) -> Section | None:
    """Return how many interests stand in the register for each member, and the way to them.

    Nothing where the register has none of anybody on the body. Two queries.
    """
    if not isinstance(record, Body):
        return None
    people = current_members([record.pk], today(), scope).values("person_id")
    entries = scope.of(INTEREST).filter(person_id__in=people).order_by()
    counts = dict(entries.values_list("person_id").annotate(n=Count("pk")))
    if not counts:
        return None
    found = scope.by_id(counts).values()
    address = reverse(scope.name(f"{INTEREST.slug}-list"))
    context = {
        "head": [_("Member"), number(_("Interests declared"))],
        "rows": [
            [{"text": one.title, "url": f"{address}?person={one.pk}"}, number(counts[one.pk])]
            for one in sorted(found, key=lambda person: person.sort_key)
        ],
    }
    return Section(_("Interests of the members"), "transparency/interests_section.html", context)
