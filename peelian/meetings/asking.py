"""A page that asks one thing about a meeting or what it follows, and does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from peelian.pages.forms import tell
from peelian.record.errors import RecordError
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Question:
    """What the page says around its form: `done` once it is done, `above` where it stands."""

    title: Any
    about: str
    button: Any
    done: Any
    back_url: str
    above: Sequence[tuple[Any, str]]
    quoted: str = ""


def ask(
    request: HttpRequest, question: Question, form: forms.Form, do: Callable[[Any], str]
) -> HttpResponse:
    """Return the page of a form. What is filled in well is done by whoever asked.

    `do` takes the user and returns the address to go on to; what it refuses stands on the form.
    """
    if request.method == "POST" and form.is_valid():
        try:
            address = do(request.user)
        except RecordError as error:
            tell(form, error)
        else:
            messages.success(request, question.done)
            return redirect(address)
    context = {"question": question, "form": form, "scope": Scope(request.user)}
    context["breadcrumbs"] = question.above
    return render(request, "meetings/ask.html", context)
