"""The findings page: grouped, filtered, downloaded; a finding acknowledged with a reason."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from peelian.checks import findings as checks
from peelian.people.models import User
from peelian.record import clock
from peelian.record.models import Acknowledgement, Record
from peelian.record.scope import PUBLIC
from tests.makers import amend, approve_change, make

pytestmark = pytest.mark.django_db
PAGE = "/office/findings/"


@pytest.fixture
def late() -> Any:
    """An undertaking past its date, of which nothing has been heard."""
    meeting = make("meeting", held_on="2019-11-27")
    minute = make("minute", parent=meeting, number=321)
    return make(
        "undertaking", reference="U1", title="Letter to <b>", made_at=minute, due="2019-12-01"
    )


def fingerprint(check: str) -> str:
    [one] = checks.run(PUBLIC, clock.today(), only=[check])
    return one.fingerprint


def page(client: Client, user: User, query: str = "") -> str:
    client.force_login(user)
    response = client.get(PAGE + query)
    assert response.status_code == 200
    return response.content.decode()


def test_findings_are_grouped_by_check_with_links_to_their_records(
    client: Client, pat: User, late: Any
) -> None:
    html = page(client, pat)
    assert "Promises past their due date" in html
    assert "Undertakings without trace" in html
    assert late.get_office_url() in html
    assert "Letter to &lt;b&gt;" in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    ("query", "past_due", "lost"),
    [
        ("?check=past-due", True, False),
        ("?severity=warning", False, True),
        ("?severity=error", True, False),
        ("?kind=undertaking", True, True),
        ("?q=letter+due", True, False),
        ("?q=nowhere", False, False),
        ("?state=acknowledged", False, False),
        ("?state=all", True, True),
        ("?check=no-such-check", False, False),
    ],
)
def test_findings_are_filtered_and_what_is_filtered_is_downloaded(
    client: Client, pat: User, late: Any, query: str, past_due: bool, lost: bool
) -> None:
    html = page(client, pat, query)
    assert ('id="check-past-due"' in html, 'id="check-lost-undertaking"' in html) == (
        past_due,
        lost,
    )
    content = client.get(f"/office/findings.csv{query}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert {row["Check"] for row in rows} == {
        title
        for title, shown in (
            ("Promises past their due date", past_due),
            ("Undertakings without trace", lost),
        )
        if shown
    }
    assert client.get(f"/office/findings.xlsx{query}").content[:2] == b"PK"


def test_a_download_names_the_records_so_that_they_outlive_this_database(
    client: Client, pat: User, late: Any
) -> None:
    client.force_login(pat)
    content = client.get("/office/findings.csv?check=past-due").content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(content))
    assert (row["Record"], row["Severity"]) == ("undertaking/U1", "Error")


def test_a_reason_acknowledges_a_finding_until_its_record_changes(
    client: Client, pat: User, late: Any
) -> None:
    client.force_login(pat)
    address = reverse("office-finding", args=[fingerprint("past-due")])
    assert "Acknowledge a finding" in client.get(address).content.decode()
    response = client.post(address, {"reason": "The <i>chair</i> agreed"}, follow=True)
    assert 'id="check-past-due"' not in response.content.decode()
    held = page(client, pat, "?state=acknowledged")
    assert "The &lt;i&gt;chair&lt;/i&gt; agreed (pat," in held
    amend(late, title="Another title")
    approve_change(late)
    assert 'id="check-past-due"' in page(client, pat)


def test_a_reason_is_required_and_the_page_says_so(client: Client, pat: User, late: Any) -> None:
    client.force_login(pat)
    address = reverse("office-finding", args=[fingerprint("past-due")])
    html = client.post(address, {"reason": " "}).content.decode()
    assert "There is a problem" in html
    assert "Say why this may stand as it is." in html
    assert not Acknowledgement.objects.exists()


def test_a_finding_that_has_gone_is_not_found(client: Client, pat: User, late: Any) -> None:
    address = reverse("office-finding", args=[fingerprint("past-due")])
    amend(late, due="2030-01-01")
    approve_change(Record.objects.get(pk=late.pk))
    client.force_login(pat)
    assert client.post(address, {"reason": "Too late"}).status_code == 404


def test_a_reader_sees_findings_and_cannot_acknowledge_them(
    client: Client, robin: User, late: Any
) -> None:
    address = reverse("office-finding", args=[fingerprint("past-due")])
    assert address not in page(client, robin)
    assert client.get(address).status_code == 403
    assert client.post(address, {"reason": "x"}).status_code == 403
    assert not Acknowledgement.objects.exists()


def test_the_public_is_asked_to_sign_in(client: Client, late: Any) -> None:
    for address in (PAGE, "/office/findings.csv", f"{PAGE}{fingerprint('past-due')}/"):
        response = client.get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/sign-in/")


def test_an_empty_record_has_nothing_to_mend(client: Client, pat: User) -> None:
    assert "The checks find nothing to mend." in page(client, pat)


def test_many_findings_come_a_page_at_a_time_with_no_query_for_each(
    client: Client, pat: User, late: Any
) -> None:
    def queries(query: str = "") -> int:
        with CaptureQueriesContext(connection) as made:
            page(client, pat, query)
        return len(made)

    before = queries()
    for n in range(45):
        make("undertaking", reference=f"L{n}", due="2019-12-01")
    assert queries() <= before
    html = page(client, pat, "?check=past-due&page=2")
    assert html.count('<article class="app-finding') == 6
    assert "(46)" in html
