"""An owner's page, without login: say who you are once, then answer line by line.

Works in any browser, without JavaScript. A link that is unknown, has run out or was closed by the
office gives the same page, so that trying tells nobody anything.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from peelian.config.uploads import is_too_long
from peelian.intake.tables import Problem, Rejected
from peelian.pages.attachments import as_file
from peelian.pages.export import XLSX
from peelian.pages.forms import number, typed
from peelian.promises.models import Progress, Release
from peelian.record.errors import Invalid, RecordError
from peelian.record.scope import PUBLIC
from peelian.rounds import incoming, inviting, letters, links
from peelian.rounds.forms import CodeForm
from peelian.rounds.models import Answer, Invitation
from peelian.rounds.operations import decline, holder_of, take_answer
from peelian.rounds.own_lines import OwnLine, OwnLines, read_own_lines

View = Callable[..., HttpResponse]
# What an owner may say of a line; that it is superseded is for the office.
STATUSES = [choice for choice in Progress.choices if choice[0] != Progress.SUPERSEDED]
RELEASES = [
    (Release.PUBLIC, gettext_lazy("Everyone, once the office has approved it")),
    (Release.PANEL, gettext_lazy("The panel in private")),
    (Release.INTERNAL, gettext_lazy("The office only")),
]


def _private(view: View) -> View:
    """Keep a page out of caches, search engines and the referrer of whatever it leads to.

    Django's token against forged forms needs that referrer; the forms here carry a key instead.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        response = view(request, *args, **options)
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return csrf_exempt(kept)


@_private
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show an owner's lines; before that, let whoever opens the link say who they are."""
    invitation = links.found(token)
    if invitation is None:
        return _no_such_link(request)
    if not links.is_let_in(request, invitation):
        return _who_is_it(request, token, invitation)
    lines = read_own_lines(invitation)
    if request.method != "POST":
        return _page(request, token, lines, saved=request.GET.get("saved", ""))
    if request.POST.get("step") != "finish" or not links.is_own_form(request, invitation):
        return _to(token)
    inviting.finish(invitation, by=holder_of(invitation))
    return render(request, "rounds/finished.html", _context(token, lines))


@_private
def answer_line(request: HttpRequest, token: str, activity: str) -> HttpResponse:
    """Take what came in for one line: an update, no change, that it is another's, or nobody's."""
    invitation = links.found(token)
    if invitation is None:
        return _no_such_link(request)
    if request.method != "POST":
        return _to(token)
    if not links.is_let_in(request, invitation):  # what was typed stays in the browser
        return _who_is_it(request, token, invitation, status=403)
    lines = read_own_lines(invitation)
    line = lines.line(activity)
    if line is None or not links.is_own_form(request, invitation):
        return _page(request, token, lines, status=400)
    if request.POST.get("step") == "look":
        return _remarks(request, invitation, line)
    if links.too_many(f"answer/{invitation.pk}", links.MOST_SAVED):
        line.row.note = _("That was very much in one hour. Wait a little, then save again.")
        return _page(request, token, lines, status=429)
    step = _STEPS.get(request.POST.get("step", ""), _save)
    try:
        step(request, invitation, line)
    except RecordError as error:
        lines = read_own_lines(invitation)
        status = _explain(request, lines.line(activity) or line, error)
        return _page(request, token, lines, status=status)
    return _to(token, f"?saved={activity}#{line.anchor}")


@_private
def sheet(request: HttpRequest, token: str) -> HttpResponse:
    """Give an owner the sheet of their lines; take it back and show what came of each line."""
    invitation = links.found(token)
    if invitation is None:
        return _no_such_link(request)
    if not links.is_let_in(request, invitation):
        return _who_is_it(request, token, invitation)
    if request.method != "POST":
        name = f"{invitation.round.reference}.xlsx"
        return as_file(incoming.sheet_for(invitation), XLSX, name)
    lines = read_own_lines(invitation)
    if not links.is_own_form(request, invitation):
        return _page(request, token, lines, status=400)
    if links.too_many(f"answer/{invitation.pk}", links.MOST_SAVED):
        return _sheet_page(request, token, lines, [], _("Wait a little, then send it again."))
    file = request.FILES.get("file")
    if file is None or is_too_long(request.META):
        return _sheet_page(request, token, lines, [], _("Choose a sheet of at most 20 MB."))
    try:
        merged = incoming.take_own_sheet(invitation, file.name or "", file.read())
    except Rejected as error:
        said = _("The sheet is refused. Nothing of it was kept.")
        return _sheet_page(request, token, lines, error.problems, said)
    context = _context(token, lines) | {"merged": merged, "scope": PUBLIC}
    return render(request, "rounds/own_sheet.html", context)


def _sheet_page(
    request: HttpRequest, token: str, lines: OwnLines, problems: list[Problem], wrong: str
) -> HttpResponse:
    context = _context(token, lines) | incoming.told(problems) | {"wrong": wrong}
    return render(request, "rounds/own_sheet.html", context, status=400)


# ---- what is done with a line ----


def _remarks(request: HttpRequest, invitation: Invitation, line: OwnLine) -> HttpResponse:
    """Return what the checks remark on what is being written, as a fragment; saves nothing."""
    if links.too_many(f"look/{invitation.pk}", links.MOST_LOOKED):
        return HttpResponse(status=429)
    line.row.keep_typed(typed(request, "progress"), typed(request, "text"))
    line.row.read_through(invitation.round.as_at, PUBLIC)
    return render(request, "promises/remarks.html", {"remarks": line.row.remarks})


