"""How the parts of a report are told in blocks: a line of the plan, a figure, an inspection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peelian.blocks import Block, Bullets, Cell, Heading, Paragraph, Run, Runs, Table, plain
from peelian.meetings.sections import prose
from peelian.promises.changes import Changes, Difference, Entry, Heap, Mark
from peelian.promises.models import Progress
from peelian.promises.stood import State
from peelian.record.kinds import kind_named
from peelian.reports.gather import Gathered, Words
from peelian.reports.past_figures import Line, Summary
from peelian.reports.past_findings import Inspected

# What is told of a line beside its status and its update; of other words, only that they changed.
_TOLD: dict[str, Any] = {
    "number": gettext_lazy("Number"),
    "due": gettext_lazy("Due"),
    "owner": gettext_lazy("Owner"),
    "oversight": gettext_lazy("Oversight"),
}


def heads(*words: str) -> tuple[Runs, ...]:
    """Return the head of a table."""
    return tuple(plain(one) for one in words)


def day_of(raw: str | dt.date | None) -> str:
    """Return a day as people read it, a dash for none."""
    if not raw:
        return "–"
    return date_format(dt.date.fromisoformat(str(raw)), "j F Y")


def status_of(progress: str) -> str:
    """Return a status in words, also where nothing was said yet."""
    return Progress.label_of(progress) or _("Not yet reported")


def number_of(entry: Entry) -> Runs:
    """Return the number of a line, leading to its page."""
    slug = kind_named(entry.kind).slug
    return (Run(entry.number, href=reverse(f"{slug}-show", args=[entry.reference])),)


def words_of(state: State) -> str:
    """Return what a line promises."""
    return state.text or state.title


def update_of(state: State) -> Runs:
    """Return the newest update with the day for which it was given."""
    if state.said is None:
        return plain(_("No update has been given."))
    day = _("As at %(day)s.") % {"day": day_of(state.said.as_at)}
    return (Run(state.said.text + " "), Run(f"({day})", italic=True))


def owner_of(entry: Entry, changes: Changes) -> str:
    """Return who owns a line, as far as that is public."""
    return changes.names.get(entry.after.owner) or _("None named")


# ---- lines of the plan ----


def difference_words(entry: Entry, changes: Changes) -> str:
    """Return what is not as it was, in a few words: the status from and to, a moved due date."""
    said: list[str] = []
    for one in entry.differences:
        if one.name == "progress":
            said.append(f"{status_of(one.before)} → {status_of(one.after)}")
        elif one.name in _TOLD:
            said.append(_moved(one, changes))
        elif one.name in ("title", "text"):
            said.append(_("The words of the promise were changed"))
        elif one.name == "parent":
            said.append(_("Moved to another commitment"))
    if entry.heap == Heap.NEW:
        said.insert(0, _("New: %(status)s") % {"status": status_of(entry.after.progress)})
    elif not said:
        said.append(_("%(status)s, as before") % {"status": status_of(entry.after.progress)})
    return "; ".join(dict.fromkeys([*said, *(str(Mark(mark).label) for mark in entry.marks)]))


def _moved(one: Difference, changes: Changes) -> str:
    before, after = one.before, one.after
    if one.name == "due":
        before, after = day_of(before), day_of(after)
    if one.name == "owner":
        before, after = (changes.names.get(key, "") for key in (before, after))
    told = {"name": str(_TOLD[one.name]), "before": before or "–", "after": after or "–"}
    return _("%(name)s: %(before)s → %(after)s") % told


def changed_table(caption: str, entries: Sequence[Entry], changes: Changes) -> Table:
    """Return lines with what changed and their newest update."""
    rows = tuple(
        (
            number_of(entry),
            plain(words_of(entry.after)),
            plain(difference_words(entry, changes)),
            update_of(entry.after),
        )
        for entry in entries
    )
    head = heads(_("Ref"), _("Activity"), _("What changed"), _("Progress update"))
    return Table(caption, head, rows, (1, 3, 2, 4))


def attention_table(caption: str, entries: Sequence[Entry], changes: Changes) -> Table:
    """Return lines that are late or stuck, with why and since when."""
    rows = tuple(
        (
            number_of(entry),
            plain(words_of(entry.after)),
            plain("; ".join(_reasons(entry))),
            plain(owner_of(entry, changes)),
        )
        for entry in entries
    )
    head = heads(_("Ref"), _("Activity"), _("Why it stands here"), _("Owner"))
    return Table(caption, head, rows, (1, 4, 3, 2))


def _reasons(entry: Entry) -> Iterator[str]:
    state = entry.after
    if Mark.LATE in entry.marks:
        yield _("Late: it was due on %(day)s") % {"day": day_of(state.due)}
    if Mark.STUCK in entry.marks:
        since = day_of(state.since)
        said = _("the same words since %(day)s") % {"day": since} if state.since else ""
        yield _("Stuck: %(status)s, %(said)s") % {
            "status": status_of(state.progress).lower(),
            "said": said or _("never reported on"),
        }


def closed_table(caption: str, entries: Sequence[Entry]) -> Table:
    """Return closed lines with their evidence, or the last that was said of them."""
    rows = tuple(
        (
            number_of(entry),
            plain(words_of(entry.after)),
            plain(day_of(entry.after.closed_on)),
            plain(entry.after.evidence) or update_of(entry.after),
        )
        for entry in entries
    )
    head = heads(_("Ref"), _("Activity"), _("Closed on"), _("Evidence"))
    return Table(caption, head, rows, (1, 3.4, 1.6, 4))


def unchanged_blocks(changes: Changes) -> list[Block]:
    """Return the lines that are as they were: how many, and their numbers by objective."""
    entries = changes.heap(Heap.UNCHANGED)
    count = ngettext(
        "%(count)s line of the plan is as it was.",
        "%(count)s lines of the plan are as they were.",
        len(entries),
    ) % {"count": len(entries)}
    items: list[Runs] = []
    for objective in changes.objectives:
        own = [e for e in entries if changes.objective_of[e.key] == objective.key]
        if own:
            items.append((Run(f"{objective.title}: ", bold=True), *_numbers(own)))
    blocks: list[Block] = [Paragraph(plain(count))]
    return [*blocks, Bullets(tuple(items))] if items else blocks


def _numbers(entries: Iterable[Entry]) -> Runs:
    runs: list[Run] = []
    for entry in entries:
        runs += [Run(", "), *number_of(entry)] if runs else number_of(entry)
    return tuple(runs)


def example_blocks(gathered: Gathered) -> list[Block]:
    """Return the chosen lines told in full under a heading, each with why; nothing for none."""
    blocks: list[Block] = []
    for example, entry in gathered.examples_told():
        state = entry.after
        blocks += [
            Heading(2, state.title, number=entry.number),
            Paragraph((Run(_("Why it is told here: "), bold=True), Run(example.why))),
            Paragraph(plain(words_of(state))),
            Paragraph((Run(f"{status_of(state.progress)}. ", bold=True), *update_of(state))),
        ]
        if state.evidence:
            blocks.append(Paragraph((Run(_("Evidence: "), bold=True), Run(state.evidence))))
    return [Heading(1, _("In full"), anchor="examples"), *blocks] if blocks else []


# ---- words, figures, inspections ----


def section_blocks(sections: Iterable[Words], place: str) -> list[Block]:
    """Return the officer's own sections of a place."""
    blocks: list[Block] = []
    for section in sections:
        if section.place == place:
            blocks += [Heading(1, section.heading), *prose(section.text)]
            if section.as_before:
                blocks.append(Paragraph((Run(_("As in the last report."), italic=True),)))
    return blocks


