"""The back office's pages of returns: a file is sent, seen through, then loaded or cancelled."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peelian.config.uploads import MOST_BYTES, is_too_long
from peelian.figures import waiting
from peelian.figures.dashboard import also_here
from peelian.figures.load import Given, NotAsAgreed, Outcome, load_return
from peelian.figures.preview_words import given_words, preview_words
from peelian.figures.returns import late_words, newest_returns
from peelian.intake.layouts import LAYOUTS
from peelian.intake.opening import ENDINGS
from peelian.intake.tables import Problem, Rejected
from peelian.pages.tables import number
from peelian.people.models import User
from peelian.record import clock
from peelian.record.scope import Scope

MOST_TOLD = 50
TOO_LONG = gettext_lazy(
    "Choose a file of at most 20 MB. A longer one can be loaded with the command line."
)


class ReturnForm(forms.Form):
    """A file of figures, and what is said of it as a whole."""

    file = forms.FileField(
        label=gettext_lazy("Return"),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )
    as_at = forms.DateField(
        label=gettext_lazy("As at"),
        required=False,
        help_text=gettext_lazy(
            "The day these figures were known, for example 5/12/2025. Not needed where the file "
            "has a column as_at."
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "Who says so, for example Force performance return. Not needed where the file has a "
            "column source."
        ),
    )
    layout = forms.ChoiceField(label=gettext_lazy("Layout"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        known = [(name, f"{one.says[:1].upper()}{one.says[1:]}") for name, one in LAYOUTS.items()]
        fields: dict[str, Any] = self.fields
        taken = ", ".join(ending.removeprefix(".").upper() for ending in ENDINGS)
        fields["file"].help_text = _("One of %(taken)s, at most 20 MB.") % {"taken": taken}
        fields["layout"].choices = [("", _("Work it out from the columns")), *known]

    def clean_file(self) -> UploadedFile:
        """Refuse what is too long to be looked at while somebody waits."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_LONG)
        return file

    def clean_as_at(self) -> dt.date | None:
        """Refuse a day to come: figures cannot be known by then yet."""
        day: dt.date | None = self.cleaned_data["as_at"]
        if day and day > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return day


def bring_return(request: HttpRequest) -> HttpResponse:
    """Take a file and lead to its preview; say what is wrong with one that is refused."""
    by: Any = request.user
    waiting.sweep(by)
    sent = request.method == "POST"
    form = ReturnForm(request.POST, request.FILES) if sent else ReturnForm()
    problems: list[Problem] = []
    if sent and is_too_long(request.META):
        form.errors["file"] = form.error_class([str(TOO_LONG)])
    elif sent and form.is_valid():
        kept, problems = _looked_at(form, by)
        if kept:
            return redirect("office-return", kept.token)
    scope = Scope(by)
    context = {
        "scope": scope,
        "form": form,
        "also": also_here(by),
        **_told(problems[:MOST_TOLD]),
        "more_problems": len(problems) - MOST_TOLD,
        "late": late_words(scope),
        "returns": newest_returns(),
    }
    return render(request, "figures/returns.html", context)


def _told(problems: list[Problem]) -> dict[str, Any]:
    """Return a table of problems; it names the sheet, or the file of an archive, if any does."""
    head = [_("Row"), _("Column"), _("Found"), _("Expected")]
    rows = [
        [f"{p.row:,}" if p.row else "–", p.column or "–", p.found, p.expected] for p in problems
    ]
    if any(p.file for p in problems):
        head.insert(0, _("Sheet or file"))
        rows = [[p.file or "–", *row] for p, row in zip(problems, rows, strict=True)]
    return {"problems_head": head, "problems": rows}


