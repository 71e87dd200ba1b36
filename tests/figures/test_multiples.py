"""Many small charts on one page: an area's measures, a measure's areas; nothing but the public."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peelian.figures import multiples
from peelian.figures.assessments import refresh
from peelian.figures.lines import line_of
from peelian.figures.models import Assessment
from peelian.figures.small_chart import render_small, small_data
from peelian.record import operations
from tests.figures.test_assess import observe
from tests.makers import CHRIS, make

pytestmark = pytest.mark.django_db
STEADY = [90.0, 110.0] * 12
SIDE_BY_SIDE = "/measures/robbery/areas/"


@pytest.fixture
def places(db):
    """A force, two parts of it, and one that nobody may see yet."""
    kept = {
        name: make("area", reference=name, title=name.capitalize(), level=level)
        for name, level in (
            ("south", "local_policing_area"),
            ("force", "force_area"),
            ("north", "local_policing_area"),
        )
    }
    hidden = make("area", status="draft", reference="nowhere", level="local_policing_area")
    return kept | {"hidden": hidden}


@pytest.fixture
def robbery(places):
    """A measure that leaps in the north."""
    made = make("measure", reference="robbery", title="Robbery", polarity="lower")
    observe(made, places["force"], [10 * v for v in STEADY])
    observe(made, places["south"], STEADY)
    observe(made, places["north"], [*STEADY[:-1], 300])
    observe(made, places["hidden"], [7777.0] * 24)
    refresh()
    return made


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def names(page):
    return re.findall(r'app-small__name"><a [^>]*>([^<]+)<span', page)


def ticks(page):
    charts = page.split("app-small__chart")[1:]
    return [re.findall(r'text-anchor="end">([\d,.]+)</text>', chart) for chart in charts]


def test_a_measure_is_shown_in_every_area_the_force_first(robbery, client):
    page = text_of(client, SIDE_BY_SIDE)
    assert names(page) == ["Force", "North", "South"]
    assert "nowhere" not in page
    assert "7,777" not in page
    assert re.search(r"<strong>3</strong> areas, of which <strong>3</strong>", page)
    assert "exceptionally high" in page


def test_areas_have_scales_of_their_own_or_share_one(robbery, client):
    own = ticks(text_of(client, SIDE_BY_SIDE))
    assert own[0] != own[2]
    page = text_of(client, f"{SIDE_BY_SIDE}?scale=shared")
    shared = ticks(page)
    assert shared[0] == shared[1] == shared[2]
    assert "Areas differ in size" in page
    for nonsense in ("?scale=x", "?page=x", "?page=99"):
        assert ticks(text_of(client, SIDE_BY_SIDE + nonsense)) == own


def test_what_is_not_public_has_no_such_page(robbery, client):
    make("measure", status="draft", reference="secret")
    for reference in ("secret", "unknown"):
        assert client.get(f"/measures/{reference}/areas/").status_code == 404
    operations.withdraw(robbery, by=CHRIS, why="Wrong")
    assert client.get(SIDE_BY_SIDE).status_code == 404


def test_a_measure_without_figures_says_so(places, client):
    make("measure", reference="fraud")
    page = text_of(client, "/measures/fraud/areas/")
    assert "No figures have been loaded" in page
    assert "All areas side by side" not in text_of(client, "/measures/fraud/")


def test_the_measure_leads_to_its_areas_where_there_are_several(robbery, places, client):
    assert SIDE_BY_SIDE in text_of(client, "/measures/robbery/")
    alone = make("measure", reference="alone")
    observe(alone, places["force"], STEADY)
    assert "/measures/alone/areas/" not in text_of(client, "/measures/alone/")


def test_the_values_stand_in_a_table_too(robbery, client):
    page = text_of(client, SIDE_BY_SIDE)
    row = re.search(r">North</th>(.*?)</tr>", page, re.DOTALL)
    assert row is not None
    assert ">300<" in row[1]
    assert " to " in row[1]


def test_the_page_of_an_area_shows_all_its_measures_by_objective(robbery, places, client):
    plan = make("plan", reference="p1")
    objective = make("objective", reference="p1-1", title="Safer streets", parent=plan)
    topic = make("topic", reference="arson", objective=objective)
    arson = make("measure", reference="arson", title="Arson", parent=topic)
    observe(arson, places["north"], STEADY)
    secret = make("measure", status="draft", reference="secret", title="Secret")
    observe(secret, places["north"], [*STEADY[:-1], 900])
    refresh()
    page = text_of(client, "/areas/north/")
    assert names(page) == ["Arson", "Robbery"]
    assert page.index("Safer streets") < page.index(">Arson<") < page.index("Other measures")
    assert re.search(r"<strong>2</strong> measures, of which <strong>2</strong>", page)
    assert "Secret" not in page
    assert "/performance/dashboard/?area=north" in page


def test_what_stands_out_is_said_at_the_top(robbery, client):
    page = text_of(client, "/areas/north/")
    said = page.index("What stands out")
    assert "exceptionally high" in page[said : page.index("app-small-charts")]
    assert "What stands out" not in text_of(client, "/areas/south/")


def test_an_area_without_figures_has_no_such_section(places, client):
    assert "All measures" not in text_of(client, "/areas/south/")


def test_of_very_many_measures_those_to_be_seen_first_are_shown(places, client, monkeypatch):
    monkeypatch.setattr(multiples, "MOST", 3)
    for n in range(6):
        last = 400 if n == 4 else 90
        observe(make("measure", reference=f"m{n}", title=f"M{n}"), places["south"],
                [*STEADY[:-1], last])  # fmt: skip
    refresh()
    page = text_of(client, "/areas/south/")
    assert len(names(page)) == 3
    assert "M4" in names(page)
    assert "The 3 that a reader should see first" in page
    assert re.search(r"<strong>6</strong> measures", page)


def test_the_number_of_queries_does_not_grow_with_measures_and_areas(robbery, places, client):
    def queries(address):
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    before = queries("/areas/north/"), queries(SIDE_BY_SIDE)
    for n in range(8):
        area = make("area", reference=f"a{n}", level="local_policing_area")
        observe(robbery, area, STEADY)
        observe(make("measure", reference=f"m{n}"), places["north"], STEADY)
    refresh()
    assert (queries("/areas/north/"), queries(SIDE_BY_SIDE)) == before
    assert max(before) <= 12


def a_line(measure, area):
    return line_of(Assessment.objects.get(measure=measure, area=area), measure, area)


def test_a_small_chart_says_what_each_signal_is(robbery, places):
    svg = render_small(small_data(a_line(robbery, places["north"])))
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert "Robbery: North. 300 in" in (root.get("aria-label") or "")
    titles = [node.text for node in root.iter() if node.tag.endswith("title")]
    assert titles[-1] == "December 2020: 300. Exceptionally high (concern)"
    assert len(svg) < 10_000


def test_what_an_older_version_kept_is_drawn_without_signals(robbery, places):
    line = a_line(robbery, places["north"])
    line.assessment.spark = {"values": line.assessment.spark["values"]}
    assert "<title>" not in render_small(small_data(line))
    line.assessment.spark = {}
    assert "<path" not in render_small(small_data(line)).replace('<path d="M44', "")


def test_gaps_and_new_averages_are_drawn(places):
    made = make("measure", reference="stepped", title="Stepped")
    observe(made, places["south"], [*STEADY[:11], None, *[v + 200 for v in STEADY[:12]]])
    make("phase", reference="stepped-1", parent=made, starts="2020-01-01", decision="accepted")
    refresh([made.pk])
    line = a_line(made, places["south"])
    assert len(line.assessment.spark["phases"]) == 1
    svg = render_small(small_data(line))
    assert svg.count('stroke-dasharray="1 3"') == 1
    assert svg.count("stroke-linejoin") == 2
