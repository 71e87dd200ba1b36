"""The note of a meeting's decisions, frozen as it was made."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext as _now

from peelian.pages.issues import Issued
from peelian.record.keeping import WITH_PARENT
from peelian.record.values import reference_of, title_of


class DecisionNote(Issued):
    """Who was there and what was decided, before the minutes are out.

    Each making is a snapshot; `issue` is the one that counts.
    """

    keeping: ClassVar = WITH_PARENT

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a note by its meeting."""
        values["reference"] = values.get("reference") or reference_of(values.get("parent"))
        made = _now("Decisions: %(meeting)s") % {"meeting": title_of(values.get("parent"))}
        values["title"] = values.get("title") or made
        return values
