"""An answer by e-mail taken in: as drafts for the officer's eye, with an answer to whoever wrote.

Nothing is guessed: what names no line that was asked about goes back with a kind word, and is
listed for the officer. A line that somebody else has saved meanwhile is left as it is.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from peelian.promises.models import Progress, Release
from peelian.promises.rounds import Row
from peelian.record.errors import RecordError, Stale
from peelian.rounds import letters
from peelian.rounds.inbox import Found
from peelian.rounds.mail_tags import invitation_of
from peelian.rounds.mail_text import Mail, read_mail
from peelian.rounds.models import Answer, EmailReply, Invitation
from peelian.rounds.operations import Holder, holder_of, take_answer
from peelian.rounds.own_lines import rows_of
from peelian.rounds.replies import Said, read_reply
from peelian.rounds.sheets import labels

logger = logging.getLogger(__name__)
_MOST_LEFT = 8_000  # characters of what could not be placed


class Came(StrEnum):
    """What came of a mail."""

    TAKEN = "taken"
    NOT_OURS = "not ours"
    AUTOMATIC = "automatic"
    AGAIN = "again"
    STRANGER = "from another address"
    CLOSED = "after the end"


@dataclass(frozen=True)
class Kept:
    """A line of which a draft was kept; `note` says what was not told and stands as it was."""

    printed: str
    status: str
    release: str
    note: str = ""


@dataclass
class Taken:
    """What was kept of a reply, and what a person has to look at, in words."""

    kept: list[Kept] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def take_mail(raw: bytes) -> Came:
    """Take in a mail and answer it; return what came of it. The same mail is taken once.

    Of a mail from another address, or after the end, only its words are kept, for the officer.
    Raises nothing that a mail could cause.
    """
    mail = read_mail(raw)
    if mail.is_automatic:
        return Came.AUTOMATIC
    invitation = invitation_of((mail.subject, *mail.addressed))
    if invitation is None:
        return Came.NOT_OURS
    outcome = _outcome(mail, invitation)
    taken = Taken()
    try:
        with transaction.atomic():
            reply = EmailReply.objects.create(
                invitation=invitation,
                number=mail.number,
                sender=mail.sender[:254],
                outcome=outcome,
            )
            if outcome == EmailReply.Outcome.TAKEN:
                taken = _take(mail, invitation)
            else:
                taken.left = [mail.text]
            reply.kept, reply.left = len(taken.kept), "\n\n".join(taken.left)[:_MOST_LEFT]
            reply.save()
    except IntegrityError:
        return Came.AGAIN
    if outcome != EmailReply.Outcome.STRANGER:
        _answer(invitation, mail, outcome, taken)
    return {
        EmailReply.Outcome.STRANGER: Came.STRANGER,
        EmailReply.Outcome.CLOSED: Came.CLOSED,
    }.get(outcome, Came.TAKEN)


def _outcome(mail: Mail, invitation: Invitation) -> EmailReply.Outcome:
    if mail.sender != invitation.email.strip().lower():
        return EmailReply.Outcome.STRANGER
    return EmailReply.Outcome.TAKEN if invitation.is_open else EmailReply.Outcome.CLOSED


def _take(mail: Mail, invitation: Invitation) -> Taken:
    rows = rows_of(invitation)
    numbers = {reference: (row.printed, reference) for reference, row in rows.items()}
    reply = read_reply(mail.text, numbers)
    taken = Taken(left=list(reply.left))
    holder = holder_of(invitation, Answer.Way.EMAIL)
    for said in reply.said:
        row = rows[said.line]
        try:
            taken.kept.append(_keep(invitation, row, said, holder))
        except RecordError as error:
            taken.left.append(_of_line(row, str(error), said.text))
    return taken


def _keep(invitation: Invitation, row: Row, said: Said, holder: Holder) -> Kept:
    """Keep a draft of one line. Raises Stale where somebody else has saved it, and Refused."""
    text, progress, form = said.text, said.progress or row.progress, Answer.Form.UPDATE
    if said.no_change:
        if row.previous is None:
            raise RecordError(_("There is no earlier update that could stand."))
        text, form = row.previous.text, Answer.Form.NO_CHANGE
        progress = said.progress or row.previous.progress
    if row.update and not _is_own(row, invitation):
        raise Stale(_("A colleague has saved this line already."), {})
    answer = take_answer(
        invitation,
        row.promise,
        progress=progress,
        text=text,
        release=said.release,
        version=row.version,
        way=Answer.Way.EMAIL,
        form=form,
        by=holder,
        submit=False,
    )
    note = (
        "" if said.progress or said.no_change else _("you named no status, so it stays as it was")
    )
    return Kept(row.printed, labels(Progress)[progress], labels(Release)[answer.release], note)


def _is_own(row: Row, invitation: Invitation) -> bool:
    """Return whether the words that stand are of whoever answers now, by whatever way."""
    own = {holder_of(invitation, way).name for way in Answer.Way.values}
    return bool(row.last and row.last.writer in own)


def _of_line(row: Row, why: str, text: str) -> str:
    return f"{row.printed}: {why}\n{text}".strip()


def _answer(invitation: Invitation, mail: Mail, outcome: EmailReply.Outcome, taken: Taken) -> None:
    """Tell whoever wrote what was kept and what was not understood; as a machine's (RFC 3834)."""
    context = {
        "invitation": invitation,
        "is_closed": outcome == EmailReply.Outcome.CLOSED,
        "kept": taken.kept,
        "left": [] if outcome == EmailReply.Outcome.CLOSED else taken.left,
        "office": settings.OFFICE["name"],
    }
    words = render_to_string("rounds/reply_answer.txt", context)
    subject = _("What we understood: %(round)s") % {"round": invitation.round.title}
    headers = {"Auto-Submitted": "auto-replied", "In-Reply-To": "".join(mail.number.split())}
    try:
        letters.send(subject, words, invitation.email, invitation, headers=headers)
    except letters.NOT_SENT:  # the answer is kept; that it arrived can be seen on the round's page
        logger.warning("An answer to reply %s could not be sent.", mail.number)


def take_mails(mails: Iterable[Found]) -> Counter[Came]:
    """Return how many mails came to what; what was ours is marked as read where it lies.

    Raises Rejected and Unreachable as the place of the mails does.
    """
    counts: Counter[Came] = Counter()
    for found in mails:
        came = take_mail(found.raw)
        counts[came] += 1
        if came is not Came.NOT_OURS:
            found.done()
    return counts
