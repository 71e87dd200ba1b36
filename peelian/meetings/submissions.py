"""Questions and petitions that come in by the form: asked, confirmed by a link, taken or refused.

Nothing of it is a record before an officer has decided, and no record of it holds an address.
"""

from __future__ import annotations

import datetime as dt
import smtplib
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from peelian.meetings.kinds import PETITION, PUBLIC_QUESTION
from peelian.meetings.models import Meeting, Petition, PublicQuestion, Submission
from peelian.meetings.models.participation import Refusal, State
from peelian.meetings.participation import moment
from peelian.pages.subscriptions import CONFIRM_WITHIN
from peelian.record import clock, operations
from peelian.record.access import Actor
from peelian.record.errors import Refused
from peelian.record.models import Record
from peelian.record.values import Values
from peelian.record.writing import free_reference, operation

SALT = "peelian.submission.confirm"
# How long name and address are kept: this long after the meeting, or after a petition came.
KEPT = dt.timedelta(days=90)
MOST_OF_ADDRESS, MOST_IN_HOUR = 5, 100  # that wait for their link, so that no form floods anybody


def forget_submissions() -> int:
    """Delete what nobody confirmed within seven days and what has had its time; return how many."""
    rows = Submission.objects
    old = timezone.now() - CONFIRM_WITHIN
    gone = rows.filter(confirmed_at=None, asked_at__lt=old).delete()[0]
    return gone + rows.filter(ends_on__lt=clock.today()).delete()[0]


def ask(meeting: Meeting | None, values: dict[str, Any]) -> bool:
    """Keep what somebody put in and mail the link that confirms it; False where too much came.

    Whoever asks learns nothing of the address: one that has asked for too much is sent nothing.
    """
    forget_submissions()
    waiting = Submission.objects.filter(confirmed_at=None)
    hour = timezone.now() - dt.timedelta(hours=1)
    if waiting.filter(asked_at__gte=hour).count() >= MOST_IN_HOUR:
        return False
    email = values["email"].strip().lower()
    if waiting.filter(email=email).count() >= MOST_OF_ADDRESS:
        return True
    form = Submission.Form.QUESTION if meeting else Submission.Form.PETITION
    ends_on = (meeting.held_on if meeting else clock.today()) + KEPT
    made = Submission(
        **values | {"email": email}, form=form, meeting=_record(meeting), ends_on=ends_on
    )
    made.save()
    return mail(made, _("Confirm what you sent us"), "meetings/submission_confirm.txt")


def _record(meeting: Meeting | None) -> Record | None:
    """Return the record that a meeting is: the foreign key is to that."""
    return Record.objects.get(pk=meeting.pk) if meeting else None


def link(submission: Submission) -> str:
    """Return the link that confirms a submission."""
    token = signing.dumps(submission.pk, salt=SALT)
    return settings.SITE + reverse("submission-confirm", args=[token])


def found(token: str) -> Submission | None:
    """Return the submission that a link is for; None where it is none of ours or too old."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=CONFIRM_WITHIN)
    except signing.BadSignature:
        return None
    return Submission.objects.filter(pk=pk).select_related("meeting").first()


def confirm(submission: Submission, most: int | None) -> bool:
    """Hand a submission to the officer; False where its sender has put as many as one may.

    Only who reads the mail of the address learns that.
    """
    with transaction.atomic():
        current = Submission.objects.select_for_update().get(pk=submission.pk)
        if current.confirmed_at:
            return True
        own = Submission.objects.filter(email=current.email, meeting_id=current.meeting_id)
        others = own.filter(form=current.form).exclude(confirmed_at=None)
        if most and current.form == Submission.Form.QUESTION and others.count() >= most:
            return False
        current.confirmed_at = moment()
        current.save()
    return True


@operation
def decide(submission: Submission, *, by: Actor, refused_because: str = "") -> Record:
    """Return the record that a submission becomes: a draft, accepted, or refused with its ground.

    The name stands in it only where its sender agreed; the address never does. Raises Refused for
    one that is not confirmed or was decided before, and Invalid for a ground that is none.
    """
    current = Submission.objects.select_for_update().get(pk=submission.pk)
    if current.confirmed_at is None:
        raise Refused(_("Its sender has not confirmed it."))
    if current.state != Submission.State.WAITING:
        raise Refused(_("It was decided before."))
    is_question = current.form == Submission.Form.QUESTION
    kind = PUBLIC_QUESTION if is_question else PETITION
    received = timezone.localdate(current.confirmed_at)
    base = f"{'Q' if is_question else 'P'}-{received.isoformat()}"
    values: Values = {
        "reference": free_reference(kind.name, base),
        "parent": current.meeting,
        "asked_by": current.name if current.is_name_public else "",
        "received_on": received,
        "state": State.REFUSED if refused_because else State.ACCEPTED,
        "refused_because": refused_because,
    }
    if is_question:
        values |= {"question": current.text}
    else:
        signed = current.signatures or 0
        values |= {"title": current.title, "prayer": current.text, "signatures": signed}
    made = operations.create(kind, values, by=by, why=_("Came in by the form"))
    refused = bool(refused_because)
    current.state = Submission.State.REFUSED if refused else Submission.State.ACCEPTED
    current.became = Record.objects.get(pk=made.pk)
    current.save()
    return made


def confirmed(pk: int) -> Submission | None:
    """Return a submission that its sender confirmed, or None."""
    return Submission.objects.filter(pk=pk).exclude(confirmed_at=None).first()


def tell_decided(submission: Submission) -> bool:
    """Mail the sender whether it is taken, and if not, why; return whether the mail went out."""
    current = Submission.objects.select_related("became", "meeting").get(pk=submission.pk)
    record = _became(current)
    ground = Refusal(record.refused_because).label if record and record.refused_because else ""
    subject = _("What you sent us is not taken") if ground else _("What you sent us is taken")
    return mail(current, subject, "meetings/submission_decided.txt", ground=ground)


def tell_answer(submission: Submission) -> bool:
    """Mail the sender the answer on the record, once; return whether the mail went out.

    Raises Refused where there is no answer, or it was sent.
    """
    current = Submission.objects.select_related("became", "meeting").get(pk=submission.pk)
    if current.answered_at:
        raise Refused(_("The answer was sent before."))
    words = answer_of(_became(current))
    if not words:
        raise Refused(_("There is no answer on the record yet."))
    subject = _("The answer to what you sent us")
    if not mail(current, subject, "meetings/submission_answer.txt", answer=words):
        return False
    current.answered_at = timezone.now()
    current.save()
    return True


def answer_of(record: PublicQuestion | Petition | None) -> str:
    """Return the answer to a question or the response to a petition, or nothing."""
    if isinstance(record, PublicQuestion):
        said = (record.answer, record.supplementary_answer)
        return "\n\n".join(one.strip() for one in said if one.strip())
    return record.response.strip() if record else ""


def _became(submission: Submission) -> PublicQuestion | Petition | None:
    pk = submission.became_id or 0
    model = PublicQuestion if submission.form == Submission.Form.QUESTION else Petition
    return model.objects.filter(pk=pk).first()


def mail(submission: Submission, subject: str, template: str, **says: Any) -> bool:
    """Return whether a mail about a submission was handed over; the text is that of a template."""
    says |= {
        "one": submission,
        "about": submission.meeting.title if submission.meeting else submission.title,
        "link": link(submission),
        "office": settings.OFFICE["name"],
    }
    text = render_to_string(template, says)
    message = EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [submission.email])
    try:
        return bool(message.send())
    except (OSError, smtplib.SMTPException):
        return False
