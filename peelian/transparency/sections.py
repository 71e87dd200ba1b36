"""Fragments of the registers: decisions at a meeting, posts as a tree, what is overdue."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from peelian.pages.sections import Section
from peelian.record.clock import today
from peelian.record.models import Link, Record
from peelian.record.scope import Scope
from peelian.transparency.kinds import DECISION, POLICY, POST
from peelian.transparency.models import Contract, Policy
from peelian.transparency.thresholds import CONTRACTS, threshold


def decisions_section(record: Record, scope: Scope) -> Section | None:
    """Return the decisions that considered a meeting, as far as they may be seen. One query."""
    linked = Link.objects.filter(target_id=record.pk, form="considers").values("source_id")
    decisions = list(scope.of(DECISION).filter(pk__in=linked).in_order())
    if not decisions:
        return None
    return Section(_("Decisions"), "transparency/decisions.html", {"decisions": decisions})


def review_section(record: Record, scope: Scope) -> Section | None:
    """Return that a policy is overdue for review, where it is."""
    if not isinstance(record, Policy) or not record.review_by or record.review_by >= today():
        return None
    context = {"overdue_since": record.review_by}
    return Section(_("Overdue for review"), "transparency/policy_overdue.html", context)


def copy_section(record: Record, scope: Scope) -> Section | None:
    """Return to the office that a contract above the threshold has no copy. One query."""
    if scope.is_public or not isinstance(record, Contract) or record.copy:
        return None
    limit = threshold(CONTRACTS)
    if not record.is_over(limit) or record.attachments.exists():
        return None
    context = {"limit": f"£{limit:,}"}
    return Section(_("No copy is published"), "transparency/contract_copy.html", context)


def overdue_policies(scope: Scope, on: dt.date) -> Any:
    """Return the policies whose day of review has gone by."""
    return scope.of(POLICY).filter(review_by__lt=on)


@dataclass(frozen=True)
class Placed:
    """A post and those that report to it."""

    post: Any
    below: list[Placed]


def chart(scope: Scope) -> list[Placed]:
    """Return the posts that report to none that may be seen, each with those below it. One query.

    Posts that report to one another in a ring are shown once, the first of them on top.
    """
    posts = {post.pk: post for post in scope.of(POST).in_order()}
    below: dict[int | None, list[Any]] = {}
    for post in posts.values():
        above = post.reports_to_id if post.reports_to_id in posts else None
        below.setdefault(above, []).append(post)
    seen: set[int] = set()

    def placed(post: Any) -> Placed:
        seen.add(post.pk)
        return Placed(post, [placed(p) for p in below.get(post.pk, []) if p.pk not in seen])

    top = [placed(post) for post in below.get(None, [])]
    return top + [placed(post) for post in posts.values() if post.pk not in seen]
