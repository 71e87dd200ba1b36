"""The page of areas compared: what it says and draws, what it leaves out, and nothing hidden."""

from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peelian.figures import comparison_words as words
from peelian.figures.comparing import ORDERS
from peelian.figures.comparison import compare, subject_of
from peelian.figures.funnel_chart import NOTED, render_funnel
from peelian.figures.models import Measure
from peelian.figures.peer_groups import beside_others
from peelian.record import operations
from peelian.record.scope import PUBLIC
from tests.figures.comparing import DECEMBER, areas_of, people, rate_of
from tests.figures.test_assess import JANUARY, observe
from tests.makers import CHRIS, make

pytestmark = pytest.mark.django_db
HERE = "/measures/robbery/compare/"
COUNTS = [50, 52, 48, 51, 49, 90]


@pytest.fixture
def areas():
    return areas_of(6)


@pytest.fixture
def robbery(areas):
    """Six areas of a hundred thousand people, of which the last is far out."""
    people(areas)
    return rate_of(areas, COUNTS)


def text_of(client, address=HERE):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def table_of(page):
    body = page.split("<tbody", 1)[1]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("</tr>")]
    plain = [[" ".join(re.sub(r"<[^>]+>", " ", c).split()) for c in row] for row in rows]
    return [row for row in plain if row]


def rows_of(client, address="/measures/robbery/compare.csv"):
    text = client.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def compared_of(measure, areas, **more):
    return compare(
        subject_of(measure, PUBLIC),
        areas,
        **{"period": DECEMBER, "level": "local_policing_area"} | more,
    )


# ---- what it says ----


def test_it_says_how_many_are_outside_and_how_many_chance_would_put_there(robbery, client):
    page = text_of(client)
    assert (
        "Of 6 areas, 1 lies beyond the 95% limits, where chance alone would put about 0.3." in page
    )
    assert "Of those, 1 lies beyond the 99.8% limits, where it puts fewer than 0.1." in page
    assert "With fewer than eight areas it cannot be told" in page
    assert "Areas have no rank here" in page
    assert "Population of 2019. That is who lives there" in page


def test_areas_that_chance_explains_are_said_to_be_so(areas, client):
    people(areas)
    rate_of(areas, [50, 52, 48, 51, 49, 50])
    page = text_of(client)
    assert "All 6 areas lie within the 95% limits" in page
    assert "chance alone can account for how they differ" in page
    assert "concern" not in page


def test_a_few_beyond_the_inner_limits_are_said_to_be_chance():
    counts = [1000] * 29 + [1075]
    areas = areas_of(30)
    people(areas)
    compared = compared_of(rate_of(areas, counts), areas)
    said = words.outcome(compared)
    assert "1 lies beyond the 95% limits" in said
    assert said.endswith(
        "None lies beyond the 99.8% limits. So many can well come about by chance."
    )


def test_limits_are_widened_where_places_differ_anyway_and_that_is_said():
    areas = areas_of(12)
    people(areas)
    compared = compared_of(rate_of(areas, [300, 500] * 6), areas)
    assert words.limits_made(compared)[0].startswith("The variance of these areas is")
    assert compared.outside(1) == []


def test_the_table_gives_each_area_its_figure_interval_and_place(robbery, client):
    rows = table_of(text_of(client))
    assert rows[0] == ["Area 0", "50", "100,000", "0.500", "0.371 to 0.659", "Within the limits"]
    assert rows[5][5] == "Above the 99.8% limit (concern)"


SORTED = [
    ("area", "0", "ascending"),
    ("-value", "5", "descending"),
    ("count", "2", "ascending"),
    ("-limits", "5", "descending"),
    ("size", "0", "ascending"),
]


def test_the_table_can_be_put_in_order_without_a_script(robbery, client):
    for sort, first, state in SORTED:
        page = text_of(client, f"{HERE}?over=year&sort={sort}")
        assert table_of(page)[0][0] == f"Area {first}"
        assert page.count("aria-sort=") == 1
        assert f'aria-sort="{state}"' in page
        assert page.count('href="?over=year&amp;sort=') == len(ORDERS)
        rows = rows_of(client, f"/measures/robbery/compare.csv?sort={sort}")
        assert rows[0]["area"] == f"a{first}"


def test_twelve_months_are_added_up(robbery, client):
    page = text_of(client, f"{HERE}?over=year")
    assert table_of(page)[0][1:4] == ["600", "100,000", "6.00"]
    assert "12 months to December 2019" in page


