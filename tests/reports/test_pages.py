"""Reports on screen: who may make one, what the public reads, what goes wrong and is said."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from peelian.record import operations as record
from peelian.record.access import ROLES
from peelian.reports.kinds import EXAMPLE, REPORT, SECTION
from peelian.reports.operations import build, start_report
from tests.makers import CHRIS, PAT, make_user
from tests.reports.conftest import Q2, Q3

pytestmark = pytest.mark.django_db

START = "/office/reports/start/"


@pytest.fixture(autouse=True)
def today(on_day: Any) -> None:
    on_day("2019-10-15")


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(make_user(role, role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def answers(plan: Any, **values: Any) -> dict[str, Any]:
    made = {"plan": plan.pk, "form": "monitoring", "since": "2019-06-30", "until": "30/9/2019"}
    return made | {"audience": "public"} | values


def issued(plan: Any, **values: Any) -> Any:
    made = {"form": "monitoring", "since": Q2, "until": Q3} | values
    report = build(start_report(plan, by=PAT, **made), by=PAT)
    return record.release(report, by=CHRIS)


def test_an_officer_counts_begins_chooses_and_builds(plan: Any, lines: Any) -> None:
    pat = signed_in("policy_officer")
    counted = pat.post(START, answers(plan, preview="yes")).content.decode()
    assert "What the report would tell, from 30 June 2019 to 30 September 2019" in counted
    assert not REPORT.all().exists()
    page = pat.post(START, answers(plan), follow=True)
    report = REPORT.all().get()
    assert page.request["PATH_INFO"] == report.get_office_url()
    why = {f"why-{lines[0].reference}": "It was asked about."}
    pat.post(f"{report.get_office_url()}examples/", why)
    assert EXAMPLE.all().get().reason == "It was asked about."
    built = pat.post(f"{report.get_office_url()}build/", follow=True).content.decode()
    assert "Issue 1 has been built." in built
    assert "Why it is told here: " in built
    same = pat.get(f"{report.get_office_url()}again/").content.decode()
    assert "the same, byte for byte" in same


@pytest.mark.parametrize("role", sorted(ROLES))
def test_who_edits_reports_may_begin_and_build_one(plan: Any, lines: Any, role: str) -> None:
    client = signed_in(role)
    may = ("edit", "reports") in ROLES[role]
    assert client.post(START, answers(plan)).status_code == (302 if may else 403)
    report = REPORT.all().first() or start_report(
        plan, form="monitoring", since=Q2, until=Q3, by=PAT
    )
    for way in ("build/", "examples/"):
        tried = client.post(f"{report.get_office_url()}{way}")
        assert tried.status_code == (302 if may else 403)
    assert client.get(f"{report.get_office_url()}again/").status_code == 200


WRONG = [
    ({"since": "yesterday"}, "Enter a valid date"),
    ({"until": "2019-06-29"}, "The last day must not be before the first."),
    ({"until": "2019-10-16"}, "The last day must be today or in the past."),
    ({"plan": "999"}, "Select a valid choice"),
    ({"form": "weekly"}, "Select a valid choice"),
    ({"since": ""}, "This field is required."),
]


@pytest.mark.parametrize(("wrong", "said"), WRONG)
@pytest.mark.parametrize("way", [{}, {"preview": "yes"}])
def test_what_is_wrong_is_said_and_nothing_is_begun(
    plan: Any, wrong: dict[str, str], said: str, way: dict[str, str]
) -> None:
    page = signed_in("policy_officer").post(START, answers(plan) | wrong | way)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert not REPORT.all().exists()


def test_a_section_that_stops_the_build_is_named_on_the_page(plan: Any, lines: Any) -> None:
    report = start_report(plan, form="annual", since=Q2, until=Q3, by=PAT)
    values = {"parent": report, "title": "Foreword", "text": "Collisions fell by 12%."}
    record.create(SECTION, values, by=PAT)
    page = signed_in("policy_officer").post(f"{report.get_office_url()}build/", follow=True)
    assert "Section “Foreword”: found 12% in “Collisions fell by 12%.”" in page.content.decode()
    assert not report.snapshots.exists()


def test_the_public_reads_the_issue_and_has_its_files(plan: Any, lines: Any) -> None:
    report, public = issued(plan), Client()
    with CaptureQueriesContext(connection) as asked:
        page = public.get(report.get_absolute_url())
    assert len(asked) <= 12
    shown = page.content.decode()
    assert "What changed, by objective" in shown
    assert "What you add" not in shown
    assert shown.count("<h1") == 1
    for form, begins in (("pdf", b"%PDF-"), ("docx", b"PK"), ("xlsx", b"PK")):
        sent = public.get(f"{report.get_absolute_url()}report.{form}")
        assert sent.content.startswith(begins)
    assert public.get(f"{report.get_absolute_url()}report.json").status_code == 404


def test_the_public_sees_nothing_of_a_report_that_is_not_out(plan: Any, lines: Any) -> None:
    report = build(start_report(plan, form="annual", since=Q2, until=Q3, by=PAT), by=PAT)
    for address in ("", "report.pdf", "report.docx", "report.xlsx"):
        assert Client().get(f"{report.get_absolute_url()}{address}").status_code == 404


def test_what_was_built_for_the_office_stays_there_when_the_report_is_made_public(
    plan: Any, lines: Any
) -> None:
    report = issued(plan, audience="office")
    opened = record.edit(report, {"audience": "public"}, version=report.version, by=PAT)
    record.release(opened, by=CHRIS)
    page = Client().get(report.get_absolute_url())
    assert "This report has not been issued yet." in page.content.decode()
    assert Client().get(f"{report.get_absolute_url()}report.docx").status_code == 404


def test_days_are_offered_from_the_last_report_and_the_last_quarter(plan: Any, lines: Any) -> None:
    issued(plan, until=dt.date(2019, 8, 31))
    page = signed_in("policy_officer").get(START).content.decode()
    assert "Since the last report: 31 August 2019 – 15 October 2019" in page
    assert "The last whole quarter: 30 June 2019 – 30 September 2019" in page


def test_the_plan_shows_its_reports_and_the_way_to_begin_one(plan: Any, lines: Any) -> None:
    report = issued(plan)
    assert report.get_absolute_url() in Client().get(plan.get_absolute_url()).content.decode()
    assert START not in Client().get(plan.get_absolute_url()).content.decode()
    assert START in signed_in("policy_officer").get(plan.get_office_url()).content.decode()
