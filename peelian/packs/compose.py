"""A meeting's papers as one document, composed from what is public and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.blocks import (
    Block,
    Document,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Run,
    plain,
)
from peelian.figures.edition import exceptional_blocks, latest_edition, summary_blocks
from peelian.figures.models import Edition
from peelian.inspections.sections import inspections_blocks
from peelian.meetings.arising import arising
from peelian.meetings.arising_blocks import matters_blocks
from peelian.meetings.exemption import statement_blocks
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import AgendaItem, Meeting
from peelian.meetings.participation import participation_blocks
from peelian.meetings.programme_blocks import work_programme_blocks
from peelian.meetings.sections import (
    agenda_blocks,
    agenda_items,
    meeting_before,
    minute_anchor,
    minutes_blocks,
    minutes_of,
    prose,
)
from peelian.packs.kinds import PACK
from peelian.packs.models import Pack
from peelian.papers.printing import Printed, in_pack, papers_under
from peelian.people.sections import glossary_blocks
from peelian.promises.extract import plan_extract
from peelian.promises.kinds import PLAN
from peelian.promises.models import Plan
from peelian.promises.standing import standing_blocks
from peelian.record.scope import PUBLIC
from peelian.reports.sections import report_blocks


def compose(
    meeting: Meeting, *, extract: str, reason: str = "", two_sided: bool = False
) -> Document:
    """Return the pack of a meeting: agenda, minutes, reports, plan, figures, glossary, programme.

    `extract` is `all` or `changed`; `reason` is printed where the pack went on despite findings.
    `two_sided` is for printing: each item begins on a right-hand page.
    """
    items = agenda_items(meeting, PUBLIC)
    papers = papers_under(items, PUBLIC)
    new_item = PageBreak(right_hand=two_sided)
    blocks: list[Block] = [Heading(1, _("Agenda"), anchor="agenda"), *agenda_blocks(items)]
    if reason:
        blocks.append(
            Notice(_("This pack was built despite open findings. Reason: ") + reason, "warning")
        )
    matters = _matters_arising(meeting, items)
    if not any(item.section == AgendaItem.Section.MATTERS_ARISING for item in items):
        # They come before the meeting whether or not somebody put them on its agenda.
        blocks += [new_item, Heading(1, _("Matters arising"), anchor="matters-arising")]
        blocks += matters
    blocks += _unlisted_participation(meeting, items, new_item)
    for item in items:
        has_text = item.section or item.text or item.recommendation
        if has_text or item.exempt_paragraph or papers.under(item):
            blocks += [new_item, *_item(item, meeting, extract, matters, papers)]
    return Document(
        title=_("Agenda pack"),
        subtitle=meeting.title,
        publisher=publisher_of(meeting),
        date=meeting.held_on,
        blocks=tuple(blocks),
        status=_("Worked example: illustrative figures are marked where they stand.")
        if settings.OFFICE["today"]
        else "",
    )


def _unlisted_participation(
    meeting: Meeting, items: Sequence[AgendaItem], new_item: PageBreak
) -> list[Block]:
    """Return what the public asks where no item is for it: it is not left out for want of one."""
    if any(item.section == AgendaItem.Section.PUBLIC_PARTICIPATION for item in items):
        return []
    asked = participation_blocks(meeting, PUBLIC)
    heading = Heading(1, _("Public participation"), anchor="public-participation")
    return [new_item, heading, *asked] if asked else []


def publisher_of(meeting: Meeting) -> str:
    """Return who issues a meeting's papers: its body, as far as it is public, else the office."""
    body = PUBLIC.by_id([meeting.body_id]).get(meeting.body_id or 0)
    return body.title if body else str(settings.OFFICE["name"])


def opening_of(item: AgendaItem) -> list[Block]:
    """Return what stands of an agenda item itself before its papers: all of it is public."""
    heading = Heading(1, item.title, anchor=f"item-{item.number}", number=str(item.number))
    blocks: list[Block] = [heading, *statement_blocks(item)]
    if item.recommendation:
        said = (Run(_("Recommendation: "), bold=True), Run(item.recommendation))
        blocks.append(Paragraph(said))
    return blocks + prose(item.text)


