"""The exempt pack: a copy for one member, the name on every page, nothing of it kept."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from peelian.blocks import Document, Paragraph, plain
from peelian.documents import pdf
from peelian.exempt.models import Reading
from peelian.exempt.operations import keep_exempt_file, keep_exempt_part
from peelian.packs.exempt_copies import compose_copy, copies_of, make_copy
from peelian.record.access import Command
from peelian.record.errors import Refused
from peelian.record.files import NewFile
from peelian.record.models import Attachment, Change, Snapshot
from tests.documents.test_pdf import opened, structure
from tests.every.world import person
from tests.makers import CHRIS, DAY, make

pytestmark = pytest.mark.django_db

SAM = Command("sam", ("panel_officer",))
ADMIN = Command("ada", ("administrator",))
PAPER = "Zqoffers are three."


@pytest.fixture
def meeting(settings: Any, tmp_path: Any) -> Any:
    """A meeting of a panel of two with an exempt item, its words, a PDF of two pages and a file."""
    settings.MEDIA_ROOT = tmp_path
    body = make("body", form="panel")
    role = make("role", body=body, standing="member")
    for name in ("Ann Ash", "Ben Birch"):
        make("membership", person=make("person", title=name), role=role, starts_on=DAY)
    make(
        "membership",
        person=make("person", title="Cat Cedar"),
        role=role,
        ends_on=DAY.replace(day=1),
    )
    before = make("meeting", body=body, held_on=DAY.replace(day=1))
    minute = make("minute", parent=before, title="Sale")
    keep_exempt_part(minute, text="Zqminuted in private.", ground="Paragraph 3", by=SAM)
    note = pdf.render(Document("Note", "The office", DAY, (Paragraph(plain("Zqnoted.")),)))
    keep_exempt_file(minute, NewFile("note.pdf", note, "A note"), by=SAM)
    held = make("meeting", body=body, held_on=DAY, state="planned")
    make("agenda-item", parent=held, number=1, title="Welcome")
    said = {"exempt_paragraph": 3, "exempt_reason": "The price would be lost.", "text": "In brief."}
    item = make("agenda-item", parent=held, number=2, title="Sale of a house", **said)
    keep_exempt_part(item, text="Zqreserve is £148,000.", ground="Paragraph 3", by=SAM)
    content = pdf.render(Document("Offers", "The office", DAY, (Paragraph(plain(PAPER)),)))
    keep_exempt_file(item, NewFile("offers.pdf", content, "The offers"), by=SAM)
    picture = b"\x89PNG\r\n\x1a\n"
    keep_exempt_file(item, NewFile("plan.png", picture, "Plan of the house"), by=SAM)
    return held


def _of(meeting: Any, name: str) -> int:
    from peelian.packs.exempt_copies import members_of

    [person_id] = [s.membership.person_id for s in members_of(meeting, SAM) if s.name == name]
    return int(person_id or 0)


def _pages(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        pages = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    return [" ".join(page.split()) for page in pages]


def test_a_copy_holds_all_that_is_exempt_with_the_name_on_every_page(meeting: Any) -> None:
    content, sitting = make_copy(meeting, _of(meeting, "Ann Ash"), by=SAM)
    pages = _pages(content)
    assert sitting.name == "Ann Ash"
    assert len(pages) > 6
    assert [n for n, page in enumerate(pages, 1) if "copy for Ann Ash" not in page] == []
    assert [page for page in pages if "Ben Birch" in page] == []
    whole = " ".join(pages)
    expected = (
        "Zqreserve is £148,000.",
        PAPER,
        "Zqminuted in private.",
        "plan.png",
        "In brief.",
        "Zqnoted.",
    )
    assert [words for words in expected if words not in whole] == []
    assert "That the public be excluded" in whole


def test_the_watermark_is_no_part_of_what_is_read_aloud(meeting: Any) -> None:
    document = compose_copy(meeting, "Ann Ash")
    plain_one = opened(pdf.render(replace_files(document)))
    marked = opened(pdf.render(replace_files(document), watermark="Exempt — copy for Ann Ash"))
    assert [tag for tag, _node in structure(marked)] == [tag for tag, _node in structure(plain_one)]


def replace_files(document: Document) -> Document:
    """Return the document without the pages of other PDFs, which need their files."""
    from dataclasses import replace

    from peelian.blocks import Pages

    return replace(document, blocks=tuple(b for b in document.blocks if not isinstance(b, Pages)))


def test_a_copy_is_not_kept_but_who_made_it_for_whom_is(meeting: Any) -> None:
    kept = [model.objects.count() for model in (Attachment, Snapshot, Change)]
    for name in ("Ann Ash", "Ben Birch"):
        make_copy(meeting, _of(meeting, name), by=SAM)
    assert [m.objects.count() for m in (Attachment, Snapshot, Change)] == kept
    assert [(c.about, c.by) for c in copies_of(meeting)] == [
        ("Ben Birch", "sam"),
        ("Ann Ash", "sam"),
    ]


def test_the_page_offers_the_members_of_the_day_and_lists_the_copies(meeting: Any) -> None:
    client = Client()
    client.force_login(person("sam", "panel_officer"))
    address = reverse("office-exempt-pack", args=[meeting.reference])
    page = client.get(address)
    assert [n in page.content.decode() for n in ("Ann Ash", "Ben Birch", "Cat Cedar")] == [
        True,
        True,
        False,
    ]
    made = client.post(address, {"member": _of(meeting, "Ben Birch")})
    assert made["Content-Type"] == "application/pdf"
    assert [r["Cache-Control"] for r in (page, made)] == ["no-store, private"] * 2
    assert "for Ben Birch, made by sam" in client.get(address).content.decode()
    assert "Select a valid choice" in client.post(address, {"member": "0"}).content.decode()
    assert address in client.get(meeting.get_office_url()).content.decode()


@pytest.mark.parametrize("by", [CHRIS, ADMIN])
def test_who_may_not_read_what_is_exempt_makes_no_copy(meeting: Any, by: Command) -> None:
    with pytest.raises(Refused):
        make_copy(meeting, _of(meeting, "Ann Ash"), by=by)
    assert not Reading.objects.exists()


def test_nobody_else_gets_a_copy_and_nothing_exempt_makes_none(meeting: Any) -> None:
    with pytest.raises(Refused, match="Choose a member"):
        make_copy(meeting, make("person").pk, by=SAM)
    make("meeting", body=meeting.body, held_on=DAY.replace(month=11))
    other = make("meeting", body=meeting.body, state="planned", held_on=DAY.replace(month=12))
    with pytest.raises(Refused, match="No exempt item"):
        make_copy(other, _of(meeting, "Ann Ash"), by=SAM)


def test_a_damaged_pdf_is_named(meeting: Any) -> None:
    item = make("agenda-item", parent=meeting, number=3, exempt_paragraph=1, exempt_reason="Why")
    assert "No exempt paper has been kept" in str(compose_copy(meeting, "Ann Ash"))
    keep_exempt_file(item, NewFile("broken.pdf", b"%PDF-1.7 broken", "Broken"), by=SAM)
    with pytest.raises(Refused, match=r"broken\.pdf"):
        make_copy(meeting, _of(meeting, "Ann Ash"), by=SAM)
    assert not Reading.objects.exists()


def test_an_item_that_is_not_public_yet_is_in_no_copy_and_the_page_says_so(meeting: Any) -> None:
    said = {"exempt_paragraph": 1, "exempt_reason": "Why", "status": "draft"}
    make("agenda-item", parent=meeting, number=3, title="A grievance", **said)
    assert "A grievance" not in str(compose_copy(meeting, "Ann Ash"))
    client = Client()
    client.force_login(person("sam", "panel_officer"))
    page = client.get(reverse("office-exempt-pack", args=[meeting.reference])).content.decode()
    assert "Not in a copy before it is published" in page
    assert "A grievance" in page
