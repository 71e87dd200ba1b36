"""Building a pack: what stops it, what is kept of it, and who reads which issue."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.db import transaction

from peelian.blocks import Heading, from_json, text
from peelian.checks import findings as checks
from peelian.cli.demonstrating import DEMO_REASON
from peelian.documents import html
from peelian.meetings.kinds import MEETING
from peelian.packs.kinds import PACK
from peelian.packs.models import Pack
from peelian.packs.operations import STOPPING, Stopped, build, stopping
from peelian.record import files, operations
from peelian.record.access import Command
from peelian.record.errors import Invalid, Refused, WriteRefused
from peelian.record.kinds import kind_named
from peelian.record.models import Attachment, Change, Draft, Snapshot, Status
from peelian.record.scope import PUBLIC
from tests.documents.verapdf import breaches
from tests.makers import CHRIS, PAT, amend, approve_change, make

pytestmark = pytest.mark.usefixtures("worked_example", "db")

SAM = Command("sam", ("panel_officer",))


def the_meeting() -> Any:
    return MEETING.all().get(reference="2020-02-05")


def the_pack() -> Pack:
    pack = PACK.all().get(reference="2020-02-05")
    assert isinstance(pack, Pack)
    return pack


def small_meeting(**values: Any) -> Any:
    """Return a public meeting of another body, whose pack is short and soon made."""
    return make("meeting", held_on=dt.date(2020, 3, 16), title="A small meeting", **values)


# ---- what stops a pack ----


def test_unexplained_figures_stop_a_pack_and_nothing_is_kept() -> None:
    before = (Snapshot.objects.count(), Attachment.objects.count(), Change.objects.count())
    with pytest.raises(Stopped, match="unexplained findings about figures") as stopped:
        build(the_meeting(), by=SAM)
    # The example takes nothing from an edition otherwise than it stands there.
    found = {finding.check for finding in stopped.value.findings}
    assert found == set(STOPPING) - {"misquoted-edition"}
    assert str(len(stopped.value.findings)) in str(stopped.value)
    assert before == (Snapshot.objects.count(), Attachment.objects.count(), Change.objects.count())


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_blank_is_no_reason(reason: str) -> None:
    with pytest.raises(Stopped):
        build(the_meeting(), by=SAM, reason=reason)


def test_a_reason_that_cannot_be_kept_is_refused_before_anything_is_done() -> None:
    with pytest.raises(Invalid, match="1,000 characters"):
        build(the_meeting(), by=SAM, reason="x" * 1001)
    assert the_pack().snapshots.count() == 1


def test_the_conflicting_confidence_figures_are_among_what_stops_it() -> None:
    said = " ".join(f.where + f.found for f in stopping(the_meeting()))
    for word in ("onfidence", "999", "onviction"):
        assert word in said


def test_a_reason_is_printed_and_recorded_with_who_gave_it() -> None:
    pack = build(small_meeting(), by=SAM, reason="Agreed with the chair.")
    snapshot = pack.snapshots.get()
    assert (snapshot.reason, snapshot.made_by) == ("Agreed with the chair.", "sam")
    assert "Agreed with the chair." in text(from_json(snapshot.content.encode()))
    changes = Change.objects.filter(record_id=pack.pk, by="sam")
    assert {change.why for change in changes} == {"Agreed with the chair."}


def test_when_every_finding_is_acknowledged_no_reason_is_needed_and_none_is_printed() -> None:
    for finding in stopping(the_meeting()):
        checks.acknowledge(finding, by=PAT, reason="As the document has it.")
    assert stopping(the_meeting()) == []
    snapshot = build(small_meeting(), by=SAM).snapshots.get()
    assert snapshot.reason == ""
    assert "built despite" not in text(from_json(snapshot.content.encode()))


def test_a_finding_comes_back_when_its_record_changes() -> None:
    for finding in stopping(the_meeting()):
        checks.acknowledge(finding, by=PAT, reason="As the document has it.")
    quoted = kind_named("quoted-figure").all().get(reference="F014")
    approve_change(amend(quoted, value=1234.5))
    assert stopping(the_meeting())


# ---- what is kept ----


def test_the_first_build_is_a_draft_that_the_public_cannot_see() -> None:
    pack = build(small_meeting(), by=SAM, reason="A trial")
    assert (pack.status, pack.issue) == (Status.DRAFT, 1)
    assert not PUBLIC.of(PACK).filter(pk=pack.pk).exists()
    assert pack.issued() == pack.snapshots.get()
    with pytest.raises(Refused, match="other than the author"):
        operations.release(pack, by=SAM)
    operations.release(pack, by=CHRIS)
    assert PUBLIC.of(PACK).filter(pk=pack.pk).exists()


def test_a_second_build_waits_and_the_public_reads_the_first() -> None:
    first = the_pack().issued()
    pack = build(the_meeting(), by=SAM, extract="changed", reason="Corrected")
    draft = Draft.objects.get(record_id=pack.pk)
    assert draft.values == {"issue": 2, "extract": "changed"}
    assert (pack.status, pack.issue, pack.extract) == (Status.PUBLISHED, 1, "all")
    assert pack.issued() == first
    assert pack.waiting() == pack.snapshots.get(number=2)
    with pytest.raises(Refused, match="other than the author"):
        operations.approve(operations.submit(pack, by=SAM), by=SAM)
    operations.approve(pack, by=CHRIS)
    assert the_pack().issued() == the_pack().snapshots.get(number=2)
    assert the_pack().waiting() is None
    assert [s.number for s in the_pack().snapshots.all()] == [1, 2]


def test_a_pack_of_an_unchanged_record_is_the_same_to_the_byte_page_and_pdf() -> None:
    first = the_pack().issued()
    build(the_meeting(), by=SAM, reason=DEMO_REASON)
    second = the_pack().waiting()
    assert first is not None
    assert second is not None
    assert first.content == second.content
    assert first.sha256 == second.sha256 == hashlib.sha256(second.content.encode()).hexdigest()
    assert first.attachments.get().sha256 == second.attachments.get().sha256
    assert first.attachments.get().name != second.attachments.get().name


def test_a_pack_conforms_to_the_standard_that_it_claims(tmp_path: Path) -> None:
    issued = the_pack().issued()
    assert issued is not None
    content = files.path_of(issued.attachments.get().sha256).read_bytes()
    assert breaches(tmp_path, content) == set()


def test_an_issue_can_be_shown_again_when_the_record_has_moved_on() -> None:
    issued = the_pack().issued()
    assert issued is not None
    before = html.render(from_json(issued.content.encode()))
    objective = kind_named("objective").all().get(reference="2016-1")
    operations.withdraw(objective, by=CHRIS, why="Superseded")
    again = the_pack().issued()
    assert again is not None
    assert html.render(from_json(again.content.encode())) == before
    assert objective.title in before


def test_what_was_issued_cannot_be_rewritten_or_deleted() -> None:
    snapshot = the_pack().issued()
    assert snapshot is not None
    snapshot.content = "{}"
    attempts = (
        snapshot.save,
        snapshot.delete,
        snapshot.attachments.get().delete,
        lambda: Snapshot.objects.filter(pk=snapshot.pk).update(content="{}"),
        lambda: Snapshot.objects.filter(pk=snapshot.pk).delete(),
    )
    for attempt in attempts:
        with pytest.raises(WriteRefused), transaction.atomic():
            attempt()
    operations.withdraw(the_pack(), by=CHRIS, why="No longer wanted")
    with pytest.raises(Refused, match="referred to"):
        operations.delete(the_pack(), by=CHRIS, why="No longer wanted")
    assert Snapshot.objects.get(pk=snapshot.pk).sha256 == snapshot.sha256


def test_a_withdrawn_pack_is_built_anew_without_coming_back_by_itself() -> None:
    meeting = small_meeting()
    operations.release(build(meeting, by=SAM, reason="A trial"), by=CHRIS)
    operations.withdraw(PACK.all().get(parent=meeting), by=CHRIS, why="Wrong appendix")
    pack = build(meeting, by=SAM, reason="Right appendix")
    assert (pack.status, pack.issue) == (Status.WITHDRAWN, 2)


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_a_meeting_that_is_not_public_has_no_pack(status: str) -> None:
    meeting = small_meeting(status=status)
    with pytest.raises(Refused, match="Publish the meeting first"):
        build(meeting, by=SAM, reason="A trial")
    assert not PACK.all().filter(parent=meeting).exists()


def test_a_very_long_title_is_no_obstacle() -> None:
    meeting = make("meeting", held_on=dt.date(2020, 3, 16), title="A long title " * 40)
    assert build(meeting, by=SAM, reason="A trial").snapshots.count() == 1


# ---- the PDF of 5 February 2020 ----


@pytest.fixture
def issued_pdf() -> Any:
    issued = the_pack().issued()
    assert issued is not None
    with pikepdf.open(io.BytesIO(files.read(issued.attachments.get()))) as document:
        yield document


def test_the_pdf_is_tagged_titled_and_in_a_language(issued_pdf: pikepdf.Pdf) -> None:
    root = issued_pdf.Root
    assert bool(root.MarkInfo.Marked)
    assert "/StructTreeRoot" in root
    assert str(root.Lang) == "en-GB"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert "Agenda pack" in str(issued_pdf.docinfo["/Title"])
    with issued_pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_the_pdf_has_at_least_sixty_pages_in_one_sequence(issued_pdf: pikepdf.Pdf) -> None:
    assert len(issued_pdf.pages) >= 60


def test_every_heading_of_the_first_two_levels_is_a_bookmark(issued_pdf: pikepdf.Pdf) -> None:
    issued = the_pack().issued()
    assert issued is not None
    blocks = from_json(issued.content.encode()).blocks
    expected = [b.full for b in blocks if isinstance(b, Heading) and b.level == 1]

    def titles(items: Any) -> list[str]:
        return [title for item in items for title in (item.title, *titles(item.children))]

    with issued_pdf.open_outline() as outline:
        top = [item.title for item in outline.root]
        found = titles(outline.root)
    assert [title for title in top if title in expected] == expected
    second = [b.full for b in blocks if isinstance(b, Heading) and b.level == 2]
    assert set(second) <= set(found)


def test_every_drawing_in_the_pdf_has_words_and_the_tree_has_the_parts_of_a_document(
    issued_pdf: pikepdf.Pdf,
) -> None:
    figures, tags = [], set()
    waiting: list[Any] = [issued_pdf.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary):
            continue
        tag = str(node.get("/S", ""))
        tags.add(tag)
        if tag == "/Figure":
            figures.append(str(node.get("/Alt", "")))
        children: Any = node.get("/K", [])
        waiting += list(children) if isinstance(children, pikepdf.Array) else [children]
    assert len(figures) >= 30
    assert all(words.strip() for words in figures)
    assert {"/TOC", "/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/P"} <= tags
