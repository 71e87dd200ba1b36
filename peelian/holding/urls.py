"""Addresses of holding to account beyond the generic ones."""

from django.urls import URLPattern

from peelian.holding import meeting_views, note_views, theme_views
from peelian.pages.routes import for_all
from peelian.record.access import route

_SEES, _EDITS, _APPROVES = (("view", "holding"), ("edit", "holding"), ("approve", "holding"))
_MEETING, _THEME = "office/meetings/<ref:reference>/", "office/themes/<ref:reference>/"

_PAGES = (
    (f"{_MEETING}holding/", meeting_views.show_meeting, "office-holding-meeting", _SEES),
    (f"{_MEETING}holding/send/", note_views.send_for_approval, "office-holding-send", _EDITS),
    (
        f"{_MEETING}evidence/",
        meeting_views.show_meeting_evidence,
        "office-holding-evidence",
        _SEES,
    ),
    (
        f"{_MEETING}evidence.pdf",
        meeting_views.download_meeting_evidence,
        "office-holding-evidence-pdf",
        _SEES,
    ),
    (
        f"{_MEETING}commissioners-brief/",
        meeting_views.show_brief,
        "office-commissioner-brief",
        _SEES,
    ),
    (
        f"{_MEETING}commissioners-brief.pdf",
        meeting_views.download_brief,
        "office-commissioner-brief-pdf",
        _SEES,
    ),
    (f"{_THEME}evidence/", meeting_views.show_evidence, "office-theme-evidence", _SEES),
    (f"{_THEME}evidence.pdf", meeting_views.download_evidence, "office-theme-evidence-pdf", _SEES),
    (
        "office/enquiries/<ref:reference>/answer/",
        meeting_views.answer,
        "office-enquiry-answer",
        _EDITS,
    ),
    (
        "office/holding-notes/<ref:reference>/let-out/",
        note_views.let_out,
        "office-holding-publish",
        _APPROVES,
    ),
    ("office/holding-to-account/promises/", theme_views.show_lists, "office-holding-lists", _SEES),
)

urlpatterns: list[URLPattern] = [
    *for_all("holding-to-account/", theme_views.show_year, name="holding", area="holding"),
    *for_all(
        "holding-notes/<ref:reference>/note.pdf",
        note_views.download_note,
        name="holding-notes-pdf",
        area="holding",
    ),
    *(route(address, view, name=name, needs=needs) for address, view, name, needs in _PAGES),
]
