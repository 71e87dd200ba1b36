"""The addresses of the calendar, its rules and feeds, which are public, and of the office's own."""

from peelian.duties import (
    clock_views,
    feed_views,
    month_views,
    moving_views,
    office_views,
    plan_views,
    proof_views,
    rule_views,
    views,
)
from peelian.pages.routes import for_all
from peelian.record.access import route

_SEES, _EDITS = ("view", "duties"), ("edit", "duties")
_FORMS = ("csv", "xlsx")

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
        for form in _FORMS
    ),
    route("calendar.ics", feed_views.show_feed, name="calendar-feed", needs=None),
    route(
        "calendar/own/<str:token>.ics",
        feed_views.show_own_feed,
        name="calendar-own-feed",
        needs=None,
    ),
    route("calendar/month/", month_views.show_month, name="calendar-month", needs=None),
    route("calendar/plan/", plan_views.show_plan, name="calendar-plan", needs=None),
    *for_all(
        "proofs/<ref:reference>/document/",
        proof_views.send_document,
        name="proof-document",
        area="duties",
    ),
    route("duties/rules/", rule_views.list_rules, name="duty-rules", needs=None),
    route(
        "duties/rules/<slug:pack>/<slug:name>/", rule_views.show_rule, name="duty-rule", needs=None
    ),
    route("office/duties/", office_views.show_duties, name="office-duties", needs=_SEES),
    *(
        route(
            f"office/duties.{form}",
            office_views.export_duties,
            name=f"office-duties-{form}",
            needs=_SEES,
            form=form,
        )
        for form in _FORMS
    ),
    route(
        "office/duties/month/",
        month_views.show_month,
        name="office-calendar-month",
        needs=_SEES,
        office=True,
    ),
    route(
        "office/duties/plan/",
        plan_views.show_plan,
        name="office-calendar-plan",
        needs=_SEES,
        office=True,
    ),
    route("office/duties/open/", clock_views.choose_event, name="office-duties-open", needs=_EDITS),
    route("office/duties/prove/", proof_views.prove, name="office-duties-prove", needs=_EDITS),
    route(
        "office/duties/owners/", office_views.list_owners, name="office-duties-owners", needs=_SEES
    ),
    route(
        "office/duties/moving/", moving_views.show_moving, name="office-duties-moving", needs=_SEES
    ),
    *(
        route(
            f"office/duties/moving.{form}",
            moving_views.export_moving,
            name=f"office-duties-moving-{form}",
            needs=_SEES,
            form=form,
        )
        for form in _FORMS
    ),
]
