"""What is new of a promise, an objective or a plan: as a feed, and mailed to who asked for it.

Nothing but what is public counts: no draft, nothing internal, nothing for the panel alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Min, Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.pages.feeds import Entry, dated
from peelian.pages.subscriptions import STOP, Letters, claim, forget_unconfirmed, letter
from peelian.promises.digest import digest_of, name_of, path_of, settled_quarter
from peelian.promises.kinds import PLAN, PROMISES, SUCCESSION, UPDATE
from peelian.promises.models import Plan, Promise, PromiseSubscription, PromiseTold
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
    known = _to_tell(subscription)
    PromiseTold.objects.bulk_create(
        [
            PromiseTold(subscription=subscription, key=one.path, state=PromiseTold.State.KNOWN)
            for one in known
        ],
        ignore_conflicts=True,
    )


def send_news(*, dry_run: bool = False) -> dict[str, int]:
    """Mail every subscriber what is new of a promise; return how many mails and news.

    ``unsure`` counts news that an earlier run was cut off in: they are not sent again.
    """
    forget_unconfirmed(PromiseSubscription)
    counts = {"mails": 0, "news": 0}
    unsure = PromiseTold.objects.filter(state=PromiseTold.State.SENDING).count()
    waiting = PromiseSubscription.objects.exclude(confirmed_at=None)
    seen = PUBLIC.by_id(waiting.values_list("record_id", flat=True))
    known: dict[tuple[int, str], list[Entry]] = {}
    for subscription in waiting.order_by("pk"):
        about = (subscription.record_id, subscription.often)
        if subscription.record_id not in seen:
            continue
        if about not in known:
            known[about] = _to_tell(subscription)
        fresh = _fresh(subscription, known[about], keep=not dry_run)
        if fresh:
            counts["mails"] += 1
            counts["news"] += len(fresh)
            if not dry_run:
                _send(subscription, fresh)
    return counts | {"unsure": unsure}


def _to_tell(subscription: PromiseSubscription) -> list[Entry]:
    if subscription.often == Often.EACH:
        return news_of(subscription.record)
    plan = PUBLIC.of(PLAN).filter(pk=subscription.record_id).first()
    return [_quarter(plan)] if isinstance(plan, Plan) else []


def _quarter(plan: Plan) -> Entry:
    """Return the digest of the newest quarter whose updates are in, as something to be told."""
    quarter = settled_quarter(plan)
    digest = digest_of(plan, PUBLIC, quarter)
    says = {"plan": plan.title, "quarter": name_of(quarter)}
    words = render_to_string("promises/quarter.txt", {"digest": digest, "site": settings.SITE})
    title = _("%(plan)s: what changed from %(quarter)s") % says
    return Entry(title, path_of(plan, quarter, PUBLIC), timezone.now(), words)


def _fresh(subscription: PromiseSubscription, news: list[Entry], *, keep: bool) -> list[Entry]:
    """Return what a subscriber has not been told, and claim it so that nobody else tells it."""
    rows = PromiseTold.objects.filter(subscription=subscription)
    told = set(rows.values_list("key", flat=True))
    fresh = [entry for entry in news if entry.path not in told]
    if keep:
        sending = PromiseTold.State.SENDING
        with transaction.atomic():
            fresh = [
                entry
                for entry in fresh
                if claim(PromiseTold, subscription=subscription, key=entry.path, state=sending)
            ]
    return fresh


def _send(subscription: PromiseSubscription, fresh: list[Entry]) -> None:
    """Mail what is new, and then note that it is sent."""
    each = subscription.often == Often.EACH
    context = {
        "about": subscription.about,
        "items": [(entry.title, f"{settings.SITE}{entry.path}") for entry in fresh],
        "words": "" if each else fresh[0].text,
        "stop": NEWS.link(subscription, STOP),
    }
    subject = fresh[0].title if len(fresh) == 1 else _("%(about)s: news") % context
    letter(NEWS, subscription, subject, render_to_string("promises/news.txt", context)).send()
    PromiseTold.objects.filter(
        subscription=subscription,
        key__in=[entry.path for entry in fresh],
        state=PromiseTold.State.SENDING,
    ).update(state=PromiseTold.State.SENT, at=timezone.now())
