"""What anybody may see: published, public, in time, and under parents that are all of these."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from peelian.record import operations
from peelian.record.kinds import kind_named
from peelian.record.models import Record, Status
from peelian.record.public import DEPTH
from peelian.record.scope import PUBLIC, Scope
from tests.makers import CHRIS, PAT, ROBIN, amend, approve_change, bring_to, make, make_tree

pytestmark = pytest.mark.django_db

LEVELS = ("plan", "objective", "commitment", "activity", "update")
DAY = timedelta(days=1)


def public(kind: str = "") -> set[str]:
    """Return the kinds of the public records, having asked both the record and each child table."""
    seen = set(Record.objects.public().values_list("kind", flat=True))
    for name in (*LEVELS, "oversight-mechanism"):
        assert kind_named(name).all().public().exists() == (name in seen)
    return seen


def withdrawn(record: Record) -> None:
    operations.withdraw(record, by=CHRIS, why="Wrong")


def reopened(record: Record) -> None:
    withdrawn(record)
    operations.reopen(record, by=PAT)


def in_review(record: Record) -> None:
    reopened(record)
    operations.submit(record, by=PAT)


def approved(record: Record) -> None:
    in_review(record)
    operations.approve(record, by=CHRIS)


def published_again(record: Record, **times: Any) -> None:
    approved(record)
    operations.publish(record, by=CHRIS, **times)


def embargoed(record: Record) -> None:
    published_again(record, embargo_until=datetime.now(UTC) + DAY)


def expired(record: Record) -> None:
    published_again(record, expires_at=datetime.now(UTC) - DAY)


def for_the_office(record: Record) -> None:
    """Narrow the audience, a choice that has no field in the forms of these kinds."""
    approve_change(amend(record, audience="office"))


HIDING: tuple[Callable[[Record], None], ...] = (
    withdrawn,
    reopened,
    in_review,
    approved,
    embargoed,
    expired,
    for_the_office,
)


@pytest.mark.parametrize("hide", HIDING)
@pytest.mark.parametrize("level", range(len(LEVELS)))
def test_what_is_hidden_hides_all_that_stands_under_it(
    level: int, hide: Callable[[Record], None]
) -> None:
    tree = make_tree()
    assert public() == {*LEVELS, "oversight-mechanism"}
    hide(tree[LEVELS[level]])
    assert public() == {*LEVELS[:level], "oversight-mechanism"}
    assert PUBLIC.by_id(r.pk for r in tree.values()).keys() == {
        tree[name].pk for name in (*LEVELS[:level], "oversight-mechanism")
    }


@pytest.mark.parametrize("status", [s for s in Status.values if s != "published"])
def test_only_the_published_is_public(status: str) -> None:
    make("plan", status=status)
    assert not Record.objects.public().exists()


def test_a_published_record_shows_again_when_its_parent_does() -> None:
    tree = make_tree()
    withdrawn(tree["plan"])
    assert public() == {"oversight-mechanism"}
    operations.reopen(tree["plan"], by=PAT)
    bring_to(tree["plan"], "published")
    assert public() == {*LEVELS, "oversight-mechanism"}


NOW: dict[str, tuple[dict[str, timedelta], bool]] = {
    "embargo long past": ({"embargo_until": -DAY}, True),
    "embargo just past": ({"embargo_until": timedelta(0)}, True),
    "embargo to come": ({"embargo_until": DAY}, False),
    "expiry to come": ({"expires_at": DAY}, True),
    "expiry just past": ({"expires_at": timedelta(0)}, False),
    "between the two": ({"embargo_until": -DAY, "expires_at": DAY}, True),
    "before both": ({"embargo_until": DAY, "expires_at": 2 * DAY}, False),
    "after both": ({"embargo_until": -2 * DAY, "expires_at": -DAY}, False),
}


@pytest.mark.parametrize("case", NOW)
def test_embargo_and_expiry_around_now(case: str) -> None:
    offsets, is_public = NOW[case]
    now = datetime.now(UTC)
    times: dict[str, Any] = {name: now + offset for name, offset in offsets.items()}
    bring_to(make("plan", status="draft"), "published", **times)
    assert public() == ({"plan"} if is_public else set())


def test_embargo_and_expiry_pass_without_anybody_doing_anything() -> None:
    plan = make("plan", status="approved")
    start = datetime.now(UTC) + timedelta(seconds=1)
    end = start + timedelta(seconds=1)
    plan = operations.publish(plan, by=CHRIS, embargo_until=start, expires_at=end)
    make("objective", parent=plan)
    seen = []
    for moment in (start, end):
        seen.append(public())
        time.sleep(max(0.0, (moment - datetime.now(UTC)).total_seconds()) + 0.01)
    seen.append(public())
    assert seen == [set(), {"plan", "objective"}, set()]


def test_a_proposed_change_shows_nowhere_until_it_is_approved() -> None:
    tree = make_tree(activity={"title": "Old"})
    other = make("commitment", parent=tree["objective"], reference="other")
    board = make("oversight-mechanism", reference="board")
    amend(tree["activity"], title="New", parent=other, overseen_by=[board], owner=None)

    def shown() -> tuple[str, str, list[str]]:
        [activity] = kind_named("activity").all().public()
        return (
            activity.title,
            activity.parent.reference,
            [link.target.reference for link in activity.links_out.all()],
        )

    assert shown() == ("Old", "commitment-1", ["oversight-mechanism-1"])
    approve_change(tree["activity"])
    assert shown() == ("New", "other", ["board"])


def test_more_levels_than_the_record_allows_are_never_public() -> None:
    chain = [make("area", reference="a0")]
    for level in range(1, DEPTH + 1):
        chain.append(make("area", reference=f"a{level}", parent=chain[-1]))
    assert Record.objects.public().count() == DEPTH + 1
    above = make("area", reference="above")
    approve_change(amend(chain[0], parent=above))
    assert chain[-1].reference not in set(
        Record.objects.public().values_list("reference", flat=True)
    )
    assert Record.objects.public().count() == DEPTH + 1


def test_the_office_sees_everything_but_closed_kinds() -> None:
    make("plan", status="draft")
    assert set(Scope(ROBIN).of(kind_named("plan"))) == set(kind_named("plan").all())
    assert not PUBLIC.of(kind_named("plan")).exists()
    nobody = Scope(type("Nobody", (), {"roles": ()})())
    assert not nobody.of(kind_named("plan")).exists()
