"""Addresses of what is exempt, for each kind that may have something exempt."""

from django.urls import URLPattern

from peelian.exempt import views
from peelian.exempt.apart import able
from peelian.record.access import route

urlpatterns: list[URLPattern] = []
for kind in able():
    one, needs = f"office/{kind.slug}/<ref:reference>/exempt/", ("manage", kind.area)
    urlpatterns += [
        route(one, views.show_exempt, name=f"office-{kind.slug}-exempt", needs=needs, kind=kind),
        route(
            f"{one}<int:number>/",
            views.download_exempt,
            name=f"office-{kind.slug}-exempt-file",
            needs=needs,
            kind=kind,
        ),
    ]
