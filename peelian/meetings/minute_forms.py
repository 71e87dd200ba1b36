"""The forms for the minutes of a meeting. What they may hold is said by the operations."""

from __future__ import annotations

from typing import Any

from peelian.pages.forms import RecordForm
from peelian.record.kinds import Kind
from peelian.record.scope import Scope

# What the steps of the minutes' life write.
STEPS_WRITE = ("minutes_stage", "confirmed_at", "confirmed_on", "signed_by", "signed_on")


class MeetingForm(RecordForm):
    """Asks for a meeting's fields, without what the life of its minutes writes."""

    def __init__(self, kind: Kind, scope: Scope, *args: Any, is_new: bool, **options: Any) -> None:
        super().__init__(kind, scope, *args, is_new=is_new, **options)
        for name in STEPS_WRITE:
            self.fields.pop(name)
