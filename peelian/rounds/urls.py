"""The addresses of asking: the office's pages of a round, and an owner's page without login."""

from django.urls import URLPattern

from peelian.record.access import route
from peelian.rounds import answer_views, asking_views, incoming_views

_EDIT = ("edit", "promises")
_ROUND = "office/rounds/<ref:reference>/"

urlpatterns: list[URLPattern] = [
    route("office/rounds/open/", asking_views.open_round, name="office-round-open", needs=_EDIT),
    route(f"{_ROUND}ask/", asking_views.ask, name="office-round-ask", needs=_EDIT),
    route(f"{_ROUND}answers/", asking_views.answers, name="office-round-answers", needs=_EDIT),
    route("answer/<str:token>/", answer_views.answer, name="answer", needs=None),
    route("answer/<str:token>/sheet/", answer_views.sheet, name="answer-sheet", needs=None),
    route(
        "answer/<str:token>/<ref:activity>/",
        answer_views.answer_line,
        name="answer-line",
        needs=None,
    ),
    route(f"{_ROUND}sheets/", incoming_views.sheets, name="office-round-sheets", needs=_EDIT),
    route(
        f"{_ROUND}sheets/<ref:owner>/",
        incoming_views.download,
        name="office-round-sheet",
        needs=_EDIT,
    ),
    route(f"{_ROUND}replies/", incoming_views.replies, name="office-round-replies", needs=_EDIT),
]
