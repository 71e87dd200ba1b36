"""Addresses of packs beyond the generic ones."""

from peelian.packs import views
from peelian.pages.routes import for_all
from peelian.record.access import route

urlpatterns = [
    *for_all("packs/<ref:reference>/pack.pdf", views.download, name="packs-pdf", area="packs"),
    *for_all(
        "packs/<ref:reference>/supplement.pdf",
        views.download_supplement,
        name="packs-supplement",
        area="packs",
    ),
    route(
        "office/meetings/<ref:reference>/build-pack/",
        views.build_pack,
        name="office-build-pack",
        needs=("build", "packs"),
    ),
]
