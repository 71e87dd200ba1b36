"""The note of a meeting: theme, questions, answers, outcomes and undertakings, as blocks.

It holds what was known at the meeting and nothing that moves on, so that it stays as it was read.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.blocks import Block, Bullets, Document, Facts, Heading, Paragraph, Run, plain
from peelian.holding.asked import Asked, Said, Taken, taken
from peelian.holding.kinds import THEME
from peelian.meetings.models import Meeting
from peelian.meetings.participation import participation_blocks
from peelian.meetings.sections import attendance_of, prose
from peelian.promises.models import Promise
from peelian.record.models import Audience, Status
from peelian.record.scope import PUBLIC, Scope


def themes_at(meeting: Meeting, scope: Scope, named: Scope | None = None) -> list[Taken]:
    """Return the themes taken at a meeting with all that was asked, as `taken` reads it."""
    themes = scope.of(THEME).filter(meeting=meeting).exclude(status=Status.WITHDRAWN)
    return taken(themes.order_by("month", "pk"), scope, named)


def note_of(meeting: Meeting, introduction: str, scope: Scope) -> Document:
    """Return the note of a meeting; what is for the office only is left out of it."""
    blocks: list[Block] = [*prose(introduction), *_who(meeting)]
    for one in themes_at(meeting, scope, PUBLIC):
        if one.theme.audience == Audience.PUBLIC:
            blocks += _theme(one)
    if asked := participation_blocks(meeting, PUBLIC):
        blocks += [Heading(1, _("Questions from the public"), anchor="public"), *asked]
    return Document(
        title=_("Holding to account: note of the meeting"),
        subtitle=meeting.title,
        publisher=str(settings.OFFICE["name"]),
        date=meeting.held_on,
        blocks=tuple(blocks),
        status=_("Worked example: what it says is made up.")
        if settings.OFFICE["is_made_up"]
        else "",
        cover=False,
    )


def _who(meeting: Meeting) -> list[Block]:
    found = attendance_of(meeting, PUBLIC)
    facts = [(_("Held on"), date_format(meeting.held_on, "l j F Y"))]
    facts += [(_("Place"), meeting.place)] if meeting.place else []
    facts += [(label, ", ".join(names)) for label, names in found.items()]
    return [Facts(tuple((term, plain(words)) for term, words in facts))]


def _theme(one: Taken) -> list[Block]:
    blocks: list[Block] = [Heading(1, one.theme.title, anchor=f"theme-{one.theme.pk}")]
    if one.objective:
        said = _("Objective of the plan: %(objective)s.") % {"objective": one.objective.title}
        blocks.append(Paragraph(plain(said)))
    blocks += prose(one.theme.why)
    for asked in one.asked:
        if asked.enquiry.audience == Audience.PUBLIC:
            blocks += _enquiry(asked)
    return blocks


def _enquiry(asked: Asked) -> list[Block]:
    enquiry, said = asked.enquiry, asked.said
    blocks: list[Block] = [Heading(2, enquiry.title, number=str(enquiry.number))]
    if enquiry.why:
        blocks.append(_labelled(_("Why it was asked:"), enquiry.why))
    if before := next(iter(asked.before), None):
        blocks += _last_time(before)
    if said is None or said.answer.audience != Audience.PUBLIC:
        return [*blocks, Paragraph(plain(_("It was not answered at this meeting.")))]
    if said.then:
        blocks.append(_labelled(_("The figure known that day:"), said.then))
    answer = prose(said.answer.text)
    who = said.answered_by or asked.answerer
    name = _("Answer of %(name)s:") % {"name": who.title} if who else _("Answer:")
    blocks += [Paragraph((Run(name, bold=True),)), *answer]
    return [*blocks, *_outcome(said)]


def _last_time(before: Said) -> list[Block]:
    """Return that it was asked before, where the public may know of it, with the figure then."""
    if (before.answer.status, before.answer.audience) != (Status.PUBLISHED, Audience.PUBLIC):
        return []
    says = {"day": before.day, "outcome": before.answer.get_outcome_display()}
    words = _("Asked before, on %(day)s: %(outcome)s.") % says
    figure = _(" The figure then was %(figure)s.") % {"figure": before.then}
    return [Paragraph(plain(words + (figure if before.then else "")))]


def _outcome(said: Said) -> list[Block]:
    answer = said.answer
    blocks: list[Block] = [_labelled(_("Outcome:"), answer.get_outcome_display())]
    if answer.finding:
        blocks.append(_labelled(_("What the commissioner found:"), answer.finding))
    if given := [one for one in said.promised if one.audience == Audience.PUBLIC]:
        blocks.append(Paragraph((Run(_("What was promised"), bold=True),)))
        blocks.append(Bullets(tuple(promised_runs(given))))
    return blocks


def promised_runs(given: Sequence[Promise]) -> list[tuple[Run, ...]]:
    """Return undertakings as lines: reference, what, and by when."""
    return [
        (
            Run(f"{one.reference}: ", href=one.get_absolute_url()),
            Run(f"{one.title} ({due_of(one)})"),
        )
        for one in given
    ]


def due_of(promise: Promise) -> str:
    """Return by when something is due, in words."""
    day = date_format(promise.due, "j F Y") if promise.due else promise.due_as_printed
    return _("due %(day)s") % {"day": day} if day else _("no date given")


def _labelled(label: str, words: str) -> Paragraph:
    return Paragraph((Run(f"{label} ", bold=True), *plain(" ".join(words.split()))))
