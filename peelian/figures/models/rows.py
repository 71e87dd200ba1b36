"""What came in and what was found in it: plain rows, many of them, that point to records."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peelian.figures.models.register import Measure


class Return(models.Model):
    """A file of figures that came in: what, from whom, when, and what it did."""

    file = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, blank=True)
    layout = models.CharField(max_length=40, default="long")
    loaded_by = models.CharField(max_length=150)
    loaded_at = models.DateTimeField(default=timezone.now)
    new = models.PositiveIntegerField(default=0)
    revised = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["loaded_at"], name="return_loaded_at")]

    def __str__(self) -> str:
        return f"{self.file}, {self.loaded_at:%Y-%m-%d}"


class Observation(models.Model):
    """A measured value, as known on a day. A revision is a further row, never a change.

    `period` is the first day of the month, quarter or rolling year that the value is for; `known`
    is the day we knew it, so that any past page can be rebuilt.
    """

    # The unique key below begins with the measure: an index of its own would only cost time.
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="observations", db_index=False
    )
    area = models.ForeignKey("people.Area", on_delete=models.PROTECT, related_name="+")
    period = models.DateField()
    known = models.DateField()
    value = models.FloatField()
    source = models.CharField(max_length=300)
    illustrative = models.BooleanField(default=False)
    provisional = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    came_in = models.ForeignKey(
        Return, null=True, on_delete=models.PROTECT, related_name="observations"
    )
    row = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measure", "area", "period", "known", "source"],
                name="observation_once_per_vintage",
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.area_id} {self.period}: {self.value}"


class Assessment(models.Model):
    """What the analysis says of a measure in an area at its newest period, for quick pages.

    Derived, and made anew whenever figures, phases or settings change: never edited, never cited.
    `reading` holds what a sentence needs, `spark` the newest values and limits for a small chart,
    `proposals` the changes of level that an analyst may accept, `year` what the financial year was
    expected to bring, once somebody has asked.
    """

    class Variation(models.TextChoices):
        IMPROVEMENT = "improvement", _("Improvement")
        CONCERN = "concern", _("Concern")
        HIGH = "high", _("Unusual, upwards")
        LOW = "low", _("Unusual, downwards")
        MIXED = "mixed", _("Unusual, both ways")
        COMMON = "common", _("Nothing unusual")
        NONE = "none", _("Not judged")

    class Assurance(models.TextChoices):
        MET = "met", _("Standard will be met")
        MISSED = "missed", _("Standard will be missed")
        EITHER = "either", _("Standard may be met or missed")
        NONE = "none", _("No standard")

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="assessments")
    area = models.ForeignKey("people.Area", on_delete=models.CASCADE, related_name="+")
    period = models.DateField()
    known = models.DateField()
    method = models.CharField(max_length=8)
    variation = models.CharField(max_length=11, choices=Variation, default=Variation.NONE)
    assurance = models.CharField(max_length=6, choices=Assurance, default=Assurance.NONE)
    signal = models.CharField(max_length=12, blank=True)
    chance = models.FloatField(null=True)
    stands_out = models.BooleanField(default=False)
    expected = models.FloatField(null=True)
    illustrative = models.BooleanField(default=False)
    reading = models.JSONField(default=dict)
    spark = models.JSONField(default=dict)
    proposals = models.JSONField(default=list)
    year = models.JSONField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "area"], name="assessment_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["variation", "chance"], name="assessment_variation")
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.area_id} {self.period}: {self.variation}"
