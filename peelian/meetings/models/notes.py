"""The note of a meeting's decisions, frozen as it was made."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peelian.record.keeping import WITH_PARENT
from peelian.record.models import Citable, Snapshot
from peelian.record.values import reference_of, title_of
from peelian.record.writing import draft_of


class DecisionNote(Citable):
    """Who was there and what was decided, before the minutes are out.

    Each making is a snapshot; `issue` is the one that counts.
    """

    keeping: ClassVar = WITH_PARENT

    issue = models.PositiveIntegerField(_("Issue"), null=True, blank=True)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a note by its meeting."""
        values["reference"] = values.get("reference") or reference_of(values.get("parent"))
        made = _now("Decisions: %(meeting)s") % {"meeting": title_of(values.get("parent"))}
        values["title"] = values.get("title") or made
        return values

    def issued(self) -> Snapshot | None:
        """Return the snapshot that counts, or None before the first."""
        return self.snapshots.filter(number=self.issue).first() if self.issue else None

    def waiting(self) -> Snapshot | None:
        """Return the snapshot that waits for approval as the next issue, or None."""
        draft = draft_of(self)
        number = draft.values.get("issue") if draft else None
        return self.snapshots.filter(number=number).first() if number else None
