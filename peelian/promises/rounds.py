"""An update round as a grid: one row for each activity it asks about, and how far each one is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from peelian.pages.sections import Section
from peelian.promises.comments import comments_on
from peelian.promises.kinds import ACTIVITY, COMMITMENT, UPDATE
from peelian.promises.models import Comment, Progress, ProgressUpdate, Promise, Release, UpdateRound
from peelian.promises.operations import said_by
from peelian.promises.quality import Remark, remarks_on
from peelian.record.access import may
from peelian.record.errors import Invalid, RecordError, Stale
from peelian.record.models import Change, Draft, Link, Record, Status
from peelian.record.scope import Scope


class State(models.TextChoices):
    """How far a row of the grid is."""

    NOT_YET = "not_yet", _("Not yet")
    SAVED = "saved", _("Saved")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    CONFLICT = "conflict", _("Conflict")


NO_KEY = "none"
# What is done to an update that changes its words.
_WRITES = ("created", "edited", "drafted", "brought_in")
# The status whose shape and colour a state borrows.
_LOOKS = {
    State.NOT_YET: "not_started",
    State.SAVED: "on_track",
    State.IN_REVIEW: "in_review",
    State.APPROVED: "published",
    State.CONFLICT: "off_track",
}


@dataclass(frozen=True)
class Last:
    """The last thing done to an update: what, by whom, when and why; and who wrote its words."""

    action: str
    by: str
    at: dt.datetime
    why: str
    writer: str = ""


@dataclass
class Row:
    """An activity in a round; `progress`, `text` and `version` are what its form holds."""

    promise: Promise
    printed: str
    objective: Record | None
    owner: Record | None
    previous: ProgressUpdate | None
    update: ProgressUpdate | None
    draft: Draft | None
    last: Last | None
    state: State = State.NOT_YET
    progress: str = ""
    text: str = ""
    release: str = Release.PUBLIC
    version: int = 0
    errors: dict[str, str] = field(default_factory=dict)
    note: str = ""
    theirs: dict[str, str] | None = None
    remarks: list[Remark] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.state = _state(self.update, self.draft)
        self.progress = self.promise.progress
        if self.update:
            said = said_by(self.update, self.draft)
            self.progress, self.text, self.release = said.values()
            self.version = self.update.version

    @property
    def anchor(self) -> str:
        """Return the name of the row on its page."""
        return f"row-{self.promise.reference}"

    @property
    def look(self) -> str:
        """Return the status code whose shape and colour the row's state borrows."""
        return _LOOKS[self.state]

    @property
    def before(self) -> ProgressUpdate | None:
        """Return what is official now: the update itself where its correction waits."""
        return self.update if self.draft else self.previous

    @property
    def is_asked(self) -> bool:
        """Return whether the round asks for it: it is open, or this round has an update of it."""
        return self.promise.is_open or self.update is not None

    @property
    def sent_back(self) -> str:
        """Return why it was sent back, if that is the last thing that was done to it."""
        return self.last.why if self.last and self.last.action == "sent_back" else ""

    @property
    def progress_label(self) -> str:
        """Return the status in the form, in words."""
        return Progress.label_of(self.progress)

    def read_through(self, as_at: dt.date, scope: Scope) -> None:
        """Hold what a careful reader would remark on what the form says."""
        self.remarks = remarks_on(
            self.promise, progress=self.progress, text=self.text, as_at=as_at, scope=scope
        )

    def keep_typed(self, progress: str, text: str, release: str = "") -> None:
        """Hold what somebody typed instead of what is on the record."""
        self.progress, self.text, self.release = progress, text, release or self.release

    def refuse(self, error: RecordError) -> int:
        """Hold why it was not saved; return the HTTP status for it."""
        if isinstance(error, Stale):
            self.show_conflict()
            self.note = str(error)
            return 409
        if isinstance(error, Invalid):
            self.errors = {name: " ".join(said) for name, said in error.errors.items()}
        else:
            self.note = str(error)
        return 400

    def show_conflict(self) -> None:
        """Hold what a colleague saved beside what is in the form."""
        said = said_by(self.update, self.draft) if self.update else {"progress": "", "text": ""}
        self.theirs = {**said, "label": Progress.label_of(said["progress"])}
        self.state = State.CONFLICT


