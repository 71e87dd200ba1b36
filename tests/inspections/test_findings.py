"""What a report found: who owns it, what closes it, and the public line from one to the other."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from peelian.inspections.findings import concerns_first, flat, found_in
from peelian.promises.kinds import FINDING
from peelian.promises.operations import approve_updates, submit_updates
from peelian.promises.reference_checks import duplicate_references
from peelian.record.errors import Invalid
from peelian.record.scope import PUBLIC
from tests.makers import CHRIS, DAY, PAT, make
from tests.reading import read

pytestmark = pytest.mark.django_db


def closed(**values: Any) -> dict[str, Any]:
    return {"progress": "complete", "closed_on": DAY} | values


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        (closed(form="concern", closed_by="Letter of HMICFRS of 4 February 2020"), ""),
        (closed(form="concern", evidence="We are sure that it is done."), "closed_by"),
        (closed(form="concern", closed_by="Letter", closed_on=None), "closed_on"),
        (closed(form="recommends", evidence="Forty cases were looked at."), ""),
        (closed(form="recommends"), "evidence"),
        (closed(form="area", closed_by="Report of 2020"), ""),
        ({"form": "concern", "progress": "at_risk"}, ""),
        ({"form": "recommends", "progress": "superseded", "closed_on": DAY}, ""),
        ({"form": ""}, "form"),
    ],
)
def test_what_closes_a_finding(values: dict[str, Any], wrong: str) -> None:
    if not wrong:
        assert make("finding", **values).form == values["form"]
        return
    with pytest.raises(Invalid) as caught:
        make("finding", **values)
    assert wrong in caught.value.errors


def test_a_report_of_the_inspectorate_closes_its_cause_of_concern() -> None:
    again = make("inspection", title="We came again")
    finding = make("finding", **closed(form="concern", shown_by=again))
    assert not finding.is_open


def test_an_update_that_says_it_is_done_does_not_close_a_cause_of_concern() -> None:
    finding = make("finding", form="concern", progress="on_track")
    update = make("update", parent=finding, progress="complete", text="Done.", status="draft")
    approve_updates(submit_updates([update], by=PAT), by=CHRIS)
    finding.refresh_from_db()
    assert finding.progress == "on_track"
    assert finding.is_open


def test_recommendations_stand_under_their_cause_of_concern() -> None:
    report = make("inspection")
    area = make("finding", parent=report, form="area", title="Area")
    concern = make("finding", parent=report, form="concern", title="Concern")
    make("finding", parent=concern, title="Recommendation")
    found = found_in(report, PUBLIC)
    assert [one.finding.title for one in flat(found)] == ["Concern", "Recommendation", area.title]
    assert [one.is_to_be_answered for one in flat(found)] == [False, True, False]


def test_a_cause_of_concern_without_recommendations_is_answered_itself() -> None:
    report = make("inspection")
    make("finding", parent=report, form="concern")
    assert found_in(report, PUBLIC)[0].is_to_be_answered


def test_open_causes_of_concern_come_first_and_what_is_closed_last() -> None:
    day = dt.date(2020, 6, 1)
    make("finding", title="Closed concern", **closed(form="concern", closed_by="Letter"))
    make("finding", title="Area", form="area", due=day)
    make("finding", title="Late recommendation", due=day)
    make("finding", title="Recommendation without a day")
    make("finding", title="Open concern", form="concern")
    assert [f.title for f in concerns_first(PUBLIC.of(FINDING))] == [
        "Open concern",
        "Late recommendation",
        "Recommendation without a day",
        "Area",
        "Closed concern",
    ]
    page = read("/inspection-findings/")
    assert page.words.index("Open concern") < page.words.index("Closed concern")


def a_whole_line() -> Any:
    report = make("inspection", title="PEEL", published_on=DAY)
    role = make("role", title="Chief Constable")
    values = closed(form="concern", closed_by="Letter of 4 February", title="Calls", owner=role)
    finding = make("finding", parent=report, **values)
    make("finding-answer", parent=finding, text="Twenty posts will be filled.")
    make("update", parent=finding, text="They are filled.", as_at=DAY)
    return report


def test_the_public_reads_from_finding_to_closing_on_one_page() -> None:
    page = read(a_whole_line().get_absolute_url())
    said = ["Calls", "Chief Constable", "Twenty posts", "They are filled.", "Letter of 4 February"]
    places = [page.words.index(words) for words in said]
    assert places == sorted(places)
    assert "1 finding" in page.words


def test_what_waits_is_on_no_public_page_of_a_report() -> None:
    report = a_whole_line()
    finding = make("finding", parent=report, title="Hidden finding", status="draft")
    make("finding-answer", parent=finding, text="Hidden answer")
    open_one = make("finding", parent=report, title="Shown")
    make("finding-answer", parent=open_one, text="Secret answer", status="draft")
    make("inspection-response", parent=report, title="Secret response", status="draft")
    page = read(report.get_absolute_url())
    assert "Shown" in page.words
    for secret in ("Hidden", "Secret"):
        assert secret not in page.words
    assert "Secret" not in read(open_one.get_absolute_url()).words


def test_many_findings_cost_no_more_queries(django_assert_max_num_queries: Any) -> None:
    report = a_whole_line()
    for _n in range(12):
        finding = make("finding", parent=report)
        make("finding-answer", parent=finding)
        make("update", parent=finding)
    with django_assert_max_num_queries(12):
        Client().get(report.get_absolute_url())


def test_a_report_with_nothing_says_so() -> None:
    page = read(make("inspection").get_absolute_url())
    assert "No findings have been published here." in page.words
    assert "None published yet." in page.words


def test_each_report_numbers_its_findings_from_one_again() -> None:
    make("activity", printed_reference="1")
    for _report in range(2):
        make("finding", printed_reference="1")
    assert list(duplicate_references(PUBLIC, DAY)) == []


def test_reports_are_listed_the_newest_first() -> None:
    for title, day in (("Old", "2018-03-01"), ("Undated", None), ("New", "2020-01-30")):
        make("inspection", title=f"{title} report", published_on=day)
    words = read("/inspections/").words
    places = [words.index(f"{title} report") for title in ("New", "Old", "Undated")]
    assert places == sorted(places)
