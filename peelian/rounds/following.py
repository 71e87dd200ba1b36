"""The invitations of a round as the office follows them up, and how far it is on its page."""

from __future__ import annotations

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from peelian.pages.sections import Section
from peelian.promises.kinds import UPDATE
from peelian.promises.models import UpdateRound
from peelian.record.access import may
from peelian.record.models import Record
from peelian.record.scope import Scope
from peelian.rounds.models import Answer, Invitation


def invitations_of(round_: UpdateRound) -> list[Invitation]:
    """Return the invitations of a round, a colleague's after the one who handed lines on to them.

    Each knows how many lines it asks about (`asked`), of how many something came in (`came_in`).
    One query.
    """
    came = Q(answers__form__in=(Answer.Form.UPDATE, Answer.Form.NO_CHANGE, Answer.Form.DECLINED))
    rows = (
        Invitation.objects.filter(round=round_)
        .select_related("owner", "after", "round")
        .annotate(
            asked=Count("lines", distinct=True),
            came_in=Count("answers__promise", filter=came, distinct=True),
        )
    )
    return sorted(rows, key=_place)


def _place(invitation: Invitation) -> tuple[str, int, bool, int]:
    first = invitation.after_id or invitation.pk
    return invitation.owner.title.casefold(), first, bool(invitation.after_id), invitation.pk


def asking_section(record: Record, scope: Scope) -> Section | None:
    """Return how many owners of a round were asked and have answered, for its office page."""
    if scope.is_public or not isinstance(record, UpdateRound):
        return None
    asked = [i for i in invitations_of(record) if i.after_id is None]
    context = {
        "round": record,
        "asked": len(asked),
        "begun": sum(bool(i.came_in) for i in asked),  # type: ignore[attr-defined]
        "may_edit": may(scope.user, "edit", UPDATE.area),
    }
    return Section(_("Asked by e-mail"), "rounds/section.html", context)
