"""Signal or noise, everywhere at once: what stands out first, and nothing that is not public."""

from __future__ import annotations

import datetime as dt
import io
import re

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peelian.figures.assessments import refresh, refresh_changed
from peelian.figures.models import Assessment
from peelian.record import operations
from tests.figures.test_assess import observe
from tests.makers import CHRIS, amend, approve_change, make

pytestmark = pytest.mark.django_db
STEADY = [90.0, 110.0] * 12
HERE = "/performance/dashboard/"


@pytest.fixture
def register(db):
    """Two areas, three measures: one that leaps in one area, one that falls, one that rests."""
    force = make("area", reference="force", title="The force", level="force_area")
    north = make("area", reference="north", title="North", level="local_policing_area")
    made = {}
    for name, polarity, last in (
        ("robbery", "lower", 300),
        ("arson", "lower", 5),
        ("fraud", "neutral", 0),
    ):
        made[name] = make("measure", reference=name, title=name.capitalize(), polarity=polarity)
        observe(made[name], force, STEADY)
        observe(made[name], north, [*STEADY[:-1], last] if last else STEADY)
    refresh()
    return made


def rows(client, **asked):
    page = client.get(HERE, asked)
    assert page.status_code == 200
    found = re.findall(r'rowheader"><a [^>]*href="([^"]+)"', page.content.decode())
    return [one.split("/measures/")[1] for one in found]


def test_what_stands_out_comes_first_concerns_before_improvements(register, client):
    assert rows(client)[:2] == ["robbery/?area=north", "arson/?area=north"]
    assert len(rows(client)) == 6
    assert rows(client, variation="stands-out") == ["robbery/?area=north", "arson/?area=north"]
    assert rows(client, variation="concern") == ["robbery/?area=north"]


def test_it_can_be_narrowed_to_an_area_a_frequency_or_nothing_at_all(register, client):
    assert rows(client, area="force") == [f"{m}/?area=force" for m in ("robbery", "arson", "fraud")]
    assert rows(client, frequency="weekly") == []
    assert "Nothing matches" in client.get(HERE, {"frequency": "weekly"}).content.decode()
    for nonsense in ("x", "999999999999", "-1"):
        assert client.get(HERE, {"area": nonsense, "page": nonsense}).status_code == 200


def test_an_icon_has_its_words_and_a_line_says_what_it_shows(register, client):
    page = client.get(HERE).content.decode()
    assert 'aria-label="Concern"' in page
    assert "300 in December 2020; exceptionally high, above the upper limit of" in page
    assert "a change for the worse" in page


def test_how_many_flags_chance_alone_would_raise_is_said_beside_how_many_there_are(
    register, client
):
    words = re.sub(r"<[^>]+>|\s+", " ", client.get(HERE).content.decode())
    assert re.search(r"6 +series, of which +6 +can be judged", words)
    assert re.search(r"A rule speaks of +2 *;", words)
    assert "chance alone would flag fewer than one" in " ".join(words.split())


def test_before_any_figure_it_says_so(client):
    assert "No figures have been assessed yet" in client.get(HERE).content.decode()


def test_the_download_holds_what_the_filter_leaves(register, client):
    table = client.get("/performance/dashboard.csv", {"area": "north"}).content.decode("utf-8-sig")
    lines = table.splitlines()
    assert lines[0].startswith("measure,measure_title,area,area_title,period,value")
    assert len(lines) == 4
    assert lines[1].startswith("robbery,Robbery,north,North,2020-12-01,300.0,offences")
    assert client.get("/performance/dashboard.xlsx").status_code == 200


def test_nothing_of_a_measure_or_area_that_is_not_public_is_shown_or_counted(register, client):
    before = client.get(HERE).content
    topic = register["robbery"].parent
    hidden = make("measure", title="Secret measure", parent=topic, status="draft")
    closed = make("area", title="Secret area", level="local_policing_area", status="draft")
    observe(hidden, make_force(), [*STEADY[:-1], 900.0])
    observe(register["robbery"], closed, [*STEADY[:-1], 900.0])
    refresh()
    assert Assessment.objects.count() == 8
    assert client.get(HERE).content == before
    assert b"Secret" not in client.get("/performance/dashboard.csv").content


def make_force():
    from peelian.people.models import Area

    return Area.objects.get(reference="force")


