"""Whether everyone can read a document, as far as its format tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from peelian.intake.document import (
    Accessibility,
    Block,
    BlockKind,
    Document,
    Faint,
    Note,
    NoteKind,
    Origin,
)
from peelian.proofreading import accessibility  # noqa: F401
from peelian.proofreading.findings import Finding, run
from tests.proofreading.conftest import MakeProof

HERE = Origin("a.pdf", page=1, order=0)
THERE = Origin("a.pdf", page=2, order=1)
SOUND = Accessibility(tagged=True, language="en-GB", title="Roads in 2019", pictures=3)
OF_FILES = (
    *("untagged", "no-language", "no-title", "no-alternative-text", "table-without-headings"),
    *("heading-levels", "faint-text", "scanned-page", "left-over-change", "hidden-content"),
)


def document(seen: Accessibility = SOUND, *notes: Note) -> Document:
    block = Block("Roads", ((0, HERE),), BlockKind.HEADING, level=3)
    return Document("a.pdf", "pdf", (block,), notes=notes, accessibility=seen)


def found(proof: MakeProof, given: Document | str, *checks: str) -> list[Finding]:
    return run(proof(given), only=checks or OF_FILES)


@pytest.mark.parametrize(
    ("changed", "check", "confidence"),
    [
        ({"tagged": False}, "untagged", "certain"),
        ({"language": ""}, "no-language", "certain"),
        ({"title": " "}, "no-title", "certain"),
        ({"title": "Microsoft Word - Report v3"}, "no-title", "likely"),
        ({"title": "report_final.docx"}, "no-title", "likely"),
        ({"undescribed": (HERE,)}, "no-alternative-text", "likely"),
        ({"unheaded": (HERE,)}, "table-without-headings", "likely"),
        ({"skipping": (HERE,)}, "heading-levels", "certain"),
        ({"faint": (Faint("Roads", 2.31, HERE),)}, "faint-text", "likely"),
    ],
)
def test_what_shuts_readers_out_is_told(
    proof: MakeProof, changed: dict[str, object], check: str, confidence: str
) -> None:
    [one] = found(proof, document(replace(SOUND, **changed)))
    assert (one.check, one.confidence.value) == (check, confidence)


def test_a_sound_document_and_what_a_format_cannot_tell_are_left_alone(proof: MakeProof) -> None:
    assert found(proof, document()) == []
    assert found(proof, document(Accessibility())) == []


def test_places_of_one_kind_are_one_finding_with_its_number_and_words(proof: MakeProof) -> None:
    [one] = found(proof, document(replace(SOUND, undescribed=(HERE, THERE))))
    assert one.reason == "2 of 3 pictures have no description."
    assert (one.place.quotation, one.others[0].origin.page) == ("Roads", 2)
    faint = tuple(Faint("Roads", ratio, HERE) for ratio in (2.31, 2.32, 3.5))
    told = found(proof, document(replace(SOUND, faint=faint)))
    assert sorted(len(f.others) for f in told) == [0, 1]


@pytest.mark.parametrize(
    ("kind", "check", "reason"),
    [
        (NoteKind.SCANNED, "scanned-page", "1 page is a picture without text"),
        (NoteKind.TRACKED_CHANGE, "left-over-change", "still holds 1 tracked change."),
        (NoteKind.COMMENT, "left-over-change", "still holds 1 comment."),
        (NoteKind.HIDDEN, "hidden-content", "goes out with the file"),
    ],
)
def test_what_was_left_in_or_cannot_be_read_is_told(
    proof: MakeProof, kind: NoteKind, check: str, reason: str
) -> None:
    [one] = found(proof, document(SOUND, Note(kind, "as it is", HERE)))
    assert (one.check, one.place.quotation) == (check, "as it is")
    assert reason in one.reason


def test_what_a_reader_was_told_of_the_file_alone_is_no_finding(proof: MakeProof) -> None:
    notes = [Note(kind, "", HERE) for kind in (NoteKind.MACRO, NoteKind.MENDED)]
    assert found(proof, document(SOUND, *notes)) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("To see the plan click here.", ["likely"]),
        ("The report is available here.", ["possible"]),
        ("The report is available here and in every library.", []),
        ("A mouse will click. Here it ends.", []),
    ],
)
def test_a_link_that_says_nothing_is_told(proof: MakeProof, text: str, told: list[str]) -> None:
    assert [f.confidence.value for f in found(proof, text, "unclear-link")] == told


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("THE PANEL NOTED THAT ALL OF THE ROADS HAD BEEN SEEN TO SINCE THE MEETING.", True),
        ("The Panel noted that all of the roads had been seen to since the last meeting.", False),
        ("POLICE AND CRIME PANEL", False),
        ("ASB 12 34 56 78 90 11 12 13 14 15 16 17 18.", False),
    ],
)
def test_a_paragraph_in_capitals_is_told(proof: MakeProof, text: str, is_told: bool) -> None:
    assert bool(found(proof, text, "all-capitals")) is is_told
