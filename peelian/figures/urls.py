"""Addresses of figures beyond the generic ones."""

from peelian.figures import views
from peelian.record.access import route

urlpatterns = [
    route("performance/", views.performance, name="performance", needs=None),
    *(
        route(
            f"measures/<ref:reference>/values.{form}",
            views.observations,
            name=f"measure-values-{form}",
            needs=None,
            form=form,
        )
        for form in ("csv", "xlsx")
    ),
]
