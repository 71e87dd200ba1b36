"""The same measure from two sources: shown together with its definitions, never averaged."""

from __future__ import annotations

import pytest

from peelian.figures.kinds import MEASURE
from peelian.people.models import Area
from peelian.record import operations
from tests.makers import CHRIS, amend, make
from tests.reading import read

pytestmark = pytest.mark.usefixtures("worked_example", "db")

HEADING = "The same, from another source"
FORCE, OPEN_DATA = "/measures/drug-offences/", "/measures/street-drugs/"


@pytest.mark.parametrize(("address", "other"), [(FORCE, OPEN_DATA), (OPEN_DATA, FORCE)])
def test_each_shows_the_other_with_its_definition_and_newest_values(
    address: str, other: str
) -> None:
    section = read(address).words.partition(HEADING)[2]
    for measure in MEASURE.all().filter(reference__in=("drug-offences", "street-drugs")):
        assert measure.definition in section
        assert measure.source in section
    assert read(address).links[MEASURE.all().get(reference=other.split("/")[2]).title] == other
    assert "never added together or averaged" in section
    assert "in December 2019" in section
    assert "in December 2025" in section
    assert "(illustrative)" in section


def test_a_measure_with_one_source_says_nothing_of_others() -> None:
    assert HEADING not in read("/measures/cyber-crime/").words


def test_the_public_sees_no_source_that_is_not_public() -> None:
    operations.withdraw(MEASURE.all().get(reference="street-drugs"), by=CHRIS, why="In error")
    assert HEADING not in read(FORCE).words
    assert HEADING in read(f"/office{FORCE}", "analyst").words


def test_a_link_that_is_only_drafted_shows_nothing() -> None:
    own = MEASURE.all().get(reference="cyber-crime")
    amend(own, same_as=[make("measure", title="Fraud reported to the national line")])
    assert HEADING not in read("/measures/cyber-crime/").words


def test_an_area_that_is_not_public_is_not_in_it() -> None:
    area = Area.objects.get(reference="shropshire")
    operations.withdraw(area, by=CHRIS, why="In error")
    assert "Shropshire" not in read(FORCE).words.partition(HEADING)[2]
