"""Documents as they came in, what was found in them, and what was recognised for the record.

They are rows of the back office, not records: nothing of them has a public address, is searched or
is exported. What is loaded from them is a record, and says in its history where it was taken from.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peelian.record.models import Added, Kept


class Document(Kept):
    """A file that came in, kept under its SHA-256, and what its reader had to say."""

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=10)
    pages = models.PositiveIntegerField(null=True)
    as_at = models.DateField(null=True)
    notes = models.JSONField(default=list)
    earlier = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="followed_by"
    )
    received_by = models.CharField(max_length=150)
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return its address in the back office; it has no other."""
        return reverse("office-document", args=[self.pk])


class Finding(Kept):
    """One thing found in a document. It may be dismissed, with a reason."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="findings")
    number = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=12)
    check_name = models.CharField(max_length=40)
    confidence = models.CharField(max_length=10)
    said = models.JSONField(default=dict)
    dismissed_by = models.CharField(max_length=150, blank=True)
    dismissed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="received_finding_once"),
        ]

    def __str__(self) -> str:
        return f"{self.check_name} {self.fingerprint}"


class State(models.TextChoices):
    """What a person has decided about a line that was recognised."""

    OPEN = "open", _("To review")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    LOADED = "loaded", _("On the record")


class Line(Kept):
    """A line recognised in a document, as a row of one of the tables that the record loads.

    `table` is the table's file name (`delivery-plan`, `minutes`), `cells` its columns as a file
    would have them, `place` and `context` where it was read, for whoever compares the two.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    table = models.CharField(max_length=40)
    cells = models.JSONField(default=dict)
    page = models.PositiveIntegerField(null=True)
    place = models.CharField(max_length=200)
    context = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="received_line_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="received_line_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.number}"

    @property
    def title(self) -> str:
        """Return what the line is about, in a few words."""
        names = ("title", "activity", "commitment", "text", "reference")
        said: Any = next((self.cells[name] for name in names if self.cells.get(name)), "")
        return str(said)[:120]


class Step(Added):
    """Something done with a document: who, when, what and why. It outlives the document."""

    document_id = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=200)
    action = models.CharField(max_length=20)
    about = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=1000, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.action} by {self.by}"
