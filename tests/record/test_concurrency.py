"""Two people at once, in two threads with a connection each: one wins, nothing is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from peelian.record import operations, writing
from peelian.record.errors import Invalid, RecordError, Refused, Stale
from peelian.record.kinds import kind_named
from peelian.record.models import Change, Draft, Record
from tests.makers import CHRIS, PAT, make

pytestmark = pytest.mark.django_db(transaction=True)

Run = Callable[..., list[Any]]


@pytest.fixture
def at_once(tmp_path: Path) -> Iterator[Run]:
    """Return what runs functions at the same time, each on a connection of its own.

    PostgreSQL runs them on the test database. On SQLite that is in memory, where connections
    cannot queue as they do on an office's file; so its tables are copied into one.
    """
    settings = connections.settings["default"]
    kept, name = settings["NAME"], str(tmp_path / "office.sqlite3")
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(name) as file:
            connection.connection.backup(file)
        file.close()
        settings["NAME"] = name

    def on_own_connection(work: Callable[[], Any]) -> Any:
        try:
            return work()
        except RecordError as error:
            return error
        finally:
            connection.close()

    def run(*works: Callable[[], Any]) -> list[Any]:
        barrier = Barrier(len(works))

        def begin(work: Callable[[], Any]) -> Any:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            return on_own_connection(work)

        with ThreadPoolExecutor(len(works)) as pool:
            return list(pool.map(begin, works))

    yield run
    settings["NAME"] = kept
    if connection.vendor == "postgresql":  # a table of our own, which emptying does not know
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM record_search")


def alone(at_once: Run, work: Callable[[], Any]) -> Any:
    """Return what one function gives, run where the others will run."""
    [given] = at_once(work)
    assert not isinstance(given, Exception), given
    return given


def outcomes(results: list[Any]) -> dict[str, list[Any]]:
    return {
        "won": [r for r in results if not isinstance(r, Exception)],
        "lost": [r for r in results if isinstance(r, Exception)],
    }


@pytest.mark.parametrize("status", ["draft", "published"])
def test_of_two_edits_of_one_version_one_wins_and_the_other_is_told(
    status: str, at_once: Run
) -> None:
    plan = alone(at_once, lambda: make("plan", status=status, title="Old"))
    values = [{"title": "Pat’s"}, {"title": "Chris’s"}]

    def edit(which: int) -> Callable[[], Any]:
        by = (PAT, CHRIS)[which]
        return lambda: operations.edit(plan, values[which], version=plan.version, by=by)

    results = at_once(edit(0), edit(1))
    found = outcomes(results)
    assert (len(found["won"]), len(found["lost"])) == (1, 1)
    assert isinstance(found["lost"][0], Stale)
    loser = results.index(found["lost"][0])
    assert found["lost"][0].values == values[loser]

    def kept() -> tuple[str, int, int, dict[str, Any]]:
        row = Record.objects.get(pk=plan.pk)
        draft = Draft.objects.filter(record=row).first()
        said = draft.values["title"] if draft else row.title
        changes = Change.objects.filter(record_id=plan.pk).count()
        return said, row.version, changes, writing.unexplained(row)

    version = plan.version + 1
    assert alone(at_once, kept) == (values[1 - loser]["title"], version, version, {})


def test_people_editing_one_record_in_turn_each_leave_one_change(at_once: Run) -> None:
    plan = alone(at_once, lambda: make("plan"))

    def edit() -> Any:
        for _attempt in range(60):
            newest = Record.objects.get(pk=plan.pk).version
            try:
                return operations.edit(plan, {"title": "New"}, version=newest, by=PAT)
            except Stale:
                continue
        return None

    assert None not in at_once(*[edit] * 4)

    def changes() -> list[int]:
        return list(Change.objects.filter(record_id=plan.pk).values_list("version", flat=True))

    assert alone(at_once, changes) == list(range(1, plan.version + 5))


def test_a_reference_taken_twice_at_once_is_given_once(at_once: Run) -> None:
    def create() -> Any:
        return make("plan", status="draft", reference="P")

    found = outcomes(at_once(create, create))
    assert len(found["won"]) == 1
    assert isinstance(found["lost"][0], Invalid)


def test_of_approving_and_editing_at_once_nothing_unread_is_published(at_once: Run) -> None:
    plan = alone(at_once, lambda: make("plan", status="in_review", title="Read"))

    def edit() -> Any:
        return operations.edit(plan, {"title": "Unread"}, version=plan.version, by=PAT)

    at_once(lambda: operations.approve(plan, by=CHRIS), edit)

    def now() -> tuple[str, str]:
        row = Record.objects.get(pk=plan.pk)
        return row.title, row.status

    assert alone(at_once, now) in {("Unread", "draft"), ("Read", "approved")}


def test_a_parent_deleted_while_a_child_is_added_never_leaves_an_orphan(at_once: Run) -> None:
    for number in range(5):
        plan = alone(at_once, lambda n=number: make("plan", reference=f"P{n}"))  # type: ignore[misc]
        values = {"reference": f"O{number}", "title": "x", "number": 1, "parent": plan}
        results = at_once(
            lambda v=values: operations.create(kind_named("objective"), v, by=PAT),
            lambda p=plan: operations.delete(p, by=CHRIS, why="Entered twice"),
        )
        assert len(outcomes(results)["lost"]) == 1
        assert isinstance(outcomes(results)["lost"][0], Refused | Invalid)
