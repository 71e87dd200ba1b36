"""The pages of received documents: sent, read, dismissed, reviewed beside the page, loaded."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from peelian.config.uploads import MOST_BYTES
from peelian.promises.models import Promise
from peelian.received import operations
from peelian.received.models import Document, State
from tests.makers import PAT, make, make_user
from tests.received.test_receive import PLAN

pytestmark = pytest.mark.django_db
HERE = "/office/documents/"


@pytest.fixture(autouse=True)
def data(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def pat(client):
    client.force_login(make_user("pat", "policy_officer"))
    return client


@pytest.fixture
def chris(client):
    client.force_login(make_user("chris", "chief_executive"))
    return client


@pytest.fixture
def document(db) -> Document:
    made = make("plan", reference="2024", title="Northshire plan")
    make("objective", parent=made, title="Safer roads")
    return operations.receive("plan.csv", PLAN.encode(), by=PAT, as_at=dt.date(2025, 1, 31))


def sent(content: bytes, name: str = "plan.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_before_the_first_document_the_page_says_so(pat) -> None:
    page = pat.get(HERE).content.decode()
    assert "None yet" in page
    assert 'type="file"' in page


def test_a_document_is_sent_and_its_findings_are_shown(pat) -> None:
    answer = pat.post(HERE, {"file": sent(PLAN.encode()), "as_at": "31/1/2025"}, follow=True)
    page = answer.content.decode()
    assert "plan.csv" in page
    assert "October 2024" in page
    assert "Judged as at 31 January 2025" in page
    assert "Delivery plan" in page


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Choose a file."),
        ({"file": sent(b"")}, "The file is empty."),
        ({"file": sent(b"%PDF-1.7 broken", "pack.pdf")}, "Nothing of it was kept"),
        ({"file": sent(b"Words", "a.txt"), "as_at": "32/1/2025"}, "valid date"),
    ],
)
def test_what_cannot_be_checked_is_said_on_the_form(pat, form: dict, said: str) -> None:
    page = pat.post(HERE, form).content.decode()
    assert said in page
    assert not Document.objects.exists()


def test_a_file_that_is_too_long_is_refused(pat) -> None:
    page = pat.post(HERE, {"file": sent(b"x" * (MOST_BYTES + 1), "long.txt")}).content.decode()
    assert "at most 20 MB" in page
    assert not Document.objects.exists()


def test_findings_are_narrowed_by_sureness_and_kind(pat, document) -> None:
    every = pat.get(document.get_absolute_url()).content.decode()
    few = pat.get(document.get_absolute_url(), {"check": "status-wording"}).content.decode()
    none = pat.get(document.get_absolute_url(), {"check": "nonsense"}).content.decode()
    assert every.count("<article") > few.count("<article") or "status-wording" not in every
    assert none.count("<article") == every.count("<article")


def test_a_finding_is_dismissed_with_a_reason_and_told_again(pat, document) -> None:
    finding = document.findings.first()
    address = reverse("office-document-finding", args=[document.pk, finding.number])
    assert "Say why this may stand" in pat.post(address, {"reason": " "}).content.decode()
    page = pat.post(address, {"reason": "It is known"}, follow=True).content.decode()
    assert "It is known" in page
    pat.post(address, {"step": "back"})
    finding.refresh_from_db()
    assert finding.dismissed_at is None


@pytest.mark.parametrize(
    ("form", "begins"), [("pdf", b"%PDF"), ("html", b"<!DOCTYPE"), ("json", b"{"), ("md", b"**")]
)
def test_the_report_is_a_file_in_each_form(pat, document, form: str, begins: bytes) -> None:
    answer = pat.get(reverse(f"office-document-{form}", args=[document.pk]))
    assert answer.content.startswith(begins)
    assert "attachment" in answer["Content-Disposition"]


def test_a_line_is_shown_beside_its_words_corrected_and_the_next_one_follows(pat, document) -> None:
    line = document.lines.filter(table="delivery-plan").first()
    address = reverse("office-document-line", args=[document.pk, line.number])
    page = pat.get(address).content.decode()
    assert "Write a road safety strategy" in page
    assert "What loading it would do" in page
    answer = pat.post(address, line.cells | {"activity": "Write it well", "step": "accept"})
    assert answer["Location"] == reverse(
        "office-document-line", args=[document.pk, line.number + 1]
    )
    line.refresh_from_db()
    assert (line.state, line.cells["activity"]) == (State.ACCEPTED, "Write it well")
    pat.post(address, line.cells | {"step": "reject"})
    line.refresh_from_db()
    assert line.state == State.REJECTED


def test_lines_are_accepted_all_at_once_or_those_selected(pat, document) -> None:
    address = reverse("office-document-table", args=[document.pk, "delivery-plan"])
    lines = document.lines.filter(table="delivery-plan")
    first = lines.first()
    assert (
        "Select at least one" in pat.post(address, {"step": "accept"}, follow=True).content.decode()
    )
    pat.post(address, {"step": "reject", "line": [first.number, "x"]})
    pat.post(address, {"step": "accept-all"})
    assert [line.state for line in lines] == ["rejected", "accepted", "accepted"]


def test_what_loading_would_do_is_seen_before_it_is_done(chris, document) -> None:
    address = reverse("office-document-load", args=[document.pk])
    assert "No line is accepted yet" in chris.get(address).content.decode()
    operations.decide(document.lines.all(), State.ACCEPTED, by=PAT)
    page = chris.get(address).content.decode()
    assert "is new" in page
    assert not Promise.objects.exists()
    page = chris.post(address, follow=True).content.decode()
    assert "On the record" in page
    assert Promise.objects.filter(kind="activity").count() == 3


def test_one_who_may_not_approve_sees_who_loads(pat, document) -> None:
    operations.decide(document.lines.all(), State.ACCEPTED, by=PAT)
    address = reverse("office-document-load", args=[document.pk])
    page = pat.get(address).content.decode()
    assert "has to load them" in page
    assert "Load these lines" not in page
    pat.post(address)
    assert not Promise.objects.exists()


def test_lines_that_the_record_refuses_are_named_with_a_link(chris, document) -> None:
    line = document.lines.filter(table="delivery-plan").first()
    operations.correct(line, line.cells | {"status": "nearly"}, by=PAT)
    page = chris.get(reverse("office-document-load", args=[document.pk])).content.decode()
    assert "nearly" in page
    assert reverse("office-document-line", args=[document.pk, line.number]) in page


def test_a_document_is_deleted_only_after_asking(pat, document) -> None:
    address = reverse("office-document-forget", args=[document.pk])
    assert "Delete plan.csv?" in pat.get(address).content.decode()
    assert Document.objects.exists()
    pat.post(address)
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "route",
    [
        ("office-document", [9999]),
        ("office-document-line", [9999, 1]),
        ("office-document-page", [9999, 1]),
        ("office-document-table", [9999, "delivery-plan"]),
    ],
)
def test_what_is_not_there_is_not_found(pat, route) -> None:
    name, arguments = route
    assert pat.get(reverse(name, args=arguments)).status_code == 404


def test_a_table_that_was_not_recognised_and_a_page_of_no_pdf_are_not_found(pat, document) -> None:
    for name, last in (("office-document-table", "minutes"), ("office-document-page", 1)):
        assert pat.get(reverse(name, args=[document.pk, last])).status_code == 404


def test_nothing_of_a_document_is_public(client, document) -> None:
    for name in ("office-documents", "office-document-load"):
        arguments = [document.pk] if name.endswith("load") else []
        assert client.get(reverse(name, args=arguments)).status_code == 302
    for address in ("/", "/search/?q=cameras", "/feed/"):
        assert "A999" not in client.get(address, follow=True).content.decode()
