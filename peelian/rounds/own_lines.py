"""The lines that an invitation asks about: what was said of each before, and what came in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from peelian.promises.kinds import COMMITMENT, UPDATE
from peelian.promises.models import ProgressUpdate, Promise
from peelian.promises.rounds import Row, State, last_changes
from peelian.record.models import Draft, Status
from peelian.rounds.models import Answer, Invitation

EARLIER = 3  # updates shown of each line


@dataclass
class OwnLine:
    """A line on its owner's page: its row of the round, what was said before, the newest answer.

    `typed` is what was typed of a reason or a colleague's address and could not be taken.
    """

    row: Row
    earlier: list[ProgressUpdate] = field(default_factory=list)
    answer: Answer | None = None
    handed_to: str = ""
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        """Return the name of the line on its page."""
        return f"line-{self.row.promise.reference}"

    @property
    def is_answered(self) -> bool:
        """Return whether something came in that the line need not be asked about again."""
        if self.row.sent_back:
            return False
        declined = self.answer is not None and self.answer.form == Answer.Form.DECLINED
        return declined or self.row.state != State.NOT_YET

    @property
    def is_open(self) -> bool:
        """Return whether its form stands open: unanswered, or with something to put right."""
        return not self.is_answered or bool(self.row.errors or self.row.theirs or self.row.note)


@dataclass(frozen=True)
class OwnLines:
    """All lines of an invitation, in the order they are numbered."""

    invitation: Invitation
    lines: list[OwnLine]

    @property
    def answered(self) -> int:
        """Return how many have been answered."""
        return sum(line.is_answered for line in self.lines)

    @property
    def waiting(self) -> list[OwnLine]:
        """Return those that have not."""
        return [line for line in self.lines if not line.is_answered]

    def line(self, reference: str) -> OwnLine | None:
        """Return the line of the promise of this reference."""
        return next((x for x in self.lines if x.row.promise.reference == reference), None)


def read_own_lines(invitation: Invitation) -> OwnLines:
    """Return the lines of an invitation in seven queries, however many there are."""
    asked = {"pk__in": invitation.lines.values("promise")}
    kept = Promise.objects.filter(**asked).exclude(status=Status.WITHDRAWN)
    promises = list(kept.select_related("parent__parent", "owner").in_order())
    parents = {p.parent_id for p in promises}
    printed = dict(COMMITMENT.all().filter(pk__in=parents).values_list("pk", "printed_reference"))
    current, earlier = _updates(promises, invitation)
    drafts = {d.record_id: d for d in Draft.objects.filter(record__in=current.values())}
    last = last_changes([update.pk for update in current.values()])
    answers, handed = _answers(invitation)
    lines = []
    for promise in promises:
        update = current.get(promise.pk)
        said = earlier.get(promise.pk, [])
        row = Row(
            promise=promise,
            printed=promise.printed_reference
            or printed.get(promise.parent_id or 0, "")
            or promise.reference,
            objective=promise.parent.parent if promise.parent else None,
            owner=promise.owner,
            previous=said[0] if said else None,
            update=update,
            draft=drafts.get(update.pk) if update else None,
            last=last.get(update.pk) if update else None,
        )
        answer = answers.get(promise.pk)
        lines.append(OwnLine(row, said, answer, handed.get(promise.pk, "")))
    return OwnLines(invitation, lines)


def rows_of(invitation: Invitation) -> dict[str, Row]:
    """Return the rows of the round that an invitation asks about, by reference."""
    return {line.row.promise.reference: line.row for line in read_own_lines(invitation).lines}


def _updates(
    promises: list[Promise], invitation: Invitation
) -> tuple[dict[int, ProgressUpdate], dict[int, list[ProgressUpdate]]]:
    """Return the update of each promise in this round, and the last official ones before it."""
    as_at = invitation.round.as_at
    said = UPDATE.all().filter(parent__in=promises, as_at__lte=as_at).order_by("-as_at", "-pk")
    current: dict[int, ProgressUpdate] = {}
    earlier: dict[int, list[ProgressUpdate]] = {}
    for update in said:
        if update.as_at == as_at:
            current.setdefault(update.parent_id, update)
        elif update.status == Status.PUBLISHED:
            before = earlier.setdefault(update.parent_id, [])
            before += [update] if len(before) < EARLIER else []
    return current, earlier


def _answers(invitation: Invitation) -> tuple[dict[int, Answer], dict[int, str]]:
    """Return the newest answer for each line, and to whom a line was handed on."""
    family = Answer.objects.filter(invitation__in=_family(invitation)).order_by("pk")
    answers: dict[int, Answer] = {}
    handed: dict[int, str] = {}
    for answer in family.select_related("invitation"):
        if answer.form == Answer.Form.DELEGATED:
            if answer.invitation_id == invitation.pk:
                handed[answer.promise_id] = answer.reason
        else:
            answers[answer.promise_id] = answer
    return answers, handed


def _family(invitation: Invitation) -> Iterable[int]:
    """Return the invitation, and those of the colleagues it was handed on to."""
    return [invitation.pk, *invitation.handed_on.values_list("pk", flat=True)]
