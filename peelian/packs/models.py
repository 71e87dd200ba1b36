"""Agenda packs: built from the public record for a meeting, frozen when issued."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from peelian.record.models import Citable, reference_of


class Pack(Citable):
    """The papers of one meeting; each build is a snapshot with its PDF."""

    class Extract(models.TextChoices):
        ALL = "all", _("The whole delivery plan")
        CHANGED = "changed", _("Only what changed since the last pack")

    extract = models.CharField(
        _("Delivery plan extract"), max_length=8, choices=Extract, default=Extract.ALL
    )

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a pack by its meeting."""
        meeting = reference_of(values.get("parent"))
        values["reference"] = values.get("reference") or meeting
        return values