def test_it_asks_the_database_no_more_for_more_series(register, client):
    client.get(HERE)
    with CaptureQueriesContext(connection) as few:
        client.get(HERE)
    for n in range(6):
        observe(make("measure", title=f"Measure {n}"), make_force(), STEADY)
    refresh()
    with CaptureQueriesContext(connection) as many:
        client.get(HERE)
    assert len(many) == len(few) <= 12


def test_a_decision_about_a_measure_is_seen_at_once(register, client):
    assert refresh_changed() == 0
    make("standard", parent=register["arson"], standard_is="at_most", value=200.0)
    assert refresh_changed() == 1
    kept = Assessment.objects.get(measure=register["arson"], area__reference="force")
    assert kept.assurance == Assessment.Assurance.MET
    approve_change(amend(register["robbery"], polarity="higher"))
    assert rows(client, variation="improvement")[0] == "robbery/?area=north"
    assert refresh_changed() == 0


def test_an_illustrative_series_is_called_so(register, client):
    made_up = make("measure", title="Made up")
    observe(made_up, make_force(), STEADY, illustrative=True)
    refresh()
    assert "illustrative" in client.get(HERE).content.decode()


def test_a_chart_can_be_taken_away_or_framed_and_nothing_else_may_be(register, client):
    chart = client.get("/measures/robbery/chart.svg?area=north")
    assert chart["Content-Type"] == "image/svg+xml"
    assert b"Robbery: North" in chart.content
    png = client.get("/measures/robbery/chart.png")
    assert png.content.startswith(b"\x89PNG")
    assert io.BytesIO(png.content).getbuffer().nbytes > 5_000
    framed, page = client.get("/embed/measures/robbery/"), client.get("/measures/robbery/")
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "&lt;iframe src=" in page.content.decode()


@pytest.mark.parametrize("place", ["chart.svg", "chart.png"])
def test_no_chart_of_what_is_not_public_can_be_had(register, client, place):
    assert client.get(f"/measures/robbery/{place}?area=nowhere").status_code == 404
    operations.withdraw(register["robbery"], by=CHRIS, why="Wrong")
    assert client.get(f"/measures/robbery/{place}").status_code == 404
    assert client.get("/embed/measures/robbery/").status_code == 404


def test_a_measure_of_many_areas_draws_one_and_tells_the_rest_in_brief(register, client):
    for n in range(9):
        area = make("area", reference=f"a{n}", title=f"Area {n}", level="local_authority")
        observe(register["robbery"], area, STEADY)
    page = client.get("/measures/robbery/").content.decode()
    assert page.count("<figure") == 1
    assert "The force" in page
    assert page.count("app-spark") == 10
    other = client.get("/measures/robbery/?area=a3").content.decode()
    assert "Robbery in Area 3" in other


def test_the_newest_month_is_set_beside_whole_windows_only(register, client):
    page = client.get("/measures/robbery/?area=north").content.decode()
    assert "The same month last year" in page
    assert "Twelve months" in page
    observe(register["fraud"], make_force(), {dt.date(2021, 2, 1): 100.0})
    page = client.get("/measures/fraud/?area=force").content.decode()
    assert "The month before" not in page


def test_what_no_rule_speaks_of_does_not_stand_out(register, client):
    """Among many changes a value within its limits may be unlikely: that alone is no signal."""
    north = make("area", reference="edge", level="local_policing_area")
    for n in range(30):
        observe(make("measure", reference=f"leap-{n}"), north, [*STEADY[:-1], 300])
    edge = make("measure", reference="edge")
    noise = np.random.default_rng(5).normal(100.0, 10.0, 23).round(1).tolist()
    observe(edge, north, [*noise, 127.0])
    refresh()
    quiet = Assessment.objects.filter(signal="")
    unlikely = Assessment.objects.get(measure=edge)
    assert unlikely in quiet
    assert unlikely.chance < 0.05
    assert not quiet.filter(stands_out=True).exists()
    assert Assessment.objects.filter(stands_out=True).count() >= 30


@pytest.mark.parametrize(
    ("expected", "said"), [(0.0, "none"), (0.1, "fewer than one"), (0.4, "about 2")]
)
def test_how_many_chance_would_flag_is_said_in_words(register, client, expected, said):
    Assessment.objects.update(expected=expected)  # of six series
    words = " ".join(re.sub("<[^>]+>", "", client.get(HERE).content.decode()).split())
    assert f"chance alone would flag {said}." in words
