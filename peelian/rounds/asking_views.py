"""The office's pages of asking: open a round, ask its owners, see what came in and follow it up."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.pages.forms import press, tell
from peelian.pages.views import find
from peelian.promises import operations
from peelian.promises.kinds import ROUND
from peelian.promises.models import UpdateRound
from peelian.record.errors import Invalid, RecordError
from peelian.record.scope import Scope
from peelian.rounds import inviting
from peelian.rounds.asking import Asked, Plan, plan_of
from peelian.rounds.following import invitations_of
from peelian.rounds.forms import RoundForm
from peelian.rounds.inviting import Sent
from peelian.rounds.standing import Count, standing_of


def open_round(request: HttpRequest) -> HttpResponse:
    """Ask for a round's plan, scope and days, and open it; nobody is written to yet."""
    scope = Scope(request.user)
    before = request.GET.get("after", "")
    form = RoundForm(
        scope,
        request.POST if request.method == "POST" else None,
        before=_round(before, scope) if before else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            opened = operations.open_round(**form.cleaned_data, by=cast(Any, request.user))
        except RecordError as error:
            tell(form, error)
        else:
            return redirect("office-round-ask", opened.reference)
    context = {"scope": scope, "form": form, "breadcrumbs": _breadcrumbs()}
    return render(request, "rounds/open.html", context)


def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what is asked of whom; keep the owners' addresses, and write to them on a press."""
    scope = Scope(request.user)
    round_ = _round(reference, scope)
    plan = plan_of(round_, scope)
    errors: dict[int, str] = {}
    if request.method == "POST":
        errors = _keep_addresses(request, plan)
        if not errors:
            if request.POST.get("step") == "send":
                waiting = plan_of(round_, scope).waiting
                sent = inviting.ask_owners(round_, waiting, by=cast(Any, request.user))
                _say(request, sent)
            return redirect("office-round-ask", reference)
    rows = [(one, *_shown(request, one, errors)) for one in plan.asked]
    ready = [one for one in plan.waiting if one.email]
    context = {
        "scope": scope,
        "round": round_,
        "plan": plan,
        "rows": rows,
        "ready": len(ready),
        "wrong": [(one, said) for one, _email, _name, said in rows if said],
        "form": {"errors": errors},
        "breadcrumbs": _breadcrumbs(round_),
    }
    return render(request, "rounds/ask.html", context, status=400 if errors else 200)


def answers(request: HttpRequest, reference: str) -> HttpResponse:
    """Show how far a round is and by whom; write again, close a link, let one live longer."""
    scope = Scope(request.user)
    round_ = _round(reference, scope)
    if request.method == "POST":
        press(request, lambda by: _follow_up(request, round_, by))
        return redirect("office-round-answers", reference)
    standing = standing_of(round_, scope)
    context = {
        "scope": scope,
        "round": round_,
        "standing": standing,
        "tables": [
            (_("By owner"), _columns(_("Owner")), _cells(standing.by_owner)),
            (_("By board"), _columns(_("Board")), _cells(standing.by_board)),
            (_("By objective"), _columns(_("Objective")), _cells(standing.by_objective)),
        ],
        "invitations": invitations_of(round_),
        "breadcrumbs": _breadcrumbs(round_),
    }
    return render(request, "rounds/answers.html", context)


def _columns(first: str) -> list[Any]:
    counted = (_("Lines"), _("In"), _("In time"), _("Still open"), _("Not theirs to answer"))
    return [first, *({"text": said, "numeric": True} for said in counted)]


def _cells(counts: list[Count]) -> list[list[Any]]:
    """Return counts as the rows of a table."""
    return [
        [
            count.title,
            *(
                {"text": number, "numeric": True}
                for number in (
                    count.asked,
                    count.came_in,
                    count.in_time,
                    count.open,
                    count.declined,
                )
            ),
        ]
        for count in counts
    ]


# ---- what the pages share ----


def _round(reference: str, scope: Scope) -> UpdateRound:
    return cast(UpdateRound, find(ROUND, reference, scope))


def _keep_addresses(request: HttpRequest, plan: Plan) -> dict[int, str]:
    """Keep the addresses that were typed, all or none; return what is wrong by owner."""
    changed = []
    errors: dict[int, str] = {}
    for one in plan.asked:
        email, name = _typed(request, one)
        if (email, name) == (one.email, one.name):
            continue
        try:
            inviting.require_address(email, name, optional=one.invitation is None)
        except Invalid as error:
            errors[one.owner.pk] = " ".join(" ".join(said) for said in error.errors.values())
        changed.append((one, email, name))
    for one, email, name in changed if not errors else ():
        by = cast(Any, request.user)
        inviting.keep_contact(one.owner, email=email, name=name, by=by)
        if one.invitation:
            inviting.readdress(one.invitation, email=email, name=name, by=by)
    return errors


def _typed(request: HttpRequest, one: Asked) -> tuple[str, str]:
    """Return the address and name typed for an owner; what is known where the form had none."""
    pk = one.owner.pk
    email, name = request.POST.get(f"email-{pk}"), request.POST.get(f"name-{pk}")
    return (
        one.email if email is None else email.strip(),
        one.name if name is None else name.strip(),
    )


def _shown(request: HttpRequest, one: Asked, errors: dict[int, str]) -> tuple[str, str, str]:
    """Return what the form shows of an owner: the address, the name, what is wrong."""
    if errors:
        return *_typed(request, one), errors.get(one.owner.pk, "")
    return one.email, one.name, ""


def _say(request: HttpRequest, sent: Sent) -> None:
    if sent.asked:
        told = ngettext(
            "%(count)d owner has been written to.",
            "%(count)d owners have been written to.",
            len(sent.asked),
        )
        messages.success(request, told % {"count": len(sent.asked)})
    if sent.failed:
        told = _("The mail to %(who)s did not leave. Try again.")
        messages.error(request, told % {"who": ", ".join(sent.failed)})
    if not sent.asked and not sent.failed:
        messages.info(request, _("There is nobody to write to: give an address first."))


def _follow_up(request: HttpRequest, round_: UpdateRound, by: Any) -> str:
    """Do what a button beside an invitation asks; return what is to be said."""
    invitation = next(
        (i for i in invitations_of(round_) if str(i.pk) == request.POST.get("invitation")), None
    )
    step = request.POST.get("step")
    if invitation is None:
        return ""
    who = {"email": invitation.email}
    if step == "again":
        sent = inviting.send_again(invitation, by=by)
        if sent.failed:
            messages.error(request, _("The mail to %(email)s did not leave. Try again.") % who)
            return ""
        return _("%(email)s has been written to again.") % who
    if step == "revoke":
        inviting.revoke(invitation, by=by)
        return _("The links of %(email)s are closed.") % who
    if step == "extend":
        inviting.extend(invitation, by=by)
        return _("The links of %(email)s work longer.") % who
    return ""


def _breadcrumbs(round_: UpdateRound | None = None) -> list[tuple[str, str]]:
    crumbs = [
        (_("Back office"), reverse("office-home")),
        (str(ROUND.plural), reverse("office-rounds-list")),
    ]
    if round_:
        crumbs.append((round_.title, round_.get_office_url()))
    return crumbs
