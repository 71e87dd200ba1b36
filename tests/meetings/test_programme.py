"""The work programme as a board: every item in one place, moved with a reason that is kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from peelian.blocks import Heading, Table, text
from peelian.checks import findings as checks
from peelian.meetings.kinds import WORK_PROGRAMME
from peelian.meetings.models import WorkProgrammeItem
from peelian.meetings.programme import Programme, programme_of
from peelian.meetings.programme_blocks import work_programme_blocks
from peelian.meetings.programme_moves import move_item, moves_of
from peelian.record import operations
from peelian.record.errors import Invalid, RecordError, Refused, Stale
from peelian.record.models import Record, Status
from peelian.record.scope import PUBLIC, Scope
from tests.makers import CHRIS, PAT, amend, approve_change, bring_to, make, make_all, make_user
from tests.reading import read

pytestmark = pytest.mark.django_db
day = dt.date.fromisoformat
TODAY = "2026-05-01"
OFFICE = Scope(CHRIS)
DAYS = ("2026-06-16", "2026-09-15", "2027-02-02")
WHY = "The force needs until September."


@pytest.fixture
def panel(on_day: Any) -> Any:
    on_day(TODAY)
    return make("body", form="panel", reference="west-mercia-pcp", title="The Panel")


@pytest.fixture
def meetings(panel: Any) -> list[Any]:
    return [meeting(panel, held_on) for held_on in DAYS]


def meeting(body: Any, held_on: str, **values: Any) -> Any:
    named = {"reference": held_on, "title": f"Meeting of {held_on}", "state": "planned"}
    return make("meeting", **named | {"body": body, "held_on": day(held_on)} | values)


def item(at: Any = None, **values: Any) -> Any:
    if at is not None:
        values |= {"meeting": at, "month": at.held_on.replace(day=1)}
    return make("work-programme-item", **values)


def board(body: Any, scope: Scope = OFFICE) -> Programme:
    return programme_of(body, scope, day(TODAY))


def places(found: Programme) -> dict[str, str]:
    """Return by title where each item stands; what stands twice would be told twice."""
    told = [
        (i.item.title, c.meeting.reference) for c in (*found.past, *found.ahead) for i in c.items
    ]
    told += [(i.item.title, f"{i.month:%Y-%m}") for i in found.dated if i.month]
    told += [(i.item.title, "none") for i in found.undated]
    assert len(told) == len({title for title, _place in told})
    return dict(told)


def move(one: Any, to: Any, why: str = WHY, by: Any = PAT) -> Any:
    newest = WORK_PROGRAMME.all().get(pk=one.pk)
    assert isinstance(newest, WorkProgrammeItem)
    return move_item(newest, to, version=newest.version, by=by, why=why)


# ---- where items stand ----


def test_items_stand_at_their_meeting_in_their_month_or_without_a_date(
    panel: Any, meetings: list[Any]
) -> None:
    past = meeting(panel, "2026-02-03", state="held")
    for title, at, values in (
        ("Some day", None, {"form": "potential"}),
        ("In July", None, {"month": "2026-07-01"}),
        ("Plan", meetings[1], {}),
        ("Annual report", meetings[0], {"form": "statutory"}),
        ("Old", past, {}),
    ):
        item(at, title=title, **values)
    for scope in (OFFICE, PUBLIC):
        found = board(panel, scope)
        assert [c.meeting.reference for c in found.ahead] == list(DAYS)
        assert [c.meeting.reference for c in found.past] == ["2026-02-03"]
        assert places(found) == {
            "Annual report": "2026-06-16",
            "Plan": "2026-09-15",
            "Old": "2026-02-03",
            "In July": "2026-07",
            "Some day": "none",
        }


def test_each_body_has_its_own_board_and_what_names_none_is_the_panels(
    panel: Any, meetings: list[Any]
) -> None:
    other = make("oversight-mechanism", title="The Board")
    item(meeting(other, "2026-07-01"), title="Custody")
    item(body=other, title="Stop and search", form="potential")
    item(title="Drones", form="potential")
    assert set(places(board(panel))) == {"Drones"}
    assert places(board(other)) == {"Custody": "2026-07-01", "Stop and search": "none"}
    assert "Custody" in read(f"/programme/?body={other.key}").words
    assert "Custody" not in read("/programme/").words


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"of_another": True}, "is of another body"),
        ({"duty": "precept"}, "Give the key of a duty"),
        ({"duty": "precept/2026-27/lost"}, "Give the key of a duty"),
        ({"requested_on": "soon"}, "date"),
        ({"form": "urgent"}, "urgent"),
    ],
)
def test_what_an_item_cannot_say_is_refused_in_words(
    meetings: list[Any], values: dict[str, Any], said: str
) -> None:
    if values.pop("of_another", False):
        values["body"] = make("body")
    with pytest.raises(Invalid) as caught:
        item(meetings[0], **values)
    assert said in str(caught.value.errors)


def test_the_public_reads_no_draft_no_hidden_meeting_and_no_move_that_waits(
    panel: Any, meetings: list[Any]
) -> None:
    secret = meeting(panel, "2026-12-01", title="Hidden meeting", status="draft")
    item(meetings[0], title="Hidden draft", status="draft")
    item(secret, title="Shown in its month")
    told = item(meetings[0], title="Shown at its meeting")
    move(told, meetings[1], "Hidden reason")
    for address in ("/programme/", f"/programme/?body={panel.key}", "/work-programme/"):
        page = read(address)
        assert "Hidden" not in page.words
        assert page.status == 200
    assert places(board(panel, PUBLIC)) == {
        "Shown in its month": "2026-12",
        "Shown at its meeting": DAYS[0],
    }
    assert "Hidden" not in text_of(meetings[0])
    office = places(board(panel))
    assert (office["Shown at its meeting"], office["Hidden draft"]) == (DAYS[1], DAYS[0])
    assert "Waits for approval" in read("/office/programme/", "reader").words


def test_what_was_withdrawn_is_on_no_board(panel: Any, meetings: list[Any]) -> None:
    item(meetings[0], status="withdrawn")
    assert places(board(panel)) == {}


# ---- moving ----


def test_a_draft_moves_at_once_and_what_is_public_once_somebody_else_approves(
    panel: Any, meetings: list[Any]
) -> None:
    draft = item(meetings[0], title="Draft", status="draft")
    told = item(meetings[0], title="Told")
    move(draft, meetings[2], "")
    moved = move(told, meetings[2])
    assert operations.draft_of(moved).in_review
    assert places(board(panel)) == {"Draft": DAYS[2], "Told": DAYS[2]}
    assert places(board(panel, PUBLIC)) == {"Told": DAYS[0]}
    with pytest.raises(Refused, match="other than the author"):
        operations.approve(moved, by=PAT)
    approved: Any = operations.approve(moved, by=CHRIS)
    assert places(board(panel, PUBLIC)) == {"Told": DAYS[2]}
    assert approved.month == day("2027-02-01")


def test_to_no_date_and_back_it_stays_its_bodys(meetings: list[Any]) -> None:
    other = make("oversight-mechanism")
    there = meeting(other, "2026-07-01")
    one = item(there, title="Custody", status="draft")
    moved = move(one, None)
    assert (moved.meeting_id, moved.month, moved.body_id) == (None, None, other.pk)
    assert places(board(other)) == {"Custody": "none"}
    with pytest.raises(Refused, match="of another body"):
        move(one, meetings[0])
    assert move(one, there).meeting_id == there.pk


@pytest.mark.parametrize(
    ("values", "becomes"),
    [
        ({"form": "potential"}, "routine"),
        ({"form": "potential", "requested_on": "2026-04-01"}, "requested"),
        ({"form": "statutory"}, "statutory"),
    ],
)
def test_what_has_a_meeting_is_potential_no_longer(
    meetings: list[Any], values: dict[str, Any], becomes: str
) -> None:
    assert move(item(status="draft", **values), meetings[0]).form == becomes


def test_a_move_that_cannot_be_is_refused_in_words(panel: Any, meetings: list[Any]) -> None:
    one = item(meetings[0], title="Plan")
    loose = item(title="Loose")
    gone = item(meetings[0], title="Gone", status="withdrawn")
    for what, to, said in (
        (one, meetings[0], "stands at “Meeting of 2026-06-16” already"),
        (one, meeting(panel, "2026-02-03", state="held"), "is over or cancelled"),
        (one, meeting(panel, "2026-11-03", state="cancelled"), "is over or cancelled"),
        (one, meeting(make("body"), "2026-12-03"), "is of another body"),
        (loose, None, "has no date already"),
        (gone, meetings[1], "is withdrawn"),
    ):
        with pytest.raises(Refused, match=said):
            move(what, to)
    for why in ("", "  \n"):
        with pytest.raises(Invalid) as caught:
            move(one, meetings[1], why)
        assert "Say why it moves" in str(caught.value.errors)
    with pytest.raises(Stale):
        move_item(one, meetings[1], version=one.version - 1, by=PAT, why=WHY)
    assert places(board(panel)) == {"Plan": DAYS[0], "Loose": "none"}


def test_a_move_does_not_send_for_review_what_a_colleague_still_writes(
    meetings: list[Any],
) -> None:
    one = item(meetings[0])
    amend(one, note="Half a sen")
    moved = move(one, meetings[1])
    assert not operations.draft_of(moved).in_review
    assert operations.draft_of(moved).values["note"] == "Half a sen"


def test_what_moved_says_from_where_to_where_by_whom_why_and_what_became_of_it(
    meetings: list[Any],
) -> None:
    told, draft = item(meetings[0], title="Told"), item(title="Draft", status="draft")
    move(told, meetings[1])
    approve_change_in_review(told)
    move(told, meetings[2], "Later still")
    dropped: Any = Record.objects.get(pk=told.pk)
    operations.discard(operations.send_back(dropped, by=CHRIS, why="No"), by=PAT)
    move(told, None, "Not this year")
    move(draft, meetings[0], "")
    amend(draft, note="Not a move")
    first, second, third = (f"Meeting of {held_on}" for held_on in DAYS)
    found = {(m.item.title, m.before, m.after): m for m in moves_of([told, draft], OFFICE)}
    assert len(found) == 4
    assert found["Draft", "No date", first].outcome == ""
    approved = found["Told", first, second]
    assert (approved.by, approved.why) == ("pat", WHY)
    assert approved.outcome.startswith("Approved by chris on ")
    assert found["Told", second, third].outcome.startswith("Dropped by pat on ")
    assert found["Told", second, "No date"].outcome == "Waits for approval"
    page = read("/office/programme/", "reader")
    assert "Later still" in page.words
    assert "Later still" not in read("/programme/").words


def approve_change_in_review(one: Any) -> None:
    operations.approve(WORK_PROGRAMME.all().get(pk=one.pk), by=CHRIS)


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from(["", "ok", "no"])),
        max_size=8,
    )
)
@settings(max_examples=5)
def test_whatever_is_moved_every_item_stands_once_on_the_board(
    on_day: Any, steps: list[tuple[int, int, str]]
) -> None:
    on_day(TODAY)
    with transaction.atomic():
        _move_about(steps)
        transaction.set_rollback(True)


def _move_about(steps: list[tuple[int, int, str]]) -> None:
    panel = make_all("body", {"reference": "west-mercia-pcp", "form": "panel"})[0]
    to = [*_meetings(panel), None]
    items = [_item(n, to[n]) for n in range(4)]
    for which, target, then in steps:
        one = WORK_PROGRAMME.all().get(pk=items[which].pk)
        try:
            move(one, to[target])
        except RecordError:
            continue
        newest = WORK_PROGRAMME.all().get(pk=one.pk)
        if operations.draft_of(newest):
            if then == "ok":
                operations.approve(newest, by=CHRIS)
            elif then == "no":
                operations.discard(newest, by=PAT)
        for scope in (OFFICE, PUBLIC):
            assert set(places(board(panel, scope))) >= {i.title for i in items if _seen(i, scope)}
    assert {i.title for i in items} <= set(places(board(panel)))


def _seen(one: Any, scope: Scope) -> bool:
    return not scope.is_public or one.status == Status.PUBLISHED


def _meetings(panel: Any) -> list[Any]:
    rows = [{"reference": d, "body": panel, "held_on": day(d), "state": "planned"} for d in DAYS]
    return make_all("meeting", *rows)


def _item(n: int, at: Any) -> Any:
    values: dict[str, Any] = {"title": f"Item {n}", "form": "routine", "meeting": at}
    if n % 2:
        return bring_to(make("work-programme-item", status="draft", **values), "draft")
    return make("work-programme-item", **values)


# ---- the pages ----


@pytest.mark.parametrize(
    ("role", "may_move"),
    [
        ("reader", False),
        ("policy_officer", False),
        ("analyst", False),
        ("panel_officer", True),
        ("chief_executive", True),
        ("administrator", True),
    ],
)
def test_who_may_edit_meetings_moves_items_and_everybody_reads_the_board(
    meetings: list[Any], role: str, may_move: bool
) -> None:
    one = item(meetings[0], title="Plan", reference="plan")
    client = Client()
    client.force_login(make_user("somebody", role), "django.contrib.auth.backends.ModelBackend")
    page = client.get("/office/programme/").content.decode()
    assert ("/office/work-programme/plan/move/" in page) == may_move
    sent = {"to": DAYS[1], "why": WHY, "version": one.version}
    answer = client.post("/office/work-programme/plan/move/", sent)
    assert answer.status_code == (302 if may_move else 403)
    assert bool(operations.draft_of(one)) == may_move


def test_the_public_is_asked_to_sign_in_to_move(meetings: list[Any]) -> None:
    item(meetings[0], reference="plan")
    assert Client().get("/office/work-programme/plan/move/").status_code in (302, 403)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"to": "nowhere-known"}, "Select a valid choice"),
        ({"to": ""}, "Choose where it goes."),
        ({"why": ""}, "Say why it moves"),
        ({"why": "x" * 1001}, "at most 1000 characters"),
        ({"version": "x"}, "whole number"),
        ({"version": "0"}, "was changed by somebody else"),
    ],
)
def test_a_form_filled_in_badly_says_what_is_wrong_and_moves_nothing(
    panel: Any, meetings: list[Any], sent: dict[str, str], said: str
) -> None:
    one = item(meetings[0], title="Plan", reference="plan")
    client = Client()
    client.force_login(
        make_user("sam", "panel_officer"), "django.contrib.auth.backends.ModelBackend"
    )
    good = {"to": DAYS[1], "why": WHY, "version": str(one.version)}
    answer = client.post("/office/work-programme/plan/move/", good | sent)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert places(board(panel)) == {"Plan": DAYS[0]}


@pytest.mark.parametrize("body", ["nobody", "body/nobody", "meeting/2026-06-16", "body/' OR 1"])
def test_a_body_there_is_not_has_no_board(meetings: list[Any], body: str) -> None:
    assert read(f"/programme/?body={body}").status == 404


def test_an_empty_board_says_so(on_day: Any) -> None:
    on_day(TODAY)
    assert "Nothing has been published here yet." in read("/programme/").words


def test_a_full_board_asks_at_most_twelve_times(panel: Any, meetings: list[Any]) -> None:
    minute, person = make("minute"), make("person", title="Ivy Thornfield")
    asked = {"form": "requested", "requested_by": person, "requested_at": minute}
    few = [{"title": "One", "meeting": meetings[0], **asked}]
    make_all("work-programme-item", *few)
    before = read("/programme/")
    assert "Asked for by Ivy Thornfield" in before.words
    many = [
        {"reference": f"i{n}", "title": f"No {n}", "meeting": meetings[n % 3], **asked}
        for n in range(30)
    ]
    make_all("work-programme-item", *many)
    page = read("/programme/")
    assert page.queries == before.queries <= 12
    assert page.words.count("Asked for by Ivy Thornfield") == 31


# ---- the pack and the findings ----


def text_of(at: Any) -> str:
    return "\n".join(text(block) for block in work_programme_blocks(at, PUBLIC))


def test_the_pack_prints_it_by_meeting_from_its_own_on(panel: Any, meetings: list[Any]) -> None:
    item(meetings[0], title="Gone by")
    item(meetings[1], title="Plan", note="By then", requested_on="2026-04-01")
    item(month="2026-11-01", title="In November")
    item(title="Some day", form="potential")
    blocks = work_programme_blocks(meetings[1], PUBLIC)
    assert [b.text for b in blocks if isinstance(b, Heading)] == [
        "Meeting of 2026-09-15",
        "In a month, no meeting yet",
        "No date yet",
    ]
    tables = [b for b in blocks if isinstance(b, Table)]
    assert [text(table).splitlines()[2:] for table in tables] == [
        ["Plan\tRoutine\tAsked for on 1 April 2026. By then"],
        ["In November\tRoutine\tNovember 2026"],
        ["Some day\tPotential\t"],
    ]
    empty = work_programme_blocks(meeting(make("body"), "2026-07-01"), PUBLIC)
    assert text(empty[0]) == "The work programme is empty."


def found(name: str, scope: Scope = OFFICE) -> list[str]:
    return [f.found for f in checks.run(scope, day(TODAY), only=[name])]


def test_items_out_of_place_are_found_until_they_are_moved(panel: Any, meetings: list[Any]) -> None:
    off = meeting(panel, "2026-07-07", state="cancelled")
    stranded = item(off, title="Plan")
    item(meetings[0], title="Precept")
    wrong = make("work-programme-item", meeting=meetings[0], month=day("2026-07-01"))
    assert found("programme-place") == [
        "It stands at “Meeting of 2026-07-07”, which was cancelled.",
        "It says July 2026, and its meeting is on 16 June 2026.",
    ]
    assert "What stands here needs another meeting." in read("/programme/").words
    move(stranded, meetings[1])
    amend(wrong, month="2026-06-20")
    assert found("programme-place") == []
    assert len(found("programme-place", PUBLIC)) == 2
    assert approve_change(wrong).month == day("2026-06-20")
