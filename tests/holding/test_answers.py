"""What is answered at a meeting, the figure of that day, and what was promised with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from peelian.holding.answering import record_answer
from peelian.holding.asked import taken
from peelian.holding.kinds import ANSWER, THEME
from peelian.meetings.arising import arising
from peelian.promises.kinds import UNDERTAKING
from peelian.record.access import Command
from peelian.record.errors import Invalid, Refused, Stale
from peelian.record.operations import withdraw
from peelian.record.scope import PUBLIC, Scope
from tests.holding.conftest import BEFORE, observe
from tests.makers import CHRIS, PAT, amend, approve_change, make

SAID = {"text": "By the summer.", "outcome": "partly"}
PROMISED = {"title": "Monthly figures on calls", "due": dt.date(2020, 3, 31)}
SEEN = Scope(Command("test"))


def answered(enquiry: Any, promised: Any = None, version: int | None = None, **said: Any) -> Any:
    return record_answer(enquiry, SAID | said, version=version, promised=promised, by=PAT)


def only_theme(scope: Scope = SEEN) -> Any:
    [one] = taken(THEME.all().filter(reference="2020-02-calls"), scope)
    return one


def test_an_answer_keeps_the_figure_that_was_known_on_the_day_of_the_meeting(
    office: Any, enquiry: Any
) -> None:
    observe(office.measure, office.area, [*[70.0] * 23, 71.0, 72.0, 90.0])
    answer = answered(enquiry)
    # February's figure is known from 9 March on, and the meeting was on 25 February.
    assert (answer.quoted_value, answer.quoted_period) == (72.0, dt.date(2020, 1, 1))
    [asked] = only_theme().asked
    assert asked.said.then == "72% (January 2020)"
    assert asked.said.now == "90% (February 2020)"


def test_an_answer_to_a_question_without_a_figure_has_none(office: Any, theme: Any) -> None:
    answer = answered(make("enquiry", parent=theme))
    assert (answer.measure_id, answer.quoted_value) == (None, None)


def test_a_figure_that_is_not_public_is_not_quoted(office: Any, enquiry: Any) -> None:
    observe(office.measure, office.area, [70.0] * 26)
    withdraw(office.measure, by=CHRIS, why="Counted wrongly")
    assert answered(enquiry).quoted_value is None


def test_what_was_promised_is_an_undertaking_of_the_meeting_and_comes_to_the_next(
    office: Any, enquiry: Any
) -> None:
    answered(enquiry, PROMISED | {"owner": office.chief})
    given = UNDERTAKING.all().get()
    assert (given.made_at_id, given.owner_id, given.made_to_id, given.status) == (
        office.asked.pk,
        office.chief.pk,
        office.pcc.pk,
        "in_review",
    )
    [asked] = only_theme().asked
    assert [one.pk for one in asked.said.promised] == [given.pk]
    assert [one.promise.pk for one in arising(office.next, SEEN)] == [given.pk]


def test_a_second_promise_is_added_to_the_first(office: Any, enquiry: Any) -> None:
    first = answered(enquiry, PROMISED)
    answered(enquiry, PROMISED | {"title": "Call back"}, version=first.version)
    [asked] = only_theme().asked
    assert [one.title for one in asked.said.promised] == ["Monthly figures on calls", "Call back"]


def test_what_is_to_be_followed_up_needs_a_promise_so_that_it_is_not_lost(
    office: Any, enquiry: Any
) -> None:
    with pytest.raises(Invalid) as error:
        answered(enquiry, outcome="follow_up")
    assert "promised" in error.value.errors
    assert not ANSWER.all().exists()
    first = answered(enquiry, PROMISED, outcome="follow_up")
    assert answered(enquiry, outcome="follow_up", text="More.", version=first.version)


def test_two_who_answer_at_once_do_not_lose_each_others_words(office: Any, enquiry: Any) -> None:
    answered(enquiry)
    with pytest.raises(Stale):
        record_answer(enquiry, SAID | {"text": "Never."}, version=None, by=CHRIS)
    assert ANSWER.all().get().text == "By the summer."


@pytest.mark.parametrize("which", ["next", None], ids=["to come", "without a meeting"])
def test_nothing_is_answered_before_its_meeting(
    office: Any, theme: Any, enquiry: Any, which: str | None
) -> None:
    amend(theme, meeting=getattr(office, which) if which else None)
    with pytest.raises(Refused):
        answered(enquiry)


def test_the_last_answer_to_what_is_taken_up_stands_beside_the_new_one(
    office: Any, enquiry: Any
) -> None:
    observe(office.measure, office.area, [70.0] * 25 + [75.0])
    earliest, earlier = (
        make(
            "answer",
            parent=make(
                "enquiry",
                parent=make("theme", meeting=meeting, month=meeting.held_on),
                follows=follows,
            ),
            meeting=meeting,
            measure=office.measure,
            area=office.area,
            quoted_period=dt.date(2019, 9, 1),
            quoted_value=68.0,
        )
        for meeting, follows in (
            (make("meeting", body=office.board, held_on=dt.date(2019, 6, 25)), None),
            (office.before, None),
        )
    )
    amend(earlier.parent, follows=earliest.parent)
    earlier.parent.refresh_from_db()
    amend(enquiry, follows=earlier.parent)
    approve_change(earlier.parent)
    [asked] = only_theme().asked
    assert [said.answer.pk for said in asked.before] == [earlier.pk, earliest.pk]
    assert (asked.before[0].then, asked.before[0].now) == (
        "68% (September 2019)",
        "75% (February 2020)",
    )
    assert asked.before[0].meeting.held_on == BEFORE


def test_enquiries_that_take_each_other_up_end(office: Any, theme: Any, enquiry: Any) -> None:
    other = make("enquiry", parent=theme, number=2, follows=enquiry, status="draft")
    amend(enquiry, follows=other)
    assert [len(asked.before) for asked in only_theme().asked] == [0, 0]


def test_the_public_hears_no_answer_that_is_not_published(office: Any, enquiry: Any) -> None:
    answered(enquiry, PROMISED)
    assert only_theme(PUBLIC).asked == []


def test_a_theme_is_never_taken_at_a_meeting_of_the_panel(office: Any, settings: Any) -> None:
    panel = make("body", form="panel", reference=settings.OFFICE["panel"])
    with pytest.raises(Invalid, match="panel"):
        make("theme", meeting=make("meeting", body=panel))


def test_a_theme_begins_with_its_month(office: Any) -> None:
    theme = make("theme", month=dt.date(2020, 2, 17), reference="", title="Roads at night")
    assert (theme.month, theme.reference) == (dt.date(2020, 2, 1), "2020-02-roads-at-night")