def _item(
    item: AgendaItem, meeting: Meeting, extract: str, matters: Sequence[Block], papers: Printed
) -> list[Block]:
    blocks = opening_of(item)
    for paper in papers.under(item):
        blocks += in_pack(paper, papers)
    if papers.under(item) and item.section not in ("", AgendaItem.Section.TEXT):
        blocks.append(Heading(2, item.get_section_display()))
    match item.section:
        case "minutes":
            blocks += _last_minutes(meeting)
        case "matters_arising":
            blocks += matters
        case "monitoring_report":
            blocks += _monitoring_report(meeting, extract)
        case "public_participation":
            nothing = [Paragraph(plain(_("No question or petition has been received.")))]
            blocks += participation_blocks(meeting, PUBLIC) or nothing
        case "work_programme":
            blocks += work_programme_blocks(meeting, PUBLIC)
    return blocks


def _last_minutes(meeting: Meeting) -> list[Block]:
    before = meeting_before(meeting, PUBLIC)
    if before is None:
        return [Paragraph(plain(_("There was no earlier meeting.")))]
    held = _("Minutes of the meeting held on %(day)s.") % {
        "day": date_format(before.held_on, "l j F Y")
    }
    return [Paragraph(plain(held)), *minutes_blocks(before, PUBLIC)]


def _matters_arising(meeting: Meeting, items: Sequence[AgendaItem]) -> list[Block]:
    """Return all that is still open from this body's earlier meetings, with links to minutes."""
    printed = any(item.section == AgendaItem.Section.MINUTES for item in items)
    before = meeting_before(meeting, PUBLIC) if printed else None
    places = {m.pk: minute_anchor(m) for m in minutes_of(before, PUBLIC)} if before else {}
    return matters_blocks(arising(meeting, PUBLIC), places)


def _monitoring_report(meeting: Meeting, extract: str) -> list[Block]:
    edition = latest_edition(meeting.held_on, PUBLIC)
    blocks = report_blocks(meeting) or _made_now(meeting, extract, edition)
    if edition:
        blocks += [
            PageBreak(),
            Heading(1, _("Appendix 2: performance summary"), anchor="performance-summary"),
            *summary_blocks(edition, PUBLIC),
        ]
    return [
        *blocks,
        PageBreak(landscape=True),
        Heading(1, _("Glossary: oversight mechanisms"), anchor="oversight"),
        *glossary_blocks(PUBLIC),
        PageBreak(),
    ]


def _made_now(meeting: Meeting, extract: str, edition: Edition | None) -> list[Block]:
    """Return the monitoring report of a meeting for which none has been issued."""
    blocks: list[Block] = []
    since = _since(meeting) if extract == Pack.Extract.CHANGED else None
    plan = _plan_on(meeting.held_on)
    if plan:
        blocks += [Heading(2, _("How the plan stands")), *standing_blocks(plan, PUBLIC)]
    if edition:
        said = exceptional_blocks(edition, PUBLIC, place="performance-summary")
        blocks += [Heading(2, _("What the figures say")), *said]
    blocks += [Heading(2, _("Inspections")), *inspections_blocks(PUBLIC)]
    if plan:
        blocks += [
            PageBreak(landscape=True),
            Heading(1, _("Appendix 1: delivery plan extract"), anchor="delivery-plan"),
            *plan_extract(plan, PUBLIC, until=meeting.held_on, since=since),
        ]
    return blocks


def _plan_on(day: dt.date) -> Plan | None:
    """Return the newest police and crime plan that had begun on a day.

    One without a beginning is the oldest; a strategy is none.
    """
    plans = PUBLIC.of(PLAN).filter(form=Plan.Form.PLAN)
    begun = plans.filter(Q(starts_on=None) | Q(starts_on__lte=day))
    return begun.order_by(F("starts_on").desc(nulls_last=True), "-reference").first()


def _since(meeting: Meeting) -> dt.date | None:
    """Return the day of the meeting, of the same body, whose pack came before this one."""
    packs = PUBLIC.of(PACK).exclude(parent=meeting).values("parent_id")
    earlier = PUBLIC.of(MEETING).filter(body_id=meeting.body_id, held_on__lt=meeting.held_on)
    latest = earlier.filter(pk__in=packs).order_by("-held_on").first()
    before = latest or meeting_before(meeting, PUBLIC)
    return before.held_on if before else None