def _state(update: ProgressUpdate | None, draft: Draft | None) -> State:
    if update is None or update.status == Status.WITHDRAWN:
        return State.NOT_YET
    if draft:
        return State.IN_REVIEW if draft.in_review else State.SAVED
    if update.status in (Status.APPROVED, Status.PUBLISHED):
        return State.APPROVED
    return State.IN_REVIEW if update.status == Status.IN_REVIEW else State.SAVED


@dataclass(frozen=True)
class Grid:
    """Every activity of a round's plan, in the order they are numbered."""

    round: UpdateRound
    rows: list[Row]

    @property
    def asked(self) -> int:
        """Return how many activities the round asks about."""
        return sum(row.is_asked for row in self.rows)

    @property
    def updated(self) -> int:
        """Return how many of those have an update."""
        return sum(row.is_asked and row.state != State.NOT_YET for row in self.rows)

    def in_state(self, state: State) -> list[Row]:
        """Return the rows that are this far."""
        return [row for row in self.rows if row.state == state]

    def row(self, reference: str) -> Row | None:
        """Return the row of the activity of this reference."""
        return next((row for row in self.rows if row.promise.reference == reference), None)


def read_grid(round_: UpdateRound, scope: Scope) -> Grid:
    """Return the grid of a round in ten queries at most, however many activities there are."""
    in_plan = {"parent__parent": round_.parent_id or 0}
    if round_.objective_id:
        in_plan["parent"] = round_.objective_id
    commitments = {c.pk: c for c in scope.of(COMMITMENT).filter(**in_plan).select_related("owner")}
    activities = list(
        scope.of(ACTIVITY)
        .filter(parent__in=commitments)
        .exclude(status=Status.WITHDRAWN)
        .select_related("parent__parent", "owner")
        .in_order()
    )
    activities = _asked_of(round_, activities, commitments)
    updates = _by_promise(scope.of(UPDATE).filter(parent__in=activities, as_at=round_.as_at))
    previous = _by_promise(_previous(round_, activities, scope))
    ids = [update.pk for update in updates.values()]
    drafts = {d.record_id: d for d in Draft.objects.filter(record__in=ids)}
    last = last_changes(ids)
    comments = comments_on(ids)
    rows = []
    for activity in activities:
        update = updates.get(activity.pk)
        commitment = commitments[activity.parent_id]
        rows.append(
            Row(
                promise=activity,
                printed=activity.printed_reference or commitment.printed_reference,
                objective=activity.parent.parent,
                owner=activity.owner or commitment.owner,
                previous=previous.get(activity.pk),
                update=update,
                draft=drafts.get(update.pk) if update else None,
                last=last.get(update.pk) if update else None,
                comments=comments.get(update.pk, []) if update else [],
            )
        )
    return Grid(round_, rows)


def _asked_of(
    round_: UpdateRound, activities: list[Promise], commitments: dict[int, Promise]
) -> list[Promise]:
    """Return those of the owner and the board that a round is narrowed to."""
    if owner := round_.asked_of_id:
        activities = [
            a for a in activities if (a.owner_id or commitments[a.parent_id or 0].owner_id) == owner
        ]
    if round_.board_id:
        links = Link.objects.filter(target=round_.board_id, form="overseen_by")
        overseen = set(links.values_list("source_id", flat=True))
        activities = [a for a in activities if overseen & {a.pk, a.parent_id}]
    return activities


def _by_promise(updates: Iterable[ProgressUpdate]) -> dict[int | None, ProgressUpdate]:
    return {update.parent_id: update for update in updates}


