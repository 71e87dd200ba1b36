"""What changed in a plan between two days: every promise in one heap, from what was official."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from peelian.promises.changes import Changes, Entry, Heap, changes, quarters_before
from peelian.record import operations
from peelian.record.models import Change
from peelian.record.scope import PUBLIC, Scope
from tests.makers import CHRIS, amend, approve_change, make, make_user

pytestmark = pytest.mark.django_db

Q1, Q2, Q3, Q4 = (dt.date(2019, *md) for md in ((3, 31), (6, 30), (9, 30), (12, 31)))


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.date], None]:
    """Let what is done from now on be done at noon of a day."""

    def go(day: dt.date) -> None:
        noon = dt.datetime.combine(day, dt.time(12), dt.UTC)
        field: Any = Change._meta.get_field("at")
        monkeypatch.setitem(field.__dict__, "_get_default", lambda: noon)

    return go


@pytest.fixture
def plan(at: Any) -> Any:
    at(dt.date(2019, 1, 7))
    return make("plan", reference="2016", title="The plan", starts_on="2016-10-01")


def activity(plan: Any, printed: str = "A.1", **values: Any) -> Any:
    above = plan.children.first() or make("objective", parent=plan, reference="2016-1")
    parent = above.children.first() or make("commitment", parent=above, reference="2016-A")
    made = {"reference": f"2016-{printed}", "printed_reference": printed, "title": "Do it"}
    return make("activity", parent=parent, **made | values)


def say(promise: Any, day: dt.date, text: str = "Work goes on.", progress: str = "on_track") -> Any:
    return make("update", parent=promise, as_at=day, text=text, progress=progress)


def told(plan: Any, since: dt.date, until: dt.date, **options: Any) -> Changes:
    return changes(plan, PUBLIC, since=since, until=until, **options)


def line(found: Changes, number: str = "A.1") -> Entry:
    (entry,) = (entry for entry in found.lines if entry.number == number)
    return entry


STORIES: list[tuple[str, list[tuple[dt.date, str, str]], str, set[str], list[str]]] = [
    ("nothing said", [], "unchanged", set(), []),
    ("first words", [(Q3, "on_track", "Begun.")], "changed", set(), ["update"]),
    (
        "a status that got worse",
        [(Q2, "on_track", "Begun."), (Q3, "at_risk", "Slow.")],
        "changed",
        set(),
        ["progress", "update"],
    ),
    (
        "the same words again",
        [(Q2, "on_track", "Begun."), (Q3, "on_track", " Begun. ")],
        "unchanged",
        set(),
        [],
    ),
    (
        "still at risk",
        [(Q2, "at_risk", "Slow."), (Q3, "at_risk", "Still slow.")],
        "changed",
        {"stuck"},
        ["update"],
    ),
    ("silent for two quarters", [(Q1, "on_track", "Begun.")], "unchanged", {"stuck"}, []),
    (
        "the same words for two quarters",
        [(Q1, "on_track", "Begun."), (Q2, "on_track", "Begun."), (Q3, "on_track", "Begun.")],
        "unchanged",
        {"stuck"},
        [],
    ),
    ("sent elsewhere, long ago", [(Q1, "on_track", "Refer to A.2")], "unchanged", set(), []),
    (
        "done",
        [(Q2, "on_track", "Begun."), (Q3, "complete", "Done.")],
        "closed",
        set(),
        ["progress", "update"],
    ),
    ("done before", [(Q2, "complete", "Done.")], "unchanged", set(), []),
    ("said later", [(Q2, "on_track", "Begun."), (Q4, "complete", "Done.")], "unchanged", set(), []),
    (
        "opened again",
        [(Q2, "complete", "Done."), (Q3, "on_track", "Not quite.")],
        "changed",
        set(),
        ["progress", "update"],
    ),
    (
        "given up for another",
        [(Q2, "on_track", "Begun."), (Q3, "superseded", "See A.2")],
        "superseded",
        set(),
        ["progress", "update"],
    ),
]


@pytest.mark.parametrize(
    ("updates", "heap", "marks", "differs"),
    [story[1:] for story in STORIES],
    ids=[story[0] for story in STORIES],
)
def test_a_promise_is_sorted_by_what_was_said_of_it(
    plan: Any, at: Any, updates: Any, heap: str, marks: set[str], differs: list[str]
) -> None:
    at(Q3 if not updates else Q1)
    one = activity(plan)
    if not updates:
        at(dt.date(2019, 6, 1))
    for day, progress, text in updates:
        say(one, day, text, progress)
    entry = line(told(plan, Q2, Q3)) if updates else line(told(plan, Q3, Q3))
    assert (entry.heap, set(entry.marks)) == (heap, marks)
    assert [d.name for d in entry.differences] == differs


def test_a_promise_made_after_the_first_day_is_new(plan: Any, at: Any) -> None:
    at(dt.date(2019, 8, 1))
    activity(plan)
    assert line(told(plan, Q2, Q3)).heap == "new"
    assert told(plan, Q1, Q2).lines == ()


def test_what_is_loaded_with_its_plan_stands_since_the_plan_began(at: Any) -> None:
    from tests.makers import make_all

    at(dt.date(2019, 8, 1))
    [plan] = make_all("plan", {"reference": "P", "starts_on": "2016-10-01"})
    [objective] = make_all("objective", {"parent": plan})
    [commitment] = make_all("commitment", {"parent": objective})
    make_all("activity", {"parent": commitment, "printed_reference": "A.1"})
    assert line(told(plan, Q1, Q2)).heap == "unchanged"
    assert told(plan, dt.date(2016, 1, 1), dt.date(2016, 2, 1)).lines == ()


def test_an_open_promise_past_its_due_date_is_late(plan: Any) -> None:
    one = activity(plan, due="2019-08-31")
    say(one, Q2)
    assert line(told(plan, Q1, Q2)).marks == ()
    assert line(told(plan, Q2, Q3)).marks == ("late",)


def test_a_closing_counts_from_its_day_with_its_evidence(plan: Any) -> None:
    one = activity(plan)
    say(one, Q2)
    closed = {"progress": "complete", "closed_on": "2019-08-20", "evidence": "Seen by the board."}
    approve_change(amend(one, **closed))
    entry = line(told(plan, Q2, Q3))
    assert (entry.heap, entry.after.evidence) == ("closed", "Seen by the board.")
    assert line(told(plan, Q1, Q2)).after.evidence == ""


def test_words_changed_later_do_not_show_on_an_earlier_day(plan: Any, at: Any) -> None:
    one = activity(plan, title="Visit every parish")
    at(dt.date(2019, 8, 1))
    approve_change(amend(one, title="Visit some parishes"))
    assert line(told(plan, Q1, Q2)).after.title == "Visit every parish"
    (differs,) = line(told(plan, Q2, Q3)).differences
    assert (differs.name, differs.before) == ("title", "Visit every parish")


def test_a_report_is_made_again_as_it_was_known(plan: Any, at: Any) -> None:
    one, other = activity(plan), activity(plan, "A.2")
    at(dt.date(2019, 7, 10))
    say(one, Q2, "Begun.")
    known = dt.datetime(2019, 7, 20, tzinfo=dt.UTC)
    first = told(plan, Q1, Q2, known=known)
    at(dt.date(2019, 7, 25))
    late = say(other, Q2, "Came in late.")
    at(dt.date(2019, 8, 2))
    amend(one, title="Do it well")
    operations.withdraw(late, by=CHRIS, why="Wrong line")
    at(dt.date(2019, 8, 3))
    operations.withdraw(one, by=CHRIS, why="Not ours")
    assert told(plan, Q1, Q2, known=known) == first


def test_an_update_that_came_in_late_is_news_in_the_next_report(plan: Any, at: Any) -> None:
    one = activity(plan)
    at(dt.date(2019, 7, 25))
    say(one, Q2, "Came in late.")
    known = dt.datetime(2019, 7, 20, tzinfo=dt.UTC)
    assert line(told(plan, Q2, Q3)).heap == "unchanged"
    assert line(told(plan, Q2, Q3, known_before=known)).heap == "changed"


def test_a_deleted_promise_still_stands_where_it_stood(plan: Any, at: Any) -> None:
    one = activity(plan)
    known = dt.datetime(2019, 7, 20, tzinfo=dt.UTC)
    first = told(plan, Q1, Q2, known=known)
    at(dt.date(2019, 8, 1))
    gone = operations.withdraw(one, by=CHRIS, why="Not ours")
    operations.delete(gone, by=CHRIS, why="Not ours")
    assert told(plan, Q1, Q2, known=known) == first
    assert "A.1" not in {entry.number for entry in told(plan, Q1, Q2).lines}


@pytest.mark.parametrize("status", ["draft", "in_review", "approved", "withdrawn"])
def test_what_is_not_published_shows_to_nobody(plan: Any, status: str) -> None:
    one = activity(plan)
    make("update", parent=one, as_at=Q2, text="Not to be seen.", status=status)
    make("activity", parent=one.parent, title="Not to be seen", status=status)
    for scope in (PUBLIC, Scope(make_user("pat", "policy_officer"))):
        assert "Not to be seen" not in repr(changes(plan, scope, since=Q1, until=Q3))


def test_what_is_for_the_office_shows_to_the_office_alone(plan: Any) -> None:
    one = activity(plan)
    make("update", parent=one, as_at=Q2, text="For the office.", audience="office")
    known = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    assert "For the office" not in repr(told(plan, Q1, Q3))
    assert "For the office" not in repr(told(plan, Q1, Q3, known=known))
    office = Scope(make_user("pat", "policy_officer"))
    assert "For the office" in repr(changes(plan, office, since=Q1, until=Q3))


def test_days_the_wrong_way_round_are_refused(plan: Any) -> None:
    with pytest.raises(ValueError, match="before"):
        told(plan, Q2, Q1)


def test_however_many_promises_there_are_the_queries_are_few(plan: Any) -> None:
    for n in range(1, 6):
        say(activity(plan, f"A.{n}", owner=make("role")), Q2)
    with CaptureQueriesContext(connection) as asked:
        assert len(told(plan, Q1, Q3).lines) == 5
    assert len(asked) <= 3


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (dt.date(2020, 5, 30), 1, dt.date(2020, 2, 29)),
        (dt.date(2019, 12, 31), 1, dt.date(2019, 9, 30)),
        (dt.date(2019, 12, 31), 2, dt.date(2019, 6, 30)),
        (dt.date(2019, 9, 30), 2, dt.date(2019, 3, 31)),
        (dt.date(2020, 3, 15), 4, dt.date(2019, 3, 15)),
    ],
)
def test_quarters_are_counted_back_to_the_end_of_a_short_month(
    day: dt.date, count: int, expected: dt.date
) -> None:
    assert quarters_before(day, count) == expected


DAYS = st.sampled_from([dt.date(2019, 1, 1), Q1, dt.date(2019, 5, 5), Q2, Q3, Q4])
UPDATES = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sampled_from([Q1, Q2, Q3, Q4]),
        st.sampled_from(["on_track", "at_risk", "complete", "superseded"]),
        st.sampled_from(["Begun.", "Slow.", "See A.2"]),
    ),
    max_size=8,
    unique_by=lambda update: update[:2],
)


@examples(max_examples=5)
@given(updates=UPDATES, days=st.lists(DAYS, min_size=3, max_size=3).map(sorted))
def test_heaps_are_one_each_and_two_steps_make_one(updates: list[Any], days: list[dt.date]) -> None:
    with transaction.atomic():
        plan = make("plan")
        promises = {n: activity(plan, f"A.{n}") for n in range(1, 5)}
        for number, day, progress, text in updates:
            say(promises[number], day, text, progress)
        a, b, c = days
        composed(told(plan, a, b), told(plan, b, c), told(plan, a, c))
        assert {e.heap for e in told(plan, c, c).entries} <= {"unchanged"}
        transaction.set_rollback(True)


def composed(first: Changes, second: Changes, both: Changes) -> None:
    """Assert that each has every line in one heap, and that two steps lead where one does."""
    for found in (first, second, both):
        sorted_in = [e.key for heap in Heap for e in found.heap(heap) if e.is_line]
        assert sorted(sorted_in) == sorted(e.key for e in found.lines)
    earlier, later = ({e.key: e for e in found.entries} for found in (first, second))
    for entry in both.entries:
        step, last = earlier.get(entry.key), later[entry.key]
        assert entry.after == last.after
        assert entry.before == (step.before if step else None)
        if step:
            assert step.after == last.before
            assert (step.heap, last.heap) != ("unchanged", "unchanged") or entry.heap == "unchanged"
