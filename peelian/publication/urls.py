"""The addresses of the publication scheme: its score, its lines, a year's self-assessment."""

from peelian.pages.routes import files_for_all, for_all
from peelian.publication import assessment_views, views
from peelian.record.access import route

_AREA = "publication"
SEES = ("view", _AREA)

urlpatterns = [
    *for_all("publication/", views.show_score, name="publication", area=_AREA),
    *files_for_all("publication/", views.export_score, name="publication", area=_AREA),
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
    *for_all(
        "publication/<slug:pack>/<slug:name>/",
        views.show_line,
        name="publication-line",
        area=_AREA,
    ),
]
