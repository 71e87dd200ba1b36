"""What the database would refuse is told before it is asked to write, and by name."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peelian.record.errors import Invalid
from peelian.record.kinds import kind_named
from peelian.record.models import Record
from peelian.record.writing import validate
from tests.every.world import one_of_each
from tests.makers import make

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2020, 1, 28, 12, tzinfo=dt.UTC)


def checks_asked(record: Record) -> int:
    with CaptureQueriesContext(connection) as queries:
        validate(record)
    return sum('AS "_check"' in query["sql"] for query in queries)


def test_all_checks_of_a_row_are_one_query_that_the_database_understands(caplog: Any) -> None:
    for record in one_of_each().values():
        assert checks_asked(record) == 1
    assert "database error" not in caplog.text


def test_each_check_that_fails_is_told_in_its_own_words() -> None:
    minute = make("minute")
    minute.embargo_until, minute.expires_at = NOON, NOON - dt.timedelta(days=1)
    minute.status = "unheard of"
    with pytest.raises(Invalid) as refused:
        validate(minute)
    said = refused.value.errors["__all__"]
    assert "The expiry must be after the embargo." in said
    assert len(said) == 2
    assert any("record_status_known" in one for one in said)


def test_a_reference_that_another_has_is_told_beside_a_check_that_fails() -> None:
    first = make("plan")
    second: Any = kind_named("plan").model(kind="plan", reference=first.reference, title="Another")
    second.embargo_until, second.expires_at = NOON, NOON
    with pytest.raises(Invalid) as refused:
        validate(second)
    assert sorted(map(str, refused.value.errors["__all__"])) == [
        "Another record of this kind has this reference.",
        "The expiry must be after the embargo.",
    ]
