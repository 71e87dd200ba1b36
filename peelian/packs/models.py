"""Agenda packs: built from the public record for a meeting, frozen when built."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from peelian.record.keeping import WITH_PARENT
from peelian.record.models import Attachment, Citable, Snapshot
from peelian.record.values import reference_of
from peelian.record.writing import draft_of

SUPPLEMENT = "supplement"


class Pack(Citable):
    """The papers of one meeting. Each build is a snapshot; `issue` is the one that counts."""

    keeping: ClassVar = WITH_PARENT

    class Extract(models.TextChoices):
        ALL = "all", _("The whole delivery plan")
        CHANGED = "changed", _("Only what changed since the last pack")

    extract = models.CharField(
        _("Delivery plan extract"), max_length=8, choices=Extract, default=Extract.ALL
    )
    issue = models.PositiveIntegerField(_("Issue"), null=True, blank=True)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a pack by its meeting."""
        values["reference"] = values.get("reference") or reference_of(values.get("parent"))
        return values

    def issued(self) -> Snapshot | None:
        """Return the snapshot that counts, or None before the first."""
        return self.snapshots.filter(number=self.issue).first() if self.issue else None

    @staticmethod
    def supplement_of(snapshot: Snapshot) -> Attachment | None:
        """Return the PDF of what an issue changed, or None where there was none before it."""
        return snapshot.attachments.filter(name__startswith=f"{SUPPLEMENT}-").first()

    def waiting(self) -> Snapshot | None:
        """Return the snapshot that waits for approval as the next issue, or None."""
        draft = draft_of(self)
        number = draft.values.get("issue") if draft else None
        return self.snapshots.filter(number=number).first() if number else None