def test_areas_left_out_are_named_with_the_reason(robbery, client):
    make("area", reference="newtown", title="Newtown", level="local_policing_area")
    page = text_of(client)
    assert "Newtown: no figure for this time" in page
    assert "Of 6 areas" in page
    assert (
        rows_of(client)[-1] | {"left_out": "no figure for this time", "value": ""}
        == rows_of(client)[-1]
    )


ASKED = {
    "?period=2019-11": "by local policing area, November 2019",
    "?period=2031-01": "There is no “2031-01” to choose; the usual is shown instead.",
    "?period=&over=&level=&area=&sort=": "December 2019",
    "?over=decade": "There is no “decade” to choose",
    "?level=planet": "There is no “planet” to choose",
    "?level=force_area": "There is no “force_area” to choose",
    "?area=nowhere": "There is no “nowhere” to choose",
    "?sort=rank": "by local policing area, December 2019",
    "?period=%3Cscript%3E": "There is no “&lt;script&gt;” to choose",
    "?period=%00": "by local policing area, December 2019",
}


def test_what_cannot_be_asked_for_is_said_and_the_usual_shown(robbery, client):
    for asked, found in ASKED.items():
        page = text_of(client, HERE + asked)
        assert found in page, asked
        assert len(table_of(page)) == 6
        for form in ("csv", "svg"):
            assert client.get(f"/measures/robbery/compare.{form}{asked}").status_code == 200


# ---- when there is little ----


def test_without_a_population_nothing_is_drawn_and_no_area_is_judged(areas, client):
    rate_of(areas, COUNTS)
    page = text_of(client)
    assert "areas of different size cannot be compared" in page
    assert table_of(page)[5] == ["Area 5", "90"]
    assert 'role="img"' not in page.split("<main")[1]
    assert client.get("/measures/robbery/compare.svg").status_code == 404
    assert {row["position"] for row in rows_of(client)} == {"–"}


def test_times_and_percentages_without_counts_are_listed_and_not_judged(areas, client):
    measure = make("measure", reference="robbery", unit="minutes", decimals=1)
    for area in areas.values():
        observe(measure, area, {DECEMBER: 12.5})
    page = text_of(client)
    assert "what is chance cannot be told" in page
    assert table_of(page)[0] == ["Area 0", "12.5"]


def test_two_areas_have_no_limits(client):
    areas = areas_of(2)
    people(areas)
    rate_of(areas, [5, 500])
    page = text_of(client)
    assert "Only 2 areas have figures for this time: there are no limits below 3." in page
    assert client.get("/measures/robbery/compare.png").status_code == 404


def test_one_period_is_enough(areas, client):
    people(areas)
    measure = make("measure", reference="robbery")
    for area, count in zip(areas.values(), COUNTS, strict=True):
        observe(measure, area, {DECEMBER: count})
    assert "Of 6 areas" in text_of(client)
    assert "figures for 1 of 12 periods only" in text_of(client, f"{HERE}?over=year")
    assert 'role="img"' not in text_of(client, f"{HERE}?over=year").split("<main")[1]


def test_a_measure_without_figures_says_so(client):
    make("measure", reference="robbery")
    assert "There are no figures to compare yet." in text_of(client)
    assert rows_of(client) == []


# ---- nothing hidden ----


def test_what_is_not_public_has_no_such_page(robbery, client):
    make("measure", status="draft", reference="secret")
    operations.withdraw(robbery, by=CHRIS, why="Wrong")
    for reference in ("secret", "unknown", "robbery"):
        for ending in ("/", ".csv", ".xlsx", ".svg", ".png"):
            assert client.get(f"/measures/{reference}/compare{ending}").status_code == 404


@pytest.mark.parametrize("status", ["draft", "withdrawn", "approved"])
def test_a_hidden_area_is_in_no_average_count_or_limit(robbery, areas, client, status):
    before = text_of(client), client.get("/measures/robbery/compare.svg").content, rows_of(client)
    hidden = make(
        "area", status=status, reference="hush", title="Hush", level="local_policing_area"
    )
    observe(Measure.objects.get(reference="population"), hidden, {JANUARY: 5000.0})
    observe(robbery, hidden, {DECEMBER: 4000.0, JANUARY.replace(year=2020): 9.0})
    after = text_of(client), client.get("/measures/robbery/compare.svg").content, rows_of(client)
    assert re.sub(r'nonce="[^"]*"', "", after[0]) == re.sub(r'nonce="[^"]*"', "", before[0])
    assert after[1:] == before[1:]
    assert "There is no “hush” to choose" in text_of(client, f"{HERE}?area=hush")


