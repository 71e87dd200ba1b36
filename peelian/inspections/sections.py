"""How inspections look in a report, each with its grades; what pages of findings say of them."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.blocks import Block, Paragraph, Table, plain
from peelian.inspections.kinds import ANSWER, GRADE, INSPECTION
from peelian.inspections.models import Inspection
from peelian.pages.sections import Section
from peelian.promises.models import Promise
from peelian.record.models import Record, Status
from peelian.record.scope import Scope


def inspections_blocks(scope: Scope) -> list[Block]:
    """Return the inspections on the record with what each was graded. Two queries."""
    inspections = list(scope.of(INSPECTION).in_order())
    grades: dict[int | None, list[str]] = {}
    for grade in scope.of(GRADE).filter(parent__in=inspections).in_order():
        before = _(" (before: %(grade)s)") % {"grade": grade.previous_grade}
        words = f"{grade.question}: {grade.grade}{before if grade.previous_grade else ''}"
        grades.setdefault(grade.parent_id, []).append(words)
    if not inspections:
        return [Paragraph(plain(_("There are no inspections on the record.")))]
    head = tuple(plain(h) for h in (_("Inspection"), _("Published"), _("Grades")))
    rows = tuple(
        (
            plain(i.title),
            plain(_published(i)),
            plain("; ".join(grades.get(i.pk, [])) or _("None given")),
        )
        for i in inspections
    )
    return [Table(_("Inspections and grades"), head, rows, (3.4, 1.6, 3.4), True)]


def _published(inspection: Inspection) -> str:
    if inspection.published_on:
        return date_format(inspection.published_on, "j F Y")
    return inspection.published_as_printed or _("Not stated")


def finding_section(finding: Record, scope: Scope) -> Section | None:
    """Return what sort of finding it is, what was answered, and what closed it. One query."""
    if not isinstance(finding, Promise):
        return None
    answer = scope.of(ANSWER).filter(parent=finding).exclude(status=Status.WITHDRAWN).first()
    context = {"finding": finding, "answer": answer, "scope": scope}
    return Section(_("From finding to closing"), "inspections/finding_section.html", context)
