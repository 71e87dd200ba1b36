"""The note of a meeting's decisions: who was there, what was declared, decided and voted.

In Wales it must be out within seven working days (rules/meetings.yaml: Local Government Act 1972,
section 100C(1C)). Elsewhere it is the same page, for whoever does not wait for the minutes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.blocks import Block, Bullets, Document, Facts, Heading, Paragraph, Run, plain
from peelian.duties.rulebook import office, rule_named
from peelian.law.arithmetic import Period
from peelian.law.rule import Rule
from peelian.meetings.beside import read_beside
from peelian.meetings.declarations import declared
from peelian.meetings.kinds import ATTENDANCE, DECLARATION, MINUTE
from peelian.meetings.members import members_at
from peelian.meetings.models import Meeting
from peelian.meetings.sections import agenda_items, names_of, people_of, prose
from peelian.meetings.votes import taken_at
from peelian.record.models import Audience, Record, Status
from peelian.record.scope import PUBLIC, Scope

NOTE_RULE = "meetings/decision-note-wales"
R = TypeVar("R", bound=Record)


def note_of(meeting: Meeting, scope: Scope) -> Document:
    """Return the note of a meeting as its records stand, drafts too: it is read before it goes out.

    Nothing in it is what the office keeps for itself, and nobody who is not public.
    """
    body = PUBLIC.by_id([meeting.body_id]).get(meeting.body_id or 0)
    blocks = _attended(meeting, scope) + _declared(meeting, scope)
    blocks += _decided(meeting, scope) + _voted(meeting, scope)
    return Document(
        title=_("Note of decisions"),
        subtitle=meeting.title,
        publisher=body.title if body else "",
        date=meeting.held_on,
        blocks=(*_why(meeting), *blocks),
        cover=False,
    )


def _told(records: Iterable[R]) -> list[R]:
    """Return what is for the public, whether or not it is out yet."""
    return [
        one for one in records if one.audience == Audience.PUBLIC and one.status != Status.WITHDRAWN
    ]


def _rule(meeting: Meeting) -> Rule | None:
    """Return the rule by which the law asks for the note, or None where it does not."""
    rule = rule_named(NOTE_RULE)
    return rule if rule and office().is_bound(rule, meeting.held_on) else None


def _why(meeting: Meeting) -> list[Block]:
    said = _("The minutes of this meeting are published separately.")
    if rule := _rule(meeting):
        said = _(
            "Published under %(citation)s. The minutes of this meeting are published separately."
        ) % {"citation": rule.citation}
    return [Paragraph(plain(said))]


def _attended(meeting: Meeting, scope: Scope) -> list[Block]:
    rows = _told(read_beside(meeting, scope, (ATTENDANCE,)).attendance)
    names = names_of(rows, PUBLIC.by_id(people_of(rows)))
    head = Heading(2, _("Attendance and apologies"))
    if not names:
        return [head, Paragraph(plain(_("No attendance is on the record.")))]
    return [head, Facts(tuple((way, plain(", ".join(who))) for way, who in names.items()))]


def _declared(meeting: Meeting, scope: Scope) -> list[Block]:
    found = read_beside(meeting, scope, (DECLARATION,))
    rows = declared(
        _told(found.declarations), agenda_items(meeting, scope), PUBLIC.by_id(found.named)
    )
    lines = tuple(
        (Run(row.person.title, bold=True), *plain(f" ({row.about}): {row.words}"))
        if row.about
        else (Run(row.person.title, bold=True), *plain(f": {row.words}"))
        for row in rows
    )
    head = Heading(2, _("Declarations of interest"))
    return [
        head,
        Bullets(lines) if lines else Paragraph(plain(_("No declaration is on the record."))),
    ]


def _decided(meeting: Meeting, scope: Scope) -> list[Block]:
    minutes = _told(scope.of(MINUTE).filter(parent=meeting).order_by("number", "pk"))
    blocks: list[Block] = [Heading(2, _("Decisions"))]
    for minute in (one for one in minutes if one.decision.strip()):
        blocks += [Heading(3, minute.title, number=str(minute.number)), *prose(minute.decision)]
    if len(blocks) == 1:
        blocks.append(Paragraph(plain(_("No decision is on the record."))))
    return blocks


def _voted(meeting: Meeting, scope: Scope) -> list[Block]:
    tallies = taken_at(meeting, members_at(meeting, scope)["count"], scope)
    told = {vote.pk for vote in _told(tally.vote for tally in tallies)}
    lines = tuple(
        (
            Run(f"{tally.result}: ", bold=True),
            *plain(f"{' '.join(tally.vote.motion.split())} {tally.because}"),
        )
        for tally in tallies
        if tally.vote.pk in told
    )
    head = Heading(2, _("Votes"))
    return [head, Bullets(lines) if lines else Paragraph(plain(_("No vote is on the record.")))]


def due_words(meeting: Meeting) -> str:
    """Return by when the note must be out, or nothing where no law asks for one."""
    rule = _rule(meeting)
    if rule is None or not isinstance(rule.form, Period):
        return ""
    due = rule.form.work_out(meeting.held_on, office().jurisdiction).on
    return _("It must be public by %(day)s.") % {"day": date_format(due, "l j F Y")}
