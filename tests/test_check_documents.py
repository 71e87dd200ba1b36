"""`peelian check pack.txt`: a document in, findings out, nothing set up and nothing kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from peelian import cli

PEELIAN = Path(sys.executable).with_name("peelian")
TEXT = """Northshire Police and Crime Panel

Delivery plan update as at 31 December 2019

The consultation will end on 8 November 2019 and the strategy will be published after it.
"""


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(cli.main, ["check", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "pack.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_document_is_checked_and_the_place_is_told(pack: Path) -> None:
    result = run(pack, "--as-at", "2019-12-31", "--only", "stale-future")
    assert result.exit_code == 0
    assert "line 5" in result.output
    assert "8 November 2019" in result.output


def test_the_day_is_found_in_the_document_itself(pack: Path) -> None:
    data = json.loads(run(pack, "--format", "json").stdout)
    assert data["as_at"] == "2019-12-31"
    assert "stale-future" in {f["check"] for f in data["findings"]}


@pytest.mark.parametrize(
    ("least", "status"), [(None, 0), ("certain", 1), ("likely", 1), ("possible", 1)]
)
def test_a_build_can_be_stopped(pack: Path, least: str | None, status: int) -> None:
    options = ["--fail-on", least] if least else []
    assert run(pack, "--only", "stale-future", *options).exit_code == status


def test_a_dismissed_finding_stays_dismissed_and_stops_no_build(pack: Path) -> None:
    data = json.loads(run(pack, "--only", "stale-future", "--format", "json").stdout)
    number = data["findings"][0]["id"]
    again = run(pack, "--only", "stale-future", "--dismiss", number, "--reason", "Meant so")
    assert "Dismissed: 1" in again.output
    kept = pack.with_name("pack.txt.dismissed.yaml")
    assert "Meant so" in kept.read_text(encoding="utf-8")
    assert run(pack, "--only", "stale-future", "--fail-on", "possible").exit_code == 0
    pack.write_text(TEXT.replace("8 November", "9 November"), encoding="utf-8")
    assert run(pack, "--only", "stale-future", "--fail-on", "possible").exit_code == 1


@pytest.mark.parametrize("ending", ["json", "html", "md", "pdf", "txt"])
def test_the_ending_of_the_file_to_write_tells_its_form(pack: Path, ending: str) -> None:
    out = pack.with_name(f"findings.{ending}")
    result = run(pack, "--out", out)
    assert result.exit_code == 0
    head = out.read_bytes()[:300]
    assert {
        "json": b"{" in head,
        "html": b"<!DOCTYPE html>" in head,
        "md": head.startswith(b"**"),
        "pdf": head.startswith(b"%PDF"),
        "txt": b"certain" in head,
    }[ending]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{pack}", "--public"], "--public is for the record"),
        (["{pack}", "--dismiss", "abc"], "--dismiss needs --reason"),
        (["{pack}", "--dismiss", "abc", "--reason", "x"], "There is no finding abc"),
        (["{pack}", "--format", "pdf"], "--out findings.pdf"),
        (["{pack}", "--only", "nonsense"], "There is no check called nonsense"),
        (["{pack}x"], "pack.txtx"),
        (["--format", "json"], "--format: for documents"),
        (["--earlier", "{pack}"], "--earlier: for documents"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    pack: Path, arguments: list[str], said: str
) -> None:
    result = run(*(a.format(pack=pack) for a in arguments))
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_broken_list_of_dismissals_is_told_and_kept(pack: Path) -> None:
    kept = pack.with_name("pack.txt.dismissed.yaml")
    kept.write_text("- finding: 12\n  reason: x\n", encoding="utf-8")
    result = run(pack)
    assert result.exit_code == 2
    assert "pack.txt.dismissed.yaml" in result.output
    assert kept.read_text(encoding="utf-8").startswith("- finding: 12")


def test_nothing_need_be_set_up_and_nothing_is_kept(pack: Path, tmp_path: Path) -> None:
    data = tmp_path / "never-made"
    env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "PEELIAN_SECRET_KEY")}
    done = subprocess.run(
        [PEELIAN, "check", str(pack)],
        env=env | {"PEELIAN_DATA": str(data)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert not data.exists()
