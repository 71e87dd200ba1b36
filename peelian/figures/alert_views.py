"""Asking for alerts, confirming it and stopping it: three small public pages, by links in mails."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from peelian.figures import alerts
from peelian.figures.kinds import MEASURE
from peelian.figures.models import Measure
from peelian.people.kinds import AREA
from peelian.people.models import Area
from peelian.record.scope import PUBLIC


class AskForm(forms.Form):
    """The address to tell."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We use it for these alerts alone, and delete it when you say stop."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )


def ask_for_alerts(request: HttpRequest) -> HttpResponse:
    """Ask for an address, and mail it a link. What is said then is the same for every address."""
    measure, area = _subject(request)
    if not measure and not area:
        return render(request, "figures/alerts_choose.html", {"scope": PUBLIC})
    form = AskForm(request.POST or None)
    context: dict[str, Any] = {
        "scope": PUBLIC,
        "about": alerts.about_words(measure, area),
        "form": form,
        "back": measure or area,
    }
    if request.method == "POST" and form.is_valid():
        alerts.ask(form.cleaned_data["email"], measure, area)
        return render(request, "figures/alerts_asked.html", context)
    return render(request, "figures/alerts_ask.html", context)


def _subject(request: HttpRequest) -> tuple[Measure | None, Area | None]:
    """Return the public measure and area that the address names. Raises Http404 for others."""
    found: dict[str, Any] = {}
    for kind in (MEASURE, AREA):
        reference = request.GET.get(kind.name, "")
        found[kind.name] = (
            PUBLIC.of(kind).filter(reference=reference).first() if reference else None
        )
        if reference and found[kind.name] is None:
            raise Http404
    return found["measure"], found["area"]


def confirm_alerts(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is to be confirmed; a press of the button confirms it, so no robot can."""
    subscription = alerts.asked_for(token, alerts.CONFIRM)
    if subscription is None:
        return render(request, "figures/alerts_gone.html", {"scope": PUBLIC}, status=404)
    if request.method == "POST":
        alerts.confirm(subscription)
    return render(request, "figures/alerts_confirm.html", _context(request, subscription))


@csrf_exempt  # a mail program presses this on its own: RFC 8058
def stop_alerts(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is to be stopped; a press of the button, or the mail program's own, stops it."""
    subscription = alerts.asked_for(token, alerts.STOP)
    if subscription is None:
        return render(request, "figures/alerts_gone.html", {"scope": PUBLIC}, status=404)
    context = _context(request, subscription)
    if request.method == "POST":
        subscription.delete()
    return render(request, "figures/alerts_stop.html", context)


def _context(request: HttpRequest, subscription: Any) -> dict[str, Any]:
    return {
        "scope": PUBLIC,
        "about": alerts.about_words(subscription.measure, subscription.area),
        "done": request.method == "POST",
    }
