"""The history of grades as a drawing: ladders filled up to the grade, a line where scales change.

The table beside it says the same in words; nothing here is said by colour alone.
"""

from __future__ import annotations

from html import escape

from django.utils.translation import gettext as _

from peelian.blocks import Figure, printable
from peelian.inspections.history import Column, History, Mark

LEFT, TOP, STEP, ROW, RUNG = 260, 64, 180, 46, 16
LEAST = 900  # narrower drawings would be blown up to the width of the page
INK, PALE, LINE = "#0b0c0c", "#ffffff", "#505a5f"


def picture(history: History) -> Figure:
    """Return the drawing of a history, with the words that stand for it."""
    width = max(LEAST, LEFT + STEP * len(history.columns) + 20)
    height = TOP + ROW * len(history.questions) + 16
    title = _("Grades: %(name)s") % {"name": history.name}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'width="{width}" height="{height}" font-family="arial, sans-serif" font-size="14" '
        f'fill="{INK}"><title>{_said(title)}</title><desc>{_said(_alt(history))}</desc>'
    ]
    for row, question in enumerate(history.questions):
        y = TOP + ROW * row
        parts.append(_words(8, y + 21, question, 34))
        parts.append(f'<path d="M0 {y - 8}H{width}" stroke="#cecece"/>')
    for number, column in enumerate(history.columns):
        parts += _column(column, LEFT + STEP * number, history.questions, height)
    return Figure("".join(parts) + "</svg>", printable(_alt(history)), title)


def _column(column: Column, x: int, questions: tuple[str, ...], height: int) -> list[str]:
    parts = [_words(x, 22, column.day, 24)]
    if column.breaks:
        at = x - 12
        parts.append(
            f'<path d="M{at} 4V{height - 4}" stroke="{INK}" stroke-width="2" '
            f'stroke-dasharray="6 4"/>'
        )
        parts.append(_words(x, 42, _("new scale"), 24))
    for row, question in enumerate(questions):
        mark = column.marks.get(question)
        if mark:
            parts += _ladder(mark, x, TOP + ROW * row)
    return parts


def _ladder(mark: Mark, x: int, y: int) -> list[str]:
    """Return as many rungs as the scale has grades, filled up to this one, and its words."""
    rungs = [
        f'<rect x="{x + RUNG * n}" y="{y}" width="{RUNG - 3}" height="12" stroke="{LINE}" '
        f'fill="{INK if mark.place is not None and n < mark.place else PALE}"/>'
        for n in range(mark.of)
    ]
    return [*rungs, _words(x, y + 28, mark.words, 24)]


def _words(x: int, y: int, words: str, most: int) -> str:
    short = words if len(words) <= most else words[: most - 1].rstrip() + "…"
    return f'<text x="{x}" y="{y}">{_said(short)}</text>'


def _alt(history: History) -> str:
    """Return the drawing in words: how many, and where the series breaks."""
    said = [
        _("%(questions)s questions in %(reports)s reports. The table above holds every grade.")
        % {"questions": len(history.questions), "reports": len(history.columns)}
    ]
    for before, after in history.breaks:
        words = _("The scale changes before %(day)s: from “%(old)s” to “%(new)s”.")
        said.append(words % {"day": after.day, "old": before.scale.name, "new": after.scale.name})
    return " ".join(said)


def _said(words: str) -> str:
    return escape(printable(words), quote=True)
