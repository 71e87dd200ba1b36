"""What comes in without a link: sheets for owners and from them, and replies by e-mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from peelian.intake.tables import Problem
from peelian.pages.sections import Section
from peelian.promises.models import UpdateRound
from peelian.promises.rounds import Row, read_grid
from peelian.record.access import Actor, may
from peelian.record.files import clean_name
from peelian.record.models import Record
from peelian.record.scope import Scope
from peelian.rounds.merging import Merged, merge_sheet
from peelian.rounds.models import Answer, EmailReply, Invitation, Line
from peelian.rounds.operations import holder_of
from peelian.rounds.own_lines import rows_of
from peelian.rounds.sheets import workbook

MOST_TOLD = 50  # faults of a sheet
NOBODY = "none"  # stands for the lines without an owner


@dataclass(frozen=True)
class Asked:
    """An owner in a round, with their lines; `key` is what an address says for them."""

    key: str
    title: str
    rows: list[Row]


def owners_of(rows: Iterable[Row]) -> list[Asked]:
    """Return whose lines a round asks about, by title; those that nobody owns come last."""
    found: dict[str, Asked] = {}
    for row in rows:
        if row.is_asked:
            key = row.owner.reference if row.owner else NOBODY
            title = row.owner.title if row.owner else _("Nobody yet")
            found.setdefault(key, Asked(key, title, [])).rows.append(row)
    return sorted(found.values(), key=lambda one: (one.key == NOBODY, one.title))


def sheet_for(invitation: Invitation) -> bytes:
    """Return the workbook of the lines that an invitation asks about."""
    rows = rows_of(invitation).values()
    return workbook(invitation.round, rows, invitation.called)


def take_own_sheet(invitation: Invitation, name: str, content: bytes) -> Merged:
    """Return what came of a sheet that an owner sends by their link. Raises Rejected."""
    holder = holder_of(invitation, Answer.Way.SPREADSHEET)
    with TemporaryDirectory() as folder:
        return merge_sheet(
            _laid(folder, name, content),
            invitation.round,
            rows_of(invitation),
            by=holder,
            invitation_of=lambda _row: invitation,
            submit=True,
        )


def take_sheet(round_: UpdateRound, name: str, content: bytes, *, by: Any) -> Merged:
    """Return what came of a sheet that an officer brings in: drafts in the officer's name.

    A line whose owner has an open invitation counts as its answer. Raises Rejected.
    """
    rows = {row.promise.reference: row for row in read_grid(round_, Scope(by)).rows}
    invitations = _invitations(round_)
    with TemporaryDirectory() as folder:
        return merge_sheet(
            _laid(folder, name, content),
            round_,
            rows,
            by=by,
            invitation_of=lambda row: invitations.get(row.promise.pk),
            submit=False,
        )


def told(problems: list[Problem]) -> dict[str, Any]:
    """Return what is wrong with a sheet as a table's head and rows, and how many more there are."""
    return {
        "problems_head": [_("Row"), _("Column"), _("Found"), _("Expected")],
        "problems": [
            [str(p.row or "–"), p.column or "–", p.found, p.expected] for p in problems[:MOST_TOLD]
        ],
        "more_problems": len(problems) - MOST_TOLD,
    }


def _laid(folder: str, name: str, content: bytes) -> Path:
    path = Path(folder) / (clean_name(name) or "sheet.xlsx")
    path.write_bytes(content)
    return path


def _invitations(round_: UpdateRound) -> dict[int, Invitation]:
    """Return the open invitation of each line, that of a colleague it was handed to first."""
    lines = Line.objects.filter(invitation__round=round_).select_related("invitation__round")
    found: dict[int, Invitation] = {}
    for line in lines.order_by("invitation__made_at", "pk"):
        if line.invitation.is_open:
            found[line.promise_id] = line.invitation
    return found


# ---- replies by e-mail ----


def replies_to(round_: UpdateRound) -> QuerySet[EmailReply]:
    """Return the mails that answered a round, the newest first."""
    found = EmailReply.objects.filter(invitation__round=round_).select_related("invitation__owner")
    return found.order_by("-received_at", "-pk")


def to_look_at(round_: UpdateRound) -> int:
    """Return how many mails hold something that could not be placed and that nobody has seen."""
    found = EmailReply.objects.filter(invitation__round=round_, seen_by="")
    return found.exclude(left="").count()


def note_seen(round_: UpdateRound, pk: int, *, by: Actor) -> None:
    """Keep that somebody has looked at a reply; what is gone already is passed over."""
    found = EmailReply.objects.filter(invitation__round=round_, pk=pk, seen_by="")
    found.update(seen_by=by.name)


def incoming_section(record: Record, scope: Scope) -> Section | None:
    """Return the way to a round's sheets and mails, for its page in the back office."""
    if scope.is_public or not isinstance(record, UpdateRound):
        return None
    if not may(scope.user, "edit", "promises"):
        return None
    context = {"round": record, "to_look_at": to_look_at(record)}
    return Section(_("By spreadsheet and e-mail"), "rounds/incoming_section.html", context)
