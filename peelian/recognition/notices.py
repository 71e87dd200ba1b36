"""Decision notices: reference, title, what was decided, why, when and by whom."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Document, Origin
from peelian.recognition.dates import dates
from peelian.recognition.printed import PrintedLine, printed_lines

_ANY_DAY = dt.date(2020, 1, 1)
_LONGEST = 4000

_FIELDS = {
    "reference": r"(?:(?:decision|record|notice|log|pcc|dpcc)\s+)*(?:reference|ref|number|no)"
    r"(?:\s*(?:number|no))?\.?|decision\s+id",
    "title": r"(?:(?:decision|report|full)\s+)?title(?:\s+of\s+(?:the\s+)?(?:decision|report))?|"
    r"subject(?:\s+(?:of\s+decision|matter))?",
    "reasons": r"(?:(?:summary\s+of\s+)?(?:the\s+)?reasons?|rationale|justification)"
    r"(?:\s+for\s+(?:the\s+|this\s+)?(?:decision|recommendations?|request))?(?:\s*\(s\))?",
    "date": r"decision\s+date|date(?:\s+(?:of|the|that|when))*"
    r"(?:\s*(?:decision|signed|signature|approved|approval|taken|made|was)){0,4}",
    "signed": r"signature(?:\s+of\s+.{3,40})?|signed(?:\s+by)?|decision[\s-]+(?:maker|taker)|"
    r"decision\s+(?:made|taken)\s+by|approved\s+by",
    "decision": r"(?:the\s+)?decisions?(?:\s+(?:made|taken|summary|required|detail))?|"
    r"(?:details|summary)\s+of\s+(?:the\s+)?decision|commissioner[’']?s?\s+decision|outcome",
    "recommendation": r"(?:officer\s+)?recommendations?(?:\s*\(s\))?",
}
_LABELS = {
    name: expression(
        rf"\s*(?:\d{{1,2}}\.?\s+)?(?P<label>{pattern})\s*(?P<mark>[:–—]|-(?=\s)|$)\s*(?P<rest>.*)$",
        re.I | re.S,
    )
    for name, pattern in _FIELDS.items()
}
_HEAD = expression(
    r"\b(?P<what>decision\s+(?:notice|log|record|making\s+record|form|report)|record\s+of\s+decision|"
    r"notice\s+of\s+decision)\b",
    re.IGNORECASE,
)
_HEAD_REFERENCE = expression(
    r"\b(?:[A-Z]{1,6}[\s/-]?)?\d{1,4}[/-]\d{2,4}\b|\b\d{4}[/-]\d{1,4}\b|\b[A-Z]{1,4}\d{2,5}\b"
)
_APPROVAL = expression(
    r"\bI\s+(?:hereby\s+)?(?:approve|agree|confirm|have\s+(?:considered|approved|decided))\b",
    re.IGNORECASE,
)
_SAME_LINE = expression(
    r"\s{2,}(?=(?:Date|Signed|Signature)\b\s*:?)|\s+(?=(?:Date|Signature)\s*:)", re.IGNORECASE
)


@dataclass(frozen=True)
class DecisionNotice:
    """A decision as a notice or a log prints it."""

    reference: str
    title: str
    decision: str
    origin: Origin
    reasons: str = ""
    decided_on: dt.date | None = None
    signed_by: str = ""


class _Draft:
    """A notice while its fields are being read."""

    def __init__(self, origin: Origin, title: str = "", reference: str = "") -> None:
        self.origin = origin
        self.fields = {"title": title, "reference": reference}
        self.headed = bool(title or reference)

    def add(self, name: str, text: str) -> None:
        before = self.fields.get(name, "")
        if len(before) < _LONGEST:
            self.fields[name] = f"{before} {text}".strip()

    def finished(self) -> DecisionNotice | None:
        """Return the notice; None where it says neither which decision nor what was decided."""
        got = self.fields
        approved = bool(_APPROVAL.search(got.get("approval", "")))
        decision = got.get("decision", "")
        if not decision or (approved and len(decision) < 20):
            decision = got.get("recommendation", "") if approved or got.get("signed") else decision
        reference = got["reference"].strip(" .:")
        if not decision or not (reference or (self.headed and (got.get("signed") or approved))):
            return None
        return DecisionNotice(
            reference[:80],
            got["title"].strip(" –-:")[:300],
            decision,
            self.origin,
            got.get("reasons", ""),
            _day(got.get("date", "")),
            re.sub(r"\s*\([^()]*\)|[._…]{3,}", "", got.get("signed", "")).strip()[:120],
        )


def notices(document: Document) -> list[DecisionNotice]:
    """Return the decision notices in a document, in order; a log holds several."""
    lines = document.once(printed_lines)
    found = [*_of_tables(document), *_of_labels(lines)]
    return sorted(found, key=lambda notice: notice.origin.order)


def _of_labels(lines: Sequence[PrintedLine]) -> Iterator[DecisionNotice]:
    draft: _Draft | None = None
    field = ""
    for line in lines:
        head = _headed(line)
        if head and not (
            draft and field in ("", "title", "reference") and not draft.fields.get("decision")
        ):
            if draft and (made := draft.finished()):
                yield made
            draft, field = head, ""
            continue
        for name, text, label in _labelled(line):
            if name == "reference" and draft is None:
                draft = _Draft(line.origin)
            elif name == "reference" and draft and _is_another(draft, text):
                if made := draft.finished():
                    yield made
                draft = _Draft(line.origin)
            if draft is None:
                continue
            if label:
                field = name
                if name == "reference" or (name == "title" and text):
                    draft.fields[name] = ""
            if field and text:
                draft.add(field, text)
    if draft and (made := draft.finished()):
        yield made


def _is_another(draft: _Draft, reference: str) -> bool:
    """Return whether a reference is of the next notice, not the heading's own said again."""
    known = draft.fields["reference"]
    said = bool(draft.fields.get("decision") or draft.fields.get("recommendation"))
    return said and re.sub(r"^0+", "", known) != re.sub(r"^0+", "", reference)


