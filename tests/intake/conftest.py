"""Files written for a test to read."""

from __future__ import annotations

import pytest


@pytest.fixture
def put(tmp_path):
    """Write a file and return its path."""

    def written(name: str, content: str | bytes):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written
