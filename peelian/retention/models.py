"""Holds, proposals to dispose of a record, and the certificates of what was disposed of.

They are rows of the back office, not records: nothing of a hold or a proposal has a public address,
is searched or is counted in anything public. What is added to is never changed.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peelian.record.models import Added, Kept, Record


class Hold(Added):
    """Why some records must stay, whatever their period: named ones, a kind or a class."""

    title = models.CharField(_("Title"), max_length=200)
    why = models.CharField(_("Reason"), max_length=1000)
    starts_on = models.DateField(_("From"))
    kind = models.CharField(max_length=40, blank=True)
    rule = models.CharField(max_length=120, blank=True)
    names = models.JSONField(default=list)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return its address in the back office; it has no other."""
        return reverse("office-retention-hold", args=[self.pk])


class Lifting(Added):
    """The end of a hold: by whom, when and why. A hold without one is running."""

    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="lifting")
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=1000)

    def __str__(self) -> str:
        return f"{self.hold_id} lifted by {self.by}"


class HeldRecord(Kept):
    """A record that a running hold names: the database itself keeps it."""

    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="held")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hold", "record"], name="held_once"),
        ]

    def __str__(self) -> str:
        return f"{self.hold_id} holds {self.record_id}"


class Proposal(Kept):
    """That a record be disposed of: by whom, and the SHA-256 of what they saw.

    It goes with the record, and the certificate says what it said.
    """

    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="+")
    seen = models.CharField(max_length=64)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=1000)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.record_id} proposed by {self.by}"


class Certificate(Added):
    """One disposal: what went, under which rule as it stood, who proposed it and who did it.

    It says nothing of the content: `sha256` lets whoever has a copy show that it was this.
    """

    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=80)
    rule = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    citation = models.CharField(max_length=500)
    counted_from = models.DateField()
    kept_until = models.DateField()
    because = models.TextField()
    changes = models.PositiveIntegerField()
    files = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    proposed_why = models.CharField(max_length=1000)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"certificate {self.pk}: {self.kind}/{self.reference}"

    def get_absolute_url(self) -> str:
        """Return its address in the back office; it has no other."""
        return reverse("office-retention-certificate", args=[self.pk])


class Disposed(Added):
    """A record that a certificate covers, so that its address can say where it went."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=80)
    was_public = models.BooleanField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "reference"], name="disposed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.reference}"
