"""Bodies of oversight that lines name by a label: `Governance: Roads Board; Audit Group`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import Document, Line, Origin
from peelian.recognition.body_names import is_a_body, own_name
from peelian.recognition.oversight import split_oversight
from peelian.recognition.printed import raw_lines

_BY = (
    r"(?:overseen|seen|scrutinised|monitored|governed|reviewed|watched(?:\s+over)?|tracked)"
    r"\s+(?:by|at|through|in)"
)
_LABEL = expression(
    rf"(?:^|[(.;|]\s*|\s{{2,}})(?:(?:governance|oversight|scrutiny|assurance)(?:\s+(?:board|body|by|at|through|group"
    rf"|meeting|arrangements?|mechanism))?|governing\s+(?:board|body)|{_BY}|report(?:s|ed|ing)\s+(?:in)?to"
    r"|accountable\s+to|held\s+to\s+account\s+(?:at|by)|responsible\s+(?:board|body|group))"
    r"\s*(?P<sign>:|\s[–—-]\s|(?=\s(?:the\s+)?[A-Z]))\s*(?P<said>[^\n]{3,300})",
    re.IGNORECASE,
    needs="govern|oversight|scrutin|assurance|report|accountable|held|responsible|overseen|"
    "seen|monitored|reviewed|watched|tracked",
)
_SENTENCE_ENDS = expression(r"(?<=[a-z)])[.)](?:\s|$).*|\s{2,}.*|\|.*")
_PARTED = expression(r"\s{2,}|\t+|\s*\|\s*")
_HEADED = expression(
    r"(?:how\s+(?:it\s+is|we\s+are)\s+)?(?:overseen|watched|monitored|scrutinised|governed)(?:\s+by)?"
    r"|(?:oversight|governance|scrutiny|assurance)(?:\s+(?:by|body|board|group|forum|through))?"
    r"|report(?:s|ed|ing)\s+to|accountable\s+to|(?:lead\s+|responsible\s+|governing\s+)?"
    r"(?:board|group|forum|committee|body)(?:\s+responsible)?",
    re.IGNORECASE,
)
_ANY_LABEL = expression(r"\W*(?P<label>[A-Z][\w’' ]{2,40}):\s+(?P<said>[A-Z]\S+(?: \S+)*)\s*$")
_OF_A_MEETING = frozenset({"body", "for", "from", "meeting", "meetings", "present", "to"})
_SHORT, _MOSTLY = 140, 0.8
_LONGEST, _APART = 600, 2  # letters of a line; between where cells of a column begin
_FEWEST = 3  # rows whose last cell is a body


@dataclass(frozen=True)
class Overseer:
    """A body that a line names as the one that oversees what the line is about."""

    name: str
    origin: Origin
    is_labelled: bool = False


def overseers(document: Document) -> list[Overseer]:
    """Return the bodies that lines name by a label of oversight, or in their last cell."""
    lines = list(raw_lines(document))
    found = [one for line in lines for one in _labelled(line)]
    return [*found, *_in_columns(lines), *_in_last_cells(lines), *_of_one_label(lines)]


def _labelled(line: Line) -> Iterator[Overseer]:
    match = _LABEL.search(line.text[:400])
    if not match or not _is_label(match) or line.text.isupper():
        return
    said = _SENTENCE_ENDS.sub("", match["said"], count=1)
    for name in split_oversight(said):
        bare = own_name(re.sub(r"\s*\([^()]*\)|[.;,]+$", "", name)).strip()
        if is_a_body(bare) and bare[:1].isupper():
            yield Overseer(bare, line.origin, is_labelled=True)


def _is_label(match: re.Match[str]) -> bool:
    """Return whether the words end in a sign, or are all that stands before a name."""
    if match["sign"].strip():
        return True
    return match.start() == 0 and match[0][:1].isupper() and len(match["said"]) <= 90


def _of_one_label(lines: Sequence[Line]) -> Iterator[Overseer]:
    """Yield the bodies after a label of any words, where nearly all that stands after it is one."""
    said: dict[str, list[tuple[str, Line]]] = defaultdict(list)
    for line in lines:
        match = _ANY_LABEL.match(line.text) if len(line.text) <= _SHORT else None
        if match:
            said[match["label"].casefold()].append((match["said"].strip(" .;"), line))
    for label, values in said.items():
        bodies = [(own_name(name), line) for name, line in values if is_a_body(own_name(name))]
        several = len({name for name, _line in bodies}) >= _FEWEST
        if several and len(bodies) > _MOSTLY * len(values) and label not in _OF_A_MEETING:
            for name, line in bodies:
                yield Overseer(name, line.origin, is_labelled=True)


def _in_columns(lines: Sequence[Line]) -> Iterator[Overseer]:
    """Yield the bodies in a column whose heading says that they oversee."""
    head: tuple[int, int, int] | None = None  # which column, where it begins, of how many
    for line in lines:
        cells = _columns(line.text[:_LONGEST])
        headed = next((n for n, (_at, text) in enumerate(cells) if _HEADED.fullmatch(text)), None)
        if headed is not None and len(cells) >= _FEWEST:
            head = headed, cells[headed][0], len(cells)
        elif head and cells:
            ruled = "|" in line.text or "\t" in line.text
            same = [cells[head[0]]] if ruled and len(cells) == head[2] else []
            beside = [] if ruled else [c for c in cells if abs(c[0] - head[1]) <= _APART]
            for _at, text in same or beside:
                for name in split_oversight(text):
                    if is_a_body(own_name(name)) and " " in name:
                        yield Overseer(own_name(name), line.origin)


def _columns(text: str) -> list[tuple[int, str]]:
    """Return the cells of a line with where each begins; none where it is one."""
    if "  " not in text and "\t" not in text and "|" not in text:
        return []
    cells = []
    start = 0
    for match in [*_PARTED.finditer(text), None]:
        end = match.start() if match else len(text)
        if cell := text[start:end].strip(" |"):
            cells.append((start, cell))
        start = match.end() if match else end
    return cells if len(cells) > 1 else []


def _in_last_cells(lines: Sequence[Line]) -> list[Overseer]:
    """Return the bodies at the ends of rows, where as many rows end in one as make a column."""
    found: list[Overseer] = []
    for line in lines:
        if "  " not in line.text and "\t" not in line.text and "|" not in line.text:
            continue
        cells = [cell for cell in _PARTED.split(line.text[:600].strip(" |")) if cell]
        if len(cells) >= 3 and len(cells[-1]) <= 80 and cells[-1][0].isupper():
            for name in split_oversight(cells[-1]):
                if is_a_body(own_name(name)) and " " in name:
                    found.append(Overseer(own_name(name), line.origin))
    return found if len(found) >= _FEWEST else []
