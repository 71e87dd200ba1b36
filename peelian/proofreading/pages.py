"""The report as a document of blocks: a page of summary, then the findings, the surest first."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from peelian import blocks as b
from peelian.intake.document import Document, NoteKind
from peelian.proofreading.findings import Confidence, Finding, check_named
from peelian.proofreading.places import place_words
from peelian.proofreading.report import CONFIDENCE, MEANING, Report

NOTES = {
    NoteKind.SCANNED: gettext_lazy("Pages that are pictures, without text"),
    NoteKind.TRACKED_CHANGE: gettext_lazy("Tracked changes"),
    NoteKind.COMMENT: gettext_lazy("Comments"),
    NoteKind.HIDDEN: gettext_lazy("Hidden content"),
    NoteKind.MACRO: gettext_lazy("Macros, which were not run"),
    NoteKind.EXTERNAL_LINK: gettext_lazy("Links to content elsewhere, which was not fetched"),
    NoteKind.FORMULA_FAILED: gettext_lazy("Formulas that failed"),
    NoteKind.MENDED: gettext_lazy("Damaged, and read all the same"),
    NoteKind.CUT_SHORT: gettext_lazy("Read in part only"),
}


def document_of(report: Report, day: dt.date) -> b.Document:
    """Return the report as a document; `day` is the day on which it was made."""
    names = [document.file for document in report.proof.documents]
    title = _("What to look at in %(name)s") % {"name": names[0] if len(names) == 1 else ""}
    if len(names) != 1:
        title = ngettext(
            "What to look at in %(n)s document", "What to look at in %(n)s documents", len(names)
        ) % {"n": len(names)}
    made = [*_summary(report), *_worst(report)]
    for confidence, findings in report.by_confidence.items():
        if findings:
            made += _section(confidence, findings, many=len(names) > 1)
    made += [*_dismissed(report), *_read(report)]
    return b.Document(
        title=b.printable(title),
        publisher="Peelian",
        date=day,
        blocks=tuple(made),
        language=_language(),
        cover=False,
    )


def _language() -> str:
    code = get_language() or "en-gb"
    language, _hyphen, region = code.partition("-")
    return f"{language}-{region.upper()}" if region else language


def _summary(report: Report) -> list[b.Block]:
    as_at = report.proof.as_at
    judged = date_format(as_at, "j F Y") if as_at else _("no day: no date could be found in it")
    facts = [(_("Judged as at"), b.plain(judged)), (_("Findings"), b.plain(in_all(report)))]
    made: list[b.Block] = [b.Facts(tuple(facts))]
    if not report.findings:
        return [*made, b.Notice(_("Nothing was found. That is no proof that nothing is wrong."))]
    head = tuple(b.plain(str(w)) for w in (_("Kind of finding"), *CONFIDENCE.values()))
    rows = tuple(
        (b.plain(str(check.title)), *(b.plain(str(numbers[c])) for c in Confidence))
        for check, numbers in report.counts
    )
    table = b.Table(_("Findings by kind, and how sure they are"), head, rows, (4, 1, 1, 1), True)
    return [*made, table]


def in_all(report: Report) -> str:
    """Return how many findings there are, and how many of each confidence."""
    count = len(report.findings)
    said = ", ".join(
        f"{len(found)} {CONFIDENCE[confidence].lower()}"
        for confidence, found in report.by_confidence.items()
        if found
    )
    return f"{count} ({said})" if count else "0"


def _worst(report: Report) -> list[b.Block]:
    if len(report.findings) < 6:
        return []
    items = tuple(
        (
            b.Run(_heading(finding, many=len(report.proof.documents) > 1), _anchor(finding)),
            b.Run(f": {finding.reason}"),
        )
        for finding in report.worst
    )
    return [b.Heading(1, _("The worst five")), b.Bullets(items, ordered=True), b.PageBreak()]


def _section(confidence: Confidence, findings: list[Finding], *, many: bool) -> list[b.Block]:
    title = f"{CONFIDENCE[confidence]} ({len(findings)})"
    made: list[b.Block] = [b.Heading(1, title), b.Paragraph(b.plain(str(MEANING[confidence])))]
    for finding in findings:
        made += [
            b.Heading(2, b.printable(_heading(finding, many=many)), _anchor(finding)[1:]),
            b.Facts(tuple(_facts(finding, many=many))),
        ]
    return made


def _anchor(finding: Finding) -> str:
    origin = finding.place.origin
    return f"#f-{finding.fingerprint}-{origin.order}"


def _heading(finding: Finding, *, many: bool) -> str:
    place = place_words(finding.place.origin, with_file=many)
    return f"{capfirst(place)}: {check_named(finding.check).title}"


def _facts(finding: Finding, *, many: bool) -> list[tuple[str, b.Runs]]:
    facts = [(_("It says"), _quoted(finding.place.quotation))]
    for other in finding.others:
        where = place_words(other.origin, with_file=many)
        facts.append((capfirst(where), _quoted(other.quotation)))
    facts.append((_("Why it matters"), b.plain(finding.reason)))
    facts.append((_("To mend it"), b.plain(finding.mend)))
    facts.append((_("Number"), b.plain(finding.fingerprint)))
    return facts


def _quoted(words: str) -> b.Runs:
    return b.plain(b.printable(f"“{words}”" if words else _("(nothing)")))


def _dismissed(report: Report) -> list[b.Block]:
    made: list[b.Block] = []
    if report.dismissed:
        made.append(b.Heading(1, _("Dismissed (%(n)s)") % {"n": len(report.dismissed)}))
        items = (
            f"{_heading(finding, many=False)} – {dismissal.reason} ({finding.fingerprint})"
            for finding, dismissal in report.dismissed
        )
        made.append(b.Bullets(tuple(b.plain(b.printable(item)) for item in items)))
    if report.gone:
        made.append(
            b.Heading(1, _("Dismissed, and found no more (%(n)s)") % {"n": len(report.gone)})
        )
        gone = (f"{d.says or d.finding} ({d.finding})" for d in report.gone)
        made.append(b.Bullets(tuple(b.plain(b.printable(item)) for item in gone)))
    return made


def _read(report: Report) -> list[b.Block]:
    rows = tuple(
        tuple(b.plain(b.printable(cell)) for cell in (document.file, what, _said(document)))
        for documents, what in (
            (report.proof.documents, _("checked")),
            (report.proof.earlier, _("read as what came before")),
        )
        for document in documents
    )
    head = tuple(b.plain(w) for w in (_("File"), _("Use"), _("What was read")))
    table = b.Table(_("The documents"), head, rows, (2, 1, 3), True)
    return [b.Heading(1, _("What was read")), table]


def _said(document: Document) -> str:
    """Return how much was read of a document, and what its reader had to say."""
    blocks = len(document.blocks)
    said = [ngettext("%(n)s block of text", "%(n)s blocks of text", blocks) % {"n": blocks}]
    if document.pages:
        said.insert(
            0, ngettext("%(n)s page", "%(n)s pages", document.pages) % {"n": document.pages}
        )
    for kind, words in NOTES.items():
        if count := sum(note.kind == kind for note in document.notes):
            said.append(f"{words}: {count}")
    return "; ".join(said)
