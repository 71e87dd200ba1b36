"""What reports have to say on the pages of their plan and their meeting, and in its pack."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from peelian.blocks import Block, Heading, PageBreak, from_data
from peelian.meetings.models import Meeting
from peelian.pages.sections import Section
from peelian.record.access import may
from peelian.record.models import Audience, Record
from peelian.record.scope import PUBLIC, Scope
from peelian.reports.kinds import REPORT
from peelian.reports.models import Report
from peelian.reports.operations import frozen

MOST = 8


def reports_section(record: Record, scope: Scope) -> Section | None:
    """Return the newest reports on a plan, and the way to begin one; to the office, of a meeting.

    The public reads a meeting's report in its pack. One query.
    """
    is_plan = record.kind == "plan"
    if scope.is_public and not is_plan:
        return None
    own = {"parent": record.pk} if is_plan else {"meeting": record.pk}
    reports = list(scope.of(REPORT).filter(**own).order_by("-until", "-pk")[:MOST])
    may_make = is_plan and not scope.is_public and may(scope.user, "edit", "reports")
    if not reports and not may_make:
        return None
    context = {"reports": reports, "record": record, "may_make": may_make}
    return Section(_("Reports"), "reports/reports_section.html", context)


def report_blocks(meeting: Meeting) -> list[Block]:
    """Return the issued monitoring report of a meeting as blocks for its pack; none without one.

    Its headings go one level down, but for those of its appendix.
    """
    found = PUBLIC.of(REPORT).filter(meeting=meeting, form=Report.Form.MONITORING)
    for report in found.order_by("-until", "-pk"):
        issue = report.issued()
        content = frozen(issue) if issue else None
        if content and content["data"]["terms"]["audience"] == Audience.PUBLIC:
            return _lowered(from_data(content["document"]).blocks)
    return []


def _lowered(blocks: tuple[Block, ...]) -> list[Block]:
    lowered: list[Block] = []
    in_appendix = False
    for block in blocks:
        in_appendix = in_appendix or isinstance(block, PageBreak)
        if isinstance(block, Heading) and not in_appendix:
            block = replace(block, level=min(block.level + 1, 4), anchor=None)
        lowered.append(block)
    return lowered
