"""Received documents as pages ask for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from peelian.intake.document import Document as Read
from peelian.intake.document import Note, NoteKind, Origin
from peelian.proofreading.dismissals import Dismissal
from peelian.proofreading.findings import Confidence, Place
from peelian.proofreading.findings import Finding as Found
from peelian.proofreading.proof import Proof
from peelian.proofreading.report import Report
from peelian.received.models import Document, Finding, Line, State
from peelian.received.recognise import TABLES
from peelian.received.tables import table_title


@dataclass(frozen=True)
class TableOfLines:
    """The lines of one table in a document, counted by what was decided about them."""

    name: str
    title: str
    counts: Counter[str]

    @property
    def open(self) -> int:
        """Return how many are still to be looked at."""
        return self.counts[State.OPEN]


def documents() -> QuerySet[Document]:
    """Return every document, the newest first, with how many findings stand and lines wait."""
    return Document.objects.annotate(
        standing=Count("findings", filter=Q(findings__dismissed_at=None), distinct=True),
        waiting=Count("lines", filter=Q(lines__state=State.OPEN), distinct=True),
    ).order_by("-received_at", "-pk")


def document(pk: int) -> Document | None:
    """Return a document, or None."""
    return documents().filter(pk=pk).first()


def finding(document: Document, number: int) -> Finding | None:
    """Return a finding by its number, or None."""
    return document.findings.filter(number=number).first()


def lines_of(document: Document, table: str) -> QuerySet[Line]:
    """Return the lines of one table, in order."""
    return document.lines.filter(table=table)


def tables_of(document: Document) -> list[TableOfLines]:
    """Return the tables recognised in a document, in the order in which they are loaded."""
    counts: dict[str, Counter[str]] = {}
    rows = document.lines.order_by().values_list("table", "state").annotate(n=Count("pk"))
    for table, state, n in rows:
        counts.setdefault(table, Counter())[state] = n
    return [TableOfLines(t, table_title(t), counts[t]) for t in TABLES if t in counts]


def report_of(document: Document) -> Report:
    """Return the report on a document as it was checked, with what was dismissed since."""
    notes = tuple(
        Note(NoteKind(note["kind"]), note["text"], Origin(**note["place"]))
        for note in document.notes
    )
    read = Read(document.name, document.format, (), pages=document.pages, notes=notes)
    standing, dismissed = [], []
    for one in document.findings.all():
        found = found_again(one)
        if one.dismissed_at is None:
            standing.append(found)
        else:
            told = Dismissal(one.fingerprint, f"{one.reason} ({one.dismissed_by})")
            dismissed.append((found, told))
    proof = Proof([read], as_at=document.as_at)
    return Report(proof, tuple(standing), tuple(dismissed))


def found_again(kept: Finding) -> Found:
    """Return a finding as the check gave it."""
    said = kept.said

    def place(data: dict[str, Any]) -> Place:
        return Place(Origin(**data["place"], order=kept.number), data["quotation"])

    return Found(
        place(said),
        said["reason"],
        said["mend"],
        Confidence(kept.confidence),
        tuple(map(place, said["others"])),
        kept.check_name,
    )
