"""Who is asked in a round, by which link, and what came back which way: private rows, no records.

Purpose: to ask the owners of a plan's lines for their updates, and to show who said what. Kept: the
owner's e-mail address, which lines it was asked about, when and how it answered. An invitation goes
with its round, and a year after its link has run out (`rounds.reminders.forget_old`); what was
answered stays on the record, with who said it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peelian.pages.subscriptions import Told
from peelian.promises.models import Release
from peelian.rounds import moment


class Contact(models.Model):
    """Where an owner of lines is asked, until the office changes it."""

    owner = models.OneToOneField("record.Record", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("Name"), max_length=100, blank=True)
    email = models.EmailField(_("E-mail address"))
    by = models.CharField(max_length=150)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"contact {self.pk}"


class Invitation(models.Model):
    """One owner asked for the updates of their lines in one round; `by` is who last saw to it.

    `after` is the invitation of whoever handed some of their lines on to a colleague.
    """

    round = models.ForeignKey("promises.UpdateRound", on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey("record.Record", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("Name"), max_length=100, blank=True)
    email = models.EmailField(_("E-mail address"))
    after = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="handed_on")
    by = models.CharField(max_length=150)
    made_at = models.DateTimeField(default=moment.now)
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    first_used_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "owner"],
                condition=models.Q(after=None),
                name="invitation_once_an_owner",
            ),
            models.UniqueConstraint(fields=["after", "email"], name="invitation_once_a_colleague"),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def is_open(self) -> bool:
        """Return whether its links still let anybody in."""
        return self.revoked_at is None and self.expires_at > moment.now()

    @property
    def called(self) -> str:
        """Return the name of whoever is asked, else the owner's title."""
        return self.name or str(self.owner)


class Link(models.Model):
    """A link that was mailed: the SHA-256 of its token, never the token itself.

    Each mail has a link of its own, so that a reminder does not break the link of the first mail.
    """

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"link {self.pk}"


class Line(models.Model):
    """A promise that an invitation asks about."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="lines")
    promise = models.ForeignKey("promises.Promise", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invitation", "promise"], name="line_asked_once"),
        ]

    def __str__(self) -> str:
        return f"line {self.pk}"


class Answer(models.Model):
    """What came in for a line: an update, no change, a refusal with its reason, a handing on.

    `by` is who the history names; `said_by` the address that had confirmed who it is. Only added
    to: the newest of a line counts.
    """

    class Form(models.TextChoices):
        UPDATE = "update", _("Update")
        NO_CHANGE = "no_change", _("No change")
        DECLINED = "declined", _("Declined")
        DELEGATED = "delegated", _("Handed on")

    class Way(models.TextChoices):
        LINK = "link", _("By link")
        SPREADSHEET = "spreadsheet", _("By spreadsheet")
        EMAIL = "email", _("By e-mail")

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="answers")
    promise = models.ForeignKey("promises.Promise", on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=10, choices=Form)
    way = models.CharField(max_length=12, choices=Way)
    by = models.CharField(max_length=150)
    said_by = models.EmailField()
    release = models.CharField(max_length=8, choices=Release, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    received_at = models.DateTimeField(default=moment.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["invitation", "promise"], name="answer_of_line"),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Code(models.Model):
    """A one-time code mailed to the invited address, as a keyed hash; `tries` counts wrong ones."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"code {self.pk}"


class Knock(models.Model):
    """That a link or a network address asked for something that is counted; gone after a day."""

    who = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["who", "at"], name="knock_who_at")]

    def __str__(self) -> str:
        return f"knock {self.pk}"


class Reminded(Told):
    """A reminder, by what it is about, whom it went to and which step it was; sent once."""

    round = models.ForeignKey("promises.UpdateRound", on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    key = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "email", "key"], name="reminded_once"),
        ]

    def __str__(self) -> str:
        return f"reminded {self.pk}"


class EmailReply(models.Model):
    """A mail that answered an invitation: what was kept of it, and what a person has to look at.

    Of the mail itself only the words that could not be placed are kept. It goes with its
    invitation. `number` is the mail's own, by which it is taken once.
    """

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("Taken in")
        STRANGER = "stranger", _("From another address")
        CLOSED = "closed", _("After the end")

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="replies")
    number = models.CharField(max_length=250, unique=True)
    sender = models.EmailField()
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.TAKEN)
    kept = models.PositiveSmallIntegerField(default=0)
    left = models.TextField(blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    seen_by = models.CharField(max_length=150, blank=True)

    def __str__(self) -> str:
        return f"reply {self.pk}"
