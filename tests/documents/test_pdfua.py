"""PDF/UA-1 as veraPDF reads it: what claims the standard keeps all of it a machine can check."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from peelian.blocks import Document, Heading, Pages
from peelian.documents import pdf
from tests.documents.test_supplied import supplied
from tests.documents.verapdf import breaches


@pytest.mark.parametrize(
    ("changes", "options"),
    [
        ({}, {"site": "https://peelian.example"}),
        ({"language": "cy", "cover": False}, {"watermark": "Copy of Ivy Thornfield"}),
    ],
    ids=["pack", "watermarked letter in Welsh"],
)
def test_a_document_with_one_of_everything_conforms(
    one_of_each: Document, tmp_path: Path, changes: dict[str, Any], options: dict[str, str]
) -> None:
    assert breaches(tmp_path, pdf.render(replace(one_of_each, **changes), **options)) == set()


def test_pages_of_another_file_break_nothing_but_the_claim(
    pack: Callable[..., Document], tmp_path: Path
) -> None:
    content = supplied(2)
    digest = hashlib.sha256(content).hexdigest()
    (tmp_path / digest).write_bytes(content)
    pages = Pages(digest, "precept.pdf", "The precept", ("One", "Two"), (), "cy")
    document = pack(Heading(1, "Item 1"), pages)
    made = pdf.render(document, path_of=lambda wanted: tmp_path / wanted)
    assert breaches(tmp_path, made) == {"5-1"}


def test_a_file_without_its_language_or_alternative_text_is_told(
    one_of_each: Document, tmp_path: Path
) -> None:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf.render(one_of_each))) as broken:
        del broken.Root.Lang
        for one in broken.objects:
            if isinstance(one, pikepdf.Dictionary) and "/Alt" in one and "/Lang" not in one:
                del one.Alt
        broken.save(written)
    assert {"7.2-34", "7.3-1"} <= breaches(tmp_path, written.getvalue())
