"""What is done with a received document: taken in, looked through, loaded, forgotten.

Each step is kept with who took it, also when the document itself is gone.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from peelian.intake.document import Document as Read
from peelian.intake.documents import read_document
from peelian.proofreading import every as every
from peelian.proofreading.findings import Finding as Found
from peelian.proofreading.findings import run
from peelian.proofreading.output import finding_data, note_data
from peelian.proofreading.places import place_words
from peelian.proofreading.proof import Proof
from peelian.received.context import context_of
from peelian.received.models import Document, Finding, Line, State, Step
from peelian.received.recognise import recognised
from peelian.received.tables import Loaded, area_of, load_all
from peelian.record import files
from peelian.record.access import Actor, may
from peelian.record.errors import Invalid, Refused
from peelian.record.scope import Scope
from peelian.record.writing import operation


def receive(
    name: str,
    content: bytes,
    *,
    by: Actor,
    earlier: Document | None = None,
    as_at: dt.date | None = None,
) -> Document:
    """Read and check a document, and keep it with all that was found and recognised in it.

    `earlier` is a document of before, such as the last minutes. What was dismissed before in a
    document of the same name stays dismissed. Raises Rejected where it cannot be read: then nothing
    is kept.
    """
    name = files.clean_name(name) or _("document")
    read = _read(name, content)
    before = [_read(earlier.name, files.path_of(earlier.sha256).read_bytes())] if earlier else []
    proof = Proof([read], before, as_at)
    findings = run(proof)
    rows = recognised(proof, Scope(by))
    kept = Document(
        name=name,
        sha256=files.store(content),
        format=read.format,
        pages=read.pages,
        as_at=proof.as_at,
        notes=[note_data(note) for note in read.notes],
        earlier=earlier,
        received_by=by.name,
    )
    lines = [
        Line(
            number=number,
            table=row.table,
            cells=row.cells,
            page=row.origin.page,
            place=place_words(row.origin)[:200],
            context=context_of(read, row.origin),
        )
        for number, row in enumerate(rows, 1)
    ]
    return _keep(kept, findings, lines, by=by)


def _read(name: str, content: bytes) -> Read:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return read_document(path)


@operation
def _keep(
    document: Document, findings: Sequence[Found], lines: Sequence[Line], *, by: Actor
) -> Document:
    dismissed = _dismissed_before(document.name)
    document.save()
    for number, found in enumerate(findings, 1):
        one = Finding(
            document=document,
            number=number,
            fingerprint=found.fingerprint,
            check_name=found.check,
            confidence=found.confidence,
            said=finding_data(found),
        )
        if earlier := dismissed.get(found.fingerprint):
            one.dismissed_by, one.dismissed_at = earlier.dismissed_by, earlier.dismissed_at
            one.reason = earlier.reason
        one.save()
    for line in lines:
        line.document = document
        line.save()
    _step(document, "received", by)
    return document


def _step(document: Document, action: str, by: Actor, about: str = "", why: str = "") -> None:
    name, about = document.name, about[:300]
    Step(document_id=document.pk, name=name, action=action, about=about, why=why, by=by.name).save()


def _dismissed_before(name: str) -> dict[str, Finding]:
    dismissed = Finding.objects.filter(document__name=name, dismissed_at__isnull=False)
    return {one.fingerprint: one for one in dismissed.order_by("dismissed_at")}


@operation
def dismiss(finding: Finding, *, reason: str, by: Actor) -> Finding:
    """Say why a finding may stand. Raises Invalid without a reason."""
    if not reason.strip():
        raise Invalid({"reason": [_("Say why this may stand as it is.")]})
    if len(reason) > 1000:
        raise Invalid({"reason": [_("Use at most 1,000 characters.")]})
    finding.reason, finding.dismissed_by = reason.strip(), by.name
    finding.dismissed_at = timezone.now()
    finding.save()
    _step(finding.document, "dismissed", by, str(finding), finding.reason)
    return finding


@operation
def take_back(finding: Finding, *, by: Actor) -> Finding:
    """Let a dismissed finding be told again."""
    finding.reason, finding.dismissed_by, finding.dismissed_at = "", "", None
    finding.save()
    _step(finding.document, "taken_back", by, str(finding))
    return finding


@operation
def decide(lines: Iterable[Line], state: str, *, by: Actor) -> int:
    """Accept, reject or reopen lines; return how many. Raises Refused for what is not theirs.

    A line that is on the record already stays as it is.
    """
    count = 0
    for line in lines:
        _require(line.table, "edit", by)
        if line.state == State.LOADED:
            continue
        _decided(line, state, by)
        _step(line.document, state, by, str(line))
        count += 1
    return count


@operation
def correct(line: Line, cells: Mapping[str, str], *, by: Actor) -> Line:
    """Put other words into a line's cells, and accept it. Raises Refused where it is loaded."""
    _require(line.table, "edit", by)
    if line.state == State.LOADED:
        raise Refused(_("This line is on the record already: edit the record."))
    known = {name: str(cells[name]).strip() for name in line.cells if name in cells}
    changed = [name for name, words in known.items() if words != line.cells[name]]
    if "reference" in changed:
        _rename(line, str(line.cells["reference"]), known["reference"])
    line.cells = line.cells | known
    _step(line.document, "corrected", by, f"{line}: {', '.join(changed)}")
    return _decided(line, State.ACCEPTED, by)


def _rename(line: Line, old: str, new: str) -> None:
    """Let the document's other lines name a record by the reference that it was given instead."""
    for other in line.document.lines.exclude(pk=line.pk).exclude(state=State.LOADED):
        renamed = {
            name: new + words[len(old) :]
            for name, words in other.cells.items()
            if name not in ("title", "text") and (words == old or words.startswith(f"{old}-"))
        }
        if old and renamed:
            other.cells = other.cells | renamed
            other.save()


def _decided(line: Line, state: str, by: Actor) -> Line:
    line.state, line.decided_by, line.decided_at = state, by.name, timezone.now()
    line.save()
    return line


def _require(table: str, action: str, by: Actor) -> None:
    if not may(by, action, area_of(table)):
        raise Refused(_("This table belongs to somebody else: you may look at it only."))


@operation
def load_lines(document: Document, *, by: Actor) -> list[Loaded]:
    """Bring every accepted line onto the record, all or none; return what was done by table.

    What is loaded is official at once, as from a file: whoever loads must be one who may approve.
    Raises Rejected with each line that the record refuses, Refused without the permission.
    """
    lines = list(document.lines.filter(state=State.ACCEPTED))
    for table in {line.table for line in lines}:
        _require(table, "approve", by)
    done = load_all(document, lines, by=by)
    for line in lines:
        _decided(line, State.LOADED, by)
    _step(document, "loaded", by, ", ".join(one.table for one in done))
    return done


@operation
def forget(document: Document, *, by: Actor) -> None:
    """Delete a document with its findings and lines; what was loaded from it stays as it is."""
    digest = document.sha256
    _step(document, "forgotten", by)
    document.delete()
    files.discard(digest)
