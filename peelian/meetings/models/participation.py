"""What people declare at meetings, ask of them and bring to them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from peelian.meetings.models.meetings import Meeting
from peelian.record.keeping import WITH_PARENT, Keeping
from peelian.record.models import Citable, ToRecord
from peelian.record.values import reference_of, title_of


class Declaration(Citable):
    """An interest that somebody declared at a meeting, and whether they left for the item.

    The sorts are those of a members' code of conduct under the Localism Act 2011, sections 27 to
    31; what is sensitive (section 32) is declared without its details.
    """

    keeping: ClassVar = WITH_PARENT

    class Form(models.TextChoices):
        PECUNIARY = "pecuniary", _("Disclosable pecuniary interest")
        REGISTRABLE = "registrable", _("Other registrable interest")
        OTHER = "other", _("Non-registrable interest")

    person = ToRecord("person", optional=False, verbose_name=_("Person"))
    form = models.CharField(_("Kind of interest"), max_length=11, choices=Form)
    interest = models.TextField(
        _("What is declared"),
        blank=True,
        help_text=_("This is public. Leave it empty where the interest is a sensitive one."),
    )
    left_room = models.BooleanField(_("Left the room for the item"), default=False)
    entry = ToRecord("interest", verbose_name=_("Entry in the register"))

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a declaration by where it was made and by whom, and entitle it by the person."""
        parts = [reference_of(values.get(name)) for name in ("parent", "person")]
        values["reference"] = values.get("reference") or ".".join((*parts, "declared"))
        values["title"] = values.get("title") or title_of(values.get("person"))
        return values


def _refuse_in_private(record: Citable) -> None:
    """Raise ValidationError where the meeting that a record is part of is held in private."""
    meeting = Meeting.objects.filter(pk=record.parent_id or 0).first()
    if meeting and meeting.sort.is_private:
        said = _("“%(title)s” is held in private.") % {"title": meeting.title}
        raise ValidationError({"parent": said})


class Webcast(Citable):
    """A meeting as it can be watched: where, and from when on it runs."""

    keeping: ClassVar = WITH_PARENT

    address = models.URLField(_("Address"), max_length=500)
    begins_at = models.TimeField(
        _("Begins"),
        null=True,
        blank=True,
        help_text=_("Only where it is not when the meeting does."),
    )

    def clean(self) -> None:
        """Raise ValidationError for a meeting that is held in private."""
        super().clean()
        _refuse_in_private(self)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Name a webcast by its meeting."""
        made = f"{reference_of(values.get('parent'))}-webcast"
        values["reference"] = values.get("reference") or made
        values["title"] = values.get("title") or title_of(values.get("parent"))
        return values


class State(models.TextChoices):
    """How far a question or petition is."""

    RECEIVED = "received", _("Received")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")


class Refusal(models.TextChoices):
    """Why a question or petition is not taken."""

    LATE = "late", _("It came too late")
    DEFAMATORY = "defamatory", _("It is defamatory, frivolous or offensive")
    REPEATED = "repeated", _("It is much the same as one put lately")
    PERSONAL = "personal", _("It is about somebody’s personal affairs")
    OTHER_BODY = "other_body", _("It is not about what this body does")


def _refused_with_reason(kind: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(state="refused") & ~models.Q(refused_because="")
        | ~models.Q(state="refused") & models.Q(refused_because=""),
        name=f"{kind}_refused_with_reason",
        violation_error_message=_("Give the reason of a refusal, and of nothing else."),
    )


def _asked_by() -> models.CharField[str, str]:
    return models.CharField(
        _("Name"),
        max_length=200,
        blank=True,
        help_text=_(
            "Only where they agreed that their name is public. Addresses and telephone numbers are "
            "not kept here at all."
        ),
    )


class PublicQuestion(Citable):
    """A question that somebody of the public puts to a meeting, and its answer.

    Purpose: to put and answer it in public. Kept of the person: the name, and only where they
    agreed that it is public.
    """

    keeping: ClassVar = WITH_PARENT
    newest: ClassVar = "received_on"

    item = ToRecord("agenda-item", verbose_name=_("Agenda item"))
    asked_by = _asked_by()
    received_on = models.DateField(_("Received on"))
    question = models.TextField(_("Question"))
    state = models.CharField(_("State"), max_length=8, choices=State, default=State.RECEIVED)
    refused_because = models.CharField(
        _("Why it is refused"), max_length=10, choices=Refusal, blank=True
    )
    answer = models.TextField(_("Answer"), blank=True)
    answered_on = models.DateField(_("Answered on"), null=True, blank=True)
    supplementary = models.TextField(_("Supplementary question"), blank=True)
    supplementary_answer = models.TextField(_("Answer to the supplementary question"), blank=True)

    class Meta:
        constraints: ClassVar = [
            _refused_with_reason("publicquestion"),
            models.CheckConstraint(
                condition=models.Q(answered_on=None) | ~models.Q(answer=""),
                name="publicquestion_answered_with_words",
                violation_error_message=_("Give the answer, or no day of it."),
            ),
        ]

    def clean(self) -> None:
        """Raise ValidationError for a meeting that is held in private."""
        super().clean()
        _refuse_in_private(self)

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Entitle a question by how it begins."""
        begins = " ".join(str(values.get("question") or "").split())
        values["title"] = values.get("title") or Truncator(begins).chars(100)
        return values


class Petition(Citable):
    """A petition to a body: what it asks for, how many signed it, what became of it.

    Kept of people: the name of who handed it in, where they agreed that it is public. Signatures
    are counted, never kept.
    """

    keeping: ClassVar = Keeping("retention/minutes", with_parent=True)
    newest: ClassVar = "received_on"

    asked_by = _asked_by()
    received_on = models.DateField(_("Received on"))
    signatures = models.PositiveIntegerField(_("Signatures"))
    prayer = models.TextField(_("What it asks for"))
    state = models.CharField(_("State"), max_length=8, choices=State, default=State.RECEIVED)
    refused_because = models.CharField(
        _("Why it is refused"), max_length=10, choices=Refusal, blank=True
    )
    acknowledged_on = models.DateField(_("Acknowledged on"), null=True, blank=True)
    response = models.TextField(_("Response"), blank=True)
    responded_on = models.DateField(_("Responded on"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            _refused_with_reason("petition"),
            models.CheckConstraint(
                condition=models.Q(responded_on=None) | ~models.Q(response=""),
                name="petition_responded_with_words",
                violation_error_message=_("Give the response, or no day of it."),
            ),
            models.CheckConstraint(
                condition=models.Q(acknowledged_on=None)
                | models.Q(acknowledged_on__gte=models.F("received_on")),
                name="petition_acknowledged_after_receipt",
                violation_error_message=_("It cannot be acknowledged before it was received."),
            ),
        ]
