"""The plain registers: each row is a record of its own, with a page, a history and a review."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from peelian.record.keeping import Keeping
from peelian.record.models import Citable, MoneyField, ToRecord

WHEN_ENDED = _("The last day must not be before the first.")


def _not_less(column: str, least: str, name: str, message: Any) -> models.CheckConstraint:
    """Return the rule that a day, if given, is not before another."""
    condition = models.Q(**{column: None}) | models.Q(**{least: None})
    condition |= models.Q(**{f"{column}__gte": models.F(least)})
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=message)


class WebAddressField(models.URLField):
    """An address on the web; one written without a scheme is taken for https."""

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Return the field as migrations see it."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.URLField", args, options

    def formfield(self, **options: Any) -> Any:
        """Return the field of a form."""
        return super().formfield(**{"assume_scheme": "https"} | options)


class Interest(Citable):
    """An interest that somebody who holds a public role has declared."""

    keeping: ClassVar = Keeping("retention/register-entries", "ends_on")
    newest: ClassVar = "declared_on"

    class Form(models.TextChoices):
        EMPLOYMENT = "employment", _("Employment, office or profession")
        SPONSORSHIP = "sponsorship", _("Sponsorship")
        CONTRACT = "contract", _("Contract")
        LAND = "land", _("Land and property")
        SHARES = "shares", _("Shares and securities")
        MEMBERSHIP = "membership", _("Membership")
        OTHER = "other", _("Other")

    person = ToRecord("person", optional=False, verbose_name=_("Person"))
    form = models.CharField(_("Kind of interest"), max_length=12, choices=Form)
    interest = models.TextField(_("Interest"), blank=True)
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    declared_on = models.DateField(_("Declared on"))

    class Meta:
        constraints: ClassVar = [
            _not_less("ends_on", "starts_on", "interest_ends_after_it_starts", WHEN_ENDED)
        ]


class Gift(Citable):
    """A gift or hospitality that was offered, whether accepted or refused."""

    keeping: ClassVar = Keeping("retention/register-entries", "offered_on")
    newest: ClassVar = "offered_on"

    class Form(models.TextChoices):
        GIFT = "gift", _("Gift")
        HOSPITALITY = "hospitality", _("Hospitality")

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")

    form = models.CharField(_("Gift or hospitality"), max_length=12, choices=Form)
    offered_on = models.DateField(_("Offered on"))
    offered_to = ToRecord("person", "role", optional=False, verbose_name=_("Offered to"))
    offered_by = models.CharField(_("Offered by"), max_length=300)
    value = MoneyField(_("Value"), null=True, blank=True)
    outcome = models.CharField(_("Accepted or refused"), max_length=10, choices=Outcome)
    reason = models.TextField(_("Reason"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(value=None) | models.Q(value__gte=0),
                name="gift_value_not_below_nothing",
                violation_error_message=_("A value cannot be less than nothing."),
            )
        ]


class Allowance(Citable):
    """What somebody was paid in allowances or expenses of one kind in a quarter."""

    keeping: ClassVar = Keeping("retention/register-entries", "quarter")
    newest: ClassVar = "quarter"

    person = ToRecord("person", optional=False, verbose_name=_("Person"))
    quarter = models.DateField(
        _("Quarter beginning"), help_text=_("The first day of the quarter, such as 1 April 2026.")
    )
    category = models.CharField(_("Category"), max_length=120)
    amount = MoneyField(_("Amount"))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(quarter__month__in=[1, 4, 7, 10], quarter__day=1),
                name="allowance_quarter_begins",
                violation_error_message=_(
                    "A quarter begins on 1 January, 1 April, 1 July or 1 October."
                ),
            )
        ]


class Post(Citable):
    """A senior post of the office: what it answers for, what it is paid, who it reports to."""

    keeping: ClassVar = Keeping("retention/registers")

    responsibilities = models.TextField(_("Responsibilities"), blank=True)
    salary_band = models.CharField(_("Salary band"), max_length=80, blank=True)
    reports_to = ToRecord("post", verbose_name=_("Reports to"))
    holder = ToRecord("person", verbose_name=_("Held by"))


class Contract(Citable):
    """A contract to which the policing body or the chief officer is a party.

    A copy is attached to the record, or linked to; so is the invitation to tender.
    """

    keeping: ClassVar = Keeping("retention/register-entries", "ends_on")
    newest: ClassVar = "made_on"

    body = ToRecord("body", verbose_name=_("Party"))
    supplier = models.CharField(_("With whom"), max_length=300)
    purpose = models.TextField(_("Purpose"), blank=True)
    value = MoneyField(_("Value"))
    made_on = models.DateField(_("Made on"), null=True, blank=True)
    ends_on = models.DateField(_("Ends on"), null=True, blank=True)
    copy = WebAddressField(_("Copy of the contract"), max_length=500, blank=True)
    tender = WebAddressField(_("Invitation to tender"), max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            _not_less("ends_on", "made_on", "contract_ends_after_it_is_made", WHEN_ENDED)
        ]

    def is_over(self, threshold: int) -> bool:
        """Return whether its value is more than a threshold: then a copy must be published."""
        return self.value > threshold


class Premises(Citable):
    """Land or a building that the policing body owns or occupies."""

    keeping: ClassVar = Keeping("retention/registers")

    class Tenure(models.TextChoices):
        OWNED = "owned", _("Owned")
        LEASED = "leased", _("Leased")
        SHARED = "shared", _("Shared")

    address = models.CharField(_("Address"), max_length=300, blank=True)
    used_for = models.CharField(_("Used for"), max_length=300, blank=True)
    tenure = models.CharField(_("Tenure"), max_length=10, choices=Tenure, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)


class Policy(Citable):
    """A policy of the office, with the day by which it is to be read again. Its owner is a role."""

    keeping: ClassVar = Keeping("retention/registers")

    purpose = models.TextField(_("Purpose"), blank=True)
    adopted_on = models.DateField(_("Adopted on"), null=True, blank=True)
    review_by = models.DateField(_("Review by"), null=True, blank=True)
    copy = WebAddressField(_("Where it is published"), max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            _not_less("review_by", "adopted_on", "policy_review_after_adoption", WHEN_ENDED)
        ]


class Disclosure(Citable):
    """A request for information and what was answered. Who asked is not kept here."""

    keeping: ClassVar = Keeping("retention/register-entries", "answered_on")
    newest: ClassVar = "received_on"

    class Outcome(models.TextChoices):
        DISCLOSED = "disclosed", _("Disclosed")
        IN_PART = "in_part", _("Disclosed in part")
        REFUSED = "refused", _("Refused")
        NOT_HELD = "not_held", _("Not held")
        WITHDRAWN = "withdrawn", _("Withdrawn by whoever asked")

    asked = models.TextField(
        _("What was asked"), help_text=_("A summary. Leave out who asked, and any private name.")
    )
    answer = models.TextField(_("Answer"), blank=True)
    received_on = models.DateField(_("Received on"))
    answered_on = models.DateField(_("Answered on"), null=True, blank=True)
    outcome = models.CharField(_("Outcome"), max_length=10, choices=Outcome, blank=True)

    class Meta:
        constraints: ClassVar = [
            _not_less(
                "answered_on",
                "received_on",
                "disclosure_answered_after_receipt",
                _("An answer cannot be given before the request is received."),
            )
        ]
