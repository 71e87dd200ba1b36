"""What is new of a body: its meetings, agendas, supplements, minutes, promises; and who is told.

Areas above say with `register` what else of a body is news. Nothing but what is public counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.meetings.arising import followed, given_at
from peelian.meetings.kinds import AGENDA_ITEM, MEETING, MINUTE
from peelian.meetings.models import BodySubscription, Meeting
from peelian.meetings.submissions import forget_submissions
from peelian.pages.feeds import dated
from peelian.pages.subscriptions import (
    STOP,
    Letters,
    letter,
    mail_each,
    note_known,
    note_sent,
    unheard,
)
from peelian.record import clock
from peelian.record.kinds import kind_named
from peelian.record.models import Record
from peelian.record.scope import PUBLIC

YEARS = 2  # what is older is no news
NEWS = Letters(
    BodySubscription,
    "meeting-news",
    gettext_lazy("News of meetings by e-mail"),
    gettext_lazy("Do you want to be told when something new is published of: %(about)s?"),
    gettext_lazy("You will be told when something new is published of: %(about)s."),
)


@dataclass(frozen=True)
class New:
    """Something new: what it is called, where it stands, since when, and whether it is mailed.

    `key` is what it is told once by.
    """

    key: str
    title: str
    path: str
    at: dt.datetime
    text: str = ""
    mailed: bool = True

    def mentions(self, topic: str) -> bool:
        """Return whether every word of a topic is in it; anything is, without a topic."""
        said = f"{self.title} {self.text}".lower()
        return all(word in said for word in topic.split())


Source = Callable[[Record], Iterable[New]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let an area say what is new of a body; called once by its application."""
    if source not in _sources:
        _sources.append(source)


def news_of(body: Record) -> list[New]:
    """Return what is new of a body, the newest first. Four queries, and those of other areas."""
    since = clock.today() - dt.timedelta(days=365 * YEARS)
    held = PUBLIC.of(MEETING).filter(body=body, held_on__gte=since)
    meetings = {meeting.pk: meeting for meeting in dated(held)}
    found = [*_meetings(meetings), *_agendas(meetings), *_minutes(meetings)]
    found += [
        New(
            promise.key,
            f"{kind_named(promise.kind).label}: {promise.title}",
            promise.get_absolute_url(),
            promise.seen_from,
            promise.text,
            mailed=False,
        )
        for promise in dated(followed(PUBLIC).filter(given_at(held, PUBLIC)))
    ]
    found += [new for source in _sources for new in source(body)]
    return sorted(found, key=lambda new: (new.at, new.key), reverse=True)


def _meetings(meetings: dict[int, Any]) -> Iterator[New]:
    for meeting in meetings.values():
        path, day = meeting.get_absolute_url(), date_format(meeting.held_on, "l j F Y")
        said = _("%(state)s, %(day)s. %(place)s") % {
            "state": meeting.get_state_display(),
            "day": day,
            "place": meeting.place,
        }
        yield New(meeting.key, meeting.title, path, meeting.seen_from, said, mailed=False)
        if meeting.is_confirmed:
            title = _("Minutes confirmed: %(meeting)s") % {"meeting": meeting.title}
            key = f"confirmed/{meeting.reference}"
            yield New(key, title, f"{path}#confirmed", meeting.seen_from)


def _agendas(meetings: dict[int, Any]) -> Iterator[New]:
    """Give each agenda once, since its last change, and what came late by itself."""
    items = dated(PUBLIC.of(AGENDA_ITEM).filter(parent__in=meetings)).order_by("number", "pk")
    agendas: dict[int, list[Any]] = {}
    for item in items:
        agendas.setdefault(item.parent_id, []).append(item)
    for pk, own in agendas.items():
        meeting: Meeting = meetings[pk]
        says = {"meeting": meeting.title}
        path, text = meeting.get_absolute_url(), "; ".join(item.title for item in own)
        at = max(item.seen_from for item in own)
        title = _("Agenda: %(meeting)s") % says
        yield New(f"agenda/{meeting.reference}", title, f"{path}#agenda", at, text)
        for item in own:
            if item.late_reason:
                title = _("Added to the agenda of %(meeting)s: %(item)s")
                said = title % {**says, "item": item.title}
                where = item.get_absolute_url()
                yield New(f"late/{item.reference}", said, where, item.seen_from, item.late_reason)


def _minutes(meetings: dict[int, Any]) -> Iterator[New]:
    rows: dict[int, list[Any]] = {}
    for minute in dated(PUBLIC.of(MINUTE).filter(parent__in=meetings)).order_by("number", "pk"):
        rows.setdefault(minute.parent_id, []).append(minute)
    for pk, own in rows.items():
        meeting: Meeting = meetings[pk]
        title = _("Minutes: %(meeting)s") % {"meeting": meeting.title}
        at, text = max(m.seen_from for m in own), "; ".join(m.title for m in own)
        path = f"{meeting.get_absolute_url()}#minutes"
        yield New(f"minutes/{meeting.reference}", title, path, at, text)


# ---- telling ----


def note_news(subscription: BodySubscription) -> None:
    """Keep what there is now as known, so that only what comes after is told."""
    note_known(subscription, _to_mail(news_of(subscription.body), subscription.topic))


def send_news(*, dry_run: bool = False) -> dict[str, int]:
    """Mail every subscriber what is new of a body; return as `mail_each` does."""
    forget_submissions()
    asked = BodySubscription.objects.exclude(confirmed_at=None)
    bodies = PUBLIC.by_id(asked.values_list("body_id", flat=True))
    known = {pk: news_of(body) for pk, body in bodies.items()}

    def fresh_for(subscription: BodySubscription) -> dict[str, New]:
        news = _to_mail(known.get(subscription.body_id, []), subscription.topic)
        return unheard(subscription, news, keep=not dry_run)

    return mail_each(NEWS, fresh_for, _send, dry_run=dry_run)


def _to_mail(news: Iterable[New], topic: str) -> dict[str, New]:
    """Return what is mailed to whoever asked about a topic, by its key."""
    return {new.key: new for new in news if new.mailed and new.mentions(topic)}


def _send(subscription: BodySubscription, fresh: dict[str, New]) -> None:
    """Mail what is new, and then note that it is sent."""
    context = {
        "about": subscription.about,
        "items": [(new.title, f"{settings.SITE}{new.path}") for new in fresh.values()],
        "stop": NEWS.link(subscription, STOP),
    }
    subject = _("%(about)s: newly published") % {"about": subscription.about}
    letter(NEWS, subscription, subject, render_to_string("meetings/news.txt", context)).send()
    note_sent(subscription, fresh)
