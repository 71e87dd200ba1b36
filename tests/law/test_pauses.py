"""A clock leaves out the time it stands still, and says so."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.law import counting
from peelian.law.arithmetic import Period
from peelian.law.calendar import Fact, Occurrence, occurrences
from peelian.law.counting import Beginning
from peelian.law.dates import Worked, plain
from peelian.law.office import Office
from peelian.law.pauses import Pause, PauseKind
from peelian.law.rule import Rule
from peelian.law.workdays import is_working_day

DAY = timedelta(days=1)
POST_ELECTION = Pause("post_election_period", date(2024, 5, 2), date(2024, 5, 9))
a_day = st.dates(date(2024, 1, 1), date(2027, 12, 31))
a_beginning: st.SearchStrategy[Beginning] = st.sampled_from(("with_event", "day_after"))
a_pause = st.builds(
    lambda start, length: Pause("fee", start, start + length * DAY),
    a_day,
    st.integers(0, 40),
)
some_pauses = st.lists(a_pause, max_size=4)


def clock(
    period: Period, *, pauses: tuple[PauseKind, ...] = (), restarts: tuple[PauseKind, ...] = ()
) -> Rule:
    return Rule(
        id="made-up/clock",
        title="Answer",
        duty="The body must answer.",
        citation="Tide Tables Act 1900, section 1",
        jurisdictions=("england",),
        body_models=("pcc",),
        who="office",
        effective_from=date(2012, 11, 22),
        effective_to=None,
        trigger="foi_request",
        arithmetic=period,
        confidence="A",
        done="The answer is sent.",
        silence="The law states none.",
        pauses=pauses,
        restarts=restarts,
    )


THREE_WEEKS = clock(Period("weeks", 3, "with_event"), pauses=("post_election_period",))
FOI = clock(
    Period("working_days", 20, "day_after", "uk"), pauses=("fee",), restarts=("clarification",)
)


def run(rule: Rule, on: date, *pauses: Pause) -> Occurrence:
    (found,) = occurrences(
        [rule],
        office=Office.always("england", "pcc"),
        facts=[Fact("foi_request", "1", "A request", on)],
        pauses=pauses,
        start=date(2012, 1, 1),
        end=date(2040, 1, 1),
    )
    return found


def test_the_post_election_period_is_left_out_of_the_three_weeks() -> None:
    received = date(2024, 4, 25)
    assert run(THREE_WEEKS, received).due == date(2024, 5, 15)
    paused = run(THREE_WEEKS, received, POST_ELECTION)
    assert paused.due == date(2024, 5, 23)  # eight days later
    assert (
        "The post-election period, 2 May 2024 to 9 May 2024 (8 days), does not count, so the "
        "last day is 23 May 2024." in paused.because
    )


def test_a_notice_received_within_the_period_counts_from_its_end() -> None:
    paused = run(THREE_WEEKS, date(2024, 5, 6), POST_ELECTION)
    assert paused.due == date(2024, 5, 30)  # day 1 is 10 May


@pytest.mark.parametrize(
    "pause",
    [
        Pause("post_election_period", date(2024, 3, 1), date(2024, 3, 9)),
        Pause("post_election_period", date(2024, 5, 16), date(2024, 5, 20)),
        Pause("clarification", date(2024, 5, 2), date(2024, 5, 9)),
        Pause("post_election_period", date(2024, 5, 2), date(2024, 5, 9), "foi_request", "2"),
    ],
    ids=["before", "after the last day", "of another kind", "of another clock"],
)
def test_a_pause_that_does_not_concern_the_clock_changes_nothing(pause: Pause) -> None:
    received = date(2024, 4, 25)
    assert run(THREE_WEEKS, received, pause) == run(THREE_WEEKS, received)


def test_a_pause_of_this_clock_alone_stops_it() -> None:
    pause = Pause("post_election_period", date(2024, 5, 2), date(2024, 5, 2), "foi_request", "1")
    paused = run(THREE_WEEKS, date(2024, 4, 25), pause)
    assert paused.due == date(2024, 5, 16)
    assert "The post-election period, 2 May 2024, does not count" in paused.because


def test_a_pause_that_lasts_gives_the_earliest_date_and_says_so() -> None:
    paused = run(THREE_WEEKS, date(2024, 4, 25), Pause("post_election_period", date(2024, 5, 2)))
    assert paused.stopped_since == date(2024, 5, 2)
    assert paused.due == date(2024, 5, 16)
    assert "has stood still since 2 May 2024" in paused.because
    assert run(THREE_WEEKS, date(2024, 4, 25), POST_ELECTION).stopped_since is None


def test_a_notice_received_while_the_period_still_lasts_does_not_run_yet() -> None:
    """The poll is over and nobody has declared acceptance: the end of the period is not known."""
    paused = run(THREE_WEEKS, date(2024, 5, 6), Pause("post_election_period", date(2024, 5, 2)))
    assert paused.stopped_since == date(2024, 5, 6)
    assert paused.due == date(2024, 5, 27)  # day 1 is 7 May at the earliest
    assert "has stood still since 6 May 2024" in paused.because


def test_a_fee_that_is_not_paid_outlasts_the_clarification() -> None:
    fee = Pause("fee", date(2026, 9, 3))
    asked = Pause("clarification", date(2026, 9, 4), date(2026, 9, 14))
    assert run(FOI, date(2026, 9, 1), fee, asked).stopped_since == date(2026, 9, 14)


# Freedom of Information Act 2000, section 10(6): a request that has to be clarified counts as
# received when the clarification is.
def test_a_clarified_request_is_counted_from_the_clarification() -> None:
    asked = Pause("clarification", date(2026, 9, 4), date(2026, 9, 14), "foi_request", "1")
    answer = run(FOI, date(2026, 9, 1), asked)
    assert answer.due == run(FOI, date(2026, 9, 14)).due == date(2026, 10, 12)
    assert "stopped on 4 September 2026" in answer.because
    assert "begins again from 14 September 2026" in answer.because
    assert answer.stopped_since is None


def test_the_later_of_two_clarifications_counts() -> None:
    first = Pause("clarification", date(2026, 9, 2), date(2026, 9, 10))
    second = Pause("clarification", date(2026, 9, 4), date(2026, 9, 14))
    within = Pause("clarification", date(2026, 9, 5), date(2026, 9, 6))
    assert run(FOI, date(2026, 9, 1), first, second, within).due == date(2026, 10, 12)


def test_a_clarification_asked_for_too_late_changes_nothing() -> None:
    late = Pause("clarification", date(2026, 9, 30), date(2026, 10, 9))
    assert run(FOI, date(2026, 9, 1), late) == run(FOI, date(2026, 9, 1))
    assert run(FOI, date(2026, 9, 1)).due == date(2026, 9, 29)


def test_a_clarification_that_has_not_come_leaves_the_clock_standing() -> None:
    waiting = run(FOI, date(2026, 9, 1), Pause("clarification", date(2026, 9, 4)))
    assert waiting.stopped_since == date(2026, 9, 4)
    assert "this date is only the earliest" in waiting.because


# Section 10(2): the working days from the fees notice to the payment are disregarded.
def test_the_time_until_a_fee_is_paid_is_left_out() -> None:
    fee = Pause("fee", date(2026, 9, 4), date(2026, 9, 14), "foi_request", "1")
    answer = run(FOI, date(2026, 9, 1), fee)
    assert answer.due == date(2026, 10, 8)  # seven working days later
    assert "Waiting for the fee asked for, 4 September 2026 to 14 September" in answer.because


@pytest.mark.parametrize(
    ("start", "end", "event", "reference", "what"),
    [
        (date(2024, 5, 2), date(2024, 5, 1), "", "", "cannot end on 1 May 2024"),
        (date(2024, 5, 2), None, "foi_request", "", "or neither"),
        (date(2024, 5, 2), None, "", "1", "or neither"),
    ],
)
def test_an_impossible_pause_is_refused(
    start: date, end: date | None, event: str, reference: str, what: str
) -> None:
    with pytest.raises(ValueError, match=what):
        Pause("fee", start, end, event, reference)


def days_that_count(first: date, last: date, pauses: list[Pause]) -> list[date]:
    """Every day from first to last that no pause holds, walked one by one."""
    held = set()
    for pause in pauses:
        on = pause.start
        while on <= (pause.end or pause.start):
            held.add(on)
            on += DAY
    walked = (first + n * DAY for n in range((last - first).days + 1))
    return [on for on in walked if on not in held]


Counted = Callable[[date, int, Beginning, list[Pause]], Worked]
CALENDAR: dict[str, Counted] = {
    "days": counting.counted_days,
    "weeks": counting.counted_weeks,
    "months": counting.counted_months,
    "years": counting.counted_years,
}


@pytest.mark.parametrize("unit", CALENDAR)
@given(event=a_day, number=st.integers(1, 6), beginning=a_beginning, pauses=some_pauses)
def test_as_many_days_count_with_pauses_as_without(
    unit: str, event: date, number: int, beginning: Beginning, pauses: list[Pause]
) -> None:
    first = event + DAY if beginning == "day_after" else event
    plainly = CALENDAR[unit](event, number, beginning, [])
    worked = CALENDAR[unit](event, number, beginning, pauses)
    counts = days_that_count(first, worked.on, pauses)
    assert len(counts) == (plainly.on - first).days + 1
    assert counts[-1] == worked.on
    assert worked.because.endswith(f"{plain(worked.on)}.") or worked == plainly


@given(event=a_day, number=st.integers(1, 30), beginning=a_beginning, pauses=some_pauses)
def test_as_many_working_days_count_with_pauses_as_without(
    event: date, number: int, beginning: Beginning, pauses: list[Pause]
) -> None:
    first = event + DAY if beginning == "day_after" else event
    worked = counting.counted_working_days(event, number, beginning, "uk", pauses)
    counts = days_that_count(first, worked.on, pauses)
    working = [on for on in counts if is_working_day(on, "uk")]
    assert len(working) == number
    assert working[-1] == worked.on
