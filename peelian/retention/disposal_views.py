"""Proposing that records go, and a second person's decision; each page shows exactly what goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.record.access import may
from peelian.record.errors import Invalid, RecordError
from peelian.record.kinds import kind_of
from peelian.record.models import Record
from peelian.record.scope import Scope
from peelian.retention import operations, registers
from peelian.retention.forms import WhyForm
from peelian.retention.models import Proposal

MOST = 50


def propose(request: HttpRequest) -> HttpResponse:
    """Show what would go with some records, `?record=clock/2012-foi`, and propose that it go."""
    scope = Scope(request.user)
    sent = request.method == "POST"
    keys = (request.POST if sent else request.GET).getlist("record")
    try:
        records = registers.named(keys, scope)
    except (Record.DoesNotExist, Record.MultipleObjectsReturned):
        return _back(request, "office-retention", _("One of these records is no longer there."))
    if not 0 < len(records) <= MOST:
        return _back(request, "office-retention", _chosen_words())
    actor: Any = request.user

    def done(why: str) -> None:
        made = operations.propose(records, by=actor, why=why)
        messages.success(request, _proposed(len(made)))

    form = WhyForm(request.POST if sent else None)
    if sent and form.is_valid() and _done(form, done):
        return redirect("office-retention-proposals")
    previews = [registers.preview(record) for record in records]
    return _page(request, "propose", form, previews, "office-retention")


def list_proposals(request: HttpRequest) -> HttpResponse:
    """Show what waits for a second person."""
    user: Any = request.user
    scope = Scope(user)
    waiting = list(registers.proposals(scope))
    context = {
        "scope": scope,
        "rows": [(one, kind_of(one.record), scope.url(one.record)) for one in waiting],
        "may_dispose": may(user, "approve", operations.AREA),
        "may_keep": may(user, "edit", operations.AREA),
        "breadcrumbs": [(_("Retention"), reverse("office-retention"))],
    }
    return render(request, "retention/proposals.html", context)


def keep(request: HttpRequest) -> HttpResponse:
    """Take proposals off the list, `?proposal=3`, saying why: the records stay."""
    actor: Any = request.user

    def done(proposals: Sequence[Proposal], why: str) -> None:
        operations.keep_after_all(proposals, by=actor, why=why)
        messages.success(request, _("What was proposed stays on the record."))

    return _decide(request, "keep", done, "office-retention-proposals")


def dispose(request: HttpRequest) -> HttpResponse:
    """Show exactly what goes by some proposals, `?proposal=3`, and destroy it when confirmed."""
    actor: Any = request.user

    def done(proposals: Sequence[Proposal], why: str) -> None:
        made = operations.dispose_of(proposals, by=actor, why=why)
        messages.success(request, _disposed(len(made)))

    return _decide(request, "dispose", done, "office-retention-certificates")


def _decide(
    request: HttpRequest, step: str, act: Callable[[Sequence[Proposal], str], None], then: str
) -> HttpResponse:
    sent = request.method == "POST"
    numbers = [n for n in (request.POST if sent else request.GET).getlist("proposal") if _ok(n)]
    chosen = list(registers.proposals(Scope(request.user)).filter(pk__in=numbers))
    if len(chosen) != len(set(numbers)) or not 0 < len(chosen) <= MOST:
        return _back(request, "office-retention-proposals", _chosen_words())
    form = WhyForm(request.POST if sent else None)
    if sent and form.is_valid() and _done(form, lambda why: act(chosen, why)):
        return redirect(then)
    previews = [registers.preview_proposal(proposal) for proposal in chosen]
    return _page(request, step, form, previews, "office-retention-proposals")


def _ok(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) < 12


def _done(form: WhyForm, act: Callable[[str], None]) -> bool:
    """Return whether it was done, having told the form why not where it was not."""
    try:
        act(form.cleaned_data["why"])
    except Invalid as error:
        for said in error.errors.values():
            form.add_error("why", said)
    except RecordError as error:
        form.add_error(None, str(error))
    else:
        return True
    return False


def _page(
    request: HttpRequest,
    step: str,
    form: WhyForm,
    previews: Sequence[registers.Preview],
    back: str,
) -> HttpResponse:
    user: Any = request.user
    own = any(one.proposal and one.proposal.by == user.name for one in previews)
    open_now = not any(one.refused or one.has_changed for one in previews)
    context = {
        "scope": Scope(user),
        "step": step,
        "form": form,
        "previews": [(one, kind_of(one.record), _parts(one)) for one in previews],
        "own": own and step == "dispose",
        "is_open": step == "keep" or (open_now and not (own and step == "dispose")),
        "back_url": reverse(back),
        "breadcrumbs": [(_("Retention"), reverse("office-retention"))],
    }
    return render(request, "retention/decide.html", context)


def _parts(preview: registers.Preview) -> list[tuple[str, Record]]:
    return [(str(kind_of(one).label), one) for one in preview.contents.records]


def _back(request: HttpRequest, name: str, said: str) -> HttpResponse:
    messages.warning(request, said)
    return redirect(name)


def _chosen_words() -> str:
    return _("Choose between 1 and %(most)s from the list.") % {"most": MOST}


def _proposed(count: int) -> str:
    said = ngettext(
        "%(count)s record is proposed for disposal. Somebody else decides.",
        "%(count)s records are proposed for disposal. Somebody else decides.",
        count,
    )
    return said % {"count": count}


def _disposed(count: int) -> str:
    said = ngettext(
        "Disposed of. There is %(count)s certificate of it.",
        "Disposed of. There are %(count)s certificates, one of each record.",
        count,
    )
    return said % {"count": count}
