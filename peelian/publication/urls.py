"""The addresses of the publication scheme: its score, its lines, a year's self-assessment."""

from peelian.publication import assessment_views, views
from peelian.record.access import route

SEES = ("view", "publication")
ONE = "<slug:pack>/<slug:name>/"

urlpatterns = [
    route("publication/", views.show_score, name="publication", needs=None),
    *(
        route(
            f"publication.{form}",
            views.export_score,
            name=f"publication-{form}",
            needs=None,
            form=form,
        )
        for form in ("csv", "xlsx")
    ),
    route(f"publication/{ONE}", views.show_line, name="publication-line", needs=None),
    route(
        "office/publication/",
        views.show_score,
        name="office-publication",
        needs=SEES,
        office=True,
    ),
    *(
        route(
            f"office/publication.{form}",
            views.export_score,
            name=f"office-publication-{form}",
            needs=SEES,
            office=True,
            form=form,
        )
        for form in ("csv", "xlsx")
    ),
    route(
        "office/publication/assessment/",
        assessment_views.show_assessment,
        name="office-publication-assessment",
        needs=SEES,
    ),
    *(
        route(
            f"office/publication/assessment.{form}",
            assessment_views.export_assessment,
            name=f"office-publication-assessment-{form}",
            needs=SEES,
            form=form,
        )
        for form in ("xlsx", "pdf")
    ),
    route(
        f"office/publication/{ONE}",
        views.show_line,
        name="office-publication-line",
        needs=SEES,
        office=True,
    ),
]
