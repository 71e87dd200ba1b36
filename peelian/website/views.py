"""The website's own pages: the two homes, what stands behind the data, and the state of health."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from peelian.figures.kinds import MEASURE
from peelian.figures.models import Observation
from peelian.people.kinds import AREA
from peelian.record.kinds import Kind, kinds
from peelian.record.models import Record
from peelian.record.scope import PUBLIC
from peelian.website import desk, front


def home(request: HttpRequest) -> HttpResponse:
    """Show the public home page: what is due, what changed, how the plan stands."""
    return render(request, "website/home.html", front.page())


def office_home(request: HttpRequest) -> HttpResponse:
    """Show the back office's home page: due, late, changed."""
    return render(request, "website/office_home.html", desk.page(request.user))


def about(request: HttpRequest) -> HttpResponse:
    """Show where the data come from, what its marks mean, and every list as a download."""
    counted = PUBLIC.see(Record.objects.all()).values("kind").annotate(n=Count("pk")).order_by()
    counts = {row["kind"]: row["n"] for row in counted}
    measures = PUBLIC.of(MEASURE)
    areas = PUBLIC.of(AREA).values("pk")
    values = Observation.objects.filter(measure__in=measures, area__in=areas).values("illustrative")
    shown = {row["illustrative"]: row["n"] for row in values.annotate(n=Count("pk")).order_by()}
    sources = measures.exclude(source="").order_by("source").values_list("source", flat=True)
    context = {
        "registers": [
            _register(kind, counts[kind.name]) for kind in kinds() if kind.name in counts
        ],
        "sources": list(dict.fromkeys(sources)),
        "illustrative": shown.get(True, 0),
        "observed": shown.get(False, 0),
    }
    return render(request, "website/about.html", context)


def _register(kind: Kind, count: int) -> tuple[Kind, int, list[str]]:
    return kind, count, [reverse(f"{kind.slug}-{name}") for name in ("list", "csv", "xlsx")]


def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return render(request, "website/accessibility.html")


@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Say `ok` when the database answers, else 503; for the machine that watches this one."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", "text/plain", status=503)
    return HttpResponse("ok\n", "text/plain")


def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of the back office and of endless searches."""
    closed = (reverse("office-home"), reverse("search"), reverse("sign-in"))
    lines = ["User-agent: *", *(f"Disallow: {address}" for address in closed)]
    return HttpResponse("\n".join(lines) + "\n", "text/plain")
