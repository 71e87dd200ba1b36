"""Asking to be told by e-mail, confirming it and stopping it: small public pages, by links.

No area has pages of its own for this; its routes hand over what it tells (`Letters`).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from peelian.pages import subscriptions
from peelian.pages.subscriptions import CONFIRM, STOP, Letters
from peelian.record.models import Record
from peelian.record.scope import PUBLIC


class AskForm(forms.Form):
    """The address to tell."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We use it for this alone, and delete it when you say stop."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )


def ask(
    request: HttpRequest,
    letters: Letters,
    template: str,
    back: Record,
    *,
    form_class: type[AskForm] = AskForm,
    **about: Any,
) -> HttpResponse:
    """Ask for an address, and mail it a link. What is said then is the same for every address.

    What else a form asks for is a column of the subscription.
    """
    form = form_class(request.POST or None)
    words = letters.model(**about).about
    context = {"scope": PUBLIC, "about": words, "form": form, "back": back}
    if request.method == "POST" and form.is_valid():
        subscriptions.ask(letters, **form.cleaned_data, **about)
        return render(request, "pages/subscribe_asked.html", context)
    return render(request, template, context)


def confirm(request: HttpRequest, token: str, letters: Letters) -> HttpResponse:
    """Show what is to be confirmed; a press of the button confirms it, so no robot can."""
    subscription = letters.found(token, CONFIRM)
    if subscription is None:
        return _gone(request)
    if request.method == "POST":
        subscriptions.confirm(subscription)
    about = {"about": subscription.about}
    words = {"question": str(letters.question) % about, "promise": str(letters.promise) % about}
    context = _context(request, letters, subscription) | words
    return render(request, "pages/subscribe_confirm.html", context)


@csrf_exempt  # a mail program presses this on its own: RFC 8058
def stop(request: HttpRequest, token: str, letters: Letters) -> HttpResponse:
    """Show what is to be stopped; a press of the button, or the mail program's own, stops it."""
    subscription = letters.found(token, STOP)
    if subscription is None:
        return _gone(request)
    context = _context(request, letters, subscription)
    if request.method == "POST":
        subscription.delete()
    return render(request, "pages/subscribe_stop.html", context)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/subscribe_gone.html", {"scope": PUBLIC}, status=404)


def _context(request: HttpRequest, letters: Letters, subscription: Any) -> dict[str, Any]:
    return {
        "scope": PUBLIC,
        "title": letters.title,
        "about": subscription.about,
        "done": request.method == "POST",
    }
