"""Bodies, areas, people, roles and memberships by date; and the users of this installation."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from peelian.people.sitting import ends_after_it_starts, refuse_membership, refuse_seat
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
        BOARD = "board", _("Board")
        COMMITTEE = "committee", _("Committee")
        TASK_GROUP = "task_group", _("Task group")
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

    class Standing(models.TextChoices):
        CHAIR = "chair", _("Chair")
        VICE_CHAIR = "vice_chair", _("Vice-chair")
        MEMBER = "member", _("Member")
        NONE = "none", _("Not a member: has no vote")

    body = ToRecord("body", optional=False, verbose_name=_("Body"))
    standing = models.CharField(
        _("Member of the body"), max_length=10, choices=Standing, default=Standing.NONE
    )


class Seat(Citable):
    """A place on a body: who fills it, and from when to when there is such a place."""

    keeping: ClassVar = Keeping("retention/registers")

    class Basis(models.TextChoices):
        NOMINATED = "nominated", _("Councillor nominated by an authority")
        CO_OPTED_COUNCILLOR = "co_opted_councillor", _("Co-opted councillor")
        CO_OPTED_INDEPENDENT = "co_opted_independent", _("Co-opted independent member")
        OTHER = "other", _("Other")

    body = ToRecord("body", optional=False, verbose_name=_("Body"))
    basis = models.CharField(_("How it is filled"), max_length=20, choices=Basis, blank=True)
    nominated_by = ToRecord("body", verbose_name=_("Nominating authority"))
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [ends_after_it_starts("ends_on", "seat_ends_after_it_starts")]

    def clean(self) -> None:
        """Raise ValidationError where somebody has sat in it when it was no seat of the body."""
        refuse_seat(self)


class Membership(Citable):
    """A person in a role, from a day to a day; of a member, in which seat and for which party."""

    keeping: ClassVar = Keeping("retention/registers")

    person = ToRecord("person", optional=False, verbose_name=_("Person"))
    role = ToRecord("role", optional=False, verbose_name=_("Role"))
    seat = ToRecord("seat", verbose_name=_("Seat"))
    party = models.CharField(
        _("Party"), max_length=100, blank=True, help_text=_("Empty means not recorded.")
    )
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True, help_text=_("The last day."))
    term_ends_on = models.DateField(
        _("Term ends"), null=True, blank=True, help_text=_("When the appointment runs out.")
    )
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
            ends_after_it_starts("ends_on", "membership_ends_after_it_starts"),
            ends_after_it_starts("term_ends_on", "membership_term_ends_after_it_starts"),
        ]

    def clean(self) -> None:
        """Raise ValidationError where seat, role and days do not go together."""
        refuse_membership(self)


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
