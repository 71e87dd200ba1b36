"""A small plan that has been reported on for some quarters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest

from tests.makers import going_to, make
from tests.tables import kept_for_a_module

Q2, Q3, Q4 = dt.date(2019, 6, 30), dt.date(2019, 9, 30), dt.date(2019, 12, 31)


@pytest.fixture
def typeset() -> None:
    """Ask for the real PDF, which takes a while to set."""


@pytest.fixture(autouse=True)
def _quick_pdf(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set no PDF where a test is about something else."""
    if "typeset" not in request.fixturenames:
        monkeypatch.setattr("peelian.pages.issues.pdf.render", lambda *_a, **_k: b"%PDF-1.7")


@pytest.fixture(scope="module")
def _shared_plan(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    with kept_for_a_module(django_db_blocker):
        with pytest.MonkeyPatch.context() as patched:
            made = _reported_on(going_to(patched))
        yield made


@pytest.fixture
def plan(_shared_plan: Any, db: None, at: Any) -> Any:
    """A plan of one objective with four lines, each reported on up to September 2019."""
    at(dt.date(2019, 10, 10))
    return deepcopy(_shared_plan)


def _reported_on(at: Callable[[dt.date], None]) -> Any:
    at(dt.date(2019, 1, 7))
    plan = make("plan", reference="2016", title="The plan", starts_on="2016-10-01")
    objective = make("objective", parent=plan, reference="2016-1", title="Safer roads")
    parent = make(
        "commitment", parent=objective, reference="2016-1.1", printed_reference="1.1",
        title="Fewer hurt", element="policing",
    )  # fmt: skip
    for n in range(1, 5):
        one = make(
            "activity", parent=parent, reference=f"2016-1.1.{n}", printed_reference=f"1.1.{n}",
            title=f"Do thing {n}", oversight_as_printed="Roads board",
        )  # fmt: skip
        at(dt.date(2019, 7, 10))
        make("update", parent=one, as_at=Q2, text=f"Thing {n} begun.")
        at(dt.date(2019, 1, 8))
    return plan


@pytest.fixture
def lines(plan: Any) -> list[Any]:
    """The four lines of the plan: done, at risk, as it was, late."""
    from peelian.promises.kinds import ACTIVITY

    some = list(ACTIVITY.all().in_order())
    for one, progress, text in (
        (some[0], "complete", "Thing 1 is done."),
        (some[1], "at_risk", "Thing 2 is slow."),
        (some[2], "on_track", "Thing 3 begun."),
    ):
        make("update", parent=one, as_at=Q3, progress=progress, text=text)
    return some
