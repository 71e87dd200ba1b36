"""The addresses of what meetings follow and what bodies achieved, beyond the generic ones."""

from django.urls import URLPattern

from peelian.meetings import achieved_views, following_views
from peelian.meetings.matter_sections import FOLLOW
from peelian.people.kinds import BODY, OVERSIGHT_MECHANISM
from peelian.promises.kinds import RECOMMENDATION, UNDERTAKING
from peelian.record.access import route

_STEPS = {
    "update": following_views.update,
    "answer": following_views.answer,
    "close": following_views.close,
    "minute": following_views.minute,
}

urlpatterns: list[URLPattern] = [
    route(
        f"office/meetings/<ref:reference>/{kind.name}/",
        following_views.give,
        name=f"office-meetings-{kind.name}",
        needs=FOLLOW,
        kind=kind,
    )
    for kind in (UNDERTAKING, RECOMMENDATION)
]
urlpatterns += [
    route(
        f"office/{kind.slug}/<ref:reference>/{step}/",
        view,
        name=f"office-{kind.slug}-{step}",
        needs=FOLLOW,
        kind=kind,
    )
    for kind in (UNDERTAKING, RECOMMENDATION)
    for step, view in _STEPS.items()
    if step != "answer" or kind is RECOMMENDATION
]
for _kind in (BODY, OVERSIGHT_MECHANISM):
    _base = f"{_kind.slug}/<ref:reference>/achieved"
    urlpatterns += [
        route(
            f"{_base}/",
            achieved_views.show_achieved,
            name=f"{_kind.slug}-achieved",
            needs=None,
            kind=_kind,
        ),
        route(
            f"{_base}.csv",
            achieved_views.export_achieved,
            name=f"{_kind.slug}-achieved-csv",
            needs=None,
            kind=_kind,
        ),
    ]
