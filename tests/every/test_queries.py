"""The list of a kind asks the database as often for twelve records as for three."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from peelian.config.database import count_rows
from peelian.record.kinds import kinds
from tests.every.world import days, in_order_of_need, person, targets_of
from tests.makers import make_all

FEW, MANY = 3, 12
AT_MOST = 12


def _more(count: int, so_far: int) -> None:
    """Bring in more records of every kind, each pointing to others of its own number."""
    made: dict[str, list[Any]] = {}
    for kind in in_order_of_need():
        every = []
        for nth in range(so_far, count):
            values: dict[str, Any] = {"reference": f"{kind.name}-n{nth}"}
            for column, target in targets_of(kind).items():
                one = made[target][nth - so_far]
                values[column] = [one] if column in kind.links else one
            if "as_at" in kind.fields:
                values["as_at"] = days(count)[nth]
            every.append(values)
        made[kind.name] = make_all(kind, *every)


def _asked(client: Client) -> dict[str, int]:
    found = {}
    for kind in kinds():
        for prefix, page in (("", "list"), ("", "csv"), ("office-", "list")):
            address = reverse(f"{prefix}{kind.slug}-{page}")
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found[address] = len(queries)
    return found


def test_a_list_asks_as_often_for_twelve_as_for_three(db: None) -> None:
    author = Client()
    author.force_login(person("author", "administrator"))
    _more(FEW, 0)
    count_rows()
    author.get("/office/")  # what is read once and kept
    few = _asked(author)
    _more(MANY, FEW)
    count_rows()
    many = _asked(author)
    assert all(kind.all().count() == MANY for kind in kinds())
    assert {page: (few[page], many[page]) for page in few if many[page] != few[page]} == {}
    assert {page: n for page, n in many.items() if n > AT_MOST} == {}
