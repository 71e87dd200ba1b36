"""What is next in every process, for the list and the office's home: the step, its day, if late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from peelian.pages.tables import Cell, Row, display
from peelian.processes.gathering import gather_each
from peelian.processes.kinds import PROCESS
from peelian.processes.models import Process
from peelian.processes.operations import as_edited_each
from peelian.processes.steps import Run, Stand, Step, run_of
from peelian.record.models import Status
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Ahead:
    """A process and the step that is next in it."""

    process: Process
    step: Step
    url: str

    @property
    def day(self) -> dt.date | None:
        """Return by when it is to be taken, or None where no day is known yet."""
        return self.step.working or self.step.on

    @property
    def is_late(self) -> bool:
        """Return whether its day has passed."""
        return self.step.stand == Stand.LATE


def runs_of(processes: Iterable[Process], scope: Scope, *, in_brief: bool = False) -> list[Run]:
    """Return how each process stands as the office edits it, in as many queries as for one."""
    return [
        run_of(held) for held in gather_each(as_edited_each(processes), scope, in_brief=in_brief)
    ]


def soonest(scope: Scope) -> list[Ahead]:
    """Return what is next in the processes that run, the soonest first, then what has no day.

    What is too old to be followed is left out: nobody has to act on it.
    """
    found: Sequence[Process] = list(scope.of(PROCESS).exclude(status=Status.WITHDRAWN).in_order())
    steps = [(run.held.process, run.next) for run in runs_of(found, scope)]
    ahead = [
        Ahead(process, step, scope.url(process))
        for process, step in steps
        if step and step.stand != Stand.UNRECORDED
    ]
    return sorted(ahead, key=lambda one: one.day or dt.date.max)


def with_what_is_next(
    head: Sequence[object], rows: Sequence[Row], scope: Scope
) -> tuple[list[object], list[Row]]:
    """Return a list of processes with what is next in each, by when and how it stands."""
    found = [row.record for row in rows if isinstance(row.record, Process)]
    runs = runs_of(found, scope, in_brief=True)
    return [*head, _("Next"), _("By"), _("How it stands")], [
        Row(row.record, [*row.cells, *_cells(run)]) for row, run in zip(rows, runs, strict=True)
    ]


def _cells(run: Run) -> list[Cell]:
    step = run.next
    if step is None:
        said = _("Over") if run.is_over else _("Depends on what the panel decides")
        return [Cell(said), Cell(""), Cell("")]
    day = step.working or step.on
    stand = Cell(str(step.stand.label), step.stand.value, code=step.look)
    return [Cell(step.declared.name), Cell(display(day), day), stand]
