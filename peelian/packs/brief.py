"""The chair's brief: what each item asks of the chair, from the record as the office sees it.

It is made when it is asked for and not kept: what it says is on the record already.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format, time_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.blocks import Block, Bullets, Document, Facts, Heading, Notice, Paragraph, Table, plain
from peelian.law.majority import more_than_half
from peelian.meetings.arising import Matter, arising
from peelian.meetings.arising_blocks import due_words, given_at
from peelian.meetings.kinds import AGENDA_ITEM, MINUTE, VOTE, WORK_PROGRAMME
from peelian.meetings.members import members_at
from peelian.meetings.models import AgendaItem, Meeting, Minute, Vote
from peelian.meetings.sections import agenda_items, meeting_before
from peelian.papers.models import Paper
from peelian.papers.printing import Printed, papers_under
from peelian.people.membership import counted_in_words, needed_in_words
from peelian.record.scope import Scope

# Minutes to allow where the record does not say: for form, for something to be agreed, for a paper.
FORMAL, AGREED, DISCUSSED, MOST = 2, 10, 20, 45
PAGES_A_MINUTE = 4
# A duty of these rules is met by a decision that two-thirds of all members may turn into a veto.
# Police Reform and Social Responsibility Act 2011, Schedule 5 paragraph 4, Schedule 8 paragraph 5.
VETO = ("precept/", "chief-constable/")
MOST_LETTERS = 500  # of a minute of the last time


@dataclass(frozen=True)
class Known:
    """What the record has on a meeting, read once for all its items."""

    meeting: Meeting
    papers: Printed
    matters: Sequence[Matter]
    last: Meeting | None
    minutes: Sequence[Minute]
    items_before: Sequence[AgendaItem]
    votes: Sequence[Vote]
    duties: dict[str, str]
    members: int


def brief(meeting: Meeting, scope: Scope) -> Document:
    """Return the chair's brief of a meeting, drafts of its agenda and papers included."""
    items = agenda_items(meeting, scope)
    known = _known(meeting, items, scope)
    blocks: list[Block] = [
        Notice(_("For the chair and the office: it holds drafts, and is not for publication.")),
        Paragraph(plain(_voting(known.members))),
        Heading(1, _("On the clock"), anchor="clock"),
        _clock(items, known),
    ]
    for item in items:
        blocks += _item(item, known)
    named = {matter.promise.pk for item in items for matter in _matters_on(item, known)}
    if others := [matter for matter in known.matters if matter.promise.pk not in named]:
        blocks.append(Heading(1, _("Still open, and under no item"), anchor="under-no-item"))
        blocks.append(Bullets(tuple(plain(_matter(matter)) for matter in others)))
    return Document(
        title=_("Chair’s brief"),
        subtitle=meeting.title,
        publisher=meeting.body.title if meeting.body else "-",
        date=meeting.held_on,
        blocks=tuple(blocks),
        cover=False,
    )


def _known(meeting: Meeting, items: Sequence[AgendaItem], scope: Scope) -> Known:
    last = meeting_before(meeting, scope)
    work = scope.of(WORK_PROGRAMME).filter(meeting=meeting).exclude(duty="")
    return Known(
        meeting,
        papers_under(items, scope),
        [matter for matter in arising(meeting, scope) if not matter.closed],
        last,
        list(scope.of(MINUTE).filter(parent=last).order_by("number", "pk")) if last else [],
        list(scope.of(AGENDA_ITEM).filter(parent=last)) if last else [],
        list(scope.of(VOTE).filter(parent__in=[item.pk for item in items])),
        {one.title: one.duty for one in work},
        members_at(meeting, scope)["count"],
    )


def _voting(members: int) -> str:
    if not members:
        return _("No members of this body are on the record for that day.")
    says = {"members": counted_in_words(members, 0), "two_thirds": needed_in_words(members)}
    says["half"] = str(more_than_half(members))
    return (
        _(
            "%(members)s that day. A motion needs more votes for than against: %(half)s where all "
            "vote. Two-thirds of all members, whoever is there, is %(two_thirds)s."
        )
        % says
    )


# ---- an item ----


def _item(item: AgendaItem, known: Known) -> list[Block]:
    papers = known.papers.under(item)
    asked = [item.recommendation, *(paper.recommendation for paper in papers)]
    facts = [
        (_("What is asked"), " ".join(filter(None, asked)) or _("Nothing: it is for information.")),
        (_("Presented by"), item.presenter or _("Nobody is named")),
        (_("Papers"), "; ".join(_paper(paper, known) for paper in papers)),
        (_("The vote"), _vote(item, known)),
        (_("Late"), "; ".join(filter(None, [item.late_reason, *(p.late_reason for p in papers)]))),
        (_("Exempt"), item.exempt_reason),
    ]
    blocks: list[Block] = [
        Heading(1, item.title, anchor=f"item-{item.number}", number=str(item.number)),
        Facts(tuple((term, plain(words)) for term, words in facts if words)),
    ]
    if matters := _matters_on(item, known):
        blocks.append(Heading(2, _("Still open on it")))
        blocks.append(Bullets(tuple(plain(_matter(matter)) for matter in matters)))
    if minutes := _last_time(item, known):
        day = date_format(known.last.held_on, "j F Y") if known.last else ""
        blocks.append(Heading(2, _("The last time, on %(day)s") % {"day": day}))
        for minute in minutes:
            words = Truncator(minute.text).chars(MOST_LETTERS)
            blocks.append(Paragraph(plain(f"{minute.number} {minute.title}: {words}")))
    return blocks


