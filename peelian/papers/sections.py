"""What papers have to say on the pages of a meeting and of an item, and on their own."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from peelian.meetings.beside import has_none
from peelian.meetings.kinds import AGENDA_ITEM
from peelian.pages.sections import Section
from peelian.papers.kinds import PAPER, SIGN_OFF
from peelian.papers.models import Paper, SignOff
from peelian.record.access import may
from peelian.record.models import Change, Record
from peelian.record.scope import Scope

# The steps by which a paper comes to say something else.
_REWRITTEN = ("edited", "drafted", "attached", "brought_in")


def papers_section(record: Record, scope: Scope) -> Section | None:
    """Return the papers of a meeting or of an item, by item; in the office a way to add one.

    One query in public, none where the meeting was read to have no paper.
    """
    if has_none(record, PAPER.name):
        return None
    of = {"parent": record} if record.kind == AGENDA_ITEM.name else {"parent__parent": record}
    papers = list(scope.of(PAPER).filter(**of).select_related("parent").in_order())
    papers.sort(key=lambda paper: paper.parent.sort_key if paper.parent else "")
    may_add = not scope.is_public and may(scope.user, "edit", PAPER.area)
    is_item = record.kind == AGENDA_ITEM.name
    if not papers and not (may_add and is_item):
        return None
    groups: dict[Any, list[Any]] = {}
    for paper in papers:
        groups.setdefault(paper.parent, []).append(paper)
    new = urlencode({"parent": record.pk, "number": len(papers) + 1})
    context = {
        "groups": list(groups.items()),
        "is_item": is_item,
        "new_url": f"{reverse('office-papers-new')}?{new}" if may_add and is_item else "",
    }
    title = _("Papers") if is_item else _("Papers by item")
    return Section(title, "papers/papers_section.html", context)


def route_section(record: Record, scope: Scope) -> Section | None:
    """Return to the office who has to sign a paper off and who did, with the days. Two queries."""
    if scope.is_public or not isinstance(record, Paper):
        return None
    found = list(scope.of(SIGN_OFF).filter(parent=record).in_order())
    changes = Change.objects.filter(record_id=record.pk, action__in=_REWRITTEN)
    last = changes.order_by("-pk").first() if found else None
    rewritten = localtime(last.at).date() if last else None
    first_open = next((one for one in found if not one.signed_on), None)
    rows = [
        {
            "one": one,
            "is_next": one is first_open,
            "rewritten": rewritten if _is_before(one, rewritten) else None,
        }
        for one in found
    ]
    new = urlencode({"parent": record.pk, "number": len(found) + 1})
    context = {
        "rows": rows,
        "paper": record,
        "may_edit": may(scope.user, "edit", PAPER.area),
        "new_url": f"{reverse('office-sign-offs-new')}?{new}",
    }
    return Section(_("Sign-off"), "papers/route_section.html", context)


def _is_before(one: SignOff, rewritten: Any) -> bool:
    return bool(one.signed_on and rewritten and one.signed_on < rewritten)
