"""The agenda as it is made names the papers under its items."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.makers import make, make_user

pytestmark = pytest.mark.django_db


def test_the_agenda_page_names_each_items_papers_and_asks_once(
    django_assert_max_num_queries: Any,
) -> None:
    meeting = make("meeting", state="planned")
    items = [make("agenda-item", parent=meeting, number=n) for n in range(1, 9)]
    make("paper", parent=items[0], title="Roads in winter")
    make("paper", parent=items[0], title="Roads in summer", status="draft")
    make("paper", parent=items[1], title="Taken back", status="withdrawn")
    client = Client()
    client.force_login(make_user("sam", "panel_officer"))
    with django_assert_max_num_queries(20):
        page = client.get(f"/office/meetings/{meeting.reference}/agenda/").content.decode()
    assert "Roads in winter</a>" in page
    assert "Roads in summer</a> <span" in page
    assert "Taken back" not in page
