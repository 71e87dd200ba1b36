"""The report in its forms: plain text for a terminal, Markdown, JSON, a page, a PDF.

What makes pages is imported where one is made: to load it takes longer than to write plain text.
"""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from pathlib import Path
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from peelian.intake.document import Document, Note, Origin
from peelian.proofreading.findings import Finding, check_named
from peelian.proofreading.pages import NOTES, document_of, in_all
from peelian.proofreading.places import place_words
from peelian.proofreading.report import CONFIDENCE, Report

VERSION = 1
STYLES = ("vendor/govuk-frontend.min.css", "peelian/peelian.css")


def as_html(report: Report, day: dt.date) -> str:
    """Return the report as one page that needs nothing else: it can be mailed."""
    from django.template.loader import render_to_string

    from peelian.documents import html

    document = document_of(report, day)
    context = {"document": document, "content": html.render(document), "styles": _styles()}
    return render_to_string("proofreading/report.html", context)


def _styles() -> SafeString:
    """Return our own style sheets, read from disk: the page is one file, and has no site."""
    from django.contrib.staticfiles import finders

    found = (finders.find(name) for name in STYLES)
    sheets = [Path(path).read_text(encoding="utf-8") for path in found if path]
    return mark_safe(f"<style>{chr(10).join(sheets)}</style>")  # noqa: S308 — nothing else is in it


def as_pdf(report: Report, day: dt.date) -> bytes:
    """Return the report as a tagged PDF. Raises ValueError where it cannot be set."""
    from peelian.documents import pdf

    return pdf.render(document_of(report, day))


def as_text(report: Report, width: int = 98) -> str:
    """Return the report for a terminal: the counts, then the findings, the surest first."""
    lines = [in_all(report), ""]
    many = len(report.proof.documents) > 1
    for confidence, findings in report.by_confidence.items():
        if not findings:
            continue
        title = f"{CONFIDENCE[confidence]} ({len(findings)})"
        lines += [title, "=" * len(title), ""]
        for finding in findings:
            lines += [*_told(finding, width, many=many), ""]
    if report.dismissed:
        lines.append(_("Dismissed: %(n)s") % {"n": len(report.dismissed)})
    for document in (*report.proof.documents, *report.proof.earlier):
        lines += _notes(document)
    return "\n".join(lines).rstrip() + "\n"


def _told(finding: Finding, width: int, *, many: bool) -> list[str]:
    place = place_words(finding.place.origin, with_file=many)
    title = check_named(finding.check).title
    told = [(f"{place}: {title} [{finding.fingerprint}]", "  ")]
    told.append((f"“{finding.place.quotation}”", "    "))
    for other in finding.others:
        where = place_words(other.origin, with_file=many)
        told.append((f"{where}: “{other.quotation}”", "    "))
    told += [(finding.reason, "    "), (f"→ {finding.mend}", "    ")]
    return [
        line
        for text, indent in told
        for line in textwrap.wrap(text, width, initial_indent=indent, subsequent_indent="    ")
    ]


def _notes(document: Document) -> list[str]:
    counts = {kind: sum(n.kind == kind for n in document.notes) for kind in NOTES}
    return [f"{document.file}: {NOTES[kind]} ({n})" for kind, n in counts.items() if n]


def as_markdown(report: Report) -> str:
    """Return the report as Markdown, for a ticket or a wiki."""
    many = len(report.proof.documents) > 1
    lines = [f"**{in_all(report)}**", ""]
    lines += ["| " + " | ".join([_("Kind of finding"), *map(str, CONFIDENCE.values())]) + " |"]
    lines += ["| --- | ---: | ---: | ---: |"]
    for check, numbers in report.counts:
        lines.append(f"| {check.title} | " + " | ".join(map(str, numbers.values())) + " |")
    for confidence, findings in report.by_confidence.items():
        if findings:
            lines += ["", f"## {CONFIDENCE[confidence]} ({len(findings)})"]
        for finding in findings:
            place = place_words(finding.place.origin, with_file=many)
            title = check_named(finding.check).title
            lines += [
                "",
                f"### {_plain(place)}: {title}",
                "",
                f"> {_plain(finding.place.quotation)}",
            ]
            for other in finding.others:
                where = _plain(place_words(other.origin, with_file=many))
                lines += [">", f"> {where}: {_plain(other.quotation)}"]
            lines += [
                "",
                f"{_plain(finding.reason)} {_plain(finding.mend)} (`{finding.fingerprint}`)",
            ]
    return "\n".join(lines) + "\n"


def _plain(words: str) -> str:
    """Return words in which nothing is read as Markdown or HTML."""
    flat = " ".join(words.split())
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|!~" else c for c in flat)


def as_json(report: Report) -> str:
    """Return the report as JSON; its form is described in docs/check-a-document.md."""
    data = {
        "version": VERSION,
        "as_at": report.proof.as_at.isoformat() if report.proof.as_at else None,
        "documents": [_document(d) for d in report.proof.documents],
        "earlier": [_document(d) for d in report.proof.earlier],
        "counts": {c: len(found) for c, found in report.by_confidence.items()},
        "findings": [finding_data(f) for f in report.findings],
        "dismissed": [{**finding_data(f), "dismissed": d.reason} for f, d in report.dismissed],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _document(document: Document) -> dict[str, Any]:
    return {
        "file": document.file,
        "format": document.format,
        "pages": document.pages,
        "blocks": len(document.blocks),
        "notes": [note_data(note) for note in document.notes],
    }


def note_data(note: Note) -> dict[str, Any]:
    """Return what a reader said of a file as plain data."""
    return {"kind": note.kind, "text": note.text, "place": _place(note.origin)}


def finding_data(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain data, with its place and the places beside it."""
    return {
        "id": finding.fingerprint,
        "check": finding.check,
        "title": str(check_named(finding.check).title),
        "confidence": finding.confidence,
        "place": _place(finding.place.origin),
        "quotation": finding.place.quotation,
        "others": [
            {"place": _place(other.origin), "quotation": other.quotation}
            for other in finding.others
        ],
        "reason": finding.reason,
        "mend": finding.mend,
    }


def _place(origin: Origin) -> dict[str, Any]:
    return {name: value for name, value in vars(origin).items() if value and name != "order"}
