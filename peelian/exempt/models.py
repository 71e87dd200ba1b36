"""What of a record may not be published: words, files, and who has read them.

None of it is a record, a column or an attachment: no list, search, feed, download, draft, pack or
history can hold it. It is added to, never changed, and goes when its record is disposed of.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peelian.record.models import Added, Record


class ExemptPart(Added):
    """The words of a record that may not be published, and why. The newest is the one that counts.

    Closed to all but the roles that manage the record's area.
    """

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    ground = models.CharField(max_length=300)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("exempt part")
        ordering: ClassVar = ["record", "pk"]

    def __str__(self) -> str:
        return str(_("exempt part"))


class ExemptFile(Added):
    """A file of a record that may not be published, kept under the SHA-256 of its content."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    title = models.CharField(max_length=300)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("exempt file")
        ordering: ClassVar = ["record", "pk"]

    def __str__(self) -> str:
        return str(_("exempt file"))


class Reading(Added):
    """That somebody read what is exempt, downloaded it, or made a copy of it for a member."""

    class Form(models.TextChoices):
        READ = "read", _("Read the page")
        DOWNLOADED = "downloaded", _("Downloaded a file")
        COPIED = "copied", _("Made a copy for a member")

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=10, choices=Form)
    about = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reading of what is exempt")
        ordering: ClassVar = ["record", "pk"]

    def __str__(self) -> str:
        return str(_("reading of what is exempt"))
