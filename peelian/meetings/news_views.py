"""A body's news as a feed, and asking for it by e-mail."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.meetings.news import NEWS, news_of
from peelian.pages import subscription_views
from peelian.pages.feeds import MOST, Entry, respond
from peelian.pages.views import find
from peelian.record.kinds import kind_named
from peelian.record.scope import PUBLIC


class NewsForm(subscription_views.AskForm):
    """The address to tell, and on which topic."""

    topic = forms.CharField(
        label=gettext_lazy("Only what mentions"),
        help_text=gettext_lazy(
            "For example: rural crime. Leave it empty to be told of everything."
        ),
        required=False,
        max_length=100,
    )

    def clean_topic(self) -> str:
        """Return the topic in the one way in which it is kept."""
        return " ".join(str(self.cleaned_data["topic"]).lower().split())


def send_feed(request: HttpRequest, kind: str, reference: str) -> HttpResponse:
    """Return what is new of a body as an Atom feed; Http404 where there is none of ours."""
    body = find(kind_named(kind), reference, PUBLIC)
    entries = [Entry(new.title, new.path, new.at, new.text) for new in news_of(body)[:MOST]]
    title = _("%(body)s: meetings") % {"body": body.title}
    about = _("Meetings, agendas, minutes and what was promised at them.")
    where, since = body.get_absolute_url(), body.changed_at
    return respond(request, title, about, where, entries, since=since)


def ask_for_news(request: HttpRequest, kind: str, reference: str) -> HttpResponse:
    """Ask for an address to tell what is new of a body; Http404 where there is none of ours."""
    body = find(kind_named(kind), reference, PUBLIC)
    # The foreign key is to the record that the body is.
    about = PUBLIC.by_id([body.pk])[body.pk]
    return subscription_views.ask(
        request, NEWS, "meetings/news_ask.html", body, form_class=NewsForm, body=about
    )
