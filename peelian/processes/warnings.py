"""What the office is warned of at a step: weekends, notice, a veto that is out of reach."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.meetings.members import members_at
from peelian.meetings.models import Meeting
from peelian.meetings.notice import notice_before, notice_of
from peelian.people.membership import counted_in_words, needed_in_words
from peelian.processes.steps import Run, Step
from peelian.processes.veto import contradiction
from peelian.record.models import Audience


def warnings_of(step: Step, run: Run, today_members: tuple[int, int]) -> list[str]:
    """Return what to know of a step before it is taken, for the office.

    `today_members` are the panel's members and vacant seats of today. Two queries for a meeting.
    """
    found: list[str] = []
    if not step.is_settled and step.declared.duty and step.duty:
        found.append(step.duty.occurrence.warning)
    if not step.is_settled and step.declared.met_by in ("meeting", "second_meeting", "call"):
        found += _of_meeting(step, run)
    if step.declared.met_by == "vote":
        found += _of_vote(run, today_members, settled=step.is_settled)
    if step.declared.private and step.meeting and step.meeting.audience == Audience.PUBLIC:
        found.append(_("This hearing is private, but the record of its meeting is for everyone."))
    return [words for words in found if words]


def _of_meeting(step: Step, run: Run) -> list[str]:
    if step.meeting is None:
        return _of_notice_ahead(step, run)
    meeting = step.meeting
    if meeting.state == Meeting.State.CANCELLED:
        return [_("“%(meeting)s” was cancelled: choose another.") % {"meeting": meeting.title}]
    return [_after_the_last_day(step, meeting), *_of_notice(meeting, run)]


def _after_the_last_day(step: Step, meeting: Meeting) -> str:
    if step.duty is None or meeting.held_on <= step.duty.occurrence.due:
        return ""
    says = {"day": _day(meeting.held_on), "due": _day(step.duty.occurrence.due)}
    return _("The meeting is on %(day)s, after the last day, %(due)s.") % says


def _of_notice(meeting: Meeting, run: Run) -> list[str]:
    notice = notice_of(meeting)
    if notice is None or meeting.state != Meeting.State.PLANNED:
        return []
    says = {"day": _day(notice.last_day)}
    if notice.last_day < run.held.today:
        return [_("Notice and papers had to be public by %(day)s.") % says]
    found = [_("Notice and papers must be public by %(day)s.") % says]
    told = run.step("notify")
    if told and not told.is_settled and told.on and told.on > notice.last_day:
        said = _(
            "The panel may be told as late as %(told)s, when its papers have to be public already: "
            "agree on an earlier day."
        )
        found.append(said % {"told": _day(told.on)})
    return found


def _of_notice_ahead(step: Step, run: Run) -> list[str]:
    """Return by when papers are due for a meeting on the day that is planned for it."""
    meeting = run.meeting_day(step)
    notice = notice_before(meeting) if meeting else None
    if meeting is None or notice is None:
        return []
    says = {"papers": _day(notice.last_day), "meeting": _day(meeting)}
    if notice.last_day < run.held.today:
        return [
            _("For a meeting on %(meeting)s papers had to be public by %(papers)s.") % says,
            _("There are not enough clear days left: the chair has to say why it comes late."),
        ]
    return [_("For a meeting on %(meeting)s papers must be public by %(papers)s.") % says]


def _of_vote(run: Run, today_members: tuple[int, int], *, settled: bool) -> list[str]:
    found = [contradiction(run.held)]
    held = run.held
    if held.meeting and held.meeting.state == Meeting.State.HELD:
        found.append(members_at(held.meeting, held.scope).get("warning", ""))
    members, vacant = today_members
    if members and not settled:
        said = _("Today there are %(counted)s: a veto needs %(needed)s, whoever is present.")
        counted = counted_in_words(members, vacant)
        found.append(said % {"counted": counted, "needed": needed_in_words(members)})
    return found


def _day(on: dt.date) -> str:
    return date_format(on, "l j F Y")
