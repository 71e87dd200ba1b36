"""What is new of a promise, an objective or a plan: as a feed, and mailed to who asked for it.

Nothing but what is public counts: no draft, nothing internal, nothing for the panel alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Min, Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.pages.feeds import Entry, dated
from peelian.pages.subscriptions import (
    STOP,
    Letters,
    letter,
    mail_each,
    note_known,
    note_sent,
    unheard,
)
from peelian.promises.digest import digest_of, name_of, path_of, settled_quarter
from peelian.promises.kinds import PLAN, PROMISES, SUCCESSION, UPDATE
from peelian.promises.models import Plan, Promise, PromiseSubscription
from peelian.record.kinds import kind_named
from peelian.record.models import Change, Record
from peelian.record.scope import PUBLIC

YEARS = 2  # what is older is no news
FOLLOWED = ("plan", "objective", *PROMISES)
_STEPS = ("pk", "parent", "parent__parent", "parent__parent__parent")
NEWS = Letters(
    PromiseSubscription,
    "promise-news",
    gettext_lazy("News of promises by e-mail"),
    gettext_lazy("Do you want to be told what becomes of: %(about)s?"),
    gettext_lazy("You will be told what becomes of: %(about)s."),
)
Often = PromiseSubscription.Often


def news_of(record: Record) -> list[Entry]:
    """Return what is new of a promise, or of all under an objective or plan, the newest first.

    An entry is known by its path. Four queries.
    """
    since = timezone.now() - dt.timedelta(days=365 * YEARS)
    within = Q()
    for step in _STEPS:
        within |= Q(**{step: record.pk})
    promises = {p.pk: p for p in dated(PUBLIC.see(Promise.objects.filter(within)))}
    found = [
        *_new(promises, since),
        *_closed(promises.values(), since),
        *_updates(promises, since),
        *_turns(promises, since),
    ]
    return sorted(found, key=lambda entry: (entry.at, entry.path), reverse=True)


def named(promise: Promise) -> str:
    """Return what a promise is called: its printed number, and its title."""
    return f"{promise.printed_reference} {promise.title}".strip()


def _new(promises: dict[int, Any], since: dt.datetime) -> Iterator[Entry]:
    """Give each promise since it first was public."""
    out = Change.objects.filter(record_id__in=promises, action__in=("published", "brought_in"))
    for pk, at in out.values_list("record_id").annotate(Min("at")).order_by():
        if at >= since:
            promise = promises[pk]
            title = f"{kind_named(promise.kind).label}: {named(promise)}"
            yield Entry(title, promise.get_absolute_url(), at, promise.text)


def _closed(promises: Any, since: dt.datetime) -> Iterator[Entry]:
    for promise in promises:
        if promise.progress == "complete" and promise.closed_on and promise.seen_from >= since:
            title = _("Closed: %(promise)s") % {"promise": named(promise)}
            path = f"{promise.get_absolute_url()}#closed"
            yield Entry(title, path, promise.seen_from, promise.evidence)


def _updates(promises: dict[int, Any], since: dt.datetime) -> Iterator[Entry]:
    rows = dated(PUBLIC.of(UPDATE).filter(parent__in=promises)).filter(seen_from__gte=since)
    for update in rows.order_by("as_at", "pk"):
        promise = promises[update.parent_id]
        says = {"promise": named(promise), "status": update.get_progress_display()}
        path = f"{promise.get_absolute_url()}#as-at-{update.as_at}"
        yield Entry(_("%(promise)s: %(status)s") % says, path, update.seen_from, update.text)


def _turns(promises: dict[int, Any], since: dt.datetime) -> Iterator[Entry]:
    rows = dated(PUBLIC.of(SUCCESSION).filter(parent__in=promises)).filter(seen_from__gte=since)
    for turn in rows.order_by("day", "pk"):
        promise = promises[turn.parent_id]
        says = {"became": turn.get_became_display(), "promise": named(promise)}
        path = f"{promise.get_absolute_url()}#{turn.reference}"
        yield Entry(_("%(became)s: %(promise)s") % says, path, turn.seen_from, turn.reason)


# ---- telling ----


def note_news(subscription: PromiseSubscription) -> None:
    """Keep what there is now as known, so that only what comes after is told."""
    note_known(subscription, _to_tell(subscription))


def send_news(*, dry_run: bool = False) -> dict[str, int]:
    """Mail every subscriber what is new of a promise; return as `mail_each` does."""
    seen = PUBLIC.by_id(PromiseSubscription.objects.values_list("record_id", flat=True))
    known: dict[tuple[int, str], dict[str, Entry]] = {}

    def fresh_for(subscription: PromiseSubscription) -> dict[str, Entry]:
        about = (subscription.record_id, subscription.often)
        if subscription.record_id not in seen:
            return {}
        if about not in known:
            known[about] = _to_tell(subscription)
        return unheard(subscription, known[about], keep=not dry_run)

    return mail_each(NEWS, fresh_for, _send, dry_run=dry_run)


def _to_tell(subscription: PromiseSubscription) -> dict[str, Entry]:
    """Return what there is to tell of what a subscription is about, by its path."""
    if subscription.often == Often.EACH:
        return {entry.path: entry for entry in news_of(subscription.record)}
    plan = PUBLIC.of(PLAN).filter(pk=subscription.record_id).first()
    quarters = [_quarter(plan)] if isinstance(plan, Plan) else []
    return {entry.path: entry for entry in quarters}


def _quarter(plan: Plan) -> Entry:
    """Return the digest of the newest quarter whose updates are in, as something to be told."""
    quarter = settled_quarter(plan)
    digest = digest_of(plan, PUBLIC, quarter)
    says = {"plan": plan.title, "quarter": name_of(quarter)}
    words = render_to_string("promises/quarter.txt", {"digest": digest, "site": settings.SITE})
    title = _("%(plan)s: what changed from %(quarter)s") % says
    return Entry(title, path_of(plan, quarter, PUBLIC), timezone.now(), words)


def _send(subscription: PromiseSubscription, fresh: dict[str, Entry]) -> None:
    """Mail what is new, and then note that it is sent."""
    first, *others = fresh.values()
    context = {
        "about": subscription.about,
        "items": [(entry.title, f"{settings.SITE}{path}") for path, entry in fresh.items()],
        "words": "" if subscription.often == Often.EACH else first.text,
        "stop": NEWS.link(subscription, STOP),
    }
    subject = _("%(about)s: news") % context if others else first.title
    letter(NEWS, subscription, subject, render_to_string("promises/news.txt", context)).send()
    note_sent(subscription, fresh)
