"""Addresses of bodies beyond the generic ones."""

from peelian.people import balance_views
from peelian.record.access import route

_SEES = ("view", "people")
_BALANCE = "office/bodies/<ref:reference>/balance"

urlpatterns = [
    route(f"{_BALANCE}/", balance_views.show_balance, name="office-bodies-balance", needs=_SEES),
    *(
        route(
            f"{_BALANCE}.{form}",
            balance_views.export_balance,
            name=f"office-bodies-balance-{form}",
            needs=_SEES,
            form=form,
        )
        for form in ("csv", "xlsx")
    ),
]
