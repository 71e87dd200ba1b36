"""The Welsh catalogue holds every word that a translator is to translate, and no other."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "peelian"
CATALOGUE = Path("locale/cy/LC_MESSAGES/django.po")
MESSAGE = re.compile(r'^msg(?:id|ctxt|id_plural) (".*(?:\n".*)*)', re.MULTILINE)


def messages(path: Path) -> list[str]:
    return sorted(set(MESSAGE.findall(path.read_text(encoding="utf-8"))))


@pytest.mark.skipif(not shutil.which("xgettext"), reason="GNU gettext is not installed")
def test_the_welsh_catalogue_is_in_step_with_the_words(tmp_path: Path) -> None:
    copy = tmp_path / "peelian"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("static", "fonts", "__pycache__"))
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale=cy", "--no-location",
         "--no-obsolete", "--no-wrap"],
        cwd=copy, check=True, capture_output=True,
    )  # fmt: skip
    assert messages(copy / CATALOGUE) == messages(PACKAGE / CATALOGUE), "run `make messages`"


def test_what_is_not_yet_translated_is_said_in_english() -> None:
    """An empty catalogue offers no Welsh: it is offered with its compiled form alone."""
    words = messages(PACKAGE / CATALOGUE)
    assert '"Signal or noise"' in words
    assert '"Exceptionally high"' in words
