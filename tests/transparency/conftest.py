"""An office's own rules over those that ship, as a test writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.rules import forget_rules


@pytest.fixture
def own_rules(settings: Any, tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """A function that puts text into a file of the office's own, `ours.yaml`."""
    folder = tmp_path / "own"
    folder.mkdir()

    def write(text: str) -> None:
        (folder / "ours.yaml").write_text(f"pack: ours\ntitle: Ours\n{text}", encoding="utf-8")
        settings.OWN_RULES = folder
        forget_rules()

    yield write
    forget_rules()
