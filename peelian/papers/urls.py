"""Addresses of papers beyond the generic ones: a paper's file, and the steps to its sign-off."""

from peelian.pages.routes import for_all
from peelian.papers import views
from peelian.record.access import route

_EDITS = ("edit", "papers")

urlpatterns = [
    *for_all("papers/<ref:reference>/file/", views.send_file, name="paper-file", area="papers"),
    route(
        "office/papers/<ref:reference>/file/waiting/",
        views.send_file,
        name="office-paper-file-waiting",
        needs=("view", "papers"),
        waiting=True,
        office=True,
    ),
    route(
        "office/papers/<ref:reference>/upload/",
        views.upload,
        name="office-paper-upload",
        needs=_EDITS,
    ),
    route(
        "office/papers/<ref:reference>/ask-for-sign-offs/",
        views.ask,
        name="office-paper-ask",
        needs=_EDITS,
    ),
    route(
        "office/sign-offs/<ref:reference>/sign/",
        views.sign_off,
        name="office-sign-off-give",
        needs=_EDITS,
    ),
]