def test_the_office_sees_its_drafts_there(robbery, areas, client, pat):
    draft = make("area", status="draft", reference="newtown", title="Newtown",
                 level="local_policing_area")  # fmt: skip
    observe(robbery, draft, {DECEMBER: 40.0})
    observe(Measure.objects.get(reference="population"), draft, {JANUARY: 5000.0})
    client.force_login(pat)
    page = text_of(client, "/office/measures/robbery/compare-areas/")
    assert "Newtown" in page
    assert "/office/measures/robbery/compare-areas.csv" in page
    assert "Newtown" not in text_of(client)


def test_a_population_that_is_withdrawn_leaves_nothing_behind(robbery, client):
    operations.withdraw(Measure.objects.get(reference="population"), by=CHRIS, why="Wrong")
    page = text_of(client)
    assert "100,000" not in page
    assert "areas of different size cannot be compared" in page


# ---- the most similar group, and the nation ----


@pytest.fixture
def group(areas):
    first, *others = areas.values()
    return make("peer-group", reference="msg", title="Most similar to area 0", area=first,
                peers=others[:4])  # fmt: skip


def test_an_area_stands_beside_its_most_similar_group_with_the_interval(robbery, group, client):
    page = text_of(client, f"{HERE}?area=a0")
    assert (
        "Area 0: 0.500, beside an average of 0.500 over the 4 other areas of its most similar "
        "group that have figures, each counted once; the difference is +0.000 (95% interval" in page
    )
    assert ", which chance alone can account for." in page
    assert 'href="/peer-groups/msg/"' in page


def test_a_difference_beyond_its_interval_is_more_than_chance_and_no_more_is_said(robbery, areas):
    *others, last = areas.values()
    make("peer-group", area=last, peers=others)
    compared = compared_of(robbery, areas)
    [group] = beside_others(compared, last, PUBLIC, areas)
    said = words.beside(compared, compared.everywhere[last.pk], group)
    assert said.endswith(", more than chance alone is likely to give; that does not say why.")
    assert group.beside.difference == pytest.approx(0.4)
    assert group.beside.difference_lower > 0


def test_members_without_figures_are_named_and_not_counted(robbery, areas, client):
    first, second, *_rest = areas.values()
    new = make("area", reference="newtown", title="Newtown", level="local_policing_area")
    hidden = make("area", status="draft", reference="hush", title="Hush")
    make("peer-group", area=first, peers=[second, new, hidden, first])
    page = text_of(client, f"{HERE}?area=a0")
    assert "in the 1 other area of its most similar group" in page
    assert "Without figures for this time: Newtown." in page
    assert "Hush" not in page


def test_only_the_group_in_force_counts_and_only_a_public_one(robbery, areas, group, client):
    first, second, *_rest = areas.values()
    make("peer-group", title="Later", area=first, peers=[second], starts="2020-01-01")
    make("peer-group", title="Ended", area=first, peers=[second], ends="2019-01-01")
    make("peer-group", title="Drafted", area=first, peers=[second], starts="2019-06-01",
         status="draft")  # fmt: skip
    page = text_of(client, f"{HERE}?area=a0")
    assert "the 4 other areas" in page
    for title in ("Later", "Ended", "Drafted"):
        assert title not in page.split("<main")[1]


def test_the_nation_stands_beside_it_where_the_record_has_it(robbery, areas, client):
    nation = make("area", reference="england", title="England", level="country")
    observe(robbery, nation, {DECEMBER: 30_000.0})
    observe(Measure.objects.get(reference="population"), nation, {JANUARY: 56_000_000.0})
    page = text_of(client, f"{HERE}?area=a5")
    assert "Area 5: 0.900, beside 0.536 in England; the difference is +0.364" in page
    assert "England" not in "".join(row[0] for row in table_of(page))


def test_an_area_without_group_or_figure_says_so(robbery, areas, client):
    assert "holds no figures of its most similar group" in text_of(client, f"{HERE}?area=a1")
    lone = make("area", reference="late", title="Late", level="local_policing_area")
    observe(robbery, lone, {JANUARY: 1.0})
    assert "It has no figure for this time." in text_of(client, f"{HERE}?area=late")


