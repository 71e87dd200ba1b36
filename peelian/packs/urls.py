"""Addresses of packs beyond the generic ones."""

from peelian.packs import views
from peelian.record.access import route

urlpatterns = [
    route("packs/<str:reference>/pack.pdf", views.download, name="packs-pdf", needs=None),
    route(
        "office/packs/<str:reference>/pack.pdf",
        views.download,
        name="office-packs-pdf",
        needs=("view", "packs"),
        office=True,
    ),
    route(
        "office/meetings/<str:reference>/build-pack/",
        views.build_pack,
        name="office-build-pack",
        needs=("build", "packs"),
    ),
]
