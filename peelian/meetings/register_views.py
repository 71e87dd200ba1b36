"""The pages of the register: the list with its filters, and the same as a download."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.meetings.arising import CLOSED, Matter
from peelian.meetings.arising_blocks import STATES
from peelian.meetings.matter_sections import FOLLOW
from peelian.meetings.register import file_head, file_row, head, register, row, tally
from peelian.pages import export
from peelian.pages.paging import PER_PAGE
from peelian.pages.views import scope_for
from peelian.promises.kinds import RECOMMENDATION, UNDERTAKING
from peelian.promises.models import Answer, Progress
from peelian.record import clock
from peelian.record.access import may
from peelian.record.kinds import Kind, kind_of
from peelian.record.models import Record

_OPEN = "open"


class RegisterFilter(forms.Form):
    """Narrows the register; what it offers is what stands in it."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False)

    def __init__(
        self, kind: Kind, found: list[Matter], bodies: dict[int, Record], data: Any
    ) -> None:
        super().__init__(data)
        owners = {m.owner.pk: m.owner.title for m in found if m.owner}
        meetings = {m.meeting.pk: m.meeting.title for m in found if m.meeting}
        titles = {pk: body.title for pk, body in bodies.items()}
        self._offer("body", _("Body"), titles)
        self._offer("owner", _("Owed by"), owners)
        self._offer("meeting", _("Meeting"), meetings)
        self._offer("state", _("State"), STATES)
        self._offer("progress", _("Status"), dict(Progress.choices))
        if kind is RECOMMENDATION:
            self._offer("answer", _("Answer"), dict(Answer.choices))

    def _offer(self, name: str, label: str, choices: Mapping[Any, Any]) -> None:
        offered = [("", _("Any")), *((str(key), str(said)[:80]) for key, said in choices.items())]
        self.fields[name] = forms.ChoiceField(label=label, choices=offered, required=False)

    def narrow(self, found: list[Matter]) -> list[Matter]:
        """Return the matters that match; none where something was asked that is not offered."""
        if not self.is_valid():
            return []
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return [matter for matter in found if _matches(matter, asked)]

    def applied(self) -> list[tuple[str, str]]:
        """Return `(what is filtered, query string without it)` for each answer given."""
        found = []
        for name, field in self.fields.items():
            if answer := str(self.data.get(name, "")).strip():
                words = dict(getattr(field, "choices", ())).get(answer, answer)
                rest = {n: v for n, v in self.data.items() if n not in (name, "page")}
                found.append((f"{field.label}: {words}", f"?{urlencode(rest)}"))
        return found


def _matches(matter: Matter, asked: dict[str, str]) -> bool:
    """Return whether a matter is what was asked for; what is overdue is open too."""
    promise = matter.promise
    texts = (promise.reference, promise.title, promise.text, promise.response)
    words, state = asked.get("q", "").strip().casefold(), asked.get("state", matter.state)
    return all(
        (
            words in "\n".join(texts).casefold(),
            asked.get("body", str(matter.body_id)) == str(matter.body_id),
            asked.get("owner", _key(matter.owner)) == _key(matter.owner),
            asked.get("meeting", _key(matter.meeting)) == _key(matter.meeting),
            asked.get("progress", promise.progress) == promise.progress,
            asked.get("answer", promise.answer) == promise.answer,
            state == matter.state or (state == _OPEN and matter.state != CLOSED),
        )
    )


def _key(record: Record | None) -> str:
    return str(record.pk) if record else ""


def list_register(request: HttpRequest, kind: Kind, *, office: bool = False) -> HttpResponse:
    """Show the register of undertakings or of recommendations, the oldest open one first."""
    scope = scope_for(request, office)
    every, bodies = register(kind, scope, clock.today())
    filters = RegisterFilter(kind, every, bodies, request.GET)
    found = filters.narrow(every)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    other = RECOMMENDATION if kind is UNDERTAKING else UNDERTAKING
    context = {
        "kind": kind,
        "scope": scope,
        "tally": tally(found),
        "today": clock.today(),
        "page": page,
        "head": head(),
        "rows": [row(matter, scope) for matter in page],
        "filters": filters,
        "applied": filters.applied(),
        "list_url": reverse(scope.name(f"{kind.slug}-list")),
        "other": (other.plural, reverse(scope.name(f"{other.slug}-list"))),
        "achieved": [(b.title, _achieved_url(b)) for b in bodies.values()] if not office else [],
        "may_edit": office and may(request.user, "edit", kind.area),
        "may_follow": office and may(request.user, *FOLLOW),
        **{f"{form}_url": reverse(scope.name(f"{kind.slug}-{form}")) for form in ("csv", "xlsx")},
    }
    return render(request, "meetings/register.html", context)


def _achieved_url(body: Record) -> str:
    return reverse(f"{kind_of(body).slug}-achieved", args=[body.reference])


def export_register(
    request: HttpRequest, kind: Kind, form: str, *, office: bool = False
) -> HttpResponse:
    """Download what the list shows, with the same filters, as CSV or XLSX."""
    every, bodies = register(kind, scope_for(request, office), clock.today())
    found = RegisterFilter(kind, every, bodies, request.GET).narrow(every)
    body = (file_row(matter, kind, bodies) for matter in found)
    response: HttpResponse = export.respond(kind.slug, file_head(kind), body, form)
    return response
