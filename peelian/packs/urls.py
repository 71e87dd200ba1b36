"""Addresses of packs beyond the generic ones."""

from peelian.packs import exempt_views, views
from peelian.packs.exempt_copies import READS_EXEMPT
from peelian.pages.routes import for_all
from peelian.record.access import route

urlpatterns = [
    *for_all("packs/<ref:reference>/pack.pdf", views.download, name="packs-pdf", area="packs"),
    route(
        "office/meetings/<ref:reference>/build-pack/",
        views.build_pack,
        name="office-build-pack",
        needs=("build", "packs"),
    ),
    route(
        "office/meetings/<ref:reference>/exempt-pack/",
        exempt_views.copy_exempt_pack,
        name="office-exempt-pack",
        needs=READS_EXEMPT,
    ),
]
