"""A meeting as it is prepared and recorded: its themes, answers, the brief and the evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.blocks import Document
from peelian.documents import html
from peelian.holding.answering import record_answer
from peelian.holding.asked import Taken, taken
from peelian.holding.brief import brief
from peelian.holding.evidence import Bundle, bundles
from peelian.holding.evidence_blocks import GROUPS, bundle_document
from peelian.holding.forms import AnswerForm, NoteForm
from peelian.holding.kinds import ENQUIRY, NOTE, THEME
from peelian.holding.models import Answer, Enquiry, HoldingNote, Theme
from peelian.holding.note import themes_at
from peelian.holding.operations import parts_of
from peelian.holding.picking import pick_evidence
from peelian.meetings.kinds import MEETING, PUBLIC_QUESTION
from peelian.meetings.models import Meeting
from peelian.pages.attachments import send_draft
from peelian.pages.forms import number, press, read_at, tell
from peelian.pages.views import find_as
from peelian.record import clock
from peelian.record.access import may
from peelian.record.errors import RecordError, Stale
from peelian.record.models import Status
from peelian.record.scope import Scope


def _above(*steps: tuple[str, str]) -> list[tuple[Any, str]]:
    return [(_("Holding to account"), reverse("office-holding")), *steps]


def show_meeting(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a meeting's themes with what is asked and answered, and how far its note is."""
    scope = Scope(request.user)
    meeting = find_as(Meeting, MEETING, reference, scope)
    themes = themes_at(meeting, scope)
    note = scope.of(NOTE).filter(parent=meeting).exclude(status=Status.WITHDRAWN).first()
    is_over = meeting.held_on <= clock.today()
    may_edit = may(request.user, "edit", THEME.area)
    context = {
        "scope": scope,
        "meeting": meeting,
        "themes": themes,
        "questions": list(scope.of(PUBLIC_QUESTION).filter(parent=meeting).order_by("pk")),
        "is_over": is_over,
        "may_answer": may_edit and is_over,
        "may_edit": may_edit,
        "may_approve": may(request.user, "approve", THEME.area),
        "note": note,
        "waits": _waits(note),
        "answered": sum(one.answered for one in themes),
        "unpublished": sum(1 for part in parts_of(meeting) if part.status != Status.PUBLISHED),
        "form": NoteForm(initial={"introduction": note.introduction if note else ""}),
        "breadcrumbs": _above((meeting.title, meeting.get_office_url())),
    }
    return render(request, "holding/meeting.html", context)


def _waits(note: HoldingNote | None) -> bool:
    """Return whether an issue of the note is written that the public does not read yet."""
    return note is not None and note.waiting() is not None


# ---- answers ----


