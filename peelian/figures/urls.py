"""Addresses of figures beyond the generic ones."""

from peelian.figures import (
    alert_views,
    comparing,
    dashboard,
    difference,
    downloads,
    issue,
    multiples,
    proposal_views,
    return_views,
    views,
    year_views,
)
from peelian.figures.alerts import ALERTS
from peelian.pages.routes import files_for_all, for_all, subscription_routes
from peelian.record.access import route

_DASHBOARD = "performance/dashboard/"

urlpatterns = [
    route(
        "office/editions/issue/",
        issue.issue,
        name="office-edition-issue",
        needs=("edit", "figures"),
    ),
    *(
        route(
            f"office/editions/<ref:reference>/all/{step}/",
            issue.take_step,
            name=f"office-edition-{step}",
            needs=(needs, "figures"),
            step=step,
        )
        for step, (_work, needs, _said) in issue.STEPS.items()
    ),
    *for_all(_DASHBOARD, dashboard.dashboard, name="dashboard", area="figures"),
    *files_for_all(_DASHBOARD, dashboard.download, name="dashboard", area="figures"),
    route(
        "office/performance/proposals/",
        proposal_views.list_proposals,
        name="office-proposals",
        needs=("view", "figures"),
    ),
    route(
        "office/performance/proposals/<ref:reference>/<ref:area>/<ref:day>/",
        proposal_views.decide_proposal,
        name="office-proposal",
        needs=("edit", "figures"),
    ),
    route(
        "office/performance/returns/",
        return_views.bring_return,
        name="office-returns",
        needs=("edit", "figures"),
    ),
    route(
        "office/performance/returns/<str:token>/",
        return_views.confirm_return,
        name="office-return",
        needs=("edit", "figures"),
    ),
    *(
        route(
            f"{place}editions/<ref:reference>/since/<ref:other>{ending}",
            difference.show_difference,
            name=f"{name}edition-since{f'-{form}' if form else ''}",
            needs=needs,
            office=bool(place),
            form=form,
        )
        for place, name, needs in (("", "", None), ("office/", "office-", ("view", "figures")))
        for ending, form in (("/", ""), ("/changes.csv", "csv"))
    ),
    *for_all(
        "measures/<ref:reference>/areas/",
        multiples.show_areas,
        name="measure-areas",
        area="figures",
    ),
    *for_all(
        "measures/<ref:reference>/year/", year_views.show_year, name="measure-year", area="figures"
    ),
    *(
        route(
            f"{page}{ending}",
            view,
            name=f"{name}measure-compare{f'-{form}' if form else ''}",
            needs=needs,
            office=bool(name),
            **({"form": form} if form else {}),
        )
        # In the office, compare/ sets versions of a record beside one another.
        for page, name, needs in (
            ("measures/<ref:reference>/compare", "", None),
            ("office/measures/<ref:reference>/compare-areas", "office-", ("view", "figures")),
        )
        for ending, form, view in (
            ("/", "", comparing.show_comparison),
            (".csv", "csv", comparing.download),
            (".xlsx", "xlsx", comparing.download),
            (".svg", "svg", comparing.draw),
            (".png", "png", comparing.draw),
        )
    ),
    *(
        route(
            f"measures/<ref:reference>/chart.{form}",
            view,
            name=f"measure-chart-{form}",
            needs=None,
        )
        for form, view in (("svg", downloads.chart_svg), ("png", downloads.chart_png))
    ),
    route("alerts/", alert_views.ask_for_alerts, name="alerts", needs=None),
    *subscription_routes("alerts/", ALERTS),
    route("embed/measures/<ref:reference>/", downloads.embed, name="measure-embed", needs=None),
    route("performance/", views.performance, name="performance", needs=None),
    *(
        route(
            f"measures/<ref:reference>/values.{form}",
            views.observations,
            name=f"measure-values-{form}",
            needs=None,
            form=form,
        )
        for form in ("csv", "xlsx")
    ),
]
