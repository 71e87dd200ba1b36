"""Reminders of a round, by rule: to owners before and after it closes, then to the office.

Meant for every morning. What is told is claimed in the database before the mail is handed over, so
that nothing is told twice, however often this runs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from peelian.pages.subscriptions import claim
from peelian.people.models import User
from peelian.promises.models import UpdateRound
from peelian.record import clock
from peelian.record.models import Status
from peelian.rounds import letters, moment
from peelian.rounds.links import forget_knocks
from peelian.rounds.models import Invitation, Reminded
from peelian.rounds.own_lines import OwnLines, read_own_lines

KEPT = dt.timedelta(days=365)  # after its links have run out, an invitation is deleted
ESCALATED_TO = {"policy_officer", "chief_executive"}
_LOOK_BACK = dt.timedelta(days=60)  # a round that closed longer ago is left in peace

Open = list[tuple[Invitation, OwnLines]]


@dataclass
class Outcome:
    """What a run did: to whom what was sent, and what could not be."""

    reminded: list[str] = field(default_factory=list)
    escalated: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    nobody: list[str] = field(default_factory=list)
    unsure: int = 0


def remind(*, dry_run: bool = False) -> Outcome:
    """Remind owners of lines that are open, and tell the office of those that stay so.

    With `dry_run` nothing is kept or sent. Raises ImproperlyConfigured where the days are not set
    as whole numbers.
    """
    steps, escalate = days_of("round_remind_days"), days_of("round_escalate_days")
    outcome = Outcome(unsure=Reminded.objects.filter(state=Reminded.State.SENDING).count())
    for round_ in _rounds(max(0, -min([*steps, 0]))):
        reached = (clock.today() - round_.closes_on).days if round_.closes_on else 0
        still = list(_open_invitations(round_))
        for invitation, lines in still:
            if (step := _step(steps, reached, invitation)) is not None:
                _remind_one(invitation, lines, step, outcome, dry_run=dry_run)
        if still and any(reached >= day for day in escalate):
            _escalate(round_, still, outcome, dry_run=dry_run)
    if not dry_run:
        forget_old()
    return outcome


def forget_old() -> int:
    """Delete invitations a year after their links ran out, and what was counted; return how many.

    What was answered stays on the record.
    """
    forget_knocks()
    old = Invitation.objects.filter(expires_at__lt=moment.now() - KEPT, after=None)
    count = old.count()
    old.delete()
    return count


def days_of(setting: str) -> list[int]:
    """Return the days that a setting like `-7, -1, 1` names. Raises ImproperlyConfigured."""
    text = str(settings.OFFICE[setting])
    try:
        days = sorted({int(part) for part in text.split(",") if part.strip()})
    except ValueError:
        days = [1000]
    if any(not -366 <= day <= 366 for day in days):
        raise ImproperlyConfigured(
            _("PEELIAN_%(name)s: found “%(value)s”, expected days like -7, -1, 1.")
            % {"name": setting.upper(), "value": text}
        )
    return days


def _rounds(before: int) -> list[UpdateRound]:
    """Return the rounds that close soon enough, or closed lately enough, to be reminded of."""
    today = clock.today()
    near = {
        "closes_on__lte": today + dt.timedelta(days=before),
        "closes_on__gte": today - _LOOK_BACK,
    }
    rounds = UpdateRound.objects.filter(**near).exclude(status=Status.WITHDRAWN)
    return list(rounds.order_by("closes_on", "pk"))


def _open_invitations(round_: UpdateRound) -> Iterator[tuple[Invitation, OwnLines]]:
    """Yield the invitations whose links work and that have open lines, with these."""
    asked = Invitation.objects.filter(round=round_).exclude(sent_at=None).order_by("pk")
    for invitation in asked.select_related("round", "owner", "after__owner"):
        lines = read_own_lines(invitation)
        if invitation.is_open and lines.waiting:
            yield invitation, lines


def _step(steps: list[int], reached: int, invitation: Invitation) -> int | None:
    """Return the last step that has come since an owner was asked, or None."""
    closes = invitation.round.closes_on
    if closes is None or invitation.sent_at is None:
        return None
    asked_on = (timezone.localdate(invitation.sent_at) - closes).days
    return max((day for day in steps if asked_on < day <= reached), default=None)


def _remind_one(
    invitation: Invitation, lines: OwnLines, step: int, outcome: Outcome, *, dry_run: bool
) -> None:
    row = {
        "round": invitation.round,
        "email": invitation.email,
        "key": f"invitation/{invitation.pk}/{step}",
    }
    if _told(row, partial(letters.remind, invitation, lines, is_over=step > 0), outcome, dry_run):
        outcome.reminded.append(invitation.email)


def _escalate(round_: UpdateRound, still: Open, outcome: Outcome, *, dry_run: bool) -> None:
    """Tell the officers of a round which owners may need a word, once."""
    users = [u for u in User.objects.filter(is_active=True) if ESCALATED_TO & set(u.roles)]
    told = sorted((u for u in users if u.email), key=lambda u: u.username)
    if not told:
        outcome.nobody.append(round_.title)
    for user in told:
        row = {"round": round_, "email": user.email, "key": "office"}
        if _told(row, partial(_tell_officer, round_, user, still), outcome, dry_run):
            outcome.escalated.append(user.email)


def _tell_officer(round_: UpdateRound, user: User, still: Open) -> None:
    address = settings.SITE + reverse("office-round-answers", args=[round_.reference])
    context = {"round": round_, "user": user, "open": still, "address": address}
    subject = _("Updates still open: %(title)s") % {"title": round_.title}
    letters.send(subject, render_to_string("rounds/escalate.txt", context), user.email)


def _told(
    row: dict[str, object], send: Callable[[], None], outcome: Outcome, dry_run: bool
) -> bool:
    """Return whether somebody is told now what they were not told before; a dry run sends nothing.

    It is claimed before the mail is handed over. What did not leave, the next run tries again.
    """
    known = Reminded.objects.filter(**row)
    if dry_run:
        return not known.exists()
    if not claim(Reminded, **row, state=Reminded.State.SENDING):
        return False
    try:
        send()
    except letters.NOT_SENT as error:
        known.delete()
        outcome.failed.append(f"{row['email']}: {error}")
        return False
    known.update(state=Reminded.State.SENT)
    return True
