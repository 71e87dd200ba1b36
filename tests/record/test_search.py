"""Search finds the official words of every record, never a proposed one, whatever is typed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelian.record import operations, search, writing
from peelian.record.kinds import kind_named
from peelian.record.models import Record
from tests.makers import CHRIS, PAT, amend, approve_change, bring_to, make

pytestmark = pytest.mark.django_db


def found(query: str) -> list[int]:
    return search.find(query, Record.objects.all())


@pytest.fixture
def activity() -> Record:
    made: Record = make(
        "activity",
        reference="2016-A4.6",
        title="Visiting schools in Llŷn",
        text="Officers will visit every primary school; the commissioner’s grant pays.",
    )
    return made


@pytest.mark.parametrize(
    "query",
    [
        "visit",
        "Visiting",
        "SCHOOLS",
        "school officers",
        "Llŷn",
        "Llyn",
        "commissioner",
        "commissioner's",
        "commissioner’s grant",
        "2016-A4.6",
        "A4.6",
        "a4",
        "“primary school”",
    ],
)
def test_a_record_is_found_by_its_words_and_reference(query: str, activity: Record) -> None:
    make("activity", reference="other", title="Something else", text="Altogether")
    assert found(query) == [activity.pk]


@pytest.mark.parametrize("query", ["", "   ", "visits hospital", "A4.7", "6.A4", "%", "*", "_"])
def test_what_is_not_there_is_not_found(query: str, activity: Record) -> None:
    assert activity.pk not in found(query)


def test_a_word_in_the_title_counts_more_than_one_in_the_text() -> None:
    in_text = make("plan", title="One", description="Custody of records and more about it")
    in_title = make("plan", title="Custody", description="Two")
    assert found("custody") == [in_title.pk, in_text.pk]


def test_words_follow_the_official_text_through_a_life() -> None:
    plan = make("plan", status="draft", title="Alpha")
    assert found("alpha") == [plan.pk]
    plan = bring_to(amend(plan, title="Bravo"), "published")
    assert (found("alpha"), found("bravo")) == ([], [plan.pk])
    amend(plan, title="Charlie", description="Delta")
    assert found("charlie") == found("delta") == []
    operations.submit(plan, by=PAT)
    assert found("charlie") == []
    operations.discard(plan, by=PAT)
    assert found("charlie") == []
    approve_change(amend(plan, title="Echo"))
    assert (found("bravo"), found("echo")) == ([], [plan.pk])
    operations.withdraw(plan, by=CHRIS, why="Wrong")
    assert kind_named("plan").all().public().filter(pk__in=found("echo")).count() == 0
    operations.delete(plan, by=CHRIS, why="Wrong")
    assert found("echo") == []


def test_a_step_taken_with_a_plain_record_keeps_the_words(activity: Record) -> None:
    operations.withdraw(Record.objects.get(pk=activity.pk), by=CHRIS, why="Wrong")
    assert found("primary") == [activity.pk]


HOSTILE = [
    "'",
    '"',
    '""""',
    "'; DROP TABLE record_search; --",
    "AND",
    "OR NOT NEAR",
    "NEAR(visit school)",
    "title:visit",
    "{title body}: visit",
    "visit*",
    "^visit",
    "visit + school",
    "-visit",
    "!visit & | <-> school",
    "visit:*",
    "(visit",
    "visit\0school",
    "\0",
    "🙂",
    "visit 🙂 école",
    "\ud83d",
    "visit \udfff",
    "²",
    "١٢٣",
    "\u202evisit",
    "%s %(x)s %",
    "visit\n\t\rschool",
    "x" * 10_000,
    "'" * 10_000,
    "." * 10_000 + "é",
    "a" + "." * 10_000,
    "a." * 5_000,
    "visit " * 2_000,
    "é" * 10_000,
    "A4.6" * 2_500,
]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda q: ascii(q)[:20])
def test_nothing_that_can_be_typed_is_an_error_or_slow(query: str, activity: Record) -> None:
    begun = time.perf_counter()
    assert set(found(query)) <= {activity.pk}
    assert time.perf_counter() - begun < 0.5


@given(st.text(max_size=60) | st.text("visit\"'*:^-+(){}&|! ", max_size=60))
@settings(max_examples=150)
def test_no_query_at_all_is_an_error(query: str) -> None:
    assert found(query) == []


def test_a_very_long_text_is_kept_and_found_by_how_it_begins() -> None:
    text = "beginning " + " ".join(f"word{n}" for n in range(200_000))
    plan = make("plan", status="draft", description=text)
    assert found("beginning") == [plan.pk]
    assert writing.unexplained(plan) == {}


def test_what_may_not_be_seen_does_not_crowd_out_what_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST", 2)
    for number in range(3):
        make("plan", status="draft", title="Osprey", reference=f"hidden-{number}")
    shown = make("plan", title="Birds", description="One osprey was seen.")
    assert search.find("osprey", Record.objects.public()) == [shown.pk]
    assert len(found("osprey")) == 2
