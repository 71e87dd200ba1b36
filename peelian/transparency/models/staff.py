"""Numbers of staff as the public reads them, and the exact counts that they come from."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peelian.record.keeping import Keeping
from peelian.record.models import Added, Citable, Record
from peelian.transparency.small_counts import Hidden, Told, told

GROUPS = ("women", "ethnic_minority", "disabled")
# What the public reads of a return: a count for each, and of each group its share.
TOLD = ("headcount", *(name for group in GROUPS for name in (group, f"{group}_share")))


class ToldField(models.CharField):
    """What is told of a count. Nobody types it: a form hands on what is there."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_length": 40, "blank": True} | options)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Return the field as migrations see it."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options

    def formfield(self, **options: Any) -> Any:
        """Return the field of a form, which shows nothing of itself."""
        return super().formfield(**{"widget": forms.HiddenInput} | options)


class StaffCount(Citable):
    """How many staff there were on a day, small counts withheld.

    The exact counts are not among its columns: no list, search, feed, download, draft or history
    can hold them.
    """

    keeping: ClassVar = Keeping("retention/decisions")
    newest: ClassVar = "as_at"

    as_at = models.DateField(_("As at"))
    headcount = ToldField(_("Staff"))
    women = ToldField(_("Women"))
    women_share = ToldField(_("Women, share"))
    ethnic_minority = ToldField(_("Ethnic minority"))
    ethnic_minority_share = ToldField(_("Ethnic minority, share"))
    disabled = ToldField(_("Disabled"))
    disabled_share = ToldField(_("Disabled, share"))
    note = models.CharField(_("Note"), max_length=500, blank=True)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a count by its day."""
        day = values.get("as_at")
        try:
            day = parse_date(day) if isinstance(day, str) else day
        except ValueError:
            return values
        if isinstance(day, dt.date):
            values["reference"] = values.get("reference") or f"{day:%Y-%m-%d}"
            title = _now("Staff on %(day)s") % {"day": date_format(day, "j F Y")}
            values["title"] = values.get("title") or title
        return values

    def clean(self) -> None:
        """Refuse what no return of this record says: an exact count must not come in by hand."""
        said = {name: getattr(self, name) for name in TOLD}
        if any(said.values()) and said not in [one.published() for one in self.returns()]:
            text = _("Counts are entered on a page of their own, so that small ones are withheld.")
            raise ValidationError(text)

    def returns(self) -> Any:
        """Return the exact counts, the first first; only for a page that asks who may read them."""
        return StaffReturn.objects.filter(staff_id=self.pk).order_by("pk")

    def delete_refused_because(self) -> str:
        """Return why it may not be deleted: exact counts that were kept stay."""
        if self.returns().exists():
            said = _now("The counts of “%(title)s” were kept: it stays, withdrawn.")
            return said % {"title": self.title}
        return super().delete_refused_because()


class StaffReturn(Added):
    """Exact counts of staff, and below what number they are withheld. Added to, never changed."""

    staff = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    headcount = models.PositiveIntegerField(_("Staff"))
    women = models.PositiveIntegerField(_("Women"))
    ethnic_minority = models.PositiveIntegerField(_("Ethnic minority"))
    disabled = models.PositiveIntegerField(_("Disabled"))
    threshold = models.PositiveIntegerField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["staff", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(**{f"{group}__lte": models.F("headcount")}),
                name=f"staff_{group}_among_all",
                violation_error_message=_("A group cannot be larger than the staff."),
            )
            for group in ("women", "ethnic_minority", "disabled")
        ]

    def __str__(self) -> str:
        return f"counts of {self.staff_id}"

    def counts(self) -> dict[str, int]:
        """Return the exact counts by name."""
        return {name: getattr(self, name) for name in ("headcount", *GROUPS)}

    def published(self) -> dict[str, str]:
        """Return what the public may read of it, by the columns of the record."""
        groups = {group: getattr(self, group) for group in GROUPS}
        number, parts = told(self.headcount, groups, self.threshold)
        said = {"headcount": _words(number, self.threshold)}
        for group, part in parts.items():
            said[group] = _words(part, self.threshold)
            said[f"{group}_share"] = _share(part, number)
        return said


def _words(count: Told, threshold: int) -> str:
    """Return a count as it is kept: data, the same whoever enters it in whatever language."""
    if count is Hidden.FEWER:
        return f"fewer than {threshold}"
    return "not published" if count is Hidden.WITHHELD else str(count)


def _share(part: Told, number: Told) -> str:
    """Return the share that a count which is told has of the staff, in whole per cent."""
    if isinstance(part, Hidden) or isinstance(number, Hidden) or not number:
        return ""
    return f"{part / number:.0%}"
