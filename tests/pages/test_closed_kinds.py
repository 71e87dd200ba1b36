"""A closed kind is hidden from all but those who manage its area, its history included."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from peelian.people.models import User
from peelian.record import kinds, operations
from tests.makers import CHRIS, make

PAGES = ("show", "history", "compare", "edit", "publish")


@pytest.fixture
def closed(db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A gift, in an office where the register of gifts is closed."""
    gift = make("gift")
    reverse("gifts-list")  # the addresses are made once, by what is closed when the site starts
    monkeypatch.setitem(kinds._kinds, "gift", replace(kinds.kind_named("gift"), closed=True))
    return gift


def _answers(user: User, reference: str) -> dict[str, int]:
    client = Client()
    client.force_login(user)
    return {
        p: client.get(reverse(f"office-gifts-{p}", args=[reference])).status_code for p in PAGES
    }


def test_no_page_of_a_closed_record_is_there_for_others(
    closed: Any, pat: User, chris: User
) -> None:
    assert _answers(pat, closed.reference) == dict.fromkeys(PAGES, 404)
    open_to_managers = dict.fromkeys(PAGES, 200) | {"publish": 302}
    assert _answers(chris, closed.reference) == open_to_managers


def test_the_history_of_a_deleted_one_stays_closed(closed: Any, pat: User, chris: User) -> None:
    operations.withdraw(closed, by=CHRIS, why="Made in error")
    operations.delete(closed, by=CHRIS, why="Made in error")
    answers = [_answers(user, closed.reference)["history"] for user in (pat, chris)]
    assert answers == [404, 200]
