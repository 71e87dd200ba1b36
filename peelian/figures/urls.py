"""Addresses of figures beyond the generic ones."""

from peelian.figures import issue, views
from peelian.record.access import route

urlpatterns = [
    route(
        "office/editions/issue/",
        issue.issue,
        name="office-edition-issue",
        needs=("edit", "figures"),
    ),
    *(
        route(
            f"office/editions/<ref:reference>/all/{step}/",
            issue.take_step,
            name=f"office-edition-{step}",
            needs=(needs, "figures"),
            step=step,
        )
        for step, (_work, needs, _said) in issue.STEPS.items()
    ),
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
