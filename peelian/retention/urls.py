"""The addresses of retention: the schedule, which is public, and the office's own."""

from peelian.record.access import route
from peelian.retention import certificate_views, disposal_views, due_views, hold_views

_SEES, _EDITS, _APPROVES = ("view", "retention"), ("edit", "retention"), ("approve", "retention")
_AT = "office/retention/"

urlpatterns = [
    route("retention/", due_views.show_schedule, name="retention-schedule", needs=None),
    route("retention.csv", due_views.export_schedule, name="retention-schedule-csv", needs=None),
    route(_AT, due_views.show_due, name="office-retention", needs=_SEES),
    route("office/retention.csv", due_views.export_due, name="office-retention-csv", needs=_SEES),
    route(f"{_AT}propose/", disposal_views.propose, name="office-retention-propose", needs=_EDITS),
    route(
        f"{_AT}proposals/",
        disposal_views.list_proposals,
        name="office-retention-proposals",
        needs=_SEES,
    ),
    route(f"{_AT}keep/", disposal_views.keep, name="office-retention-keep", needs=_EDITS),
    route(
        f"{_AT}dispose/", disposal_views.dispose, name="office-retention-dispose", needs=_APPROVES
    ),
    route(f"{_AT}holds/", hold_views.list_holds, name="office-retention-holds", needs=_SEES),
    route(f"{_AT}holds/new/", hold_views.place, name="office-retention-hold-new", needs=_EDITS),
    route(
        f"{_AT}holds/<int:hold>/", hold_views.show_hold, name="office-retention-hold", needs=_SEES
    ),
    route(
        f"{_AT}holds/<int:hold>/lift/",
        hold_views.lift,
        name="office-retention-hold-lift",
        needs=_APPROVES,
    ),
    route(
        f"{_AT}certificates/",
        certificate_views.list_certificates,
        name="office-retention-certificates",
        needs=_SEES,
    ),
    route(
        f"{_AT}certificates.csv",
        certificate_views.export_certificates,
        name="office-retention-certificates-csv",
        needs=_SEES,
    ),
    route(
        f"{_AT}certificates/<int:certificate>/",
        certificate_views.show_certificate,
        name="office-retention-certificate",
        needs=_SEES,
    ),
]
