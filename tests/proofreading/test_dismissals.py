"""Dismissals: a small file beside the document, kept by words, refused with its place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from peelian.intake.document import Origin
from peelian.intake.tables import Rejected
from peelian.proofreading.dismissals import beside, dismiss, read_dismissals
from peelian.proofreading.findings import Confidence, Finding, Place

ONE = Finding(Place(Origin("pack.pdf", 1), "A: “b” # c"), "Why", "How", Confidence.LIKELY, (), "x")
OTHER = Finding(Place(Origin("pack.pdf", 2), "Other"), "Why", "How", Confidence.LIKELY, (), "x")
DAY = dt.date(2026, 11, 29)


def test_what_is_dismissed_is_read_again_with_its_reason(tmp_path: Path) -> None:
    document = tmp_path / "pack.pdf"
    assert read_dismissals(document) == {}
    dismiss(document, ONE, "Agreed: “so”", DAY)
    dismiss(document, OTHER, "Yes", DAY)
    dismiss(document, ONE, "Agreed again", DAY)
    read = read_dismissals(document)
    assert {n: d.reason for n, d in read.items()} == {
        ONE.fingerprint: "Agreed again",
        OTHER.fingerprint: "Yes",
    }
    assert read[ONE.fingerprint].says.startswith("x: A")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("finding: x", "a list of findings"),
        ("- abc", "entry 1"),
        ("- finding: 123456789012\n", "reason"),
        ("- finding: 12\n  reason: y", "twelve characters"),
        ("- {", "no YAML"),
        ("- !!python/object/apply:os.system [ls]", "no YAML"),
        ("[" * 5000, "no YAML"),
        ("- finding: 'abcdef012345'\n  reason: ''", "why"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_refused_and_kept(
    tmp_path: Path, content: str, said: str
) -> None:
    document = tmp_path / "pack.pdf"
    beside(document).write_text(content, encoding="utf-8")
    with pytest.raises(Rejected, match=said):
        read_dismissals(document)
    with pytest.raises(Rejected):
        dismiss(document, ONE, "Yes", DAY)
    assert beside(document).read_text(encoding="utf-8") == content


def test_a_number_of_digits_only_is_kept_as_it_is(tmp_path: Path) -> None:
    document = tmp_path / "pack.pdf"
    beside(document).write_text("- finding: '012345678901'\n  reason: y", encoding="utf-8")
    assert list(read_dismissals(document)) == ["012345678901"]
