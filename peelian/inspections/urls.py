"""Addresses of inspections beyond the generic ones."""

from peelian.inspections import response_views, views
from peelian.record.access import route

_SEES, _EDITS = ("view", "inspections"), ("edit", "inspections")
_RESPONSE = "office/inspection-responses/<ref:reference>"

urlpatterns = [
    route("grade-history/", views.grade_history, name="grade-history", needs=None),
    route(
        "office/grade-history/",
        views.grade_history,
        name="office-grade-history",
        needs=_SEES,
        office=True,
    ),
    route(
        "office/inspections/<ref:reference>/respond/",
        views.respond,
        name="office-inspections-respond",
        needs=_EDITS,
    ),
    route(
        f"{_RESPONSE}/answers/",
        response_views.answer_findings,
        name="office-responses-answers",
        needs=_EDITS,
    ),
    route(
        f"{_RESPONSE}/response.pdf",
        response_views.send_response,
        name="office-responses-pdf",
        needs=_SEES,
        office=True,
    ),
    route(
        "inspection-responses/<ref:reference>/response.pdf",
        response_views.send_response,
        name="responses-pdf",
        needs=None,
    ),
]
