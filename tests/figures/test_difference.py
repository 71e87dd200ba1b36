"""Two editions side by side: topics that are new, gone or changed, and values that were revised."""

import datetime as dt

import pytest

from peelian.figures.difference import previous_of, revisions, topic_changes
from peelian.figures.operations import issue_edition
from peelian.people.models import Area
from peelian.record import operations
from peelian.record.access import Command
from peelian.record.scope import PUBLIC
from tests.figures.test_assess import observe
from tests.makers import CHRIS, make

pytestmark = pytest.mark.django_db
ANALYST = Command("ana", ("administrator",))
JANUARY = dt.date(2019, 1, 1)
TWO_YEARS = [90.0, 110.0] * 9


@pytest.fixture
def editions(db):
    """Two months of a register in which a topic is added, one withdrawn and a value revised."""
    force = make("area", reference="force", title="The force", level="force_area")
    kept, gone = (make("topic", reference=name, title=name, order=n) for n, name in enumerate("kg"))
    robbery = make("measure", reference="robbery", title="Robbery", parent=kept)
    theft = make("measure", reference="theft", title="Theft", parent=gone)
    for measure in (robbery, theft):
        observe(measure, force, [*TWO_YEARS, 100.0], known=dt.date(2020, 8, 20))
    first = issue(dt.date(2020, 7, 1), dt.date(2020, 8, 20))
    observe(robbery, force, {dt.date(2020, 7, 1): 103.0}, known=dt.date(2020, 9, 1))
    observe(robbery, force, {dt.date(2020, 8, 1): 190.0}, known=dt.date(2020, 9, 1))
    operations.withdraw(gone, by=CHRIS, why="Merged")
    added = make("topic", reference="a", title="a", order=9)
    make("measure", reference="arson", title="Arson", parent=added)
    return first, issue(dt.date(2020, 8, 1), dt.date(2020, 9, 20))


def issue(month, known):
    return issue_edition(month, form="monthly", known=known, by=ANALYST, publish=True)


def test_each_topic_that_differs_is_told_with_what_was_said_before_and_after(editions):
    first, second = editions
    told = {
        c.topic.reference: (c.what, c.before, c.after) for c in topic_changes(*editions, PUBLIC)
    }
    assert told["a"][0] == "new"
    assert told["k"][0] == "changed"
    assert "Exceptional volumes" in told["k"][2]
    assert "g" not in told  # withdrawn: nothing public is said of it any more
    assert topic_changes(first, first, PUBLIC) == []
    assert previous_of(second, PUBLIC) == first


def test_a_value_that_was_revised_is_told_once_and_a_later_month_is_no_revision(editions):
    [told] = revisions(*editions, PUBLIC)
    assert (told.measure, told.area, told.period) == ("Robbery", "The force", "July 2020")
    assert (told.before, told.after) == (100.0, 103.0)
    Area.objects.get(reference="force")
    operations.withdraw(Area.objects.get(reference="force"), by=CHRIS, why="Wrong")
    assert revisions(*editions, PUBLIC) == []


def test_the_page_and_the_download_say_the_same(editions, client):
    first, second = editions
    place = f"/editions/{second.reference}/since/{first.reference}/"
    page = client.get(place)
    assert page.status_code == 200
    assert "July 2020" in page.content.decode()
    table = client.get(f"{place}changes.csv").content.decode("utf-8-sig")
    assert "revised,Robbery,The force,July 2020,100.0,103.0" in table
    assert client.get(f"/editions/{second.reference}/since/none/").status_code == 404
    assert place in client.get(second.get_absolute_url()).content.decode()
