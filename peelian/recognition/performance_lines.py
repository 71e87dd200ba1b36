"""Performance tables in text whose tables were flattened into lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from peelian.expressions import expression
from peelian.intake.document import Line
from peelian.intake.flow import is_heading
from peelian.recognition.columns import (
    COMMENTARY,
    INCLUSION,
    OBJECTIVE,
    PAGE,
    PERFORMANCE,
    RATING,
    STATEMENT,
    TOPIC,
    VALUE,
    is_performance,
    role_of,
)
from peelian.recognition.flattened import labelled
from peelian.recognition.flattened_table import Column, Move, Piece, Printed
from peelian.recognition.performance import PerformanceLine
from peelian.recognition.performance_draft import LineDraft, rating_of
from peelian.recognition.plan_heads import Region, begins_page, heads, is_furniture, regions

_RHYTHM = expression(
    r"\b(?:month\w*|quarter\w*|annual\w*|year\w*|week\w*|exceptional|always|unless|when|every)\b",
    re.IGNORECASE,
)
_NUMBER = expression(r"[-+±£(]?\s?\d[\d,.]*\s?(?:%|pp|k|m|mins?|secs?|hours|days)?\)?|n/?a|tbc|-|–")
_GRADE = expression(r"(?:red|amber|green|blue|ungraded|grey|not graded|no grade)", re.IGNORECASE)
_MOST_GAP = 6
_MOST_LINES = 12_000


def flattened_lines(lines: Sequence[Line]) -> list[PerformanceLine]:
    """Return the lines of the performance tables that lines of text hold."""
    made: list[PerformanceLine] = []
    read = 0
    for region in regions(lines, heads(lines, PERFORMANCE, is_performance)):
        read += region.end - region.start
        if read > _MOST_LINES:
            break
        made += _region(lines, region)
    return made


def _region(lines: Sequence[Line], region: Region) -> list[PerformanceLine]:
    headings = list(region.head.headings)
    roles = [OBJECTIVE, *(h.role for h in headings)]
    if PAGE not in roles and VALUE not in roles:
        roles.append(PAGE)  # its numbers often stand without a heading
    names = ["", *(h.printed for h in headings), ""]
    rows: list[LineDraft] = []
    # A single heading above is the table's own; of several the last may be the first objective.
    objective = region.above[-1].text.strip() if len(region.above) > 1 else ""
    filled = -1
    pieces = labelled(_printed(lines, region), [_COLUMNS[role] for role in roles])
    for before, piece in zip([None, *pieces], pieces, strict=False):
        role = roles[piece.column]
        if role == OBJECTIVE:
            goes_on = piece.move == Move.SAME and before is not None
            objective = f"{objective} {piece.text.strip()}" if goes_on else piece.text.strip()
            filled = -1
            continue
        opens = filled < 0 or piece.move == Move.ROW or piece.column < filled
        if opens:
            rows.append(LineDraft(piece.origin, objective))
        filled = piece.column
        _add(rows[-1], role, names[piece.column], piece)
    return [line for row in rows for line in row.lines()]


def _add(row: LineDraft, role: str, name: str, piece: Piece) -> None:
    if role == VALUE:
        row.values.append((name, piece.text.strip()))
        return
    apart = piece.after_blank and piece.text[:1].isupper() | piece.text[:1].isdigit()
    row.add(role, Line(piece.text, piece.origin), paragraph=apart)


def _printed(lines: Sequence[Line], region: Region) -> list[Printed]:
    made: list[Printed] = []
    blank = page = False
    for at in range(region.start, region.end):
        text = lines[at].text
        if is_furniture(lines, at):
            page = True
            continue
        page = page or begins_page(lines, at)
        if not text.strip():
            blank = True
            continue
        ahead = lines[at + 1].text.strip() if at + 1 < region.end else ""
        fresh = blank or not made
        made.append(Printed(at, text.lstrip(), lines[at].origin, fresh, ahead, page))
        blank = page = False
    return made


def graded_counts(lines: Sequence[Line]) -> list[PerformanceLine]:
    """Return the counts by grade that stand under headings of periods, a line for each number.

    `September panel`, `June panel`, `Green`, `7`, `9`, `Amber`, `4`, `2`: green was 7 and then 9.
    """
    kept = [line for line in lines if line.text.strip()]
    made: list[PerformanceLine] = []
    at = 0
    while at < len(kept):
        names = _periods(kept, at)
        rows = _counts(kept, at + len(names), names) if names else []
        made += rows
        at += len(names) + len(rows) * (len(names) + 1) or 1
    return made


def _periods(kept: Sequence[Line], at: int) -> list[str]:
    """Return the headings of periods that stand one after another from a line on."""
    names: list[str] = []
    for line in kept[at : at + _MOST_GAP]:
        text = line.text.strip()
        if len(text) > 40 or role_of(text, PERFORMANCE) != VALUE or _NUMBER.fullmatch(text):
            break
        names.append(text)
    return names


def _counts(kept: Sequence[Line], at: int, names: Sequence[str]) -> list[PerformanceLine]:
    """Return the grades with as many numbers each as there are headings."""
    made: list[PerformanceLine] = []
    while at < len(kept) and _GRADE.fullmatch(kept[at].text.strip()):
        numbers = [line.text.strip() for line in kept[at + 1 : at + 1 + len(names)]]
        if len(numbers) < len(names) or not all(_NUMBER.fullmatch(n) for n in numbers):
            break
        grade = kept[at].text.strip()
        values = tuple(zip(names, numbers, strict=True))
        rating = rating_of(grade)
        made.append(PerformanceLine(grade, "", kept[at].origin, rating=rating, values=values))
        at += len(names) + 1
    return made if len(made) > 1 else []


def _likes_objective(text: str, ahead: str) -> float:
    """A row that is a heading is one line, and its table goes on right below."""
    words = [word for word in text.split() if len(word) > 3]
    capital = sum(word[0].isupper() for word in words)
    if not is_heading(text, 1) or any(c.isdigit() for c in text) or capital < 2:
        return -4.0
    # The row below begins with several cells; the end of a topic that wraps is a word or two.
    return 1.5 if capital * 5 >= 3 * len(words) and len(ahead.split()) > 2 else -3.0


def _likes_inclusion(text: str, _ahead: str) -> float:
    words = text.split()[:3]
    if words and _RHYTHM.match(words[0]):
        return 2.0
    return 0.0 if _RHYTHM.search(" ".join(words)) else -1.5


def _likes_page(text: str, _ahead: str) -> float:
    return 3.0 if text.isdecimal() and len(text) < 4 else -6.0


def _likes_value(text: str, _ahead: str) -> float:
    return 2.5 if _NUMBER.fullmatch(text.casefold()) else -3.0


def _likes_rating(text: str, _ahead: str) -> float:
    return 2.5 if rating_of(text) in ("red", "amber", "green") else -3.0


def _neutral(_text: str, _ahead: str) -> float:
    return 0.0


_COLUMNS = {
    OBJECTIVE: Column(OBJECTIVE, True, _likes_objective, 0.0, 0.0, 6.0, single=True),
    TOPIC: Column(TOPIC, False, _neutral, 4.0, 4.0, 1.2),
    INCLUSION: Column(INCLUSION, False, _likes_inclusion, 1.0, 0.0, 3.0),
    STATEMENT: Column(STATEMENT, True, _neutral, 3.0, 2.5, 1.8),
    COMMENTARY: Column(COMMENTARY, True, _neutral, 0.4, 0.3, 1.5),
    RATING: Column(RATING, False, _likes_rating, 1.0, 1.0, 4.0, single=True),
    VALUE: Column(VALUE, False, _likes_value, 1.0, 1.0, 4.0, single=True),
    PAGE: Column(PAGE, False, _likes_page, 0.4, 0.4, 0.5, single=True),
}
