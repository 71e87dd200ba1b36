"""Addresses of rounds, of a plan’s life and of following it; the generic views serve the rest."""

from django.urls import URLPattern

from peelian.pages.routes import for_all, subscription_routes
from peelian.promises import (
    follow_views,
    new_plan_views,
    review_views,
    round_views,
    succession_views,
)
from peelian.promises.kinds import KINDS
from peelian.promises.telling import FOLLOWED, NEWS
from peelian.record.access import route

_EDIT, _APPROVE = ("edit", "promises"), ("approve", "promises")
_ROUND = "office/rounds/<ref:reference>/"
_PLAN = "office/plans/<ref:reference>/"

urlpatterns: list[URLPattern] = [
    route(f"{_ROUND}grid/", round_views.grid, name="office-round-grid", needs=_EDIT),
    route(
        f"{_ROUND}grid/<ref:activity>/", round_views.save_row, name="office-round-row", needs=_EDIT
    ),
    route(
        f"{_ROUND}grid/<ref:activity>/remarks/",
        round_views.remarks,
        name="office-round-remarks",
        needs=_EDIT,
    ),
    route(f"{_ROUND}submit/", round_views.submit, name="office-round-submit", needs=_EDIT),
    route(f"{_PLAN}next/", new_plan_views.begin, name="office-plans-next", needs=_EDIT),
    route(f"{_PLAN}carry/", new_plan_views.carry, name="office-plans-carry", needs=_EDIT),
    route(f"{_PLAN}stage/", new_plan_views.change_stage, name="office-plans-stage", needs=_EDIT),
    route(f"{_PLAN}send-all/", new_plan_views.send_all, name="office-plans-send", needs=_EDIT),
    route(
        f"{_PLAN}publish-all/",
        new_plan_views.publish_all,
        name="office-plans-publish-all",
        needs=_APPROVE,
    ),
    route(f"{_PLAN}end/", new_plan_views.end, name="office-plans-end", needs=_APPROVE),
    route(
        "office/successions/<ref:reference>/take-back/",
        new_plan_views.take_back,
        name="office-successions-take-back",
        needs=_EDIT,
    ),
    *(
        route(
            f"office/{slug}/<ref:reference>/becomes/",
            succession_views.becomes,
            name=f"office-{slug}-becomes",
            needs=_EDIT,
            kind=kind,
        )
        for kind, slug in (("commitment", "commitments"), ("activity", "activities"))
    ),
    *for_all(
        "plans/<ref:reference>/changes/<str:day>/",
        follow_views.show_changes,
        name="plan-changes",
        area="promises",
    ),
    *(
        route(
            f"{kind.slug}/<ref:reference>/{way}/",
            view,
            name=f"{kind.name}-{way}",
            needs=None,
            kind=kind.name,
        )
        for kind in KINDS
        if kind.name in FOLLOWED
        for way, view in (("feed", follow_views.send_feed), ("follow", follow_views.follow))
    ),
    *subscription_routes("promise-news/", NEWS),
    route(f"{_ROUND}review/", review_views.review, name="office-round-review", needs=_APPROVE),
    route(
        f"{_ROUND}grid/<ref:activity>/comments/",
        review_views.say,
        name="office-round-comment",
        needs=_EDIT,
    ),
]
