"""Where what must be published is found, and what visits found there."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.duties.calendar import rules
from peelian.publication.addresses import place_of
from peelian.publication.reading import promised_form
from peelian.publication.verdicts import Failed, Verdict
from peelian.record import clock
from peelian.record.access import PUBLIC
from peelian.record.keeping import Keeping
from peelian.record.models import Added, Citable
from peelian.record.values import reference_of


def requirements() -> list[tuple[str, str]]:
    """Return the lines of the publication order, by the id of their rule."""
    return [(r.id, f"{r.item} {r.title}".strip()) for r in rules() if r.cadence or r.item]


class PublicationPlace(Citable):
    """A place where one line of the publication order is published: a page of ours, or another."""

    keeping: ClassVar = Keeping("retention/registers")

    class Form(models.TextChoices):
        PAGE = "page", gettext_lazy("A web page")
        PDF = "pdf", gettext_lazy("A PDF")
        WORD = "word", gettext_lazy("A Word document")
        SHEET = "sheet", gettext_lazy("A spreadsheet or CSV")
        OTHER = "other", gettext_lazy("Anything")

    rule = models.CharField(
        gettext_lazy("What must be published"), max_length=120, choices=requirements
    )
    url = models.CharField(
        gettext_lazy("Where"),
        max_length=1000,
        help_text=gettext_lazy("A page of this site, such as /calendar/, or a whole address."),
    )
    form = models.CharField(gettext_lazy("What is there"), max_length=10, choices=Form, blank=True)
    published_on = models.DateField(
        gettext_lazy("Last published on"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Or last looked through and found up to date."),
    )
    covers_until = models.DateField(
        gettext_lazy("Covers the time to"),
        null=True,
        blank=True,
        help_text=gettext_lazy("The last day of the month, quarter or year it is about."),
    )
    note = models.CharField(gettext_lazy("Note"), max_length=500, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["rule"], name="place_rule")]

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a place by its line, and say what its address promises where nobody did."""
        rule = str(values.get("rule", ""))
        values["reference"] = values.get("reference") or rule.partition("/")[2][:80]
        titles = dict(requirements())
        values["title"] = values.get("title") or titles.get(rule, reference_of(rule))
        values["form"] = values.get("form") or promised_form(str(values.get("url", ""))).value
        return values

    @property
    def is_here(self) -> bool:
        """Return whether it is a page of this site."""
        return self.url.startswith("/")

    def clean(self) -> None:
        """Raise ValidationError for a line there is not, or an address nobody could open."""
        errors: dict[str, str] = {}
        if self.url and (fault := _fault(self.url)):
            errors["url"] = fault
        if self.published_on and self.published_on > clock.today():
            errors["published_on"] = _("This day has not come yet.")
        if errors:
            raise ValidationError(errors)

    def delete_refused_because(self) -> str:
        """Return why it may not be deleted: the history of its visits is evidence."""
        if self.pk and self.visits.exists():
            return str(_("This was visited, and its visits are kept: withdraw it instead."))
        return super().delete_refused_because()


def _fault(url: str) -> str:
    """Return what is wrong with an address, or nothing."""
    if url.startswith("/") and not url.startswith("//"):
        try:
            found = resolve(url.partition("?")[0].partition("#")[0])
        except Resolver404:
            return _("This site has no page at “%(url)s”.") % {"url": url}
        is_open = getattr(found.func, "needs", None) == PUBLIC
        return "" if is_open else _("The public may not see “%(url)s”.") % {"url": url}
    try:
        place_of(url)
    except Failed as failed:
        return _(
            "Found “%(url)s” (%(detail)s), expected an address that begins with https://, or a "
            "page of this site that begins with /."
        ) % {"url": url[:100], "detail": failed.detail}
    return ""


class Visit(Added):
    """What the watchdog found at a place: a row of evidence, added and never changed.

    `files` holds the same in short for documents that a page leads to; `tagged` is None where the
    format cannot tell. `newest_said` is what stands round the newest date.
    """

    place = models.ForeignKey(PublicationPlace, on_delete=models.PROTECT, related_name="visits")
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    url = models.CharField(max_length=1000)
    verdict = models.CharField(max_length=20, choices=[(v.value, v.value) for v in Verdict])
    detail = models.CharField(max_length=300, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    final_url = models.CharField(max_length=2000, blank=True)
    moved_to = models.CharField(max_length=2000, blank=True)
    seconds = models.FloatField(default=0.0)
    size = models.PositiveBigIntegerField(default=0)
    media_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    newest = models.DateField(null=True)
    newest_said = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=20, blank=True)
    tagged = models.BooleanField(null=True)
    files = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["place", "at"], name="visit_place_at")]
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.place_id} {self.at:%Y-%m-%d}: {self.verdict}"