def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the answer to an enquiry beside what was said before, and put it on the record."""
    scope = Scope(request.user)
    enquiry = find_as(Enquiry, ENQUIRY, reference, scope)
    theme = find_as(Theme, THEME, enquiry.parent.reference if enquiry.parent else "", scope)
    [one] = taken([theme], scope)
    asked = next(each for each in one.asked if each.enquiry.pk == enquiry.pk)
    known = asked.said.answer if asked.said else None
    form = AnswerForm(scope, request.POST or None, initial=_initial(known, asked.answerer))
    back = theme.get_office_url()
    if one.meeting:
        back = reverse("office-holding-meeting", args=[one.meeting.reference])
    if request.method == "POST" and form.is_valid():
        try:
            record_answer(
                enquiry,
                form.values(),
                version=form.cleaned_data["version"] or None,
                promised=form.promise(),
                by=_user(request),
            )
        except Stale as error:
            form.add_error(None, str(error) + " " + _("What is on the record now stands above."))
            read_at(form, version=known.version if known else None)
        except RecordError as error:
            tell(form, error)
        else:
            messages.success(request, _("The answer is on the record."))
            return redirect(f"{back}#enquiry-{enquiry.pk}")
    context = {
        "scope": scope,
        "asked": asked,
        "one": one,
        "form": form,
        "back": back,
        "breadcrumbs": _above((theme.title, theme.get_office_url())),
    }
    return render(request, "holding/answer.html", context)


def _initial(known: Answer | None, answerer: Any) -> dict[str, Any]:
    if known is None:
        can = answerer is not None and answerer.kind in ("person", "role")
        return {"answered_by": answerer.pk if can else None}
    names = ("text", "outcome", "finding", "version")
    return {name: getattr(known, name) for name in names} | {"answered_by": known.answered_by_id}


def _user(request: HttpRequest) -> Any:
    return request.user


# ---- evidence ----


def _day_of(meeting: Meeting | None) -> dt.date:
    """Return the day up to which evidence is known: that of the meeting, at most today."""
    return min(clock.today(), meeting.held_on) if meeting else clock.today()


def _of_theme(theme: Theme, scope: Scope) -> tuple[Bundle, Taken]:
    [one] = taken([theme], scope)
    [bundle] = bundles([theme], _day_of(one.meeting), scope)
    return bundle, one


def _theme_document(reference: str, scope: Scope) -> tuple[Theme, Bundle, Document]:
    theme = find_as(Theme, THEME, reference, scope)
    bundle, one = _of_theme(theme, scope)
    return theme, bundle, bundle_document([bundle], [one], about=theme.title, day=bundle.day)


def show_evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the evidence bundle of a theme, and let an officer pick what stands in it."""
    scope = Scope(request.user)
    theme, bundle, document = _theme_document(reference, scope)
    here = reverse("office-theme-evidence", args=[reference])
    if request.method == "POST" and may(request.user, "edit", THEME.area):
        chosen = {pk for one in request.POST.getlist("take") if (pk := number(one))}

        def do(by: Any) -> str:
            changed = pick_evidence(theme, chosen=chosen, offered=bundle.offered, by=by)
            return _("The bundle is as you picked it: %(n)s changed.") % {"n": changed}

        press(request, do)
        return redirect(here)
    context = {
        "scope": scope,
        "theme": theme,
        "bundle": bundle,
        "groups": [(GROUPS[name], pieces) for name, pieces in bundle.groups.items() if pieces],
        "document": html.render(document),
        "may_edit": may(request.user, "edit", THEME.area),
        "breadcrumbs": _above((theme.title, theme.get_office_url())),
    }
    return render(request, "holding/evidence.html", context)


def download_evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the evidence bundle of a theme as a PDF."""
    _theme, _bundle, document = _theme_document(reference, Scope(request.user))
    return send_draft(document, f"evidence-{reference}.pdf")


def _meeting_document(meeting: Meeting, scope: Scope) -> Document:
    themes = themes_at(meeting, scope)
    day = _day_of(meeting)
    found = bundles([one.theme for one in themes], day, scope)
    return bundle_document(found, themes, about=meeting.title, day=day)


def show_meeting_evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the evidence bundles of all themes of a meeting."""
    says = (_("Evidence bundle"), "office-holding-evidence-pdf")
    return _shown(request, reference, _meeting_document, *says)


def download_meeting_evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the evidence bundles of all themes of a meeting as one PDF."""
    meeting, scope = _meeting(request, reference)
    return send_draft(_meeting_document(meeting, scope), f"evidence-{reference}.pdf")


# ---- the brief ----


def show_brief(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the commissioner's brief of a meeting."""
    says = (_("Commissioner’s brief"), "office-commissioner-brief-pdf")
    return _shown(request, reference, brief, *says)


def download_brief(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the commissioner's brief as a PDF of two pages."""
    meeting, scope = _meeting(request, reference)
    return send_draft(brief(meeting, scope), f"commissioners-brief-{reference}.pdf")


def _meeting(request: HttpRequest, reference: str) -> tuple[Meeting, Scope]:
    scope = Scope(request.user)
    return find_as(Meeting, MEETING, reference, scope), scope


def _shown(
    request: HttpRequest,
    reference: str,
    made: Callable[[Meeting, Scope], Document],
    title: str,
    route: str,
) -> HttpResponse:
    """Show a document about a meeting that is made when it is asked for."""
    meeting, scope = _meeting(request, reference)
    context = {
        "scope": scope,
        "meeting": meeting,
        "document": html.render(made(meeting, scope)),
        "title": title,
        "pdf_url": reverse(route, args=[reference]),
        "breadcrumbs": _above((meeting.title, reverse("office-holding-meeting", args=[reference]))),
    }
    return render(request, "holding/document.html", context)
