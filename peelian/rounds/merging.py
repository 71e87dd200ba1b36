"""A filled-in sheet merged into its round: what was filled in is kept, what others saved stays.

All or nothing as far as faults go: one fault, and nothing of the sheet is kept. A line that
somebody saved after the sheet was sent is no fault: it is shown, and neither side is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from peelian.intake.tables import Problem, Rejected
from peelian.pages.comparison import Pair
from peelian.promises.models import Progress, UpdateRound
from peelian.promises.operations import record_update
from peelian.promises.rounds import Row
from peelian.record.access import Actor
from peelian.record.errors import Invalid, RecordError, Stale
from peelian.rounds.models import Answer, Invitation
from peelian.rounds.operations import take_answer
from peelian.rounds.sheet_reading import Filled, read_sheet
from peelian.rounds.sheets import (
    NO_CHANGE,
    RELEASE,
    STATUS,
    WORDS,
    columns,
    digest,
    labels,
    open_cells,
)

_COLUMN_OF = {"progress": STATUS, "text": WORDS, "release": RELEASE}


@dataclass(frozen=True)
class Typed:
    """What a line of a sheet comes to: status, words and release; `form` tells how it was said."""

    filled: Filled
    row: Row
    progress: str
    text: str
    release: str
    form: str = Answer.Form.UPDATE


@dataclass(frozen=True)
class Conflict:
    """A line that a colleague saved after the sheet was sent: what it says, and the sheet."""

    row: Row
    typed: Typed

    @property
    def pairs(self) -> list[Pair]:
        """Return what differs, in words: what is on the record, and what the sheet says."""
        statuses = labels(Progress)
        both = [
            (_("Status"), statuses.get(self.row.progress, ""), statuses[self.typed.progress]),
            (_("Progress update"), self.row.text, self.typed.text),
        ]
        return [Pair(label, old, new) for label, old, new in both if old != new]


@dataclass
class Merged:
    """What came of a sheet."""

    saved: list[Row] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[Conflict] = field(default_factory=list)


def merge_sheet(
    path: Path,
    round_: UpdateRound,
    rows: Mapping[str, Row],
    *,
    by: Actor,
    invitation_of: Callable[[Row], Invitation | None],
    submit: bool,
) -> Merged:
    """Return what came of a sheet; `rows` are the lines it may speak of, by reference.

    `invitation_of` names the invitation that a line's answer belongs to, if there is one. Raises
    Rejected with everything that is wrong, and then nothing is kept.
    """
    merged, typed = Merged(), list(_typed(path, round_, rows))
    problems = [one for one in typed if isinstance(one, Problem)]
    if problems:
        raise Rejected(problems)
    with transaction.atomic():
        for one in typed:
            if one is None:
                merged.unchanged += 1
            elif isinstance(one, Typed):
                try:
                    _take(one, round_, invitation_of(one.row), by=by, submit=submit)
                    merged.saved.append(one.row)
                except Stale:
                    merged.conflicts.append(Conflict(one.row, one))
                except RecordError as error:
                    problems += _refused(path, one, error)
        if problems:
            raise Rejected(problems)
    return merged


def _typed(
    path: Path, round_: UpdateRound, rows: Mapping[str, Row]
) -> Iterator[Typed | Problem | None]:
    """Yield what each row comes to: an answer, a fault, or None where it was left alone."""
    for filled in read_sheet(path, round_):
        row = rows.get(filled.seal.promise)
        if row is None:
            found = _("the line %(line)s") % {"line": filled.seal.promise}
            yield Problem(path.name, found, _("a line that is asked of this owner"), filled.row)
        elif not filled.is_touched:
            yield None
        elif filled.no_change:
            yield _copied(path, filled, row)
        else:
            yield _update(path, filled, row)


def _copied(path: Path, filled: Filled, row: Row) -> Typed | Problem:
    """Return the last official update, said again."""
    last = row.previous
    if last is None:
        expected = _("an update: none was made before, so nothing can be the same")
        heading = columns()[NO_CHANGE]
        return Problem(path.name, heading, expected, filled.row, heading)
    release = filled.release or row.release
    return Typed(filled, row, last.progress, last.text, release, Answer.Form.NO_CHANGE)


def _update(path: Path, filled: Filled, row: Row) -> Typed | Problem:
    for column, said, expected in (
        (STATUS, filled.progress, _("a status")),
        (WORDS, filled.text, _("what has happened since the last update")),
    ):
        if not said:
            return Problem(path.name, _("nothing"), expected, filled.row, columns()[column])
    release = filled.release or row.release
    return Typed(filled, row, filled.progress, filled.text, release)


def _take(
    typed: Typed,
    round_: UpdateRound,
    invitation: Invitation | None,
    *,
    by: Actor,
    submit: bool,
) -> None:
    """Keep one line: as the answer to its invitation, else as what an officer typed."""
    promise = typed.row.promise
    said = {"progress": typed.progress, "text": typed.text, "release": typed.release}
    version = _version(typed)
    if invitation is None:
        record_update(promise, as_at=round_.as_at, version=version, by=by, **said)
        return
    take_answer(
        invitation,
        promise,
        version=version,
        way=Answer.Way.SPREADSHEET,
        form=typed.form,
        by=by,
        submit=submit,
        **said,
    )


def _version(typed: Typed) -> int:
    """Return the version that the sheet's row stands on.

    One that was only sent for review or approved since still says what the sheet was sent with.
    """
    row, seal = typed.row, typed.filled.seal
    return row.version if digest(open_cells(row)) == seal.held else seal.version


def _refused(path: Path, typed: Typed, error: RecordError) -> Iterator[Problem]:
    """Yield what the record refused, by row and column."""
    errors = error.errors if isinstance(error, Invalid) else {"": [str(error)]}
    for name, said in errors.items():
        column = columns()[_COLUMN_OF[name]] if name in _COLUMN_OF else ""
        yield Problem(path.name, typed.row.printed, " ".join(said), typed.filled.row, column)