def _headed(line: PrintedLine) -> _Draft | None:
    """Return the notice that a heading line opens."""
    text = line.text
    if line.is_row or len(text) > 200 or not (head := _HEAD.search(text)):
        return None
    if re.search(r"[a-z]\.$", text) or any(p.match(text) and ":" in text for p in _LABELS.values()):
        return None
    reference = _HEAD_REFERENCE.search(text, head.end())
    title = text[reference.end() :] if reference else ""
    return _Draft(line.origin, title.strip(" –-:"), reference[0] if reference else "")


def _labelled(line: PrintedLine) -> Iterator[tuple[str, str, bool]]:
    """Yield the fields of a line: name, text, whether its label stands there. Without a label it
    goes on with the field before; a heading of something else ends it."""
    cells = [c.text for c in line.block.cells] if line.is_row else []
    if len(cells) == 2 and (name := _label_of(cells[0], alone=True)):
        yield name[0], " ".join(cells[1].split()), True
        return
    for piece in _SAME_LINE.split(line.text):
        found = _label_of(piece, alone=line.nth == 0 or line.block.kind == BlockKind.HEADING)
        if found:
            yield found[0], found[1], True
        elif _APPROVAL.search(piece):
            yield "approval", piece, True
        elif _is_other(line, piece):
            yield "other", "", True
        else:
            yield "", piece, False


def _label_of(text: str, *, alone: bool) -> tuple[str, str] | None:
    for name, pattern in _LABELS.items():
        match = pattern.match(text[:_LONGEST])
        if match and (match["mark"] or (alone and not match["rest"])):
            return name, " ".join(match["rest"].split())
    return None


def _is_other(line: PrintedLine, text: str) -> bool:
    """Return whether a line heads something that is no field of a notice."""
    label = re.match(r"[A-Z][\w’'() /&-]{2,60}:(?:\s|$)", text)
    return bool(label) or (line.block.kind == BlockKind.HEADING and line.nth == 0)


def _of_tables(document: Document) -> Iterator[DecisionNotice]:
    """Yield the decisions in tables with a row for each."""
    for table in document.tables():
        head, rows = table.head, table.rows
        if not head and rows:
            head, rows = tuple(cell.text for cell in rows[0].cells), rows[1:]
        columns: dict[str, int] = {}
        for n, text in enumerate(head):
            found = _label_of(text[:80], alone=True)
            if found:
                columns.setdefault(found[0], n)
        if {"reference", "decision"} <= set(columns) or {"reference", "title", "date"} <= set(
            columns
        ):
            yield from _of_rows(rows, columns)


def _of_rows(rows: Sequence[Block], columns: dict[str, int]) -> Iterator[DecisionNotice]:
    for row in rows:
        cells = {cell.column: " ".join(cell.text.split()) for cell in row.cells}
        got = {name: cells.get(column, "") for name, column in columns.items()}
        decision = got.get("decision") or got.get("title", "")
        if got.get("reference") and decision:
            yield DecisionNotice(
                got["reference"],
                got.get("title", ""),
                decision,
                row.origin,
                got.get("reasons", ""),
                _day(got.get("date", "")),
                got.get("signed", ""),
            )


def _day(text: str) -> dt.date | None:
    """Return the day in a field, None where it has none or not its year."""
    return next((m.first for m in dates(text[:200], _ANY_DAY) if m.is_day and m.has_year), None)
