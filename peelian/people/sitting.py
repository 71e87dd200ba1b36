"""Who may sit where: the rules that hold between a membership, its seat, and those beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.record.models import Status

if TYPE_CHECKING:
    from peelian.people.models import Membership, Seat


def ends_after_it_starts(column: str, name: str) -> models.CheckConstraint:
    """Return the rule that a last day, if given, is not before the first."""
    condition = models.Q(**{column: None}) | models.Q(starts_on=None)
    condition |= models.Q(**{f"{column}__gte": models.F("starts_on")})
    message = gettext_lazy("The last day must not be before the first.")
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=message)


def meeting_days(of: Any) -> models.Q:
    """Return the condition of sharing a day with what has `starts_on` and `ends_on`."""
    shared = models.Q()
    if of.ends_on:
        shared &= models.Q(starts_on=None) | models.Q(starts_on__lte=of.ends_on)
    if of.starts_on:
        shared &= models.Q(ends_on=None) | models.Q(ends_on__gte=of.starts_on)
    return shared


def is_within(inner: Any, outer: Any) -> bool:
    """Return whether every day of `inner` is one of `outer`; no date means no end."""
    begins = outer.starts_on is None or (inner.starts_on and inner.starts_on >= outer.starts_on)
    ends = outer.ends_on is None or (inner.ends_on and inner.ends_on <= outer.ends_on)
    return bool(begins and ends)


def days_of(of: Any) -> str:
    """Return in words from when to when something holds."""
    first, last = of.starts_on, of.ends_on
    says = {"first": _day(first), "last": _day(last)}
    if first and last:
        return _("from %(first)s to %(last)s") % says
    if first:
        return _("since %(first)s") % says
    return _("until %(last)s") % says if last else _("without dates")


def _day(day: Any) -> str:
    return date_format(day, "j F Y") if day else ""


def refuse_membership(one: Membership) -> None:
    """Raise ValidationError where a membership cannot be beside its seat and the others."""
    from peelian.people.models import Role

    if not (one.role_id and one.person_id):  # told already
        return
    role = Role.objects.get(pk=one.role_id)
    is_member = role.standing != Role.Standing.NONE
    if one.seat_id is not None:
        if not is_member:
            raise ValidationError(
                {"seat": _("Only a member holds a seat; this role is no member.")}
            )
        _refuse_in_seat(one, one.seat_id, role)
    if is_member:
        _refuse_twice(one, role)


def _refuse_in_seat(one: Membership, seat_id: int, role: Any) -> None:
    from peelian.people.models import Seat

    seat = Seat.objects.get(pk=seat_id)
    if seat.body_id != role.body_id:
        raise ValidationError({"seat": _("This seat is of another body than the role.")})
    if not is_within(one, seat):
        raise ValidationError(
            {"seat": _("There is such a seat %(days)s only.") % {"days": days_of(seat)}}
        )
    if other := _beside(one).filter(seat_id=seat.pk).first():
        raise ValidationError(
            {
                "seat": _("“%(title)s” holds this seat %(days)s. End that the day before.")
                % {"title": other.title, "days": days_of(other)}
            }
        )


def _refuse_twice(one: Membership, role: Any) -> None:
    """Refuse a second membership of a body on one day: a person has one vote."""
    from peelian.people.models import Role

    voting = Role.objects.filter(body_id=role.body_id).exclude(standing=Role.Standing.NONE)
    same = _beside(one).filter(person_id=one.person_id, role_id__in=voting.values("pk"))
    if other := same.first():
        raise ValidationError(
            {
                "person": _(
                    "“%(title)s” is a membership of the same body %(days)s, and counts once."
                    " End it the day before."
                )
                % {"title": other.title, "days": days_of(other)}
            }
        )


def _beside(one: Membership) -> models.QuerySet[Membership]:
    """Return the other memberships that share a day with this one, but for withdrawn ones."""
    others = type(one).objects.exclude(pk=one.pk).exclude(status=Status.WITHDRAWN)
    return others.filter(meeting_days(one)).order_by("starts_on", "pk")


def refuse_seat(seat: Seat) -> None:
    """Raise ValidationError where a membership lies outside a seat's body or its days."""
    from peelian.people.models import Membership, Role

    held = Membership.objects.filter(seat_id=seat.pk).exclude(status=Status.WITHDRAWN)
    for one in held if seat.pk else ():
        says = {"title": one.title, "days": days_of(one)}
        if not is_within(one, seat):
            raise ValidationError(_("“%(title)s” holds this seat %(days)s.") % says)
        if not Role.objects.filter(pk=one.role_id, body_id=seat.body_id).exists():
            raise ValidationError(
                {"body": _("“%(title)s” holds this seat, on another body.") % says}
            )