def _save(request: HttpRequest, invitation: Invitation, line: OwnLine) -> None:
    take_answer(
        invitation,
        line.row.promise,
        progress=typed(request, "progress"),
        text=typed(request, "text"),
        release=typed(request, "release"),
        version=number(typed(request, "version")),
        way=Answer.Way.LINK,
        by=holder_of(invitation),
    )


def _no_change(request: HttpRequest, invitation: Invitation, line: OwnLine) -> None:
    """Say again what the last official update said."""
    before = line.row.previous
    if before is None:
        raise Invalid({"text": [_("There is no earlier update: write what has happened.")]})
    take_answer(
        invitation,
        line.row.promise,
        progress=before.progress,
        text=before.text,
        release=before.release,
        version=number(typed(request, "version")),
        way=Answer.Way.LINK,
        by=holder_of(invitation),
        form=Answer.Form.NO_CHANGE,
    )


def _decline(request: HttpRequest, invitation: Invitation, line: OwnLine) -> None:
    reason = typed(request, "reason")
    by = holder_of(invitation)
    decline(invitation, line.row.promise, reason=reason, way=Answer.Way.LINK, by=by)


def _hand_on(request: HttpRequest, invitation: Invitation, line: OwnLine) -> None:
    inviting.hand_on(
        invitation,
        line.row.promise,
        email=typed(request, "email"),
        name=typed(request, "name"),
        way=Answer.Way.LINK,
        by=holder_of(invitation),
    )


_STEPS = {"save": _save, "no-change": _no_change, "decline": _decline, "hand-on": _hand_on}


def _explain(request: HttpRequest, line: OwnLine, error: RecordError) -> int:
    """Put what went wrong into the line with what was typed; return the HTTP status for it."""
    row = line.row
    if "text" in request.POST:
        row.keep_typed(*(typed(request, name) for name in ("progress", "text", "release")))
    line.typed = {name: typed(request, name) for name in ("reason", "email", "name")}
    status = row.refuse(error)
    if status == 409:
        row.note = _("Somebody else saved this line while you were writing. Yours is still here.")
    return status


# ---- who is it ----


def _who_is_it(
    request: HttpRequest, token: str, invitation: Invitation, *, status: int = 200
) -> HttpResponse:
    """Mail a code to the invited address, and let in whoever gives it."""
    step = request.POST.get("step", "")
    form = CodeForm(request.POST if step in ("send", "enter") else None)
    wrong = ""
    if step == "send":
        form = CodeForm()
        wrong = _send_code(request, invitation)
    elif step == "enter" and form.is_valid():
        if links.is_code(invitation, form.cleaned_data["code"]):
            response = _to(token)
            links.let_in(response, invitation)
            return response
        form.add_error(
            "code", _("That is not the code, or it is too old. You can ask for another.")
        )
    is_sent = step in ("send", "enter") and not wrong
    context = {
        "scope": PUBLIC,
        "address": _hidden(invitation.email),
        "page": _address(token),
        "form": form,
        "is_sent": is_sent,
        "wrong": wrong,
    }
    status = 400 if wrong or form.errors else status
    return render(request, "rounds/who.html", context, status=status)


def _send_code(request: HttpRequest, invitation: Invitation) -> str:
    """Mail a code; return what is wrong where none is sent."""
    asked_from = f"asked-from/{links.network_of(request)}"
    is_over = links.too_many(asked_from, links.MOST_ASKED)
    code = "" if is_over else links.new_code(invitation)
    if not code:
        return _("Too many codes were asked for. Try again in an hour.")
    try:
        letters.send_code(invitation, code)
    except letters.NOT_SENT:
        return _("The mail did not leave. Try again in a minute.")
    return ""


def _no_such_link(request: HttpRequest) -> HttpResponse:
    unknown_from = f"unknown-from/{links.network_of(request)}"
    status = 429 if links.too_many(unknown_from, links.MOST_UNKNOWN) else 404
    return render(request, "rounds/no_such_link.html", {"scope": PUBLIC}, status=status)


def _hidden(email: str) -> str:
    """Return an address that its owner knows again, and nobody else learns."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"


# ---- what the pages share ----


def _page(
    request: HttpRequest, token: str, lines: OwnLines, *, status: int = 200, saved: str = ""
) -> HttpResponse:
    wrong = [line for line in lines.lines if line.row.errors or line.row.theirs or line.row.note]
    for line in lines.lines:
        if line in wrong or line.row.promise.reference == saved:
            line.row.read_through(lines.invitation.round.as_at, PUBLIC)
    context = _context(token, lines) | {
        "saved": saved,
        "wrong": wrong,
        "form": {"errors": wrong},
        "key": links.form_key(lines.invitation),
        "statuses": STATUSES,
        "releases": RELEASES,
    }
    return render(request, "rounds/answer.html", context, status=status)


def _context(token: str, lines: OwnLines) -> dict[str, Any]:
    return {
        "scope": PUBLIC,
        "lines": lines,
        "invitation": lines.invitation,
        "round": lines.invitation.round,
        "token": token,
        "page": _address(token),
    }


def _address(token: str) -> str:
    return reverse("answer", args=[token])


def _to(token: str, place: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(_address(token) + place)