# ---- the funnel ----


def drawing(measure, areas, chosen=0):
    compared = compared_of(measure, areas)
    svg = render_funnel(compared, words.outcome(compared), chosen)
    return svg, ElementTree.fromstring(svg)


def texts(root, tag):
    return [node.text for node in root.iter() if node.tag.endswith(tag)]


def test_the_funnel_names_its_limits_and_who_is_beyond_them(robbery, areas):
    svg, root = drawing(robbery, areas)
    shown = texts(root, "}text")
    assert shown.count("95% limit") == shown.count("99.8% limit") == 2
    assert "Area 5" in shown
    assert "Area 1" not in shown
    assert "Population" in shown
    assert {"Within the limits", "Above the 99.8% limit (concern)"} <= set(shown)
    assert root.get("role") == "img"
    assert texts(root, "}desc")[0].startswith("Of 6 areas, 1 lies beyond")
    assert "Area 5: 0.900 (95% interval 0.724 to 1.106). Above the 99.8% limit (concern)." in texts(
        root, "}title"
    )
    assert len(svg) < 30_000


def test_shapes_say_what_colours_say(robbery, areas):
    _svg, root = drawing(robbery, areas)
    shapes = {n.get("d") for n in root.iter() if n.get("transform")}
    assert len(shapes) == 2


def test_an_area_looked_at_closely_is_named_in_any_case(robbery, areas):
    first = next(iter(areas))
    _svg, root = drawing(robbery, areas, first)
    bold = [n.text for n in root.iter() if n.tag.endswith("}text") and n.get("font-weight")]
    assert "Area 0" in bold


def test_of_very_many_areas_every_one_is_drawn_and_those_beyond_say_what_they_are():
    areas = areas_of(NOTED + 20)
    people(areas)
    svg, root = drawing(rate_of(areas, [50] * (NOTED + 18) + [500, 5]), areas)
    dots = next(n.get("d") for n in root.iter() if n.get("stroke-linecap"))
    assert dots.count("M") == NOTED + 18
    assert len(texts(root, "}title")) == 3
    assert len(svg) < 15_000


def test_no_name_covers_another():
    areas = areas_of(20)
    people(areas)
    _svg, root = drawing(rate_of(areas, [50] * 10 + [150] * 10), areas)
    spots = [(float(n.get("x")), float(n.get("y"))) for n in root.iter()
             if n.tag.endswith("}text") and (n.text or "").startswith("Area")]  # fmt: skip
    assert len(set(spots)) == len(spots)


def test_a_funnel_is_asked_for_as_a_file(robbery, client):
    svg = client.get("/measures/robbery/compare.svg?over=year")
    assert svg["Content-Type"] == "image/svg+xml"
    assert b"12 months to December 2019" in svg.content
    png = client.get("/measures/robbery/compare.png")
    assert png.content.startswith(b"\x89PNG")


# ---- to take away, and to find ----


def test_the_file_says_what_each_figure_is_and_where_it_comes_from(robbery, client):
    row = rows_of(client)[5]
    assert row["measure_title"] == "Robbery"
    assert (row["period"], row["level"]) == ("2019-12-01", "local_policing_area")
    assert (float(row["count"]), float(row["out_of"])) == (90, 100_000)
    assert (row["out_of_measure"], row["out_of_period"]) == ("population", "2019-01-01")
    assert float(row["limit_998_upper"]) < float(row["value"]) == 0.9
    assert row["position"] == "Above the 99.8% limit (concern)"
    assert (row["source"], row["as_at"]) == ("The force", "2020-01-20")
    assert client.get("/measures/robbery/compare.xlsx").content.startswith(b"PK")


def test_the_measure_leads_to_it_where_there_are_several_areas(robbery, areas, client):
    assert HERE in text_of(client, "/measures/robbery/")
    alone = make("measure", reference="alone")
    observe(alone, next(iter(areas.values())), {JANUARY: 1.0})
    assert "/measures/alone/compare/" not in text_of(client, "/measures/alone/")


def test_the_number_of_queries_does_not_grow_with_areas(robbery, group, client):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get(f"{HERE}?area=a0")
        return len(seen)

    before = queries()
    more = areas_of(12, prefix="b")
    for area in more.values():
        observe(robbery, area, {DECEMBER: 40.0})
        observe(Measure.objects.get(reference="population"), area, {JANUARY: 90_000.0})
    assert queries() == before <= 12
