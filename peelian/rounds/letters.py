"""The mails of a round: what is asked of an owner, a code, a line handed on, a reminder."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.rounds import moment
from peelian.rounds.links import CODE_LIVES, new_link
from peelian.rounds.mail_tags import reply_to, tagged
from peelian.rounds.models import Invitation
from peelian.rounds.own_lines import OwnLines, read_own_lines

# What a mail server may refuse with.
NOT_SENT = (OSError, SMTPException)


def ask(invitation: Invitation) -> None:
    """Mail an owner all their lines, with a link. Raises as `NOT_SENT` says."""
    subject = _("%(office)s: updates asked of you by %(day)s")
    if invitation.after_id:
        subject = _("%(office)s: a colleague asks you for updates by %(day)s")
    _send(invitation, subject, "rounds/ask.txt", read_own_lines(invitation))
    invitation.sent_at = invitation.sent_at or moment.now()
    invitation.save(update_fields=["sent_at"])


def remind(invitation: Invitation, lines: OwnLines, *, is_over: bool) -> None:
    """Mail an owner which lines are still open, with a link. Raises as `NOT_SENT` says."""
    subject = _("%(office)s: your updates by %(day)s")
    _send(invitation, subject, "rounds/remind.txt", lines, is_over=is_over)


def send_code(invitation: Invitation, code: str) -> None:
    """Mail the invited address a one-time code. Raises as `NOT_SENT` says."""
    minutes = int(CODE_LIVES.total_seconds() // 60)
    context = {"code": code, "minutes": minutes, "invitation": invitation}
    body = render_to_string("rounds/code.txt", context)
    subject = _("%(code)s is your code") % {"code": code}
    send(subject, body, invitation.email)


def send(
    subject: str,
    body: str,
    to: str,
    answers: Invitation | None = None,
    *,
    headers: dict[str, str] | None = None,
) -> None:
    """Send a mail with one line of subject, which can be answered where `answers` says for what.

    Raises as `NOT_SENT` says.
    """
    one_line = " ".join(subject.split())[:150]
    if answers:
        one_line = tagged(one_line, answers)
    back = reply_to(answers) if answers else []
    sender = settings.DEFAULT_FROM_EMAIL
    body = body.strip() + "\n"
    EmailMessage(one_line, body, sender, [to], reply_to=back, headers=headers).send()


def _send(
    invitation: Invitation, subject: str, template: str, lines: OwnLines, **more: Any
) -> None:
    says = {
        "office": settings.OFFICE["name"],
        "day": date_format(invitation.round.closes_on or invitation.round.as_at, "j F Y"),
    }
    context = {
        "invitation": invitation,
        "round": invitation.round,
        "lines": lines,
        "link": new_link(invitation),
        "office": says["office"],
        "may_reply": bool(settings.REPLY_TO),
        **more,
    }
    answers = invitation if settings.REPLY_TO else None
    send(subject % says, render_to_string(template, context), invitation.email, answers)
