"""Making a report: begun with the last one's words, built, kept as it was, made again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from peelian.blocks import Document, from_data, to_data
from peelian.pages.issues import attach_pdf, keep_content, put_forward
from peelian.promises.models import Plan, Promise
from peelian.record import operations, writing
from peelian.record.access import Actor
from peelian.record.errors import Refused
from peelian.record.models import Audience, Record, Snapshot, Status
from peelian.reports.gather import (
    Gathered,
    Terms,
    data_of,
    gather,
    terms_from,
    terms_of,
    to_text,
)
from peelian.reports.kinds import EXAMPLE, REPORT, SECTION
from peelian.reports.models import Report, ReportExample, ReportSection
from peelian.reports.monitoring import monitoring_document
from peelian.reports.narrative import Lack, lacking
from peelian.reports.term import term_document

FORMAT = 1


class Unsourced(Refused):
    """A report was not built, because its own words have figures that nobody could check."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        self.lacks = list(lacks)
        super().__init__(" ".join(str(lack) for lack in self.lacks))


@writing.operation
def start_report(
    plan: Plan,
    *,
    form: str,
    since: dt.date,
    until: dt.date,
    by: Actor,
    meeting: Record | None = None,
    audience: str = Audience.PUBLIC,
) -> Report:
    """Return a new draft report, with the sections of the last one of its form carried on.

    Raises Invalid where the last day is before the first.
    """
    label = str(Report.Form(form).label)
    values = {
        "title": _("%(form)s: %(plan)s") % {"form": label, "plan": plan.title},
        "parent": plan,
        "form": form,
        "since": since,
        "until": until,
        "meeting": meeting,
        "audience": audience,
    }
    made = Report.complete(dict(values))["reference"]
    values["reference"] = writing.free_reference(REPORT.name, made)
    report = cast(Report, operations.create(REPORT, values, by=by))
    if before := _last_of(report):
        for section in sections_of(before):
            _carry_on(section, report, by)
    return report


def _last_of(report: Report) -> Report | None:
    same = REPORT.all().filter(parent=report.parent_id, form=report.form).exclude(pk=report.pk)
    return cast("Report | None", same.order_by("-until", "-pk").first())


def _carry_on(section: ReportSection, report: Report, by: Actor) -> None:
    values = {
        "parent": report,
        "title": section.title,
        "place": section.place,
        "number": section.number,
        "text": section.text,
        "carried_from": section,
        "audience": Audience.OFFICE,
    }
    operations.create(SECTION, values, by=by, why=_("As in the last report"))


def sections_of(report: Report) -> list[ReportSection]:
    """Return the officer's own sections of a report, in the order of their places. One query."""
    return list(SECTION.all().filter(parent=report.pk).in_order())


def examples_of(report: Report) -> list[ReportExample]:
    """Return the lines that a report tells in full. One query."""
    return list(EXAMPLE.all().filter(parent=report.pk).in_order())


@writing.operation
def choose_examples(report: Report, chosen: Mapping[Promise, str], *, by: Actor) -> int:
    """Make the chosen lines, each with why, the examples of a report; return how many changed.

    Raises Invalid where nothing says why a line was chosen.
    """
    held = writing.lock(report)
    have = {example.promise_id: example for example in examples_of(report)}
    wanted = {promise.pk: (promise, why) for promise, why in chosen.items()}
    changed = 0
    for promise_id, example in have.items():
        if promise_id not in wanted:
            operations.delete(example, by=by, why=_("No longer told in full"))
            changed += 1
    for promise_id, (promise, why) in wanted.items():
        before = have.get(promise_id)
        if before is None:
            values = {"parent": held, "promise": promise, "reason": why}
            made = ReportExample.complete(dict(values))["reference"]
            values["reference"] = writing.free_reference(EXAMPLE.name, made)
            operations.create(EXAMPLE, values | {"audience": Audience.OFFICE}, by=by)
        elif before.reason != why:
            operations.edit(before, {"reason": why}, version=before.version, by=by)
        else:
            continue
        changed += 1
    return changed


@writing.operation
def build(report: Report, *, by: Actor) -> Report:
    """Build a report from what is published now, keep it as a snapshot with its PDF, return it.

    A first build is of a draft; a new issue of a published report waits for approval. Raises
    Unsourced where its own words have a figure without source or time, and Refused where its plan
    is not published or the PDF cannot be set.
    """
    held = cast(Report, writing.lock(report))
    plan = _plan_of(held)
    if lacks := lacking(sections_of(held), plan.reference):
        raise Unsourced(lacks)
    terms = terms_of(held, plan, timezone.now())
    with override(settings.LANGUAGE_CODE):
        gathered = gather(held, plan, terms)
        document = composed(gathered)
    snapshot = _kept(held, gathered, document, by)
    return put_forward(held, snapshot, by=by)


def _plan_of(report: Report) -> Plan:
    plan = Plan._base_manager.filter(pk=report.parent_id or 0, status=Status.PUBLISHED).first()
    if not isinstance(plan, Plan):
        raise Refused(_("Publish the plan first: its report is made of what is published."))
    return plan


def composed(gathered: Gathered) -> Document:
    """Return the document of what was gathered, in the form that was asked for."""
    if gathered.terms.form == Report.Form.MONITORING:
        return monitoring_document(gathered)
    return term_document(gathered)


def _kept(report: Report, gathered: Gathered, document: Document, by: Actor) -> Snapshot:
    content = to_text({"format": FORMAT, "data": data_of(gathered), "document": to_data(document)})
    snapshot = keep_content(report, content, by=by)
    says = {"title": report.title, "audience": report.audience}
    attach_pdf(report, snapshot, document, "report", by=by, **says)
    return snapshot


def frozen(snapshot: Snapshot) -> dict[str, Any]:
    """Return what an issue froze: its data and its document."""
    content = json.loads(snapshot.content)
    if not isinstance(content, dict):
        raise TypeError(type(content))
    return content


def document_in(snapshot: Snapshot) -> Document:
    """Return the document that an issue froze."""
    return from_data(frozen(snapshot)["document"])


def made_again(report: Report, snapshot: Snapshot) -> bool:
    """Return whether the record, read as it was known then, still gives an issue's data exactly."""
    content = frozen(snapshot)
    terms: Terms = terms_from(content)
    plan = Plan._base_manager.get(reference=terms.plan)
    with override(settings.LANGUAGE_CODE):
        again = to_text(data_of(gather(report, plan, terms)))
    return again == to_text(content["data"])
