"""Bodies, areas, people, roles and memberships by date; and the users of this installation."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from peelian.record.access import ROLE_LABELS
from peelian.record.keeping import Keeping
from peelian.record.models import Citable, ToRecord
from peelian.record.values import reference_of, title_of


class Area(Citable):
    """A place, in a tree: force area, local policing area, local authority."""

    keeping: ClassVar = Keeping("retention/registers")

    class Level(models.TextChoices):
        COUNTRY = "country", _("Country")
        FORCE_AREA = "force_area", _("Force area")
        LOCAL_POLICING_AREA = "local_policing_area", _("Local policing area")
        LOCAL_AUTHORITY = "local_authority", _("Local authority")

    level = models.CharField(_("Level"), max_length=20, choices=Level)
    ons_code = models.CharField(_("ONS code"), max_length=9, blank=True)

    @property
    def force_first(self) -> tuple[bool, str, int]:
        """Return a key that puts a force before its parts, and these in their order."""
        return self.level != self.Level.FORCE_AREA, self.sort_key, self.pk


class Body(Citable):
    """An organisation: the policing body, the panel, the force, a council, an inspectorate."""

    keeping: ClassVar = Keeping("retention/registers")

    class Form(models.TextChoices):
        POLICING_BODY = "policing_body", _("Policing body")
        PANEL = "panel", _("Panel")
        FORCE = "force", _("Force")
        COUNCIL = "council", _("Council")
        INSPECTORATE = "inspectorate", _("Inspectorate or regulator")
        GOVERNMENT = "government", _("Government department")
        PARTNER = "partner", _("Partner")
        COMMITTEE = "committee", _("Committee or board")
        OTHER = "other", _("Other")

    form = models.CharField(_("Form"), max_length=20, choices=Form)
    also_known_as = models.CharField(_("Also known as"), max_length=300, blank=True)
    area = ToRecord("area", verbose_name=_("Area"))
    description = models.TextField(_("Description"), blank=True)


class OversightMechanism(Citable):
    """A meeting or board where delivery is overseen, and how often it meets."""

    keeping: ClassVar = Keeping("retention/registers")

    class Frequency(models.TextChoices):
        WEEKLY = "weekly", _("Weekly")
        MONTHLY = "monthly", _("Monthly")
        EVERY_SIX_WEEKS = "every_six_weeks", _("Every six weeks")
        EVERY_TWO_MONTHS = "every_two_months", _("Every two months")
        QUARTERLY = "quarterly", _("Quarterly")
        THREE_TIMES_A_YEAR = "three_times_a_year", _("Three times a year")
        TWICE_A_YEAR = "twice_a_year", _("Twice a year")
        YEARLY = "yearly", _("Yearly")
        AS_NEEDED = "as_needed", _("As needed")

    purpose = models.TextField(_("Purpose"))
    meets = models.CharField(_("Meets, as printed"), max_length=120, blank=True)
    frequency = models.CharField(_("How often"), max_length=20, choices=Frequency, blank=True)
    theme = models.CharField(_("Theme"), max_length=120, blank=True)
    notes_published = models.BooleanField(_("Notes are published"), default=False)
    in_public = models.BooleanField(_("Meets in public"), default=False)
    also_known_as = models.CharField(_("Also known as"), max_length=300, blank=True)

    def names(self) -> list[str]:
        """Return every name it goes by."""
        others = (name.strip() for name in self.also_known_as.split(";"))
        return [self.title, *(name for name in others if name)]


class Person(Citable):
    """Somebody who holds, or held, a public role."""

    keeping: ClassVar = Keeping("retention/registers")


class Role(Citable):
    """An office, separate from whoever holds it: it survives elections."""

    keeping: ClassVar = Keeping("retention/registers")

    body = ToRecord("body", optional=False, verbose_name=_("Body"))


class Membership(Citable):
    """A person in a role, from a day to a day."""

    keeping: ClassVar = Keeping("retention/registers")

    person = ToRecord("person", optional=False, verbose_name=_("Person"))
    role = ToRecord("role", optional=False, verbose_name=_("Role"))
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a membership by its person and role."""
        pair = [values.get(name) for name in ("person", "role")]
        values["reference"] = values.get("reference") or ".".join(map(reference_of, pair))
        values["title"] = values.get("title") or ", ".join(map(title_of, pair))
        return values

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None)
                | models.Q(starts_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("The last day must not be before the first."),
            )
        ]


class UserManager(BaseUserManager["User"]):
    """Looks users up by the name they sign in with."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the user of this name."""
        return self.get(username=username)


def _known_roles(value: Any) -> None:
    from django.core.exceptions import ValidationError

    if not isinstance(value, list) or not set(value) <= set(ROLE_LABELS):
        raise ValidationError(_("Choose from the roles there are."))


class User(AbstractBaseUser):
    """Someone who signs in. What they may do follows from their roles alone."""

    username = models.CharField(_("User name"), max_length=150, unique=True)
    full_name = models.CharField(_("Name"), max_length=150)
    email = models.EmailField(_("E-mail"), blank=True)
    roles = models.JSONField(_("Roles"), default=list, validators=[_known_roles])
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["full_name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.full_name

    @property
    def name(self) -> str:
        """Return the name the history keeps."""
        return self.username
