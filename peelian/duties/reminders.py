"""Reminders by e-mail: each owner once a day at most, of what comes near; never twice the same.

What is told is claimed in the database before the mail is handed over: cut off between the two, a
reminder may be lost, which is reported, and is never repeated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.duties import calendar
from peelian.duties.calendar import Duty
from peelian.duties.models import Reminder
from peelian.duties.owners import MONITORING_OFFICER, Owners, read_owners
from peelian.duties.proofs import State, since
from peelian.people.models import User
from peelian.record import clock
from peelian.record.access import Command
from peelian.record.scope import Scope

BY = Command("peelian remind")
OVERDUE, QUESTION = "overdue", "question"
ESCALATED, ESCALATED_OVERDUE = "escalated", "escalated-overdue"
_OPEN = {State.DUE, State.NOT_YET, State.OVERDUE, State.QUESTION}
_LONGEST_BREAK = 7  # days; no working day is further before a due date


@dataclass(frozen=True)
class Item:
    """A duty somebody is to be told of, and the step that it has reached."""

    duty: Duty
    step: str

    @property
    def mark(self) -> tuple[str, date, str]:
        """Return what makes this reminder the same as one sent before."""
        return self.duty.occurrence.key, self.duty.occurrence.due, self.step


@dataclass
class Letter:
    """What one person is told on one day: what is new, by duty, and what else is overdue."""

    user: User
    items: list[Item]
    still: list[Duty] = field(default_factory=list)

    @property
    def subject(self) -> str:
        """Return the subject, on one line."""
        count = len({item.duty.occurrence.key for item in self.items})
        said = ngettext("%(n)d duty to look at", "%(n)d duties to look at", count) % {"n": count}
        return " ".join(f"{settings.OFFICE['name']}: {said}".split())[:200]

    @property
    def body(self) -> str:
        """Return the text."""
        here = {
            "letter": self,
            "items": _strongest(self.items),
            "office": settings.OFFICE["name"],
            "mine": f"{settings.SITE}{reverse('office-duties')}?owner=mine",
            "site": settings.SITE,
        }
        return str(render_to_string("duties/reminder.txt", here)).strip() + "\n"


@dataclass
class Outcome:
    """What a run did: the letters, those without an address, those that could not be sent."""

    letters: list[Letter]
    without_address: list[str]
    failed: list[str] = field(default_factory=list)
    unsure: int = 0


def remind(*, dry_run: bool = False) -> Outcome:
    """Tell everybody what has come near or is overdue; with `dry_run` keep and send nothing.

    Raises ImproperlyConfigured where the days are not set as whole numbers.
    """
    today = clock.today()
    letters, silent = _letters(today)
    outcome = Outcome(letters, silent)
    outcome.unsure = Reminder.objects.filter(state=Reminder.State.SENDING).count()
    if not dry_run:
        outcome.letters = [one for one in letters if _send(one, today, outcome)]
    return outcome


def days_of(setting: str) -> list[int]:
    """Return the days that a setting like `28, 14, 7` names. Raises ImproperlyConfigured."""
    text = str(settings.OFFICE[setting])
    try:
        days = sorted({int(part) for part in text.split(",") if part.strip()})
    except ValueError:
        days = [-1]
    if any(not 0 <= day <= 366 for day in days):
        raise ImproperlyConfigured(
            _("PEELIAN_%(name)s: found “%(value)s”, expected days like 28, 14, 7.")
            % {"name": setting.upper(), "value": text}
        )
    return days


def _letters(today: date) -> tuple[list[Letter], list[str]]:
    """Return what there is to tell today, by person, and the names of owners without address."""
    days, escalate = days_of("remind_days"), max(days_of("escalate_days"), default=-1)
    owners = read_owners(Scope(BY))
    until = today + timedelta(days=max([*days, escalate, 0]) + _LONGEST_BREAK)
    found = calendar.due_between(since(today), until, scope=Scope(BY), owners=owners, today=today)
    duties = [duty for duty in found if duty.state in _OPEN]
    told = _told(duties)
    written_to = set(Reminder.objects.filter(on=today).values_list("username", flat=True))
    wanted: dict[str, Letter] = {}
    silent: set[str] = set()
    for duty in duties:
        for title, users, step in _steps(duty, days, escalate, owners):
            if not any(user.email for user in users):
                silent.add(title)
            for user in (user for user in users if user.email):
                item = Item(duty, step)
                if user.username not in written_to and (user.username, *item.mark) not in told:
                    wanted.setdefault(user.username, Letter(user, [])).items.append(item)
    for letter in wanted.values():
        new = {item.duty.occurrence.key for item in letter.items}
        letter.still = [
            duty
            for duty in duties
            if duty.state == State.OVERDUE
            and duty.occurrence.key not in new
            and duty.owner
            and duty.owner.is_user(letter.user)
        ]
    return list(wanted.values()), sorted(silent)


def _steps(
    duty: Duty, days: list[int], escalate: int, owners: Owners
) -> Iterable[tuple[str, tuple[User, ...], str]]:
    """Yield who is to be told of a duty, and the step it has reached for them."""
    owner = duty.owner or owners.of(duty.rule)
    if step := _step(duty, days):
        yield owner.title, owner.users, step
    if duty.rule.who != "office" or duty.rule.condition:
        return
    officer = owners.of_role(MONITORING_OFFICER)
    if duty.state == State.OVERDUE:
        yield officer.title, officer.users, ESCALATED_OVERDUE
    elif duty.days_left <= escalate:
        yield officer.title, officer.users, ESCALATED


def _step(duty: Duty, days: list[int]) -> str:
    if duty.state == State.OVERDUE:
        return OVERDUE
    if duty.state == State.QUESTION:
        return QUESTION
    reached = [number for number in days if duty.days_left <= number]
    return str(min(reached)) if reached else ""


def _told(duties: list[Duty]) -> set[tuple[str, str, date, str]]:
    """Return what was told before of duties that are still open."""
    starts = min((duty.occurrence.due for duty in duties), default=clock.today())
    rows = Reminder.objects.filter(due__gte=starts)
    return set(rows.values_list("username", "key", "due", "step"))


def _strongest(items: list[Item]) -> list[Item]:
    """Return each duty once, as what its owner or the monitoring officer has to know of it."""
    found: dict[str, Item] = {}
    for item in items:
        found[item.duty.occurrence.key] = item
    return list(found.values())


def _send(letter: Letter, today: date, outcome: Outcome) -> bool:
    """Claim what a letter tells, hand it over, and note that it is sent."""
    claimed = [row for item in letter.items if (row := _claim(letter.user, item, today))]
    if not claimed:
        return False
    rows = Reminder.objects.filter(pk__in=[row.pk for row in claimed])
    sender, to = settings.DEFAULT_FROM_EMAIL, [letter.user.email]
    try:
        EmailMessage(letter.subject, letter.body, sender, to).send()
    except (OSError, SMTPException) as error:
        rows.delete()  # it did not leave: the next run tries again
        outcome.failed.append(f"{letter.user.username}: {error}")
        return False
    rows.update(state=Reminder.State.SENT)
    return True


def _claim(user: User, item: Item, today: date) -> Reminder | None:
    """Return the note that a reminder is being sent; None where another process has made it."""
    key, due, step = item.mark
    row = Reminder(username=user.username, key=key, due=due, step=step, on=today)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return None
    return row
