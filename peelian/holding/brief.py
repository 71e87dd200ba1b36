"""The commissioner's brief for a meeting: two pages, made when asked for and kept nowhere.

The theme and what to ask, what changed, what is stuck, the commissioner's own past words, questions
that are likely to come, and three lists: what was promised, what is done, what is stuck.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.blocks import Block, Bullets, Document, Heading, Notice, Paragraph, Run, Runs, plain
from peelian.figures.kinds import MEASURE
from peelian.figures.lines import Line, line_of
from peelian.figures.models import Assessment
from peelian.holding.asked import Asked, Taken
from peelian.holding.evidence import is_stuck, of_force, owed_by_force
from peelian.holding.mine import Lists, Own, lists_of
from peelian.holding.note import themes_at
from peelian.meetings.arising import Matter, matters
from peelian.meetings.arising_blocks import due_words
from peelian.meetings.kinds import PUBLIC_QUESTION
from peelian.meetings.models import Meeting, PublicQuestion
from peelian.meetings.sections import meeting_before
from peelian.people.models import Area
from peelian.promises.kinds import RECOMMENDATION, UPDATE
from peelian.promises.models import Progress, ProgressUpdate, Promise
from peelian.record import clock
from peelian.record.models import Status
from peelian.record.scope import Scope

# So many of each, and so many letters of each, that all of it stands on two pages of A4.
ASKED, SOME, FEW = 6, 5, 4
LINE, WORDS, SENTENCE = 110, 150, 200
UNUSUAL = (Assessment.Variation.CONCERN, Assessment.Variation.IMPROVEMENT)

QUARTER = 92  # days back to look for what changed where there was no meeting before


@dataclass(frozen=True)
class Known:
    """What the brief is made of, read once."""

    meeting: Meeting
    day: dt.date
    since: dt.date | None
    themes: Sequence[Taken]
    lists: Lists
    owed: Sequence[Matter]
    stuck: Sequence[Promise]
    changed: Sequence[ProgressUpdate]
    unusual: Sequence[Line]
    asked: Sequence[PublicQuestion]
    recommended: Sequence[Promise]


def brief(meeting: Meeting, scope: Scope) -> Document:
    """Return the commissioner's brief of a meeting. Some thirty queries, however much there is."""
    known = _known(meeting, scope)
    blocks: list[Block] = [
        Notice(_("For the commissioner and the office: it holds drafts, not for publication.")),
        *_themes(known),
        *_listed(_("What changed"), list(_changed(known)), SOME),
        *_listed(_("Stuck, or owed by the force"), list(_owed(known)), FEW),
        *_listed(_("Your own past words"), list(_own_words(known)), FEW),
        *_listed(_("Questions that are likely"), list(_likely(known)), SOME, ordered=True),
        Heading(1, _("What you promised, what is done, what is stuck"), anchor="lists"),
        *_list(_("Promised and under way"), known.lists.promised),
        *_list(_("Done within a year"), known.lists.done),
        *_list(_("Stuck"), known.lists.stuck),
    ]
    return Document(
        title=_("Commissioner’s brief"),
        subtitle=meeting.title,
        publisher=str(settings.OFFICE["name"]),
        date=meeting.held_on,
        blocks=tuple(blocks),
        cover=False,
    )


def _known(meeting: Meeting, scope: Scope) -> Known:
    day = min(clock.today(), meeting.held_on)
    last = meeting_before(meeting, scope)
    since = last.held_on if last else None
    updates = scope.of(UPDATE).filter(status=Status.PUBLISHED, as_at__lte=day)
    updates = updates.filter(as_at__gt=since or day - dt.timedelta(days=QUARTER))
    questions = scope.of(PUBLIC_QUESTION).filter(parent=meeting, state="accepted")
    lines = Promise.objects.filter(of_force(), kind__in=("commitment", "activity"))
    lines = scope.see(lines).exclude(status=Status.WITHDRAWN).order_by("due", "sort_key", "pk")
    return Known(
        meeting,
        day,
        since,
        themes_at(meeting, scope),
        lists_of(scope, day),
        [one for one in matters(owed_by_force(scope), scope, day) if not one.closed],
        [one for one in lines if is_stuck(one, day)],
        list(updates.select_related("parent").order_by("-as_at", "pk")[:SOME]),
        _unusual(scope),
        list(questions.order_by("pk")[:FEW]),
        list(scope.of(RECOMMENDATION).exclude(status=Status.WITHDRAWN).in_order()),
    )


def _unusual(scope: Scope) -> list[Line]:
    """Return the figures that stand out now, those of the whole force first. One query."""
    rows = Assessment.objects.filter(
        measure__in=scope.of(MEASURE).values("pk"),
        area__in=scope.see(Area.objects.filter(level=Area.Level.FORCE_AREA)).values("pk"),
        variation__in=UNUSUAL,
    ).select_related("measure", "area")
    found = rows.order_by("-stands_out", "chance", "measure_id")[:FEW]
    return [line_of(row, row.measure, row.area) for row in found]


# ---- the theme ----


