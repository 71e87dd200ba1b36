"""A policing body, its force, a panel, a board at which the chief constable is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from copy import deepcopy
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from peelian.figures.assessments import refresh
from peelian.figures.models import Observation
from peelian.record.querysets import write_path
from tests.makers import make
from tests.tables import kept_for_a_module

TODAY = "2020-03-02"
ASKED_ON = dt.date(2020, 2, 25)
BEFORE = dt.date(2019, 11, 26)
NEXT = dt.date(2020, 3, 31)
MONTHS = [dt.date(2018 + n // 12, n % 12 + 1, 1) for n in range(26)]  # to February 2020


def observe(measure: Any, area: Any, values: list[float]) -> None:
    """Add the newest values of a measure, each known on the ninth of the month after."""
    months = MONTHS[-len(values) :]
    with write_path():
        Observation.objects.bulk_create(
            Observation(
                measure=measure,
                area=area,
                period=month,
                known=dt.date(month.year + month.month // 12, month.month % 12 + 1, 9),
                value=value,
                source="Return of the force",
            )
            for month, value in zip(months, values, strict=True)
        )
    refresh()


@pytest.fixture(scope="module")
def _shared_office(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    today = settings.OFFICE | {"today": TODAY}
    with kept_for_a_module(django_db_blocker):
        with override_settings(OFFICE=today):
            made = _office()
        yield made


@pytest.fixture
def office(_shared_office: Any, db: None, on_day: Any) -> Any:
    """The office on 2 March 2020: a theme taken in February, one to be taken in March."""
    on_day(TODAY)
    return deepcopy(_shared_office)


def _office() -> SimpleNamespace:
    pcc = make("body", form="policing_body", reference="pcc", title="The Commissioner")
    force = make("body", form="force", reference="force", title="The Force")
    board = make("oversight-mechanism", reference="board", title="Holding to Account Board")
    chief = make("role", reference="chief", title="Chief Constable", body=force)
    plan = make("plan", body=pcc)
    objective = make("objective", parent=plan, title="Calls answered")
    area = make("area", reference="shire", title="Shire")
    topic = make("topic", objective=objective)
    measure = make(
        "measure", parent=topic, title="Calls answered in time", unit="%", reference="calls"
    )
    return SimpleNamespace(
        pcc=pcc,
        force=force,
        board=board,
        chief=chief,
        plan=plan,
        objective=objective,
        area=area,
        measure=measure,
        before=make("meeting", body=board, held_on=BEFORE, title="Board in November"),
        asked=make("meeting", body=board, held_on=ASKED_ON, title="Board in February"),
        next=make("meeting", body=board, held_on=NEXT, state="planned", title="Board in March"),
    )


@pytest.fixture
def theme(office: Any) -> Any:
    """A theme that was taken in February, not public yet."""
    return make(
        "theme",
        status="draft",
        title="Calls",
        month=dt.date(2020, 2, 1),
        meeting=office.asked,
        objective=office.objective,
        why="Too few are answered in time.",
        reference="2020-02-calls",
    )


@pytest.fixture
def enquiry(office: Any, theme: Any) -> Any:
    """A question under it, with a figure."""
    return make(
        "enquiry",
        status="draft",
        parent=theme,
        title="When will nine in ten be answered?",
        answerer=office.chief,
        measure=office.measure,
        area=office.area,
        reference="2020-02-calls.1",
    )
