"""How the public takes part in meetings: the panel's scheme, and by when questions must come.

The numbers are the panel's own (rules/participation.yaml), and an office changes them there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.blocks import Block, Heading, Paragraph, Run, plain
from peelian.duties.rulebook import office, rule_named
from peelian.law.arithmetic import BeforeEvent
from peelian.law.rule import Rule
from peelian.meetings.beside import read_beside
from peelian.meetings.kinds import PETITION, PUBLIC_QUESTION
from peelian.meetings.models import AgendaItem, Meeting, Petition, PublicQuestion
from peelian.meetings.models.participation import State
from peelian.meetings.sorts import TO_PANEL
from peelian.record import clock
from peelian.record.access import Actor
from peelian.record.errors import Refused
from peelian.record.guards import Answers
from peelian.record.models import Record
from peelian.record.scope import Scope

HERE = ZoneInfo("Europe/London")
QUESTIONS, PETITIONS = TO_PANEL, "participation/petition"


@dataclass(frozen=True)
class Deadline:
    """The last day for questions to a meeting, until which hour, and how it is worked out."""

    on: dt.date
    hour: int
    form: BeforeEvent

    def is_over(self, now: dt.datetime) -> bool:
        """Return whether the hour has passed."""
        here = now.astimezone(HERE)
        return (here.date(), here.hour) >= (self.on, self.hour)

    @property
    def words(self) -> str:
        """Return by when questions must come: `noon on Tuesday 10 November 2026`."""
        says = {"day": date_format(self.on, "l j F Y"), "hour": self.hour}
        if self.hour == 12:
            return _("noon on %(day)s") % says
        return _("%(hour)s:00 on %(day)s") % says

    @property
    def because(self) -> str:
        """Return in words how the day follows from the meeting's."""
        n = self.form.number
        if self.form.unit == "days_before":
            said = ngettext("That is %(n)s day", "That is %(n)s days", n)
        else:
            said = ngettext("That is %(n)s working day", "That is %(n)s working days", n)
        return _("%(time)s before the meeting.") % {"time": said % {"n": n}}


def moment() -> dt.datetime:
    """Return what time it is here, on the day the office works on."""
    return dt.datetime.combine(clock.today(), timezone.localtime().time(), HERE)


def scheme(name: str) -> Rule | None:
    """Return a rule of the scheme, or None where it does not bind this office."""
    rule = rule_named(name)
    return rule if rule and office().is_ever_bound(rule) else None


def scheme_of(meeting: Meeting, body: str) -> Rule | None:
    """Return the rule by which the public puts questions to a meeting, or None where it puts none.

    The panel's meetings are under the panel's scheme, where their form takes questions; a holding
    to account in public is under the commissioner's. `body` is the reference of its body.
    """
    name = meeting.sort.questions
    if not name or (name == TO_PANEL and body != settings.OFFICE["panel"]):
        return None
    return scheme(name)


def deadline(meeting: Meeting, body: str) -> Deadline | None:
    """Return by when questions to a meeting must come; `body` is the reference of its body.

    None for a meeting that takes none, or is not to come.
    """
    rule = scheme_of(meeting, body)
    is_open = meeting.state == Meeting.State.PLANNED
    if not (rule and is_open and isinstance(rule.form, BeforeEvent)):
        return None
    worked = rule.form.work_out(meeting.held_on, office().jurisdiction)
    return Deadline(worked.on, rule.limit("hour") or 23, rule.form)


class AcceptedGuard:
    """Lets no question or petition go public before somebody has accepted it, nor a refused one."""

    def asks(self, record: Record, on: dt.date) -> None:
        """Ask nothing: whether it is accepted stands in the record."""

    def let_through(
        self, record: Record, on: dt.date, answers: Answers, *, by: Actor, why: str
    ) -> None:
        """Raise Refused for a question or petition that is not accepted."""
        if isinstance(record, PublicQuestion | Petition) and record.state != State.ACCEPTED:
            says = {"title": record.title}
            raise Refused(_("“%(title)s” is not accepted, so it does not go public.") % says)


@dataclass(frozen=True)
class Asked:
    """The questions and petitions of a meeting, those to an item by its id and all others."""

    by_item: Mapping[int, list[PublicQuestion]]
    questions: list[PublicQuestion]
    petitions: list[Petition]

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return bool(self.by_item or self.questions or self.petitions)


def asked_at(
    items: Iterable[AgendaItem], questions: Iterable[PublicQuestion], petitions: list[Petition]
) -> Asked:
    """Return the questions sorted to the items that are shown; others stand by themselves."""
    shown = {item.pk for item in items}
    by_item: dict[int, list[PublicQuestion]] = {}
    alone = []
    for question in questions:
        if question.item_id and question.item_id in shown:
            by_item.setdefault(question.item_id, []).append(question)
        else:
            alone.append(question)
    return Asked(by_item, alone, petitions)


def participation_blocks(meeting: Meeting, scope: Scope, level: int = 2) -> list[Block]:
    """Return the questions and petitions of a meeting with their answers, or nothing. One query."""
    found = read_beside(meeting, scope, (PUBLIC_QUESTION, PETITION))
    blocks: list[Block] = []
    for question in found.of(PublicQuestion):
        blocks += [Heading(level, question_title(question)), *_said(question.question)]
        blocks += [_labelled(label, words) for label, words in spoken(question)]
    for petition in found.of(Petition):
        blocks += [Heading(level, petition_title(petition)), *_said(petition.prayer)]
        if petition.response:
            blocks.append(_labelled(_("Response:"), petition.response))
    return blocks


def question_title(question: PublicQuestion) -> str:
    """Return who asks, where they agreed to be named."""
    if question.asked_by:
        return _("Question from %(name)s") % {"name": question.asked_by}
    return _("Question from a member of the public")


def petition_title(petition: Petition) -> str:
    """Return what a petition is called and how many signed it."""
    says = {"title": petition.title, "n": petition.signatures}
    return _("Petition: %(title)s (%(n)s signatures)") % says


def spoken(question: PublicQuestion) -> list[tuple[str, str]]:
    """Return what was said after a question was put, each with its label."""
    rows = (
        (_("Answer:"), question.answer),
        (_("Supplementary question:"), question.supplementary),
        (_("Answer:"), question.supplementary_answer),
    )
    return [(label, " ".join(words.split())) for label, words in rows if words.strip()]


def _labelled(label: str, words: str) -> Paragraph:
    return Paragraph((Run(f"{label} ", bold=True), *plain(words)))


def _said(text: str) -> list[Block]:
    return [Paragraph(plain(" ".join(part.split()))) for part in text.split("\n\n") if part.strip()]
