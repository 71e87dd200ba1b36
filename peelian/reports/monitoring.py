"""The activity and performance monitoring report: what changed first, the rest behind it."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.blocks import (
    Block,
    Bullets,
    Document,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Table,
    plain,
)
from peelian.promises.changes import Changes, Heap, Mark
from peelian.reports.extract import extract_blocks
from peelian.reports.gather import Gathered
from peelian.reports.models import ReportSection
from peelian.reports.past_figures import Line
from peelian.reports.telling import (
    attention_table,
    changed_table,
    closed_table,
    day_of,
    example_blocks,
    figure_items,
    heads,
    inspections_blocks,
    section_blocks,
    unchanged_blocks,
)

_Place = ReportSection.Place
# The order in which a report tells what became of the lines of a plan.
TOLD: tuple[Heap | Mark, ...] = (
    Heap.NEW,
    Heap.CHANGED,
    Heap.CLOSED,
    Mark.LATE,
    Mark.STUCK,
    Heap.SUPERSEDED,
    Heap.UNCHANGED,
)


def monitoring_document(gathered: Gathered) -> Document:
    """Return the report as a document: summary, changes, what needs a look, appendix."""
    changes = gathered.changes
    blocks = [
        *section_blocks(gathered.sections, _Place.OPENING),
        Heading(1, _("Summary"), anchor="summary"),
        *summary_blocks(changes),
        *section_blocks(gathered.sections, _Place.CHANGES),
        Heading(1, _("What changed, by objective"), anchor="changed"),
        *_changed(gathered),
        *_attention(changes),
        *_ended(changes),
        Heading(1, _("Unchanged"), anchor="unchanged"),
        *unchanged_blocks(changes),
        *example_blocks(gathered),
        *_figures(gathered),
        Heading(1, _("Inspections"), anchor="inspections"),
        *inspections_blocks(gathered.inspections, changes.since),
        *section_blocks(gathered.sections, _Place.CLOSING),
        PageBreak(landscape=True),
        Heading(1, _("Appendix: delivery plan extract"), anchor="delivery-plan"),
        *extract_blocks(changes),
    ]
    return document_of(gathered, blocks)


def document_of(gathered: Gathered, blocks: Sequence[Block]) -> Document:
    """Return blocks as the document of a report, with its days on the cover."""
    terms = gathered.terms
    return Document(
        title=gathered.title,
        subtitle=f"{gathered.plan_title}: {day_of(terms.since)} – {day_of(terms.until)}",
        publisher=str(settings.OFFICE["name"]),
        date=terms.until,
        blocks=tuple(blocks),
    )


def heap_sentences() -> dict[str, str]:
    """Return what each heap and mark means, in a sentence."""
    return {
        Heap.NEW: _("Added to the plan in this time."),
        Heap.CHANGED: _("A new status, new words or another owner or due date."),
        Heap.CLOSED: _("Reported complete in this time."),
        Heap.SUPERSEDED: _("Replaced by something else in this time."),
        Heap.UNCHANGED: _("Nothing new was said, and nothing was moved."),
        Mark.LATE: _("Open after the day it was due; also counted above."),
        Mark.STUCK: _(
            "Open with the same words for two quarters or more, or still at risk or off track;"
            " also counted above."
        ),
    }


def summary_blocks(changes: Changes) -> list[Block]:
    """Return how many lines are new, changed, closed, late, stuck, superseded and unchanged."""
    counts, said = changes.counts(), heap_sentences()
    total = sum(counts[heap] for heap in Heap)
    moved = total - counts[Heap.UNCHANGED]
    told = ngettext(
        "Of %(total)s line of the plan, %(moved)s moved between %(since)s and %(until)s.",
        "Of %(total)s lines of the plan, %(moved)s moved between %(since)s and %(until)s.",
        total,
    ) % {
        "total": total,
        "moved": moved,
        "since": day_of(changes.since),
        "until": day_of(changes.until),
    }
    rows = tuple((plain(str(one.label)), plain(str(counts[one])), plain(said[one])) for one in TOLD)
    head = heads(_("Lines of the plan"), _("Number"), _("What that means"))
    table = Table(_("What became of the lines of the plan"), head, rows, (2, 1, 5), True)
    return [Paragraph(plain(told)), table]


def _changed(gathered: Gathered) -> list[Block]:
    changes, blocks = gathered.changes, list[Block]()
    moved = (Heap.NEW, Heap.CHANGED)
    for objective in changes.objectives:
        own = [e for e in changes.under(objective.key) if e.heap in moved]
        figures = _unusual(gathered, objective.key)
        if not own and not figures:
            continue
        blocks.append(Heading(2, objective.title, number=objective.number))
        if own:
            caption = _("What changed under “%(objective)s”") % {"objective": objective.title}
            blocks.append(changed_table(caption, own, changes))
        if figures and gathered.summary:
            blocks.append(Paragraph(plain(_("What is unusual in its figures:"))))
            blocks.append(Bullets(figure_items(gathered.summary, figures)))
    return blocks or [Paragraph(plain(_("Nothing was added or changed in this time.")))]


def _unusual(gathered: Gathered, objective: str) -> list[Line]:
    lines = gathered.summary.lines if gathered.summary else ()
    return [line for line in lines if line.unusual and line.objective == objective]


def _attention(changes: Changes) -> list[Block]:
    marked = [entry for entry in changes.lines if entry.marks]
    heading = Heading(1, _("Late or stuck"), anchor="attention")
    if not marked:
        return [heading, Paragraph(plain(_("No line of the plan is late or stuck.")))]
    return [heading, attention_table(_("Lines that are late or stuck"), marked, changes)]


def _ended(changes: Changes) -> list[Block]:
    blocks: list[Block] = []
    named = (
        (Heap.CLOSED, _("Closed, with evidence"), "closed"),
        (Heap.SUPERSEDED, _("Superseded"), "superseded"),
    )
    for heap, title, anchor in named:
        if entries := changes.heap(heap):
            blocks += [Heading(1, title, anchor=anchor), closed_table(title, entries)]
    return blocks


def _figures(gathered: Gathered) -> list[Block]:
    """Return which edition the figures are from, and what is unusual under no objective."""
    heading = Heading(1, _("What the figures say"), anchor="figures")
    summary = gathered.summary
    if summary is None:
        none = _("No performance summary had been published by then.")
        return [heading, Paragraph(plain(none))]
    unusual = [line for line in summary.lines if line.unusual]
    said = _(
        "%(edition)s, with figures known on %(day)s: %(some)s of %(all)s topics have something"
        " unusual to report."
    )
    blocks: list[Block] = [
        heading,
        Paragraph(
            plain(
                said
                % {
                    "edition": summary.title,
                    "day": day_of(summary.known),
                    "some": len(unusual),
                    "all": len(summary.lines),
                }
            )
        ),
    ]
    if any(line.illustrative for line in summary.lines):
        blocks.append(Notice(_("Some of its figures are illustrative."), "illustrative"))
    named = {objective.key for objective in gathered.changes.objectives}
    others = [line for line in unusual if line.objective not in named]
    return [*blocks, Bullets(figure_items(summary, others))] if others else blocks
