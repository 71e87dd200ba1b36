"""The life of a meeting's minutes: written, with the chair, a draft, confirmed, signed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from peelian.checks.findings import run
from peelian.meetings import minutes
from peelian.meetings.kinds import ATTENDANCE, MEETING, MINUTE, MINUTE_CORRECTION, VOTE
from peelian.meetings.minute_taking import write_minute
from peelian.meetings.minutes import MOVES, Correction, Stage
from peelian.meetings.models import Meeting
from peelian.meetings.numbering import missing_numbers, next_minute_number
from peelian.meetings.sections import minutes_blocks
from peelian.meetings.vote_form import VoteForm
from peelian.promises.kinds import UNDERTAKING
from peelian.record import operations
from peelian.record.access import ROLES, Command, may
from peelian.record.errors import Invalid, Refused, Stale
from peelian.record.models import Change, Draft
from peelian.record.scope import PUBLIC, Scope
from tests.makers import CHRIS, make, make_user
from tests.reading import read

pytestmark = pytest.mark.django_db

NOVEMBER, FEBRUARY, JUNE = dt.date(2019, 11, 27), dt.date(2020, 2, 5), dt.date(2020, 6, 16)
OFFICE = Scope(CHRIS)
SAM, ALEX = (Command(name, ("panel_officer",)) for name in ("sam", "alex"))


@pytest.fixture
def panel() -> dict[str, Any]:
    """A panel with minutes to 320, and a November meeting of two items that Sam minuted."""
    body = make("body", form="panel")
    september, november, february, june = (
        make("meeting", body=body, held_on=day, reference=str(day), title=f"Met on {day}")
        for day in (dt.date(2019, 9, 10), NOVEMBER, FEBRUARY, JUNE)
    )
    make("minute", parent=september, number=320, reference="m320")
    items = [
        make("agenda-item", parent=november, number=n, title=title)
        for n, title in ((1, "Welcome"), (2, "Rural crime"))
    ]
    for item in reversed(items):
        text = f"The panel spoke of {item.title.lower()}."
        write_minute(november, item, title=item.title, text=text, version=None, by=SAM)
    return {
        "body": body,
        "november": november,
        "february": february,
        "june": june,
        "items": items,
        "person": make("person", title="Councillor Maple"),
    }


def brought_to(panel: dict[str, Any], stage: str) -> Meeting:
    """Return the November meeting after the steps to a stage."""
    held: Meeting = panel["november"]
    if stage != Stage.WRITING:
        held = minutes.send_to_chair(held, by=SAM)
    if stage in (Stage.PUBLISHED, Stage.CONFIRMED, Stage.SIGNED):
        held = minutes.publish_draft(held, by=ALEX)
    if stage in (Stage.CONFIRMED, Stage.SIGNED):
        held = minutes.confirm(held, at=panel["february"], by=ALEX)
    if stage == Stage.SIGNED:
        held = minutes.sign(held, signed_by=panel["person"], signed_on=FEBRUARY, by=ALEX)
    return held


TAKE: dict[str, Any] = {
    Stage.WITH_CHAIR: lambda m, p: minutes.send_to_chair(m, by=SAM),
    Stage.WRITING: lambda m, p: minutes.return_to_writer(m, by=SAM, why="Item 2 is too long"),
    Stage.PUBLISHED: lambda m, p: minutes.publish_draft(m, by=ALEX),
    Stage.CONFIRMED: lambda m, p: minutes.confirm(m, at=p["february"], by=ALEX),
    Stage.SIGNED: lambda m, p: minutes.sign(m, signed_by=p["person"], signed_on=FEBRUARY, by=ALEX),
}


@pytest.mark.parametrize("start", Stage.values)
def test_minutes_move_only_as_the_table_says_and_each_step_is_in_the_history(
    panel: Any, start: str
) -> None:
    for to, take in TAKE.items():
        held = Meeting.objects.get(pk=panel["november"].pk)
        if held.minutes_stage != start:
            held = brought_to(panel, start)
        if to in MOVES[start]:
            continue
        with pytest.raises(Refused, match="cannot become"):
            take(held, panel)
        assert Meeting.objects.get(pk=held.pk).minutes_stage == start
    for to in MOVES[start][-1:]:
        moved = TAKE[to](Meeting.objects.get(pk=panel["november"].pk), panel)
        last = Change.objects.filter(record_id=moved.pk).last()
        assert (moved.minutes_stage, last.by) == (to, "sam" if to == Stage.WITH_CHAIR else "alex")
        assert last.action.startswith("minutes_")


def test_numbers_go_on_across_meetings_whichever_minute_is_written_first(panel: Any) -> None:
    written = MINUTE.all().filter(parent=panel["november"]).order_by("number")
    assert [(m.number, m.title) for m in written] == [(321, "Welcome"), (322, "Rural crime")]
    assert next_minute_number(panel["november"]) == 323
    assert next_minute_number(panel["february"]) == 323
    other = make("meeting", body=make("body"), held_on=FEBRUARY)
    assert next_minute_number(other) == 1
    assert missing_numbers([5, 3, 7]) == [4, 6]
    assert missing_numbers([]) == []


def test_who_wrote_minutes_does_not_publish_them_and_nothing_shows_before(panel: Any) -> None:
    held = minutes.send_to_chair(panel["november"], by=SAM)
    assert "spoke of" not in read(held.get_absolute_url()).html
    with pytest.raises(Refused, match="Someone other than the author"):
        minutes.publish_draft(held, by=SAM)
    assert not MINUTE.all().filter(parent=held, status="published").exists()
    minutes.publish_draft(held, by=ALEX)
    page = read(held.get_absolute_url())
    assert "Draft, not yet confirmed" in page.words
    assert "spoke of rural crime" in page.words
    [minute, _other] = MINUTE.all().filter(parent=held).order_by("number")
    assert "Draft, not yet confirmed" in read(minute.get_absolute_url()).words


def test_minutes_with_a_number_left_out_do_not_go_to_the_chair(panel: Any) -> None:
    write_minute(panel["november"], None, title="Adjourned", text="At one.", version=None, by=SAM)
    middle = MINUTE.all().get(number=322)
    operations.delete(middle, by=SAM, why="Written twice")
    with pytest.raises(Refused, match="Number 322 is left out"):
        minutes.send_to_chair(panel["november"], by=SAM)


@pytest.mark.parametrize(
    ("values", "said"),
    [({"state": "cancelled"}, "has not been held"), ({"state": "held"}, "no minutes yet")],
)
def test_what_was_not_held_or_written_does_not_go_to_the_chair(values: Any, said: str) -> None:
    with pytest.raises(Refused, match=said):
        minutes.send_to_chair(make("meeting", held_on=FEBRUARY, **values), by=SAM)


def test_the_chair_sends_minutes_back_with_a_reason(panel: Any) -> None:
    held = minutes.send_to_chair(panel["november"], by=SAM)
    with pytest.raises(Invalid):
        minutes.return_to_writer(held, by=SAM, why=" ")
    held = minutes.return_to_writer(held, by=SAM, why="Item 2 is too long")
    assert {m.status for m in MINUTE.all().filter(parent=held)} == {"draft"}
    assert Change.objects.filter(record_id=held.pk).last().why == "Item 2 is too long"


def test_a_confirmation_shows_what_it_corrected_beside_what_was_said(panel: Any) -> None:
    held = brought_to(panel, Stage.PUBLISHED)
    minute = MINUTE.all().get(number=322)
    corrections = [Correction(minute, "rural\ncrime", "crime in the country")]
    held = minutes.confirm(held, at=panel["february"], corrections=corrections, by=ALEX)
    held = minutes.sign(held, signed_by=panel["person"], signed_on=FEBRUARY, by=ALEX)
    page = read(held.get_absolute_url())
    assert "Confirmed on 5 February 2020, with 1 correction." in page.words
    assert "Signed by Councillor Maple on 5 February 2020." in page.words
    assert "The panel spoke of rural crime." in page.words
    assert "For “rural crime” read “crime in the country”." in page.words
    assert page.links["Met on 2020-02-05"] == panel["february"].get_absolute_url()
    assert "crime in the country" in read(minute.get_absolute_url()).words
    pack = str(minutes_blocks(held, PUBLIC))
    assert "Confirmed on 5 February 2020" in pack
    assert "crime in the country" in pack


def test_a_refused_correction_leaves_the_minutes_unconfirmed(panel: Any) -> None:
    held = brought_to(panel, Stage.PUBLISHED)
    first, second = MINUTE.all().filter(parent=held).order_by("number")
    wrong = [Correction(first, "welcome", "greetings"), Correction(second, "not there", "x")]
    with pytest.raises(Invalid) as refused:
        minutes.confirm(held, at=panel["february"], corrections=wrong, by=ALEX)
    assert "do not stand in minute 322" in str(refused.value.errors)
    assert not MINUTE_CORRECTION.all().exists()
    assert Meeting.objects.get(pk=held.pk).minutes_stage == Stage.PUBLISHED
    stranger = Correction(MINUTE.all().get(number=320), "", "x")
    with pytest.raises(Invalid):
        minutes.confirm(held, at=panel["february"], corrections=[stranger], by=ALEX)


def test_minutes_are_confirmed_by_a_later_public_meeting_of_the_body_only(panel: Any) -> None:
    held = brought_to(panel, Stage.PUBLISHED)
    other = make("meeting", body=make("body"), held_on=FEBRUARY)
    cancelled = make("meeting", body=panel["body"], held_on=FEBRUARY, state="cancelled")
    for at in (held, other, cancelled):
        with pytest.raises(Invalid):
            minutes.confirm(held, at=at, by=ALEX)
    hidden = make("meeting", body=panel["body"], held_on=FEBRUARY, status="draft")
    with pytest.raises(Refused, match="not public yet"):
        minutes.confirm(held, at=hidden, by=ALEX)


def test_minutes_with_a_change_that_waits_are_not_confirmed(panel: Any) -> None:
    held = brought_to(panel, Stage.PUBLISHED)
    minute = MINUTE.all().get(number=322)
    operations.edit(minute, {"text": "Other words."}, version=minute.version, by=SAM)
    with pytest.raises(Refused, match="Minute 322 is not public as it stands"):
        minutes.confirm(held, at=panel["february"], by=ALEX)


def test_a_confirmed_minute_is_frozen_and_a_later_meeting_corrects_it_beside(panel: Any) -> None:
    held = brought_to(panel, Stage.SIGNED)
    minute = MINUTE.all().get(number=322)
    with pytest.raises(Invalid, match="stays as it is"):
        operations.edit(minute, {"text": "Other words."}, version=minute.version, by=SAM)
    row = {"reference": minute.reference, "parent": held, "number": 322}
    with pytest.raises(Invalid):
        operations.bring_in(MINUTE, {**row, "text": "x"}, by=SAM, why="Loaded")
    with pytest.raises(Refused):
        write_minute(held, None, title="One more", text="x", version=None, by=SAM)
    late = make("minute", parent=held, number=323, status="approved")
    with pytest.raises(Refused, match="none is added"):
        operations.publish(late, by=CHRIS)
    for values in ({"minutes_stage": "published", "confirmed_on": None}, {"held_on": JUNE}):
        newest = Meeting.objects.get(pk=held.pk)
        with pytest.raises(Invalid):
            operations.edit(newest, values, version=newest.version, by=CHRIS)
    assert not Draft.objects.exists()

    later = make("minute", parent=panel["june"], number=340, reference="m340")
    with pytest.raises(Invalid, match="later meeting"):
        minutes.correct(Correction(minute, "rural", "x"), at=minute, by=ALEX)
    minutes.correct(Correction(minute, "rural", "country"), at=later, by=ALEX)
    page = read(held.get_absolute_url())
    assert "For “rural” read “country”." in page.words
    assert "with 1 correction." in page.words
    unconfirmed = make("minute", parent=panel["february"], number=330)
    with pytest.raises(Refused, match="not confirmed yet"):
        minutes.correct(Correction(unconfirmed, "", "x"), at=later, by=ALEX)


@pytest.mark.parametrize("day", [NOVEMBER, dt.date(2999, 1, 1)])
def test_minutes_are_not_signed_before_they_are_confirmed_nor_in_the_future(
    panel: Any, day: dt.date
) -> None:
    held = brought_to(panel, Stage.CONFIRMED)
    with pytest.raises(Invalid):
        minutes.sign(held, signed_by=panel["person"], signed_on=day, by=ALEX)


def test_two_who_write_one_minute_do_not_overwrite_each_other(panel: Any) -> None:
    held, item = panel["november"], panel["items"][0]
    for version in (None, 7):
        with pytest.raises(Stale):
            write_minute(held, item, title="Welcome", text="Mine.", version=version, by=ALEX)
    saved = write_minute(held, item, title="Welcome", text="Mine.", version=1, by=ALEX)
    assert (saved.number, saved.text, saved.version) == (321, "Mine.", 2)


def test_gaps_and_doubles_of_numbers_and_late_confirmations_are_found(panel: Any) -> None:
    brought_to(panel, Stage.PUBLISHED)
    make("minute", parent=panel["february"], number=322, reference="again")
    make("minute", parent=panel["february"], number=330, reference="far")
    make("minute", parent=panel["june"], number=1, reference="new-year")
    found = run(PUBLIC, dt.date(2020, 7, 1))
    said = {f.record.reference: f.found for f in found if f.check == "minute-numbers"}
    assert said == {
        "again": "Two minutes have the number 322.",
        "far": "Minute 330 follows 322: numbers are left out.",
    }
    late = [f.record.pk for f in found if f.check == "minutes-unconfirmed"]
    assert late == [panel["november"].pk]


# ---- pages ----


def take(panel: dict[str, Any], name: str = "office-minutes-take") -> str:
    return reverse(name, args=[panel["november"].reference])


def signed_in(*roles: str) -> Client:
    client = Client()
    client.force_login(make_user("-".join(roles) or "nobody", *roles))
    return client


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_with_minutes_what_the_table_of_roles_says(panel: Any, role: str) -> None:
    client, user = signed_in(role), Command("x", (role,))
    assert client.get(take(panel)).status_code == 200
    for name, needs in (
        ("write", "edit"),
        ("attendance", "edit"),
        ("step-send", "edit"),
        ("step-publish", "approve"),
        ("step-confirm", "approve"),
        ("step-sign", "approve"),
    ):
        status = client.get(take(panel, f"office-minutes-{name}")).status_code
        assert (status == 403) != may(user, needs, "meetings"), name
    assert Client().get(take(panel)).status_code == 302


def test_minutes_are_taken_on_one_page_and_a_stale_save_shows_both(panel: Any) -> None:
    client = signed_in("panel_officer")
    key = f"item-{panel['items'][0].pk}"
    page = client.get(take(panel)).content.decode()
    assert page.index("321. Welcome") < page.index("322. Rural crime") < page.index("A further")
    sent = {"line": key, "version": "1", "title": "Welcome", "text": "All were\r\nwelcomed."}
    saved = client.post(take(panel, "office-minutes-write"), sent)
    assert saved.headers["Location"] == f"{take(panel)}#{key}"
    assert MINUTE.all().get(number=321).text == "All were\nwelcomed."
    stale = client.post(take(panel, "office-minutes-write"), sent | {"text": "Typed too late."})
    said = stale.content.decode()
    assert (stale.status_code, "Typed too late." in said, "All were" in said) == (409, True, True)
    again = sent | {"text": "Typed too late.", "version": "2"}
    assert client.post(take(panel, "office-minutes-write"), again).status_code == 302


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"line": "item-0"}, 404, ""),
        ({"line": "further", "title": "Alone", "text": ""}, 400, "This field cannot be blank"),
        ({"line": "further", "title": "", "text": "Kept\x00 words"}, 400, "Kept words"),
        ({"line": "further", "title": "Long", "text": "x", "version": "9" * 30}, 302, ""),
    ],
)
def test_bad_input_is_answered_in_words_and_kept(
    panel: Any, sent: dict[str, str], status: int, said: str
) -> None:
    answer = signed_in("panel_officer").post(take(panel, "office-minutes-write"), sent)
    assert answer.status_code == status
    assert said in answer.content.decode()


def test_an_undertaking_is_given_in_the_line_and_leads_back_to_it(panel: Any) -> None:
    minute = MINUTE.all().get(number=322)
    key = f"item-{panel['items'][1].pk}"
    sent = {"line": key, "made_at": str(minute.pk), "title": "Share the figures", "due": ""}
    address = reverse("office-meetings-undertaking", args=[panel["november"].reference])
    answer = signed_in("panel_officer").post(address, sent)
    assert answer.headers["Location"] == f"{take(panel)}#{key}"
    assert UNDERTAKING.all().get(made_at=minute).title == "Share the figures"
    assert "Share the figures" in signed_in("reader").get(take(panel)).content.decode()
    assert "Share the figures" not in read(panel["november"].get_absolute_url()).html


def test_attendance_of_the_members_is_one_form(panel: Any) -> None:
    present, away, other = (make("person", title=name) for name in ("Ash", "Birch", "Cedar"))
    for person in (present, away):
        role = make("role", body=panel["body"], standing="member")
        make("membership", person=person, role=role)
    client = signed_in("panel_officer")

    def send(**ways: str) -> Any:
        form = client.get(take(panel)).context["form"]
        sent = {b.html_name: b.value() or "" for b in form} | {
            n.replace("_", "-"): v for n, v in ways.items()
        }
        return client.post(take(panel, "office-minutes-attendance"), sent), sent

    ash, birch = f"way_{present.pk}", f"way_{away.pk}"
    place = f"substitute_{away.pk}"
    refused, _sent = send(**{ash: "present", birch: "present", place: str(other.pk)})
    assert refused.status_code == 400
    assert "name no substitute" in refused.content.decode()
    assert not ATTENDANCE.all().exists()
    kept, sent = send(**{ash: "present", birch: "apologies", place: str(other.pk)})
    assert kept.status_code == 302
    rows = {(r.title, r.capacity, r.for_person_id) for r in ATTENDANCE.all()}
    assert rows == {
        ("Ash", "present", None),
        ("Birch", "apologies", None),
        ("Cedar", "substitute", away.pk),
    }
    late = client.post(take(panel, "office-minutes-attendance"), sent)
    assert late.status_code == 409
    assert send(**{ash: "apologies", birch: "present", place: ""})[0].status_code == 302
    rows = {(r.title, r.capacity, r.for_person_id) for r in ATTENDANCE.all()}
    assert rows == {("Ash", "apologies", None), ("Birch", "present", None)}
    assert send(**{birch: "apologies", place: str(other.pk)})[0].status_code == 302
    assert "Ash" not in read(panel["november"].get_absolute_url()).html


def test_who_came_late_or_left_early_is_in_the_minutes(panel: Any) -> None:
    ash, birch, cedar = (make("person", title=name) for name in ("Ash", "Birch", "Cedar"))
    for person in (ash, birch):
        role = make("role", body=panel["body"], standing="member")
        make("membership", person=person, role=role)
    client = signed_in("panel_officer")

    def send(**said: str) -> Any:
        form = client.get(take(panel)).context["form"]
        sent = {b.html_name: b.value() or "" for b in form}
        return client.post(take(panel, "office-minutes-attendance"), sent | said)

    came = {f"way-{ash.pk}": "present", f"way-{birch.pk}": "apologies"}
    times = {f"arrived-{ash.pk}": "10.40", f"left-{ash.pk}": "11:30"}
    place = {f"substitute-{birch.pk}": str(cedar.pk), f"left-{birch.pk}": "12:05"}
    assert send(**came, **times, **place).status_code == 302
    rows = {r.title: r.times for r in ATTENDANCE.all()}
    assert rows == {"Ash": "arrived 10:40, left 11:30", "Birch": "", "Cedar": "left 12:05"}
    assert send(**{f"left-{ash.pk}": ""}).status_code == 302, "what was read is what is sent back"
    brought_to(panel, Stage.PUBLISHED)
    page = read(panel["november"].get_absolute_url()).words
    assert "Ash (arrived 10:40)" in page
    assert "Cedar (for Birch; left 12:05)" in page
    form = VoteForm(VOTE, OFFICE, is_new=True, initial={"parent": panel["items"][0]})
    labels = {str(field.label) for field in form.fields.values()}
    assert {"Ash (arrived 10:40)", "Cedar for Birch (left 12:05)"} <= labels


@pytest.mark.parametrize(
    ("way", "arrived", "left", "said"),
    [
        ("apologies", "10:40", "", "or give no times"),
        ("", "", "11:00", "or give no times"),
        ("present", "11:00", "10:40", "Nobody leaves before they arrive."),
        ("present", "11:00", "11:00", "Nobody leaves before they arrive."),
        ("present", "noon", "", "Enter a valid time."),
    ],
)
def test_times_that_cannot_be_are_refused_beside_their_field(
    panel: Any, way: str, arrived: str, left: str, said: str
) -> None:
    ash = make("person", title="Ash")
    make("membership", person=ash, role=make("role", body=panel["body"], standing="member"))
    sent = {f"way-{ash.pk}": way, f"arrived-{ash.pk}": arrived, f"left-{ash.pk}": left}
    answer = signed_in("panel_officer").post(take(panel, "office-minutes-attendance"), sent)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not ATTENDANCE.all().exists()


def test_no_row_holds_times_that_cannot_be(panel: Any) -> None:
    for values in (
        {"capacity": "apologies", "left_at": dt.time(11)},
        {"capacity": "present", "arrived_at": dt.time(11), "left_at": dt.time(10)},
    ):
        with pytest.raises(Invalid):
            make("attendance", parent=panel["november"], **values)


def test_the_steps_are_taken_from_the_page(panel: Any) -> None:
    brought_to(panel, Stage.PUBLISHED)
    client = signed_in("panel_officer")
    minute = MINUTE.all().get(number=322)
    half = {"confirmed_at": panel["february"].pk, "minute-1": minute.pk, "says-1": ""}
    assert client.post(take(panel, "office-minutes-step-confirm"), half).status_code == 200
    whole = half | {"said-1": "rural", "says-1": "country"}
    assert client.post(take(panel, "office-minutes-step-confirm"), whole).status_code == 302
    signed = {"signed_by": panel["person"].pk, "signed_on": "5/2/2020"}
    assert client.post(take(panel, "office-minutes-step-sign"), signed).status_code == 302
    later = make("minute", parent=panel["february"], number=340)
    address = reverse("office-minutes-correct", args=[minute.reference])
    said = {"said": "crime", "says": "policing", "corrected_at": later.pk}
    assert client.post(address, said).status_code == 302
    page = client.get(take(panel)).content.decode()
    assert "with 2 corrections." in page
    assert "<textarea" not in page
    assert MEETING.all().get(pk=panel["november"].pk).minutes_stage == Stage.SIGNED
