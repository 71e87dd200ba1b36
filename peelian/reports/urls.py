"""Addresses of reports beyond the generic ones."""

from django.urls import URLPattern

from peelian.pages.routes import for_all
from peelian.record.access import route
from peelian.reports import views

_SEES, _MAKES = ("view", "reports"), ("edit", "reports")
_ONE = "office/reports/<ref:reference>/"

urlpatterns: list[URLPattern] = [
    route("office/reports/start/", views.start, name="office-report-start", needs=_MAKES),
    route(f"{_ONE}build/", views.build, name="office-report-build", needs=_MAKES),
    route(f"{_ONE}examples/", views.choose, name="office-report-examples", needs=_MAKES),
    route(f"{_ONE}again/", views.again, name="office-report-again", needs=_SEES),
    route(
        f"{_ONE}report.{views.DATA}",
        views.download,
        name="office-report-json",
        needs=_SEES,
        form=views.DATA,
        office=True,
    ),
    *(
        pattern
        for form in views.FILES
        for pattern in for_all(
            f"reports/<ref:reference>/report.{form}",
            views.download,
            name=f"report-{form}",
            area="reports",
            form=form,
        )
    ),
]
