"""Addresses of the registers beyond the generic ones."""

from peelian.record.access import route
from peelian.transparency import spending_views, staff_views, views

SEES, EDITS, MANAGES = (
    ("view", "transparency"),
    ("edit", "transparency"),
    ("manage", "transparency"),
)
_NOTICE = "decisions/<ref:reference>/notice.pdf"
_VERSION = "decisions/<ref:reference>/notice/<int:number>.pdf"
_PAYMENTS = "spending/<ref:reference>/payments"

urlpatterns = [
    route("transparency/", views.overview, name="transparency", needs=None),
    route(
        "office/transparency/",
        views.overview,
        name="office-transparency",
        needs=SEES,
        office=True,
    ),
    *(
        route(
            f"{place}transparency/{name}/",
            view,
            name=f"{prefix}{name}",
            needs=needs,
            office=bool(place),
        )
        for place, prefix, needs in (("", "", None), ("office/", "office-", SEES))
        for name, view in (
            ("organisation", views.organisation),
            ("contracts-by-value", views.contracts_by_value),
        )
    ),
    route(_NOTICE, views.download_notice, name="decision-pdf", needs=None),
    route(_VERSION, views.download_notice, name="decision-version-pdf", needs=None),
    route(
        f"office/{_NOTICE}",
        views.download_notice,
        name="office-decision-pdf",
        needs=SEES,
        office=True,
    ),
    route(
        f"office/{_VERSION}",
        views.download_notice,
        name="office-decision-version-pdf",
        needs=SEES,
        office=True,
    ),
    route(
        "office/decisions/<ref:reference>/exempt/",
        views.exempt_part,
        name="office-decision-exempt",
        needs=MANAGES,
    ),
    *(
        route(
            f"{place}{_PAYMENTS}.{form}",
            spending_views.export_payments,
            name=f"{prefix}payments-{form}",
            needs=needs,
            form=form,
            office=bool(place),
        )
        for place, prefix, needs in (("", "", None), ("office/", "office-", SEES))
        for form in ("csv", "xlsx")
    ),
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
