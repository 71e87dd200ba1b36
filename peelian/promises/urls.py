"""The addresses of update rounds; everything else of this area is served by the generic views."""

from django.urls import URLPattern

from peelian.promises import review_views, round_views
from peelian.record.access import route

_EDIT, _APPROVE = ("edit", "promises"), ("approve", "promises")
_ROUND = "office/rounds/<ref:reference>/"

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
    route(f"{_ROUND}review/", review_views.review, name="office-round-review", needs=_APPROVE),
    route(
        f"{_ROUND}grid/<ref:activity>/comments/",
        review_views.say,
        name="office-round-comment",
        needs=_EDIT,
    ),
]
