"""Records of labelled lines, as `Ref: … / Action: … / Lead: … / Due: …`, into rows of tables.

What labels there are, the text itself shows: those that begin several lines, one record after the
other. The label with which the records begin opens each; labels alone on a line count too. A title
between records ends a table; heads of papers, which stand far apart, are no records.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from peelian.expressions import expression
from peelian.intake.document import Line
from peelian.intake.text_blocks import Found, Laid
from peelian.intake.text_rows import REFERENCE, Row

_FEWEST = 3
UNNAMED = ""  # the heading of what stands without a label
_ROOM, _SHORT, _FEW = 0.85, 60, 3
_MOST_LABELS, _MOST_IN_RECORD, _AHEAD = 14, 80, 8
_LABEL = expression(r"(?P<label>[A-Z][\w’'/&() -]{0,40}?)\.?\s*:(?:\s+|$)(?P<said>.*)")
_THINGS = (
    r"Ref(?:erence)?|No\.?|Item|Action|Recommendation|Commitment|Promise|Pledge|AFI|Milestone|"
    r"Project|Objective|Decision|Activity|Deliverable|Complaint|Risk"
)
_NAMED = expression(rf"(?P<label>{_THINGS})\s+(?P<said>{REFERENCE.pattern})")
_CALLED = expression(
    rf"(?P<label>{_THINGS})\s+(?P<ref>{REFERENCE.pattern})\s*[:–-]\s+(?P<said>\S.*)"
)
_KNOWN = (
    r"(?:(?:Action |Plan )?(?:Ref(?:erence)?(?: (?:no|number))?|Action|Commitment|Activity|No|Item|"
    r"Promise|Pledge|Recommendation|Milestone|Deliverable|Objective|Lead|Lead officer|Owner|"
    r"Responsible(?: officer)?|Who|What|When|By when|By whom|Due|Due date|Deadline|Timescale|"
    r"Target date|Status|State|Rating|RAG(?: (?:status|rating))?|Progress|Progress update|Update|"
    r"Latest update|Position|Current position|Oversight|Overseen by|Reports to|Governance|"
    r"What we said|What we said we would do|What we have done|What we did|Where we are|Comments?|"
    r"Purpose|Role|Remit|What it does|Chair|Board|Meeting|Meets|Frequency|Response|Outcome))"
)
_ALONE = expression(rf"(?P<label>{_KNOWN})\.?\s*:?", re.IGNORECASE)
# A known label may be parted from its words by a dash or a gap.
_DASHED = expression(rf"(?P<label>{_KNOWN})\.?(?:\s+[-–—]\s+|\s{{2,}}|\t\s*)(?P<said>\S.*)", re.I)
_MARKS = expression(r"\*\*|__|^\s*(?:[•·▪●◦*-]|\uf0b7)\s+")
_GAP = expression(r"\s{2,}|\t|\s+\|\s+")


@dataclass(frozen=True)
class _Field:
    """A label with the words behind it."""

    label: str
    said: str


@dataclass
class _Record:
    """What the labels of one record say; it stands from line `place` up to `end`."""

    place: int
    end: int
    opener: str
    cells: dict[str, list[Line]] = field(default_factory=dict)


def text_records(lines: Sequence[Line], free: Callable[[int], bool]) -> Found:
    """Return the records in lines as tables. Never raises; the time grows with the lines."""
    fields = {
        n: made
        for n, line in enumerate(lines)
        if not free(n) and (made := _fields(_MARKS.sub("", line.text).strip()))
    }
    counted = Counter(one.label for several in fields.values() for one in several)
    known = {label for label, count in counted.items() if count >= _FEWEST}
    fields = {n: made for n, made in fields.items() if all(one.label in known for one in made)}
    openers = _openers(lines, free, fields)
    records = [r for r in _records(lines, free, fields, openers) if len(r.cells) >= _FEWEST]
    counts = Counter(record.opener for record in records)
    kept = [record for record in records if counts[record.opener] >= _FEWEST]
    every = list(_series(kept, free))
    lone = Counter(series[0].opener for series in every if len(series) == 1)
    parts = Counter(series[0].opener for series in every)
    found = Found()
    for series in every:
        # Where each record has a title above it that is no label, the title is a part of it.
        if 2 * lone[series[0].opener] <= parts[series[0].opener]:
            _take(series, lines, found, free)
    return found


def _openers(
    lines: Sequence[Line], free: Callable[[int], bool], fields: Mapping[int, Sequence[_Field]]
) -> frozenset[str]:
    """Return the labels that mostly stand behind a free line, where others do not; else none."""
    firsts = Counter(several[0].label for several in fields.values())
    apart = Counter(several[0].label for n, several in fields.items() if n == 0 or free(n - 1))
    found = {label for label in firsts if 3 * apart[label] > 2 * firsts[label]}
    return frozenset(found) if 2 * len(found) <= len(firsts) else frozenset()


def _fields(text: str) -> list[_Field]:
    """Return the labels in a line with their words: the first, and those behind gaps."""
    if len(text) > 1_000 or not text[:1].isupper():
        return []
    if len(text) < 40 and (alone := _ALONE.fullmatch(text)):
        return [_Field(alone["label"], "")]
    if called := _CALLED.fullmatch(text):
        return [_Field("Ref", called["ref"]), _Field(called["label"], called["said"])]
    if dashed := _DASHED.fullmatch(text):
        return [_Field(dashed["label"], dashed["said"])]
    made: list[_Field] = []
    for piece in _GAP.split(text)[:_MOST_LABELS]:
        match = _LABEL.fullmatch(piece) or (_NAMED.fullmatch(piece) if not made else None)
        if match:
            made.append(_Field(match["label"].rstrip("."), match["said"].strip()))
        elif not made:
            return []
        else:
            made[-1] = _Field(made[-1].label, f"{made[-1].said} {piece}".strip())
    return made


def _records(
    lines: Sequence[Line],
    free: Callable[[int], bool],
    fields: Mapping[int, Sequence[_Field]],
    openers: frozenset[str],
) -> Iterator[_Record]:
    """Yield what stands from one label up to its return, in order."""
    record: _Record | None = None
    last, gap = "", False
    for n, line in enumerate(lines):
        if free(n):
            gap = True
            continue
        here = fields.get(n, ())
        if record and _ends(record, n, here, gap, fields):
            yield record
            record = None
        if here and (here[0].label in openers if openers else record is None):
            if record:
                yield record
            record = _Record(n, n + 1, here[0].label)
        if record is not None:
            for one in here:
                said = [Line(one.said, line.origin)] if one.said else []
                record.cells.setdefault(one.label, []).extend(said)
                last = one.label
            if not here:
                last = UNNAMED if _is_apart(lines, n, record, last) else last
                record.cells.setdefault(last, []).append(line)
            record.end = n + 1
        gap = False
    if record:
        yield record


def _is_apart(lines: Sequence[Line], n: int, record: _Record, last: str) -> bool:
    """Return whether a line without a label says something of its own: the one before had room."""
    before, text = lines[n - 1].text.strip(), lines[n].text.strip()
    widest = max(len(line.text) for line in lines[record.place : n + 1])
    said = record.cells.get(last, [])
    short = len(said) == 1 and len(said[0].text) <= _SHORT and last != UNNAMED
    room = len(before) + 1 + len(text.split()[0]) < _ROOM * widest
    sentence = text[:1].isupper() or (text[:1].isdigit() and len(text.split()) > _FEW)
    return short and room and record.end == n and sentence


def _ends(
    record: _Record,
    n: int,
    here: Sequence[_Field],
    gap: bool,
    fields: Mapping[int, Sequence[_Field]],
) -> bool:
    """Return whether a record ends before a line."""
    if n - record.place > _MOST_IN_RECORD:
        return True
    if here:
        label = here[0].label
        return label == record.opener or (gap and label in record.cells)
    if not gap:
        return False
    after = next((fields[later] for later in range(n + 1, n + _AHEAD) if later in fields), None)
    return after is None or after[0].label == record.opener or after[0].label in record.cells


def _series(records: Sequence[_Record], free: Callable[[int], bool]) -> Iterator[list[_Record]]:
    """Yield the records that follow one another and have like labels."""
    series: list[_Record] = []
    known: set[str] = set()
    for record in records:
        if series:
            near = all(free(n) for n in range(series[-1].end, record.place))
            alike = len(set(record.cells) - known) * 3 <= len(record.cells)
            if not near or not alike or record.opener != series[0].opener:
                yield series
                series, known = [], set()
        series.append(record)
        known |= set(record.cells)
    if series:
        yield series


def _take(
    series: Sequence[_Record], lines: Sequence[Line], found: Found, free: Callable[[int], bool]
) -> None:
    """Add records to what is found: a row each, under a head of their labels."""
    labels = list(dict.fromkeys(label for record in series for label in record.cells))
    first = lines[series[0].place]
    head = Row(first, cells={n: [Line(label, first.origin)] for n, label in enumerate(labels)})
    rows = [
        Row(
            lines[record.place],
            cells={
                n: record.cells[label] for n, label in enumerate(labels) if record.cells.get(label)
            },
        )
        for record in series
    ]
    found.tables.append(Laid(head, rows, len(labels)))
    for record in series:
        found.taken.update(n for n in range(record.place, record.end) if not free(n))
