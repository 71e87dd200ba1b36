"""Addresses of the registers beyond the generic ones."""

from peelian.pages.routes import files_for_all, for_all
from peelian.record.access import route
from peelian.transparency import spending_views, staff_views, views

_AREA = "transparency"
EDITS, MANAGES = ("edit", _AREA), ("manage", _AREA)
_NOTICE = "decisions/<ref:reference>/notice.pdf"
_VERSION = "decisions/<ref:reference>/notice/<int:number>.pdf"
_PAYMENTS = "spending/<ref:reference>/payments"

urlpatterns = [
    *for_all("transparency/", views.overview, name="transparency", area=_AREA),
    *for_all("transparency/organisation/", views.organisation, name="organisation", area=_AREA),
    *for_all(
        "transparency/contracts-by-value/",
        views.contracts_by_value,
        name="contracts-by-value",
        area=_AREA,
    ),
    *for_all(_NOTICE, views.download_notice, name="decision-pdf", area=_AREA),
    *for_all(_VERSION, views.download_notice, name="decision-version-pdf", area=_AREA),
    *files_for_all(_PAYMENTS, spending_views.export_payments, name="payments", area=_AREA),
    route(
        "office/staff/<ref:reference>/counts/",
        staff_views.enter_counts,
        name="office-staff-counts",
        needs=MANAGES,
    ),
    # Before the pages of single months, one of which it would else be taken for.
    route(
        "office/spending/load/",
        spending_views.load_export,
        name="office-spending-load",
        needs=EDITS,
    ),
    route(
        "office/spending/<ref:reference>/review/",
        spending_views.review_month,
        name="office-spending-review",
        needs=EDITS,
    ),
]
