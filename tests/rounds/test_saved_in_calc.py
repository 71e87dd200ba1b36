"""A sheet that was opened and saved in LibreOffice Calc, as an owner without Excel does."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from peelian.intake.tables import Rejected, read
from tests.rounds.test_sheets import WORDS, asked, merged, rewritten, said, sent_out

__all__ = ["asked"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine"),
]


def saved(path, tmp_path, ending="xlsx"):
    """Return the file as Calc saves it."""
    out = tmp_path / "saved"
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", ending, "--outdir", str(out), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return out / f"{path.stem}.{ending}"


def texts(path):
    sheet = read(path)
    return list(sheet.columns), [[row[column] for column in sheet.columns] for row in sheet.rows]


def test_calc_keeps_every_cell_with_its_seal(asked, tmp_path) -> None:
    (tmp_path / "sent.xlsx").write_bytes(sent_out(asked[0]))
    assert texts(saved(tmp_path / "sent.xlsx", tmp_path)) == texts(tmp_path / "sent.xlsx")


def test_what_was_written_in_calc_is_taken_in(asked, tmp_path) -> None:
    both, one, _two = asked
    filled = rewritten(sent_out(both), tmp_path, {(2, WORDS): "Twelve were trained in March."})
    merged(both, saved(filled, tmp_path))
    assert "Twelve were trained in March." in str(said(one))


def test_a_sheet_saved_in_another_format_is_refused_with_what_to_do(asked, tmp_path) -> None:
    both, *_rest = asked
    filled = rewritten(sent_out(both), tmp_path, {(2, WORDS): "Twelve were trained in March."})
    with pytest.raises(Rejected) as refused:
        merged(both, saved(filled, tmp_path, "ods"))
    assert "expected the workbook that was sent, saved as .xlsx" in str(refused.value.problems[0])
