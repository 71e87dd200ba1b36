"""How matters arising look, once: their sentences, and the table of a pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from peelian.blocks import Block, Cell, Notice, Paragraph, Run, Runs, Table, plain
from peelian.meetings.arising import CLOSED, OPEN, OVERDUE, Matter, given_words
from peelian.promises.models import Progress

WIDTHS = (0.8, 3.1, 2.1, 1.8, 3.0)


STATES = {OPEN: _lazy("Open"), OVERDUE: _lazy("Overdue"), CLOSED: _lazy("Closed")}
# The status whose shape and colour a state borrows.
LOOKS = {OPEN: "on_track", OVERDUE: "late", CLOSED: "complete"}


@dataclass(frozen=True)
class MatterLine:
    """A matter with the sentences that a page shows of it."""

    matter: Matter
    look: str
    state: Any
    given: str
    due: str
    answer: str
    closing: str


def matter_lines(matters: Sequence[Matter]) -> list[MatterLine]:
    """Return matters ready to be shown on a page."""
    return [
        MatterLine(
            matter,
            LOOKS[matter.state],
            STATES[matter.state],
            given_at(matter),
            due_words(matter),
            answer_words(matter),
            closing_words(matter),
        )
        for matter in matters
    ]


def given_at(matter: Matter) -> str:
    """Return when and where it was given: `10 weeks ago (70 days), at the meeting of …`."""
    if matter.given_on is None:
        return _("at a meeting that is not named")
    day = date_format(matter.given_on, "j F Y")
    return _("%(ago)s, at the meeting of %(day)s") % {"ago": given_words(matter), "day": day}


def due_words(matter: Matter) -> str:
    """Return by when it is due, as a date or as it was printed."""
    promise = matter.promise
    if promise.due:
        return date_format(promise.due, "j F Y")
    return promise.due_as_printed or _("no date given")


def answer_words(matter: Matter) -> str:
    """Return what was answered to a recommendation, or when an answer is due; else nothing."""
    promise = matter.promise
    if promise.kind != "recommendation":
        return ""
    if matter.answered and promise.responded_on:
        says = {
            "answer": promise.get_answer_display(),
            "day": date_format(promise.responded_on, "j F Y"),
        }
        return _("%(answer)s on %(day)s") % says
    if promise.respond_by is None:
        return _("No response has been given; the panel set no date for one")
    day = date_format(promise.respond_by, "j F Y")
    if matter.response_late:
        return _("The response was due on %(day)s and has not been given") % {"day": day}
    return _("Response due by %(day)s") % {"day": day}


def closing_words(matter: Matter) -> str:
    """Return that it is closed, since when, and whether a minute says so; nothing if it is open."""
    promise = matter.promise
    if not matter.closed:
        return ""
    says = {
        "how": Progress(promise.progress).label,
        "day": date_format(promise.closed_on, "j F Y") if promise.closed_on else _("unknown day"),
    }
    if matter.to_be_minuted and promise.to_report:
        return _("Closed since the last meeting: %(how)s, %(day)s; still to be minuted") % says
    return _("Closed: %(how)s, %(day)s") % says


def matters_blocks(matters: Sequence[Matter], places: Mapping[int, str]) -> list[Block]:
    """Return matters as a notice and a table; `places` are the anchors of minutes in the pack."""
    if not matters:
        return [Paragraph(plain(_("There are no open undertakings or recommendations.")))]
    still_open = [m for m in matters if not m.closed]
    untold = sum(1 for m in still_open if m.update is None)
    notice = _("%(untold)s of %(all)s open matters have no update yet.") % {
        "untold": untold,
        "all": len(still_open),
    }
    head = (
        _("Ref"),
        _("What was promised or recommended"),
        _("Given"),
        _("Owed by, and due"),
        _("What has been reported"),
    )
    rows = tuple(_row(matter, places) for matter in matters)
    table = Table(_("Matters arising"), tuple(plain(h) for h in head), rows, WIDTHS, True)
    return [Notice(notice, "warning" if untold else "information"), table]


def _row(matter: Matter, places: Mapping[int, str]) -> tuple[Cell, ...]:
    promise = matter.promise
    owner = matter.owner.title if matter.owner else _("Nobody is named")
    due = _("due: %(due)s") % {"due": due_words(matter)}
    state = _("overdue") if matter.is_late else ""
    return (
        plain(promise.reference),
        plain(promise.text or promise.title),
        _given(matter, places),
        plain("; ".join(part for part in (owner, due, state) if part)),
        _reported(matter),
    )


def _given(matter: Matter, places: Mapping[int, str]) -> Runs:
    words = plain(given_at(matter))
    if matter.minute is None:
        return words
    number = _("minute %(number)s") % {"number": matter.minute.number}
    place = places.get(matter.minute.pk)
    return (*words, Run(", "), Run(number, href=f"#{place}" if place else None))


def _reported(matter: Matter) -> Runs:
    update = matter.update
    parts = [words for words in (closing_words(matter), answer_words(matter)) if words]
    if matter.closed and matter.promise.evidence:
        parts.append(matter.promise.evidence)
    elif update:
        status, day = Progress(update.progress).label, date_format(update.as_at, "j F Y")
        parts.append(
            _("%(status)s as at %(day)s: %(text)s")
            % {"status": status, "day": day, "text": update.text}
        )
    else:
        parts.append(_("No update has been given"))
    return plain(". ".join(part.rstrip(".") for part in parts) + ".")
