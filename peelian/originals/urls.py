"""Addresses at which records stood before, as they lead to them now."""

from peelian.originals import views
from peelian.record.access import route

urlpatterns = [
    route("originals/find/", views.find, name="originals-find", needs=None),
    route("<slug:page>.aspx", views.lead_on, name="originals-page", needs=None),
    route("documents/<slug:number>/", views.lead_on, name="originals-file", needs=None),
    route(
        "documents/<slug:number>/<path:name>",
        views.lead_on,
        name="originals-document",
        needs=None,
    ),
]
