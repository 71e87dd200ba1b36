"""Following a promise, an objective or a plan by e-mail or feed; what changed in a quarter."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.pages import subscription_views
from peelian.pages.feeds import MOST, Entry, respond
from peelian.pages.views import ancestors, find, find_as, scope_for
from peelian.promises import digest
from peelian.promises.kinds import PLAN
from peelian.promises.models import Plan, PromiseSubscription
from peelian.promises.telling import NEWS, news_of
from peelian.record.clock import today
from peelian.record.kinds import kind_named
from peelian.record.scope import PUBLIC


class PlanForm(subscription_views.AskForm):
    """The address to tell, and how often."""

    often = forms.ChoiceField(
        label=gettext_lazy("How often?"),
        choices=PromiseSubscription.Often.choices,
        initial=PromiseSubscription.Often.QUARTER,
        widget=forms.RadioSelect,
    )


def send_feed(request: HttpRequest, kind: str, reference: str) -> HttpResponse:
    """Return what is new of a promise, objective or plan as an Atom feed; else Http404."""
    record = find(kind_named(kind), reference, PUBLIC)
    entries: list[Entry] = news_of(record)[:MOST]
    about = _("Updates, changes of status, and what became of each promise.")
    where = record.get_absolute_url()
    return respond(request, record.title, about, where, entries, since=record.changed_at)


def follow(request: HttpRequest, kind: str, reference: str) -> HttpResponse:
    """Ask for an address to tell what becomes of a promise; Http404 where it is none of ours."""
    record = find(kind_named(kind), reference, PUBLIC)
    # The foreign key is to the record that the promise is.
    about = PUBLIC.by_id([record.pk])[record.pk]
    form = PlanForm if kind == PLAN.name else subscription_views.AskForm
    return subscription_views.ask(
        request, NEWS, "promises/follow.html", record, form_class=form, record=about
    )


def show_changes(
    request: HttpRequest, reference: str, day: str, *, office: bool = False
) -> HttpResponse:
    """Show what changed in a plan in the quarter of a day; Http404 for one to come or before it."""
    scope = scope_for(request, office)
    plan = find_as(Plan, PLAN, reference, scope)
    try:
        quarter = digest.quarter_of(dt.date.fromisoformat(day))
        is_to_come = digest.first_of(quarter) > today()
    except (ValueError, OverflowError):
        raise Http404 from None
    oldest = digest.oldest_quarter(plan, scope)
    if is_to_come or quarter.last < oldest.last:
        raise Http404
    earlier = digest.before(quarter) if quarter.last > oldest.last else None
    later = digest.after(quarter)
    context = {
        "scope": scope,
        "record": plan,
        "ancestors": [*ancestors(plan, scope), (plan.title, scope.url(plan))],
        "digest": digest.digest_of(plan, scope, quarter),
        "quarter": digest.name_of(quarter),
        "is_running": quarter.last >= today(),
        "beside": [
            (rel, digest.name_of(one), digest.path_of(plan, one, scope))
            for rel, one in (("prev", earlier), ("next", later))
            if one
        ],
    }
    return render(request, "promises/changes.html", context)
