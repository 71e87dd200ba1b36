"""What is kept of a plan's life beside its promises: what became of each, and its money.

And who asked to be told of it, which is private and no record.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peelian.law.dates import FinancialYear
from peelian.pages.subscriptions import Subscribed
from peelian.pages.subscriptions import Told as BaseTold
from peelian.pages.tables import pounds
from peelian.record.keeping import WITH_PARENT
from peelian.record.models import Citable, MoneyField, ToRecord
from peelian.record.values import reference_of, title_of


class Became(models.TextChoices):
    """What may become of a promise besides being kept."""

    MOVED = "moved", _("Moved")
    MERGED = "merged", _("Merged into another")
    SUPERSEDED = "superseded", _("Superseded by another")
    CARRIED = "carried", _("Carried into a new plan")
    ENDED = "ended", _("Not carried into the new plan")


# What ends a promise where it stood.
ENDING = (Became.MERGED, Became.SUPERSEDED, Became.CARRIED, Became.ENDED)
_PLACES = {"commitment": ("objective",), "activity": ("commitment",)}
_PROMISES = ("commitment", "activity")


class Succession(Citable):
    """What became of a promise, from which day and why; it takes effect when it is published.

    Its parent is the promise as it was. `to` is where that went: another promise, or of one that
    moved the objective or commitment that it now stands under.
    """

    keeping: ClassVar = WITH_PARENT
    newest: ClassVar = "day"

    became = models.CharField(_("What became of it"), max_length=10, choices=Became)
    day = models.DateField(_("From"))
    to = ToRecord(
        "activity", "commitment", "objective", related_name="succeeded", verbose_name=_("Where to")
    )
    printed_before = models.CharField(_("Printed reference before"), max_length=20, blank=True)
    printed_after = models.CharField(_("Printed reference from then on"), max_length=20, blank=True)
    reason = models.TextField(_("Why"))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(became__in=Became.values), name="succession_became_known"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["printed_before"], name="succession_printed_before")
        ]

    @property
    def is_ending(self) -> bool:
        """Return whether the promise ends where it stood."""
        return self.became in ENDING

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name it by its promise, what became of it and the day."""
        promise = reference_of(values.get("parent"))
        made = f"{promise}-{values.get('became', '')}-{values.get('day', '')}"
        values["reference"] = values.get("reference") or made
        became = dict(Became.choices).get(values.get("became", ""), "")
        values["title"] = values.get("title") or f"{became}: {title_of(values.get('parent'))}"[:600]
        return values

    def clean(self) -> None:
        """Raise ValidationError where it leads nowhere, to itself, or to what it cannot be."""
        super().clean()
        if self.became == Became.ENDED or self.parent is None:
            return
        if self.to is None:
            raise ValidationError({"to": _now("Say where it went.")})
        if self.to_id == self.parent_id:
            raise ValidationError({"to": _now("A promise cannot become itself.")})
        fits = _PLACES[self.parent.kind] if self.became == Became.MOVED else _PROMISES
        if self.to.kind not in fits:
            raise ValidationError({"to": _now("It cannot go to that kind of record.")})


class Allocation(Citable):
    """Money set aside for a promise in a financial year: how much, from where, what for."""

    keeping: ClassVar = WITH_PARENT
    newest: ClassVar = "year"

    year = models.PositiveSmallIntegerField(
        _("Financial year"), help_text=_("The year in which it begins: 2019 for 2019/20.")
    )
    amount = MoneyField(_("Amount"))
    source = models.CharField(_("Where it comes from"), max_length=200)
    purpose = models.TextField(_("What it is for"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(amount__gte=0),
                name="allocation_not_negative",
                violation_error_message=_("Give an amount that is not below nothing."),
            ),
            models.CheckConstraint(
                condition=models.Q(year__gte=2000, year__lte=2100),
                name="allocation_year_in_sight",
                violation_error_message=_("Give the year as four digits, for example 2019."),
            ),
        ]

    @property
    def year_label(self) -> str:
        """Return the year as people write it: `2019/20`."""
        return FinancialYear(self.year).label

    @property
    def pounds(self) -> str:
        """Return the amount as people read it: `£12,500.00`."""
        return pounds(self.amount)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name it by its promise and year."""
        promise, year = reference_of(values.get("parent")), values.get("year", "")
        values["reference"] = values.get("reference") or f"{promise}-money-{year}"
        values["title"] = values.get("title") or _now("Money for %(promise)s, %(year)s") % {
            "promise": promise,
            "year": FinancialYear(int(year)).label if str(year).isdecimal() else year,
        }
        return values


class PromiseSubscription(Subscribed):
    """An address that asked to be told of a promise, an objective or a plan.

    Each thing as it comes; or, of a plan, once a quarter what changed in it.
    """

    class Often(models.TextChoices):
        EACH = "each", _("Each thing that is new, at most once a day")
        QUARTER = "quarter", _("Once a quarter, what changed in it")

    record = models.ForeignKey("record.Record", on_delete=models.CASCADE, related_name="+")
    often = models.CharField(_("How often"), max_length=7, choices=Often, default=Often.EACH)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["email", "record", "often"], name="subscription_to_promise_once"
            )
        ]

    @property
    def about(self) -> str:
        """Return what it is about, in words."""
        says = {"title": self.record.title}
        if self.often == self.Often.QUARTER:
            return _now("%(title)s, each quarter") % says
        return str(self.record.title)

    def note_known(self) -> None:
        """Note what is published already, so that only what comes after is told."""
        from peelian.promises.telling import note_news

        note_news(self)


class PromiseTold(BaseTold):
    """Something new that a subscriber has been told of, so that it is told once."""

    subscription = models.ForeignKey(
        PromiseSubscription, on_delete=models.CASCADE, related_name="told"
    )
    key = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subscription", "key"], name="promise_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id}: {self.key}"