def _looked_at(form: ReturnForm, by: User) -> tuple[waiting.Waiting | None, list[Problem]]:
    """Keep the file with its preview. Where it is refused nothing is kept, and the form says so."""
    said = form.cleaned_data
    kept = waiting.keep(said["file"], by=by)
    given = Given(said["layout"], said["as_at"], said["source"], dry_run=True)
    try:
        outcome = load_return(kept.file, given, by=by)
        if not outcome.repeated:
            waiting.note(kept, _about(given, outcome), by=by)
            return kept, []
    except Rejected as error:
        form.add_error("file", _refused(kept.file.name, len(error.problems)))
        waiting.discard(kept)
        name = kept.file.name
        return None, [
            replace(one, file=one.file.removeprefix(name).removeprefix(", "))
            for one in error.problems
        ]
    form.add_error("file", _repeated(outcome))
    waiting.discard(kept)
    return None, []


def _refused(name: str, count: int) -> str:
    return ngettext(
        "%(name)s is refused: %(count)s thing is wrong with it. Nothing of it was stored.",
        "%(name)s is refused: %(count)s things are wrong with it. Nothing of it was stored.",
        count,
    ) % {"name": name, "count": count}


def _repeated(outcome: Outcome) -> str:
    earlier = outcome.repeated
    if earlier is None:
        return ""
    return _("The very same file came in on %(day)s, loaded by %(who)s.") % {
        "day": date_format(earlier.loaded_at, "j F Y"),
        "who": earlier.loaded_by,
    }


def _about(given: Given, outcome: Outcome) -> dict[str, Any]:
    """Return what is kept with a file: what was said of it, and its preview in words."""
    return {
        "layout": given.layout,
        "as_at": given.as_at.isoformat() if given.as_at else "",
        "source": given.source,
        "given": given_words(LAYOUTS[outcome.layout].says, given.as_at, given.source),
        "preview": preview_words(outcome),
    }


def confirm_return(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a return would do; load it, or throw it away."""
    by: Any = request.user
    kept = waiting.find(token, by=by)
    if kept is None:
        messages.warning(
            request,
            _("This file no longer waits: it was loaded or cancelled, or a day has gone by."),
        )
        return redirect("office-returns")
    if request.method == "POST" and request.POST.get("step") == "cancel":
        waiting.discard(kept)
        messages.info(request, _("Cancelled. Nothing was stored."))
        return redirect("office-returns")
    if request.method == "POST":
        return _load(request, kept, by)
    context = {
        "scope": Scope(by),
        "about": kept.about,
        "preview": kept.about["preview"],
        "counts_head": [_("Values"), number(_("How many")), _("What happens")],
        "lines_head": [
            _("Measure"),
            number(_("This return")),
            number(_("Shown until now")),
            number(_("The period before")),
            number(_("Change on that")),
        ],
        "revisions_head": [
            _("Measure and area"),
            _("Period"),
            number(_("Shown until now")),
            number(_("This return")),
            number(_("Row")),
        ],
    }
    return render(request, "figures/return.html", context)


def _load(request: HttpRequest, kept: waiting.Waiting, by: User) -> HttpResponse:
    """Load a file that was agreed to; where the record has moved on, lead back to its preview."""
    about = kept.about
    as_at = dt.date.fromisoformat(about["as_at"]) if about["as_at"] else None
    agreed = about["preview"]["mark"]
    given = Given(about["layout"], as_at, about["source"], agreed=agreed)
    try:
        outcome = load_return(kept.file, given, by=by)
    except NotAsAgreed as error:
        waiting.note(kept, _about(given, error.outcome), by=by)
        messages.warning(
            request,
            _("%(what)s Nothing was loaded. This is what the return would do now.")
            % {"what": str(error)},
        )
        return redirect("office-return", kept.token)
    except Rejected as error:
        waiting.discard(kept)
        messages.error(
            request, f"{_refused(kept.file.name, len(error.problems))} {error.problems[0]}"
        )
        return redirect("office-returns")
    waiting.discard(kept)
    if outcome.repeated:
        messages.warning(request, _repeated(outcome))
    else:
        messages.success(request, _done(outcome))
    return redirect("office-returns")


def _done(outcome: Outcome) -> str:
    return _(
        "%(file)s is loaded: %(new)s new, %(revised)s revised, %(same)s stored already. What it "
        "touches has been assessed anew."
    ) % {
        "file": outcome.file,
        "new": f"{outcome.new:,}",
        "revised": f"{outcome.revised:,}",
        "same": f"{outcome.same:,}",
    }
