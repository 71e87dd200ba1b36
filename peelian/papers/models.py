"""The papers of a meeting's agenda, the file that one came as, and who has signed it off."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from peelian.record.keeping import WITH_PARENT
from peelian.record.models import Added, Attachment, Citable
from peelian.record.values import reference_of


class Paper(Citable):
    """A paper under an item of an agenda: written in fields, or a file that came whole.

    `file` is the SHA-256 of the file that counts: a later one waits as a draft, as any change does.
    The list of background papers follows section 100D of the Local Government Act 1972.
    """

    keeping: ClassVar = WITH_PARENT

    class Background(models.TextChoices):
        NONE = "none", _("There are none")
        LISTED = "listed", _("They are listed below")

    number = models.PositiveSmallIntegerField(_("Place under its item"), default=1)
    author = models.CharField(_("Author"), max_length=200)
    contact = models.TextField(
        _("Contact points"), blank=True, help_text=_("Whom to ask: name, post, e-mail, telephone.")
    )
    recommendation = models.TextField(_("Recommendation"), blank=True)
    background = models.TextField(
        _("Background"),
        blank=True,
        help_text=_("Paragraphs are numbered by themselves; leave a line free between two."),
    )
    text = models.TextField(
        _("Report"),
        blank=True,
        help_text=_(
            "Leave a line free between two paragraphs. A line that begins with # is a heading, one "
            "that begins with “- ” a bullet. Refer to A4.6, minute 321 or “performance summary, "
            "December 2019, line 5”: the pack prints what the record then says of them."
        ),
    )
    support = models.TextField(_("Supporting information"), blank=True)
    background_is = models.CharField(
        _("Background papers"),
        max_length=6,
        choices=Background,
        help_text=_("The law asks what the paper relies on to a material extent."),
    )
    background_papers = models.TextField(_("List of background papers"), blank=True)
    late_reason = models.CharField(
        _("Why it comes late"),
        max_length=500,
        blank=True,
        help_text=_("Only where less than the clear days of the law are left. This is public."),
    )
    file = models.CharField(_("File"), max_length=64, blank=True)
    # With the file that counts come its words, so that a search finds what it says.
    file_words = models.TextField(_("Words of the file"), blank=True)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a paper by its item and its place there."""
        made = f"{reference_of(values.get('parent'))}-paper-{values.get('number') or 1}"
        values["reference"] = values.get("reference") or made
        return values

    def make_sort_key(self) -> str:
        """Return what puts papers in the order of their places."""
        return f"{self.number or 0:08d} {super().make_sort_key()}"[:200]

    def clean(self) -> None:
        """Raise ValidationError where background papers are promised and not named, or unknown."""
        super().clean()
        wrong: dict[str, Any] = {}
        listed, named = self.background_is == self.Background.LISTED, self.background_papers.strip()
        if listed and not named:
            wrong["background_papers"] = _("List the background papers, or say there are none.")
        if named and self.background_is == self.Background.NONE:
            wrong["background_is"] = _("Papers are listed: say so, or take them out.")
        if self.file and not self.came_as(self.file):
            wrong["file"] = _("This file was not uploaded for this paper.")
        if wrong:
            raise ValidationError(wrong)

    def came_as(self, digest: str) -> PaperFile | None:
        """Return what was read in the file of this SHA-256, None for nothing. One query."""
        found = PaperFile.objects.filter(attachment__record_id=self.pk, attachment__sha256=digest)
        return found.select_related("attachment").last() if digest and self.pk else None


class PaperFile(Added):
    """What was read in a file on the day it came, so that building a pack reads none again.

    A PDF gives the words of its pages, a Word document the blocks it becomes.
    """

    attachment = models.OneToOneField(
        Attachment, on_delete=models.CASCADE, related_name="paper_file"
    )
    texts = models.JSONField(default=list)
    landscape = models.JSONField(default=list)
    blocks = models.JSONField(default=list)
    is_tagged = models.BooleanField(null=True)
    says_language = models.BooleanField(default=True)
    says_title = models.BooleanField(default=True)
    undescribed = models.PositiveIntegerField(default=0)
    pictures_lost = models.PositiveIntegerField(default=0)
    comments = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.attachment.name

    @property
    def is_pdf(self) -> bool:
        """Return whether its pages are shown as they came."""
        return self.attachment.media_type == "application/pdf"

    @property
    def without_words(self) -> list[int]:
        """Return the numbers of the pages that have no words to be read aloud."""
        return [n for n, words in enumerate(self.texts, 1) if not words.strip()]


class SignOff(Citable):
    """That somebody has to read a paper before it goes out, and the day they agreed."""

    keeping: ClassVar = WITH_PARENT

    number = models.PositiveSmallIntegerField(_("Order"), default=1)
    signatory = models.CharField(_("Who signs it off"), max_length=200)
    due_on = models.DateField(_("By"), null=True, blank=True)
    signed_on = models.DateField(_("Signed off on"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a sign-off by its paper and order, and entitle it by who gives it."""
        made = f"{reference_of(values.get('parent'))}-sign-off-{values.get('number') or 1}"
        values["reference"] = values.get("reference") or made
        values["title"] = values.get("title") or str(values.get("signatory") or "")
        return values

    def make_sort_key(self) -> str:
        """Return what puts sign-offs in their order."""
        return f"{self.number or 0:08d} {super().make_sort_key()}"[:200]

    def clean(self) -> None:
        """Raise ValidationError where a sign-off that was given would move or be taken back."""
        super().clean()
        stood = SignOff.objects.filter(pk=self.pk or 0).first()
        if stood and stood.signed_on and stood.signed_on != self.signed_on:
            raise ValidationError({"signed_on": _("It was signed off, once, and stays so.")})