def _paper(paper: Paper, known: Known) -> str:
    pages = _pages(paper, known)
    said = {"title": paper.title, "author": paper.author}
    if not pages:
        return _("“%(title)s” by %(author)s") % said
    said["long"] = ngettext("%(n)s page", "%(n)s pages", pages) % {"n": pages}
    return _("“%(title)s” by %(author)s, %(long)s") % said


def _pages(paper: Paper, known: Known) -> int:
    file = known.papers.files.get(paper.pk)
    return len(file.texts) if file else 0


def _vote(item: AgendaItem, known: Known) -> str:
    """Return what majority an item needs, where the record says that there is something to vote."""
    own = [vote for vote in known.votes if vote.parent_id == item.pk]
    if any(vote.majority == Vote.Majority.TWO_THIRDS for vote in own):
        return _("Two-thirds of all members: %(needed)s.") % {
            "needed": needed_in_words(known.members)
        }
    if _duty(item, known).startswith(VETO):
        return _(
            "A veto needs two-thirds of all members: %(needed)s. Anything else needs more votes "
            "for than against."
        ) % {"needed": needed_in_words(known.members)}
    if own or item.recommendation:
        said = {"needed": more_than_half(known.members), "members": known.members}
        return _("More votes for than against: %(needed)s if all %(members)s vote.") % said
    return ""


def _duty(item: AgendaItem, known: Known) -> str:
    """Return the duty that an item meets: that of what the work programme calls alike."""
    planned = (duty for title, duty in known.duties.items() if _is_like(item, title))
    return next(planned, "")


def _matters_on(item: AgendaItem, known: Known) -> list[Matter]:
    """Return what is open on an item: all under matters arising, else what was given under it."""
    if item.section == AgendaItem.Section.MATTERS_ARISING:
        return list(known.matters)
    return [
        matter for matter in known.matters if matter.minute and _is_like(item, matter.minute.title)
    ]


def _matter(matter: Matter) -> str:
    says = {
        "reference": matter.promise.reference,
        "title": matter.promise.title,
        "owner": matter.owner.title if matter.owner else _("nobody is named"),
        "given": given_at(matter),
        "due": due_words(matter),
    }
    return _("%(reference)s: %(title)s (%(owner)s; given %(given)s; due: %(due)s)") % says


def _last_time(item: AgendaItem, known: Known) -> list[Minute]:
    """Return the last meeting's minutes on the same item: by its title, or its part of the pack."""
    same = {
        before.pk
        for before in known.items_before
        if _is_like(item, before.title) or (item.section and before.section == item.section)
    }
    return [m for m in known.minutes if m.item_id in same or _is_like(item, m.title)]


def _is_like(item: AgendaItem, title: str) -> bool:
    """Return whether a title is the item's, or begins as it does: “Delivery plan to September”."""
    one, other = item.title.casefold(), title.casefold()
    return one.startswith(other) or other.startswith(one)


# ---- the clock ----


def _clock(items: Sequence[AgendaItem], known: Known) -> Table:
    """Return when each item might begin, from the meeting's beginning on."""
    begins = known.meeting.starts_at
    at = dt.datetime.combine(known.meeting.held_on, begins) if begins else None
    rows = []
    for item in items:
        minutes = minutes_for(item, known)
        clock = time_format(at.time(), "H:i") if at else "–"
        rows.append((plain(str(item.number)), plain(item.title), plain(str(minutes)), plain(clock)))
        at = at + dt.timedelta(minutes=minutes) if at else None
    if at:
        end = _("End, if it takes as long")
        rows.append((plain("–"), plain(end), plain("–"), plain(time_format(at.time(), "H:i"))))
    head = (_("Item"), _("Subject"), _("Minutes"), _("Begins"))
    caption = _("Suggested minutes: 2 for form, 10 to agree something, 20 and more for a paper")
    return Table(caption, tuple(map(plain, head)), tuple(rows), (0.7, 5, 1, 1), True)


def minutes_for(item: AgendaItem, known: Known) -> int:
    """Return how many minutes to allow for an item: longer papers take longer, up to a limit."""
    papers = known.papers.under(item)
    if papers or item.section == AgendaItem.Section.MONITORING_REPORT:
        pages = sum(_pages(paper, known) for paper in papers)
        return min(DISCUSSED + pages // PAGES_A_MINUTE, MOST)
    return AGREED if item.recommendation or item.text else FORMAL
