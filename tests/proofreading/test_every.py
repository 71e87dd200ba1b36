"""Every check of a document, registered by one import."""

from __future__ import annotations

from peelian.proofreading import every  # noqa: F401
from peelian.proofreading.findings import checks


def test_every_module_of_checks_is_there_and_each_check_has_its_title() -> None:
    titles = {one.name: str(one.title) for one in checks()}
    assert {
        *("stale-future", "duplicate-reference", "circular-reference", "status-wording"),
        *("copied-paragraph", "personal-data", "untagged", "scanned-page"),
    } <= set(titles)
    assert all(titles.values())
    assert len(set(titles.values())) == len(titles)
