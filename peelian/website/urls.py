"""The public site, the back office and the generic routes of every kind."""

from django.urls import URLPattern, URLResolver

from peelian.record.access import route
from peelian.record.kinds import kinds
from peelian.record.routes import office_routes, public_routes
from peelian.website import views

urlpatterns: list[URLPattern | URLResolver] = [
    route("", views.home, name="home", needs=None),
    route("sign-in/", views.sign_in, name="sign-in", needs=None),
    route("sign-out/", views.sign_out, name="sign-out", needs=None),
    route("office/", views.office_home, name="office-home", needs=("view", "promises")),
]
for kind in kinds():
    urlpatterns += public_routes(kind)
    urlpatterns += office_routes(kind)
