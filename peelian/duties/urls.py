"""The addresses of the calendar and its rules; all of them public."""

from peelian.duties import views
from peelian.record.access import route

urlpatterns = [
    route("calendar/", views.show_calendar, name="calendar", needs=None),
    *(
        route(
            f"calendar.{form}",
            views.export_calendar,
            name=f"calendar-{form}",
            needs=None,
            form=form,
        )
        for form in ("csv", "xlsx")
    ),
    route("duties/rules/", views.list_rules, name="duty-rules", needs=None),
    route("duties/rules/<slug:pack>/<slug:name>/", views.show_rule, name="duty-rule", needs=None),
]
