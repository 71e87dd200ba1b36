"""Every address: each area's own, the generic ones of each kind, and the website's."""

from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.auth import views as auth
from django.urls import URLPattern, URLResolver
from django.utils.module_loading import module_has_submodule

from peelian.pages.routes import office_routes, public_routes
from peelian.record.access import route
from peelian.record.kinds import kinds
from peelian.website import feeds, search, views
from peelian.website.forms import SignInForm

SEES = ("view", "promises")

sign_in: Any = auth.LoginView.as_view(
    template_name="website/sign_in.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
)
sign_out: Any = auth.LogoutView.as_view()


def routes_of_areas() -> list[URLPattern | URLResolver]:
    """Return what each area adds to the generic routes of its kinds."""
    areas = (c for c in apps.get_app_configs() if c.name.startswith("peelian."))
    return [
        pattern
        for area in areas
        if area.label != "website" and module_has_submodule(area.module, "urls")
        for pattern in import_module(f"{area.name}.urls").urlpatterns
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    route("", views.home, name="home", needs=None),
    route("about/", views.about, name="about", needs=None),
    route("accessibility/", views.accessibility, name="accessibility", needs=None),
    route("search/", search.search, name="search", needs=None),
    route("search.csv", search.export_search, name="search-csv", needs=None),
    route("feed/", feeds.feed, name="feed", needs=None),
    route("health/", views.health, name="health", needs=None),
    route("robots.txt", views.robots, name="robots", needs=None),
    route("sign-in/", sign_in, name="sign-in", needs=None),
    route("sign-out/", sign_out, name="sign-out", needs=None),
    route("office/", views.office_home, name="office-home", needs=SEES),
    route("office/search/", search.search, name="office-search", needs=SEES, office=True),
    route(
        "office/search.csv", search.export_search, name="office-search-csv", needs=SEES, office=True
    ),
    *routes_of_areas(),
]
for kind in kinds():
    urlpatterns += public_routes(kind)
    urlpatterns += office_routes(kind)
