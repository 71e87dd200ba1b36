"""What a meeting's form decides: its agenda, who may see it, its work, and what the public asks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelian.checks.findings import run
from peelian.duties.calendar import due_between
from peelian.intake.tables import Rejected
from peelian.law.dates import FinancialYear
from peelian.meetings.challenge_section import standing_words
from peelian.meetings.models import Challenge, Meeting
from peelian.meetings.operations import begin_agenda
from peelian.meetings.participation import deadline
from peelian.meetings.programme_slots import slots_in
from peelian.meetings.sorts import SORTS, Form
from peelian.record import operations
from peelian.record.errors import Invalid, Refused
from peelian.record.kinds import kind_named
from peelian.record.load import load_file
from peelian.record.scope import PUBLIC, Scope
from tests.makers import CHRIS, DAY, PAT, amend, bring_to, make
from tests.reading import read

pytestmark = pytest.mark.django_db

PANEL_FORMS = [form for form in Form if SORTS[form].by_panel]
ACCOUNT_FORMS = [form for form in Form if SORTS[form].by_commissioner]


@pytest.fixture
def panel() -> Any:
    return make("body", form="panel", reference="west-mercia-pcp")


def planned(body: Any, form: str = Form.ORDINARY, **values: Any) -> Any:
    return make("meeting", **{"body": body, "form": form, "state": "planned"} | values)


def test_every_form_says_what_it_decides() -> None:
    assert set(SORTS) == set(Form)
    assert [form for form in Form if SORTS[form].is_private] == [Form.SCRUTINY]


@pytest.mark.parametrize("form", PANEL_FORMS)
def test_what_only_the_panel_may_do_is_no_meeting_of_a_task_group(panel: Any, form: str) -> None:
    assert planned(panel, form).named_form
    with pytest.raises(Invalid, match="Only a police and crime panel"):
        planned(make("body", form="task_group"), form)


@pytest.mark.parametrize("form", ACCOUNT_FORMS)
def test_the_panel_holds_no_chief_constable_to_account(panel: Any, form: str) -> None:
    assert planned(make("oversight-mechanism"), form).named_form
    with pytest.raises(Invalid, match="the panel does not"):
        planned(panel, form)


def test_a_form_with_standing_items_begins_with_those_alone(panel: Any) -> None:
    for number, title in enumerate(("Apologies", "Minutes"), start=1):
        make("standing-item", parent=panel, number=number, title=title)
    make("standing-item", parent=panel, number=1, title="The hearing", form="confirmation")
    begun = {
        form: [i.title for i in begin_agenda(planned(panel, form), by=CHRIS)]
        for form in (Form.ORDINARY, Form.PRECEPT, Form.CONFIRMATION)
    }
    assert begun[Form.ORDINARY] == begun[Form.PRECEPT] == ["Apologies", "Minutes"]
    assert begun[Form.CONFIRMATION] == ["The hearing"]


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (("ordinary", "ordinary"), 1),  # the last in time, where none has the form
        (("precept", "ordinary"), 0),
        (("ordinary", "confirmation"), 0),  # a hearing takes no other work
        (("confirmation", "scrutiny"), None),
    ],
)
def test_the_precept_stands_at_the_meeting_of_its_form(
    panel: Any, on_day: Any, forms: tuple[str, str], expected: int | None
) -> None:
    on_day("2026-05-01")
    days = (dt.date(2027, 2, 2), dt.date(2027, 2, 5))
    made = [planned(panel, form, held_on=day) for form, day in zip(forms, days, strict=True)]
    slots = slots_in(FinancialYear(2026), Scope(CHRIS), dt.date(2026, 5, 1))
    [slot] = [one for one in slots if one.duty.occurrence.key == "precept/2026-27/panel-report"]
    assert slot.best == (None if expected is None else made[expected])
    has_form = expected is not None and forms[expected] == "precept"
    assert slot.wants == ("" if has_form else "Precept meeting")


def test_of_a_hearing_in_private_the_public_reads_only_titles(panel: Any) -> None:
    hearing = planned(panel, Form.SCRUTINY, held_on=dt.date(2040, 5, 1))
    item = make("agenda-item", parent=hearing, title="The evidence")
    with pytest.raises(Refused, match="meeting in private"):
        make("agenda-item", parent=hearing, number=2, text="What the letter says.")
    with pytest.raises(Refused, match="meeting in private"):
        make("paper", parent=item)
    for kind in ("webcast", "public-question"):
        with pytest.raises(Invalid, match="held in private"):
            make(kind, parent=hearing)
    assert make("vote", parent=item, audience="public").pk
    page = read(hearing.get_absolute_url()).words
    assert "The evidence" in page
    assert "Scrutiny hearing, in private" in page


@pytest.mark.parametrize("kind", ["paper", "webcast", "agenda-item"])
def test_a_meeting_does_not_become_private_while_more_than_titles_is_public(
    panel: Any, kind: str
) -> None:
    meeting = planned(panel, held_on=dt.date(2040, 5, 1))
    item = make("agenda-item", parent=meeting)
    values = {"text": "What the letter says.", "number": 2} if kind == "agenda-item" else {}
    make(kind, parent=item if kind == "paper" else meeting, title="The letter", **values)
    drafted = amend(meeting, form=Form.SCRUTINY)
    operations.submit(drafted, by=PAT)
    with pytest.raises(Refused, match="The letter"):
        operations.approve(drafted, by=CHRIS)


@pytest.mark.parametrize(
    ("form", "of_panel", "last"),
    [
        (Form.ORDINARY, True, "2020-01-29"),
        (Form.PRECEPT, True, "2020-01-29"),
        (Form.CONFIRMATION, True, None),
        (Form.SCRUTINY, True, None),
        (Form.ORDINARY, False, None),
        (Form.THEMATIC, False, None),
        (Form.PUBLIC, False, "2020-02-03"),
    ],
)
def test_who_takes_questions_and_until_when(
    panel: Any, form: str, of_panel: bool, last: str | None
) -> None:
    meeting = planned(panel if of_panel else make("oversight-mechanism"), form, held_on=DAY)
    found = deadline(meeting, meeting.body.reference)
    assert (found and found.on.isoformat()) == last


def test_the_page_says_whom_a_meeting_reached_and_who_says_so() -> None:
    meeting = make("meeting", body=make("oversight-mechanism"), form="public")
    make("reach", parent=meeting, form="live", channel="Facebook", number=800, title="")
    make("reach", parent=meeting, form="reached", channel="Facebook", title="")
    make("reach", parent=meeting, form="later", status="draft", channel="Elsewhere", number=77)
    read(meeting.get_absolute_url())
    page = read(meeting.get_absolute_url())
    assert "Watched live: Facebook 800 5 February 2020 The channel’s own count" in page.words
    assert "Reached: Facebook" in page.words
    assert "Elsewhere" not in page.words
    assert page.queries <= 12


@pytest.mark.parametrize(
    ("values", "today", "says"),
    [
        ({"respond_by": None}, "2020-03-01", "Not answered yet. No day was set."),
        ({"respond_by": "2020-02-19"}, "2020-02-19", "The response is due by 19 February 2020."),
        ({"respond_by": "2020-02-19"}, "2020-02-20", "due by 19 February 2020: 1 day ago."),
        (
            {"respond_by": "2020-02-19", "response": "Ten seconds.", "responded_on": "2020-02-24"},
            "2020-03-01",
            "Answered on 24 February 2020. That was 5 days late.",
        ),
        ({"response": "Ten.", "responded_on": "2020-02-06"}, "2020-03-01", "on 6 February 2020."),
    ],
)
def test_a_challenge_says_how_it_stands(
    on_day: Any, values: dict[str, Any], today: str, says: str
) -> None:
    on_day(today)
    challenge = make("challenge", parent=make("oversight-mechanism"), **values)
    assert says in standing_words(challenge)
    assert says in read(challenge.get_absolute_url()).words
    is_late = "ago" in says
    found = [one.record for one in run(PUBLIC, dt.date.fromisoformat(today), only=OVERDUE)]
    assert found == ([challenge] if is_late else [])


OVERDUE = ["challenge-overdue"]


def test_a_challenge_has_a_response_with_its_day_or_none() -> None:
    challenge = make("challenge")
    for values in (
        {"response": "Ten."},
        {"responded_on": DAY},
        {"response": "Ten.", "responded_on": DAY - dt.timedelta(days=1)},
        {"respond_by": DAY - dt.timedelta(days=1)},
        {"follows": challenge},
    ):
        with pytest.raises(Invalid):
            amend(challenge, **values)
    after = make("challenge", asked_on=DAY, follows=challenge, reference="C-2")
    assert after.follows_id == challenge.pk


@given(due=st.integers(0, 60), answered=st.none() | st.integers(0, 60), on=st.integers(0, 90))
@settings(max_examples=30, deadline=None)
def test_days_late_count_from_the_day_after_it_was_due(
    due: int, answered: int | None, on: int
) -> None:
    def day(n: int) -> dt.date:
        return DAY + dt.timedelta(days=n)

    came = None if answered is None else day(answered)
    late = Challenge(asked_on=DAY, respond_by=day(due), responded_on=came).late_by(day(on))
    until = on if answered is None else answered
    assert late == sum(1 for n in range(91) if due < n <= until)


@pytest.mark.parametrize(
    ("name", "rows", "expected"),
    [
        (
            "meetings.csv",
            "reference,title,body,form,held_on\nm,M,x,soiree,2020-02-05\n",
            "form",
        ),
        ("reach.csv", "parent,form,number,as_at,source\nm,live,many,2020-02-05,We\n", "number"),
        ("challenges.csv", "reference,title,asked_on,question\nc,C,5 Feb,What?\n", "asked_on"),
    ],
)
def test_a_file_with_a_wrong_value_says_where_and_loads_nothing(
    tmp_path: Any, name: str, rows: str, expected: str
) -> None:
    make("body", reference="x")
    file = tmp_path / name
    file.write_text(rows, encoding="utf-8")
    with pytest.raises(Rejected) as caught:
        load_file(file, by=CHRIS)
    said = str(caught.value)
    assert name in said
    assert expected in said
    assert not Meeting.objects.exists()
    assert not Challenge.objects.exists()


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("standing-item", {"number": 1}, "panel-standing-1"),
        ("standing-item", {"number": 1, "form": "precept"}, "panel-standing-precept-1"),
        ("reach", {"form": "live", "as_at": DAY}, "panel.live.2020-02-05"),
        (
            "reach",
            {"form": "live", "channel": "Our site", "as_at": DAY},
            "panel.live.our-site.2020",
        ),
        ("challenge", {"asked_on": DAY}, "challenge-2020-02-05"),
    ],
)
def test_a_row_without_a_reference_is_named_by_what_it_is(
    panel: Any, kind: str, values: dict[str, Any], expected: str
) -> None:
    made = kind_named(kind).model.complete({"parent": panel, **values})
    assert expected.replace("panel", panel.reference) in made["reference"]


def test_a_draft_challenge_is_in_no_public_list() -> None:
    challenge = make("challenge", status="draft", title="A word in private")
    assert "A word in private" not in read("/challenges/").words
    bring_to(challenge, "published")
    assert "A word in private" in read("/challenges/").words


@pytest.mark.parametrize(
    ("values", "closed"),
    [
        ({"respond_by": "2020-03-06"}, [False]),
        (
            {"respond_by": "2020-03-06", "response": "Ten.", "responded_on": "2020-03-06"},
            [True],
        ),
        ({"respond_by": None}, []),
    ],
)
def test_a_day_for_a_response_is_a_duty_of_the_force(
    values: dict[str, Any], closed: list[bool]
) -> None:
    make("challenge", **values)
    first, last = dt.date(2020, 1, 1), dt.date(2020, 12, 31)
    found = due_between(first, last, scope=PUBLIC, today=dt.date(2020, 3, 1))
    own = [one for one in found if one.occurrence.rule.trigger == "challenge_put"]
    assert [one.is_closed for one in own] == closed