def _themes(known: Known) -> list[Block]:
    blocks: list[Block] = []
    for one in known.themes[:2]:
        blocks.append(Heading(1, one.theme.title, anchor=f"theme-{one.theme.pk}"))
        if one.theme.why:
            blocks.append(Paragraph(plain(_short(one.theme.why, 2 * WORDS))))
        lines = [_enquiry(asked) for asked in one.asked[: ASKED // min(2, len(known.themes))]]
        if lines:
            blocks.append(Bullets(tuple(lines), ordered=True))
    return blocks


def _enquiry(asked: Asked) -> Runs:
    said = [f" {asked.answerer.title}." if asked.answerer else ""]
    if last := next(iter(asked.before), None):
        says = {"day": last.day, "outcome": last.answer.get_outcome_display()}
        said.append(_("Last time (%(day)s): %(outcome)s.") % says)
        if last.then:
            said.append(_("Then %(figure)s.") % {"figure": last.then})
    if asked.line:
        figure = f"{asked.line.value}, {asked.line.period}"
        said.append(_("Now %(figure)s.") % {"figure": figure})
    question = Run(_short(asked.enquiry.title, LINE), bold=True)
    return (question, Run(" ".join(filter(None, said))))


# ---- what is told ----


def _changed(known: Known) -> Iterator[str]:
    for line in known.unusual[:2]:
        yield _short(f"{line.measure.title}: {line.sentence}", SENTENCE)
    for update in known.changed:
        day = date_format(update.as_at, "j F Y")
        title = update.parent.title if update.parent else ""
        status = Progress(update.progress).label
        yield _short(f"{_short(title, 60)}: {status}, {day}. {update.text}", WORDS)


def _owed(known: Known) -> Iterator[str]:
    for promise in known.stuck:
        says = {"title": _short(promise.title, LINE), "status": Progress(promise.progress).label}
        yield f"{promise.number} " + _("%(title)s (%(status)s)") % says
    for matter in sorted(known.owed, key=lambda one: (not one.is_late, one.order)):
        says = {
            "reference": matter.promise.reference,
            "title": _short(matter.promise.title, LINE),
            "due": due_words(matter),
        }
        said = _("%(reference)s %(title)s (overdue: %(due)s)")
        yield (said if matter.is_late else _("%(reference)s %(title)s (due: %(due)s)")) % says


def _own_words(known: Known) -> Iterator[str]:
    answered = [one for one in known.recommended if one.responded_on]
    for promise in sorted(answered, key=lambda one: str(one.responded_on), reverse=True)[:2]:
        day = date_format(promise.responded_on, "j F Y") if promise.responded_on else ""
        yield _short(f"{day}, {promise.reference}: “{promise.response}”", WORDS)
    for own in (*known.lists.stuck, *known.lists.promised):
        if own.update:
            day = date_format(own.update.as_at, "j F Y")
            yield _short(f"{day}, {own.promise.number}: “{own.update.text}”", WORDS)


def _likely(known: Known) -> Iterator[str]:
    """Yield questions by rule: what the public asks, what is late, what the figures show."""
    for question in known.asked:
        yield _short(question.question, WORDS)
    for own in known.lists.stuck:
        says = {"title": _short(own.promise.title, 80), "why": own.words.lower()}
        yield _("Why is “%(title)s” stuck (%(why)s)?") % says
    for line in known.unusual:
        if line.assessment.variation == Assessment.Variation.CONCERN:
            yield _("What is behind “%(figure)s”?") % {"figure": _short(line.measure.title, 80)}
    for promise in known.stuck:
        says = {"title": _short(promise.title, 80)}
        yield _("What did you do about “%(title)s”?") % says
    for promise in known.recommended:
        if promise.is_open and promise.respond_by and not promise.responded_on:
            says = {
                "title": _short(promise.title, 80),
                "day": date_format(promise.respond_by, "j F Y"),
            }
            yield _("What do you say to “%(title)s”, to be answered by %(day)s?") % says
    for matter in known.owed:
        if matter.is_late:
            says = {"reference": matter.promise.reference, "title": matter.promise.title}
            yield _short(_("When will %(reference)s be done: %(title)s?") % says, WORDS)


# ---- lists that stay short ----


def _listed(title: str, lines: Sequence[str], most: int, *, ordered: bool = False) -> list[Block]:
    if not lines:
        return []
    shown = tuple(plain(line) for line in lines[:most])
    return [Heading(1, title), Bullets(shown, ordered=ordered), *_more(len(lines) - most)]


def _list(title: str, own: Sequence[Own]) -> list[Block]:
    """Return one of the three lists with how many there are, the first few of them in words."""
    counted = Paragraph((Run(f"{title}: {len(own)}", bold=True),))
    lines = tuple(
        plain(f"{one.promise.number} {_short(one.promise.title, 80)} ({one.words})")
        for one in own[:FEW]
    )
    return [counted, Bullets(lines), *_more(len(own) - FEW)] if lines else [counted]


def _more(count: int) -> list[Block]:
    if count <= 0:
        return []
    said = ngettext("And %(n)d more.", "And %(n)d more.", count) % {"n": count}
    return [Paragraph(plain(said))]


def _short(words: str, most: int) -> str:
    return Truncator(" ".join(words.split())).chars(most)
