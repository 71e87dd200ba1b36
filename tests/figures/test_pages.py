"""The pages of figures: the summary, a topic, a measure with its areas and its quotations."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.test import Client

from peelian.figures.kinds import EDITION, MEASURE, STATEMENT
from peelian.figures.models import Observation
from peelian.people.models import Area
from peelian.record import operations
from peelian.record.kinds import kind_named
from tests.figures.test_assess import observe
from tests.makers import CHRIS, amend, make
from tests.reading import read

pytestmark = pytest.mark.usefixtures("worked_example", "db")

SUMMARY = "/editions/2019-12-quarterly/"
PAGES = (
    SUMMARY,
    "/topics/violence-with-injury/",
    "/topics/rural-crime/",
    "/measures/violence-with-injury/",
    "/measures/confidence-csew/",
    "/measures/street-all-crime/",
)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_at_most_twelve_times_and_the_office_has_its_own(address: str) -> None:
    public, office = read(address), read(f"/office{address}", "analyst")
    assert (public.status, office.status) == (200, 200)
    assert public.queries <= 12
    assert not any(href.startswith("/office/") for href in public.links.values())


# ---- the summary ----


def test_performance_leads_to_the_newest_edition(client: Client) -> None:
    assert client.get("/performance/")["Location"] == SUMMARY
    operations.withdraw(EDITION.all().get(), by=CHRIS, why="Issued in error")
    page = read("/performance/")
    assert "No performance summary has been published yet." in page.words
    assert page.links["See all measures"] == "/measures/"


def test_the_summary_has_every_topic_under_its_objective_and_says_what_is_made_up() -> None:
    page = read(SUMMARY)
    assert page.html.count('<th scope="row"') == 30
    assert page.links["Sexual Offences – Rape"] == "/topics/rape/"
    assert "Uses figures known on 20 January 2020." in page.words
    assert "Exceptional volumes at force level" in page.words
    marked = STATEMENT.all().filter(illustrative=True).count()
    assert page.words.count("(illustrative)") == marked
    assert page.links["Reforming West Mercia"] == "/objectives/2016-3/"


def test_a_line_or_topic_that_is_not_public_is_not_in_the_summary() -> None:
    line = STATEMENT.all().get(topic__reference="robbery")
    operations.withdraw(line, by=CHRIS, why="Wrong")
    operations.withdraw(
        kind_named("topic").all().get(reference="sickness"), by=CHRIS, why="No longer kept"
    )
    amend(STATEMENT.all().get(topic__reference="rape"), commentary="Secret remark")
    page = read(SUMMARY)
    assert page.html.count('<th scope="row"') == 28
    assert "Robbery" not in page.links
    assert "Sickness" not in page.links
    assert "Secret" not in page.html


def test_an_edition_without_lines_says_so() -> None:
    edition = make("edition", reference="2030-01-monthly")
    assert "Nothing stands in this edition." in read(edition.get_absolute_url()).words


# ---- a topic ----


def test_a_topic_shows_the_forces_chart_of_each_of_its_measures() -> None:
    page = read("/topics/repeat-victimisation/")
    measures = MEASURE.all().filter(parent__reference="repeat-victimisation").public()
    assert len(measures) > 1
    assert page.html.count("<figure") == len(measures)
    assert all(page.links[m.title] == m.get_absolute_url() for m in measures)
    assert "In the performance summary: Month and quarter." in page.words


def test_a_topic_without_a_measure_or_figures_says_so() -> None:
    said = "No measure has been defined for this topic yet."
    assert said in read("/topics/rural-crime/").words
    topic = kind_named("topic").all().get(reference="rural-crime")
    make("measure", parent=topic, title="Farm thefts")
    assert "Farm thefts: no figures have been loaded." in read("/topics/rural-crime/").words


# ---- a measure ----


def test_a_measure_shows_sentence_chart_table_and_source_of_every_area() -> None:
    page = read("/measures/violence-with-injury/")
    assert page.html.count("<figure") == page.html.count("The values as a table") == 6
    assert page.words.index("West Mercia") < page.words.index("Herefordshire")
    assert "Known on" in page.words
    assert "Values marked illustrative were made for this worked example" in page.words


def test_real_counts_are_not_called_illustrative() -> None:
    assert "illustrative" not in read("/measures/street-all-crime/").words.lower()


def test_where_two_documents_differ_both_quotations_are_shown() -> None:
    page = read("/measures/confidence-csew/")
    quoted = page.words.partition("Where it has been quoted")[2]
    for value in ("77.0", "74.0", "73.6"):
        assert value in quoted
    assert "Where they differ, both are kept." in quoted


def test_a_measure_without_figures_says_so() -> None:
    page = read(make("measure").get_absolute_url())
    assert "No figures have been loaded for this measure yet." in page.words


def test_nothing_of_an_area_or_a_quotation_that_is_not_public_shows(client: Client) -> None:
    measure = MEASURE.all().get(reference="confidence-csew")
    hidden = make("area", title="Secret place", level="local_policing_area", status="draft")
    observe(measure, hidden, {dt.date(2019, 7, 1): 12.3})
    make("quoted-figure", measure=measure, stated_in="Secret report", status="draft")
    promise = make("activity", title="Secret promise", status="draft")
    make("quoted-figure", measure=measure, stated_in="A report", promise=promise)
    page = read("/measures/confidence-csew/")
    assert "Secret" not in page.html
    assert "Secret" not in client.get("/measures/confidence-csew/values.csv").content.decode()
    office = read("/office/measures/confidence-csew/", "analyst").words
    assert "Secret place" in office
    assert "Secret report" in office


def test_every_vintage_can_be_downloaded_with_the_day_it_was_known(client: Client) -> None:
    measure = MEASURE.all().get(reference="total-recorded-crime")
    force = Area.objects.get(reference="west-mercia")
    observe(measure, force, {dt.date(2019, 12, 1): 1.5}, known=dt.date(2020, 3, 1))
    response = client.get("/measures/total-recorded-crime/values.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == Observation.objects.filter(measure=measure).count()
    december = [r for r in rows if r["period"] == "2019-12-01" and r["area"] == "west-mercia"]
    assert [r["as_at"] for r in december][-1] == "2020-03-01"
    assert len(december) == 2
    assert december[-1]["source"] == "The force"
    assert {r["period_label"] for r in december} == {"December 2019"}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_values_of_a_measure_that_is_not_public_cannot_be_had(client: Client, form: str) -> None:
    measure = make("measure", status="draft")
    assert client.get(f"/measures/{measure.reference}/values.{form}").status_code == 404
    assert client.get(f"/measures/total-recorded-crime/values.{form}").status_code == 200


def test_a_flagged_point_says_its_value_and_rule_where_the_pointer_rests() -> None:
    page = read("/measures/violence-with-injury/?area=herefordshire")
    assert "<title>December 2019: 203. Exceptionally high (concern)</title></path>" in page.html
    assert "Outside: a point beyond a limit." in page.words
