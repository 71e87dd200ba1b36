"""The verb of staff counts: keep the exact ones apart, and say what the public may read of them."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from peelian.record import operations
from peelian.record.access import Actor, may
from peelian.record.errors import Invalid, Refused
from peelian.record.models import Record
from peelian.record.values import values_of
from peelian.record.writing import draft_of, keep, lock, operation
from peelian.transparency.models import StaffCount, StaffReturn
from peelian.transparency.thresholds import STAFF, threshold


@operation
def keep_staff_counts(
    staff: Record, counts: Mapping[str, int], *, by: Actor, why: str = ""
) -> Record:
    """Keep exact counts apart, and put what may be told of them where the public reads it.

    That waits for approval where the record is public. `counts` are `headcount` and each group.
    Returns the record. Raises Refused for whoever may not read exact counts, and Invalid for a
    group larger than the staff.
    """
    if not may(by, "manage", "transparency"):
        raise Refused(_("Your role does not allow you to keep exact counts."))
    current = lock(staff)
    if not isinstance(current, StaffCount):
        raise TypeError(current.kind)
    limit = threshold(STAFF, current.as_at)
    made = StaffReturn(staff_id=current.pk, threshold=limit, by=by.name, **counts)
    try:
        made.full_clean(exclude=["staff"])
    except ValidationError as error:
        raise Invalid(error.message_dict) from error
    made.save()
    if _stands_already(current, made):
        # The history is open to more roles than the counts: it says that there are some, not what.
        return keep(current, "counts_kept", values_of(current), by=by, why=why)
    version = current.version
    return operations.edit(current, made.published(), version=version, by=by, why=why)


def _stands_already(current: StaffCount, made: StaffReturn) -> bool:
    """Return whether the public reads, or will read, the very words of these counts."""
    draft = draft_of(current)
    said = values_of(current) | (draft.values if draft else {})
    return all(said.get(name) == words for name, words in made.published().items())
