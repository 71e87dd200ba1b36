"""The draft of a step's letter or report, filled from the record; what is missing is marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peelian.blocks import Block, Bullets, Document, Facts, Notice, Paragraph, Run, Runs, plain
from peelian.law.dates import FinancialYear
from peelian.law.process import GAP, Letter, Said, SaidWhen
from peelian.meetings.arising import followed
from peelian.meetings.kinds import MINUTE
from peelian.meetings.models import Meeting
from peelian.meetings.votes import Tally
from peelian.people.membership import needed_in_words
from peelian.processes.declared import filled
from peelian.processes.steps import Run as Course
from peelian.processes.steps import Step
from peelian.promises.kinds import RECOMMENDATION
from peelian.record.scope import Scope

_LIST = "{recommendations}"


def letter_of(step: Step, course: Course) -> Document | None:
    """Return the draft of a step's letter or report as a document, or None where it has none.

    Every gap that the record does not fill stands in brackets and bold. Three queries.
    """
    letter = step.declared.letter
    if letter is None:
        return None
    process, held = course.held.process, course.held
    values = _values(step, course)
    year = process.financial_year
    blocks: list[Block] = [
        Notice(
            _("A draft. Check it, and fill in what stands in brackets, before it is sent."),
            "warning",
        ),
        Facts(
            (
                (_("From"), plain(_sender(step))),
                (_("To"), plain(letter.to)),
                (_("Date"), plain(date_format(held.today, "j F Y"))),
            )
        ),
    ]
    for said in letter.says:
        if _applies(said, course):
            blocks += _paragraph(said, values, year, held.scope, process.meeting_id)
    blocks.append(Paragraph((Run(_gap(_("signature")), bold=True),)))
    return Document(
        title=_title(letter, year, process.subject),
        publisher=_sender(step),
        date=held.today,
        blocks=tuple(blocks),
        language="cy" if get_language() == "cy" else "en-GB",
        status=_("Draft"),
        cover=False,
    )


def _title(letter: Letter, year: FinancialYear | None, subject: str) -> str:
    return filled(letter.title, year, subject).strip().rstrip(":")


def _sender(step: Step) -> str:
    who, office = step.who, str(settings.OFFICE["name"])
    return who if office in who else f"{who}, {office}"


def _applies(said: Said, course: Course) -> bool:
    """Return whether a paragraph is part of the letter; while a veto is open, both ways are."""
    stands = course.veto.stands
    tally = course.held.tally
    met: dict[SaidWhen, bool] = {
        "always": True,
        "vetoed": stands is not False,
        "not_vetoed": not stands,
        "voted": tally is not None and tally.counts is not None,
    }
    return met[said.when]


def _paragraph(
    said: Said,
    values: dict[str, str],
    year: FinancialYear | None,
    scope: Scope,
    meeting: int | None,
) -> list[Block]:
    if said.text.strip() == _LIST:
        return [_recommendations(scope, meeting)]
    runs: list[Run] = []
    at = 0
    for gap in GAP.finditer(said.text):
        runs += plain(said.text[at : gap.start()])
        runs.append(_filled_gap(gap[1], values, year))
        at = gap.end()
    runs += plain(said.text[at:])
    return [Paragraph(tuple(runs))]


def _filled_gap(name: str, values: dict[str, str], year: FinancialYear | None) -> Run:
    words = values.get(name) or filled(f"{{{name}}}", year, values.get("subject", ""))
    if not words or words == f"{{{name}}}":
        return Run(_gap(str(_GAPS.get(name, lambda: name)())), bold=True)
    return Run(words)


def _gap(words: str) -> str:
    return _("[to be filled in: %(what)s]") % {"what": words}


# What a gap is called where nothing fills it.
_GAPS: dict[str, Callable[[], str]] = {
    "subject": lambda: _("what it is about"),
    "person": lambda: _("the candidate’s name"),
    "proposal": lambda: _("what is proposed"),
    "revised": lambda: _("what is proposed after the veto"),
    "day": lambda: _("the day"),
    "meeting": lambda: _("the meeting"),
    "second_meeting": lambda: _("the second meeting"),
    "members": lambda: _("how many were members"),
    "needed": lambda: _("the votes needed"),
    "votes": lambda: _("how the votes fell"),
    "finding": lambda: _("what the panel found"),
    "recommendation": lambda: _("what the panel recommends, and why"),
    "decision": lambda: _("the answer or decision"),
    "criteria": lambda: _("the criteria"),
    "reasons": lambda: _("the reasons"),
    "terms": lambda: _("the terms and conditions"),
    "competence": lambda: _("the panel’s view of competence"),
    "independence": lambda: _("the panel’s view of independence"),
    "reserve": lambda: _("the reserve candidate’s name"),
    "acting": lambda: _("who acts"),
    "from": lambda: _("the first day"),
    "wanted": lambda: _("the day by which it is wanted"),
    "address": lambda: _("the address of the page"),
}


def _values(step: Step, course: Course) -> dict[str, str]:
    """Return what the record says for each gap of a letter; nothing where it does not."""
    held, process = course.held, course.held.process
    tally = held.tally
    values = {
        "subject": process.subject,
        "person": _person(course),
        "proposal": process.proposal,
        "revised": process.revised,
        "day": date_format(held.first_day, "j F Y") if held.first_day else "",
        "meeting": _meeting(held.meeting),
        "second_meeting": _meeting(held.second_meeting),
        "members": str(held.members or ""),
        "needed": needed_in_words(held.members) if held.members else "",
        "votes": _votes(tally),
        "finding": process.get_finding_display(),
        "recommendation": process.recommendation,
        "decision": process.decision,
        "by": date_format(step.on, "j F Y") if step.on else "",
    }
    for other in course.steps:
        day = date_format(other.on, "j F Y") if other.on else ""
        values[f"by {other.declared.id}"] = day
    return values


def _person(course: Course) -> str:
    """Return who is proposed, as the clock that began the process names them."""
    held = course.held
    return held.begun[0].title if held.declared.named and held.begun else ""


def _meeting(meeting: Meeting | None) -> str:
    if meeting is None:
        return ""
    day = date_format(meeting.held_on, "l j F Y")
    return ", ".join(part for part in (day, meeting.place) if part)


def _votes(tally: Tally | None) -> str:
    if tally is None or tally.counts is None:
        return ""
    for_, against, abstained = tally.counts
    said = _("%(for)s voted for it, %(against)s against, and %(abstained)s abstained.")
    return said % {"for": for_, "against": against, "abstained": abstained}


def _recommendations(scope: Scope, meeting: int | None) -> Block:
    """Return what the meeting recommended, by its minutes or directly, as a list."""
    if meeting is None:
        return Paragraph((Run(_gap(_("the recommendations")), bold=True),))
    minutes = scope.of(MINUTE).filter(parent=meeting).values_list("pk", flat=True)
    made: Any = followed(scope).filter(kind=RECOMMENDATION.name, made_at__in=[meeting, *minutes])
    items: tuple[Runs, ...] = tuple(plain(one.text or one.title) for one in made.in_order())
    if not items:
        return Paragraph((Run(_gap(_("the recommendations, if there are any")), bold=True),))
    return Bullets(items, ordered=True)
