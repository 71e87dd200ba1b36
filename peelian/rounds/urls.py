"""The addresses of what comes in for a round by spreadsheet and by e-mail."""

from django.urls import URLPattern

from peelian.record.access import route
from peelian.rounds import incoming_views

_EDIT = ("edit", "promises")
_ROUND = "office/rounds/<ref:reference>/"

urlpatterns: list[URLPattern] = [
    route(f"{_ROUND}sheets/", incoming_views.sheets, name="office-round-sheets", needs=_EDIT),
    route(
        f"{_ROUND}sheets/<ref:owner>/",
        incoming_views.download,
        name="office-round-sheet",
        needs=_EDIT,
    ),
    route(f"{_ROUND}replies/", incoming_views.replies, name="office-round-replies", needs=_EDIT),
]
