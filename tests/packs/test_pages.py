"""The pack on screen, its PDF, and the page that builds it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from peelian.meetings.kinds import MEETING
from peelian.packs.kinds import PACK
from peelian.packs.operations import build
from peelian.record import files, operations
from peelian.record.access import ROLES, Command
from tests.makers import CHRIS, make, make_user

pytestmark = pytest.mark.usefixtures("worked_example", "db")

PAGE = "/packs/2020-02-05/"
BUILD = "/office/meetings/2020-02-05/build-pack/"
SAM = Command("sam", ("panel_officer",))


def signed_in(*roles: str) -> Client:
    client = Client()
    user = make_user("-".join(roles) or "nobody", *roles)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def main_of(response: Any) -> str:
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def test_the_public_reads_the_issue_with_its_fingerprint_and_its_pdf(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = client.get(PAGE)
    assert page.status_code == 200
    assert len(queries) <= 12
    pack = PACK.all().get()
    shown = main_of(page)
    assert pack.issued().sha256 in shown
    assert "Issue 1, built on" in shown
    assert reverse("packs-pdf", args=["2020-02-05"]) in shown
    assert "waits for approval" not in shown


def test_no_heading_of_the_pack_skips_a_level(client: Client) -> None:
    levels = [int(n) for n in re.findall(r"<h([1-6])[ >]", main_of(client.get(PAGE)))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_every_link_within_the_pack_leads_somewhere(client: Client) -> None:
    shown = main_of(client.get(PAGE))
    wanted = set(re.findall(r'href="#([^"]+)"', shown))
    assert len(wanted) > 30
    assert wanted <= set(re.findall(r' id="([^"]+)"', shown))


def test_the_pdf_is_sent_whole_with_its_name_and_fingerprint(client: Client) -> None:
    response = client.get(PAGE + "pack.pdf")
    attachment = PACK.all().get().issued().attachments.get()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="pack-2020-02-05-issue-1.pdf"'
    assert response["ETag"] == f'"{attachment.sha256}"'
    assert response.content == files.read(attachment)


def test_a_pdf_that_has_gone_from_the_disk_is_not_an_error_page(
    client: Client, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    assert client.get(PAGE + "pack.pdf").status_code == 404


def test_a_draft_or_withdrawn_pack_is_not_there_for_the_public(client: Client) -> None:
    meeting = make("meeting", title="A small meeting")
    build(meeting, by=SAM, reason="A trial")
    for address in (f"/packs/{meeting.reference}/", f"/packs/{meeting.reference}/pack.pdf"):
        assert client.get(address).status_code == 404
    operations.withdraw(PACK.all().get(reference="2020-02-05"), by=CHRIS, why="Wrong")
    for address in (PAGE, PAGE + "pack.pdf"):
        assert client.get(address).status_code == 404
    assert "2020-02-05" not in main_of(client.get("/packs/"))


def test_a_pack_that_was_made_without_a_build_says_so(client: Client) -> None:
    pack = make("pack", parent=make("meeting"))
    page = client.get(pack.get_absolute_url())
    assert "This pack has not been built yet." in main_of(page)
    assert client.get(pack.get_absolute_url() + "pack.pdf").status_code == 404


def test_the_office_reads_the_issue_it_is_to_approve_and_the_public_the_one_before(
    client: Client,
) -> None:
    pack = build(MEETING.all().get(reference="2020-02-05"), by=SAM, reason="A second look")
    office = main_of(signed_in("chief_executive").get("/office" + PAGE))
    assert "Issue 2 waits for approval." in office
    assert "The public reads issue 1." in office
    assert "A second look" in office
    public = main_of(client.get(PAGE))
    assert "Issue 1, built on" in public
    assert "A second look" not in public
    pdf = signed_in("reader").get("/office" + PAGE + "pack.pdf")
    assert "issue-2.pdf" in pdf["Content-Disposition"]
    assert "issue-1.pdf" in client.get(PAGE + "pack.pdf")["Content-Disposition"]
    assert pack.pk


# ---- the page that builds ----


@pytest.mark.parametrize("role", ROLES)
def test_only_roles_that_may_build_packs_reach_the_page(role: str) -> None:
    expected = 403 if role == "reader" else 200
    client = signed_in(role)
    assert client.get(BUILD).status_code == expected
    if expected == 403:
        assert client.post(BUILD, {"extract": "all", "reason": "Let me"}).status_code == 403
        assert PACK.all().get().snapshots.count() == 1


def test_a_stranger_is_asked_to_sign_in_and_a_user_without_role_is_refused(client: Client) -> None:
    response = client.get(BUILD)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("sign-in"))
    assert signed_in().get(BUILD).status_code == 403


def test_the_page_shows_what_stops_the_pack_and_asks_for_a_reason() -> None:
    client = signed_in("panel_officer")
    shown = main_of(client.get(BUILD))
    stop = int(re.search(r"(\d+) findings stop this pack", shown)[1])  # type: ignore[index]
    assert shown.count("<h3") == stop
    refused = client.post(BUILD, {"extract": "all", "reason": ""})
    assert refused.status_code == 200
    assert f"{stop} unexplained findings about figures stop this pack." in main_of(refused)
    assert 'href="#id_reason"' in main_of(refused)
    assert PACK.all().get().snapshots.count() == 1


def test_an_unknown_extract_is_refused() -> None:
    refused = signed_in("panel_officer").post(BUILD, {"extract": "some", "reason": "Go on"})
    assert refused.status_code == 200
    assert PACK.all().get().snapshots.count() == 1


def test_with_a_reason_the_pack_is_built_by_whoever_asked() -> None:
    client = signed_in("panel_officer")
    made = client.post(BUILD, {"extract": "changed", "reason": "Agreed with the chair"})
    assert made.status_code == 302
    assert made["Location"] == "/office" + PAGE
    snapshot = PACK.all().get().snapshots.get(number=2)
    assert (snapshot.made_by, snapshot.reason) == ("panel_officer", "Agreed with the chair")
    assert "The pack has been built." in client.get(made["Location"]).content.decode()


def test_what_the_record_refuses_is_told_on_the_page() -> None:
    meeting = make("meeting", status="draft")
    address = f"/office/meetings/{meeting.reference}/build-pack/"
    refused = signed_in("panel_officer").post(address, {"extract": "all", "reason": "Go on"})
    assert "Publish the meeting first" in main_of(refused)


def test_a_meeting_that_is_not_on_the_record_has_no_such_page() -> None:
    assert signed_in("panel_officer").get(BUILD.replace("05", "06")).status_code == 404
