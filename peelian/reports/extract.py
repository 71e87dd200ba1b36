"""The delivery plan extract in the layout that panels know: five columns, landscape.

As the plan stood on the report's last day. `peelian.promises.extract` makes the one of packs, as
the plan stands now.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from peelian.blocks import Block, Cell, Heading, Paragraph, Run, Runs, Table, plain
from peelian.promises.changes import Changes, Entry
from peelian.promises.kinds import COMMITMENT
from peelian.promises.models import Element
from peelian.reports.telling import day_of, heads, number_of, status_of, update_of, words_of

WIDTHS = (0.9, 2.7, 2.7, 4.2, 1.8)


def extract_head() -> tuple[str, ...]:
    """Return the heads of the five columns."""
    return (
        _("Ref"),
        _("Plan commitment"),
        _("Supporting activity"),
        _("Progress update"),
        _("Oversight mechanism"),
    )


def extract_blocks(changes: Changes) -> list[Block]:
    """Return the plan as a table for each half of each objective, every line once."""
    said = _("As the plan stood on %(day)s, with the newest update to each line up to that day.")
    blocks: list[Block] = [Paragraph(plain(said % {"day": day_of(changes.until)}))]
    for objective in changes.objectives:
        tables = list(_halves(changes, objective.key))
        if tables:
            blocks.append(Heading(2, objective.title, number=objective.number))
        for half, table in tables:
            blocks += [Heading(3, half), table]
    return blocks


def _halves(changes: Changes, objective: str) -> Iterator[tuple[str, Table]]:
    titles = {str(code): str(label) for code, label in Element.choices}
    for half in (*titles, ""):
        own = [e for e in changes.under(objective) if e.is_line and changes.half_of[e.key] == half]
        if own:
            title = titles.get(half) or _("Other commitments")
            rows = tuple(_row(entry, changes) for entry in own)
            caption = _("Delivery plan: %(half)s") % {"half": title}
            yield title, Table(caption, heads(*extract_head()), rows, WIDTHS)


def commitment_of(entry: Entry, changes: Changes) -> str:
    """Return the commitment of a line in words, with its number where it has one of its own."""
    if entry.kind == COMMITMENT.name:
        return words_of(entry.after)
    above = changes.by_key.get(entry.after.parent)
    if above is None:
        return "–"
    number = above.after.number
    return f"{number} {words_of(above.after)}" if number else words_of(above.after)


def activity_of(entry: Entry) -> str:
    """Return the activity of a line in words; a commitment alone has none."""
    return "–" if entry.kind == COMMITMENT.name else words_of(entry.after)


def _row(entry: Entry, changes: Changes) -> tuple[Cell, ...]:
    status: Runs = (Run(status_of(entry.after.progress) + ". ", bold=True),)
    return (
        number_of(entry),
        plain(commitment_of(entry, changes)),
        plain(activity_of(entry)),
        (*status, *update_of(entry.after)),
        plain(entry.after.oversight or _("None named")),
    )
