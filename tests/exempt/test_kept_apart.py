"""What is exempt is kept apart: by whom, as which file, who read it, and until when."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from peelian.exempt.apart import files_of, newest_part
from peelian.exempt.models import ExemptFile, ExemptPart, Reading
from peelian.exempt.operations import keep_exempt_file, keep_exempt_part, note_reading
from peelian.record import disposal, files, operations
from peelian.record.access import Command
from peelian.record.errors import Invalid, Refused, WriteRefused
from peelian.record.models import Attachment, Change
from tests.every.world import person
from tests.makers import CHRIS, PAT, ROBIN, make

pytestmark = pytest.mark.django_db

SAM = Command("sam", ("panel_officer",))
ADMIN = Command("ada", ("administrator",))
PDF = b"%PDF-1.7 the offers"
# Each kind that may have something exempt, and who reads it.
ABLE = {"decision": CHRIS, "agenda-item": SAM, "minute": SAM}


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def _file(name: str = "offers.pdf", content: bytes = PDF, title: str = "Offers") -> files.NewFile:
    return files.NewFile(name, content, title)


def _signed_in(*roles: str) -> Client:
    client = Client()
    client.force_login(person("somebody", *roles))
    return client


@pytest.mark.parametrize("kind", ABLE)
def test_words_and_files_are_kept_and_the_history_says_only_that(kind: str) -> None:
    record, by = make(kind), ABLE[kind]
    keep_exempt_part(record, text="Two offers", ground="Paragraph 3", by=by)
    keep_exempt_part(record, text="Three offers", ground="Paragraph 3", by=by)
    kept = keep_exempt_file(record, _file(), by=by)
    assert newest_part(record).text == "Three offers"
    assert ExemptPart.objects.count() == 2
    assert files_of([record]) == {record.pk: [kept]}
    assert files.path_of(kept.sha256).read_bytes() == PDF
    assert not Attachment.objects.exists()
    changes = list(Change.objects.filter(record_id=record.pk))
    assert [c.action for c in changes[-3:]] == 2 * ["exempt_part_kept"] + ["exempt_file_kept"]
    assert not [c for c in changes if "ffers" in f"{c.values}{c.proposed}{c.why}"]


@pytest.mark.parametrize("by", [PAT, ROBIN, CHRIS, ADMIN])
def test_who_may_not_read_it_keeps_and_notes_nothing(by: Command) -> None:
    item = make("agenda-item")
    for refused in (
        lambda: keep_exempt_part(item, text="x", ground="y", by=by),
        lambda: keep_exempt_file(item, _file(), by=by),
        lambda: note_reading(item, Reading.Form.READ, by=by),
    ):
        with pytest.raises(Refused):
            refused()


def test_a_kind_that_does_not_say_so_has_nothing_exempt() -> None:
    with pytest.raises(Refused):
        keep_exempt_part(make("meeting"), text="x", ground="y", by=SAM)


@pytest.mark.parametrize(
    ("file", "field"),
    [
        (_file(name="offers.exe"), "file"),
        (_file(content=b"no PDF at all"), "file"),
        (_file(title=" "), "title"),
        (_file(title="x" * 301), "title"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_whole(file: files.NewFile, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        keep_exempt_file(make("agenda-item"), file, by=SAM)
    assert set(refused.value.errors) == {field}
    assert not ExemptFile.objects.exists()


def test_the_page_takes_words_and_files_and_says_who_read_it() -> None:
    item, client = make("agenda-item"), _signed_in("panel_officer")
    address = reverse("office-agenda-items-exempt", args=[item.reference])
    assert "Nobody yet" in client.get(address).content.decode()
    said = {"step": "part", "text": "Two offers", "ground": "Paragraph 3"}
    assert client.post(address, said).status_code == 302
    sent = SimpleUploadedFile("offers.pdf", PDF)
    assert (
        client.post(address, {"step": "file", "title": "Offers", "file": sent}).status_code == 302
    )
    client.get(address)
    download = client.get(f"{address}{ExemptFile.objects.get().pk}/")
    assert download.content == PDF
    assert 'filename="offers.pdf"' in download["Content-Disposition"]
    readings = [(r.form, r.about, r.by) for r in Reading.objects.order_by("pk")]
    assert readings == [("read", "", "somebody"), ("downloaded", "Offers", "somebody")]
    page = client.get(address)
    assert "Downloaded a file: Offers" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "no-store" in download["Cache-Control"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"step": "part", "text": " ", "ground": "x"}, "This field is required"),
        ({"step": "file", "title": "Offers"}, "This field is required"),
        (
            {"step": "file", "title": "Offers", "file": SimpleUploadedFile("a.pdf", b"no")},
            "This is not really a .pdf file.",
        ),
    ],
)
def test_the_page_says_what_is_wrong(said: dict[str, Any], expected: str) -> None:
    item, client = make("agenda-item"), _signed_in("panel_officer")
    page = client.post(reverse("office-agenda-items-exempt", args=[item.reference]), said)
    assert expected in page.content.decode()
    assert not ExemptPart.objects.exists()


@pytest.mark.parametrize("kind", ABLE)
def test_a_disposal_takes_it_along_and_a_deletion_does_not(kind: str) -> None:
    record, by = make(kind, status="draft"), ABLE[kind]
    keep_exempt_part(record, text="Two offers", ground="Paragraph 3", by=by)
    kept = keep_exempt_file(record, _file(), by=by)
    note_reading(record, Reading.Form.READ, by=by)
    with pytest.raises(Refused, match="must stay"):
        operations.delete(record, by=by, why="Entered twice")
    with pytest.raises(WriteRefused):
        kept.delete()
    seen = disposal.contents_of(record)
    assert (seen.apart, seen.files) == ((kept.sha256,), ())
    disposal.destroy(record, seen=seen.sha256, by=ADMIN, why="Its time is over")
    assert [m.objects.count() for m in (ExemptPart, ExemptFile, Reading)] == [0, 0, 0]


@pytest.mark.django_db(transaction=False)
def test_a_disposed_file_goes_unless_another_record_holds_it(
    django_capture_on_commit_callbacks: Any,
) -> None:
    one, other = make("agenda-item", status="draft"), make("minute")
    kept = keep_exempt_file(one, _file(), by=SAM)
    keep_exempt_file(other, _file(), by=SAM)
    for record, stays in ((one, True), (other, False)):
        with django_capture_on_commit_callbacks(execute=True):
            seen = disposal.contents_of(record).sha256
            disposal.destroy(record, seen=seen, by=ADMIN, why="Its time is over")
        assert files.path_of(kept.sha256).exists() == stays


def test_what_is_proposed_and_then_gets_something_exempt_is_looked_at_again() -> None:
    decision = make("decision", status="draft")
    before = disposal.contents_of(decision).sha256
    keep_exempt_part(decision, text="Two offers", ground="Paragraph 3", by=CHRIS)
    assert disposal.contents_of(decision).sha256 != before


def test_the_table_of_exempt_parts_is_the_one_that_decisions_had() -> None:
    names = set(connection.introspection.table_names())
    assert {"exempt_exemptpart", "exempt_exemptfile", "exempt_reading"} <= names
    assert "transparency_exemptpart" not in names
