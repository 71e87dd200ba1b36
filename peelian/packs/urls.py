"""Addresses of packs beyond the generic ones."""

from peelian.packs import views
from peelian.record.access import route

urlpatterns = [
    route("packs/<ref:reference>/pack.pdf", views.download, name="packs-pdf", needs=None),
    route(
        "office/packs/<ref:reference>/pack.pdf",
        views.download,
        name="office-packs-pdf",
        needs=("view", "packs"),
        office=True,
    ),
    route(
        "office/meetings/<ref:reference>/build-pack/",
        views.build_pack,
        name="office-build-pack",
        needs=("build", "packs"),
    ),
]
