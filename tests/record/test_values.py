"""Records as values: what is dumped loads again, and changes replay to the row."""

from __future__ import annotations

import datetime as dt
import json
import math
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelian.record import operations, writing
from peelian.record.errors import Invalid
from peelian.record.kinds import kind_named
from peelian.record.models import Change, Record
from peelian.record.values import differences, dump, find, load, replay, values_of
from tests.makers import CHRIS, PAT, amend, make, make_tree

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
VALUES = st.dictionaries(st.sampled_from("abcde"), SCALARS, max_size=5)
TEXT = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cn", "Cs"]), max_size=40)


def without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


@given(VALUES, VALUES)
def test_differences_applied_to_the_old_values_give_the_new(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    changed = differences(old, new)
    assert all(
        pair == [old.get(n), new.get(n)] and pair[0] != pair[1] for n, pair in changed.items()
    )
    applied = old | {name: pair[1] for name, pair in changed.items()}
    assert differences(applied, new) == {}
    assert differences(new, new) == {}


@given(st.lists(VALUES, min_size=1, max_size=6), st.data())
def test_replay_gives_the_values_at_any_version(steps: list[dict[str, Any]], data: Any) -> None:
    before: dict[str, Any] = {}
    changes = []
    for version, after in enumerate(steps, start=1):
        changes.append(SimpleNamespace(version=version, values=differences(before, after)))
        before = after
    until = data.draw(st.integers(1, len(steps)))
    assert without_nothing(replay(changes, until=until)) == without_nothing(steps[until - 1])
    assert without_nothing(replay(changes)) == without_nothing(steps[-1])


@pytest.mark.django_db
@settings(max_examples=60)
@given(
    title=TEXT.filter(lambda t: t.strip() and len(t) < 600),
    text=TEXT,
    due=st.none() | st.dates(dt.date(1000, 1, 1)),
    progress=st.sampled_from(["on_track", "at_risk", "off_track"]),
)
def test_what_is_written_is_what_the_change_says_and_what_is_read(
    title: str, text: str, due: dt.date | None, progress: str
) -> None:
    typed: dict[str, Any] = {"title": title, "text": text, "due": due, "progress": progress}
    record = make("undertaking", status="draft", **typed)
    row = kind_named("undertaking").model.objects.get(pk=record.pk)
    values = values_of(row)
    assert json.loads(json.dumps(values)) == values
    assert writing.unexplained(row) == {}
    kind = kind_named("undertaking")
    again = load(kind, {name: values[name] for name in kind.fields})
    assert {n: getattr(row, n) for n in again} == again
    assert again | typed == again
    operations.delete(record, by=PAT, why="Example")


@pytest.mark.django_db
@given(value=st.floats(-1e15, 1e15))
@settings(max_examples=50)
def test_a_number_is_kept_to_its_last_digit(value: float) -> None:
    record = make("quoted-figure", status="draft", measure=_measure(), value=value)
    assert writing.unexplained(record) == {}
    assert type(record).objects.get(pk=record.pk).value == value
    operations.delete(record, by=PAT, why="Example")


def _measure() -> Record:
    return Record.objects.filter(kind="measure").first() or make("measure")


@pytest.mark.parametrize(
    ("kind", "name", "bad"),
    [
        ("quoted-figure", "value", math.nan),
        ("quoted-figure", "value", "inf"),
        ("quoted-figure", "value", "twelve"),
        ("activity", "due", "31/03/2020"),
        ("activity", "due", "2020-02-30"),
        ("activity", "text", "a\0b"),
        ("activity", "text", "pasted from a slide\x0bwith its line break"),
        ("activity", "title", "not a character \uffff"),
        ("activity", "title", "half \ud83d a character"),
        ("activity", "parent", "commitment/none"),
        ("activity", "owner", "role/none"),
        ("activity", "overseen_by", ["oversight-mechanism/none"]),
        ("topic", "order", "1.5"),
        ("topic", "order", "one"),
    ],
)
@pytest.mark.django_db
def test_a_value_that_cannot_be_kept_is_named(kind: str, name: str, bad: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        load(kind_named(kind), {name: bad})
    assert list(refusal.value.errors) == [name]
    assert all(refusal.value.errors[name])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "name", "bad"),
    [
        ("topic", "order", -1),
        ("topic", "order", 2**63),
        ("plan", "title", "x" * 601),
        ("activity", "progress", "flying"),
        ("activity", "owner", "activity/activity-1"),
        ("plan", "starts_on", "0000-01-01"),
    ],
)
def test_a_value_out_of_range_is_named(kind: str, name: str, bad: Any) -> None:
    record = make(kind)
    with pytest.raises(Invalid) as refusal:
        amend(record, **{name: bad})
    assert list(refusal.value.errors) == [name]


def test_every_kind_of_value_has_its_json() -> None:
    one = dt.timezone(dt.timedelta(hours=1))
    for value, expected in (
        (None, None),
        (True, True),
        (1.5, 1.5),
        ("x", "x"),
        (dt.date(2020, 2, 5), "2020-02-05"),
        (dt.time(11, 30), "11:30:00"),
        (dt.datetime(2020, 7, 5, 11, 0, tzinfo=one), "2020-07-05T10:00:00+00:00"),
        (Record(kind="plan", reference="P"), "plan/P"),
    ):
        assert dump(value) == expected


@pytest.mark.django_db
def test_a_record_is_found_by_its_key_or_by_a_reference_that_is_alone() -> None:
    tree = make_tree(plan={"reference": "A"}, objective={"reference": "A"})
    assert find("plan/A").pk == tree["plan"].pk
    assert find("A", ["objective"]).pk == tree["objective"].pk
    with pytest.raises(Record.MultipleObjectsReturned):
        find("A")
    for missing in ("plan/B", "B", "", "/", "plan/", "plan/A\0", "a\0/A", "plan/A\n", "x/plan/A"):
        with pytest.raises(Record.DoesNotExist):
            find(missing)


@pytest.mark.django_db
def test_the_whole_history_replays_version_by_version() -> None:
    record = make("activity", title="1", due=None)
    official = {record.version: values_of(record)}
    for step in range(2, 6):
        amend(record, title=str(step), due=f"2020-01-0{step}")
        record = operations.approve(operations.submit(record, by=PAT), by=CHRIS)
        official[record.version] = values_of(record)
    changes = list(Change.objects.filter(record_id=record.pk))
    for version, values in official.items():
        assert differences(replay(changes, until=version), values) == {}
