"""What a careful reader would notice of questions and petitions, by the panel's own scheme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check
from peelian.duties.rulebook import office
from peelian.law.arithmetic import BeforeEvent
from peelian.law.rule import Rule
from peelian.meetings.kinds import MEETING, PETITION, PUBLIC_QUESTION
from peelian.meetings.models import Meeting, PublicQuestion
from peelian.meetings.models.participation import State
from peelian.meetings.participation import PETITIONS, QUESTIONS, scheme
from peelian.record.models import Record
from peelian.record.scope import Scope


@check(
    "question-against-scheme",
    gettext_lazy("Questions and petitions that the scheme would not take, or would put first"),
    Severity.NOTE,
)
def questions_against_the_scheme(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find questions that came late, are long, or are many; petitions that no meeting has."""
    rule = scheme(QUESTIONS)
    if rule:
        taken = list(scope.of(PUBLIC_QUESTION).exclude(state=State.REFUSED).in_order())
        meetings = scope.of(MEETING).in_bulk({q.parent_id for q in taken})
        for question in taken:
            meeting = meetings.get(question.parent_id)
            for said in _against(question, meeting, rule, taken):
                yield _finding(question, said, _("Refuse it with its reason, or let it stand."))
    large = scheme(PETITIONS)
    least = large.limit("signatures") if large else None
    if least:
        waiting = scope.of(PETITION).filter(parent=None, signatures__gte=least)
        for petition in waiting.exclude(state=State.REFUSED).in_order():
            says = {"n": petition.signatures, "least": least}
            said = _("It has %(n)s signatures, and from %(least)s on the panel considers it.")
            yield _finding(petition, said % says, _("Name the meeting it comes to."))


def _finding(record: Record, said: str, mend: str) -> Finding:
    return Finding(record, record.title, said, _("The panel’s scheme is the same for all."), mend)


def _against(
    question: PublicQuestion, meeting: Meeting | None, rule: Rule, taken: list[PublicQuestion]
) -> Iterator[str]:
    """Say in words what of the scheme a question goes against."""
    if meeting and isinstance(rule.form, BeforeEvent):
        last = rule.form.work_out(meeting.held_on, office().jurisdiction).on
        if question.received_on > last:
            says = {
                "day": date_format(question.received_on, "j F Y"),
                "last": date_format(last, "j F Y"),
            }
            yield _("It came on %(day)s, after %(last)s.") % says
    words, most = len(question.question.split()), rule.limit("words")
    if most and words > most:
        yield _("It has %(n)s words, and %(most)s are allowed.") % {"n": words, "most": most}
    own = [one for one in taken if (one.parent_id, one.asked_by) == _who(question)]
    most = rule.limit("questions")
    if question.asked_by and most and len(own) > most and question in own[most:]:
        put: dict[str, Any] = {"name": question.asked_by, "n": len(own), "most": most}
        yield _("%(name)s puts %(n)s questions, and %(most)s are allowed.") % put


def _who(question: PublicQuestion) -> tuple[int | None, str]:
    return question.parent_id, question.asked_by
