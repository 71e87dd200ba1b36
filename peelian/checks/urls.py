"""The kernel's own pages, beside the generic ones of each kind."""

from django.urls import URLPattern

from peelian.checks import views as finding_views
from peelian.record.access import route

SEES, ACKNOWLEDGES = ("check", "record"), ("acknowledge", "record")

urlpatterns: list[URLPattern] = [
    route("office/findings/", finding_views.findings, name="office-findings", needs=SEES),
    *(
        route(
            f"office/findings.{form}",
            finding_views.export_findings,
            name=f"office-findings-{form}",
            needs=SEES,
            form=form,
        )
        for form in ("csv", "xlsx")
    ),
    route(
        "office/findings/<str:fingerprint>/",
        finding_views.acknowledge,
        name="office-finding",
        needs=ACKNOWLEDGES,
    ),
]
