"""A record of every kind, made once for the tests of a module that ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.every.world import World, one_of_each
from tests.tables import kept_for_a_module


@pytest.fixture(scope="module")
def _shared_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with kept_for_a_module(django_db_blocker):
        yield one_of_each(of_each={"vote": {"voted_against": [], "abstained": []}})


@pytest.fixture
def world(_shared_world: World, db: None) -> World:
    """Published records of every kind; what a test does to them is gone after it."""
    for record in _shared_world.values():
        record.refresh_from_db()
    return _shared_world
