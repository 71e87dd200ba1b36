"""What a report found, with what was answered and what was done since: the line to its closing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models

from peelian.inspections.kinds import ANSWER
from peelian.inspections.models import FindingAnswer, Inspection
from peelian.promises.kinds import FINDING, UPDATE
from peelian.promises.models import CLOSED, FindingForm, ProgressUpdate, Promise
from peelian.record.models import Record, Status
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import Scope

# What the law asks an answer to: recommendations, and the concerns of a coroner.
ANSWERED = (FindingForm.RECOMMENDATION, FindingForm.FUTURE_DEATHS)


@dataclass(frozen=True)
class Found:
    """A finding with its answer, its updates, the newest first, and what stands under it.

    Under a cause of concern stand the recommendations that come with it.
    """

    finding: Promise
    answer: FindingAnswer | None = None
    updates: tuple[ProgressUpdate, ...] = ()
    under: tuple[Found, ...] = field(default=())

    @property
    def is_to_be_answered(self) -> bool:
        """Return whether a response has to say what is done about it.

        A cause of concern is answered through its recommendations, where there are any.
        """
        form = self.finding.form
        return form in ANSWERED or (form == FindingForm.CAUSE_OF_CONCERN and not self.under)

    @property
    def latest(self) -> ProgressUpdate | None:
        """Return the newest update, or None."""
        return self.updates[0] if self.updates else None


def under(reports: Iterable[int]) -> models.Q:
    """Return the condition that a finding is of one of these reports, or of a finding of theirs."""
    ids = list(reports)
    return models.Q(parent__in=ids) | models.Q(parent__parent__in=ids)


def found_in(report: Record, scope: Scope) -> list[Found]:
    """Return what a report found, the weightiest first, those under another with it.

    Three queries, however many there are. What was withdrawn is left out.
    """
    return found_in_each([report.pk], scope)[report.pk]


def found_in_each(reports: Iterable[int], scope: Scope) -> dict[int, list[Found]]:
    """Return what each of some reports found, as `found_in` does, in the same three queries."""
    reports = list(reports)
    findings = _findings(reports, scope)
    ids = [finding.pk for finding in findings]
    answers = _answers(ids, scope)
    updates: dict[int | None, list[ProgressUpdate]] = {}
    for update in scope.of(UPDATE).filter(parent__in=ids).order_by("-as_at", "-pk"):
        updates.setdefault(update.parent_id, []).append(update)
    below: dict[int | None, list[Found]] = {}
    tops: dict[int, list[Found]] = {report: [] for report in reports}
    for finding in findings:
        if finding.parent_id not in tops:
            said = answers.get(finding.pk), tuple(updates.get(finding.pk, ()))
            below.setdefault(finding.parent_id, []).append(Found(finding, *said))
    for finding in findings:
        if finding.parent_id in tops:
            said = answers.get(finding.pk), tuple(updates.get(finding.pk, ()))
            tops[finding.parent_id].append(Found(finding, *said, tuple(below.get(finding.pk, ()))))
    return tops


def _findings(reports: list[int], scope: Scope) -> list[Promise]:
    found = scope.of(FINDING).filter(under(reports)).exclude(status=Status.WITHDRAWN)
    weight = {form: place for place, form in enumerate(FindingForm.values)}
    return sorted(found.in_order(), key=lambda finding: weight.get(finding.form, len(weight)))


def _answers(findings: list[int], scope: Scope) -> dict[int | None, FindingAnswer]:
    found = scope.of(ANSWER).filter(parent__in=findings).exclude(status=Status.WITHDRAWN)
    return {answer.parent_id: answer for answer in found.order_by("pk")}


def flat(found: Iterable[Found]) -> list[Found]:
    """Return findings in one row: each before those that stand under it."""
    return [one for top in found for one in (top, *top.under)]


def newest_first(reports: RecordQuerySet[Inspection]) -> RecordQuerySet[Inspection]:
    """Return reports by their day, the newest first, those without one last."""
    return reports.order_by(models.F("published_on").desc(nulls_last=True), "sort_key", "pk")


def concerns_first(findings: RecordQuerySet[Promise]) -> RecordQuerySet[Promise]:
    """Return findings with the open ones first, causes of concern before all, then by their day."""
    is_closed = models.Case(
        models.When(progress__in=CLOSED, then=1), default=0, output_field=models.IntegerField()
    )
    weight = models.Case(
        *(models.When(form=form, then=place) for place, form in enumerate(FindingForm.values)),
        default=len(FindingForm.values),
        output_field=models.IntegerField(),
    )
    due = models.F("due").asc(nulls_last=True)
    return findings.order_by(is_closed, weight, due, "sort_key", "pk")
