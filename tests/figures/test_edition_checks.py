"""What is quoted of an edition is held against what the edition froze."""

from __future__ import annotations

import datetime as dt

import pytest

from peelian.checks.findings import run
from peelian.figures.operations import issue_edition
from peelian.record.access import Command
from peelian.record.scope import Scope
from tests.figures.test_assess import observe
from tests.makers import CHRIS, make

pytestmark = pytest.mark.django_db
LATER = dt.date(2020, 9, 1)


@pytest.fixture
def told():
    """What the check finds of a figure quoted for the force, whose edition of July says 100."""
    force = make("area", reference="force", title="The force", level="force_area")
    topic = make("topic", reference="robbery", title="Robbery", order=5)
    measure = make("measure", reference="robbery", title="Robbery", parent=topic)
    observe(measure, force, [*[90.0, 110.0] * 9, 100.0], known=dt.date(2020, 8, 20))
    issue_edition(
        dt.date(2020, 7, 1), form="monthly", known=dt.date(2020, 8, 20),
        by=Command("ana", ("administrator",)), publish=True,
    )  # fmt: skip

    def quoted(value, period, source):
        make("quoted-figure", measure=measure, area=force, period=period, value=value,
             source=source, stated_in="Annual report")  # fmt: skip
        found = run(Scope(CHRIS), LATER, only=["misquoted-edition"])
        return [finding.found for finding in found]

    return quoted


@pytest.mark.parametrize(
    "source", ["Performance summary, July 2020", "See performance summary of July 2020, line 5."]
)
def test_a_figure_that_is_not_as_its_edition_has_it_is_found(told, source):
    (found,) = told(103.0, "2020-07", source)
    assert "Robbery, The force for July 2020 is quoted as 103" in found
    assert "Performance summary, July 2020 has 100" in found


@pytest.mark.parametrize(
    ("value", "period", "source"),
    [
        (100.0, "2020-07", "Performance summary, July 2020"),
        (103.0, "2020-07", "Force return"),
        (103.0, "2031-07", "Performance summary, July 2020"),
        (103.0, "some month", "Performance summary, July 2020"),
        (103.0, "2020-07", "Performance summary, June 2020"),
        (None, "2020-07", "Performance summary, July 2020"),
    ],
)
def test_what_agrees_or_cannot_be_held_against_it_is_not(told, value, period, source):
    assert told(value, period, source) == []
