"""The page of a vote, and its form."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from peelian.duties.two_thirds_section import two_thirds_rules
from peelian.meetings.models import Vote
from peelian.meetings.vote_form import VoteForm
from peelian.meetings.votes import WAYS, Tally, tallies
from peelian.pages import views
from peelian.pages.views import find_as, frame, scope_for
from peelian.record.kinds import LINK_LABELS, Kind
from peelian.record.scope import Scope


def show_vote(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show a motion, how it came out and why, and who voted how."""
    scope = scope_for(request, office)
    vote = find_as(Vote, kind, reference, scope)
    tally = tallies([vote], scope)[0]
    needs_law = vote.majority == Vote.Majority.TWO_THIRDS
    context = frame(request, kind, vote, scope) | {
        "tally": tally,
        "law": two_thirds_rules() if needs_law else [],
        "facts": _facts(tally, scope),
        "head": [_("Name"), _("How they voted")],
        "rows": _rows(tally, scope),
    }
    return render(request, "meetings/vote.html", context)


def _facts(tally: Tally, scope: Scope) -> list[tuple[str, Any]]:
    vote, meeting = tally.vote, tally.meeting
    people = scope.by_id([vote.moved_by_id, vote.seconded_by_id])
    moved, seconded = people.get(vote.moved_by_id or 0), people.get(vote.seconded_by_id or 0)
    linked = [(_("Meeting"), meeting), (_("Moved by"), moved), (_("Seconded by"), seconded)]
    facts: list[tuple[str, Any]] = [
        (label, {"text": one.title, "url": scope.url(one)}) for label, one in linked if one
    ]
    return [*facts, (_("Majority needed"), str(vote.get_majority_display()))]


def _rows(tally: Tally, scope: Scope) -> list[list[Any]]:
    """Return who voted how, those for it first; whoever may not be seen is counted, not named."""
    people = scope.by_id(pk for named in tally.named.values() for pk in named)
    rows: list[list[Any]] = []
    for way in WAYS:
        seen = [people[pk] for pk in tally.named[way] if pk in people]
        for person in sorted(seen, key=lambda one: one.sort_key):
            cell = {"text": person.title, "url": scope.url(person)}
            rows.append([cell, str(LINK_LABELS[way])])
    return rows


def edit_vote(request: HttpRequest, kind: Kind, reference: str = "") -> HttpResponse:
    """Record a vote, or correct one."""
    return views.edit(request, kind, reference, form_class=VoteForm)
