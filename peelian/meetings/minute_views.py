"""The page on which the minutes of a meeting are taken: attendance, then item by item."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.meetings.declaring_views import offer_forms
from peelian.meetings.kinds import MEETING
from peelian.meetings.matter_sections import FOLLOW
from peelian.meetings.minute_forms import AttendanceForm, MeetingForm
from peelian.meetings.minute_page import FURTHER, Line, further, lines_of, seats_of
from peelian.meetings.minute_step_views import steps_open
from peelian.meetings.minute_taking import record_attendance, write_minute
from peelian.meetings.minutes_words import standing_now
from peelian.meetings.models import Meeting
from peelian.pages import views
from peelian.pages.forms import number, tell, typed, wants_json
from peelian.pages.views import find_as
from peelian.people.kinds import BODY, ROLE
from peelian.record.access import may
from peelian.record.errors import Invalid, RecordError, Stale
from peelian.record.kinds import Kind
from peelian.record.models import Record
from peelian.record.scope import Scope


def edit_meeting(request: HttpRequest, kind: Kind, reference: str = "") -> HttpResponse:
    """Create a meeting, or change one; how far its minutes are is not typed, but done."""
    return views.edit(request, kind, reference, form_class=MeetingForm)


def show_minutes(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a meeting's attendance and its agenda, each item with its minute to be written."""
    scope = Scope(request.user)
    meeting = find_as(Meeting, MEETING, reference, scope)
    lines = lines_of(meeting, scope)
    return _page(request, meeting, lines, AttendanceForm(seats_of(meeting, scope), scope))


def save_attendance(request: HttpRequest, reference: str) -> HttpResponse:
    """Save who was there, all in one; what was chosen stays on the page where it is refused."""
    if request.method != "POST":
        return redirect("office-minutes-take", reference)
    scope = Scope(request.user)
    meeting = find_as(Meeting, MEETING, reference, scope)
    form = AttendanceForm(seats_of(meeting, scope), scope, request.POST)
    status = 400
    if form.is_valid():
        actor: Any = request.user
        try:
            record_attendance(meeting, form.answers(), by=actor)
        except RecordError as error:
            status = 409 if isinstance(error, Stale) else 400
            tell(form, error)
            if not isinstance(error, Invalid):
                form.read_at_newest()
        else:
            messages.success(request, _("Attendance saved."))
            return redirect(f"{reverse('office-minutes-take', args=[reference])}#attendance")
    return _page(request, meeting, lines_of(meeting, scope), form, status)


def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Save one minute; where it is refused, what was typed stays, beside what is there now."""
    if request.method != "POST":
        return redirect("office-minutes-take", reference)
    scope = Scope(request.user)
    meeting = find_as(Meeting, MEETING, reference, scope)
    lines = lines_of(meeting, scope)
    line = _asked(request, meeting, lines)
    names = ("title", "text", "decision", "version")
    title, text, decision, version = (typed(request, name) for name in names)
    actor: Any = request.user
    try:
        saved = write_minute(
            meeting,
            line.item or line.minute,
            title=title.strip(),
            text=text.strip(),
            decision=decision.strip(),
            version=number(version),
            by=actor,
        )
    except RecordError as error:
        status = _explain(line, error, title, text, decision)
        if wants_json(request):
            return JsonResponse(_refused(line), status=status)
        form = AttendanceForm(seats_of(meeting, scope), scope)
        return _page(request, meeting, lines, form, status)
    key = f"minute-{saved.pk}" if line.key == FURTHER else line.key
    if wants_json(request):
        said = {"version": str(saved.version), "line": key, "is_new": line.minute is None}
        return JsonResponse(said)
    messages.success(request, _("Minute %(number)s saved.") % {"number": saved.number})
    return redirect(f"{reverse('office-minutes-take', args=[reference])}#{key}")


def _asked(request: HttpRequest, meeting: Meeting, lines: list[Line]) -> Line:
    """Return the line that a form is of. Raises Http404."""
    wanted = request.POST.get("line", "")
    if wanted == FURTHER:
        lines.append(further(meeting))
    for line in lines:
        if line.key == wanted:
            return line
    raise Http404


def _explain(line: Line, error: RecordError, title: str, text: str, decision: str) -> int:
    """Put what went wrong into the line with what was typed; return the HTTP status for it."""
    if isinstance(error, Stale):
        line.theirs = "\n\n".join(one for one in (line.text, line.decision) if one)
    line.title, line.text, line.decision = title, text, decision
    if isinstance(error, Invalid):
        line.errors = {name: " ".join(said) for name, said in error.errors.items()}
        for name in set(line.errors) - {"title", "text", "decision"}:
            line.errors["text"] = line.errors.pop(name)
    else:
        line.errors = {"text": str(error)}
    return 409 if isinstance(error, Stale) else 400


def _refused(line: Line) -> dict[str, str]:
    """Return what the script shows of a save that was refused."""
    message = " ".join(line.errors.values())
    return {"message": message, "theirs": line.theirs, "version": line.version}


def _page(
    request: HttpRequest,
    meeting: Meeting,
    lines: list[Line],
    form: AttendanceForm,
    status: int = 200,
) -> HttpResponse:
    scope = Scope(request.user)
    if not any(line.key == FURTHER for line in lines):
        lines = [*lines, further(meeting)]
    may_write = may(request.user, "edit", MEETING.area) and not meeting.is_confirmed
    if may_write:
        offer_forms(lines, meeting, form.seats, scope)
    may_follow = may(request.user, *FOLLOW)
    owners = scope.see(Record.objects.filter(kind__in=(ROLE.name, BODY.name)))
    context = {
        "scope": scope,
        "meeting": meeting,
        "lines": lines,
        "form": form,
        "may_write": may_write,
        "may_follow": may_follow,
        "may_read_exempt": may(request.user, "manage", MEETING.area),
        "owners": list(owners.order_by("kind", "sort_key")) if may_follow else [],
        "standing": standing_now(meeting, scope),
        "steps": steps_open(meeting, request.user),
        "breadcrumbs": [
            (_("Meetings"), reverse("office-meetings-list")),
            (meeting.title, meeting.get_office_url()),
        ],
    }
    return render(request, "meetings/minutes_take.html", context, status=status)