def source_of(summary: Summary, line: Line) -> str:
    """Return where a line of an edition stands, as it is cited."""
    return _("%(edition)s, line %(line)s") % {"edition": summary.title, "line": line.order}


def figure_items(summary: Summary, lines: Iterable[Line]) -> tuple[Runs, ...]:
    """Return what is unusual in the figures, each with the edition and line it is taken from."""
    return tuple(_figure(summary, line) for line in lines)


def _figure(summary: Summary, line: Line) -> Runs:
    link = reverse("editions-show", args=[summary.reference])
    note = " " + _("Illustrative.") if line.illustrative else ""
    return (
        Run(f"{line.topic}: {line.data} {line.commentary}{note} ("),
        Run(source_of(summary, line), href=link),
        Run(")"),
    )


def inspections_blocks(found: Sequence[Inspected], since: dt.date) -> list[Block]:
    """Return the inspections published after a day with their grades, and how many came before."""
    new = [one for one in found if one.published_on > since.isoformat()]
    older = len(found) - len(new)
    blocks: list[Block] = []
    if new:
        head = heads(_("Inspection"), _("Published"), _("Grades"))
        rows = tuple(_inspected(one) for one in new)
        blocks.append(Table(_("Inspections published in this time"), head, rows, (3.4, 1.6, 3.4)))
    else:
        blocks.append(Paragraph(plain(_("No inspection was published in this time."))))
    if older:
        said = ngettext(
            "%(count)s earlier inspection is on the record.",
            "%(count)s earlier inspections are on the record.",
            older,
        )
        link = Run(_("See them all."), href=reverse("inspections-list"))
        blocks.append(Paragraph((Run(said % {"count": older} + " "), link)))
    return blocks


def _inspected(one: Inspected) -> tuple[Cell, ...]:
    link = reverse("inspections-show", args=[one.reference])
    return ((Run(one.title, href=link),), plain(day_of(one.published_on)), plain(grades_of(one)))


def grades_of(one: Inspected) -> str:
    """Return the grades of an inspection, each with the one before where it is told."""
    said = [
        f"{g.question}: {g.grade}"
        + (_(" (before: %(grade)s)") % {"grade": g.before} if g.before else "")
        for g in one.grades
    ]
    return "; ".join(said) or _("None given")