def _previous(
    round_: UpdateRound, activities: list[Promise], scope: Scope
) -> Iterable[ProgressUpdate]:
    """Return the newest official update of each activity from before the round's day."""
    official = scope.of(UPDATE).filter(status=Status.PUBLISHED, as_at__lt=round_.as_at)
    newest = official.filter(parent=OuterRef("parent")).order_by("-as_at", "-pk").values("pk")[:1]
    found: Iterable[ProgressUpdate] = official.filter(parent__in=activities, pk=Subquery(newest))
    return found


def last_changes(ids: list[int]) -> dict[int, Last]:
    """Return the last thing that was done to each of these records. Two queries."""
    changes = Change.objects.filter(record_id__in=ids).order_by("version")
    rows: list[Any] = list(changes.values_list("record_id", "action", "by", "at", "why"))
    users = get_user_model().objects.filter(username__in={by for _pk, _action, by, *_ in rows})
    names = dict(users.values_list("username", "full_name"))
    writers: dict[int, str] = {}
    found: dict[int, Last] = {}
    for pk, action, by, at, why in rows:
        name = names.get(by, by)
        if action in _WRITES:
            writers[pk] = name
        found[pk] = Last(action, name, at, why, writers.get(pk, ""))
    return found


def round_section(record: Record, scope: Scope) -> Section | None:
    """Return how far a round is and the way to its rows, for its page in the back office."""
    if scope.is_public or not isinstance(record, UpdateRound):
        return None
    context = {
        "grid": read_grid(record, scope),
        "may_edit": may(scope.user, "edit", UPDATE.area),
        "may_approve": may(scope.user, "approve", UPDATE.area),
    }
    return Section(_("Progress"), "promises/round_section.html", context)


class GridFilter(forms.Form):
    """Narrows the grid by objective, owner, state and words; complete activities hide."""

    q = forms.CharField(label=_("Words"), required=False)
    objective = forms.ChoiceField(label=_("Objective"), required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    state = forms.ChoiceField(label=_("State of the row"), required=False)
    complete = forms.BooleanField(label=_("Show complete activities"), required=False)

    def __init__(self, grid: Grid, data: Any) -> None:
        super().__init__(data)
        any_ = [("", _("Any"))]
        objectives = {row.objective for row in grid.rows if row.objective}
        owners = {row.owner for row in grid.rows if row.owner}
        choices = {
            "objective": [*any_, *_titles(objectives)],
            "owner": [*any_, (NO_KEY, _("Nobody yet")), *_titles(owners)],
            "state": [*any_, *(c for c in State.choices if c[0] != State.CONFLICT)],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def narrow(self, rows: Iterable[Row], *, always: str = "") -> list[Row]:
        """Return the rows that match, and the one of the reference that must stay in sight."""
        wanted = self.cleaned_data if self.is_valid() else {}
        return [r for r in rows if r.promise.reference == always or _matches(r, wanted)]


def _titles(records: set[Record]) -> list[tuple[str, str]]:
    ordered = sorted(records, key=lambda record: record.sort_key)
    return [(str(record.pk), record.title) for record in ordered]


def key_of(record: Record | None) -> str:
    """Return what stands for an objective or an owner in an address, also where there is none."""
    return str(record.pk) if record else NO_KEY


def _matches(row: Row, wanted: dict[str, Any]) -> bool:
    if not row.is_asked and not wanted.get("complete"):
        return False
    if (state := wanted.get("state")) and row.state != state:
        return False
    if (objective := wanted.get("objective")) and key_of(row.objective) != objective:
        return False
    if (owner := wanted.get("owner")) and key_of(row.owner) != owner:
        return False
    said = [row.printed, row.promise.title, row.promise.text, row.text]
    said.append(row.previous.text if row.previous else "")
    return wanted.get("q", "").casefold() in "\n".join(said).casefold()
