"""Performance tables: a topic on each line, with a statement, figures or a red, amber or green."""

from __future__ import annotations

from dataclasses import dataclass

from peelian.intake.document import Document, Origin


@dataclass(frozen=True)
class PerformanceLine:
    """A line of a performance table; `rating` is `red`, `amber` or `green`, or as printed."""

    topic: str
    statement: str
    origin: Origin
    objective: str = ""
    inclusion: str = ""
    commentary: str = ""
    rating: str = ""
    values: tuple[tuple[str, str], ...] = ()  # (column heading, what is printed)
    page: str = ""


def performance_lines(document: Document) -> list[PerformanceLine]:
    """Return the lines of the performance tables in a document, in order.

    From its tables, else from lines that were tables. Never raises.
    """
    from peelian.recognition.columns import PERFORMANCE, is_performance
    from peelian.recognition.performance_lines import flattened_lines, graded_counts
    from peelian.recognition.performance_table import table_lines
    from peelian.recognition.spaced import spaced_rows

    return (
        table_lines(document.blocks)
        or table_lines(spaced_rows(document.lines, PERFORMANCE, is_performance))
        or flattened_lines(document.lines)
        or graded_counts(document.lines)
    )
