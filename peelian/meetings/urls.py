"""Addresses of meetings beyond the generic ones.

Agendas, attendance, who meets when, diaries, the work programme by meeting, what meetings follow
and what bodies achieved.
"""

from django.urls import URLPattern

from peelian.meetings import (
    achieved_views,
    agenda_views,
    attendance_views,
    body_views,
    declaring_views,
    following_views,
    minute_step_views,
    minute_views,
    news_views,
    note_views,
    participation_views,
    programme_views,
    submission_views,
)
from peelian.meetings.matter_sections import FOLLOW
from peelian.meetings.news import NEWS
from peelian.pages.routes import files_for_all, for_all, subscription_routes
from peelian.people.kinds import BODY, OVERSIGHT_MECHANISM
from peelian.promises.kinds import RECOMMENDATION, UNDERTAKING
from peelian.record.access import route

_SEES, _EDITS = ("view", "meetings"), ("edit", "meetings")
_BY_BODY, _ATTENDANCE = "meetings-by-body/", "bodies/<ref:reference>/attendance/"

_MEETS = {"bodies": "body", "oversight-mechanisms": "oversight-mechanism"}

_STEPS = {
    "update": following_views.update,
    "answer": following_views.answer,
    "close": following_views.close,
    "minute": following_views.minute,
}

urlpatterns: list[URLPattern] = [
    route(
        "office/meetings/<ref:reference>/agenda/",
        agenda_views.show_agenda,
        name="office-agenda",
        needs=_SEES,
    ),
    route(
        "office/meetings/<ref:reference>/agenda/begin/",
        agenda_views.begin,
        name="office-agenda-begin",
        needs=_EDITS,
    ),
    route(
        "office/meetings/<ref:reference>/agenda/send/",
        agenda_views.send,
        name="office-agenda-send",
        needs=_EDITS,
    ),
    route(
        "office/meetings/<ref:reference>/agenda/publish/",
        agenda_views.publish,
        name="office-agenda-publish",
        needs=("approve", "meetings"),
    ),
    *(
        route(
            f"office/agenda-items/<ref:reference>/{way}/",
            agenda_views.move,
            name=f"office-agenda-{way}",
            needs=_EDITS,
            up=way == "up",
        )
        for way in ("up", "down")
    ),
    *for_all(_BY_BODY, body_views.show_rhythms, name="meetings-by-body", area="meetings"),
    *files_for_all(_BY_BODY, body_views.export_rhythms, name="meetings-by-body", area="meetings"),
    *for_all(
        _ATTENDANCE, attendance_views.show_attendance, name="body-attendance", area="meetings"
    ),
    *files_for_all(
        _ATTENDANCE, attendance_views.export_attendance, name="body-attendance", area="meetings"
    ),
    route("meetings.ics", body_views.send_diary, name="meetings-diary", needs=None),
    *(
        route(
            f"{slug}/<ref:reference>/meetings.ics",
            body_views.send_body_diary,
            name=f"{kind}-diary",
            needs=None,
            kind=kind,
        )
        for slug, kind in _MEETS.items()
    ),
]
urlpatterns += [
    route(f"{slug}/<ref:reference>/{name}/", view, name=f"{kind}-{name}", needs=None, kind=kind)
    for slug, kind in _MEETS.items()
    for name, view in (("feed", news_views.send_feed), ("news", news_views.ask_for_news))
]
urlpatterns += subscription_routes("meeting-news/", NEWS)
urlpatterns += [
    *for_all("take-part/", participation_views.take_part, name="take-part", area="meetings"),
    *for_all("programme/", programme_views.show_board, name="programme", area="meetings"),
    route(
        "office/programme/duties/",
        programme_views.show_slots,
        name="office-programme-duties",
        needs=_SEES,
    ),
    route(
        "office/programme/duties/place/",
        programme_views.place,
        name="office-programme-place",
        needs=_EDITS,
    ),
    route(
        "office/work-programme/<ref:reference>/move/",
        programme_views.move,
        name="office-work-programme-move",
        needs=_EDITS,
    ),
]
urlpatterns += [
    route(
        "office/meetings/<ref:reference>/minutes/",
        minute_views.show_minutes,
        name="office-minutes-take",
        needs=_SEES,
    ),
    route(
        "office/meetings/<ref:reference>/minutes/write/",
        minute_views.write,
        name="office-minutes-write",
        needs=_EDITS,
    ),
    route(
        "office/meetings/<ref:reference>/minutes/attendance/",
        minute_views.save_attendance,
        name="office-minutes-attendance",
        needs=_EDITS,
    ),
    route(
        "office/agenda-items/<ref:reference>/declare/",
        declaring_views.save_declaration,
        name="office-minutes-declare",
        needs=_EDITS,
    ),
    route(
        "office/minutes/<ref:reference>/correct/",
        minute_step_views.correct,
        name="office-minutes-correct",
        needs=("approve", "meetings"),
    ),
    *(
        route(
            f"office/meetings/<ref:reference>/minutes/{name}/",
            minute_step_views.take_step,
            name=f"office-minutes-step-{name}",
            needs=(step.needs, "meetings"),
            step=name,
        )
        for name, step in minute_step_views.STEPS.items()
    ),
]
urlpatterns += [
    route(
        "meetings/<ref:reference>/ask/",
        submission_views.ask_question,
        name="meeting-ask",
        needs=None,
    ),
    route("take-part/petition/", submission_views.hand_in, name="hand-in", needs=None),
    route(
        "take-part/confirm/<str:token>/",
        submission_views.confirm,
        name="submission-confirm",
        needs=None,
    ),
    route(
        "office/submissions/", submission_views.show_list, name="office-submissions", needs=_EDITS
    ),
    *(
        route(
            f"office/submissions/<int:number>/{name}/",
            view,
            name=f"office-submission-{name}",
            needs=_EDITS,
        )
        for name, view in (
            ("decide", submission_views.decide),
            ("answer", submission_views.answer),
        )
    ),
]
urlpatterns += [
    *for_all(
        "decision-notes/<ref:reference>/note.pdf",
        note_views.download_note,
        name="note-pdf",
        area="meetings",
    ),
    route(
        "office/meetings/<ref:reference>/decisions/make/",
        note_views.make,
        name="office-note-make",
        needs=_EDITS,
    ),
]
urlpatterns += [
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
