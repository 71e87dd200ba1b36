"""Addresses of meetings beyond the generic ones: agendas, attendance, who meets when, diaries."""

from peelian.meetings import agenda_views, attendance_views, body_views
from peelian.record.access import route

_SEES, _EDITS = ("view", "meetings"), ("edit", "meetings")
_PLACES = (("", "", None), ("office/", "office-", _SEES))

urlpatterns = [
    route(
        "office/meetings/<ref:reference>/agenda/",
        agenda_views.show_agenda,
        name="office-agenda",
        needs=_SEES,
    ),
    route(
        "office/meetings/<ref:reference>/agenda/begin/",
        agenda_views.begin,
        name="office-agenda-begin",
        needs=_EDITS,
    ),
    *(
        route(
            f"office/agenda-items/<ref:reference>/{way}/",
            agenda_views.move,
            name=f"office-agenda-{way}",
            needs=_EDITS,
            up=way == "up",
        )
        for way in ("up", "down")
    ),
    *(
        route(
            f"{place}meetings-by-body/",
            body_views.show_rhythms,
            name=f"{prefix}meetings-by-body",
            needs=needs,
            office=bool(place),
        )
        for place, prefix, needs in _PLACES
    ),
    *(
        route(
            f"{place}meetings-by-body.{form}",
            body_views.export_rhythms,
            name=f"{prefix}meetings-by-body-{form}",
            needs=needs,
            office=bool(place),
            form=form,
        )
        for place, prefix, needs in _PLACES
        for form in ("csv", "xlsx")
    ),
    *(
        route(
            f"{place}bodies/<ref:reference>/attendance/",
            attendance_views.show_attendance,
            name=f"{prefix}body-attendance",
            needs=needs,
            office=bool(place),
        )
        for place, prefix, needs in _PLACES
    ),
    *(
        route(
            f"{place}bodies/<ref:reference>/attendance.{form}",
            attendance_views.export_attendance,
            name=f"{prefix}body-attendance-{form}",
            needs=needs,
            office=bool(place),
            form=form,
        )
        for place, prefix, needs in _PLACES
        for form in ("csv", "xlsx")
    ),
    route("meetings.ics", body_views.send_diary, name="meetings-diary", needs=None),
    *(
        route(
            f"{slug}/<ref:reference>/meetings.ics",
            body_views.send_body_diary,
            name=f"{kind}-diary",
            needs=None,
            kind=kind,
        )
        for slug, kind in (
            ("bodies", "body"),
            ("oversight-mechanisms", "oversight-mechanism"),
        )
    ),
]
