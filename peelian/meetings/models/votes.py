"""Motions put to the vote."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from peelian.law import majority as rule
from peelian.record.keeping import WITH_PARENT
from peelian.record.models import Citable, ToRecord
from peelian.record.values import reference_of


class Vote(Citable):
    """A motion put to the vote: recorded member by member, by links, or by a show of hands."""

    keeping: ClassVar = WITH_PARENT

    class Majority(models.TextChoices):
        SIMPLE = rule.Majority.SIMPLE, _("More than half of those who vote")
        TWO_THIRDS = rule.Majority.TWO_THIRDS, _("Two-thirds of all members")

    class Casting(models.TextChoices):
        FOR = "for", _("For")
        AGAINST = "against", _("Against")

    motion = models.TextField(_("Motion"))
    majority = models.CharField(
        _("Majority needed"), max_length=10, choices=Majority, default=Majority.SIMPLE
    )
    moved_by = ToRecord("person", verbose_name=_("Moved by"))
    seconded_by = ToRecord("person", verbose_name=_("Seconded by"))
    hands_for = models.PositiveSmallIntegerField(_("Hands for"), null=True, blank=True)
    hands_against = models.PositiveSmallIntegerField(_("Hands against"), null=True, blank=True)
    hands_abstained = models.PositiveSmallIntegerField(_("Hands to abstain"), null=True, blank=True)
    casting = models.CharField(
        _("The chair’s casting vote"),
        max_length=7,
        choices=Casting,
        blank=True,
        help_text=_("Only where as many voted for as against."),
    )

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a vote by what it was taken under, and entitle it by how its motion begins."""
        under, motion = reference_of(values.get("parent")), str(values.get("motion") or "")
        values["reference"] = values.get("reference") or f"{under}-vote"
        values["title"] = values.get("title") or Truncator(" ".join(motion.split())).chars(100)
        return values
