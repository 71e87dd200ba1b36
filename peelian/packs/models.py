"""Agenda packs: built from the public record for a meeting, frozen when built."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from peelian.pages.issues import Issued
from peelian.record.keeping import WITH_PARENT
from peelian.record.models import Attachment, Snapshot
from peelian.record.values import reference_of

SUPPLEMENT = "supplement"


class Pack(Issued):
    """The papers of one meeting. Each build is a snapshot; `issue` is the one that counts."""

    keeping: ClassVar = WITH_PARENT

    class Extract(models.TextChoices):
        ALL = "all", _("The whole delivery plan")
        CHANGED = "changed", _("Only what changed since the last pack")

    extract = models.CharField(
        _("Delivery plan extract"), max_length=8, choices=Extract, default=Extract.ALL
    )

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a pack by its meeting."""
        values["reference"] = values.get("reference") or reference_of(values.get("parent"))
        return values

    @staticmethod
    def supplement_of(snapshot: Snapshot) -> Attachment | None:
        """Return the PDF of what an issue changed, or None where there was none before it."""
        return snapshot.attachments.filter(name__startswith=f"{SUPPLEMENT}-").first()
