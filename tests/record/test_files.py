"""Files on the record: taken for what they hold, kept once under their fingerprint, unchanged."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.record import files
from peelian.record.errors import Invalid
from peelian.record.files import NewFile, attach, checked_type, clean_name
from peelian.record.models import Attachment, Change
from tests.makers import PAT, make

PDF = b"%PDF-1.7 some pages"
PNG = b"\x89PNG\r\n\x1a\nsome pixels"
JPG = b"\xff\xd8\xff\xe0some pixels"


def archive(*parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for part in parts:
            packed.writestr(part, "<x/>")
    return made.getvalue()


DOCX, XLSX = archive("word/document.xml"), archive("xl/workbook.xml")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("minutes.pdf", PDF, "application/pdf"),
        ("MINUTES.PDF", PDF, "application/pdf"),
        ("photo.png", PNG, "image/png"),
        ("photo.jpg", JPG, "image/jpeg"),
        (
            "letter.docx",
            DOCX,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("counts.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_a_file_is_taken_for_what_it_holds(name: str, content: bytes, media_type: str) -> None:
    assert checked_type(NewFile(name, content, "A file")) == media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("minutes.pdf", b"<html>not a PDF</html>"),
        ("minutes.pdf", b" %PDF-1.7 not at the start"),
        ("minutes.pdf", b""),
        ("photo.png", JPG),
        ("letter.docx", XLSX),
        ("counts.xlsx", DOCX),
        ("letter.docx", archive("evil.exe")),
        ("letter.docx", b"PK but no archive"),
        ("letter.docx", b"PK\x03\x04" + b"\x00" * 40),
    ],
)
def test_a_name_that_promises_something_else_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Invalid, match="not really a"):
        checked_type(NewFile(name, content, "A file"))


@pytest.mark.parametrize(
    "name", ["page.html", "drawing.svg", "run.exe", "noname", "", ".pdf", "x.pdf/", "x.pdf.js"]
)
def test_other_types_are_not_taken(name: str) -> None:
    with pytest.raises(Invalid, match="Choose a file that ends in"):
        checked_type(NewFile(name, PDF, "A file"))


def test_a_file_may_have_fifty_megabytes_and_not_a_byte_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert files.MOST_BYTES == 50 * 1024 * 1024
    monkeypatch.setattr(files, "MOST_BYTES", len(PDF))
    checked_type(NewFile("minutes.pdf", PDF, "A file"))
    with pytest.raises(Invalid, match="at most 50 MB"):
        checked_type(NewFile("minutes.pdf", PDF + b".", "A file"))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/x.pdf", "x.pdf"),
        ("/etc/x.pdf", "x.pdf"),
        ("..\\..\\windows\\x.pdf", "x.pdf"),
        ("C:\\x.pdf", "x.pdf"),
        ('a"b\r\nSet-Cookie: c.pdf', "abSet-Cookie c.pdf"),
        ("cofnodion ŵ.pdf", "cofnodion ŵ.pdf"),
        ("\u202egpj.pdf", "gpj.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_hostile_name_is_only_ever_a_name(name: str, kept: str) -> None:
    assert clean_name(name) == kept


@given(st.text(max_size=400))
def test_no_name_reaches_a_folder_a_header_or_a_full_column(name: str) -> None:
    kept = clean_name(name)
    assert len(kept) <= files.MOST_NAME
    assert not set(kept) & set('/\\"\r\n\0')
    assert clean_name(kept) == kept


@pytest.mark.django_db
def test_a_hostile_file_stays_in_the_folder_and_the_history_names_it(folder: Path) -> None:
    record = make("minute")
    kept = attach(record, NewFile("../../x.pdf", PDF, "Minutes"), by=PAT, why="Sent by the clerk")
    assert kept.name == "x.pdf"
    digest = hashlib.sha256(PDF).hexdigest()
    assert [p for p in folder.rglob("*") if p.is_file()] == [folder / digest[:2] / digest]
    assert files.read(kept) == PDF
    change = Change.objects.filter(record_id=record.pk).latest("version")
    assert (change.action, change.by, change.why) == ("attached", "pat", "Sent by the clerk")
    assert change.proposed == {"attachment": [None, f"x.pdf ({digest})"]}


@pytest.mark.django_db
def test_the_same_content_is_stored_once_however_often_it_is_attached(folder: Path) -> None:
    first = attach(make("minute"), NewFile("a.pdf", PDF, "One"), by=PAT)
    place = files.path_of(first.sha256)
    written = place.stat().st_mtime_ns
    second = attach(make("minute"), NewFile("b.pdf", PDF, "Two"), by=PAT)
    assert first.sha256 == second.sha256
    assert place.stat().st_mtime_ns == written
    assert len([p for p in folder.rglob("*") if p.is_file()]) == 1
    assert Attachment.objects.count() == 2


@pytest.mark.django_db
def test_what_is_refused_leaves_nothing_behind(folder: Path) -> None:
    record = make("minute")
    before = Change.objects.count()
    with pytest.raises(Invalid):
        attach(record, NewFile("x.pdf", PNG, "Minutes"), by=PAT)
    assert not any(folder.rglob("*"))
    assert (Attachment.objects.count(), Change.objects.count()) == (0, before)


def test_a_write_that_was_cut_short_is_never_taken_for_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = hashlib.sha256(PDF).hexdigest()

    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="No space"):
            files.store(PDF)
    assert not files.path_of(digest).exists()
    assert files.store(PDF) == digest
    assert files.path_of(digest).read_bytes() == PDF
