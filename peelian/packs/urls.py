"""Addresses of packs beyond the generic ones."""

from peelian.packs import brief_views, exempt_views, views
from peelian.packs.exempt_copies import READS_EXEMPT
from peelian.pages.routes import for_all
from peelian.record.access import route

_BUILDS = ("build", "packs")

urlpatterns = [
    *for_all("packs/<ref:reference>/pack.pdf", views.download, name="packs-pdf", area="packs"),
    *for_all(
        "packs/<ref:reference>/supplement.pdf",
        views.download_supplement,
        name="packs-supplement",
        area="packs",
    ),
    *(
        route(f"office/meetings/<ref:reference>/{address}", view, name=name, needs=_BUILDS)
        for address, view, name in (
            ("brief/", brief_views.show_brief, "office-brief"),
            ("brief.pdf", brief_views.download_brief, "office-brief-pdf"),
        )
    ),
    route(
        "office/meetings/<ref:reference>/build-pack/",
        views.build_pack,
        name="office-build-pack",
        needs=_BUILDS,
    ),
    route(
        "office/meetings/<ref:reference>/exempt-pack/",
        exempt_views.copy_exempt_pack,
        name="office-exempt-pack",
        needs=READS_EXEMPT,
    ),
]
