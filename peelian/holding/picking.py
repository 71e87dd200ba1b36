"""Picking what stands in the evidence bundle of a theme."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from peelian.holding.kinds import EVIDENCE
from peelian.holding.models import Theme
from peelian.record import operations, writing
from peelian.record.access import Actor
from peelian.record.models import Record


@writing.operation
def pick_evidence(
    theme: Theme, *, chosen: Collection[int], offered: Mapping[int, bool], by: Actor
) -> int:
    """Take records into the bundle of a theme and leave others out; return how many changed.

    `offered` are the ids of the records that were shown, with whether each is in by itself;
    `chosen` those that are wanted. Only what differs from that is kept.
    """
    writing.lock(theme)
    rows = {
        one.about_id: one for one in EVIDENCE.all().filter(parent=theme) if one.about_id is not None
    }
    records = Record.objects.in_bulk(offered)
    changed = 0
    for pk, record in sorted(records.items()):
        row, wanted = rows.get(pk), pk in chosen
        stands = not row.left_out if row else offered[pk]
        if stands == wanted:
            continue
        changed += 1
        if row is not None:
            values = {"left_out": not wanted}
            operations.edit(row, values, version=row.version, by=by, why=_("Picked"))
        else:
            made = {"parent": theme, "about": record, "left_out": not wanted}
            base = f"{theme.reference}.{record.kind}.{record.reference}"[:75].strip(".")
            made["reference"] = writing.free_reference(EVIDENCE.name, base)
            operations.create(EVIDENCE, made, by=by)
    return changed
