"""Addresses of processes beyond the generic ones."""

from peelian.processes import step_views, views
from peelian.record.access import route

_SEES, _EDITS = ("view", "processes"), ("edit", "processes")
_ONE = "office/processes/<ref:reference>"

urlpatterns = [
    route(
        "office/processes/begin/",
        step_views.choose_process,
        name="office-processes-begin",
        needs=_EDITS,
    ),
    route(
        "office/processes/begin/<slug:name>/",
        step_views.begin,
        name="office-processes-begin-one",
        needs=_EDITS,
    ),
    route(
        f"{_ONE}/event/<slug:event>/",
        step_views.record_event,
        name="office-processes-event",
        needs=_EDITS,
    ),
    route(
        f"{_ONE}/meeting/<slug:which>/",
        step_views.choose_meeting,
        name="office-processes-meeting",
        needs=_EDITS,
    ),
    route(
        f"{_ONE}/outcome/",
        step_views.record_outcome,
        name="office-processes-outcome",
        needs=_EDITS,
    ),
    route(
        f"{_ONE}/letters/<slug:step>/",
        views.show_letter,
        name="office-processes-letter",
        needs=_SEES,
    ),
    route(
        f"{_ONE}/letters/<slug:step>.pdf",
        views.send_letter,
        name="office-processes-letter-pdf",
        needs=_SEES,
    ),
]
