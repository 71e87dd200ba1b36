"""Notice, agenda and papers are public in clear days, or the record says why not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from peelian.law.workdays import is_working_day
from peelian.meetings.kinds import AGENDA_ITEM, MEETING
from peelian.meetings.notice import NoticeGuard, first_out, notice_of, noticed
from peelian.meetings.sections import agenda_blocks, agenda_items
from peelian.record import operations
from peelian.record.access import Command
from peelian.record.errors import Refused
from peelian.record.models import Status
from peelian.record.scope import PUBLIC
from tests.makers import CHRIS, amend, approve_change, make, make_user
from tests.reading import read
from tests.rules import forget_rules

pytestmark = pytest.mark.django_db
day = dt.date.fromisoformat
LOADER = Command("load", ("administrator",))
# A Wednesday so far on that whatever is done in a test is done long before it.
FAR, FAR_LAST_DAY, FAR_TOO_LATE = "2040-02-08", "2040-01-31", "2040-02-01"
URGENT = "The force lost its accreditation on Monday."


@pytest.fixture
def panel() -> Any:
    return make("body", form="panel", reference="west-mercia-pcp")


def planned(body: Any, held_on: str, **values: Any) -> Any:
    return make("meeting", body=body, held_on=day(held_on), state="planned", **values)


@pytest.mark.parametrize(
    ("nation", "held_on", "last_day"),
    [
        ("England", "2020-02-05", "2020-01-28"),
        ("England", "2020-04-15", "2020-04-03"),  # Good Friday and Easter Monday do not count
        ("England", "2026-02-06", "2026-01-29"),
        ("Wales", "2026-02-06", "2026-02-02"),
        ("Wales", "2020-02-05", None),  # before the Welsh rule
    ],
)
def test_the_last_day_follows_from_the_rule_of_the_nation(
    panel: Any, settings: Any, nation: str, held_on: str, last_day: str | None
) -> None:
    settings.OFFICE = settings.OFFICE | {"jurisdiction": nation}
    forget_rules()
    notice = notice_of(planned(panel, held_on, late_reason="Given in time elsewhere."))
    forget_rules()
    assert (notice.last_day if notice else None) == (day(last_day) if last_day else None)


@pytest.mark.parametrize("offset", range(0, 400, 23))
def test_the_last_day_leaves_five_clear_working_days_counted_one_by_one(
    panel: Any, offset: int, on_day: Any
) -> None:
    held_on = day("2024-01-01") + dt.timedelta(days=offset)
    on_day("2019-01-01")
    notice = notice_of(planned(panel, held_on.isoformat()))
    assert notice is not None
    between, walked = 0, held_on - dt.timedelta(days=1)
    while between < 5:
        between += is_working_day(walked, "england")
        walked -= dt.timedelta(days=1)
    while not is_working_day(walked, "england"):
        walked -= dt.timedelta(days=1)
    assert notice.last_day == walked


def test_the_commissioners_own_meetings_are_not_under_the_rule() -> None:
    assert notice_of(planned(make("body", form="policing_body"), FAR)) is None
    assert notice_of(planned(make("oversight-mechanism"), FAR)) is None


def test_an_agenda_goes_out_on_the_last_day_and_not_the_day_after(panel: Any, on_day: Any) -> None:
    meeting = planned(panel, FAR)
    first, second = (
        make("agenda-item", parent=meeting, number=n, status=Status.APPROVED) for n in (1, 2)
    )
    on_day(FAR_LAST_DAY)
    operations.publish(first, by=CHRIS)
    on_day(FAR_TOO_LATE)
    with pytest.raises(Refused, match="had to be public by Tuesday 31 January 2040"):
        operations.publish(second, by=CHRIS)
    second.refresh_from_db()
    assert second.status == Status.APPROVED


def test_a_late_item_goes_out_with_the_chairs_reason_which_the_public_reads(
    panel: Any, on_day: Any
) -> None:
    meeting = planned(panel, FAR)
    on_day(FAR_TOO_LATE)
    item = make("agenda-item", parent=meeting, number=1, late_reason=URGENT)
    assert f"Late item: {URGENT}" in read(meeting.get_absolute_url()).words
    assert URGENT in str(agenda_blocks(agenda_items(meeting, PUBLIC)))
    with pytest.raises(Refused):
        make("agenda-item", parent=meeting, number=2, late_reason="   ")
    assert item.status == Status.PUBLISHED


def test_what_was_out_in_time_may_be_corrected_later(panel: Any, on_day: Any) -> None:
    meeting = planned(panel, FAR)
    item = make("agenda-item", parent=meeting, number=1, title="Busget")
    on_day(FAR_TOO_LATE)
    amend(item, title="Budget")
    assert approve_change(item).title == "Budget"


def test_a_meeting_called_at_short_notice_says_why(panel: Any, on_day: Any) -> None:
    on_day(FAR_TOO_LATE)
    with pytest.raises(Refused, match="Say in it why it comes late"):
        planned(panel, FAR)
    made = planned(panel, FAR, late_reason="A hearing within three weeks.")
    assert "A hearing within three weeks." in read(made.get_absolute_url()).words


def test_a_meeting_cannot_be_brought_forward_into_the_clear_days(panel: Any, on_day: Any) -> None:
    meeting = planned(panel, "2040-03-07")
    on_day(FAR_TOO_LATE)
    amend(meeting, held_on=day(FAR))
    with pytest.raises(Refused, match="31 January 2040"):
        approve_change(meeting)
    meeting.refresh_from_db()
    assert meeting.held_on == day("2040-03-07")
    amend(meeting, late_reason="The chief constable is leaving.")
    assert approve_change(meeting).held_on == day(FAR)


def test_a_meeting_put_off_needs_no_reason(panel: Any, on_day: Any) -> None:
    meeting = planned(panel, FAR)
    on_day(FAR_TOO_LATE)
    amend(meeting, held_on=day("2040-03-07"))
    put_off = approve_change(meeting)
    assert put_off.held_on == day("2040-03-07")
    assert noticed(put_off, day("2040-02-20")) < day("2040-02-01")


def test_a_file_is_held_to_the_same_and_history_is_not(panel: Any, on_day: Any) -> None:
    on_day("2020-02-03")
    row = {"title": "Panel", "body": panel, "held_on": day("2020-02-05"), "state": "planned"}
    with pytest.raises(Refused, match="28 January 2020"):
        operations.bring_in(MEETING, row | {"reference": "m1"}, by=LOADER, why="m.csv")
    over = row | {"reference": "m2", "state": "held", "held_on": day("2020-01-31")}
    meeting, what = operations.bring_in(MEETING, over, by=LOADER, why="m.csv")
    assert what == "new"
    item = {"parent": meeting, "number": 1, "title": "Welcome"}
    assert operations.bring_in(AGENDA_ITEM, item, by=LOADER, why="i.csv")[1] == "new"


def test_a_loaded_agenda_may_be_loaded_again_later(panel: Any, on_day: Any) -> None:
    meeting = planned(panel, FAR)
    row = {"parent": meeting, "number": 1, "title": "Welcome"}
    item, _what = operations.bring_in(AGENDA_ITEM, row, by=LOADER, why="i.csv")
    on_day(FAR_TOO_LATE)
    again = operations.bring_in(AGENDA_ITEM, row | {"title": "Opening"}, by=LOADER, why="i.csv")
    assert again[1] == "changed"
    assert first_out(item, day(FAR)) < day(FAR_LAST_DAY)


def test_an_item_without_a_meeting_and_other_records_are_never_late(panel: Any) -> None:
    letting = {"answers": {}, "by": CHRIS, "why": ""}
    assert NoticeGuard().let_through(panel, day(FAR), **letting) is None  # nor raises Refused


class TestTheAgendaIsMade:
    """The panel support officer begins it, orders it and sees in time what would be too late."""

    @pytest.fixture
    def meeting(self, panel: Any) -> Any:
        meeting = planned(panel, FAR)
        for number, title, closes in (
            (1, "Welcome", False),
            (2, "Apologies", False),
            (3, "Work programme", True),
        ):
            make("standing-item", parent=panel, number=number, title=title, closes=closes)
        make("standing-item", title="Of another body", number=1)
        make("work-programme-item", meeting=meeting, title="Proposed precept")
        make("work-programme-item", title="Some day")
        return meeting

    def sam(self) -> Client:
        client = Client()
        user = make_user("sam", "panel_officer")
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def order(self, meeting: Any) -> list[str]:
        items = AGENDA_ITEM.all().filter(parent=meeting).order_by("number")
        return [item.title for item in items]

    def test_it_begins_with_what_stands_on_every_agenda_and_the_work_of_the_meeting(
        self, meeting: Any
    ) -> None:
        sam = self.sam()
        address = f"/office/meetings/{meeting.reference}/agenda/"
        assert "There is no agenda yet." in sam.get(address).content.decode()
        told = sam.post(f"{address}begin/", follow=True).content.decode()
        assert "4 items stand on the agenda as drafts." in told
        assert self.order(meeting) == [
            "Welcome",
            "Apologies",
            "Proposed precept",
            "Work programme",
        ]
        assert "The agenda has not been published." in read(meeting.get_absolute_url()).words
        again = sam.post(f"{address}begin/", follow=True).content.decode()
        assert "This meeting has an agenda already." in again
        assert len(self.order(meeting)) == 4

    def test_a_body_without_standing_items_is_told_so(self) -> None:
        meeting = planned(make("body"), FAR)
        told = self.sam().post(f"/office/meetings/{meeting.reference}/agenda/begin/", follow=True)
        assert "This body has no standing items" in told.content.decode()

    def test_items_move_by_a_press_of_a_button(self, meeting: Any) -> None:
        sam = self.sam()
        sam.post(f"/office/meetings/{meeting.reference}/agenda/begin/")
        precept = AGENDA_ITEM.all().get(parent=meeting, title="Proposed precept")
        sam.post(f"/office/agenda-items/{precept.reference}/up/")
        assert self.order(meeting)[1] == "Proposed precept"
        sam.post(f"/office/agenda-items/{precept.reference}/up/")
        told = sam.post(f"/office/agenda-items/{precept.reference}/up/", follow=True)
        assert "It stands at the end of the agenda already." in told.content.decode()
        sam.post(f"/office/agenda-items/{precept.reference}/down/")
        assert self.order(meeting) == [
            "Welcome",
            "Proposed precept",
            "Apologies",
            "Work programme",
        ]
        assert sam.get(f"/office/agenda-items/{precept.reference}/up/").status_code == 302
        assert self.order(meeting)[1] == "Proposed precept"

    def test_a_public_order_changes_only_when_it_is_approved(self, meeting: Any) -> None:
        one, two, three = (
            make("agenda-item", parent=meeting, number=n, title=f"Item {n}") for n in (1, 2, 3)
        )
        sam = self.sam()
        sam.post(f"/office/agenda-items/{three.reference}/up/")
        sam.post(f"/office/agenda-items/{three.reference}/up/")
        shown = sam.get(f"/office/meetings/{meeting.reference}/agenda/").content.decode()
        assert shown.index("Item 3") < shown.index("Item 1") < shown.index("Item 2")
        public = read(meeting.get_absolute_url()).words
        assert public.index("Item 1") < public.index("Item 2") < public.index("Item 3")
        for item in (one, two, three):
            approve_change(item)
        assert self.order(meeting) == ["Item 3", "Item 1", "Item 2"]

    def test_the_agenda_of_a_meeting_that_is_over_stays(self, panel: Any) -> None:
        held = make("meeting", body=panel)
        items = [make("agenda-item", parent=held, number=n) for n in (1, 2)]
        told = self.sam().post(f"/office/agenda-items/{items[1].reference}/up/", follow=True)
        assert "stays as it was" in told.content.decode()
        assert [i.number for i in agenda_items(held, PUBLIC)] == [1, 2]

    def test_it_says_by_when_all_must_be_out_and_what_is_too_late(
        self, meeting: Any, on_day: Any
    ) -> None:
        address = f"/office/meetings/{meeting.reference}/agenda/"
        make("agenda-item", parent=meeting, number=1, title="In time")
        make("agenda-item", parent=meeting, number=2, title="Too slow", status=Status.DRAFT)
        on_day("2040-01-30")
        early = read(address, "panel_officer").words
        assert "must be public by Tuesday 31 January 2040. 1 day is left." in early
        assert "Too late" not in early
        on_day(FAR_TOO_LATE)
        late = read(address, "chief_executive").words
        assert "That day has passed" in late
        assert late.count("Too late to be published without the chair’s reason") == 1

    def test_readers_see_it_and_move_nothing(self, meeting: Any) -> None:
        item = make("agenda-item", parent=meeting, number=1, title="In time")
        make("agenda-item", parent=meeting, number=2)
        page = read(f"/office/meetings/{meeting.reference}/agenda/", "reader")
        assert "In time" in page.words
        assert "Down" not in page.words
        client = Client()
        user = make_user("robin", "reader")
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        assert client.post(f"/office/agenda-items/{item.reference}/down/").status_code == 403
        begin = f"/office/meetings/{meeting.reference}/agenda/begin/"
        assert client.post(begin).status_code == 403


def test_only_whoever_may_edit_meetings_begins_an_agenda(panel: Any) -> None:
    meeting = planned(panel, FAR)
    for role, status in (("policy_officer", 403), ("analyst", 403), ("panel_officer", 302)):
        client = Client()
        user = make_user(role, role)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        address = f"/office/meetings/{meeting.reference}/agenda/begin/"
        assert client.post(address).status_code == status, role
