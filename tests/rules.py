"""Rules are read once: a test that changes an office's own has them read anew."""

from __future__ import annotations

from peelian.duties import events, rulebook


def forget_rules() -> None:
    """Forget what was read of the rules and of their events."""
    for kept in (rulebook.packs, rulebook._by_id, events.event_kinds):
        kept.cache_clear()
