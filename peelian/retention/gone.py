"""What an address says of a record that was disposed of: that it was, when and under which rule."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from peelian.duties.rulebook import rule_named
from peelian.record.access import may
from peelian.record.kinds import Kind, kinds
from peelian.record.scope import PUBLIC, Scope
from peelian.retention.registers import disposed

_OFFICE = "office"


class GoneMiddleware:
    """Answers 410 where a page of a record is not found because that was disposed of.

    The public is told only of what was public when it went.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer as it is."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page of what was disposed of, or None where that is not what happened."""
        match = request.resolver_match
        reference = match.kwargs.get("reference") if match else None
        if not isinstance(exception, Http404) or not reference:
            return None
        in_office, kind = _kind_at(request.path)
        gone = disposed(kind.name, reference) if kind else None
        if kind is None or gone is None:
            return None
        told = may(request.user, "view", kind.area) if in_office else gone.was_public
        if not told:
            return None
        context = {
            "scope": Scope(request.user) if in_office else PUBLIC,
            "kind": kind,
            "reference": reference,
            "certificate": gone.certificate,
            "rule": rule_named(gone.certificate.rule),
            "in_office": in_office,
        }
        return render(request, "retention/gone.html", context, status=410)


def _kind_at(path: str) -> tuple[bool, Kind | None]:
    """Return whether an address is in the back office, and the kind whose page it is."""
    first, _slash, rest = path.strip("/").partition("/")
    in_office = first == _OFFICE
    slug = rest.partition("/")[0] if in_office else first
    return in_office, next((kind for kind in kinds() if kind.slug == slug), None)
