"""A history written before the software gained a column explains the rows it left behind."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from peelian.record.models import Change
from peelian.record.writing import unexplained
from tests.makers import make

pytestmark = pytest.mark.django_db


def forget(record_id: int, *names: str) -> None:
    """Take columns out of a record's history, as if they had come later."""
    for change in Change.objects.filter(record_id=record_id):
        left = {name: pair for name, pair in change.values.items() if name not in names}
        with connection.cursor() as cursor:
            cursor.execute(
                'UPDATE record_change SET "values" = %s WHERE id = %s',
                [json.dumps(left), change.pk],
            )


def test_a_column_that_came_later_holds_what_new_rows_begin_with() -> None:
    meeting = make("meeting")
    forget(meeting.pk, "minutes_stage", "late_reason", "confirmed_on")
    assert unexplained(meeting) == {}


def test_a_column_that_came_later_and_holds_something_else_was_written_past_the_history() -> None:
    item = make("agenda-item", webcast_at="0:05:10")
    forget(item.pk, "webcast_at")
    assert unexplained(item) == {"webcast_at": ["", "0:05:10"]}


def test_a_row_that_was_changed_by_hand_is_still_told() -> None:
    item = make("agenda-item", presenter="Chair")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE meetings_agendaitem SET presenter = '' WHERE record_ptr_id = %s", [item.pk]
        )
    assert unexplained(item) == {"presenter": ["Chair", ""]}
